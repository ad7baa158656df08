/* json-read.c — a plan file back into a plan: for --keep, for checking a page's figures, for goldens. */
#include "plan/quality.h"

#include <jansson.h>
#include <string.h>

typedef struct {
    BmPlan *plan;
    const char *file;
    BmDiags *diags;
    bool ok;
} Reader;

static void
wrong (Reader *reader, const char *what)
{
    bm_diag (reader->diags, BM_ERROR, "BM0702", BM_IN_FILE (reader->file), "hand back a plan that banmian wrote", "%s", what);
    reader->ok = false;
}

static const char *
get_text (Reader *reader, const json_t *object, const char *key)
{
    return bm_arena_strdup (reader->plan->arena, json_string_value (json_object_get (object, key)));
}

/* A number of a plan: bounded, since what is pinned goes into sums. */
static double
get_number (Reader *reader, const json_t *object, const char *key)
{
    const json_t *value = json_object_get (object, key);
    double number = json_number_value (value);

    if (value != NULL && !json_is_number (value))
        wrong (reader, "a number is expected where another value stands");
    if (!bm_check_length (number, -1e6, 1e6)) {
        wrong (reader, "a number out of range");
        return 0;
    }
    return number;
}

static int
get_int (Reader *reader, const json_t *object, const char *key)
{
    return (int) get_number (reader, object, key);
}

static void
read_lines (Reader *reader, BmElement *element, const json_t *lines)
{
    size_t i;
    json_t *one;

    element->lines = bm_arena_new0 (reader->plan->arena, BmPlacedLine, json_array_size (lines));
    json_array_foreach (lines, i, one) {
        BmPlacedLine *line = &element->lines[element->n_lines++];

        line->size = element->size;
        if (json_is_string (one)) {
            line->text = bm_arena_strdup (reader->plan->arena, json_string_value (one));
            continue;
        }
        const char *text = get_text (reader, one, "text");
        line->text = text != NULL ? text : "";
        line->x = get_number (reader, one, "x");
        line->baseline = get_number (reader, one, "baseline");
        line->width = get_number (reader, one, "width");
        line->gap = get_number (reader, one, "gap");
    }
}

static bool
read_role (const char *name, BmElementRole *role)
{
    for (int i = 0; name != NULL && i < BM_N_ELEMS; i++)
        if (strcmp (bm_element_role_name ((BmElementRole) i), name) == 0) {
            *role = (BmElementRole) i;
            return true;
        }
    return false;
}

static void
read_element (Reader *reader, BmElement *element, const json_t *object)
{
    const json_t *crop = json_object_get (object, "crop");
    const char *file = get_text (reader, object, "file");

    if (!read_role (json_string_value (json_object_get (object, "role")), &element->role))
        wrong (reader, "an element without a known role");
    element->item = get_text (reader, object, "item");
    element->index = get_int (reader, object, "index");
    element->x = get_number (reader, object, "x");
    element->y = get_number (reader, object, "y");
    element->width = get_number (reader, object, "width");
    element->height = get_number (reader, object, "height");
    element->size = get_number (reader, object, "size");
    element->face = get_text (reader, object, "face");
    element->ink = get_text (reader, object, "ink");
    element->alt = get_text (reader, object, "alt");
    element->file = file != NULL && *file != '\0' ? file : NULL;
    element->stroke = get_number (reader, object, "stroke");
    element->measure = get_number (reader, object, "measure");
    element->vertical = g_strcmp0 (json_string_value (json_object_get (object, "direction")), "ttb") == 0;
    element->device = json_is_true (json_object_get (object, "device"));
    for (size_t i = 0; i < 4; i++)
        element->crop[i] = json_number_value (json_array_get (crop, i));
    read_lines (reader, element, json_object_get (object, "lines"));
}

