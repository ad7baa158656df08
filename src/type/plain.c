/* plain.c — a paragraph of ideographs, marks and digits shaped without Pango, which cuts a text at every change of script and
 * width and looks each stretch's fonts up anew, six times a paragraph of Chinese news.
 *
 * The role's first font has every character, so there is nothing to look up. A glyph that no lookup of the font reads stands
 * for itself whatever its neighbours are: it is taken from the character map. HarfBuzz shapes what is left. */
#include "type/type-private.h"

#include <hb-ot.h>
#include <pango/pangofc-font.h>
#include <string.h>

/* ---- is the text plain? ---- */

typedef struct {
    gunichar first, last;
} Range;

/* Ideographs, Latin letters, digits and what stands between them; nothing with a form of its own as an emoji. Kana are apart from
 * ideographs for Pango. */
static bool
is_plain (gunichar c)
{
    static const Range plain[] = {
        { 0x4E00, 0x9FFF }, { 0x3001, 0x3011 }, { 0x20, 0x7E },     { 0x201C, 0x201D }, { 0xFF01, 0xFF20 },
        { 0x2014, 0x2014 }, { 0x2018, 0x2019 }, { 0x2026, 0x2026 }, { 0x3000, 0x3000 }, { 0x00B7, 0x00B7 },
        { 0x3014, 0x301B }, { 0x3400, 0x4DBF }, { 0x25A0, 0x25A1 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS (plain); i++)
        if (c >= plain[i].first && c <= plain[i].last)
            return true;
    return false;
}

static bool
is_letter (char c)
{
    return g_ascii_isalpha (c);
}

static bool
has_ideograph (const char *text, const char *end)
{
    for (const char *p = text; p < end; p = g_utf8_next_char (p))
        if (g_utf8_get_char (p) >= 0x3400 && g_utf8_get_char (p) <= 0x9FFF)
            return true;
    return false;
}

/* What stands at letters may belong to them: a bracket to the script before its pair, a narrow mark behind them, all that stands
 * before them at the text's start. Pango is asked. */
static bool
has_marks_of_letters (const BmShaped *shaped)
{
    static const char *const narrow[] = { "·", "—", "‘", "’", "“", "”", "…", "□", "■" };
    const char *text = shaped->text, *letter = text;

    while (*letter != '\0' && !is_letter (*letter))
        letter++;
    if (*letter == '\0')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS (narrow); i++)
        for (const char *mark = strstr (text, narrow[i]); mark != NULL; mark = strstr (mark + 1, narrow[i]))
            if (mark > text && (mark[-1] & 0x80) == 0)
                return true;
    return strpbrk (text, "()[]{}<>\"'") != NULL || (letter > text && !has_ideograph (text, letter));
}

/* ---- what stands for itself ---- */

typedef enum { GLYPH_UNKNOWN, GLYPH_ALONE, GLYPH_SHAPED } GlyphKind;

/* A font among ideographs of a language. */
struct BmAlone {
    PangoLanguage *language;
    hb_set_t *read;   /* the glyphs that lookups read: those they change, those beside which they change others */
    uint8_t *kinds;   /* GlyphKind of each glyph, found when first met */
    GHashTable *runs; /* text of a run, and how it is shaped → KeptRun: the same few numbers and marks come again and again */
};

void
bm_alone_free (BmAlone *alone)
{
    hb_set_destroy (alone->read);
    g_hash_table_destroy (alone->runs);
    g_free (alone->kinds);
    g_free (alone);
}

static hb_segment_properties_t
properties_of (PangoLanguage *language, bool latin)
{
    hb_segment_properties_t properties = HB_SEGMENT_PROPERTIES_DEFAULT;

    properties.direction = HB_DIRECTION_LTR;
    properties.script = latin ? HB_SCRIPT_LATIN : HB_SCRIPT_HAN;
    properties.language = hb_language_from_string (pango_language_to_string (language), -1);
    return properties;
}

