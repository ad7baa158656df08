"""check-structure.py BANMIAN PAGE[:LAYOUT]... — a reader that follows the structure gets the page story by story.

pdfinfo reads the tags back: each item's texts stand together, in the order in which they are read, and nothing of an item is lost."""
import re
import shutil
import subprocess
import sys
import tempfile

from pages import SKIPPED, set_page

HEADS = ("kicker", "headline", "subhead", "summary")
FIRST = ("label",) + HEADS
FURNITURE = ("folio", "rule", "frame", "tint")


def squeezed(text):
    return re.sub(r"\s", "", text)


def lines_of(element):
    return [squeezed(line if isinstance(line, str) else line["text"]) for line in element.get("lines", [])]


def items_in_order(plan):
    """Ids as they first stand in the plan; members follow their container."""
    members = {m: i["id"] for i in plan["items"] for m in i.get("members", [])}
    order = []
    for element in plan["elements"]:
        item = element.get("item")
        if item and members.get(item, item) not in order:
            order.append(members.get(item, item))
    inside = {i["id"]: i.get("members", []) for i in plan["items"]}
    return [x for item in order for x in [item, *inside.get(item, [])]]


def faults_of_order(plan, read):
    """Every line of an item is found behind the heads of its item and before the next item's."""
    faults, at = [], 0
    for item in items_in_order(plan):
        own = [e for e in plan["elements"] if e.get("item") == item and e["role"] not in FURNITURE and not e.get("device")]
        ends = [at]
        for role in FIRST:
            for element in (e for e in own if e["role"] == role):
                for line in lines_of(element):
                    found = read.find(line, ends[-1])
                    if found < 0:
                        faults.append(f"{item}: {role} “{line}” is not read in its turn")
                    ends.append(max(found, ends[-1]))
        for column in (e for e in own if e["role"] == "text"):
            place = ends[-1]
            for line in lines_of(column):
                found = read.find(line, place)
                if found < 0:
                    faults.append(f"{item}: “{line}” is not read in its turn")
                place = max(found, place)
            ends.append(place)
        at = ends[-1]
        for element in (e for e in own if e["role"] not in FIRST + ("text",)):
            faults += [f"{item}: “{line}” is not read" for line in lines_of(element) if line and read.find(line) < 0]
    return faults


def faults_of_pdf(pdf, plan):
    text = subprocess.run(["pdfinfo", "-struct-text", str(pdf)], capture_output=True, text=True, check=True).stdout
    tree = subprocess.run(["pdfinfo", "-struct", str(pdf)], capture_output=True, text=True, check=True).stdout
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    read = squeezed("".join(re.findall(r'^\s*"(.*)"$', text, re.MULTILINE)))
    tags = re.findall(r"^ *(\w+)", tree, re.MULTILINE)
    faults = faults_of_order(plan, read)
    # pdfinfo leaves ActualText aside: every glyph must have its name in a ToUnicode map, the second one of a digit, too.
    faults += [f"without a name: {word}" for word in re.findall("[^，。]*[\ufffd\ue000-\uf8ff][^，。]*", read)]
    # A device repeats words of its story: an artifact, which is not read a second time.
    faults += [f"a device is read: {lines_of(e)}" for e in plan["elements"] if e.get("device") and e["role"] != "crosshead"
               and read.count("".join(lines_of(e))) > 1]
    headed = [i for i in plan["items"] if i.get("title")]
    if sum(tag in ("Art", "Sect") for tag in tags) != len(plan["items"]):
        faults.append(f"{tags.count('Art')} articles of {len(plan['items'])} items")
    heads = [int(tag[1]) for tag in tags if re.fullmatch("H[1-6]", tag)]
    if len(heads) < len(headed) or heads[0] != 1 or any(b > a + 1 for a, b in zip(heads, heads[1:])):
        faults.append(f"headings {heads} of {len(headed)} headlines")
    if tags.count("Figure") != sum(e["role"] == "photo" or (e["role"] == "ad" and bool(e.get("file"))) for e in plan["elements"]):
        faults.append("not a figure a picture")
    if not re.search(r"Tagged:\s+yes", info):
        faults.append("the PDF is not tagged")
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True, check=False)
        faults += [] if done.returncode == 0 else [done.stderr + done.stdout]
    return faults


def main():
    if shutil.which("pdfinfo") is None:
        print("no pdfinfo: skipped")
        return SKIPPED
    faults = []
    for argument in sys.argv[2:]:
        page, _, layout = argument.partition(":")
        with tempfile.TemporaryDirectory() as folder:
            found = faults_of_pdf(*set_page(sys.argv[1], page, folder, "-l", layout or "broadsheet"))
        print(f"{page}: {len(found)} faults")
        faults += found
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
