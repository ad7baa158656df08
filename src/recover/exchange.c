/* exchange.c — S7c: headlines that changed places.
 *
 * The alignment holds to the order of the dump. A dump that gives one headline far too early leaves every later one a
 * story behind, each beside a text that it does not speak of. So the blocks that the alignment gave away are dealt out
 * once more, all at a time: the assignment of blocks to stories that shares the most words (Kuhn 1955, Munkres 1957,
 * by shortest augmenting paths as in Jonker and Volgenant 1987). Of its cycles those are carried out that gain clearly:
 * where words say little, order is the better witness. */
#include "recover/recover-private.h"

#include <math.h>

#define BESIDE 0.5 /* a block next to the text, on either side */
#define CLEAR 0.25 /* gain of an exchange, each story in it; dev pages: chance gains less */
#define MOST 120   /* stories of a window; more are left as they stand */

typedef struct {
    int n;
    double *gain; /* n × n: story, block; a story without headline has a block of no lines */
} Deal;

static double *
gain_at (const Deal *deal, int story, int block)
{
    return &deal->gain[story * deal->n + block];
}

static double
gain_of (const BmSheet *sheet, const BmMatch *story, const BmMatch *block)
{
    if (block->n_head == 0)
        return 0;
    const BmHeadSigns *top = &sheet->signs[block->head], *foot = &sheet->signs[block->head + block->n_head - 1];
    bool beside = (foot->last && foot->next == story->first) || (top->first && top->prev == story->end - 1);

    return bm_sheet_likeness (sheet, block->head, block->n_head, story->first, story->end) + (beside ? BESIDE : 0);
}

static Deal
new_deal (const BmSheet *sheet, const GArray *matches)
{
    Deal deal = { (int) matches->len, g_new (double, (gsize) matches->len * matches->len) };

    for (int s = 0; s < deal.n; s++)
        for (int b = 0; b < deal.n; b++)
            *gain_at (&deal, s, b) = gain_of (sheet, &g_array_index (matches, BmMatch, s), &g_array_index (matches, BmMatch, b));
    return deal;
}

/* The working store of one assignment; index 0 of each is a root that no block has. */
typedef struct {
    double *of_story, *of_block, *least;
    int *story_of, *way;
    bool *done;
} Duals;

/* The shortest augmenting path from the story at the root; returns the free block it ends at. */
static int
augment_from (const Deal *deal, Duals *duals)
{
    int block = 0;

    for (int b = 0; b <= deal->n; b++) {
        duals->least[b] = INFINITY;
        duals->done[b] = false;
    }
    do {
        int story = duals->story_of[block], next = 0;
        double step = INFINITY;

        duals->done[block] = true;
        for (int b = 1; b <= deal->n; b++) {
            double cost = -*gain_at (deal, story - 1, b - 1) - duals->of_story[story] - duals->of_block[b];

            if (duals->done[b])
                continue;
            if (cost < duals->least[b]) {
                duals->least[b] = cost;
                duals->way[b] = block;
            }
            if (duals->least[b] < step) {
                step = duals->least[b];
                next = b;
            }
        }
        for (int b = 0; b <= deal->n; b++)
            if (duals->done[b]) {
                duals->of_story[duals->story_of[b]] += step;
                duals->of_block[b] -= step;
            } else {
                duals->least[b] -= step;
            }
        block = next;
    } while (duals->story_of[block] != 0);
    return block;
}

/* The block of each story that makes the sum of gains the largest. */
static void
assign_all (const Deal *deal, int *block_of)
{
    const gsize n = (gsize) deal->n + 1;
    Duals duals = { g_new0 (double, n), g_new0 (double, n), g_new (double, n), g_new0 (int, n), g_new0 (int, n), g_new0 (bool, n) };

    for (int s = 1; s <= deal->n; s++) {
        duals.story_of[0] = s;
        for (int b = augment_from (deal, &duals); b != 0; b = duals.way[b])
            duals.story_of[b] = duals.story_of[duals.way[b]];
    }
    for (int b = 1; b <= deal->n; b++)
        block_of[duals.story_of[b] - 1] = b - 1;
    g_free (duals.of_story);
    g_free (duals.of_block);
    g_free (duals.least);
    g_free (duals.story_of);
    g_free (duals.way);
    g_free (duals.done);
}

/* Carry out the exchanges that gain clearly, cycle by cycle. */
static void
exchange_cycles (const Deal *deal, const int *block_of, GArray *matches)
{
    BmMatch *before = g_memdup2 (matches->data, matches->len * sizeof (BmMatch));
    bool *seen = g_new0 (bool, (gsize) deal->n);

    for (int s = 0; s < deal->n; s++) {
        double gain = 0;
        int length = 0;

        for (int k = s; !seen[k]; k = block_of[k]) {
            seen[k] = true;
            gain += *gain_at (deal, k, block_of[k]) - *gain_at (deal, k, k);
            length++;
        }
        if (length < 2 || gain < CLEAR * length)
            continue;
        int k = s;
        do {
            BmMatch *match = &g_array_index (matches, BmMatch, k);

            match->head = before[block_of[k]].head;
            match->n_head = before[block_of[k]].n_head;
            k = block_of[k];
        } while (k != s);
    }
    g_free (before);
    g_free (seen);
}

void
bm_sheet_exchange (const BmSheet *sheet, GArray *matches)
{
    if (matches->len < 2 || matches->len > MOST)
        return;
    Deal deal = new_deal (sheet, matches);
    int *block_of = g_new (int, (gsize) deal.n);

    assign_all (&deal, block_of);
    exchange_cycles (&deal, block_of, matches);
    g_free (block_of);
    g_free (deal.gain);
}
