"""prototype.py MAKEUP-TIME FONTS.CONF LAYOUTS PROTOTYPES SETS — make-up beside the prototype of its design, in one run.

The prototype counts lines by integers and shapes nothing; makeup-time opens the pictures, shapes and composes all the text anew
for every page. Both are given each article set at its own column count. Without the prototype there is nothing to compare."""
import importlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "page"))
from article_sets import edition_of, load  # noqa: E402

RUNS = 5


def build_prototype(sources, folder):
    for name in ("makeup.py", "metrics.py", "makeup.c"):
        shutil.copy(Path(sources) / name, folder)
    subprocess.run(["cc", "-O3", "-w", "-o", f"{folder}/mk", f"{folder}/makeup.c", "-lm"], check=True)
    sys.path.insert(0, str(folder))
    return importlib.import_module("makeup")


def our_time(program, fonts, layouts, one, folder):
    page = Path(folder) / "page.md"
    page.write_text(edition_of(one, one["page"]["columns"]), encoding="utf-8")
    done = subprocess.run([program, fonts, layouts, one["page"]["format"], str(one["page"]["columns"]), str(page)],
                          capture_output=True, text=True, check=True)
    return float(re.search(r"([\d.]+) ms", done.stdout).group(1))


def main():
    program, fonts, layouts, prototypes, sets = sys.argv[1:6]
    if not (Path(prototypes) / "makeup.c").exists():
        print(f"no prototype in {prototypes}: nothing to compare with")
        return
    print(f"{'':16} items   ours ms   prototype ms   ratio")
    with tempfile.TemporaryDirectory() as folder:
        prototype = build_prototype(prototypes, folder)
        for one in load(sets):
            theirs = statistics.median(prototype.best(one, ljoin=0)[4] for _ in range(RUNS))
            ours = our_time(program, fonts, layouts, one, folder)
            print(f"{one['name']:16} {len(one['articles']):5} {ours:9.1f} {theirs:14.1f} {ours / max(theirs, 0.1):7.2f}")


main()
