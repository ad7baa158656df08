/* heads.c — the ways to set a headline block over a width: size, lines, kicker, deck, rows of white. */
#include "makeup/makeup-private.h"

#include <math.h>

#define SMALLEST_SHARE 0.68 /* of the preferred size; page-makeup.md §5 */
#define LARGEST_SHARE 1.42
#define WIDEST_FILL 0.985   /* a line that fills the width to the last point looks squeezed */
#define SHORT_SHARE 0.6     /* of the longest line: a shorter one looks left over */
#define LARGE_PHOTO_HEAD 6.0 /* an octave over its size */
#define LONE 1.6            /* em: a line of one character, which no writer … */
#define LONE_COST 30        /* … but one who asks for it would have */

double
bm_preferred_size (const Maker *maker, const Story *story)
{
    const BmLayout *layout = maker->layout;

    return layout->roles[story->photo_story ? BM_ROLE_HEAD_PHOTO : BM_ROLE_HEAD_1 + (BmRoleId) story->rank - 1].size;
}

/* 特粗宋 only from `heavy_from` up; under it the face of the second rank (style.md §2). */
BmRoleId
bm_head_role (const Maker *maker, const Story *story, double size)
{
    if (story->photo_story)
        return BM_ROLE_HEAD_PHOTO;
    if (size >= maker->layout->heavy_from - BM_PT_EPSILON)
        return BM_ROLE_HEAD_1;
    return story->rank == 1 ? BM_ROLE_HEAD_2 : BM_ROLE_HEAD_1 + (BmRoleId) story->rank - 1;
}

double
bm_head_leading (const Maker *maker, const Story *story, double size)
{
    return maker->layout->roles[bm_head_role (maker, story, size)].leading;
}

const BmShaped *
bm_head_text (const Story *story, int n_lines, bool vertical)
{
    bool runs_over = n_lines < story->item->n_headline;

    return vertical ? (runs_over ? story->vertical_line : story->vertical) : runs_over ? story->one_line : story->main;
}

BmHeadline *
bm_head_break (Maker *maker, Story *story, int n_lines)
{
    if (n_lines < 1 || n_lines > BM_MAX_HEAD_LINES || story->main == NULL)
        return NULL;
    if (story->breaks[n_lines] == NULL)
        story->breaks[n_lines] = bm_headline_break (maker->arena, bm_head_text (story, n_lines, false),
                                                    &maker->head_style, n_lines);
    return story->breaks[n_lines];
}

/* ---- kicker and deck: the size that follows from the head's, or smaller until it stands in its lines ---- */

static double
minor_size (const BmRole *role, double head, double natural_em, double width, int *n_lines)
{
    double size = role->scale > 0 ? CLAMP (head * role->scale, role->min_size, role->size) : role->size;
    double least = role->min_size > 0 ? MIN (role->min_size, size) : size * 0.8;

    for (*n_lines = 1; *n_lines <= BM_MAX_MINOR_LINES; (*n_lines)++) {
        /* A line of two can be a word shorter than half. */
        double em = *n_lines == 1 ? natural_em : natural_em / *n_lines + 3;

        if (em * size <= width)
            return size;
        if (em * least <= width)
            return floor (width / em * 10) / 10;
    }
    return 0;
}

static double
head_height (const Maker *maker, const Story *story, Head *head, double width)
{
    const BmLayout *layout = maker->layout;
    const BmRole *deck = &layout->roles[BM_ROLE_SUBHEAD];
    double leading = bm_head_leading (maker, story, head->size);
    double height = layout->head_top + head->size * (1 + (head->n_lines - 1) * leading);

    if (story->kicker != NULL) {
        head->kicker = minor_size (&layout->roles[BM_ROLE_KICKER], head->size, story->kicker_em, width, &head->kicker_lines);
        if (head->kicker <= 0)
            return -1;
        height += head->kicker * (1 + (head->kicker_lines - 1) * 1.35) + layout->kicker_gap * head->size;
    }
    if (story->subhead != NULL) {
        head->subhead = minor_size (deck, head->size, story->subhead_em, width, &head->subhead_lines);
        if (head->subhead <= 0)
            return -1;
        height += head->subhead * (BM_DECK_DROP + 1 + (head->subhead_lines - 1) * MAX (deck->leading, 1)) + layout->kicker_gap * head->size;
    }
    return height;
}

static int
head_rows (const Maker *maker, const Head *head, double height)
{
    const BmLayout *layout = maker->layout;
    double last = head->subhead_lines > 0 ? head->subhead : head->size;
    double rows = MAX (layout->head_gap_rows, layout->head_gap_scale * last / maker->grid.pitch);

    rows = MIN (rows, layout->head_gap_max_rows);
    return (int) ceil (height / maker->grid.pitch + rows - 0.25);
}

/* ---- costs ---- */