static void
read_notch (Reader *reader, BmPlanItem *item, const json_t *notch)
{
    item->notched = notch != NULL;
    item->notch_top = g_strcmp0 (json_string_value (json_object_get (notch, "at")), "top") == 0;
    item->notch_left = g_strcmp0 (json_string_value (json_object_get (notch, "side")), "left") == 0;
    item->notch_columns = get_int (reader, notch, "columns");
    item->notch_rows = get_int (reader, notch, "rows");
}

static BmPlanEnd
read_end (Reader *reader, const json_t *end)
{
    if (!json_is_object (end))
        return (BmPlanEnd){ 0 };
    return (BmPlanEnd){ get_text (reader, end, "item"), get_text (reader, end, "page"), get_int (reader, end, "sheet") };
}

static void
read_item (Reader *reader, BmPlanItem *item, const json_t *object)
{
    const json_t *block = json_object_get (object, "block"), *members = json_object_get (object, "members");
    size_t i;
    json_t *one;

    item->id = get_text (reader, object, "id");
    item->kind = get_text (reader, object, "kind");
    if (item->id == NULL || item->kind == NULL)
        wrong (reader, "an item without id or kind");
    item->importance = get_int (reader, object, "importance");
    item->boxed = json_is_true (json_object_get (object, "boxed"));
    item->pinned = json_is_true (json_object_get (object, "pinned"));
    item->column = get_int (reader, block, "column");
    item->row = get_int (reader, block, "row");
    item->columns = get_int (reader, block, "columns");
    item->rows = get_int (reader, block, "rows");
    read_notch (reader, item, json_object_get (block, "notch"));
    item->lines_composed = get_int (reader, object, "lines_composed");
    item->lines_placed = get_int (reader, object, "lines_placed");
    item->lines_over = get_int (reader, object, "lines_over");
    item->slack_lines = get_int (reader, object, "slack_lines");
    item->characters = get_int (reader, object, "characters");
    item->container = get_text (reader, object, "container");
    item->continued = read_end (reader, json_object_get (object, "continued"));
    item->continues = read_end (reader, json_object_get (object, "continues"));
    item->title = get_text (reader, object, "title");
    item->members = bm_arena_new0 (reader->plan->arena, const char *, json_array_size (members));
    json_array_foreach (members, i, one)
        item->members[item->n_members++] = bm_arena_strdup (reader->plan->arena, json_is_string (one) ? json_string_value (one) : "");
}

static void
read_grid (Reader *reader, const json_t *grid)
{
    BmPlan *plan = reader->plan;
    const json_t *x = json_object_get (grid, "x");

    plan->grid.columns = get_int (reader, grid, "columns");
    plan->grid.rows = get_int (reader, grid, "rows");
    plan->grid.gutter = get_number (reader, grid, "gutter");
    plan->grid.column_width = get_number (reader, grid, "column_width");
    plan->grid.top = get_number (reader, grid, "top");
    plan->grid.pitch = get_number (reader, grid, "pitch");
    plan->grid.body = get_number (reader, grid, "body");
    plan->grid.cells_per_column = get_int (reader, grid, "cells_per_column");
    plan->cells = get_int (reader, grid, "cells");
    plan->ad_rows = get_int (reader, grid, "ad_rows");
    if (plan->grid.columns < 1 || plan->grid.columns > BM_MAX_COLUMNS || plan->grid.rows < 1 || plan->grid.pitch <= 0) {
        wrong (reader, "the grid has no columns or no rows");
        return;
    }
    for (int i = 0; i < plan->grid.columns; i++)
        plan->grid.x[i] = json_number_value (json_array_get (x, (size_t) i));
}

static void
read_inks (Reader *reader, json_t *inks)
{
    BmPlan *plan = reader->plan;
    const char *name;
    json_t *value;

    plan->inks = bm_arena_new0 (plan->arena, BmInk, json_object_size (inks));
    json_object_foreach (inks, name, value)
        plan->inks[plan->n_inks++] = (BmInk){ .name = bm_arena_strdup (plan->arena, name), .tint = 1,
                                              .c = json_number_value (json_array_get (value, 0)),
                                              .m = json_number_value (json_array_get (value, 1)),
                                              .y = json_number_value (json_array_get (value, 2)),
                                              .k = json_number_value (json_array_get (value, 3)) };
}

