#!/usr/bin/env python3
"""merge-reports.py REPORT... — one line a page of the reports of several shards or runs: the last one of each id, sorted by id,
to standard output; a summary by class to standard error. Lines that were cut off are left out and counted."""
import collections
import json
import sys


def main():
    pages, cut = {}, 0
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8", errors="replace") as report:
            for text in report:
                try:
                    line = json.loads(text)
                    pages[line["id"]] = line
                except (ValueError, KeyError, TypeError):
                    cut += text.strip() != ""
    for page in sorted(pages):
        print(json.dumps(pages[page], ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    classes = collections.Counter(line.get("class", "unknown") for line in pages.values())
    print(f"{len(pages)} pages:", ", ".join(f"{count} {name}" for name, count in classes.most_common()) or "none",
          f"({cut} lines cut off)" if cut else "", file=sys.stderr)


main()
