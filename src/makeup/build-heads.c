/* build-heads.c — headline blocks: kicker, main head, deck; and vertical heads. */
#include "makeup/build.h"

#include <math.h>

#define ASCENT 0.88
#define MINOR_LEADING 1.35 /* kicker and deck of two lines; style.md §2 */

const BmShaped *
bm_shape_in_role (Build *build, Story *story, const BmShaped *known, BmRoleId role, bool vertical)
{
    const char *utf8 = bm_shaped_text (known);
    int n_words;
    const char **words = bm_words_of (build->maker->arena, utf8, build->maker->pairs, &n_words);
    BmText text = { .utf8 = utf8, .length = -1, .kind = BM_TEXT_HEADLINE, .role = &build->maker->layout->roles[role],
                    .lang = build->maker->page->lang, .vertical = vertical, .n_words = n_words,
                    .words = (const char *const *) words, .where = story->item->where };

    return bm_type_shape (build->maker->type, &text, &build->maker->head_style, build->maker->diags);
}

/* The head's lines in the face of its final size; the break is that of the ladder, which is kept. */
static const BmHeadline *
broken_head (Build *build, Story *story, const BmShaped *known, BmRoleId role, int n_lines, BmHeadline **kept)
{
    Maker *maker = build->maker;

    if (build->with_glyphs) {
        const BmShaped *shaped = bm_shape_in_role (build, story, known, role, false);

        return shaped == NULL ? NULL : bm_headline_break (build->arena, shaped, &maker->head_style, n_lines);
    }
    if (*kept == NULL)
        *kept = bm_headline_break (maker->arena, known, &maker->head_style, n_lines);
    return *kept;
}

/* Heads stand with their ink, not their em box, at the column's edge (style.md §3). */
static double
optical_shift (const Build *build, const BmPlacedLine *line)
{
    double left, top, right, bottom;

    if (line->n_runs == 0 || line->runs[0].n_glyphs == 0 || line->size < 12 * BM_PT_PER_DIAN)
        return 0;
    const BmGlyph *first = &line->runs[0].glyphs[0];
    if (!bm_font_glyph_ink (line->runs[0].font, first->glyph, &left, &top, &right, &bottom))
        return 0;
    return build->maker->layout->optical_edge - (left + first->x) * line->size;
}

static void
place_head_line (Build *build, BmPlacedLine *out, const BmGalley *galley, int line, double size, double x, double width,
                 double baseline)
{
    bm_place_line (build, out, galley, line, size, x, baseline);
    if (build->maker->layout->head_align == BM_HEADS_CENTRED)
        out->x += (width - out->width) / 2;
    else
        out->x += optical_shift (build, out);
}

/* Lines of one level from `top` down; returns the foot of the last em box. */
static double
place_level (Build *build, BmElement *element, const BmHeadline *broken, double size, double leading, double x,
             double width, double top)
{
    element->n_lines = broken->n_lines;
    element->lines = bm_arena_new0 (build->arena, BmPlacedLine, broken->n_lines);
    for (int i = 0; i < broken->n_lines; i++)
        place_head_line (build, &element->lines[i], broken->galley, i, size, x, width, top + (ASCENT + i * leading) * size);
    return top + size * (1 + (broken->n_lines - 1) * leading);
}

static double
build_minor (Build *build, Story *story, const char *item, BmElementRole element_role, BmRoleId role,
             const BmShaped *known, BmHeadline **kept, double size, int n_lines, double x, double width, double y, double top)
{
    const BmHeadline *broken = broken_head (build, story, known, role, n_lines, &kept[n_lines]);

    if (broken == NULL)
        return top;
    BmElement *element = bm_add_element (build, item, element_role, x, y, width, 0);
    double foot = place_level (build, element, broken, size, MINOR_LEADING, x, width, top);
    element->height = foot - y;
    bm_set_face (build, element, role, size);
    return foot;
}

