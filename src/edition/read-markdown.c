/* read-markdown.c — the Markdown form of a page (corpora/recover/EDITION-FORMAT.md), on cmark's blocks and inlines.
 *
 * “No trap”: any text a person types is some page. What is not recognised as one of the form's pieces is a paragraph
 * and stays visible: lists, code and HTML keep their characters as they were typed. */
#include "edition/edition-private.h"

#include <cmark.h>
#include <string.h>

#define MAX_LINE (64 * 1024) /* bytes; reliability.md §3 */

typedef enum { EXPECT_NOTHING, IN_HEAD, IN_BODY } State;

typedef struct {
    BmEdition *edition;
    BmPage *page;
    BmItem *item;    /* NULL: the next block begins one */
    State state;
    const char *file;
    int line_offset; /* lines of front matter before cmark's line 1 */
    const char **lines;
    int n_lines;
    bool text_next;  /* 正文: the next paragraph is text */
    double ratio;    /* W:H waiting for its picture */
    int controls;    /* characters dropped */
} Reader;

/* ---- inline text ---- */

bool
bm_is_joined_by_space (gunichar before, gunichar after)
{
    bool latin_before = before < 0x80 && (g_ascii_isalnum ((char) before) || (before != 0 && strchr (",.;:", (int) before) != NULL));

    return latin_before && after < 0x80 && g_ascii_isalnum ((char) after);
}

static void
append_inlines (GString *out, cmark_node *parent)
{
    for (cmark_node *node = cmark_node_first_child (parent); node != NULL; node = cmark_node_next (node)) {
        const char *literal = cmark_node_get_literal (node);

        switch (cmark_node_get_type (node)) {
        case CMARK_NODE_TEXT:
        case CMARK_NODE_CODE:
            g_string_append (out, literal);
            break;
        case CMARK_NODE_HTML_INLINE:
            if (g_ascii_strncasecmp (literal, "<br", 3) == 0)
                g_string_append_c (out, '\n');
            else
                g_string_append (out, literal);
            break;
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
            g_string_append_c (out, '\n');
            break;
        case CMARK_NODE_IMAGE:
            g_string_append (out, "![");
            append_inlines (out, node);
            g_string_append_printf (out, "](%s)", cmark_node_get_url (node));
            break;
        case CMARK_NODE_LINK:
            append_inlines (out, node);
            break;
        default:
            append_inlines (out, node);
        }
    }
}

static char *
inline_text (cmark_node *node)
{
    GString *out = g_string_new (NULL);

    append_inlines (out, node);
    return g_string_free (out, FALSE);
}

