/* conserve.c — the proof: every character of the dump that is no blank stands in the edition, and no other.
 *
 * Order is what recovery changes, so the two sides are compared as multisets: a sum of mixed code points, which two
 * different multisets share with a chance of 2⁻⁶⁴, and a count. */
#include "recover/recover-private.h"

typedef struct {
    guint64 sum;
    gint64 count;
} Tally;

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): any change of a bit changes half of them. */
static guint64
mixed (guint64 x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static void
tally_char (Tally *tally, gunichar c)
{
    if (bm_char_is_blank (c))
        return;
    tally->sum += mixed (c);
    tally->count++;
}

static void
tally_text (Tally *tally, const char *text)
{
    for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
        tally_char (tally, g_utf8_get_char (text));
}

static void
tally_block (Tally *tally, const BmBlock *block)
{
    tally_text (tally, block->text);
    for (int r = 0; r < block->n_rows; r++)
        for (int c = 0; c < block->rows[r].n_cells; c++)
            tally_text (tally, block->rows[r].cells[c]);
}

static void
tally_item (Tally *tally, const BmItem *item)
{
    const char *const texts[] = { item->kicker, item->subhead, item->byline, item->dateline, item->jump_to, item->jump_from };

    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
        tally_text (tally, texts[i]);
    for (int i = 0; i < item->n_headline; i++)
        tally_text (tally, item->headline[i]);
    for (int i = 0; i < item->n_blocks; i++)
        tally_block (tally, &item->blocks[i]);
    for (int i = 0; i < item->n_pictures; i++)
        tally_text (tally, item->pictures[i].caption);
}

bool
bm_is_conserved (const BmRaw *raw, const BmPage *page)
{
    Tally dump = { 0, 0 }, edition = { 0, 0 };

    for (guint i = 0; i < raw->chars->len; i++)
        tally_char (&dump, bm_raw_char (raw, i)->code);
    for (int i = 0; i < page->n_items; i++)
        tally_item (&edition, page->items[i]);
    for (int i = 0; i < page->n_folio; i++)
        tally_text (&edition, page->folio[i]);
    return dump.sum == edition.sum && dump.count == edition.count;
}
