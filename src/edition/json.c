/* json.c — the JSON form of a page read: the schema of corpora/recover/README.md, with what json-write.c adds. */
#include "edition/edition-private.h"
#include <jansson.h>
#include <string.h>

const char *const bm_json_page_keys[] = { "paper", "date", "page", "section", "lang", "furniture", "items", "undecided_breaks", "source", "front", NULL };

static const char *const kinds[] = { "story", "photo", "brief", "ad" };

/* ---- reading ---- */

typedef struct {
    BmEdition *edition;
    const char *file;
    BmDiags *diags;
    bool ok;
    const char *item; /* being read; NULL: none */
    int dropped;      /* control characters */
} Reader;

static void
wrong (Reader *reader, const char *item, const char *what)
{
    bm_diag (reader->diags, BM_ERROR, "BM0305", BM_IN_FILE (reader->file), "see the schema of the JSON form", "%s%s%s",
             item != NULL ? item : "", item != NULL ? ": " : "", what);
    reader->ok = false;
}

/* A text without what cannot be printed: JSON's escapes can name any character. NULL for an empty one. */
static const char *
kept_text (Reader *reader, const json_t *value)
{
    const char *text = json_string_value (value);
    char *clean = bm_clean_text (text, strlen (text), &reader->dropped);
    const char *kept = *clean != '\0' ? bm_arena_strdup (reader->edition->arena, clean) : NULL;

    g_free (clean);
    return kept;
}

/* The list under a key; NULL if it is not there or no list, which is said. */
static const json_t *
get_list (Reader *reader, const json_t *object, const char *item, const char *key)
{
    const json_t *value = json_object_get (object, key);

    if (value == NULL || json_is_null (value) || json_is_array (value))
        return value;
    wrong (reader, item, bm_arena_printf (reader->edition->arena, "%s is a list", key));
    return NULL;
}

/* The text at a place of a list of texts; NULL for an empty one, and for another value, which is said. */
static const char *
text_at (Reader *reader, const json_t *value, const char *item, const char *what)
{
    if (json_is_string (value))
        return kept_text (reader, value);
    wrong (reader, item, what);
    return NULL;
}

static const char *
get_text (Reader *reader, const json_t *object, const char *key)
{
    const json_t *value = json_object_get (object, key);

    if (value == NULL || json_is_null (value))
        return NULL;
    if (json_is_integer (value))
        return bm_arena_printf (reader->edition->arena, "%" JSON_INTEGER_FORMAT, json_integer_value (value));
    if (!json_is_string (value)) {
        wrong (reader, reader->item, bm_arena_printf (reader->edition->arena, "%s takes a text or null", key));
        return NULL;
    }
    return kept_text (reader, value);
}

/* The crossheads before this paragraph; `last`: behind all of them, where those of greater numbers stand, too. */
static void
read_crossheads (Reader *reader, BmItem *item, const json_t *subheads, size_t before, bool last)
{
    size_t i;
    json_t *one;

    json_array_foreach (subheads, i, one) {
        json_int_t place = MAX (json_integer_value (json_object_get (one, "before")), 0);
        bool here = last ? place >= (json_int_t) before : place == (json_int_t) before;
        const char *text = here ? get_text (reader, one, "text") : NULL;

        if (text != NULL)
            bm_item_add_block (reader->edition, item, BM_BLOCK_CROSSHEAD, text);
        else if (here)
            wrong (reader, item->id, "a subhead has a text");
    }
}

static void
read_rows (Reader *reader, BmItem *item, const json_t *object)
{
    const json_t *rows = get_list (reader, object, item->id, "rows");
    size_t r, c;
    json_t *cells, *cell;
    BmBlock *block = bm_item_add_block (reader->edition, item, BM_BLOCK_TABLE, NULL);

    if (rows == NULL)
        wrong (reader, item->id, "a table has rows");
    block->rows = bm_arena_new0 (reader->edition->arena, BmTableRow, json_array_size (rows));
    json_array_foreach (rows, r, cells) {
        BmTableRow *row = &block->rows[block->n_rows++];

        if (!json_is_array (cells))
            wrong (reader, item->id, "a row of a table is a list of cells");
        row->cells = bm_arena_new0 (reader->edition->arena, const char *, json_array_size (cells));
        json_array_foreach (cells, c, cell) {
            const char *text = text_at (reader, cell, item->id, "a cell of a table is a text");

            row->cells[row->n_cells++] = text != NULL ? text : "";
        }
    }
}

