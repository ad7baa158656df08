/* search-notch.c — pages with an L (咬合): one story has a notch in which other blocks stand (page-makeup.md §6).
 *
 * The table of the search holds the parts without a notch. A second table of the same kind holds those with exactly one: they
 * begin as an L with its notch filled out of the first table, and grow by parts of the first on any side. So the pages without an
 * L stay what they are, whether notches are asked for or not, and no page has two, which is as much as a reader can follow. */
#include "makeup/search.h"

#include <string.h>

#define MOST_IN_NOTCH 3 /* blocks; but all the others may stand in the notch of one story that spans the page */
#define KEPT          400
#define KEPT_ALIKE    20
#define MAX_ROOTS     60000

typedef struct {
    uint16_t first; /* leaves of the left or upper part; of an L its story alone */
    int cut;        /* its columns or rows; of an L its number among the story's notched shapes */
    uint8_t join;
    bool second; /* the part with the notch is the right or lower one */
} NotchBack;

typedef struct {
    Search *plain;
    Band *bands;
    int *cost;
    NotchBack *back;
    uint8_t *top_left, *top_right;
    GArray *roots; /* Found */
} Notches;

/* A page: its last join, or a pinwheel. */
typedef struct {
    int cost;
    NotchBack last;
    NotchedWheel wheel; /* of JOIN_WHEEL; last.first is its first arm then */
} Found;

static Table
table_of (const Notches *notches, bool notched)
{
    return notched ? (Table){ notches->bands, notches->cost, notches->top_left, notches->top_right }
                   : bm_plain_table (notches->plain);
}

/* ---- the table ---- */

static void
relax (Notches *notches, unsigned set, int w, int h, int cost, NotchBack back, uint8_t top_left, uint8_t top_right)
{
    const Search *search = notches->plain;
    Band *band = &notches->bands[bm_band_at (search, set, w)];
    size_t row = bm_state_at (search, set, w, 0), at = row + (size_t) h;

    if (band->low > band->high) {
        for (int i = 0; i <= search->rows; i++)
            notches->cost[row + (size_t) i] = BM_NO_WAY;
        *band = (Band){ h, h, cost };
    }
    if (cost >= notches->cost[at])
        return;
    notches->cost[at] = cost;
    notches->back[at] = back;
    notches->top_left[at] = top_left;
    notches->top_right[at] = top_right;
    *band = (Band){ MIN (band->low, h), MAX (band->high, h), MIN (band->least, cost) };
}

/* Can the other leaves fill what a rectangle of this size leaves? */
static bool
leaves_room (const Search *search, unsigned set, int area)
{
    int all = search->columns * search->rows;
    unsigned rest = search->full & ~set;

    return area >= all - search->area_max[rest] && area <= all - search->area_min[rest];
}

/* A state, or a page if it holds all leaves. */
static void
enter (Notches *notches, unsigned set, int w, int h, int cost, int root_cost, NotchBack back, uint8_t top_left, uint8_t top_right)
{
    const Search *search = notches->plain;

    if (cost > bm_limit (search, set))
        return;
    if (set != search->full) {
        if (leaves_room (search, set, w * h))
            relax (notches, set, w, h, cost, back, top_left, top_right);
    } else if (w == search->columns && h == search->rows && notches->roots->len < MAX_ROOTS) {
        Found found = { .cost = cost + root_cost, .last = back };
        g_array_append_val (notches->roots, found);
    }
}

/* ---- the L ---- */

static bool
may_wrap (const Search *search, int leaf, unsigned rest)
{
    int n = 0;

    for (unsigned left = rest; left != 0; left &= left - 1, n++)
        if (search->leaves[leaf].rank > search->leaves[g_bit_nth_lsf (left, -1)].rank)
            return false;
    return (rest & search->lead) == 0 && (n <= MOST_IN_NOTCH || (rest | 1u << leaf) == search->full);
}

static void
fill_notches (Notches *notches, int leaf, unsigned rest)
{
    Search *search = notches->plain;
    const GArray *shapes = search->leaves[leaf].notched->shapes;
    unsigned set = rest | 1u << leaf;
    int limit = bm_limit (search, set);

    for (guint i = 0; i < shapes->len; i++) {
        const NotchedShape *way = &g_array_index (shapes, NotchedShape, i);
        Notch notch = way->shape.notch;
        const Band *band = &search->bands[bm_band_at (search, rest, notch.columns)];
        uint8_t top = (uint8_t) (leaf << 3 | way->top);

        if (notch.rows < band->low || notch.rows > band->high || way->cost + band->least > limit ||
            (rest & (notch.left ? search->right : search->left)) != 0)
            continue;
        int cost = way->cost + search->cost[bm_state_at (search, rest, notch.columns, notch.rows)];
        enter (notches, set, way->columns, way->rows, cost, 0, (NotchBack){ (uint16_t) (1u << leaf), (int) i, JOIN_NOTCH, false },
               top, top);
    }
    search->maker->nodes += shapes->len / 16;
}

