/* shapes-photo.c — blocks with pictures: across the block, over its right-hand columns, or with the head beside the
 * text; and vertical heads. Several pictures of a story stand side by side at one height. */
#include "makeup/device.h"

#include <math.h>

#define MIN_LEG_UNDER_PHOTO 4
#define MIN_LEG_BESIDE_HEAD 9
#define MAX_SPARE_TRIALS 8

/* ---- a picture's rows ---- */

static double
target_share (const Story *story)
{
    /* §5: the widths that look right, as shares of the page; a photo story's picture dominates (style.md §1). */
    return story->photo_story ? (story->rank <= 3 ? .55 : .33) : story->rank == 1 ? .42 : story->rank == 2 ? .34 : .25;
}

static double
area_cost (const Maker *maker, const Story *story, const Frame *frame)
{
    double news = maker->region * maker->grid.pitch * bm_span_width (maker, maker->grid.columns);
    double share = frame->natural * frame->width / news;
    double most = story->photo_story || story->rank == 1 || story->dominant ? .27 : .17;

    /* What the score takes for a page without a picture that dominates (§10). */
    return 28 * MAX (0, share - most) + (story->dominant ? 5 * MAX (0, .15 - share) / .15 : 0);
}

#define LEAST_CAPTION 1 /* character a line: under a picture narrower than that a caption cannot be set at all */

bool
bm_frame_of (const Maker *maker, const Story *story, double width, int columns, Frame *frame)
{
    double gutters = (story->n_photos - 1) * maker->grid.gutter;
    double inset = 2 * maker->layout->photo_inset;

    frame->columns = columns;
    frame->width = width;
    frame->natural = (width - gutters) / story->ratio;
    frame->first = (int) ceil ((frame->natural * (1 - maker->slack.crop) + inset) / maker->grid.pitch);
    frame->last = (int) floor ((frame->natural * (1 + maker->slack.crop) + inset) / maker->grid.pitch);
    frame->last = MIN (frame->last, maker->region * 6 / 10);
    frame->caption_rows = 0;
    for (int i = 0; i < story->n_photos; i++) {
        const Photo *photo = &story->photos[i];
        double own = (width - gutters) * photo->ratio / story->ratio;

        if (photo->shaped != NULL && own < LEAST_CAPTION * maker->layout->roles[BM_ROLE_CAPTION].size)
            return false;
        frame->caption_rows = MAX (frame->caption_rows, bm_caption_rows (maker, photo, own));
    }
    frame->caption_rows += bm_credit_rows (maker, story, width);
    double off = log2 ((double) columns / maker->grid.columns / target_share (story));
    frame->size_cost = (story->dominant && off > 0 ? 0.4 : 1.6) * fabs (off) * (story->photo_story ? 1.2 : 1) + area_cost (maker, story, frame);
    return frame->last >= frame->first && width > gutters;
}

int
bm_frame_cost (const Maker *maker, const Frame *frame, int rows)
{
    double height = rows * maker->grid.pitch - 2 * maker->layout->photo_inset;

    return BM_COST (frame->size_cost + 5 * fabs (log2 (height / frame->natural)));
}

/* ---- a picture across the block ---- */

/* Bodies of k columns at this measure, a shape each; returns how many. */
static int
bodies_of (Maker *maker, Story *story, int k, int measure, Shape *shapes, int *costs)
{
    Flow *flow = bm_flow_of (maker, story, measure);
    int least = story->photo_story || flow->n_rows <= 10 ? 2 : MIN_LEG_UNDER_PHOTO, n = 0;
    int first = MAX ((flow->n_rows - 1 + k - 1) / k, least), room[BM_MAX_COLUMNS];

    for (int rows = first; rows < first + MAX_SPARE_TRIALS && rows <= maker->region && n < 4; rows++) {
        Shape shape = { .columns = (uint8_t) k, .body_rows = (int16_t) rows };

        for (int i = 0; i < k; i++)
            room[i] = rows;
        if (!bm_flow_fit (maker, story, flow, room, k, &shape.levers))
            continue;
        shapes[n] = shape;
        costs[n++] = shape.levers.cost + BM_COST (rows > 46 ? 0.06 * (rows - 46) : 0);
    }
    return n;
}

