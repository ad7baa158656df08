/* build-roundup.c — a round-up's briefs poured through its columns. */
#include "makeup/build.h"
#include "makeup/roundup.h"

#include <string.h>

/* Where a brief stands: its head, and the rows of its text in each column it reaches. */
typedef struct {
    int head_column, head_row;
    int first_column, last_column;
    int foot; /* row behind its last line, in the last column */
    Columns text;
} Brief;

typedef struct {
    Build *build;
    const Cluster *cluster;
    const Placement *place;
    const char *id;
    RoundFit fit;
    int top; /* row of the columns */
    double x[BM_MAX_RUNS], width;
    Brief *briefs; /* by member */
} Pouring;

static void
add_text (Pouring *pouring, Brief *brief, int column, int row, int rows)
{
    Columns *text = &brief->text;

    if (text->n_columns == 0 || brief->last_column != column) {
        brief->first_column = text->n_columns == 0 ? column : brief->first_column;
        text->x[text->n_columns] = pouring->x[column];
        text->row[text->n_columns] = row;
        text->room[text->n_columns] = 0;
        text->n_columns++;
    }
    text->room[text->n_columns - 1] += rows;
    brief->last_column = column;
    brief->foot = row + rows;
}

static void
place_column (Pouring *pouring, int column)
{
    const RoundText *text = pouring->fit.text;
    int first = pouring->fit.first[column], end = pouring->fit.first[column + 1], row = pouring->top, head = 0;
    int gaps[BM_MAX_STORIES];

    bm_round_gaps (text, first, end, pouring->fit.inner, gaps);
    for (int i = first; i < end; i++) {
        const RoundUnit *unit = &text->units[i];
        Brief *brief = &pouring->briefs[unit->member];

        if (unit->head && i > first)
            row += gaps[head++];
        if (unit->head) {
            brief->head_column = column;
            brief->head_row = row;
        } else {
            add_text (pouring, brief, column, row, unit->rows);
        }
        row += unit->rows;
    }
}

/* Lines on the page's grid, so that they stand beside those of the next column. */
static void
build_head (Pouring *pouring, int member, int rows)
{
    Build *build = pouring->build;
    const Maker *maker = build->maker;
    Story *story = pouring->cluster->members[member];
    const Brief *brief = &pouring->briefs[member];
    int n = pouring->fit.text->head_lines[member];
    double size = maker->layout->roles[BM_ROLE_HEAD_BRIEF].size, step = rows * maker->grid.pitch / n;
    const BmShaped *known = bm_head_text (story, n, false);
    const BmShaped *shaped = build->with_glyphs ? bm_shape_in_role (build, story, known, BM_ROLE_HEAD_BRIEF, false) : known;
    const BmHeadline *broken = shaped == NULL   ? NULL
                               : shaped == known ? bm_head_break (build->maker, story, n)
                                                 : bm_headline_break (build->arena, shaped, &maker->head_style, n);

    if (broken == NULL)
        return;
    double x = pouring->x[brief->head_column];
    BmElement *element = bm_add_element (build, bm_arena_strdup (build->arena, story->item->id), BM_ELEM_HEADLINE, x,
                                         bm_row_y (build, brief->head_row), pouring->width, rows * maker->grid.pitch);
    element->n_lines = broken->n_lines;
    element->lines = bm_arena_new0 (build->arena, BmPlacedLine, broken->n_lines);
    for (int i = 0; i < broken->n_lines; i++)
        bm_place_line (build, &element->lines[i], broken->galley, i, size, x, bm_row_baseline (build, brief->head_row) + i * step);
    bm_set_face (build, element, BM_ROLE_HEAD_BRIEF, size);
}

/* Its block in the grid: the columns it reaches, and of several the whole depth. */
static BmPlanItem
item_of_brief (const Pouring *pouring, int member)
{
    const Brief *brief = &pouring->briefs[member];
    int n = pouring->fit.n_columns, columns = pouring->place->columns;
    int first = brief->head_column * columns / n, end = MAX (first + 1, (brief->last_column + 1) * columns / n);
    bool whole = brief->last_column > brief->head_column;
    int row = whole ? pouring->top : brief->head_row, foot = whole ? pouring->top + pouring->fit.inner : brief->foot;

    return bm_member_item (pouring->build, pouring->cluster->members[member], pouring->id, pouring->place, first, end - first, row, foot - row);
}

