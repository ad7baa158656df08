#!/usr/bin/env python3
"""make-sets.py [FOLDER]: writes the article sets of the make-up tests as edition files (README.md says what each is for).

The text is made of the word lists below by a generator with a fixed seed, so a set is the same bytes at every
run. People, places and firms are invented. A set differs from another in its SETS row alone: how many items,
how long, how important, with what pictures and what ad. Change a row, run this again, commit both.
"""
import os
import re
import sys


class Dice:
    """A small generator of our own: the same numbers on every machine and in every version of Python."""

    def __init__(self, seed):
        self.state = seed * 2654435761 % 2 ** 32 or 1
        self.bags = {}

    def below(self, limit):
        self.state = (self.state * 1664525 + 1013904223) % 2 ** 32
        return (self.state >> 8) % limit

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def draw(self, key, choices):
        """One of the choices; none comes again before all have been drawn."""
        bag = self.bags.get(key)
        if not bag:
            bag = self.bags[key] = list(choices)
        return bag.pop(self.below(len(bag)))


SURNAMES = '陈林郑方许叶蔡梁董袁邓彭苏蒋丁沈姚卢傅钟汪田范石廖贾夏韦付邹孟熊秦白江阎薛尹段雷侯龙史陶贺顾毛郝龚邵万钱严'
GIVEN = ['海生', '文博', '秀兰', '立', '静', '国栋', '晓岚', '明', '雨桐', '志远', '慧', '建波', '思源', '敏', '长林', '小满',
         '云帆', '佳', '向阳', '若水', '平', '春燕', '一鸣', '松', '晨', '玉珍', '大勇', '岚', '知行', '萌', '振华', '菲']
PLACES = ['望潮区', '澄湾新区', '东屿镇', '礁门街道', '石坎社区', '盐仓街道', '双髻岛', '陶家岙村', '船灯路', '十八埠片区', '前礁村', '北堤街道']
OFFICES = ['主任', '负责人', '副主任', '工程师', '科长', '项目经理']
TITLES = ['居民', '经营户', '志愿者', '网格员', '楼长', '退休教师', '党支部书记']
LATIN = ['AI', '5G', 'GPS', 'VR', 'LED', 'App', 'PM2.5', 'GDP', 'CT', 'Wi-Fi', 'B2B', 'IPv6']

