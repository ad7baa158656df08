/* shapes-notch.c — 咬合: every L that a story can take. Its head stands across the block, its columns have two lengths, and in
 * the corner at the foot of the shorter ones other blocks stand (page-makeup.md §6).
 *
 * A notch takes whole columns × whole rows away, as a picture does, so the galley at the page's measure serves here, too. A way
 * is what stands over the text (head, white, a picture across) and a body of so many rows round a notch: the two are found apart
 * and put together by their rows. */
#include "makeup/makeup-private.h"

#include <math.h>
#include <string.h>

#define LEAST_LINES     30   /* a shorter text makes no L */
#define LEAST_SHORT     8    /* rows of a column over the notch; constraint 4 of §3 */
#define LEAST_BEGINNING 12   /* … at its left, under the head: less is no beginning of a story */
#define LEAST_LONG      4    /* … of the others, which a picture can shorten */
#define LEAST_NOTCH     12   /* rows of what stands in it, SEP counted: a head and some lines */
#define DEEPEST         58   /* rows of the longer columns */
#define DEAREST         8.0  /* over the story's cheapest shape: no page pays more */
#define FRAME_DEAREST   2.5  /* a picture of a size that looks wrong is not tried */
#define CROP_TRIED      0.06 /* of a picture over the right-hand columns: each height makes other columns */
#define JOIN_COST       1.1  /* §6 has 1.3, where a byline's empty row costs less than here */
#define LEFT_COST       0.4 /* the first column, under the head, is the one that goes on elsewhere */

/* What stands over the text, as wide as the block. */
typedef struct {
    Shape shape;
    int rows, cost;
    TopKind top;
} Over;

typedef struct {
    Maker *maker;
    const Leaf *leaf;
    int w;
    Flow *flow;
    GArray *overs; /* Over */
    Shape shape;   /* the picture over the right-hand columns, if there is one */
    int cut;       /* rows that it takes of them */
    int base_cost, dearest;
    bool too_dear[DEEPEST + 1]; /* bodies of so many rows, whatever stands over them */
    GArray *found;              /* NotchedShape, the cheapest of each size … */
    int *best;                  /* [h × (rows + 1) + rows of the notch], number + 1 in `found` */
    GArray *options;            /* … or ShapeOption, all of one: */
    int wanted_rows;
    Notch wanted;
} Gathering;

bool
bm_over_notch (const Notch *notch, int column, int columns)
{
    return notch->columns > 0 && (notch->left ? column < notch->columns : column >= columns - notch->columns);
}

static int
page_rows (const Maker *maker)
{
    return maker->region + maker->separator;
}

/* ---- over the text ---- */

/* Of each sum of rows the cheapest, unless all are wanted. */
static void
add_over (Gathering *gathering, const Over *over)
{
    for (guint i = 0; gathering->options == NULL && i < gathering->overs->len; i++) {
        Over *known = &g_array_index (gathering->overs, Over, i);

        if (known->rows != over->rows)
            continue;
        if (over->cost < known->cost)
            *known = *over;
        return;
    }
    g_array_append_val (gathering->overs, *over);
}

static void
add_heads (Gathering *gathering, Shape shape, int cost, TopKind top)
{
    Maker *maker = gathering->maker;
    const HeadList *heads = bm_heads_of (maker, gathering->leaf->story, bm_span_width (maker, gathering->w));
    int picture =
        shape.kind == SHAPE_PHOTO_TOP || shape.kind == SHAPE_PHOTO_MID ? shape.photo_rows + shape.caption_rows + shape.gap : 0;

    for (int i = 0; i < heads->n; i++)
        for (int extra = 0; extra <= maker->slack.head_white; extra++) {
            const Head *head = &heads->heads[i];
            Over over = { .shape = shape,
                          .rows = picture + head->rows + extra,
                          .top = top,
                          .cost = cost + head->cost + (extra == 0 ? 0 : BM_COST (0.5 * extra * extra + 0.1)) };

            over.shape.head = (uint8_t) i;
            over.shape.extra = (uint8_t) extra;
            over.shape.head_rows = (int16_t) (head->rows + extra);
            add_over (gathering, &over);
        }
}

