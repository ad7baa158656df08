/* inline.c — text and the few marks inside it: escapes, whole-paragraph emphasis, a bold opening, images, remarks.
 *
 * “What is not recognised is a paragraph, and stays visible” (EDITION-FORMAT.md). The form knows no marks inside a
 * paragraph but backslashes: 3*4*5 must not be printed as 345. So text is taken from the source as it was typed,
 * and only the constructs of the rules are looked for, each at the place where its rule puts it. */
#include "edition/edition-private.h"

#include <string.h>

/* Raw bytes a written line may take: escapes at most double it, and a line may have 64 KiB. */
#define WRAP_AT 24000

/* Characters that print nothing and change what others mean (design/reliability.md §5 row 11). */
static bool
is_dropped (gunichar c)
{
    bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    bool bidi_override = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    bool nonchar = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);

    return control || bidi_override || nonchar || c == 0xFEFF;
}

char *
bm_clean_text (const char *text, size_t length, int *dropped)
{
    GString *out = g_string_sized_new (length + 1);

    for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (c == '\r' || c == 0x2028 || c == 0x2029) {
            if (c != '\r' || p + 1 == text + length || p[1] != '\n')
                g_string_append_c (out, '\n');
        } else if (is_dropped (c)) {
            (*dropped)++;
        } else {
            g_string_append_unichar (out, c);
        }
    }
    return g_string_free (out, FALSE);
}

char *
bm_trimmed (const char *text, size_t length)
{
    const char *start = text, *end = text + length;

    while (start < end && g_unichar_isspace (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
    while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
        end = g_utf8_prev_char (end);
    return g_strndup (start, (gsize) (end - start));
}

bool
bm_is_joined_by_space (gunichar before, gunichar after)
{
    bool latin_before = before < 0x80 && (g_ascii_isalnum ((char) before) || (before != 0 && strchr (",.;:", (int) before) != NULL));

    return latin_before && after < 0x80 && g_ascii_isalnum ((char) after);
}

/* A backslash at the end of a line that another follows is a line break, not a character; nor are blanks before it. */
static void
drop_break (char *line)
{
    char *end = line + strlen (line);

    while (end > line && end[-1] == '\\' && !bm_is_escaped (line, end - 1)) {
        for (end--; end > line && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end)));)
            end = g_utf8_prev_char (end);
        *end = '\0';
    }
}

static char *
with_lines (const char *text, bool keep, bool source)
{
    GString *out = g_string_new (NULL);
    char **lines = g_strsplit (text, "\n", -1);

    for (int i = 0; lines[i] != NULL; i++) {
        char *line = bm_trimmed (lines[i], strlen (lines[i]));

        if (source && lines[i + 1] != NULL)
            drop_break (line);
        if (*line != '\0' && out->len > 0 && keep)
            g_string_append_c (out, '\n');
        else if (*line != '\0' && out->len > 0 &&
                 bm_is_joined_by_space (g_utf8_get_char (g_utf8_prev_char (out->str + out->len)), g_utf8_get_char (line)))
            g_string_append_c (out, ' ');
        g_string_append (out, line);
        g_free (line);
    }
    g_strfreev (lines);
    return g_string_free (out, FALSE);
}

char *
bm_one_line (const char *text)
{
    return with_lines (text, false, false);
}

char *
bm_kept_lines (const char *text)
{
    return with_lines (text, true, false);
}

char *
bm_source_paragraph (const char *source)
{
    char *line = with_lines (source, false, true), *text = bm_unescaped (line);

    g_free (line);
    return text;
}

char *
bm_source_kept_lines (const char *source)
{
    char *lines = with_lines (source, true, true), *text = bm_unescaped (lines);

    g_free (lines);
    return text;
}

/* ---- escapes (rule 14) ---- */

bool
bm_is_escaped (const char *start, const char *p)
{
    const char *q = p;

    while (q > start && q[-1] == '\\')
        q--;
    return (p - q) % 2 == 1;
}

char *
bm_unescaped (const char *text)
{
    GString *out = g_string_sized_new (strlen (text) + 1);

    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\\' && g_ascii_ispunct (p[1]))
            p++;
        g_string_append_c (out, *p);
    }
    return g_string_free (out, FALSE);
}

/* Would other readers of Markdown take `&…` for an entity? */
static bool
is_entity_start (const char *p)
{
    return *p == '&' && (g_ascii_isalpha (p[1]) || p[1] == '#');
}

/* What makes a block at the head of a line: a mark, or a number with its point. Bytes written of it. */
static size_t
append_line_start (GString *out, const char *text)
{
    size_t digits = strspn (text, "0123456789");

    if (*text != '\0' && strchr ("#>+-|=~", *text) != NULL) {
        g_string_append_c (out, '\\');
        g_string_append_c (out, *text);
        return 1;
    }
    if (digits == 0 || digits > 9 || (text[digits] != '.' && text[digits] != ')'))
        return 0;
    g_string_append_len (out, text, (gssize) digits);
    g_string_append_c (out, '\\');
    g_string_append_c (out, text[digits]);
    return digits + 1;
}

static void
append_escaped_bytes (GString *out, const char *text, size_t length, bool at_start)
{
    const char *end = text + length;

    for (const char *p = text + (at_start ? append_line_start (out, text) : 0); p < end; p++) {
        if (strchr ("\\`*_[]<", *p) != NULL || is_entity_start (p) || (*p == '!' && p[1] == '['))
            g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
    }
}

void
bm_append_escaped (GString *out, const char *text, bool at_start)
{
    append_escaped_bytes (out, text, strlen (text), at_start);
}