# who does it · the thing · what it is for · what people had to put up with · what somebody says · heads of 5 to 9 em
TOPICS = {
    '港口': dict(
        who=['市港航事业发展中心', '汐州港集团', '礁门渔港服务中心', '市口岸办'], thing=['冷链查验平台', '智慧闸口', '岸电系统', '滚装码头', '海铁联运班列'],
        aim=['缩短车船在港时间', '让鲜活货物随到随查', '减少重复申报', '降低靠港船舶的油耗'], pain=['集卡在闸口排成长龙', '一票货要跑三个窗口', '船靠了岸还得等查验'],
        quote=['船期就是生意，早一个小时靠岸，客户心里就踏实一分', '过去人等货、货等车，现在车到了，箱子已经码好', '把数据跑在船前头，人就不用跑在码头上'],
        heads=['冷链专列驶出港区', '一箱货少跑三道门', '智慧闸口全天在线', '靠港船舶用上岸电']),
    '养老': dict(
        who=['市民政局', '颐和照料中心', '盐仓街道养老服务站', '市老龄工作委员会'], thing=['社区助餐点', '家庭养老床位', '适老化改造', '银龄互助队', '日间照料室'],
        aim=['让老人在家门口吃上热饭', '把专业护理送进家里', '让独居老人有人应声'], pain=['做一顿饭要歇三回', '下趟楼得喊邻居帮忙', '夜里摔倒没有人知道'],
        quote=['饭菜软和，走两步就到，还能同老伙计说说话', '女儿在外地，装了呼叫器，她也睡得着了', '照顾老人，先得学会慢下来听'],
        heads=['一餐热饭送上楼', '老街坊结成互助队', '夜里有人应一声', '助餐点开进小区']),
    '道路': dict(
        who=['市交通运输局', '望潮区住建局', '市公交集团', '城市管理局'], thing=['背街小巷整治', '过街天桥电梯', '公交微循环线', '断头路打通工程', '慢行步道'],
        aim=['让居民出门少绕路', '把通勤时间省下来', '给行人留出干净的路面'], pain=['雨天积水没过脚踝', '早高峰绕行两公里', '自行车和货车抢道'],
        quote=['路通了，送孩子上学少走二十分钟', '以前出门先看天，现在雨停路就干', '修路不光修路面，还要修好路边人的日子'],
        heads=['断头路上周贯通', '小巷深处路灯亮了', '微循环公交到家门', '过街天桥添电梯']),
    '学校': dict(
        who=['市教育局', '澄湾实验学校', '东屿镇中心小学', '市少年宫'], thing=['课后托管课程', '海洋科普课', '城乡同步课堂', '校园午休躺椅', '心理辅导站'],
        aim=['让孩子放学后有处可去', '把好课送到岛上', '给家长腾出一段时间'], pain=['下午四点没人接', '一个老师教三门课', '课桌上趴着睡'],
        quote=['孩子回来说得最多的是那只会动的潮汐模型', '隔着屏幕，岛上的学生也举手抢答', '玩得好，也是一门功课'],
        heads=['岛上小学同上一课', '放学以后有去处', '课桌变成小躺椅', '海洋课开到船上']),
    '医院': dict(
        who=['市第三医院', '市卫生健康委员会', '礁门社区卫生服务中心', '市中心血站'], thing=['检查结果互认', '夜间门诊', '移动体检车', '家庭医生签约', '急救转运网'],
        aim=['让病人少排一次队', '把体检做到渔村', '让急救快过潮水'], pain=['换家医院就要重拍片子', '看个牙得请半天假', '上岛的药要等船'],
        quote=['一张片子几家医院都认，省钱也省心', '下了夜班还能看上病，不用再硬扛', '医生记得住我的名字，比什么都管用'],
        heads=['检查结果几家互认', '夜间门诊亮着灯', '体检车开上渔村', '家庭医生来敲门']),
    '农技': dict(
        who=['市农业农村局', '市农科院', '陶家岙蔬菜合作社', '东屿镇农技站'], thing=['耐盐水稻', '大棚水肥一体化', '番薯脱毒苗', '紫菜育苗基地', '农机共享站'],
        aim=['在盐碱地里种出粮食', '让菜农少用水、少用药', '把撂荒地捡起来'], pain=['一场咸潮毁掉半季收成', '请不到插秧的人', '好东西卖不出好价'],
        quote=['地还是那块地，换了种子就换了收成', '手机一点，水肥就到了根上', '种了四十年地，头一回先签单后下种'],
        heads=['盐碱地里稻花香', '共享农机下田头', '番薯苗脱了毒', '菜地装上小气象站']),
    '环保': dict(
        who=['市生态环境局', '澄湾湿地保护站', '市海洋发展局', '河长制办公室'], thing=['海漂垃圾拦截网', '红树林补种', '雨污分流改造', '候鸟观测站', '入海排口整治'],
        aim=['让近海的水清起来', '给候鸟留一片安静的滩涂', '堵住污水下河的口子'], pain=['退潮后满滩塑料瓶', '桥下的水常年发黑', '雨一大污水就往外冒'],
        quote=['鸟最诚实，水好不好，它先知道', '捡垃圾不稀奇，不让垃圾下海才是本事', '水清了，钓鱼的人又回来了'],
        heads=['红树林里添新客', '海漂垃圾有人拦', '桥下的水变清了', '滩涂又见黑嘴鸥']),
    '政务': dict(
        who=['市数据局', '望潮区政务服务中心', '市市场监督管理局', '市公积金中心'], thing=['一件事联办窗口', '免证办事清单', '企业开办专区', '掌上办事大厅', '诉求直办热线'],
        aim=['让办事的人少带一张纸', '把几件事并成一件办', '接到诉求当天有回音'], pain=['复印件攒了一抽屉', '为一个章来回跑', '电话打了五个没人认领'],
        quote=['没带材料也办成了，出门时还有点不敢信', '窗口多问一句，群众就少跑一趟', '办得快不算本事，办完不返工才算'],
        heads=['一件事一次办完', '免证清单再添新', '热线当天有回音', '开店执照半天到手']),
    '文化': dict(
        who=['市文化馆', '市图书馆', '船坞艺术中心', '市博物馆'], thing=['潮声音乐会', '渔歌整理工程', '社区小剧场', '流动图书船', '老照片征集'],
        aim=['把歌声留在海边', '让旧厂房有新用处', '让岛上的人借得到书'], pain=['会唱的老人一年少几位', '旧船坞荒了十多年', '借一本书要坐两小时船'],
        quote=['台上演的是街坊，台下笑的也是街坊', '渔歌不在谱上，在舌头上', '书从船上借走，故事从岛上带回来'],
        heads=['老船坞里唱渔歌', '图书船又靠岸了', '街坊自己演一台', '老照片里认亲人']),
    '企业': dict(
        who=['远潮海洋装备公司', '汐州晨帆纺织厂', '蓝礁生物科技公司', '市中小企业服务中心'], thing=['深水网箱', '可降解渔网', '首条柔性生产线', '海藻面料', '船用电池包'],
        aim=['把实验室搬到车间里', '让订单跟着样品走', '减少一道返工'], pain=['样品来回寄了七趟', '换一次模具要停两天', '客户只认进口货'],
        quote=['以前是我们找客户，现在客户带着图纸来', '慢一点没关系，做出来要敢写保质期', '工人敢提意见，机器才越用越顺'],
        heads=['深水网箱出远门', '一张渔网会降解', '车间里的老师傅班', '海藻织成新面料']),
    '应急': dict(
        who=['市应急管理局', '市消防救援支队', '北堤街道', '市气象局'], thing=['防汛沙袋点', '楼道清理行动', '海上救助站', '预警叫应机制', '微型消防站'],
        aim=['把险情拦在发生之前', '让预警叫得醒人', '让救援先到一步'], pain=['杂物堵住半条楼道', '半夜预警没人看', '救援车进不了巷子'],
        quote=['宁可十次白跑，不能一次漏掉', '叫不醒的门，我们就敲到醒', '沙袋堆在路口，心里就有底'],
        heads=['预警叫到家门口', '微型消防站进巷子', '楼道清出逃生路', '沙袋备在台风前']),
    '旅游': dict(
        who=['市文化和旅游局', '双髻岛管委会', '东屿镇', '市民宿行业协会'], thing=['环岛慢行线', '渔家民宿标准', '赶海研学', '灯塔观星营地', '旅游专列'],
        aim=['让游客多住一晚', '把淡季做旺', '让渔民端上旅游饭碗'], pain=['游客看完海就走', '旺季一床难求、淡季满街关门', '停车比看海还费劲'],
        quote=['客人问得最多的是潮水几点退', '房子不用多，干净、有灯、有热水就留得住人', '把海看住了，客人自己会来'],
        heads=['双髻岛淡季不淡', '赶海课约满三周', '渔家小院有了标准', '夜宿灯塔看星星']),
}
PERIODS = ['今年以来', '上半年', '前三季度', '近三年', '开工至今', '试行两个月', '截至10月底']

