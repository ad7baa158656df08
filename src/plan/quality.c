/* quality.c — the page score, “score 2” of page-makeup.md §10, from items and elements alone: the same for any
 * solver, and for a page made by hand. */
#include "plan/quality.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* ---- the scene ---- */

static void
place_block (BmScene *scene, const BmMoved *moved)
{
    const BmPlanItem *item = moved->figures->item;
    BmPlacedBlock *block = &scene->blocks[scene->n++];

    *block = (BmPlacedBlock){ .moved = *moved, .x = scene->grid->x[moved->columns] - scene->grid->x[0],
                              .y = moved->rows * scene->grid->pitch };
    if (item == NULL)
        return;
    block->column = item->column + moved->columns;
    block->row = item->row + moved->rows;
    block->columns = item->columns;
    block->rows = item->rows;
    block->importance = item->importance;
}

/* The strip at the foot takes its rows from the news; an ad in a corner its cells. */
static void
find_news_area (BmScene *scene, int ad_rows)
{
    const BmGrid *grid = scene->grid;
    int foot = grid->rows, corner = 0;

    for (int i = scene->n_news; i < scene->n; i++) {
        const BmPlacedBlock *block = &scene->blocks[i];

        if (!block->moved.figures->ad)
            continue;
        if (block->columns >= grid->columns || (block->row > grid->rows / 2 && ad_rows > 0 && block->row >= grid->rows - ad_rows))
            foot = MIN (foot, block->row);
        else
            corner += block->columns * block->rows;
    }
    scene->news_rows = MAX (foot, 1);
    scene->news_cells = MAX (1, scene->news_rows * grid->columns - corner);
    scene->news_width = grid->columns * grid->column_width + (grid->columns - 1) * grid->gutter;
}

BmScene *
bm_scene_new (const BmGrid *grid, int most_blocks)
{
    BmScene *scene = g_new0 (BmScene, 1);

    scene->grid = grid;
    scene->blocks = g_new (BmPlacedBlock, (gsize) MAX (most_blocks, 1));
    scene->words = grid->rows / 64 + 1;
    scene->cells = g_new (uint64_t, (gsize) (scene->words * MAX (grid->columns, 1)));
    return scene;
}

void
bm_scene_free (BmScene *scene)
{
    g_free (scene->blocks);
    g_free (scene->cells);
    g_free (scene->heads);
    g_free (scene);
}

static const BmFigures *
figures_at (const BmScene *scene, int i)
{
    return scene->blocks[i].moved.figures;
}

/* ---- copy and type ---- */

static void
measure_sums (const BmScene *scene, BmQuality *q)
{
    double slack = 0, rows = 0, cells = 0, crop = 0;
    int shorts = 0, grey = 0, endless = 0, legs = 0, photos = 0;

    for (int i = 0; i < scene->n; i++) {
        const BmFigures *figures = figures_at (scene, i);

        q->overset += figures->overset;
        q->filler += 3 * figures->fillers;
        slack += figures->slack;
        rows += figures->text_rows;
        cells += figures->text_cells;
        legs += figures->legs;
        shorts += figures->short_legs;
        grey += figures->grey_legs;
        endless += figures->endless_legs;
        q->grey_rows += figures->grey_rows;
        photos += figures->photos.n;
        crop += figures->crop;
    }
    double share = cells / scene->news_cells;
    q->slack = rows > 0 ? slack / rows : 0;
    q->text = 20 * MAX (0, MAX (0.38 - share, share - 0.65));
    q->legs = legs == 0 ? 0 : (double) (12 * shorts + 6 * grey + 12 * endless) / legs;
    q->crop = photos == 0 ? 0 : crop / photos;
}

static double
measure_balance (const BmScene *scene)
{
    double x = 0, y = 0, sum = 0;

    for (int i = 0; i < scene->n; i++) {
        const BmFigures *figures = figures_at (scene, i);

        sum += figures->black;
        x += figures->black_x + figures->black * scene->blocks[i].x;
        y += figures->black_y + figures->black * scene->blocks[i].y;
    }
    if (sum <= 0)
        return 0;
    x = (x / sum - scene->grid->x[0]) / scene->news_width;
    y = y / sum / (scene->news_rows * scene->grid->pitch);
    return 25 * MAX (0, fabs (x - 0.5) - 0.04) + 15 * MAX (0, fabs (y - 0.47) - 0.06);
}

/* ---- places ---- */

static double
measure_order (const BmScene *scene)
{
    double good = 0, all = 0;

    for (int i = 0; i < scene->n_news; i++)
        for (int k = 0; k < scene->n_news; k++) {
            const BmPlacedBlock *a = &scene->blocks[i], *b = &scene->blocks[k];
            int weight = b->importance - a->importance;

            if (weight <= 0 || a->moved.figures->container || b->moved.figures->container)
                continue;
            all += weight;
            good += a->reading <= b->reading + 1e-9 ? weight : 0;
        }
    return all > 0 ? good / all : 1;
}

