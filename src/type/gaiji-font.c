/* gaiji-font.c — contours as a TrueType font: the tables that FreeType, HarfBuzz and fontconfig ask for, and no others.
 *
 * Field by field after the OpenType specification 1.9; all numbers are big-endian. Dates are zero: the same outlines give the same
 * bytes. Coordinates are written in full, since a few glyphs need no packing. */
#include "type/gaiji.h"

#include <string.h>

static void
put16 (GByteArray *out, int value)
{
    const guint8 bytes[] = { (guint8) (value >> 8), (guint8) value };

    g_byte_array_append (out, bytes, 2);
}

static void
put32 (GByteArray *out, guint32 value)
{
    put16 (out, (int) (value >> 16));
    put16 (out, (int) (value & 0xffff));
}

static void
put_words (GByteArray *out, const int *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put16 (out, words[i]);
}

#define PUT_WORDS(out, ...) put_words (out, (const int[]){ __VA_ARGS__ }, sizeof ((const int[]){ __VA_ARGS__ }) / sizeof (int))

/* Takes the bytes. */
static void
add_table (hb_face_t *builder, const char *tag, GByteArray *bytes)
{
    guint length = bytes->len;
    guint8 *data = g_byte_array_free (bytes, FALSE);
    hb_blob_t *blob = hb_blob_create ((const char *) data, length, HB_MEMORY_MODE_WRITABLE, data, g_free);

    hb_face_builder_add_table (builder, HB_TAG (tag[0], tag[1], tag[2], tag[3]), blob);
    hb_blob_destroy (blob);
}

/* ---- glyphs ---- */

typedef struct {
    int left, bottom, right, top;
} Box;

static Box
box_of (const BmOutline *outline)
{
    Box box = { INT16_MAX, INT16_MAX, INT16_MIN, INT16_MIN };

    for (guint i = 0; i < outline->points->len; i++) {
        const BmOutlinePoint *point = &g_array_index (outline->points, BmOutlinePoint, i);

        box = (Box){ MIN (box.left, point->x), MIN (box.bottom, point->y), MAX (box.right, point->x), MAX (box.top, point->y) };
    }
    return box;
}

static void
put_steps (GByteArray *out, const BmOutline *outline, bool across)
{
    int at = 0;

    for (guint i = 0; i < outline->points->len; i++) {
        const BmOutlinePoint *point = &g_array_index (outline->points, BmOutlinePoint, i);
        int value = across ? point->x : point->y;

        put16 (out, value - at);
        at = value;
    }
}

static void
put_glyph (GByteArray *out, const BmOutline *outline)
{
    Box box = box_of (outline);

    PUT_WORDS (out, (int) outline->ends->len, box.left, box.bottom, box.right, box.top);
    for (guint i = 0; i < outline->ends->len; i++)
        put16 (out, g_array_index (outline->ends, guint16, i));
    put16 (out, 0); /* no instructions */
    for (guint i = 0; i < outline->points->len; i++) {
        const guint8 flag = g_array_index (outline->points, BmOutlinePoint, i).on ? 1 : 0;

        g_byte_array_append (out, &flag, 1);
    }
    put_steps (out, outline, true);
    put_steps (out, outline, false);
    while (out->len % 4 != 0)
        g_byte_array_append (out, (const guint8 *) "", 1);
}

/* Glyph 0 is empty: none of these fonts is asked for what it has not. */
static void
add_glyphs (hb_face_t *builder, const BmOutline *outlines, int n)
{
    GByteArray *glyf = g_byte_array_new (), *loca = g_byte_array_new (), *hmtx = g_byte_array_new ();

    put32 (loca, 0);
    put32 (loca, 0);
    PUT_WORDS (hmtx, BM_GAIJI_EM, 0);
    for (int i = 0; i < n; i++) {
        put_glyph (glyf, &outlines[i]);
        put32 (loca, glyf->len);
        PUT_WORDS (hmtx, outlines[i].advance, box_of (&outlines[i]).left);
    }
    add_table (builder, "glyf", glyf);
    add_table (builder, "loca", loca);
    add_table (builder, "hmtx", hmtx);
}

/* ---- what describes them ---- */

