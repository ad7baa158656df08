/* wheel.c — the pinwheel (风车): five rectangles round a middle one, so that no line crosses the page
 * (page-makeup.md §6). Two hands; the lead stands top left, a corner ad in its corner. */
#include "makeup/search.h"

#include <string.h>

#define MAX_STEPS 1500000
#define OVER_BEST 0.5 /* how much dearer than the best page of full cuts a wheel may be */
#define LEAST_ROWS 8  /* of each arm */

/* The states of one size, the least excess over their leaves' cheapest shapes first. */
typedef struct {
    unsigned set;
    int excess;
} State;

typedef struct {
    int n;
    State *states;
} States;

typedef struct {
    Search *search;
    States *table; /* [w × (rows + 1) + h] */
    GArray *pool;
    int bound;     /* excess a wheel may have in all */
    long steps;
    bool right_hand;
    unsigned forbidden[5]; /* leaves, by arm */
} Wheel;

/* Arms in the order they are tried: A holds the lead; C, for the right hand, the right corner. */
enum { ARM_A, ARM_B, ARM_C, ARM_D, ARM_E, N_ARMS };

static void
forbid_leaves (Wheel *wheel)
{
    const Search *search = wheel->search;

    for (int i = 0; i < search->n_leaves; i++)
        for (int arm = 0; arm < N_ARMS; arm++) {
            const Leaf *leaf = &search->leaves[i];

            if ((leaf->lead && arm != ARM_A) || (leaf->anchor == BM_PLACE_RIGHT && arm != ARM_C) ||
                (leaf->anchor == BM_PLACE_LEFT && arm != ARM_D))
                wheel->forbidden[arm] |= 1u << i;
        }
}

static int
compare_states (const void *one, const void *two)
{
    const State *a = one, *b = two;

    if (a->excess != b->excess)
        return a->excess < b->excess ? -1 : 1;
    return a->set < b->set ? -1 : a->set > b->set;
}

static void
list_states (Wheel *wheel)
{
    const Search *search = wheel->search;
    GArray **lists = g_new0 (GArray *, (gsize) ((search->columns + 1) * (search->rows + 1)));

    for (unsigned set = 1; set < search->full; set++)
        for (int w = 1; w < search->columns; w++) {
            const Band *band = &search->bands[bm_band_at (search, set, w)];

            for (int h = band->low; h <= band->high; h++) {
                int cost = search->cost[bm_state_at (search, set, w, h)], at = w * (search->rows + 1) + h;
                State state = { set, cost - search->least[set] };

                if (cost >= BM_NO_WAY || state.excess > wheel->bound)
                    continue;
                if (lists[at] == NULL)
                    lists[at] = g_array_new (FALSE, FALSE, sizeof (State));
                g_array_append_val (lists[at], state);
            }
        }
    for (int at = 0; at < (search->columns + 1) * (search->rows + 1); at++) {
        if (lists[at] == NULL)
            continue;
        g_array_sort (lists[at], compare_states);
        wheel->table[at].n = (int) lists[at]->len;
        wheel->table[at].states = (State *) (void *) g_array_free (lists[at], FALSE);
    }
    g_free (lists);
}

static const States *
states_of (const Wheel *wheel, const RootPart *part)
{
    return &wheel->table[part->columns * (wheel->search->rows + 1) + part->rows];
}

static void
add_wheel (Wheel *wheel, RootPart *parts)
{
    Search *search = wheel->search;
    int cost = BM_COST (0.6);
    Root root = { .n_parts = N_ARMS, .join = JOIN_WHEEL };

    for (int i = 0; i < N_ARMS; i++)
        cost += search->cost[bm_state_at (search, parts[i].set, parts[i].columns, parts[i].rows)];
    cost += bm_collision (search, search->top_right[bm_state_at (search, parts[ARM_A].set, parts[ARM_A].columns, parts[ARM_A].rows)],
                          search->top_left[bm_state_at (search, parts[ARM_B].set, parts[ARM_B].columns, parts[ARM_B].rows)]);
    if (cost > search->least[search->full] + wheel->bound)
        return;
    root.cost = cost;
    memcpy (root.parts, parts, sizeof root.parts);
    g_array_append_val (search->roots, root);
}

/* The last arm is what the others leave: looked up. */
static void
close_wheel (Wheel *wheel, RootPart *parts, unsigned used, int excess)
{
    Search *search = wheel->search;
    RootPart *last = &parts[ARM_E];
    unsigned set = search->full & ~used;

    if (set == 0 || (set & wheel->forbidden[ARM_E]) != 0)
        return;
    const Band *band = &search->bands[bm_band_at (search, set, last->columns)];
    if (last->rows < band->low || last->rows > band->high)
        return;
    int cost = search->cost[bm_state_at (search, set, last->columns, last->rows)];
    if (cost >= BM_NO_WAY || excess + cost - search->least[set] > wheel->bound)
        return;
    last->set = set;
    add_wheel (wheel, parts);
}

