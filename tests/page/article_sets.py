"""The article sets beside the project, as editions: what a set's README says of its form, in Markdown."""
import json
from pathlib import Path

RANKS = ("头条", "二条", "三条", "四条", "五条")
FRONT = ["---", "paper: 云溪日报", "date: 2025-09-19", "page: 5", "section: 要闻", "---", ""]


def load(folder):
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).glob("*.json"))]


def remark_of(article):
    words = ["图片"] if article["type"] == "photo" else []
    words.append(RANKS[article["importance"] - 1])
    words += ["加框"] if article["boxed"] else []
    words += [f"{round(article['photo']['aspect'] * 100)}:100"] if article["photo"] else []
    return f"<!-- {' '.join(words)} -->"


def item_of(article):
    lines = [f"## {article['kicker']}"] if article["kicker"] else []
    lines.append(f"# {' '.join(article['headline'])}")
    lines += [f"## {article['deck']}"] if article["deck"] else []
    paragraphs = [remark_of(article), article["byline"], *article["paragraphs"]]
    paragraphs += [f"![{article['photo']['caption']}](<>)"] if article["photo"] else []
    for paragraph in filter(None, paragraphs):
        lines += ["", paragraph]
    return lines


def ad_of(ad, columns):
    if ad["kind"] == "none":
        return []
    width = max(1, min(columns - 1, int(ad["width_frac"] * columns + 0.5)))
    place = "通栏" if ad["kind"] == "full" else f"{width}栏 {'右下' if ad['kind'] == 'br' else '左下'}"
    return [f"<!-- {place} 高{ad['height_mm']}mm -->", "", "![广告](<>)"]


def edition_of(one, columns):
    items = [item_of(article) for article in one["articles"]]
    items += [ad_of(one["ad"], columns)] if one["ad"]["kind"] != "none" else []
    return "\n".join(FRONT) + "\n\n***\n\n".join("\n".join(lines) + "\n" for lines in items)


def counts_of(one):
    """The first ten sets at every column count, the others at their own."""
    own = one["page"]["columns"]
    if int(one["name"][3:5]) > 10:
        return [own]
    return range(4, 7) if one["page"]["format"] == "tabloid" else range(4, 10)


def words_of(one):
    """All that is to stand on the page."""
    for article in one["articles"]:
        yield from (article["kicker"], *article["headline"], article["deck"], *article["paragraphs"])
        if article["photo"]:
            yield article["photo"]["caption"]
