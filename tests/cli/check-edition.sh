#!/bin/sh
# Editions and relay as their users meet them: folders, edition.yaml, a file a page, what is wrong and where.
# usage: check-edition.sh SOURCE_DIR BUILD_DIR
set -u
source=$1
banmian=$2/bin/banmian
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0
failed=0

ok () { passed=$((passed + 1)); }
not_ok () { failed=$((failed + 1)); echo "NOT OK: $*"; sed 's/^/    /' stderr 2>/dev/null | head -12; }
run () {
    wanted=$1; what=$2; shift 3
    "$banmian" "$@" >stdout 2>stderr </dev/null
    status=$?
    if [ "$status" -eq "$wanted" ]; then ok; else not_ok "$what: status $status, wanted $wanted"; fi
}
says () { if grep -qe "$1" stderr; then ok; else not_ok "no “$1” in the messages"; fi; }
tells () { if grep -qe "$1" stdout; then ok; else not_ok "no “$1” in the result"; fi; }
absent () { for f; do if [ -e "$f" ]; then not_ok "$f was written"; else ok; fi; done; }
present () { for f; do if [ -s "$f" ]; then ok; else not_ok "$f is missing or empty"; fi; done; }

# Three small pages: the first with more than it holds, the second with little, the third full.
mkdir day out
sets=$source/tests/sets
cp "$sets"/11-over.md day/1.md; cp "$sets"/12-under.md day/2.md; cp "$sets"/01-city.md day/3.md
sed -i '/^page:/d' day/*.md

# ---- folders and files ----
run 0 "a folder is an edition" -- set day -o day.pdf -o day.json -o day.png --dpi 30 --contact all.png
present day.pdf day.json day-1.png day-2.png day-3.png all.png
says 'day.pdf, day.json, day.png: 3 pages, '
says 'goes on on page 2'
absent day.jump.md
run 0 "the same again" -- set day -o again.pdf -o again.json
cmp -s day.pdf again.pdf && cmp -s day.json again.json && ok || not_ok "two runs of an edition differ"
run 0 "several files are an edition" -- set day/1.md day/2.md day/3.md -o files.pdf
cmp -s day.pdf files.pdf && ok || not_ok "the folder and its files differ"
run 0 "a file a page" -- set day -o 'out/{date}-{page}.pdf' -o 'out/{n}.json'
[ "$(ls out/2025-*-1.pdf out/2025-*-2.pdf out/2025-*-3.pdf | wc -l)" -eq 3 ] && ok || not_ok "not a PDF for each page"
present out/1.json out/3.json
run 3 "no page has room" -- set "$sets"/11-over.md "$sets"/11-over.md -o full.pdf
present full.jump.md
run 2 "two pages in one file" -- set day -o 'out/{paper}.pdf'
says 'BM0818'
run 2 "an output that is a page" -- set day -o day/2.md
mkdir nothing
run 1 "an empty folder" -- set nothing -o no.pdf
says 'has no pages'

# ---- edition.yaml ----
printf 'paper: 汐州晚报\ndate: 2026-01-02\nheld: move\npages:\n  - { file: 1.md, page: A1, front: true }\n  - { file: 2.md, page: A2, columns: 4 }\nmoves:\n  - { item: 渔家小院有了标准, to: A1 }\n' >day/edition.yaml
sed -i '/^paper:/d; /^date:/d' day/1.md
run 0 "an edition file" -- set day --overset hold -o 'out/{page}.json'
grep -q '"columns": 4' out/A2.json && ok || not_ok "page A2 has no four columns"
grep -q '汐州晚报' out/A1.json && ok || not_ok "page A1 does not bear the edition's name"
grep -q '渔家小院有了标准' out/A1.json out/A2.json && ! grep -q '"item": "a3", "jump' out/A2.json && ok || not_ok "the item was not moved"
grep -q 'stands on page A2' stderr && ok || not_ok "nothing held over went to the other page"
wrong () { printf "$2" >day/edition.yaml; run 1 "$1" -- set day -o no.pdf; says "$3"; absent no.pdf; }
wrong "an unknown key" 'pages:\n  - { file: 1.md, colums: 4 }\n' 'did you mean columns'
says 'edition.yaml:2:19'
wrong "a page without a file" 'pages:\n  - { page: 3 }\n' 'a page without a file'
wrong "a move of nothing" 'pages: [1.md, 2.md]\nmoves:\n  - { item: 没有这篇, to: 2 }\n' 'no item is called'
wrong "a move to nowhere" 'pages: [1.md, 2.md]\nmoves:\n  - { item: a1, from: 1, to: 9 }\n' 'there is no page 9'
wrong "a name of two items" 'pages: [1.md, 2.md]\nmoves:\n  - { item: a1, to: 2 }\n' 'items are called'
wrong "no such layout" 'layout: broadsheat\npages: [1.md]\n' 'did you mean broadsheet'
wrong "a share out of range" 'pages: [1.md, 2.md]\njumps:\n  - { item: a1, from: 1, to: 2, keep: 99%%%% }\n' 'from 10% to 90%'
wrong "not YAML" 'pages: [1.md\n' 'edition.yaml'
wrong "a page file that is not there" 'paper: 汐州晚报\npages:\n  - 1.md\n  - 2.mf\n' 'edition.yaml:4:5'
says 'did you mean 2.md'
wrong "a page outside the edition" 'pages: [1.md, ../out/secret.md]\n' 'no page file'
cp day/2.md out/secret.md
wrong "a page outside the edition" 'pages: [1.md, ../out/secret.md]\n' 'outside the edition'
says 'edition.yaml:1:15'
ln -s ../out/secret.md day/link.md
wrong "a link out of the edition" 'pages: [1.md, link.md]\n' 'outside the edition'
run 0 "--root lets it in" -- set day --root . -o root.pdf
rm day/link.md
wrong "no day" 'date: 2026-02-30\npages: [1.md]\n' 'edition.yaml:1:7'
says 'write year, month and day'
wrong "a page twice" 'pages: [1.md, 2.md, 1.md]\n' 'there twice'
says 'edition.yaml:1:21'
wrong "a number twice" 'pages:\n  - { file: 1.md, page: A1 }\n  - { file: 2.md, page: A1 }\n' 'two pages have the number A1'
says 'it stands in line 2 already'
wrong "rests to nowhere" 'pages:\n  - { file: 1.md, jumps-to: [7] }\n' 'jumps-to: there is no page 7'
says 'edition.yaml:2:5'
wrong "no such style" 'style: newz\npages: [1.md]\n' 'one of full, news, css, gb'
says 'edition.yaml:1:8'
wrong "no such policy" 'pages:\n  - { file: 1.md, overset: drop }\n' 'one of jump, hold, error'
says 'edition.yaml:2:28'
wrong "no such layout, and where it is named" 'sections: {城事: {layout: broadsheat}}\npages:\n  - { file: 2.md, section: 城事 }\n' 'did you mean broadsheet'
says 'edition.yaml:1:25'
printf 'sections: {没有: {columns: 4}}\npages: [{file: 3.md, page: 1}]\nmoves: [{item: a1, to: 1}]\n' >day/edition.yaml
run 0 "what leads nowhere but harms nobody" -- set day -o idle.pdf
says 'no page belongs to the section “没有”'
says 'stands on page 1 already'
rm day/edition.yaml

# ---- jumps that writers made ----
mkdir hand
text () { grep -E "^[^-#<>|*!a-z ].{60,}" "$sets"/13-single.md | sed "s/$/\n/"; }
printf -- '---\npage: 1\n---\n\n# 潮来的时候\n\n%s\n\n（下转第二版）\n' "$(text)" >hand/1.md
printf -- '---\npage: 2\n---\n\n# 潮来的时候\n\n（上接第一版）\n\n%s\n' "$(text)" >hand/2.md
run 0 "jumps by hand" -- set hand -l tabloid -o hand.json
grep -q '"continued": {"item": "a1", "page": "2", "sheet": 1}' hand.json && ok || not_ok "the plan does not know of the writers' jump"
sed -i 's/（上接第一版）//' hand/2.md
run 0 "a jump that leads nowhere" -- set hand -l tabloid -o hand.json
says 'BM0816'

# ---- relay ----
run 0 "relay tells what moved" -- relay day/3.md -c 8 --compare -o relay.pdf
present relay.pdf relay.compare.png
tells '^p3 broadsheet 5 × 21 字\|^p1 broadsheet 5 × 21 字\|broadsheet 5 × 21 字 Q [0-9.]* → .*broadsheet 8 × 13 字'
tells '^8 items, 1 ads\|^8 items, 0 ads\|^7 items, 1 ads'
run 0 "relay follows a story over its pages" -- relay "$source/samples/edition" -c 6 --compare -o relay.pdf
[ "$(grep '澄江大桥' stdout | grep -o ' + p2 c' | wc -l)" -eq 2 ] && ok || not_ok "the rest of the lead is not followed on both sides"
tells '^38 items, 5 ads: '
run 0 "relay to the same grid changes nothing" -- relay day/3.md -c 5 --compare
grep -q ' 0 moved, 0 of another size, 0 on another page' stdout && ok || not_ok "something moved"
present day/3.compare.png
run 2 "relay of nothing" -- relay

echo "$passed checks hold, $failed do not"
[ "$failed" -eq 0 ]
