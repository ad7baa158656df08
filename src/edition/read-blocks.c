/* read-blocks.c — the body of a page in Markdown (corpora/recover/EDITION-FORMAT.md), on cmark's blocks.
 *
 * “No trap”: any text a person types is some page. What is not recognised as one of the form's pieces is a paragraph
 * and stays visible: lists, links, HTML and stray marks keep their characters as they were typed. Every line of the
 * body belongs to exactly one block: a block reaches from its first line to the next block's, whatever cmark says of
 * its end. */
#include "edition/edition-private.h"

#include <cmark.h>
#include <string.h>

typedef enum { IN_HEAD, IN_BODY } State;

/* A text that grows piece by piece, in the arena, in linear time. */
typedef struct {
    char *text;
    size_t length, room;
} Growing;

typedef struct {
    BmEdition *edition;
    BmPage *page;
    const char *file;
    BmSource source;
    cmark_node *last_head; /* the last # of this run of headings, if it is still to come */
    BmItem *item;          /* NULL: the next block begins one */
    State state;           /* of the item: only headings and remarks so far? */
    bool headline_seen;    /* a # line, even an empty one */
    bool text_seen;        /* a paragraph */
    bool text_story;       /* 文字稿 */
    Growing kicker, subhead;
    BmRemarkEffect effect; /* waiting for its block */
} Reader;

/* Lines first … end − 1 of the source. */
typedef struct {
    int first, end;
} Range;

/* ---- items ---- */

static BmSpan
place_of (const Reader *reader, Range range)
{
    const BmLine *line = &reader->source.lines[range.first];

    return (BmSpan){ reader->file, line->line, line->column, 0 };
}

/* A ratio that no picture took is said of the picture before it. */
static void
finish_item (Reader *reader)
{
    BmItem *item = reader->item;

    if (item == NULL)
        return;
    if (reader->effect.ratio > 0 && item->n_pictures > 0 && bm_pt_equal (item->pictures[item->n_pictures - 1].ratio, 0))
        item->pictures[item->n_pictures - 1].ratio = reader->effect.ratio;
    if (item->kind == BM_ITEM_STORY && item->n_pictures > 0 && item->n_blocks == 0 && !reader->text_story)
        item->kind = BM_ITEM_PHOTO; /* rule 8 */
    reader->effect = (BmRemarkEffect){ .next = BM_NEXT_ANY };
    reader->item = NULL;
}

static void
start_item (Reader *reader, Range range)
{
    finish_item (reader);
    reader->item = bm_page_add_item (reader->edition, reader->page);
    reader->item->where = place_of (reader, range);
    reader->state = IN_HEAD;
    reader->headline_seen = reader->text_seen = reader->text_story = false;
    reader->kicker = reader->subhead = (Growing){ NULL, 0, 0 };
}

static void
need_item (Reader *reader, Range range)
{
    if (reader->item == NULL)
        start_item (reader, range);
}

static BmBlock *
add_block (Reader *reader, Range range, BmBlockKind kind, const char *text)
{
    BmBlock *block = bm_item_add_block (reader->edition, reader->item, kind, text);

    block->where = place_of (reader, range);
    reader->state = IN_BODY;
    if (kind == BM_BLOCK_PARAGRAPH) {
        /* A byline that stood behind a picture stood before the text after all. */
        if (!reader->text_seen && reader->item->byline_place == BM_BYLINE_END)
            reader->item->byline_place = BM_BYLINE_HEAD;
        reader->text_seen = true;
    }
    return block;
}

static void
apply_remark (Reader *reader, const char *remark)
{
    size_t length = strlen (remark);
    char *inside = length >= 7 ? g_strndup (remark + 4, length - 7) : g_strdup ("");

    bm_apply_remark (reader->edition, reader->item, inside, &reader->effect);
    reader->text_story = reader->text_story || reader->effect.text_story;
    reader->effect.text_story = false;
    if (reader->effect.next == BM_NEXT_TEXT)
        reader->state = IN_BODY;
    g_free (inside);
}

