/* json-write.c — the plan as a document (interfaces.md §2): keys sorted, numbers rounded to 0.01, one element a line.
 *
 * Written by hand, not by a JSON library: the form is a golden file that people diff, so line breaks and the rounding of
 * numbers are part of it. */
#include "plan/quality.h"

#include <math.h>
#include <string.h>

/* ---- scalars ---- */

static void
put_string (GString *out, const char *text)
{
    g_string_append_c (out, '"');
    for (const char *p = text; *p != '\0'; p++) {
        switch (*p) {
        case '"':
        case '\\':
            g_string_append_printf (out, "\\%c", *p);
            break;
        case '\n':
            g_string_append (out, "\\n");
            break;
        case '\t':
            g_string_append (out, "\\t");
            break;
        default:
            if ((unsigned char) *p < 0x20)
                g_string_append_printf (out, "\\u%04x", (unsigned) *p);
            else
                g_string_append_c (out, *p);
        }
    }
    g_string_append_c (out, '"');
}

/* 12.340 → 12.34, 5.00 → 5, −0 → 0; never the locale's comma. */
static void
put_number (GString *out, double value, int decimals)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];

    g_snprintf (format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd (text, sizeof text, format, value);
    if (strchr (text, '.') != NULL) {
        char *end = text + strlen (text) - 1;

        while (*end == '0')
            *end-- = '\0';
        if (*end == '.')
            *end = '\0';
    }
    g_string_append (out, strcmp (text, "-0") == 0 ? "0" : text);
}

/* ---- pairs: each writer appends "key": value, with a comma before all but the first ---- */

static void
key (GString *out, const char *name)
{
    char last = out->str[out->len - 1];

    if (last != '{' && last != '[')
        g_string_append (out, ", ");
    put_string (out, name);
    g_string_append (out, ": ");
}

static void
pair_number (GString *out, const char *name, double value)
{
    key (out, name);
    put_number (out, value, 2);
}

static void
pair_int (GString *out, const char *name, int value)
{
    key (out, name);
    g_string_append_printf (out, "%d", value);
}

static void
pair_bool (GString *out, const char *name, bool value)
{
    key (out, name);
    g_string_append (out, value ? "true" : "false");
}

static void
pair_text (GString *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    key (out, name);
    put_string (out, value);
}

/* ---- parts ---- */

static void
put_edition (GString *out, const BmPlan *plan)
{
    g_string_append (out, " \"edition\": {");
    pair_text (out, "date", plan->date);
    pair_text (out, "lang", plan->lang);
    pair_text (out, "page", plan->page);
    pair_text (out, "paper", plan->paper);
    pair_text (out, "section", plan->section);
    g_string_append (out, "},\n");
}

/* Text lines with places: of columns, captions, bylines. Heads and labels have their words alone. */
static bool
has_placed_lines (BmElementRole role)
{
    return role != BM_ELEM_KICKER && role != BM_ELEM_HEADLINE && role != BM_ELEM_SUBHEAD && role != BM_ELEM_LABEL;
}

static void
put_lines (GString *out, const BmElement *element)
{
    key (out, "lines");
    g_string_append_c (out, '[');
    for (int i = 0; i < element->n_lines; i++) {
        const BmPlacedLine *line = &element->lines[i];

        if (i > 0)
            g_string_append (out, ", ");
        if (!has_placed_lines (element->role)) {
            put_string (out, line->text);
            continue;
        }
        g_string_append_c (out, '{');
        pair_number (out, "baseline", line->baseline);
        key (out, "gap");
        put_number (out, line->gap, 3);
        pair_text (out, "text", line->text);
        pair_number (out, "width", line->width);
        pair_number (out, "x", line->x);
        g_string_append_c (out, '}');
    }
    g_string_append_c (out, ']');
}

static bool
is_type (const BmElement *element)
{
    return element->n_lines > 0 || element->size > 0;
}

static void
put_crop (GString *out, const BmElement *element)
{
    key (out, "crop");
    g_string_append_c (out, '[');
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            g_string_append (out, ", ");
        put_number (out, element->crop[i], 4);
    }
    g_string_append_c (out, ']');
}

