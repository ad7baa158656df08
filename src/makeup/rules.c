/* rules.c — hairlines: in the gutter where text of two stories stands side by side, and between stacked stories; none
 * at a picture, a tint or the ad (visual/style.md §5). */
#include "makeup/build.h"

#include <math.h>

#define LEAST_RUN 4 /* rows: a shorter hairline is a speck */

typedef struct {
    Build *build;
    const Solution *solution;
    int columns, rows;
    int *owner;  /* [column × rows + row]: item of the text that stands there; −1 none */
} TextMap;

static int
number_of (const GPtrArray *ids, const char *id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_strcmp0 (ids->pdata[i], id) == 0)
            return (int) i;
    return -1;
}

/* Text that a hairline may stand beside: bodies and bylines of stories that have no tint. */
static bool
counts (const BmElement *element)
{
    return element->role == BM_ELEM_TEXT || element->role == BM_ELEM_BYLINE || element->role == BM_ELEM_CROSSHEAD ||
           element->role == BM_ELEM_JUMP || element->device;
}

static bool
in_container (const Build *build, const char *id)
{
    for (guint i = 0; i < build->items->len; i++) {
        const BmPlanItem *item = &g_array_index (build->items, BmPlanItem, i);
        if (g_strcmp0 (item->id, id) == 0)
            return item->container != NULL || item->boxed;
    }
    return true;
}

static void
mark (TextMap *map, const BmElement *element, int owner)
{
    const BmGrid *grid = &map->build->maker->grid;
    int first = (int) lround ((element->y - grid->top) / grid->pitch);
    int last = first + (int) lround (element->height / grid->pitch);

    for (int c = 0; c < map->columns; c++) {
        if (element->x > grid->x[c] + grid->column_width - 1 || element->x + element->width < grid->x[c] + 1)
            continue;
        for (int r = MAX (first, 0); r < MIN (last, map->rows); r++)
            map->owner[c * map->rows + r] = owner;
    }
}

static void
draw_run (TextMap *map, int column, int first, int last)
{
    const BmLayout *layout = map->build->maker->layout;
    const BmGrid *grid = &map->build->maker->grid;
    double trim = (grid->pitch - grid->body) / 2;
    double x = (grid->x[column - 1] + grid->column_width + grid->x[column]) / 2 - layout->hairline / 2;
    double y = bm_row_y (map->build, first) + trim, foot = bm_row_y (map->build, last) - trim;

    if (last - first >= LEAST_RUN)
        bm_add_rule (map->build, NULL, x, y, layout->hairline, foot - y, layout->hairline, layout->hairline_ink);
}

static void
rules_in_gutter (TextMap *map, int column)
{
    int start = -1, pair = -1;

    for (int r = 0; r <= map->rows; r++) {
        int left = r < map->rows ? map->owner[(column - 1) * map->rows + r] : -1;
        int right = r < map->rows ? map->owner[column * map->rows + r] : -1;
        bool apart = left >= 0 && right >= 0 && left != right && !bm_beside_notch (map->solution, column, r);
        int here = apart ? left << 8 | right : -1;

        if (here == pair)
            continue;
        if (pair >= 0)
            draw_run (map, column, start, r);
        start = r;
        pair = here;
    }
}

static void
vertical_rules (Build *build, const Solution *solution)
{
    TextMap map = { .build = build, .solution = solution, .columns = build->maker->grid.columns, .rows = build->maker->grid.rows };
    GPtrArray *ids = g_ptr_array_new ();
    guint n = build->elements->len;

    map.owner = g_new (int, (gsize) (map.columns * map.rows));
    for (int i = 0; i < map.columns * map.rows; i++)
        map.owner[i] = -1;
    for (guint i = 0; i < n; i++) {
        const BmElement *element = &g_array_index (build->elements, BmElement, i);

        if (element->item == NULL || !counts (element) || in_container (build, element->item))
            continue;
        if (number_of (ids, element->item) < 0)
            g_ptr_array_add (ids, (gpointer) element->item);
        mark (&map, element, number_of (ids, element->item));
    }
    for (int c = 1; c < map.columns; c++)
        rules_in_gutter (&map, c);
    g_ptr_array_free (ids, TRUE);
    g_free (map.owner);
}

static void
rule_between (Build *build, const Leaf *leaves, const Placement *upper, const Placement *lower)
{
    const Maker *maker = build->maker;
    int first = MAX (upper->column, lower->column);
    int last = MIN (upper->column + upper->columns, lower->column + lower->columns);
    bool quiet = leaves[lower->leaf].kind != LEAF_STORY || leaves[upper->leaf].kind != LEAF_STORY;

    if (upper->row + upper->rows != lower->row || last <= first || quiet || leaves[lower->leaf].story->boxed)
        return;
    double y = bm_row_y (build, lower->row) - maker->separator * maker->grid.pitch / 2;
    bm_add_rule (build, NULL, maker->grid.x[first], y - maker->layout->hairline / 2, bm_span_width (maker, last - first),
                 maker->layout->hairline, maker->layout->hairline, maker->layout->hairline_ink);
}

void
bm_build_rules (Build *build, const Leaf *leaves, const Solution *solution)
{
    vertical_rules (build, solution);
    for (int i = 0; i < solution->n; i++)
        bm_build_notch_rules (build, leaves, solution, i);
    for (int i = 0; i < solution->n; i++)
        for (int k = 0; k < solution->n; k++)
            if (i != k) {
                Placement upper = bm_foot_of (solution, i);
                rule_between (build, leaves, &upper, &solution->places[k]);
            }
}
