/* align.c — S7a: stories and their headlines by one monotone alignment of display lines and paragraphs.
 *
 * Where a story begins and which lines are its headline is one question: a display line between two paragraphs is a
 * crosshead if they are one story and a headline if they are two. So a path through (paragraphs taken, display lines
 * taken) takes a whole story at a step: some paragraphs, and as its headline up to five lines of one run, or none.
 * What a step costs: beginning a story where nothing says so, going on over a change of column, lines left over, a
 * story without headline. What it gains: words shared, and standing next to the text on the side on which this page's
 * headlines stand. The side is tried both ways, and the better total is taken.
 *
 * Order is what holds for headlines set far from their texts (all first, all last); the few strays that break it are
 * left over here and found by assign.c. */
#include "recover/recover-private.h"

#include <math.h>

#define MAX_BLOCK 5
#define MAX_STORY 200 /* paragraphs */

typedef enum { SIDE_BEFORE, SIDE_AFTER, SIDE_APART, N_SIDES } Side;

typedef struct {
    double cost;
    gint16 para, head;        /* where the step came from */
    gint16 block, n_block;    /* the headline it took; n_block 0: none */
    bool story;               /* a story, or a line left over */
} Cell;

typedef struct {
    const BmSheet *sheet;
    Side side;
    Cell *cells; /* (n_paras + 1) × (n_heads + 1) */
    int stride;
} Path;

/* ---- gains ---- */

static double
share_gain (double shared, int n)
{
    return n > 0 ? MIN (1.5 * shared / sqrt ((double) n), 3.5) : 0;
}

/* Pairs of lines [head, head + n), each once; their number. */
static int
block_pairs (const BmSheet *sheet, int head, int n, int *ids, int max)
{
    int found = 0;

    for (int h = head; h < head + n; h++) {
        int m = 0;
        const int *pairs = bm_lexicon_head (sheet->lexicon, h, &m);

        for (int k = 0; k < m && found < max; k++)
            ids[found++] = pairs[k];
    }
    return found;
}

#define MAX_PAIRS 200

double
bm_sheet_likeness (const BmSheet *sheet, int head, int n, int first, int end)
{
    int ids[MAX_PAIRS];
    int n_pairs = block_pairs (sheet, head, n, ids, MAX_PAIRS), size = bm_lexicon_size (sheet->lexicon);
    double shared = 0;

    for (int k = 0; k < n_pairs; k++) {
        bool seen = false;

        for (int p = first; p < end && !seen; p++)
            seen = sheet->seen[(gsize) p * (gsize) size + (gsize) ids[k]] != 0;
        shared += seen ? sheet->weight[ids[k]] : 0;
    }
    return share_gain (shared, n_pairs);
}

#define SHAPE 0.6 /* weight of a block's look */
#define CUT 0.5   /* a run cut in two */

/* Lines of one block look like one headline; where its run is cut there is mostly a blank line, if there are any. */
static double
block_shape (const BmSheet *sheet, int head, int n)
{
    const BmHeadSigns *top = &sheet->signs[head], *foot = &sheet->signs[head + n - 1];
    BmRoles roles;

    if (top->run != foot->run)
        return -100;
    /* A good look speaks for the block wherever it is put: only a bad one tells. */
    double gain = MIN (SHAPE * bm_head_worth (sheet->raw, sheet->units, sheet->heads + head, n, &roles), 0.3);
    gain -= top->first ? 0 : CUT;
    gain -= foot->last ? 0 : CUT;
    return gain;
}

#define BESIDE 1.2    /* next to its text on the page's side */
#define BESIDE_ODD 0.4 /* … on the other side */
#define APART 0.9     /* headlines gathered in one place: each of them */
#define BESIDE_LITTLE 0.2 /* … a line beside some text is hardly one */
#define GATHERED 6    /* lines of a run */
#define WITHIN 0.3    /* between two paragraphs of its text */

static double
place_gain (const Path *path, int head, int n, int first, int end)
{
    const BmHeadSigns *top = &path->sheet->signs[head], *foot = &path->sheet->signs[head + n - 1];
    double before = 0, after = 0;

    if (path->side == SIDE_APART)
        return foot->run_length >= GATHERED && foot->run_length > n ? APART : BESIDE_LITTLE * (foot->next == first || top->prev == end - 1);
    if (foot->last && foot->next == first)
        before = path->side == SIDE_BEFORE || foot->signed_ ? BESIDE : BESIDE_ODD;
    if (top->first && top->prev == end - 1 && !top->signed_)
        after = path->side == SIDE_AFTER ? BESIDE : BESIDE_ODD;
    if (top->prev >= first && foot->next >= 0 && foot->next < end && n > 1)
        after = MAX (after, WITHIN);
    return MAX (before, after);
}

/* ---- costs ---- */

/* A line that suits a text elsewhere is a stray headline: assign.c will bring it there. */
static double
left_over_cost (const BmSheet *sheet, int h)
{
    const BmHeadSigns *signs = &sheet->signs[h];
    double cost = signs->inner ? 0.3 : signs->after_ad ? 0.4 : 0.8;

    return cost - MIN (0.4 * signs->stray, 0.7 * cost);
}

