#!/usr/bin/env python3
"""generate.py OUT [SEED [PAGES]] — newspaper pages of invented events, and the dumps that extractors would give of them.

Writes OUT/NAME/raw.txt and OUT/NAME/truth.json in the form of the recovery corpus (its README.md). Every page is composed:
stories of paragraphs, broken into lines of one measure with the prohibition rules, set in columns under their heads, and
then dumped in one of the manners below. The same seed gives the same pages on any machine."""
import json
import os
import random
import sys

PLACES = '栎州 汀屿 苇塘镇 云槐区 白鹿坪 莲桥街道 鸥港 青檀县 石梁村 柘溪'.split()
SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
GIVEN = '明华丽军敏静强磊洋艳勇杰涛娟超秀兰霞平刚桂英'
# Each topic: what the head names, and nouns and deeds that only its story speaks of.
TOPICS = [
    ('古渡口', '渡船 码头 船工 缆绳 河面 航标'.split(), '重新开航 修补船板 接送学生 测量水深'.split()),
    ('社区食堂', '饭菜 老人 灶台 厨师 菜单 餐盒'.split(), '送餐上门 免费试吃 更新菜谱 登记口味'.split()),
    ('蜜橘', '果园 果农 橘树 冷库 枝条 果品'.split(), '采收装箱 修剪老枝 签订订单 学习嫁接'.split()),
    ('夜校', '课程 学员 教室 书法 吉他 报名表'.split(), '报名听课 增开班次 布置作业 交流心得'.split()),
    ('公交专线', '站牌 司机 车厢 线路 乘客 班次'.split(), '延长线路 加密班次 优化站点 试行换乘'.split()),
    ('旧书市集', '书摊 旧书 读者 连环画 摊主 藏书'.split(), '交换旧书 举办讲座 捐赠图书 布置书架'.split()),
    ('防汛演练', '堤坝 沙袋 水位 冲锋舟 队员 物资'.split(), '加固堤防 转移群众 检查泵站 清点物资'.split()),
    ('乡村医生', '药箱 病人 血压 诊所 山路 处方'.split(), '上门巡诊 建立档案 培训护士 接听电话'.split()),
    ('机器人大赛', '选手 赛道 程序 零件 评委 奖杯'.split(), '调试程序 组装零件 角逐决赛 展示作品'.split()),
    ('湿地观鸟', '候鸟 湿地 镜头 芦苇 志愿者 鸟巢'.split(), '记录数量 清理垃圾 安装鸟巢 开设课堂'.split()),
    ('木雕', '刻刀 木料 徒弟 花纹 作坊 展厅'.split(), '招收学徒 修复门窗 开放作坊 设计新品'.split()),
    ('老旧管网', '管道 阀门 井盖 路面 施工队 水压'.split(), '更换管道 恢复路面 检测漏点 调整工期'.split()),
]
OPENERS = '今年以来 上个月 前不久 这几天 去年冬天 国庆节后 一大早 入秋以后'.split()
TAILS = '大家都说方便多了 效果超出了预期 日子一天比一天热闹 这样的变化还在继续 问题终于有了着落 今后还要坚持下去'.split()
SAYS = '笑着说 告诉记者 介绍说 回忆道 算了一笔账'.split()
CLOSE, OPEN = '，。、；：？！”）》', '“（《'


def name(r):
    return r.choice(SURNAMES) + ''.join(r.sample(GIVEN, r.choice((1, 2, 2))))


def sentence(r, topic, place, person):
    noun, other = r.sample(topic[1], 2)
    deed = r.choice(topic[2])
    form = r.randrange(6)
    if form == 0:
        return '%s，%s的%s忙着%s，%s也跟着换了样子。' % (r.choice(OPENERS), place, noun, deed, other)
    if form == 1:
        return '“从前一提起%s就发愁，现在%s有人管、%s有人问。”%s%s。' % (topic[0], noun, other, person, r.choice(SAYS))
    if form == 2:
        return '据统计，%s先后有%d户居民参与%s，涉及%s%d处、%s%d处。' % (place, r.randint(12, 980), deed, noun, r.randint(3, 90), other, r.randint(3, 90))
    if form == 3:
        return '为了%s，%s专门请来师傅查看%s，把%s一件一件登记下来。' % (deed, place, noun, other)
    if form == 4:
        return '%s，%s。' % (r.choice(('有了' + noun, '说起' + other, '到了傍晚')), r.choice(TAILS))
    return '下一步，当地还将投入%d万元用于%s，让%s和%s都能派上用场。' % (r.randint(8, 600), deed, noun, other)