static void
across_with (Maker *maker, Leaf *leaf, int w, const Frame *frame, Shape shape, int cost)
{
    bool text = shape.body_rows > 0;

    for (int rows = frame->first; rows <= frame->last; rows++) {
        shape.photo_rows = (int16_t) rows;
        shape.caption_rows = (int16_t) frame->caption_rows;
        shape.photo_columns = (uint8_t) w;
        int all = cost + bm_frame_cost (maker, frame, rows);

        shape.kind = SHAPE_PHOTO_TOP;
        shape.gap = leaf->story->main != NULL || text ? 1 : 0;
        bm_shapes_with_heads (maker, leaf, w, shape, all + (leaf->story->rank > 2 && !leaf->story->photo_story ? BM_COST (0.6) : 0));
        if (leaf->story->main == NULL)
            continue;
        shape.kind = SHAPE_PHOTO_MID;
        shape.gap = text ? 1 : 0;
        bm_shapes_with_heads (maker, leaf, w, shape, all + BM_COST (leaf->story->photo_story ? 0.5 : 0.1));
    }
}

static void
across_shapes (Maker *maker, Leaf *leaf, int w)
{
    Story *story = leaf->story;
    double width = bm_span_width (maker, w) - (story->boxed ? 2 * maker->grid.body : 0);
    Shape shapes[BM_DEVICE_WAYS];
    int costs[BM_DEVICE_WAYS];
    Frame frame;

    if (!bm_frame_of (maker, story, width, w, &frame))
        return;
    if (story->n_parts == 0)
        across_with (maker, leaf, w, &frame, (Shape){ .columns = 0 }, 0);
    for (int k = MAX (1, w - 1); story->n_parts > 0 && k <= w + 1; k++) {
        int measure = k == w && !story->boxed ? maker->grid.cells_per_column : bm_span_measure (maker, width, k);

        if (!bm_measure_suits (story, measure, k == w))
            continue;
        int n = bodies_of (maker, story, k, measure, shapes, costs);
        for (int i = 0; i < n; i++)
            across_with (maker, leaf, w, &frame, shapes[i], costs[i] + (k == w ? 0 : BM_COST (1.1)));
        n = bm_device_bodies (maker, story, k, measure, (Shape){ .kind = SHAPE_PHOTO_TOP }, MIN_LEG_UNDER_PHOTO, shapes, costs);
        for (int i = 0; i < n; i++)
            across_with (maker, leaf, w, &frame, shapes[i], costs[i] + (k == w ? 0 : BM_COST (1.1)));
    }
}

/* ---- a picture over the right-hand columns of the text ---- */

static void
right_bodies (Maker *maker, Leaf *leaf, int w, const Frame *frame, int photo_rows, Flow *flow)
{
    int cut = photo_rows + frame->caption_rows + 1, room[BM_MAX_COLUMNS], costs[BM_DEVICE_WAYS];
    Shape bodies[BM_DEVICE_WAYS];
    int need = flow->n_rows - 1 + frame->columns * cut;
    int first = MAX ((need + w - 1) / w, cut + MIN_LEG_UNDER_PHOTO);

    for (int rows = first; rows < first + 4 && rows <= maker->region; rows++) {
        Shape shape = { .kind = SHAPE_PHOTO_RIGHT, .columns = (uint8_t) w, .photo_columns = (uint8_t) frame->columns,
                        .photo_rows = (int16_t) photo_rows, .caption_rows = (int16_t) frame->caption_rows, .gap = 1,
                        .body_rows = (int16_t) rows };

        for (int i = 0; i < w; i++)
            room[i] = i < w - frame->columns ? rows : rows - cut;
        if (!bm_flow_fit (maker, leaf->story, flow, room, w, &shape.levers))
            continue;
        double legs = rows > 46 ? 0.06 * (rows - 46) : 0;
        bm_shapes_with_heads (maker, leaf, w, shape, shape.levers.cost + bm_frame_cost (maker, frame, photo_rows) + BM_COST (legs));
    }
    Shape shape = { .kind = SHAPE_PHOTO_RIGHT, .photo_columns = (uint8_t) frame->columns, .photo_rows = (int16_t) photo_rows,
                    .caption_rows = (int16_t) frame->caption_rows, .gap = 1 };
    int n = bm_device_bodies (maker, leaf->story, w, flow->measure, shape, MIN_LEG_UNDER_PHOTO, bodies, costs);
    for (int i = 0; i < n; i++)
        bm_shapes_with_heads (maker, leaf, w, bodies[i], costs[i] + bm_frame_cost (maker, frame, photo_rows) + BM_COST (MAX (0, 0.06 * (bodies[i].body_rows - 46))));
}