static void
put_element (GString *out, const BmElement *element)
{
    bool picture = element->role == BM_ELEM_PHOTO;

    g_string_append (out, "  {");
    pair_text (out, "alt", element->alt);
    if (picture)
        put_crop (out, element);
    if (element->device)
        pair_bool (out, "device", true);
    if (is_type (element))
        pair_text (out, "direction", element->vertical ? "ttb" : "ltr");
    pair_text (out, "face", element->face);
    if (picture || element->file != NULL)
        pair_text (out, "file", element->file != NULL ? element->file : "");
    pair_number (out, "height", element->height);
    if (element->role == BM_ELEM_TEXT)
        pair_int (out, "index", element->index);
    pair_text (out, "ink", element->ink);
    pair_text (out, "item", element->item);
    if (is_type (element))
        put_lines (out, element);
    if (element->measure > 0)
        pair_number (out, "measure", element->measure);
    pair_text (out, "role", bm_element_role_name (element->role));
    if (element->size > 0)
        pair_number (out, "size", element->size);
    if (element->stroke > 0)
        pair_number (out, "stroke", element->stroke);
    pair_number (out, "width", element->width);
    pair_number (out, "x", element->x);
    pair_number (out, "y", element->y);
    g_string_append_c (out, '}');
}

static void
put_elements (GString *out, const BmPlan *plan)
{
    g_string_append (out, " \"elements\": [\n");
    for (int i = 0; i < plan->n_elements; i++) {
        put_element (out, &plan->elements[i]);
        g_string_append (out, i + 1 < plan->n_elements ? ",\n" : "\n");
    }
    g_string_append (out, " ],\n");
}

static void
put_grid (GString *out, const BmPlan *plan)
{
    const BmGrid *grid = &plan->grid;

    g_string_append (out, " \"grid\": {");
    pair_int (out, "ad_rows", plan->ad_rows);
    pair_number (out, "body", grid->body);
    pair_int (out, "cells", plan->cells);
    pair_int (out, "cells_per_column", grid->cells_per_column);
    pair_number (out, "column_width", grid->column_width);
    pair_int (out, "columns", grid->columns);
    pair_number (out, "gutter", grid->gutter);
    key (out, "pitch");
    put_number (out, grid->pitch, 4);
    pair_int (out, "rows", grid->rows);
    pair_number (out, "top", grid->top);
    key (out, "x");
    g_string_append_c (out, '[');
    for (int i = 0; i < grid->columns; i++) {
        if (i > 0)
            g_string_append (out, ", ");
        put_number (out, grid->x[i], 2);
    }
    g_string_append (out, "]},\n");
}

static void
put_inks (GString *out, const BmPlan *plan)
{
    g_string_append (out, " \"inks\": {");
    for (int i = 0; i < plan->n_inks; i++) {
        const BmInk *ink = &plan->inks[i];
        const double parts[4] = { ink->c, ink->m, ink->y, ink->k };

        key (out, ink->name);
        g_string_append_c (out, '[');
        for (int k = 0; k < 4; k++) {
            if (k > 0)
                g_string_append (out, ", ");
            put_number (out, parts[k], 3);
        }
        g_string_append_c (out, ']');
    }
    g_string_append (out, "},\n");
}

static void
put_block (GString *out, const BmPlanItem *item)
{
    key (out, "block");
    g_string_append_c (out, '{');
    pair_int (out, "column", item->column);
    pair_int (out, "columns", item->columns);
    if (item->notched) {
        key (out, "notch");
        g_string_append_c (out, '{');
        pair_text (out, "at", item->notch_top ? "top" : "bottom");
        pair_int (out, "columns", item->notch_columns);
        pair_int (out, "rows", item->notch_rows);
        pair_text (out, "side", item->notch_left ? "left" : "right");
        g_string_append_c (out, '}');
    }
    pair_int (out, "row", item->row);
    pair_int (out, "rows", item->rows);
    g_string_append_c (out, '}');
}