/* ---- joins with parts that have no notch ---- */

static void
join_beside (Notches *notches, unsigned left, unsigned right, int join_cost, bool second)
{
    const Search *search = notches->plain;
    Table a = table_of (notches, !second), b = table_of (notches, second);
    unsigned set = left | right;
    int limit = bm_limit (search, set);

    for (int w = set == search->full ? search->columns : 2; w <= search->columns; w++)
        for (int w1 = 1; w1 < w; w1++) {
            const Band *l = &a.bands[bm_band_at (search, left, w1)], *r = &b.bands[bm_band_at (search, right, w - w1)];

            if (l->low > l->high || r->low > r->high || l->least + r->least + join_cost > limit)
                continue;
            for (int h = MAX (l->low, r->low); h <= MIN (l->high, r->high); h++) {
                size_t i = bm_state_at (search, left, w1, h), k = bm_state_at (search, right, w - w1, h);
                int cost = a.cost[i] + b.cost[k] + join_cost;

                if (cost > limit)
                    continue;
                enter (notches, set, w, h, cost + bm_collision (search, a.top_right[i], b.top_left[k]), BM_COST (BM_ROOT_BESIDE),
                       (NotchBack){ (uint16_t) left, w1, JOIN_BESIDE, second }, a.top_left[i], b.top_right[k]);
            }
        }
}

static void
join_above (Notches *notches, unsigned upper, unsigned lower, bool second)
{
    const Search *search = notches->plain;
    Table a = table_of (notches, !second), b = table_of (notches, second);
    unsigned set = upper | lower;
    int limit = bm_limit (search, set), join_cost = BM_COST (BM_JOIN_ABOVE);

    for (int w = set == search->full ? search->columns : 1; w <= search->columns; w++) {
        const Band *top = &a.bands[bm_band_at (search, upper, w)], *foot = &b.bands[bm_band_at (search, lower, w)];

        if (top->low > top->high || foot->low > foot->high || top->least + foot->least + join_cost > limit)
            continue;
        for (int h1 = top->low; h1 <= MIN (top->high, search->rows - foot->low); h1++) {
            size_t i = bm_state_at (search, upper, w, h1), under = bm_state_at (search, lower, w, 0);
            double at = (double) h1 / search->rows;

            if (a.cost[i] + foot->least + join_cost > limit)
                continue;
            for (int h2 = foot->low; h2 <= MIN (foot->high, search->rows - h1); h2++)
                enter (notches, set, w, h1 + h2, a.cost[i] + b.cost[under + (size_t) h2] + join_cost,
                       BM_COST (at > 0.22 && at < 0.78 ? 4.5 : 2.6), (NotchBack){ (uint16_t) upper, h1, JOIN_ABOVE, second },
                       a.top_left[i], a.top_right[i]);
        }
    }
}

static void
join_parts (Notches *notches, unsigned a, unsigned b)
{
    const Search *search = notches->plain;
    unsigned first, last;
    int cost;

    for (int second = 0; second < 2; second++) {
        if (bm_order_beside (search, a, b, &first, &last, &cost))
            join_beside (notches, first, last, cost, second == 1);
        if (bm_order_above (search, a, b, &first, &last))
            join_above (notches, first, last, second == 1);
    }
    search->maker->nodes += 2 * search->columns;
}

static void
fill_table (Notches *notches)
{
    const Search *search = notches->plain;

    for (unsigned set = 1; set <= search->full && search->maker->nodes <= search->maker->max_nodes; set++) {
        unsigned lowest = set & (~set + 1), rest = set & ~lowest;

        if (rest == 0)
            continue;
        for (int leaf = 0; leaf < search->n_leaves; leaf++)
            if ((set >> leaf & 1) != 0 && search->leaves[leaf].notched != NULL && may_wrap (search, leaf, set & ~(1u << leaf)))
                fill_notches (notches, leaf, set & ~(1u << leaf));
        for (unsigned sub = (rest - 1) & rest;; sub = (sub - 1) & rest) {
            join_parts (notches, lowest | sub, rest & ~sub);
            if (sub == 0)
                break;
        }
    }
}

/* ---- the solutions ---- */

static void trace_notched (const Notches *notches, RootPart part, Solution *solution);

