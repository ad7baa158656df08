/* refine.c — the second pass on a page that is found (page-makeup.md §8): each block keeps its rectangle, and takes the
 * head, picture and columns with which the whole page is worth most. The search sees one block at a time and so cannot
 * know that a head is as large as its neighbour's, or that the page has no picture that dominates.
 *
 * The blocks' elements are built once for each way to build them; a page under trial is their sum. */
#include "makeup/build.h"

#include <string.h>

#define MAX_OPTIONS 10
#define DEAREST 4.0  /* how much dearer than the cheapest way another may be */
#define MAX_ROUNDS 3

/* One way to build one block. */
typedef struct {
    Shape shape;
    int cost;
    GArray *items, *elements; /* BmPlanItem, BmElement */
} Way;

typedef struct {
    int n, chosen;
    Way ways[MAX_OPTIONS];
} Block;

typedef struct {
    Maker *maker;
    Leaf *leaves;
    Solution *solution;
    Build build; /* whose arrays are those of the page under trial */
    Block blocks[BM_MAX_LEAVES];
    int order[BM_MAX_LEAVES]; /* places in reading order */
    Way ads;
    WorthFunc worth;
    void *data;
} Trial;

/* ---- ways ---- */

/* A builder whose elements go to this way. */
static Build
builder_of (const Trial *trial, Way *way)
{
    Build build = trial->build;

    build.items = way->items = g_array_new (FALSE, TRUE, sizeof (BmPlanItem));
    build.elements = way->elements = g_array_new (FALSE, TRUE, sizeof (BmElement));
    return build;
}

static void
build_way (Trial *trial, int place, Way *way)
{
    Build build = builder_of (trial, way);

    bm_build_place (&build, &trial->leaves[trial->solution->places[place].leaf], &trial->solution->places[place], &way->shape);
}

static void
list_ways (Trial *trial, int number)
{
    const Placement *place = &trial->solution->places[number];
    Leaf *leaf = &trial->leaves[place->leaf];
    Block *block = &trial->blocks[number];

    if (leaf->kind != LEAF_STORY) {
        block->n = 1;
        build_way (trial, number, &block->ways[0]);
        return;
    }
    GArray *options = bm_shape_options (trial->maker, leaf, place->columns, place->rows);
    for (guint i = 0; i < options->len && block->n < MAX_OPTIONS; i++) {
        const ShapeOption *option = &g_array_index (options, ShapeOption, i);

        if (option->cost > g_array_index (options, ShapeOption, 0).cost + BM_COST (DEAREST))
            break;
        block->ways[block->n] = (Way){ .shape = option->shape, .cost = option->cost };
        build_way (trial, number, &block->ways[block->n++]);
    }
    g_array_free (options, TRUE);
}

/* ---- pages ---- */

static double
judge (Trial *trial)
{
    BmPlan *plan = trial->build.plan;
    Solution solution = *trial->solution;

    g_array_set_size (trial->build.items, 0);
    g_array_set_size (trial->build.elements, 0);
    for (int i = 0; i < trial->solution->n; i++) {
        const Block *block = &trial->blocks[trial->order[i]];
        const Way *way = &block->ways[block->chosen];

        g_array_append_vals (trial->build.items, way->items->data, way->items->len);
        g_array_append_vals (trial->build.elements, way->elements->data, way->elements->len);
        solution.cost += way->cost - block->ways[0].cost;
    }
    g_array_append_vals (trial->build.items, trial->ads.items->data, trial->ads.items->len);
    g_array_append_vals (trial->build.elements, trial->ads.elements->data, trial->ads.elements->len);
    plan->items = (BmPlanItem *) (void *) trial->build.items->data;
    plan->n_items = (int) trial->build.items->len;
    plan->elements = (BmElement *) (void *) trial->build.elements->data;
    plan->n_elements = (int) trial->build.elements->len;
    BmQuality quality = bm_plan_quality (plan);
    return trial->worth (plan, &quality, &solution, trial->data);
}

/* The best way of one block, the others as they are. */
static bool
improve_block (Trial *trial, int number, double *worth)
{
    Block *block = &trial->blocks[number];
    int before = block->chosen, best = before;

    for (int i = 0; i < block->n; i++) {
        if (i == before)
            continue;
        block->chosen = i;
        double now = judge (trial);
        if (now > *worth + 1e-6) {
            *worth = now;
            best = i;
        }
    }
    block->chosen = best;
    return best != before;
}

static void
take_ways (Trial *trial)
{
    Solution *solution = trial->solution;

    for (int i = 0; i < solution->n; i++) {
        const Block *block = &trial->blocks[i];

        if (trial->leaves[solution->places[i].leaf].kind != LEAF_STORY || block->n == 0)
            continue;
        solution->shapes[i] = block->ways[block->chosen].shape;
        solution->cost += block->ways[block->chosen].cost - block->ways[0].cost;
    }
}

static void
open_trial (Trial *trial, int n_leaves)
{
    BmArena *arena = bm_arena_create ();
    int n = 0;

    trial->build = (Build){ .maker = trial->maker, .plan = bm_arena_new0 (arena, BmPlan, 1), .arena = arena,
                            .items = g_array_new (FALSE, TRUE, sizeof (BmPlanItem)),
                            .elements = g_array_new (FALSE, TRUE, sizeof (BmElement)) };
    trial->build.plan->arena = arena;
    bm_describe_page (&trial->build);
    for (int leaf = 0; leaf < n_leaves; leaf++)
        for (int i = 0; i < trial->solution->n; i++)
            if (trial->solution->places[i].leaf == leaf)
                trial->order[n++] = i;
    for (int i = 0; i < trial->solution->n; i++)
        list_ways (trial, i);
    Build ads = builder_of (trial, &trial->ads);
    bm_build_ads (&ads);
}

static void
close_trial (Trial *trial)
{
    for (int i = 0; i < trial->solution->n; i++)
        for (int k = 0; k < trial->blocks[i].n; k++) {
            g_array_free (trial->blocks[i].ways[k].items, TRUE);
            g_array_free (trial->blocks[i].ways[k].elements, TRUE);
        }
    g_array_free (trial->ads.items, TRUE);
    g_array_free (trial->ads.elements, TRUE);
    g_array_free (trial->build.items, TRUE);
    g_array_free (trial->build.elements, TRUE);
    bm_arena_free (trial->build.arena);
}

double
bm_refine (Maker *maker, Leaf *leaves, int n_leaves, Solution *solution, WorthFunc worth, void *data)
{
    Trial trial = { .maker = maker, .leaves = leaves, .solution = solution, .worth = worth, .data = data };
    bool gained = true;

    open_trial (&trial, n_leaves);
    double best = judge (&trial);
    for (int round = 0; round < MAX_ROUNDS && gained; round++) {
        gained = false;
        for (int i = 0; i < solution->n; i++)
            gained = improve_block (&trial, trial.order[i], &best) || gained;
    }
    take_ways (&trial);
    close_trial (&trial);
    return best;
}
