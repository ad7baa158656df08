/* search.c — fill the page: a dynamic programme over sets of leaves, joined side by side (V) and one above the other
 * (H), and at the page's root as a pinwheel (page-makeup.md §6, §7).
 *
 * Costs are sums of parts that are never negative, so a state dearer than its leaves' cheapest shapes by more than the
 * budget cannot be part of a page within that budget: dropping it is exact. The budget grows until enough pages are
 * found. */
#include "makeup/search.h"

#include <math.h>
#include <string.h>

#define MARGIN 20.0      /* how much dearer than the cheapest page another may be, … */
#define MARGIN_A_LEAF 2.0 /* … less for pages of many items, whose table costs most */
#define LEAST_MARGIN 4.0
#define WHEELS_FROM 12.0 /* a smaller budget is sooner grown than searched for wheels */
#define STEP 1.35        /* by which a budget grows that finds no page, … */
#define WIDE_STEP 2.0    /* … and where wheels are searched, too */
#define KEPT 1200      /* pages that are judged: K of §7 is 40, but to judge one costs little beside finding it */
#define KEPT_PER_JOIN 100
#define LAST_BUDGET 120.0
#define MAX_ROOTS 60000
#define WHEEL_PARTS 5
#define NEAR_LIKELY 0.8 /* of what a page of another casting costs beyond its cheapest parts: the first budget */
#define PINNED_STEP 2.0     /* round pins the budget grows faster: their places cost what they cost */
#define PINNED_ENOUGH 12
#define PINNED_CONTENT 20.0

/* ---- costs of joins ---- */

/* 碰题: two heads side by side at one height (§6). */
int
bm_collision (const Search *search, uint8_t left, uint8_t right)
{
    TopKind l = left & 7, r = right & 7;
    int apart = ABS (search->leaves[left >> 3].rank - search->leaves[right >> 3].rank);

    if (l == TOP_QUIET || r == TOP_QUIET)
        return 0;
    if (l == TOP_PHOTO || r == TOP_PHOTO)
        return BM_COST (0.05);
    if (l == TOP_VERTICAL || r == TOP_VERTICAL)
        return BM_COST (0.15);
    if (l == TOP_BOXED || r == TOP_BOXED)
        return BM_COST (0.25);
    return apart == 0 ? BM_COST (1.1) : apart == 1 ? BM_COST (0.6) : BM_COST (0.3);
}

/* Which part stands left: a corner ad decides, then the lead, then the more important (the leaves are sorted). The
 * part `a` holds the lowest leaf. False: never so. */
bool
bm_order_beside (const Search *search, unsigned a, unsigned b, unsigned *left, unsigned *right, int *cost)
{
    bool swap = (a & search->right) != 0 || (b & search->left) != 0;

    if (swap && ((b & search->right) != 0 || (a & search->left) != 0))
        return false;
    *left = swap ? b : a;
    *right = swap ? a : b;
    *cost = BM_COST (BM_JOIN_BESIDE) + ((*right & search->lead) != 0 ? BM_COST (3) : 0);
    return true;
}

bool
bm_order_above (const Search *search, unsigned a, unsigned b, unsigned *upper, unsigned *lower)
{
    unsigned corners = search->right | search->left;

    *upper = (a & corners) != 0 ? b : a;
    *lower = (a & corners) != 0 ? a : b;
    return (*upper & corners) == 0 && (*lower & search->lead) == 0;
}

/* ---- the table ---- */

/* The areas a set's rectangle can have: what its own leaves fill, and what the others leave. */
typedef struct Room {
    int least, most;
} Room;

/* The heights that have such an area at a width: lowest > highest: none. */
static void
heights_of (const Search *search, unsigned set, int w, int *lowest, int *highest)
{
    const Room *room = &search->room[set];

    *lowest = (room->least + w - 1) / w;
    *highest = MIN (room->most / w, search->rows);
}

/* The costs of a set at a width; those of the heights it can have are beyond reach before there is any. */
static int *
open_band (Search *search, unsigned set, int w)
{
    int *costs = &search->cost[bm_state_at (search, set, w, 0)], lowest, highest;

    if ((search->widths[set] >> w & 1) != 0)
        return costs;
    search->widths[set] |= UINT64_C (1) << w;
    heights_of (search, set, w, &lowest, &highest);
    for (int h = lowest; h <= highest; h++)
        costs[h] = BM_NO_WAY;
    return costs;
}

