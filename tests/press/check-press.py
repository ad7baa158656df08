#!/usr/bin/env python3
"""Press PDFs of whole pages, looked at by others: qpdf, Ghostscript's plates, PDFBox, and the preflight kept beside the project.

usage: check-press.py BANMIAN SAMPLES SHARED        What is not installed is not asked; that is said.
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BANMIAN, SAMPLES, SHARED = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
PREFLIGHT = SHARED / "tools/preflight/preflight.py"
SELFTEST = SHARED / "tools/preflight/selftest.py"
JARS = ["preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "jaxb-api", "javax.activation"]
wrong, asked, not_asked = [], 0, set()


def expect(ok, what):
    global asked
    asked += 1
    if not ok:
        wrong.append(what)
        print("NOT OK:", what)


def run(*command, **more):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, errors="replace", check=False, **more)


def has(program):
    if shutil.which(program):
        return True
    not_asked.add(program)
    return False


def set_page(page, out, *options):
    done = run(BANMIAN, "set", page, "-o", out, *options)
    expect(done.returncode == 0, f"set {page} {options}: exit {done.returncode} {done.stderr[:400]}")
    return out


def without_photos(page, folder, keep=None):
    """The same page with its pictures, but for one, not delivered."""
    text = page.read_text(encoding="utf-8")
    for picture in SAMPLES.glob("*.jpg"):
        if picture.name == keep:
            shutil.copy(picture, folder)
            continue
        text = text.replace(f"({picture.name})", "(<>)")
    bare = folder / ("bare-" + page.name)
    bare.write_text(text, encoding="utf-8")
    return bare


def look(pdf, standard, ink=False):
    """`ink`: plates are drawn and added up, which takes seconds."""
    checked = run(BANMIAN, "check", pdf, "--press", standard, "--bleed", "3")
    expect(checked.returncode == 0, f"check {pdf.name}: {checked.stderr[:400]}")
    if has("qpdf"):
        expect(run("qpdf", "--check", pdf).returncode == 0, f"qpdf --check {pdf.name}")
    if PREFLIGHT.exists() and has("qpdf") and standard != "a1b":
        report = json.loads(run(PYTHON, PREFLIGHT, "--std", standard, "--bleed", "3", *([] if ink else ["--no-tac"]), pdf).stdout)
        expect(report["pass"], f"preflight {pdf.name}: {[r for r in report['rules'] if r['status'] == 'fail']}")
    elif not PREFLIGHT.exists():
        not_asked.add("preflight.py")


def validate_archive(pdf):
    jars = [f"/usr/share/java/{jar}.jar" for jar in JARS]
    if not has("java") or not all(map(os.path.exists, jars)):
        not_asked.add("PDFBox preflight")
        return
    said = run("java", "-cp", ":".join(jars), "org.apache.pdfbox.preflight.Validator_A1b", pdf)
    expect("is a valid PDF/A-1b file" in said.stdout, f"PDFBox of {pdf.name}: {said.stdout[:600]}")


# ---- plates ----

def read_tiff(path):
    """width, height, bytes with 0 = solid, of a plain 8-bit TIFF."""
    data = Path(path).read_bytes()
    order = "little" if data[:2] == b"II" else "big"
    number = lambda at, n: int.from_bytes(data[at:at + n], order)
    tags, at = {}, number(4, 4)
    for i in range(number(at, 2)):
        entry = at + 2 + 12 * i
        size = {3: 2, 4: 4}.get(number(entry + 2, 2), 1)
        count = number(entry + 4, 4)
        where = entry + 8 if size * count <= 4 else number(entry + 8, 4)
        tags[number(entry, 2)] = [number(where + k * size, size) for k in range(count)]
    strips = b"".join(data[o:o + n] for o, n in zip(tags[273], tags[279]))
    return tags[256][0], tags[257][0], strips


def plates_of(pdf, folder, dpi):
    done = run("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-sCompression=none", f"-r{dpi}", "-o",
               folder / "plate%d.tif", pdf)
    expect(done.returncode == 0, f"Ghostscript of {pdf.name}: {done.stderr[:300]}")
    return {ink: read_tiff(folder / f"plate1({ink}).tif") for ink in ("Cyan", "Magenta", "Yellow", "Black")}


def inside(plate, box, scale):
    """The plate's values inside a box of the plan, half a pixel from its edges."""
    width, _, data = plate
    x0, y0 = int(box["x"] * scale) + 2, int(box["y"] * scale) + 2
    x1, y1 = int((box["x"] + box["width"]) * scale) - 2, int((box["y"] + box["height"]) * scale) - 2
    return b"".join(data[y * width + x0:y * width + x1] for y in range(y0, y1))


