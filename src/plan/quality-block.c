/* quality-block.c — the figures of one block: what the page score counts that does not depend on the block's place
 * (page-makeup.md §10). */
#include "plan/quality.h"

#include <math.h>

#define SHORT_STORY 10   /* lines */
#define SHORT_LEG 6      /* rows */
#define GREY_LEG 30
#define ENDLESS_LEG 60

typedef struct {
    const BmGrid *grid;
    const BmPlanItem *items;
    int n_items;
    const BmElement *const *elements;
    int n_elements;
    BmFigures *figures;
} Counting;

static bool
is_kind (const BmPlanItem *item, const char *kind)
{
    return item != NULL && g_strcmp0 (item->kind, kind) == 0;
}

/* Elements come item by item: mostly it is the one of the element before. */
static const BmPlanItem *
item_of (const Counting *counting, const BmElement *element, const BmPlanItem *before)
{
    if (before != NULL && before->id == element->item)
        return before;
    for (int i = 0; i < counting->n_items; i++)
        if (counting->items[i].id == element->item || g_strcmp0 (counting->items[i].id, element->item) == 0)
            return &counting->items[i];
    return NULL;
}

/* ---- boxes ---- */

static BmBoxes *
boxes_of (BmFigures *figures, BmElementRole role)
{
    switch (role) {
    case BM_ELEM_HEADLINE: return &figures->heads;
    case BM_ELEM_KICKER: return &figures->kickers;
    case BM_ELEM_PHOTO: return &figures->photos;
    case BM_ELEM_AD: return &figures->ads;
    default: return NULL;
    }
}

static void
open_boxes (const Counting *counting, BmArena *arena)
{
    BmBoxes *const kinds[] = { &counting->figures->heads, &counting->figures->kickers, &counting->figures->photos, &counting->figures->ads };

    for (int i = 0; i < counting->n_elements; i++) {
        BmBoxes *boxes = boxes_of (counting->figures, counting->elements[i]->role);

        if (boxes != NULL)
            boxes->n++;
    }
    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
        kinds[i]->all = bm_arena_new0 (arena, BmBox, (size_t) kinds[i]->n);
        kinds[i]->n = 0;
    }
}

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

static double
longest_line (const BmElement *element)
{
    double longest = 0;

    for (int i = 0; i < element->n_lines; i++)
        longest = MAX (longest, line_length (&element->lines[i], element->size));
    return longest;
}

static void
add_box (const Counting *counting, BmBoxes *boxes, const BmElement *element, const BmPlanItem *item)
{
    boxes->all[boxes->n++] =
        (BmBox){ .x = element->x, .y = element->y - counting->grid->top, .width = element->width, .height = element->height,
                 .size = element->size, .reach = longest_line (element), .lines = element->n_lines,
                 .importance = item == NULL ? 0 : item->importance, .item = element->item,
                 .news = item != NULL && item->container == NULL && !is_kind (item, "photo"),
                 .member = item != NULL && item->container != NULL, .boxed = item != NULL && item->boxed,
                 .vertical = element->vertical };
}

static void
add_black (const Counting *counting, const BmElement *element, double black)
{
    BmFigures *figures = counting->figures;
    double weight = black * element->width * element->height;

    figures->black += weight;
    figures->black_x += weight * (element->x + element->width / 2);
    figures->black_y += weight * (element->y - counting->grid->top + element->height / 2);
}

/* ---- heads, pictures ---- */

static double
head_fill (const BmElement *head)
{
    double fill = longest_line (head) / (head->vertical ? head->height : head->width);
    return fill > 1.03 ? 5 : 2 * MAX (0, 0.55 - fill);
}

static double
crop_of (const BmElement *photo)
{
    const double *crop = photo->crop;

    return fabs (log2 ((1 - crop[0] - crop[2]) / (1 - crop[1] - crop[3])));
}

/* ---- columns of text ---- */

static bool
breaks_text (BmElementRole role)
{
    return role == BM_ELEM_CROSSHEAD || role == BM_ELEM_PULLQUOTE || role == BM_ELEM_FIGURES || role == BM_ELEM_TABLE;
}

/* The longest run of rows in a column that no crosshead, quotation or figure breaks. */
static double
longest_run (const Counting *counting, const BmElement *column)
{
    double start = column->y, longest = 0, foot = column->y + column->height;

    for (;;) {
        double next = foot, after = foot;

        for (int i = 0; i < counting->n_elements; i++) {
            const BmElement *box = counting->elements[i];

            if (!breaks_text (box->role) || box->y < start - 0.5 || box->y >= next ||
                box->x > column->x + column->width - 1 || box->x + box->width < column->x + 1)
                continue;
            next = box->y;
            after = box->y + box->height;
        }
        longest = MAX (longest, (next - start) / counting->grid->pitch);
        if (next >= foot - 0.5)
            return longest;
        start = after;
    }
}