/* Format 12, full Unicode: fontconfig 2.14, FreeType and HarfBuzz need no other. */
static void
add_map (hb_face_t *builder, const BmOutline *outlines, int n)
{
    GByteArray *map = g_byte_array_new ();

    PUT_WORDS (map, 0, 1, 3, 10);
    put32 (map, 12);
    PUT_WORDS (map, 12, 0);
    put32 (map, 16 + 12 * (guint32) n);
    put32 (map, 0);
    put32 (map, (guint32) n);
    for (int i = 0; i < n; i++) {
        put32 (map, outlines[i].character);
        put32 (map, outlines[i].character);
        put32 (map, (guint32) i + 1);
    }
    add_table (builder, "cmap", map);
}

static void
add_measures (hb_face_t *builder, const BmOutline *outlines, int n)
{
    GByteArray *head = g_byte_array_new (), *hhea = g_byte_array_new (), *maxp = g_byte_array_new ();
    Box all = { 0, 0, 0, 0 };
    int widest = BM_GAIJI_EM, points = 0, contours = 0, below = BM_GAIJI_EM - BM_GAIJI_ASCENT;

    for (int i = 0; i < n; i++) {
        Box box = box_of (&outlines[i]);

        all = (Box){ MIN (all.left, box.left), MIN (all.bottom, box.bottom), MAX (all.right, box.right), MAX (all.top, box.top) };
        widest = MAX (widest, outlines[i].advance);
        points = MAX (points, (int) outlines[i].points->len);
        contours = MAX (contours, (int) outlines[i].ends->len);
    }
    PUT_WORDS (head, 1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 3, BM_GAIJI_EM, 0, 0, 0, 0, 0, 0, 0, 0, all.left, all.bottom, all.right,
               all.top, 0, 8, 2, 1, 0);
    PUT_WORDS (hhea, 1, 0, BM_GAIJI_ASCENT, -below, 0, widest, all.left, 0, all.right, 1, 0, 0, 0, 0, 0, 0, 0, n + 1);
    PUT_WORDS (maxp, 1, 0, n + 1, points, contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    add_table (builder, "head", head);
    add_table (builder, "hhea", hhea);
    add_table (builder, "maxp", maxp);
}

/* Version 3, installable embedding, weight and width of a regular face. */
static void
add_style (hb_face_t *builder, const BmOutline *outlines, int n)
{
    GByteArray *style = g_byte_array_new (), *post = g_byte_array_new ();
    int below = BM_GAIJI_EM - BM_GAIJI_ASCENT;
    int first = (int) MIN (outlines[0].character, 0xffff), last = (int) MIN (outlines[n - 1].character, 0xffff);

    PUT_WORDS (style, 3, BM_GAIJI_EM, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0);
    PUT_WORDS (style, 0, 0, 0, 0, 0);                /* panose */
    PUT_WORDS (style, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0); /* ranges, vendor */
    PUT_WORDS (style, 0x40, first, last, BM_GAIJI_ASCENT, -below, 0, BM_GAIJI_ASCENT, below, 0, 0, 0, 0, 500, 700, 0, 32, 1);
    PUT_WORDS (post, 3, 0, 0, 0, -75, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    add_table (builder, "OS/2", style);
    add_table (builder, "post", post);
}

static void
add_names (hb_face_t *builder, const char *version)
{
    const struct {
        int id;
        const char *text;
    } names[] = { { 1, BM_GAIJI_FAMILY }, { 2, "Regular" }, { 4, BM_GAIJI_FAMILY }, { 5, version }, { 6, "BanmianGaiji" } };
    const int n = (int) G_N_ELEMENTS (names);
    GByteArray *table = g_byte_array_new (), *text = g_byte_array_new ();

    PUT_WORDS (table, 0, n, 6 + 12 * n);
    for (int i = 0; i < n; i++) {
        PUT_WORDS (table, 3, 1, 0x409, names[i].id, 2 * (int) strlen (names[i].text), (int) text->len);
        for (const char *p = names[i].text; *p != '\0'; p++)
            put16 (text, *p);
    }
    g_byte_array_append (table, text->data, text->len);
    g_byte_array_unref (text);
    add_table (builder, "name", table);
}

hb_blob_t *
bm_gaiji_font (const BmOutline *outlines, int n, const char *version)
{
    hb_face_t *builder = hb_face_builder_create ();

    add_glyphs (builder, outlines, n);
    add_map (builder, outlines, n);
    add_measures (builder, outlines, n);
    add_style (builder, outlines, n);
    add_names (builder, version);
    hb_blob_t *blob = hb_face_reference_blob (builder);
    hb_face_destroy (builder);
    return blob;
}
