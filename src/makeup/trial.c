/* trial.c — many pages are judged and few are kept: a block that stands on fifty of them is built once. */
#include "makeup/trial.h"

#include "makeup/build.h"

#include <string.h>

#define DEAREST 4.0 /* how much dearer than the cheapest way another may be */

struct Trials {
    Build build; /* whose arrays are those of the page under trial, whose arena keeps the blocks */
    WorthFunc worth;
    void *data;
    GHashTable *notched; /* BuiltBlock, by what bm_notched_ways is asked for */
};

Trials *
bm_trials_new (Maker *maker, WorthFunc worth, void *data)
{
    BmArena *arena = bm_arena_create ();
    Trials *trials = bm_arena_new0 (arena, Trials, 1);

    *trials = (Trials){ .worth = worth, .data = data };
    trials->build = (Build){ .maker = maker, .plan = bm_arena_new0 (arena, BmPlan, 1), .arena = arena,
                             .items = g_array_new (FALSE, TRUE, sizeof (BmPlanItem)),
                             .elements = g_array_new (FALSE, TRUE, sizeof (BmElement)) };
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
    bm_arena_free (trials->build.arena); /* with the trials in it */
}

/* ---- blocks ---- */

static void
build_way (Trials *trials, const Leaf *leaf, const Placement *place, Way *way)
{
    Build *build = &trials->build;
    Placement first = { .leaf = place->leaf, .columns = place->columns, .rows = place->rows };

    g_array_set_size (build->items, 0);
    g_array_set_size (build->elements, 0);
    bm_build_place (build, leaf, &first, &way->shape);
    way->n_items = (int) build->items->len;
    way->items = bm_arena_copy (build->arena, build->items->data, build->items->len, sizeof (BmPlanItem));
    way->n_elements = (int) build->elements->len;
    way->elements = bm_arena_copy (build->arena, build->elements->data, build->elements->len, sizeof (BmElement));
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

/* ---- pages ---- */

static void
add_block (Trials *trials, const Way *way, const Placement *place)
{
    const BmGrid *grid = &trials->build.maker->grid;
    GArray *items = trials->build.items, *elements = trials->build.elements;
    guint item = items->len, element = elements->len;
    double right = grid->x[place->column] - grid->x[0], down = place->row * grid->pitch;

    g_array_append_vals (items, way->items, (guint) way->n_items);
    g_array_append_vals (elements, way->elements, (guint) way->n_elements);
    for (; item < items->len; item++) {
        g_array_index (items, BmPlanItem, item).column += place->column;
        g_array_index (items, BmPlanItem, item).row += place->row;
    }
    for (; element < elements->len; element++) {
        g_array_index (elements, BmElement, element).x += right;
        g_array_index (elements, BmElement, element).y += down;
    }
}

double
bm_trial_worth (Trials *trials, const Leaf *leaves, int n_leaves, const Solution *solution, const Way *const *ways, int added)
{
    Build *build = &trials->build;
    BmPlan *plan = build->plan;
    Solution priced = *solution;

    g_array_set_size (build->items, 0);
    g_array_set_size (build->elements, 0);
    for (int leaf = 0; leaf < n_leaves; leaf++)
        for (int i = 0; i < solution->n; i++)
            if (solution->places[i].leaf == leaf && leaves[leaf].kind != LEAF_AD)
                add_block (trials, ways[i], &solution->places[i]);
    bm_build_ads (build);
    plan->items = (BmPlanItem *) (void *) build->items->data;
    plan->n_items = (int) build->items->len;
    plan->elements = (BmElement *) (void *) build->elements->data;
    plan->n_elements = (int) build->elements->len;
    priced.cost += added;
    BmQuality quality = bm_plan_quality (plan);
    return trials->worth (plan, &quality, &priced, trials->data);
}