/* A broken kicker line, a head broken where its writer did not break it, lines of unlike length. */
static double
break_cost (const Maker *maker, const Story *story, const BmHeadline *broken, int n_lines, double width)
{
    int wanted = MAX (story->item->n_headline, 1);
    double cost = 0.35 * (n_lines - 1);

    /* Three lines are for narrow columns; elsewhere they stand as a block of ink with a hole beside it. */
    if (n_lines == 3 && width > 7 * bm_preferred_size (maker, story))
        cost += 4;
    if (n_lines == 3 && story->rank == 1)
        cost += 2.5;

    if (wanted > 1 && n_lines != wanted)
        cost += n_lines > wanted ? 2 : 0.7;
    if (n_lines > 1 && broken->min_width < SHORT_SHARE * broken->max_width && wanted == 1)
        cost += 0.6;
    if (n_lines > 1 && n_lines != wanted && broken->min_width < LONE)
        cost += LONE_COST;
    if (n_lines == 3 && broken->min_width < SHORT_SHARE * broken->max_width)
        cost += 1.5; /* 新机制 alone under two full lines */
    if (broken->parts_a_unit)
        cost += 3;
    if (n_lines > 1 && wanted == 1)
        cost += MIN (broken->cost, 12) * 0.06 + 0.25 * MAX (0, broken->max_width - broken->min_width - 2);
    return cost;
}

static double
size_cost (const Maker *maker, const Story *story, const Head *head)
{
    double off = log2 (head->size / bm_preferred_size (maker, story));
    /* A lead that is small costs more than one that is large: it has to dominate. */
    /* style.md §4: the longest line takes 80 % of the width for the lead, 55 % for others. */
    double cost = 2.2 * fabs (off) + 5 * MAX (0, (story->rank == 1 ? 0.8 : 0.55) - head->fill);

    if (story->photo_story && off > 0) /* style.md §2: 24 to 27, a rank under the news */
        cost += LARGE_PHOTO_HEAD * off;
    return story->rank == 1 && off < 0 ? cost * 1.8 : cost;
}

static void
keep_cheapest (HeadList *list, const Head *head)
{
    for (int i = 0; i < list->n; i++)
        if (list->heads[i].rows == head->rows) {
            if (head->cost < list->heads[i].cost)
                list->heads[i] = *head;
            return;
        }
    if (list->n < BM_MAX_HEADS)
        list->heads[list->n++] = *head;
}

/* One way: this size in so many lines. False if it does not fit. */
static bool
set_head (Maker *maker, Story *story, double width, double size, int n_lines, Head *head)
{
    BmHeadline *broken = bm_head_break (maker, story, n_lines);

    *head = (Head){ .size = size, .n_lines = n_lines };
    if (broken == NULL)
        return false;
    head->fill = broken->max_width * size / width;
    if (head->fill > WIDEST_FILL)
        return false;
    double height = head_height (maker, story, head, width);
    if (height < 0)
        return false;
    head->rows = head_rows (maker, head, height);
    double minor = 0.5 * (head->kicker_lines > 1) + 0.5 * (head->subhead_lines > 1);
    head->cost = BM_COST (size_cost (maker, story, head) + break_cost (maker, story, broken, n_lines, width) + minor);
    return true;
}

int
bm_heads_at (Maker *maker, Story *story, double width, double size, Head *heads)
{
    int n = 0;

    if (story->main == NULL)
        heads[n++] = (Head){ .size = 0 };
    for (int n_lines = 1; story->main != NULL && n_lines <= BM_MAX_HEAD_LINES; n_lines++)
        n += set_head (maker, story, width, size, n_lines, &heads[n]);
    return n;
}

bool
bm_head_size_suits (const Maker *maker, const Story *story, double size)
{
    return maker->lead_size <= 0 || (story->rank == 1) == (size >= maker->lead_size - BM_PT_EPSILON);
}

static void
list_heads (Maker *maker, Story *story, HeadList *list, double smallest, double largest)
{
    const BmLayout *layout = maker->layout;

    for (int i = 0; i < layout->n_ladder; i++)
        if (layout->ladder[i] >= smallest - BM_PT_EPSILON && layout->ladder[i] <= largest + BM_PT_EPSILON &&
            bm_head_size_suits (maker, story, layout->ladder[i]))
            for (int n_lines = 1; n_lines <= BM_MAX_HEAD_LINES; n_lines++) {
                Head head;

                if (set_head (maker, story, list->width, layout->ladder[i], n_lines, &head))
                    keep_cheapest (list, &head);
            }
}

const HeadList *
bm_heads_of (Maker *maker, Story *story, double width)
{
    for (guint i = 0; i < story->head_lists->len; i++) {
        const HeadList *known = story->head_lists->pdata[i];
        if (bm_pt_equal (known->width, width))
            return known;
    }
    HeadList *list = g_new0 (HeadList, 1);
    double preferred = bm_preferred_size (maker, story);

    list->width = width;
    if (story->main == NULL) {
        list->n = 1; /* one way: no head, no rows */
    } else {
        list_heads (maker, story, list, SMALLEST_SHARE * preferred, LARGEST_SHARE * preferred);
        if (list->n == 0) /* a long head over a narrow column: smaller sizes, down to the ladder's foot */
            list_heads (maker, story, list, 0, SMALLEST_SHARE * preferred);
    }
    g_ptr_array_add (story->head_lists, list);
    return list;
}