static void
enter_state (Search *search, unsigned set, int w, int h, int cost, Back back, uint8_t top_left, uint8_t top_right)
{
    Band *band = &search->bands[bm_band_at (search, set, w)];
    size_t at = bm_state_at (search, set, w, h);

    search->cost[at] = cost;
    search->back[at] = back;
    search->top_left[at] = top_left;
    search->top_right[at] = top_right;
    band->low = MIN (band->low, h);
    band->high = MAX (band->high, h);
    band->least = MIN (band->least, cost);
}

static void
enter_leaf (Search *search, int leaf)
{
    unsigned set = 1u << leaf;
    const Leaf *from = &search->leaves[leaf];

    for (int w = 1; w <= search->columns; w++) {
        int lowest, highest;

        heights_of (search, set, w, &lowest, &highest);
        for (int h = lowest; h <= highest; h++) {
            int at = w * (search->rows + 1) + h, cost = from->cost[at];
            uint8_t top = (uint8_t) (leaf << 3 | from->top[at]);

            if (cost > bm_limit (search, set))
                continue;
            open_band (search, set, w);
            enter_state (search, set, w, h, cost, (Back){ 0, 0, JOIN_LEAF }, top, top);
        }
    }
}

static void
add_root (Search *search, int cost, Join join, int n_parts, const RootPart *parts)
{
    Root root = { .cost = cost, .n_parts = n_parts, .join = join };

    memcpy (root.parts, parts, (size_t) n_parts * sizeof *parts);
    if (cost <= bm_limit (search, search->full) && search->roots->len < MAX_ROOTS)
        g_array_append_val (search->roots, root);
}

/* ---- V: side by side ---- */

static void
root_beside (Search *search, unsigned left, unsigned right, int w1, int cost)
{
    int w = search->columns, h = search->rows;
    size_t l = bm_state_at (search, left, w1, h), r = bm_state_at (search, right, w - w1, h);
    RootPart parts[] = { { left, 0, 0, w1, h }, { right, w1, 0, w - w1, h } };

    cost += search->cost[l] + search->cost[r] + bm_collision (search, search->top_right[l], search->top_left[r]);
    if (cost < BM_NO_WAY)
        add_root (search, cost + BM_COST (BM_ROOT_BESIDE), JOIN_BESIDE, 2, parts);
}

static void
join_widths (Search *search, unsigned left, unsigned right, int w, int w1, int join_cost)
{
    const Band *a = &search->bands[bm_band_at (search, left, w1)];
    const Band *b = &search->bands[bm_band_at (search, right, w - w1)];
    unsigned set = left | right;
    int limit = bm_limit (search, set), low, high;

    if (a->least + b->least + join_cost > limit)
        return;
    if (set == search->full) {
        if (MAX (a->low, b->low) <= search->rows && MIN (a->high, b->high) >= search->rows)
            root_beside (search, left, right, w1, join_cost);
        return;
    }
    heights_of (search, set, w, &low, &high);
    low = MAX (low, MAX (a->low, b->low));
    high = MIN (high, MIN (a->high, b->high));
    if (low > high)
        return;
    const int *costs = open_band (search, set, w);
    size_t l = bm_state_at (search, left, w1, 0), r = bm_state_at (search, right, w - w1, 0);
    const int *at_left = &search->cost[l], *at_right = &search->cost[r];
    for (int h = low; h <= high; h++) {
        int cost = at_left[h] + at_right[h] + join_cost;

        if (cost > limit || cost >= costs[h])
            continue;
        cost += bm_collision (search, search->top_right[l + (size_t) h], search->top_left[r + (size_t) h]);
        if (cost <= limit && cost < costs[h])
            enter_state (search, set, w, h, cost, (Back){ (uint16_t) left, (uint16_t) w1, JOIN_BESIDE }, search->top_left[l + (size_t) h],
                         search->top_right[r + (size_t) h]);
    }
}

/* The widths that a part may have beside one of w1 columns, a bit each: all that the page has room for, or what fills it. */
static uint64_t
widths_beside (const Search *search, unsigned set, int w1)
{
    int rest = search->columns - w1;

    return rest < 1 ? 0 : set == search->full ? UINT64_C (1) << rest : (UINT64_C (2) << rest) - 1;
}