/* The figures as they were written: computed anew from rounded numbers they would differ in their last place. */
static void
read_quality (Reader *reader, const json_t *object)
{
    for (int i = 0; i < bm_n_quality_rows; i++) {
        const BmQualityRow *row = &bm_quality_rows[i];

        *(double *) (gpointer) ((char *) &reader->plan->quality + row->offset) = get_number (reader, object, row->name);
    }
}

static void
read_overset (Reader *reader, const json_t *list)
{
    BmPlan *plan = reader->plan;
    size_t i;
    json_t *one;

    plan->overset = bm_arena_new0 (plan->arena, BmOverset, json_array_size (list));
    json_array_foreach (list, i, one) {
        BmOverset *overset = &plan->overset[plan->n_overset++];

        overset->item = get_text (reader, one, "item");
        overset->lines = get_int (reader, one, "lines");
        overset->characters = get_int (reader, one, "characters");
        overset->text = get_text (reader, one, "text");
        overset->policy = get_text (reader, one, "policy");
    }
}

static void
read_plan (Reader *reader, const json_t *root)
{
    BmPlan *plan = reader->plan;
    const json_t *edition = json_object_get (root, "edition"), *paper = json_object_get (root, "paper");
    const json_t *items = json_object_get (root, "items"), *elements = json_object_get (root, "elements");
    size_t i;
    json_t *one;

    if (g_strcmp0 (json_string_value (json_object_get (root, "banmian")), "plan 1") != 0) {
        wrong (reader, "this is no plan of the form “plan 1”");
        return;
    }
    plan->paper = get_text (reader, edition, "paper");
    plan->date = get_text (reader, edition, "date");
    plan->page = get_text (reader, edition, "page");
    plan->section = get_text (reader, edition, "section");
    plan->lang = get_text (reader, edition, "lang");
    plan->width = get_number (reader, paper, "width");
    plan->height = get_number (reader, paper, "height");
    plan->bleed = get_number (reader, paper, "bleed");
    plan->status = get_text (reader, root, "status");
    read_grid (reader, json_object_get (root, "grid"));
    read_inks (reader, json_object_get (root, "inks"));
    read_overset (reader, json_object_get (root, "overset"));
    plan->items = bm_arena_new0 (plan->arena, BmPlanItem, json_array_size (items));
    json_array_foreach (items, i, one)
        read_item (reader, &plan->items[plan->n_items++], one);
    plan->elements = bm_arena_new0 (plan->arena, BmElement, json_array_size (elements));
    json_array_foreach (elements, i, one)
        read_element (reader, &plan->elements[plan->n_elements++], one);
    if (json_is_object (json_object_get (root, "quality")))
        read_quality (reader, json_object_get (root, "quality"));
    else if (reader->ok) /* a plan of another hand */
        plan->quality = bm_plan_quality (plan);
}

BmPlan *
bm_plan_from_json (const char *file, const char *text, size_t length, int index, BmDiags *diags)
{
    json_error_t error;
    json_t *root = json_loadb (text, length, JSON_REJECT_DUPLICATES, &error);

    if (root == NULL) {
        bm_diag (diags, BM_ERROR, "BM0701", (BmSpan){ file, error.line, MAX (error.column, 1), 0 }, "mend the JSON at this place", "not JSON: %s", error.text);
        return NULL;
    }
    BmArena *arena = bm_arena_create ();
    Reader reader = { bm_arena_new0 (arena, BmPlan, 1), file, diags, true };
    reader.plan->arena = arena;
    const json_t *pages = json_object_get (root, "pages");
    read_plan (&reader, pages != NULL ? json_array_get (pages, (size_t) index) : root);
    json_decref (root);
    if (reader.ok)
        return reader.plan;
    bm_plan_free (reader.plan);
    return NULL;
}