static void
add_leg (const Counting *counting, const BmElement *column, const BmPlanItem *item)
{
    BmFigures *figures = counting->figures;
    double run = longest_run (counting, column), rows = column->height / counting->grid->pitch;

    figures->legs++;
    figures->text_rows += rows;
    figures->text_cells += column->width / counting->grid->column_width * rows;
    /* In a round-up a brief of any length may end a few lines into the next column. */
    figures->short_legs += item != NULL && item->container == NULL && item->lines_composed > SHORT_STORY && rows < SHORT_LEG - 0.1;
    figures->grey_legs += run > GREY_LEG + 0.1;
    figures->endless_legs += run > ENDLESS_LEG + 0.1;
    figures->grey_rows += MAX (0, run - GREY_LEG);
}

/* ---- cells ---- */

/* floor(), without the call. */
static int
whole_rows (double rows)
{
    int whole = (int) rows;

    return whole - (whole > rows);
}

static void
cover_column (const Counting *counting, int column, int first, int last)
{
    BmFigures *figures = counting->figures;

    bm_cover_rows (&figures->covered[column * figures->words], counting->grid->rows, first, last);
    figures->first = MIN (figures->first, column);
    figures->last = MAX (figures->last, column);
}

static void
cover (const Counting *counting, const BmElement *element)
{
    const BmGrid *grid = counting->grid;
    int first = whole_rows ((element->y - grid->top) / grid->pitch + 0.3);
    int last = -whole_rows (-(element->y + element->height - grid->top) / grid->pitch + 0.3);

    for (int c = 0; c < grid->columns; c++) {
        double left = MAX (element->x, grid->x[c]), right = MIN (element->x + element->width, grid->x[c] + grid->column_width);

        if (right - left >= grid->column_width * 0.1)
            cover_column (counting, c, first, last);
    }
}

/* A container's tint holds it together: white at the foot of a member is no hole of the page. */
static void
cover_block (const Counting *counting, const BmPlanItem *item)
{
    for (int c = MAX (item->column, 0); c < MIN (item->column + item->columns, counting->grid->columns); c++)
        cover_column (counting, c, item->row, item->row + item->rows);
}

/* ---- all of it ---- */

static void
add_element (const Counting *counting, const BmElement *element, const BmPlanItem *item)
{
    BmFigures *figures = counting->figures;
    BmBoxes *boxes = boxes_of (figures, element->role);

    if (element->role != BM_ELEM_RULE && element->role != BM_ELEM_FOLIO)
        cover (counting, element);
    if (boxes != NULL)
        add_box (counting, boxes, element, item);
    if (element->role == BM_ELEM_HEADLINE) {
        figures->head_fill += head_fill (element);
        add_black (counting, element, 1.0);
    }
    if (element->role == BM_ELEM_PHOTO) {
        figures->crop += crop_of (element);
        add_black (counting, element, 0.8);
    }
    if (element->role == BM_ELEM_TEXT) {
        add_leg (counting, element, item);
        add_black (counting, element, 0.3);
    }
}

static void
add_item (const Counting *counting, const BmPlanItem *item)
{
    BmFigures *figures = counting->figures;

    figures->overset += MAX (0, item->lines_over);
    figures->slack += item->slack_lines;
    figures->fillers += is_kind (item, "filler");
    if (is_kind (item, "container"))
        cover_block (counting, item);
}

BmFigures
bm_outline_figures (const BmGrid *grid, const BmPlanItem *item)
{
    BmFigures figures = { .item = item, .ad = is_kind (item, "ad"), .container = is_kind (item, "container"), .words = grid->rows / 64 + 1,
                          .first = grid->columns, .last = -1 };

    if (item != NULL && !figures.container && item->rows > 0) {
        double width = item->columns * grid->column_width + (item->columns - 1) * grid->gutter;

        figures.aspect = MAX (0, fabs (log2 (width / (item->rows * grid->pitch))) - 1.5);
    }
    return figures;
}

BmFigures *
bm_block_figures (const BmGrid *grid, const BmPlanItem *items, int n_items, const BmElement *const *elements, int n_elements,
                  BmArena *arena)
{
    BmFigures *figures = bm_arena_new0 (arena, BmFigures, 1);
    Counting counting = { grid, items, n_items, elements, n_elements, figures };
    const BmPlanItem *item = NULL;

    *figures = bm_outline_figures (grid, n_items > 0 ? &items[0] : NULL);
    figures->covered = bm_arena_new0 (arena, uint64_t, (size_t) (grid->columns * figures->words));
    open_boxes (&counting, arena);
    for (int i = 0; i < n_items; i++)
        add_item (&counting, &items[i]);
    for (int i = 0; i < n_elements; i++) {
        item = item_of (&counting, elements[i], item);
        add_element (&counting, elements[i], item);
    }
    return figures;
}
