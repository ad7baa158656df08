/* search-pinned.c — fill the page round blocks that have their places (钉住).
 *
 * The table of the search knows sizes, not places; that is right for all parts of the page that hold no pinned block. A part
 * that holds one has a place: it grows from the block itself, on each side by a part without pins out of the table, or by
 * another grown part whose edge is the same. The cheapest and largest grow first, until they are pages; and at the page's root five
 * such parts may make a pinwheel. */
#include "makeup/search.h"

#include <stdlib.h>
#include <string.h>

#define MAX_GROWN 6000  /* parts that are grown further, in all */
#define DEEPER 1.2      /* cost: a part with one leaf more may be dearer by so much and goes first all the same */
#define LOW_LEAD 8.0    /* the lead under another block: only where pins leave nothing else */

typedef struct {
    unsigned set;
    int column, row, columns, rows;
    int cost;
    int from, other;  /* grown parts it is made of; −1: none */
    RootPart added;   /* part without pins; set 0: none */
    uint8_t top_left, top_right;
    bool closed;
} Grown;

typedef struct {
    unsigned set;
    int excess;
} Free;

typedef struct {
    Search *search;
    unsigned pinned;    /* leaves that have places */
    GArray **free;      /* of Free, by [w × (rows + 1) + h] */
    GArray *grown;      /* Grown */
    GHashTable *best;   /* key → number + 1 */
    GArray *heap;       /* numbers */
    GArray *closed;     /* numbers */
    GHashTable *at;     /* place → GArray of numbers */
    int bare[BM_MAX_LEAVES]; /* of a pinned L its number before the notch is filled; −1: it has none */
    int n_grown;
} Pinned;

static Grown *
grown_at (const Pinned *pinned, int number)
{
    return &g_array_index (pinned->grown, Grown, number);
}

static int
excess_of (const Pinned *pinned, const Grown *grown)
{
    return grown->cost - pinned->search->least[grown->set];
}

/* ---- parts without pins ---- */

static int
by_excess (const void *one, const void *two)
{
    const Free *a = one, *b = two;

    return a->excess != b->excess ? (a->excess < b->excess ? -1 : 1) : a->set < b->set ? -1 : a->set > b->set;
}

static void
list_free (Pinned *pinned)
{
    const Search *search = pinned->search;
    int n = (search->columns + 1) * (search->rows + 1);

    pinned->free = g_new0 (GArray *, (gsize) n);
    for (unsigned set = 1; set <= search->full; set++)
        for (int w = 1; (set & pinned->pinned) == 0 && w <= search->columns; w++) {
            const Band *band = &search->bands[bm_band_at (search, set, w)];

            for (int h = band->low; h <= band->high; h++) {
                Free one = { set, search->cost[bm_state_at (search, set, w, h)] - search->least[set] };
                GArray **list = &pinned->free[w * (search->rows + 1) + h];

                if (one.excess > search->budget)
                    continue;
                if (*list == NULL)
                    *list = g_array_new (FALSE, FALSE, sizeof (Free));
                g_array_append_val (*list, one);
            }
        }
    for (int i = 0; i < n; i++)
        if (pinned->free[i] != NULL)
            g_array_sort (pinned->free[i], by_excess);
}

/* ---- the heap: least excess and most leaves first, then the first found ---- */

static int
leaves_of (unsigned set)
{
    int n = 0;

    for (; set != 0; set &= set - 1)
        n++;
    return n;
}

static int
worth_of (const Pinned *pinned, const Grown *grown)
{
    return excess_of (pinned, grown) - BM_COST (DEEPER) * leaves_of (grown->set);
}

static bool
goes_before (const Pinned *pinned, int a, int b)
{
    int one = worth_of (pinned, grown_at (pinned, a)), two = worth_of (pinned, grown_at (pinned, b));

    return one != two ? one < two : a < b;
}

static void
swap (GArray *heap, guint a, guint b)
{
    int kept = g_array_index (heap, int, a);

    g_array_index (heap, int, a) = g_array_index (heap, int, b);
    g_array_index (heap, int, b) = kept;
}

