/* random-text.c — dice and the pieces that they choose among. */
#include "random-text.h"

#include <stdio.h>

uint64_t
seed_of_run (void)
{
    const char *given = g_getenv ("BM_SEED");
    uint64_t seed = given != NULL ? g_ascii_strtoull (given, NULL, 10) : 1;

    printf ("seed %" G_GUINT64_FORMAT " (BM_SEED=… repeats)\n", seed);
    return seed;
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
uint32_t
roll (Dice *dice, uint32_t sides)
{
    uint64_t z = dice->state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return (uint32_t) ((z >> 32) % sides);
}

static const char *const han[] = { "港", "口", "今", "晨", "开", "航", "的", "渔", "船", "灯", "塔", "老", "人", "孩", "子", "海",
                                   "风", "年", "月", "日", "万", "元", "家", "不", "第", "一", "々", "〇", "ー", "っ" };
static const char *const marks[] = { "，", "。", "、", "；", "：", "！", "？", "“", "”", "‘", "’", "（", "）", "《", "》", "「", "」",
                                     "·", "——", "……", "…", "—", "～", "／", "！！", "？！", "‼", "【", "】", "〔", "〕" };
static const char *const western[] = { "12", "2035", "3.5%", "1,200", "18:45", "25℃", "￥500", "$9", "NBA", "iPhone", "4K", "A+", "e.g.",
                                       "（26）", "№7", "26㎡", "Tom’s", "well-known", "-", "–", "%", "5–8", "１２３", "ＡＢ" };
static const char *const odd[] = { " ", "  ", "\u3000", "\u00a0", "\u2060", "\u200b", "\u00ad", "\n", "\t", "□", "■", "★", "※", "e\u0301",
                                   "😀", "👨\u200d👩", "\uFFFD", "ﬁ", "ΑΒΓ", "где", "ab\u00adcd", "=", "*", "&", "@", "#", "~", "|",
                                   "https://a.example/b?c=d&e_f-g.html", "desk@post.example", "شمس", "〖", "〗", "𠮷", "⸺", "⋯⋯" };

#define PICK(dice, list) ((list)[roll ((dice), G_N_ELEMENTS (list))])

void
random_text (Dice *dice, int n, GString *out)
{
    for (int i = 0; i < n; i++) {
        uint32_t kind = roll (dice, 100);

        if (kind < 70)
            g_string_append (out, PICK (dice, han));
        else if (kind < 86)
            g_string_append (out, PICK (dice, marks));
        else if (kind < 95)
            g_string_append (out, PICK (dice, western));
        else
            g_string_append (out, PICK (dice, odd));
    }
}
