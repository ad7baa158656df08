/* quality.c — the page score, “score 2” of page-makeup.md §10, from items and elements alone: the same for any
 * solver, and for a page made by hand. */
#include "plan/quality.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define SEPARATOR 2      /* empty rows that are no hole */
#define SHORT_STORY 10   /* lines */
#define SHORT_LEG 6      /* rows */
#define GREY_LEG 30
#define ENDLESS_LEG 60

/* ---- the scene ---- */

bool
bm_same_block (const BmBox *a, const BmBox *b)
{
    if (a->item == b->item || a->item == NULL || b->item == NULL)
        return a->item == b->item;
    const char *one = a->item->container != NULL ? a->item->container : a->item->id;
    const char *other = b->item->container != NULL ? b->item->container : b->item->id;

    return g_strcmp0 (one, other) == 0;
}

static bool
is_kind (const BmPlanItem *item, const char *kind)
{
    return item != NULL && g_strcmp0 (item->kind, kind) == 0;
}

/* Do two boxes stand at both sides of one gutter? */
bool
bm_side_by_side (const BmScene *scene, const BmBox *a, const BmBox *b)
{
    double reach = scene->plan->grid.gutter * 1.6 + 0.5;
    double gap = a->x < b->x ? b->x - (a->x + a->width) : a->x - (b->x + b->width);

    return gap > -reach && gap < reach;
}

/* Which boxes an element is counted among; NULL: none. */
static BmBoxes *
boxes_of (BmScene *scene, BmElementRole role)
{
    switch (role) {
    case BM_ELEM_HEADLINE: return &scene->heads;
    case BM_ELEM_TEXT: return &scene->columns;
    case BM_ELEM_PHOTO: return &scene->photos;
    case BM_ELEM_AD: return &scene->ads;
    case BM_ELEM_CROSSHEAD:
    case BM_ELEM_PULLQUOTE:
    case BM_ELEM_FIGURES:
    case BM_ELEM_TABLE: return &scene->breaks;
    default: return NULL;
    }
}

/* Elements come item by item, in the order of the items: mostly it is `before` or the next. */
static const BmPlanItem *
item_of (const BmPlan *plan, const char *id, const BmPlanItem *before)
{
    if (id == NULL)
        return NULL;
    if (before != NULL && before->id == id)
        return before;
    for (int i = 0; i < plan->n_items; i++)
        if (plan->items[i].id == id)
            return &plan->items[i];
    return bm_plan_item (plan, id);
}

static void
add_element (BmScene *scene, const BmElement *element, const BmPlanItem *item)
{
    BmBoxes *boxes = boxes_of (scene, element->role);

    boxes->all[boxes->n++] = (BmBox){ .item = item, .element = element, .x = element->x,
                                      .y = element->y - scene->plan->grid.top, .width = element->width,
                                      .height = element->height, .size = element->size,
                                      .news = item != NULL && item->container == NULL && !is_kind (item, "photo") };
}

static void
add_block (BmScene *scene, const BmPlanItem *item)
{
    const BmGrid *grid = &scene->plan->grid;

    if (item->container == NULL && !is_kind (item, "ad"))
        scene->blocks.all[scene->blocks.n++] =
            (BmBox){ .item = item, .x = grid->x[CLAMP (item->column, 0, BM_MAX_COLUMNS - 1)], .y = item->row * grid->pitch,
                     .width = item->columns * grid->column_width + (item->columns - 1) * grid->gutter,
                     .height = item->rows * grid->pitch, .container = is_kind (item, "container") };
}

/* The strip at the foot takes its rows from the news; an ad in a corner its cells. */
static void
find_news_area (BmScene *scene)
{
    const BmPlan *plan = scene->plan;
    int foot = plan->grid.rows, corner = 0;

    for (int i = 0; i < plan->n_items; i++) {
        const BmPlanItem *item = &plan->items[i];

        if (!is_kind (item, "ad"))
            continue;
        if (item->columns >= plan->grid.columns || (item->row > plan->grid.rows / 2 && plan->ad_rows > 0 &&
                                                    item->row >= plan->grid.rows - plan->ad_rows))
            foot = MIN (foot, item->row);
        else
            corner += item->columns * item->rows;
    }
    scene->news_rows = MAX (foot, 1);
    scene->news_cells = MAX (1, scene->news_rows * plan->grid.columns - corner);
    scene->news_width = plan->grid.columns * plan->grid.column_width + (plan->grid.columns - 1) * plan->grid.gutter;
}

