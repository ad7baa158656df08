/* trial.c — many pages are judged and few are kept: a block that stands on fifty of them is built once. */
#include "makeup/trial.h"

#include "makeup/build.h"

#include <string.h>

#define DEAREST 4.0 /* how much dearer than the cheapest way another may be */

/* The ads where a page has them: mostly in the same corners. */
typedef struct {
    int *places; /* column and row of each ad */
    int n;
    BmPlanItem *items;
    const BmFigures **figures;
} AdSet;

/* The page under trial. */
typedef struct {
    const Leaf *leaves;
    const Solution *solution;
    int n; /* blocks but ads, in the order of their leaves: of each … */
    int number[BM_MAX_LEAVES]; /* … which place it is */
    BuiltBlock *blocks[BM_MAX_LEAVES]; /* by place; NULL: an ad */
} Page;

struct Trials {
    Build build; /* of blocks and ads; its arena keeps them */
    bool asks_items; /* is anything asked of a page's items beside the score? */
    GArray *items; /* of the page under trial, if so */
    GArray *ads;   /* AdSet */
    WorthFunc worth;
    void *data;
    GHashTable *notched; /* BuiltBlock, by all that tells blocks with a notch apart */
    BmScene *scene;
    Page page;
};

/* A plan to be kept, and groups, are about where items stand. */
static bool
asks_items (const Maker *maker)
{
    for (int i = 0; i < maker->n_stories; i++)
        if (maker->stories[i].group != NULL)
            return true;
    return maker->options->keep != NULL;
}

Trials *
bm_trials_new (Maker *maker, WorthFunc worth, void *data)
{
    BmArena *arena = bm_arena_create ();
    Trials *trials = bm_arena_new0 (arena, Trials, 1);

    *trials = (Trials){ .worth = worth, .data = data };
    trials->build = (Build){ .maker = maker, .plan = bm_arena_new0 (arena, BmPlan, 1), .arena = arena,
                             .items = g_array_new (FALSE, TRUE, sizeof (BmPlanItem)),
                             .elements = g_array_new (FALSE, TRUE, sizeof (BmElement)) };
    trials->items = g_array_new (FALSE, FALSE, sizeof (BmPlanItem));
    trials->ads = g_array_new (FALSE, FALSE, sizeof (AdSet));
    trials->build.plan->arena = arena;
    trials->notched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    bm_describe_page (&trials->build);
    trials->asks_items = asks_items (maker);
    trials->scene = bm_scene_new (&trials->build.plan->grid, BM_MAX_LEAVES + maker->n_ads);
    return trials;
}

void
bm_trials_free (Trials *trials)
{
    g_array_free (trials->build.items, TRUE);
    g_array_free (trials->build.elements, TRUE);
    g_hash_table_unref (trials->notched);
    bm_scene_free (trials->scene);
    g_array_free (trials->items, TRUE);
    g_array_free (trials->ads, TRUE);
    bm_arena_free (trials->build.arena); /* with the trials in it */
}

/* ---- blocks ---- */

/* The figures of the items from `first` on, of their own elements or, when they are all of one block, of all that is built. */
static BmFigures *
count_built (Trials *trials, const BmPlanItem *items, int n_items)
{
    Build *build = &trials->build;
    const BmElement **elements = bm_arena_new0 (build->arena, const BmElement *, build->elements->len + 1);
    int n = 0;

    for (guint i = 0; i < build->elements->len; i++) {
        const BmElement *element = &g_array_index (build->elements, BmElement, i);

        if (!g_str_equal (items[0].kind, "ad") || g_strcmp0 (element->item, items[0].id) == 0)
            elements[n++] = element;
    }
    return bm_block_figures (&build->maker->grid, items, n_items, elements, n, build->arena);
}

static BmPlanItem *
keep_items (Trials *trials, int *n)
{
    GArray *items = trials->build.items;

    *n = (int) items->len;
    return bm_arena_copy (trials->build.arena, items->data, items->len, sizeof (BmPlanItem));
}

static void
start_building (Build *build)
{
    g_array_set_size (build->items, 0);
    g_array_set_size (build->elements, 0);
}

static void
build_way (Trials *trials, const Leaf *leaf, const Placement *place, Way *way)
{
    Placement first = { .leaf = place->leaf, .columns = place->columns, .rows = place->rows };

    if (way->figures != NULL)
        return;
    start_building (&trials->build);
    bm_build_place (&trials->build, leaf, &first, &way->shape);
    way->items = keep_items (trials, &way->n_items);
    way->figures = count_built (trials, way->items, way->n_items);
}

static int
size_at (const Trials *trials, const Placement *place)
{
    const Maker *maker = trials->build.maker;

    return place->columns * (maker->region + maker->separator + 1) + place->rows;
}

