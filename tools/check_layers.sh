#!/bin/sh
# Who may include whom. A star, not a stack: leaves know only model and base; app joins leaves; cli and web know app and model.
# And no two public types share a name.
# Usage: check_layers.sh SOURCE_DIR
cd "$1" || exit 2
awk '
BEGIN {
  allow["base"] = " base "
  allow["model"] = " base model "
  n = split("crawler nlp query store market sales privacy", leaf, " ")
  for (i = 1; i <= n; i++) { allow[leaf[i]] = " base model " leaf[i] " "; leaves = leaves " " leaf[i] }
  allow["app"] = " base model app" leaves " "
  allow["cli"] = " base model app cli "
  allow["web"] = " base model app web "
}
FNR == 1 { split(FILENAME, part, "/"); here = part[1] }
/^#include "/ {
  split($0, quoted, "\""); split(quoted[2], path, "/"); there = path[1]
  if (there in allow && index(allow[here], " " there " ") == 0) {
    printf "%s:%d: %s may not include %s\n", FILENAME, FNR, here, there; bad = 1
  }
}
/std::cout|std::cerr|printf\(stderr|[^a-z_]exit\(/ && here != "cli" && here != "tools" && !/^ *\/\// {
  printf "%s:%d: only cli/ speaks to the terminal or ends the program\n", FILENAME, FNR; bad = 1
}
# Two types of one name in the namespace would be one to the linker, whatever the rooms.
FILENAME ~ /\.h$/ && /^(class|struct|enum class) [A-Za-z]+( final)?( :.*)? *\{/ {
  type = $1 == "enum" ? $3 : $2
  if (type in home) { printf "%s:%d: %s has a type %s already\n", FILENAME, FNR, home[type], type; bad = 1 }
  home[type] = FILENAME
}
END { exit bad }
' $(find base model crawler nlp query store market sales privacy app cli web -name '*.h' -o -name '*.cpp' 2>/dev/null)
