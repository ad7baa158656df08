/* runs.c — the glyphs of a finished line, one run a face, with positions that a painter only scales and shifts.
 *
 * The text of a run is exactly its characters: blanks that vanish at breaks are gone, none is added
 * (cjk-composition.md §15). `spaced` tells the painter that readers would see blanks where there are none. */
#include "type/type-private.h"

#include <math.h>
#include <string.h>

#define SPACED 0.10           /* em; poppler adds a blank above 0.14, MuPDF from 0.14 … 0.18 (§15.2) */
#define AXIS_TO_BASELINE 0.38 /* em: half the height of capitals; rotated words are centred on the column by it */
#define ASCENT 0.88           /* em box above the baseline (§10) */

typedef struct {
    BmArena *arena;
    const BmShaped *shaped;
    GArray *runs;    /* BmRun */
    GArray *glyphs;  /* BmGlyph of the run being built */
    GString *text;
    const BmFont *font;
    bool spaced;
    double reached;  /* where the glyph before ends, along the line */
    bool started;
} Builder;

static void
end_run (Builder *builder)
{
    if (builder->font == NULL || builder->glyphs->len == 0)
        return;
    BmRun run = { .font = builder->font, .n_glyphs = (int) builder->glyphs->len, .spaced = builder->spaced };
    run.glyphs = bm_arena_copy (builder->arena, builder->glyphs->data, builder->glyphs->len, sizeof (BmGlyph));
    run.text = bm_arena_strndup (builder->arena, builder->text->str, builder->text->len);
    run.end_x = builder->reached;
    g_array_append_val (builder->runs, run);
    g_array_set_size (builder->glyphs, 0);
    g_string_truncate (builder->text, 0);
    builder->spaced = false;
}

static void
add_glyph (Builder *builder, const BmFont *font, BmGlyph glyph, const char *bytes, int length, double from, double advance)
{
    if (builder->font != font)
        end_run (builder);
    if (builder->started && fabs (from - builder->reached) > SPACED)
        builder->spaced = true;
    builder->font = font;
    glyph.start = (int) builder->text->len;
    glyph.length = length;
    g_string_append_len (builder->text, bytes, length);
    g_array_append_val (builder->glyphs, glyph);
    builder->reached = from + advance;
    builder->started = true;
}

/* How far the cell's glyphs moved towards the line's start by the glue that was cut. */
static double
cut_before (const BmCellData *data, const BmCell *cell)
{
    double cut = (double) data->width - cell->advance;

    if (data->class == BM_CLASS_SP)
        return 0;
    if (data->left > 0 && data->right > 0)
        return cut / 2;
    return data->left > 0 ? cut : 0;
}

/* Trimming of heads took glue from the cell before it was laid out: style.md §3. */
static double
cut_at_shaping (const BmShaped *shaped, const BmCellData *data)
{
    bool cut = shaped->kind == BM_TEXT_HEADLINE && shaped->style.head_trim && data->class == BM_CLASS_OP;

    return cut ? 0.5 - (double) data->left : 0;
}

#define MARK_SCALE 0.68 /* □ of 0.60 字 (style.md §2) from a glyph of 0.88 */
#define MARK_MIDDLE 0.38 /* em over the baseline: the middle of a character */

/* The mark before a byline is drawn small, on the line's middle. */
static void
make_mark_small (const BmShaped *shaped, const BmCellData *data, BmGlyph *glyph)
{
    if (shaped->kind != BM_TEXT_BYLINE || data->class != BM_CLASS_MARK)
        return;
    glyph->scale_x = glyph->scale_y = MARK_SCALE;
    glyph->y -= MARK_MIDDLE * (1 - MARK_SCALE);
}

/* A glyph of the text at a place; one with nothing to draw leaves its room alone. */
static void
add_source (Builder *builder, int index, BmGlyph glyph, double from, double advance)
{
    const BmShaped *shaped = builder->shaped;
    const BmShapedGlyph *source = &shaped->glyphs[index];
    const BmFont *font = bm_glyph_font (shaped, source);

    glyph.glyph = source->glyph;
    if (font != NULL)
        add_glyph (builder, font, glyph, shaped->text + source->start, bm_glyph_length (shaped, index), from, advance);
}

static BmOffset
offset_of (const BmShaped *shaped, int index)
{
    return shaped->offsets != NULL ? shaped->offsets[index] : (BmOffset){ 0, 0 };
}

static void
add_horizontal (Builder *builder, const BmCellData *data, const BmCell *cell)
{
    const BmShaped *shaped = builder->shaped;
    double x = cell->x + bm_cell_shift (shaped, data) - cut_before (data, cell) - cut_at_shaping (shaped, data);

    for (int i = data->first_glyph; i < data[1].first_glyph; i++) {
        BmOffset offset = offset_of (shaped, i);
        BmGlyph glyph = { .x = x + (double) offset.x, .y = (double) offset.y, .scale_x = 1, .scale_y = 1 };
        double advance = (double) shaped->glyphs[i].advance;

        make_mark_small (shaped, data, &glyph);
        add_source (builder, i, glyph, x, advance);
        x += advance;
    }
}

