#!/bin/sh
# generated.sh RECOVER-DUMP SHARED [FLOOR WOVEN-FLOOR] — recover pages that generate.py makes, and score them.
# Skips (77) where python3 or the corpus' scorer is missing; fails when a total falls below its floor, when characters
# are lost or invented, or when a dump is not read.
set -eu

dump=$1 corpus=$2/corpora/recover floor=${3:-0} woven_floor=${4:-0}
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null || { echo "no python3: skipped"; exit 77; }
[ -f "$corpus/score.py" ] || { echo "no scorer at $corpus: skipped"; exit 77; }

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
python3 "$here/generate.py" "$out/pages" 1 6
mkdir "$out/got"
for page in "$out"/pages/*; do
    "$dump" "$page/raw.txt" >"$out/got/$(basename "$page").json"
done
python3 "$corpus/score.py" ${VERBOSE:+-v} "$out/pages" "$out/got" >"$out/scores.txt"
cat "$out/scores.txt"

total () { sed -n "s/^$1 *\([0-9.]*\).*/\1/p" "$out/scores.txt"; }
below () { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'; }
lost () { sed -n 's/^TOTAL[^|]*|[^|]*| *\([0-9]*\) *\([0-9]*\) .*/\1 \2/p' "$out/scores.txt"; }

[ "$(lost)" = "0 0" ] || { echo "characters lost and invented: $(lost)"; exit 1; }
below "$(total TOTAL)" "$floor" && { echo "generated pages fell below $floor"; exit 1; }
below "$(total woven)" "$woven_floor" && { echo "woven generated pages fell below $woven_floor"; exit 1; }
exit 0
