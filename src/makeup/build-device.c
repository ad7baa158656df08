/* build-device.c — devices as they are drawn (visual/style.md §2): a summary behind a red bar, a quotation between two rules
 * with its speaker, numbers over their words. Their elements say that they are devices: the words stand in the story, too. */
#include "makeup/build.h"
#include "makeup/device.h"

#define ASCENT 0.88
#define BAR_TEXT (4.4 * BM_PT_PER_MM)
#define RULE_DROP 0.5     /* rows from the device's edge to its rule */
#define QUOTE_RULE (0.5 * BM_PT_PER_MM)
#define QUOTE_FOOT (0.12 * BM_PT_PER_MM)
#define FIGURE_FOOT 0.35  /* rows from the figures' labels to the device's foot */
#define UNIT_GAP 1.5      /* points from a number to its unit */

typedef struct {
    Build *build;
    const char *item;
    const Device *device;
    double x, y, width, height;
} Place;

static BmElement *
add_part (const Place *place, BmElementRole role, double y, double height, int n_lines)
{
    BmElement *element = bm_add_element (place->build, place->item, role, place->x, y, place->width, height);

    element->device = true;
    element->lines = bm_arena_new0 (place->build->arena, BmPlacedLine, n_lines);
    element->n_lines = n_lines;
    return element;
}

/* One line of a device; without glyphs its place alone. */
static void
set_line (const Place *place, const DeviceText *text, BmPlacedLine *line, double x, double baseline)
{
    const Maker *maker = place->build->maker;
    double size = maker->layout->roles[text->role].size;
    const BmHeadline *broken = place->build->with_glyphs ? bm_headline_break (place->build->arena, text->shaped, &maker->head_style, 1) : NULL;

    *line = (BmPlacedLine){ .x = x, .baseline = baseline, .size = size, .width = text->em * size };
    if (broken != NULL)
        bm_place_line (place->build, line, broken->galley, 0, size, x, baseline);
    line->paragraph_end = true;
}

/* ---- 提要 ---- */

static void
build_summary (const Place *place)
{
    Build *build = place->build;
    const Maker *maker = build->maker;
    const BmLayout *layout = maker->layout;
    double size = layout->roles[BM_ROLE_SUMMARY].size, leading = 1.5 * maker->grid.pitch, measure = (place->width - BAR_TEXT) / size + 1e-6;
    const BmGalley *galley = bm_compose (build->arena, place->device->main.shaped, &layout->style, &measure, 1, 0, 0);
    int n = galley == NULL ? 0 : galley->n_lines;
    double bar = (n - 1) * leading + size * 1.25, top = place->y + (place->height - maker->grid.pitch - bar) / 2;

    if (n == 0)
        return;
    bm_add_rule (build, place->item, place->x, top, layout->label_rule, bar, layout->label_rule, layout->roles[BM_ROLE_FIGURE].ink);
    BmElement *element = add_part (place, BM_ELEM_SUMMARY, place->y, place->height, n);
    element->x += BAR_TEXT;
    element->width -= BAR_TEXT;
    for (int i = 0; i < n; i++)
        bm_place_line (build, &element->lines[i], galley, i, size, element->x, top + size * (0.125 + ASCENT) + i * leading);
    bm_set_face (build, element, BM_ROLE_SUMMARY, size);
}

/* ---- 引语 ---- */

static void
build_quote (const Place *place)
{
    Build *build = place->build;
    const Maker *maker = build->maker;
    const BmLayout *layout = maker->layout;
    const BmRole *role = &layout->roles[BM_ROLE_PULLQUOTE], *source = &layout->roles[BM_ROLE_CAPTION];
    const DeviceText *speaker = &place->device->speaker;
    int n = bm_quote_lines (build->maker, place->device, place->width), more = speaker->shaped != NULL;
    double leading = role->size * role->leading, words = role->size + (n - 1) * leading, height = words + (more ? 2 * source->size : 0);
    double pitch = maker->grid.pitch, top = place->y + (place->height - height) / 2;
    const BmHeadline *broken = bm_headline_break (build->arena, place->device->main.shaped, &maker->head_style, n);

    if (broken == NULL)
        return;
    BmElement *element = add_part (place, BM_ELEM_PULLQUOTE, place->y, place->height, n + more);
    for (int i = 0; i < n; i++)
        bm_place_line (build, &element->lines[i], broken->galley, i, role->size, place->x, top + ASCENT * role->size + i * leading);
    element->lines[n - 1].paragraph_end = true;
    bm_set_face (build, element, BM_ROLE_PULLQUOTE, role->size);
    if (more)
        set_line (place, speaker, &element->lines[n], place->x, top + words + (0.8 + ASCENT) * source->size);
    bm_add_rule (build, place->item, place->x, place->y + RULE_DROP * pitch, place->width, QUOTE_RULE, QUOTE_RULE, layout->label_ink);
    bm_add_rule (build, place->item, place->x, place->y + place->height - RULE_DROP * pitch, place->width, QUOTE_FOOT, QUOTE_FOOT, layout->label_ink);
}

/* ---- 数字 ---- */

static void
build_figures (const Place *place)
{
    Build *build = place->build;
    const BmLayout *layout = build->maker->layout;
    const Device *device = place->device;
    int n = device->words.n_figures, k = 0;
    double pitch = build->maker->grid.pitch, label = layout->roles[BM_ROLE_FIGURE_LABEL].size, step = place->width / n;
    double last = place->y + place->height - FIGURE_FOOT * pitch - (1 - ASCENT) * label, under = 1.45 * label;
    double parted = last - ASCENT * label - 1;

    bm_add_rule (build, place->item, place->x, place->y + RULE_DROP * pitch, place->width, layout->figure_rule, layout->figure_rule,
                 layout->label_ink);
    BmElement *element = add_part (place, BM_ELEM_FIGURES, place->y, parted - place->y, 2 * n);
    for (int i = 0; i < n; i++) {
        double x = place->x + i * step, number = device->figures[i][0].em * layout->roles[BM_ROLE_FIGURE].size;

        set_line (place, &device->figures[i][0], &element->lines[k++], x, last - under);
        set_line (place, &device->figures[i][1], &element->lines[k++], x + number + UNIT_GAP, last - under);
    }
    bm_set_face (build, element, BM_ROLE_FIGURE, layout->roles[BM_ROLE_FIGURE].size);
    element = add_part (place, BM_ELEM_FIGURES, parted, place->y + place->height - parted, n);
    for (int i = 0; i < n; i++)
        set_line (place, &device->figures[i][2], &element->lines[i], place->x + i * step, last);
    bm_set_face (build, element, BM_ROLE_FIGURE_LABEL, label);
}

void
bm_build_device (Build *build, const Story *story, const Shape *shape, const char *item, double x, double width, int row)
{
    const Device *device = bm_device_of (story, shape);
    Place place = { build, item, device, x, bm_row_y (build, row), width, shape->device_rows * build->maker->grid.pitch };

    if (device == NULL)
        return;
    switch (device->words.kind) {
    case DEVICE_SUMMARY: build_summary (&place); break;
    case DEVICE_QUOTE: build_quote (&place); break;
    case DEVICE_FIGURES: build_figures (&place); break;
    case DEVICE_CROSSHEAD: break;
    }
}
