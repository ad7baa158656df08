"""calibrate.py RECOVER-DUMP CORPUS [--check] — how often decisions of each margin are right, on pages whose truth is known.

Prints for each kind of decision the bins of its margins with the share that was right: the table of src/recover/decisions.c.
With --check: fails if of the decisions to which the program gives more than 0.9 fewer than 97 in 100 are right."""
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

CUTS = {"item begins": [2.5], "headline": [0.5, 1.2], "roles": [5], "byline": [], "caption": [], "ad": [], "joined": [0, 3]}


def plain(text):
    return re.sub(r"[\s　]", "", text or "")


def body_of(item):
    parts = item["paragraphs"] + [item.get("caption") or ""] + [aside.get("text", "") for aside in item.get("asides", [])]
    return plain("".join(parts))


def display_of(item):
    return plain((item.get("kicker") or "") + "".join(item["headline"]) + (item.get("subhead") or ""))


def pairs(text):
    return Counter(text[i:i + 2] for i in range(len(text) - 1))


def nearest(text, truths, part):
    """The truth item that shares most pairs of characters with the text; None if hardly any."""
    own = pairs(text)
    shares = [(sum((own & pairs(part(truth))).values()), i) for i, truth in enumerate(truths)]
    best = max(shares, default=(0, None))
    return truths[best[1]] if best[0] >= 0.5 * max(1, len(text) - 1) else None


def is_right(kind, item, truths, seam):
    body, display = body_of(item), display_of(item)
    own = nearest(body, truths, body_of) if body else None
    if kind == "item begins":
        start = plain(item.get("dateline")) + body
        return any((plain(t.get("dateline")) + body_of(t)).find(start[:6]) in range(0, 3) for t in truths) if start else False
    if kind == "headline":
        head = nearest(display, truths, display_of)
        return head is not None and head is own
    if kind == "roles":
        head = nearest(display, truths, display_of)
        return head is not None and all(plain(item.get(key)) == plain(head.get(key)) for key in ("kicker", "subhead")) and \
            plain("".join(item["headline"])) == plain("".join(head["headline"]))
    if kind == "byline":
        return any(plain(item.get("byline")) == plain(t.get("byline")) for t in truths if t.get("byline"))
    if kind == "caption":
        return own is not None and plain(own.get("caption")) != ""
    if kind == "ad":
        return any(t["kind"] == "ad" and (not body or body in plain("".join(t["paragraphs"])) or plain("".join(t["paragraphs"])) in body) for t in truths)
    left, _, right = seam.partition("|")
    return any(left + right in body_of(t) for t in truths)


def decisions_of(dump, folder):
    raw = folder / "raw.txt"
    truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["page"]["items"]
    page = json.loads(subprocess.run([dump, raw], capture_output=True, text=True, check=True).stdout)["page"]["items"]
    table = subprocess.run([dump, raw, "margins"], capture_output=True, text=True, check=True).stdout
    for row in filter(None, table.split("\n")):
        kind, item, line, _, margin, share, seam = row.split("\t")
        right = is_right(kind, page[int(item)], truths, seam)
        yield kind, float(margin), float(share), right, f"{folder.name} {kind} of {page[int(item)]['id']}, line {line}"


def main():
    dump, corpus = sys.argv[1], Path(sys.argv[2])
    if not (corpus / "dev").is_dir():
        print(f"no corpus at {corpus}: skipped")
        return 77
    found = [decision for folder in sorted((corpus / "dev").iterdir()) for decision in decisions_of(dump, folder)]
    bins = defaultdict(list)
    for kind, margin, _, right, _ in found:
        bins[kind, sum(margin >= cut for cut in CUTS[kind])].append(right)
    for (kind, n), rights in sorted(bins.items()):
        start = -99 if n == 0 else CUTS[kind][n - 1]
        print(f"{kind:12} from {start:6}: {sum(rights):4} of {len(rights):4} right, {(sum(rights) + 1) / (len(rights) + 2):.2f}")
    sure = [(right, what) for _, _, share, right, what in found if share > 0.9]
    wrong = [what for right, what in sure if not right]
    print(f"above 0.9: {len(sure) - len(wrong)} of {len(sure)} right", *wrong, sep="\n  ")
    return 1 if "--check" in sys.argv and len(wrong) > 0.03 * len(sure) else 0


sys.exit(main())