/* Room for every kind of box, in one piece. */
static void
open_boxes (BmScene *scene)
{
    const BmPlan *plan = scene->plan;
    BmBoxes *const kinds[] = { &scene->heads, &scene->columns, &scene->photos, &scene->ads, &scene->breaks };
    BmBox *next;

    for (int i = 0; i < plan->n_elements; i++) {
        BmBoxes *boxes = boxes_of (scene, plan->elements[i].role);

        if (boxes != NULL)
            boxes->n++;
    }
    next = scene->boxes = g_new (BmBox, (gsize) (plan->n_items + plan->n_elements + 1));
    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
        kinds[i]->all = next;
        next += kinds[i]->n;
        kinds[i]->n = 0;
    }
    scene->blocks.all = next;
}

static BmScene
open_scene (const BmPlan *plan)
{
    BmScene scene = { .plan = plan };
    const BmPlanItem *item = NULL;

    open_boxes (&scene);
    for (int i = 0; i < plan->n_items; i++)
        add_block (&scene, &plan->items[i]);
    for (int i = 0; i < plan->n_elements; i++)
        if (boxes_of (&scene, plan->elements[i].role) != NULL) {
            item = item_of (plan, plan->elements[i].item, item);
            add_element (&scene, &plan->elements[i], item);
        }
    find_news_area (&scene);
    return scene;
}

/* ---- holes and overlaps ---- */

/* The cells that are covered: a bit a row, columns one after the other. */
typedef struct {
    int columns, rows, words; /* of a column */
    uint64_t *bits;
} Raster;

static Raster
open_raster (const BmGrid *grid)
{
    int words = grid->rows / 64 + 1;

    return (Raster){ grid->columns, grid->rows, words, g_new0 (uint64_t, (gsize) (grid->columns * words)) };
}

/* The bits of rows `first` to `last` (behind it) in the word that begins at row `start`. */
static uint64_t
rows_in_word (int start, int first, int last)
{
    int low = CLAMP (first - start, 0, 64), high = CLAMP (last - start, 0, 64);
    uint64_t under = high >= 64 ? UINT64_MAX : (UINT64_C (1) << high) - 1;

    return low >= 64 ? 0 : under & (UINT64_MAX << low);
}

/* Returns how many of the cells were covered before. */
static int
cover_rows (Raster *raster, int column, int first, int last)
{
    int twice = 0;

    first = MAX (first, 0);
    last = MIN (last, raster->rows);
    for (int w = first / 64; w * 64 < last; w++) {
        uint64_t *word = &raster->bits[column * raster->words + w], bits = rows_in_word (w * 64, first, last);

        twice += __builtin_popcountll (*word & bits);
        *word |= bits;
    }
    return twice;
}

/* floor(), without the call. */
static int
whole_rows (double rows)
{
    int whole = (int) rows;

    return whole - (whole > rows);
}

static void
cover (const BmPlan *plan, const BmElement *element, Raster *raster)
{
    const BmGrid *grid = &plan->grid;
    int first = whole_rows ((element->y - grid->top) / grid->pitch + 0.3);
    int last = -whole_rows (-(element->y + element->height - grid->top) / grid->pitch + 0.3);

    for (int c = 0; c < grid->columns; c++) {
        double left = MAX (element->x, grid->x[c]), right = MIN (element->x + element->width, grid->x[c] + grid->column_width);

        if (right - left >= grid->column_width * 0.1)
            cover_rows (raster, c, first, last);
    }
}

static void
cover_block (const BmPlanItem *item, Raster *raster)
{
    for (int c = MAX (item->column, 0); c < MIN (item->column + item->columns, raster->columns); c++)
        cover_rows (raster, c, item->row, item->row + item->rows);
}

/* The first row from `row` on whose bit is `set`; the count of rows when there is none. */
static int
next_row (const Raster *raster, int column, int row, bool set)
{
    const uint64_t *bits = &raster->bits[column * raster->words];

    for (int w = row / 64; row < raster->rows; row = ++w * 64) {
        uint64_t rest = (set ? bits[w] : ~bits[w]) & UINT64_MAX << row % 64;

        if (rest != 0)
            return MIN (w * 64 + __builtin_ctzll (rest), raster->rows);
    }
    return raster->rows;
}

/* Rows of the column that are empty, in runs too long to be white between stories. */
static int
count_holes (const Raster *raster, int column)
{
    int holes = 0;

    for (int first = next_row (raster, column, 0, false), last; first < raster->rows;
         first = next_row (raster, column, last, false)) {
        last = next_row (raster, column, first, true);
        holes += last - first > SEPARATOR ? last - first : 0;
    }
    return holes;
}

