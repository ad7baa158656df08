/* build-text.c — a galley poured into its columns: bylines, text, crossheads, quotations, tables. */
#include "makeup/build.h"

#include <math.h>
#include <string.h>

#define ASCENT 0.88
#define CROSSHEAD_RISE (0.75 * BM_PT_PER_MM) /* baseline over that of its second row; style.md §2 */

typedef struct {
    Build *build;
    Story *story;
    const char *item;
    const Columns *columns;
    const Flow *flow;
    const Levers *levers;
    int column, at;       /* where the next row stands */
    GArray *lines;        /* BmPlacedLine of the column's text */
    int first_row;        /* of the text in this column; −1: none yet */
    GArray *overlays;     /* BmElement that stand in the column, in order */
    BmGalley **galleys;   /* by part */
    int placed;
} Pouring;

static double
column_x (const Pouring *pouring)
{
    return pouring->columns->x[pouring->column];
}

static int
page_row (const Pouring *pouring)
{
    return pouring->columns->row[pouring->column] + pouring->at;
}

static double
row_size (const Pouring *pouring, const Part *part)
{
    return pouring->build->maker->layout->roles[part->role].size;
}

/* ---- elements of a column ---- */

static void
end_column (Pouring *pouring)
{
    Build *build = pouring->build;
    double pitch = build->maker->grid.pitch;

    bool opens = pouring->overlays->len > 0 && g_array_index (pouring->overlays, BmElement, 0).role == BM_ELEM_BYLINE &&
                 g_array_index (pouring->overlays, BmElement, 0).y < bm_row_y (build, MAX (pouring->first_row, 0));
    if (opens) { /* read before the text */
        g_array_append_vals (build->elements, pouring->overlays->data, 1);
        g_array_remove_index (pouring->overlays, 0);
    }
    if (pouring->first_row >= 0) {
        double y = bm_row_y (build, pouring->first_row);
        BmElement *element = bm_add_element (build, pouring->item, BM_ELEM_TEXT, column_x (pouring), y, pouring->columns->width,
                                             (page_row (pouring) - pouring->first_row) * pitch);
        element->index = pouring->column;
        element->measure = pouring->columns->measure;
        element->n_lines = (int) pouring->lines->len;
        element->lines = bm_arena_copy (build->arena, pouring->lines->data, pouring->lines->len, sizeof (BmPlacedLine));
        bm_set_face (build, element, BM_ROLE_TEXT, build->maker->layout->roles[BM_ROLE_TEXT].size);
    }
    g_array_append_vals (build->elements, pouring->overlays->data, pouring->overlays->len);
    g_array_set_size (pouring->overlays, 0);
    g_array_set_size (pouring->lines, 0);
    pouring->first_row = -1;
}

static void
next_column_if_full (Pouring *pouring)
{
    while (pouring->at >= pouring->columns->room[pouring->column] && pouring->column + 1 < pouring->columns->n_columns) {
        end_column (pouring);
        pouring->column++;
        pouring->at = 0;
    }
}

static const BmGalley *
galley_of (Pouring *pouring, int number)
{
    const Build *build = pouring->build;
    const Part *part = &pouring->story->parts[number];

    if (pouring->galleys[number] != NULL || part->shaped == NULL)
        return pouring->galleys[number];
    double measure = bm_role_em (build->maker, part, pouring->flow->measure) + 1e-6;
    int best = bm_part_lines (build->maker, part, pouring->flow->measure);
    int lines = bm_flow_part_lines (build->maker, pouring->flow, pouring->story, pouring->levers, number);
    BmGalley *galley = lines == best ? NULL : bm_compose_choice (build->arena, part->shaped, &build->maker->layout->style, measure, part->indent, lines, BM_WORST_GAP);
    if (galley == NULL)
        galley = bm_compose (build->arena, part->shaped, &build->maker->layout->style, &measure, 1, part->indent, 0);
    return pouring->galleys[number] = galley;
}

/* Without glyphs a line is its baseline alone. */
static BmPlacedLine
line_of (Pouring *pouring, int number, int line, double x, double baseline)
{
    const Part *part = &pouring->story->parts[number];
    BmPlacedLine placed = { .x = x, .baseline = baseline, .size = row_size (pouring, part) };

    if (!pouring->build->with_glyphs)
        return placed;
    const BmGalley *galley = galley_of (pouring, number);
    if (galley != NULL && line < galley->n_lines)
        bm_place_line (pouring->build, &placed, galley, line, placed.size, x, baseline);
    return placed;
}

