"""bench.py BANMIAN FLOOR FLOOR-CUT COMPOSE FONTS.CONF SAMPLES [RUNS] — whole processes, timed in turn: medians of time and
memory, as ratios to two floors. The table goes to the terminal and to bench.txt (bench-instructions.txt) in the current folder.

Figures only, never a verdict: time on a shared machine is noise, the ratio of two programs of one run is less so.
floor draws the text in one face from the whole collection; floor-cut draws the lines of the plan in their own faces, cut first.
With --instructions, `valgrind --tool=callgrind` counts instead of the clock, once each."""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from plain import paragraphs_of
from plan_lines import lines_of

SILENT = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


def run(command):
    """Seconds and peak MiB of one process."""
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=SILENT)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def instructions(command, folder):
    """Millions of instructions of one process."""
    log = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind.out", *command],
                         capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", log).group(1)) / 1e6


def cases_of(banmian, floor, floor_cut, fonts, samples, folder):
    """The first two are the floors."""
    page, raw = samples / "harbour.md", samples / "harbour.txt"
    lines, plain = Path(folder) / "lines.tsv", Path(folder) / "text.txt"
    paragraphs = paragraphs_of(page)
    plain.write_text(paragraphs, encoding="utf-8")
    run([banmian, "set", str(page), "-o", f"{folder}/plan.json", "-q"])
    lines.write_text(lines_of(f"{folder}/plan.json"), encoding="utf-8")

    def quiet(*words):
        return [banmian, *map(str, words), "-q"]
    return [
        ("floor: text to PDF", [floor, fonts, str(plain), f"{folder}/floor.pdf"]),
        ("floor-cut: lines to PDF", [floor_cut, fonts, str(lines), f"{folder}/floor-cut.pdf"]),
        ("set, plan alone", quiet("set", page, "-o", f"{folder}/a.json")),
        ("set to PDF", quiet("set", page, "-o", f"{folder}/a.pdf")),
        ("set to PNG, 150 dpi", quiet("set", page, "-o", f"{folder}/a.png")),
        ("set the raw dump to PDF", quiet("set", raw, "-o", f"{folder}/b.pdf")),
        ("recover", quiet("recover", raw, "-o", f"{folder}/b.md")),
        ("galley, 13 em", quiet("galley", "--measure", 13, max(paragraphs.splitlines(), key=len))),
    ]


def table_of_times(cases, runs):
    figures = {name: [] for name, _ in cases}
    for _ in range(runs):
        for name, command in cases:
            figures[name].append(run(command))
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    floor, cut = (medians[name] for name, _ in cases[:2])
    yield f"{'':26}{'median':>10}{'× floor':>10}{'× cut':>8}{'peak':>14}{'× floor':>10}{'× cut':>8}"
    for name, (seconds, peak) in medians.items():
        yield (f"{name:26}{seconds * 1000:7.1f} ms{seconds / floor[0]:10.2f}{seconds / cut[0]:8.2f}"
               f"{peak:10.1f} MiB{peak / floor[1]:10.2f}{peak / cut[1]:8.2f}")
    yield f"medians of {runs} runs, taken in turn"
    # Linux carries the peak of the process that starts another over to it: what is less cannot be seen from here.
    yield f"a peak of {run(['true'])[1]:.1f} MiB or less is that of the measuring program"


def table_of_instructions(cases, folder):
    counts = [(name, instructions(command, folder)) for name, command in cases]
    yield f"{'':26}{'instructions':>16}{'× floor':>10}{'× cut':>8}"
    for name, count in counts:
        yield f"{name:26}{count:14.1f} M{count / counts[0][1]:10.2f}{count / counts[1][1]:8.2f}"


def costs_of_composing(compose, fonts, folder):
    done = subprocess.run([compose, fonts, f"{folder}/text.txt"], capture_output=True, text=True, check=True)
    yield from done.stdout.splitlines()


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    counted = "--instructions" in sys.argv
    if counted and shutil.which("valgrind") is None:
        print("bench-instructions: skipped, there is no valgrind")
        return
    banmian, floor, floor_cut, compose, recover, fonts, samples = words[:6] + [Path(words[6])]
    runs = int(words[7]) if len(words) > 7 else 15
    kept_file = "bench-instructions.txt" if counted else "bench.txt"
    with tempfile.TemporaryDirectory() as folder, open(kept_file, "w", encoding="utf-8") as kept:
        cases = cases_of(banmian, floor, floor_cut, fonts, samples, folder)
        if counted:
            tables = [table_of_instructions(cases, folder)]
        else:
            tables = [table_of_times(cases, runs), costs_of_composing(compose, fonts, folder),
                      subprocess.run([recover, samples / "harbour.txt"], capture_output=True, text=True, check=True).stdout.splitlines()]
        for line in (line for table in tables for line in table):
            print(line, flush=True)
            print(line, file=kept)


main()