static void
push (Pinned *pinned, int number)
{
    GArray *heap = pinned->heap;

    g_array_append_val (heap, number);
    for (guint i = heap->len - 1; i > 0 && goes_before (pinned, number, g_array_index (heap, int, (i - 1) / 2)); i = (i - 1) / 2)
        swap (heap, i, (i - 1) / 2);
}

static int
pop (Pinned *pinned)
{
    GArray *heap = pinned->heap;
    int first = g_array_index (heap, int, 0);

    swap (heap, 0, heap->len - 1);
    g_array_set_size (heap, heap->len - 1);
    for (guint i = 0;;) {
        guint least = i;

        for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < heap->len; child++)
            if (goes_before (pinned, g_array_index (heap, int, child), g_array_index (heap, int, least)))
                least = child;
        if (least == i)
            return first;
        swap (heap, i, least);
        i = least;
    }
}

/* ---- growing ---- */

static gint64
place_key (int column, int row, int columns, int rows)
{
    return ((gint64) column << 48) | ((gint64) row << 32) | ((gint64) columns << 16) | rows;
}

/* The notch of a pinned L; of all others it has no columns. */
static Notch
notch_of (const Search *search, const Leaf *leaf)
{
    return leaf->kind == LEAF_STORY ? leaf->shapes[leaf->columns * (search->rows + 1) + leaf->rows].notch : (Notch){ 0 };
}

int
bm_notch_area (const Search *search, const Leaf *leaf)
{
    Notch notch = notch_of (search, leaf);

    return notch.columns * notch.rows;
}

static RootPart
notch_place (const Search *search, const Leaf *leaf)
{
    Notch notch = notch_of (search, leaf);

    return (RootPart){ 0, leaf->column + (notch.left ? 0 : leaf->columns - notch.columns), leaf->row + leaf->rows - notch.rows, notch.columns, notch.rows };
}

static bool
overlaps (const Search *search, const Leaf *leaf, int column, int row, int columns, int rows)
{
    RootPart notch = notch_place (search, leaf);
    bool in_notch = column >= notch.column && column + columns <= notch.column + notch.columns && row >= notch.row;

    return !in_notch && leaf->column < column + columns && column < leaf->column + leaf->columns && leaf->row < row + rows &&
           row < leaf->row + leaf->rows;
}

static bool
holds_lead (const Pinned *pinned, unsigned set)
{
    for (int i = 0; i < pinned->search->n_leaves; i++)
        if ((set >> i & 1) != 0 && pinned->search->leaves[i].lead)
            return true;
    return false;
}

static bool
is_page (const Pinned *pinned, const Grown *grown)
{
    return grown->set == pinned->search->full && grown->columns == pinned->search->columns && grown->rows == pinned->search->rows;
}

/* Can a page be made of it? The blocks still to come must fit beside it, those with places outside it. */
static bool
is_useful (const Pinned *pinned, const Grown *grown)
{
    const Search *search = pinned->search;
    unsigned rest = search->full & ~grown->set;
    int all = search->columns * search->rows, area = grown->columns * grown->rows;

    if (grown->cost > bm_limit (search, grown->set))
        return false;
    if (rest != 0 && (area < all - search->area_max[rest] || area > all - search->area_min[rest]))
        return false;
    for (int i = 0; i < search->n_leaves; i++)
        if ((rest & pinned->pinned) >> i & 1 && overlaps (search, &search->leaves[i], grown->column, grown->row, grown->columns, grown->rows))
            return false;
    return rest != 0 || is_page (pinned, grown);
}

static char *
key_of (const Grown *grown)
{
    return g_strdup_printf ("%x %d %d %d %d", grown->set, grown->column, grown->row, grown->columns, grown->rows);
}

static void
relax (Pinned *pinned, const Grown *grown)
{
    if (!is_useful (pinned, grown))
        return;
    char *key = key_of (grown);
    int known = GPOINTER_TO_INT (g_hash_table_lookup (pinned->best, key)) - 1;

    if (known >= 0 && grown_at (pinned, known)->cost <= grown->cost) {
        g_free (key);
        return;
    }
    g_array_append_val (pinned->grown, *grown);
    int number = (int) pinned->grown->len - 1;
    g_hash_table_replace (pinned->best, key, GINT_TO_POINTER (number + 1));
    push (pinned, number);
}

