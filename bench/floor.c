/* floor.c — the least work with the same libraries: the text of a page shaped once, drawn in rows, written as a PDF.
 *
 * No recovery, no breaking by rule, no make-up, one face, cut by Cairo. What `banmian set` takes beyond this is its own.
 * Usage: floor FONTS.CONF TEXT OUT.pdf */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <hb-ft.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 8.93    /* points: body type of the broadsheet */
#define LEADING 11.57
#define MEASURE 187.5
#define GUTTER 13.4
#define WIDTH 1105.5
#define HEIGHT 1530.7
#define MARGIN 57.2
#define MAX_LINE 4096

typedef struct {
    char *bytes;
    size_t length;
} Buffer;

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
    Buffer *buffer = closure;
    char *bytes = realloc (buffer->bytes, buffer->length + length);

    if (bytes == NULL)
        return CAIRO_STATUS_NO_MEMORY;
    memcpy (bytes + buffer->length, data, length);
    *buffer = (Buffer){ bytes, buffer->length + length };
    return CAIRO_STATUS_SUCCESS;
}

/* The file and the number in it of the body's face, through the private configuration. */
static FT_Face
open_face (FT_Library library, const char *conf)
{
    FcConfig *config = FcConfigCreate ();
    FcResult result;
    FcChar8 *file = NULL;
    FT_Face face = NULL;
    int index = 0;

    if (!FcConfigParseAndLoad (config, (const FcChar8 *) conf, FcTrue) || !FcConfigBuildFonts (config))
        return NULL;
    FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, "Noto Serif CJK SC", FC_WEIGHT, FcTypeInteger, FC_WEIGHT_REGULAR, NULL);
    FcConfigSubstitute (config, pattern, FcMatchPattern);
    FcDefaultSubstitute (pattern);
    FcPattern *match = FcFontMatch (config, pattern, &result);
    if (match != NULL && FcPatternGetString (match, FC_FILE, 0, &file) == FcResultMatch &&
        FcPatternGetInteger (match, FC_INDEX, 0, &index) == FcResultMatch && FT_New_Face (library, (const char *) file, index, &face) != 0)
        face = NULL;
    FcPatternDestroy (pattern);
    if (match != NULL)
        FcPatternDestroy (match);
    FcConfigDestroy (config);
    return face;
}

typedef struct {
    cairo_t *page;
    hb_font_t *font;
    double x, y;
} Pen;

static void
next_line (Pen *pen)
{
    pen->y += LEADING;
    if (pen->y > HEIGHT - MARGIN) {
        pen->y = MARGIN + LEADING;
        pen->x += MEASURE + GUTTER;
    }
}

/* One paragraph: shaped in one piece, its clusters set from left to right until the measure is full. */
static void
set_paragraph (Pen *pen, const char *text, int length)
{
    hb_buffer_t *buffer = hb_buffer_create ();
    unsigned n = 0;
    double at = 0;

    hb_buffer_add_utf8 (buffer, text, length, 0, length);
    hb_buffer_guess_segment_properties (buffer);
    hb_shape (pen->font, buffer, NULL, 0);
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (buffer, &n);
    hb_glyph_position_t *places = hb_buffer_get_glyph_positions (buffer, NULL);
    for (unsigned i = 0; i < n; i++) {
        double advance = places[i].x_advance / 1000.0 * SIZE;
        unsigned end = i + 1 < n ? infos[i + 1].cluster : (unsigned) length;

        if (at + advance > MEASURE) {
            next_line (pen);
            at = 0;
        }
        cairo_glyph_t glyph = { infos[i].codepoint, pen->x + at, pen->y };
        cairo_text_cluster_t cluster = { (int) (end - infos[i].cluster), 1 };
        cairo_show_text_glyphs (pen->page, text + infos[i].cluster, cluster.num_bytes, &glyph, 1, &cluster, 1, 0);
        at += advance;
    }
    next_line (pen);
    hb_buffer_destroy (buffer);
}

static int
draw (FT_Face face, const char *text_file, Buffer *pdf)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, pdf, WIDTH, HEIGHT);
    cairo_font_face_t *font_face = cairo_ft_font_face_create_for_ft_face (face, 0);
    Pen pen = { cairo_create (surface), hb_ft_font_create_referenced (face), MARGIN, MARGIN + LEADING };
    char line[MAX_LINE];
    FILE *text = fopen (text_file, "r");

    if (text == NULL)
        return 1;
    hb_font_set_scale (pen.font, 1000, 1000);
    cairo_set_font_face (pen.page, font_face);
    cairo_set_font_size (pen.page, SIZE);
    while (fgets (line, sizeof line, text) != NULL) {
        line[strcspn (line, "\n")] = '\0';
        if (line[0] != '\0')
            set_paragraph (&pen, line, (int) strlen (line));
    }
    fclose (text);
    cairo_destroy (pen.page);
    cairo_surface_finish (surface);
    int failed = cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy (surface);
    cairo_font_face_destroy (font_face);
    hb_font_destroy (pen.font);
    return failed;
}

int
main (int argc, char **argv)
{
    FT_Library library;
    Buffer pdf = { 0 };

    if (argc != 4 || FT_Init_FreeType (&library) != 0) {
        fprintf (stderr, "usage: floor FONTS.CONF TEXT OUT.pdf\n");
        return 2;
    }
    FT_Face face = open_face (library, argv[1]);
    if (face == NULL || draw (face, argv[2], &pdf) != 0) {
        fprintf (stderr, "floor: no face, or the PDF could not be drawn\n");
        return 1;
    }
    FILE *out = fopen (argv[3], "wb");
    int failed = out == NULL || fwrite (pdf.bytes, 1, pdf.length, out) != pdf.length;
    failed = (out != NULL && fclose (out) != 0) || failed;
    free (pdf.bytes);
    return failed;
}
