"""batch.py BANMIAN SAMPLES TESTS [PAGES] — pages a second a core, text to PDF: `banmian batch` beside a loop of single runs.

Figures only, never a verdict. Two kinds of pages: a light one (a thousand characters, 220 × 220 mm), where starting and fonts are
most of a run, and a full broadsheet page from its raw dump, where finding, make-up and drawing are. CPU seconds are the machine's
share alone and steadier than the clock; outputs go to memory if there is a /dev/shm, so that the disk's flushes are not timed."""
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

banmian, samples = sys.argv[1], Path(sys.argv[2])
sys.path.insert(0, str(Path(sys.argv[3]) / "batch"))
from pages import OPTIONS, page_text  # noqa: E402

PAGES = int(sys.argv[4]) if len(sys.argv) > 4 else 200
SILENT = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]


def run(*words):
    pid = os.posix_spawnp(words[0], [str(word) for word in words], os.environ, file_actions=SILENT)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status not in (0, 3):
        sys.exit(f"{' '.join(map(str, words))}: status {status}")


def measured(work):
    """Clock and CPU seconds of everything that `work` starts."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cases(folder):
    light = folder / "light.md"
    light.write_text(page_text(1), encoding="utf-8")
    yield "light page", light, OPTIONS, ["--paper", OPTIONS["paper"], "-c", OPTIONS["columns"]]
    yield "broadsheet, raw dump", (samples / "harbour.txt").resolve(), {}, []


def rows(folder, page, options, words):
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(json.dumps({"id": f"p{n}", "page": str(page), **options}) + "\n" for n in range(PAGES)), encoding="utf-8")
    singles = max(PAGES // 4, 10)

    def loop():
        for n in range(singles):
            run(banmian, "set", page, *words, "-q", "-o", folder / f"single-{n}.pdf")

    def batch(jobs):
        return lambda: run(banmian, "batch", manifest, "-j", jobs, "-q", "-o", folder / "{id}.pdf", "--report", folder / "r.jsonl")
    works = {"loop of set": (loop, singles, 1), "batch -j 1": (batch(1), PAGES, 1), "batch -j 2": (batch(2), PAGES, 2)}
    taken = {name: [] for name in works}
    for _ in range(3):
        for name, (work, n, _) in works.items():
            taken[name].append([n / seconds for seconds in measured(work)])
    return {name: [statistics.median(column) for column in zip(*taken[name])] for name in works}


def main():
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=shared) as name, open("bench-batch.txt", "w", encoding="utf-8") as kept:
        for title, page, options, words in cases(Path(name)):
            figures = rows(Path(name), page, options, words)
            loop = figures["loop of set"]
            lines = [f"{title:24}{'pages/s':>10}{'× loop':>8}{'pages/CPU s':>13}{'× loop':>8}"]
            lines += [f"  {key:22}{clock:10.1f}{clock / loop[0]:8.2f}{cpu:13.1f}{cpu / loop[1]:8.2f}" for key, (clock, cpu) in figures.items()]
            for line in lines:
                print(line, flush=True)
                print(line, file=kept)


main()
