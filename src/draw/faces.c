/* faces.c — the fonts of a document: only the glyphs that it uses, cut out with HarfBuzz, opened by FreeType.
 *
 * Cairo reads the whole of a collection's outlines twice and carries its subroutines into every subset: cutting first is three
 * times faster and the file a quarter (print-ready.md §3). Glyphs are numbered anew: keeping the numbers costs twice the time.
 *
 * The cut font gets a character map of our own, of the characters of this document only. Cairo asks the map backwards for
 * glyphs that it first meets inside an ActualText, and a full map answers with the radical U+2ED8 for 青
 * (cjk-composition.md §15.4).
 *
 * A map gives each character one glyph, but a document may use two (the half-width digit of a text, the proportional one of a
 * headline), a ligature, or a character that the map has no room for. Where such a glyph is only ever drawn inside an
 * ActualText, Cairo has nothing to tell of it and writes U+FFFD, which readers of the structure see. In PDFs for readers it
 * gets a stand-in of the private use area, which pdf-finish.c turns into its text in Cairo's ToUnicode maps. */
#include "draw/draw-private.h"

#include <cairo-ft.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <string.h>

#include FT_MODULE_H

struct BmFaces {
    GPtrArray *faces;  /* BmFace * */
    GArray *stand_ins; /* BmStandIn; NULL: there are to be none */
    FT_Library library;
    bool only_embed;
};

/* ---- FreeType's memory ---- */

/* FT_Init_FreeType would allocate this record and free it only in FT_Done_FreeType, which does not count references. */
static void *
take_memory (FT_Memory memory, long size)
{
    (void) memory;
    return g_try_malloc ((gsize) size);
}

static void
give_memory (FT_Memory memory, void *block)
{
    (void) memory;
    g_free (block);
}

static void *
change_memory (FT_Memory memory, long old_size, long size, void *block)
{
    (void) memory;
    (void) old_size;
    return g_try_realloc (block, (gsize) size);
}

static const struct FT_MemoryRec_ memory_calls = { NULL, take_memory, give_memory, change_memory };

/* ---- gathering ---- */

static void
free_face (gpointer data)
{
    BmFace *face = data;

    g_array_free (face->sayings, TRUE);
    hb_set_destroy (face->told);
    hb_set_destroy (face->said);
    hb_set_destroy (face->used);
    hb_set_destroy (face->characters);
    hb_map_destroy (face->glyph_of);
    hb_map_destroy (face->cut);
    cairo_font_face_destroy (face->cairo);
    g_free (face);
}

BmFaces *
bm_faces_new (void)
{
    BmFaces *faces = g_new0 (BmFaces, 1);

    if (FT_New_Library ((FT_Memory) (gpointer) &memory_calls, &faces->library) != 0)
        g_error ("out of memory");
    FT_Add_Default_Modules (faces->library);
    faces->faces = g_ptr_array_new_with_free_func (free_face);
    return faces;
}

void
bm_faces_free (BmFaces *faces)
{
    if (faces == NULL)
        return;
    g_ptr_array_free (faces->faces, TRUE);
    if (faces->stand_ins != NULL)
        g_array_free (faces->stand_ins, TRUE);
    FT_Done_Library (faces->library); /* the faces that Cairo still keeps hold it, too */
    g_free (faces);
}

const BmFace *
bm_faces_find (const BmFaces *faces, const BmFont *font)
{
    for (guint i = 0; i < faces->faces->len; i++) {
        const BmFace *face = g_ptr_array_index (faces->faces, i);

        if (face->font == font)
            return face;
    }
    return NULL;
}

/* The blank that ends an ActualText where the next run begins (cjk-composition.md §15.3). */
static void
note_blank (BmFace *face)
{
    hb_font_t *font = hb_font_create (bm_font_face (face->font));
    hb_codepoint_t glyph = 0;

    if (hb_font_get_nominal_glyph (font, ' ', &glyph)) {
        face->blank = glyph;
        face->blank_advance = (double) hb_font_get_glyph_h_advance (font, glyph) / hb_face_get_upem (bm_font_face (face->font));
        hb_set_add (face->used, glyph);
        hb_set_add (face->characters, ' ');
        hb_map_set (face->glyph_of, ' ', glyph);
    }
    hb_font_destroy (font);
}

