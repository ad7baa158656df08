/* wheel.c — the pinwheel (风车): five rectangles round a middle one, so that no line crosses the page
 * (page-makeup.md §6). Two hands; the lead stands top left, a corner ad in its corner.
 *
 * Arms A (top left) and D (under it) meet at one row cut, B (top right) and C (under it) at another: what each pair can
 * hold is listed once for its cut. Then every page is a pair AD, a middle E and the pair BC that holds the rest, which is
 * looked up.
 *
 * Where one arm is to have a notch, the notch is one leaf more: a bit that every state with a notch has beside its leaves, so
 * that no two of them meet and the page is full with one. */
#include "makeup/search.h"

#include <string.h>

#define MAX_STEPS 600000
#define OVER_BEST 2.5
#define LEAST_ROWS 8  /* of each arm */
#define LEAST_ROOM 16 /* for pairs, once there is one */

enum { ARM_A, ARM_B, ARM_C, ARM_D, ARM_E, N_ARMS };

/* The states of one size that an arm may hold, the least excess over their leaves' cheapest shapes first. */
typedef struct {
    unsigned set;
    int excess;
} State;

typedef struct {
    int n;
    State *states;
} States;

/* Two arms one above the other; of each set the cheapest. */
typedef struct {
    unsigned set, upper;
    int excess;
} Pair;

typedef struct {
    Pair *all;   /* the least excess first */
    int n, room;
    int *at;     /* by set: 1 + index in `all`; 0: none. Of BC alone; NULL while it has had no pair */
} Pairs;

typedef struct {
    Search *search;
    Table plain, notched;
    unsigned notch, full;  /* the notch's bit, 0: no arm is to have one; all leaves and it */
    GArray *found;         /* NotchedWheel, if one is */
    unsigned must[N_ARMS]; /* the lead, the corner ads an arm holds; the others must not */
    int list[N_ARMS];      /* which of the lists by what they must hold */
    States *table[N_ARMS]; /* by list, [w × (rows + 1) + h] */
    Pairs *left, *right;   /* AD and BC by cut */
    Pair *pair_of;         /* by set, while a cut's pairs are listed */
    int *least_left, *least_right, *least_middle; /* by cut, by cut, by rows */
    int bound;             /* excess the arms may have in all */
    long steps;
    bool right_hand;
    int x1, x2;
} Wheel;

static int
compare_states (const void *one, const void *two)
{
    const State *a = one, *b = two;

    if (a->excess != b->excess)
        return a->excess < b->excess ? -1 : 1;
    return a->set < b->set ? -1 : a->set > b->set;
}

static int
compare_pairs (const void *one, const void *two)
{
    const Pair *a = one, *b = two;

    if (a->excess != b->excess)
        return a->excess < b->excess ? -1 : 1;
    return a->set < b->set ? -1 : a->set > b->set;
}

/* ---- the states of each size ---- */

static void
set_duties (Wheel *wheel)
{
    const Search *search = wheel->search;

    wheel->must[ARM_A] = search->lead;
    wheel->must[ARM_C] = search->right;
    wheel->must[ARM_D] = search->left;
    for (int arm = 0; arm < N_ARMS; arm++) {
        wheel->list[arm] = arm;
        for (int before = arm - 1; before >= 0; before--)
            if (wheel->must[before] == wheel->must[arm])
                wheel->list[arm] = before;
    }
}

/* The list for sets that hold this of lead and corner ads, −1: none. */
static int
list_of (const Wheel *wheel, unsigned set)
{
    const Search *search = wheel->search;
    unsigned held = set & (search->lead | search->right | search->left);

    for (int arm = 0; arm < N_ARMS; arm++)
        if (wheel->must[arm] == held)
            return wheel->list[arm];
    return -1;
}

static void
list_table (const Wheel *wheel, const Table *table, unsigned notch, GArray **lists)
{
    const Search *search = wheel->search;
    int n_sizes = (search->columns + 1) * (search->rows + 1);

    for (unsigned set = 1; set < search->full; set++) {
        int list = list_of (wheel, set);

        for (int w = 1; list >= 0 && w < search->columns; w++) {
            const Band *band = &table->bands[bm_band_at (search, set, w)];

            for (int h = band->low; h <= band->high; h++) {
                int cost = table->cost[bm_state_at (search, set, w, h)], at = list * n_sizes + w * (search->rows + 1) + h;
                State state = { set | notch, cost - search->least[set] };

                if (cost >= BM_NO_WAY || state.excess > wheel->bound)
                    continue;
                if (lists[at] == NULL)
                    lists[at] = g_array_new (FALSE, FALSE, sizeof (State));
                g_array_append_val (lists[at], state);
            }
        }
    }
}