static double
measure_variety (const BmScene *scene)
{
    uint64_t widths = 0;
    int n = 0;

    for (int i = 0; i < scene->n_news; i++)
        widths |= (uint64_t) 1 << MIN (scene->blocks[i].columns, 63);
    for (; widths != 0; widths &= widths - 1)
        n++;
    return n == 2 || n == 3 ? 0 : n == 1 || n == 4 ? 1.5 : n == 0 ? 0 : 3;
}

static double
measure_near_misses (const BmScene *scene)
{
    int n = 0;

    for (int i = 0; i < scene->n_news; i++)
        for (int k = 0; k < scene->n_news; k++) {
            const BmPlacedBlock *a = &scene->blocks[i], *b = &scene->blocks[k];

            if (a->column + a->columns != b->column || a->row >= b->row + b->rows || b->row >= a->row + a->rows)
                continue;
            int tops = ABS (a->row - b->row), feet = ABS (a->row + a->rows - b->row - b->rows);
            n += (tops >= 1 && tops <= 4) + (feet >= 1 && feet <= 4);
        }
    return MIN (4, 0.5 * n);
}

static double
measure_aspect (const BmScene *scene)
{
    double sum = 0;
    int n = 0;

    for (int i = 0; i < scene->n_news; i++) {
        const BmPlacedBlock *block = &scene->blocks[i];

        if (block->moved.figures->container || block->rows <= 0)
            continue;
        sum += block->moved.figures->aspect;
        n++;
    }
    return n == 0 ? 0 : sum / n;
}

/* ---- photos ---- */

static void
measure_photo (const BmScene *scene, BmQuality *quality)
{
    double news = scene->news_rows * scene->grid->pitch * scene->news_width, largest = 0;

    for (int i = 0; i < scene->n; i++)
        for (int k = 0; k < figures_at (scene, i)->photos.n; k++) {
            const BmBox *photo = &figures_at (scene, i)->photos.all[k];

            if (photo->width * photo->height <= largest)
                continue;
            largest = photo->width * photo->height;
            quality->photo_depth = (photo->y + scene->blocks[i].y) / (scene->grid->rows * scene->grid->pitch);
        }
    double share = largest / news;
    quality->photo = largest <= 0 ? 0 : 5 * CLAMP (MAX (0.15 - share, share - 0.27) / 0.15, 0, 1);
}

static bool
touch (const BmScene *scene, int first, const BmBox *a, int second, const BmBox *b)
{
    const BmPlacedBlock *one = &scene->blocks[first], *other = &scene->blocks[second];
    double near = 3.5 * scene->grid->pitch, reach = scene->grid->gutter * 1.6 + 0.5;
    double ax = a->x + one->x, ay = a->y + one->y, bx = b->x + other->x, by = b->y + other->y;
    double across = MAX (ax, bx) - MIN (ax + a->width, bx + b->width);
    double down = MAX (ay, by) - MIN (ay + a->height, by + b->height);

    return (across < -1 && down < near) || (down < -1 && across < reach);
}

/* How many of the boxes of block `k` this photo of block `i` touches. */
static int
count_touched (const BmScene *scene, int i, const BmBox *photo, int k, const BmBoxes *boxes)
{
    int n = 0;

    for (int j = 0; j < boxes->n; j++)
        n += touch (scene, i, photo, k, &boxes->all[j]) && g_strcmp0 (photo->item, boxes->all[j].item) != 0;
    return n;
}