static void
add_read_glyphs (hb_face_t *face, hb_shape_plan_t *plan, hb_tag_t table, hb_set_t *read)
{
    hb_set_t *lookups = hb_set_create ();
    hb_codepoint_t lookup = HB_SET_VALUE_INVALID;

    hb_ot_shape_plan_collect_lookups (plan, table, lookups);
    while (hb_set_next (lookups, &lookup))
        hb_ot_layout_lookup_collect_glyphs (face, table, lookup, read, read, read, NULL);
    hb_set_destroy (lookups);
}

static BmAlone *
alone_new (const BmFont *font, PangoLanguage *language)
{
    BmAlone *alone = g_new0 (BmAlone, 1);
    hb_segment_properties_t properties = properties_of (language, false);
    hb_shape_plan_t *plan = hb_shape_plan_create_cached (font->face, &properties, NULL, 0, NULL);

    alone->language = language;
    alone->read = hb_set_create ();
    add_read_glyphs (font->face, plan, HB_OT_TAG_GSUB, alone->read);
    add_read_glyphs (font->face, plan, HB_OT_TAG_GPOS, alone->read);
    hb_shape_plan_destroy (plan);
    alone->kinds = g_new0 (uint8_t, hb_face_get_glyph_count (font->face));
    alone->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return alone;
}

static BmAlone *
alone_of (const BmFont *font, PangoLanguage *language)
{
    for (guint i = 0; i < font->alone->len; i++) {
        BmAlone *alone = g_ptr_array_index (font->alone, i);

        if (alone->language == language)
            return alone;
    }
    g_ptr_array_add (font->alone, alone_new (font, language));
    return g_ptr_array_index (font->alone, font->alone->len - 1);
}

/* ---- shaping ---- */

typedef struct {
    BmShaped *shaped;
    const BmFont *font;
    PangoLanguage *language;
    BmAlone *alone;
    BmShapedGlyph *glyphs; /* one a character: as the character map has them, of advance 0 until they are known to be right */
    int n_characters;
    GArray *halves;  /* BmStretch: half an em wide */
    guint next_half; /* the first that ends behind the place reached */
    GArray *out;     /* BmShapedGlyph */
    hb_buffer_t *buffer;
} Plain;

#define NO_GLYPH 0 /* of a wanted break */

/* Every character's glyph; false: the font lacks one, or one is of a kind that is cut or set in another way. */
static bool
map_characters (Plain *plain)
{
    const BmShaped *shaped = plain->shaped;
    const char *end = shaped->text + shaped->length;
    hb_codepoint_t glyph;

    plain->glyphs = g_new (BmShapedGlyph, (gsize) shaped->length);
    for (const char *p = shaped->text; p < end; p = g_utf8_next_char (p)) {
        gunichar c = bm_char_at (p);

        if (c == '\n')
            glyph = NO_GLYPH;
        else if (!is_plain (c) || !hb_font_get_nominal_glyph (plain->font->hb, c, &glyph))
            return false;
        plain->glyphs[plain->n_characters++] = (BmShapedGlyph){ .start = (int) (p - shaped->text), .glyph = (uint16_t) glyph };
    }
    return true;
}

static bool
is_half (Plain *plain, int start)
{
    while (plain->next_half < plain->halves->len && g_array_index (plain->halves, BmStretch, plain->next_half).end <= start)
        plain->next_half++;
    return plain->next_half < plain->halves->len && g_array_index (plain->halves, BmStretch, plain->next_half).start <= start;
}

/* An em wide, that is: what has another width is left to HarfBuzz. */
static bool
stands_alone (Plain *plain, int character)
{
    unsigned glyph = plain->glyphs[character].glyph;
    uint8_t *kind = &plain->alone->kinds[glyph];

    if (glyph == NO_GLYPH)
        return true;
    if (is_half (plain, plain->glyphs[character].start))
        return false;
    if (*kind == GLYPH_UNKNOWN) {
        bool an_em = hb_font_get_glyph_h_advance (plain->font->hb, glyph) == (hb_position_t) plain->font->upem;

        *kind = an_em && !hb_set_has (plain->alone->read, glyph) ? GLYPH_ALONE : GLYPH_SHAPED;
    }
    return *kind == GLYPH_ALONE;
}