static void
list_states (Wheel *wheel)
{
    const Search *search = wheel->search;
    int n_sizes = (search->columns + 1) * (search->rows + 1);
    GArray **lists = g_new0 (GArray *, (gsize) (N_ARMS * n_sizes));

    list_table (wheel, &wheel->plain, 0, lists);
    if (wheel->notch != 0)
        list_table (wheel, &wheel->notched, wheel->notch, lists);
    for (int at = 0; at < N_ARMS * n_sizes; at++) {
        if (lists[at] == NULL)
            continue;
        g_array_sort (lists[at], compare_states);
        States *states = &wheel->table[at / n_sizes][at % n_sizes];
        states->n = (int) lists[at]->len;
        states->states = (State *) (void *) g_array_free (lists[at], FALSE);
    }
    g_free (lists);
}

static const States *
states_of (const Wheel *wheel, int arm, int columns, int rows)
{
    return &wheel->table[wheel->list[arm]][columns * (wheel->search->rows + 1) + rows];
}

static int
least_of (const States *states)
{
    return states->n > 0 ? states->states[0].excess : BM_NO_WAY;
}

/* ---- the arms of a hand ---- */

static void
place_arms (const Wheel *wheel, int left_cut, int right_cut, RootPart *parts)
{
    int n = wheel->search->columns, rows = wheel->search->rows, x1 = wheel->x1, x2 = wheel->x2;
    int a = wheel->right_hand ? x2 : x1, d = wheel->right_hand ? x1 : x2; /* where the left-hand arms end */
    int upper = MIN (left_cut, right_cut), lower = MAX (left_cut, right_cut);

    parts[ARM_A] = (RootPart){ 0, 0, 0, a, left_cut };
    parts[ARM_B] = (RootPart){ 0, a, 0, n - a, right_cut };
    parts[ARM_C] = (RootPart){ 0, d, right_cut, n - d, rows - right_cut };
    parts[ARM_D] = (RootPart){ 0, 0, left_cut, d, rows - left_cut };
    parts[ARM_E] = (RootPart){ 0, x1, upper, x2 - x1, lower - upper };
}

static const States *
states_at (const Wheel *wheel, const RootPart *parts, int arm)
{
    return states_of (wheel, arm, parts[arm].columns, parts[arm].rows);
}

/* The middle lies between the cuts: the left one is the upper of the right hand. */
static bool
cuts_leave_middle (const Wheel *wheel, int left_cut, int right_cut)
{
    return wheel->right_hand ? right_cut - left_cut >= LEAST_ROWS : left_cut - right_cut >= LEAST_ROWS;
}

/* ---- pairs ---- */

/* The least excess the arms of each cut can have together, were they disjoint, and the middle of each height. False: no wheel
 * is within the bound, wherever the cuts. */
static bool
find_least (Wheel *wheel)
{
    int rows = wheel->search->rows, left = BM_NO_WAY, right = BM_NO_WAY, middle = BM_NO_WAY;

    for (int cut = LEAST_ROWS; cut <= rows - LEAST_ROWS; cut++) {
        RootPart parts[N_ARMS];

        place_arms (wheel, cut, cut, parts);
        wheel->least_left[cut] = least_of (states_at (wheel, parts, ARM_A)) + least_of (states_at (wheel, parts, ARM_D));
        wheel->least_right[cut] = least_of (states_at (wheel, parts, ARM_B)) + least_of (states_at (wheel, parts, ARM_C));
        wheel->least_middle[cut] = least_of (states_of (wheel, ARM_E, wheel->x2 - wheel->x1, cut));
        left = MIN (left, wheel->least_left[cut]);
        right = MIN (right, wheel->least_right[cut]);
        middle = MIN (middle, wheel->least_middle[cut]);
    }
    return left + right + middle <= wheel->bound;
}

/* The least excess that the other arms have in all, whatever the other cut. */
static int
least_beyond (const Wheel *wheel, bool left, int cut)
{
    int rows = wheel->search->rows, least = BM_NO_WAY;
    const int *others = left ? wheel->least_right : wheel->least_left;
    bool under = left == wheel->right_hand; /* the other cut is the lower */
    int first = under ? cut + LEAST_ROWS : LEAST_ROWS, last = under ? rows - LEAST_ROWS : cut - LEAST_ROWS;

    for (int other = first; other <= last; other++)
        least = MIN (least, others[other] + wheel->least_middle[ABS (other - cut)]);
    return least;
}

static void
add_pair (Pairs *pairs, unsigned set)
{
    if (pairs->n == pairs->room) {
        pairs->room = MAX (LEAST_ROOM, 2 * pairs->room);
        pairs->all = g_renew (Pair, pairs->all, (gsize) pairs->room);
    }
    pairs->all[pairs->n++] = (Pair){ .set = set };
}

