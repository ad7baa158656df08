/* shapes.c — every rectangle a story can take, the cheapest way to build it, and its cost (page-makeup.md §5). */
#include "makeup/device.h"

#include <math.h>

#define MIN_LEG 5         /* rows of a text column; constraint 4 of §3 */
#define MIN_SHORT_LEG 2   /* … of a story of ten lines or fewer */
#define SHORT_STORY 10
#define MIN_MEASURE 8     /* body cells; narrower columns are refused (§12) */
#define BROKEN_MIN 10     /* 破栏: measures that may differ from the page's columns */
#define BROKEN_MAX 27
#define BROKEN_COST 1.1
#define MAX_TRIALS 12     /* heights of a body tried at one measure */

double
bm_span_width (const Maker *maker, int columns)
{
    return columns * maker->grid.column_width + (columns - 1) * maker->grid.gutter;
}

int
bm_span_measure (const Maker *maker, double width, int n_columns)
{
    double cells = width / maker->grid.body;
    int measure = (int) floor ((cells - (n_columns - 1) * maker->layout->gutter_cells) / n_columns + 1e-6);

    return measure < MIN_MEASURE ? 0 : measure;
}

#define OWN_WHITE 3.5 /* cells by which a column may be wider than the lines were printed */

bool
bm_measure_suits (const Story *story, int measure, bool of_grid)
{
    double own = story->item->measure;

    if (measure == 0)
        return false;
    if (own > 0)
        return measure > own - 0.3 && measure < own + OWN_WHITE;
    return of_grid || (measure >= BROKEN_MIN && measure <= BROKEN_MAX);
}

/* ---- the cost of a size ---- */

typedef struct {
    double low, high; /* share of the page's columns */
} Range;

static Range
width_range (const Story *story)
{
    /* §5; the lead from .36 when its head is stacked, up to .88 as a banner; photo stories as the target pages. */
    static const Range of_rank[] = { { .36, .88 }, { .28, .70 }, { .17, .55 }, { .10, .42 }, { .10, .34 } };

    return story->photo_story ? (Range){ .28, .70 } : of_rank[story->rank - 1];
}

int
bm_size_cost (const Maker *maker, const Story *story, int w, int h)
{
    double share = (double) w / maker->grid.columns;
    double height = (h - maker->separator) * maker->grid.pitch;
    double aspect = fabs (log2 (bm_span_width (maker, w) / height));
    Range range = width_range (story);
    double cost = 1.5 * MAX (0, aspect - 1.3);

    /* A single column is wider than .34 of a page of two. */
    if (share < range.low - 1e-9 && w < maker->grid.columns)
        cost += 7 * (range.low - share);
    if (share > range.high + 1e-9 && w > 1)
        cost += 6 * (share - range.high);
    return BM_COST (cost);
}

static double
leg_cost (int w, int rows)
{
    double cost = rows > 46 ? 0.06 * (rows - 46) : 0;

    if (rows > 30)
        cost += 0.02 * (rows - 30); /* a grey leg without a break */
    if (rows < 9 && w > 1)
        cost += 0.35 * (9 - rows);
    return cost;
}

bool
bm_shape_hopeless (const Maker *maker, const Leaf *leaf, int w, int h, int cost)
{
    int at = w * (maker->region + maker->separator + 1) + h;

    if (h > maker->region + maker->separator)
        return true;
    if (leaf->pin != NULL)
        return false;
    return leaf->options != NULL ? at != leaf->wanted : cost >= leaf->cost[at];
}

bool
bm_shape_better (Maker *maker, Leaf *leaf, int w, int h, const Shape *shape, int cost, TopKind top)
{
    int at = w * (maker->region + maker->separator + 1) + h;

    if (leaf->pin != NULL && (h > maker->region + maker->separator || !bm_pin_takes (maker, leaf, w, h, shape)))
        return false;
    if (leaf->options != NULL && at == leaf->wanted && h <= maker->region + maker->separator) {
        ShapeOption option = { *shape, cost };
        g_array_append_val (leaf->options, option);
    }
    if (h > maker->region + maker->separator || cost >= leaf->cost[at])
        return false;
    leaf->cost[at] = cost;
    leaf->shapes[at] = *shape;
    leaf->top[at] = (uint8_t) top;
    return true;
}

/* ---- head over columns ---- */

static int
least_leg (const Flow *flow)
{
    return flow->n_rows <= SHORT_STORY ? MIN_SHORT_LEG : MIN_LEG;
}

static double
broken_cost (const Story *story)
{
    return BROKEN_COST + (story->boxed ? 0.6 : 0);
}

static int
white_cost (int extra)
{
    return extra == 0 ? 0 : BM_COST (0.1) + extra * extra * BM_COST (0.5);
}