static BmFace *
face_of (BmFaces *faces, const BmFont *font)
{
    BmFace *face = (BmFace *) (gpointer) bm_faces_find (faces, font);

    if (face != NULL)
        return face;
    face = g_new0 (BmFace, 1);
    face->font = font;
    face->used = hb_set_create ();
    face->characters = hb_set_create ();
    face->told = hb_set_create ();
    face->said = hb_set_create ();
    face->sayings = g_array_new (FALSE, FALSE, sizeof (BmSaying));
    face->glyph_of = hb_map_create ();
    note_blank (face);
    g_ptr_array_add (faces->faces, face);
    return face;
}

static void
name_glyph (BmFace *face, gunichar c, uint32_t glyph)
{
    if (hb_set_has (face->characters, c))
        return;
    hb_set_add (face->characters, c);
    hb_map_set (face->glyph_of, c, glyph);
}

/* What a glyph stands for where it does not say so itself. */
static void
note_saying (BmFace *face, const BmRun *run, const BmGlyph *glyph)
{
    if (hb_set_has (face->said, glyph->glyph))
        return;
    hb_set_add (face->said, glyph->glyph);
    g_array_append_val (face->sayings, ((BmSaying){ glyph->glyph, run->text + glyph->start, glyph->length }));
}

/* A glyph that stands for one character names it, unless the character has a glyph already. */
static void
add_glyph (BmFace *face, const BmRun *run, const BmGlyph *glyph, bool alone)
{
    const char *start = run->text + glyph->start;

    hb_set_add (face->used, glyph->glyph);
    if (glyph->length == 0)
        return;
    if (alone)
        hb_set_add (face->told, glyph->glyph);
    else
        note_saying (face, run, glyph);
    if (g_utf8_next_char (start) == start + glyph->length)
        name_glyph (face, g_utf8_get_char (start), glyph->glyph);
}

void
bm_faces_add_line (BmFaces *faces, const BmPlacedLine *line, bool vertical)
{
    for (int i = 0; i < line->n_runs; i++) {
        const BmRun *run = &line->runs[i];
        BmFace *face = face_of (faces, run->font);
        bool alone = !vertical && !bm_run_is_one_cluster (line, i);

        for (int k = 0; k < run->n_glyphs; k++)
            add_glyph (face, run, &run->glyphs[k], alone);
    }
}

void
bm_faces_add_plan (BmFaces *faces, const BmPlan *plan)
{
    for (int i = 0; i < plan->n_elements; i++)
        for (int k = 0; k < plan->elements[i].n_lines; k++)
            bm_faces_add_line (faces, &plan->elements[i].lines[k], plan->elements[i].vertical);
}

void
bm_faces_only_embed (BmFaces *faces)
{
    faces->only_embed = true;
}

/* ---- stand-ins ---- */

#define FIRST_STAND_IN 0xe000
#define LAST_STAND_IN 0xf8ff

void
bm_faces_stand_in (BmFaces *faces)
{
    faces->stand_ins = g_array_new (FALSE, FALSE, sizeof (BmStandIn));
}

const BmStandIn *
bm_faces_stand_ins (const BmFaces *faces, int *n)
{
    *n = faces->stand_ins != NULL ? (int) faces->stand_ins->len : 0;
    return *n > 0 ? (const BmStandIn *) (gpointer) faces->stand_ins->data : NULL;
}

static bool
is_in_use (const BmFaces *faces, gunichar c)
{
    for (guint i = 0; i < faces->faces->len; i++)
        if (hb_set_has (((const BmFace *) g_ptr_array_index (faces->faces, i))->characters, c))
            return true;
    return false;
}

