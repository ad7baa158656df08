"""check-article-sets.py BANMIAN SETS — article sets made up on every column count, judged from the elements of their plans alone.

Nothing of the solver is believed: cells are counted again, text is compared with the set. The sets stay where they are;
without them the test is skipped."""
import os
import statistics
import subprocess
import sys
import tempfile
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from article_sets import counts_of, edition_of, load, words_of
from pages import SKIPPED, han, lines_of

MUCH_COPY = ("dev11_over",)  # half as much again as the page holds: stories may jump
LEAST_SCORE, MEDIAN_SCORE = 78, 92
SEPARATOR = 2                # empty rows that are no hole


def rows_covered(plan, column):
    """Of one column of the grid; a container's tint covers what its members leave."""
    grid, rows = plan["grid"], set()
    left, right = grid["x"][column], grid["x"][column] + grid["column_width"]
    for element in plan["elements"]:
        if element["role"] in ("rule", "folio"):
            continue
        if min(right, element["x"] + element["width"]) - max(left, element["x"]) < 0.1 * grid["column_width"]:
            continue
        top = (element["y"] - grid["top"]) / grid["pitch"]
        rows.update(range(round(top), round(top + element["height"] / grid["pitch"])))
    for item in plan["items"]:
        block = item["block"]
        if item["kind"] == "container" and block["column"] <= column < block["column"] + block["columns"]:
            rows.update(range(block["row"], block["row"] + block["rows"]))
    return rows


def holes(plan):
    empty = 0
    for column in range(plan["grid"]["columns"]):
        covered, run = rows_covered(plan, column), 0
        for row in range(plan["grid"]["rows"] + 1):
            if row < plan["grid"]["rows"] and row not in covered:
                run += 1
                continue
            empty += run if run > SEPARATOR else 0
            run = 0
    return empty


def overlaps(plan):
    members = {m for item in plan["items"] for m in item.get("members", [])}
    cells = Counter()
    for item in plan["items"]:
        block = item["block"]
        if item["id"] not in members:
            cells.update((c, r) for c in range(block["column"], block["column"] + block["columns"])
                         for r in range(block["row"], block["row"] + block["rows"]))
    return sum(n > 1 for n in cells.values())


def faults_of(one, plan, exit_status):
    faults, jumps = [], one["name"] in MUCH_COPY
    if exit_status != (3 if jumps else 0):
        faults.append(f"exit {exit_status}")
    if holes(plan):
        faults.append(f"{holes(plan)} cells empty")
    if overlaps(plan):
        faults.append(f"{overlaps(plan)} cells covered twice")
    if plan["overset"] and not jumps:
        faults.append("copy is over")
    over = "".join(o["text"] for o in plan["overset"])
    lost = han("".join(words_of(one))) - han("".join(lines_of(plan)) + over)
    if lost:
        faults.append(f"lost: {''.join(lost.elements())[:60]}")
    sizes = {e["item"]: e["size"] for e in plan["elements"] if e["role"] == "headline"}
    leads = [i["id"] for i in plan["items"] if i["importance"] == 1 and i["kind"] != "ad"]
    if any(size >= sizes[leads[0]] for item, size in sizes.items() if item != leads[0]):
        faults.append("the lead's head is not the largest")
    if plan["quality"]["Q"] < LEAST_SCORE:
        faults.append("a poor page")
    return faults


def set_one(banmian, one, columns):
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.md", Path(folder) / "page.json"
        page.write_text(edition_of(one, columns), encoding="utf-8")
        done = subprocess.run([banmian, "set", str(page), "-l", one["page"]["format"], "-c", str(columns), "-o", str(out)],
                              capture_output=True, text=True, check=False)
        if not out.exists():
            return None, [f"no plan: {done.stderr}"]
        plan = json.loads(out.read_text(encoding="utf-8"))
        return plan, faults_of(one, plan, done.returncode)


def main():
    sets = load(sys.argv[2])
    if not sets:
        print(f"no article sets in {sys.argv[2]}: skipped")
        return SKIPPED
    jobs = [(one, columns) for one in sets for columns in counts_of(one)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(lambda job: set_one(sys.argv[1], *job), jobs))
    for (one, columns), (plan, faults) in zip(jobs, made):
        if faults:
            print(f"{one['name']} on {columns} columns: {'; '.join(faults)}")
    scores = [plan["quality"]["Q"] for plan, _ in made if plan]
    cuts = [plan["quality"]["vcut"] for plan, _ in made if plan]
    print(f"{len(made)} pages: score median {statistics.median(scores):.1f}, least {min(scores):.1f}; "
          f"full vertical cuts {statistics.mean(cuts):.2f} a page, median {statistics.median(cuts):.1f}")
    return 1 if any(faults for _, faults in made) or statistics.median(scores) < MEDIAN_SCORE or statistics.median(cuts) > 0.4 else 0


sys.exit(main())
