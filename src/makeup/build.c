/* build.c — a solution as a plan: items, elements in reading order, furniture last. */
#include "makeup/build.h"
#include "makeup/device.h"

#include <string.h>

#define ASCENT 0.88 /* em box above the baseline (cjk-composition.md §10) */

/* ---- places and elements ---- */

double
bm_row_y (const Build *build, int row)
{
    return build->maker->grid.top + row * build->maker->grid.pitch;
}

/* The em box stands in the middle of its row. */
double
bm_row_baseline (const Build *build, int row)
{
    const BmGrid *grid = &build->maker->grid;

    return bm_row_y (build, row) + (grid->pitch - grid->body) / 2 + ASCENT * grid->body;
}

BmElement *
bm_add_element (Build *build, const char *item, BmElementRole role, double x, double y, double width, double height)
{
    BmElement element = { .item = item, .role = role, .x = x, .y = y, .width = width, .height = height, .ink = "black" };

    g_array_append_val (build->elements, element);
    return &g_array_index (build->elements, BmElement, build->elements->len - 1);
}

void
bm_add_rule (Build *build, const char *item, double x, double y, double width, double height, double stroke, const char *ink)
{
    BmElement *rule = bm_add_element (build, item, BM_ELEM_RULE, x, y, width, height);

    rule->stroke = stroke;
    rule->ink = ink;
}

void
bm_place_line (Build *build, BmPlacedLine *out, const BmGalley *galley, int line, double size, double x, double baseline)
{
    const BmLine *from = &galley->lines[line];

    *out = (BmPlacedLine){ .x = x, .baseline = baseline, .size = size, .width = from->width * size, .gap = from->gap,
                           .paragraph_end = from->last };
    if (!build->with_glyphs)
        return;
    out->text = bm_arena_strndup (build->arena, bm_shaped_text (galley->shaped) + from->start, (size_t) from->length);
    out->runs = bm_line_runs (build->arena, galley, line, &out->n_runs);
}

void
bm_set_face (Build *build, BmElement *element, BmRoleId role, double size)
{
    const BmRole *of = &build->maker->layout->roles[role];

    element->size = size;
    element->ink = of->ink;
    if (!build->with_glyphs)
        return;
    const BmFont *font = bm_type_role_font (build->maker->type, of, build->maker->page->lang);
    element->face = font == NULL ? NULL : bm_arena_strdup (build->arena, bm_font_full_name (font));
}

static const BmShaped *
shape_furniture (Build *build, const char *text, BmRoleId role)
{
    BmText of = { .utf8 = text, .length = -1, .kind = BM_TEXT_HEADLINE, .role = &build->maker->layout->roles[role],
                  .lang = build->maker->page->lang };

    return bm_type_shape (build->maker->type, &of, &build->maker->head_style, build->maker->diags);
}

/* Tracked text is a line spread by its track at every joint. */
static BmGalley *
one_line (Build *build, const char *text, BmRoleId role)
{
    const BmShaped *shaped = shape_furniture (build, text, role);
    double track = build->maker->layout->roles[role].track;

    if (shaped == NULL)
        return NULL;
    BmHeadline *line = bm_headline_break (build->arena, shaped, &build->maker->head_style, 1);
    if (line == NULL || track <= 0 || line->galley->n_cells < 2)
        return line == NULL ? NULL : line->galley;
    BmGalley *spread = bm_headline_fill (build->arena, shaped, &build->maker->head_style,
                                         line->max_width + track * (line->galley->n_cells - 1));
    return spread != NULL ? spread : line->galley;
}

double
bm_text_width (Build *build, const char *text, BmRoleId role, double size)
{
    const BmGalley *galley = one_line (build, text, role);

    return galley == NULL ? 0 : galley->lines[0].width * size;
}