def overlap(a, b):
    return all(a[at] < b[at] + b[size] + 3 and b[at] < a[at] + a[size] + 3 for at, size in (("x", "width"), ("y", "height")))


def black_over_tint(folder):
    """Text over a cyan tint: the tint goes on under it; all other text is on the black plate alone."""
    layout = folder / "cyan.yaml"
    layout.write_text("base: broadsheet\ninks:\n  tint: [30, 0, 0, 0]\n", encoding="utf-8")
    page, pdf, plan = without_photos(SAMPLES / "market.md", folder), folder / "tint.pdf", folder / "tint.json"
    set_page(page, pdf, "-o", plan, "-l", layout, "--press", "x4")
    if not has("gs"):
        return
    dpi = 150
    plates = plates_of(pdf, folder, dpi)
    elements = json.loads(plan.read_text(encoding="utf-8"))["elements"]
    tint = max((e for e in elements if e["role"] == "tint"), key=lambda e: e["width"] * e["height"])
    cyan, black = inside(plates["Cyan"], tint, dpi / 72), inside(plates["Black"], tint, dpi / 72)
    solid = [c for c, k in zip(cyan, black) if k < 8]
    expect(len(solid) > 1000, "there is black text on the tint")
    expect({178, 179} >= set(solid), f"cyan under black text is no even 30 %: {sorted(set(solid))}")
    texts = [e for e in elements if e["role"] in ("text", "headline", "byline") and e.get("ink", "black") == "black"]
    tints = [e for e in elements if e["role"] == "tint"]
    texts = [e for e in texts if not any(overlap(e, t) for t in tints)]
    expect(len(texts) > 10, "there are texts outside the tint")
    for ink in ("Cyan", "Magenta", "Yellow"):
        stray = [e["role"] for e in texts if set(inside(plates[ink], e, dpi / 72)) - {255}]
        expect(not stray, f"text on the plate {ink}: {stray[:5]}")
    expect(any(min(inside(plates["Black"], e, dpi / 72), default=255) < 8 for e in texts), "text is on the black plate")


# ---- defects, as the preflight's own test makes them ----

def find_defects(folder, good):
    if not SELFTEST.exists() or run(PYTHON, "-c", "import pikepdf").returncode != 0:
        not_asked.add("defects of the preflight's self-test (pikepdf)")
        return
    source = SELFTEST.read_text(encoding="utf-8").replace("sys.exit(main())", "")
    source += f"""
for n, (std, name, change, want) in enumerate(CASES):
    p = Pdf.open({{"x4": {str(good['x4'])!r}, "x1a": {str(good['x1a'])!r}}}[std])
    change(p)
    out = f"{folder}/defect-{{n}}-{{std}}.pdf"
    p.save(out, static_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    print(out, std, name, ",".join(want))
"""
    script = folder / "defects.py"
    script.write_text(source, encoding="utf-8")
    made = run(PYTHON, script).stdout.splitlines()
    expect(len(made) >= 30, f"{len(made)} files with defects were made")
    for line in made:
        out, standard, name, want = line.split()
        said = run(BANMIAN, "check", out, "--press", standard, "--bleed", "3", "--diagnostics=json")
        rules = {json.loads(m)["message"].split(":")[0] for m in said.stderr.splitlines() if m.startswith("{")}
        expect(set(want.split(",")) <= rules and said.returncode == 1, f"check of {name}: wanted {want}, found {sorted(rules)}, exit {said.returncode}")


