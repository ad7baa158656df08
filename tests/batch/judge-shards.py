"""judge-shards.py MANIFEST REPORT OUT — the merged report of shards has every page of the manifest once, set, and its file stands."""
import json
import sys
from pathlib import Path

manifest, report, out = map(Path, sys.argv[1:4])
wanted = sorted(json.loads(line)["id"] for line in manifest.read_text(encoding="utf-8").splitlines())
lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
assert [line["id"] for line in lines] == wanted, "pages are missing, or stand twice"
for line in lines:
    assert line["class"] in ("set", "over"), line
    assert (out / f"{line['id']}.pdf").stat().st_size == line["outputs"][0]["bytes"], line["id"]
print(f"{len(lines)} pages, each once")