void
bm_shapes_with_heads (Maker *maker, Leaf *leaf, int w, Shape shape, int base_cost)
{
    Story *story = leaf->story;
    int box = story->boxed ? 2 : 0, photo = shape.kind == SHAPE_PHOTO_RIGHT ? 0 : shape.photo_rows + shape.caption_rows + shape.gap;
    int rows = box + photo + bm_summary_rows (story, &shape) + shape.body_rows + maker->separator;
    const HeadList *heads = bm_heads_of (maker, story, bm_span_width (maker, w) - box * maker->grid.body);
    TopKind top = story->boxed ? TOP_BOXED : shape.kind == SHAPE_PHOTO_TOP ? TOP_PHOTO : TOP_HEAD;

    for (int i = 0; i < heads->n; i++) {
        const Head *head = &heads->heads[i];
        int most = head->rows == 0 ? 0 : maker->slack.head_white;

        for (int extra = 0; extra <= most; extra++) {
            int h = rows + head->rows + extra, cost = base_cost + head->cost + white_cost (extra);

            if (bm_shape_hopeless (maker, leaf, w, h, cost))
                continue;
            shape.head = (uint8_t) i;
            shape.extra = (uint8_t) extra;
            shape.head_rows = (int16_t) (head->rows + extra);
            bm_shape_better (maker, leaf, w, h, &shape, cost + bm_size_cost (maker, story, w, h), top);
        }
    }
    if (bm_add_summary (maker, story, heads->width, &shape))
        bm_shapes_with_heads (maker, leaf, w, shape, base_cost + shape.device_cost);
}

static void
plain_bodies (Maker *maker, Leaf *leaf, int w, int k, int measure)
{
    Story *story = leaf->story;
    Flow *flow = bm_flow_of (maker, story, measure);
    int room[BM_MAX_COLUMNS], costs[BM_DEVICE_WAYS];
    Shape bodies[BM_DEVICE_WAYS];
    int first = MAX ((flow->n_rows - 1 + k - 1) / k, least_leg (flow));
    double broken = k == w ? 0 : broken_cost (story);

    for (int rows = first; rows < first + MAX_TRIALS && rows <= maker->region; rows++) {
        Shape shape = { .kind = SHAPE_PLAIN, .columns = (uint8_t) k, .body_rows = (int16_t) rows };

        for (int i = 0; i < k; i++)
            room[i] = rows;
        if (bm_flow_fit (maker, story, flow, room, k, &shape.levers))
            bm_shapes_with_heads (maker, leaf, w, shape, shape.levers.cost + BM_COST (broken + leg_cost (w, rows)));
    }
    int n = bm_device_bodies (maker, story, k, measure, (Shape){ .kind = SHAPE_PLAIN }, least_leg (flow), bodies, costs);
    for (int i = 0; i < n; i++)
        bm_shapes_with_heads (maker, leaf, w, bodies[i], costs[i] + BM_COST (broken + leg_cost (w, bodies[i].body_rows)));
}

/* Could some head over a body of so many rows make a casting that is not dearer than what the table has? */
static bool
heads_hope (Maker *maker, const Leaf *leaf, int w, int rows, int base_cost)
{
    const Story *story = leaf->story;
    int box = story->boxed ? 2 : 0;
    const HeadList *heads = bm_heads_of (maker, leaf->story, bm_span_width (maker, w) - box * maker->grid.body);

    for (int i = 0; i < heads->n; i++)
        for (int extra = 0; extra <= (heads->heads[i].rows == 0 ? 0 : maker->slack.head_white); extra++) {
            int h = box + heads->heads[i].rows + extra + rows + maker->separator;
            int cost = base_cost + heads->heads[i].cost + white_cost (extra);

            if (bm_shape_hopeless (maker, leaf, w, h, cost))
                continue;
            if (!bm_shape_hopeless (maker, leaf, w, h, cost + bm_size_cost (maker, story, w, h)))
                return true;
        }
    return false;
}

#define HEIGHT_STEP 4 /* rows */

/* Is such a measure in reach, without its head, at some height that the text may have? */
static bool
is_in_reach (Maker *maker, const Leaf *leaf, int w, int k, int measure)
{
    Story *story = leaf->story;
    int least = (bm_rows_at_least (maker, story, measure) - 1) / k, most = (bm_rows_at_most (maker, story, measure) + k - 1) / k + MAX_TRIALS;

    for (int rows = least; rows <= MIN (most, maker->region); rows += HEIGHT_STEP)
        if (BM_COST (BROKEN_COST) + bm_size_cost (maker, story, w, rows + maker->separator) < leaf->dear)
            return true;
    return false;
}

/* Known before the text is composed: may a broken measure give a casting that is worth it? */
static bool
broken_pays (Maker *maker, const Leaf *leaf, int w, int k, int measure)
{
    Story *story = leaf->story;
    int first, last;
    double cost = broken_cost (story);

    if (!is_in_reach (maker, leaf, w, k, measure))
        return false;
    bm_body_heights (maker, story, k, measure, &first, &last);
    for (int rows = first; rows <= last && story->n_devices == 0; rows++)
        if (heads_hope (maker, leaf, w, rows, BM_COST (cost + leg_cost (w, rows))))
            return true;
    return story->n_devices > 0;
}

