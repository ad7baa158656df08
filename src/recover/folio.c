/* folio.c — folio and masthead lines: date, weekday, page number, editors; and what they say about the page. */
#include "recover/recover-private.h"

static const char *const weekdays[] = { "星期", "礼拜", "月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜", NULL };
static const char *const editors[] = { "责任编辑", "責任編輯", "责编", "責編", "美术编辑", "美術編輯", "美编", "美編", "版式", "校对", "校對", "本版编辑",
                                       "本版編輯", "值班主任", "值班编委", "组版", "組版", "编辑：", "編輯：", "编辑:", NULL };
static const char *const mastheads[] = { "日报", "晚报", "早报", "晨报", "时报", "商报", "周报", "日報", "晚報", "早報", "時報", "新聞", "新闻", "都市报", NULL };

static int
digits_at (BmRun run, int i)
{
    int n = 0;

    while (i + n < run.n && bm_char_is_digit (run.chars[i + n].code))
        n++;
    return n;
}

static int
number_at (BmRun run, int *at, int max_digits)
{
    int n = digits_at (run, *at), value = 0;

    if (n == 0 || n > max_digits)
        return -1;
    for (int k = 0; k < n; k++)
        value = 10 * value + g_unichar_digit_value (run.chars[*at + k].code);
    *at += n;
    return value;
}

/* 年 月 日, or - . / ; the Japanese year may be told twice: 2023年（令和5年）11月. */
static bool
skip_separator (BmRun run, int *at, const char *sign)
{
    if (*at >= run.n)
        return false;
    gunichar c = run.chars[*at].code;
    if (bm_run_at (run, *at, sign) == 0 && c != '-' && c != '.' && c != '/')
        return false;
    ++*at;
    if (*at < run.n && (run.chars[*at].code == U'（' || run.chars[*at].code == '(')) {
        int close = MAX (bm_run_find (run, *at, "）"), bm_run_find (run, *at, ")"));

        *at = close > 0 ? close + 1 : *at;
    }
    return true;
}

bool
bm_run_date (BmRun run, int i, int date[3])
{
    int at = i;

    date[0] = number_at (run, &at, 4);
    if (date[0] < 1800 || !skip_separator (run, &at, "年"))
        return false;
    date[1] = number_at (run, &at, 2);
    if (date[1] < 1 || date[1] > 12 || !skip_separator (run, &at, "月"))
        return false;
    date[2] = number_at (run, &at, 2);
    return date[2] >= 1 && date[2] <= 31;
}

static int
find_any (BmRun run, const char *const *words)
{
    for (int i = 0; i < run.n; i++)
        if (bm_run_any_at (run, i, words) > 0)
            return i;
    return -1;
}

bool
bm_run_is_masthead (BmRun run)
{
    if (run.n < 3 || run.n > 8)
        return false;
    for (int i = 0; i < run.n; i++)
        if (!bm_char_is_han (run.chars[i].code))
            return false;
    return bm_run_any_at (run, run.n - 2, mastheads) == 2;
}

/* A03 要闻, 第4面 地域, 05版: the page's number and section. Where the section's name begins, or 0. */
int
bm_run_page_number (BmRun run, int *first, int *n)
{
    int at = bm_run_at (run, 0, "第");

    *first = at;
    if (at < run.n && run.chars[at].code >= 'A' && run.chars[at].code <= 'Z')
        at++;
    int digits = digits_at (run, at);
    if (digits == 0 || digits > 3)
        return 0;
    *n = at + digits - *first;
    at += digits;
    bool named = at < run.n && (bm_run_at (run, at, "版") > 0 || bm_run_at (run, at, "面") > 0);
    at += named;
    for (int i = at; i < run.n; i++)
        if (!bm_char_is_han (run.chars[i].code) && run.chars[i].code != U'·' && run.chars[i].code != '/')
            return 0;
    bool parted = at < run.n && run.chars[at].gap > 0;
    bool lettered = run.chars[*first].code >= 'A' && run.chars[*first].code <= 'Z';
    return run.n <= 12 && (named || (parted && (lettered || digits == 2) && run.n - at >= 2)) ? MAX (at, 1) : 0;
}

/* A date fills the line, or a weekday, an issue number or the paper's name stands beside it. */
static bool
is_date_line (BmRun run)
{
    int date[3];

    for (int i = 0; i < run.n && i < 24; i++) {
        if (!bm_run_date (run, i, date))
            continue;
        bool masthead = i == 0 || bm_run_is_masthead ((BmRun){ run.chars, i }) || run.n - i <= 20;
        bool text = bm_run_find (run, 0, "。") >= 0 || bm_run_find (run, 0, "，") >= 0;
        return masthead && !text && run.n <= 48 && (run.n - i <= 12 || find_any (run, weekdays) >= 0 || i > 0);
    }
    return false;
}

bool
bm_run_is_folio (BmRun run)
{
    int first = 0, n = 0;

    if (run.n == 0 || run.n > 80)
        return false;
    if (bm_run_any_at (run, 0, editors) > 0 || (run.n <= 60 && find_any (run, editors) > 0 && bm_run_find (run, 0, "。") < 0 && bm_run_find (run, 0, "，") < 0))
        return true;
    if (is_date_line (run) || (bm_run_any_at (run, 0, weekdays) > 0 && run.n <= 4))
        return true;
    return bm_run_page_number (run, &first, &n) > 0;
}

/* ---- what the folio says ---- */

static char *
text_of (BmRun run)
{
    GString *out = g_string_new (NULL);

    bm_run_append (out, run);
    return g_string_free (out, FALSE);
}

/* Date, page, section and name of the paper, where a folio line tells them. */
void
bm_read_folio (BmEdition *edition, BmPage *page, BmRun run)
{
    int date[3], first = 0, n = 0;
    int section = bm_run_page_number (run, &first, &n);

    for (int i = 0; i < run.n && page->date == NULL; i++)
        if (bm_run_date (run, i, date)) {
            page->date = bm_arena_printf (edition->arena, "%04d-%02d-%02d", date[0], date[1], date[2]);
            run.n = page->paper == NULL ? i : run.n;
        }
    if (page->paper == NULL && bm_run_is_masthead (run)) {
        char *name = text_of (run);

        page->paper = bm_arena_strdup (edition->arena, name);
        g_free (name);
    }
    if (section > 0 && page->page == NULL) {
        char *number = text_of ((BmRun){ run.chars + first, n });
        char *name = text_of ((BmRun){ run.chars + section, run.n - section });

        page->page = bm_arena_strdup (edition->arena, number);
        if (*name != '\0')
            page->section = bm_arena_strdup (edition->arena, name);
        g_free (number);
        g_free (name);
    }
}