static void
right_shapes (Maker *maker, Leaf *leaf, int w)
{
    Story *story = leaf->story;
    double padding = story->boxed ? 2 * maker->grid.body : 0;
    int measure = story->boxed ? bm_span_measure (maker, bm_span_width (maker, w) - padding, w)
                               : maker->grid.cells_per_column;

    if (!bm_measure_suits (story, measure, true) || story->n_parts == 0 || story->boxed)
        return;
    Flow *flow = bm_flow_of (maker, story, measure);
    for (int pw = 1; pw < w; pw++) {
        Frame frame;

        if (!bm_frame_of (maker, story, bm_span_width (maker, pw), pw, &frame))
            continue;
        for (int rows = frame.first; rows <= frame.last; rows++)
            right_bodies (maker, leaf, w, &frame, rows, flow);
    }
}

/* ---- photo story: head in the first column or two, text in the others, under the picture ---- */

static void
side_bodies (Maker *maker, Leaf *leaf, int w, int head_columns, const Frame *frame)
{
    Story *story = leaf->story;
    Flow *flow = bm_flow_of (maker, story, maker->grid.cells_per_column);
    const HeadList *heads = bm_heads_of (maker, story, bm_span_width (maker, head_columns));
    int k = w - head_columns, room[BM_MAX_COLUMNS];
    int first = MAX ((flow->n_rows - 1 + k - 1) / k, 2);

    for (int rows = first; rows < first + 6 && rows <= maker->region / 2; rows++) {
        Shape shape = { .kind = SHAPE_SIDE_HEAD, .columns = (uint8_t) k, .head_columns = (uint8_t) head_columns,
                        .photo_columns = (uint8_t) w, .caption_rows = (int16_t) frame->caption_rows, .gap = 1,
                        .body_rows = (int16_t) rows };

        for (int i = 0; i < k; i++)
            room[i] = rows;
        if (!bm_flow_fit (maker, story, flow, room, k, &shape.levers))
            continue;
        for (int i = 0; i < heads->n; i++) {
            /* Beside the text no white is wanted under the head. */
            int under = (int) floor (maker->layout->head_gap_rows), alone = heads->heads[i].rows - under;

            if (alone > rows || rows - alone > 4)
                continue;
            shape.head = (uint8_t) i;
            shape.head_rows = (int16_t) alone;
            for (int photo = frame->first; photo <= frame->last; photo++) {
                int h = photo + frame->caption_rows + 1 + rows + maker->separator;

                shape.photo_rows = (int16_t) photo;
                int cost = shape.levers.cost + heads->heads[i].cost + bm_frame_cost (maker, frame, photo) +
                           bm_size_cost (maker, story, w, h) + BM_COST (0.5 * (rows - alone));
                bm_shape_better (maker, leaf, w, h, &shape, cost, TOP_PHOTO);
            }
        }
    }
}

static void
side_shapes (Maker *maker, Leaf *leaf, int w)
{
    Frame frame;

    if (!leaf->story->photo_story || leaf->story->boxed || leaf->story->n_parts == 0 || leaf->story->main == NULL ||
        !bm_measure_suits (leaf->story, maker->grid.cells_per_column, true) || w < 2 || !bm_frame_of (maker, leaf->story, bm_span_width (maker, w), w, &frame))
        return;
    for (int head_columns = 1; head_columns <= 2 && head_columns < w; head_columns++)
        side_bodies (maker, leaf, w, head_columns, &frame);
}

void
bm_photo_shapes (Maker *maker, Leaf *leaf, int w)
{
    across_shapes (maker, leaf, w);
    right_shapes (maker, leaf, w);
    side_shapes (maker, leaf, w);
}

/* ---- vertical heads (竖题) ---- */

typedef struct {
    double size;
    int n_lines, strip; /* body cells of the strip with its white */
    double length;      /* points */
} Strip;

static bool
strip_of (Maker *maker, Story *story, double size, int n_lines, Strip *strip)
{
    if (story->vertical_breaks[n_lines] == NULL)
        story->vertical_breaks[n_lines] = bm_headline_break (maker->arena, bm_head_text (story, n_lines, true),
                                                             &maker->head_style, n_lines);
    const BmHeadline *broken = story->vertical_breaks[n_lines];
    if (broken == NULL || broken->parts_a_unit)
        return false;
    double thick = size * (n_lines + (n_lines - 1) * maker->layout->vertical_line_gap);
    strip->size = size;
    strip->n_lines = n_lines;
    strip->strip = (int) ceil (thick / maker->grid.body - 1e-6) + 1;
    strip->length = broken->max_width * size;
    /* 起落: two lines are staggered by one character. */
    if (n_lines == 2)
        strip->length += 0.6 * size;
    return true;
}

