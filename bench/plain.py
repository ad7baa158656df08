"""plain.py PAGE.md OUT — the paragraphs of an edition file, a line each."""
import sys
from pathlib import Path


def paragraphs_of(page):
    lines = [line for line in Path(page).read_text(encoding="utf-8").splitlines() if line and line[0] not in "-#<!*|>"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(paragraphs_of(sys.argv[1]), encoding="utf-8")
