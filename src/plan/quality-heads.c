/* quality-heads.c — the rows of the page score that look at headlines (page-makeup.md §10). */
#include "plan/quality.h"

#include <math.h>

typedef BmPlacedHead Head;

typedef struct {
    const BmScene *scene;
    int n;
    const Head *all;
} Heads;

static Heads
gather (BmScene *scene)
{
    int n = 0;

    for (int i = 0; i < scene->n; i++)
        n += scene->blocks[i].moved.figures->heads.n;
    if (n > scene->most_heads) {
        scene->most_heads = 2 * n;
        scene->heads = g_renew (Head, scene->heads, (gsize) scene->most_heads);
    }
    Head *next = scene->heads;
    for (int i = 0; i < scene->n; i++) {
        const BmPlacedBlock *block = &scene->blocks[i];

        for (int k = 0; k < block->moved.figures->heads.n; k++) {
            const BmBox *box = &block->moved.figures->heads.all[k];
            *next++ = (Head){ box, i, box->x + block->x, box->y + block->y };
        }
    }
    return (Heads){ scene, n, scene->heads };
}

/* ---- 碰题 ---- */

/* Do two heads stand at both sides of one gutter? */
static bool
side_by_side (const BmScene *scene, const Head *a, const Head *b)
{
    double reach = scene->grid->gutter * 1.6 + 0.5;
    double gap = a->x < b->x ? b->x - (a->x + a->box->width) : a->x - (b->x + b->box->width);

    return gap > -reach && gap < reach;
}

#define FEW_ROWS 6 /* style.md §7: offset by 0 or 5 rows at least */

/* Heads of about the same height at both sides of a gutter that miss each other by a few rows: one reads on into the other. */
static double
near_miss (const BmScene *scene, const Head *a, const Head *b)
{
    double apart = MAX (a->y, b->y) - MIN (a->y + a->box->height, b->y + b->box->height), smaller = MIN (a->box->size, b->box->size);

    if (apart < -0.5 || apart >= FEW_ROWS * scene->grid->pitch || a->box->vertical || b->box->vertical || a->box->boxed || b->box->boxed || !side_by_side (scene, a, b))
        return 0;
    return MAX (a->box->size, b->box->size) / MAX (smaller, 0.1) < 1.2 ? CLAMP ((smaller - 11) / 13, 0.15, 1) : 0;
}

#define LEVEL 1.3     /* rows that the tops of two heads may be apart and still be one line for the eye, … */
#define LIKE_SIZE 1.6 /* … if one is not much larger … */
#define APART 2.0     /* … and so many of its characters do not part them */

/* Heads, or a kicker and a head, that begin on one row at both sides of a gutter: they read as one line (style.md §8, 5). */
static bool
are_level (const BmScene *scene, const Head *a, const Head *b)
{
    const Head *left = a->x < b->x ? a : b, *right = left == a ? b : a;
    double larger = MAX (a->box->size, b->box->size);

    return fabs (a->y - b->y) < LEVEL * scene->grid->pitch && larger < LIKE_SIZE * MIN (a->box->size, b->box->size) && !a->box->vertical &&
           !b->box->vertical && !a->box->boxed && !b->box->boxed && side_by_side (scene, a, b) && right->x - left->x - left->box->reach < APART * larger;
}

static int
count_level_with (const Heads *heads, const Head *kicker)
{
    int n = 0;

    for (int i = 0; i < heads->n; i++)
        n += heads->all[i].block != kicker->block && are_level (heads->scene, kicker, &heads->all[i]);
    return n;
}

static int
count_level_kickers (const Heads *heads)
{
    int n = 0;

    for (int i = 0; i < heads->scene->n; i++) {
        const BmPlacedBlock *block = &heads->scene->blocks[i];
        const BmBoxes *kickers = &block->moved.figures->kickers;

        for (int k = 0; k < kickers->n; k++) {
            const BmBox *box = &kickers->all[k];
            n += count_level_with (heads, &(Head){ box, i, box->x + block->x, box->y + block->y });
        }
    }
    return n;
}

static double
collision (const BmScene *scene, const Head *a, const Head *b)
{
    double overlap = MIN (a->y + a->box->height, b->y + b->box->height) - MAX (a->y, b->y);

    if (overlap <= 0.5 || !side_by_side (scene, a, b))
        return 0;
    double smaller = MIN (a->box->size, b->box->size), ratio = MAX (a->box->size, b->box->size) / MAX (smaller, 0.1);
    double points = ratio < 1.2 ? 1 : ratio < 1.5 ? 0.6 : 0.3;
    points *= MIN (1, overlap / MIN (a->box->height, b->box->height) + 0.3);
    if (a->box->boxed || b->box->boxed)
        points *= 0.4;
    if (a->box->vertical || b->box->vertical)
        points *= 0.2;
    return points * CLAMP ((smaller - 11) / 13, 0.15, 1);
}