/* Remarks inside a block act and vanish: they are cut out of *text. */
static GPtrArray *
cut_remarks (char **text)
{
    GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);
    GString *rest = g_string_new (NULL);

    for (const char *p = *text; *p != '\0';) {
        const char *end = strncmp (p, "<!--", 4) == 0 && !bm_is_escaped (*text, p) ? bm_remark_end (p) : NULL;

        if (end != NULL)
            g_ptr_array_add (remarks, g_strndup (p, (gsize) (end - p)));
        else
            g_string_append_c (rest, *p);
        p = end != NULL ? end : p + 1;
    }
    g_free (*text);
    *text = g_string_free (rest, FALSE);
    return remarks;
}

static void
apply_remarks (Reader *reader, Range range, GPtrArray *remarks)
{
    if (remarks->len > 0)
        need_item (reader, range);
    for (guint i = 0; i < remarks->len; i++)
        apply_remark (reader, g_ptr_array_index (remarks, i));
    g_ptr_array_free (remarks, TRUE);
}

/* ---- headings (rules 3 and 4) ---- */

static void
grow (Reader *reader, Growing *text, const char **field, const char *more)
{
    const char *between = text->length > 0 ? "\xE3\x80\x80" : "";
    size_t gap = strlen (between), length = strlen (more);

    if (text->length + gap + length + 1 > text->room) {
        text->room = 2 * (text->length + gap + length) + 1;
        char *larger = bm_arena_new0 (reader->edition->arena, char, text->room);

        if (text->length > 0)
            memcpy (larger, text->text, text->length);
        text->text = larger;
    }
    memcpy (text->text + text->length, between, gap);
    memcpy (text->text + text->length + gap, more, length + 1);
    text->length += gap + length;
    *field = text->text;
}

/* “## 标题 ##” → “标题”. */
static char *
heading_content (const char *line)
{
    const char *start = line + strspn (line, "#"), *end;
    char *content = bm_trimmed (start, strlen (start));
    size_t length = strlen (content);

    for (end = content + length; end > content && end[-1] == '#';)
        end--;
    if (end < content + length && (end == content || end[-1] == ' ' || end[-1] == '\t'))
        content[end - content] = '\0';
    char *trimmed = bm_trimmed (content, strlen (content));
    g_free (content);
    return trimmed;
}

/* Bytes of <br>, <br/> or <br /> at p; 0: none. */
static size_t
break_length (const char *p)
{
    if (g_ascii_strncasecmp (p, "<br", 3) != 0)
        return 0;
    size_t length = 3 + strspn (p + 3, " ");
    length += p[length] == '/' ? 1 : 0;
    return p[length] == '>' ? length + 1 : 0;
}

/* In a heading <br> ends a line. */
static char *
with_breaks (const char *text)
{
    GString *out = g_string_new (NULL);

    for (const char *p = text; *p != '\0';) {
        size_t length = bm_is_escaped (text, p) ? 0 : break_length (p);

        g_string_append_c (out, length > 0 ? '\n' : *p);
        p += MAX (length, 1);
    }
    return g_string_free (out, FALSE);
}

/* The text of a heading: the line behind its marks, or the lines above an underline. */
static char *
heading_source (Reader *reader, Range range)
{
    const char *first = reader->source.lines[range.first].text;

    if (bm_is_atx_heading (first))
        return g_strdup (first);
    while (range.end > range.first && reader->source.lines[range.end - 1].text[0] == '\0')
        range.end--;
    return bm_source_text (&reader->source, range.first, range.end - 1);
}

static void
read_headline (Reader *reader, Range range, const char *text)
{
    char *kept = bm_source_kept_lines (text), **lines = g_strsplit (kept, "\n", -1);
    bool empty = *kept == '\0';

    /* An empty # stands for a headline without lines; under a body it is nothing. */
    if (reader->item == NULL || (!empty && (reader->state != IN_HEAD || reader->item->subhead != NULL)))
        start_item (reader, range);
    for (int i = 0; lines[i] != NULL; i++)
        bm_item_add_headline (reader->edition, reader->item, lines[i]);
    g_strfreev (lines);
    g_free (kept);
    reader->headline_seen = reader->headline_seen || reader->state == IN_HEAD;
}