/* The private character that stands for this text in all faces; 0: there are no more. */
static guint16
stand_in_for (BmFaces *faces, const BmSaying *saying)
{
    guint32 code = FIRST_STAND_IN;

    if (faces->stand_ins->len > 0)
        code = g_array_index (faces->stand_ins, BmStandIn, faces->stand_ins->len - 1).code + 1u;
    while (code <= LAST_STAND_IN && is_in_use (faces, code))
        code++;
    if (code > LAST_STAND_IN)
        return 0;
    g_array_append_val (faces->stand_ins, ((BmStandIn){ (guint16) code, saying->text, saying->length }));
    return (guint16) code;
}

/* ---- the character map ---- */

/* Segments of one character each: 16 + 8 bytes a segment must stay under 64 KiB. What is beyond, or outside the first
 * plane, is left out: only readers that ignore ActualText would miss it. */
#define MAX_SEGMENTS 8000

typedef struct {
    guint16 character, glyph;
} Segment;

static int
compare_segments (const void *a, const void *b)
{
    const Segment *x = a, *y = b;

    return (int) x->character - (int) y->character;
}

/* Glyphs that would go without a name, since no text is drawn with them alone and the map names another. */
static void
add_stand_ins (BmFaces *faces, const BmFace *face, const hb_set_t *named, GArray *segments)
{
    for (guint i = 0; i < face->sayings->len && segments->len < MAX_SEGMENTS; i++) {
        const BmSaying *saying = &g_array_index (face->sayings, BmSaying, i);
        hb_codepoint_t glyph = hb_map_get (face->cut, saying->glyph);

        if (hb_set_has (face->told, saying->glyph) || hb_set_has (named, glyph) || glyph > 0xffff)
            continue;
        guint16 code = stand_in_for (faces, saying);
        if (code != 0)
            g_array_append_val (segments, ((Segment){ code, (guint16) glyph }));
    }
    g_array_sort (segments, compare_segments);
}

static GArray *
segments_of (BmFaces *faces, const BmFace *face)
{
    GArray *segments = g_array_new (FALSE, FALSE, sizeof (Segment));
    hb_set_t *named = hb_set_create ();

    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next (face->characters, &c) && c < 0xffff && segments->len < MAX_SEGMENTS;) {
        hb_codepoint_t glyph = hb_map_get (face->cut, hb_map_get (face->glyph_of, c));

        if (glyph > 0xffff || hb_set_has (named, glyph)) /* a glyph keeps its least character */
            continue;
        hb_set_add (named, glyph);
        g_array_append_val (segments, ((Segment){ (guint16) c, (guint16) glyph }));
    }
    if (faces->stand_ins != NULL)
        add_stand_ins (faces, face, named, segments);
    hb_set_destroy (named);
    g_array_append_val (segments, ((Segment){ 0xffff, 0 }));
    return segments;
}

static void
put16 (GByteArray *out, unsigned value)
{
    const guint8 bytes[] = { (guint8) (value >> 8), (guint8) value };

    g_byte_array_append (out, bytes, 2);
}

