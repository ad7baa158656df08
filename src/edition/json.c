/* json.c — the JSON form of a page read: the schema of corpora/recover/README.md, with what json-write.c adds. */
#include "edition/edition-private.h"
#include <jansson.h>
#include <string.h>

static const char *const kinds[] = { "story", "photo", "brief", "ad" };

/* ---- reading ---- */

typedef struct {
    BmEdition *edition;
    const char *file;
    BmDiags *diags;
    bool ok;
} Reader;

static void
wrong (Reader *reader, const char *item, const char *what)
{
    bm_diag (reader->diags, BM_ERROR, "BM0305", BM_IN_FILE (reader->file), "see the schema of the JSON form", "%s%s%s",
             item != NULL ? item : "", item != NULL ? ": " : "", what);
    reader->ok = false;
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
        wrong (reader, key, "takes a text or null");
        return NULL;
    }
    const char *text = json_string_value (value);
    return *text != '\0' ? bm_arena_strdup (reader->edition->arena, text) : NULL;
}

static void
read_crossheads (Reader *reader, BmItem *item, const json_t *subheads, size_t before)
{
    size_t i;
    json_t *one;

    json_array_foreach (subheads, i, one) {
        const char *text = get_text (reader, one, "text");

        if (text != NULL && json_integer_value (json_object_get (one, "before")) == (json_int_t) before)
            bm_item_add_block (reader->edition, item, BM_BLOCK_CROSSHEAD, text);
    }
}

static void
read_rows (Reader *reader, BmItem *item, const json_t *rows)
{
    size_t r, c;
    json_t *cells, *cell;
    BmBlock *block = bm_item_add_block (reader->edition, item, BM_BLOCK_TABLE, NULL);

    block->rows = bm_arena_new0 (reader->edition->arena, BmTableRow, json_array_size (rows));
    json_array_foreach (rows, r, cells) {
        BmTableRow *row = &block->rows[block->n_rows++];

        row->cells = bm_arena_new0 (reader->edition->arena, const char *, json_array_size (cells));
        json_array_foreach (cells, c, cell)
            row->cells[row->n_cells++] = bm_arena_strdup (reader->edition->arena, json_is_string (cell) ? json_string_value (cell) : "");
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
        if (g_strcmp0 (type, "table") == 0)
            read_rows (reader, item, json_object_get (one, "rows"));
        else if (text != NULL)
            bm_item_add_block (reader->edition, item, note ? BM_BLOCK_NOTE : BM_BLOCK_PULLQUOTE, text);
    }
}

static void
read_blocks (Reader *reader, BmItem *item, const json_t *object)
{
    const json_t *subheads = json_object_get (object, "subheads"), *paragraphs = json_object_get (object, "paragraphs");
    size_t i;
    json_t *one;

    if (paragraphs != NULL && !json_is_array (paragraphs))
        wrong (reader, item->id, "paragraphs is a list of texts");
    read_asides (reader, item, json_object_get (object, "asides"), true);
    json_array_foreach (paragraphs, i, one) {
        read_crossheads (reader, item, subheads, i);
        if (json_is_string (one) && *json_string_value (one) != '\0')
            bm_item_add_block (reader->edition, item, BM_BLOCK_PARAGRAPH, json_string_value (one));
        else if (!json_is_string (one))
            wrong (reader, item->id, "a paragraph is a text");
    }
    read_crossheads (reader, item, subheads, json_array_size (paragraphs));
    read_asides (reader, item, json_object_get (object, "asides"), false);
}

static void
read_pictures (Reader *reader, BmItem *item, const json_t *object)
{
    const char *caption = get_text (reader, object, "caption");
    const json_t *pictures = json_object_get (object, "pictures");
    size_t i;
    json_t *one;

    json_array_foreach (pictures, i, one) {
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
    json_t *headline = json_object_get (object, "headline"), *remarks = json_object_get (object, "remarks"), *one;
    BmRemarkEffect effect = { 0 };
    size_t i;

    if (headline != NULL && !json_is_null (headline) && !json_is_array (headline))
        wrong (reader, item->id, "headline is a list of lines");
    json_array_foreach (headline, i, one)
        if (json_is_string (one))
            bm_item_add_headline (reader->edition, item, json_string_value (one));
    json_array_foreach (remarks, i, one)
        if (json_is_string (one))
            bm_item_add_remark (reader->edition, item, json_string_value (one));
    if (byline != NULL)
        bm_item_set_byline (reader->edition, item, byline,
                            g_strcmp0 (place, "inline") == 0 ? BM_BYLINE_INLINE : g_strcmp0 (place, "end") == 0 ? BM_BYLINE_END : BM_BYLINE_HEAD);
    if (wishes != NULL)
        bm_apply_remark (reader->edition, item, wishes, &effect);
}

static void
read_item (Reader *reader, BmPage *page, const json_t *object)
{
    BmItem *item = bm_page_add_item (reader->edition, page);
    const char *id = get_text (reader, object, "id");

    if (!json_is_object (object)) {
        wrong (reader, item->id, "an item is an object");
        return;
    }
    item->where = BM_IN_FILE (reader->file);
    if (id != NULL && strcmp (id, item->id) != 0) {
        item->id = id;
        item->id_given = !(id[0] == 'a' && strspn (id + 1, "0123456789") == strlen (id + 1));
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
read_front (Reader *reader, BmPage *page, json_t *object)
{
    static const char *const known[] = { "paper", "date", "page", "section", "lang", "furniture", "items", "undecided_breaks", "source", NULL };
    const char *key;
    json_t *value;

    json_object_foreach (object, key, value) {
        const char *text = json_is_string (value) && !g_strv_contains (known, key) ? json_string_value (value) : NULL;

        if (text == NULL)
            continue;
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
    const json_t *furniture = json_object_get (object, "furniture"), *items = json_object_get (object, "items");
    const char *lang = get_text (reader, object, "lang");
    size_t i;
    json_t *one;

    page->file = reader->file;
    page->paper = get_text (reader, object, "paper");
    page->date = get_text (reader, object, "date");
    page->page = get_text (reader, object, "page");
    page->section = get_text (reader, object, "section");
    page->lang = lang != NULL ? lang : page->lang;
    read_front (reader, page, object);
    page->folio = bm_arena_new0 (reader->edition->arena, const char *, json_array_size (furniture));
    json_array_foreach (furniture, i, one)
        if (json_is_string (one))
            page->folio[page->n_folio++] = bm_arena_strdup (reader->edition->arena, json_string_value (one));
    json_array_foreach (items, i, one)
        read_item (reader, page, one);
    if (page->n_items == 0)
        wrong (reader, NULL, "there is nothing to set");
}

bool
bm_edition_read_json (BmEdition *edition, const char *file, const char *text, size_t length, BmDiags *diags)
{
    Reader reader = { edition, bm_arena_strdup (edition->arena, file), diags, true };
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
    return reader.ok;
}
