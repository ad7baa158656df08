/* nameplate.c — 报头: the paper's name over the front page, date and issue under it, the ear (报眼) at its right with
 * the index (导读) or an ad. It stands in place of the folio; the layout says how many rows it has and how wide the
 * ear is (newspaper-conventions.md §7). */
#include "makeup/build.h"

#include <string.h>

#define NAME_SHARE 0.94      /* of its room that the name may be wide */
#define NAME_HEIGHT 0.56     /* of the nameplate that it may be high, em box */
#define LINE_LEAD 1.9        /* × the size of the lines under it */
#define EAR_PADDING 0.9      /* × the index's size */
#define ENTRY_LEAD 1.42      /* × the index's size: line to line; … */
#define ENTRY_GAP 0.55       /* … more between two entries */
#define MOST_ENTRY_LINES 3   /* a longer head is left out: cut short it would say something else */

typedef struct {
    Build *build;
    double x, y, width, height; /* of nameplate and ear, without the double rule */
} Plate;

static void
add_line (Build *build, const char *text, BmRoleId role, double size, double x, double baseline)
{
    const char *kept = bm_arena_strdup (build->arena, text);
    BmPlacedLine line = bm_furniture_line (build, kept, role, size, x, baseline);
    BmElement *element = bm_add_element (build, NULL, BM_ELEM_FOLIO, x, baseline - size, line.width, size * 1.15);

    element->lines = bm_arena_copy (build->arena, &line, 1, sizeof line);
    element->n_lines = 1;
    bm_set_face (build, element, role, size);
}

/* ---- the box ---- */

static Plate
plate_of (Build *build)
{
    const BmLayout *layout = build->maker->layout;
    double rules = layout->folio_thick + (layout->folio_thin > 0 ? layout->folio_apart + layout->folio_thin : 0);

    return (Plate){ build, layout->area_x, layout->area_y, layout->area_width,
                    layout->folio_rows * build->maker->grid.pitch - rules - layout->folio_baseline_gap };
}

static bool
has_ear (const Build *build)
{
    const BmFrontMatter *front = build->maker->options->front;

    if (build->maker->layout->front_ear <= 0)
        return false;
    for (int i = 0; i < build->maker->n_ads; i++)
        if (build->maker->ads[i].ear)
            return true;
    return front != NULL && front->n_index > 0;
}

void
bm_ear_box (const Build *build, double *x, double *y, double *width, double *height)
{
    Plate plate = plate_of ((Build *) build);

    *width = plate.width * build->maker->layout->front_ear;
    *x = plate.x + plate.width - *width;
    *y = plate.y;
    *height = plate.height;
}

/* ---- the name ---- */

/* Date, issue and the edition's lines, parted by wide blanks. */
static char *
facts_of (const Build *build)
{
    const BmFrontMatter *front = build->maker->options->front;
    const BmPage *page = build->maker->page;
    char *date = bm_date_text (page->date, page->lang);
    GString *facts = g_string_new (date);

    if (front != NULL && front->issue != NULL)
        g_string_append_printf (facts, "%s%s", facts->len > 0 ? "　　" : "", front->issue);
    for (int i = 0; front != NULL && i < front->n_lines; i++)
        g_string_append_printf (facts, "%s%s", facts->len > 0 ? "　　" : "", front->lines[i]);
    g_free (date);
    return g_string_free (facts, FALSE);
}

/* A line no wider than its room. */
static void
add_fitted (Build *build, const char *text, BmRoleId role, double size, const Plate *room, double baseline)
{
    double width = bm_text_width (build, text, role, size);

    if (width > room->width)
        size *= room->width / width;
    width = MIN (width, room->width);
    add_line (build, text, role, size, room->x + (room->width - width) / 2, baseline);
}

static void
build_name (const Plate *room)
{
    Build *build = room->build;
    const BmLayout *layout = build->maker->layout;
    const BmFrontMatter *front = build->maker->options->front;
    const char *name = front != NULL && front->name != NULL ? front->name : build->maker->page->paper;
    const char *latin = front != NULL ? front->latin : NULL;
    double line = layout->roles[BM_ROLE_NAMEPLATE_LINE].size, foot = room->y + room->height;
    char *facts = facts_of (build);

    if (facts[0] != '\0') {
        add_fitted (build, facts, BM_ROLE_NAMEPLATE_LINE, line, room, foot - 0.45 * line);
        foot -= LINE_LEAD * line;
        bm_add_rule (build, NULL, room->x, foot, room->width, layout->hairline, layout->hairline, layout->hairline_ink);
    }
    if (latin != NULL) {
        add_fitted (build, latin, BM_ROLE_NAMEPLATE_LINE, 1.35 * line, room, foot - 0.9 * line);
        foot -= 2.2 * line;
    }
    if (name != NULL && name[0] != '\0') {
        double em = bm_text_width (build, name, BM_ROLE_NAMEPLATE, 1), wide = NAME_SHARE * room->width / MAX (em, 1);
        double size = MIN (MIN (layout->roles[BM_ROLE_NAMEPLATE].size, wide), MAX (NAME_HEIGHT * room->height, 1) * 1.3);

        size = MIN (size, foot - room->y);
        add_fitted (build, name, BM_ROLE_NAMEPLATE, size, room, room->y + (foot - room->y) / 2 + 0.38 * size);
    }
    g_free (facts);
}

/* ---- the index ---- */

static char *
joined (const BmIndexEntry *entry)
{
    GString *text = g_string_new (NULL);

    for (int i = 0; i < entry->n_lines; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "　" : "", entry->lines[i]);
    return g_string_free (text, FALSE);
}

typedef struct {
    double size, x, y, width; /* of the entries; y: under the label */
    double foot;
} Index;