/* The features of a run that ends before `end`, from the half `first` on; −1: there are too many. */
static int
features_of (const Plain *plain, guint first, int end, hb_feature_t *features, int most)
{
    int n = 0;

    for (guint i = first; i < plain->halves->len; i++) {
        BmStretch half = g_array_index (plain->halves, BmStretch, i);

        if (half.start >= end)
            break;
        if (n == most)
            return -1;
        features[n++] = (hb_feature_t){ HB_TAG ('h', 'w', 'i', 'd'), 1, (unsigned) half.start, (unsigned) half.end };
    }
    return n;
}

#define MOST_FEATURES 24 /* stretches of digits in one run */

static bool
take_shaped (Plain *plain)
{
    unsigned n = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos (plain->buffer, &n);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions (plain->buffer, NULL);

    for (unsigned i = 0; i < n; i++) {
        BmShapedGlyph glyph = { .start = (int) infos[i].cluster, .glyph = (uint16_t) infos[i].codepoint };

        if (places[i].x_offset != 0 || places[i].y_offset != 0)
            return false;
        glyph.advance = (float) (places[i].x_advance / (double) plain->font->upem);
        g_array_append_val (plain->out, glyph);
    }
    return true;
}

typedef struct {
    int start, end;   /* bytes */
    guint first_half; /* the first that ends in it or behind it */
    bool latin;
} Run;

#define LONGEST_KEPT 12 /* bytes */
#define MOST_KEPT    1000

typedef struct {
    int n;
    BmShapedGlyph glyphs[LONGEST_KEPT]; /* their bytes counted from the run's start */
} KeptRun;

/* What a run is known by: its script, whether all of it is half an em wide, its text. False: it is too long, or only a part is. */
static bool
run_key (const Plain *plain, const Run *run, const hb_feature_t *features, int n, char key[LONGEST_KEPT + 3])
{
    int length = run->end - run->start;
    bool all = n == 1 && features[0].start <= (unsigned) run->start && features[0].end >= (unsigned) run->end;

    if (length > LONGEST_KEPT || (n > 0 && !all))
        return false;
    key[0] = run->latin ? 'l' : 'h';
    key[1] = n > 0 ? 'w' : '-';
    memcpy (key + 2, plain->shaped->text + run->start, (size_t) length);
    key[2 + length] = '\0';
    return true;
}

static void
take_kept (Plain *plain, const KeptRun *kept, int start)
{
    for (int i = 0; i < kept->n; i++) {
        BmShapedGlyph glyph = kept->glyphs[i];

        glyph.start += start;
        g_array_append_val (plain->out, glyph);
    }
}

/* The glyphs of the run are those behind the first `before`. */
static void
keep_run (Plain *plain, const char *key, guint before, int start)
{
    guint n = plain->out->len - before;

    if (n > LONGEST_KEPT || g_hash_table_size (plain->alone->runs) >= MOST_KEPT)
        return;
    KeptRun *kept = g_new (KeptRun, 1);
    kept->n = (int) n;
    for (guint i = 0; i < n; i++) {
        kept->glyphs[i] = g_array_index (plain->out, BmShapedGlyph, before + i);
        kept->glyphs[i].start -= start;
    }
    g_hash_table_insert (plain->alone->runs, g_strdup (key), kept);
}

static bool
shape_with_harfbuzz (Plain *plain, const Run *run, const hb_feature_t *features, int n)
{
    hb_segment_properties_t properties = properties_of (plain->language, run->latin);

    hb_buffer_clear_contents (plain->buffer);
    hb_buffer_add_utf8 (plain->buffer, plain->shaped->text, plain->shaped->length, (unsigned) run->start, run->end - run->start);
    hb_buffer_set_segment_properties (plain->buffer, &properties);
    hb_shape (plain->font->hb, plain->buffer, features, (unsigned) n);
    return take_shaped (plain);
}

