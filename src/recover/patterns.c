/* patterns.c — how newspapers write bylines, datelines, folio and jump lines, ads: cue 3 and 9 of recover.md §2.
 *
 * The words are the trade's, not those of any one page. Blanks do not matter here, since extractors drop and add
 * them; where a blank is evidence, it is asked for. */
#include "recover/recover-private.h"

static const char *const papers[] = { "本报", "本報", "本刊", "本台", "本网", "本網", "新华社", "新華社", "中新社", "中新网", NULL };
static const char *const ranks[] = { "见习", "見習", "实习", "實習", "特约", "特約", "特派", "首席", "资深", "全媒体", "驻京", "融媒", NULL };
static const char *const reporters[] = { "记者", "記者", "通讯员", "通訊員", "评论员", "評論員", "撰稿人", "观察员", NULL };
static const char *const filing[] = { "报道", "報道", "報導", "报导", "摄影报道", "攝影報道", "摄", "攝", "文/图", "文/摄", "文并摄", "供图", "供稿", "整理", "采写",
                                      "文图", "图文", "编译", NULL };
static const char *const wires[] = { "讯", "訊", "电", "電", NULL };

/* 本报见习记者: the length of a role at i, 0 if there is none. */
int
bm_run_role (BmRun run, int i)
{
    int at = i, n = 0;

    while ((n = bm_run_any_at (run, at, papers)) > 0 || (n = bm_run_any_at (run, at, ranks)) > 0)
        at += n;
    n = bm_run_any_at (run, at, reporters);
    return n > 0 ? at + n - i : 0;
}

static bool
is_name_mark (gunichar c)
{
    return bm_char_is_han (c) || bm_char_is_latin (c) || c == U'、' || c == '/' || c == U'／' || c == U'·' || c == ' ';
}

/* Where the names that begin at i end: at the next role, a filing word at the end, or the run's end; −1 if
 * something stands there that no list of names holds. */
static int
end_of_names (BmRun run, int i)
{
    int at = i;

    for (; at < run.n; at++) {
        int n = bm_run_any_at (run, at, filing);

        if (at > i && (bm_run_role (run, at) > 0 || (n > 0 && at + n == run.n)))
            break;
        if (!is_name_mark (run.chars[at].code))
            return -1;
    }
    return at;
}

/* Names have blanks or marks between them, or cut well into surnames and given names. */
static bool
are_names (BmRun run, int i, int end)
{
    bool starts[64] = { false };
    BmRun names = { run.chars + i, end - i };

    if (names.n < 2 || names.n > 30)
        return false;
    for (int from = 0; from < names.n;) {
        int to = from + 1;

        while (to < names.n && names.chars[to].code != U'、' && names.chars[to].code != '/' && names.chars[to].code != U'／')
            to++;
        if (bm_split_names ((BmRun){ names.chars + from, to - from }, starts) < 0)
            return false;
        from = to + 1;
    }
    return true;
}

/* 记者 张三 李四 通讯员 王五 报道: roles and names to the end of the run. */
static bool
is_roles_and_names (BmRun run, int i)
{
    bool found = false;

    while (i < run.n) {
        int role = bm_run_role (run, i), filed = bm_run_any_at (run, i, filing);

        if (found && filed > 0 && i + filed == run.n)
            return true;
        if (role == 0)
            return false;
        i += role;
        if (i < run.n && (run.chars[i].code == U'：' || run.chars[i].code == ':'))
            i++;
        int end = end_of_names (run, i);
        if (end < 0 || !are_names (run, i, end))
            return false;
        i = end;
        found = true;
    }
    return found;
}

/* 张三/文, 李四 摄. */
static bool
is_name_and_filing (BmRun run)
{
    for (int i = 2; i < run.n && i <= 16; i++) {
        int n = bm_run_any_at (run, i, filing);
        bool slash = run.chars[i].code == '/' || run.chars[i].code == U'／';

        if (n > 0 && i + n == run.n && (run.chars[i].gap > 0 || n > 1))
            return are_names (run, 0, i);
        if (slash && i + 2 >= run.n)
            return are_names (run, 0, i);
    }
    return bm_run_at (run, 0, "文/") + bm_run_at (run, 0, "文／") > 0 && run.n <= 16 && end_of_names (run, 2) == run.n;
}

/* The dateline of a whole line in lenticular brackets: 【桐谷千尋】; the Japanese byline. */
static bool
is_bracketed_name (BmRun run)
{
    return run.n >= 4 && run.n <= 10 && run.chars[0].code == U'【' && run.chars[run.n - 1].code == U'】';
}