static void
join_beside (Search *search, unsigned a, unsigned b)
{
    unsigned left, right;
    int cost;

    if (!bm_order_beside (search, a, b, &left, &right, &cost))
        return;
    for (uint64_t first = search->widths[left]; first != 0; first &= first - 1) {
        int w1 = __builtin_ctzll (first);

        for (uint64_t second = search->widths[right] & widths_beside (search, a | b, w1); second != 0; second &= second - 1)
            join_widths (search, left, right, w1 + __builtin_ctzll (second), w1, cost);
    }
    search->maker->nodes += search->columns;
}

/* ---- H: one above the other ---- */

static void
root_above (Search *search, unsigned upper, unsigned lower, int h1, int cost)
{
    int rows = search->rows;
    double at = (double) h1 / rows;
    RootPart parts[] = { { upper, 0, 0, search->columns, h1 }, { lower, 0, h1, search->columns, rows - h1 } };

    /* 断版: a cut through the middle of the page costs more than one near its head or foot. */
    add_root (search, cost + BM_COST (at > 0.22 && at < 0.78 ? 4.5 : 2.6), JOIN_ABOVE, 2, parts);
}

/* The whole page: every cut is a page of its own. */
static void
roots_above (Search *search, unsigned upper, unsigned lower)
{
    const Band *a = &search->bands[bm_band_at (search, upper, search->columns)];
    const Band *b = &search->bands[bm_band_at (search, lower, search->columns)];

    for (int h1 = MAX (a->low, search->rows - b->high); h1 <= MIN (a->high, search->rows - b->low); h1++)
        root_above (search, upper, lower, h1,
                    search->cost[bm_state_at (search, upper, search->columns, h1)] +
                        search->cost[bm_state_at (search, lower, search->columns, search->rows - h1)] + BM_COST (BM_JOIN_ABOVE));
}

/* The cheapest cut of each height from `low` to `high`: `best` holds what is there already and becomes the cost, `cut` the rows of
 * the upper part where that is less. A compiler makes vectors of the inner loop: no branch, nothing kept of a height but these. */
static void
cheapest_cuts (const int *over, const Band *a, const int *under, const Band *b, int limit, int low, int high,
               int *restrict best, int *restrict cut)
{
    for (int h1 = a->low; h1 <= a->high; h1++) {
        int here = over[h1] + BM_COST (BM_JOIN_ABOVE);

        if (here + b->least > limit)
            continue;
        int first = MAX (b->low, low - h1), n = MIN (b->high, high - h1) - first + 1;
        int *to = best + h1 + first, *of = cut + h1 + first;
        const int *from = under + first;
        for (int i = 0; i < n; i++) {
            int cost = here + from[i];
            bool less = cost < to[i];

            of[i] = less ? h1 : of[i];
            to[i] = less ? cost : to[i];
        }
    }
}

static void
join_heights (Search *search, unsigned upper, unsigned lower, int w)
{
    const Band *a = &search->bands[bm_band_at (search, upper, w)];
    const Band *b = &search->bands[bm_band_at (search, lower, w)];
    unsigned set = upper | lower;
    int limit = bm_limit (search, set), low, high, *best = search->best, *cut = search->cut;

    if (a->least + b->least + BM_COST (BM_JOIN_ABOVE) > limit)
        return;
    heights_of (search, set, w, &low, &high);
    low = MAX (low, a->low + b->low);
    high = MIN (high, a->high + b->high);
    if (low > high)
        return;
    const int *costs = open_band (search, set, w);
    int dearest = 0;
    for (int h = low; h <= high; h++) {
        best[h] = MIN (costs[h], limit + 1);
        cut[h] = -1;
        dearest = MAX (dearest, best[h]);
    }
    limit = dearest - 1;
    if (a->least + b->least + BM_COST (BM_JOIN_ABOVE) > limit)
        return;
    cheapest_cuts (&search->cost[bm_state_at (search, upper, w, 0)], a, &search->cost[bm_state_at (search, lower, w, 0)], b, limit,
                   low, high, best, cut);
    for (int h = low; h <= high; h++)
        if (cut[h] >= 0) {
            size_t top = bm_state_at (search, upper, w, cut[h]);

            enter_state (search, set, w, h, best[h], (Back){ (uint16_t) upper, (uint16_t) cut[h], JOIN_ABOVE }, search->top_left[top],
                         search->top_right[top]);
        }
    search->maker->nodes += a->high - a->low + 1;
}

static void
join_above (Search *search, unsigned a, unsigned b)
{
    unsigned upper, lower;

    if (!bm_order_above (search, a, b, &upper, &lower))
        return;
    uint64_t both = search->widths[upper] & search->widths[lower];
    if ((a | b) != search->full)
        for (; both != 0; both &= both - 1)
            join_heights (search, upper, lower, __builtin_ctzll (both));
    else if ((both >> search->columns & 1) != 0)
        roots_above (search, upper, lower);
}

