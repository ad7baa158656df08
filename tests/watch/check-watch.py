"""check-watch.py BANMIAN SOURCE — watch sets again when a text, a layout, a picture or a font changes, by whatever way editors
save; it does not when nothing did; a page that is wrong leaves the last good one. Prints the time from change to new page."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BANMIAN, SOURCE = sys.argv[1], Path(sys.argv[2])
PATIENCE = 20.0
FAILED = []


def check(good, what):
    if not good:
        print("NOT OK:", what)
        FAILED.append(what)


class Watch:
    def __init__(self, folder, *more):
        self.output = folder / "page.pdf"
        self.log = folder.parent / "log"
        self.process = subprocess.Popen([BANMIAN, "watch", str(folder / "page.md"), "-o", str(self.output), "--diagnostics", "short",
                                         *map(str, more)], stderr=open(self.log, "wb"), stdin=subprocess.DEVNULL)
        self.seen = 0
        check("0 over" in self.wait("the first page"), self.log.read_text())

    def lines(self):
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if line.endswith("after the change")]

    def wait(self, what):
        """Until one more setting is told; its line."""
        limit = time.monotonic() + PATIENCE
        while len(self.lines()) <= self.seen and time.monotonic() < limit and self.process.poll() is None:
            time.sleep(0.005)
        lines = self.lines()
        check(len(lines) > self.seen, f"{what}: not set again: {self.log.read_text()[-300:]}")
        self.seen = len(lines)
        return lines[-1] if lines else ""

    def changes(self, what, wanted, change):
        """Seconds from the change until the output is another one (or, if it must stay, until it is told)."""
        before = self.output.read_bytes()
        start = time.monotonic()
        change()
        line = self.wait(what)
        seconds = time.monotonic() - start
        check(wanted in line, f"{what}: “{line}”")
        check((self.output.read_bytes() == before) == (wanted == "left as it was"), f"{what}: the output {'changed' if wanted == 'left as it was' else 'is the old one'}")
        return seconds

    def still(self, what, change):
        change()
        time.sleep(0.6)
        check(len(self.lines()) == self.seen, f"{what}: set again: {self.lines()[-1]}")

    def end(self):
        self.process.terminate()
        self.process.wait()


def replace(path, data):
    """As most editors save: another file, renamed."""
    other = path.with_name(".saving")
    other.write_bytes(data)
    os.replace(other, path)


def in_pieces(path, data):
    """As a slow program saves: half of it, and then the rest, within the settling time."""
    path.write_bytes(data[: len(data) // 2])
    time.sleep(0.05)
    path.write_bytes(data)


def main():
    with tempfile.TemporaryDirectory() as name:
        work = Path(name).resolve()
        folder, fonts = work / "in", work / "fonts"
        folder.mkdir()
        fonts.mkdir()
        page, layout, picture = folder / "page.md", folder / "own.yaml", folder / "harbour-dawn.jpg"
        for file in ("harbour.md", "harbour-dawn.jpg", "fish-drying.jpg", "lamp-ad.jpg"):
            shutil.copy(SOURCE / "samples" / file, folder / ("page.md" if file == "harbour.md" else file))
        layout.write_text("base: broadsheet\ncolumns: 5\n", encoding="utf-8")
        text = page.read_bytes()
        other = text.replace("六百条渔船".encode(), "七百条渔船".encode())
        watch = Watch(folder, "-l", layout, "--fonts", fonts)
        times = [watch.changes("text rewritten", "0 over", lambda: page.write_bytes(other)),
                 watch.changes("text replaced", "0 over", lambda: replace(page, text)),
                 watch.changes("text rewritten", "0 over", lambda: page.write_bytes(other)),
                 watch.changes("text replaced", "0 over", lambda: replace(page, text))]
        first = watch.output.read_bytes()
        watch.changes("text in two pieces", "0 over", lambda: in_pieces(page, other))
        watch.changes("layout", "0 over", lambda: layout.write_text("base: broadsheet\ncolumns: 6\n", encoding="utf-8"))
        watch.changes("layout back", "0 over", lambda: layout.write_text("base: broadsheet\ncolumns: 5\n", encoding="utf-8"))
        watch.changes("picture", "0 over", lambda: replace(picture, (folder / "fish-drying.jpg").read_bytes()))
        watch.changes("a broken text", "left as it was", lambda: page.write_bytes(text[:400] + b"\xff" + text[400:]))
        watch.changes("a text that is gone", "left as it was", page.unlink)
        watch.changes("a text that is back", "0 over", lambda: page.write_bytes(text))
        watch.changes("a broken layout", "left as it was", lambda: layout.write_text("columns: [\n", encoding="utf-8"))
        shutil.copy(SOURCE / "samples" / "harbour-dawn.jpg", picture)
        watch.wait("picture back")
        watch.changes("layout mended", "0 over", lambda: layout.write_text("base: broadsheet\ncolumns: 5\n", encoding="utf-8"))
        check(watch.output.read_bytes() == first, "the same page in the end, byte for byte")
        font = next(Path("/usr/share/fonts").rglob("LXGWWenKai-Light.ttf"), None)
        if font:
            shutil.copy(font, fonts / font.name)
            watch.wait("a font that came")
        watch.still("an editor's backup", lambda: (folder / "page.md~").write_bytes(text))
        watch.still("a hidden file", lambda: (folder / ".page.md.swp").write_bytes(text))
        watch.still("an output beside it", lambda: watch.output.write_bytes(watch.output.read_bytes()))
        watch.end()
    print(f"from change to new page: {statistics.median(times):.2f} s, median of {len(times)}, 0.10 s of settling counted; "
          f"{'whole' if not FAILED else f'{len(FAILED)} not ok'}")
    sys.exit(1 if FAILED else 0)


main()