static void
read_minor_heading (Reader *reader, Range range, int level, const char *text)
{
    BmItem *item = reader->item;
    bool in_head = item != NULL && reader->state == IN_HEAD, leads = reader->last_head != NULL;

    if (level == 2 && leads && !(in_head && reader->headline_seen)) {
        if (!in_head)
            start_item (reader, range);
        grow (reader, &reader->kicker, &reader->item->kicker, text);
    } else if (level == 2 && in_head && reader->headline_seen) {
        grow (reader, &reader->subhead, &item->subhead, text);
    } else if (level == 2 && item == NULL) {
        start_item (reader, range);
        grow (reader, &reader->kicker, &reader->item->kicker, text);
    } else {
        need_item (reader, range);
        add_block (reader, range, BM_BLOCK_CROSSHEAD, text);
    }
}

/* The last # of the run of headings that begins here. */
static cmark_node *
last_head_of_run (cmark_node *node)
{
    cmark_node *last = NULL;

    for (; node != NULL && cmark_node_get_type (node) == CMARK_NODE_HEADING; node = cmark_node_next (node))
        if (cmark_node_get_heading_level (node) == 1)
            last = node;
    return last;
}

static bool
begins_run (cmark_node *node)
{
    cmark_node *before = cmark_node_previous (node);

    return before == NULL || cmark_node_get_type (before) != CMARK_NODE_HEADING;
}

static void
read_heading (Reader *reader, cmark_node *node, Range range)
{
    int level = cmark_node_get_heading_level (node);
    bool atx = bm_is_atx_heading (reader->source.lines[range.first].text);
    char *source = heading_source (reader, range);
    GPtrArray *remarks = cut_remarks (&source);
    char *content = atx ? heading_content (source) : g_strdup (source), *text = with_breaks (content);
    char *line = bm_source_paragraph (text);

    if (begins_run (node))
        reader->last_head = last_head_of_run (node);
    if (node == reader->last_head)
        reader->last_head = NULL;
    reader->effect.next = BM_NEXT_ANY;
    if (level == 1)
        read_headline (reader, range, text);
    else if (*line != '\0')
        read_minor_heading (reader, range, level, line);
    apply_remarks (reader, range, remarks);
    g_free (line);
    g_free (text);
    g_free (content);
    g_free (source);
}

/* ---- pictures and ads (rules 8 and 9) ---- */

static void
add_picture (Reader *reader, Range range, const BmImageMark *image, BmNext next)
{
    BmItem *item = reader->item;
    const char *caption = image->caption;

    if (next != BM_NEXT_PICTURE && bm_matches_ad (caption)) {
        item->kind = BM_ITEM_AD;
        add_block (reader, range, BM_BLOCK_PARAGRAPH, caption);
        if (image->file == NULL)
            return;
        caption = "";
    }
    BmPicture *picture = bm_item_add_picture (reader->edition, item, *caption != '\0' ? caption : NULL, image->file);
    picture->where = place_of (reader, range);
    picture->ratio = reader->effect.ratio;
    reader->effect.ratio = 0;
    reader->state = IN_BODY;
}

/* A paragraph of one image, or of several. */
static bool
read_pictures (Reader *reader, Range range, const char *source, BmNext next)
{
    GArray *images = g_array_new (FALSE, FALSE, sizeof (BmImageMark));
    const char *p = source;
    BmImageMark image;

    while (*p != '\0' && bm_match_image (&p, &image)) {
        g_array_append_val (images, image);
        p += strspn (p, " \t\n");
    }
    bool only_images = *p == '\0' && images->len > 0;
    for (guint i = 0; i < images->len; i++) {
        BmImageMark *one = &g_array_index (images, BmImageMark, i);

        if (only_images)
            add_picture (reader, range, one, next);
        g_free (one->caption);
        g_free (one->file);
    }
    g_array_free (images, TRUE);
    return only_images;
}

/* ---- paragraphs (rules 5, 6, 7, 12) ---- */

/* The whole paragraph in emphasis: a byline of any wording, at the head or at the end. */
static bool
read_emphasis (Reader *reader, const char *source)
{
    BmItem *item = reader->item;
    const char *mark = *source == '_' ? "_" : "*";
    size_t length = bm_marked_length (source, mark);

    if (length == 0 || source[length] != '\0' || item->byline != NULL)
        return false;
    char *inside = g_strndup (source + 1, length - 2), *lines = bm_source_kept_lines (inside);
    bool at_end = item->n_blocks > 0 || item->n_pictures > 0;
    bool done = *lines != '\0';
    if (done)
        bm_item_set_byline (reader->edition, item, lines, at_end ? BM_BYLINE_END : BM_BYLINE_HEAD);
    reader->state = IN_BODY;
    g_free (lines);
    g_free (inside);
    return done;
}

