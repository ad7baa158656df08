/* build-cluster.c — a container: tint, rule and label, then its members. */
#include "makeup/build.h"

#include <math.h>
#include <string.h>

#define ASCENT 0.88
#define LABEL_BAR_ROWS 2
#define LABEL_DROP 0.42 /* of the label's rows: its em box stands a little under the middle of them */

void
bm_build_ground (Build *build, const Placement *place, const char *id, const char *label, bool tinted, int label_rows)
{
    const BmLayout *layout = build->maker->layout;
    const BmRole *role = &layout->roles[BM_ROLE_LABEL];
    double x = build->maker->grid.x[place->column], y = bm_row_y (build, place->row);
    double width = bm_span_width (build->maker, place->columns), pitch = build->maker->grid.pitch;

    /* A label in the paper's colour stands on a bar, any other under a rule (style.md §2). */
    bool reversed = role->ink != NULL && strcmp (role->ink, "paper") == 0;
    double padding = tinted || reversed ? layout->box_padding * build->maker->grid.body : 0;
    double height = label_rows * pitch, bar = LABEL_BAR_ROWS * pitch;
    double top = reversed ? y + (bar - role->size) / 2 : y + (height - role->size) * LABEL_DROP;

    if (tinted)
        bm_add_element (build, id, BM_ELEM_TINT, x, y, width, (place->rows - build->maker->separator) * pitch)->ink = layout->tint_ink;
    double rule = reversed ? bar : layout->label_rule;
    bm_add_rule (build, id, x, y, width, rule, rule, layout->label_ink);
    BmElement *element = bm_add_element (build, id, BM_ELEM_LABEL, x + padding, y, width - 2 * padding, height);
    BmPlacedLine *line = bm_arena_new0 (build->arena, BmPlacedLine, 1);
    element->lines = line;
    element->n_lines = 1;
    bm_set_face (build, element, BM_ROLE_LABEL, role->size);
    if (build->with_glyphs)
        *line = bm_furniture_line (build, label, BM_ROLE_LABEL, role->size, x + padding, top + ASCENT * role->size);
}

BmPlanItem
bm_member_item (Build *build, const Story *story, const char *container, const Placement *place, int column, int columns,
             int row, int rows)
{
    BmPlanItem item = { .id = bm_arena_strdup (build->arena, story->item->id), .kind = "story", .importance = story->rank,
                        .container = container, .column = place->column + column, .columns = columns, .row = row,
                        .rows = rows, .characters = story->characters,
                        .title = bm_arena_strdup (build->arena, story->title) };

    if (story->item->kind == BM_ITEM_BRIEF)
        item.kind = story->item->wish.filler ? "filler" : "brief";
    return item;
}

static void
build_member (Build *build, Story *story, const ClusterFit *fit, int i, double x, int row, BmPlanItem *item)
{
    double width = fit->cells[i] * build->maker->grid.body;
    Columns columns = { .n_columns = 1, .measure = fit->cells[i], .width = width };

    bm_build_head (build, story, item->id, &fit->heads[i], x, width, row, fit->head_rows[i]);
    columns.x[0] = x;
    columns.row[0] = row + fit->head_rows[i];
    columns.room[0] = fit->body_rows[i];
    if (story->n_parts > 0)
        bm_build_text (build, story, &columns, &fit->levers[i], item);
    item->slack_lines += fit->spare[i];
}

static void
build_columns (Build *build, const Cluster *cluster, const ClusterFit *fit, const Placement *place, const char *id)
{
    const Maker *maker = build->maker;
    int n = cluster->n_members, row = place->row + BM_LABEL_ROWS, cells = 0;
    int rows = place->rows - maker->separator - BM_LABEL_ROWS - BM_FOOT_ROWS;
    double padding = maker->layout->box_padding * maker->grid.body, pitch = maker->grid.pitch;
    double x = maker->grid.x[place->column] + padding, width = bm_span_width (maker, place->columns) - 2 * padding;

    for (int i = 0; i < n; i++)
        cells += fit->cells[i];
    double gutter = (width - cells * maker->grid.body) / (n - 1);
    for (int i = 0; i < n; i++) {
        int column = i * place->columns / n, next = MAX (column + 1, (i + 1) * place->columns / n);
        BmPlanItem item = bm_member_item (build, cluster->members[i], id, place, column, next - column, place->row,
                                       place->rows - maker->separator);

        build_member (build, cluster->members[i], fit, i, x, row, &item);
        g_array_append_val (build->items, item);
        x += fit->cells[i] * maker->grid.body;
        if (i + 1 < n)
            bm_add_rule (build, id, x + gutter / 2 - maker->layout->hairline / 2, bm_row_y (build, row) + pitch / 4,
                         maker->layout->hairline, rows * pitch - pitch / 2, maker->layout->hairline, maker->layout->hairline_ink);
        x += gutter;
    }
}

