#!/bin/sh
# The size limits of the house: headers 250 lines, sources 600, lines 120 columns.
# Usage: check_sizes.sh SOURCE_DIR
cd "$1" || exit 2
find base model crawler nlp query store market sales privacy app cli web tools bench tests \( -name '*.h' -o -name '*.cpp' \) 2>/dev/null | xargs awk '
FNR == 1 && NR > 1 { check(file, lines) }
FNR == 1 { file = FILENAME }
{ lines = FNR }
function check(name, count) {
  limit = name ~ /\.h$/ ? 250 : 600
  if (count > limit) { printf "%s: %d lines, at most %d\n", name, count, limit; bad = 1 }
}
END { check(file, lines); exit bad }
'
