/* read-markdown.c — an edition file: its limits, its front matter, its body. */
#include "edition/edition-private.h"

#include <string.h>

#define MAX_LINE (64 * 1024) /* bytes; design/reliability.md §3 */

/* A line behind `text` that is --- and nothing else; NULL if there is none. */
static const char *
next_rule (const char *text)
{
    for (const char *line = text; line != NULL; line = strchr (line, '\n') == NULL ? NULL : strchr (line, '\n') + 1) {
        size_t length = strcspn (line, "\n");

        if (strncmp (line, "---", 3) == 0 && strspn (line + 3, " \t") == length - 3)
            return line;
    }
    return NULL;
}

/* Does what stands under a first --- look like YAML? A rule above plain text is no front matter. */
static bool
looks_like_front (const char *text, const char *end)
{
    while (text < end && *text == '#')
        text = strchr (text, '\n') + 1;
    if (text == end)
        return true;
    char *line = g_strndup (text, strcspn (text, "\n"));
    bool front = strchr ("-[{&*!?\"'|>%", *line) != NULL ? *line != '\0' : strchr (line, ':') != NULL || strstr (line, "：") != NULL;
    g_free (line);
    return front;
}

/* Bytes of the front matter with its --- lines, *start … *end the YAML in it; 0 if there is none. */
static size_t
front_length (const char *text, size_t *start, size_t *end)
{
    size_t first = strcspn (text, "\n");

    if (next_rule (text) != text || text[first] == '\0')
        return 0;
    const char *yaml = text + first + 1, *close = next_rule (yaml);
    if (close == NULL || !looks_like_front (yaml, close))
        return 0;
    const char *after = close + strcspn (close, "\n");
    *start = first + 1;
    *end = (size_t) (close - text);
    return (size_t) (after - text) + (*after == '\n' ? 1 : 0);
}

static bool
check_line_lengths (const char *file, const char *text, size_t length, BmDiags *diags)
{
    const char *end = text + length, *next;
    bool ok = true;
    int number = 1;

    for (const char *line = text; line < end; line = next + 1, number++) {
        next = memchr (line, '\n', (size_t) (end - line));
        next = next == NULL ? end : next;
        if (next - line > MAX_LINE) {
            bm_diag (diags, BM_ERROR, "BM0302", (BmSpan){ file, number, 1, 0 }, "break the line", "a line of %" G_GSIZE_FORMAT " bytes; 64 KiB is the most",
                     (gsize) (next - line));
            ok = false;
        }
    }
    return ok;
}

static int
count_lines (const char *text, size_t length)
{
    int n = 0;

    for (size_t i = 0; i < length; i++)
        n += text[i] == '\n' ? 1 : 0;
    return n;
}

static bool
read_page (BmEdition *edition, BmPage *page, char *text, BmDiags *diags)
{
    size_t start = 0, end = 0, front = front_length (text, &start, &end);

    if (front > 0 && !bm_read_front (edition, page, page->file, text + start, end - start, 2, diags))
        return false;
    bm_read_body (edition, page, text + front, 1 + count_lines (text, front));
    bm_page_settle_ids (edition, page, diags);
    if (page->n_items > 0)
        return true;
    bm_diag (diags, BM_ERROR, "BM0304", BM_IN_FILE (page->file), "write a headline: # …", "there is nothing to set");
    return false;
}

bool
bm_edition_read_markdown (BmEdition *edition, const char *file, const char *text, size_t length, BmDiags *diags)
{
    BmPage *page = bm_edition_add_page (edition);
    size_t bom = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    int dropped = 0;

    page->file = bm_arena_strdup (edition->arena, file);
    if (!check_line_lengths (page->file, text, length, diags))
        return false;
    char *clean = bm_clean_text (text + bom, length - bom, &dropped);
    bool ok = read_page (edition, page, clean, diags);
    if (dropped > 0)
        bm_diag (diags, BM_WARNING, "BM0303", BM_IN_FILE (page->file), "look at the text", "%d control characters were dropped", dropped);
    g_free (clean);
    return ok;
}