static BmElement *
add_overlay (Pouring *pouring, BmElementRole role, int rows)
{
    Build *build = pouring->build;
    BmElement element = { .item = pouring->item, .role = role, .x = column_x (pouring), .ink = "black",
                          .y = bm_row_y (build, page_row (pouring)), .width = pouring->columns->width,
                          .height = rows * build->maker->grid.pitch, .index = pouring->column };

    g_array_append_val (pouring->overlays, element);
    return &g_array_index (pouring->overlays, BmElement, pouring->overlays->len - 1);
}

static void
give_lines (Pouring *pouring, BmElement *element, int number, int n, double first, double leading)
{
    const Part *part = &pouring->story->parts[number];
    const BmRole *role = &pouring->build->maker->layout->roles[part->role];

    if (!pouring->build->with_lines)
        return;
    element->n_lines = n;
    element->lines = bm_arena_new0 (pouring->build->arena, BmPlacedLine, n);
    for (int i = 0; i < n; i++) {
        BmPlacedLine *line = &element->lines[i];

        *line = line_of (pouring, number, i, element->x, first + i * leading);
        if (role->align == BM_ALIGN_RIGHT || part->kind == PART_SIGNATURE)
            line->x += element->width - line->width;
    }
    bm_set_face (pouring->build, element, part->role, role->size);
}

/* ---- what a part looks like ---- */

static void
place_crosshead (Pouring *pouring, int number, int rows)
{
    Build *build = pouring->build;
    const Part *part = &pouring->story->parts[number];
    int n = bm_part_lines (build->maker, part, pouring->flow->measure);
    BmElement *element = add_overlay (pouring, BM_ELEM_CROSSHEAD, rows);
    element->device = part->device;
    double last = bm_row_baseline (build, page_row (pouring) + rows - 1) - CROSSHEAD_RISE;

    give_lines (pouring, element, number, n, last - (n - 1) * build->maker->grid.pitch, build->maker->grid.pitch);
    if (pouring->first_row < 0)
        pouring->first_row = page_row (pouring);
}

static void
place_quote (Pouring *pouring, int number, int rows)
{
    Build *build = pouring->build;
    const BmLayout *layout = build->maker->layout;
    const Part *part = &pouring->story->parts[number];
    const BmRole *role = &layout->roles[part->role];
    int n = bm_part_lines (build->maker, part, pouring->flow->measure);
    double leading = role->leading * role->size, height = role->size + (n - 1) * leading;
    BmElement *element = add_overlay (pouring, BM_ELEM_PULLQUOTE, rows);
    double inner = element->height - build->maker->grid.pitch, x = element->x, y = element->y, width = element->width;
    double top = y + build->maker->grid.pitch / 2 + (inner - height) / 2;

    give_lines (pouring, element, number, n, top + ASCENT * role->size, leading);
    BmElement over = { .item = pouring->item, .role = BM_ELEM_RULE, .x = x, .y = y + 4, .width = width,
                       .height = layout->figure_rule, .stroke = layout->figure_rule, .ink = layout->label_ink };
    BmElement under = over;
    under.y = y + rows * build->maker->grid.pitch - 5;
    under.height = under.stroke = layout->hairline;
    g_array_append_val (pouring->overlays, over);
    g_array_append_val (pouring->overlays, under);
    if (pouring->first_row < 0)
        pouring->first_row = page_row (pouring);
}

static void
place_cell (Pouring *pouring, GArray *lines, const Part *part, int cell, double x, double width)
{
    Build *build = pouring->build;
    const BmRole *role = &build->maker->layout->roles[part->role];
    double measure = MAX (width / role->size, 1) + 1e-6;
    const BmGalley *galley = bm_compose (build->arena, part->cells[cell], &build->maker->layout->style, &measure, 1, 0, 0);

    for (int i = 0; galley != NULL && i < galley->n_lines; i++) {
        BmPlacedLine line;
        bm_place_line (build, &line, galley, i, role->size, x, bm_row_baseline (build, page_row (pouring) + i));
        g_array_append_val (lines, line);
    }
}