static BuiltBlock *
open_block (Trials *trials, const Leaf *leaf, const Placement *place, const Shape *shape, int cost)
{
    const Maker *maker = trials->build.maker;
    BuiltBlock *block = bm_arena_new0 (trials->build.arena, BuiltBlock, 1);

    if (shape != NULL)
        block->own.shape = *shape;
    block->own.cost = cost;
    block->outline = (BmPlanItem){ .kind = leaf->kind == LEAF_CLUSTER ? "container" : "story", .importance = leaf->rank, .columns = place->columns,
                                   .rows = place->rows - maker->separator };
    if (shape != NULL)
        bm_note_notch (&block->outline, &shape->notch);
    block->figures = bm_outline_figures (&maker->grid, &block->outline);
    block->ways = &block->own;
    block->n_ways = 1;
    return block;
}

/* A block with a notch is not told by its size alone. */
static BuiltBlock *
notched_block (Trials *trials, const Leaf *leaf, const Placement *place, const Shape *shape)
{
    const Notch *notch = &shape->notch;
    char *key = g_strdup_printf ("%d %d %d %d %d %d", leaf->story->index, place->columns, place->rows, notch->columns, notch->rows, notch->left);
    BuiltBlock *block = g_hash_table_lookup (trials->notched, key);

    if (block != NULL) {
        g_free (key);
        return block;
    }
    block = open_block (trials, leaf, place, shape, 0);
    g_hash_table_insert (trials->notched, key, block);
    return block;
}

static BuiltBlock *
block_of (Trials *trials, const Leaf *leaf, const Solution *solution, int number)
{
    const Placement *place = &solution->places[number];
    int at = size_at (trials, place);

    if (leaf->kind == LEAF_AD)
        return NULL;
    if (solution->shapes[number].notch.columns > 0)
        return notched_block (trials, leaf, place, &solution->shapes[number]);
    if (leaf->built[at] == NULL)
        leaf->built[at] = open_block (trials, leaf, place, leaf->kind == LEAF_STORY ? &leaf->shapes[at] : NULL, leaf->cost[at]);
    return leaf->built[at];
}

/* By their parts: what lies between these in memory is anything. */
static bool
same_shape (const Shape *a, const Shape *b)
{
    return a->kind == b->kind && a->columns == b->columns && a->photo_columns == b->photo_columns && a->head_columns == b->head_columns &&
           a->head == b->head && a->extra == b->extra && a->gap == b->gap && a->device == b->device &&
           a->device_column == b->device_column && a->device_at == b->device_at && a->device_rows == b->device_rows &&
           a->head_rows == b->head_rows && a->body_rows == b->body_rows && a->photo_rows == b->photo_rows &&
           a->caption_rows == b->caption_rows && bm_pt_equal (a->vertical_size, b->vertical_size) && a->levers.gap == b->levers.gap &&
           a->levers.loose == b->levers.loose && a->levers.tail == b->levers.tail && a->levers.opened == b->levers.opened &&
           a->notch.columns == b->notch.columns && a->notch.left == b->notch.left && a->notch.rows == b->notch.rows;
}

/* The cheapest is the block's own, mostly built already. */
static void
list_ways (Trials *trials, GArray *options, BuiltBlock *block)
{
    const ShapeOption *all = (const ShapeOption *) (const void *) options->data;

    block->ways = bm_arena_new0 (trials->build.arena, Way, BM_MAX_WAYS);
    block->n_ways = 0;
    for (guint i = 0; i < options->len && block->n_ways < BM_MAX_WAYS && all[i].cost <= all[0].cost + BM_COST (DEAREST); i++)
        block->ways[block->n_ways++] = (Way){ .shape = all[i].shape, .cost = all[i].cost };
    if (same_shape (&block->ways[0].shape, &block->own.shape))
        block->ways[0] = block->own;
    g_array_free (options, TRUE);
}

const BuiltBlock *
bm_trial_ways (Trials *trials, int number)
{
    const Placement *place = &trials->page.solution->places[number];
    const Leaf *leaf = &trials->page.leaves[place->leaf];
    BuiltBlock *block = trials->page.blocks[number];

    if (block == NULL || block->listed || leaf->kind != LEAF_STORY)
        return block;
    block->listed = true;
    if (block->own.shape.notch.columns == 0)
        list_ways (trials, bm_shape_options (trials->build.maker, leaf, place->columns, place->rows), block);
    else if (leaf->pin == NULL)
        list_ways (trials, bm_notched_options (trials->build.maker, leaf, place->columns, place->rows, block->own.shape.notch), block);
    return block;
}

/* ---- ads ---- */

