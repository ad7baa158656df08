#!/bin/sh
# Includes point only the way ARCHITECTURE.md says: base is below all, cli sees nothing but banmian.h.
# usage: check-arrows.sh SOURCE_DIR        Prints each arrow that runs back; exit 1 if there is one.
set -eu
cd "$1/src"

allowed () {
    case $1 in
    base) echo "base" ;;
    edition) echo "edition base" ;;
    recover) echo "recover base edition" ;;
    layout) echo "layout base" ;;
    type) echo "type base layout" ;;
    plan) echo "plan base layout type" ;;
    makeup) echo "makeup base edition layout type plan" ;;
    draw) echo "draw base layout type plan" ;;
    press) echo "press base layout type plan draw" ;;
    face) echo "face base edition recover layout type makeup plan draw press banmian.h" ;;
    cli) echo "cli banmian.h" ;;
    *) echo "" ;;
    esac
}

wrong=0
seen=0
for file in */*.c */*.h */*.def; do
    [ -f "$file" ] || continue
    stage=${file%%/*}
    may=$(allowed "$stage")
    [ -n "$may" ] || { echo "$file: a folder without a row in the table"; wrong=1; }
    for target in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$file"); do
        seen=$((seen + 1))
        room=${target%%/*}
        case " $may " in
        *" $room "*) ;;
        *)
            # A private header beside the file is named without its folder.
            [ -f "$stage/$target" ] && continue
            echo "src/$file: includes $target; $stage may include: $may"
            wrong=1
            ;;
        esac
    done
done
[ "$seen" -gt 0 ] || { echo "no include was read"; exit 1; }
exit $wrong