static void
put_end (GString *out, const char *name, const BmPlanEnd *end)
{
    if (end->item == NULL)
        return;
    key (out, name);
    g_string_append_c (out, '{');
    pair_text (out, "item", end->item);
    pair_text (out, "page", end->page);
    pair_int (out, "sheet", end->sheet);
    g_string_append_c (out, '}');
}

static void
put_item (GString *out, const BmPlanItem *item)
{
    g_string_append (out, "  {");
    put_block (out, item);
    pair_bool (out, "boxed", item->boxed);
    pair_int (out, "characters", item->characters);
    pair_text (out, "container", item->container);
    put_end (out, "continued", &item->continued);
    put_end (out, "continues", &item->continues);
    pair_text (out, "id", item->id);
    pair_int (out, "importance", item->importance);
    pair_text (out, "kind", item->kind);
    pair_int (out, "lines_composed", item->lines_composed);
    pair_int (out, "lines_over", item->lines_over);
    pair_int (out, "lines_placed", item->lines_placed);
    if (item->n_members > 0) {
        key (out, "members");
        g_string_append_c (out, '[');
        for (int i = 0; i < item->n_members; i++) {
            if (i > 0)
                g_string_append (out, ", ");
            put_string (out, item->members[i]);
        }
        g_string_append_c (out, ']');
    }
    pair_bool (out, "pinned", item->pinned);
    pair_int (out, "slack_lines", item->slack_lines);
    pair_text (out, "title", item->title);
    g_string_append_c (out, '}');
}

static void
put_items (GString *out, const BmPlan *plan)
{
    g_string_append (out, " \"items\": [\n");
    for (int i = 0; i < plan->n_items; i++) {
        put_item (out, &plan->items[i]);
        g_string_append (out, i + 1 < plan->n_items ? ",\n" : "\n");
    }
    g_string_append (out, " ],\n");
}

static void
put_overset (GString *out, const BmPlan *plan)
{
    g_string_append (out, " \"overset\": [");
    for (int i = 0; i < plan->n_overset; i++) {
        const BmOverset *overset = &plan->overset[i];

        g_string_append (out, i > 0 ? ", {" : "{");
        pair_int (out, "characters", overset->characters);
        pair_text (out, "item", overset->item);
        pair_int (out, "lines", overset->lines);
        pair_text (out, "policy", overset->policy);
        pair_text (out, "text", overset->text);
        g_string_append_c (out, '}');
    }
    g_string_append (out, "],\n");
}

static void
put_paper (GString *out, const BmPlan *plan)
{
    g_string_append (out, " \"paper\": {");
    pair_number (out, "bleed", plan->bleed);
    pair_number (out, "height", plan->height);
    pair_number (out, "width", plan->width);
    g_string_append (out, "},\n");
}

static void
put_quality (GString *out, const BmQuality *quality)
{
    g_string_append (out, " \"quality\": {");
    for (int i = 0; i < bm_n_quality_rows; i++) {
        key (out, bm_quality_rows[i].name);
        put_number (out, *(const double *) (gconstpointer) ((const char *) quality + bm_quality_rows[i].offset), i == 0 ? 1 : 4);
    }
    g_string_append (out, "},\n");
}

static void
put_plan (GString *out, const BmPlan *plan)
{
    g_string_append (out, "{\"banmian\": \"plan 1\",\n");
    put_edition (out, plan);
    put_elements (out, plan);
    put_grid (out, plan);
    put_inks (out, plan);
    put_items (out, plan);
    put_overset (out, plan);
    put_paper (out, plan);
    put_quality (out, &plan->quality);
    g_string_append (out, " \"status\": ");
    put_string (out, plan->status != NULL ? plan->status : "OK");
    g_string_append (out, "}");
}

char *
bm_plans_to_json (const BmPlan *const *plans, int n_plans)
{
    GString *out = g_string_new (NULL);

    if (n_plans != 1)
        g_string_append (out, "{\"pages\": [\n");
    for (int i = 0; i < n_plans; i++) {
        put_plan (out, plans[i]);
        if (n_plans != 1)
            g_string_append (out, i + 1 < n_plans ? ",\n" : "\n");
    }
    g_string_append (out, n_plans != 1 ? "]}\n" : "\n");
    return g_string_free (out, FALSE);
}
