#!/usr/bin/env python3
"""rawdump.py EDITION.md > PAGE.txt: what a page-text extractor would give for the page of that edition.

A real dump is the text in the drawing order of the file: bodies wrapped at the measure of their columns with
the indent lost, headlines after their bodies or far from them, blank lines where a block ended (which is not
where a paragraph ended), decimals torn apart, the picture and the artwork of the ad gone. The order, the
measures and the accidents of one page are its PLAN; everything else follows from the edition file.
"""
import re
import sys

# One row a step of the drawing order.
#   head NAME            the headline block of the item whose headline begins with NAME; `tight` sets no blank
#                        line between its lines, `shifted` starts it with the blank a kicker in 楷 leaves
#   body NAME M          its byline and text at a measure of M em
#     late     paragraphs whose first line became a block of its own (a blank line after it)
#     close    paragraphs that follow the one before without a blank line
#     breaks   line numbers after which a column ends; they lie in mid-sentence
#     narrow   (line, measure): from that line on the column is narrower
PLAN = {
    'harbour': [
        dict(step='body', name='风暴潮预警', measure=21, late=[0], close=[2]),
        dict(step='head', name='风暴潮预警'),
        dict(step='body', name='盐仓街老楼', measure=21, late=[0]),
        dict(step='head', name='盐仓街老楼'),
        dict(step='head', name='六百条渔船', shifted=True),
        dict(step='body', name='开渔头一网', measure=41, late=[0]),
        dict(step='head', name='开渔头一网', tight=True),
        dict(step='body', name='错时停车', measure=21, close=[1]),
        dict(step='head', name='错时停车'),
        dict(step='body', name='六百条渔船', measure=20, late=[5, 9], close=[6, 8], breaks=[21, 46],
             narrow=(69, 19)),
        dict(step='body', name='双髻岛末班船', measure=20, late=[5], close=[9], breaks=[29]),
        dict(step='head', name='双髻岛末班船'),
        dict(step='body', name='“一元修理铺”', measure=21, late=[0]),
        dict(step='head', name='“一元修理铺”'),
        dict(step='ad'),
    ],
}

NOT_FIRST = set('，。、；：！？）》」』”’％%…—·')       # kinsoku of newspapers
NOT_LAST = set('（《「『“‘')


def read_items(path):
    """The items of an edition file, as far as a dump needs them."""
    text = open(path, encoding='utf-8').read()
    text = re.sub(r'\A---\n.*?\n---\n', '', text, flags=re.S)
    return [read_item(part) for part in re.split(r'^\*\*\*$', text, flags=re.M)]


def read_item(part):
    item = dict(kicker=None, head=[], byline=[], dateline='', paragraphs=[], caption=None)
    for block in re.split(r'\n\s*\n', part.strip()):
        image = re.match(r'!\[(.*)\]\(.*\)$', block, re.S)
        if block.startswith('#'):
            for line in block.split('\n'):
                if line.startswith('# '):
                    item['head'].append(line[2:])
                else:
                    item['kicker'] = line[3:]
        elif image:
            item['caption'] = image[1]
        elif block.startswith('□'):
            item['byline'] = block.split('\n')
        elif not block.startswith('<!--'):
            lead = re.match(r'\*\*(.+?)\*\* (.*)$', block, re.S)
            item['dateline'] = lead[1] if lead else item['dateline']
            item['paragraphs'].append(lead[2] if lead else block)
    return item


def width(char):
    return 0.5 if ord(char) < 0x2000 else 1.0


def units(text):
    """What cannot be parted: a number or a word, a dash or an ellipsis of two, one character."""
    return re.findall(r'[A-Za-z0-9.%]+|—+|…+|.', text)


def wrap(text, measure_of, line):
    """Lines of one paragraph, first fit; `measure_of` gives the measure of a line of the article."""
    lines, row, used = [], [], 0.0
    room = measure_of(line) - 2                 # the indent of two characters is lost
    for unit in units(text):
        size = sum(width(char) for char in unit)
        if row and used + size > room:
            carried = [unit]
            while row and (carried[0][0] in NOT_FIRST or row[-1][-1] in NOT_LAST):
                carried.insert(0, row.pop())
            lines.append(''.join(row))
            line += 1
            row, room = carried, measure_of(line)
        else:
            row.append(unit)
        used = sum(width(char) for part in row for char in part)
    return lines + [''.join(row)]


def tear(text):
    """Decimals come apart: the point sits in a box of its own."""
    return re.sub(r'(\d)\.(\d)', r'\1 . \2', text)


def article_lines(item, step):
    """(line, last of its paragraph, first of its paragraph, paragraph) of the whole article."""
    narrow = step.get('narrow', (10 ** 6, 0))
    measure_of = lambda n: narrow[1] if n >= narrow[0] else step['measure']
    rows, number = [], 1
    for index, paragraph in enumerate(item['paragraphs'] or [item['caption']]):
        lead = item['dateline'] + '\u3000' if index == 0 and item['dateline'] else ''
        lines = wrap(lead + paragraph, measure_of, number)
        lines[0] = lines[0].replace('\u3000', ' ')
        for at, text in enumerate(lines):
            rows.append((text, at == len(lines) - 1, at == 0, index))
        number += len(lines)
    return rows


def body(item, step):
    out = list(item['byline'])
    if not item['dateline'] and len(out) > 1:
        out.append('')
    rows = article_lines(item, step)
    for number, (text, last, first, index) in enumerate(rows, 1):
        out.append(text)
        if last:
            blank = index + 1 not in step.get('close', [])
        else:
            blank = (first and index in step.get('late', [])) or number in step.get('breaks', [])
            if number in step.get('breaks', []) and text[-1] in '。！？；':
                sys.exit('%s: the column break after line %d is at a sentence end' % (step['name'], number))
        if blank:
            out.append('')
    return out


def head(item, step):
    lines = ([item['kicker']] if item['kicker'] else []) + item['head']
    if step.get('shifted'):
        lines[0] = ' ' + lines[0]
    if step.get('tight'):
        return lines + ['']
    return [line for pair in ((line, '') for line in lines) for line in pair]


def dump(path):
    name = re.sub(r'.*/|\.md$', '', path)
    items = read_items(path)
    out = []
    for step in PLAN[name]:
        if step['step'] == 'ad':
            out.append('广告')
            continue
        item = next(item for item in items if item['head'][:1] == [step['name']])
        out += (body if step['step'] == 'body' else head)(item, step)
    return tear('\n'.join(out)) + '\n'


if __name__ == '__main__':
    sys.stdout.write(dump(sys.argv[1]))