def story(r, number, topic):
    place, person = r.choice(PLACES), name(r)
    item = {'id': 'a%d' % number, 'kind': 'story', 'kicker': None, 'subhead': None, 'dateline': None, 'credits': [], 'caption': None,
            'subheads': [], 'asides': [], 'byline': None}
    shape = r.randrange(3)
    if shape == 0:
        item['headline'] = ['%s%s有了新模样' % (place, topic[0])]
    elif shape == 1:
        item['headline'] = ['%s里的%s' % (topic[0], topic[1][0]), '让%s热闹起来' % place]
    else:
        item['headline'] = ['%s%s' % (topic[0], topic[2][0])]
        item['kicker'] = '%s用心办好身边事——' % place
    role, who = r.choice(('本报记者', '记者', '通讯员')), name(r)
    item['byline'] = '□%s %s 报道' % (role, who)
    item['credits'] = [{'role': role, 'names': [who]}]
    if r.random() < .4:
        item['dateline'] = '本报%s讯' % place
    item['paragraphs'] = [''.join(sentence(r, topic, place, person) for _ in range(r.randint(1, 3))) for _ in range(r.randint(4, 7))]
    return item


def width(text):
    return sum(.5 if ord(c) < 128 else 1 for c in text)


def wrap(text, measure, indent):
    """Lines of a paragraph; a digit run stays whole, closing marks do not begin a line (they pull one character down)."""
    units, lines, line = [], [], ''
    for c in text:
        if units and c.isdigit() and units[-1][-1].isdigit():
            units[-1] += c
        elif units and (c in CLOSE or units[-1][-1] in OPEN):
            units[-1] += c
        else:
            units.append(c)
    room = measure - indent
    for unit in units:
        if line and width(line + unit) > room + .01:
            lines.append(line)
            line, room = '', measure
        line += unit
    return lines + [line]


def body_lines(item, measure):
    """(text, indented) of each line of the story; the byline is a line of its own."""
    lines = [(item['byline'], False)]
    for k, text in enumerate(item['paragraphs']):
        head = item['dateline'] + ' ' if k == 0 and item['dateline'] else ''
        lines += [(line, n == 0) for n, line in enumerate(wrap(head + text, measure, 2))]
    return lines


def head_lines(item):
    return ([item['kicker']] if item['kicker'] else []) + item['headline']


