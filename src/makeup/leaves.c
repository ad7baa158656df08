/* leaves.c — what the search places: a leaf a story, a container or an ad in a corner, with the cost of every size. */
#include "makeup/leaves.h"

#include <math.h>
#include <string.h>

static void
open_leaf (Maker *maker, Leaf *leaf, LeafKind kind, bool shapes)
{
    int n = (maker->grid.columns + 1) * (maker->region + maker->separator + 1);

    *leaf = (Leaf){ .kind = kind };
    leaf->cost = g_new (int, (gsize) n);
    leaf->top = g_new0 (uint8_t, (gsize) n);
    leaf->shapes = shapes ? g_new0 (Shape, (gsize) n) : NULL;
    leaf->built = g_new0 (BuiltBlock *, (gsize) n);
    for (int i = 0; i < n; i++)
        leaf->cost[i] = BM_NO_WAY;
}

static void
settle_leaf (const Maker *maker, Leaf *leaf)
{
    int n = (maker->grid.columns + 1) * (maker->region + maker->separator + 1);

    leaf->least = BM_NO_WAY;
    for (int i = 0; i < n; i++)
        leaf->least = MIN (leaf->least, leaf->cost[i]);
}

static void
close_leaf (Leaf *leaf)
{
    g_free (leaf->cost);
    g_free (leaf->top);
    g_free (leaf->shapes);
    g_free (leaf->built);
    if (leaf->notched != NULL && leaf->notched->shapes != NULL)
        g_array_free (leaf->notched->shapes, TRUE);
    g_free (leaf->notched);
}

/* ---- shapes that come up again ---- */

#define MOST_KEPT 200 /* of some hundred kilobytes at most */

/* A story's shapes, and all that they come of. */
typedef struct {
    const BmItem *item; /* another one where the story is cut */
    Slack slack;
    int region, n_stories, wished;
    double lead_size;
    bool crowded;
    int dear, *cost;
    uint8_t *top;
    Shape *shapes;
} KnownShapes;

static void
free_known (gpointer data)
{
    KnownShapes *known = data;

    g_free (known->cost);
    g_free (known->top);
    g_free (known->shapes);
    g_free (known);
}

void
bm_shapes_keep (Maker *maker)
{
    if (maker->known_shapes != NULL)
        return;
    maker->known_shapes = g_ptr_array_new_with_free_func (free_known);
    bm_arena_own (maker->arena, maker->known_shapes, (void (*) (void *)) g_ptr_array_unref);
}

static bool
is_of (const KnownShapes *known, const Maker *maker, const Story *story)
{
    return known->item == story->item && known->region == maker->region && known->n_stories == maker->n_stories &&
           known->wished == story->wished_columns && known->slack.head_white == maker->slack.head_white &&
           known->slack.tail == maker->slack.tail && fabs (known->slack.crop - maker->slack.crop) < 1e-9 &&
           bm_pt_equal (known->lead_size, maker->lead_size) && known->crowded == maker->crowded;
}

static void
keep_shapes (const Maker *maker, const Leaf *leaf)
{
    gsize n = (gsize) ((maker->grid.columns + 1) * (maker->region + maker->separator + 1));
    KnownShapes known = { leaf->story->item, maker->slack, maker->region, maker->n_stories, leaf->story->wished_columns, maker->lead_size, maker->crowded, leaf->dear,
                          g_memdup2 (leaf->cost, n * sizeof *leaf->cost), g_memdup2 (leaf->top, n * sizeof *leaf->top),
                          g_memdup2 (leaf->shapes, n * sizeof *leaf->shapes) };

    if (maker->known_shapes->len >= MOST_KEPT)
        g_ptr_array_remove_index (maker->known_shapes, 0);
    g_ptr_array_add (maker->known_shapes, g_memdup2 (&known, sizeof known));
}

static bool
take_known (const Maker *maker, Leaf *leaf)
{
    gsize n = (gsize) ((maker->grid.columns + 1) * (maker->region + maker->separator + 1));

    for (guint i = 0; i < maker->known_shapes->len; i++) {
        const KnownShapes *known = maker->known_shapes->pdata[i];

        if (!is_of (known, maker, leaf->story))
            continue;
        memcpy (leaf->cost, known->cost, n * sizeof *leaf->cost);
        memcpy (leaf->top, known->top, n * sizeof *leaf->top);
        memcpy (leaf->shapes, known->shapes, n * sizeof *leaf->shapes);
        leaf->dear = known->dear;
        return true;
    }
    return false;
}

static void
size_story (Maker *maker, Leaf *leaf)
{
    if (leaf->pin != NULL) {
        bm_pin_shapes (maker, leaf);
    } else if (maker->known_shapes == NULL) {
        bm_story_shapes (maker, leaf);
    } else if (!take_known (maker, leaf)) {
        bm_story_shapes (maker, leaf);
        keep_shapes (maker, leaf);
    }
}

/* ---- leaves ---- */

static const char *
label_of (const Maker *maker, const Story *first, bool runs_on)
{
    static const char *const short_news[] = { "简讯", "簡訊", "短信" };

    if (first->container != NULL && first->container[0] != '\0')
        return first->container;
    if (runs_on && maker->layout->round_up_label != NULL)
        return maker->layout->round_up_label;
    if (runs_on && maker->layout->container_label == NULL)
        return short_news[bm_language_of (maker->page->lang)];
    if (maker->layout->container_label != NULL)
        return maker->layout->container_label;
    static const char *const news[] = { "新闻", "新聞", "ニュース" }; /* by BmLanguage: 青岛新闻 → 青岛速览 */
    static const char *const briefs[] = { "速览", "速覽", "短信" };
    const char *section = maker->page->section;
    BmLanguage script = bm_language_of (maker->page->lang);
    if (section == NULL || section[0] == '\0')
        return briefs[script];
    return bm_arena_printf (maker->arena, "%.*s%s%s", (int) (strlen (section) - (g_str_has_suffix (section, news[script]) ? strlen (news[script]) : 0)),
                            section, script == BM_LANGUAGE_JA ? "・" : "", briefs[script]);
}