/* A table of one subtable, format 4, platform 3, encoding 1 (OpenType, “cmap”). */
static hb_blob_t *
character_map (BmFaces *faces, const BmFace *face)
{
    GByteArray *out = g_byte_array_new ();
    GArray *segments = segments_of (faces, face);
    const Segment *s = (const Segment *) (gpointer) segments->data;
    unsigned n = segments->len, power = 1, log = 0;

    while (power * 2 <= n) {
        power *= 2;
        log++;
    }
    const unsigned head[] = { 0, 1, 3, 1, 0, 12, 4, 16 + 8 * n, 0, 2 * n, 2 * power, log, 2 * (n - power) };
    for (size_t i = 0; i < G_N_ELEMENTS (head); i++)
        put16 (out, head[i]);
    for (unsigned i = 0; i < n; i++)
        put16 (out, s[i].character);
    put16 (out, 0);
    for (unsigned i = 0; i < n; i++)
        put16 (out, s[i].character);
    for (unsigned i = 0; i < n; i++)
        put16 (out, i + 1 < n ? (unsigned) (s[i].glyph - s[i].character) & 0xffff : 1);
    for (unsigned i = 0; i < n; i++)
        put16 (out, 0);
    g_array_free (segments, TRUE);
    hb_blob_t *blob = hb_blob_create ((const char *) out->data, out->len, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    g_byte_array_unref (out);
    return blob;
}

/* The same font with that map. A face still being built does not tell its tables: it is closed and opened again. */
static hb_blob_t *
with_own_map (BmFaces *faces, const BmFace *face, hb_face_t *built)
{
    hb_blob_t *whole = hb_face_reference_blob (built);
    hb_face_t *cut = hb_face_create (whole, 0);
    hb_face_t *builder = hb_face_builder_create ();
    hb_tag_t tags[64];
    unsigned n = G_N_ELEMENTS (tags);

    hb_face_get_table_tags (cut, 0, &n, tags);
    for (unsigned i = 0; i < n; i++) {
        hb_blob_t *table = hb_face_reference_table (cut, tags[i]);

        hb_face_builder_add_table (builder, tags[i], table);
        hb_blob_destroy (table);
    }
    hb_blob_t *map = character_map (faces, face);
    hb_face_builder_add_table (builder, HB_TAG ('c', 'm', 'a', 'p'), map);
    hb_blob_destroy (map);
    hb_blob_t *blob = hb_face_reference_blob (builder);
    hb_face_destroy (builder);
    hb_face_destroy (cut);
    hb_blob_destroy (whole);
    return blob;
}

/* ---- cutting ---- */

/* No hinting, subroutines opened up (smaller and faster), nothing of layout: shaping is done. */
static hb_subset_input_t *
cut_input (const BmFace *face)
{
    static const hb_tag_t dropped[] = {
        HB_TAG ('G', 'S', 'U', 'B'), HB_TAG ('G', 'P', 'O', 'S'), HB_TAG ('G', 'D', 'E', 'F'), HB_TAG ('B', 'A', 'S', 'E'),
        HB_TAG ('V', 'O', 'R', 'G'), HB_TAG ('v', 'h', 'e', 'a'), HB_TAG ('v', 'm', 't', 'x'), HB_TAG ('D', 'S', 'I', 'G'),
    };
    hb_subset_input_t *input = hb_subset_input_create_or_fail ();

    if (input == NULL)
        g_error ("out of memory");
    for (hb_codepoint_t glyph = HB_SET_VALUE_INVALID; hb_set_next (face->used, &glyph);)
        hb_set_add (hb_subset_input_glyph_set (input), glyph);
    hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    for (size_t i = 0; i < G_N_ELEMENTS (dropped); i++)
        hb_set_add (hb_subset_input_set (input, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);
    return input;
}

/* The face's tables but for its character map, which is replaced, and those of layout: asked for glyphs, HarfBuzz walks through
 * the whole map of 30,000 characters, which is half the cost of a cut. */
static hb_blob_t *
table_for_cut (hb_face_t *face, hb_tag_t tag, void *whole)
{
    static const hb_tag_t wanted[] = {
        HB_TAG ('h', 'e', 'a', 'd'), HB_TAG ('h', 'h', 'e', 'a'), HB_TAG ('h', 'm', 't', 'x'), HB_TAG ('m', 'a', 'x', 'p'),
        HB_TAG ('n', 'a', 'm', 'e'), HB_TAG ('O', 'S', '/', '2'), HB_TAG ('p', 'o', 's', 't'), HB_TAG ('C', 'F', 'F', ' '),
        HB_TAG ('C', 'F', 'F', '2'), HB_TAG ('g', 'l', 'y', 'f'), HB_TAG ('l', 'o', 'c', 'a'), HB_TAG ('f', 'v', 'a', 'r'),
        HB_TAG ('g', 'v', 'a', 'r'), HB_TAG ('H', 'V', 'A', 'R'),
    };
    (void) face;

    for (size_t i = 0; i < G_N_ELEMENTS (wanted); i++)
        if (tag == wanted[i])
            return hb_face_reference_table (whole, tag);
    return NULL;
}

static hb_blob_t *
cut_font (BmFaces *faces, BmFace *face)
{
    hb_face_t *whole = bm_font_face (face->font);
    hb_subset_input_t *input = cut_input (face);
    hb_face_t *bare = hb_face_create_for_tables (table_for_cut, whole, NULL);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail (bare, input);
    hb_face_t *cut = plan != NULL ? hb_subset_plan_execute_or_fail (plan) : NULL;
    hb_blob_t *blob = NULL;

    if (cut != NULL) {
        face->cut = hb_map_copy (hb_subset_plan_old_to_new_glyph_mapping (plan));
        blob = with_own_map (faces, face, cut);
        hb_face_destroy (cut);
    }
    hb_subset_plan_destroy (plan);
    hb_face_destroy (bare);
    hb_subset_input_destroy (input);
    return blob;
}

/* What a FreeType face stands on. Cairo keeps its own caches of faces, so the last one to let go frees it. */
typedef struct {
    FT_Library library;
    FT_Face face;
    hb_blob_t *blob;
    BmBoxedGlyphs *boxed; /* NULL: the font's own */
} Ground;

static void
free_ground (void *data)
{
    Ground *ground = data;

    if (ground->face != NULL)
        FT_Done_Face (ground->face);
    g_free (ground->boxed);
    hb_blob_destroy (ground->blob);
    FT_Done_Library (ground->library);
    g_free (ground);
}

static BmBoxedGlyphs *
boxes_of (hb_blob_t *blob)
{
    hb_face_t *face = hb_face_create (blob, 0);
    BmBoxedGlyphs *boxed = bm_boxed_glyphs_new (face);

    hb_face_destroy (face);
    return boxed;
}

static Ground *
open_ground (const BmFaces *faces, hb_blob_t *blob)
{
    Ground *ground = g_new0 (Ground, 1);
    FT_Parameter parameter = { 0, NULL };
    FT_Open_Args args = { .flags = FT_OPEN_MEMORY };
    unsigned length = 0;

    *ground = (Ground){ faces->library, NULL, hb_blob_reference (blob), faces->only_embed ? boxes_of (blob) : NULL };
    FT_Reference_Library (faces->library);
    args.memory_base = (const FT_Byte *) hb_blob_get_data (blob, &length);
    args.memory_size = (FT_Long) length;
    if (ground->boxed != NULL) {
        parameter = bm_boxed_glyphs_parameter (ground->boxed);
        args.flags |= FT_OPEN_PARAMS;
        args.num_params = 1;
        args.params = &parameter;
    }
    if (FT_Open_Face (faces->library, &args, 0, &ground->face) == 0)
        return ground;
    ground->face = NULL;
    free_ground (ground);
    return NULL;
}

static bool
open_cut (BmFaces *faces, BmFace *face, hb_blob_t *blob)
{
    static const cairo_user_data_key_t key = { 0 };
    Ground *ground = open_ground (faces, blob);

    if (ground == NULL)
        return false;
    face->cairo = cairo_ft_font_face_create_for_ft_face (ground->face, FT_LOAD_NO_HINTING);
    if (cairo_font_face_set_user_data (face->cairo, &key, ground, free_ground) != CAIRO_STATUS_SUCCESS) {
        free_ground (ground);
        return false;
    }
    return true;
}

bool
bm_faces_cut (BmFaces *faces, BmDiags *diags)
{
    for (guint i = 0; i < faces->faces->len; i++) {
        BmFace *face = g_ptr_array_index (faces->faces, i);
        hb_blob_t *blob = cut_font (faces, face);
        bool ok = blob != NULL && open_cut (faces, face, blob);

        hb_blob_destroy (blob);
        if (!ok) {
            bm_diag (diags, BM_ERROR, "BM0721", BM_IN_FILE (bm_font_file (face->font)), "install the font again, or take another family",
                     "the glyphs of %s cannot be cut out", bm_font_full_name (face->font));
            return false;
        }
    }
    return true;
}
