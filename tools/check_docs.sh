#!/bin/sh
# Everything there is must be named in the docs: commands, options, sources, configuration keys. The reference pages are made from the
# program itself; `check_docs.sh PROGRAM --write` makes them anew.
set -eu
program=$1
write=${2:-}
here=$(cd "$(dirname "$0")/.." && pwd)
bad=0

commands=$("$program" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')

reference() {
  echo "# Commands"
  echo
  echo "Made from the program by tools/check_docs.sh; the same text as \`plumbline COMMAND --help\`."
  echo
  echo "Exit codes: 0 done, 1 error, 2 usage or configuration, 3 done in part, 4 a credential is missing or refused, 6 disk full."
  for command in $commands; do
    printf '\n## %s\n\n```\n' "$command"
    "$program" "$command" --help
    printf '```\n'
  done
}

sources() {
  echo "# Sources"
  echo
  echo "Made from the program by tools/check_docs.sh; the same text as \`plumbline source show NAME\`."
  for source in $("$program" source list | sed 1d | awk '{print $1}'); do
    printf '\n## %s\n\n```\n' "$source"
    "$program" source show "$source"
    printf '```\n'
  done
}

footprint_sites() {
  echo "# Sites of the footprint"
  echo
  echo "Made from the program by tools/check_docs.sh; the same text as \`plumbline footprint --sites\`. What it all means: [footprint](footprint.md)."
  printf '\n```\n'
  "$program" footprint --sites
  printf '```\n'
}

page() { # page FILE FUNCTION
  if [ "$write" = --write ]; then "$2" >"$here/docs/$1"; return; fi
  if ! "$2" | diff -u "$here/docs/$1" - ; then
    echo "docs/$1 is not what the program says; run: tools/check_docs.sh PROGRAM --write" >&2
    bad=1
  fi
}
page commands.md reference
page sources.md sources
page footprint-sites.md footprint_sites

# Every key of the configuration stands in the example and in the guide to it.
for key in $(tr '\n' ' ' <"$here/app/config.cpp" | grep -oE '(only\(|known = )\{[^}]*\}' | grep -o '"[a-z_]*"' | tr -d '"' | sort -u); do
  grep -q "$key" "$here/plumbline.example.toml" || { echo "plumbline.example.toml does not name '$key'" >&2; bad=1; }
done

# Links between pages lead somewhere.
for file in "$here"/*.md "$here"/docs/*.md "$here"/docs/design/*.md; do
  for link in $(grep -o '](\([^)#: ]*\.md\))' "$file" | sed 's/](\(.*\))/\1/'); do
    [ -e "$(dirname "$file")/$link" ] || { echo "$file links to $link, which is not there" >&2; bad=1; }
  done
done
exit $bad