def columns(lines, n):
    deep = -(-len(lines) // n)
    return [lines[k * deep:(k + 1) * deep] for k in range(n)]


# ---- manners: each takes the stories and gives the dump's lines ----

def drawing_order(r, items, measure, heads='before'):
    out, late = [], []
    for item in items:
        body = [line for line, _ in body_lines(item, measure)]
        head = head_lines(item) + ['']
        if heads == 'before':
            out += head + body + ['']
        elif heads == 'after':
            out += body + [''] + head
        else:
            out += body + ['']
            late += head
    return out + late if heads == 'last' else late + out


def heads_after(r, items, measure):
    return drawing_order(r, items, measure, 'after')


def heads_last(r, items, measure):
    return drawing_order(r, items, measure, 'last')


def vertical_head(r, items, measure):
    out = []
    for k, item in enumerate(items):
        head = head_lines(item)
        out += [c for line in head for c in line] if k == 0 and len(head) == 1 else head
        out += [''] + [line for line, _ in body_lines(item, measure)] + ['']
    return out


def side_by_side(r, items, measure, places=len):
    """Columns kept in place with blanks, a place for every character, as pdftotext -layout does."""
    out = []
    for item in items:
        cols = columns(body_lines(item, measure), r.choice((2, 2, 3)))
        out += [' ' * r.randint(6, 20) + line for line in head_lines(item)] + ['']
        # A column begins where the longest line to its left ends.
        rows = [[('  ' if indent else '') + line for line, indent in col] for col in cols]
        starts = [0]
        for col in rows[:-1]:
            starts.append(starts[-1] + max(map(places, col)) + 1)
        for n in range(len(rows[0])):
            line = ''
            for start, col in zip(starts, rows):
                if n < len(col):
                    line += ' ' * (start - places(line)) + col[n]
            out.append(line)
        out += ['', '']
    return out


def two_places(r, items, measure):
    """… and two places for an ideograph, as on a terminal."""
    return side_by_side(r, items, measure, lambda text: sum(1 if ord(c) < 0x2000 else 2 for c in text))


def interleaved(r, items, measure):
    """Lines by their height on the page: columns whose lines meet stand on one line with one blank between, others
    alternate; paragraphs may be parted by blank lines, as pdftotext does by itself."""
    out = []
    for item in items:
        placed = []
        for k, col in enumerate(columns(body_lines(item, measure), 2)):
            shift = 0.
            for n, (line, indent) in enumerate(col):
                if indent and n and r.random() < .25:
                    shift += .5
                placed.append((n + shift, k, line))
        out += head_lines(item) + ['']
        for height in sorted({p[0] for p in placed}):
            out.append(' '.join(line for h, _, line in sorted(placed) if h == height))
            if r.random() < .04:
                out.append('')
        out += ['']
    return out


def weave_rows(r, cols):
    """Rows of columns: each line at its height; lines that meet share a row."""
    placed = []
    for k, col in enumerate(cols):
        shift = r.choice((0., 0., .5))
        for n, (line, indent) in enumerate(col):
            if indent and n and r.random() < .25:
                shift += .5
            placed.append((n + shift, k, line))
    return [' '.join(line for h, _, line in sorted(placed) if h == height) for height in sorted({p[0] for p in placed})]


def interleaved_pairs(r, items, measure):
    """Two stories side by side under their heads, four columns on a line."""
    out = []
    for k in range(0, len(items), 2):
        pair, cols = items[k:k + 2], []
        for item in pair:
            out += head_lines(item) + ['']
            cols += columns(body_lines(item, measure), 2)
        out += weave_rows(r, cols) + ['']
    return out


def merged_rows(r, items, measure):
    """Columns on one baseline grid, every row of the page one line, as extractors give that sort by height alone."""
    out = []
    for item in items:
        cols = columns(body_lines(item, measure), r.choice((2, 3, 4)))
        rows = [[col[n][0] for col in cols if n < len(col)] for n in range(len(cols[0]))]
        out += head_lines(item) + [' '.join(row) for row in rows]
    return out


def blanks_after_marks(r, items, measure):
    """Full-width marks leave a blank in what some extractors give."""
    return [line.replace('，', '， ').replace('。', '。 ').replace('。 ”', '。”').rstrip() for line in drawing_order(r, items, measure)]


def squeezed(r, items, measure):
    """As XeLaTeX pages come out of pdftotext: digits set off with blanks, lines cut at squeezed marks, two columns."""
    out = []
    for line in interleaved(r, items, measure):
        text = ''
        for c in line:
            if text and text[-1] != ' ' and c != ' ' and (c.isdigit() != text[-1].isdigit()) and ord(max(c, text[-1])) > 0x3400:
                text += ' '
            text += c
            if c in '，。' and r.random() < .15:
                text += '\n'
        out += text.split('\n')
    return out


def boxes_by_height(r, items, measure):
    """Paragraph boxes of two columns sorted by their height, a blank line after each, as pdfminer does."""
    out = []
    for item in items:
        boxes = []
        for k, col in enumerate(columns(body_lines(item, measure), 2)):
            for n, (line, indent) in enumerate(col):
                if n == 0 or indent or boxes[-1][1] != k or r.random() < .1:
                    boxes.append([n, k, []])
                boxes[-1][2].append(line)
        out += head_lines(item) + ['']
        for _, _, lines in sorted(boxes, key=lambda b: b[:2]):
            out += lines + ['']
    return out


def broken_columns(r, items, measure):
    """Columns one after the other, but another story's head and text between them."""
    parts = []
    for item in items:
        cols = columns(body_lines(item, measure), 2)
        parts.append((head_lines(item) + [''], [[line for line, _ in col] + [''] for col in cols]))
    out = []
    for a, b in zip(parts[::2], parts[1::2]):
        out += a[0] + b[0] + a[1][0] + b[1][0] + a[1][1] + b[1][1]
    return out if len(parts) % 2 == 0 else out + parts[-1][0] + sum(parts[-1][1], [])


MANNERS = [drawing_order, heads_after, heads_last, vertical_head, side_by_side, two_places, interleaved, interleaved_pairs, merged_rows,
           squeezed, blanks_after_marks, boxes_by_height, broken_columns]


def page(seed, manner):
    r = random.Random('%s-%d' % (manner.__name__, seed))
    topics = r.sample(TOPICS, r.randint(4, 6))
    items = [story(r, k + 1, topic) for k, topic in enumerate(topics)]
    measure = r.choice((14, 15, 16, 17, 18, 20, 21))
    folio = '栎州日报 2031年%d月%d日 星期三' % (r.randint(1, 12), r.randint(1, 28))
    lines = [folio, ''] + manner(r, items, measure)
    truth = {'page': {'id': '%s%d' % (manner.__name__, seed), 'lang': 'zh-Hans', 'furniture': [folio], 'items': items}}
    return '\n'.join(lines) + '\n', truth


def main(out, seed=1, pages=3):
    for manner in MANNERS:
        for k in range(int(seed), int(seed) + int(pages)):
            folder = os.path.join(out, '%s%d' % (manner.__name__, k))
            raw, truth = page(k, manner)
            os.makedirs(folder, exist_ok=True)
            with open(folder + '/raw.txt', 'w', encoding='utf-8') as f:
                f.write(raw)
            with open(folder + '/truth.json', 'w', encoding='utf-8') as f:
                json.dump(truth, f, ensure_ascii=False, indent=1)


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:4])