LEADS = [
    '{day}，记者在{place}看到，{thing}已经投入使用。',
    '“{quote}。”{day}，{place}{title}{name}告诉记者。',
    '{day}，{who}启动{thing}建设，首批覆盖{place}等{n1}个点位。',
    '清晨{h}点，{place}的{thing}前已经有人等候。',
    '从{pain}，到如今说办就办，{place}的变化只用了{n1}个月。',
    '记者{day}从{who}获悉，{thing}将在年内扩大到全市。',
    '提起{thing}，{place}的{name}打开了话匣子。',
    '一张手绘的地图挂在{place}的墙上，红笔圈出的{n1}处，都是{who}要啃的“硬骨头”。',
    '再过{n1}天，{place}的{thing}就满一周年了。',
    '{pain}，曾是{place}不少人的烦心事。{day}，这件事有了下文。',
]
MIDDLES = [
    '{who}{office}{name}介绍，推行{thing}，为的是{aim}。',
    '过去，{pain}，大家意见不小。',
    '{period}，{who}先后走访{n3}户居民，梳理出{n1}类问题，逐条列出办理时限。',
    '为此，{who}投入{n2}万元，对原有设施进行改造，{n1}个月内全部完工。',
    '“{quote}。”在{place}住了{n2}年的{name}说。',
    '与以往不同，这一次先听意见、后定方案，{n1}场座谈会开在了现场。',
    '后台接入{latin}监测后，一有异常，{n1}分钟内就能派人到场。',
    '数据显示，{period}，{thing}累计服务{n3}人次，比去年同期增长{pct}%。',
    '围绕“{aim}”，{n2}名党员和志愿者认领了任务。',
    '有人担心热闹一阵就散，{who}干脆把做法写成{n0}条规矩，贴在门口，谁都可以来对照。',
    '{name}算过一笔账：一年下来，每户少花{n3}元，少跑{n1}趟。',
    '遇到说不清的事，由{title}、居民代表和第三方坐到一起，当场议、当场记。',
    '这项工作涉及{n0}个部门，牵头单位每周碰一次头，卡在哪里，就到哪里去谈。',
    '目前，{n1}个试点已有{n0}个通过验收，其余的将在年底前收尾。',
    '不少外地同行前来取经，问得最细的不是花了多少钱，而是“{short}”。',
    '起初，报名的只有{n0}人；等第一批看到了好处，名额不到半天就满了。',
    '办法不复杂，难在天天做。每天{h}时，值班员先把{place}走上一圈，拍照、记录、销号，一样不落。',
    '按照方案，{place}等{n0}处先行一步，做得好的留下，做不好的推倒重来。',
    '{title}{name}随身带着一个本子，谁家有什么难处，记得清清楚楚。',
    '也有走弯路的时候。头一个月，设备坏了{n0}次，{who}请来厂家驻点，边用边改，才算稳当下来。',
    '钱从哪里来？财政出一块，企业捐一块，受益的人再添一点，账目每个季度公开一次。',
    '如今走进{place}，门口添了雨棚，墙上多了{latin}二维码，连台阶边上都贴了防滑条。',
    '{who}还同{n0}所高校签了协议，请师生把现场当课堂，{n1}个课题都来自一线。',
    '“做这件事，急不得，也拖不得。”{name}这样形容自己的差事。',
    '从图纸到落地，方案改了{n1}稿，最后一稿比第一稿少了{n0}页，多了{n2}条居民意见。',
    '夜里10点，{place}依旧亮着灯，{n0}名值班人员守着屏幕和电话。',
    '考核也换了办法：不看台账有多厚，只看{n1}项承诺兑现了几项。',
    '在{place}，这样的点位共有{n1}个，步行{n1}分钟就能到一个。',
    '第三方机构随机回访了{n3}位市民，满意率为{pct2}%，意见最集中的是“{short}”。',
    '消息传开，隔壁的{place}也坐不住了，{title}{name}带着人连来了{n0}趟。',
    '他们把{n1}种常见情形画成漫画，印了{n3}份，贴到楼道里、送到船上。',
    '最让人挠头的是{pain}，{who}没有绕开，把它列在清单的第一行。',
]
ENDINGS = [
    '下一步，{who}将把{thing}推广到{place}等{n1}个镇（街），力争明年{month}月前实现全覆盖。',
    '“{quote}。”{name}说，往后的路还长，一件一件办。',
    '据了解，相关办法已面向社会公开征求意见，市民可在12月{d}日前通过{latin}或热线反馈。',
    '{who}提醒，{thing}开放时间为每天{h}时至{h2}时，如遇大风天气另行通知。',
    '记者离开时，{place}的灯刚刚亮起，{n1}位居民还在商量明天的事。',
    '这件事能走多远，{name}心里没有底，可他已经把明年的日程排到了{month}月。',
    '有关部门表示，明年将再安排{n3}万元，把没有做完的事接着做完。',
]
SHORTS = ['谁来管', '能管多久', '钱从哪里来', '老人会不会用', '坏了找谁']
KICKERS = ['问题收上来 答案送下去', '从“有没有”到“好不好”', '一张清单管到底，{place}——', '记者走基层', '办好家门口的事，{who}——',
           '听得见的变化 看得见的实惠', '小切口里做文章', '潮水退去以后——']