/* May a line end before p, so that the reader joins it to the same text? *skip: the blank that the join puts back. */
static bool
may_break (const char *text, const char *p, size_t *skip)
{
    gunichar before = g_utf8_get_char (g_utf8_prev_char (p)), after = g_utf8_get_char (p);

    *skip = 0;
    if (p == text || g_unichar_isspace (before))
        return false;
    if (after == ' ') {
        *skip = 1;
        return bm_is_joined_by_space (before, g_utf8_get_char (p + 1));
    }
    return !g_unichar_isspace (after) && before != '\\' && !bm_is_joined_by_space (before, after);
}

void
bm_append_wrapped (GString *out, const char *text, bool at_start, const char *line_start)
{
    size_t left = strlen (text), skip = 0;

    while (left > WRAP_AT) {
        const char *p = g_utf8_find_prev_char (text, text + WRAP_AT);

        while (p > text && !may_break (text, p, &skip))
            p = g_utf8_prev_char (p);
        if (p == text)
            break; /* one word longer than a line: nothing can be done */
        append_escaped_bytes (out, text, (size_t) (p - text), at_start);
        g_string_append_printf (out, "\n%s", line_start);
        left -= (size_t) (p - text) + skip;
        text = p + skip;
        at_start = true;
    }
    append_escaped_bytes (out, text, left, at_start);
}

/* ---- marks ---- */

size_t
bm_marked_length (const char *text, const char *mark)
{
    size_t width = strlen (mark);
    const char *p = text + width;

    if (strncmp (text, mark, width) != 0 || *p == mark[0] || g_unichar_isspace (g_utf8_get_char (p)))
        return 0;
    for (; *p != '\0' && *p != mark[0]; p++)
        if (*p == '\\' && p[1] != '\0')
            p++;
    bool closed = strncmp (p, mark, width) == 0 && p > text + width;
    return closed ? (size_t) (p - text) + width : 0;
}

char *
bm_marked_content (const char *text, size_t length, const char *mark)
{
    size_t width = strlen (mark);
    char *inside = g_strndup (text + width, length - 2 * width), *content = bm_unescaped (inside);

    g_free (inside);
    return content;
}

const char *
bm_remark_end (const char *p)
{
    for (const char *q = p + 2; *q != '\0'; q++) {
        if (strncmp (q, "-->", 3) == 0)
            return q + 3;
        if (q >= p + 4 && strncmp (q, "<!--", 4) == 0)
            return NULL;
    }
    return NULL;
}

/* The bracket that closes the one at p; NULL if there is none. */
static const char *
closing (const char *p, char open, char close)
{
    int depth = 0;

    for (; *p != '\0'; p++) {
        if (*p == '\\' && g_ascii_ispunct (p[1]))
            p++;
        else if (*p == open)
            depth++;
        else if (*p == close && --depth == 0)
            return p;
    }
    return NULL;
}

/* A file name as it was meant: %20 is a blank, unless the result were no name. */
static char *
file_name (const char *written, size_t length)
{
    char *inside = g_strndup (written, length), *plain = bm_unescaped (inside);
    char *decoded = g_uri_unescape_string (plain, NULL);
    int dropped = 0;

    g_free (inside);
    if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL)) {
        g_free (decoded);
        decoded = g_strdup (plain);
    }
    char *clean = bm_clean_text (decoded, strlen (decoded), &dropped);
    char *name = dropped > 0 || strchr (clean, '\n') != NULL ? g_strdup (plain) : g_strdup (decoded);
    g_free (clean);
    g_free (plain);
    g_free (decoded);
    if (*name == '\0')
        g_clear_pointer (&name, g_free);
    return name;
}

/* <file name>, or a name without blanks. Returns what follows; NULL if it is neither. */
static const char *
match_file (const char *p, char **file)
{
    if (*p == '<') {
        const char *end = p + 1 + strcspn (p + 1, "<>\n");

        if (*end != '>')
            return NULL;
        *file = file_name (p + 1, (size_t) (end - p - 1));
        return end + 1;
    }
    const char *end = p;
    for (int depth = 0; *end != '\0' && strchr (" \t\n", *end) == NULL; end++) {
        if (*end == '\\' && g_ascii_ispunct (end[1]))
            end++;
        else if (*end == '(')
            depth++;
        else if (*end == ')' && depth-- == 0)
            break;
    }
    *file = file_name (p, (size_t) (end - p));
    return end;
}

/* The title in quotes, if there is one, joins the caption: nothing typed may vanish. */
static const char *
match_title (const char *p, GString *caption)
{
    const char *end;

    p += strspn (p, " \t\n");
    if (*p != '"' && *p != '\'')
        return p;
    for (end = p + 1; *end != '\0' && *end != *p; end++)
        if (*end == '\\' && g_ascii_ispunct (end[1]))
            end++;
    if (*end == '\0')
        return p;
    if (caption->len > 0 && end > p + 1)
        g_string_append (caption, "\xE3\x80\x80");
    g_string_append_len (caption, p + 1, end - p - 1);
    return end + 1 + strspn (end + 1, " \t\n");
}

bool
bm_match_image (const char **text, BmImageMark *image)
{
    const char *close = strncmp (*text, "![", 2) == 0 ? closing (*text + 1, '[', ']') : NULL;
    char *file = NULL;

    if (close == NULL || close[1] != '(')
        return false;
    const char *p = match_file (close + 2 + strspn (close + 2, " \t\n"), &file);
    GString *caption = g_string_new_len (*text + 2, close - *text - 2);
    p = p == NULL ? NULL : match_title (p, caption);
    if (p == NULL || *p != ')') {
        g_free (file);
        g_string_free (caption, TRUE);
        return false;
    }
    char *line = bm_one_line (caption->str);
    *image = (BmImageMark){ bm_unescaped (line), file };
    g_free (line);
    g_string_free (caption, TRUE);
    *text = p + 1;
    return true;
}