static double
measure_fill (const BmScene *scene)
{
    const BmPlan *plan = scene->plan;
    Raster raster = open_raster (&plan->grid);
    int holes = 0;

    for (int i = 0; i < plan->n_elements; i++)
        if (plan->elements[i].role != BM_ELEM_RULE && plan->elements[i].role != BM_ELEM_FOLIO)
            cover (plan, &plan->elements[i], &raster);
    /* A container's tint holds it together: white at the foot of a member is no hole of the page. */
    for (int i = 0; i < plan->n_items; i++)
        if (is_kind (&plan->items[i], "container"))
            cover_block (&plan->items[i], &raster);
    for (int c = 0; c < raster.columns; c++)
        holes += count_holes (&raster, c);
    g_free (raster.bits);
    return 1 - (double) holes / (raster.columns * raster.rows);
}

static double
measure_overlap (const BmScene *scene)
{
    Raster raster = open_raster (&scene->plan->grid);
    int twice = 0;

    for (int i = 0; i < scene->plan->n_items; i++) {
        const BmPlanItem *item = &scene->plan->items[i];
        int first, last;

        for (int c = MAX (item->column, 0); item->container == NULL && c < MIN (item->column + item->columns, raster.columns); c++) {
            bm_plan_item_rows (item, c, &first, &last);
            twice += cover_rows (&raster, c, first, last);
        }
    }
    g_free (raster.bits);
    return twice;
}

/* ---- copy ---- */

static void
measure_copy (const BmScene *scene, BmQuality *q)
{
    double rows = 0, slack = 0;

    for (int i = 0; i < scene->plan->n_items; i++) {
        const BmPlanItem *item = &scene->plan->items[i];

        q->overset += MAX (0, item->lines_over);
        slack += item->slack_lines;
        q->filler += 3 * is_kind (item, "filler");
    }
    for (int i = 0; i < scene->columns.n; i++)
        rows += scene->columns.all[i].height / scene->plan->grid.pitch;
    q->slack = rows > 0 ? slack / rows : 0;
    for (int i = 0; i < scene->plan->n_overset; i++)
        if (g_strcmp0 (scene->plan->overset[i].policy, "jump") == 0)
            q->jump += 3 + 0.03 * scene->plan->overset[i].lines;
}

/* ---- cuts ---- */

/* 断版: white that runs from edge to edge. */
static double
measure_horizontal_cuts (const BmScene *scene)
{
    const BmGrid one = { .columns = 1, .rows = scene->news_rows };
    Raster crossed = open_raster (&one);
    double cuts = 0;

    for (int i = 0; i < scene->blocks.n; i++)
        cover_rows (&crossed, 0, scene->blocks.all[i].item->row, scene->blocks.all[i].item->row + scene->blocks.all[i].item->rows);
    for (int white = next_row (&crossed, 0, next_row (&crossed, 0, 0, true), false), next; white < crossed.rows;
         white = next_row (&crossed, 0, next, false)) {
        next = next_row (&crossed, 0, white, true);
        double at = (double) next / scene->news_rows;
        cuts += next >= crossed.rows ? 0 : at > 0.2 && at < 0.8 ? 1 : 0.5;
    }
    g_free (crossed.bits);
    return cuts;
}

static double
measure_vertical_cuts (const BmScene *scene)
{
    uint64_t crossed = 0; /* a bit a gutter, by the column right of it */

    for (int i = 0; i < scene->blocks.n; i++) {
        const BmPlanItem *item = scene->blocks.all[i].item;
        crossed |= rows_in_word (0, item->column + 1, item->column + item->columns);
    }
    return scene->plan->grid.columns - 1 - __builtin_popcountll (crossed & rows_in_word (0, 1, scene->plan->grid.columns));
}

/* ---- places ---- */

static double
measure_order (const BmScene *scene)
{
    double good = 0, all = 0;

    for (int i = 0; i < scene->blocks.n; i++)
        for (int k = 0; k < scene->blocks.n; k++) {
            const BmPlanItem *a = scene->blocks.all[i].item;
            const BmPlanItem *b = scene->blocks.all[k].item;

            if (a->importance >= b->importance || scene->blocks.all[i].container || scene->blocks.all[k].container)
                continue;
            double first = (double) a->row / scene->news_rows + 0.35 * a->column / scene->plan->grid.columns;
            double second = (double) b->row / scene->news_rows + 0.35 * b->column / scene->plan->grid.columns;
            int weight = b->importance - a->importance;

            all += weight;
            good += first <= second + 1e-9 ? weight : 0;
        }
    return all > 0 ? good / all : 1;
}

