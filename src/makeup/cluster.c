/* cluster.c — the container (集纳栏): short items under one label on one tint, two to five side by side, their heads and
 * feet level; in one stack, a rail; or, when there are more, in stacks side by side (page-makeup.md §9, visual/style.md §9.1). */
#include "makeup/makeup-private.h"

#include <math.h>
#include <string.h>

#define NARROWEST 10   /* body cells of a member */
#define WIDEST 28
#define MAX_SPARE 5    /* rows of white at a member's foot */
#define RAIL_GAP_MIN 2
#define RAIL_GAP_MAX 4
#define MEMBER_HEAD_LINES 2 /* style.md §2: two lines; more stand as a block over a short text, … */
#define MANY_LINES 2.0      /* … which costs so much */
#define LEVEL_WHITE 0.8    /* a row under a head that is lower than those beside it */
#define MAX_STEP 2     /* characters by which members' measures may differ from the mean */

/* ---- one member ---- */

/* Known heads of a story over member's measures, one for each number of lines: the same few are asked for at every height. */
typedef struct MemberHead {
    bool known;
    int n;
    Head heads[BM_MAX_HEAD_LINES];
} MemberHead;

static const MemberHead *
member_head (Maker *maker, Story *story, int cells, int step)
{
    if (story->member_heads == NULL)
        story->member_heads = bm_arena_new0 (maker->arena, MemberHead, (WIDEST + MAX_STEP + 1) * BM_MAX_LADDER);
    MemberHead *known = &story->member_heads[cells * BM_MAX_LADDER + step];
    if (!known->known) {
        known->n = bm_heads_at (maker, story, cells * maker->grid.body, maker->layout->ladder[step], known->heads);
        known->known = true;
    }
    return known;
}

/* The cheapest with white under it up to a level, which costs so much a row; NULL: none fits. */
static const Head *
head_under (const MemberHead *member, int level, int white, int *cost)
{
    const Head *best = NULL;

    for (int i = 0; i < member->n; i++) {
        const Head *head = &member->heads[i];
        int own = head->cost + (head->n_lines > MEMBER_HEAD_LINES ? BM_COST (MANY_LINES) : 0) + white * (level - head->rows);

        if (head->rows <= level && (best == NULL || own < *cost)) {
            best = head;
            *cost = own;
        }
    }
    return best;
}

/* Where each member has its own height. */
static bool
set_member (Maker *maker, Story *story, int number, int cells, int step, ClusterFit *fit)
{
    int cost = 0;
    const Head *head = head_under (member_head (maker, story, cells, step), INT_MAX, 0, &cost);

    if (head == NULL)
        return false;
    fit->cells[number] = cells;
    fit->heads[number] = *head;
    fit->head_rows[number] = head->rows;
    fit->cost += cost;
    return true;
}

static int
member_rows (Maker *maker, Story *story, int cells)
{
    return story->n_parts == 0 ? 0 : bm_flow_of (maker, story, cells)->n_rows;
}

/* A member's text in so many rows. */
typedef struct MemberFit {
    bool known, fits;
    int body_rows, spare;
    int cost;
    Levers levers;
} MemberFit;

#define LEAST_ROOM (-1) /* rows a text may be given beyond its own, … */
#define MOST_ROOM 24    /* … and more than any lever takes */

/* Absorb spare rows in a member; what the levers cannot take stays as white at the foot. */
static void
find_member_fit (Maker *maker, Story *story, Flow *flow, int rows, MemberFit *fit)
{
    int spare = rows - flow->n_rows;

    fit->known = true;
    for (int foot = 0; foot <= MAX (0, MIN (MAX_SPARE, spare)) && !fit->fits; foot++) {
        fit->body_rows = rows - foot;
        fit->spare = foot;
        fit->fits = bm_flow_fit (maker, story, flow, &fit->body_rows, 1, &fit->levers);
        fit->cost = fit->levers.cost + BM_COST (0.3 * foot + 0.08 * foot * foot);
    }
}

#define MOST_ABSORBED 6 /* rows that the levers take beside the tail: the byline's gap, a line, crossheads */