/* 断版: what the last cut of the page costs (search.c). */
static int
root_cost (const Pinned *pinned, const Grown *whole, bool beside, int cut)
{
    double at = (double) cut / pinned->search->rows;

    if (!is_page (pinned, whole))
        return 0;
    return beside ? BM_COST (BM_ROOT_BESIDE) : BM_COST (at > 0.22 && at < 0.78 ? 4.5 : 2.6);
}

/* Two parts side by side; what is new of the whole is filled in. */
static void
set_beside (const Pinned *pinned, const Grown *left, const Grown *right, Grown *whole)
{
    *whole = (Grown){ .set = left->set | right->set, .column = left->column, .row = left->row, .columns = left->columns + right->columns,
                      .rows = left->rows, .from = -1, .other = -1, .top_left = left->top_left, .top_right = right->top_right };
    whole->cost = left->cost + right->cost + BM_COST (BM_JOIN_BESIDE) + (holds_lead (pinned, right->set) ? BM_COST (3) : 0) +
                  bm_collision (pinned->search, left->top_right, right->top_left);
    whole->cost += root_cost (pinned, whole, true, 0);
}

static void
set_above (const Pinned *pinned, const Grown *upper, const Grown *lower, Grown *whole)
{
    *whole = (Grown){ .set = upper->set | lower->set, .column = upper->column, .row = upper->row, .columns = upper->columns,
                      .rows = upper->rows + lower->rows, .from = -1, .other = -1, .top_left = upper->top_left, .top_right = upper->top_right };
    whole->cost = upper->cost + lower->cost + BM_COST (BM_JOIN_ABOVE) + (holds_lead (pinned, lower->set) ? BM_COST (LOW_LEAD) : 0);
    whole->cost += root_cost (pinned, whole, false, upper->rows);
}

/* The part beside `number` at this place, with each set of leaves that can fill it. */
static void
grow_by (Pinned *pinned, int number, int column, int row, int columns, int rows, bool beside, bool before)
{
    const Search *search = pinned->search;
    const GArray *list = pinned->free[columns * (search->rows + 1) + rows];

    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Free *one = &g_array_index (list, Free, i);
        const Grown own = *grown_at (pinned, number);
        size_t at = bm_state_at (search, one->set, columns, rows);
        Grown added = { .set = one->set, .column = column, .row = row, .columns = columns, .rows = rows, .cost = search->cost[at],
                        .top_left = search->top_left[at], .top_right = search->top_right[at] };
        Grown whole;

        search->maker->nodes++;
        if (excess_of (pinned, &own) + one->excess > search->budget)
            break;
        if ((one->set & own.set) != 0)
            continue;
        if (beside)
            set_beside (pinned, before ? &added : &own, before ? &own : &added, &whole);
        else
            set_above (pinned, before ? &added : &own, before ? &own : &added, &whole);
        whole.from = number;
        whole.added = (RootPart){ one->set, column, row, columns, rows };
        relax (pinned, &whole);
    }
}

static void
grow_free (Pinned *pinned, int number)
{
    const Grown own = *grown_at (pinned, number);
    int columns = pinned->search->columns, rows = pinned->search->rows;

    for (int d = 1; d <= own.column; d++)
        grow_by (pinned, number, own.column - d, own.row, d, own.rows, true, true);
    for (int d = 1; d <= columns - own.column - own.columns; d++)
        grow_by (pinned, number, own.column + own.columns, own.row, d, own.rows, true, false);
    for (int d = 1; d <= own.row; d++)
        grow_by (pinned, number, own.column, own.row - d, own.columns, d, false, true);
    for (int d = 1; d <= rows - own.row - own.rows; d++)
        grow_by (pinned, number, own.column, own.row + own.rows, own.columns, d, false, false);
}