static double
measure_photo (const BmScene *scene)
{
    double news = scene->news_rows * scene->plan->grid.pitch * scene->news_width, largest = 0;

    for (int i = 0; i < scene->photos.n; i++) {
        largest = MAX (largest, scene->photos.all[i].width * scene->photos.all[i].height / news);
    }
    return largest <= 0 ? 0 : 5 * CLAMP (MAX (0.15 - largest, largest - 0.27) / 0.15, 0, 1);
}

static double
measure_text (const BmScene *scene)
{
    double cells = 0;

    for (int i = 0; i < scene->columns.n; i++) {
        const BmBox *column = &scene->columns.all[i];
        cells += column->width / scene->plan->grid.column_width * column->height / scene->plan->grid.pitch;
    }
    double share = cells / scene->news_cells;
    return 20 * MAX (0, MAX (0.38 - share, share - 0.65));
}

static void
weigh (const BmBoxes *boxes, double black, double *x, double *y, double *sum)
{
    for (int i = 0; i < boxes->n; i++) {
        const BmBox *box = &boxes->all[i];
        double weight = black * box->width * box->height;

        *x += weight * (box->x + box->width / 2);
        *y += weight * (box->y + box->height / 2);
        *sum += weight;
    }
}

static double
measure_balance (const BmScene *scene)
{
    double x = 0, y = 0, sum = 0;

    weigh (&scene->heads, 1.0, &x, &y, &sum);
    weigh (&scene->photos, 0.8, &x, &y, &sum);
    weigh (&scene->columns, 0.3, &x, &y, &sum);
    if (sum <= 0)
        return 0;
    x = (x / sum - scene->plan->grid.x[0]) / scene->news_width;
    y = y / sum / (scene->news_rows * scene->plan->grid.pitch);
    return 25 * MAX (0, fabs (x - 0.5) - 0.04) + 15 * MAX (0, fabs (y - 0.47) - 0.06);
}

/* ---- columns of text ---- */

/* The longest run of rows in a column that no crosshead, quotation or figure breaks. */
static double
longest_run (const BmScene *scene, const BmBox *column)
{
    double pitch = scene->plan->grid.pitch, start = column->y, longest = 0, foot = column->y + column->height;

    for (;;) {
        double next = foot, after = foot;

        for (int i = 0; i < scene->breaks.n; i++) {
            const BmBox *box = &scene->breaks.all[i];

            if (box->y < start - 0.5 || box->y >= next || box->x > column->x + column->width - 1 || box->x + box->width < column->x + 1)
                continue;
            next = box->y;
            after = box->y + box->height;
        }
        longest = MAX (longest, (next - start) / pitch);
        if (next >= foot - 0.5)
            return longest;
        start = after;
    }
}

static double
measure_legs (const BmScene *scene)
{
    double shorts = 0, grey = 0, endless = 0, n = scene->columns.n;

    for (int i = 0; i < scene->columns.n; i++) {
        const BmBox *column = &scene->columns.all[i];
        double run = longest_run (scene, column);

        if (column->item != NULL && column->item->lines_composed > SHORT_STORY)
            shorts += column->height / scene->plan->grid.pitch < SHORT_LEG - 0.1;
        grey += run > GREY_LEG + 0.1;
        endless += run > ENDLESS_LEG + 0.1;
    }
    return n == 0 ? 0 : (12 * shorts + 6 * grey + 12 * endless) / n;
}

/* ---- blocks ---- */

static double
measure_variety (const BmScene *scene)
{
    uint64_t widths = 0;
    int n = 0;

    for (int i = 0; i < scene->blocks.n; i++)
        widths |= (uint64_t) 1 << MIN (scene->blocks.all[i].item->columns, 63);
    for (; widths != 0; widths &= widths - 1)
        n++;
    return n == 2 || n == 3 ? 0 : n == 1 || n == 4 ? 1.5 : n == 0 ? 0 : 3;
}

static double
measure_near_misses (const BmScene *scene)
{
    int n = 0;

    for (int i = 0; i < scene->blocks.n; i++)
        for (int k = 0; k < scene->blocks.n; k++) {
            const BmPlanItem *a = scene->blocks.all[i].item;
            const BmPlanItem *b = scene->blocks.all[k].item;
            int tops = ABS (a->row - b->row), feet = ABS (a->row + a->rows - b->row - b->rows);

            if (a->column + a->columns != b->column || a->row >= b->row + b->rows || b->row >= a->row + a->rows)
                continue;
            n += (tops >= 1 && tops <= 4) + (feet >= 1 && feet <= 4);
        }
    return MIN (4, 0.5 * n);
}

