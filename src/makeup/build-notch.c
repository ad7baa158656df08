/* build-notch.c — the rules of an L (咬合): one line over what stands in the notch and down beside it to the foot, so that the eye
 * does not run on from the shorter columns into another story's text, nor across from the longer ones into its head. As everywhere
 * it ends where a picture, a tint or a frame parts the two itself (visual/style.md §5). */
#include "makeup/build.h"

#include <math.h>

/* The block that is left out of the story's rectangle, SEP counted. */
static Placement
notch_of (const Solution *solution, int number)
{
    const Notch *notch = &solution->shapes[number].notch;
    Placement place = solution->places[number];

    place.column += notch->left ? 0 : place.columns - notch->columns;
    place.columns = notch->columns;
    place.row += place.rows - notch->rows;
    place.rows = notch->rows;
    return place;
}

Placement
bm_foot_of (const Solution *solution, int number)
{
    const Notch *notch = &solution->shapes[number].notch;
    Placement place = solution->places[number];

    place.column += notch->left ? notch->columns : 0;
    place.columns -= notch->columns;
    return place;
}

/* The column at the right of the gutter between notch and longer columns. */
static int
gutter_of (const Solution *solution, int number)
{
    Placement notch = notch_of (solution, number);

    return solution->shapes[number].notch.left ? notch.column + notch.columns : notch.column;
}

bool
bm_beside_notch (const Solution *solution, int column, int row)
{
    for (int i = 0; i < solution->n; i++) {
        Placement notch = notch_of (solution, i);

        if (notch.columns > 0 && gutter_of (solution, i) == column && row >= notch.row && row < notch.row + notch.rows)
            return true;
    }
    return false;
}

static double
gutter_middle (const Build *build, int column)
{
    const BmGrid *grid = &build->maker->grid;

    return (grid->x[column - 1] + grid->column_width + grid->x[column]) / 2;
}

/* Does a picture, tint, frame or ad stand in this row at one side of the gutter? */
static bool
is_parted (const Build *build, int column, int row)
{
    const BmGrid *grid = &build->maker->grid;
    double left = grid->x[column - 1], right = grid->x[column] + grid->column_width,
           middle = bm_row_y (build, row) + grid->pitch / 2;

    for (guint i = 0; i < build->elements->len; i++) {
        const BmElement *element = &g_array_index (build->elements, BmElement, i);
        bool parts = element->role == BM_ELEM_PHOTO || element->role == BM_ELEM_TINT || element->role == BM_ELEM_FRAME ||
                     element->role == BM_ELEM_AD;

        if (parts && element->x < right && element->x + element->width > left && element->y < middle &&
            element->y + element->height > middle)
            return true;
    }
    return false;
}

static void
add_hairline (Build *build, double x, double y, double width, double height)
{
    const BmLayout *layout = build->maker->layout;

    bm_add_rule (build, NULL, x, y, width, height, layout->hairline, layout->hairline_ink);
}

/* The foot of the shorter columns over one block in the notch; where it ends at the gutter it meets the line beside it. */
static bool
rule_over (Build *build, const Placement *notch, const Placement *block, const Leaf *leaf, int gutter)
{
    const Maker *maker = build->maker;
    double hairline = maker->layout->hairline;
    double x = maker->grid.x[block->column], end = x + bm_span_width (maker, block->columns);

    if (block->row != notch->row || leaf->kind != LEAF_STORY || leaf->story->boxed)
        return false;
    if (block->column == gutter)
        x = gutter_middle (build, gutter) - hairline / 2;
    if (block->column + block->columns == gutter)
        end = gutter_middle (build, gutter) + hairline / 2;
    add_hairline (build, x, bm_row_y (build, notch->row) - maker->separator * maker->grid.pitch / 2 - hairline / 2, end - x,
                  hairline);
    return block->column == gutter || block->column + block->columns == gutter;
}

static void
rule_beside (Build *build, const Placement *notch, int gutter, bool from_rule)
{
    const Maker *maker = build->maker;
    double hairline = maker->layout->hairline, trim = (maker->grid.pitch - maker->grid.body) / 2;
    double x = gutter_middle (build, gutter) - hairline / 2;
    int foot = notch->row + notch->rows - maker->separator, start = notch->row;

    for (int row = notch->row; row <= foot; row++) {
        if (row < foot && !is_parted (build, gutter, row))
            continue;
        double y = start == notch->row && from_rule ? bm_row_y (build, start) - maker->separator * maker->grid.pitch / 2
                                                    : bm_row_y (build, start) + trim;

        if (row > start)
            add_hairline (build, x, y, hairline, bm_row_y (build, row) - trim - y);
        start = row + 1;
    }
}

void
bm_build_notch_rules (Build *build, const Leaf *leaves, const Solution *solution, int number)
{
    Placement notch = notch_of (solution, number);
    int gutter = gutter_of (solution, number);
    bool corner = false;

    if (notch.columns == 0)
        return;
    for (int i = 0; i < solution->n; i++) {
        const Placement *block = &solution->places[i];

        if (i != number && block->column >= notch.column && block->column < notch.column + notch.columns &&
            block->row >= notch.row && block->row < notch.row + notch.rows)
            corner = rule_over (build, &notch, block, &leaves[block->leaf], gutter) || corner;
    }
    rule_beside (build, &notch, gutter, corner);
}
