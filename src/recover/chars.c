/* chars.c — classes of characters, and matching in runs of them. */
#include "recover/recover-private.h"

#include <string.h>

/* ---- classes ---- */

bool
bm_char_is_han (gunichar c)
{
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x30FF && c != 0x30FB) || c == 0x3005 || c == 0x3007 ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool
bm_char_is_latin (gunichar c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) ||
           (c >= 0x370 && c < 0x530);
}

bool
bm_char_is_digit (gunichar c)
{
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* CLREQ, “Prohibition Rules for Line Start and Line End”. */
bool
bm_char_is_closing (gunichar c)
{
    if (c < 0x80)
        return c != 0 && strchr (",.;:!?)]}%", (int) c) != NULL;
    switch (c) {
    case U'，': case U'。': case U'、': case U'；': case U'：': case U'？': case U'！': case U'”':
    case U'’': case U'」': case U'』': case U'）': case U'】': case U'》': case U'〉': case U'〕':
    case U'〗': case U'·': case U'…': case U'‰': case U'℃': case U'％': case U'．': case U'～':
        return true;
    default:
        return false;
    }
}

bool
bm_char_is_opening (gunichar c)
{
    if (c < 0x80)
        return c == '(' || c == '[' || c == '{';
    switch (c) {
    case U'“': case U'‘': case U'「': case U'『': case U'（': case U'【': case U'《': case U'〈':
    case U'〔': case U'〖':
        return true;
    default:
        return false;
    }
}

bool
bm_char_is_stop (gunichar c)
{
    if (c < 0x80)
        return c == '!' || c == '?';
    switch (c) {
    case U'。': case U'！': case U'？': case U'…': case U'｡':
        return true;
    default:
        return false;
    }
}

bool
bm_char_is_blank (gunichar c)
{
    if (c < 0x80)
        return c <= 0x20 || c == 0x7F;
    return c == 0xA0 || c == 0xAD || c == 0x3000 || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || (c < 0xA0) || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x1680 || c == 0x180E;
}

bool
bm_char_is_bullet (gunichar c)
{
    switch (c) {
    case U'□': case U'■': case U'◎': case U'●': case U'◆': case U'▲': case U'◇': case U'△':
    case U'▢': case U'◻': case U'☐':
        return true;
    default:
        return false;
    }
}

double
bm_char_width (gunichar c)
{
    if (c >= 0x2010 && c < 0x3100)
        return 1;
    if (c < 0x3100)
        return c == 0xB7 || c == 0xD7 || c == 0xF7 || c == 0xB1 || c == 0xB0 ? 1 : 0.5;
    return c >= 0xFF61 && c <= 0xFF9F ? 0.5 : 1;
}

/* ---- runs ---- */

BmRun
bm_line_run (const BmRaw *raw, const BmRawLine *line)
{
    return (BmRun){ line->end > line->start ? bm_raw_char (raw, line->start) : NULL, line->end - line->start };
}

int
bm_run_at (BmRun run, int i, const char *text)
{
    int n = 0;

    for (; *text != '\0'; text = g_utf8_next_char (text), n++)
        if (i + n >= run.n || run.chars[i + n].code != g_utf8_get_char (text))
            return 0;
    return n;
}

int
bm_run_find (BmRun run, int i, const char *text)
{
    for (; i < run.n; i++)
        if (bm_run_at (run, i, text) > 0)
            return i;
    return -1;
}

int
bm_run_any_at (BmRun run, int i, const char *const *words)
{
    char first[6];
    int best = 0, n = i < run.n ? g_unichar_to_utf8 (run.chars[i].code, first) : 0;

    /* Most words fail at their first bytes, and are not decoded for it. */
    for (; n > 0 && *words != NULL; words++)
        if ((*words)[0] == first[0] && (n < 3 || ((*words)[1] == first[1] && (*words)[2] == first[2])))
            best = MAX (best, bm_run_at (run, i, *words));
    return best;
}

double
bm_run_width (BmRun run)
{
    double width = 0;

    for (int i = 0; i < run.n; i++)
        width += bm_char_width (run.chars[i].code);
    return width;
}

void
bm_run_append (GString *out, BmRun run)
{
    for (int i = 0; i < run.n; i++)
        g_string_append_unichar (out, run.chars[i].code);
}