static void
build_brief (Pouring *pouring, int member, int rows)
{
    Story *story = pouring->cluster->members[member];
    Brief *brief = &pouring->briefs[member];
    BmPlanItem item = item_of_brief (pouring, member);
    Levers none = { 0 };

    build_head (pouring, member, rows);
    brief->text.measure = pouring->fit.text->measure;
    brief->text.width = pouring->width;
    bm_build_text (pouring->build, story, &brief->text, &none, &item);
    g_array_append_val (pouring->build->items, item);
}

static void
add_hairline (Pouring *pouring, double x, int row, int rows)
{
    const Maker *maker = pouring->build->maker;
    double hairline = maker->layout->hairline, pitch = maker->grid.pitch;

    bm_add_rule (pouring->build, pouring->id, x - hairline / 2, bm_row_y (pouring->build, row) + pitch / 4, hairline, rows * pitch - pitch / 2,
                 hairline, maker->layout->hairline_ink);
}

/* Without a tint hairlines keep it from what stands beside it. */
static void
add_sides (Pouring *pouring)
{
    const BmGrid *grid = &pouring->build->maker->grid;
    int left = pouring->place->column, right = left + pouring->place->columns;
    int rows = pouring->fit.label + pouring->fit.inner;

    if (left > 0)
        add_hairline (pouring, (grid->x[left - 1] + grid->column_width + grid->x[left]) / 2, pouring->place->row, rows);
    if (right < grid->columns)
        add_hairline (pouring, (grid->x[right - 1] + grid->column_width + grid->x[right]) / 2, pouring->place->row, rows);
}

static void
lay_columns (Pouring *pouring)
{
    const Maker *maker = pouring->build->maker;
    double padding = bm_round_padding (maker, pouring->fit.tinted), left = maker->grid.x[pouring->place->column] + padding;
    double all = bm_span_width (maker, pouring->place->columns) - 2 * padding;
    int n = pouring->fit.n_columns;

    pouring->width = pouring->fit.text->measure * maker->grid.body;
    double gutter = n == 1 ? 0 : (all - n * pouring->width) / (n - 1);
    for (int i = 0; i < n; i++)
        pouring->x[i] = left + i * (pouring->width + gutter);
    if (!pouring->fit.tinted)
        add_sides (pouring);
}

static bool
runs_across (const Pouring *pouring, int column)
{
    for (int i = 0; i < pouring->cluster->n_members; i++)
        if (pouring->briefs[i].head_column < column && pouring->briefs[i].last_column >= column)
            return true;
    return false;
}

/* A rule parts two stories (style.md §8, 10): none where a brief goes on in the next column, and then none at all, so that it does
 * not look forgotten there. */
static void
part_columns (Pouring *pouring)
{
    for (int i = 1; i < pouring->fit.n_columns; i++)
        if (runs_across (pouring, i))
            return;
    for (int i = 1; i < pouring->fit.n_columns; i++)
        add_hairline (pouring, (pouring->x[i - 1] + pouring->width + pouring->x[i]) / 2, pouring->top, pouring->fit.inner);
}

void
bm_build_round_up (Build *build, const Cluster *cluster, const Placement *place, const char *id)
{
    Pouring pouring = { .build = build, .cluster = cluster, .place = place, .id = id };

    if (!bm_round_up_fit (build->maker, cluster, place->columns, place->rows, &pouring.fit))
        return;
    pouring.top = place->row + pouring.fit.label;
    bm_build_ground (build, place, id, cluster->label, pouring.fit.tinted, pouring.fit.label);
    pouring.briefs = g_new0 (Brief, (gsize) cluster->n_members);
    lay_columns (&pouring);
    for (int column = 0; column < pouring.fit.n_columns; column++)
        place_column (&pouring, column);
    part_columns (&pouring);
    const RoundText *text = pouring.fit.text;
    for (int i = 0; i < text->n_units; i++)
        if (text->units[i].head)
            build_brief (&pouring, text->units[i].member, text->units[i].rows);
    g_free (pouring.briefs);
}
