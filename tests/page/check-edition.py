"""check-edition.py BANMIAN SAMPLE_EDITION SETS — editions of many pages, judged from the text of their PDFs.

Every paragraph of the copy stands whole on a page, or its beginning on one and its end on another; every 下转 has its 上接
and every 上接 its 下转. The sample edition is set on 4 to 8 columns and as a tabloid; an edition of 50 pages is made of the
article sets, each paragraph with words of its own, so that a paragraph of one page is never taken for another's."""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pages import need_poppler

SENTENCE_END = "。！？…”’）；"


def bare(text):
    return re.sub(r"\s", "", text)


def copy_of(markdown):
    """The paragraphs of an edition file, bare; the crossheads, which may stand between two columns of one; the headlines."""
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    paragraphs, between, heads = [], [], []
    for part in re.split(r"\n\s*\n", text):
        part = part.strip()
        if part.startswith("### "):
            between.append(bare(part[4:]))
        elif part.startswith("#"):
            heads += [bare(line.lstrip("#")) for line in part.splitlines()]
        elif part.startswith("!["):
            caption = re.match(r"!\[(.*?)\]", part, re.S).group(1)
            paragraphs += [bare(caption)] if caption not in ("", "广告", "公益广告") else []
        elif part and part != "***" and not part.startswith((">", "|")):
            paragraphs.append(bare(re.sub(r"[*\\]", "", part)))
    return paragraphs, between, heads


def page_texts(pdf):
    raw = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return [bare(page) for page in raw.split("\f")[:-1]]


def running_text(texts, between):
    """Without what may stand between two columns of a paragraph."""
    texts = [re.sub(r"（(?:下转|上接)第\w+版）", "", text) for text in texts]
    for words in between:
        texts = [text.replace(words, "") for text in texts]
    return texts


def halves(paragraph, running):
    """Pairs of pages on which its two halves stand, cut behind a sentence: each of its beginnings is on some page, but only
    one pair can be right where other pages have like words."""
    for i, character in enumerate(paragraph[:-1]):
        if character not in SENTENCE_END:
            continue
        first = [n for n, text in enumerate(running) if paragraph[:i + 1] in text]
        rest = [n for n, text in enumerate(running) if paragraph[i + 1:] in text]
        yield from ((a, b) for a in first for b in rest if a != b)


def faults_of_copy(paragraphs, texts, between, labels):
    faults, running = [], running_text(texts, between)
    for paragraph in paragraphs:
        if any(paragraph in text for text in running):
            continue
        if not any(f"（下转第{labels[b]}版）" in texts[a] and f"（上接第{labels[a]}版）" in texts[b] for a, b in halves(paragraph, running)):
            faults.append(f"neither whole nor parted by a jump: {paragraph[:24]}…")
    return faults


def jumps_of(texts, labels):
    """(from, to) of the 下转 lines and of the 上接 lines, by page numbers."""
    to = sorted((labels[n], m) for n, text in enumerate(texts) for m in re.findall(r"（下转第(\w+)版）", text))
    back = sorted((m, labels[n]) for n, text in enumerate(texts) for m in re.findall(r"（上接第(\w+)版）", text))
    return to, back


def faults_of_jumps(texts, labels, plans):
    to, back = jumps_of(texts, labels)
    faults = [] if to == back else [f"jump lines {to}, lines that come back {back}"]
    said = []
    for at, plan in enumerate(plans):
        for item in plan["items"]:
            end = item.get("continued")
            if end is None:
                continue
            said.append((labels[at], end["page"]))
            if end["sheet"] < at:
                faults.append(f"{item['id']} is continued on a page before it")
            if "continues" in item:
                faults.append(f"{item['id']} is cut a second time")
            rest = [i for i in plans[end["sheet"]]["items"] if i["id"] == end["item"]]
            if len(rest) != 1 or rest[0].get("continues") != {"item": item["id"], "page": labels[at], "sheet": at}:
                faults.append(f"the plan of page {end['page']} does not lead back to {item['id']}")
    if sorted(said) != to:
        faults.append(f"the plans tell of jumps {sorted(said)}, the pages of {to}")
    return faults


