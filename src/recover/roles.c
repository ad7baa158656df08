/* roles.c — S8: kicker, headline lines and subhead of a display block.
 *
 * Without type sizes only words are left: marks (a kicker ends in —— or ：, a subhead begins with ——), and the trade's
 * custom that headlines of two lines are of similar length and make one clause together. */
#include "recover/recover-private.h"

#define MAX_LINES 6

typedef struct {
    double width;
    guint32 cues;
    bool phrases;     /* two phrases with a blank between */
    bool numbers;     /* holds a number */
    bool column_name; /* ends in a word that names columns of newspapers */
} Line;

/* Endings of column names (栏目名): words of the trade. */
static const char *const column_words[] = { "谈", "談", "观察", "觀察", "调查", "調查", "故事", "来信", "來信", "一线", "一線", "现场", "現場", "聚焦", "关注", "關注",
                                            "热点", "熱點", "特写", "特寫", "手记", "手記", "评论", "評論", "时评", "快评", "连线", "追踪", "追蹤", "视点", "視點", "走笔",
                                            "人物", "风采", "纪实", "之声", "之窗", "行动", "进行时", "对话", "對話", "访谈", "專題", "专题", "短评", "札记", "见闻", "深度",
                                            "传真", "播报", "动态", "服务台", "直通车", "走基层", NULL };

static bool
is_column_name (BmRun run)
{
    for (int i = MAX (run.n - 3, 0); i < run.n; i++)
        if (bm_run_any_at (run, i, column_words) == run.n - i)
            return run.n <= 6;
    return false;
}

static Line
line_of (const BmRaw *raw, const BmUnit *unit)
{
    Line line = { .width = (double) unit->width, .cues = unit->cues };

    for (int i = unit->first; i >= 0; i = bm_raw_line (raw, i)->next) {
        BmRun run = bm_line_run (raw, bm_raw_line (raw, i));

        for (int k = 0; k < run.n; k++) {
            line.numbers = line.numbers || bm_char_is_digit (run.chars[k].code);
            line.phrases = line.phrases || (k > 2 && run.n - k > 2 && run.chars[k].gap > 0 && bm_char_is_han (run.chars[k].code) &&
                                            bm_char_is_han (run.chars[k - 1].code));
        }
        line.column_name = is_column_name (run);
    }
    line.cues |= bm_raw_line (raw, unit->last)->cues & BM_CUE_LEADS;
    return line;
}

/* Evidence, in nats, that the line is a kicker over `next`. */
static double
kicker_worth (const Line *line, const Line *next)
{
    double worth = -0.5;

    if (line->cues & BM_CUE_DASHED)
        return -4;
    if (line->cues & BM_CUE_LEADS)
        return 3;
    worth += line->phrases ? 2.0 : 0;
    worth += line->column_name ? (next->width >= 6.5 ? 1.8 : 0.4) : 0;
    worth += line->width <= 3 && next->width >= 6 ? 1.2 : line->width <= 6 ? 0.3 : 0;
    worth += next->width >= 12 && next->width > line->width + 2 ? 0.6 : 0;
    return worth;
}

/* … that these lines are the headline: one long enough to stand alone, or some of similar length. */
static double
headline_worth (const Line *lines, int n)
{
    double widest = 0, narrowest = 99, misfit = 0;

    for (int i = 0; i < n; i++) {
        if (i > 0 && lines[i].cues & BM_CUE_DASHED)
            return -4;
        if (lines[i].cues & BM_CUE_LEADS && n - i > 0)
            return -2;
        if (i > 0 && (lines[i].column_name || lines[i].width <= 3))
            misfit -= 0.7; /* such lines stand over headlines, not in them */
        widest = MAX (widest, lines[i].width);
        narrowest = MIN (narrowest, lines[i].width);
    }
    if (n == 1)
        return widest < 5 ? -1.0 : widest < 7 ? -0.2 : widest < 11 ? 0.3 : 0.8;
    double worth = (n == 2 ? 0.7 : -0.8) + misfit;
    if (widest > 10.5)
        worth -= 0.5 * (widest - 10.5);
    if (widest - narrowest > 5)
        worth -= 0.4;
    return worth;
}

static double
subhead_worth (const Line *line, const Line *before)
{
    double worth = -0.8;

    if (line->cues & BM_CUE_DASHED)
        return 4;
    worth += line->numbers ? 0.5 : 0;
    worth += line->cues & BM_CUE_COMMA ? 0.4 : 0;
    worth += line->width >= 9 ? 0.4 : line->width < 5 ? -1 : 0;
    worth += line->width > before->width + 1 ? 0.3 : 0;
    /* A line with a number, or as long as this, says what happened by itself. */
    worth += before->numbers ? 0.5 : 0;
    worth += before->width >= 9 ? 0.4 : 0;
    return worth;
}

static double
parse_worth (const Line *lines, int n, int kicker, int subhead)
{
    int n_headline = n - kicker - subhead;

    if (n_headline < 1)
        return -99;
    double worth = headline_worth (lines + kicker, n_headline);
    if (kicker)
        worth += kicker_worth (&lines[0], &lines[1]);
    if (subhead)
        worth += subhead_worth (&lines[n - 1], &lines[n - 2]);
    return worth;
}

/* Where boxes show the sizes: the largest lines are the headline, what stands over and under them is smaller. */
static bool
roles_by_size (const GArray *units, const int *lines, int n, BmRoles *roles)
{
    int first = -1, last = -1;

    for (int i = 0; i < n; i++)
        if (g_array_index (units, BmUnit, lines[i]).hint & BM_HINT_MAIN) {
            first = first < 0 ? i : first;
            last = i;
        }
    if (first < 0)
        return false;
    *roles = (BmRoles){ first, last + 1 - first, n - 1 - last, 9 };
    return true;
}

double
bm_head_worth (const BmRaw *raw, const GArray *units, const int *lines, int n, BmRoles *roles)
{
    Line faces[MAX_LINES];
    double best = -99, second = -99;

    *roles = (BmRoles){ 0, n, 0, 0 };
    if (n > MAX_LINES)
        return -9;
    if (raw->hinted && roles_by_size (units, lines, n, roles))
        return 0.5 + 0.4 * n; /* the more lines, the better: a block is cut nowhere */
    for (int i = 0; i < n; i++)
        faces[i] = line_of (raw, &g_array_index (units, BmUnit, lines[i]));
    for (int parse = 0; parse < 4; parse++) {
        double worth = parse_worth (faces, n, parse & 1, parse >> 1);

        if (worth > best) {
            second = best;
            best = worth;
            *roles = (BmRoles){ parse & 1, n - (parse & 1) - (parse >> 1), parse >> 1, 0 };
        } else {
            second = MAX (second, worth);
        }
    }
    roles->margin = MIN (best - second, 9);
    return best;
}
