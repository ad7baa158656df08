"""make-manifest.py FOLDER PAGES — a manifest of light pages for the recipes' tests."""
import sys
from pathlib import Path

from pages import write_manifest

write_manifest(Path(sys.argv[1]), int(sys.argv[2]), 0)