/* ---- one budget ---- */

static void
find_areas (Search *search)
{
    int n = search->n_leaves;

    for (int i = 0; i < n; i++) {
        const Leaf *leaf = &search->leaves[i];
        int notch = leaf->placed && leaf->kind == LEAF_STORY ? bm_notch_area (search, leaf) : 0;
        int limit = bm_limit (search, 1u << i), least = INT_MAX / 4, most = 0;

        for (int w = 1; w <= search->columns; w++) {
            const int *costs = &leaf->cost[w * (search->rows + 1)];
            int low = 1, high = search->rows;

            while (low <= high && costs[low] > limit)
                low++;
            while (high >= low && costs[high] > limit)
                high--;
            if (low > high)
                continue;
            least = MIN (least, w * low);
            most = MAX (most, w * high);
        }
        search->area_min[1u << i] = least - notch;
        search->area_max[1u << i] = MAX (0, most - notch);
    }
    for (unsigned set = 1; set <= search->full; set++) {
        unsigned lowest = set & (~set + 1), rest = set & ~lowest;

        if (rest == 0)
            continue;
        search->area_min[set] = search->area_min[rest] + search->area_min[lowest];
        search->area_max[set] = search->area_max[rest] + search->area_max[lowest];
    }
    for (unsigned set = 1; set <= search->full; set++) {
        int all = search->columns * search->rows;
        unsigned rest = search->full & ~set;

        search->room[set] = (Room){ MAX (search->area_min[set], all - search->area_max[rest]),
                                    MIN (search->area_max[set], all - search->area_min[rest]) };
    }
}

/* Can the leaves' shapes within the budget fill the page at all? */
static bool
have_area (const Search *search)
{
    return search->room[search->full].least <= search->room[search->full].most;
}

static void
fill_table (Search *search)
{
    for (size_t i = 0; i < (size_t) (search->full + 1) * (size_t) (search->columns + 1); i++)
        search->bands[i] = (Band){ search->rows + 1, -1, BM_NO_WAY };
    memset (search->widths, 0, (size_t) (search->full + 1) * sizeof *search->widths);
    g_array_set_size (search->roots, 0);
    find_areas (search);
    for (int i = 0; i < search->n_leaves; i++)
        if (!search->leaves[i].placed)
            enter_leaf (search, i);
    for (unsigned set = 1; set <= search->full; set++) {
        unsigned lowest = set & (~set + 1), rest = set & ~lowest;

        /* All parts that hold the lowest leaf: each pair of parts once. */
        for (unsigned sub = (rest - 1) & rest; rest != 0; sub = (sub - 1) & rest) {
            unsigned a = lowest | sub, b = set & ~a;

            if (search->widths[a] != 0 && search->widths[b] != 0) {
                join_beside (search, a, b);
                join_above (search, a, b);
            }
            if (sub == 0)
                break;
        }
        if (search->maker->nodes > search->maker->max_nodes)
            return;
    }
}

/* ---- the solutions ---- */

void
bm_trace_back (const Search *search, RootPart part, Solution *solution)
{
    Back back = search->back[bm_state_at (search, part.set, part.columns, part.rows)];
    RootPart first = part, second = part;
    int cut = (int) back.cut;

    if (back.join == JOIN_LEAF) {
        solution->places[solution->n++] = (Placement){ g_bit_nth_lsf (part.set, -1), part.column, part.row,
                                                       part.columns, part.rows };
        return;
    }
    first.set = back.first;
    second.set = part.set & ~(unsigned) back.first;
    if (back.join == JOIN_BESIDE) {
        first.columns = cut;
        second.column += cut;
        second.columns -= cut;
    } else {
        first.rows = cut;
        second.row += cut;
        second.rows -= cut;
    }
    bm_trace_back (search, first, solution);
    bm_trace_back (search, second, solution);
}

static int
compare_roots (const void *one, const void *two)
{
    const Root *a = one, *b = two;

    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->join != b->join)
        return a->join < b->join ? -1 : 1;
    if (a->parts[0].set != b->parts[0].set)
        return a->parts[0].set < b->parts[0].set ? -1 : 1;
    if (a->parts[0].columns != b->parts[0].columns)
        return a->parts[0].columns - b->parts[0].columns;
    if (a->parts[0].rows != b->parts[0].rows)
        return a->parts[0].rows - b->parts[0].rows;
    return memcmp (a->parts, b->parts, sizeof a->parts);
}

