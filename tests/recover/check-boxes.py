"""check-boxes.py BANMIAN SAMPLE[:LAYOUT[:COLUMNS]] … — pages set, read back with their boxes, and found again.

Each page is set to PDF and given to `recover` as a PDF, as pdftotext's XHTML, and as ALTO and hOCR made from it: every headline
must stand over its own paragraphs, and nearly every paragraph must be whole."""
import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
WHOLE = 0.97  # of the paragraphs


def items_of(text):
    """(headline, paragraphs) of each item of an edition file; blanks do not count."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    for part in re.split(r"^\*\*\*$", body, flags=re.M):
        lines = [line for line in part.split("\n") if line.strip()]
        head = "".join(line[2:] for line in lines if line.startswith("# "))
        texts = [line for line in lines if not re.match(r"[#<!□|]|本报通讯员|\*\*\*", line)]
        yield re.sub(r"\s", "", head), {re.sub(r"[\s*\\　]", "", line) for line in texts}


def words_of(xhtml):
    """Lines of words with their boxes."""
    number = r'"([0-9.]+)"'
    box = rf'xMin={number} yMin={number} xMax={number} yMax={number}'
    for line in re.findall(r"<line .*?</line>", xhtml, flags=re.S):
        yield [(*map(float, word[:4]), html.unescape(word[4])) for word in re.findall(rf"<word {box}>(.*?)</word>", line)]


def alto(xhtml):
    lines = "".join('<TextLine HPOS="0" VPOS="0">' + "<SP/>".join(
        f'<String HPOS="{x0 * 10:.0f}" VPOS="{y0 * 10:.0f}" WIDTH="{(x1 - x0) * 10:.0f}" HEIGHT="{(y1 - y0) * 10:.0f}" CONTENT="{html.escape(text)}"/>'
        for x0, y0, x1, y1, text in words) + "</TextLine>" for words in words_of(xhtml))
    return ('<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="11000" HEIGHT="15000">'
            f"<PrintSpace><TextBlock>{lines}</TextBlock></PrintSpace></Page></Layout></alto>")


def hocr(xhtml):
    lines = "".join("<span class='ocr_line' title='bbox 0 0 1 1'>" + " ".join(
        f"<span class='ocrx_word' title='bbox {x0 * 4:.0f} {y0 * 4:.0f} {x1 * 4:.0f} {y1 * 4:.0f}; x_wconf 95'>{html.escape(text)}</span>"
        for x0, y0, x1, y1, text in words) + "</span>" for words in words_of(xhtml))
    return ('<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>page</title></head><body>'
            f"<div class='ocr_page' title='bbox 0 0 4400 6000'>{lines}</div></body></html>")


def faults_of(name, wanted, found):
    found = list(found)
    whole = total = 0
    for head, paragraphs in wanted:
        own = [texts for other, texts in found if head and head in other]
        if head and len(own) != 1:
            yield f"{name}: the headline {head!r} stands {len(own)} times"
            continue
        for text in paragraphs:
            total += 1
            whole += any(text in texts for texts in own or [texts for _, texts in found])
    if whole < WHOLE * total:
        yield f"{name}: {whole} of {total} paragraphs are whole and under their headline"
    print(f"{name}: {whole} of {total} paragraphs")


def check(banmian, sample, folder):
    file, _, layout = sample.partition(":")
    layout, _, columns = layout.partition(":")
    pdf = folder / "page.pdf"
    subprocess.run([banmian, "set", file, "-q", "-l", layout or "broadsheet", *(["-c", columns] if columns else []), "-o", pdf], check=True)
    xhtml = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    wanted = list(items_of(Path(file).read_text(encoding="utf-8")))
    forms = {"bbox.txt": xhtml, "alto.xml": alto(xhtml), "hocr.html": hocr(xhtml)}
    for form, text in forms.items():
        (folder / form).write_text(text, encoding="utf-8")
    for form in ["page.pdf", *forms]:
        done = subprocess.run([banmian, "recover", folder / form, "-q", "-o", folder / "found.md"], capture_output=True, text=True)
        if done.returncode:
            yield f"{sample} as {form}: {done.stderr}"
            continue
        yield from faults_of(f"{Path(sample).name} as {form}", wanted, items_of((folder / "found.md").read_text(encoding="utf-8")))


def main():
    if shutil.which("pdftotext") is None:
        print("no pdftotext: skipped")
        return SKIPPED
    faults = []
    for sample in sys.argv[2:]:
        with tempfile.TemporaryDirectory() as folder:
            faults += check(sys.argv[1], sample, Path(folder))
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
