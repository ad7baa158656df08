/* byline.c — how newspapers write bylines, datelines, jump lines and ads; credits derived from bylines.
 *
 * Rules 5, 6, 9, 10 and 12 of the edition form. The patterns are regular expressions because that is how the form
 * states them; each runs on one short text only. */
#include "edition/edition-private.h"

#include <string.h>

#define REPORTER "(?:记者|通讯员|评论员|記者|通訊員|評論員)"
#define PAPER "(?:本报|本報|见习|見習|实习|特约|特約|特派)*"

static bool
matches (const char *pattern, const char *text)
{
    return g_regex_match_simple (pattern, text, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0);
}

/* Patterns on long paragraphs would cost without ever matching. */
static bool
is_short (const char *text, size_t bytes)
{
    return strlen (text) <= bytes;
}

/* Compiling a pattern costs more than looking for the words without which it cannot match. */
static bool
has_any (const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strstr (text, *words) != NULL)
            return true;
    return false;
}

bool
bm_matches_jump_to (const char *text)
{
    return is_short (text, 120) && has_any (text, (const char *[]){ "下转", "下轉", NULL }) &&
           matches ("^[（(▶►]*\\s*下[转轉].{1,12}$", text);
}

bool
bm_matches_jump_from (const char *text)
{
    return is_short (text, 120) && has_any (text, (const char *[]){ "上接", "紧接", "緊接", NULL }) &&
           matches ("^[（(▶►◀]*\\s*(?:上接|紧接|緊接).{1,12}$", text);
}

bool
bm_matches_ad (const char *text)
{
    return is_short (text, 24) && g_utf8_strlen (text, -1) <= 6 && matches ("^(?:公益)?[广廣広]\\s*告", text);
}

bool
bm_matches_note (const char *text)
{
    static const char *const openings[] = { "编者按", "编者的话", "编后", "开栏的话", "編者按", "編後", "開欄的話", "編者的話" };
    const char *start = text;

    while (g_unichar_isspace (g_utf8_get_char (start)) || g_utf8_get_char (start) == 0x3010 || *start == '[')
        start = g_utf8_next_char (start);
    for (size_t i = 0; i < G_N_ELEMENTS (openings); i++)
        if (g_str_has_prefix (start, openings[i]))
            return true;
    return false;
}

bool
bm_looks_like_byline (const char *text)
{
    static const char *const words[] = { "□", "■", "◎", "●", "◆", "▲", "记者", "通讯员", "评论员", "記者", "通訊員", "評論員",
                                         "文/", "文／", "摄", "攝", NULL };

    return is_short (text, 260) && has_any (text, words) &&
           matches ("^(?:[□■◎●◆▲]\\s*\\S.{0,60}|" PAPER REPORTER "[\\s：:][^，。！？,]{1,40}|文[/／]\\S.{1,30}|"
                    ".{2,12}\\s?(?:摄|摄影报道|攝|攝影報道))$", text);
}

static bool
continues_byline (const char *line)
{
    return is_short (line, 260) && matches ("^" PAPER REPORTER "\\s?[^，。]{1,30}$", line);
}

bool
bm_is_byline_block (const char *lines)
{
    char **parts = g_strsplit (lines, "\n", -1);
    bool all = parts[0] != NULL;

    for (int i = 0; parts[i] != NULL && all; i++)
        all = bm_looks_like_byline (parts[i]) || (i > 0 && continues_byline (parts[i]));
    g_strfreev (parts);
    return all;
}

/* Bytes matched by the pattern's whole and its first group. */
static int
match_length (const char *pattern, const char *text, int *group_start, int *group_end)
{
    GRegex *regex = g_regex_new (pattern, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0, NULL);
    GMatchInfo *info = NULL;
    int end = 0;

    if (g_regex_match (regex, text, (GRegexMatchFlags) 0, &info)) {
        g_match_info_fetch_pos (info, 0, NULL, &end);
        g_match_info_fetch_pos (info, 1, group_start, group_end);
    }
    g_match_info_free (info);
    g_regex_unref (regex);
    return end;
}

int
bm_dateline_length (const char *text, int *name)
{
    int start = 0;

    if (!g_str_has_prefix (text, "本报") && !g_str_has_prefix (text, "本報"))
        return 0;
    return match_length ("^(本[报報][^\\s，。（(]{0,14}[讯訊电電])(?:[\\s\\x{3000}]+|(?=[（(]" PAPER REPORTER "))", text, &start, name);
}

