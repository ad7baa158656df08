"""bench.py BANMIAN FLOOR FONTS.CONF SAMPLES [RUNS] — whole processes, timed in turn: median time and memory, as ratios to the floor.

Figures only, never a verdict: time on a shared machine is noise, the ratio of two programs of one run is less so.
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


def run(command):
    """Seconds and peak MiB of one process."""
    start = time.perf_counter()
    pid = os.spawnvp(os.P_NOWAIT, command[0], command)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def instructions(command, folder):
    """Millions of instructions of one process."""
    log = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind.out", *command],
                         capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", log).group(1)) / 1e6


def cases_of(banmian, floor, fonts, samples, folder):
    page, raw, plain = samples / "harbour.md", samples / "harbour.txt", Path(folder) / "text.txt"
    plain.write_text(paragraphs_of(page), encoding="utf-8")

    def quiet(*words):
        return [banmian, *map(str, words), "-q"]
    return [
        ("floor: text to PDF", [floor, fonts, str(plain), f"{folder}/floor.pdf"]),
        ("set, plan alone", quiet("set", page, "-o", f"{folder}/a.json")),
        ("set to PDF", quiet("set", page, "-o", f"{folder}/a.pdf")),
        ("set to PNG, 150 dpi", quiet("set", page, "-o", f"{folder}/a.png")),
        ("set the raw dump to PDF", quiet("set", raw, "-o", f"{folder}/b.pdf")),
        ("recover", quiet("recover", raw, "-o", f"{folder}/b.md")),
    ]


def table_of_times(cases, runs):
    figures = {name: [] for name, _ in cases}
    for _ in range(runs):
        for name, command in cases:
            figures[name].append(run(command))
    floor = [statistics.median(column) for column in zip(*figures[cases[0][0]])]
    yield f"{'':26}{'median':>10}{'× floor':>10}{'peak':>12}{'× floor':>10}"
    for name, _ in cases:
        seconds, peak = (statistics.median(column) for column in zip(*figures[name]))
        yield f"{name:26}{seconds * 1000:7.1f} ms{seconds / floor[0]:10.2f}{peak:8.1f} MiB{peak / floor[1]:10.2f}"
    yield f"medians of {runs} runs, taken in turn"


def table_of_instructions(cases, folder):
    counts = [(name, instructions(command, folder)) for name, command in cases]
    yield f"{'':26}{'instructions':>16}{'× floor':>10}"
    for name, count in counts:
        yield f"{name:26}{count:14.1f} M{count / counts[0][1]:10.2f}"


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    banmian, floor, fonts, samples = words[0], words[1], words[2], Path(words[3])
    with tempfile.TemporaryDirectory() as folder:
        cases = cases_of(banmian, floor, fonts, samples, folder)
        if "--instructions" in sys.argv:
            if shutil.which("valgrind") is None:
                print("no valgrind: instructions are not counted")
                return
            lines = table_of_instructions(cases, folder)
        else:
            lines = table_of_times(cases, int(words[4]) if len(words) > 4 else 15)
        for line in lines:
            print(line)


main()
