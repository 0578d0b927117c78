#!/bin/bash
# Bodies and archives made to exhaust whoever reads them: see bombs.py.
# Usage: bombs.sh PROGRAM
program=$(realpath "$1")
. "$(dirname "$0")/common.sh"
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 "$here/bombs.py" "$program" "$work"
