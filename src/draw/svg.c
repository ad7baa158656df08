/* svg.c — a page as SVG: its text as text in the families by their names, every character at its place; JPEG bytes inside.
 *
 * Cairo draws what is no text; the text elements follow in reading order, so that it can be selected, searched and changed.
 * A viewer without the fonts takes others. Only characters that the user drew are outlines here, too.
 *
 * Cairo names groups and images by counters of the whole process ("surface41", "image46"): the same page drawn twice would
 * give other bytes. The names are numbered anew as they come. */
#include "draw/draw-private.h"

#include <cairo-svg.h>
#include <math.h>
#include <string.h>

/* ---- names ---- */

typedef struct {
    GByteArray *out;
    GHashTable *numbers; /* Cairo's number → ours */
} Renamer;

/* The length of a name of the process that begins at `p`, without its number; 0: none does. */
static size_t
counted_name (const char *p, const char *end)
{
    static const char *const names[] = { "surface", "image" };

    for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
        size_t length = strlen (names[i]);

        if ((size_t) (end - p) > length && memcmp (p, names[i], length) == 0 && g_ascii_isdigit (p[length]))
            return length;
    }
    return 0;
}

/* Cairo's number at `p` becomes ours; returns what follows it. */
static const char *
rename_number (Renamer *renamer, const char *p, const char *end)
{
    guint number = 0;
    char ours[16];

    while (p < end && g_ascii_isdigit (*p))
        number = number * 10 + (guint) (*p++ - '0');
    gpointer known = g_hash_table_lookup (renamer->numbers, GUINT_TO_POINTER (number));
    if (known == NULL) {
        known = GUINT_TO_POINTER (g_hash_table_size (renamer->numbers) + 1);
        g_hash_table_insert (renamer->numbers, GUINT_TO_POINTER (number), known);
    }
    int n = g_snprintf (ours, sizeof ours, "%u", GPOINTER_TO_UINT (known));
    g_byte_array_append (renamer->out, (const guint8 *) ours, (guint) n);
    return p;
}

/* Names stand after id=" and after #: nowhere else do these letters follow those. */
static GByteArray *
rename_all (const GByteArray *svg)
{
    Renamer renamer = { g_byte_array_sized_new (svg->len), g_hash_table_new (g_direct_hash, g_direct_equal) };
    const char *from = (const char *) svg->data, *end = from + svg->len;

    for (const char *p = from + 1; p < end;) {
        size_t length =
            p[-1] == '#' || (p[-1] == '"' && p - from >= 4 && memcmp (p - 4, "id=\"", 4) == 0) ? counted_name (p, end) : 0;

        if (length == 0) {
            p++;
            continue;
        }
        g_byte_array_append (renamer.out, (const guint8 *) from, (guint) (p + length - from));
        from = p = rename_number (&renamer, p + length, end);
    }
    g_byte_array_append (renamer.out, (const guint8 *) from, (guint) (end - from));
    g_hash_table_destroy (renamer.numbers);
    return renamer.out;
}

/* ---- text ---- */

static void
put_number (GString *out, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (digits, sizeof digits, "%.2f", value);
    g_string_append (out, strcmp (digits, "-0.00") == 0 ? "0.00" : digits);
}

/* The end of a glyph's cluster: glyphs without bytes belong to the one before. */
static int
cluster_end (const BmRun *run, int glyph, int to)
{
    int end = glyph + 1;

    while (end < to && run->glyphs[end].length == 0)
        end++;
    return end;
}

static void
put_attributes (GString *out, const BmPainter *painter, const BmPlacedLine *line, const BmRun *run, bool upright)
{
    char *family = g_markup_escape_text (bm_font_family (run->font), -1);

    g_string_append_printf (out, "<text font-family=\"%s\" font-weight=\"%d\" font-size=\"", family, bm_font_weight (run->font));
    put_number (out, line->size);
    g_string_append_printf (out, "\" fill=\"#%02x%02x%02x\"%s", (unsigned) lround (painter->level[0] * 255),
                            (unsigned) lround (painter->level[1] * 255), (unsigned) lround (painter->level[2] * 255),
                            upright ? " style=\"font-feature-settings:'vert'\"" : "");
    g_free (family);
}

