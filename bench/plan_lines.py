"""The lines of a plan as floor-cut reads them: pattern, size, x, baseline, text."""
import json
from pathlib import Path

WEIGHTS = ("Black", "Bold", "Medium")
PLAIN_FACE, PLAIN_SIZE = "Noto Sans CJK SC Medium", 8.93  # advertisements name none


def pattern_of(face):
    """The fontconfig pattern of a full name: "LXGW WenKai Bold" is "LXGW WenKai:bold"."""
    family, _, last = face.rpartition(" ")
    return f"{family}:{last.lower()}" if last in WEIGHTS else f"{face}:regular"


def lines_of(plan_file):
    plan = json.loads(Path(plan_file).read_text(encoding="utf-8"))
    rows = [f"{plan['paper']['width']} {plan['paper']['height']}"]
    for element in plan["elements"]:
        pattern, size = pattern_of(element.get("face", PLAIN_FACE)), element.get("size", PLAIN_SIZE)
        for number, line in enumerate(element.get("lines", [])):
            if isinstance(line, str):  # display lines stand under each other
                line = {"text": line, "x": element["x"], "baseline": element["y"] + size * (number + 1)}
            rows.append("\t".join([pattern, str(size), str(line["x"]), str(line["baseline"]), line["text"].replace("\t", " ")]))
    return "\n".join(rows) + "\n"
