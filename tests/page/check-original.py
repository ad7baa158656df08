"""check-original.py BANMIAN SAMPLES SEEDS — --original: a page set again on its own grid gives the dump's lines again.

harbour.txt was wrapped by a program that knows its measures; the real page beside the project was wrapped by its composing
room. Both have five columns of 21 characters; nine lines in ten come out as they were."""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LEAST = 0.90
HEADS = ("headline", "kicker", "subhead", "byline", "ad", "folio", "credit")


def bare(text):
    return re.sub(r"\s", "", text)


def lines_by_role(plan):
    body, heads = set(), ""
    for element in plan["elements"]:
        words = [bare(line if isinstance(line, str) else line["text"]) for line in element.get("lines", [])]
        if element["role"] in HEADS:
            heads += "".join(words)
        else:
            body.update(words)
    return body, heads


def faults_of(banmian, dump):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "page.json"
        done = subprocess.run([banmian, "set", str(dump), "--original", "-o", str(out)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return [f"exit {done.returncode}: {done.stderr[-400:]}"], ""
        plan = json.loads(out.read_text(encoding="utf-8"))
    body, heads = lines_by_role(plan)
    lines = [bare(line) for line in dump.read_text(encoding="utf-8").splitlines() if bare(line)]
    lines = [line for line in lines if line not in heads and not line.startswith(("□", "本报通讯员")) and line != "广告"]
    kept = sum(line in body for line in lines)
    grid, faults = plan["grid"], []
    if (grid["columns"], grid["cells_per_column"]) != (5, 21):
        faults.append(f"{grid['columns']} columns of {grid['cells_per_column']}, not 5 of 21")
    if kept < LEAST * len(lines):
        faults.append(f"{kept} of {len(lines)} lines")
    if plan["overset"]:
        faults.append("copy is over")
    return faults, f"{kept} of {len(lines)} lines as they were"


def main():
    dumps = [Path(sys.argv[2]) / "harbour.txt"] + sorted(Path(sys.argv[3]).glob("*.txt"))
    if len(dumps) == 1:
        print(f"no page in {sys.argv[3]}: the sample alone")
    failed = False
    for dump in dumps:
        faults, figures = faults_of(sys.argv[1], dump)
        print(f"{dump.name}: {'; '.join(faults) or figures}")
        failed = failed or bool(faults)
    return 1 if failed else 0


sys.exit(main())
