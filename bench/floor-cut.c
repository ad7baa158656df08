/* floor-cut.c — the least work for a page that is already made up: its lines shaped once in their own faces, the used glyphs
 * cut out first, every line drawn where the plan has it, a PDF written.
 *
 * floor.c draws from the whole collection, which Cairo reads twice (print-ready.md §3); this is how low the same libraries
 * go. No breaking, no make-up, no pictures, no rules.
 * Usage: floor-cut FONTS.CONF LINES OUT.pdf. LINES begins with the paper's width and height; then a line of the page each:
 * fontconfig pattern, size, x, baseline, text, parted by tabs. Lengths are points. */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <hb-subset.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCALE 1000.0 /* units of a shaped em */

typedef struct {
    char *pattern;
    hb_face_t *face;
    hb_font_t *font;
    hb_set_t *used;
    hb_map_t *numbers; /* of the whole face → of the cut one */
    hb_blob_t *cut;
    cairo_font_face_t *cairo;
} Face;

typedef struct {
    Face *face;
    double size, x, baseline;
    const char *text;
    hb_buffer_t *shaped;
} Line;

typedef struct {
    FcConfig *config;
    FT_Library library;
    GPtrArray *faces; /* Face * */
    GArray *lines;    /* Line */
    double width, height;
} Page;

static bool
open_face (const Page *page, Face *face, const char *name)
{
    FcPattern *pattern = FcNameParse ((const FcChar8 *) name);
    FcResult result;
    FcChar8 *file = NULL;
    int index = 0;

    FcConfigSubstitute (page->config, pattern, FcMatchPattern);
    FcDefaultSubstitute (pattern);
    FcPattern *match = FcFontMatch (page->config, pattern, &result);
    FcPatternDestroy (pattern);
    if (match == NULL)
        return false;
    bool found = FcPatternGetString (match, FC_FILE, 0, &file) == FcResultMatch &&
                 FcPatternGetInteger (match, FC_INDEX, 0, &index) == FcResultMatch;
    if (found) {
        hb_blob_t *blob = hb_blob_create_from_file ((const char *) file);
        face->face = hb_face_create (blob, (unsigned) index);
        hb_blob_destroy (blob);
        face->font = hb_font_create (face->face);
        hb_font_set_scale (face->font, (int) SCALE, (int) SCALE);
        face->used = hb_set_create ();
        face->pattern = g_strdup (name);
    }
    FcPatternDestroy (match);
    return found;
}

static Face *
face_named (Page *page, const char *name)
{
    for (guint i = 0; i < page->faces->len; i++) {
        Face *known = g_ptr_array_index (page->faces, i);

        if (strcmp (known->pattern, name) == 0)
            return known;
    }
    Face *face = g_new0 (Face, 1);
    if (!open_face (page, face, name)) {
        g_free (face);
        return NULL;
    }
    g_ptr_array_add (page->faces, face);
    return face;
}

static void
shape (Line *line)
{
    unsigned n = 0;

    line->shaped = hb_buffer_create ();
    hb_buffer_add_utf8 (line->shaped, line->text, -1, 0, -1);
    hb_buffer_guess_segment_properties (line->shaped);
    hb_shape (line->face->font, line->shaped, NULL, 0);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (line->shaped, &n);
    for (unsigned i = 0; i < n; i++)
        hb_set_add (line->face->used, infos[i].codepoint);
}

/* The text stays: the lines point into it. */
static bool
read_lines (Page *page, char *text)
{
    char *rest = NULL, *row = strtok_r (text, "\n", &rest);

    if (row == NULL || sscanf (row, "%lf %lf", &page->width, &page->height) != 2)
        return false;
    while ((row = strtok_r (NULL, "\n", &rest)) != NULL) {
        char *fields[5] = { row };

        for (int i = 1; i < 5; i++) {
            char *tab = strchr (fields[i - 1], '\t');

            if (tab == NULL)
                return false;
            *tab = '\0';
            fields[i] = tab + 1;
        }
        Line line = { face_named (page, fields[0]),
                      strtod (fields[1], NULL),
                      strtod (fields[2], NULL),
                      strtod (fields[3], NULL),
                      fields[4],
                      NULL };
        if (line.face == NULL)
            return false;
        shape (&line);
        g_array_append_val (page->lines, line);
    }
    return true;
}