/* The first state from `i` on that bars no leaf, or that is too dear, as all after it; each looked at is a step. */
static int
next_state (Wheel *wheel, const States *states, int i, unsigned barred, int room)
{
    int end = (int) MIN ((long) states->n, i + MAX_STEPS - wheel->steps), first = i;

    while (i < end && (states->states[i].set & barred) != 0 && states->states[i].excess <= room)
        i++;
    wheel->steps += i - first;
    return i;
}

static void
try_arm (Wheel *wheel, RootPart *parts, int arm, unsigned used, int excess, const int *rest)
{
    const States *states = states_of (wheel, &parts[arm]);
    unsigned barred = used | wheel->forbidden[arm];
    int room = wheel->bound - excess - rest[arm + 1];

    if (arm == ARM_E) {
        close_wheel (wheel, parts, used, excess);
        return;
    }
    for (int i = 0; i < states->n && wheel->steps < MAX_STEPS; i++) {
        i = next_state (wheel, states, i, barred, room);
        if (i == states->n || states->states[i].excess > room || wheel->steps >= MAX_STEPS)
            break;
        const State *state = &states->states[i];
        wheel->steps++;
        parts[arm].set = state->set;
        try_arm (wheel, parts, arm + 1, used | state->set, excess + state->excess, rest);
    }
}

static void
try_wheel (Wheel *wheel, int x1, int x2, int y1, int y2)
{
    int n = wheel->search->columns, rows = wheel->search->rows, rest[N_ARMS + 1] = { 0 };
    RootPart right[N_ARMS] = { { 0, 0, 0, x2, y1 }, { 0, x2, 0, n - x2, y2 }, { 0, x1, y2, n - x1, rows - y2 },
                               { 0, 0, y1, x1, rows - y1 }, { 0, x1, y1, x2 - x1, y2 - y1 } };
    RootPart left[N_ARMS] = { { 0, 0, 0, x1, y2 }, { 0, x1, 0, n - x1, y1 }, { 0, x2, y1, n - x2, rows - y1 },
                              { 0, 0, y2, x2, rows - y2 }, { 0, x1, y1, x2 - x1, y2 - y1 } };
    RootPart *parts = wheel->right_hand ? right : left;

    for (int i = N_ARMS - 1; i >= 0; i--) {
        const States *states = states_of (wheel, &parts[i]);
        if (states->n == 0)
            return;
        rest[i] = rest[i + 1] + states->states[0].excess;
    }
    if (rest[0] <= wheel->bound)
        try_arm (wheel, parts, ARM_A, 0, 0, rest);
}

static int
least_excess (const Wheel *wheel, int columns, int rows)
{
    const States *states = &wheel->table[columns * (wheel->search->rows + 1) + rows];

    return states->n == 0 ? BM_NO_WAY : states->states[0].excess;
}

/* The two arms whose size the lower cut does not change: too dear, or never so large, whatever the others are. */
static bool
has_arms (const Wheel *wheel, int x1, int x2, int y1)
{
    int n = wheel->search->columns, rows = wheel->search->rows;
    int one = wheel->right_hand ? least_excess (wheel, x2, y1) : least_excess (wheel, n - x1, y1);
    int other = wheel->right_hand ? least_excess (wheel, x1, rows - y1) : least_excess (wheel, n - x2, rows - y1);

    return one <= wheel->bound && other <= wheel->bound - one;
}

static int
best_root (const Search *search)
{
    int best = bm_limit (search, search->full);

    for (guint i = 0; i < search->roots->len; i++)
        best = MIN (best, g_array_index (search->roots, Root, i).cost);
    return best;
}

void
bm_search_wheels (Search *search)
{
    Wheel wheel = { .search = search };
    int n_sizes = (search->columns + 1) * (search->rows + 1);

    if (search->n_leaves < 5 || search->columns < 3 || search->rows < 3 * LEAST_ROWS)
        return;
    wheel.bound = MIN (search->budget, best_root (search) + BM_COST (OVER_BEST) - search->least[search->full]);
    wheel.table = g_new0 (States, (gsize) n_sizes);
    list_states (&wheel);
    forbid_leaves (&wheel);
    for (int hand = 0; hand < 2; hand++) {
        wheel.right_hand = hand == 0;
        for (int x1 = 1; x1 < search->columns - 1; x1++)
            for (int x2 = x1 + 1; x2 < search->columns; x2++)
                for (int y1 = LEAST_ROWS; y1 <= search->rows - 2 * LEAST_ROWS; y1++)
                    for (int y2 = has_arms (&wheel, x1, x2, y1) ? y1 + LEAST_ROWS : search->rows; y2 <= search->rows - LEAST_ROWS; y2++)
                        try_wheel (&wheel, x1, x2, y1, y2);
    }
    search->maker->nodes += wheel.steps;
    for (int i = 0; i < n_sizes; i++)
        g_free (wheel.table[i].states);
    g_free (wheel.table);
}
