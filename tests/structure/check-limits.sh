#!/bin/sh
# The limits of the house style: no source file over 700 lines, no function over 100.
set -eu
cd "$1"
awk '
    FNR == 1 { if (n > 700) { print name ": " n " lines"; wrong = 1 } n = 0; name = FILENAME; inside = 0 }
    { n++ }
    /^{/ { start = FNR; inside = 1 }
    /^}/ { if (inside && FNR - start > 100) { print FILENAME ":" start ": a function of " FNR - start " lines"; wrong = 1 } inside = 0 }
    END { if (n > 700) { print name ": " n " lines"; wrong = 1 } exit wrong }
' src/*/*.c src/*/*.h