/* U+3000 and blanks at the edges of each line go. */
static char *
trimmed (const char *text, size_t length)
{
    const char *start = text, *end = text + length;

    while (start < end && g_unichar_isspace (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
    while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
        end = g_utf8_prev_char (end);
    return g_strndup (start, (gsize) (end - start));
}

/* Rule 7: lines of a paragraph join without a blank between Chinese characters. */
static char *
joined (const char *text)
{
    GString *out = g_string_new (NULL);
    char **lines = g_strsplit (text, "\n", -1);

    for (int i = 0; lines[i] != NULL; i++) {
        char *line = trimmed (lines[i], strlen (lines[i]));

        if (out->len > 0 && *line != '\0' &&
            bm_is_joined_by_space (g_utf8_get_char (g_utf8_prev_char (out->str + out->len)), g_utf8_get_char (line)))
            g_string_append_c (out, ' ');
        g_string_append (out, line);
        g_free (line);
    }
    g_strfreev (lines);
    return g_string_free (out, FALSE);
}

/* The lines of a block, each trimmed, none joined. */
static char *
kept_lines (const char *text)
{
    GString *out = g_string_new (NULL);
    char **lines = g_strsplit (text, "\n", -1);

    for (int i = 0; lines[i] != NULL; i++) {
        char *line = trimmed (lines[i], strlen (lines[i]));

        if (*line != '\0')
            g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", line);
        g_free (line);
    }
    g_strfreev (lines);
    return g_string_free (out, FALSE);
}

/* ---- items ---- */

static BmSpan
place_of (const Reader *reader, cmark_node *node)
{
    return (BmSpan){ reader->file, cmark_node_get_start_line (node) + reader->line_offset, MAX (cmark_node_get_start_column (node), 1), 0 };
}

static void
start_item (Reader *reader, cmark_node *node)
{
    reader->item = bm_page_add_item (reader->edition, reader->page);
    reader->item->where = place_of (reader, node);
    reader->state = IN_HEAD;
}

static void
need_item (Reader *reader, cmark_node *node)
{
    if (reader->item == NULL)
        start_item (reader, node);
}

static bool
has_paragraph (const BmItem *item)
{
    for (int i = 0; i < item->n_blocks; i++)
        if (item->blocks[i].kind == BM_BLOCK_PARAGRAPH)
            return true;
    return false;
}

static void
add_block (Reader *reader, cmark_node *node, BmBlockKind kind, const char *text)
{
    BmBlock *block = bm_item_add_block (reader->edition, reader->item, kind, text);

    block->where = place_of (reader, node);
    reader->state = IN_BODY;
}

/* ---- headings (rules 3 and 4) ---- */

static void
add_headline_lines (Reader *reader, const char *text)
{
    char **lines = g_strsplit (text, "\n", -1);

    for (int i = 0; lines[i] != NULL; i++) {
        char *line = trimmed (lines[i], strlen (lines[i]));
        size_t length = strlen (line);

        if (length > 1 && line[length - 1] == '\\')
            line[length - 1] = '\0';
        if (*line != '\0')
            bm_item_add_headline (reader->edition, reader->item, line);
        g_free (line);
    }
    g_strfreev (lines);
}

/* Does this run of headings lead to a # line? */
static bool
leads_to_headline (cmark_node *node)
{
    for (node = cmark_node_next (node); node != NULL && cmark_node_get_type (node) == CMARK_NODE_HEADING; node = cmark_node_next (node))
        if (cmark_node_get_heading_level (node) == 1)
            return true;
    return false;
}

static const char *
appended (Reader *reader, const char *before, const char *text)
{
    return before == NULL ? bm_arena_strdup (reader->edition->arena, text)
                          : bm_arena_printf (reader->edition->arena, "%s\xE3\x80\x80%s", before, text);
}

static void
read_minor_heading (Reader *reader, cmark_node *node, int level, const char *text)
{
    BmItem *item = reader->item;
    bool in_head = item != NULL && reader->state == IN_HEAD;

    if (level == 2 && leads_to_headline (node) && !(in_head && item->n_headline > 0)) {
        if (!in_head)
            start_item (reader, node);
        reader->item->kicker = appended (reader, reader->item->kicker, text);
    } else if (level == 2 && in_head && item->n_headline > 0) {
        item->subhead = appended (reader, item->subhead, text);
    } else if (level == 2 && item == NULL) {
        start_item (reader, node);
        reader->item->kicker = appended (reader, NULL, text);
    } else {
        need_item (reader, node);
        add_block (reader, node, BM_BLOCK_CROSSHEAD, text);
    }
}

static void
read_heading (Reader *reader, cmark_node *node)
{
    int level = cmark_node_get_heading_level (node);
    char *raw = inline_text (node);

    if (level == 1) {
        if (reader->item == NULL || reader->state != IN_HEAD || reader->item->subhead != NULL)
            start_item (reader, node);
        add_headline_lines (reader, raw);
    } else {
        char *text = joined (raw);

        if (*text != '\0')
            read_minor_heading (reader, node, level, text);
        g_free (text);
    }
    g_free (raw);
}

/* ---- pictures and ads (rules 8 and 9) ---- */

static void
add_picture (Reader *reader, cmark_node *paragraph, const char *caption, const char *url)
{
    BmItem *item = reader->item;
    const char *file = *url != '\0' ? url : NULL;

    if (bm_matches_ad (caption)) {
        item->kind = BM_ITEM_AD;
        add_block (reader, paragraph, BM_BLOCK_PARAGRAPH, caption);
        if (file == NULL)
            return;
        caption = "";
    }
    BmPicture *picture = bm_item_add_picture (reader->edition, item, *caption != '\0' ? caption : NULL, file);
    picture->where = place_of (reader, paragraph);
    picture->ratio = reader->ratio;
    reader->ratio = 0;
    reader->state = IN_BODY;
}

/* A paragraph that is one image, or several. */
static bool
read_pictures (Reader *reader, cmark_node *paragraph)
{
    for (cmark_node *node = cmark_node_first_child (paragraph); node != NULL; node = cmark_node_next (node))
        if (cmark_node_get_type (node) != CMARK_NODE_IMAGE && cmark_node_get_type (node) != CMARK_NODE_SOFTBREAK)
            return false;
    for (cmark_node *node = cmark_node_first_child (paragraph); node != NULL; node = cmark_node_next (node)) {
        if (cmark_node_get_type (node) != CMARK_NODE_IMAGE)
            continue;
        char *raw = inline_text (node), *caption = joined (raw);
        const char *url = cmark_node_get_url (node);
        char *decoded = g_uri_unescape_string (url, "/");

        add_picture (reader, paragraph, caption, decoded != NULL ? decoded : url);
        g_free (decoded);
        g_free (caption);
        g_free (raw);
    }
    return true;
}

/* ---- tables (rule 11) ---- */

static bool
is_separator_cell (const char *cell)
{
    const char *p = cell + (*cell == ':' ? 1 : 0);
    size_t dashes = strspn (p, "-");

    return dashes > 0 && (p[dashes] == '\0' || strcmp (p + dashes, ":") == 0);
}

/* Split at | that no backslash guards; the outer ones bound the row. */
static void
read_row (Reader *reader, const char *line, GArray *rows)
{
    GPtrArray *cells = g_ptr_array_new ();
    GString *cell = g_string_new (NULL);
    bool all_separators = true;
    char *row = trimmed (line, strlen (line));
    size_t length = strlen (row);

    if (length > 1 && row[length - 1] == '|' && row[length - 2] != '\\')
        row[length - 1] = '\0';
    for (const char *p = row + 1;; p++) {
        if (*p == '\\' && p[1] == '|') {
            g_string_append_c (cell, '|');
            p++;
        } else if (*p == '|' || *p == '\0') {
            char *text = trimmed (cell->str, cell->len);

            all_separators = all_separators && is_separator_cell (text);
            g_ptr_array_add (cells, bm_arena_strdup (reader->edition->arena, text));
            g_free (text);
            g_string_truncate (cell, 0);
            if (*p == '\0')
                break;
        } else {
            g_string_append_c (cell, *p);
        }
    }
    BmTableRow read = { (int) cells->len, bm_arena_copy (reader->edition->arena, cells->pdata, cells->len, sizeof (gpointer)) };
    if (!all_separators)
        g_array_append_val (rows, read);
    g_ptr_array_free (cells, TRUE);
    g_string_free (cell, TRUE);
    g_free (row);
}

static bool
read_table (Reader *reader, cmark_node *node, const char *text)
{
    char **lines = g_strsplit (text, "\n", -1);
    bool table = true;

    for (int i = 0; lines[i] != NULL; i++)
        table = table && lines[i][0] == '|' && strlen (lines[i]) > 1;
    if (table) {
        GArray *rows = g_array_new (FALSE, TRUE, sizeof (BmTableRow));

        for (int i = 0; lines[i] != NULL; i++)
            read_row (reader, lines[i], rows);
        add_block (reader, node, BM_BLOCK_TABLE, NULL);
        BmBlock *block = &reader->item->blocks[reader->item->n_blocks - 1];
        block->n_rows = (int) rows->len;
        block->rows = bm_arena_copy (reader->edition->arena, rows->data, rows->len, sizeof (BmTableRow));
        g_array_free (rows, TRUE);
    }
    g_strfreev (lines);
    return table;
}

/* ---- paragraphs (rules 5, 6, 7, 12) ---- */

/* The whole paragraph in emphasis: a byline of any wording. */
static bool
read_emphasis (Reader *reader, cmark_node *node)
{
    cmark_node *only = cmark_node_first_child (node);
    BmItem *item = reader->item;

    if (only == NULL || cmark_node_next (only) != NULL || cmark_node_get_type (only) != CMARK_NODE_EMPH || item->byline != NULL)
        return false;
    char *raw = inline_text (only), *lines = kept_lines (raw);
    bm_item_set_byline (reader->edition, item, lines, has_paragraph (item) ? BM_BYLINE_END : BM_BYLINE_HEAD);
    g_free (lines);
    g_free (raw);
    return true;
}

/* Bold at the head of the first paragraph: the dateline. The node is taken out of the paragraph. */
static void
take_bold_dateline (Reader *reader, cmark_node *node)
{
    cmark_node *first = cmark_node_first_child (node);

    if (first == NULL || cmark_node_get_type (first) != CMARK_NODE_STRONG || reader->item->dateline != NULL)
        return;
    char *raw = inline_text (first), *text = joined (raw);
    reader->item->dateline = bm_arena_strdup (reader->edition->arena, text);
    cmark_node_free (first);
    g_free (raw);
    g_free (text);
}

/* What runs in with the first paragraph: a plain dateline, a byline in brackets. Returns the text behind them. */
static const char *
take_openings (Reader *reader, const char *text)
{
    BmItem *item = reader->item;
    int name = 0, start = 0, end = 0;
    int length = item->dateline == NULL ? bm_dateline_length (text, &name) : 0;

    if (length > 0) {
        item->dateline = bm_arena_strndup (reader->edition->arena, text, (size_t) name);
        text += length;
    }
    length = item->byline == NULL ? bm_inline_byline_length (text, &start, &end) : 0;
    if (length > 0 && text[length] != '\0') {
        char *byline = g_strndup (text + start, (gsize) (end - start));

        bm_item_set_byline (reader->edition, item, byline, BM_BYLINE_INLINE);
        g_free (byline);
        text += length;
    }
    return text;
}

static void
read_text (Reader *reader, cmark_node *node, bool plain)
{
    BmItem *item = reader->item;
    bool first = !has_paragraph (item) && item->kind != BM_ITEM_AD;

    if (first)
        take_bold_dateline (reader, node);
    char *raw = inline_text (node), *text = joined (raw);
    const char *rest = first && !plain ? take_openings (reader, text) : text;
    if (*rest != '\0')
        add_block (reader, node, BM_BLOCK_PARAGRAPH, rest);
    reader->state = IN_BODY;
    g_free (text);
    g_free (raw);
}

static bool
starts_bold (cmark_node *node)
{
    cmark_node *first = cmark_node_first_child (node);

    return first != NULL && cmark_node_get_type (first) == CMARK_NODE_STRONG;
}

static bool
read_special (Reader *reader, cmark_node *node, const char *lines)
{
    BmItem *item = reader->item;

    if (!has_paragraph (item) && item->byline == NULL && item->kind != BM_ITEM_AD && !starts_bold (node) && bm_is_byline_block (lines)) {
        bm_item_set_byline (reader->edition, item, lines, BM_BYLINE_HEAD);
        reader->state = IN_BODY;
        return true;
    }
    if (bm_matches_jump_to (lines) && item->jump_to == NULL) {
        item->jump_to = bm_arena_strdup (reader->edition->arena, lines);
        return true;
    }
    if (bm_matches_jump_from (lines) && item->jump_from == NULL) {
        item->jump_from = bm_arena_strdup (reader->edition->arena, lines);
        return true;
    }
    return false;
}

static bool
is_remark (const char *html)
{
    return g_str_has_prefix (html, "<!--");
}

/* Remarks inside a paragraph act and vanish. */
static void
take_inline_remarks (Reader *reader, cmark_node *node)
{
    cmark_node *child = cmark_node_first_child (node);

    while (child != NULL) {
        cmark_node *next = cmark_node_next (child);
        const char *literal = cmark_node_get_literal (child);

        if (cmark_node_get_type (child) == CMARK_NODE_HTML_INLINE && is_remark (literal) && strlen (literal) >= 7) {
            char *remark = g_strndup (literal + 4, strlen (literal) - 7);

            bm_apply_remark (reader->edition, reader->item, remark, &reader->ratio);
            cmark_node_unlink (child);
            cmark_node_free (child);
            g_free (remark);
        }
        child = next;
    }
}

/* The source lines of a block, for what Markdown would change: tables. */
static char *
source_of (const Reader *reader, cmark_node *node)
{
    GString *out = g_string_new (NULL);

    for (int i = cmark_node_get_start_line (node); i <= cmark_node_get_end_line (node) && i <= reader->n_lines; i++)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", reader->lines[i - 1]);
    return g_string_free (out, FALSE);
}

static void
read_paragraph (Reader *reader, cmark_node *node)
{
    bool plain = reader->text_next;

    need_item (reader, node);
    reader->text_next = false;
    take_inline_remarks (reader, node);
    char *source = source_of (reader, node);
    bool done = source[0] == '|' && read_table (reader, node, source);
    g_free (source);
    if (done || (!plain && (read_pictures (reader, node) || read_emphasis (reader, node))))
        return;
    char *raw = inline_text (node), *lines = kept_lines (raw);
    if (plain || !read_special (reader, node, lines))
        read_text (reader, node, plain);
    g_free (lines);
    g_free (raw);
}

/* ---- the other blocks ---- */

static void
read_html (Reader *reader, cmark_node *node)
{
    const char *html = cmark_node_get_literal (node), *at = html;

    need_item (reader, node);
    while (is_remark (at)) {
        const char *end = strstr (at, "-->");
        char *remark = g_strndup (at + 4, end == NULL ? strlen (at + 4) : (gsize) MAX (end - at - 4, 0));

        if (bm_apply_remark (reader->edition, reader->item, remark, &reader->ratio)) {
            reader->text_next = true;
            reader->state = IN_BODY;
        }
        g_free (remark);
        at = end == NULL ? "" : end + 3;
        at += strspn (at, " \t\r\n");
    }
    char *rest = joined (at);
    if (*rest != '\0')
        add_block (reader, node, BM_BLOCK_PARAGRAPH, rest);
    g_free (rest);
}

static void
append_block_text (GString *out, cmark_node *node)
{
    for (cmark_node *child = cmark_node_first_child (node); child != NULL; child = cmark_node_next (child)) {
        cmark_node_type type = cmark_node_get_type (child);

        if (out->len > 0)
            g_string_append_c (out, '\n');
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
            append_inlines (out, child);
        else if (cmark_node_get_literal (child) != NULL)
            g_string_append (out, cmark_node_get_literal (child));
        else
            append_block_text (out, child);
    }
}

static void
read_quote (Reader *reader, cmark_node *node)
{
    GString *raw = g_string_new (NULL);

    need_item (reader, node);
    append_block_text (raw, node);
    char *text = joined (raw->str);
    if (*text != '\0')
        add_block (reader, node, bm_matches_note (text) ? BM_BLOCK_NOTE : BM_BLOCK_PULLQUOTE, text);
    g_free (text);
    g_string_free (raw, TRUE);
}

/* Lists and code: each source line as it was typed is a paragraph. */
static void
read_source_lines (Reader *reader, cmark_node *node)
{
    char *source = source_of (reader, node);
    char **lines = g_strsplit (source, "\n", -1);

    need_item (reader, node);
    for (int i = 0; lines[i] != NULL; i++) {
        char *line = trimmed (lines[i], strlen (lines[i]));

        if (*line != '\0')
            add_block (reader, node, BM_BLOCK_PARAGRAPH, line);
        g_free (line);
    }
    g_strfreev (lines);
    g_free (source);
}

static void
read_block (Reader *reader, cmark_node *node)
{
    switch (cmark_node_get_type (node)) {
    case CMARK_NODE_THEMATIC_BREAK:
        reader->item = NULL;
        break;
    case CMARK_NODE_HEADING:
        read_heading (reader, node);
        break;
    case CMARK_NODE_PARAGRAPH:
        read_paragraph (reader, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        read_html (reader, node);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        read_quote (reader, node);
        break;
    default:
        read_source_lines (reader, node);
    }
}

static void
finish_items (Reader *reader)
{
    for (int i = 0; i < reader->page->n_items; i++) {
        BmItem *item = reader->page->items[i];

        if (item->n_pictures > 0 && !has_paragraph (item) && item->kind == BM_ITEM_STORY)
            item->kind = BM_ITEM_PHOTO;
    }
}

/* ---- the text before cmark sees it ---- */

/* Bytes of the front matter with its --- lines; 0 if there is none. */
static size_t
front_length (const char *text, size_t *start, size_t *end)
{
    *start = g_str_has_prefix (text, "\xEF\xBB\xBF") ? 3 : 0;
    if (!g_str_has_prefix (text + *start, "---\n"))
        return 0;
    *start += 4;
    if (g_str_has_prefix (text + *start, "---\n")) {
        *end = *start;
        return *start + 4;
    }
    const char *close = strstr (text + *start, "\n---\n");
    if (close == NULL && g_str_has_suffix (text, "\n---"))
        close = text + strlen (text) - 4;
    if (close == NULL)
        return 0;
    *end = (size_t) (close - text) + 1;
    return MIN (*end + 4, strlen (text));
}

/* Control characters cannot be printed and would be lost without a word: counted. Line ends become \n. */
static char *
cleaned (Reader *reader, const char *text, size_t length)
{
    GString *out = g_string_sized_new (length + 1);

    for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (c == '\r') {
            if (p[1] != '\n')
                g_string_append_c (out, '\n');
        } else if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
                   (c >= 0x2066 && c <= 0x2069)) {
            reader->controls++;
        } else {
            g_string_append_unichar (out, c);
        }
    }
    return g_string_free (out, FALSE);
}

static bool
check_lines (Reader *reader, char *text, BmDiags *diags)
{
    GPtrArray *lines = g_ptr_array_new ();
    int number = reader->line_offset;
    bool ok = true;

    for (char *line = text; line != NULL; number++) {
        char *end = strchr (line, '\n');

        if ((end == NULL ? strlen (line) : (size_t) (end - line)) > MAX_LINE) {
            bm_diag (diags, BM_ERROR, "BM0302", (BmSpan){ reader->file, number + 1, 1, 0 }, "break the line", "a line of more than 64 KiB");
            ok = false;
        }
        if (end != NULL)
            *end = '\0';
        g_ptr_array_add (lines, line);
        line = end == NULL ? NULL : end + 1;
    }
    reader->n_lines = (int) lines->len;
    reader->lines = bm_arena_copy (reader->edition->arena, lines->pdata, lines->len, sizeof (gpointer));
    g_ptr_array_free (lines, TRUE);
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
read_body (Reader *reader, const char *body, BmDiags *diags)
{
    char *lines = g_strdup (body);
    bool ok = check_lines (reader, lines, diags);

    if (ok) {
        cmark_node *document = cmark_parse_document (body, strlen (body), CMARK_OPT_DEFAULT);

        for (cmark_node *node = cmark_node_first_child (document); node != NULL; node = cmark_node_next (node))
            read_block (reader, node);
        cmark_node_free (document);
    }
    g_free (lines);
    finish_items (reader);
    return ok;
}

bool
bm_edition_read_markdown (BmEdition *edition, const char *file, const char *text, size_t length, BmDiags *diags)
{
    Reader reader = { .edition = edition, .file = bm_arena_strdup (edition->arena, file) };
    char *clean = cleaned (&reader, text, length);
    size_t start = 0, end = 0, front = front_length (clean, &start, &end);
    bool ok = true;

    reader.page = bm_edition_add_page (edition);
    reader.page->file = reader.file;
    if (front > 0) {
        ok = bm_read_front (edition, reader.page, reader.file, clean + start, end - start, 2, diags);
        reader.line_offset = count_lines (clean, front);
    } else if (start == 3) {
        front = 3;
    }
    ok = ok && read_body (&reader, clean + front, diags);
    if (reader.controls > 0)
        bm_diag (diags, BM_WARNING, "BM0303", BM_IN_FILE (reader.file), "look at the text", "%d control characters were dropped",
                 reader.controls);
    if (ok && reader.page->n_items == 0) {
        bm_diag (diags, BM_ERROR, "BM0304", BM_IN_FILE (reader.file), "write a headline: # …", "there is nothing to set");
        ok = false;
    }
    g_free (clean);
    return ok;
}
