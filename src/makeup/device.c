/* device.c — which stories may carry a device, the rows it takes, and the bodies that hold one. */
#include "makeup/device.h"

#include <string.h>

#define CARRIERS        2    /* stories of a page, a device each: style.md §8, fewer than three */
#define LEAST_CARRIER   200  /* characters: a shorter story has nothing to repeat */
#define DEVICE_COST     0.6  /* page-makeup.md §5 … */
#define BREAK_GAIN      0.4  /* … less this where it breaks a run of more than … */
#define GREY_RUN        30   /* … rows */
#define TOP_COST        0.15 /* at a column's head the tops of the columns are not level */
#define LEAST_PIECE     5    /* rows of text over or under it */
#define MAX_HEIGHTS     5    /* of a body, tried for one device */
#define MAX_QUOTE_LINES 7
#define MOST_ROWS       14                   /* of a device in a column */
#define BAR_TEXT        (4.4 * BM_PT_PER_MM) /* summary: from the bar's edge to the text; style.md §2 */

/* ---- words to type ---- */

static DeviceText
shape_words (Maker *maker, const Story *story, const char *utf8, BmTextKind kind, BmRoleId role)
{
    BmText text = { .utf8 = utf8,
                    .length = -1,
                    .kind = kind,
                    .role = &maker->layout->roles[role],
                    .lang = maker->page->lang,
                    .where = story->item->where };
    const BmStyle *style = kind == BM_TEXT_BODY ? &maker->layout->style : &maker->head_style;
    DeviceText shaped = { .role = role };

    if (utf8 != NULL && *utf8 != '\0')
        shaped.shaped = bm_type_shape (maker->type, &text, style, maker->diags);
    if (shaped.shaped != NULL)
        shaped.em = bm_natural_width (shaped.shaped, style);
    return shaped;
}

static void
shape_quote (Maker *maker, const Story *story, Device *device)
{
    int n_words;
    const char **words = bm_words_of (maker->arena, device->words.text, maker->pairs, &n_words);
    BmText text = { .utf8 = device->words.text,
                    .length = -1,
                    .kind = BM_TEXT_HEADLINE,
                    .lang = maker->page->lang,
                    .role = &maker->layout->roles[BM_ROLE_PULLQUOTE],
                    .n_words = n_words,
                    .words = (const char *const *) words,
                    .where = story->item->where };

    device->main =
        (DeviceText){ .role = BM_ROLE_PULLQUOTE, .shaped = bm_type_shape (maker->type, &text, &maker->head_style, maker->diags) };
    if (device->words.speaker != NULL)
        device->speaker = shape_words (maker, story, bm_arena_printf (maker->arena, "——%s", device->words.speaker),
                                       BM_TEXT_HEADLINE, BM_ROLE_CAPTION);
}

/* Parts are the blocks in their order, behind the byline; the crosshead comes before that of its paragraph. */
static void
make_twin (Maker *maker, const Story *story, Device *device)
{
    const BmRole *role = &maker->layout->roles[BM_ROLE_CROSSHEAD];
    int at = 0, paragraphs = -1;

    for (; at < story->n_parts; at++) {
        paragraphs += story->parts[at].kind == PART_PARAGRAPH;
        if (paragraphs == device->words.block)
            break;
    }
    DeviceText text = shape_words (maker, story, device->words.text, BM_TEXT_CAPTION, BM_ROLE_CROSSHEAD);
    if (text.shaped == NULL || at == story->n_parts)
        return;
    Story *twin = device->twin = bm_arena_copy (maker->arena, story, 1, sizeof *story);
    twin->parts = bm_arena_new0 (maker->arena, Part, story->n_parts + 1);
    memcpy (twin->parts, story->parts, (size_t) at * sizeof (Part));
    twin->parts[at] = (Part){ .kind = PART_CROSSHEAD,
                              .role = BM_ROLE_CROSSHEAD,
                              .shaped = text.shaped,
                              .device = true,
                              .indent = role->indent * maker->layout->body / role->size };
    memcpy (&twin->parts[at + 1], &story->parts[at], (size_t) (story->n_parts - at) * sizeof (Part));
    twin->n_parts = story->n_parts + 1;
    twin->flows = g_ptr_array_new_with_free_func (g_free);
    bm_arena_own (maker->arena, twin->flows, (void (*) (void *)) g_ptr_array_unref);
}