static void
join_two (Pinned *pinned, int number, int other)
{
    const Grown a = *grown_at (pinned, number), b = *grown_at (pinned, other);
    bool level = a.row == b.row && a.rows == b.rows, straight = a.column == b.column && a.columns == b.columns;
    Grown whole;

    if ((a.set & b.set) != 0)
        return;
    if (level && a.column + a.columns == b.column)
        set_beside (pinned, &a, &b, &whole);
    else if (level && b.column + b.columns == a.column)
        set_beside (pinned, &b, &a, &whole);
    else if (straight && a.row + a.rows == b.row)
        set_above (pinned, &a, &b, &whole);
    else if (straight && b.row + b.rows == a.row)
        set_above (pinned, &b, &a, &whole);
    else
        return;
    whole.from = number;
    whole.other = other;
    relax (pinned, &whole);
}

static void
close_part (Pinned *pinned, int number)
{
    const Grown *own = grown_at (pinned, number);
    gint64 *key = g_new (gint64, 1);

    *key = place_key (own->column, own->row, own->columns, own->rows);
    GArray *list = g_hash_table_lookup (pinned->at, key);
    if (list == NULL) {
        list = g_array_new (FALSE, FALSE, sizeof (int));
        g_hash_table_insert (pinned->at, key, list);
    } else {
        g_free (key);
    }
    g_array_append_val (list, number);
    g_array_append_val (pinned->closed, number);
}

/* ---- from parts to blocks ---- */

static void
trace_grown (const Pinned *pinned, int number, Solution *solution)
{
    const Grown *own = grown_at (pinned, number);

    if (own->from < 0) {
        const Leaf *leaf = &pinned->search->leaves[g_bit_nth_lsf (own->set, -1)];

        if (notch_of (pinned->search, leaf).columns > 0)
            solution->shapes[solution->n] = leaf->shapes[own->columns * (pinned->search->rows + 1) + own->rows];
        solution->places[solution->n++] = (Placement){ g_bit_nth_lsf (own->set, -1), own->column, own->row, own->columns, own->rows };
        return;
    }
    trace_grown (pinned, own->from, solution);
    if (own->other >= 0)
        trace_grown (pinned, own->other, solution);
    else
        bm_trace_back (pinned->search, own->added, solution);
}

/* ---- a pinned L, which is no part before its notch is filled ---- */

static void
fill_notch (Pinned *pinned, int bare, const Grown *filling, int other)
{
    Grown whole = *grown_at (pinned, bare);

    whole.set |= filling->set;
    whole.cost += filling->cost;
    whole.from = bare;
    whole.other = other;
    if (other < 0)
        whole.added = (RootPart){ filling->set, filling->column, filling->row, filling->columns, filling->rows };
    relax (pinned, &whole);
}

static void
start_notched (Pinned *pinned, int leaf, const Grown *pin)
{
    const Search *search = pinned->search;
    RootPart at = notch_place (search, &search->leaves[leaf]);
    const GArray *list = pinned->free[at.columns * (search->rows + 1) + at.rows];

    g_array_append_val (pinned->grown, *pin);
    pinned->bare[leaf] = (int) pinned->grown->len - 1;
    for (guint i = 0; list != NULL && i < list->len; i++) {
        unsigned set = g_array_index (list, Free, i).set;
        Grown filling = { .set = set, .column = at.column, .row = at.row, .columns = at.columns, .rows = at.rows,
                          .cost = search->cost[bm_state_at (search, set, at.columns, at.rows)] };

        fill_notch (pinned, pinned->bare[leaf], &filling, -1);
    }
}

/* What grew from pins in a notch may fill it. */
static void
fill_with (Pinned *pinned, int number)
{
    const Search *search = pinned->search;
    const Grown own = *grown_at (pinned, number);

    for (int i = 0; i < search->n_leaves; i++) {
        if (pinned->bare[i] < 0)
            continue;
        RootPart at = notch_place (search, &search->leaves[i]);
        if (own.column == at.column && own.row == at.row && own.columns == at.columns && own.rows == at.rows && (own.set >> i & 1) == 0)
            fill_notch (pinned, pinned->bare[i], &own, number);
    }
}