/* Could the text fill so many rows at a measure between these? Told without composing it. */
static bool
may_fit (Maker *maker, Story *story, int narrowest, int widest, int rows)
{
    if (story->n_parts == 0)
        return rows == 0;
    return rows + 1 >= bm_rows_at_least (maker, story, widest) &&
           rows <= bm_rows_at_most (maker, story, MAX (narrowest, NARROWEST)) + MAX_SPARE + MOST_ABSORBED + maker->slack.tail;
}

/* The same few are asked for by every casting, height and level of heads. */
static const MemberFit *
member_fit (Maker *maker, Story *story, int cells, int rows)
{
    static const MemberFit never = { .known = true }, nothing = { .known = true, .fits = true };
    if (story->n_parts == 0)
        return rows == 0 ? &nothing : &never;
    Flow *flow = bm_flow_of (maker, story, cells);
    int room = rows - flow->n_rows;

    if (room < LEAST_ROOM || room >= MOST_ROOM)
        return &never;
    if (flow->member_fits == NULL || flow->member_tail != maker->slack.tail) {
        flow->member_fits = bm_arena_new0 (maker->arena, MemberFit, MOST_ROOM - LEAST_ROOM);
        flow->member_tail = maker->slack.tail;
    }
    MemberFit *fit = &flow->member_fits[room - LEAST_ROOM];
    if (!fit->known)
        find_member_fit (maker, story, flow, rows, fit);
    return fit;
}

static void
take_member_fit (const MemberFit *from, int number, ClusterFit *fit)
{
    fit->body_rows[number] = from->body_rows;
    fit->spare[number] = from->spare;
    fit->levers[number] = from->levers;
}

static bool
fit_member (Maker *maker, Story *story, int number, int rows, ClusterFit *fit)
{
    const MemberFit *found = member_fit (maker, story, fit->cells[number], rows);

    if (!found->fits)
        return false;
    take_member_fit (found, number, fit);
    fit->cost += found->cost;
    return true;
}

/* ---- columns side by side ---- */

/* The members' measures differ by a character or two, so that their feet are level: for each level of heads the
 * cheapest measures that add up to the width, one member after the other. */
typedef struct {
    Maker *maker;
    const Cluster *cluster;
    int step; /* of the ladder */
    int inner, mean, total;
    ClusterFit *best;
} Division;

#define N_MEASURES (2 * MAX_STEP + 1)
#define N_SUMS (BM_MAX_LEVEL * 2 * MAX_STEP + 1) /* characters by which the members so far differ from the mean in all */
#define NO_DIFFERENCE (BM_MAX_LEVEL * MAX_STEP)

typedef struct {
    int cost[BM_MAX_LEVEL + 1][N_SUMS]; /* of the first members */
    int8_t measure[BM_MAX_LEVEL + 1][N_SUMS];
} Levelling;

static const Head *
level_head (const Division *division, Story *story, int cells, int level, int *cost)
{
    return head_under (member_head (division->maker, story, cells, division->step), level, BM_COST (LEVEL_WHITE), cost);
}

/* What the member costs at a measure under heads of this level; BM_NO_WAY: it does not fit. */
static int
cost_at (const Division *division, Story *story, int measure, int level)
{
    int difference = measure - MAX_STEP, cells = division->mean + difference;

    if (cells < NARROWEST)
        return BM_NO_WAY;
    int cost = 0;
    if (level_head (division, story, cells, level, &cost) == NULL)
        return BM_NO_WAY;
    const MemberFit *fit = member_fit (division->maker, story, cells, division->inner - level);
    return fit->fits ? fit->cost + BM_COST (0.15) * ABS (difference) + cost : BM_NO_WAY;
}

typedef int MemberCosts[N_MEASURES];

/* False: some member has no way, or all together are dearer than what is found already. */
static bool
find_costs (const Division *division, int level, MemberCosts *costs)
{
    const Cluster *cluster = division->cluster;
    int sum = 0;

    for (int i = 0; i < cluster->n_members; i++)
        if (!may_fit (division->maker, cluster->members[i], division->mean - MAX_STEP, division->mean + MAX_STEP, division->inner - level))
            return false;
    for (int i = 0; i < cluster->n_members; i++) {
        int least = BM_NO_WAY;

        for (int measure = 0; measure < N_MEASURES; measure++) {
            costs[i][measure] = cost_at (division, cluster->members[i], measure, level);
            least = MIN (least, costs[i][measure]);
        }
        sum += least;
        if (least >= BM_NO_WAY || sum >= division->best->cost)
            return false;
    }
    return true;
}