BmPlacedLine
bm_furniture_line (Build *build, const char *text, BmRoleId role, double size, double x, double baseline)
{
    BmPlacedLine line = { .x = x, .baseline = baseline, .size = size, .text = text };
    const BmGalley *galley = one_line (build, text, role);

    if (galley != NULL)
        bm_place_line (build, &line, galley, 0, size, x, baseline);
    return line;
}

/* ---- items ---- */

static BmPlanItem
item_of_story (Build *build, const Story *story, const Placement *place)
{
    static const char *const kinds[] = { "story", "photo", "brief", "ad" };
    BmPlanItem item = { .id = bm_arena_strdup (build->arena, story->item->id), .kind = story->item->wish.filler ? "filler" : kinds[story->item->kind],
                        .importance = story->rank, .boxed = story->boxed, .pinned = story->item->wish.pinned,
                        .column = place->column, .row = place->row, .columns = place->columns,
                        .rows = place->rows - build->maker->separator, .characters = story->characters,
                        .title = bm_arena_strdup (build->arena, story->title) };

    return item;
}

void
bm_note_notch (BmPlanItem *item, const Notch *notch)
{
    item->notched = notch->columns > 0;
    item->notch_left = notch->left;
    item->notch_columns = notch->columns;
    item->notch_rows = notch->rows;
}

/* ---- the columns of a shape ---- */

typedef struct {
    double x, width; /* inside a box's padding */
    int row, rows;   /* without SEP, inside a box's frame rows */
} Inside;

static Inside
inside_of (const Build *build, const Story *story, const Placement *place)
{
    const BmGrid *grid = &build->maker->grid;
    double padding = story->boxed ? grid->body * build->maker->layout->box_padding : 0;
    int frame = story->boxed ? 1 : 0;

    return (Inside){ grid->x[place->column] + padding, bm_span_width (build->maker, place->columns) - 2 * padding,
                     place->row + frame, place->rows - build->maker->separator - 2 * frame };
}

static void
lay_columns (const Build *build, const Story *story, const Shape *shape, const Inside *inside, double x, double width,
             int row, Columns *columns)
{
    const Maker *maker = build->maker;
    int k = shape->columns;
    bool on_grid = !story->boxed && shape->kind != SHAPE_VERTICAL &&
                   bm_pt_equal (width, bm_span_width (maker, k));

    columns->n_columns = k;
    columns->measure = on_grid ? maker->grid.cells_per_column : bm_span_measure (maker, width, k);
    columns->width = columns->measure * maker->grid.body;
    double gutter = k < 2 ? 0 : (width - k * columns->width) / (k - 1);
    for (int i = 0; i < k; i++) {
        columns->x[i] = x + i * (columns->width + gutter);
        columns->row[i] = row;
        columns->room[i] = shape->body_rows - (bm_over_notch (&shape->notch, i, k) ? shape->notch.rows : 0);
    }
    (void) inside;
}

static const Head *
head_of (const Build *build, Story *story, double width, const Shape *shape)
{
    return &bm_heads_of (build->maker, story, width)->heads[shape->head];
}

/* A device in a column: the text goes over and under it. */
static void
place_device (Build *build, const Story *story, const Shape *shape, Columns *columns, const BmPlanItem *item)
{
    if (shape->device_rows == 0 || bm_summary_rows (story, shape) > 0)
        return;
    bm_build_device (build, story, shape, item->id, columns->x[shape->device_column], columns->width,
                     columns->row[shape->device_column] + shape->device_at);
    columns->n_columns = bm_part_columns (story, shape, columns->n_columns, columns->room, columns->row, columns->x);
}

/* ---- one story ---- */

