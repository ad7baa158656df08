"""lay-out.py RECOVER-DUMP CORPUS [FLOOR] — the development pages laid out anew, given with their boxes, and scored.

A page's truth is set by a plain paginator of many manners (columns, measures, sizes, what a line's box holds, stretched lines,
indents as blanks or as places, the order in which lines are written) straight to pdftotext's XHTML: other pages than ours."""
import html
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

EM = 9.0
NEVER_FIRST = "，。、；：！？”’）》」】…—·%％"
MANNERS = 3  # of each page


def width(text):
    return sum(0.5 if ord(c) < 0x2E80 and c not in "“”‘’—…·" else 1.0 for c in text)


def tokens(text):
    at = 0
    while at < len(text):
        end = at + 1
        while ord(text[at]) < 0x80 and text[at] != " " and end < len(text) and ord(text[end]) < 0x80 and text[end] != " ":
            end += 1
        yield text[at:end]
        at = end


def wrap(text, measure, indent):
    """Lines of a paragraph; what may not begin a line draws a character down with it."""
    lines, line, used = [], "", indent
    for token in tokens(text):
        if line and used + width(token) > measure and not (token[0] in NEVER_FIRST and used + width(token) <= measure + 0.6):
            keep = line[-1] if token[0] in NEVER_FIRST else ""
            lines.append(line[:len(line) - len(keep)])
            line, used = keep, width(keep)
        line += token
        used += width(token)
    return lines + [line] if line else lines


