/* geometry-read.c — pages with boxes: pdftotext's XHTML, ALTO, hOCR. One pass of expat over each; their elements differ, but
 * all have pages, lines and words. */
#include "recover/geometry.h"

#include <expat.h>
#include <string.h>

#define WIDE_GAP 0.42 /* of the height, which is more than an em: what is wider parts columns, or a dateline from its text */

typedef struct {
    double x0, y0, x1, y1, size;
    GString *text;
    int line;
} Word;

typedef struct {
    const char *file;
    BmDiags *diags;
    XML_Parser parser;
    BmGeometry *geometry;
    int page, wanted;
    double line_size, line_box[4]; /* hOCR: of lines that have no words */
    bool has_line_box, in_word;
    GArray *words; /* Word of the open line */
    int depth, line_depth, word_depth;
} Reader;

/* ---- attributes ---- */

static const char *
attribute (const XML_Char **attributes, const char *name)
{
    for (int i = 0; attributes[i] != NULL; i += 2)
        if (strcmp (attributes[i], name) == 0)
            return attributes[i + 1];
    return NULL;
}

static double
number (const XML_Char **attributes, const char *name)
{
    const char *text = attribute (attributes, name);
    double value = text != NULL ? g_ascii_strtod (text, NULL) : 0;

    return value > -1e7 && value < 1e7 ? value : 0; /* NaN is neither */
}

/* hOCR: “bbox 10 20 300 40; x_size 22” */
static bool
title_numbers (const char *title, const char *name, double *values, int n)
{
    const char *at = title != NULL ? strstr (title, name) : NULL;

    if (at == NULL)
        return false;
    at += strlen (name);
    for (int i = 0; i < n; i++) {
        char *end;

        values[i] = g_ascii_strtod (at, &end);
        if (end == at || !(values[i] > -1e7 && values[i] < 1e7))
            return false;
        at = end;
    }
    return true;
}

static bool
has_class (const XML_Char **attributes, const char *const *names)
{
    const char *class = attribute (attributes, "class");

    for (int i = 0; class != NULL && names[i] != NULL; i++)
        if (strstr (class, names[i]) != NULL)
            return true;
    return false;
}

/* ---- lines ---- */

static Word *
word_at (const Reader *reader, guint i)
{
    return &g_array_index (reader->words, Word, i);
}

static int
compare_words (const void *a, const void *b)
{
    const Word *x = a, *y = b;

    return (x->x0 > y->x0) - (x->x0 < y->x0);
}

/* Words one below the other are a vertical line: their order is the file's. */
static bool
is_stacked (const Reader *reader)
{
    const Word *first = word_at (reader, 0), *last = word_at (reader, reader->words->len - 1);

    return reader->words->len > 1 && last->y0 >= first->y1 - (first->y1 - first->y0) / 2 && last->x0 < first->x1 && last->x1 > first->x0;
}