static void
place_table_row (Pouring *pouring, int number, int rows)
{
    Build *build = pouring->build;
    const Part *part = &pouring->story->parts[number];
    double gutter = build->maker->grid.body, all = pouring->columns->width - (part->n_cells - 1) * gutter;
    double width = all / MAX (part->n_cells, 1);
    GArray *lines = g_array_new (FALSE, TRUE, sizeof (BmPlacedLine));
    BmElement *element = add_overlay (pouring, BM_ELEM_TABLE, rows);

    for (int i = 0; build->with_glyphs && i < part->n_cells; i++)
        if (part->cells[i] != NULL)
            place_cell (pouring, lines, part, i, element->x + i * (width + gutter), width);
    element->n_lines = (int) lines->len;
    element->lines = bm_arena_copy (build->arena, lines->data, lines->len, sizeof (BmPlacedLine));
    bm_set_face (build, element, part->role, build->maker->layout->roles[part->role].size);
    g_array_free (lines, TRUE);
    if (pouring->first_row < 0)
        pouring->first_row = page_row (pouring);
}

static void
add_line (Pouring *pouring, BmElement *element, int number, int line)
{
    BmPlacedLine placed = line_of (pouring, number, line, element->x, bm_row_baseline (pouring->build, page_row (pouring)));
    const Part *part = &pouring->story->parts[number];
    BmPlacedLine *lines = bm_arena_new0 (pouring->build->arena, BmPlacedLine, element->n_lines + 1);

    if (element->n_lines > 0)
        memcpy (lines, element->lines, (size_t) element->n_lines * sizeof *lines);
    if (part->kind == PART_SIGNATURE || part->kind == PART_JUMP)
        placed.x += element->width - placed.width;
    if (part->kind == PART_BYLINE && line > 0 && placed.width + placed.size <= element->width)
        placed.x += placed.size; /* style.md §2: its second line in a character */
    lines[element->n_lines++] = placed;
    element->lines = lines;
}

/* Lines whose role is not the text's stand in elements of their own. */
static void
place_other_line (Pouring *pouring, int number, int line, BmElementRole role)
{
    GArray *overlays = pouring->overlays;
    BmElement *last = overlays->len == 0 ? NULL : &g_array_index (overlays, BmElement, overlays->len - 1);
    bool joins = last != NULL && last->role == role && role == BM_ELEM_BYLINE && pouring->first_row < 0;
    BmElement *element = joins ? last : add_overlay (pouring, role, 1);
    const Part *part = &pouring->story->parts[number];

    if (pouring->build->with_lines)
        add_line (pouring, element, number, line);
    if (joins)
        element->height += pouring->build->maker->grid.pitch;
    bm_set_face (pouring->build, element, part->role, row_size (pouring, part));
    if (role != BM_ELEM_BYLINE && pouring->first_row < 0)
        pouring->first_row = page_row (pouring);
}

static void
place_text_line (Pouring *pouring, int number, int line)
{
    if (pouring->first_row < 0)
        pouring->first_row = page_row (pouring);
    pouring->placed++;
    if (!pouring->build->with_lines)
        return;
    double baseline = bm_row_baseline (pouring->build, page_row (pouring));
    BmPlacedLine placed = line_of (pouring, number, line, column_x (pouring), baseline);
    g_array_append_val (pouring->lines, placed);
}

static void
place_atom (Pouring *pouring, const Atom *atom, int line, int rows)
{
    next_column_if_full (pouring);
    switch (pouring->story->parts[atom->part].kind) {
    case PART_CROSSHEAD:
        place_crosshead (pouring, atom->part, rows);
        pouring->placed += rows;
        break;
    case PART_PULLQUOTE:
        place_quote (pouring, atom->part, rows);
        pouring->placed += rows;
        break;
    case PART_ROW:
        place_table_row (pouring, atom->part, rows);
        pouring->placed += rows;
        break;
    case PART_BYLINE:
        place_other_line (pouring, atom->part, line, BM_ELEM_BYLINE);
        break;
    case PART_SIGNATURE:
        place_other_line (pouring, atom->part, line, BM_ELEM_BYLINE);
        break;
    case PART_JUMP:
        place_other_line (pouring, atom->part, line, BM_ELEM_JUMP);
        pouring->placed++;
        break;
    default:
        place_text_line (pouring, atom->part, line);
        break;
    }
    pouring->at += rows;
}