#define KICKER_GAP_MOST 12.5 /* points: over a large head the gap that goes with its size would set the kicker adrift */

/* A kicker stands nearer to its head than to the rule over it (style.md §8, 18). */
static double
kicker_drop (const BmLayout *layout, const Head *head)
{
    return MAX (0, layout->kicker_gap * head->size - KICKER_GAP_MOST);
}

void
bm_build_head (Build *build, Story *story, const char *item, const Head *head, double x, double width, int row, int rows)
{
    const BmLayout *layout = build->maker->layout;
    double y = bm_row_y (build, row), end = bm_row_y (build, row + rows), top = y + layout->head_top;
    BmRoleId role = bm_head_role (build->maker, story, head->size);

    if (head->size <= 0 || rows == 0)
        return;
    if (head->kicker > 0) {
        double foot = build_minor (build, story, item, BM_ELEM_KICKER, BM_ROLE_KICKER, story->kicker, story->kicker_breaks, head->kicker,
                                   head->kicker_lines, x, width, y, top + kicker_drop (layout, head));
        top = foot + layout->kicker_gap * head->size - kicker_drop (layout, head);
        y = foot;
    }
    const BmHeadline *broken = broken_head (build, story, bm_head_text (story, head->n_lines, false), role, head->n_lines,
                                            &story->breaks[head->n_lines]);
    if (broken == NULL)
        return;
    BmElement *element = bm_add_element (build, item, BM_ELEM_HEADLINE, x, y, width, end - y);
    double foot = place_level (build, element, broken, head->size, bm_head_leading (build->maker, story, head->size), x,
                               width, top);
    bm_set_face (build, element, role, head->size);
    if (head->subhead <= 0)
        return;
    element->height = foot - y;
    double deck_top = foot + layout->kicker_gap * head->size + head->subhead * BM_DECK_DROP;
    build_minor (build, story, item, BM_ELEM_SUBHEAD, BM_ROLE_SUBHEAD, story->subhead, story->subhead_breaks, head->subhead,
                 head->subhead_lines, x, width, foot, deck_top);
    BmElement *deck = &g_array_index (build->elements, BmElement, build->elements->len - 1);
    deck->height = end - deck->y;
}

#define STAGGER 1.5 /* characters by which the second line of a vertical head begins lower (起落) */

/* 竖题: the first line at the right from the block's top, the second at its left, a little lower. */
void
bm_build_vertical_head (Build *build, Story *story, const Shape *shape, double x, int row, int rows)
{
    const Maker *maker = build->maker;
    double size = shape->vertical_size, y = bm_row_y (build, row), height = rows * maker->grid.pitch;
    double top = y + (maker->grid.pitch - maker->grid.body) / 2, foot = y + height - (maker->grid.pitch - maker->grid.body) / 2;
    int n_lines = shape->head;
    const BmHeadline *broken = bm_headline_break (build->arena, bm_head_text (story, n_lines, true),
                                                 &maker->head_style, n_lines);

    if (broken == NULL)
        return;
    double thick = size * (n_lines + (n_lines - 1) * maker->layout->vertical_line_gap);
    BmElement *element = bm_add_element (build, bm_arena_strdup (build->arena, story->item->id), BM_ELEM_HEADLINE, x, y,
                                         shape->head_columns * maker->grid.body - maker->grid.body * 0.5, height);
    element->vertical = true;
    element->n_lines = n_lines;
    element->lines = bm_arena_new0 (build->arena, BmPlacedLine, n_lines);
    for (int i = 0; i < n_lines; i++) {
        BmPlacedLine *line = &element->lines[i];
        double centre = x + thick - size / 2 - i * size * (1 + maker->layout->vertical_line_gap);

        bm_place_line (build, line, broken->galley, i, size, centre, top);
        if (i > 0)
            line->baseline = MAX (top, MIN (foot - line->width, top + STAGGER * size));
    }
    bm_set_face (build, element, BM_ROLE_HEAD_VERTICAL, size);
}