/* What ends a line in a dump is a blank here. */
static void
append_word (GString *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        g_string_append_unichar (out, c < 0x20 || c == 0x85 || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
}

static void
add_piece (Reader *reader, guint first, guint end)
{
    BmGeometry *geometry = reader->geometry;
    const Word *word = word_at (reader, first);
    BmPiece piece = { word->x0, word->y0, word->x1, word->y1, word->size, (int) geometry->text->len, 0, word->line };

    for (guint i = first; i < end; i++) {
        word = word_at (reader, i);
        if (i > first)
            g_string_append_c (geometry->text, ' ');
        append_word (geometry->text, word->text->str);
        piece.x0 = MIN (piece.x0, word->x0);
        piece.y0 = MIN (piece.y0, word->y0);
        piece.x1 = MAX (piece.x1, word->x1);
        piece.y1 = MAX (piece.y1, word->y1);
    }
    piece.length = (int) geometry->text->len - piece.start;
    g_array_append_val (geometry->pieces, piece);
}

#define GAP_AT_MARK 0.15 /* a mark's box has half an em of white, which a squeezed one pushes into the gutter */

static bool
is_parted (const Word *before, const Word *here)
{
    double height = MAX (before->y1 - before->y0, 1e-3), gap = here->x0 - before->x1;
    const char *last = before->text->len > 0 ? g_utf8_find_prev_char (before->text->str, before->text->str + before->text->len) : NULL;

    bool mark = (last != NULL && bm_char_is_closing (g_utf8_get_char (last))) || bm_char_is_opening (g_utf8_get_char (here->text->str));

    return gap > (mark ? GAP_AT_MARK : WIDE_GAP) * height;
}

static void
end_line (Reader *reader)
{
    guint n = reader->words->len, first = 0;

    if (n > 0 && !is_stacked (reader))
        g_array_sort (reader->words, compare_words);
    for (guint i = 1; i <= n; i++) {
        if (i == n || is_parted (word_at (reader, i - 1), word_at (reader, i))) {
            add_piece (reader, first, i);
            first = i;
        }
    }
    for (guint i = 0; i < n; i++)
        g_string_free (word_at (reader, i)->text, TRUE);
    g_array_set_size (reader->words, 0);
}

/* ---- elements ---- */

static void
begin_page (Reader *reader)
{
    end_line (reader);
    reader->page++;
    reader->geometry->n_pages++;
}

static void
begin_line (Reader *reader, double size)
{
    end_line (reader);
    reader->line_size = size;
    reader->has_line_box = false;
    reader->line_depth = reader->depth;
}

static bool
is_of_interest (const Reader *reader)
{
    return reader->wanted == 0 || reader->page == reader->wanted;
}

static void
begin_word (Reader *reader, const double *box)
{
    if (!is_of_interest (reader))
        return;
    Word word = { .x0 = MIN (box[0], box[2]), .y0 = MIN (box[1], box[3]), .x1 = MAX (box[0], box[2]), .y1 = MAX (box[1], box[3]),
                  .size = reader->line_size, .text = g_string_new (NULL),
                  .line = (int) XML_GetCurrentLineNumber (reader->parser) };

    g_array_append_val (reader->words, word);
    reader->in_word = true;
    reader->word_depth = reader->depth;
}

static void
start_alto (Reader *reader, const char *name, const XML_Char **attributes)
{
    if (strcmp (name, "Page") == 0) {
        begin_page (reader);
    } else if (strcmp (name, "TextLine") == 0) {
        begin_line (reader, 0); /* its font sizes are points, its boxes mostly are not */
    } else if ((strcmp (name, "String") == 0 || strcmp (name, "HYP") == 0) && attribute (attributes, "CONTENT") != NULL) {
        double x = number (attributes, "HPOS"), y = number (attributes, "VPOS");
        const double box[] = { x, y, x + number (attributes, "WIDTH"), y + number (attributes, "HEIGHT") };

        begin_word (reader, box);
        if (reader->in_word)
            g_string_append (word_at (reader, reader->words->len - 1)->text, attribute (attributes, "CONTENT"));
        reader->in_word = false;
    }
}

static void
start_html (Reader *reader, const char *name, const XML_Char **attributes)
{
    static const char *const pages[] = { "ocr_page", NULL }, *const lines[] = { "ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", NULL },
                      *const words[] = { "ocrx_word", "ocr_word", NULL };
    double box[4], size = 0;

    if (strcmp (name, "page") == 0 || has_class (attributes, pages)) {
        begin_page (reader);
    } else if (strcmp (name, "line") == 0 || has_class (attributes, lines)) {
        title_numbers (attribute (attributes, "title"), "x_size", &size, 1);
        begin_line (reader, size);
        reader->has_line_box = title_numbers (attribute (attributes, "title"), "bbox", reader->line_box, 4);
    } else if (strcmp (name, "word") == 0) {
        const double own[] = { number (attributes, "xMin"), number (attributes, "yMin"), number (attributes, "xMax"), number (attributes, "yMax") };

        begin_word (reader, own);
    } else if (has_class (attributes, words) && title_numbers (attribute (attributes, "title"), "bbox", box, 4)) {
        begin_word (reader, box);
    }
}

static void XMLCALL
start_element (void *data, const XML_Char *full_name, const XML_Char **attributes)
{
    Reader *reader = data;
    const char *colon = strrchr (full_name, ':'), *name = colon != NULL ? colon + 1 : full_name;

    reader->depth++;
    if (g_ascii_isupper (name[0]))
        start_alto (reader, name, attributes);
    else
        start_html (reader, name, attributes);
}

static void XMLCALL
end_element (void *data, const XML_Char *full_name)
{
    Reader *reader = data;

    (void) full_name;
    if (reader->in_word && reader->depth == reader->word_depth)
        reader->in_word = false;
    else if (reader->depth == reader->line_depth)
        end_line (reader);
    reader->depth--;
}

static bool
is_blank (const char *text, int length)
{
    while (length > 0 && g_ascii_isspace (*text)) {
        text++;
        length--;
    }
    return length == 0;
}

static void XMLCALL
characters (void *data, const XML_Char *text, int length)
{
    Reader *reader = data;

    if (!reader->in_word && reader->has_line_box && !is_blank (text, length)) { /* a line without words */
        begin_word (reader, reader->line_box);
        reader->word_depth = reader->line_depth;
    }
    if (reader->in_word)
        g_string_append_len (word_at (reader, reader->words->len - 1)->text, text, length);
}

/* ---- the file ---- */

bool
bm_is_geometry (const char *text, size_t length)
{
    static const char *const marks[] = { "<alto", ":alto", "ocr_page", "ocr_line", "<word xMin=", "<page width=" };
    const char *start = text, *end = text + length;

    while (start < end && g_ascii_isspace (*start))
        start++;
    if (start == end || *start != '<')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS (marks); i++)
        if (g_strstr_len (text, (gssize) MIN (length, 65536), marks[i]) != NULL)
            return true;
    return false;
}