#define HEADLESS 1.6

static double
headless_cost (const BmSheet *sheet, int first)
{
    return HEADLESS - MIN (0.5 * sheet->bounds[first].stray, 1.2);
}

/* Beginning a story at `first` and going on to `end`. */
static double
begin_cost (const BmSheet *sheet, int first)
{
    const BmBoundary *bound = &sheet->bounds[first];

    return bound->split + (bound->signed_ ? 0 : (bound->plain ? 0.2 : 0.8) * sheet->signed_share);
}

/* ---- the path ---- */

static Cell *
cell_at (const Path *path, int para, int head)
{
    return &path->cells[para * path->stride + head];
}

static void
relax (Path *path, int para, int head, Cell step)
{
    Cell *cell = cell_at (path, para, head);

    if (step.cost < cell->cost - 1e-9)
        *cell = step;
}

/* All stories that begin at paragraph p with lines [block, block + n) as headline. */
static void
take_with_head (Path *path, int p, int block, int n)
{
    const BmSheet *sheet = path->sheet;
    int ids[MAX_PAIRS], n_pairs = block_pairs (sheet, block, n, ids, MAX_PAIRS), size = bm_lexicon_size (sheet->lexicon);
    bool seen[MAX_PAIRS] = { false };
    double shared = 0, cost = cell_at (path, p, block)->cost + begin_cost (sheet, p) - block_shape (sheet, block, n);

    if (cost > 90)
        return;
    for (int end = p + 1; end <= sheet->n_paras && end - p <= MAX_STORY; end++) {
        if (end - 1 > p) {
            if (sheet->bounds[end - 1].must)
                break;
            cost += sheet->bounds[end - 1].keep;
        }
        for (int k = 0; k < n_pairs; k++)
            if (!seen[k] && sheet->seen[(gsize) (end - 1) * (gsize) size + (gsize) ids[k]]) {
                seen[k] = true;
                shared += sheet->weight[ids[k]];
            }
        double total = cost - share_gain (shared, n_pairs) - place_gain (path, block, n, p, end);
        relax (path, end, block + n, (Cell){ total, (gint16) p, (gint16) block, (gint16) block, (gint16) n, true });
    }
}

static void
take_headless (Path *path, int p, int head)
{
    const BmSheet *sheet = path->sheet;
    double cost = cell_at (path, p, head)->cost + begin_cost (sheet, p) + headless_cost (sheet, p);

    for (int end = p + 1; end <= sheet->n_paras && end - p <= MAX_STORY; end++) {
        if (end - 1 > p) {
            if (sheet->bounds[end - 1].must)
                break;
            cost += sheet->bounds[end - 1].keep;
        }
        relax (path, end, head, (Cell){ cost, (gint16) p, (gint16) head, 0, 0, true });
    }
}

/* All steps from paragraph p on; lines are left over one by one. */
static void
step_from (Path *path, int p)
{
    const int n_heads = path->sheet->n_heads;

    for (int l = 0; l <= n_heads; l++) {
        if (l > 0)
            relax (path, p, l, (Cell){ cell_at (path, p, l - 1)->cost + left_over_cost (path->sheet, l - 1), (gint16) p, (gint16) (l - 1), 0, 0, false });
        if (p == path->sheet->n_paras)
            continue;
        take_headless (path, p, l);
        for (int n = 1; n <= MAX_BLOCK && l + n <= n_heads; n++)
            take_with_head (path, p, l, n);
    }
}

static GArray *
read_path (const Path *path)
{
    GArray *matches = g_array_new (FALSE, FALSE, sizeof (BmMatch));
    int p = path->sheet->n_paras, h = path->sheet->n_heads;

    while (p > 0 || h > 0) {
        const Cell *cell = cell_at (path, p, h);

        if (cell->story) {
            BmMatch match = { cell->para, p, cell->block, cell->n_block, 0 };

            g_array_prepend_val (matches, match);
        }
        p = cell->para;
        h = cell->head;
    }
    return matches;
}

static GArray *
align_on_side (const BmSheet *sheet, Side side, double *cost)
{
    Path path = { sheet, side, NULL, sheet->n_heads + 1 };
    const size_t n = (size_t) (sheet->n_paras + 1) * (size_t) path.stride;

    path.cells = g_new0 (Cell, n);
    for (size_t i = 0; i < n; i++)
        path.cells[i].cost = 1e6;
    path.cells[0].cost = 0;
    for (int p = 0; p <= sheet->n_paras; p++)
        step_from (&path, p);
    *cost = cell_at (&path, sheet->n_paras, sheet->n_heads)->cost;
    GArray *matches = read_path (&path);
    g_free (path.cells);
    return matches;
}

GArray *
bm_sheet_align (const BmSheet *sheet)
{
    GArray *best = NULL;
    double least = 0;

    for (Side side = SIDE_BEFORE; side < N_SIDES; side++) {
        double cost = 0;
        GArray *matches = align_on_side (sheet, side, &cost);

        if (best == NULL || cost < least - 1e-9) {
            GArray *worse = best;

            best = matches;
            matches = worse;
            least = cost;
        }
        if (matches != NULL)
            g_array_free (matches, TRUE);
    }
    return best;
}
