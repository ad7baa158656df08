/* source.c — the body of a page as lines, and the skeleton that cmark divides into blocks.
 *
 * cmark finds the blocks: what continues a paragraph, which underline makes a heading, where a quotation ends. It
 * never sees the text. Each line is handed to it as what makes blocks of it, and an x for the rest: “## 标题” is
 * “## x”. So inline marks, link definitions, HTML and fences, none of which the form knows, cannot swallow text (a
 * definition “[a]: b” vanishes in CommonMark), nesting is one deep, and time is linear in the input, which cmark
 * 0.30.2 does not promise for “<?<?<?…” or thousands of nested lists.
 *
 * Indents mean nothing (rule 7), so a line indented by four blanks is text, not code. */
#include "edition/edition-private.h"

#include <string.h>

static bool
is_blank (char c)
{
    return c == ' ' || c == '\t';
}

/* At least `least` of these marks and nothing else but blanks. */
static bool
is_line_of (const char *line, char mark, int least)
{
    int n = 0;

    for (; *line != '\0'; line++) {
        if (*line == mark)
            n++;
        else if (!is_blank (*line))
            return false;
    }
    return n >= least;
}

/* Bytes of a list marker with a blank behind it; 0: none. */
static size_t
list_marker_length (const char *line)
{
    size_t digits = strspn (line, "0123456789");

    if (*line != '\0' && strchr ("-+*", *line) != NULL)
        return is_blank (line[1]) ? 1 : 0;
    if (digits == 0 || digits > 9 || (line[digits] != '.' && line[digits] != ')'))
        return 0;
    return is_blank (line[digits + 1]) ? digits + 1 : 0;
}

bool
bm_is_atx_heading (const char *line)
{
    size_t hashes = strspn (line, "#");

    return hashes >= 1 && hashes <= 6 && (line[hashes] == '\0' || is_blank (line[hashes]));
}

static void
append_skeleton (GString *out, const char *line)
{
    size_t hashes = strspn (line, "#"), marker = list_marker_length (line);

    if (is_line_of (line, '*', 3) || is_line_of (line, '-', 3))
        g_string_append (out, "***"); /* also right under text: rule 2 knows no heading underlined with --- */
    else if (*line != '\0' && line[strspn (line, "=")] == '\0')
        g_string_append (out, "===");
    else if (bm_is_atx_heading (line))
        g_string_append_printf (out, "%.*s%s", (int) hashes, line, line[hashes] == '\0' ? "" : " x");
    else if (*line == '>')
        g_string_append (out, "> x");
    else if (marker > 0)
        g_string_append_printf (out, "%.*s x", (int) marker, line);
    else if (*line != '\0')
        g_string_append_c (out, 'x');
    g_string_append_c (out, '\n');
}

/* The line without blanks at its ends; *column moves with it. */
static char *
stripped (char *line, int *column)
{
    char *end = line + strlen (line);

    for (; *line != '\0' && g_unichar_isspace (g_utf8_get_char (line)); (*column)++)
        line = g_utf8_next_char (line);
    while (end > line && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end)))) {
        end = g_utf8_prev_char (end);
        *end = '\0';
    }
    return line;
}

static int
count_newlines (const char *start, const char *end)
{
    int n = 0;

    for (; start < end; start++)
        n += *start == '\n' ? 1 : 0;
    return n;
}

/* A remark that opens a line, however many lines it has. Returns the text behind it, NULL if there is no remark. */
static char *
take_remark (char *text, GArray *lines, GString *skeleton, int *number, int *column)
{
    const char *end = strncmp (text, "<!--", 4) == 0 ? bm_remark_end (text) : NULL;

    if (end == NULL)
        return NULL;
    BmLine remark = { g_strndup (text, (gsize) (end - text)), *number, *column, true };
    g_array_append_val (lines, remark);
    g_string_append (skeleton, "<!---->\n");
    *number += count_newlines (text, end);
    *column += (int) g_utf8_strlen (text, end - text);
    return text + (end - text);
}

void
bm_source_open (BmSource *source, char *text, int first_line)
{
    GArray *lines = g_array_new (FALSE, TRUE, sizeof (BmLine));
    GString *skeleton = g_string_new (NULL);
    int number = first_line, column = 1;

    while (text != NULL) {
        /* Blanks before a remark: remarks are looked for before the line is cut off, since they may go on below. */
        for (; *text != '\n' && *text != '\0' && g_unichar_isspace (g_utf8_get_char (text)); column++)
            text = g_utf8_next_char (text);
        char *behind = take_remark (text, lines, skeleton, &number, &column);
        if (behind != NULL) {
            text = behind;
            continue;
        }
        char *end = strchr (text, '\n');
        if (end != NULL)
            *end = '\0';
        char *line = stripped (text, &column);
        BmLine entry = { g_strdup (line), number++, column, false };
        g_array_append_val (lines, entry);
        append_skeleton (skeleton, line);
        column = 1;
        text = end == NULL ? NULL : end + 1;
    }
    source->n_lines = (int) lines->len;
    source->lines = (BmLine *) (void *) g_array_free (lines, FALSE);
    source->skeleton = g_string_free (skeleton, FALSE);
}

void
bm_source_close (BmSource *source)
{
    for (int i = 0; i < source->n_lines; i++)
        g_free ((char *) source->lines[i].text);
    g_free (source->lines);
    g_free (source->skeleton);
}

char *
bm_source_text (const BmSource *source, int first, int end)
{
    GString *out = g_string_new (NULL);

    for (int i = first; i < end; i++)
        if (source->lines[i].text[0] != '\0')
            g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", source->lines[i].text);
    return g_string_free (out, FALSE);
}
