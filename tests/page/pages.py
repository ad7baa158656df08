"""What the tests of finished pages share: setting a page, and reading its PDF back with poppler's programs."""
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

SKIPPED = 77


def need_poppler():
    """Skip, saying so, where the PDF cannot be read back."""
    for program in ("pdftotext", "pdffonts"):
        if shutil.which(program) is None:
            print(f"no {program}: skipped")
            sys.exit(SKIPPED)


def set_page(banmian, page, folder, *options):
    """Set a page to PDF and plan; returns the PDF's path and the plan."""
    pdf, plan = Path(folder) / "page.pdf", Path(folder) / "page.json"
    done = subprocess.run([banmian, "set", str(page), "-o", str(pdf), "-o", str(plan), *options],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{page} {' '.join(options)}: exit {done.returncode}\n{done.stderr}")
    return pdf, json.loads(plan.read_text(encoding="utf-8"))


def is_han(character):
    return re.match(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]", character) is not None


def han(text):
    return Counter(c for c in text if is_han(c))


def lines_of(plan):
    """Every line of the plan, in drawing order."""
    for element in plan["elements"]:
        for line in element.get("lines", []):
            yield line if isinstance(line, str) else line["text"]


def text_of(pdf):
    return subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def one_blank(text):
    return re.sub(r"[ \u3000]+", " ", text)


def body_lines(plan):
    """Lines that are read as sentences: a blank too many in one is a fault."""
    for element in plan["elements"]:
        if element["role"] in ("text", "crosshead", "caption", "headline") and element.get("direction") != "ttb":
            yield from (line if isinstance(line, str) else line["text"] for line in element["lines"])


def faults_of_text(pdf, plan):
    """What differs between the text of the PDF and the plan: Han characters, and whole lines."""
    faults, text, placed = [], text_of(pdf), "\n".join(lines_of(plan))
    for name, more, less in (("missing from", han(placed), han(text)), ("too many in", han(text), han(placed))):
        odd = more - less
        if odd:
            faults.append(f"{name} the PDF's text: {''.join(odd.elements())[:60]}")
    text = one_blank(text)
    faults += [f"not in the PDF's text as it stands: “{line}”" for line in body_lines(plan) if one_blank(line) not in text]
    return faults


def faults_of_fonts(pdf):
    """Every font embedded, none of type 3."""
    rows = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    faults = [] if rows else ["no fonts in the PDF"]
    for row in rows:
        embedded = re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$", row)
        if "Type 3" in row or embedded is None or embedded.group(1) != "yes" or embedded.group(3) != "yes":
            faults.append(f"a font not embedded, without its text map, or of type 3: {row}")
    return faults