static void
level_member (const int *costs, int member, int measure, Levelling *table)
{
    int difference = measure - MAX_STEP, cost = costs[measure], reach = member * MAX_STEP;

    if (cost >= BM_NO_WAY)
        return;
    for (int sum = NO_DIFFERENCE - reach; sum <= NO_DIFFERENCE + reach; sum++) {
        int *now = &table->cost[member + 1][sum + difference];

        if (table->cost[member][sum] + cost < *now) {
            *now = table->cost[member][sum] + cost;
            table->measure[member + 1][sum + difference] = (int8_t) measure;
        }
    }
}

static void
take_levels (const Division *division, int level, const Levelling *table, int sum, int cost)
{
    ClusterFit *best = division->best;

    for (int i = division->cluster->n_members - 1; i >= 0; i--) {
        Story *story = division->cluster->members[i];
        int difference = table->measure[i + 1][sum] - MAX_STEP, cells = division->mean + difference, ignored = 0;

        best->cells[i] = cells;
        best->heads[i] = *level_head (division, story, cells, level, &ignored);
        best->head_rows[i] = level;
        take_member_fit (member_fit (division->maker, story, cells, division->inner - level), i, best);
        sum -= difference;
    }
    best->cost = cost;
}

static void
fit_level (const Division *division, int level)
{
    int n = division->cluster->n_members, end = NO_DIFFERENCE + division->total - n * division->mean;
    MemberCosts costs[BM_MAX_LEVEL];
    Levelling table;

    if (end >= N_SUMS || !find_costs (division, level, costs))
        return;
    for (int i = 0; i <= n; i++)
        for (int sum = 0; sum < N_SUMS; sum++)
            table.cost[i][sum] = BM_NO_WAY;
    table.cost[0][NO_DIFFERENCE] = 0;
    for (int i = 0; i < n; i++)
        for (int measure = 0; measure < N_MEASURES; measure++)
            level_member (costs[i], i, measure, &table);
    if (table.cost[n][end] < division->best->cost)
        take_levels (division, level, &table, end, table.cost[n][end]);
}

static void
divide_width (const Division *division)
{
    int lowest = INT_MAX, highest = 0;

    for (int i = 0; i < division->cluster->n_members; i++)
        for (int cells = MAX (NARROWEST, division->mean - MAX_STEP); cells <= division->mean + MAX_STEP; cells++) {
            const MemberHead *head = member_head (division->maker, division->cluster->members[i], cells, division->step);

            for (int k = 0; k < head->n; k++) {
                lowest = MIN (lowest, head->heads[k].rows);
                highest = MAX (highest, head->heads[k].rows);
            }
        }
    for (int level = lowest; level <= highest && level < division->inner; level++)
        fit_level (division, level);
}

/* The longest member alone says how many rows are wanted: heights far from it are not tried. */
static bool
height_plausible (const Division *division)
{
    int most = 0;

    for (int i = 0; i < division->cluster->n_members; i++) {
        Story *story = division->cluster->members[i];

        if (story->n_parts > 0 && bm_rows_at_most (division->maker, story, division->mean) > most)
            most = MAX (most, member_rows (division->maker, story, division->mean));
    }
    return division->inner >= most + 2 && division->inner <= most + 12;
}

static bool
fit_columns (Maker *maker, const Cluster *cluster, int w, int inner, ClusterFit *best)
{
    int n = cluster->n_members, gutters = (n - 1) * maker->layout->gutter_cells;
    double padding = 2 * maker->layout->box_padding;
    int total = (int) floor (bm_span_width (maker, w) / maker->grid.body - padding + 1e-6) - gutters;
    Division division = { .maker = maker, .cluster = cluster, .inner = inner, .total = total, .mean = total / n,
                          .best = best };

    *best = (ClusterFit){ .cost = BM_NO_WAY };
    if (division.mean < NARROWEST || division.mean > WIDEST || !height_plausible (&division))
        return false;
    for (division.step = 0; division.step < maker->layout->n_ladder; division.step++) {
        double size = maker->layout->ladder[division.step], preferred = maker->layout->roles[BM_ROLE_HEAD_5].size;

        if (size >= 0.68 * preferred && size <= 1.25 * preferred)
            divide_width (&division);
    }
    return best->cost < BM_NO_WAY;
}

