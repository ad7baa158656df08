/* chains.c — S6: threads to one text. They come out in the order of their first pieces, but where one ends in
 * mid-sentence and another begins so, the second follows the first. */
#include "recover/weave-private.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    int first, last; /* pieces */
    int next;        /* thread that goes on with its last sentence; −1 */
    int text;        /* see text_of */
    int right;       /* its right edge, if places are known */
    bool follows;
} Chain;

#define NEAR 24 /* threads begun before or after, among which a sentence is sought on */

static double
link_cost (const BmLoom *loom, const Chain *a, const Chain *b, int apart)
{
    const BmPiece *end = &loom->pieces[a->last], *start = &loom->pieces[b->first];
    double measure = end->measure;

    if (end->folio || start->folio || end->cues & BM_CUE_CLOSED || end->display || start->display ||
        start->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE))
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
        Chain chain = { i, i, -1, (int) chains->len, loom->pieces[i].end, false };

        if (before[i] >= 0)
            continue;
        for (int k = i; k >= 0; k = after[k]) {
            chain.last = k;
            chain.right = MAX (chain.right, loom->pieces[k].end);
        }
        g_array_append_val (chains, chain);
    }
    return chains;
}

/* ---- where places are known: each headline before the columns under it ---- */

#define CLUSTER 6 /* columns between two lines of one headline block */

typedef struct {
    int chain, band;
    int group; /* left edge of the headline block it stands under, or belongs to */
    bool head;
} Rank;

static bool
is_head (const BmLoom *loom, const Chain *chain)
{
    return loom->pieces[chain->first].display && loom->pieces[chain->last].display;
}

/* Bands of the page: a headline under two columns or more that have stopped begins one. */
static void
find_bands (const BmLoom *loom, const GArray *chains, Rank *ranks)
{
    int band = 0, from = 0;

    for (int c = 0; c < (int) chains->len; c++) {
        const Chain *chain = &g_array_index (chains, Chain, c);
        int stopped = 0;

        ranks[c] = (Rank){ .chain = c, .head = is_head (loom, chain), .group = -1 };
        for (int k = from; k < c && ranks[c].head; k++)
            stopped +=
                !ranks[k].head && loom->pieces[g_array_index (chains, Chain, k).last].row < loom->pieces[chain->first].row - 1;
        if (stopped >= 2) {
            band++;
            from = c;
        }
        ranks[c].band = band;
    }
}

/* The left edge of the block of headline lines that stand over or beside each other. */
static int
block_edge (const BmLoom *loom, const GArray *chains, const Rank *ranks, int from, int end, int c)
{
    const BmPiece *own = &loom->pieces[g_array_index (chains, Chain, c).first];
    int left = own->x, right = own->end;

    for (int again = 0; again < 2; again++)
        for (int k = from; k < end; k++) {
            const BmPiece *other = &loom->pieces[g_array_index (chains, Chain, k).first];

            if (!ranks[k].head || other->x > right + CLUSTER || other->end < left - CLUSTER)
                continue;
            left = MIN (left, other->x);
            right = MAX (right, other->end);
        }
    return left;
}

/* A column stands under the last headline that begins left of the column's right edge, or else under the first. */
static void
find_groups (const BmLoom *loom, const GArray *chains, Rank *ranks, int from, int end)
{
    int leftmost = G_MAXINT;

    for (int c = from; c < end; c++) {
        if (!ranks[c].head)
            continue;
        ranks[c].group = block_edge (loom, chains, ranks, from, end, c);
        leftmost = MIN (leftmost, ranks[c].group);
    }
    for (int c = from; c < end; c++) {
        if (ranks[c].head || leftmost == G_MAXINT)
            continue;
        ranks[c].group = leftmost;
        for (int k = from; k < end; k++)
            if (ranks[k].head && ranks[k].group <= g_array_index (chains, Chain, c).right)
                ranks[c].group = MAX (ranks[c].group, ranks[k].group);
    }
}

static int
compare_ranks (const void *a, const void *b)
{
    const Rank *x = a, *y = b;

    if (x->band != y->band)
        return x->band - y->band;
    if (x->group != y->group)
        return x->group - y->group;
    return x->head != y->head ? y->head - x->head : x->chain - y->chain;
}

#define MAX_BAND 200 /* chains; a band of more is no page's */

static Rank *
rank_chains (const BmLoom *loom, const GArray *chains)
{
    const int n = (int) chains->len;
    Rank *ranks = g_new (Rank, (gsize) MAX (n, 1));

    if (!loom->weave->positions) {
        for (int c = 0; c < n; c++)
            ranks[c] = (Rank){ .chain = c };
        return ranks;
    }
    find_bands (loom, chains, ranks);
    for (int from = 0, end = 0; from < n; from = end) {
        for (end = from; end < n && ranks[end].band == ranks[from].band; end++)
            ;
        if (end - from <= MAX_BAND)
            find_groups (loom, chains, ranks, from, end);
    }
    qsort (ranks, (size_t) n, sizeof *ranks, compare_ranks);
    return ranks;
}

int *
bm_chains_order (const BmLoom *loom, const int *before)
{
    int *after = g_new (int, (gsize) loom->n), *order = g_new (int, (gsize) loom->n), n = 0;
    GArray *chains = chains_of (loom, before, after);

    link_chains (loom, chains);
    Rank *ranks = rank_chains (loom, chains);
    for (int c = 0; c < (int) chains->len; c++) {
        if (g_array_index (chains, Chain, ranks[c].chain).follows)
            continue;
        for (int k = ranks[c].chain; k >= 0; k = g_array_index (chains, Chain, k).next)
            for (int i = g_array_index (chains, Chain, k).first; i >= 0; i = after[i])
                order[n++] = i;
    }
    g_array_free (chains, TRUE);
    g_free (ranks);
    g_free (after);
    return order;
}