DECKS = ['{period}办结{n3}件，满意率{pct2}%', '——来自{place}的调查', '首批{n1}个点位下月启用', '{n2}名志愿者轮流值守', '{place}等地先行试点']
CROSSHEADS = ['先听意见，再画图纸', '把窗口搬到门口', '一笔账算给大家听', '坏了找谁，写在墙上', '从试点到铺开', '难处摆在桌面上']
CAPTIONS = ['{day}，{place}居民在{thing}现场体验。', '图为{who}工作人员在{place}巡查。', '{place}的{thing}吸引了不少市民。']
PHOTO_TEXT = ['{day}，{place}举行{thing}开放活动，{n2}多名市民到场参加。图为活动现场。',
              '连日来，{who}抓住晴好天气，加紧推进{thing}，{n1}支队伍轮流作业，预计{month}月{d}日完工。图为施工人员在{place}作业。',
              '{day}清晨，{place}迎来入秋以来的第一个晴天。图为居民在海边晒渔网。']
LONG = ['{place}把{thing}办到群众家门口', '{n2}个部门联手推进{thing}建设提速', '从{pain}说起', '{period}全市{thing}累计惠及{n3}户居民家庭']


class Writer:
    """Writes items; `dice` is the only source of variety."""

    def __init__(self, dice):
        self.dice = dice
        self.subject = {}

    def name(self):
        return SURNAMES[self.dice.below(len(SURNAMES))] + self.dice.draw('given', GIVEN)

    def spaced(self, name):
        return name if len(name) > 2 else name[0] + ' ' + name[1]

    def fill(self, pattern, topic):
        dice = self.dice
        day = '%d月%d日' % (dice.between(8, 9), dice.between(1, 28))
        values = dict(
            day=day, month=dice.between(3, 12), d=dice.between(2, 28), h=dice.between(6, 9), h2=dice.between(17, 22),
            n0=dice.between(2, 5), n1=dice.between(6, 18), n2=dice.between(20, 96), n3=dice.between(130, 4800),
            pct='%d.%d' % (dice.between(3, 98), dice.between(1, 9)), pct2='9%d.%d' % (dice.between(1, 8), dice.between(1, 9)),
            place=dice.draw('place', PLACES), name=self.name(),
            title=dice.draw('title', TITLES),
            office=dice.draw('office', OFFICES), latin=dice.draw('latin', LATIN), period=dice.draw('period', PERIODS),
            short=dice.draw('short', SHORTS))
        for key in ('who', 'thing'):                    # an article stays with what it began with
            values[key] = self.subject.setdefault(key, dice.draw((key, topic['heads'][0]), topic[key]))
        for key in ('aim', 'pain', 'quote'):
            values[key] = dice.draw((key, topic['heads'][0]), topic[key])
        return pattern.format(**values)

    def sentence(self, kind, patterns, topic):
        return self.fill(self.dice.draw(kind, patterns), topic)

    def paragraphs(self, size, topic):
        """Paragraphs of about `size` characters in all, none like its neighbour in length."""
        out, left = [], size
        while left > 0:
            want = min(left, self.dice.between(34, 170))
            text = '' if out else self.sentence('lead', LEADS, topic)
            while len(text) < want - 18:
                last = left - len(text) < 60 and len(out) > 0
                text += self.sentence('end' if last else 'middle', ENDINGS if last else MIDDLES, topic)
            out.append(text)
            left -= max(len(text), 20)
        return [text for text in out if text]

    def byline(self, size):
        if size >= 600:
            second = '\n本报通讯员 ' + self.spaced(self.name()) if self.dice.below(2) else ''
            first = ' '.join(self.spaced(self.name()) for _ in range(self.dice.between(1, 2)))
            return '□ 本报记者 ' + first + second
        return '□%s %s 报道' % ('记者' if self.dice.below(3) else '通讯员', self.name())

    def headline(self, style, topic):
        if style == 'long':
            return [self.sentence('long', LONG, topic) for _ in range(2)]
        heads = [self.dice.draw(('head', topic['heads'][0]), topic['heads'])]
        if style == 2:
            heads.insert(0, self.dice.draw('place', PLACES) + self.dice.draw('verb', ['这一年', '新事', '出新招', '交答卷', '有办法']))
        return heads

    def item(self, row):
        """One row of a set as the text of an item."""
        topic = TOPICS[self.dice.draw('topic', sorted(TOPICS))]
        size, head = row['size'], []
        self.subject = {}
        if row.get('kicker'):
            head.append('## ' + self.sentence('kicker', KICKERS, topic))
        head += ['# ' + line for line in self.headline(row.get('head', 1), topic)]
        if row.get('deck'):
            head.append('## ' + self.sentence('deck', DECKS, topic))
        blocks = ['\n'.join(head), '<!-- %s -->' % row['remark']]
        if not row.get('plain'):
            blocks.append(self.byline(size))
        if not size:
            blocks.append('![%s](<>)' % self.sentence('phototext', PHOTO_TEXT, topic))
            return '\n\n'.join(blocks)
        texts = self.paragraphs(size, topic)
        if size < 600 and self.dice.below(3):
            texts[0] = '**本报汐州讯** ' + texts[0]
        for index, text in enumerate(texts):
            if row.get('cross') and index in (4, 9, 15) and index < len(texts) - 1:
                blocks.append('### ' + self.dice.draw('cross', CROSSHEADS))
            blocks.append(text)
        if row.get('photo'):
            caption = self.sentence('caption', CAPTIONS, topic) if row['photo'] != 'mute' else ''
            blocks.append('![%s](<>)' % caption)
        return '\n\n'.join(blocks)