/* ---- a rail: one stack ---- */

static bool
fit_rail_at (Maker *maker, const Cluster *cluster, int cells, int step, int inner, ClusterFit *fit)
{
    int used = 0, n = cluster->n_members;

    *fit = (ClusterFit){ .rail = true };
    for (int i = 0; i < n; i++) {
        if (!set_member (maker, cluster->members[i], i, cells, step, fit))
            return false;
        fit->body_rows[i] = member_rows (maker, cluster->members[i], cells);
        fit->gap[i] = i + 1 < n ? RAIL_GAP_MIN : 0;
        used += fit->head_rows[i] + fit->body_rows[i] + fit->gap[i];
    }
    int spare = inner - used;
    if (spare < 0 || spare > (n - 1) * (RAIL_GAP_MAX - RAIL_GAP_MIN) + n)
        return false;
    fit->cost += BM_COST (0.08) * spare;
    for (int round = 0; spare > 0 && round < RAIL_GAP_MAX - RAIL_GAP_MIN; round++)
        for (int i = 0; i + 1 < n && spare > 0; i++, spare--)
            fit->gap[i]++;
    for (int i = 0; i < n; i++) {
        int extra = spare > 0 ? 1 : 0, cost = 0;

        spare -= extra;
        fit->cost += cost;
        if (cluster->members[i]->n_parts > 0 && !fit_member (maker, cluster->members[i], i, fit->body_rows[i] + extra, fit))
            return false;
        fit->body_rows[i] += fit->spare[i];
    }
    return spare == 0;
}

static bool
fit_rail (Maker *maker, const Cluster *cluster, int w, int inner, ClusterFit *best)
{
    double padding = 2 * maker->layout->box_padding;
    int cells = (int) floor (bm_span_width (maker, w) / maker->grid.body - padding + 1e-6);

    best->cost = BM_NO_WAY;
    if (w != 1 || cells < NARROWEST || cells > WIDEST)
        return false;
    for (int i = 0; i < maker->layout->n_ladder; i++) {
        double size = maker->layout->ladder[i], preferred = maker->layout->roles[BM_ROLE_HEAD_5].size;
        ClusterFit fit;

        if (size < 0.65 * preferred || size > 1.1 * preferred)
            continue;
        if (fit_rail_at (maker, cluster, cells, i, inner, &fit) && fit.cost < best->cost)
            *best = fit;
    }
    return best->cost < BM_NO_WAY;
}

/* ---- stacks side by side ---- */

#define STACK_GAP_MIN 1
#define STACK_GAP_MAX 5      /* rows between the items of a stack that is to be as deep as its neighbours */
#define SPREAD_COST 0.08     /* a row of white that levels the feet */
#define ROUGH_HEAD 4         /* rows of a member's head, to see at once which heights are hopeless */

#define MOST_SPREAD 2        /* rows a text, beyond the gaps, that may level a stack */

/* The deepest first, each to the stack that is shallowest so far; within a stack they keep their order. */
static void
deal_stacks (const int *depths, int n, ClusterFit *fit)
{
    int depth[BM_MAX_MEMBERS] = { 0 }, k = 0;
    bool dealt[BM_MAX_MEMBERS] = { false };

    for (int round = 0; round < n; round++) {
        int deepest = -1, shallow = 0;

        for (int i = 0; i < n; i++)
            if (!dealt[i] && (deepest < 0 || depths[i] > depths[deepest]))
                deepest = i;
        for (int i = 1; i < fit->n_stacks; i++)
            shallow = depth[i] < depth[shallow] ? i : shallow;
        dealt[deepest] = true;
        fit->stack[deepest] = shallow;
        depth[shallow] += depths[deepest] + STACK_GAP_MIN;
    }
    for (int stack = 0; stack < fit->n_stacks; stack++)
        for (int i = 0; i < n; i++)
            if (fit->stack[i] == stack)
                fit->order[k++] = i;
}