static double
measure_photo_neighbours (const BmScene *scene)
{
    double n = 0;

    for (int i = 0; i < scene->n; i++)
        for (int j = 0; j < figures_at (scene, i)->photos.n; j++)
            for (int k = 0; k < scene->n; k++) {
                const BmBox *photo = &figures_at (scene, i)->photos.all[j];

                /* Each pair of photos is met from both sides. */
                n += 0.5 * count_touched (scene, i, photo, k, &figures_at (scene, k)->photos) +
                     0.5 * count_touched (scene, i, photo, k, &figures_at (scene, k)->ads);
            }
    return n;
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

static BmQuality
measure_places (const BmScene *scene)
{
    BmQuality q = { .fill = 1, .hier = 1, .lead = bm_lead_place (scene), .order = measure_order (scene), .variety = measure_variety (scene),
                    .nearmiss = measure_near_misses (scene), .aspect = measure_aspect (scene) };

    bm_measure_cuts (scene, &q);
    q.q = 100 - penalties (&q);
    return q;
}

void
bm_scene_set (BmScene *scene, int ad_rows, const BmMoved *blocks, int n_blocks)
{
    const BmGrid *grid = scene->grid;

    scene->n = scene->n_news = 0;
    for (int i = 0; i < n_blocks; i++) {
        place_block (scene, &blocks[i]);
        scene->n_news += blocks[i].figures->item != NULL && !blocks[i].figures->ad;
    }
    find_news_area (scene, ad_rows);
    for (int i = 0; i < scene->n_news; i++)
        scene->blocks[i].reading = (double) scene->blocks[i].row / scene->news_rows + 0.35 * scene->blocks[i].column / grid->columns;
    scene->places = measure_places (scene);
}

void
bm_scene_figures (BmScene *scene, int number, const BmFigures *figures)
{
    scene->blocks[number].moved.figures = figures;
}

BmQuality
bm_scene_at_best (const BmScene *scene)
{
    return scene->places;
}

bool
bm_scene_step (BmScene *scene, int step, BmQuality *q)
{
    switch (step) {
    case 0:
        *q = scene->places;
        q->balance = measure_balance (scene);
        measure_sums (scene, q);
        measure_photo (scene, q);
        break;
    case 1:
        bm_measure_heads (scene, q);
        break;
    default:
        q->photoadj = measure_photo_neighbours (scene);
        q->fill = bm_measure_fill (scene);
        break;
    }
    q->q = 100 - penalties (q);
    return step < 2;
}

BmQuality
bm_scene_quality (BmScene *scene)
{
    BmQuality q;

    for (int step = 0; bm_scene_step (scene, step, &q); step++)
        ;
    return q;
}

/* ---- a whole plan ---- */

/* The block an item belongs to: its container, or itself. */
static const BmPlanItem *
block_of (const BmPlan *plan, const BmPlanItem *item)
{
    const BmPlanItem *container = item == NULL || item->container == NULL ? NULL : bm_plan_item (plan, item->container);

    return container == NULL ? item : container;
}

/* … of an element, by its place among the plan's items; n_items: the page's furniture. */
static int
block_index (const BmPlan *plan, const BmElement *element)
{
    const BmPlanItem *block = block_of (plan, element->item == NULL ? NULL : bm_plan_item (plan, element->item));

    return block == NULL ? plan->n_items : (int) (block - plan->items);
}

static const BmFigures *
figures_of_block (const BmPlan *plan, int block, const int *blocks, BmArena *arena)
{
    BmPlanItem *items = bm_arena_new0 (arena, BmPlanItem, (size_t) plan->n_items + 1);
    const BmElement **elements = bm_arena_new0 (arena, const BmElement *, (size_t) plan->n_elements + 1);
    int n_items = 0, n_elements = 0;

    if (block < plan->n_items)
        items[n_items++] = plan->items[block];
    for (int i = 0; i < plan->n_items; i++)
        if (i != block && block_of (plan, &plan->items[i]) == &plan->items[block])
            items[n_items++] = plan->items[i];
    for (int i = 0; i < plan->n_elements; i++)
        if (blocks[i] == block)
            elements[n_elements++] = &plan->elements[i];
    return bm_block_figures (&plan->grid, items, n_items, elements, n_elements, arena);
}

/* News blocks before ads and furniture. */
static int
by_news (const void *one, const void *two, void *data)
{
    const BmFigures *a = ((const BmMoved *) one)->figures, *b = ((const BmMoved *) two)->figures;

    (void) data;
    return (a->item == NULL || a->ad) - (b->item == NULL || b->ad);
}

static BmQuality
quality_of_blocks (const BmPlan *plan, BmMoved *moved, int n)
{
    BmScene *scene = bm_scene_new (&plan->grid, n);

    g_qsort_with_data (moved, n, sizeof *moved, by_news, NULL); /* keeps the order of equals */
    bm_scene_set (scene, plan->ad_rows, moved, n);
    BmQuality q = bm_scene_quality (scene);
    bm_scene_free (scene);
    return q;
}

BmQuality
bm_plan_quality (const BmPlan *plan)
{
    BmArena *arena = bm_arena_create ();
    int *blocks = bm_arena_new0 (arena, int, (size_t) plan->n_elements + 1), n = 0;
    BmMoved *moved = bm_arena_new0 (arena, BmMoved, (size_t) plan->n_items + 1);

    for (int i = 0; i < plan->n_elements; i++)
        blocks[i] = block_index (plan, &plan->elements[i]);
    for (int i = 0; i <= plan->n_items; i++)
        if (i == plan->n_items || block_of (plan, &plan->items[i]) == &plan->items[i])
            moved[n++] = (BmMoved){ figures_of_block (plan, i, blocks, arena), 0, 0 };
    BmQuality q = quality_of_blocks (plan, moved, n);
    for (int i = 0; i < plan->n_overset; i++)
        if (g_strcmp0 (plan->overset[i].policy, "jump") == 0)
            q.jump += 3 + 0.03 * plan->overset[i].lines;
    q.sense = plan->sense;
    q.q = 100 - penalties (&q);
    bm_arena_free (arena);
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