static void
trace_join (const Notches *notches, RootPart part, NotchBack back, Solution *solution)
{
    const Search *search = notches->plain;
    RootPart first = part, second = part;

    first.set = back.first;
    second.set = part.set & ~(unsigned) back.first;
    if (back.join == JOIN_NOTCH) {
        int leaf = g_bit_nth_lsf (back.first, -1);
        const Shape *shape = &g_array_index (search->leaves[leaf].notched->shapes, NotchedShape, back.cut).shape;

        solution->shapes[solution->n] = *shape;
        solution->places[solution->n++] = (Placement){ leaf, part.column, part.row, part.columns, part.rows };
        second.column += shape->notch.left ? 0 : part.columns - shape->notch.columns;
        second.row += part.rows - shape->notch.rows;
        second.columns = shape->notch.columns;
        second.rows = shape->notch.rows;
        bm_trace_back (search, second, solution);
        return;
    }
    if (back.join == JOIN_BESIDE) {
        first.columns = back.cut;
        second.column += back.cut;
        second.columns -= back.cut;
    } else {
        first.rows = back.cut;
        second.row += back.cut;
        second.rows -= back.cut;
    }
    trace_notched (notches, back.second ? second : first, solution);
    bm_trace_back (search, back.second ? first : second, solution);
}

static void
trace_notched (const Notches *notches, RootPart part, Solution *solution)
{
    trace_join (notches, part, notches->back[bm_state_at (notches->plain, part.set, part.columns, part.rows)], solution);
}

static void
trace_found (const Notches *notches, const Found *found, Solution *solution)
{
    const Search *search = notches->plain;

    if (found->last.join != JOIN_WHEEL) {
        trace_join (notches, (RootPart){ search->full, 0, 0, search->columns, search->rows }, found->last, solution);
        return;
    }
    for (int i = 0; i < found->wheel.root.n_parts; i++)
        if (i == found->wheel.notched)
            trace_notched (notches, found->wheel.root.parts[i], solution);
        else
            bm_trace_back (search, found->wheel.root.parts[i], solution);
}

static void
add_wheels (Notches *notches)
{
    Table notched = table_of (notches, true);
    GArray *wheels = g_array_new (FALSE, FALSE, sizeof (NotchedWheel));

    bm_search_notched_wheels (notches->plain, &notched, wheels);
    for (guint i = 0; i < wheels->len; i++) {
        const NotchedWheel *wheel = &g_array_index (wheels, NotchedWheel, i);
        Found found = { wheel->root.cost, { (uint16_t) wheel->root.parts[0].set, 0, JOIN_WHEEL, false }, *wheel };

        g_array_append_val (notches->roots, found);
    }
    g_array_free (wheels, TRUE);
}

static int
compare_found (const void *one, const void *two)
{
    const Found *a = one, *b = two;
    const int order[] = { a->cost - b->cost, a->last.join - b->last.join, a->last.first - b->last.first,
                          a->last.cut - b->last.cut, a->last.second - b->last.second };

    for (size_t i = 0; i < G_N_ELEMENTS (order); i++)
        if (order[i] != 0)
            return order[i];
    return 0;
}

static void
keep_best (const Notches *notches, GArray *solutions)
{
    g_array_sort (notches->roots, compare_found);
    for (guint i = 0; i < notches->roots->len && solutions->len < KEPT; i++) {
        const Found *found = &g_array_index (notches->roots, Found, i);
        Solution solution = { .cost = found->cost, .join = found->last.join };
        int alike = 0;

        for (guint k = 0; k < i && alike < KEPT_ALIKE; k++) {
            const Found *before = &g_array_index (notches->roots, Found, k);
            alike += before->last.join == found->last.join && before->last.first == found->last.first &&
                     before->last.second == found->last.second;
        }
        if (alike >= KEPT_ALIKE)
            continue;
        trace_found (notches, found, &solution);
        g_array_append_val (solutions, solution);
    }
}

void
bm_search_notched (Search *search, GArray *solutions)
{
    size_t sets = (size_t) search->full + 1, bands = sets * (size_t) (search->columns + 1),
           states = bands * (size_t) (search->rows + 1);
    Notches notches = { .plain = search,
                        .bands = g_new (Band, bands),
                        .cost = g_new (int, states),
                        .back = g_new (NotchBack, states),
                        .top_left = g_new (uint8_t, states),
                        .top_right = g_new (uint8_t, states),
                        .roots = g_array_new (FALSE, FALSE, sizeof (Found)) };

    for (int i = 0; i < search->n_leaves; i++)
        if (search->leaves[i].notched != NULL && search->leaves[i].notched->shapes == NULL)
            search->leaves[i].notched->shapes = bm_notched_shapes (search->maker, &search->leaves[i]);
    for (size_t i = 0; i < bands; i++)
        notches.bands[i] = (Band){ 1, 0, BM_NO_WAY };
    fill_table (&notches);
    add_wheels (&notches);
    keep_best (&notches, solutions);
    g_free (notches.bands);
    g_free (notches.cost);
    g_free (notches.back);
    g_free (notches.top_left);
    g_free (notches.top_right);
    g_array_free (notches.roots, TRUE);
}
