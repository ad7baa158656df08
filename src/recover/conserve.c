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

bool
bm_is_conserved (const BmRaw *raw, const BmPage *page)
{
    Tally dump = { 0, 0 }, edition = { 0, 0 };

    for (guint i = 0; i < raw->chars->len; i++)
        tally_char (&dump, bm_raw_char (raw, i)->code);
    for (int i = 0; i < page->n_items; i++) {
        char *text = bm_item_text (page->items[i]);

        tally_text (&edition, text);
        g_free (text);
    }
    for (int i = 0; i < page->n_folio; i++)
        tally_text (&edition, page->folio[i]);
    return dump.sum == edition.sum && dump.count == edition.count;
}
