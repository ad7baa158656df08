/* names.c — the names in a byline.
 *
 * Some typesetters drop the blanks between ideographs, so that two names run together (刘涵兰杨宁海). A name is a
 * surname and one or two more characters; of the ways to cut a run into names that way, the one whose pieces begin
 * with commonest surnames is taken. The list is public: the commonest surnames of the Ministry of Public Security's
 * yearly report on names, about 85 % of the people, and the compound ones. */
#include "recover/recover-private.h"

static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解"
    "牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑"
    "郎甄丛仲虞敖巩明佘池查麻苑迟邝逄薄"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭蔣餘葉魏蘇呂盧鐘鍾譚陸范賈韋鄒龐顏莊聶魯歐關蘭紀畢單華喻饒龍賀顧龔錢嚴湯萬齊喬";

static const char *const compound_surnames[] = { "欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "东方", "尉迟", "皇甫",
                                                 "令狐", "慕容", "司徒", "端木", "公孙", "轩辕", NULL };

bool
bm_char_is_surname (gunichar c)
{
    for (const char *p = surnames; *p != '\0'; p = g_utf8_next_char (p))
        if (g_utf8_get_char (p) == c)
            return true;
    return false;
}

/* How well characters [i, i + n) of the run are one name; below 0: they are none. */
static double
name_worth (BmRun run, int i, int n)
{
    for (int k = i; k < i + n; k++)
        if (!bm_char_is_han (run.chars[k].code))
            return -1;
    if (n >= 3 && n <= 4 && bm_run_any_at (run, i, compound_surnames) > 0)
        return 2.2;
    if (n > 3 || n < 2)
        return -1;
    /* Names of three characters are five times as common as names of two. */
    return (bm_char_is_surname (run.chars[i].code) ? 2 : 0.3) + (n == 3 ? 0.4 : 0);
}

/* A blank inside a piece speaks against it, unless it fills a name of two characters (宋 弢). */
static double
gap_cost (BmRun run, int i, int n)
{
    double cost = 0;

    for (int k = i + 1; k < i + n; k++)
        cost += run.chars[k].gap > 0 ? (n == 2 ? 0.2 : 3) : 0;
    return cost;
}

#define MAX_NAMES_RUN 40

double
bm_split_names (BmRun run, bool *starts)
{
    double best[MAX_NAMES_RUN + 1] = { 0 };
    int from[MAX_NAMES_RUN + 1] = { 0 };

    if (run.n > MAX_NAMES_RUN)
        return -1;
    for (int end = 1; end <= run.n; end++) {
        best[end] = -1000;
        for (int n = 1; n <= 4 && n <= end; n++) {
            double worth = name_worth (run, end - n, n);

            if (worth >= 0 && best[end - n] + worth - gap_cost (run, end - n, n) - 1.5 > best[end]) {
                best[end] = best[end - n] + worth - gap_cost (run, end - n, n) - 1.5;
                from[end] = end - n;
            }
        }
    }
    for (int i = 0; i < run.n; i++)
        starts[i] = false;
    for (int end = run.n; end > 0 && best[run.n] > -500; end = from[end])
        starts[from[end]] = true;
    return best[run.n];
}
