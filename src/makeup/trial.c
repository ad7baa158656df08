/* trial.c — many pages are judged and few are kept: a block that stands on fifty of them is built once. */
#include "makeup/trial.h"

#include "makeup/build.h"

#include <string.h>

#define DEAREST 4.0 /* how much dearer than the cheapest way another may be */

struct Trials {
    Build build; /* of blocks and ads; its arena keeps them */
    GArray *items; /* of the page under trial, for what is asked of items alone */
    GArray *ads;   /* AdSet */
    WorthFunc worth;
    void *data;
    GHashTable *notched; /* BuiltBlock, by what bm_notched_ways is asked for */
};

/* The ads where a page has them: mostly in the same corners. */
typedef struct {
    int *places; /* column and row of each ad */
    int n;
    BmPlanItem *items;
    const BmFigures **figures;
} AdSet;

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
    return trials;
}

void
bm_trials_free (Trials *trials)
{
    g_array_free (trials->build.items, TRUE);
    g_array_free (trials->build.elements, TRUE);
    g_hash_table_unref (trials->notched);
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
block_of (Trials *trials, const Leaf *leaf, const Placement *place)
{
    int at = size_at (trials, place);
    BuiltBlock *block = leaf->built[at];

    if (block != NULL)
        return block;
    block = leaf->built[at] = bm_arena_new0 (trials->build.arena, BuiltBlock, 1);
    if (leaf->kind == LEAF_STORY)
        block->own.shape = leaf->shapes[at];
    block->own.cost = leaf->cost[at];
    build_way (trials, leaf, place, &block->own);
    return block;
}

const Way *
bm_own_way (Trials *trials, const Leaf *leaf, const Placement *place)
{
    return &block_of (trials, leaf, place)->own;
}

static void
list_ways (Trials *trials, const Leaf *leaf, const Placement *place, const GArray *options, BuiltBlock *block)
{
    const ShapeOption *all = (const ShapeOption *) (const void *) options->data;

    block->ways = bm_arena_new0 (trials->build.arena, Way, BM_MAX_WAYS);
    for (guint i = 0; i < options->len && block->n_ways < BM_MAX_WAYS && all[i].cost <= all[0].cost + BM_COST (DEAREST); i++) {
        Way *way = &block->ways[block->n_ways++];

        *way = (Way){ .shape = all[i].shape, .cost = all[i].cost };
        build_way (trials, leaf, place, way);
    }
}

const BuiltBlock *
bm_all_ways (Trials *trials, Leaf *leaf, const Placement *place)
{
    BuiltBlock *block = block_of (trials, leaf, place);

    if (!block->listed && leaf->kind == LEAF_STORY) {
        GArray *options = bm_shape_options (trials->build.maker, leaf, place->columns, place->rows);

        list_ways (trials, leaf, place, options, block);
        g_array_free (options, TRUE);
    }
    block->listed = true;
    if (block->n_ways == 0) {
        block->ways = &block->own;
        block->n_ways = 1;
    }
    return block;
}

const BuiltBlock *
bm_notched_ways (Trials *trials, const Leaf *leaf, const Placement *place, const Shape *shape, bool all)
{
    const Notch *notch = &shape->notch;
    char *key = g_strdup_printf ("%d %d %d %d %d %d", leaf->story->index, place->columns, place->rows, notch->columns, notch->rows, notch->left);
    BuiltBlock *block = g_hash_table_lookup (trials->notched, key);

    if (block == NULL) {
        block = bm_arena_new0 (trials->build.arena, BuiltBlock, 1);
        block->own.shape = *shape;
        build_way (trials, leaf, place, &block->own);
        block->ways = &block->own;
        block->n_ways = 1;
        g_hash_table_insert (trials->notched, g_strdup (key), block);
    }
    if (all && !block->listed) {
        GArray *options = bm_notched_options (trials->build.maker, leaf, place->columns, place->rows, *notch);

        block->listed = true;
        block->n_ways = 0;
        list_ways (trials, leaf, place, options, block);
        g_array_free (options, TRUE);
    }
    g_free (key);
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

static BmMoved
add_block (Trials *trials, const Way *way, const Placement *place)
{
    guint item = trials->items->len;

    g_array_append_vals (trials->items, way->items, (guint) way->n_items);
    for (; item < trials->items->len; item++) {
        g_array_index (trials->items, BmPlanItem, item).column += place->column;
        g_array_index (trials->items, BmPlanItem, item).row += place->row;
    }
    return (BmMoved){ way->figures, place->column, place->row };
}

double
bm_trial_worth (Trials *trials, const Leaf *leaves, int n_leaves, const Solution *solution, const Way *const *ways, int added)
{
    BmPlan *plan = trials->build.plan;
    const AdSet *ads = ads_of_page (trials);
    BmMoved *blocks = g_newa (BmMoved, BM_MAX_LEAVES + ads->n);
    TrialPage page = { .plan = plan, .cost = solution->cost + added, .n = solution->n };
    int n = 0;

    g_array_set_size (trials->items, 0);
    for (int leaf = 0; leaf < n_leaves; leaf++)
        for (int i = 0; i < solution->n; i++)
            if (solution->places[i].leaf == leaf && leaves[leaf].kind != LEAF_AD) {
                blocks[n++] = add_block (trials, ways[i], &solution->places[i]);
                page.head_white += ways[i]->shape.extra * ways[i]->shape.extra;
                page.stubs += ways[i]->shape.levers.stubs;
            }
    for (int i = 0; i < ads->n; i++)
        blocks[n++] = (BmMoved){ ads->figures[i], 0, 0 };
    plan->items = (BmPlanItem *) (void *) trials->items->data;
    plan->n_items = (int) trials->items->len;
    BmQuality quality = bm_quality_of (&plan->grid, plan->ad_rows, blocks, n);
    page.quality = &quality;
    return trials->worth (&page, trials->data);
}
