/* json-write.c — the JSON form of a page: the schema of corpora/recover/README.md, with wishes, pictures and remarks
 * added. What the schema has no key for is written only where it says more than the schema does. */
#include "edition/edition-private.h"

#include <jansson.h>
#include <string.h>

static const char *const kinds[] = { "story", "photo", "brief", "ad" };

/* ---- writing ---- */

static json_t *
text_or_null (const char *text)
{
    return text != NULL ? json_string (text) : json_null ();
}

static json_t *
credits_to_json (const BmItem *item)
{
    json_t *credits = json_array ();

    for (int i = 0; i < item->n_credits; i++) {
        json_t *names = json_array ();

        for (int k = 0; k < item->credits[i].n_names; k++)
            json_array_append_new (names, json_string (item->credits[i].names[k]));
        json_array_append_new (credits, json_pack ("{s:s, s:o}", "role", item->credits[i].role, "names", names));
    }
    return credits;
}

static json_t *
rows_to_json (const BmBlock *block)
{
    json_t *rows = json_array ();

    for (int r = 0; r < block->n_rows; r++) {
        json_t *cells = json_array ();

        for (int c = 0; c < block->rows[r].n_cells; c++)
            json_array_append_new (cells, json_string (block->rows[r].cells[c]));
        json_array_append_new (rows, cells);
    }
    return rows;
}

/* Notes first, as they are read (json.c): what is read and written again is the same. */
static json_t *
asides_to_json (const BmItem *item)
{
    json_t *asides = json_array ();
    size_t n_notes = 0;

    for (int i = 0; i < item->n_blocks; i++) {
        const BmBlock *block = &item->blocks[i];

        if (block->kind == BM_BLOCK_TABLE)
            json_array_append_new (asides, json_pack ("{s:s, s:o}", "type", "table", "rows", rows_to_json (block)));
        else if (block->kind == BM_BLOCK_PULLQUOTE)
            json_array_append_new (asides, json_pack ("{s:s, s:s}", "type", "pullquote", "text", block->text));
        else if (block->kind == BM_BLOCK_NOTE)
            json_array_insert_new (asides, n_notes++, json_pack ("{s:s, s:s}", "type", "note", "text", block->text));
    }
    return asides;
}

static void
blocks_to_json (const BmItem *item, json_t *object)
{
    json_t *paragraphs = json_array (), *subheads = json_array (), *undecided = json_array ();

    for (int i = 0; i < item->n_blocks; i++) {
        const BmBlock *block = &item->blocks[i];
        int before = (int) json_array_size (paragraphs);

        if (block->kind == BM_BLOCK_CROSSHEAD)
            json_array_append_new (subheads, json_pack ("{s:i, s:s}", "before", before, "text", block->text));
        if (block->kind != BM_BLOCK_PARAGRAPH)
            continue;
        if (block->undecided)
            json_array_append_new (undecided, json_integer (before));
        json_array_append_new (paragraphs, json_string (block->text));
    }
    json_object_set_new (object, "paragraphs", paragraphs);
    json_object_set_new (object, "subheads", subheads);
    json_object_set_new (object, "asides", asides_to_json (item));
    if (json_array_size (undecided) > 0)
        json_object_set (object, "undecided_breaks", undecided);
    json_decref (undecided);
}

static void
pictures_to_json (const BmItem *item, json_t *object)
{
    json_t *pictures = json_array ();

    for (int i = 0; i < item->n_pictures; i++) {
        const BmPicture *picture = &item->pictures[i];
        json_t *one = json_pack ("{s:o, s:o}", "caption", text_or_null (picture->caption), "file", text_or_null (picture->file));

        if (picture->ratio > 0)
            json_object_set_new (one, "ratio", json_real (picture->ratio));
        json_array_append_new (pictures, one);
    }
    json_object_set_new (object, "caption", text_or_null (item->n_pictures > 0 ? item->pictures[0].caption : NULL));
    if (item->n_pictures > 0)
        json_object_set (object, "pictures", pictures);
    json_decref (pictures);
}

static void
extras_to_json (const BmItem *item, json_t *object)
{
    char *wishes = bm_wishes_text (item);

    if (*wishes != '\0')
        json_object_set_new (object, "wishes", json_string (wishes));
    g_free (wishes);
    if (item->n_remarks > 0) {
        json_t *remarks = json_array ();

        for (int i = 0; i < item->n_remarks; i++)
            json_array_append_new (remarks, json_string (item->remarks[i]));
        json_object_set_new (object, "remarks", remarks);
    }
    if (item->jump_to != NULL)
        json_object_set_new (object, "jump_to", json_string (item->jump_to));
    if (item->jump_from != NULL)
        json_object_set_new (object, "jump_from", json_string (item->jump_from));
    if (item->byline != NULL && item->byline_place != BM_BYLINE_HEAD)
        json_object_set_new (object, "byline_at", json_string (item->byline_place == BM_BYLINE_INLINE ? "inline" : "end"));
    if (item->confidence > 0)
        json_object_set_new (object, "confidence", json_real (item->confidence));
    if (item->head_confidence > 0)
        json_object_set_new (object, "headline_confidence", json_real (item->head_confidence));
}

static json_t *
item_to_json (const BmItem *item)
{
    json_t *object = json_object (), *headline = json_array ();

    for (int i = 0; i < item->n_headline; i++)
        json_array_append_new (headline, json_string (item->headline[i]));
    json_object_set_new (object, "id", json_string (item->id));
    json_object_set_new (object, "kind", json_string (kinds[item->kind]));
    json_object_set_new (object, "kicker", text_or_null (item->kicker));
    json_object_set_new (object, "headline", headline);
    json_object_set_new (object, "subhead", text_or_null (item->subhead));
    json_object_set_new (object, "byline", text_or_null (item->byline));
    json_object_set_new (object, "credits", credits_to_json (item));
    json_object_set_new (object, "dateline", text_or_null (item->dateline));
    blocks_to_json (item, object);
    pictures_to_json (item, object);
    extras_to_json (item, object);
    return object;
}

/* An unknown key of the front matter is a key of the page, but in "front" if the schema uses the name itself. */
static void
front_to_json (const BmPage *page, json_t *object)
{
    json_t *apart = json_object ();

    for (int i = 0; i < page->n_front; i++) {
        const char *key = page->front[i].key;

        json_object_set_new (g_strv_contains (bm_json_page_keys, key) ? apart : object, key, json_string (page->front[i].value));
    }
    if (json_object_size (apart) > 0)
        json_object_set (object, "front", apart);
    json_decref (apart);
}

char *
bm_page_to_json (const BmPage *page)
{
    json_t *object = json_object (), *furniture = json_array (), *items = json_array ();
    const struct {
        const char *key, *value;
    } texts[] = { { "paper", page->paper }, { "date", page->date }, { "page", page->page }, { "section", page->section }, { "lang", page->lang } };

    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        if (texts[i].value != NULL)
            json_object_set_new (object, texts[i].key, json_string (texts[i].value));
    front_to_json (page, object);
    for (int i = 0; i < page->n_folio; i++)
        json_array_append_new (furniture, json_string (page->folio[i]));
    for (int i = 0; i < page->n_items; i++)
        json_array_append_new (items, item_to_json (page->items[i]));
    json_object_set_new (object, "furniture", furniture);
    json_object_set_new (object, "items", items);
    json_t *root = json_pack ("{s:o}", "page", object);
    char *text = json_dumps (root, JSON_INDENT (1) | JSON_SORT_KEYS | JSON_REAL_PRECISION (9));
    char *out = g_strconcat (text, "\n", NULL);
    free (text);
    json_decref (root);
    return out;
}