static bool
is_bullet (BmRun run)
{
    /* OCR reads the square as the ideograph 口; only a role after it tells. */
    return run.n > 1 && (bm_char_is_bullet (run.chars[0].code) || (run.chars[0].code == U'口' && bm_run_role (run, 1) > 0));
}

int
bm_run_byline (BmRun run)
{
    if (run.n < 3 || run.n > 48)
        return 0;
    if (is_bullet (run)) {
        BmRun rest = { run.chars + 1, run.n - 1 };

        if (is_roles_and_names (rest, 0) || is_name_and_filing (rest) || (rest.n <= 12 && end_of_names (rest, 0) == rest.n && are_names (rest, 0, rest.n)))
            return run.n;
        return 0;
    }
    if (is_roles_and_names (run, 0) || is_bracketed_name (run) || is_name_and_filing (run))
        return run.n;
    return bm_run_inline_byline (run, 0) == run.n ? run.n : 0;
}

/* （记者 张三 通讯员 李四）, 【特约记者王五报道】; in Japanese 【桐谷千尋】. */
int
bm_run_inline_byline (BmRun run, int i)
{
    gunichar open = i < run.n ? run.chars[i].code : 0;

    if (open != U'（' && open != '(' && open != U'【')
        return 0;
    for (int end = i + 1; end < run.n && end <= i + 60; end++) {
        gunichar c = run.chars[end].code;

        if (c == U'）' || c == ')' || c == U'】') {
            BmRun inside = { run.chars + i + 1, end - i - 1 };

            return bm_run_role (inside, 0) > 0 && inside.n >= 4 ? end + 1 - i : 0;
        }
        if (bm_char_is_stop (c) || c == U'，')
            return 0;
    }
    return 0;
}

/* What may follow a dateline: a blank, a bracket, a quotation, the end. */
static bool
ends_dateline (BmRun run, int i)
{
    return i >= run.n || run.chars[i].gap > 0 || bm_char_is_opening (run.chars[i].code);
}

#define MAX_DATELINE 18

int
bm_run_dateline (BmRun run, int i)
{
    int paper = bm_run_any_at (run, i, papers);

    if (paper == 0 || bm_run_role (run, i) > 0)
        return 0;
    for (int at = i + paper; at < run.n && at < i + MAX_DATELINE; at++) {
        gunichar c = run.chars[at].code;

        if (bm_run_any_at (run, at, wires) > 0 && bm_run_at (run, at, "通讯") == 0 && ends_dateline (run, at + 1))
            return at + 1 - i;
        if (!bm_char_is_han (c) && !bm_char_is_digit (c) && c != U'·')
            return 0;
    }
    return 0;
}

/* 本报青浦湾 with its 讯 on the next line: nothing but the paper's name and a place. */
bool
bm_run_begins_dateline (BmRun run)
{
    int paper = bm_run_any_at (run, 0, papers);

    if (paper == 0 || bm_run_role (run, 0) > 0)
        return false;
    if (bm_run_dateline (run, 0) > 0)
        return true;
    for (int i = paper; i < run.n; i++)
        if (!bm_char_is_han (run.chars[i].code))
            return false;
    return run.n <= paper + 8;
}

static const char *const speakers[] = { "记者", "記者", "问", "問", "答", "主持人", "Q", "A", "读者", NULL };

/* （一） (1) 1. 一、 ① ● at the head of a clause. */
static int
clause_mark (BmRun run)
{
    static const char *const numbers[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", NULL };
    gunichar c = run.n > 2 ? run.chars[0].code : 0;
    int i = c == U'（' || c == '(' ? 1 : 0;
    int at = i;

    if (bm_char_is_bullet (c) || (c >= 0x2460 && c <= 0x249B))
        return 1;
    while (at < run.n && at < i + 3 && (bm_run_any_at (run, at, numbers) > 0 || bm_char_is_digit (run.chars[at].code)))
        at++;
    if (at == i || at >= run.n)
        return 0;
    c = run.chars[at].code;
    if (i == 1)
        return c == U'）' || c == ')' ? at + 1 : 0;
    return (c == U'、' && !bm_char_is_digit (run.chars[at - 1].code)) || c == U'．' ? at + 1 : 0;
}

int
bm_run_label (BmRun run)
{
    int n = bm_run_any_at (run, 0, speakers);

    if (n > 0 && n < run.n && (run.chars[n].code == U'：' || run.chars[n].code == ':'))
        return n + 1;
    return clause_mark (run);
}