/* Notes stand before the body, pull quotes and tables after it: the schema keeps no places. */
static void
read_asides (Reader *reader, BmItem *item, const json_t *asides, bool notes)
{
    size_t i;
    json_t *one;

    json_array_foreach (asides, i, one) {
        const char *type = get_text (reader, one, "type"), *text = get_text (reader, one, "text");
        bool note = g_strcmp0 (type, "note") == 0;

        if (note != notes)
            continue;
        if (!note && g_strcmp0 (type, "table") != 0 && g_strcmp0 (type, "pullquote") != 0)
            wrong (reader, item->id, "an aside is a note, a pullquote or a table");
        else if (g_strcmp0 (type, "table") == 0)
            read_rows (reader, item, one);
        else if (text != NULL)
            bm_item_add_block (reader->edition, item, note ? BM_BLOCK_NOTE : BM_BLOCK_PULLQUOTE, text);
        else
            wrong (reader, item->id, "a note or pullquote has a text");
    }
}

static void
read_blocks (Reader *reader, BmItem *item, const json_t *object)
{
    const json_t *subheads = get_list (reader, object, item->id, "subheads"), *asides = get_list (reader, object, item->id, "asides"),
                 *paragraphs = get_list (reader, object, item->id, "paragraphs");
    size_t i;
    json_t *one;

    read_asides (reader, item, asides, true);
    json_array_foreach (paragraphs, i, one) {
        read_crossheads (reader, item, subheads, i, false);
        const char *text = text_at (reader, one, item->id, "a paragraph is a text");
        if (text != NULL)
            bm_item_add_block (reader->edition, item, BM_BLOCK_PARAGRAPH, text);
    }
    read_crossheads (reader, item, subheads, json_array_size (paragraphs), true);
    read_asides (reader, item, asides, false);
}

static void
read_pictures (Reader *reader, BmItem *item, const json_t *object)
{
    const char *caption = get_text (reader, object, "caption");
    const json_t *pictures = get_list (reader, object, item->id, "pictures");
    size_t i;
    json_t *one;

    json_array_foreach (pictures, i, one) {
        if (!json_is_object (one))
            wrong (reader, item->id, "a picture has a caption and a file");
        BmPicture *picture = bm_item_add_picture (reader->edition, item, get_text (reader, one, "caption"), get_text (reader, one, "file"));
        double ratio = json_number_value (json_object_get (one, "ratio"));

        picture->ratio = bm_check_length (ratio, 0.05, 20) ? ratio : 0;
        picture->where = item->where;
    }
    if (json_array_size (pictures) == 0 && caption != NULL)
        bm_item_add_picture (reader->edition, item, caption, NULL)->where = item->where;
}