static void
build_rail (Build *build, const Cluster *cluster, const ClusterFit *fit, const Placement *place, const char *id)
{
    const Maker *maker = build->maker;
    int row = place->row + BM_LABEL_ROWS;
    double padding = maker->layout->box_padding * maker->grid.body;
    double width = bm_span_width (maker, 1) - 2 * padding;
    double x = maker->grid.x[place->column] + padding;

    for (int i = 0; i < cluster->n_members; i++) {
        int rows = fit->head_rows[i] + fit->body_rows[i];
        BmPlanItem item = bm_member_item (build, cluster->members[i], id, place, 0, 1, row, rows);

        build_member (build, cluster->members[i], fit, i, x, row, &item);
        g_array_append_val (build->items, item);
        row += rows;
        if (fit->gap[i] > 0)
            bm_add_rule (build, id, x, bm_row_y (build, row) + fit->gap[i] * maker->grid.pitch / 2, width,
                         maker->layout->hairline, maker->layout->hairline, maker->layout->hairline_ink);
        row += fit->gap[i];
    }
}

/* Stacks side by side, a hairline between them and between the items of each. */
static void
build_stacks (Build *build, const Cluster *cluster, const ClusterFit *fit, const Placement *place, const char *id)
{
    const Maker *maker = build->maker;
    double body = maker->grid.body, pitch = maker->grid.pitch, hairline = maker->layout->hairline, padding = maker->layout->box_padding * body;
    double left = maker->grid.x[place->column] + padding, width = bm_span_width (maker, place->columns) - 2 * padding;
    double measure = fit->cells[0] * body, step = (width - measure) / (fit->n_stacks - 1);
    int top = place->row + BM_LABEL_ROWS, rows = place->rows - maker->separator - BM_LABEL_ROWS - BM_FOOT_ROWS, row = top;

    for (int k = 0; k < cluster->n_members; k++) {
        int i = fit->order[k], stack = fit->stack[i], column = stack * place->columns / fit->n_stacks;
        int next = MAX (column + 1, (stack + 1) * place->columns / fit->n_stacks), taken = fit->head_rows[i] + fit->body_rows[i];
        double x = left + stack * step;

        if (k > 0 && fit->stack[fit->order[k - 1]] != stack) {
            row = top;
            bm_add_rule (build, id, x - (step - measure) / 2 - hairline / 2, bm_row_y (build, top) + pitch / 4, hairline, rows * pitch - pitch / 2,
                         hairline, maker->layout->hairline_ink);
        }
        BmPlanItem item = bm_member_item (build, cluster->members[i], id, place, column, next - column, row, taken);
        build_member (build, cluster->members[i], fit, i, x, row, &item);
        g_array_append_val (build->items, item);
        row += taken;
        if (fit->gap[i] > 0)
            bm_add_rule (build, id, x, bm_row_y (build, row) + fit->gap[i] * pitch / 2, measure, hairline, hairline, maker->layout->hairline_ink);
        row += fit->gap[i];
    }
}

void
bm_build_cluster (Build *build, const Leaf *leaf, const Placement *place)
{
    const Cluster *cluster = &leaf->cluster;
    const char *id = bm_arena_printf (build->arena, "c%d", cluster->number);
    BmPlanItem item = { .id = id, .kind = "container", .importance = leaf->rank, .column = place->column, .row = place->row,
                        .columns = place->columns, .rows = place->rows - build->maker->separator,
                        .n_members = cluster->n_members, .title = bm_arena_strdup (build->arena, cluster->label) };
    ClusterFit fit;

    if (!cluster->runs_on && !bm_cluster_fit (build->maker, cluster, place->columns, place->rows, &fit))
        return;
    item.members = bm_arena_new0 (build->arena, const char *, cluster->n_members);
    for (int i = 0; i < cluster->n_members; i++)
        item.members[i] = bm_arena_strdup (build->arena, cluster->members[i]->item->id);
    g_array_append_val (build->items, item);
    if (cluster->runs_on) {
        bm_build_round_up (build, cluster, place, id);
        return;
    }
    bm_build_ground (build, place, id, cluster->label, true, BM_LABEL_ROWS);
    if (fit.rail)
        build_rail (build, cluster, &fit, place, id);
    else if (fit.n_stacks > 0)
        build_stacks (build, cluster, &fit, place, id);
    else
        build_columns (build, cluster, &fit, place, id);
}