/* The n members of a stack fill it: the gaps take what is spare, then the texts share the rest. */
static bool
fill_stack (Maker *maker, const Cluster *cluster, const int *members, int n, int inner, ClusterFit *fit)
{
    int used = 0;

    for (int i = 0; i < n; i++) {
        fit->gap[members[i]] = i + 1 < n ? STACK_GAP_MIN : 0;
        used += fit->head_rows[members[i]] + fit->body_rows[members[i]] + fit->gap[members[i]];
    }
    int spare = inner - used;
    /* Too deep by a little: paragraphs that can run a line shorter do. */
    for (int i = 0; i < n && spare < 0; i++)
        if (cluster->members[members[i]]->n_parts > 0 && bm_flow_tightens (maker, cluster->members[members[i]], fit->cells[members[i]])) {
            fit->body_rows[members[i]]--;
            spare++;
        }
    if (spare < 0 || spare > (n - 1) * (STACK_GAP_MAX - STACK_GAP_MIN) + MOST_SPREAD * n)
        return false;
    fit->cost += BM_COST (SPREAD_COST) * spare;
    for (int round = STACK_GAP_MIN; round < STACK_GAP_MAX; round++)
        for (int i = 0; i + 1 < n && spare > 0; i++, spare--)
            fit->gap[members[i]]++;
    for (int i = 0; i < n; i++) {
        int member = members[i], extra = spare * (i + 1) / n - spare * i / n;

        if (cluster->members[member]->n_parts > 0 &&
            !fit_member (maker, cluster->members[member], member, fit->body_rows[member] + extra, fit))
            return false;
        fit->body_rows[member] += fit->spare[member];
    }
    return true;
}

static bool
fit_stacks_at (Maker *maker, const Cluster *cluster, int n_stacks, int cells, int step, int inner, ClusterFit *fit)
{
    int depths[BM_MAX_MEMBERS], n = cluster->n_members;

    memset (fit, 0, sizeof *fit);
    fit->n_stacks = n_stacks;
    for (int i = 0; i < n; i++) {
        if (!set_member (maker, cluster->members[i], i, cells, step, fit))
            return false;
        fit->body_rows[i] = member_rows (maker, cluster->members[i], cells);
        depths[i] = fit->head_rows[i] + fit->body_rows[i];
    }
    deal_stacks (depths, n, fit);
    for (int first = 0, end; first < n; first = end) {
        for (end = first; end < n && fit->stack[fit->order[end]] == fit->stack[fit->order[first]]; end++)
            ;
        if (!fill_stack (maker, cluster, &fit->order[first], end - first, inner, fit))
            return false;
    }
    return true;
}

/* Could the members fill stacks of that depth, neither far too little nor too much? */
static bool
depth_plausible (Maker *maker, const Cluster *cluster, int n_stacks, int cells, int inner)
{
    int rows = 0;

    for (int i = 0; i < cluster->n_members; i++)
        rows += member_rows (maker, cluster->members[i], cells) + ROUGH_HEAD + STACK_GAP_MIN;
    return inner * n_stacks > 0.8 * rows && inner * n_stacks < 1.45 * rows;
}

static bool
fit_stacks (Maker *maker, const Cluster *cluster, int w, int inner, ClusterFit *best)
{
    double padding = 2 * maker->layout->box_padding, preferred = maker->layout->roles[BM_ROLE_HEAD_5].size;
    int width = (int) floor (bm_span_width (maker, w) / maker->grid.body - padding + 1e-6);

    best->cost = BM_NO_WAY;
    for (int k = MAX (2, w - 1); k <= MIN (w + 1, cluster->n_members - 1); k++) {
        int cells = (width - (k - 1) * maker->layout->gutter_cells) / k;

        if (cells < NARROWEST || cells > WIDEST || !depth_plausible (maker, cluster, k, cells, inner))
            continue;
        for (int i = 0; i < maker->layout->n_ladder; i++) {
            double size = maker->layout->ladder[i];
            ClusterFit fit;

            if (size < 0.65 * preferred || size > 1.1 * preferred)
                continue;
            if (fit_stacks_at (maker, cluster, k, cells, i, inner, &fit) && fit.cost < best->cost)
                *best = fit;
        }
    }
    return best->cost < BM_NO_WAY;
}

/* ---- all forms ---- */