static void
start_pins (Pinned *pinned)
{
    const Search *search = pinned->search;

    for (int i = 0; i < search->n_leaves; i++) {
        const Leaf *leaf = &search->leaves[i];
        /* A container that an ad leaves no room any more stands on no page; stories that do not fit are unpinned before. */
        if ((pinned->pinned >> i & 1) == 0 || leaf->row + leaf->rows > search->rows)
            continue;
        int at = leaf->columns * (search->rows + 1) + leaf->rows;
        uint8_t top = (uint8_t) (i << 3 | leaf->top[at]);
        Grown pin = { .set = 1u << i, .column = leaf->column, .row = leaf->row, .columns = leaf->columns, .rows = leaf->rows,
                      .cost = leaf->cost[at], .from = -1, .other = -1, .top_left = top, .top_right = top };

        if (notch_of (search, leaf).columns > 0)
            start_notched (pinned, i, &pin);
        else
            relax (pinned, &pin);
    }
}

static void
grow_all (Pinned *pinned, GArray *solutions)
{
    start_pins (pinned);
    while (pinned->heap->len > 0 && pinned->n_grown < MAX_GROWN && pinned->search->maker->nodes <= pinned->search->maker->max_nodes) {
        int number = pop (pinned);
        char *key = key_of (grown_at (pinned, number));
        bool best = GPOINTER_TO_INT (g_hash_table_lookup (pinned->best, key)) == number + 1;

        g_free (key);
        if (!best)
            continue;
        if (is_page (pinned, grown_at (pinned, number))) {
            Solution solution = { .cost = grown_at (pinned, number)->cost };

            trace_grown (pinned, number, &solution);
            g_array_append_val (solutions, solution);
            continue;
        }
        pinned->n_grown++;
        fill_with (pinned, number);
        grow_free (pinned, number);
        for (guint i = 0; i < pinned->closed->len; i++)
            join_two (pinned, number, g_array_index (pinned->closed, int, i));
        pinned->search->maker->nodes += pinned->closed->len / 16;
        close_part (pinned, number);
    }
}

/* ---- the pinwheel ---- */

typedef struct {
    int n;
    unsigned sets[5];
    int grown[5]; /* −1: out of the table */
    RootPart parts[5];
} Arms;

static void
take_wheel (Pinned *pinned, const Arms *arms, int excess, GArray *solutions)
{
    Solution solution = { .cost = excess + pinned->search->least[pinned->search->full] + BM_COST (BM_JOIN_WHEEL) };

    if (!holds_lead (pinned, arms->sets[0]))
        solution.cost += BM_COST (3);
    if (solution.cost > bm_limit (pinned->search, pinned->search->full) || solutions->len > 400)
        return;
    for (int i = 0; i < 5; i++) {
        RootPart part = arms->parts[i];

        part.set = arms->sets[i];
        if (arms->grown[i] >= 0)
            trace_grown (pinned, arms->grown[i], &solution);
        else
            bm_trace_back (pinned->search, part, &solution);
    }
    g_array_append_val (solutions, solution);
}

static void
try_arm (Pinned *pinned, Arms *arms, int arm, unsigned used, int excess, GArray *solutions)
{
    const Search *search = pinned->search;
    const RootPart *part = &arms->parts[arm];

    if (arm == 5) {
        if (used == search->full)
            take_wheel (pinned, arms, excess, solutions);
        return;
    }
    gint64 key = place_key (part->column, part->row, part->columns, part->rows);
    const GArray *placed = g_hash_table_lookup (pinned->at, &key);
    for (guint i = 0; placed != NULL && i < placed->len; i++) {
        int number = g_array_index (placed, int, i), own = excess_of (pinned, grown_at (pinned, number));

        if ((grown_at (pinned, number)->set & used) != 0 || excess + own > search->budget)
            continue;
        arms->sets[arm] = grown_at (pinned, number)->set;
        arms->grown[arm] = number;
        try_arm (pinned, arms, arm + 1, used | arms->sets[arm], excess + own, solutions);
    }
    const GArray *list = pinned->free[part->columns * (search->rows + 1) + part->rows];
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Free *one = &g_array_index (list, Free, i);

        if (excess + one->excess > search->budget)
            break;
        if ((one->set & used) != 0)
            continue;
        arms->sets[arm] = one->set;
        arms->grown[arm] = -1;
        try_arm (pinned, arms, arm + 1, used | one->set, excess + one->excess, solutions);
    }
    search->maker->nodes += 1;
}