#define TAG 3.4 /* × size: the page's number before the head */

static BmGalley *
set_entry (Build *build, const BmIndexEntry *entry, const Index *index)
{
    const BmLayout *layout = build->maker->layout;
    char *text = joined (entry);
    double measure = index->width / index->size - TAG;
    BmText of = { .utf8 = bm_arena_strdup (build->arena, text), .length = -1, .kind = BM_TEXT_CAPTION,
                  .role = &layout->roles[BM_ROLE_INDEX], .lang = build->maker->page->lang };
    const BmShaped *shaped = bm_type_shape (build->maker->type, &of, &layout->style, build->maker->diags);

    g_free (text);
    return shaped == NULL ? NULL : bm_compose (build->arena, shaped, &layout->style, &measure, 1, 0, 0);
}

static void
place_entry (Build *build, const BmGalley *galley, double size, double x, double baseline)
{
    BmElement *element = bm_add_element (build, NULL, BM_ELEM_FOLIO, x, baseline - size, 0, size * ENTRY_LEAD * galley->n_lines);
    BmPlacedLine *lines = bm_arena_new0 (build->arena, BmPlacedLine, galley->n_lines);

    for (int i = 0; i < galley->n_lines; i++) {
        bm_place_line (build, &lines[i], galley, i, size, x, baseline + i * ENTRY_LEAD * size);
        element->width = MAX (element->width, lines[i].width);
    }
    element->lines = lines;
    element->n_lines = galley->n_lines;
    bm_set_face (build, element, BM_ROLE_INDEX, size);
}

/* Set the entries, or with `measure_only` see how many have room. */
static int
run_entries (Build *build, const Index *index, bool measure_only)
{
    const BmFrontMatter *front = build->maker->options->front;
    const char *red = build->maker->layout->roles[BM_ROLE_FOLIO_PAPER].ink;
    double y = index->y;
    int n = 0;

    for (int i = 0; i < front->n_index; i++) {
        const BmIndexEntry *entry = &front->index[i];
        BmGalley *galley = set_entry (build, entry, index);

        if (galley == NULL || galley->n_lines > MOST_ENTRY_LINES || y + galley->n_lines * ENTRY_LEAD * index->size > index->foot)
            continue;
        n++;
        if (!measure_only) {
            add_line (build, bm_arena_printf (build->arena, "%s版", entry->page == NULL ? "" : entry->page), BM_ROLE_LABEL, index->size, index->x,
                      y + 0.88 * index->size);
            g_array_index (build->elements, BmElement, build->elements->len - 1).ink = red;
            place_entry (build, galley, index->size, index->x + TAG * index->size, y + 0.88 * index->size);
        }
        y += (galley->n_lines * ENTRY_LEAD + ENTRY_GAP) * index->size;
    }
    return n;
}

/* The label on its rule, or on a bar; returns where the entries may begin. */
static double
build_label (const Plate *ear, double x)
{
    static const char *const words[] = { "导读", "導讀", "きょうの紙面" };
    Build *build = ear->build;
    const BmLayout *layout = build->maker->layout;
    double label = layout->roles[BM_ROLE_LABEL].size;
    bool bar = strcmp (layout->roles[BM_ROLE_LABEL].ink, "paper") == 0;
    double top = bar ? 1.7 * label : layout->label_rule, baseline = ear->y + (bar ? 1.23 * label : top + 1.5 * label);

    bm_add_element (build, NULL, BM_ELEM_TINT, ear->x, ear->y, ear->width, ear->height)->ink = layout->tint_ink;
    bm_add_element (build, NULL, BM_ELEM_TINT, ear->x, ear->y, ear->width, top)->ink = layout->label_ink;
    add_line (build, words[bm_language_of (build->maker->page->lang)], BM_ROLE_LABEL, label, x, baseline);
    return baseline + (bar ? 1.2 : 0.9) * label;
}

/* A short index is set larger, so that the ear is full. */
static void
build_index (const Plate *ear)
{
    Build *build = ear->build;
    double size = build->maker->layout->roles[BM_ROLE_INDEX].size, pad = EAR_PADDING * size;
    Index index = { size, ear->x + pad, build_label (ear, ear->x + pad), ear->width - 2 * pad, ear->y + ear->height - 0.3 * size };
    static const double steps[] = { 1.7, 1.5, 1.3, 1.15, 1 };

    for (size_t i = 0; i < G_N_ELEMENTS (steps); i++) {
        index.size = steps[i] * size;
        if (run_entries (build, &index, true) == build->maker->options->front->n_index)
            break;
    }
    run_entries (build, &index, false);
}

void
bm_build_nameplate (Build *build)
{
    const Maker *maker = build->maker;
    const BmLayout *layout = maker->layout;
    Plate whole = plate_of (build), name = whole, ear = whole;
    double foot = layout->area_y + layout->folio_rows * maker->grid.pitch;
    bool ad = false;

    for (int i = 0; i < maker->n_ads; i++)
        ad = ad || maker->ads[i].ear;
    bm_ear_box (build, &ear.x, &ear.y, &ear.width, &ear.height);
    if (has_ear (build))
        name.width = whole.width - ear.width - 2 * maker->grid.body;
    build_name (&name);
    if (has_ear (build) && !ad)
        build_index (&ear);
    double thin = layout->folio_thin > 0 ? layout->folio_apart + layout->folio_thin : 0;
    bm_add_rule (build, NULL, layout->area_x, foot - layout->folio_thick - thin, layout->area_width, layout->folio_thick, layout->folio_thick, "black");
    if (thin > 0)
        bm_add_rule (build, NULL, layout->area_x, foot - layout->folio_thin, layout->area_width, layout->folio_thin, layout->folio_thin, "black");
}
