"""check-seed.py BANMIAN SEEDS — the real page, from its raw dump, at every column count, judged from the plan and the PDF.

The page stays where it is; without it the test is skipped."""
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pages import SKIPPED, faults_of_fonts, faults_of_text, han, lines_of, need_poppler, set_page


def body_columns(plan, item):
    return [e for e in plan["elements"] if e.get("item") == item and e["role"] == "text" and e["lines"]]


def faults_of_plan(plan):
    """Seven items and the ad, filled exactly, nothing over, lines on the grid, columns level, a lead that leads."""
    faults, quality, grid = [], plan["quality"], plan["grid"]
    news = [i for i in plan["items"] if i["kind"] not in ("ad", "container")]
    ads = [i for i in plan["items"] if i["kind"] == "ad"]
    if len(news) != 7 or len(ads) != 1:
        faults.append(f"{len(news)} items and {len(ads)} ads, not 7 and 1")
    if plan["overset"] or any(i["lines_over"] for i in plan["items"]):
        faults.append("copy is over")
    if quality["fill"] != 1 or quality["overlap"] != 0:
        faults.append(f"fill {quality['fill']}, overlap {quality['overlap']}")
    phases = Counter(round((line["baseline"] - grid["top"]) % grid["pitch"], 1) % round(grid["pitch"], 1)
                     for e in plan["elements"] if e["role"] == "text" for line in e["lines"])
    if max(phases) - min(phases) > 0.11:
        faults.append(f"body baselines off the grid: {dict(phases)}")
    for item in news:
        feet = [e["lines"][-1]["baseline"] for e in body_columns(plan, item["id"])]
        if feet and max(feet) - min(feet) > 0.05:
            faults.append(f"columns of {item['id']} are not level: {feet}")
    sizes = {e["item"]: e["size"] for e in plan["elements"] if e["role"] == "headline"}
    lead = [i["id"] for i in news if i["importance"] == 1][0]
    if any(size >= sizes[lead] for item, size in sizes.items() if item != lead):
        faults.append(f"the lead's head is not the largest: {sizes}")
    return faults


def main():
    need_poppler()
    seeds = sorted(Path(sys.argv[2]).glob("*.txt"))
    if not seeds:
        print(f"no page in {sys.argv[2]}: skipped")
        return SKIPPED
    failed = False
    raw = han(re.sub(r"广告", "", seeds[0].read_text(encoding="utf-8")))
    for columns in range(4, 10):
        with tempfile.TemporaryDirectory() as folder:
            pdf, plan = set_page(sys.argv[1], seeds[0], folder, "-c", str(columns))
            faults = faults_of_plan(plan) + faults_of_text(pdf, plan) + faults_of_fonts(pdf)
        lost = raw - han("".join(lines_of(plan)))
        if lost:
            faults.append(f"characters of the dump that are not on the page: {''.join(lost.elements())}")
        print(f"{columns} columns, Q {plan['quality']['Q']}: {'; '.join(faults) or 'as it should be'}")
        failed = failed or bool(faults)
    return 1 if failed else 0


sys.exit(main())
