"""growth.py BANMIAN — what recovery costs when a dump doubles: time and memory, for pages without end and for pathological dumps.

What grows faster than the text shows here; nothing is asserted."""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LINE = "港口今晨开航的渔船，灯塔老人与孩子。"


def dumps(sample):
    page = Path(sample).read_text(encoding="utf-8") + "\n\n"
    yield "pages without end", lambda n: page * n, 500
    yield "one line", lambda n: LINE * n, 15000
    yield "lines of one character", lambda n: "\n".join(LINE[i % len(LINE)] for i in range(n)), 50000
    yield "headlines alone", lambda n: "\n".join(LINE[i % 9:i % 9 + 8] for i in range(n)), 20000
    yield "blank lines", lambda n: "\n" * n + "港", 500000
    yield "bylines", lambda n: "\n".join("□本报记者 张忠德 李涛" for _ in range(n)), 5000


def cost(banmian, text, folder):
    dump = Path(folder) / "dump.txt"
    dump.write_text(text, encoding="utf-8")
    start = time.monotonic()
    child = subprocess.Popen([banmian, "recover", dump, "-q", "-o", Path(folder) / "page.md"], stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    return time.monotonic() - start, usage.ru_maxrss * 1024, dump.stat().st_size


def main():
    banmian, sample = sys.argv[1:3]
    print(f"{'':24}{'input':>10}{'time':>10}{'doubled':>9}{'memory : input':>16}")
    with tempfile.TemporaryDirectory() as folder:
        _, least, _ = cost(banmian, LINE, folder)  # of the program itself, and of this one, which Linux counts in
        for name, make, n in dumps(sample):
            once, _, _ = cost(banmian, make(n), folder)
            twice, memory, size = cost(banmian, make(2 * n), folder)
            print(f"{name:24}{size / 1e6:7.1f} MB{twice:8.2f} s{'× %.2f' % (twice / once):>9}{(memory - least) / size:16.1f}")


main()