static void
build_plain (Build *build, Story *story, const Shape *shape, const Inside *in, BmPlanItem *item)
{
    Columns columns;
    int row = in->row;
    int across = shape->photo_rows + shape->caption_rows + shape->gap;

    if (shape->kind == SHAPE_PHOTO_TOP) {
        bm_build_photos (build, story, in->x, in->width, row, shape->photo_rows, shape->caption_rows);
        row += across;
    }
    bm_build_head (build, story, item->id, head_of (build, story, in->width, shape), in->x, in->width, row, shape->head_rows);
    row += shape->head_rows;
    if (bm_summary_rows (story, shape) > 0)
        bm_build_device (build, story, shape, item->id, in->x, in->width, row);
    row += bm_summary_rows (story, shape);
    if (shape->kind == SHAPE_PHOTO_MID) {
        bm_build_photos (build, story, in->x, in->width, row, shape->photo_rows, shape->caption_rows);
        row += across;
    }
    if (shape->columns == 0)
        return;
    lay_columns (build, story, shape, in, in->x, in->width, row, &columns);
    if (shape->kind == SHAPE_PHOTO_RIGHT) {
        double x = columns.x[shape->columns - shape->photo_columns];

        bm_build_photos (build, story, x, in->x + in->width - x, row, shape->photo_rows, shape->caption_rows);
        for (int i = shape->columns - shape->photo_columns; i < shape->columns; i++) {
            columns.row[i] += across;
            columns.room[i] -= across;
        }
    }
    place_device (build, story, shape, &columns, item);
    bm_build_text (build, bm_poured_story (story, shape), &columns, &shape->levers, item);
}

static void
build_side (Build *build, Story *story, const Shape *shape, const Inside *in, BmPlanItem *item)
{
    const BmGrid *grid = &build->maker->grid;
    double head_width = bm_span_width (build->maker, shape->head_columns), x = in->x + head_width + grid->gutter;
    int row = in->row + shape->photo_rows + shape->caption_rows + shape->gap;
    Columns columns;

    bm_build_photos (build, story, in->x, in->width, in->row, shape->photo_rows, shape->caption_rows);
    bm_build_head (build, story, item->id, head_of (build, story, head_width, shape), in->x, head_width, row,
                   shape->body_rows);
    lay_columns (build, story, shape, in, x, in->x + in->width - x, row, &columns);
    bm_build_text (build, story, &columns, &shape->levers, item);
}

static void
build_vertical (Build *build, Story *story, const Shape *shape, const Inside *in, BmPlanItem *item)
{
    double strip = shape->head_columns * build->maker->grid.body;
    Columns columns;

    bm_build_vertical_head (build, story, shape, in->x, in->row, shape->body_rows);
    lay_columns (build, story, shape, in, in->x + strip, in->width - strip, in->row, &columns);
    /* What the measure leaves stands between head and text. */
    double spare = columns.n_columns == 1 ? in->width - strip - columns.width : 0;
    columns.x[0] += spare;
    bm_build_text (build, story, &columns, &shape->levers, item);
}

static void
build_box (Build *build, const Story *story, const Placement *place)
{
    const BmLayout *layout = build->maker->layout;
    BmElement *frame = bm_add_element (build, bm_arena_strdup (build->arena, story->item->id), BM_ELEM_FRAME,
                                       build->maker->grid.x[place->column], bm_row_y (build, place->row),
                                       bm_span_width (build->maker, place->columns),
                                       (place->rows - build->maker->separator) * build->maker->grid.pitch);

    frame->stroke = layout->frame_rule;
    frame->ink = layout->frame_ink;
}

static void
build_story (Build *build, const Leaf *leaf, const Placement *place, const Shape *shape)
{
    Story *story = leaf->story;
    BmPlanItem item = item_of_story (build, story, place);
    Inside in = inside_of (build, story, place);

    bm_note_notch (&item, &shape->notch);
    if (story->boxed)
        build_box (build, story, place);
    if (shape->kind == SHAPE_SIDE_HEAD)
        build_side (build, story, shape, &in, &item);
    else if (shape->kind == SHAPE_VERTICAL)
        build_vertical (build, story, shape, &in, &item);
    else
        build_plain (build, story, shape, &in, &item);
    g_array_append_val (build->items, item);
}

/* ---- the page ---- */