/* A jump line, once each. */
static bool
read_jump (Reader *reader, const char *text, bool to)
{
    const char **jump = to ? &reader->item->jump_to : &reader->item->jump_from;

    if (*jump != NULL || *text == '\0')
        return false;
    *jump = bm_arena_strdup (reader->edition->arena, text);
    reader->state = IN_BODY;
    return true;
}

/* A plain byline, a jump line. */
static bool
read_special (Reader *reader, const char *source)
{
    BmItem *item = reader->item;
    char *lines = bm_source_kept_lines (source), *text = bm_source_paragraph (source);
    bool may_be_byline = !reader->text_seen && item->byline == NULL && item->kind != BM_ITEM_AD;
    bool done = may_be_byline && bm_is_byline_block (lines);

    if (done) {
        bm_item_set_byline (reader->edition, item, lines, BM_BYLINE_HEAD);
        reader->state = IN_BODY;
    } else {
        done = (bm_matches_jump_to (text) && read_jump (reader, text, true)) ||
               (bm_matches_jump_from (text) && read_jump (reader, text, false));
    }
    g_free (text);
    g_free (lines);
    return done;
}

static const char *
skip_blanks (const char *text)
{
    while (g_unichar_isspace (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
    return text;
}

/* What is marked at the head of the first paragraph: the dateline in bold, behind it a byline in brackets and emphasis.
 * Returns the source behind them. */
static const char *
take_marked (Reader *reader, const char *source)
{
    BmItem *item = reader->item;
    const char *mark = g_str_has_prefix (source, "__") ? "__" : "**";
    size_t length = item->dateline == NULL ? bm_marked_length (source, mark) : 0;

    if (length > 0) {
        char *inside = bm_marked_content (source, length, mark), *line = bm_one_line (inside);

        item->dateline = bm_arena_strdup (reader->edition->arena, line);
        source = skip_blanks (source + length);
        g_free (line);
        g_free (inside);
    }
    length = item->byline == NULL ? bm_marked_length (source, "*") : 0;
    if (length > 0 && *skip_blanks (source + length) != '\0') {
        char *inside = bm_marked_content (source, length, "*");

        if (bm_is_bracketed (inside)) {
            bm_item_set_byline (reader->edition, item, inside, BM_BYLINE_INLINE);
            source = skip_blanks (source + length);
        }
        g_free (inside);
    }
    return source;
}

/* What runs in with the first paragraph without a mark. Returns the text behind it. */
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
read_text (Reader *reader, Range range, const char *source, BmNext next)
{
    bool ad = reader->item->kind == BM_ITEM_AD, plain = next == BM_NEXT_TEXT;

    if (!reader->text_seen && (!ad || plain))
        source = take_marked (reader, source);
    char *text = bm_source_paragraph (source);
    const char *rest = !reader->text_seen && !ad && !plain ? take_openings (reader, text) : text;
    if (*rest != '\0')
        add_block (reader, range, BM_BLOCK_PARAGRAPH, rest);
    reader->state = IN_BODY;
    g_free (text);
}

static bool
starts_marked (const char *source)
{
    return bm_marked_length (source, "**") > 0 || bm_marked_length (source, "__") > 0 || bm_marked_length (source, "*") > 0;
}

/* What a paragraph that no remark explains turns out to be. */
static bool
read_recognised (Reader *reader, Range range, const char *source, BmNext next)
{
    if (bm_is_table (source)) {
        bm_read_table (reader->edition, add_block (reader, range, BM_BLOCK_TABLE, NULL), source);
        return true;
    }
    if (read_pictures (reader, range, source, next) || read_emphasis (reader, source))
        return true;
    return !starts_marked (source) && read_special (reader, source);
}

static void
read_paragraph (Reader *reader, Range range)
{
    BmNext next = reader->effect.next;
    char *source = bm_source_text (&reader->source, range.first, range.end);

    need_item (reader, range);
    reader->effect.next = BM_NEXT_ANY;
    apply_remarks (reader, range, cut_remarks (&source));
    char *trimmed = bm_trimmed (source, strlen (source)), *text = bm_source_paragraph (source);
    bool jump = next == BM_NEXT_JUMP_TO || next == BM_NEXT_JUMP_FROM;
    if (*trimmed != '\0' && !(jump && read_jump (reader, text, next == BM_NEXT_JUMP_TO)) &&
        (next == BM_NEXT_TEXT || !read_recognised (reader, range, trimmed, next)))
        read_text (reader, range, trimmed, next);
    g_free (text);
    g_free (trimmed);
    g_free (source);
}

/* ---- the other blocks ---- */

/* Lines that begin with remarks, each of which the source gives whole. */
static void
read_remarks (Reader *reader, Range range)
{
    need_item (reader, range);
    for (int i = range.first; i < range.end; i++)
        if (reader->source.lines[i].remark)
            apply_remark (reader, reader->source.lines[i].text);
}

/* Rule 10. One > a line is taken off; what else stands there is text. */
static void
read_quote (Reader *reader, Range range)
{
    BmNext next = reader->effect.next;
    GString *raw = g_string_new (NULL);

    for (int i = range.first; i < range.end; i++) {
        const char *line = reader->source.lines[i].text;

        g_string_append_printf (raw, "%s\n", *line == '>' ? line + 1 : line);
    }
    need_item (reader, range);
    reader->effect.next = BM_NEXT_ANY;
    char *source = g_string_free (raw, FALSE);
    apply_remarks (reader, range, cut_remarks (&source));
    char *text = bm_source_paragraph (source);
    bool note = next == BM_NEXT_NOTE || (next != BM_NEXT_PULLQUOTE && bm_matches_note (text));
    if (*text != '\0')
        add_block (reader, range, note ? BM_BLOCK_NOTE : BM_BLOCK_PULLQUOTE, text);
    g_free (text);
    g_free (source);
}

/* The form has no lists: each entry is a paragraph with its mark. */
static void
read_list (Reader *reader, cmark_node *list, Range range)
{
    need_item (reader, range);
    reader->effect.next = BM_NEXT_ANY;
    for (cmark_node *entry = cmark_node_first_child (list); entry != NULL; entry = cmark_node_next (entry)) {
        cmark_node *after = cmark_node_next (entry);
        Range lines = { cmark_node_get_start_line (entry) - 1, after != NULL ? cmark_node_get_start_line (after) - 1 : range.end };
        char *source = bm_source_text (&reader->source, lines.first, lines.end);

        apply_remarks (reader, lines, cut_remarks (&source));
        char *text = bm_source_paragraph (source);
        if (*text != '\0')
            add_block (reader, lines, BM_BLOCK_PARAGRAPH, text);
        g_free (text);
        g_free (source);
    }
}

static void
read_block (Reader *reader, cmark_node *node, Range range)
{
    switch (cmark_node_get_type (node)) {
    case CMARK_NODE_THEMATIC_BREAK:
        finish_item (reader);
        break;
    case CMARK_NODE_HEADING:
        read_heading (reader, node, range);
        break;
    case CMARK_NODE_HTML_BLOCK:
        read_remarks (reader, range);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        if (reader->effect.next == BM_NEXT_TEXT)
            read_paragraph (reader, range);
        else
            read_quote (reader, range);
        break;
    case CMARK_NODE_LIST:
        read_list (reader, node, range);
        break;
    default:
        read_paragraph (reader, range);
    }
}

void
bm_read_body (BmEdition *edition, BmPage *page, char *text, int first_line)
{
    Reader reader = { .edition = edition, .page = page, .file = page->file };

    bm_source_open (&reader.source, text, first_line);
    const char *skeleton = reader.source.skeleton;
    cmark_node *document = cmark_parse_document (skeleton, strlen (skeleton), CMARK_OPT_DEFAULT);

    for (cmark_node *node = cmark_node_first_child (document); node != NULL; node = cmark_node_next (node)) {
        cmark_node *after = cmark_node_next (node);
        Range range = { cmark_node_get_start_line (node) - 1,
                        after != NULL ? cmark_node_get_start_line (after) - 1 : reader.source.n_lines };

        read_block (&reader, node, range);
    }
    finish_item (&reader);
    cmark_node_free (document);
    bm_source_close (&reader.source);
}