static AdSet
build_ads (Trials *trials)
{
    const Maker *maker = trials->build.maker;
    AdSet set = { .places = bm_arena_new0 (trials->build.arena, int, 2 * maker->n_ads + 1) };

    for (int i = 0; i < maker->n_ads; i++) {
        set.places[2 * i] = maker->ads[i].column;
        set.places[2 * i + 1] = maker->ads[i].row;
    }
    start_building (&trials->build);
    bm_build_ads (&trials->build);
    set.items = keep_items (trials, &set.n);
    set.figures = bm_arena_new0 (trials->build.arena, const BmFigures *, set.n + 1);
    for (int i = 0; i < set.n; i++)
        set.figures[i] = count_built (trials, &set.items[i], 1);
    return set;
}

static bool
stand_so (const Maker *maker, const AdSet *set)
{
    for (int i = 0; i < maker->n_ads; i++)
        if (set->places[2 * i] != maker->ads[i].column || set->places[2 * i + 1] != maker->ads[i].row)
            return false;
    return true;
}

static const AdSet *
ads_of_page (Trials *trials)
{
    for (guint i = 0; i < trials->ads->len; i++)
        if (stand_so (trials->build.maker, &g_array_index (trials->ads, AdSet, i)))
            return &g_array_index (trials->ads, AdSet, i);
    AdSet set = build_ads (trials);
    g_array_append_val (trials->ads, set);
    return &g_array_index (trials->ads, AdSet, trials->ads->len - 1);
}

/* ---- pages ---- */

static void
add_items (Trials *trials, const Way *way, const Placement *place)
{
    guint item = trials->items->len;

    g_array_append_vals (trials->items, way->items, (guint) way->n_items);
    for (; item < trials->items->len; item++) {
        g_array_index (trials->items, BmPlanItem, item).column += place->column;
        g_array_index (trials->items, BmPlanItem, item).row += place->row;
    }
}

double
bm_trial_open (Trials *trials, const Leaf *leaves, int n_leaves, const Solution *solution)
{
    const BmPlan *plan = trials->build.plan;
    const AdSet *ads = ads_of_page (trials);
    BmMoved *blocks = g_newa (BmMoved, BM_MAX_LEAVES + ads->n);
    Page *page = &trials->page;
    int n = 0;

    page->leaves = leaves;
    page->solution = solution;
    for (int leaf = 0; leaf < n_leaves; leaf++)
        for (int i = 0; i < solution->n; i++)
            if (solution->places[i].leaf == leaf && (page->blocks[i] = block_of (trials, &leaves[leaf], solution, i)) != NULL) {
                blocks[n] = (BmMoved){ &page->blocks[i]->figures, solution->places[i].column, solution->places[i].row };
                page->number[n++] = i;
            }
    page->n = n;
    for (int i = 0; i < ads->n; i++)
        blocks[n++] = (BmMoved){ ads->figures[i], 0, 0 };
    bm_scene_set (trials->scene, plan->ad_rows, blocks, n);
    BmQuality best = bm_scene_at_best (trials->scene);
    TrialPage at_best = { .quality = &best, .cost = solution->cost, .n = solution->n };
    return trials->worth (&at_best, trials->data);
}

static double
judge (Trials *trials, TrialPage *page, double least)
{
    BmQuality quality;
    double worth = INFINITY;
    bool more = true;

    page->quality = &quality;
    for (int step = 0; more && worth >= least; step++) {
        more = bm_scene_step (trials->scene, step, &quality);
        worth = trials->worth (page, trials->data);
    }
    return worth;
}

double
bm_trial_worth_so (Trials *trials, Way *const *ways, int added, double least)
{
    BmPlan *plan = trials->build.plan;
    const Page *page = &trials->page;
    TrialPage judged = { .plan = plan, .cost = page->solution->cost + added, .n = page->solution->n };

    g_array_set_size (trials->items, 0);
    for (int i = 0; i < page->n; i++) {
        const Placement *place = &page->solution->places[page->number[i]];
        Way *way = ways[page->number[i]];

        build_way (trials, &page->leaves[place->leaf], place, way);
        bm_scene_figures (trials->scene, i, way->figures);
        judged.head_white += way->shape.extra * way->shape.extra;
        judged.stubs += way->shape.levers.stubs;
        judged.uneven += way->shape.levers.uneven;
        if (trials->asks_items)
            add_items (trials, way, place);
    }
    plan->items = (BmPlanItem *) (void *) trials->items->data;
    plan->n_items = (int) trials->items->len;
    return judge (trials, &judged, least);
}

double
bm_trial_worth (Trials *trials, double least)
{
    Way *ways[BM_MAX_LEAVES];
    int n = trials->page.solution->n;

    for (int i = 0; i < n; i++)
        ways[i] = trials->page.blocks[i] == NULL ? NULL : &trials->page.blocks[i]->own;
    return bm_trial_worth_so (trials, ways, 0, least);
}