static void
pair_states (Wheel *wheel, const States *upper, const States *lower, int bound, Pairs *pairs)
{
    for (int i = 0; i < upper->n; i++)
        for (int k = 0; k < lower->n; k++) {
            unsigned set = upper->states[i].set | lower->states[k].set;
            int excess = upper->states[i].excess + lower->states[k].excess;
            Pair *best = &wheel->pair_of[set];

            wheel->steps++;
            if (excess > bound || wheel->steps > MAX_STEPS)
                break;
            if ((upper->states[i].set & lower->states[k].set) != 0 || (best->set != 0 && best->excess <= excess))
                continue;
            if (best->set == 0) /* only the set for now: its cheapest is not known */
                add_pair (pairs, set);
            *best = (Pair){ set, upper->states[i].set, excess };
        }
}

static void
list_pairs (Wheel *wheel, int upper_arm, int lower_arm, int cut, Pairs *list)
{
    RootPart parts[N_ARMS];
    bool left = upper_arm == ARM_A;
    int least = left ? wheel->least_left[cut] : wheel->least_right[cut];

    list->n = 0;
    if (least > wheel->bound)
        return;
    int bound = wheel->bound - least_beyond (wheel, left, cut);
    if (bound < least)
        return;
    place_arms (wheel, cut, cut, parts);
    pair_states (wheel, states_at (wheel, parts, upper_arm), states_at (wheel, parts, lower_arm), bound, list);
    for (int i = 0; i < list->n; i++) {
        Pair *pair = &list->all[i], *best = &wheel->pair_of[pair->set];

        *pair = *best;
        best->set = 0;
    }
    if (list->n == 0)
        return;
    qsort (list->all, (size_t) list->n, sizeof *list->all, compare_pairs);
    if (!left && list->at == NULL)
        list->at = g_new0 (int, (gsize) wheel->full + 1);
    for (int i = 0; !left && i < list->n; i++)
        list->at[list->all[i].set] = i + 1;
}

static void
forget_pairs (Pairs *list)
{
    for (int i = 0; i < list->n; i++)
        list->at[list->all[i].set] = 0;
    list->n = 0;
}

static int
least_pair (const Pairs *list)
{
    return list->n > 0 ? list->all[0].excess : BM_NO_WAY;
}

/* ---- wheels ---- */

/* The table an arm is of, and its state there. */
static const Table *
table_of (const Wheel *wheel, const RootPart *part, size_t *at)
{
    *at = bm_state_at (wheel->search, part->set & ~wheel->notch, part->columns, part->rows);
    return (part->set & wheel->notch) != 0 ? &wheel->notched : &wheel->plain;
}

static int
top_collision (const Wheel *wheel, const RootPart *left, const RootPart *right)
{
    size_t l, r;
    const Table *a = table_of (wheel, left, &l), *b = table_of (wheel, right, &r);

    return bm_collision (wheel->search, a->top_right[l], b->top_left[r]);
}

static void
add_wheel (Wheel *wheel, const RootPart *parts)
{
    Search *search = wheel->search;
    int cost = BM_COST (BM_JOIN_WHEEL), notched = -1;
    Root root = { .n_parts = N_ARMS, .join = JOIN_WHEEL };

    memcpy (root.parts, parts, sizeof root.parts);
    for (int i = 0; i < N_ARMS; i++) {
        size_t at;
        const Table *table = table_of (wheel, &parts[i], &at);

        cost += table->cost[at];
        notched = table == &wheel->notched ? i : notched;
        root.parts[i].set &= ~wheel->notch;
    }
    cost += top_collision (wheel, &parts[ARM_A], &parts[ARM_B]);
    if (cost > search->least[search->full] + wheel->bound + BM_COST (BM_JOIN_WHEEL))
        return;
    root.cost = cost;
    if (wheel->notch == 0)
        g_array_append_val (search->roots, root);
    else
        g_array_append_val (wheel->found, ((NotchedWheel){ root, notched }));
}

static void
join_middle (Wheel *wheel, RootPart *parts, const State *middle, const Pairs *left, const Pairs *right)
{
    unsigned full = wheel->full;
    int bound = wheel->bound - middle->excess, least = least_pair (right);

    parts[ARM_E].set = middle->set;
    for (int i = 0; i < left->n && wheel->steps <= MAX_STEPS; i++) {
        const Pair *pair = &left->all[i];

        wheel->steps++;
        if (pair->excess + least > bound)
            break;
        int at = (pair->set & middle->set) == 0 ? right->at[full & ~(pair->set | middle->set)] : 0;
        if (at == 0)
            continue;
        const Pair *rest = &right->all[at - 1];
        if (pair->excess + rest->excess > bound)
            continue;
        parts[ARM_A].set = pair->upper;
        parts[ARM_D].set = pair->set & ~pair->upper;
        parts[ARM_B].set = rest->upper;
        parts[ARM_C].set = rest->set & ~rest->upper;
        add_wheel (wheel, parts);
    }
}

