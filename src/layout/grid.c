/* grid.c — what follows from a layout's values: type area, cells, rows, and the column grid
 * (design/page-makeup.md §2). */
#include "layout/layout-private.h"

#include <math.h>

#define LEAST_COLUMN 8 /* characters; page-makeup.md §12 */

/* Characters a column holds when `cells` cells are parted into `columns` with `gutter` cells between. */
static int
cells_per_column (int cells, int gutter, int columns)
{
    return (cells + gutter) / columns - gutter;
}

bool
bm_layout_settle (BmLayout *layout, BmSpan columns, BmSpan margins, BmDiags *diags)
{
    double width = layout->paper_width - layout->margin_left - layout->margin_right;
    double height = layout->paper_height - layout->margin_top - layout->margin_bottom;

    layout->pitch = layout->body * layout->leading;
    /* A hundredth of a cell: lengths come from decimals of millimetres. */
    layout->cells = (int) floor (width / layout->body + 0.01);
    int rows = (int) floor (height / layout->pitch + 0.01);
    layout->rows = rows - layout->folio_rows;
    if (width <= 0 || layout->cells < LEAST_COLUMN || layout->rows - layout->folio_white < 10) {
        bm_diag (diags, BM_ERROR, "BM0215", margins, "make the margins or the type smaller, or the paper larger",
                 "the margins leave %d cells and %d rows of text", MAX (layout->cells, 0), MAX (layout->rows, 0));
        return false;
    }
    layout->area_width = layout->cells * layout->body;
    layout->area_height = rows * layout->pitch;
    layout->area_x = layout->margin_left + (width - layout->area_width) / 2;
    layout->area_y = layout->margin_top + (height - layout->area_height) / 2;
    int c = cells_per_column (layout->cells, layout->gutter_cells, layout->columns);
    if (c < LEAST_COLUMN) {
        bm_diag (diags, BM_ERROR, "BM0213", columns, "take fewer columns, a smaller body or wider paper",
                 "%d columns of %d characters: a column needs %d", layout->columns, MAX (c, 0), LEAST_COLUMN);
        return false;
    }
    return true;
}

BmGrid
bm_layout_grid (const BmLayout *layout)
{
    BmGrid grid = { .columns = layout->columns, .pitch = layout->pitch, .body = layout->body };
    int c = cells_per_column (layout->cells, layout->gutter_cells, layout->columns);
    int n = layout->columns;

    grid.cells_per_column = c;
    grid.column_width = n == 1 ? layout->area_width : c * layout->body;
    /* Cells left over widen the gutters evenly. */
    grid.gutter = n == 1 ? 0 : (layout->area_width - n * grid.column_width) / (n - 1);
    for (int i = 0; i < n; i++)
        grid.x[i] = layout->area_x + i * (grid.column_width + grid.gutter);
    grid.top = layout->area_y + (layout->folio_rows + layout->folio_white) * layout->pitch;
    grid.rows = layout->rows - layout->folio_white;
    return grid;
}

/* ---- overrides of the command line ---- */

bool
bm_layout_set_columns (BmLayout *layout, int columns, BmDiags *diags)
{
    if (columns < 1 || columns > BM_MAX_COLUMNS) {
        bm_diag (diags, BM_ERROR, "BM0203", BM_NOWHERE, "a page needs 1 to 64 columns", "grid has %d columns", columns);
        return false;
    }
    layout->columns = columns;
    return bm_layout_settle (layout, BM_NOWHERE, BM_NOWHERE, diags);
}

static bool
check_override (const char *what, double value, double min, double max, BmDiags *diags)
{
    if (bm_check_length (value, min, max))
        return true;
    char *hint = g_strdup_printf ("from %g to %g pt", min, max);
    bm_diag (diags, BM_ERROR, "BM0206", BM_NOWHERE, hint, "%s: %g pt is out of range", what, value);
    g_free (hint);
    return false;
}

bool
bm_layout_set_paper (BmLayout *layout, double width, double height, BmDiags *diags)
{
    if (!check_override ("paper width", width, 10, 14400, diags) ||
        !check_override ("paper height", height, 10, 14400, diags))
        return false;
    layout->paper_width = width;
    layout->paper_height = height;
    return bm_layout_settle (layout, BM_NOWHERE, BM_NOWHERE, diags);
}

/* The texts set on the grid change with the body; heads, captions and furniture keep their sizes. */
bool
bm_layout_set_body (BmLayout *layout, double size, BmDiags *diags)
{
    static const BmRoleId on_the_grid[] = { BM_ROLE_TEXT, BM_ROLE_TEXT_BOLD, BM_ROLE_BYLINE, BM_ROLE_DATELINE,
                                            BM_ROLE_JUMP, BM_ROLE_NOTE };

    if (!check_override ("body", size, 3, 100, diags))
        return false;
    layout->roles[BM_ROLE_HEAD_BRIEF].size *= size / layout->body; /* its lines stand on the grid, too */
    layout->body = size;
    for (size_t i = 0; i < G_N_ELEMENTS (on_the_grid); i++)
        layout->roles[on_the_grid[i]].size = size;
    return bm_layout_settle (layout, BM_NOWHERE, BM_NOWHERE, diags);
}

bool
bm_layout_set_style (BmLayout *layout, const char *name, BmDiags *diags)
{
    bool head_trim = layout->style.head_trim;

    if (!bm_style_named (&layout->style, name)) {
        bm_diag (diags, BM_ERROR, "BM0214", BM_NOWHERE, "full, news, css or gb", "unknown style “%s”", name);
        return false;
    }
    layout->style.head_trim = head_trim;
    return true;
}

bool
bm_layout_set_front (BmLayout *layout, BmDiags *diags)
{
    layout->front = layout->front_rows > 0;
    if (!layout->front)
        return true;
    layout->folio_rows = layout->front_rows;
    return bm_layout_settle (layout, BM_NOWHERE, BM_NOWHERE, diags);
}