RANKS = ['头条', '二条', '三条', '四条', '五条']


def row(text):
    """'1 950 2kdx 3:4' : importance, characters, marks, shape of the picture (a photo story has 0 characters).

    Marks: 2 two-line head, L long head, k kicker, d deck, x crossheads, p no byline, b boxed, v vertical head, m no caption.
    """
    fields = text.split()
    rank, size, marks = int(fields[0]), int(fields[1]), fields[2]
    shape = fields[3] if len(fields) > 3 else None
    remark = [RANKS[rank - 1]] if size else ['图片', RANKS[rank - 1]]
    remark += ['简讯'] if rank == 5 else []
    remark += ['加框'] if 'b' in marks else []
    remark += ['竖题'] if 'v' in marks else []
    remark += [shape] if shape else []
    return dict(size=size, head='long' if 'L' in marks else 2 if '2' in marks else 1, kicker='k' in marks, deck='d' in marks,
                cross='x' in marks, plain='p' in marks, photo=('mute' if 'm' in marks else True) if shape else None,
                remark=' '.join(remark))


# name: (layout, columns, what it tests, ad remark or None, rows)
SETS = {
    '01-city': ('broadsheet-6', 6, '一般市区新闻版，通栏广告', '通栏 高80mm', [
        '1 980 2kx 3:4', '2 620 1', '3 430 1', '3 310 2', '4 190 1', '4 170 1p', '4 230 2', '2 0 1 3:2']),
    '02-front': ('broadsheet-6', 6, '要闻版，右下角半通栏广告', '半通栏 高90mm 右下', [
        '1 1820 1kdx', '2 610 1k 4:3', '2 930 2d', '3 570 1', '3 480 1', '4 240 2', '4 250 2', '5 140 2', '5 95 2p', '2 0 1 4:3']),
    '03-county': ('broadsheet', 5, '县区版，大幅通栏广告', '通栏 高120mm', [
        '1 2500 1kx', '2 960 1d', '3 690 2', '4 430 1p', '4 470 1', '4 400 2', '2 0 1 16:9']),
    '04-dense': ('broadsheet-8', 8, '八栏密排', '通栏 高60mm', [
        '1 1700 2kx 3:2', '2 1020 1d', '2 880 2kd', '3 650 2 3:2', '3 460 1', '4 370 1p', '4 220 2', '4 300 2', '5 140 1p', '5 120 1p']),
    '05-tabloid': ('tabloid', 5, '四开五栏', '通栏 高60mm', [
        '1 940 2kd 3:2', '2 830 1d', '3 560 1', '4 280 1', '4 310 2p']),
    '06-tabloid-4': ('tabloid-4', 4, '四开四栏，右下角广告', '二栏 高80mm 右下', [
        '1 1720 2kx', '3 590 2', '3 440 1', '4 310 1', '2 0 1 4:3']),
    '07-briefs': ('broadsheet-6', 6, '二十条长短相近的短消息', '通栏 高100mm', [
        '3 310 2'] + ['5 %d %s' % (size, marks) for size, marks in zip(
            (360, 450, 350, 470, 360, 430, 330, 270, 350, 380, 260, 300, 350, 400, 330, 290, 270, 370, 260),
            ('1', '2', '2', '1', '2', '1', '2', '1', '2p', '2p', '2p', '1p', '1', '2', '1', '1', '1', '2p', '1'))]),
    '08-no-photo': ('broadsheet-7', 7, '无图片，无广告', None, [
        '1 3300 2kdx', '2 1800 1x', '3 880 2', '3 1460 1x', '4 520 1', '4 470 1v', '5 260 2', '5 220 1']),
    '09-boxed': ('broadsheet-6', 6, '两篇加框，两幅图片', '通栏 高80mm', [
        '1 1420 1kdx', '2 960 2 3:4', '3 390 1b', '3 510 1', '4 230 1bp', '4 250 2p', '4 330 2pv', '2 0 1 4:3']),
    '10-long-heads': ('broadsheet-6', 6, '标题很长', '二栏 高120mm 右下', [
        '1 2050 Lkdx 16:9', '2 1820 L', '3 1200 L', '3 830 L', '4 470 Lp', '4 580 Lp']),
    '11-over': ('broadsheet-6', 6, '文字多出四成半', '通栏 高80mm', [
        '1 2950 2dx 3:4', '2 1420 2x', '3 930 1', '3 1120 1', '4 400 1', '4 470 2p', '4 530 2', '3 0 1 3:2']),
    '12-under': ('broadsheet-6', 6, '文字缺半个版', '通栏 高80mm', [
        '1 740 1kd 3:2', '2 590 2k', '3 250 1', '4 180 1']),
    '13-single': ('broadsheet-6', 6, '只有一篇', '通栏 高160mm', ['1 3750 1x 3:4']),
    '14-half-ad': ('broadsheet-6', 6, '广告占半版', '通栏 高245mm', [
        '1 800 2kd', '2 550 1d', '3 260 1', '4 180 1p', '4 200 1', '2 0 1 4:3']),
    '15-thirty': ('broadsheet-6', 6, '三十条', None, [
        '1 720 1kd 3:2m', '2 240 2d 16:9', '2 480 2d', '3 220 1', '3 250 2', '3 370 2'] + ['4 %d %s' % pair for pair in (
            (135, '1'), (130, '1p'), (170, '1'), (140, '2'), (175, '1p'), (150, '1'), (130, '2'), (140, '1p'))] + [
        '5 %d %s' % pair for pair in ((97, '1'), (78, '1'), (99, '2p'), (95, '2'), (85, '1'), (90, '2p'), (97, '1'), (93, '1'),
                                      (76, '1p'), (86, '2p'), (94, '1'), (71, '1'), (92, '2p'), (89, '1p'), (70, '1'), (84, '2'))]),
    '16-forty': ('broadsheet-6', 6, '四十条', None, [
        '1 700 2kd 3:2', '2 420 1', '3 300 2', '3 260 1'] + ['%d %d %s' % (4 if i < 8 else 5, 110 + i * 37 % 110, '1' if i % 3 else '2p')
                                                              for i in range(36)]),
    '17-sixty': ('broadsheet-6', 6, '六十条', None, [
        '1 520 1kd 3:2', '2 300 2', '3 230 1', '3 210 1'] + ['%d %d %s' % (4 if i < 6 else 5, 60 + i * 29 % 60, ('1', '1p', '2p', '1p')[i % 4])
                                                              for i in range(56)]),
    '18-tabloid-briefs': ('tabloid', 5, '四开二十五条短消息', '通栏 高50mm', [
        '1 330 2k 3:2'] + ['5 %d %s' % (60 + i * 23 % 56, '1' if i % 2 else '1p') for i in range(24)]),
}


def edition(name, number):
    layout, columns, note, ad, rows = SETS[name]
    writer = Writer(Dice(number))
    head = ['---', 'paper: 汐州日报', 'date: 2025-10-%02d' % (number + 8), 'page: %d' % (number + 1), 'section: 版面试样', 'folio:',
            '  - 责任编辑 温朴 美编 申亦', 'layout: %s' % layout, 'columns: %d' % columns, 'note: %s' % note, '---']
    items = []
    for text in rows:
        fields = row(text.replace(':2m', ':2'))
        if text.endswith('m') and fields['photo']:
            fields['photo'] = 'mute'
        items.append(writer.item(fields))
    if ad:
        items.append('<!-- %s -->\n\n![广告](<>)' % ad)
    return '\n'.join(head) + '\n\n' + '\n\n***\n\n'.join(items) + '\n'


def main(folder):
    for number, name in enumerate(sorted(SETS), 1):
        with open(os.path.join(folder, name + '.md'), 'w', encoding='utf-8') as out:
            out.write(edition(name, number))


if __name__ == '__main__':
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__)))
