/* svg.c — a page as SVG: outlines of glyphs, JPEG bytes inside.
 *
 * Cairo names groups and images by counters of the whole process ("surface41", "image46"): the same page drawn twice would
 * give other bytes. The names are numbered anew as they come. */
#include "draw/draw-private.h"

#include <cairo-svg.h>
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
        size_t length = p[-1] == '#' || (p[-1] == '"' && p - from >= 4 && memcmp (p - 4, "id=\"", 4) == 0) ? counted_name (p, end) : 0;

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

/* ---- the page ---- */

static bool
draw_page (const BmPlan *plan, const BmDrawOptions *options, const BmFaces *faces, GByteArray *bytes, BmDiags *diags)
{
    BmPainter painter;
    BmPhotos *photos = bm_photos_new (options->picture_root);
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream (bm_append_bytes, bytes, plan->width, plan->height);
    cairo_t *cr = cairo_create (surface);

    bm_painter_init (&painter, BM_SURFACE_SVG, faces, photos, diags);
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
    BmFaces *faces = bm_faces_new ();
    GByteArray *bytes = g_byte_array_new ();
    bm_faces_add_plan (faces, plan);
    bool ok = bm_faces_cut (faces, diags) && draw_page (plan, options != NULL ? options : &defaults, faces, bytes, diags);
    bm_faces_free (faces);
    GByteArray *svg = ok ? rename_all (bytes) : NULL;
    g_byte_array_unref (bytes);
    return svg;
}
