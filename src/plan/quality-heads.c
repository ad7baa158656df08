/* quality-heads.c — the rows of the page score that look at headlines (page-makeup.md §10). */
#include "plan/quality.h"

#include <math.h>

/* ---- 碰题 ---- */

static double
collision (const BmScene *scene, const BmBox *a, const BmBox *b)
{
    double overlap = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);
    double smaller = MIN (a->size, b->size), ratio = MAX (a->size, b->size) / MAX (smaller, 0.1);

    if (overlap <= 0.5 || !bm_side_by_side (scene, a, b))
        return 0;
    double points = ratio < 1.2 ? 1 : ratio < 1.5 ? 0.6 : 0.3;
    points *= MIN (1, overlap / MIN (a->height, b->height) + 0.3);
    if ((a->item != NULL && a->item->boxed) || (b->item != NULL && b->item->boxed))
        points *= 0.4;
    if (a->element->vertical || b->element->vertical)
        points *= 0.2;
    return points * CLAMP ((smaller - 11) / 13, 0.15, 1);
}

double
bm_measure_collisions (const BmScene *scene)
{
    double sum = 0;

    for (int i = 0; i < scene->heads.n; i++)
        for (int k = i + 1; k < scene->heads.n; k++) {
            const BmBox *a = &scene->heads.all[i], *b = &scene->heads.all[k];

            if (!bm_same_block (a, b))
                sum += collision (scene, a, b);
        }
    return sum;
}

/* ---- sizes ---- */

double
bm_measure_hierarchy (const BmScene *scene)
{
    double good = 0;
    int pairs = 0;

    for (int i = 0; i < scene->heads.n; i++)
        for (int k = 0; scene->heads.all[i].news && k < scene->heads.n; k++) {
            const BmBox *a = &scene->heads.all[i], *b = &scene->heads.all[k];

            if (!b->news || a->item->importance >= b->item->importance)
                continue;
            pairs++;
            good += a->size > b->size + 0.05 ? 1 : a->size > b->size - 0.05 ? 0.5 : 0;
        }
    return pairs == 0 ? 1 : good / pairs;
}

static const BmBox *
lead_head (const BmScene *scene)
{
    const BmBox *lead = NULL;

    for (int i = 0; i < scene->heads.n; i++) {
        const BmBox *head = &scene->heads.all[i];

        if (head->item != NULL && head->item->importance == 1 && head->item->container == NULL && lead == NULL)
            lead = head;
    }
    return lead;
}

static double
next_size (const BmScene *scene, const BmBox *lead)
{
    double next = 0;

    for (int i = 0; i < scene->heads.n; i++) {
        const BmBox *head = &scene->heads.all[i];

        if (head != lead && head->news)
            next = MAX (next, head->size);
    }
    return next;
}

double
bm_measure_lead (const BmScene *scene)
{
    const BmBox *head = lead_head (scene);
    double place = 0.2, largest = 0;

    for (int i = 0; i < scene->blocks.n; i++) {
        const BmPlanItem *item = scene->blocks.all[i].item;

        if (item->importance == 1)
            place = MAX (place, item->row > 0 ? 0.2 : item->column == 0 ? 1 : 0.75);
    }
    for (int i = 0; i < scene->heads.n; i++)
        if (&scene->heads.all[i] != head)
            largest = MAX (largest, scene->heads.all[i].size);
    return head != NULL && largest > head->size - 0.05 ? place - 0.3 : place;
}

static int
distinct_sizes (const BmScene *scene)
{
    int n = 0;

    for (int i = 0; i < scene->heads.n; i++) {
        const BmBox *head = &scene->heads.all[i];
        bool seen = !head->news;

        for (int k = 0; k < i && !seen; k++)
            seen = scene->heads.all[k].news && fabs (scene->heads.all[k].size - head->size) < 0.05;
        n += !seen;
    }
    return n;
}

/* Penalty points: the lead is to be 1.6 × the next, with five sizes at most. */
double
bm_measure_steps (const BmScene *scene)
{
    const BmBox *lead = lead_head (scene);
    double next = lead == NULL ? 0 : next_size (scene, lead);
    double points = next > 0 ? 6 * CLAMP ((1.6 - lead->size / next) / 0.6, 0, 1) : 0;

    return points + MAX (0, distinct_sizes (scene) - 5);
}

/* ---- how full the lines are ---- */

/* A plan of rectangles gives words without widths: half an em for what is not wide. */
static double
line_length (const BmPlacedLine *line, double size)
{
    double em = 0;

    if (line->width > 0 || line->text == NULL)
        return line->width;
    for (const char *p = line->text; *p != '\0'; p = g_utf8_next_char (p))
        em += g_unichar_iswide (g_utf8_get_char (p)) ? 1 : 0.5;
    return em * size;
}

double
bm_measure_head_fill (const BmScene *scene)
{
    double sum = 0;

    for (int i = 0; i < scene->heads.n; i++) {
        const BmBox *head = &scene->heads.all[i];
        double longest = 0;

        for (int k = 0; k < head->element->n_lines; k++)
            longest = MAX (longest, line_length (&head->element->lines[k], head->size));
        double fill = longest / (head->element->vertical ? head->height : head->width);
        sum += fill > 1.03 ? 5 : 2 * MAX (0, 0.55 - fill);
    }
    return scene->heads.n == 0 ? 0 : sum / scene->heads.n;
}