const Shape *
bm_shape_at (const Maker *maker, const Leaf *leaf, const Solution *solution, int number)
{
    const Placement *place = &solution->places[number];

    if (leaf->kind != LEAF_STORY)
        return NULL;
    return solution->shapes[number].kind != SHAPE_NONE ? &solution->shapes[number]
                                                       : &leaf->shapes[place->columns * (maker->region + maker->separator + 1) + place->rows];
}

void
bm_build_place (Build *build, const Leaf *leaf, const Placement *place, const Shape *shape)
{
    if (leaf->kind == LEAF_STORY)
        build_story (build, leaf, place, shape);
    else if (leaf->kind == LEAF_CLUSTER)
        bm_build_cluster (build, leaf, place);
}

/* Reading order of blocks: by the leaf's rank, so the lead comes first. */
static void
build_places (Build *build, Leaf *leaves, int n_leaves, const Solution *solution)
{
    for (int leaf = 0; leaf < n_leaves; leaf++)
        for (int i = 0; i < solution->n; i++)
            if (solution->places[i].leaf == leaf)
                bm_build_place (build, &leaves[leaf], &solution->places[i], bm_shape_at (build->maker, &leaves[leaf], solution, i));
}

void
bm_describe_page (Build *build)
{
    const Maker *maker = build->maker;
    const BmPage *page = maker->page;
    BmPlan *plan = build->plan;
    BmArena *arena = build->arena;

    plan->paper = bm_arena_strdup (arena, page->paper);
    plan->date = bm_arena_strdup (arena, page->date);
    plan->page = bm_arena_strdup (arena, page->page);
    plan->section = bm_arena_strdup (arena, page->section);
    plan->lang = bm_arena_strdup (arena, page->lang);
    plan->width = maker->layout->paper_width;
    plan->height = maker->layout->paper_height;
    plan->grid = maker->grid;
    plan->cells = maker->layout->cells;
    plan->folio_rows = maker->layout->folio_rows;
    plan->ad_rows = maker->grid.rows - maker->region;
    plan->status = maker->status;
}

static void
copy_inks (Build *build)
{
    const BmLayout *layout = build->maker->layout;

    build->plan->inks = bm_arena_copy (build->arena, layout->inks, (size_t) layout->n_inks, sizeof (BmInk));
    build->plan->n_inks = layout->n_inks;
    for (int i = 0; i < layout->n_inks; i++)
        build->plan->inks[i].name = bm_arena_strdup (build->arena, layout->inks[i].name);
    for (int i = 0; i < build->plan->n_elements; i++)
        build->plan->elements[i].ink = bm_arena_strdup (build->arena, build->plan->elements[i].ink);
}

BmPlan *
bm_build_plan (Maker *maker, Leaf *leaves, int n_leaves, const Solution *solution, bool with_glyphs)
{
    BmArena *arena = bm_arena_create ();
    BmPlan *plan = bm_arena_new0 (arena, BmPlan, 1);
    Build build = { .maker = maker, .plan = plan, .arena = arena, .with_glyphs = with_glyphs, .with_lines = true,
                    .items = g_array_new (FALSE, TRUE, sizeof (BmPlanItem)),
                    .elements = g_array_new (FALSE, TRUE, sizeof (BmElement)) };

    plan->arena = arena;
    bm_describe_page (&build);
    build_places (&build, leaves, n_leaves, solution);
    bm_build_ads (&build);
    if (with_glyphs) {
        bm_build_rules (&build, leaves, solution);
        bm_build_folio (&build);
    }
    plan->n_items = (int) build.items->len;
    plan->items = bm_arena_copy (arena, build.items->data, build.items->len, sizeof (BmPlanItem));
    plan->n_elements = (int) build.elements->len;
    plan->elements = bm_arena_copy (arena, build.elements->data, build.elements->len, sizeof (BmElement));
    if (with_glyphs)
        copy_inks (&build);
    g_array_free (build.items, TRUE);
    g_array_free (build.elements, TRUE);
    return plan;
}