static void
read_kind (Reader *reader, BmItem *item, const json_t *object)
{
    const char *kind = get_text (reader, object, "kind");

    for (size_t i = 0; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
        if (strcmp (kind, kinds[i]) == 0) {
            item->kind = (BmItemKind) i;
            return;
        }
    if (kind != NULL)
        wrong (reader, item->id, "kind is story, photo, brief or ad");
}

static void
read_extras (Reader *reader, BmItem *item, const json_t *object)
{
    const char *wishes = get_text (reader, object, "wishes"), *byline = get_text (reader, object, "byline"),
               *place = get_text (reader, object, "byline_at");
    const json_t *headline = get_list (reader, object, item->id, "headline"), *remarks = get_list (reader, object, item->id, "remarks");
    BmRemarkEffect effect = { 0 };
    json_t *one;
    size_t i;

    json_array_foreach (headline, i, one) {
        const char *text = text_at (reader, one, item->id, "a headline is a list of lines");
        if (text != NULL)
            bm_item_add_headline (reader->edition, item, text);
    }
    json_array_foreach (remarks, i, one) {
        /* As in Markdown, or a word that the page maker knows would be a note here and a wish there. */
        const char *text = text_at (reader, one, item->id, "a remark is a text");
        if (text != NULL)
            bm_apply_remark (reader->edition, item, text, &effect);
    }
    if (byline != NULL)
        bm_item_set_byline (reader->edition, item, byline,
                            g_strcmp0 (place, "inline") == 0 ? BM_BYLINE_INLINE : g_strcmp0 (place, "end") == 0 ? BM_BYLINE_END : BM_BYLINE_HEAD);
    if (wishes != NULL)
        bm_apply_remark (reader->edition, item, wishes, &effect);
}

/* a1, a2 …: the numbers that items without a name have; settling ids puts an x behind one that is taken. */
static bool
is_number (const char *id)
{
    size_t digits = id[0] == 'a' ? strspn (id + 1, "0123456789") : 0;

    return digits > 0 && strspn (id + 1 + digits, "x") == strlen (id + 1 + digits);
}

static void
read_item (Reader *reader, BmPage *page, const json_t *object)
{
    BmItem *item = bm_page_add_item (reader->edition, page);

    if (!json_is_object (object)) {
        wrong (reader, item->id, "an item is an object");
        return;
    }
    item->where = BM_IN_FILE (reader->file);
    reader->item = item->id;
    const char *id = get_text (reader, object, "id");
    if (id != NULL && strcmp (id, item->id) != 0) {
        item->id = bm_remark_name (reader->edition, id);
        item->id_given = !is_number (item->id);
    }
    read_kind (reader, item, object);
    item->kicker = get_text (reader, object, "kicker");
    item->subhead = get_text (reader, object, "subhead");
    item->dateline = get_text (reader, object, "dateline");
    item->jump_to = get_text (reader, object, "jump_to");
    item->jump_from = get_text (reader, object, "jump_from");
    read_blocks (reader, item, object);
    read_pictures (reader, item, object);
    read_extras (reader, item, object);
    reader->item = NULL;
}

/* Is the text one YAML value, as the value of an unknown key stands in our JSON? */
static bool
is_yaml_value (Reader *reader, const char *text)
{
    char *line = g_strconcat ("k: ", text, "\n", NULL);
    BmDiags *diags = bm_diags_new ();
    const BmYaml *map = bm_yaml_parse (reader->edition->arena, reader->file, line, strlen (line), 1, diags);
    bool one = strchr (text, '\n') == NULL && map != NULL && map->kind == BM_YAML_MAP && map->n == 1;

    bm_diags_free (diags);
    g_free (line);
    return one;
}

/* Keys of the page that the form does not know are kept, as in the Markdown form. */
static void
read_front (Reader *reader, BmPage *page, json_t *object, const char *const *known)
{
    const char *key;
    json_t *value;

    json_object_foreach (object, key, value) {
        if (!json_is_string (value) || g_strv_contains (known, key))
            continue;
        const char *text = kept_text (reader, value);
        text = text != NULL ? text : ""; /* a key without a value, as YAML has it */
        if (is_yaml_value (reader, text)) {
            bm_page_add_front (reader->edition, page, key, text);
        } else {
            GString *quoted = g_string_new (NULL);

            bm_append_yaml_text (quoted, text);
            bm_page_add_front (reader->edition, page, key, quoted->str);
            g_string_free (quoted, TRUE);
        }
    }
}

static void
read_page (Reader *reader, json_t *object)
{
    BmPage *page = bm_edition_add_page (reader->edition);
    const json_t *furniture = get_list (reader, object, NULL, "furniture"), *items = get_list (reader, object, NULL, "items");
    const char *lang = get_text (reader, object, "lang");
    size_t i;
    json_t *one;

    page->file = reader->file;
    page->paper = get_text (reader, object, "paper");
    page->date = get_text (reader, object, "date");
    page->page = get_text (reader, object, "page");
    page->section = get_text (reader, object, "section");
    page->lang = lang != NULL ? lang : page->lang;
    read_front (reader, page, object, bm_json_page_keys);
    read_front (reader, page, json_object_get (object, "front"), (const char *[]){ NULL });
    page->folio = bm_arena_new0 (reader->edition->arena, const char *, json_array_size (furniture));
    json_array_foreach (furniture, i, one) {
        const char *text = text_at (reader, one, NULL, "furniture is a list of texts");
        if (text != NULL)
            page->folio[page->n_folio++] = text;
    }
    json_array_foreach (items, i, one)
        read_item (reader, page, one);
    bm_page_settle_ids (reader->edition, page, reader->diags);
    if (page->n_items == 0)
        wrong (reader, NULL, "there is nothing to set");
}

bool
bm_edition_read_json (BmEdition *edition, const char *file, const char *text, size_t length, BmDiags *diags)
{
    Reader reader = { .edition = edition, .file = bm_arena_strdup (edition->arena, file), .diags = diags, .ok = true };
    json_error_t error;
    json_t *root = json_loadb (text, length, JSON_REJECT_DUPLICATES, &error);
    size_t i;
    json_t *one;

    if (root == NULL) {
        bm_diag (diags, BM_ERROR, "BM0306", (BmSpan){ reader.file, error.line, MAX (error.column, 1), 0 }, "mend the JSON at this place", "not JSON: %s", error.text);
        return false;
    }
    json_t *page = json_object_get (root, "page");
    const json_t *pages = json_object_get (root, "pages");
    if (pages != NULL && json_array_size (pages) == 0)
        wrong (&reader, "pages", "is a list of pages, one at least");
    json_array_foreach (pages, i, one)
        read_page (&reader, one);
    if (pages == NULL)
        read_page (&reader, json_is_object (page) ? page : root);
    json_decref (root);
    if (reader.dropped > 0)
        bm_diag (diags, BM_WARNING, "BM0303", BM_IN_FILE (reader.file), "look at the text", "%d control characters were dropped", reader.dropped);
    return reader.ok;
}