static bool
shape_run (Plain *plain, const Run *run)
{
    hb_feature_t features[MOST_FEATURES];
    int n = features_of (plain, run->first_half, run->end, features, MOST_FEATURES);
    char key[LONGEST_KEPT + 3];
    guint before = plain->out->len;

    if (n < 0)
        return false;
    bool short_run = run_key (plain, run, features, n, key);
    const KeptRun *kept = short_run ? g_hash_table_lookup (plain->alone->runs, key) : NULL;
    if (kept != NULL) {
        take_kept (plain, kept, run->start);
        return true;
    }
    bool fine = shape_with_harfbuzz (plain, run, features, n);
    if (fine && short_run)
        keep_run (plain, key, before, run->start);
    return fine;
}

/* The character behind the run that begins with this one: Latin letters with what follows them up to the next ideograph, or what
 * does not stand alone up to the next letter; the same one: it stands alone. */
static int
run_end (Plain *plain, int character, bool latin)
{
    const char *text = plain->shaped->text;
    int end = character;

    while (end < plain->n_characters) {
        char c = text[plain->glyphs[end].start];

        if (latin ? (c & 0x80) != 0 : is_letter (c) || stands_alone (plain, end))
            break;
        end++;
    }
    return end;
}

static bool
shape_runs (Plain *plain)
{
    int end;

    for (int i = 0; i < plain->n_characters; i = end) {
        BmShapedGlyph glyph = plain->glyphs[i];
        Run run = { .start = glyph.start, .first_half = plain->next_half, .latin = is_letter (plain->shaped->text[glyph.start]) };

        end = run_end (plain, i, run.latin);
        if (end == i) {
            glyph.advance = 1;
            g_array_append_val (plain->out, glyph);
            end++;
            continue;
        }
        run.end = end < plain->n_characters ? plain->glyphs[end].start : plain->shaped->length;
        if (!shape_run (plain, &run))
            return false;
    }
    return true;
}

/* NULL: not so plain that the shortest way holds. */
static const BmFont *
plain_font (BmType *type, const BmText *text, const BmShaped *shaped)
{
    if (text->n_spans > 0 || text->vertical || shaped->length == 0 || has_marks_of_letters (shaped))
        return NULL;
    const BmFont *font = bm_type_role_font (type, text->role, text->lang);
    FcChar8 *features = NULL;
    bool special = font == NULL || hb_ot_var_has_data (font->face) ||
                   FcPatternGetString (pango_fc_font_get_pattern (PANGO_FC_FONT (font->pango)), FC_FONT_FEATURES, 0, &features) ==
                       FcResultMatch;
    return special ? NULL : font;
}

static void
keep (Plain *plain)
{
    BmShaped *shaped = plain->shaped;
    uint16_t index = bm_shaped_font_index (shaped, plain->font);

    shaped->n_glyphs = (int) plain->out->len;
    shaped->glyphs = g_memdup2 (plain->out->data, plain->out->len * sizeof (BmShapedGlyph));
    for (int i = 0; i < shaped->n_glyphs; i++)
        shaped->glyphs[i].font = index;
}

bool
bm_shape_plain (BmType *type, const BmText *text, BmShaped *shaped, PangoLanguage *language)
{
    const BmFont *font = plain_font (type, text, shaped);

    if (font == NULL)
        return false;
    Plain plain = { .shaped = shaped, .font = font, .language = language, .alone = alone_of (font, language) };
    bool fine = map_characters (&plain);
    if (fine) {
        GArray *halves = bm_half_widths (shaped);

        plain.halves = halves;
        plain.out = g_array_sized_new (FALSE, FALSE, sizeof (BmShapedGlyph), (guint) plain.n_characters);
        plain.buffer = hb_buffer_create ();
        fine = shape_runs (&plain);
        if (fine)
            keep (&plain);
        hb_buffer_destroy (plain.buffer);
        g_array_free (plain.out, TRUE);
        g_array_free (halves, TRUE);
    }
    g_free (plain.glyphs);
    return fine;
}