/* The text in k columns, if there is any hope in it. */
static void
plain_columns (Maker *maker, Leaf *leaf, int w, int k)
{
    Story *story = leaf->story;
    double width = bm_span_width (maker, w) - (story->boxed ? 2 * maker->grid.body : 0);
    int measure = k == w && !story->boxed ? maker->grid.cells_per_column : bm_span_measure (maker, width, k);

    if (!bm_measure_suits (story, measure, k == w) || bm_rows_at_least (maker, story, measure) > k * maker->region ||
        (k != w && !broken_pays (maker, leaf, w, k, measure)))
        return;
    plain_bodies (maker, leaf, w, k, measure);
}

/* ---- all of them ---- */

static bool
width_wanted (const Story *story, int w)
{
    if (story->pin != NULL)
        return w == story->pin->kept->columns;
    return story->wished_columns == 0 || w == story->wished_columns;
}

/* In the page's own columns, and with a head alone. */
static void
own_shapes (Maker *maker, Leaf *leaf, int w)
{
    Story *story = leaf->story;

    if (!width_wanted (story, w))
        return;
    if (story->n_photos > 0)
        bm_photo_shapes (maker, leaf, w);
    else if (story->n_parts == 0)
        bm_shapes_with_heads (maker, leaf, w, (Shape){ .kind = SHAPE_PLAIN }, 0);
    else
        plain_columns (maker, leaf, w, w);
}

/* At measures of their own. */
static void
other_shapes (Maker *maker, Leaf *leaf, int w)
{
    Story *story = leaf->story;

    if (!width_wanted (story, w))
        return;
    for (int k = MAX (1, w - 1); story->n_photos == 0 && story->n_parts > 0 && k <= w + 1; k += 2)
        plain_columns (maker, leaf, w, k == w ? k + 1 : k);
    if (story->vertical != NULL)
        bm_vertical_shapes (maker, leaf, w);
}

#define FEW 5 /* stories: any casting may be the one that fills the page */

/* Is a page likely to be found without odd castings? When it is not, the next slack looks at all of them. */
static bool
is_easy (const Maker *maker, const Leaf *leaf)
{
    return maker->n_stories > FEW && maker->slack.tail == 0 && leaf->pin == NULL && leaf->story->wished_columns == 0 && leaf->story->item->measure <= 0;
}

#define TOO_DEAR 4.0 /* beyond the cheapest in the page's columns: of 65 pages none has a block that was as dear before its head */

void
bm_story_shapes (Maker *maker, Leaf *leaf)
{
    int n = (maker->grid.columns + 1) * (maker->region + maker->separator + 1), least = BM_NO_WAY;

    for (int w = 1; w <= maker->grid.columns; w++)
        own_shapes (maker, leaf, w);
    for (int i = 0; i < n; i++)
        least = MIN (least, leaf->cost[i]);
    leaf->dear = least < BM_NO_WAY && is_easy (maker, leaf) ? least + BM_COST (TOO_DEAR) : BM_NO_WAY;
    for (int w = 1; w <= maker->grid.columns; w++)
        other_shapes (maker, leaf, w);
}

/* ---- all of one size ---- */

static int
by_cost (const void *one, const void *two)
{
    const ShapeOption *a = one, *b = two;

    return a->cost != b->cost ? (a->cost < b->cost ? -1 : 1) : 0;
}

static bool
look_alike (const Shape *a, const Shape *b)
{
    return a->kind == b->kind && a->head == b->head && a->columns == b->columns && a->photo_columns == b->photo_columns &&
           a->head_columns == b->head_columns && a->device == b->device && bm_pt_equal (a->vertical_size, b->vertical_size) &&
           ABS (a->photo_rows - b->photo_rows) < 3;
}

void
bm_options_drop_alike (GArray *options)
{
    guint kept = 0;

    g_array_sort (options, by_cost); /* a merge sort: equal costs keep the order they were found in */
    for (guint i = 0; i < options->len; i++) {
        const ShapeOption *option = &g_array_index (options, ShapeOption, i);
        bool alike = false;

        for (guint k = 0; k < kept && !alike; k++)
            alike = look_alike (&g_array_index (options, ShapeOption, k).shape, &option->shape);
        if (!alike)
            g_array_index (options, ShapeOption, kept++) = *option;
    }
    g_array_set_size (options, kept);
}

GArray *
bm_shape_options (Maker *maker, const Leaf *leaf, int w, int h)
{
    GArray *options = g_array_new (FALSE, FALSE, sizeof (ShapeOption));
    int at = w * (maker->region + maker->separator + 1) + h;
    /* What the table has is one of them in any case: it may stem from a measure that is not worth composing for this height alone. */
    ShapeOption own = { leaf->shapes[at], leaf->pin != NULL ? leaf->least : leaf->cost[at] };
    Leaf asked = *leaf;

    g_array_append_val (options, own);
    if (leaf->pin != NULL) /* there is one way: the plan's */
        return options;
    asked.options = options;
    asked.wanted = at;
    own_shapes (maker, &asked, w);
    other_shapes (maker, &asked, w);
    bm_options_drop_alike (options);
    return options;
}