/* Unlike pages are worth more than variants of the best one: few of each first cut. */
static void
keep_best (Search *search, GArray *solutions)
{
    uint8_t *alike = g_new0 (uint8_t, (gsize) (search->full + 1) * N_JOINS);

    g_array_sort (search->roots, compare_roots);
    for (guint i = 0; i < search->roots->len && solutions->len < KEPT; i++) {
        const Root *root = &g_array_index (search->roots, Root, i);
        Solution solution = { .cost = root->cost, .join = root->join };

        uint8_t *seen = &alike[root->parts[0].set * N_JOINS + root->join];

        if (*seen >= KEPT_PER_JOIN)
            continue;
        ++*seen;
        for (int k = 0; k < root->n_parts; k++)
            bm_trace_back (search, root->parts[k], &solution);
        g_array_append_val (solutions, solution);
    }
    g_free (alike);
}

int
bm_cheapest_root (const Search *search)
{
    int best = bm_limit (search, search->full);

    for (guint i = 0; i < search->roots->len; i++)
        best = MIN (best, g_array_index (search->roots, Root, i).cost);
    return best;
}

static bool
open_search (Search *search, Maker *maker, Leaf *leaves, int n_leaves, int rows)
{
    size_t sets = (size_t) 1 << n_leaves, bands = sets * (size_t) (maker->grid.columns + 1);

    *search = (Search){ .maker = maker, .leaves = leaves, .n_leaves = n_leaves, .columns = maker->grid.columns,
                        .rows = rows, .full = (unsigned) sets - 1 };
    for (int i = 0; i < n_leaves; i++) {
        if (leaves[i].least >= BM_NO_WAY)
            return false;
        search->lead |= leaves[i].lead ? 1u << i : 0;
        search->right |= leaves[i].anchor == BM_PLACE_RIGHT ? 1u << i : 0;
        search->left |= leaves[i].anchor == BM_PLACE_LEFT ? 1u << i : 0;
    }
    search->least = g_new0 (int, sets);
    search->joins = g_new0 (int, sets);
    search->area_min = g_new0 (int, sets);
    search->area_max = g_new0 (int, sets);
    search->room = g_new (Room, sets);
    search->widths = g_new (uint64_t, sets);
    search->bands = g_new (Band, bands);
    search->cost = g_new (int, bands * (size_t) (rows + 1));
    search->back = g_new (Back, bands * (size_t) (rows + 1));
    search->top_left = g_new (uint8_t, bands * (size_t) (rows + 1));
    search->top_right = g_new (uint8_t, bands * (size_t) (rows + 1));
    search->best = g_new (int, (gsize) rows + 1);
    search->cut = g_new (int, (gsize) rows + 1);
    search->roots = g_array_new (FALSE, FALSE, sizeof (Root));
    for (unsigned set = 1; set <= search->full; set++)
        search->least[set] = search->least[set & (set - 1)] + leaves[g_bit_nth_lsf (set, -1)].least;
    return true;
}

/* Where every leaf is joined on for a tenth at least, the last join is a full cut or one of a wheel's, which takes four parts more. */
static void
bound_joins (Search *search)
{
    for (unsigned set = 1; set < search->full; set++) {
        int others = search->n_leaves - __builtin_popcount (set);

        search->joins[set] = others * BM_COST (BM_JOIN_ABOVE) + (others < WHEEL_PARTS - 1 ? BM_COST (BM_ROOT_BESIDE) : BM_COST (BM_JOIN_WHEEL - (WHEEL_PARTS - 1) * BM_JOIN_ABOVE));
    }
}

static void
close_search (Search *search)
{
    g_free (search->least);
    g_free (search->joins);
    g_free (search->area_min);
    g_free (search->area_max);
    g_free (search->room);
    g_free (search->widths);
    g_free (search->bands);
    g_free (search->cost);
    g_free (search->back);
    g_free (search->top_left);
    g_free (search->top_right);
    g_free (search->best);
    g_free (search->cut);
    if (search->roots != NULL)
        g_array_free (search->roots, TRUE);
}

static void
single_leaf (Search *search)
{
    int at = search->columns * (search->rows + 1) + search->rows;
    RootPart part = { 1, 0, 0, search->columns, search->rows };

    if (search->leaves[0].cost[at] < BM_NO_WAY) {
        search->budget = BM_COST (LAST_BUDGET) * 8;
        fill_table (search);
        add_root (search, search->leaves[0].cost[at], JOIN_LEAF, 1, &part);
    }
}

