/* model.c — building an edition, and what follows from it alone: characters, ranks. */
#include "edition/edition-private.h"

#include <string.h>

BmEdition *
bm_edition_new (void)
{
    BmArena *arena = bm_arena_create ();
    BmEdition *edition = bm_arena_new0 (arena, BmEdition, 1);

    edition->arena = arena;
    return edition;
}

void
bm_edition_free (BmEdition *edition)
{
    if (edition != NULL)
        bm_arena_free (edition->arena);
}

/* Room for one more at the end of an arena array: sizes double, so that appending stays linear. */
static void *
grown (BmArena *arena, void *array, int n, size_t size)
{
    if (n != 0 && (n < 4 || (n & (n - 1)) != 0))
        return array;
    void *larger = bm_arena_alloc (arena, (size_t) MAX (2 * n, 4), size);
    if (n > 0)
        memcpy (larger, array, (size_t) n * size);
    return larger;
}

void
bm_edition_take_page (BmEdition *edition, BmPage *page)
{
    edition->pages = grown (edition->arena, edition->pages, edition->n_pages, sizeof (BmPage *));
    edition->pages[edition->n_pages++] = page;
}

BmPage *
bm_edition_add_page (BmEdition *edition)
{
    BmPage *page = bm_arena_new0 (edition->arena, BmPage, 1);

    page->lang = "zh-Hans";
    bm_edition_take_page (edition, page);
    return page;
}

BmItem *
bm_page_add_item (BmEdition *edition, BmPage *page)
{
    BmItem *item = bm_arena_new0 (edition->arena, BmItem, 1);

    page->items = grown (edition->arena, page->items, page->n_items, sizeof (BmItem *));
    page->items[page->n_items++] = item;
    item->id = bm_arena_printf (edition->arena, "a%d", page->n_items);
    return item;
}

BmBlock *
bm_item_add_block (BmEdition *edition, BmItem *item, BmBlockKind kind, const char *text)
{
    item->blocks = grown (edition->arena, item->blocks, item->n_blocks, sizeof (BmBlock));
    BmBlock *block = &item->blocks[item->n_blocks++];
    *block = (BmBlock){ .kind = kind, .text = bm_arena_strdup (edition->arena, text) };
    return block;
}

BmPicture *
bm_item_add_picture (BmEdition *edition, BmItem *item, const char *caption, const char *file)
{
    item->pictures = grown (edition->arena, item->pictures, item->n_pictures, sizeof (BmPicture));
    BmPicture *picture = &item->pictures[item->n_pictures++];
    *picture = (BmPicture){ .caption = bm_arena_strdup (edition->arena, caption), .file = bm_arena_strdup (edition->arena, file) };
    return picture;
}

void
bm_item_add_headline (BmEdition *edition, BmItem *item, const char *line)
{
    item->headline = grown (edition->arena, item->headline, item->n_headline, sizeof (char *));
    item->headline[item->n_headline++] = bm_arena_strdup (edition->arena, line);
}

void
bm_item_add_remark (BmEdition *edition, BmItem *item, const char *remark)
{
    item->remarks = grown (edition->arena, item->remarks, item->n_remarks, sizeof (char *));
    item->remarks[item->n_remarks++] = bm_arena_strdup (edition->arena, remark);
}

void
bm_item_set_credits (BmEdition *edition, BmItem *item, const GArray *credits)
{
    item->n_credits = (int) credits->len;
    item->credits = bm_arena_copy (edition->arena, credits->data, credits->len, sizeof (BmCredit));
}

void
bm_page_add_front (BmEdition *edition, BmPage *page, const char *key, const char *value)
{
    page->front = grown (edition->arena, page->front, page->n_front, sizeof (BmFrontKey));
    page->front[page->n_front++] = (BmFrontKey){ bm_arena_strdup (edition->arena, key), bm_arena_strdup (edition->arena, value) };
}

/* Given names first; a number that a name has taken gets an x behind it. */
void
bm_page_settle_ids (BmEdition *edition, BmPage *page, BmDiags *diags)
{
    GHashTable *seen = g_hash_table_new (g_str_hash, g_str_equal);

    for (int i = 0; i < page->n_items; i++) {
        BmItem *item = page->items[i];

        if (!item->id_given || g_hash_table_add (seen, (gpointer) item->id))
            continue;
        bm_diag (diags, BM_WARNING, "BM0307", item->where, "give each item a name of its own",
                 "the name #%s stands twice; the second is left out", item->id);
        item->id = bm_arena_printf (edition->arena, "a%d", i + 1);
        item->id_given = false;
    }
    for (int i = 0; i < page->n_items; i++) {
        BmItem *item = page->items[i];

        while (!item->id_given && !g_hash_table_add (seen, (gpointer) item->id))
            item->id = bm_arena_printf (edition->arena, "%sx", item->id);
    }
    g_hash_table_destroy (seen);
}