static void
measure_collisions (const Heads *heads, BmQuality *quality)
{
    quality->collide = quality->near_heads = 0;
    quality->level_heads = count_level_kickers (heads);
    for (int i = 0; i < heads->n; i++)
        for (int k = i + 1; k < heads->n; k++)
            if (heads->all[i].block != heads->all[k].block) {
                quality->collide += collision (heads->scene, &heads->all[i], &heads->all[k]);
                quality->near_heads += near_miss (heads->scene, &heads->all[i], &heads->all[k]);
                quality->level_heads += are_level (heads->scene, &heads->all[i], &heads->all[k]);
            }
}

/* ---- sizes ---- */

static double
measure_hierarchy (const Heads *heads)
{
    double good = 0;
    int pairs = 0;

    for (int i = 0; i < heads->n; i++)
        for (int k = 0; heads->all[i].box->news && k < heads->n; k++) {
            const BmBox *a = heads->all[i].box, *b = heads->all[k].box;

            if (!b->news || a->importance >= b->importance)
                continue;
            pairs++;
            good += a->size > b->size + 0.05 ? 1 : a->size > b->size - 0.05 ? 0.5 : 0;
        }
    return pairs == 0 ? 1 : good / pairs;
}

static const Head *
lead_head (const Heads *heads)
{
    for (int i = 0; i < heads->n; i++)
        if (heads->all[i].box->importance == 1 && !heads->all[i].box->member)
            return &heads->all[i];
    return NULL;
}

/* The largest other head: of news alone, or of all. */
static double
next_size (const Heads *heads, const BmBox *lead, bool news)
{
    double next = 0;

    for (int i = 0; i < heads->n; i++)
        if (heads->all[i].box != lead && (heads->all[i].box->news || !news))
            next = MAX (next, heads->all[i].box->size);
    return next;
}

double
bm_lead_place (const BmScene *scene)
{
    double place = 0.2;

    for (int i = 0; i < scene->n_news; i++) {
        const BmPlacedBlock *block = &scene->blocks[i];

        if (block->importance == 1)
            place = MAX (place, block->row > 0 ? 0.2 : block->column == 0 ? 1 : 0.75);
    }
    return place;
}

static double
measure_lead (const Heads *heads, double place)
{
    const Head *head = lead_head (heads);

    return head != NULL && next_size (heads, head->box, false) > head->box->size - 0.05 ? place - 0.3 : place;
}

#define MOST_SIZES 5
#define NEAR_SIZE 1.1 /* 26 and 28, 22 and 24: neither alike nor a step */

static bool
is_first_of_size (const Heads *heads, int i)
{
    for (int k = 0; k < i; k++)
        if (heads->all[k].box->news && fabs (heads->all[k].box->size - heads->all[i].box->size) < 0.05)
            return false;
    return heads->all[i].box->news;
}

static int
count_near_sizes (const Heads *heads)
{
    int n = 0;

    for (int i = 0; i < heads->n; i++)
        for (int k = 0; k < heads->n && is_first_of_size (heads, i); k++) {
            double ratio = heads->all[i].box->size / MAX (heads->all[k].box->size, 0.1);

            n += ratio > 1.01 && ratio < NEAR_SIZE && is_first_of_size (heads, k);
        }
    return n;
}

/* All that an editor counts: of pictures' stories and containers, too. */
static int
count_all_sizes (const Heads *heads)
{
    int n = 0;

    for (int i = 0; i < heads->n; i++) {
        int k = 0;

        while (k < i && fabs (heads->all[k].box->size - heads->all[i].box->size) >= 0.05)
            k++;
        n += k == i;
    }
    return n;
}

static int
distinct_sizes (const Heads *heads)
{
    int n = 0;

    for (int i = 0; i < heads->n; i++)
        n += is_first_of_size (heads, i);
    return n;
}

/* Penalty points: the lead is to be 1.6 × the next, with five sizes at most. */
static double
measure_steps (const Heads *heads)
{
    const Head *lead = lead_head (heads);
    double next = lead == NULL ? 0 : next_size (heads, lead->box, true);
    double points = next > 0 ? 6 * CLAMP ((1.6 - lead->box->size / next) / 0.6, 0, 1) : 0;

    return points + MAX (0, distinct_sizes (heads) - MOST_SIZES);
}

void
bm_measure_heads (BmScene *scene, BmQuality *quality)
{
    Heads heads = gather (scene);
    double fill = 0;

    for (int i = 0; i < scene->n; i++)
        fill += scene->blocks[i].moved.figures->head_fill;
    for (int i = 0; i < heads.n; i++)
        quality->vertical_heads += heads.all[i].box->vertical;
    quality->hfill = heads.n == 0 ? 0 : fill / heads.n;
    measure_collisions (&heads, quality);
    quality->near_sizes = count_near_sizes (&heads);
    quality->many_sizes = MAX (0, count_all_sizes (&heads) - MOST_SIZES);
    quality->hier = measure_hierarchy (&heads);
    quality->lead = measure_lead (&heads, quality->lead);
    const Head *lead = lead_head (&heads);
    quality->lead_depth = lead == NULL ? 0 : lead->y / (scene->grid->rows * scene->grid->pitch);
    quality->lead_lines = lead == NULL ? 0 : lead->box->lines;
    quality->steps = measure_steps (&heads);
}