/* Where a piece's own axes lie: turned glyphs run down the page, narrowed ones have short units. */
typedef struct {
    double x, y, scale_x, scale_y;
    bool turned, plain;
} Axes;

static Axes
axes_of (const BmPlacedLine *line, const BmGlyph *first)
{
    Axes axes = { line->x + first->x * line->size,
                  line->baseline + first->y * line->size,
                  first->scale_x,
                  first->scale_y,
                  first->rotated,
                  false };

    axes.plain = !axes.turned && fabs (axes.scale_x - 1) < 1e-6 && fabs (axes.scale_y - 1) < 1e-6;
    return axes;
}

static void
put_axes (GString *out, const Axes *axes)
{
    const double numbers[] = { axes->turned ? 0 : axes->scale_x,
                               axes->turned ? 1 : 0,
                               axes->turned ? -1 : 0,
                               axes->turned ? 0 : axes->scale_y,
                               axes->x,
                               axes->y };

    if (axes->plain)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++) {
        g_string_append (out, i == 0 ? " transform=\"matrix(" : " ");
        put_number (out, numbers[i]);
    }
    g_string_append (out, ")\"");
}

static void
place (const Axes *axes, const BmPlacedLine *line, const BmGlyph *glyph, double *x, double *y)
{
    double over = line->x + glyph->x * line->size, down = line->baseline + glyph->y * line->size;

    *x = axes->plain ? over : axes->turned ? down - axes->y : (over - axes->x) / axes->scale_x;
    *y = axes->plain ? down : axes->turned ? axes->x - over : (down - axes->y) / axes->scale_y;
}

#define APART 0.02 /* points; what is nearer to its place by the font's own widths is not placed again */

/* ---- outlines: the user's own drawings of rare characters, which no viewer has a font for ---- */

static void
outline_move (hb_draw_funcs_t *calls, void *cr, hb_draw_state_t *state, float x, float y, void *data)
{
    (void) calls;
    (void) state;
    (void) data;
    cairo_move_to (cr, (double) x, (double) y);
}

static void
outline_line (hb_draw_funcs_t *calls, void *cr, hb_draw_state_t *state, float x, float y, void *data)
{
    (void) calls;
    (void) state;
    (void) data;
    cairo_line_to (cr, (double) x, (double) y);
}

/* HarfBuzz turns the quadratic curves of TrueType into these. */
static void
outline_curve (hb_draw_funcs_t *calls, void *cr, hb_draw_state_t *state, float x1, float y1, float x2, float y2, float x, float y,
               void *data)
{
    (void) calls;
    (void) state;
    (void) data;
    cairo_curve_to (cr, (double) x1, (double) y1, (double) x2, (double) y2, (double) x, (double) y);
}

static void
outline_close (hb_draw_funcs_t *calls, void *cr, hb_draw_state_t *state, void *data)
{
    (void) calls;
    (void) state;
    (void) data;
    cairo_close_path (cr);
}