/* ---- figures ---- */

/* White space does not count. */
static int
characters_in (const char *text)
{
    int n = 0;

    for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
        n += g_unichar_isspace (g_utf8_get_char (text)) ? 0 : 1;
    return n;
}

static int
block_characters (const BmBlock *block)
{
    int n = characters_in (block->text);

    for (int r = 0; r < block->n_rows; r++)
        for (int c = 0; c < block->rows[r].n_cells; c++)
            n += characters_in (block->rows[r].cells[c]);
    return n;
}

static int
body_characters (const BmItem *item)
{
    int n = characters_in (item->dateline);

    for (int i = 0; i < item->n_blocks; i++)
        n += block_characters (&item->blocks[i]);
    return n;
}

static void
add_part (GString *text, const char *part)
{
    if (part != NULL && *part != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", part);
}

static void
add_block (GString *text, const BmBlock *block)
{
    add_part (text, block->text);
    for (int r = 0; r < block->n_rows; r++) {
        GString *row = g_string_new (NULL);

        for (int c = 0; c < block->rows[r].n_cells; c++)
            g_string_append_printf (row, "%s%s", c > 0 ? "\t" : "", block->rows[r].cells[c] != NULL ? block->rows[r].cells[c] : "");
        add_part (text, row->str);
        g_string_free (row, TRUE);
    }
}

char *
bm_item_text (const BmItem *item)
{
    GString *text = g_string_new (NULL);

    add_part (text, item->jump_from);
    add_part (text, item->kicker);
    for (int i = 0; i < item->n_headline; i++)
        add_part (text, item->headline[i]);
    add_part (text, item->subhead);
    add_part (text, item->byline);
    add_part (text, item->dateline);
    for (int i = 0; i < item->n_blocks; i++)
        add_block (text, &item->blocks[i]);
    for (int i = 0; i < item->n_pictures; i++)
        add_part (text, item->pictures[i].caption);
    add_part (text, item->jump_to);
    return g_string_free (text, FALSE);
}

int
bm_item_characters (const BmItem *item)
{
    char *text = bm_item_text (item);
    int n = characters_in (text);

    g_free (text);
    return n;
}

/* ---- ranks (interfaces.md §3) ---- */

#define KICKER_WORTH 200
#define LONG_STORY 300

static int
weight_of (const BmItem *item)
{
    return body_characters (item) + (item->kicker != NULL ? KICKER_WORTH : 0);
}

static int
rank_by_size (const BmItem *item)
{
    if (item->kind == BM_ITEM_AD)
        return 6;
    if (item->kind == BM_ITEM_BRIEF)
        return 5;
    if (item->kind == BM_ITEM_PHOTO || body_characters (item) >= LONG_STORY)
        return 3;
    return 4;
}

/* The heaviest story not yet ranked; −1 if there is none. */
static int
heaviest (const BmPage *page, const int *ranks)
{
    int best = -1;

    for (int i = 0; i < page->n_items; i++) {
        const BmItem *item = page->items[i];

        if (item->kind != BM_ITEM_STORY || item->wish.importance != 0 || ranks[i] != 0)
            continue;
        if (best < 0 || weight_of (item) > weight_of (page->items[best]))
            best = i;
    }
    return best;
}

static bool
rank_taken (const BmPage *page, int rank)
{
    for (int i = 0; i < page->n_items; i++)
        if (page->items[i]->wish.importance == rank)
            return true;
    return false;
}

void
bm_page_rank (const BmPage *page, int *ranks)
{
    bool lead_seen = false;

    memset (ranks, 0, (size_t) page->n_items * sizeof *ranks);
    int first = rank_taken (page, 1) ? -1 : heaviest (page, ranks);
    if (first >= 0)
        ranks[first] = 1;
    int second = first >= 0 && !rank_taken (page, 2) ? heaviest (page, ranks) : -1;
    if (second >= 0 && 2 * weight_of (page->items[second]) >= weight_of (page->items[first]))
        ranks[second] = 2;
    for (int i = 0; i < page->n_items; i++) {
        const BmItem *item = page->items[i];

        if (item->kind == BM_ITEM_AD)
            ranks[i] = 6;
        else if (item->wish.importance != 0)
            ranks[i] = item->wish.importance == 1 && lead_seen ? 2 : item->wish.importance;
        else if (ranks[i] == 0)
            ranks[i] = rank_by_size (item);
        lead_seen = lead_seen || ranks[i] == 1;
    }
    /* A page of pictures or briefs has a lead, too: its first item that is no ad. */
    for (int i = 0; !lead_seen && i < page->n_items; i++)
        if (page->items[i]->kind != BM_ITEM_AD) {
            ranks[i] = 1;
            lead_seen = true;
        }
}