int
bm_inline_byline_length (const char *text, int *name_start, int *name_end)
{
    const char *start = text;

    while (g_unichar_isspace (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
    gunichar c = g_utf8_get_char (start);
    if (c != 0xFF08 && c != '(' && c != 0x3010)
        return 0;
    return match_length ("^[\\s\\x{3000}]*([（(【]" PAPER REPORTER "[^（）()【】]{1,40}[）)】])[\\s\\x{3000}]*", text, name_start, name_end);
}

/* Brackets of two kinds are a pair, too, as they are where nothing marks the byline: （记者 张三). */
bool
bm_is_bracketed (const char *text)
{
    gunichar open = g_utf8_get_char (text);
    gunichar close = *text != '\0' ? g_utf8_get_char (g_utf8_prev_char (text + strlen (text))) : 0;

    return strchr (text, '\n') == NULL && (open == 0xFF08 || open == '(' || open == 0x3010 || open == '[') &&
           (close == 0xFF09 || close == ')' || close == 0x3011 || close == ']');
}

/* ---- credits ---- */

static char *
replaced (char *text, const char *pattern, const char *with)
{
    GRegex *regex = g_regex_new (pattern, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0, NULL);
    char *out = g_regex_replace (regex, text, -1, 0, with, (GRegexMatchFlags) 0, NULL);

    g_regex_unref (regex);
    g_free (text);
    return out;
}

static void
add_credit (BmEdition *edition, GArray *credits, const char *role, const char *names)
{
    BmCredit credit = { .role = bm_arena_strdup (edition->arena, role) };
    char **parts = g_regex_split_simple ("[、，,：:\\s\\x{3000}]+", names, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0);

    credit.names = bm_arena_new0 (edition->arena, const char *, g_strv_length (parts));
    for (int i = 0; parts[i] != NULL; i++)
        if (parts[i][0] != '\0')
            credit.names[credit.n_names++] = bm_arena_strdup (edition->arena, parts[i]);
    g_strfreev (parts);
    if (credit.n_names > 0)
        g_array_append_val (credits, credit);
}

/* 张三/文, 李四 摄: the names stand before the role. */
static bool
add_reversed (BmEdition *edition, GArray *credits, const char *line)
{
    static const char *const patterns[] = {
        "^(\\S{2,4}(?:[、 ]\\S{2,4})*)\\s*[/／]\\s*(文|图|摄)$",
        "^(?:(?:本报|本報)(?:记者|記者)\\s*)?(\\S{2,4})\\s+(摄|攝|摄影报道|攝影報道)$",
    };
    bool found = false;

    for (size_t i = 0; i < G_N_ELEMENTS (patterns) && !found; i++) {
        GRegex *regex = g_regex_new (patterns[i], (GRegexCompileFlags) 0, (GRegexMatchFlags) 0, NULL);
        GMatchInfo *info = NULL;

        found = g_regex_match (regex, line, (GRegexMatchFlags) 0, &info);
        if (found) {
            char *names = g_match_info_fetch (info, 1), *role = g_match_info_fetch (info, 2);

            add_credit (edition, credits, role, names);
            g_free (names);
            g_free (role);
        }
        g_match_info_free (info);
        g_regex_unref (regex);
    }
    return found;
}

/* 本报记者 甲 乙 通讯员 丙: each role with the names up to the next. */
static bool
add_roles (BmEdition *edition, GArray *credits, const char *line)
{
    GRegex *regex = g_regex_new (PAPER REPORTER, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0, NULL);
    GMatchInfo *info = NULL;
    int before_start = -1, before_end = -1;

    g_regex_match (regex, line, (GRegexMatchFlags) 0, &info);
    for (;;) {
        int start = (int) strlen (line), end = start;
        bool more = g_match_info_matches (info);

        if (more)
            g_match_info_fetch_pos (info, 0, &start, &end);
        if (before_start >= 0) {
            char *role = g_strndup (line + before_start, (gsize) (before_end - before_start));
            char *names = g_strndup (line + before_end, (gsize) (start - before_end));

            add_credit (edition, credits, role, names);
            g_free (role);
            g_free (names);
        }
        if (!more)
            break;
        before_start = start;
        before_end = end;
        g_match_info_next (info, NULL);
    }
    g_match_info_free (info);
    g_regex_unref (regex);
    return before_start >= 0;
}

static void
add_line_credits (BmEdition *edition, GArray *credits, const char *line)
{
    char *text = replaced (g_strdup (line), "[□■◎●◆▲（）()【】\\[\\]]", " ");

    g_strstrip (text);
    if (!add_reversed (edition, credits, text)) {
        text = replaced (text, "^文\\s*[/／]\\s*图?\\s*", "");
        text = replaced (text, "\\s*(报道|報道)$", "");
        text = replaced (text, "\\s*(文\\s*)?[/／]\\s*(文|图)$", "");
        /* 宋 弢: a lone character and a lone character are one name. */
        text = replaced (text, "(?<![^\\s、])(\\p{Han})[\\s\\x{3000}]+(\\p{Han})(?![^\\s、])", "\\1\\2");
        if (!add_roles (edition, credits, text)) {
            if (matches ("^\\s*【.{2,8}】\\s*$", line))
                add_credit (edition, credits, "記者", text);
            else if (*text != '\0' && g_utf8_strlen (text, -1) <= 12)
                add_credit (edition, credits, "", text);
        }
    }
    g_free (text);
}

void
bm_item_set_byline (BmEdition *edition, BmItem *item, const char *byline, BmBylinePlace place)
{
    GArray *credits = g_array_new (FALSE, TRUE, sizeof (BmCredit));
    char **lines = g_strsplit (byline, "\n", -1);

    item->byline = bm_arena_strdup (edition->arena, byline);
    item->byline_place = place;
    for (int i = 0; lines[i] != NULL; i++)
        add_line_credits (edition, credits, lines[i]);
    bm_item_set_credits (edition, item, credits);
    g_strfreev (lines);
    g_array_free (credits, TRUE);
}