static bool
cut (const Page *page, Face *face)
{
    static const hb_tag_t dropped[] = { HB_TAG ('G', 'S', 'U', 'B'), HB_TAG ('G', 'P', 'O', 'S'), HB_TAG ('G', 'D', 'E', 'F'),
                                        HB_TAG ('B', 'A', 'S', 'E'), HB_TAG ('V', 'O', 'R', 'G'), HB_TAG ('v', 'h', 'e', 'a'),
                                        HB_TAG ('v', 'm', 't', 'x') };
    hb_subset_input_t *input = hb_subset_input_create_or_fail ();
    FT_Face opened = NULL;
    unsigned length = 0;

    hb_set_union (hb_subset_input_glyph_set (input), face->used);
    for (size_t i = 0; i < G_N_ELEMENTS (dropped); i++)
        hb_set_add (hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);
    hb_subset_input_set_flags (input,
                               HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail (face->face, input);
    hb_subset_input_destroy (input);
    if (plan == NULL)
        return false;
    face->numbers = hb_map_copy (hb_subset_plan_old_to_new_glyph_mapping (plan));
    hb_face_t *small = hb_subset_plan_execute_or_fail (plan);
    hb_subset_plan_destroy (plan);
    if (small == NULL)
        return false;
    face->cut = hb_face_reference_blob (small);
    hb_face_destroy (small);
    const char *data = hb_blob_get_data (face->cut, &length);
    if (FT_New_Memory_Face (page->library, (const FT_Byte *) data, (FT_Long) length, 0, &opened) != 0)
        return false;
    face->cairo = cairo_ft_font_face_create_for_ft_face (opened, FT_LOAD_NO_HINTING);
    return true;
}

static void
draw_line (cairo_t *cairo, const Line *line)
{
    unsigned n = 0, length = (unsigned) strlen (line->text);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (line->shaped, &n);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions (line->shaped, NULL);
    cairo_glyph_t *glyphs = g_new (cairo_glyph_t, n);
    cairo_text_cluster_t *clusters = g_new (cairo_text_cluster_t, n);
    double x = line->x;

    for (unsigned i = 0; i < n; i++) {
        unsigned end = i + 1 < n ? infos[i + 1].cluster : length;

        glyphs[i] = (cairo_glyph_t){ hb_map_get (line->face->numbers, infos[i].codepoint), x, line->baseline };
        clusters[i] = (cairo_text_cluster_t){ (int) (end - infos[i].cluster), 1 };
        x += places[i].x_advance / SCALE * line->size;
    }
    cairo_set_font_face (cairo, line->face->cairo);
    cairo_set_font_size (cairo, line->size);
    cairo_show_text_glyphs (cairo, line->text, (int) length, glyphs, (int) n, clusters, (int) n, 0);
    g_free (glyphs);
    g_free (clusters);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append (closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static bool
draw (const Page *page, GByteArray *pdf)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, pdf, page->width, page->height);
    cairo_t *cairo = cairo_create (surface);

    for (guint i = 0; i < page->lines->len; i++)
        draw_line (cairo, &g_array_index (page->lines, Line, i));
    cairo_show_page (cairo);
    bool drawn = cairo_status (cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy (cairo);
    cairo_surface_finish (surface);
    drawn = drawn && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy (surface);
    return drawn;
}

static bool
open_page (Page *page, const char *conf, const char *file)
{
    char *text = NULL;

    page->config = FcConfigCreate ();
    page->faces = g_ptr_array_new ();
    page->lines = g_array_new (FALSE, FALSE, sizeof (Line));
    if (FT_Init_FreeType (&page->library) != 0 || !FcConfigParseAndLoad (page->config, (const FcChar8 *) conf, FcTrue) ||
        !FcConfigBuildFonts (page->config) || !g_file_get_contents (file, &text, NULL, NULL) || !read_lines (page, text))
        return false;
    for (guint i = 0; i < page->faces->len; i++)
        if (!cut (page, g_ptr_array_index (page->faces, i)))
            return false;
    return true;
}

/* Memory is given back by the process's end: freeing it is no part of the least work. */
int
main (int argc, char **argv)
{
    Page page = { 0 };
    GByteArray *pdf = g_byte_array_new ();

    if (argc != 4) {
        fprintf (stderr, "usage: floor-cut FONTS.CONF LINES OUT.pdf\n");
        return 2;
    }
    if (!open_page (&page, argv[1], argv[2]) || !draw (&page, pdf)) {
        fprintf (stderr, "floor-cut: %s cannot be read, a face is missing, or the PDF could not be drawn\n", argv[2]);
        return 1;
    }
    FILE *out = fopen (argv[3], "wb");
    bool written = out != NULL && fwrite (pdf->data, 1, pdf->len, out) == pdf->len;
    written = out != NULL && fclose (out) == 0 && written;
    return written ? 0 : 1;
}