#define LEAST_SHARE 0.6     /* of its column that a vertical head fills */
#define VERTICAL_COST 0.75
#define HEAD_COUNTED 0.5    /* its cost is that of the whole casting: it may be so much less than that of a body alone */
#define VERTICAL_TRIALS 6   /* heights tried */
#define DEAREST_VERTICAL 4.0 /* a size that becomes the story less is not worth composing it at one more measure */

static double
vertical_cost (double share, int measure)
{
    return VERTICAL_COST + 2 * MAX (0, 0.75 - share) + (measure < 11 ? 0.4 : 0);
}

/* Known before the text is composed: may the head give a casting that is neither too dear nor dearer than what the table has? */
static bool
vertical_pays (Maker *maker, const Leaf *leaf, int w, int k, int measure, const Strip *strip)
{
    Story *story = leaf->story;
    int first, last, dear = leaf->dear - BM_COST (HEAD_COUNTED);

    bm_body_heights (maker, story, k, measure, &first, &last);
    for (int rows = MAX (first, MIN_LEG_BESIDE_HEAD); rows <= last; rows++) {
        double share = strip->length / (rows * maker->grid.pitch);
        int h = rows + maker->separator, size = bm_size_cost (maker, story, w, h), cost = BM_COST (vertical_cost (share, measure)) + size;

        if (share >= LEAST_SHARE && share <= 1 && size < BM_COST (DEAREST_VERTICAL) && cost < dear && !bm_shape_hopeless (maker, leaf, w, h, cost))
            return true;
    }
    return false;
}

static void
vertical_bodies (Maker *maker, Leaf *leaf, int w, int k, const Strip *strip)
{
    Story *story = leaf->story;
    double width = bm_span_width (maker, w) - strip->strip * maker->grid.body;
    int measure = bm_span_measure (maker, width, k), room[BM_MAX_COLUMNS];

    if (measure < BM_MAX_HEAD_LINES * 3 || measure > 27 || !bm_measure_suits (story, measure, true) ||
        !vertical_pays (maker, leaf, w, k, measure, strip))
        return;
    Flow *flow = bm_flow_of (maker, story, measure);
    int first = MAX ((flow->n_rows - 1 + k - 1) / k, MIN_LEG_BESIDE_HEAD);
    for (int rows = first; rows < first + VERTICAL_TRIALS && rows <= maker->region; rows++) {
        Shape shape = { .kind = SHAPE_VERTICAL, .columns = (uint8_t) k, .body_rows = (int16_t) rows,
                        .head = (uint8_t) strip->n_lines, .head_columns = (uint8_t) strip->strip,
                        .vertical_size = strip->size };
        double share = strip->length / (rows * maker->grid.pitch);

        for (int i = 0; i < k; i++)
            room[i] = rows;
        if (share < LEAST_SHARE || share > 1 || !bm_flow_fit (maker, story, flow, room, k, &shape.levers))
            continue;
        int h = rows + maker->separator;
        bm_shape_better (maker, leaf, w, h, &shape, shape.levers.cost + BM_COST (vertical_cost (share, measure)) + bm_size_cost (maker, story, w, h),
                         TOP_VERTICAL);
    }
}

void
bm_vertical_shapes (Maker *maker, Leaf *leaf, int w)
{
    const BmLayout *layout = maker->layout;

    if (w > 4 || leaf->story->boxed || leaf->story->n_photos > 0)
        return;
    for (int i = 0; i < layout->n_ladder; i++) {
        if (layout->ladder[i] < layout->vertical_min - BM_PT_EPSILON || layout->ladder[i] > layout->vertical_max + BM_PT_EPSILON ||
            !bm_head_size_suits (maker, leaf->story, layout->ladder[i]))
            continue;
        for (int n_lines = 1; n_lines <= 2; n_lines++) {
            Strip strip;

            if (strip_of (maker, leaf->story, layout->ladder[i], n_lines, &strip))
                for (int k = MAX (1, w - 1); k <= w; k++)
                    vertical_bodies (maker, leaf, w, k, &strip);
        }
    }
}