static bool
touch (const BmScene *scene, const BmBox *a, const BmBox *b)
{
    double near = 3.5 * scene->plan->grid.pitch, reach = scene->plan->grid.gutter * 1.6 + 0.5;
    double across = MAX (a->x, b->x) - MIN (a->x + a->width, b->x + b->width);
    double down = MAX (a->y, b->y) - MIN (a->y + a->height, b->y + b->height);

    return (across < -1 && down < near) || (down < -1 && across < reach);
}

static double
measure_photo_neighbours (const BmScene *scene)
{
    double n = 0;

    for (int i = 0; i < scene->photos.n; i++) {
        const BmBox *a = &scene->photos.all[i];

        for (int k = i + 1; k < scene->photos.n; k++) {
            const BmBox *b = &scene->photos.all[k];
            n += g_strcmp0 (a->element->item, b->element->item) != 0 && touch (scene, a, b);
        }
        for (int k = 0; k < scene->ads.n; k++)
            n += touch (scene, a, &scene->ads.all[k]) ? 0.5 : 0;
    }
    return n;
}

static double
measure_crop (const BmScene *scene)
{
    double sum = 0;

    for (int i = 0; i < scene->photos.n; i++) {
        const double *crop = scene->photos.all[i].element->crop;
        sum += fabs (log2 ((1 - crop[0] - crop[2]) / (1 - crop[1] - crop[3])));
    }
    return scene->photos.n == 0 ? 0 : sum / scene->photos.n;
}

static double
measure_aspect (const BmScene *scene)
{
    double sum = 0;
    int n = 0;

    for (int i = 0; i < scene->blocks.n; i++) {
        const BmBox *block = &scene->blocks.all[i];

        if (block->container || block->height <= 0)
            continue;
        sum += MAX (0, fabs (log2 (block->width / block->height)) - 1.5);
        n++;
    }
    return n == 0 ? 0 : sum / n;
}

/* ---- the score ---- */

static double
penalties (const BmQuality *q)
{
    return 600 * (1 - q->fill) + 50 * q->overlap + 2 * q->overset + 20 * q->slack + q->jump + q->filler + 4 * q->collide +
           7 * q->hcut + 2 * q->vcut + 12 * (1 - q->hier) + 14 * (1 - q->lead) + q->steps + 8 * (1 - q->order) + q->photo +
           q->text + q->balance + q->legs + q->variety + q->nearmiss + 3 * q->photoadj + 6 * q->crop + 4 * q->aspect +
           8 * q->hfill + 3 * q->sense;
}

BmQuality
bm_plan_quality (const BmPlan *plan)
{
    BmScene scene = open_scene (plan);
    BmQuality q = { .fill = measure_fill (&scene), .overlap = measure_overlap (&scene),
                    .collide = bm_measure_collisions (&scene), .hcut = measure_horizontal_cuts (&scene),
                    .vcut = measure_vertical_cuts (&scene), .hier = bm_measure_hierarchy (&scene),
                    .lead = bm_measure_lead (&scene), .steps = bm_measure_steps (&scene), .order = measure_order (&scene),
                    .photo = measure_photo (&scene), .text = measure_text (&scene), .balance = measure_balance (&scene),
                    .legs = measure_legs (&scene), .variety = measure_variety (&scene),
                    .nearmiss = measure_near_misses (&scene), .photoadj = measure_photo_neighbours (&scene),
                    .crop = measure_crop (&scene), .aspect = measure_aspect (&scene),
                    .hfill = bm_measure_head_fill (&scene), .sense = plan->sense };

    measure_copy (&scene, &q);
    q.q = 100 - penalties (&q);
    g_free (scene.boxes);
    return q;
}

/* ---- the figures by name, for the JSON form ---- */

#define ROW(name, field) { name, offsetof (BmQuality, field) }

const BmQualityRow bm_quality_rows[] = {
    ROW ("Q", q),             ROW ("aspect", aspect), ROW ("balance", balance),   ROW ("collide", collide), ROW ("crop", crop),
    ROW ("fill", fill),       ROW ("filler", filler), ROW ("hcut", hcut),         ROW ("hfill", hfill),     ROW ("hier", hier),
    ROW ("jump", jump),       ROW ("lead", lead),     ROW ("legs", legs),         ROW ("nearmiss", nearmiss), ROW ("order", order),
    ROW ("overlap", overlap), ROW ("overset", overset), ROW ("photo", photo),     ROW ("photoadj", photoadj), ROW ("sense", sense),
    ROW ("slack", slack),     ROW ("steps", steps),   ROW ("text", text),         ROW ("variety", variety), ROW ("vcut", vcut),
};
const int bm_n_quality_rows = G_N_ELEMENTS (bm_quality_rows);
