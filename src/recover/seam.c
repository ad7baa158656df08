/* seam.c — does text go on across a break? The words that a seam makes, against the page's own and the language's.
 *
 * A pair of ideographs that stands unbroken elsewhere on the page, or is common inside words, proves a seam; one that
 * ends on an ideograph that seldom ends a word, without making a known one, speaks against it. */
#include "recover/recover-private.h"

#define KNOWN       1.3 /* a pair common inside words */
#define ON_PAGE     0.9 /* … that the page has elsewhere; log of its odds on composed pages */
#define ON_PAGE_TOO 0.4 /* … both */
#define UNKNOWN     (-0.4)
#define SELDOM      (-0.8) /* an ideograph that seldom ends, or seldom begins, a word */
#define NUMBER      (-1.5) /* engines do not break a number */

struct BmSeams {
    BmWords *words;
    GHashTable *seen; /* pair → 1 */
};

static void
add_pairs (BmSeams *seams, BmRun run)
{
    for (int i = 0; i + 1 < run.n; i++) {
        guint64 key = bm_pair_key (run.chars[i].code, run.chars[i + 1].code);

        if (!bm_char_is_han (run.chars[i].code) || !bm_char_is_han (run.chars[i + 1].code) || run.chars[i + 1].gap > 0)
            continue;
        if (!g_hash_table_contains (seams->seen, &key))
            g_hash_table_add (seams->seen, g_memdup2 (&key, sizeof key));
    }
}

BmSeams *
bm_seams_new (const BmRaw *raw)
{
    BmSeams *seams = g_new (BmSeams, 1);

    seams->words = bm_words_new ();
    seams->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    for (int i = 0; i < (int) raw->lines->len; i++)
        add_pairs (seams, bm_line_run (raw, bm_raw_line (raw, i)));
    return seams;
}

void
bm_seams_free (BmSeams *seams)
{
    bm_words_free (seams->words);
    g_hash_table_destroy (seams->seen);
    g_free (seams);
}

double
bm_seam_worth (const BmSeams *seams, gunichar a, gunichar b)
{
    guint64 key = bm_pair_key (a, b);
    bool han_a = bm_char_is_han (a), han_b = bm_char_is_han (b);

    if (bm_char_is_digit (a) && bm_char_is_digit (b))
        return NUMBER;
    if (han_a && han_b) {
        bool known = bm_words_has (seams->words, a, b), seen = g_hash_table_contains (seams->seen, &key);

        if (known || seen)
            return known ? KNOWN + (seen ? ON_PAGE_TOO : 0) : ON_PAGE;
    }
    return (han_a && bm_words_seldom_last (seams->words, a) ? SELDOM : 0) +
           (han_b && bm_words_seldom_first (seams->words, b) ? SELDOM : 0) + (han_a && han_b ? UNKNOWN : 0);
}