static void
shape_device (Maker *maker, const Story *story, Device *device)
{
    const DeviceWords *words = &device->words;

    if (words->kind == DEVICE_SUMMARY)
        device->main = shape_words (maker, story, words->text, BM_TEXT_BODY, BM_ROLE_SUMMARY);
    if (words->kind == DEVICE_QUOTE)
        shape_quote (maker, story, device);
    if (words->kind == DEVICE_CROSSHEAD)
        make_twin (maker, story, device);
    for (int i = 0; i < words->n_figures; i++) {
        device->figures[i][0] = shape_words (maker, story, words->figures[i].number, BM_TEXT_HEADLINE, BM_ROLE_FIGURE);
        device->figures[i][1] = shape_words (maker, story, words->figures[i].unit, BM_TEXT_HEADLINE, BM_ROLE_FIGURE_UNIT);
        device->figures[i][2] = shape_words (maker, story, words->figures[i].label, BM_TEXT_HEADLINE, BM_ROLE_FIGURE_LABEL);
    }
}

void
bm_devices_prepare (Maker *maker, Story *story)
{
    DeviceWords words[BM_MAX_DEVICES];

    if (!story->may_carry)
        return;
    story->n_devices = bm_find_devices (maker->arena, maker->layout, story->item, words);
    story->devices = bm_arena_new0 (maker->arena, Device, story->n_devices);
    for (int i = 0; i < story->n_devices; i++) {
        story->devices[i].words = words[i];
        shape_device (maker, story, &story->devices[i]);
    }
}

/* ---- who may carry one ---- */

static bool
is_device_role (BmElementRole role)
{
    return role == BM_ELEM_CROSSHEAD || role == BM_ELEM_SUMMARY || role == BM_ELEM_PULLQUOTE || role == BM_ELEM_FIGURES;
}

/* Pinned with a device in the plan that is kept: it must be able to look so again. */
static bool
carried_before (const Maker *maker, const Story *story)
{
    const BmPlan *keep = maker->options->keep;

    for (int i = 0; story->pin != NULL && keep != NULL && i < keep->n_elements; i++)
        if (is_device_role (keep->elements[i].role) && keep->elements[i].device &&
            g_strcmp0 (keep->elements[i].item, story->pin->kept->id) == 0)
            return true;
    return false;
}

static bool
may_carry (const Story *story)
{
    return !story->photo_story && story->item->kind == BM_ITEM_STORY && story->item->measure <= 0 &&
           story->characters >= LEAST_CARRIER && story->container == NULL && story->main != NULL;
}

/* The longest stories first: they are the greyest. */
static Story *
next_carrier (const Maker *maker, const bool *asked)
{
    Story *best = NULL;
    bool kept = false;

    for (int i = 0; i < maker->n_stories; i++) {
        Story *story = &maker->stories[i];
        bool before = carried_before (maker, story);

        if (asked[i] || !may_carry (story))
            continue;
        if (best == NULL || (before && !kept) || (before == kept && story->characters > best->characters)) {
            best = story;
            kept = before;
        }
    }
    return best;
}

void
bm_devices_settle (Maker *maker)
{
    const BmLayout *layout = maker->layout;

    if (!layout->devices_summary && !layout->devices_pullquote && !layout->devices_figures && !layout->devices_crosshead)
        return;
    bool *asked = bm_arena_new0 (maker->arena, bool, MAX (maker->n_stories, 1));
    for (int n = 0; n < CARRIERS;) {
        Story *story = next_carrier (maker, asked);

        if (story == NULL)
            return;
        asked[story - maker->stories] = true;
        story->may_carry = true;
        bm_devices_prepare (maker, story);
        story->may_carry = story->n_devices > 0;
        n += story->may_carry;
    }
}

const Device *
bm_device_of (const Story *story, const Shape *shape)
{
    return shape->device == 0 || shape->device > story->n_devices ? NULL : &story->devices[shape->device - 1];
}

Story *
bm_poured_story (Story *story, const Shape *shape)
{
    const Device *device = bm_device_of (story, shape);

    return device != NULL && device->twin != NULL ? device->twin : story;
}

/* ---- rows ---- */

int
bm_quote_lines (Maker *maker, const Device *device, double width)
{
    double most = width / maker->layout->roles[BM_ROLE_PULLQUOTE].size;

    for (int n = 1; n <= MAX_QUOTE_LINES; n++) {
        const BmHeadline *broken = bm_headline_break (maker->arena, device->main.shaped, &maker->head_style, n);

        if (broken != NULL && !broken->parts_a_unit && broken->max_width <= most)
            return n;
    }
    return 0;
}

