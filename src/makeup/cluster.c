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
#define MEMBER_HEAD_LINES 2 /* style.md §2: two lines; more stand as a block over a short text */
#define MAX_STEP 2     /* characters by which members' measures may differ from the mean */

/* ---- one member ---- */

static bool
set_member (Maker *maker, Story *story, int number, int cells, double size, ClusterFit *fit)
{
    double width = cells * maker->grid.body;

    fit->cells[number] = cells;
    if (!bm_head_at (maker, story, width, size, &fit->heads[number]))
        return false;
    fit->head_rows[number] = fit->heads[number].rows;
    return true;
}

static int
member_rows (Maker *maker, Story *story, int cells)
{
    return story->n_parts == 0 ? 0 : bm_flow_of (maker, story, cells)->n_rows;
}

/* Absorb spare rows in a member; what the levers cannot take stays as white at the foot. */
static bool
fit_member (Maker *maker, Story *story, int number, int rows, ClusterFit *fit)
{
    if (story->n_parts == 0)
        return rows == 0;
    Flow *flow = bm_flow_of (maker, story, fit->cells[number]);
    int spare = rows - flow->n_rows;

    for (int foot = 0; foot <= MAX (0, MIN (MAX_SPARE, spare)); foot++) {
        int room = rows - foot;

        if (!bm_flow_fit (maker, story, flow, &room, 1, &fit->levers[number]))
            continue;
        fit->body_rows[number] = room;
        fit->spare[number] = foot;
        fit->cost += fit->levers[number].cost + BM_COST (0.12 * foot + 0.03 * foot * foot);
        return true;
    }
    return false;
}

/* ---- columns side by side ---- */

static bool
fit_columns_at (Maker *maker, const Cluster *cluster, const int *cells, double size, int inner, ClusterFit *fit)
{
    int level = 0;

    memset (fit, 0, sizeof *fit);
    for (int i = 0; i < cluster->n_members; i++) {
        if (!set_member (maker, cluster->members[i], i, cells[i], size, fit))
            return false;
        level = MAX (level, fit->head_rows[i]);
        fit->cost += fit->heads[i].cost + BM_COST (fit->heads[i].n_lines > MEMBER_HEAD_LINES ? 2.0 : 0);
    }
    for (int i = 0; i < cluster->n_members; i++) {
        fit->cost += BM_COST (0.1) * (level - fit->head_rows[i]);
        fit->head_rows[i] = level;
        if (inner <= level || !fit_member (maker, cluster->members[i], i, inner - level, fit))
            return false;
    }
    return true;
}

typedef struct {
    Maker *maker;
    const Cluster *cluster;
    double size;
    int inner, mean, total;
    int cells[BM_MAX_MEMBERS];
    ClusterFit *best;
} Division;

/* All divisions of the width into measures that differ by a character or two. */
static void
divide_width (Division *division, int member, int left)
{
    int n = division->cluster->n_members;

    if (member == n - 1) {
        ClusterFit fit;

        if (ABS (left - division->mean) > MAX_STEP || left < NARROWEST)
            return;
        division->cells[member] = left;
        if (!fit_columns_at (division->maker, division->cluster, division->cells, division->size, division->inner, &fit))
            return;
        for (int i = 0; i < n; i++)
            fit.cost += BM_COST (0.15) * ABS (division->cells[i] - division->mean);
        if (fit.cost < division->best->cost)
            *division->best = fit;
        return;
    }
    for (int step = -MAX_STEP; step <= MAX_STEP; step++) {
        int cells = division->mean + step;

        if (cells < NARROWEST)
            continue;
        division->cells[member] = cells;
        divide_width (division, member + 1, left - cells);
    }
}

/* The longest member alone says how many rows are wanted: heights far from it are not tried. */
static bool
height_plausible (const Division *division)
{
    int most = 0;

    for (int i = 0; i < division->cluster->n_members; i++)
        most = MAX (most, member_rows (division->maker, division->cluster->members[i], division->mean));
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

    best->cost = BM_NO_WAY;
    if (division.mean < NARROWEST || division.mean > WIDEST || !height_plausible (&division))
        return false;
    for (int i = 0; i < maker->layout->n_ladder; i++) {
        division.size = maker->layout->ladder[i];
        double preferred = maker->layout->roles[BM_ROLE_HEAD_5].size;
        if (division.size >= 0.68 * preferred && division.size <= 1.25 * preferred)
            divide_width (&division, 0, total);
    }
    return best->cost < BM_NO_WAY;
}

/* ---- a rail: one stack ---- */

static bool
fit_rail_at (Maker *maker, const Cluster *cluster, int cells, double size, int inner, ClusterFit *fit)
{
    int used = 0, n = cluster->n_members;

    memset (fit, 0, sizeof *fit);
    fit->rail = true;
    for (int i = 0; i < n; i++) {
        if (!set_member (maker, cluster->members[i], i, cells, size, fit))
            return false;
        fit->body_rows[i] = member_rows (maker, cluster->members[i], cells);
        fit->cost += fit->heads[i].cost;
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
        if (fit_rail_at (maker, cluster, cells, size, inner, &fit) && fit.cost < best->cost)
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
        if (cluster->members[members[i]]->n_parts > 0 && bm_flow_of (maker, cluster->members[members[i]], fit->cells[members[i]])->tighter >= 0) {
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
fit_stacks_at (Maker *maker, const Cluster *cluster, int n_stacks, int cells, double size, int inner, ClusterFit *fit)
{
    int depths[BM_MAX_MEMBERS], n = cluster->n_members;

    memset (fit, 0, sizeof *fit);
    fit->n_stacks = n_stacks;
    for (int i = 0; i < n; i++) {
        if (!set_member (maker, cluster->members[i], i, cells, size, fit))
            return false;
        fit->body_rows[i] = member_rows (maker, cluster->members[i], cells);
        fit->cost += fit->heads[i].cost + BM_COST (fit->heads[i].n_lines > MEMBER_HEAD_LINES ? 2.0 : 0);
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
            if (fit_stacks_at (maker, cluster, k, cells, size, inner, &fit) && fit.cost < best->cost)
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

static int
container_cost (const Maker *maker, int w, int h)
{
    double share = (double) w / maker->grid.columns;
    double cost = 1 + 3 * MAX (0, share - 0.72) * 4;

    if (w == 1 && h > maker->region * 0.9)
        cost += 0.5;
    return BM_COST (cost);
}

void
bm_cluster_shapes (Maker *maker, Leaf *leaf)
{
    int rows = maker->region + maker->separator;

    for (int w = 1; w <= maker->grid.columns; w++)
        for (int h = BM_LABEL_ROWS + 8; h <= rows; h++) {
            ClusterFit fit;

            if (!bm_cluster_fit (maker, &leaf->cluster, w, h, &fit))
                continue;
            int at = w * (rows + 1) + h;
            leaf->cost[at] = fit.cost + container_cost (maker, w, h);
            leaf->top[at] = TOP_BOXED;
        }
}
