"""check-galley.py BANMIAN SHARED — what the galley command sets of the real page and of the corpus, where they are at hand.

exact   the text of a galley's PDF is the text given (cases that say `text: exact`)
lines   style full with first fit breaks the real page's blocks where it broke them
gaps    style news with total fit leaves no wide gap and no last line of one character

The pages stay where they are; without them the test is skipped."""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
WIDEST = {13: 0.12, 20: 0.05}


def galleys(banmian, rows):
    """Each (measure, mode, text) composed by unit metrics; the JSON of each."""
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder) / "cases.tsv"
        cases.write_text("id\tkind\tmeasure\tmode\ttext\texpect\n" +
                         "".join(f"{i}\tpage\t{measure}\t{mode}\t{text}\t\n" for i, (measure, mode, text) in enumerate(rows)),
                         encoding="utf-8")
        out = subprocess.run([banmian, "galley", "--cases", str(cases), "--unit-metrics"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


# ---- exact ----

def options_of(measure, mode):
    options = ["--measure", measure]
    for pair in mode.split(";"):
        key, _, value = pair.partition("=")
        options += {"nlines": ["--lines", value]}.get(key, [f"--{key}", value])
    return options if "indent" in mode else options + ["--indent", "0"]


def faults_of_exact(banmian, corpus):
    faults = []
    for row in (corpus / "composition/cases.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, _, measure, mode, text, expect = row.split("\t")[:6]
        if "text: exact" not in expect:
            continue
        with tempfile.TemporaryDirectory() as folder:
            pdf = f"{folder}/galley.pdf"
            subprocess.run([banmian, "galley", *options_of(measure, mode), "-q", "-o", pdf, text], capture_output=True, check=True)
            out = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
        if re.sub(r"[\n\f]", "", out) != text:
            faults.append(f"{name}: {text!r} comes back as {out!r}")
    return faults


# ---- lines ----

def blocks_of(raw):
    """Runs of lines of the dump that are one piece of a paragraph, two lines at least; split numbers joined."""
    for chunk in re.split(r"\n\s*\n", raw):
        lines = [re.sub(r"(\d) \. (\d)", r"\1.\2", line.strip()) for line in chunk.split("\n") if line.strip()]
        while lines and re.match("□|本报通讯员", lines[0]):
            lines = lines[1:]
        if len(lines) > 1:
            yield lines


def breaks_of(lines):
    """Characters before each break, blanks not counted."""
    places, at = set(), 0
    for line in lines[:-1]:
        at += len(re.sub(r"\s", "", line))
        places.add(at)
    return places


def measures_near(lines, step):
    """Measures about the block's widest line, in em: whole ones or quarters."""
    widest = max(sum(1 if ord(c) > 0x2000 else 0.5 for c in line) for line in lines)
    return sorted({int((widest + k * step) / step) * step for k in range(int(-2 / step), int(3 / step))})


def reproduced(banmian, lines, step):
    """The most breaks of a block that one measure and indent give again."""
    rows = [(measure, f"style=full;fit=first;indent={indent}", "".join(lines))
            for indent in (0, 2) for measure in measures_near(lines, step)]
    return max(len(breaks_of([line["text"] for line in galley["lines"]]) & breaks_of(lines))
               for galley in galleys(banmian, rows) if "error" not in galley)


def faults_of_lines(banmian, raw):
    faults, blocks = [], list(blocks_of(raw))
    wanted = sum(len(lines) - 1 for lines in blocks)
    for step, share in ((1, 145 / 153), (0.25, 150 / 153)):
        found = sum(reproduced(banmian, lines, step) for lines in blocks)
        print(f"full, first fit, measures in steps of {step} em: {found} of {wanted} breaks of {len(blocks)} blocks")
        if found < share * wanted - 0.5:
            faults.append(f"measures in steps of {step} em: {found} of {wanted} breaks")
    return faults


# ---- gaps ----

def faults_of_gaps(banmian, page):
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        edition = f"{folder}/page.json"
        subprocess.run([banmian, "recover", str(page), "-o", edition, "-q"], capture_output=True, check=True)
        items = json.loads(Path(edition).read_text(encoding="utf-8"))["page"]["items"]
    texts = [text for item in items if item["kind"] != "ad" for text in item["paragraphs"]]
    for measure, widest in WIDEST.items():
        set_ = galleys(banmian, [(measure, "style=news;fit=total;indent=2", text) for text in texts])
        inner = [line["gap"] for galley in set_ for line in galley["lines"] if not line["last"]]
        single = [galley["lines"][-1]["text"] for galley in set_
                  if len(galley["lines"]) > 1 and sum(c.isalnum() for c in galley["lines"][-1]["text"]) < 2]
        print(f"news, total fit, {measure} em: {len(inner)} lines, {100 * sum(g > 0.1 for g in inner) / len(inner):.1f} % over 0.10, "
              f"worst {max(inner):.3f}, {len(single)} last lines of one character")
        if max(inner) > widest or single:
            faults.append(f"{measure} em: worst gap {max(inner):.3f}, single {single}")
    return faults


def main():
    banmian, shared = sys.argv[1], Path(sys.argv[2])
    pages = sorted((shared / "seeds").glob("*.txt"))
    if not pages or shutil.which("pdftotext") is None:
        print(f"no page in {shared}, or no pdftotext: skipped")
        return SKIPPED
    faults = faults_of_exact(banmian, shared / "corpora")
    faults += faults_of_lines(banmian, pages[0].read_text(encoding="utf-8"))
    faults += faults_of_gaps(banmian, pages[0])
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