/* Words on their side: their line runs down the column's axis. */
static void
add_rotated (Builder *builder, const BmCellData *data, const BmCell *cell)
{
    double y = cell->x;

    for (int i = data->first_glyph; i < data[1].first_glyph; i++) {
        BmGlyph glyph = { .x = -AXIS_TO_BASELINE, .y = y, .rotated = true, .scale_x = 1, .scale_y = 1 };
        double advance = (double) builder->shaped->glyphs[i].advance;

        add_source (builder, i, glyph, y, advance);
        y += advance;
    }
}

static void
add_side_by_side (Builder *builder, const BmCellData *data, const BmCell *cell)
{
    double width = 0, x;

    for (int i = data->first_glyph; i < data[1].first_glyph; i++)
        width += (double) builder->shaped->glyphs[i].advance;
    double scale = width > 1 ? MAX (1 / width, 0.67) : 1;
    x = -width * scale / 2;
    for (int i = data->first_glyph; i < data[1].first_glyph; i++) {
        BmGlyph glyph = { .x = x, .y = cell->x + ASCENT, .scale_x = scale, .scale_y = 1 };

        add_source (builder, i, glyph, cell->x, i == data->first_glyph ? 1 : 0);
        builder->reached = cell->x + 1;
        x += (double) builder->shaped->glyphs[i].advance * scale;
    }
}

static void
add_vertical (Builder *builder, const BmCellData *data, const BmCell *cell)
{
    double y = cell->x - cut_before (data, cell) - cut_at_shaping (builder->shaped, data);

    if (cell->orient == BM_ORIENT_ROTATED) {
        add_rotated (builder, data, cell);
        return;
    }
    if (cell->orient == BM_ORIENT_TCY) {
        add_side_by_side (builder, data, cell);
        return;
    }
    for (int i = data->first_glyph; i < data[1].first_glyph; i++) {
        BmOffset offset = offset_of (builder->shaped, i);
        BmGlyph glyph = { .x = (double) offset.x, .y = y + (double) offset.y, .scale_x = 1, .scale_y = 1 };
        double advance = (double) builder->shaped->glyphs[i].advance;

        add_source (builder, i, glyph, y, advance);
        y += advance;
    }
}

/* The cell a laid-out cell came from: mostly the one behind that of the cell before. */
static const BmCellData *
data_of (const BmShaped *shaped, const BmCell *cell, const BmCellData *before)
{
    int low = 0, high = shaped->n_cells - 1;

    if (before != NULL && before[1].start == cell->start && before - shaped->cells < high)
        return before + 1;
    while (low < high) {
        int middle = (low + high) / 2;

        if (shaped->cells[middle].start < cell->start)
            low = middle + 1;
        else
            high = middle;
    }
    return &shaped->cells[low];
}

#define MOSTLY_RUNS 2   /* of a line, … */
#define MOSTLY_GLYPHS 2 /* … of a cell: room for more is made */

BmRun *
bm_line_runs (BmArena *arena, const BmGalley *galley, int number, int *n_runs)
{
    const BmLine *line = &galley->lines[number];
    guint n_glyphs = (guint) (MOSTLY_GLYPHS * line->n_cells);
    Builder builder = { .arena = arena, .shaped = galley->shaped, .runs = g_array_sized_new (FALSE, FALSE, sizeof (BmRun), MOSTLY_RUNS),
                        .glyphs = g_array_sized_new (FALSE, FALSE, sizeof (BmGlyph), n_glyphs), .text = g_string_sized_new (3 * n_glyphs) };

    const BmCellData *data = NULL;
    for (int i = 0; i < line->n_cells; i++) {
        const BmCell *cell = &galley->cells[line->first_cell + i];

        data = data_of (galley->shaped, cell, data);
        if (galley->shaped->vertical)
            add_vertical (&builder, data, cell);
        else
            add_horizontal (&builder, data, cell);
    }
    if (line->hyphen && galley->shaped->hyphen_font != NULL) {
        BmGlyph hyphen = { .glyph = galley->shaped->hyphen_glyph, .x = builder.reached, .scale_x = 1, .scale_y = 1 };

        add_glyph (&builder, galley->shaped->hyphen_font, hyphen, "-", 1, builder.reached, (double) galley->shaped->hyphen_width);
    }
    end_run (&builder);
    *n_runs = (int) builder.runs->len;
    BmRun *runs = bm_arena_copy (arena, builder.runs->data, builder.runs->len, sizeof (BmRun));
    g_array_free (builder.runs, TRUE);
    g_array_free (builder.glyphs, TRUE);
    g_string_free (builder.text, TRUE);
    return runs;
}