static void
add_pictures_across (Gathering *gathering)
{
    const Maker *maker = gathering->maker;
    const Story *story = gathering->leaf->story;
    Frame frame;

    if (!bm_frame_of (maker, story, bm_span_width (maker, gathering->w), gathering->w, &frame) ||
        frame.size_cost > 2 * FRAME_DEAREST)
        return;
    for (int rows = frame.first; rows <= frame.last; rows++) {
        Shape shape = { .kind = SHAPE_PHOTO_TOP,
                        .photo_columns = (uint8_t) gathering->w,
                        .photo_rows = (int16_t) rows,
                        .caption_rows = (int16_t) frame.caption_rows,
                        .gap = 1 };
        int cost = bm_frame_cost (maker, &frame, rows);

        add_heads (gathering, shape, cost + (story->rank > 2 ? BM_COST (0.6) : 0), TOP_PHOTO);
        shape.kind = SHAPE_PHOTO_MID;
        add_heads (gathering, shape, cost + BM_COST (0.1), TOP_HEAD);
    }
}

/* ---- round the notch ---- */

static void
keep_cheapest (Gathering *gathering, const NotchedShape *way)
{
    int *number = &gathering->best[way->rows * (page_rows (gathering->maker) + 1) + way->shape.notch.rows];

    if (*number == 0) {
        g_array_append_val (gathering->found, *way);
        *number = (int) gathering->found->len;
        return;
    }
    NotchedShape *known = &g_array_index (gathering->found, NotchedShape, *number - 1);
    if (way->cost < known->cost)
        *known = *way;
}

static int
legs_cost (int rows)
{
    return BM_COST ((rows > 46 ? 0.06 * (rows - 46) : 0) + (rows > 30 ? 0.02 * (rows - 30) : 0));
}

/* A body that fits, under all that can stand over it. */
static void
put_together (Gathering *gathering, Notch notch, int body_rows, const Levers *levers)
{
    const Maker *maker = gathering->maker;
    int cost = gathering->base_cost + levers->cost + legs_cost (body_rows) + BM_COST (JOIN_COST + (notch.left ? LEFT_COST : 0));

    for (guint i = 0; i < gathering->overs->len; i++) {
        const Over *over = &g_array_index (gathering->overs, Over, i);
        NotchedShape way = { .shape = over->shape,
                             .columns = gathering->w,
                             .rows = over->rows + body_rows + maker->separator,
                             .top = (uint8_t) over->top };

        if (way.rows > page_rows (maker) || (gathering->options != NULL && way.rows != gathering->wanted_rows))
            continue;
        if (gathering->cut > 0) {
            way.shape = gathering->shape;
            way.shape.head = over->shape.head;
            way.shape.extra = over->shape.extra;
            way.shape.head_rows = over->shape.head_rows;
        }
        way.shape.columns = (uint8_t) gathering->w;
        way.shape.body_rows = (int16_t) body_rows;
        way.shape.levers = *levers;
        way.shape.notch = notch;
        way.cost = cost + over->cost + bm_size_cost (maker, gathering->leaf->story, way.columns, way.rows);
        if (way.cost > gathering->dearest)
            continue;
        if (gathering->options == NULL) {
            keep_cheapest (gathering, &way);
        } else {
            ShapeOption option = { way.shape, way.cost };
            g_array_append_val (gathering->options, option);
        }
    }
}

/* Rows of each column; false: one of them is too short. */
static bool
rooms_of (const Gathering *gathering, const Notch *notch, int body_rows, int *room)
{
    for (int i = 0; i < gathering->w; i++) {
        bool over_notch = bm_over_notch (notch, i, gathering->w);

        room[i] = body_rows - (i >= gathering->w - gathering->shape.photo_columns ? gathering->cut : 0) -
                  (over_notch ? notch->rows : 0);
        if (room[i] < (over_notch ? (notch->left ? LEAST_BEGINNING : LEAST_SHORT) : LEAST_LONG))
            return false;
    }
    return true;
}