static void
join_cuts (Wheel *wheel, int left_cut, int right_cut)
{
    const Pairs *left = &wheel->left[left_cut], *right = &wheel->right[right_cut];
    int least = least_pair (left) + least_pair (right);
    RootPart parts[N_ARMS];

    if (left->n == 0 || right->n == 0 || !cuts_leave_middle (wheel, left_cut, right_cut))
        return;
    place_arms (wheel, left_cut, right_cut, parts);
    const States *middle = states_at (wheel, parts, ARM_E);
    for (int i = 0; i < middle->n && middle->states[i].excess + least <= wheel->bound; i++)
        join_middle (wheel, parts, &middle->states[i], left, right);
}

static void
try_columns (Wheel *wheel)
{
    int rows = wheel->search->rows;

    if (!find_least (wheel))
        return;
    for (int cut = LEAST_ROWS; cut <= rows - LEAST_ROWS; cut++) {
        list_pairs (wheel, ARM_A, ARM_D, cut, &wheel->left[cut]);
        list_pairs (wheel, ARM_B, ARM_C, cut, &wheel->right[cut]);
    }
    for (int left = LEAST_ROWS; left <= rows - LEAST_ROWS; left++)
        for (int right = LEAST_ROWS; right <= rows - LEAST_ROWS && wheel->left[left].n > 0; right++)
            join_cuts (wheel, left, right);
    for (int cut = LEAST_ROWS; cut <= rows - LEAST_ROWS; cut++)
        forget_pairs (&wheel->right[cut]);
}

static void
open_wheel (Wheel *wheel)
{
    const Search *search = wheel->search;
    gsize n_sizes = (gsize) ((search->columns + 1) * (search->rows + 1)), cuts = (gsize) search->rows + 1;

    wheel->table[0] = g_new0 (States, n_sizes * N_ARMS);
    for (int arm = 1; arm < N_ARMS; arm++)
        wheel->table[arm] = wheel->table[0] + n_sizes * (gsize) arm;
    wheel->left = g_new0 (Pairs, cuts);
    wheel->right = g_new0 (Pairs, cuts);
    wheel->pair_of = g_new0 (Pair, (gsize) wheel->full + 1);
    wheel->least_left = g_new (int, 3 * cuts);
    wheel->least_right = wheel->least_left + cuts;
    wheel->least_middle = wheel->least_right + cuts;
    set_duties (wheel);
    list_states (wheel);
}

static void
close_wheel (Wheel *wheel)
{
    const Search *search = wheel->search;

    for (int at = 0; at < N_ARMS * (search->columns + 1) * (search->rows + 1); at++)
        g_free (wheel->table[0][at].states);
    for (int cut = 0; cut <= search->rows; cut++) {
        g_free (wheel->left[cut].all);
        g_free (wheel->right[cut].all);
        g_free (wheel->right[cut].at);
    }
    g_free (wheel->table[0]);
    g_free (wheel->left);
    g_free (wheel->right);
    g_free (wheel->pair_of);
    g_free (wheel->least_left);
}

static void
search_wheels (Search *search, const Table *notched, GArray *found)
{
    Wheel wheel = { .search = search, .plain = bm_plain_table (search), .full = search->full, .found = found };

    if (notched != NULL) {
        wheel.notched = *notched;
        wheel.notch = search->full + 1;
        wheel.full |= wheel.notch;
    }
    if (search->n_leaves < 5 || search->columns < 3 || search->rows < 3 * LEAST_ROWS)
        return;
    wheel.bound = MIN (search->budget, bm_cheapest_root (search) + BM_COST (OVER_BEST) - search->least[search->full]) - BM_COST (BM_JOIN_WHEEL);
    if (wheel.bound < 0)
        return;
    open_wheel (&wheel);
    for (int hand = 0; hand < 2; hand++) {
        wheel.right_hand = hand == 0;
        for (wheel.x1 = 1; wheel.x1 < search->columns - 1; wheel.x1++)
            for (wheel.x2 = wheel.x1 + 1; wheel.x2 < search->columns; wheel.x2++)
                try_columns (&wheel);
    }
    search->maker->nodes += wheel.steps;
    close_wheel (&wheel);
}

void
bm_search_wheels (Search *search)
{
    search_wheels (search, NULL, NULL);
}

void
bm_search_notched_wheels (Search *search, const Table *notched, GArray *found)
{
    search_wheels (search, notched, found);
}
