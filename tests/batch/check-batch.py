"""check-batch.py BANMIAN [PAGES BAD] — a batch with poisoned pages: exactly they fail, each with its class; after kill -9 a resumed
batch sets no finished page twice and ends with the same outputs as a batch nobody disturbed; a stop ends it whole."""
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pages import page_text, write_manifest

BANMIAN = sys.argv[1]
PAGES, BAD = (int(word) for word in sys.argv[2:4]) if len(sys.argv) > 3 else (96, 16)
SEED = int(os.environ.get("BM_SEED", time.time_ns() % 100000))
FAILED = []


def check(good, what):
    if not good:
        print("NOT OK:", what)
        FAILED.append(what)


def command(manifest, out, report, *more):
    return [BANMIAN, "batch", str(manifest), "-j2", "-o", f"{out}/{{hash}}/{{id}}.pdf", "--report", str(report), "--max-seconds", "3" if PAGES < 1000 else "8",
            "--max-memory", "400M", *more]


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, "BANMIAN_TEST_FAULTS": "1"}, check=False)


def lines_of(report):
    lines = []
    for text in Path(report).read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(text))
        except ValueError:
            pass  # cut off by a kill
    return lines


def outputs_of(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def judge(report, good, classes, what):
    """Exactly the poisoned fail, with the right class; a page is set once."""
    lines = lines_of(report)
    done = [line["id"] for line in lines if line["status"] in (0, 3)]
    check(sorted(done) == sorted(good), f"{what}: set {len(done)} of {len(good)}, {len(done) - len(set(done))} of them twice")
    last = {line["line"]: line for line in lines if line["status"] not in (0, 3)}
    found = {number: line["class"] for number, line in last.items()}
    check(found == classes, f"{what}: classes {set(found.items()) ^ set(classes.items())}")
    for line in last.values():
        check(line["messages"] and line["messages"][0]["code"].startswith("BM"), f"{what}: line {line['line']} fails without a message")


def undisturbed(work, manifest, good, classes):
    done = run(*command(manifest, work / "whole", work / "whole.jsonl", "--crash-dir", work / "crashes"))
    check(done.returncode == (5 if classes else 0), f"undisturbed: status {done.returncode}: {done.stderr[-300:]}")
    judge(work / "whole.jsonl", good, classes, "undisturbed")
    for line in lines_of(work / "whole.jsonl"):
        for output in line.get("outputs", []):
            path = Path(output["path"])
            check(hashlib.sha256(path.read_bytes()).hexdigest() == output["sha256"], f"{path} is not what the report says")
    check(any((work / "crashes").iterdir()), "the text of a crash is kept")
    again = run(*command(manifest, work / "whole", work / "whole.jsonl", "--resume", "--retries", "0"))
    check(f"{len(good)} of them were set before" in again.stderr, f"a second run sets pages again: {again.stderr[-200:]}")


def same_as_set(work, manifest, good):
    line = json.loads(manifest.read_text(encoding="utf-8").splitlines()[0])
    run(BANMIAN, "set", line["page"], "--paper", line["paper"], "-c", line["columns"], "-o", work / "alone.pdf")
    batch = next((work / "whole").rglob(f"{good[0]}.pdf"))
    check((work / "alone.pdf").read_bytes() == batch.read_bytes(), "batch and set give other bytes")


def killed(work, manifest, good, classes):
    """kill -9 at random instants, then --resume, until it comes to its end."""
    dice, kills = random.Random(SEED), 0
    words = command(manifest, work / "killed", work / "killed.jsonl", "--resume")
    limit = time.monotonic() + 30 + PAGES
    while True:
        process = subprocess.Popen(words, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env={**os.environ, "BANMIAN_TEST_FAULTS": "1"})
        try:
            status = process.wait(timeout=dice.uniform(0.3, 1.5) * (1 if kills < 4 else PAGES))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        if time.monotonic() > limit:
            status = "it never ends"
            break
    check(status == (5 if classes else 0), f"resumed: status {status}")
    check(kills > 0, "it was never killed")
    judge(work / "killed.jsonl", good, classes, f"killed {kills} times")
    check(outputs_of(work / "killed") == outputs_of(work / "whole"), "the outputs differ from those of the undisturbed run")


def stopped(work, manifest):
    """SIGTERM lets pages end and says 143; SIGINT leaves at once; neither leaves a temporary file or a process."""
    for number, wanted in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        out, report = work / f"stopped-{number}", work / f"stopped-{number}.jsonl"
        process = subprocess.Popen(command(manifest, out, report), stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        while not (report.exists() and report.stat().st_size > 0) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(number)
        check(process.wait(timeout=20) == wanted, f"signal {number}: status {process.returncode}")
        check(not [path for path in out.rglob(".*")], f"signal {number} leaves temporary files")
        check(all(line["status"] == 0 for line in lines_of(report)), f"signal {number}: a page that was cut off counts as failed")


def changed(work):
    """--resume sets again what is made of something else now, and only that; a cut last line and a lost output count for nothing."""
    folder = work / "changed"
    manifest, good, _ = write_manifest(folder, 6, 0)
    words = command(manifest, work / "out", work / "changed.jsonl", "--resume")
    run(*words)
    (folder / "page-2.md").write_text(page_text(77), encoding="utf-8")
    next((work / "out").rglob(f"{good[4]}.pdf")).unlink()
    with open(work / "changed.jsonl", "a", encoding="utf-8") as report:
        report.write('{"id":"p0","status":1,"cla')
    done = run(*words)
    check("4 of them were set before" in done.stderr and done.returncode == 0, f"changed: {done.stderr[-200:]}")
    check([line["id"] for line in lines_of(work / "changed.jsonl")[-2:]] == [good[2], good[4]] or
          [line["id"] for line in lines_of(work / "changed.jsonl")[-2:]] == [good[4], good[2]], "the report goes on after a cut line")
    held = subprocess.Popen(["flock", "-s", str(work / "changed.jsonl"), "sleep", "20"])
    time.sleep(0.3)
    check(run(*words).returncode == 4, "a report in use is resumed")
    held.kill()


def sharded(work, manifest, good, classes):
    """Three shards have every page once, and their reports one after another are one report."""
    merged = ""
    for shard in (1, 2, 3):
        run(*command(manifest, work / "shards", f"{work}/shard-{{shard}}.jsonl", "--shard", f"{shard}/3"))
        merged += (work / f"shard-{shard}.jsonl").read_text(encoding="utf-8")
    (work / "merged.jsonl").write_text(merged, encoding="utf-8")
    judge(work / "merged.jsonl", good, classes, "three shards")


def refused(work, manifest):
    for words in (["--shard", "0/3"], ["--shard", "4/3"], ["--shard", "auto"], ["--resume"], ["-j", "0x"], ["--max-memory", "much"]):
        check(run(BANMIAN, "batch", manifest, *words).returncode == 2, f"{words} is accepted")
    check(run(BANMIAN, "batch", work / "absent.jsonl").returncode == 4, "an absent manifest")
    check(run(BANMIAN, "batch", manifest, "--report", work / "no" / "r.jsonl").returncode == 4, "a report without a folder")
    check(run(BANMIAN, "batch", manifest, "-o", "{what}.pdf").returncode == 2, "an unknown name in a template")


def main():
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        manifest, good, classes = write_manifest(work / "in", PAGES, BAD)
        undisturbed(work, manifest, good, classes)
        same_as_set(work, manifest, good)
        killed(work, manifest, good, classes)
        if PAGES < 1000:
            small, _, _ = write_manifest(work / "small", 40, 0)
            stopped(work, small)
            changed(work)
            sharded(work, manifest, good, classes)
            refused(work, manifest)
    print(f"{PAGES} pages, {BAD} poisoned, seed {SEED}: {'whole' if not FAILED else f'{len(FAILED)} not ok'}")
    sys.exit(1 if FAILED else 0)


main()
