/* describe.c — a page's model as text, a line a field. */
#include "describe.h"

#include <string.h>

static void
add_text (GString *out, const char *name, const char *text)
{
    if (text != NULL)
        g_string_append_printf (out, "  %s: «%s»\n", name, text);
}

static void
add_texts (GString *out, const char *name, int n, const char *const *texts)
{
    for (int i = 0; i < n; i++)
        add_text (out, name, texts[i]);
}

static void
add_block (GString *out, const BmBlock *block)
{
    static const char *const names[] = { "paragraph", "crosshead", "note", "pullquote", "table" };

    if (block->kind != BM_BLOCK_TABLE) {
        add_text (out, names[block->kind], block->text);
        return;
    }
    g_string_append_printf (out, "  table\n");
    for (int r = 0; r < block->n_rows; r++) {
        g_string_append (out, "   ");
        for (int c = 0; c < block->rows[r].n_cells; c++)
            g_string_append_printf (out, " «%s»", block->rows[r].cells[c]);
        g_string_append_c (out, '\n');
    }
}

static void
add_blocks (GString *out, const BmItem *item, bool notes, bool text, bool others)
{
    for (int i = 0; i < item->n_blocks; i++) {
        BmBlockKind kind = item->blocks[i].kind;
        bool is_text = kind == BM_BLOCK_PARAGRAPH || kind == BM_BLOCK_CROSSHEAD;

        if (kind == BM_BLOCK_NOTE ? notes : is_text ? text : others)
            add_block (out, &item->blocks[i]);
    }
}

static void
add_wish (GString *out, const BmWish *wish)
{
    g_string_append_printf (out,
                            "  wish: %d boxed %d columns %d full %d half %d %.5g × %.5g rows %d place %d head %d pinned %d\n",
                            wish->importance, wish->boxed, wish->columns, wish->full_width, wish->half_width, wish->width,
                            wish->height, wish->rows, (int) wish->place, (int) wish->head, wish->pinned);
    add_text (out, "container", wish->container);
    add_text (out, "group", wish->group);
}

static void
add_credits (GString *out, const BmItem *item)
{
    for (int i = 0; i < item->n_credits; i++) {
        add_text (out, "role", item->credits[i].role);
        add_texts (out, "name", item->credits[i].n_names, item->credits[i].names);
    }
}

static void
add_item (GString *out, const BmItem *item, bool in_json_order)
{
    static const char *const kinds[] = { "story", "photo", "brief", "ad" };

    g_string_append_printf (out, "%s %s\n", kinds[item->kind], item->id_given ? item->id : "");
    add_text (out, "kicker", item->kicker);
    add_texts (out, "headline", item->n_headline, item->headline);
    add_text (out, "subhead", item->subhead);
    add_text (out, "byline", item->byline);
    if (item->byline != NULL)
        g_string_append_printf (out, "  byline at: %d\n", (int) item->byline_place);
    add_credits (out, item);
    add_text (out, "dateline", item->dateline);
    if (in_json_order) {
        add_blocks (out, item, true, false, false);
        add_blocks (out, item, false, true, false);
        add_blocks (out, item, false, false, true);
    } else {
        add_blocks (out, item, true, true, true);
    }
    for (int i = 0; i < item->n_pictures; i++) {
        g_string_append_printf (out, "  picture %.7f\n", item->pictures[i].ratio);
        add_text (out, "caption", item->pictures[i].caption);
        add_text (out, "file", item->pictures[i].file);
    }
    add_text (out, "jump to", item->jump_to);
    add_text (out, "jump from", item->jump_from);
    add_wish (out, &item->wish);
    add_texts (out, "remark", item->n_remarks, item->remarks);
}

static gint
compare_keys (gconstpointer a, gconstpointer b)
{
    return strcmp (((const BmFrontKey *) a)->key, ((const BmFrontKey *) b)->key);
}

/* JSON keeps no order of keys. */
static void
add_front (GString *out, const BmPage *page, bool sorted)
{
    GArray *front = g_array_new (FALSE, FALSE, sizeof (BmFrontKey));

    if (page->n_front > 0)
        g_array_append_vals (front, page->front, (guint) page->n_front);
    if (sorted)
        g_array_sort (front, compare_keys);
    for (guint i = 0; i < front->len; i++) {
        add_text (out, "key", g_array_index (front, BmFrontKey, i).key);
        add_text (out, "value", g_array_index (front, BmFrontKey, i).value);
    }
    g_array_free (front, TRUE);
}

char *
describe_page (const BmPage *page, bool in_json_order)
{
    GString *out = g_string_new ("page\n");

    add_text (out, "paper", page->paper);
    add_text (out, "date", page->date);
    add_text (out, "page", page->page);
    add_text (out, "section", page->section);
    add_text (out, "lang", page->lang);
    add_texts (out, "folio", page->n_folio, page->folio);
    add_front (out, page, in_json_order);
    for (int i = 0; i < page->n_items; i++)
        add_item (out, page->items[i], in_json_order);
    return g_string_free (out, FALSE);
}
