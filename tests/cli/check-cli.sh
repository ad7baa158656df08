#!/bin/sh
# The command as its users meet it: exit statuses, messages, outputs whole or absent.
# usage: check-cli.sh SOURCE_DIR BUILD_DIR
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

# run WANTED_STATUS DESCRIPTION -- ARGUMENTS...
run () {
    wanted=$1; what=$2; shift 3
    "$banmian" "$@" >stdout 2>stderr </dev/null
    status=$?
    if [ "$status" -eq "$wanted" ]; then ok; else not_ok "$what: status $status, wanted $wanted"; fi
}
says () { if grep -qe "$1" stderr; then ok; else not_ok "no “$1” in the messages"; fi; }
absent () { for f; do if [ -e "$f" ]; then not_ok "$f was written"; else ok; fi; done; }
present () { for f; do if [ -s "$f" ]; then ok; else not_ok "$f is missing or empty"; fi; done; }
clean () { if ls -A | grep -q 'bm-tmp$'; then not_ok "a temporary file is left"; else ok; fi; }

cp "$source"/samples/harbour.txt "$source"/samples/*.md "$source"/samples/*.jpg . 2>/dev/null

# ---- what works ----
run 0 "a raw dump becomes a page" -- set harbour.txt -o page.pdf -o page.png -o page.svg -o page.json -o page.md --dpi 50
present page.pdf page.png page.svg page.json page.md
says 'items, [0-9,]* characters set, 0 over, quality [0-9.]*, [0-9.]* s$'
[ "$(head -c 5 page.pdf)" = "%PDF-" ] && ok || not_ok "page.pdf is no PDF"
run 0 "twice" -- set harbour.txt -o page2.pdf -o page2.png -o page2.json --dpi 50
for kind in pdf png json; do cmp -s page.$kind page2.$kind && ok || not_ok "two runs differ in $kind"; done
LC_ALL=de_DE.UTF-8 "$banmian" set harbour.txt -o page3.pdf -o page3.json 2>stderr
cmp -s page.pdf page3.pdf && cmp -s page.json page3.json && ok || not_ok "another locale, other bytes"
mkdir elsewhere && cp harbour.txt elsewhere/ && (cd elsewhere && "$banmian" set harbour.txt -o page.pdf 2>/dev/null)
cmp -s page.pdf elsewhere/page.pdf && ok || not_ok "another folder, other bytes"
run 0 "without -o" -- set harbour.txt
present harbour.pdf
"$banmian" set harbour.txt -o - 2>/dev/null | cmp -s - page.pdf && ok || not_ok "the PDF on stdout differs"
"$banmian" set - -o piped.pdf <harbour.txt 2>stderr && cmp -s piped.pdf page.pdf && ok || not_ok "a dump on stdin"
run 0 "recover" -- recover harbour.txt -o found.md --report found.report
present found.md found.report
run 0 "the recovered edition is set" -- set found.md -o found.pdf
run 0 "another column count" -- set harbour.txt -c 7 -o seven.pdf -q
[ -s stderr ] && not_ok "--quiet is not quiet" || ok
run 0 "layouts" -- layouts
grep -q '^tabloid' stdout && ok || not_ok "tabloid is not listed"
run 0 "fonts" -- fonts
run 0 "check" -- check harbour.md
run 0 "explain" -- explain BM0203
run 0 "info" -- info
run 0 "help" -- --help
run 0 "version" -- --version

# ---- copy that finds no room: 3, and nothing of it lost ----
run 3 "a broadsheet page on a tabloid" -- set harbour.md -l tabloid -o small.pdf
present small.pdf small.jump.md
says 'held over'
for words in '上接第5版' '腾出1.2万个泊位' '留住3200件旧物' '记者 俞知夏' '钟表停摆'; do
    grep -q "$words" small.jump.md && ok || not_ok "small.jump.md has lost $words"
done
run 1 "copy over as an error" -- set harbour.md -l tabloid --overset error -o strict.pdf
absent strict.pdf

# ---- wrong usage: 2 ----
run 2 "no verb" --
run 2 "unknown verb" -- sett harbour.txt
says 'did you mean set'
run 2 "unknown option" -- set harbour.txt --columms 5
run 2 "no page" -- set
run 2 "no columns" -- set harbour.txt -c 0 -o no.pdf
run 2 "no number" -- set harbour.txt -c five -o no.pdf
run 2 "paper of nothing" -- set harbour.txt --paper 390 -o no.pdf
run 2 "unknown ending" -- set harbour.txt -o no.docx
run 2 "output is input" -- set harbour.md -o harbour.md
absent no.pdf no.docx

# ---- wrong input: 1, nothing written ----
: >empty.txt
run 1 "empty file" -- set empty.txt -o no.pdf
says 'empty.txt'
printf '\n\n  \n' >blank.txt
run 1 "only blanks" -- set blank.txt -o no.pdf
printf '# 标题\n\n正文\000正文\n' >nul.md
run 1 "NUL" -- set nul.md -o no.pdf
says 'nul.md:3:3'
printf '# 标题\n\n正文\377正文\n' >bad.md
run 1 "invalid UTF-8" -- set bad.md -o no.pdf
says 'bad.md:3:3'
printf 'base: broadsheet\ncolums: 5\n' >bad.yaml
run 1 "unknown layout key" -- set harbour.txt -l bad.yaml -o no.pdf
says 'bad.yaml:2:1'
says 'did you mean columns'
printf 'base: broadsheet\ncolumns: 0\n' >zero.yaml
run 1 "layout without columns" -- set harbour.txt -l zero.yaml -o no.pdf
says 'zero.yaml:2:10'
run 1 "unknown layout" -- set harbour.txt -l broadsheat -o no.pdf
run 1 "column too narrow" -- set harbour.txt -c 40 -o no.pdf
printf '# 渔港\n\n![图为渔港。](missing.jpg)\n' >missing.md
run 1 "missing picture" -- set missing.md -o no.pdf
says 'missing.md:3'
printf '# 渔港\n\n![图为渔港。](../../etc/passwd)\n' >outside.md
run 1 "picture outside the root" -- set outside.md -o no.pdf
printf 'no picture' >broken.jpg
printf '# 渔港\n\n![图为渔港。](broken.jpg)\n' >broken.md
run 1 "broken picture" -- set broken.md -o no.pdf
absent no.pdf

# ---- faces and glyphs ----
"$banmian" galley --measure 13 '今天😀出港。' >stdout 2>stderr
says 'BM0504'
says 'U+1F600'
printf 'base: broadsheet\nroles:\n  text:\n    family: [No Such Face]\n' >face.yaml
run 1 "a family that is not there" -- set harbour.txt -l face.yaml -o no.pdf
says 'No Such Face'
absent no.pdf

# ---- the machine is in trouble: 4, old outputs untouched ----
run 4 "full disk" -- set harbour.txt -o /dev/full
[ -c /dev/full ] && ok || not_ok "/dev/full was replaced"
run 4 "missing folder" -- set harbour.txt -o nowhere/page.pdf
run 4 "missing input" -- set nowhere.txt -o no.pdf
mkdir folder.pdf
run 4 "output is a folder" -- set harbour.txt -o folder.pdf
if [ "$(id -u)" -ne 0 ]; then
    mkdir shut && chmod a-w shut
    run 4 "closed folder" -- set harbour.txt -o shut/page.pdf
fi
cp page.pdf before.pdf
(ulimit -f 40; "$banmian" set harbour.txt -c 6 -o page.pdf >stdout 2>stderr); status=$?
[ "$status" -ne 0 ] && cmp -s page.pdf before.pdf && ok || not_ok "a file over the limit harmed the old output (status $status)"
clean
"$banmian" set harbour.txt -o - 2>stderr | head -c 10 >/dev/null
grep -q CRITICAL stderr && not_ok "a closed pipe makes GLib cry" || ok
env -i LSAN_OPTIONS="${LSAN_OPTIONS:-}" "$banmian" set harbour.txt -o bare.pdf 2>stderr && cmp -s bare.pdf page3.pdf && ok || not_ok "an empty environment"

# ---- the press ----
run 0 "a press PDF" -- set harbour.txt -o plate.pdf --press x4 --bleed 3 --marks
run 0 "holds against the rules of print" -- check plate.pdf --bleed 3
run 1 "more bleed than there is" -- check plate.pdf --bleed 5
says 'B3: page 1'
run 1 "a screen PDF does not hold" -- check page.pdf --press x1a --diagnostics=json
says '"code": "BM0920"'
run 2 "an unknown standard" -- set harbour.txt -o no.pdf --press x9
run 2 "marks without a press" -- set harbour.txt -o no.pdf --marks
run 2 "a bleed beyond reason" -- set harbour.txt -o no.pdf --press x4 --bleed 900
run 1 "a profile that is none" -- set harbour.txt -o no.pdf --press x4 --icc harbour.txt
says BM0905
run 4 "a PDF that is not there" -- check nowhere.pdf
printf 'no PDF at all' >fake.pdf
run 1 "what only is called PDF" -- check fake.pdf
says BM0902
run 0 "a proof" -- set harbour.txt -o proof.png --proof --dpi 40
present proof.png
absent no.pdf

# ---- messages ----
run 1 "short messages" -- set bad.md -o no.pdf --diagnostics=short
says '^bad.md:3:3: error\[BM0105\]'
run 1 "messages as JSON" -- set bad.md -o no.pdf --diagnostics=json
says '"line": 3, "column": 3'
clean

echo "$passed checks hold, $failed do not"
[ "$failed" -eq 0 ]