/* Is every way with a body of these rows too dear, whatever stands over it? */
static bool
is_too_dear (const Gathering *gathering, int body_rows)
{
    int least = BM_NO_WAY, cost = gathering->base_cost + legs_cost (body_rows) + BM_COST (JOIN_COST);

    for (guint i = 0; i < gathering->overs->len; i++) {
        const Over *over = &g_array_index (gathering->overs, Over, i);
        int h = over->rows + body_rows + gathering->maker->separator;

        if (h <= page_rows (gathering->maker))
            least = MIN (least, over->cost + bm_size_cost (gathering->maker, gathering->leaf->story, gathering->w, h));
    }
    return least >= BM_NO_WAY || cost + least > gathering->dearest;
}

/* The notches so wide that a body of these rows can have, with all that levers absorb. */
static void
fit_notches (Gathering *gathering, Notch notch, int body_rows)
{
    int free_rows = gathering->w * body_rows - gathering->cut * gathering->shape.photo_columns - gathering->flow->n_rows;
    int most_spare = 6 + gathering->maker->slack.tail, room[BM_MAX_COLUMNS];
    int first = (int) ceil ((double) (free_rows - most_spare) / notch.columns),
        last = (int) floor ((free_rows + 1.0) / notch.columns);

    for (int rows = MAX (first, LEAST_NOTCH); rows <= last; rows++) {
        Levers levers;

        notch.rows = (int16_t) rows;
        if (gathering->options != NULL && rows != gathering->wanted.rows)
            continue;
        if (rooms_of (gathering, &notch, body_rows, room) &&
            bm_flow_fit (gathering->maker, gathering->leaf->story, gathering->flow, room, gathering->w, &levers))
            put_together (gathering, notch, body_rows, &levers);
    }
}

static void
fit_bodies (Gathering *gathering, Notch notch)
{
    int need = gathering->flow->n_rows - 1 + notch.columns * LEAST_NOTCH + gathering->cut * gathering->shape.photo_columns;
    int first = MAX ((need + gathering->w - 1) / gathering->w, LEAST_NOTCH + LEAST_SHORT);

    for (int rows = first; rows <= MIN (DEEPEST, gathering->maker->region); rows++)
        if (!gathering->too_dear[rows])
            fit_notches (gathering, notch, rows);
}

/* Every side and width of the notch, or the one that is wanted. On the left, under the beginning of the story, it takes no more
 * than half of the columns, or what stands in it looks like the story's own. */
static void
fit_sides (Gathering *gathering)
{
    int n = page_rows (gathering->maker) + 1;

    for (int rows = 0; rows <= DEEPEST; rows++)
        gathering->too_dear[rows] = is_too_dear (gathering, rows);
    if (gathering->options != NULL) {
        fit_bodies (gathering, gathering->wanted);
        return;
    }
    for (int side = 0; side < 2; side++)
        for (int columns = 1; columns < (side == 1 ? gathering->w / 2 + 1 : gathering->w); columns++) {
            int *best = gathering->best + (gsize) (side * gathering->w + columns) * (gsize) (n * n);
            Gathering one = *gathering;

            one.best = best;
            fit_bodies (&one, (Notch){ .columns = (uint8_t) columns, .left = side == 1 });
        }
}

/* ---- pictures over the right-hand columns ---- */

static void
fit_beside_picture (Gathering *gathering, const Frame *frame)
{
    const Maker *maker = gathering->maker;

    for (int rows = frame->first; rows <= frame->last; rows++) {
        double off = fabs ((rows * maker->grid.pitch - 2 * maker->layout->photo_inset) / frame->natural - 1);

        if (off > CROP_TRIED && gathering->options == NULL)
            continue;
        gathering->shape = (Shape){ .kind = SHAPE_PHOTO_RIGHT,
                                    .photo_columns = (uint8_t) frame->columns,
                                    .photo_rows = (int16_t) rows,
                                    .caption_rows = (int16_t) frame->caption_rows,
                                    .gap = 1 };
        gathering->cut = rows + frame->caption_rows + 1;
        gathering->base_cost = bm_frame_cost (maker, frame, rows);
        fit_sides (gathering);
    }
}