class Page:
    """Lines of words with their boxes, in one manner."""

    def __init__(self, rng):
        self.rng, self.lines = rng, []
        self.columns = rng.choice([3, 4, 5, 6])
        self.measure = rng.choice([13, 15, 17, 20, 21]) if self.columns <= 4 else rng.choice([13, 14, 15, 17])
        self.gutter, self.leading = rng.choice([1.0, 1.5, 2.0]) * EM, EM * rng.choice([1.3, 1.4, 1.5])
        self.box, self.head_box = rng.choice([1.0, 1.2, 1.448]), rng.choice([1.0, 1.2, 1.448])  # × size: ascent and descent
        self.blanks, self.stretched = rng.random() < 0.33, rng.random() < 0.5
        self.crosshead = EM * rng.choice([1.0, 1.1, 1.2])
        self.tops = [90.0] * self.columns

    def left(self, column):
        return 50 + column * (self.measure * EM + self.gutter)

    def line(self, x, baseline, size, text, box, measure=0):
        advance = min(size * measure / width(text), size * 1.13) if measure and width(text) > 4 else size
        words, start, word = [], x, ""
        for c in text + " ":
            if c == " ":
                if word:
                    words.append((start, baseline + size * 0.12 * box - size * box, x, baseline + size * 0.12 * box, word))
                word, x = "", x + 0.35 * size
                start = x
            else:
                word += c
                x += width(c) * advance
        if words:
            self.lines.append(words)

    def head(self, item, x, y, room):
        longest = max((width(line) for line in item["headline"]), default=8)
        size = max(13.5, min(40 if sum(map(len, item["paragraphs"])) >= 250 else 20, room / max(longest, 1) * 0.9))
        if item.get("kicker"):
            small = min(13, max(10.5, size * 0.5))
            y += small * 1.3
            self.line(x, y, small, item["kicker"], self.head_box)
        for line in item["headline"]:
            y += size * 1.25
            self.line(x, y, size, line, self.head_box)
        if item.get("subhead"):
            small = min(14, max(11.8, size * 0.5))
            y += small * 1.6
            self.line(x, y, small, item["subhead"], self.head_box)
        return y + self.leading * self.rng.choice([0.8, 1.2, 2])

    def body(self, item):
        """(text, indent, is full, is a crosshead) of each line."""
        crossheads = {head["before"]: head["text"] for head in item.get("subheads") or []}
        for line in (item.get("byline") or "").split("\n"):
            if line:
                yield line, 0, False, False
        for i, paragraph in enumerate(item["paragraphs"]):
            if i in crossheads:
                yield crossheads[i], 2, False, True
            lines = wrap((item["dateline"] + " " if i == 0 and item.get("dateline") else "") + paragraph, self.measure, 2)
            yield from ((line, 0 if k else 2, k < len(lines) - 1, False) for k, line in enumerate(lines))
        for aside in item.get("asides") or []:
            texts = ["  ".join(row) for row in aside["rows"]] if aside["type"] == "table" else wrap(aside["text"], self.measure, 2)
            yield from ((line, 0 if k or aside["type"] == "table" else 2, False, False) for k, line in enumerate(texts))

    def story(self, item):
        n = sum(map(len, item["paragraphs"]))
        span = min(self.columns, 1 if n < 250 else 2 if n < 700 else self.rng.choice([2, 3]))
        column = min(range(self.columns - span + 1), key=lambda c: (max(self.tops[c:c + span]), c))
        x, room = self.left(column), span * (self.measure * EM + self.gutter) - self.gutter
        y = foot = max(self.tops[column:column + span]) + self.leading * 1.2
        if item["kind"] == "ad":
            for text in item["paragraphs"]:
                for line in wrap(text, self.measure * span, 0):
                    self.line(x, y + EM, EM, line, self.box)
                    y = foot = y + self.leading
        else:
            y = self.head(item, x, y + (room * 0.6 if item["kind"] == "photo" else 0), room)
            for line in wrap(item.get("caption") or "", room / EM / 0.83 * 0.95, 0):
                y += self.leading
                self.line(x, y, EM * 0.83, line, self.box)
            y += self.leading if item.get("caption") else 0
            lines = list(self.body(item))
            rows = -(-len(lines) // span)
            for i, (text, indent, full, crosshead) in enumerate(lines):
                at, foot = y + (i % rows + 1) * self.leading, max(foot, y + rows * self.leading)
                if self.blanks and indent and not crosshead:
                    text, indent = "　" * indent + text, 0
                self.line(self.left(column + i // rows) + indent * EM, at, self.crosshead if crosshead else EM, text,
                          self.head_box if crosshead else self.box, self.measure - indent if full and self.stretched else 0)
        for c in range(column, column + span):
            self.tops[c] = max(foot, y) + self.leading * self.rng.choice([0.6, 1.2])

    def xhtml(self):
        order = self.rng.choice(["as set", "any", "from the top"])
        if order == "any":
            self.rng.shuffle(self.lines)
        elif order == "from the top":
            self.lines.sort(key=lambda words: words[0][1])
        words = "".join("<line>" + "".join(
            f'<word xMin="{x0:.3f}" yMin="{y0:.3f}" xMax="{x1:.3f}" yMax="{y1:.3f}">{html.escape(text)}</word>\n'
            for x0, y0, x1, y1, text in line) + "</line>" for line in self.lines)
        return f'<doc><page width="{self.left(self.columns) + 50:.1f}" height="{max(self.tops) + 60:.1f}">{words}</page></doc>'


def lay_out(truth, rng):
    page = Page(rng)
    for i, line in enumerate(truth.get("furniture") or []):
        page.line(50 + i * 220, 60, 7.5, line, page.box)
    for item in truth["items"]:
        page.story(item)
    return page.xhtml()


def main():
    dump, corpus, floor = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0
    if not (corpus / "score.py").is_file():
        print(f"no corpus at {corpus}: skipped")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        for truth in sorted((corpus / "dev").glob("*/truth.json")):
            text = truth.read_text(encoding="utf-8")
            for manner in range(MANNERS):
                name = f"{truth.parent.name}-{manner}"
                page, found = Path(folder) / "truth" / name, Path(folder) / "found"
                page.mkdir(parents=True)
                found.mkdir(exist_ok=True)
                (page / "truth.json").write_text(text, encoding="utf-8")
                (page / "boxes.xml").write_text(lay_out(json.loads(text)["page"], random.Random(name)), encoding="utf-8")
                with open(found / f"{name}.json", "w", encoding="utf-8") as out:
                    subprocess.run([dump, page / "boxes.xml"], stdout=out, check=True)
        score = subprocess.run([sys.executable, corpus / "score.py", f"{folder}/truth", f"{folder}/found"], capture_output=True, text=True, check=True).stdout
    print(score)
    total = float(next(line for line in score.splitlines() if line.startswith("TOTAL")).split()[1])
    return 1 if total < floor else 0


sys.exit(main())