/* All lines of a part of the text, when none is drawn. */
static void
count_part (Pouring *pouring, int lines)
{
    const Columns *columns = pouring->columns;

    pouring->placed += lines;
    while (lines > 0) {
        next_column_if_full (pouring);
        bool last = pouring->column + 1 >= columns->n_columns;
        int n = last ? lines : MIN (lines, columns->room[pouring->column] - pouring->at);

        if (pouring->first_row < 0)
            pouring->first_row = page_row (pouring);
        pouring->at += n;
        lines -= n;
    }
}

static bool
is_text (PartKind kind)
{
    return kind == PART_PARAGRAPH || kind == PART_NOTE;
}

/* The part that begins with this atom; returns its last. */
static int
pour_part (Pouring *pouring, int first)
{
    const Flow *flow = pouring->flow;
    int part = flow->atoms[first].part, end = first + 1, loose = pouring->levers->loose;

    while (end < flow->n_atoms && flow->atoms[end].part == part)
        end++;
    count_part (pouring, end - first + (loose > 0 && part == flow->looser) - (loose < 0 && part == flow->tighter));
    return end - 1;
}

/* The same order and the same rows as bm_flow_fit counted. */
static void
pour (Pouring *pouring)
{
    const Flow *flow = pouring->flow;
    const Levers *levers = pouring->levers;
    int crosshead = 0;

    for (int i = 0; i < flow->n_atoms; i++) {
        const Atom *atom = &flow->atoms[i];
        int rows = atom->rows + (atom->keep && (levers->opened >> MIN (crosshead, 7) & 1) ? 1 : 0), line = atom->line;

        crosshead += atom->keep;
        if (!pouring->build->with_lines && is_text (pouring->story->parts[atom->part].kind)) {
            i = pour_part (pouring, i);
            continue;
        }
        if (atom->part == flow->tighter && levers->loose < 0 && line > 0)
            line--;
        else if (atom->part == flow->tighter && levers->loose < 0)
            continue;
        if (atom->part == flow->looser && levers->loose > 0 && line == 0) {
            place_atom (pouring, atom, 0, rows);
            place_atom (pouring, atom, 1, rows);
            continue;
        }
        if (atom->part == flow->looser && levers->loose > 0)
            line++;
        place_atom (pouring, atom, line, rows);
        if (i + 1 == flow->byline_atoms)
            pouring->at += levers->gap;
    }
    end_column (pouring);
}

static int
count_text_rows (const Pouring *pouring)
{
    int rows = 0;

    for (int i = 0; i < pouring->flow->n_atoms; i++) {
        PartKind kind = pouring->story->parts[pouring->flow->atoms[i].part].kind;
        rows += kind == PART_BYLINE || kind == PART_SIGNATURE ? 0 : pouring->flow->atoms[i].rows;
    }
    for (int bits = pouring->levers->opened; bits != 0; bits >>= 1)
        rows += bits & 1;
    return rows + pouring->levers->loose;
}

void
bm_build_text (Build *build, Story *story, const Columns *columns, const Levers *levers, BmPlanItem *item)
{
    Pouring pouring = { .build = build, .story = story, .item = item->id, .columns = columns, .levers = levers,
                        .flow = bm_flow_of (build->maker, story, columns->measure), .first_row = -1,
                        .lines = g_array_new (FALSE, TRUE, sizeof (BmPlacedLine)),
                        .overlays = g_array_new (FALSE, TRUE, sizeof (BmElement)) };

    pouring.galleys = g_new0 (BmGalley *, (gsize) MAX (story->n_parts, 1));
    pour (&pouring);
    item->lines_composed = count_text_rows (&pouring);
    item->lines_placed = pouring.placed;
    item->lines_over = MAX (0, item->lines_composed - pouring.placed);
    item->slack_lines = levers->gap + levers->tail;
    g_free (pouring.galleys);
    g_array_free (pouring.lines, TRUE);
    g_array_free (pouring.overlays, TRUE);
}