static hb_draw_funcs_t *
outline_calls (void)
{
    hb_draw_funcs_t *calls = hb_draw_funcs_create ();

    hb_draw_funcs_set_move_to_func (calls, outline_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func (calls, outline_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func (calls, outline_curve, NULL, NULL);
    hb_draw_funcs_set_close_path_func (calls, outline_close, NULL, NULL);
    return calls;
}

static void
draw_outlines (const BmPainter *painter, const BmPlacedLine *line, const BmRun *run, int from, int to)
{
    hb_face_t *face = bm_font_face (run->font);
    hb_font_t *font = hb_font_create (face);
    hb_draw_funcs_t *calls = outline_calls ();
    double unit = line->size / hb_face_get_upem (face);

    for (int i = from; i < to; i++) {
        const BmGlyph *glyph = &run->glyphs[i];

        cairo_save (painter->cr);
        cairo_translate (painter->cr, line->x + glyph->x * line->size, line->baseline + glyph->y * line->size);
        if (glyph->rotated)
            cairo_rotate (painter->cr, G_PI_2);
        cairo_scale (painter->cr, unit * glyph->scale_x, -unit * glyph->scale_y);
        hb_font_get_glyph_shape (font, glyph->glyph, calls, painter->cr);
        cairo_fill (painter->cr);
        cairo_restore (painter->cr);
    }
    hb_draw_funcs_destroy (calls);
    hb_font_destroy (font);
}

/* ---- lines ---- */

/* Characters that follow each other by the font's widths are one span; a span has its place. (Lists of places are not
 * understood by every viewer.) */
void
bm_svg_text (BmPainter *painter, const BmPlacedLine *line, const BmRun *run, int from, int to, bool vertical)
{
    GString *out = painter->words;
    const Axes axes = axes_of (line, &run->glyphs[from]);
    double next_x = NAN, next_y = NAN;

    if (bm_font_is_gaiji (run->font)) {
        draw_outlines (painter, line, run, from, to);
        return;
    }
    put_attributes (out, painter, line, run, vertical && !axes.turned);
    put_axes (out, &axes);
    g_string_append_c (out, '>');
    for (int i = from, end; i < to; i = end) {
        const BmGlyph *glyph = &run->glyphs[i];
        char *text = g_markup_escape_text (run->text + glyph->start, glyph->length);
        double x, y;

        end = cluster_end (run, i, to);
        place (&axes, line, glyph, &x, &y);
        if (!(fabs (x - next_x) < APART && fabs (y - next_y) < APART)) {
            g_string_append (out, i == from ? "<tspan x=\"" : "</tspan><tspan x=\"");
            put_number (out, x);
            g_string_append (out, "\" y=\"");
            put_number (out, y);
            g_string_append (out, "\">");
            next_x = x;
        }
        g_string_append (out, text);
        next_y = y;
        for (int k = i; k < end; k++)
            next_x += bm_font_advance (run->font, run->glyphs[k].glyph) * line->size;
        g_free (text);
    }
    g_string_append (out, "</tspan></text>\n");
}

/* Before the end of Cairo's file. */
static void
add_words (GByteArray *svg, const GString *words)
{
    static const char end[] = "</svg>\n";

    if (svg->len > sizeof end)
        g_byte_array_set_size (svg, svg->len - (guint) (sizeof end - 1));
    g_byte_array_append (svg, (const guint8 *) "<g xml:space=\"preserve\">\n", 25);
    g_byte_array_append (svg, (const guint8 *) words->str, (guint) words->len);
    g_byte_array_append (svg, (const guint8 *) "</g>\n", 5);
    g_byte_array_append (svg, (const guint8 *) end, sizeof end - 1);
}

/* ---- the page ---- */

static bool
draw_page (const BmPlan *plan, const BmDrawOptions *options, GString *words, GByteArray *bytes, BmDiags *diags)
{
    BmPainter painter;
    BmPhotos *photos = bm_photos_new (options->picture_root);
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream (bm_append_bytes, bytes, plan->width, plan->height);
    cairo_t *cr = cairo_create (surface);

    bm_painter_init (&painter, BM_SURFACE_SVG, NULL, photos, diags);
    painter.words = words;
    bm_painter_begin (&painter, cr, plan);
    bool ok = bm_paint_page (&painter);
    cairo_destroy (cr);
    cairo_surface_finish (surface);
    ok = ok && bm_cairo_ok (cairo_surface_status (surface), diags);
    cairo_surface_destroy (surface);
    bm_painter_clear (&painter);
    bm_photos_free (photos);
    return ok;
}

GByteArray *
bm_draw_svg (const BmPlan *plan, const BmDrawOptions *options, BmDiags *diags)
{
    static const BmDrawOptions defaults = { 0 };

    if (!bm_plan_is_drawable (plan, diags))
        return NULL;
    GByteArray *bytes = g_byte_array_new ();
    GString *words = g_string_new (NULL);
    bool ok = draw_page (plan, options != NULL ? options : &defaults, words, bytes, diags);
    GByteArray *svg = ok ? rename_all (bytes) : NULL;
    if (svg != NULL)
        add_words (svg, words);
    g_string_free (words, TRUE);
    g_byte_array_unref (bytes);
    return svg;
}