/* Two rows hold its rules and their white. */
static int
quote_rows (Maker *maker, const Device *device, double width)
{
    const BmRole *role = &maker->layout->roles[BM_ROLE_PULLQUOTE], *source = &maker->layout->roles[BM_ROLE_CAPTION];
    int lines = device->main.shaped == NULL ? 0 : bm_quote_lines (maker, device, width);

    if (lines < 2 || device->speaker.em * source->size > width)
        return 0;
    double height = role->size * (1 + (lines - 1) * role->leading) + (device->speaker.shaped != NULL ? 2 * source->size : 0);
    return (int) ceil (height / maker->grid.pitch - 0.25) + 2;
}

static double
figure_width (const BmLayout *layout, const Device *device, int i)
{
    const DeviceText *texts = device->figures[i];
    double number = texts[0].em * layout->roles[BM_ROLE_FIGURE].size + texts[1].em * layout->roles[BM_ROLE_FIGURE_UNIT].size + 2;

    return MAX (number, texts[2].em * layout->roles[BM_ROLE_FIGURE_LABEL].size);
}

static int
figure_rows (const Maker *maker, const Device *device, double width)
{
    const BmLayout *layout = maker->layout;
    double height = layout->roles[BM_ROLE_FIGURE].size + 1.6 * layout->roles[BM_ROLE_FIGURE_LABEL].size;

    for (int i = 0; i < device->words.n_figures; i++)
        if (figure_width (layout, device, i) > width / device->words.n_figures - (device->words.n_figures > 1 ? 4 : 0))
            return 0;
    return (int) ceil (height / maker->grid.pitch - 0.1) + 1;
}

static int
count_rows (Maker *maker, const Device *device, double width)
{
    switch (device->words.kind) {
    case DEVICE_QUOTE:
        return quote_rows (maker, device, width);
    case DEVICE_FIGURES:
        return figure_rows (maker, device, width);
    case DEVICE_CROSSHEAD:
        return device->twin != NULL ? 2 : 0;
    default:
        return 0;
    }
}

/* What the device takes of a column; 0: it does not fit. */
static int
rows_in_column (Maker *maker, Device *device, int measure)
{
    if (measure > BM_MAX_MEASURE)
        return 0;
    if (device->rows[measure] == 0) {
        int rows = count_rows (maker, device, measure * maker->grid.body);

        device->rows[measure] = (int8_t) (rows > 0 && rows <= MOST_ROWS ? rows : -1);
    }
    return MAX (device->rows[measure], 0);
}

int
bm_summary_rows (const Story *story, const Shape *shape)
{
    const Device *device = bm_device_of (story, shape);

    return device != NULL && device->words.kind == DEVICE_SUMMARY ? shape->device_rows : 0;
}

/* ⌈1.5 × lines⌉ + 1 rows. */
bool
bm_add_summary (Maker *maker, const Story *story, double width, Shape *shape)
{
    double measure = (width - BAR_TEXT) / maker->layout->roles[BM_ROLE_SUMMARY].size;

    for (int i = 0; shape->device == 0 && !maker->crowded && i < story->n_devices; i++) {
        const Device *device = &story->devices[i];

        if (device->words.kind != DEVICE_SUMMARY || device->main.shaped == NULL || measure < 8)
            continue;
        int lines = bm_count_lines (device->main.shaped, &maker->layout->style, measure + 1e-6, 0);
        shape->device = (uint8_t) (i + 1);
        shape->device_rows = (int16_t) ((3 * lines + 1) / 2 + 1);
        shape->device_cost = (int16_t) BM_COST (DEVICE_COST);
        return lines >= 2 && lines <= 5;
    }
    return false;
}

/* ---- bodies ---- */

int
bm_part_columns (const Story *story, const Shape *shape, int k, int *room, int *row, double *x)
{
    int c = shape->device_column, after = 0;
    const Device *device = bm_device_of (story, shape);

    if (device == NULL || device->words.kind == DEVICE_SUMMARY || device->words.kind == DEVICE_CROSSHEAD)
        return k;
    after = room[c] - shape->device_at - shape->device_rows;
    if (shape->device_at == 0 || after == 0) { /* at the column's head or foot: one piece is left */
        room[c] -= shape->device_rows;
        if (row != NULL && shape->device_at == 0)
            row[c] += shape->device_rows;
        return k;
    }
    for (int i = k; i > c; i--) {
        room[i] = room[i - 1];
        if (row != NULL)
            row[i] = row[i - 1];
        if (x != NULL)
            x[i] = x[i - 1];
    }
    room[c] = shape->device_at;
    room[c + 1] = after;
    if (row != NULL)
        row[c + 1] = row[c] + shape->device_at + shape->device_rows;
    return k + 1;
}

