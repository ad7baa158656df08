"""check-text.py BANMIAN PAGE[:LAYOUT]... — the text of each page's PDF is the text that was set, in embedded fonts."""
import sys
import tempfile

from pages import faults_of_fonts, faults_of_text, need_poppler, set_page


def main():
    need_poppler()
    faults = []
    for argument in sys.argv[2:]:
        page, _, layout = argument.partition(":")
        with tempfile.TemporaryDirectory() as folder:
            pdf, plan = set_page(sys.argv[1], page, folder, "-l", layout or "broadsheet")
            found = faults_of_text(pdf, plan) + faults_of_fonts(pdf)
        print(f"{page}: {len(found)} faults")
        faults += found
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
