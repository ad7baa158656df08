"""pages.py — manifests for the tests of batch: light pages of our own, and poisoned ones of every kind."""
import json
import struct
import zlib
from pathlib import Path

PARAGRAPHS = [
    "9月18日清晨，北礁渔港三座新泊位启用。头一天就有二十六条渔船靠岸，鱼货两个小时内全部装车运走，比往年快了一半还多。船老大们说，过去要等潮，如今随到随靠。",
    "港务站站长介绍，新泊位配了岸电和淡水，冬天修船不必再远走外港。年底前还要添一台吊机，给上了年纪的船员省些力气。",
    "南门老街的海角书店从本周起通宵开门。店里留了一盏长灯，给值夜班的护士、司机和睡不着的学生。第一夜来了三十多人，有人读书，有人只是坐着听雨。",
]
HEADS = ["北礁渔港添了三座新泊位", "老街书店夜里不打烊", "灯塔修好了"]
OPTIONS = {"paper": "220x220mm", "columns": 3}


def page_text(number, picture=None):
    parts = [f"---\npaper: 汐州日报\ndate: 2025-09-19\npage: {number}\n---\n"]
    for story, head in enumerate(HEADS):
        parts.append(f"# {head}\n\n□ 本报记者 季明远\n")
        parts += [f"{PARAGRAPHS[(i + story) % 3]}\n" for i in range(6 - story)]
        if story == 0:
            parts.append(f"今年第{number}条远洋船也在这天回港。\n")
    if picture:
        parts.append(f"![北礁渔港]({picture})\n")
    return "\n".join(parts)


def png_bomb(path):
    """60,000 × 60,000 pixels in a few bytes."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(b"\0" * 10000)) + chunk(b"IEND", b""))


def poisons(folder):
    """(line of the manifest, its class): the class is what the report must say."""
    (folder / "utf8.md").write_bytes(page_text(1).encode()[:300] + b"\xff\xfe\xc0" + page_text(1).encode()[300:])
    (folder / "broken.yaml").write_text("base: broadsheet\ncolumns: [5\n", encoding="utf-8")
    (folder / "wide.yaml").write_text("base: broadsheet\ncolumns: 1000000000\n", encoding="utf-8")
    (folder / "bomb.md").write_text(page_text(2, "bomb.png"), encoding="utf-8")
    png_bomb(folder / "bomb.png")
    (folder / "outside.md").write_text(page_text(3, "../../../etc/passwd"), encoding="utf-8")
    (folder / "empty.md").write_text("", encoding="utf-8")
    good = str(folder / "good.md")
    (folder / "good.md").write_text(page_text(4), encoding="utf-8")
    return [
        ({"page": str(folder / "utf8.md")}, "input"),
        ({"page": good, "layout": str(folder / "broken.yaml")}, "input"),
        ({"page": str(folder / "bomb.md")}, "input"),
        ({"page": good, "_fault": "loop"}, "time"),
        ({"page": good, "_fault": "crash"}, "crash"),
        ({"page": good, "_fault": "memory"}, "memory"),
        ({"page": str(folder / "outside.md")}, "input"),
        ({"page": good, "layout": str(folder / "wide.yaml")}, "input"),
        ({"page": str(folder / "absent.md")}, "resource"),
        ({"page": str(folder / "empty.md")}, "input"),
        ({"page": good, "colums": 5}, "input"),
        ({"page": good, "output": good}, "usage"),
        ({"page": good, "id": "a/b"}, "input"),
        ({"page": good, "id": "x" * 300}, "input"),
        ({"page": good, "id": "p0"}, "input"),
        ('{"page": ', "input"),
    ]


def write_manifest(folder, pages, bad):
    """`pages` lines, `bad` of them poisoned, spread among the others. The ids of good ones; the classes of bad lines."""
    folder.mkdir()
    kinds, lines, classes = poisons(folder), [], {}
    every = pages // bad if bad else pages + 1
    for n in range(pages):
        if bad and n % every == every - 1 and len(classes) < bad:
            line, what = kinds[len(classes) % len(kinds)]
            classes[n + 1] = what
            if isinstance(line, dict):
                line = json.dumps({"id": f"bad{n}", **OPTIONS, **line}, ensure_ascii=False)
        else:
            text = folder / f"page-{n % 40}.md"
            if not text.exists():
                text.write_text(page_text(n % 40 + 1), encoding="utf-8")
            line = json.dumps({"id": f"p{n}", "page": str(text), **OPTIONS}, ensure_ascii=False)
        lines.append(line)
    manifest = Path(folder) / "manifest.jsonl"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifest, [f"p{n}" for n in range(pages) if n + 1 not in classes], classes