static void
cast_cluster (Maker *maker, const CastGroup *group, int number, Leaf *leaf)
{
    uint64_t members = group->members;

    open_leaf (maker, leaf, LEAF_CLUSTER, false);
    leaf->rank = 5;
    for (int i = 0; i < maker->n_stories; i++)
        if (i < BM_MAX_STORIES && (members >> i & 1) != 0) {
            leaf->cluster.members[leaf->cluster.n_members++] = &maker->stories[i];
            leaf->rank = MIN (leaf->rank, maker->stories[i].rank);
        }
    leaf->rank = MAX (leaf->rank, 4);
    leaf->cluster.number = number;
    leaf->cluster.runs_on = group->runs_on;
    leaf->cluster.label = label_of (maker, leaf->cluster.members[0], group->runs_on);
    bm_cluster_shapes (maker, leaf);
    if (members == bm_pinned_members (maker))
        bm_pin_place (maker, leaf, bm_container_pin (maker));
    settle_leaf (maker, leaf);
}

/* Story leaves sorted by importance, then by the edition's order: the search relies on it. */
static int
by_importance (const void *one, const void *two)
{
    const Leaf *a = one, *b = two;

    if (a->kind == LEAF_AD || b->kind == LEAF_AD)
        return a->kind != b->kind ? (a->kind == LEAF_AD ? 1 : -1) : 0;
    if (a->rank != b->rank)
        return a->rank - b->rank;
    if (a->kind != b->kind)
        return a->kind == LEAF_CLUSTER ? 1 : -1;
    return a->kind == LEAF_CLUSTER ? a->cluster.number - b->cluster.number : a->story->index - b->story->index;
}

Stock
bm_make_stock (Maker *maker, bool sized)
{
    Stock stock = { g_new0 (Leaf, (gsize) MAX (maker->n_stories, 1)), g_new0 (Leaf, (gsize) MAX (maker->n_ads, 1)), 0 };

    for (int i = 0; i < maker->n_stories; i++) {
        Leaf *leaf = &stock.stories[i];

        if (maker->held[i])
            continue;
        open_leaf (maker, leaf, LEAF_STORY, true);
        leaf->story = &maker->stories[i];
        leaf->rank = leaf->story->rank;
        leaf->lead = leaf->rank == 1;
        leaf->pin = leaf->story->pin;
        if (sized)
            size_story (maker, leaf);
        settle_leaf (maker, leaf);
    }
    for (int i = 0; i < maker->n_ads; i++) {
        if (!maker->ads[i].corner)
            continue;
        Leaf *leaf = &stock.ads[stock.n_ads++];
        open_leaf (maker, leaf, LEAF_AD, false);
        leaf->ad = &maker->ads[i];
        leaf->rank = 6;
        if (sized)
            bm_ad_shapes (maker, leaf, leaf->ad);
        settle_leaf (maker, leaf);
    }
    return stock;
}

void
bm_allow_notches (Maker *maker, Stock *stock)
{
    for (int i = 0; i < maker->n_stories && maker->layout->interlock; i++) {
        Leaf *leaf = &stock->stories[i];

        if (!maker->held[i] && leaf->pin == NULL && bm_may_have_notch (maker, leaf))
            leaf->notched = g_new0 (Notched, 1);
    }
}

void
bm_drop_stock (const Maker *maker, Stock *stock)
{
    for (int i = 0; i < maker->n_stories; i++)
        close_leaf (&stock->stories[i]);
    for (int i = 0; i < stock->n_ads; i++)
        close_leaf (&stock->ads[i]);
    g_free (stock->stories);
    g_free (stock->ads);
}

/* ---- those of one casting ---- */

void
bm_cast_clusters (Maker *maker, const Casting *casting, Leaf *clusters)
{
    for (int i = 0; i < casting->n; i++)
        cast_cluster (maker, &casting->groups[i], i + 1, &clusters[i]);
}

void
bm_close_clusters (const Casting *casting, Leaf *clusters)
{
    for (int i = 0; i < casting->n; i++)
        close_leaf (&clusters[i]);
}

static bool
stands_alone (const Maker *maker, uint64_t members, int story)
{
    return !maker->held[story] && !(story < BM_MAX_STORIES && (members >> story & 1) != 0);
}

int
bm_gather_leaves (Maker *maker, const Stock *stock, const Casting *casting, const Leaf *clusters, Leaf *leaves)
{
    uint64_t members = bm_cast_members (casting);
    int n = stock->n_ads + casting->n, k = 0;

    for (int i = 0; i < maker->n_stories; i++)
        n += stands_alone (maker, members, i);
    if (n > BM_MAX_LEAVES)
        return n;
    for (int i = 0; i < maker->n_stories; i++)
        if (stands_alone (maker, members, i))
            leaves[k++] = stock->stories[i];
    for (int i = 0; i < casting->n; i++)
        leaves[k++] = clusters[i];
    for (int i = 0; i < stock->n_ads; i++)
        leaves[k++] = stock->ads[i];
    qsort (leaves, (size_t) n, sizeof *leaves, by_importance);
    return n;
}