static void
fit_pictures_right (Gathering *gathering)
{
    for (int columns = 1; columns < gathering->w; columns++) {
        Frame frame;

        if (bm_frame_of (gathering->maker, gathering->leaf->story, bm_span_width (gathering->maker, columns), columns, &frame) &&
            frame.size_cost <= FRAME_DEAREST)
            fit_beside_picture (gathering, &frame);
    }
}

/* ---- all of them ---- */

static void
gather_width (Gathering *gathering, int w)
{
    bool pictures = gathering->leaf->story->n_photos > 0;

    gathering->w = w;
    gathering->cut = gathering->base_cost = 0;
    gathering->shape = (Shape){ .kind = SHAPE_PLAIN };
    g_array_set_size (gathering->overs, 0);
    if (pictures)
        add_pictures_across (gathering);
    else
        add_heads (gathering, (Shape){ .kind = SHAPE_PLAIN }, 0, TOP_HEAD);
    fit_sides (gathering);
    if (!pictures)
        return;
    g_array_set_size (gathering->overs, 0);
    add_heads (gathering, (Shape){ .kind = SHAPE_PHOTO_RIGHT }, 0, TOP_HEAD);
    fit_pictures_right (gathering);
}

/* A story with its picture as the subject, or in a frame, stays a rectangle. */
bool
bm_may_have_notch (Maker *maker, const Leaf *leaf)
{
    Story *story = leaf->story;

    return leaf->kind == LEAF_STORY && !story->boxed && !story->photo_story && story->main != NULL && story->n_parts > 0 &&
           bm_measure_suits (story, maker->grid.cells_per_column, true) &&
           bm_flow_of (maker, story, maker->grid.cells_per_column)->n_rows >= LEAST_LINES;
}

static int
by_size (const void *one, const void *two)
{
    const NotchedShape *a = one, *b = two;
    const int order[] = { a->columns - b->columns, a->shape.notch.left - b->shape.notch.left,
                          a->shape.notch.columns - b->shape.notch.columns, a->shape.notch.rows - b->shape.notch.rows,
                          a->rows - b->rows };

    for (size_t i = 0; i < G_N_ELEMENTS (order); i++)
        if (order[i] != 0)
            return order[i];
    return 0;
}

GArray *
bm_notched_shapes (Maker *maker, const Leaf *leaf)
{
    gsize n = (gsize) (page_rows (maker) + 1), tables = 2 * (gsize) maker->grid.columns + 1;
    Gathering gathering = { .maker = maker,
                            .leaf = leaf,
                            .flow = bm_flow_of (maker, leaf->story, maker->grid.cells_per_column),
                            .overs = g_array_new (FALSE, FALSE, sizeof (Over)),
                            .found = g_array_new (FALSE, FALSE, sizeof (NotchedShape)),
                            .best = g_new (int, tables *n *n),
                            .dearest = leaf->least + BM_COST (DEAREST) };

    for (int w = 2; w <= maker->grid.columns; w++) {
        if (leaf->story->wished_columns > 0 && w != leaf->story->wished_columns)
            continue;
        memset (gathering.best, 0, tables * n * n * sizeof *gathering.best);
        gather_width (&gathering, w);
    }
    g_free (gathering.best);
    g_array_free (gathering.overs, TRUE);
    g_array_sort (gathering.found, by_size);
    return gathering.found;
}

GArray *
bm_notched_ways_of (Maker *maker, const Leaf *leaf, int w, int h, Notch notch)
{
    GArray *options = g_array_new (FALSE, FALSE, sizeof (ShapeOption));
    Gathering gathering = { .maker = maker,
                            .leaf = leaf,
                            .flow = bm_flow_of (maker, leaf->story, maker->grid.cells_per_column),
                            .overs = g_array_new (FALSE, FALSE, sizeof (Over)),
                            .options = options,
                            .wanted_rows = h,
                            .wanted = notch,
                            .dearest = BM_NO_WAY };

    if (bm_may_have_notch (maker, leaf))
        gather_width (&gathering, w);
    g_array_free (gathering.overs, TRUE);
    return options;
}

GArray *
bm_notched_options (Maker *maker, const Leaf *leaf, int w, int h, Notch notch)
{
    GArray *options = bm_notched_ways_of (maker, leaf, w, h, notch);

    bm_options_drop_alike (options);
    return options;
}
