#!/bin/sh
# The arrow check must see an arrow that runs back: copy the headers, add one, expect failure.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/src/base" "$folder/src/makeup" "$folder/src/cli"
echo '#include "base/base.h"' >"$folder/src/makeup/makeup.c"
echo '#include <glib.h>' >"$folder/src/base/base.h"
sh "$1/tests/structure/check-arrows.sh" "$folder" >/dev/null 2>&1 || { echo "a clean tree is refused"; exit 1; }
echo '#include "makeup/makeup.h"' >>"$folder/src/base/base.h"
! sh "$1/tests/structure/check-arrows.sh" "$folder" >/dev/null 2>&1 || { echo "a back arrow passes"; exit 1; }
echo '#include <glib.h>' >"$folder/src/base/base.h"
echo '#include "base/base.h"' >"$folder/src/cli/main.c"
! sh "$1/tests/structure/check-arrows.sh" "$folder" >/dev/null 2>&1 || { echo "cli may see base"; exit 1; }
