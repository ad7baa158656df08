#!/bin/sh
# score.sh RECOVER-DUMP SHARED [SEED-FLOOR DEV-FLOOR] — recover the pages of the shared corpus and score them.
# Skips (77) where python3 or the corpus is missing; fails when a total falls below its floor.
set -eu

dump=$1 corpus=$2/corpora/recover seed_floor=${3:-0} dev_floor=${4:-0}
command -v python3 >/dev/null || { echo "no python3: skipped"; exit 77; }
[ -f "$corpus/score.py" ] || { echo "no corpus at $corpus: skipped"; exit 77; }

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$dump" "$corpus/seed/raw.txt" >"$out/seed.json"
mkdir "$out/dev"
for page in "$corpus"/dev/*; do
    "$dump" "$page/raw.txt" >"$out/dev/$(basename "$page").json"
done

total () { sed -n 's/^TOTAL *\([0-9.]*\).*/\1/p' "$1"; }
below () { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'; }

python3 "$corpus/score.py" "$corpus/seed" "$out/seed.json" >"$out/seed.txt"
python3 "$corpus/score.py" ${VERBOSE:+-v} "$corpus/dev" "$out/dev" >"$out/dev.txt"
cat "$out/seed.txt" "$out/dev.txt"
below "$(total "$out/seed.txt")" "$seed_floor" && { echo "seed fell below $seed_floor"; exit 1; }
below "$(total "$out/dev.txt")" "$dev_floor" && { echo "dev fell below $dev_floor"; exit 1; }
exit 0
