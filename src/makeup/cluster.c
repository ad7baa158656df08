/* cluster.c — the container (集纳栏): two to five short items under one label on one tint, their heads and feet level
 * side by side, or in one stack, a rail (page-makeup.md §9, visual/style.md §9.1). */
#include "makeup/makeup-private.h"

#include <math.h>
#include <string.h>

#define NARROWEST 10   /* body cells of a member */
#define WIDEST 24
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

/* ---- both ---- */

bool
bm_cluster_fit (Maker *maker, const Cluster *cluster, int w, int h, ClusterFit *fit)
{
    int inner = h - maker->separator - BM_LABEL_ROWS - BM_FOOT_ROWS;

    if (inner < 6)
        return false;
    return w == 1 ? fit_rail (maker, cluster, w, inner, fit) : fit_columns (maker, cluster, w, inner, fit);
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