/* Pinned blocks are not cut; an arm that nothing fills needs no trial. */
static bool
may_turn (const Pinned *pinned, const Arms *arms)
{
    const Search *search = pinned->search;

    for (int i = 0; i < 5; i++) {
        const RootPart *part = &arms->parts[i];
        gint64 key = place_key (part->column, part->row, part->columns, part->rows);

        if (pinned->free[part->columns * (search->rows + 1) + part->rows] == NULL && g_hash_table_lookup (pinned->at, &key) == NULL)
            return false;
    }
    for (int leaf = 0; leaf < search->n_leaves; leaf++)
        for (int i = 0; (pinned->pinned >> leaf & 1) != 0 && i < 5; i++) {
            const RootPart *part = &arms->parts[i];
            const Leaf *of = &search->leaves[leaf];
            bool inside = of->column >= part->column && of->row >= part->row && of->column + of->columns <= part->column + part->columns &&
                          of->row + of->rows <= part->row + part->rows;

            if (!inside && overlaps (search, of, part->column, part->row, part->columns, part->rows))
                return false;
        }
    return true;
}

static void
turn (Pinned *pinned, bool right_hand, int x1, int x2, int y1, int y2, GArray *solutions)
{
    int n = pinned->search->columns, rows = pinned->search->rows;
    const Arms right = { .parts = { { 0, 0, 0, x2, y1 }, { 0, x2, 0, n - x2, y2 }, { 0, x1, y2, n - x1, rows - y2 },
                                    { 0, 0, y1, x1, rows - y1 }, { 0, x1, y1, x2 - x1, y2 - y1 } } };
    const Arms left = { .parts = { { 0, 0, 0, x1, y2 }, { 0, x1, 0, n - x1, y1 }, { 0, x2, y1, n - x2, rows - y1 },
                                   { 0, 0, y2, x2, rows - y2 }, { 0, x1, y1, x2 - x1, y2 - y1 } } };
    Arms arms = right_hand ? right : left;

    if (may_turn (pinned, &arms))
        try_arm (pinned, &arms, 0, 0, 0, solutions);
}

static void
turn_wheels (Pinned *pinned, GArray *solutions)
{
    const Search *search = pinned->search;

    if (search->n_leaves < 5)
        return;
    for (int hand = 0; hand < 2; hand++)
        for (int x1 = 1; x1 < search->columns - 1; x1++)
            for (int x2 = x1 + 1; x2 < search->columns; x2++)
                for (int y1 = 1; y1 < search->rows - 1; y1++)
                    for (int y2 = y1 + 1; y2 < search->rows && search->maker->nodes <= search->maker->max_nodes; y2++)
                        turn (pinned, hand == 0, x1, x2, y1, y2, solutions);
}

/* ---- all of it ---- */

void
bm_search_pinned (Search *search, GArray *solutions)
{
    Pinned pinned = { .search = search, .grown = g_array_new (FALSE, FALSE, sizeof (Grown)), .heap = g_array_new (FALSE, FALSE, sizeof (int)),
                      .closed = g_array_new (FALSE, FALSE, sizeof (int)),
                      .best = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                      .at = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref) };

    for (int i = 0; i < search->n_leaves; i++) {
        pinned.pinned |= search->leaves[i].placed ? 1u << i : 0;
        pinned.bare[i] = -1;
    }
    list_free (&pinned);
    grow_all (&pinned, solutions);
    turn_wheels (&pinned, solutions);
    for (int i = 0; i < (search->columns + 1) * (search->rows + 1); i++)
        if (pinned.free[i] != NULL)
            g_array_unref (pinned.free[i]);
    g_free (pinned.free);
    g_array_unref (pinned.grown);
    g_array_unref (pinned.heap);
    g_array_unref (pinned.closed);
    g_hash_table_unref (pinned.best);
    g_hash_table_unref (pinned.at);
}
