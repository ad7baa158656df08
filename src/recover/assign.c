/* assign.c — S7b, d: display lines that the alignment left over and stories without a headline.
 *
 * A block is what remains of one run, cut where that pays. Blocks and stories are paired by shared words, best first;
 * a last block and a last story that remain belong together by elimination. */
#include "recover/recover-private.h"

#define ENOUGH 0.45 /* likeness below this is chance (dev pages: strays share two or more pairs) */

typedef struct {
    int head, n;
    bool used;
} Rest;

static bool *
taken_lines (const BmSheet *sheet, const GArray *matches)
{
    bool *taken = g_new0 (bool, (gsize) MAX (sheet->n_heads, 1));

    for (guint i = 0; i < matches->len; i++) {
        const BmMatch *match = &g_array_index (matches, BmMatch, i);

        for (int h = match->head; h < match->head + match->n_head; h++)
            taken[h] = true;
    }
    return taken;
}

/* Runs of untaken lines; not the words of an ad, not what looks like a crosshead of its story. */
static GArray *
rest_blocks (const BmSheet *sheet, const GArray *matches)
{
    GArray *rests = g_array_new (FALSE, FALSE, sizeof (Rest));
    bool *taken = taken_lines (sheet, matches);

    for (int h = 0; h < sheet->n_heads; h++) {
        Rest *last = rests->len > 0 ? &g_array_index (rests, Rest, rests->len - 1) : NULL;

        if (taken[h])
            continue;
        if (last != NULL && last->head + last->n == h && sheet->signs[h].run == sheet->signs[h - 1].run && last->n < 5) {
            last->n++;
        } else {
            Rest rest = { h, 1, false };

            g_array_append_val (rests, rest);
        }
    }
    g_free (taken);
    return rests;
}

/* The part of the rest that suits the story best, and how well. */
static double
best_part (const BmSheet *sheet, const Rest *rest, const BmMatch *match, int *head, int *n)
{
    double best = 0;

    for (int from = rest->head; from < rest->head + rest->n; from++)
        for (int k = 1; from + k <= rest->head + rest->n; k++) {
            /* The whole rest is the likelier the fewer lines would stay alone. */
            double gain = bm_sheet_likeness (sheet, from, k, match->first, match->end) - 0.35 * (rest->n - k);

            if (gain > best) {
                best = gain;
                *head = from;
                *n = k;
            }
        }
    return best;
}

static bool
assign_best (const BmSheet *sheet, GArray *rests, GArray *matches)
{
    double best = ENOUGH;
    int best_rest = -1, best_match = -1, head = 0, n = 0;

    for (guint r = 0; r < rests->len; r++)
        for (guint m = 0; m < matches->len; m++) {
            const Rest *rest = &g_array_index (rests, Rest, r);
            const BmMatch *match = &g_array_index (matches, BmMatch, m);
            int h = 0, k = 0;
            double gain = rest->used || match->n_head > 0 ? 0 : best_part (sheet, rest, match, &h, &k);

            if (gain > best) {
                best = gain;
                best_rest = (int) r;
                best_match = (int) m;
                head = h;
                n = k;
            }
        }
    if (best_rest < 0)
        return false;
    BmMatch *match = &g_array_index (matches, BmMatch, best_match);
    match->head = head;
    match->n_head = n;
    match->margin = best;
    g_array_index (rests, Rest, best_rest).used = true;
    return true;
}

/* One block, one story: they belong together. A block beside a headless story does, too. */
static void
assign_by_elimination (const BmSheet *sheet, GArray *rests, GArray *matches)
{
    int rest = -1, match = -1;

    for (guint r = 0; r < rests->len; r++) {
        const Rest *one = &g_array_index (rests, Rest, r);

        if (one->used || sheet->signs[one->head].inner || sheet->signs[one->head].after_ad)
            continue;
        if (rest >= 0)
            return;
        rest = (int) r;
    }
    for (guint m = 0; m < matches->len; m++) {
        if (g_array_index (matches, BmMatch, m).n_head > 0)
            continue;
        if (match >= 0)
            return;
        match = (int) m;
    }
    if (rest < 0 || match < 0)
        return;
    g_array_index (matches, BmMatch, match).head = g_array_index (rests, Rest, rest).head;
    g_array_index (matches, BmMatch, match).n_head = g_array_index (rests, Rest, rest).n;
}

void
bm_sheet_assign (const BmSheet *sheet, GArray *matches)
{
    GArray *rests = rest_blocks (sheet, matches);

    while (assign_best (sheet, rests, matches))
        ;
    assign_by_elimination (sheet, rests, matches);
    g_array_free (rests, TRUE);
}
