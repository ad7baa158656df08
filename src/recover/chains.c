/* chains.c — S6: threads to one text. They come out in the order of their first pieces, but where one ends in
 * mid-sentence and another begins so, the second follows the first. */
#include "recover/weave-private.h"

#include <math.h>

typedef struct {
    int first, last;   /* pieces */
    int next;          /* thread that goes on with its last sentence; −1 */
    int text;          /* see text_of */
    bool follows;
} Chain;

#define NEAR 24 /* threads begun before or after, among which a sentence is sought on */

static double
link_cost (const BmLoom *loom, const Chain *a, const Chain *b, int apart)
{
    const BmPiece *end = &loom->pieces[a->last], *start = &loom->pieces[b->first];
    double measure = end->measure;

    if (end->folio || start->folio || end->cues & BM_CUE_CLOSED || end->display || start->display || start->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE))
        return 99;
    double cost = -bm_seam_worth (loom->seams, end->last, start->first) + bm_weave_params.apart * apart;
    cost += bm_is_full (end->width, measure) ? 0 : 1;
    cost += fabs (measure - 2 - start->width) <= 0.8 && !(start->cues & BM_CUE_CLOSED) ? 0.6 : 0;
    return start->cues & BM_CUE_HELD ? cost - 1.5 : cost;
}

/* The text that a chain belongs to: chains linked so far share one (union-find). */
static int
text_of (GArray *chains, int c)
{
    while (g_array_index (chains, Chain, c).text != c) {
        Chain *chain = &g_array_index (chains, Chain, c);

        chain->text = g_array_index (chains, Chain, chain->text).text;
        c = chain->text;
    }
    return c;
}

/* Open ends find their beginnings, the surest first. */
static void
link_chains (const BmLoom *loom, GArray *chains)
{
    const int n = (int) chains->len;

    for (int round = 0; round < 3; round++)
        for (int a = 0; a < n; a++) {
            Chain *end = &g_array_index (chains, Chain, a);
            double best = bm_weave_params.linked - 1.2 + 0.6 * round;
            int found = -1;

            for (int b = MAX (a - NEAR, 0); b < MIN (a + NEAR, n) && end->next < 0; b++) {
                const Chain *start = &g_array_index (chains, Chain, b);
                double cost = b == a || start->follows ? 99 : link_cost (loom, end, start, b > a ? b - a - 1 : a - b + 2);

                if (cost < best && text_of (chains, a) != text_of (chains, b)) {
                    best = cost;
                    found = b;
                }
            }
            if (found >= 0) {
                end->next = found;
                g_array_index (chains, Chain, found).follows = true;
                g_array_index (chains, Chain, text_of (chains, found)).text = text_of (chains, a);
            }
        }
}

static GArray *
chains_of (const BmLoom *loom, const int *before, int *after)
{
    GArray *chains = g_array_new (FALSE, FALSE, sizeof (Chain));

    for (int i = 0; i < loom->n; i++)
        after[i] = -1;
    for (int i = 0; i < loom->n; i++)
        if (before[i] >= 0)
            after[before[i]] = i;
    for (int i = 0; i < loom->n; i++) {
        Chain chain = { i, i, -1, (int) chains->len, false };

        if (before[i] >= 0)
            continue;
        while (after[chain.last] >= 0)
            chain.last = after[chain.last];
        g_array_append_val (chains, chain);
    }
    return chains;
}

int *
bm_chains_order (const BmLoom *loom, const int *before)
{
    int *after = g_new (int, (gsize) loom->n), *order = g_new (int, (gsize) loom->n), n = 0;
    GArray *chains = chains_of (loom, before, after);

    link_chains (loom, chains);
    for (int c = 0; c < (int) chains->len; c++) {
        if (g_array_index (chains, Chain, c).follows)
            continue;
        for (int k = c; k >= 0; k = g_array_index (chains, Chain, k).next)
            for (int i = g_array_index (chains, Chain, k).first; i >= 0; i = after[i])
                order[n++] = i;
    }
    g_array_free (chains, TRUE);
    g_free (after);
    return order;
}