typedef struct {
    Maker *maker;
    Story *story;
    Flow *flow;
    int k, cut; /* columns; rows that a picture takes of the right-hand ones */
    Shape shape, best;
    int best_cost;
} Fitting;

static int
room_of (const Fitting *fitting, int column)
{
    return fitting->shape.body_rows - (column >= fitting->k - fitting->shape.photo_columns ? fitting->cut : 0);
}

static void
try_place (Fitting *fitting, int column, int at, int penalty)
{
    Shape shape = fitting->shape;
    int room[BM_MAX_COLUMNS + 1], rest = room_of (fitting, column) - at - shape.device_rows;

    if (at < 0 || rest < 0 || (at > 0 && at < LEAST_PIECE) || (rest > 0 && rest < LEAST_PIECE) ||
        (at == 0 && (column == 0 || rest == 0)))
        return;
    for (int i = 0; i < fitting->k; i++)
        room[i] = room_of (fitting, i);
    shape.device_column = (uint8_t) column;
    shape.device_at = (int16_t) at;
    int n = bm_part_columns (fitting->story, &shape, fitting->k, room, NULL, NULL);
    if (!bm_flow_fit (fitting->maker, bm_poured_story (fitting->story, &shape), fitting->flow, room, n, &shape.levers) ||
        shape.levers.cost + penalty >= fitting->best_cost)
        return;
    fitting->best = shape;
    fitting->best_cost = shape.levers.cost + penalty;
}

/* A quotation stands in the middle of a column, figures in the middle or at the end of the story. */
static void
try_places (Fitting *fitting, const Device *device)
{
    if (device->words.kind == DEVICE_CROSSHEAD) { /* its place is in the text */
        try_place (fitting, 0, fitting->shape.body_rows, 0);
        return;
    }
    for (int c = fitting->k > 2 ? 1 : 0; c < fitting->k; c++) {
        int room = room_of (fitting, c), spare = room - fitting->shape.device_rows;

        if (device->words.kind == DEVICE_FIGURES && c == fitting->k - 1)
            try_place (fitting, c, spare, 0);
        try_place (fitting, c, spare / 2, BM_COST (0.05));
        try_place (fitting, c, spare * 3 / 5, BM_COST (0.05));
        if (c > 0)
            try_place (fitting, c, 0, BM_COST (TOP_COST));
    }
}

static bool
too_many_columns (int k)
{
    return k + 1 > BM_MAX_COLUMNS;
}

int
bm_device_bodies (Maker *maker, Story *story, int k, int measure, Shape shape, int least, Shape *shapes, int *costs)
{
    int n = 0, cut = shape.kind == SHAPE_PHOTO_RIGHT ? shape.photo_rows + shape.caption_rows + shape.gap : 0;

    if (story->n_devices == 0 || maker->crowded || too_many_columns (k))
        return 0;
    for (int i = 0; i < story->n_devices; i++) {
        Device *device = &story->devices[i];
        Flow *flow = bm_flow_of (maker, device->twin != NULL ? device->twin : story, measure);
        int rows = rows_in_column (maker, device, measure), taken = device->twin != NULL ? 0 : rows;
        int first = MAX ((flow->n_rows - 1 + taken + shape.photo_columns * cut + k - 1) / k, MAX (least, cut + LEAST_PIECE));

        for (int body = first; rows > 0 && body < first + MAX_HEIGHTS && body <= maker->region && n < BM_DEVICE_WAYS; body++) {
            Fitting fitting = { maker, story, flow, k, cut, shape, { 0 }, BM_NO_WAY };

            fitting.shape.columns = (uint8_t) k;
            fitting.shape.body_rows = (int16_t) body;
            fitting.shape.device = (uint8_t) (i + 1);
            fitting.shape.device_rows = (int16_t) taken;
            try_places (&fitting, device);
            if (fitting.best_cost >= BM_NO_WAY)
                continue;
            shapes[n] = fitting.best;
            costs[n++] = fitting.best_cost + BM_COST (DEVICE_COST - (body > GREY_RUN ? BREAK_GAIN : 0));
        }
    }
    return n;
}