static bool
parse (Reader *reader, const char *text, size_t length)
{
    const size_t step = 1 << 20;

    for (size_t at = 0; at <= length; at += step) {
        size_t n = MIN (step, length - at);

        if (XML_Parse (reader->parser, text + at, (int) n, at + n == length) == XML_STATUS_OK)
            continue;
        const BmSpan where = { reader->file, (int) XML_GetCurrentLineNumber (reader->parser), (int) XML_GetCurrentColumnNumber (reader->parser) + 1, 0 };

        bm_diag (reader->diags, BM_ERROR, "BM0410", where, "make the file anew, or name the plain text of the page", "the file with the boxes cannot be read: %s",
                 XML_ErrorString (XML_GetErrorCode (reader->parser)));
        return false;
    }
    return true;
}

static bool
check_pages (const Reader *reader)
{
    const BmGeometry *geometry = reader->geometry;

    if (reader->wanted > geometry->n_pages) {
        bm_diag (reader->diags, BM_ERROR, "BM0411", BM_IN_FILE (reader->file), NULL, "there is no page %d: the file has %d", reader->wanted, geometry->n_pages);
        return false;
    }
    if (reader->wanted == 0 && geometry->n_pages > 1) {
        bm_diag (reader->diags, BM_ERROR, "BM0411", BM_IN_FILE (reader->file), "name one of them: --page 1", "the file has %d pages", geometry->n_pages);
        return false;
    }
    return true;
}

BmGeometry *
bm_geometry_read (const char *file, const char *text, size_t length, int page, BmDiags *diags)
{
    BmGeometry *geometry = g_new0 (BmGeometry, 1);
    Reader reader = { .file = file, .diags = diags, .parser = XML_ParserCreate ("UTF-8"), .geometry = geometry, .wanted = page,
                      .words = g_array_new (FALSE, FALSE, sizeof (Word)), .line_depth = -1, .word_depth = -1 };

    geometry->text = g_string_new (NULL);
    geometry->pieces = g_array_new (FALSE, FALSE, sizeof (BmPiece));
    XML_SetUserData (reader.parser, &reader);
    XML_SetElementHandler (reader.parser, start_element, end_element);
    XML_SetCharacterDataHandler (reader.parser, characters);
    bool ok = parse (&reader, text, length) && check_pages (&reader);
    end_line (&reader);
    g_array_free (reader.words, TRUE);
    XML_ParserFree (reader.parser);
    if (ok) {
        bm_geometry_join_bylines (geometry);
        return geometry;
    }
    bm_geometry_free (geometry);
    return NULL;
}

void
bm_geometry_free (BmGeometry *geometry)
{
    g_string_free (geometry->text, TRUE);
    g_array_free (geometry->pieces, TRUE);
    g_free (geometry);
}
