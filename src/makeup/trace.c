/* trace.c — --trace: what each item could have been and why it is what it is. */
#include "makeup/makeup-private.h"

/* The cheapest height of a width; 0: the story cannot be so wide. */
static int
cheapest_at (const Maker *maker, const Leaf *leaf, int w)
{
    int rows = maker->region + maker->separator, best = 0;

    for (int h = 1; h <= rows; h++) {
        int cost = leaf->cost[w * (rows + 1) + h];
        if (cost < BM_NO_WAY && (best == 0 || cost < leaf->cost[w * (rows + 1) + best]))
            best = h;
    }
    return best;
}

static void
trace_widths (const Maker *maker, const Leaf *leaf, GString *out)
{
    int rows = maker->region + maker->separator;
    const char *between = "";

    g_string_append (out, "    could be: ");
    for (int w = 1; w <= maker->grid.columns; w++) {
        int h = cheapest_at (maker, leaf, w);

        if (h == 0)
            continue;
        g_string_append_printf (out, "%s%d × %d for %.2f", between, w, h - maker->separator, leaf->cost[w * (rows + 1) + h] / 64.0);
        between = ", ";
    }
    g_string_append (out, " (columns × rows, the cheapest of each width)\n");
}

static const char *
why_width (const Leaf *leaf)
{
    if (leaf->placed)
        return "it is pinned there";
    if (leaf->kind == LEAF_STORY && leaf->story->wished_columns > 0)
        return "its width is wished";
    return NULL;
}

static const char *
why_place (const Leaf *leaf, const Placement *place)
{
    if (leaf->lead)
        return place->row == 0 ? "the lead stands at the head" : "the lead, lower than it should stand: what is pinned or wished left no other place";
    return place->row == 0 ? "at the head, beside or over what ranks lower" : "under or beside what ranks higher";
}

static void
trace_leaf (const Maker *maker, const Leaf *leaf, const Placement *place, GString *out)
{
    const char *why = why_width (leaf);
    int w = place->columns, rows = maker->region + maker->separator, h = cheapest_at (maker, leaf, w);

    if (why == NULL)
        trace_widths (maker, leaf, out);
    if (why != NULL || h == 0)
        g_string_append_printf (out, "    taken: %s\n", why != NULL ? why : "no other size");
    else
        g_string_append_printf (out, "    taken: %d × %d, %.2f above the cheapest of this width: so the page is full; %s\n", w, place->rows - maker->separator,
                                (leaf->cost[w * (rows + 1) + place->rows] - leaf->cost[w * (rows + 1) + h]) / 64.0, why_place (leaf, place));
    if (leaf->kind == LEAF_STORY && leaf->story->group != NULL)
        g_string_append_printf (out, "    group “%s”\n", leaf->story->group);
}

void
bm_trace_notched (const Maker *maker, const Leaf *leaf, const Placement *place, const Shape *shape, GString *out)
{
    g_string_append_printf (out, "%s “%s”: rank %d, columns %d–%d, rows %d–%d, but for %d columns × %d rows at its foot on the %s: an L: %s\n",
                            leaf->story->item->id, leaf->story->title, leaf->rank, place->column + 1, place->column + place->columns,
                            place->row + 1, place->row + place->rows - maker->separator, shape->notch.columns,
                            shape->notch.rows - maker->separator, shape->notch.left ? "left" : "right",
                            leaf->placed ? "it is pinned so" : "the page scores more with it than without");
}

/* ---- the page that was chosen ---- */

static void
trace_place (const Maker *maker, const Leaf *leaf, const Placement *place, const Shape *shape, GString *out)
{
    static const char *const kinds[] = { "", "head over columns", "picture over head and columns",
                                         "head, picture, columns", "picture over the right-hand columns",
                                         "head beside the text", "vertical head" };
    int at = place->columns * (maker->region + maker->separator + 1) + place->rows;
    double cost = leaf->cost[at] / 64.0, least = leaf->least / 64.0;

    if (leaf->kind == LEAF_STORY && shape->notch.columns > 0) {
        bm_trace_notched (maker, leaf, place, shape, out);
        return;
    }
    if (leaf->kind == LEAF_STORY)
        g_string_append_printf (out, "%s “%s”: rank %d, columns %d–%d, rows %d–%d, %s; cost %.2f (its cheapest shape %.2f)\n",
                                leaf->story->item->id, leaf->story->title, leaf->rank, place->column + 1,
                                place->column + place->columns, place->row + 1, place->row + place->rows - maker->separator,
                                kinds[shape->kind], cost, least);
    else if (leaf->kind == LEAF_CLUSTER)
        g_string_append_printf (out, "container “%s” of %d: columns %d–%d, rows %d–%d; cost %.2f (cheapest %.2f)\n",
                                leaf->cluster.label, leaf->cluster.n_members, place->column + 1,
                                place->column + place->columns, place->row + 1, place->row + place->rows - maker->separator, cost,
                                least);
    if (leaf->kind != LEAF_AD)
        trace_leaf (maker, leaf, place, out);
}

void
bm_trace_page (const Maker *maker, const Leaf *leaves, const Solution *solution, const BmPlan *plan)
{
    GString *out = maker->options->trace;

    if (out == NULL)
        return;
    g_string_append_printf (out, "page: cost %.2f, quality %.1f, %d rows for news of %d\n", solution->cost / 64.0,
                            plan->quality.q, maker->region, maker->grid.rows);
    for (int i = 0; i < solution->n; i++)
        trace_place (maker, &leaves[solution->places[i].leaf], &solution->places[i],
                     bm_shape_at (maker, &leaves[solution->places[i].leaf], solution, i), out);
}
