#!/usr/bin/env python3
"""fit.py BUILD CORPUS [NAME…] — coordinate steps over the costs of src/recover/params.c.

Takes each named cost (all of BmWeaveParams if none is named) a quarter down and a third up, builds recover-dump, scores
the pages of CORPUS/dev and generated ones, and keeps what raises the mean of the two totals. Prints every score. BUILD is
a build folder of this tree; the source file is left with the best values, to be looked at before they are kept."""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PARAMS = os.path.join(HERE, '..', '..', 'src', 'recover', 'params.c')
STEPS = (.75, 1.33)
GAIN = .05  # less is chance


def read():
    with open(PARAMS, encoding='utf-8') as f:
        return f.read()


def write(text):
    with open(PARAMS, 'w', encoding='utf-8') as f:
        f.write(text)


def totals(build, corpus, pages, out):
    subprocess.run(['cmake', '--build', build, '--target', 'recover-dump'], check=True, stdout=subprocess.DEVNULL)
    scores = []
    for folder in (corpus + '/dev', pages):
        for name in sorted(os.listdir(folder)):
            with open('%s/%s.json' % (out, name), 'wb') as f:
                subprocess.run([build + '/tests/recover-dump', '%s/%s/raw.txt' % (folder, name)], stdout=f)
        text = subprocess.run([sys.executable, corpus + '/score.py', folder, out], check=True, capture_output=True, text=True).stdout
        scores.append(float(re.search(r'^TOTAL +([0-9.]+)', text, re.M).group(1)))
    return scores


def main(build, corpus, names):
    text = read()
    table = text[text.index('BmWeaveParams bm_weave_params'):]
    names = names or re.findall(r'\.(\w+) =', table)
    with tempfile.TemporaryDirectory() as folder:
        pages, out = folder + '/pages', folder + '/out'
        os.mkdir(out)
        subprocess.run([sys.executable, HERE + '/generate.py', pages, '1', '6'], check=True)
        best = totals(build, corpus, pages, out)
        print('as it stands: dev %.2f, generated %.2f' % tuple(best), flush=True)
        for name in names:
            number = re.search(r'\.%s = (-?[0-9.]+)' % name, text)
            for step in STEPS:
                value = '%.3g' % (float(number.group(1)) * step)
                tried = text[:number.start(1)] + value + text[number.end(1):]
                write(tried)
                scores = totals(build, corpus, pages, out)
                better = sum(scores) > sum(best) + GAIN
                print('%s %s: dev %.2f, generated %.2f%s' % (name, value, *scores, ' <' if better else ''), flush=True)
                if better:
                    best, text = scores, tried
                    number = re.search(r'\.%s = (-?[0-9.]+)' % name, text)
        write(text)


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