def rare_characters(folder):
    """A character that no font has stops the press; drawn by the user, it is printed, found again, and an outline in SVG."""
    private, outside = "\ue001", "\U00020000"
    fonts, page = folder / "drawn", without_photos(SAMPLES / "tabloid.md", folder)
    page = page.rename(folder / "rare.md")
    page.write_text(page.read_text(encoding="utf-8").replace("，", f"，{private}的{outside}", 1), encoding="utf-8")
    said = run(BANMIAN, "set", page, "-o", folder / "none.pdf", "-l", "tabloid", "--press", "x4", "--diagnostics=json")
    named = [json.loads(m) for m in said.stderr.splitlines() if m.startswith("{") and "BM0504" in m]
    expect(said.returncode == 1 and not (folder / "none.pdf").exists(), f"missing glyphs stop the press: exit {said.returncode}")
    expect(any("U+E001" in m["message"] and "U+E001.svg" in m["hint"] for m in named), f"a drawing is asked for: {named}")
    expect(any("U+20000" in m["message"] and "fonts-" in m["hint"] and m["line"] > 0 for m in named), f"a package is named: {named}")
    fonts.mkdir()
    for character in (private, outside):
        (fonts / f"U+{ord(character):04X}.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M1 1h8v8H1zM2 2v6h6V2z"/></svg>')
    pdf, press, svg = folder / "rare.pdf", folder / "rare-x4.pdf", folder / "rare.svg"
    set_page(page, pdf, "-o", svg, "-l", "tabloid", "--fonts", fonts)
    look(set_page(page, press, "-l", "tabloid", "--press", "x4", "--bleed", "3", "--marks", "--fonts", fonts), "x4")
    if has("pdftotext"):
        for file in (pdf, press):
            found = run("pdftotext", file, "-").stdout
            expect(found.count(private) == found.count(outside) == 1, f"{file.name}: rare characters are found again")
    drawn = svg.read_text(encoding="utf-8")
    expect(private not in drawn and outside not in drawn and "Gaiji" not in drawn, "SVG: no viewer has a font for them")


def same_bytes(folder, page):
    """Every kind of output: another run, locale, time zone, folder, and no cache of fonts. Fontconfig reads the variable of the
    locale itself, installed or not: in Chinese it gives LXGW WenKai another name."""
    kinds = ["pdf", "png", "svg", "json"]
    press = ["-l", "tabloid", "--press", "x4", "--bleed", "3", "--marks", "-q"]
    there = run("locale", "-a").stdout.lower().replace("-", "").split()
    first = None
    for n, locale in enumerate(("C", "C", "zh_CN.UTF-8", "de_DE.UTF-8")):
        if locale != "C" and locale.lower().replace("-", "") not in there:
            not_asked.add(f"locale {locale} (its name alone is)")
        elsewhere = folder / f"elsewhere {n}"
        shutil.copytree(SAMPLES, elsewhere, ignore=shutil.ignore_patterns("tools", "edition"))
        env = {**os.environ, "LC_ALL": locale, "TZ": ("UTC", "Asia/Shanghai")[n % 2], "XDG_CACHE_HOME": str(elsewhere if n == 1 else folder / "cache")}
        outputs = [word for kind in kinds for word in ("-o", f"again.{kind}")]
        for command in (["-l", "tabloid", "-q", *outputs], [*press, "-o", "press.pdf"]):
            done = run(BANMIAN, "set", page.name, *command, cwd=elsewhere, env=env)
            expect(done.returncode == 0 and done.stderr == "", f"set in another folder, {locale}: {done.stderr[:300]}")
        made = {name: (elsewhere / name).read_bytes() for name in [f"again.{kind}" for kind in kinds] + ["press.pdf"]}
        first = first or made
        for name, data in made.items():
            expect(data == first[name], f"{name}: another folder, locale {locale}: the same bytes")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder, good = Path(name), {}
        tabloid = SAMPLES / "tabloid.md"
        press = ["-l", "tabloid", "--bleed", "3", "--marks"]
        for standard in ("x4", "x1a", "a2b", "a1b"):
            good[standard] = set_page(tabloid, folder / f"tabloid-{standard}.pdf", *press, "--press", standard)
            look(good[standard], standard, ink=standard == "x4")
        bare = without_photos(tabloid, folder)
        for standard in ("x4", "x1a", "a2b"):
            look(set_page(bare, folder / f"bare-{standard}.pdf", *press, "--press", standard), standard)
        validate_archive(good["a1b"])
        for seed in glob.glob(str(SHARED / "seeds/*.txt"))[:1]:
            validate_archive(set_page(seed, folder / "seed-a1b.pdf", "--press", "a1b"))
            for standard in ("x4", "x1a", "a2b"):
                look(set_page(seed, folder / f"seed-{standard}.pdf", "--bleed", "3", "--marks", "--press", standard), standard, ink=standard == "x4")
        rare_characters(folder)
        same_bytes(folder, tabloid)
        black_over_tint(folder)
        one = without_photos(tabloid, folder, keep="reading-room.jpg")
        find_defects(folder, {s: set_page(one, folder / f"one-{s}.pdf", *press, "--press", s) for s in ("x4", "x1a")})
    for what in sorted(not_asked):
        print(f"not there, so not asked: {what}")
    print(f"{asked} asked, {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())