/* Where to begin: budgets under which other castings found nothing are not tried first. */
static double
first_budget (const Search *search, Expected cost)
{
    double least = 2.5 + 0.32 * search->n_leaves;

    return cost.likely == INT_MAX ? least : MAX (least, NEAR_LIKELY * (cost.likely - search->least[search->full]) / BM_COST (1));
}

/* The budget grows until a page is found; then once more, so that every page not much dearer than the cheapest is. */
static void
search_budgets (Search *search, Expected cost)
{
    int most = cost.dearest - search->least[search->full];

    search->budget = BM_COST (LAST_BUDGET);
    find_areas (search);
    if (!have_area (search))
        return;
    search->budget = 0;
    for (double budget = first_budget (search, cost); budget < LAST_BUDGET && search->roots->len == 0; budget *= budget > WHEELS_FROM ? WIDE_STEP : STEP) {
        if (search->budget >= most)
            return;
        search->budget = MIN (BM_COST (budget), most);
        fill_table (search);
        if (search->roots->len == 0 && search->budget > BM_COST (WHEELS_FROM) && have_area (search))
            bm_search_wheels (search);
        if (search->maker->nodes > search->maker->max_nodes)
            return;
    }
    if (search->roots->len == 0)
        return;
    search->budget = bm_cheapest_root (search) - search->least[search->full] + BM_COST (MAX (LEAST_MARGIN, MARGIN - MARGIN_A_LEAF * search->n_leaves));
    fill_table (search);
    bm_search_wheels (search);
}

/* ---- leaves that have places ---- */

/* An ad's corner is a place when others have places, too. */
static bool
have_places (const Maker *maker, Leaf *leaves, int n_leaves, int rows)
{
    bool placed = false;

    for (int i = 0; i < n_leaves; i++)
        placed = placed || leaves[i].placed;
    for (int i = 0; i < n_leaves && placed; i++)
        if (leaves[i].kind == LEAF_AD && leaves[i].anchor != BM_PLACE_EAR) {
            leaves[i].placed = true;
            leaves[i].columns = leaves[i].ad->columns;
            leaves[i].rows = leaves[i].ad->strip + maker->separator;
            leaves[i].column = leaves[i].anchor == BM_PLACE_LEFT ? 0 : maker->grid.columns - leaves[i].columns;
            leaves[i].row = rows - leaves[i].rows;
        }
    return placed;
}

static int
by_cost (const void *one, const void *two)
{
    const Solution *a = one, *b = two;

    return a->cost != b->cost ? (a->cost < b->cost ? -1 : 1) : 0;
}

static void
search_round_pins (Search *search, GArray *solutions)
{
    for (double budget = 2.5 + 0.32 * search->n_leaves; budget < LAST_BUDGET; budget *= PINNED_STEP) {
        search->budget = BM_COST (budget);
        fill_table (search);
        g_array_set_size (solutions, 0);
        bm_search_pinned (search, solutions);
        if (solutions->len >= PINNED_ENOUGH || (solutions->len > 0 && budget > PINNED_CONTENT) ||
            search->maker->nodes > search->maker->max_nodes)
            break;
    }
    g_array_sort (solutions, by_cost); /* a merge sort: equal costs keep their order */
    if (solutions->len > KEPT)
        g_array_set_size (solutions, KEPT);
}

GArray *
bm_search (Maker *maker, Leaf *leaves, int n_leaves, int rows, Expected cost, GArray *notched)
{
    GArray *solutions = g_array_new (FALSE, TRUE, sizeof (Solution));
    Search search;
    bool placed = have_places (maker, leaves, n_leaves, rows);

    if (!open_search (&search, maker, leaves, n_leaves, rows))
        return solutions;
    if (!placed && notched == NULL)
        bound_joins (&search);
    if (placed)
        search_round_pins (&search, solutions);
    else if (n_leaves == 1)
        single_leaf (&search);
    else
        search_budgets (&search, cost);
    if (!placed)
        keep_best (&search, solutions);
    if (notched != NULL && !placed && solutions->len > 0) {
        long nodes = maker->nodes; /* notches have a budget of their own: they change nothing for pages without */

        maker->nodes = 0;
        bm_search_notched (&search, notched);
        maker->nodes = nodes;
    }
    close_search (&search);
    return solutions;
}