bool
bm_cluster_fit (Maker *maker, const Cluster *cluster, int w, int h, ClusterFit *fit)
{
    int inner = h - maker->separator - BM_LABEL_ROWS - BM_FOOT_ROWS;

    if (inner < 6)
        return false;
    if (w == 1)
        return fit_rail (maker, cluster, w, inner, fit);
    return cluster->n_members <= BM_MAX_LEVEL ? fit_columns (maker, cluster, w, inner, fit) : fit_stacks (maker, cluster, w, inner, fit);
}

int
bm_container_cost (const Maker *maker, int w, int h)
{
    double share = (double) w / maker->grid.columns;
    double cost = 1 + 3 * MAX (0, share - 0.72) * 4;

    if (w == 1 && h > maker->region * 0.9)
        cost += 0.5;
    return BM_COST (cost);
}

/* What a container costs by size, but for what its block costs. It comes up again in other castings and with other ads. */
typedef struct {
    int n_members, tail;
    Story *members[BM_MAX_STORIES];
    int *costs; /* NOT_ASKED; BM_NO_WAY: it cannot be so large */
} KnownCluster;

#define NOT_ASKED (-1)

static void
free_known (gpointer data)
{
    KnownCluster *known = data;

    g_free (known->costs);
    g_free (known);
}

static int *
known_costs (Maker *maker, const Cluster *cluster)
{
    int n = (maker->grid.columns + 1) * (maker->grid.rows + maker->separator + 1);

    if (maker->known_clusters == NULL) {
        maker->known_clusters = g_ptr_array_new_with_free_func (free_known);
        bm_arena_own (maker->arena, maker->known_clusters, (void (*) (void *)) g_ptr_array_unref);
    }
    for (guint i = 0; i < maker->known_clusters->len; i++) {
        KnownCluster *known = maker->known_clusters->pdata[i];

        if (known->n_members == cluster->n_members && known->tail == maker->slack.tail &&
            memcmp (known->members, cluster->members, (size_t) cluster->n_members * sizeof *cluster->members) == 0)
            return known->costs;
    }
    KnownCluster *known = g_new0 (KnownCluster, 1);
    known->n_members = cluster->n_members;
    known->tail = maker->slack.tail;
    memcpy (known->members, cluster->members, (size_t) cluster->n_members * sizeof *cluster->members);
    known->costs = g_new (int, (gsize) n);
    for (int i = 0; i < n; i++)
        known->costs[i] = NOT_ASKED;
    g_ptr_array_add (maker->known_clusters, known);
    return known->costs;
}

void
bm_clusters_forget (Maker *maker)
{
    if (maker->known_clusters != NULL)
        g_ptr_array_set_size (maker->known_clusters, 0);
}

static bool
has_member (const KnownCluster *known, const Story *story)
{
    for (int i = 0; i < known->n_members; i++)
        if (known->members[i] == story)
            return true;
    return false;
}

void
bm_clusters_forget_story (Maker *maker, const Story *story)
{
    for (guint i = maker->known_clusters == NULL ? 0 : maker->known_clusters->len; i > 0; i--)
        if (has_member (maker->known_clusters->pdata[i - 1], story))
            g_ptr_array_remove_index (maker->known_clusters, i - 1);
}

void
bm_cluster_shapes (Maker *maker, Leaf *leaf)
{
    int rows = maker->region + maker->separator;

    if (leaf->cluster.runs_on) {
        bm_round_up_shapes (maker, leaf);
        return;
    }
    int *costs = known_costs (maker, &leaf->cluster), all = maker->grid.rows + maker->separator + 1;
    for (int w = 1; w <= maker->grid.columns; w++)
        for (int h = BM_LABEL_ROWS + 8; h <= rows; h++) {
            int *cost = &costs[w * all + h];
            ClusterFit fit;

            if (*cost == NOT_ASKED)
                *cost = bm_cluster_fit (maker, &leaf->cluster, w, h, &fit) ? fit.cost : BM_NO_WAY;
            if (*cost >= BM_NO_WAY)
                continue;
            int at = w * (rows + 1) + h;
            leaf->cost[at] = *cost + bm_container_cost (maker, w, h);
            leaf->top[at] = TOP_BOXED;
        }
}