def set_edition(banmian, edition, folder, *options):
    pdf, plan = Path(folder) / "edition.pdf", Path(folder) / "edition.json"
    done = subprocess.run([banmian, "set", str(edition), "-o", str(pdf), "-o", str(plan), *options],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None, None, [f"exit {done.returncode}: {done.stderr[-600:]}"]
    return pdf, json.loads(plan.read_text(encoding="utf-8"))["pages"], []


def check(banmian, edition, files, options, least_jumps):
    """Faults of an edition set with these options, and how many pages and jumps it has."""
    with tempfile.TemporaryDirectory() as folder:
        pdf, plans, faults = set_edition(banmian, edition, folder, *options)
        if faults:
            return faults, 0, 0
        copies = [copy_of(file.read_text(encoding="utf-8")) for file in files]
        texts = page_texts(pdf)
        labels = [plan["edition"]["page"] for plan in plans]
        if len(texts) != len(plans):
            return [f"{len(texts)} pages in the PDF, {len(plans)} plans"], len(texts), 0
        faults = faults_of_copy([p for copy in copies for p in copy[0]], texts, [w for copy in copies for w in copy[1]], labels)
        faults += [f"no headline {head}" for copy in copies for head in copy[2] if not any(head in text for text in texts)]
        faults += faults_of_jumps(texts, labels, plans)
        faults += [f"page {label}: overset" for label, plan in zip(labels, plans) if plan["overset"]]
        n = len(jumps_of(texts, labels)[0])
        links = pdf.read_bytes().count(b"/Subtype /Link")
        if links != 2 * n:
            faults.append(f"{links} links, not one at either end of {n} jumps")
        if n < least_jumps:
            faults.append(f"{n} jumps, not {least_jumps} at least")
        return faults, len(texts), n


NUMERALS = "零一二三四五六七八九"


def own_words(markdown, number):
    """The same copy with words of its own in every paragraph."""
    mark = "".join(NUMERALS[int(digit)] for digit in f"{number:02d}")
    head, body = re.match(r"(\A---\n.*?\n---\n)(.*)", markdown, re.S).groups()
    head = re.sub(r"(?m)^(page|layout|columns|note):.*\n", "", head)
    parts = re.split(r"(\n\s*\n)", body)
    for i in range(0, len(parts), 2):
        part = parts[i].strip()
        if len(part) > 24 and part[-1] in "。！？”" and not part.startswith(("#", "<", "!", ">", "|", "*")):
            parts[i] = f"{parts[i].rstrip()[:-1]}，是为{mark}号稿。"
    return head + "".join(parts)


def make_fifty(sets, folder):
    """An edition of 50 pages; each eighth page has far more copy than room, and each ninth half of it."""
    usual = ["01-city", "03-county", "09-boxed", "02-front", "08-no-photo", "10-long-heads", "14-half-ad"]
    lines = ["paper: 汐州日报", "date: 2026-03-06", "held: move", "pages:"]
    files = []
    for n in range(1, 51):
        name = "11-over" if n % 12 == 3 else "12-under" if n % 4 == 0 else usual[n % len(usual)]
        file = folder / f"{n:02d}.md"
        file.write_text(own_words((sets / f"{name}.md").read_text(encoding="utf-8"), n), encoding="utf-8")
        files.append(file)
        lines.append(f"  - {{ file: {file.name}, columns: {6 if name != '03-county' else 5} }}")
    (folder / "edition.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return files


def main():
    need_poppler()
    banmian, sample, sets = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    failed = False
    files = sorted(sample.glob("*.md"))
    files = [file for file in files if file.name != "README.md"]
    for options in [("-c", str(c)) for c in range(4, 9)] + [(), ("-l", "tabloid")]:
        faults, pages, jumps = check(banmian, sample, files, options, 1)
        print(f"sample edition {' '.join(options) or 'as it is'}: {pages} pages, {jumps} jumps: {'; '.join(faults) or 'whole'}", flush=True)
        failed = failed or bool(faults)
    with tempfile.TemporaryDirectory() as folder:
        files = make_fifty(sets, Path(folder))
        faults, pages, jumps = check(banmian, folder, files, (), 4)
        print(f"edition of fifty: {pages} pages, {jumps} jumps: {'; '.join(faults[:6]) or 'whole'}")
        failed = failed or bool(faults) or pages != 50
    return 1 if failed else 0


sys.exit(main())
