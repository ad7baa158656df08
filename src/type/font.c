/* font.c — the project's own fonts: a private fontconfig, roles to faces, missing glyphs named.
 *
 * The machine's fonts and its configuration stay out (design/fonts.md, “Isolation”): one configuration file is parsed,
 * nothing else is asked. Pango never fails: it draws boxes for what it lacks and takes strangers for what a family
 * lacks, so both are looked for after shaping and reported. */
#include "type/gaiji.h"
#include "type/type-private.h"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <string.h>

/* ---- languages and families ---- */

static bool
is_hong_kong (const char *lang)
{
    return strstr (lang, "-HK") != NULL || strstr (lang, "-MO") != NULL;
}

const char *
bm_font_language (const char *lang)
{
    switch (bm_language_of (lang)) {
    case BM_LANGUAGE_HANT:
        return is_hong_kong (lang) ? "zh-hk" : "zh-tw";
    case BM_LANGUAGE_JA:
        return "ja";
    default:
        return "zh-cn";
    }
}

/* Noto's families carry the region in their last two letters. */
static char *
regional_family (const char *family, const char *lang)
{
    BmLanguage language = bm_language_of (lang);
    const char *region = language == BM_LANGUAGE_JA     ? "JP"
                         : language != BM_LANGUAGE_HANT ? "SC"
                         : is_hong_kong (lang)          ? "HK"
                                                        : "TC";
    size_t length = strlen (family);

    if (g_str_has_suffix (family, " CJK SC"))
        return g_strdup_printf ("%.*s%s", (int) length - 2, family, region);
    return g_strdup (family);
}

/* Kai faces lack little; what they lack is taken from the Song, never from whatever a search would find. */
#define LAST_RESORT "Noto Serif CJK SC"

PangoFontDescription *
bm_role_description (const BmRole *role, const char *lang)
{
    PangoFontDescription *description = pango_font_description_new ();
    GString *families = g_string_new (NULL);

    for (int i = 0; i < role->n_families; i++) {
        char *family = regional_family (role->families[i], lang);

        g_string_append_printf (families, "%s%s", i > 0 ? "," : "", family);
        g_free (family);
    }
    char *last = regional_family (LAST_RESORT, lang);
    g_string_append_printf (families, ",%s," BM_GAIJI_FAMILY, last);
    pango_font_description_set_family (description, families->str);
    pango_font_description_set_weight (description, (PangoWeight) role->weight);
    pango_font_description_set_absolute_size (description, 1000 * PANGO_SCALE);
    g_free (last);
    g_string_free (families, TRUE);
    return description;
}

static bool
has_name (const BmFont *font, const char *family)
{
    for (int i = 0; font->families[i] != NULL; i++)
        if (strcmp (font->families[i], family) == 0)
            return true;
    return false;
}

bool
bm_role_has_font (const BmRole *role, const char *lang, const BmFont *font)
{
    if (bm_font_is_gaiji (font)) /* drawn for just this */
        return true;
    for (int i = 0; i < role->n_families; i++) {
        char *own = regional_family (role->families[i], lang);
        bool same = has_name (font, own);

        g_free (own);
        if (same)
            return true;
    }
    return false;
}

/* The Debian package that carries a family. */
static const char *
package_of (const char *family, int weight)
{
    if (strstr (family, " CJK ") != NULL)
        return weight == 400 || weight == 700 ? "fonts-noto-cjk" : "fonts-noto-cjk-extra";
    if (g_str_has_prefix (family, "LXGW WenKai"))
        return "fonts-lxgw-wenkai";
    if (g_str_has_prefix (family, "AR PL UKai"))
        return "fonts-arphic-ukai";
    if (g_str_has_prefix (family, "AR PL KaitiM"))
        return "fonts-arphic-gkai00mp";
    return NULL;
}

/* ---- the type object ---- */

typedef struct {
    BmRole role;
    const char *lang;
    const BmFont *font; /* NULL: its family is missing */
} RoleFont;

static bool
add_gaiji (FcConfig *config, const BmTypeOptions *options, BmDiags *diags)
{
    bool ok = true;
    char *font = bm_gaiji_of_folders (options->font_dirs, &ok, diags);

    if (font != NULL && !FcConfigAppFontAddFile (config, (const FcChar8 *) font)) {
        bm_diag (diags, BM_ERROR, "BM0511", BM_NOWHERE,
                 "make a font of the outlines with a font editor, and put that into the folder",
                 "fontconfig does not take the font made of the outlines");
        ok = false;
    }
    g_free (font);
    return ok;
}

static FcConfig *
load_config (const BmTypeOptions *options, BmDiags *diags)
{
    FcConfig *config = options->system_fonts ? FcInitLoadConfig () : FcConfigCreate ();

    if (!options->system_fonts && !FcConfigParseAndLoad (config, (const FcChar8 *) options->fonts_conf, FcTrue)) {
        bm_diag (diags, BM_ERROR, "BM0501", BM_IN_FILE (options->fonts_conf), "install banmian's data, or use --system-fonts",
                 "cannot read the font configuration %s", options->fonts_conf);
        FcConfigDestroy (config);
        return NULL;
    }
    for (int i = 0; options->font_dirs != NULL && options->font_dirs[i] != NULL; i++)
        if (!FcConfigAppFontAddDir (config, (const FcChar8 *) options->font_dirs[i]))
            bm_diag (diags, BM_WARNING, "BM0502", BM_IN_FILE (options->font_dirs[i]), "name a folder with font files",
                     "no fonts were read from %s", options->font_dirs[i]);
    if (!FcConfigBuildFonts (config))
        g_error ("out of memory");
    if (!add_gaiji (config, options, diags)) {
        FcConfigDestroy (config);
        return NULL;
    }
    /* Every font map of Pango's begins with FcInit in a thread, which reads the machine's whole configuration (all its fonts,
     * where that has no cache), unless there is one already. */
    if (options->own_process && !FcConfigSetCurrent (config))
        g_error ("out of memory");
    return config;
}

static void
free_alone (gpointer data)
{
    bm_alone_free (data);
}

static void
free_font (gpointer data)
{
    BmFont *font = data;

    g_hash_table_destroy (font->ink);
    g_ptr_array_free (font->alone, TRUE);
    hb_font_destroy (font->hb);
    hb_face_destroy (font->face);
    g_object_unref (font->pango);
    g_free (font);
}

static void
free_shaped (gpointer data)
{
    BmShaped *shaped = data;

    bm_shaped_free (shaped);
}

BmType *
bm_type_new (const BmTypeOptions *options, BmDiags *diags)
{
    FcConfig *config = load_config (options, diags);

    if (config == NULL)
        return NULL;
    BmType *type = g_new0 (BmType, 1);
    type->arena = bm_arena_create ();
    type->config = config;
    type->allow_fallback = options->allow_fallback;
    type->map = pango_ft2_font_map_new ();
    pango_ft2_font_map_set_resolution (PANGO_FT2_FONT_MAP (type->map), 72, 72);
    pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (type->map), config);
    type->context = pango_font_map_create_context (type->map);
    pango_context_set_round_glyph_positions (type->context, FALSE);
    type->fonts = g_ptr_array_new_with_free_func (free_font);
    type->shaped = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_shaped);
    type->families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    type->role_fonts = g_array_new (FALSE, FALSE, sizeof (RoleFont));
    type->substitutions = g_array_new (FALSE, TRUE, sizeof (BmSubstitution));
    type->words = g_ptr_array_new ();
    return type;
}

void
bm_type_free (BmType *type)
{
    if (type == NULL)
        return;
    g_hash_table_destroy (type->shaped);
    g_hash_table_destroy (type->families);
    g_array_free (type->role_fonts, TRUE);
    bm_breaker_free (type->breaker);
    g_ptr_array_free (type->fonts, TRUE);
    g_array_free (type->substitutions, TRUE);
    g_ptr_array_free (type->words, TRUE);
    g_object_unref (type->context);
    g_object_unref (type->map);
    FcConfigDestroy (type->config);
    bm_arena_free (type->arena);
    g_free (type);
}

void
bm_type_trim (BmType *type, size_t bytes)
{
    if (type->shaped_bytes <= bytes)
        return;
    g_hash_table_remove_all (type->shaped);
    type->shaped_bytes = 0;
}

/* ---- faces ---- */

/* Fontconfig puts a face's name in the user's language first, “霞鹜文楷” for LXGW WenKai: taken is the English one, else that of the
 * first language by the alphabet, so that no output depends on the locale. */
static const char *
pattern_name (BmType *type, FcPattern *pattern, const char *object, const char *language_object)
{
    FcChar8 *value = NULL, *language = NULL;
    const char *best = NULL, *name = "";

    for (int i = 0; FcPatternGetString (pattern, object, i, &value) == FcResultMatch; i++) {
        const char *own =
            FcPatternGetString (pattern, language_object, i, &language) == FcResultMatch ? (const char *) language : "~";
        bool better = best == NULL || (strcmp (best, "en") != 0 && (strcmp (own, "en") == 0 || strcmp (own, best) < 0));

        name = better ? (const char *) value : name;
        best = better ? own : best;
    }
    return bm_arena_strdup (type->arena, name);
}

/* All of them: a layout may use any. */
static const char *const *
family_names (BmType *type, FcPattern *pattern)
{
    FcChar8 *value = NULL;
    int n = 0;

    while (FcPatternGetString (pattern, FC_FAMILY, n, &value) == FcResultMatch)
        n++;
    const char **names = bm_arena_new0 (type->arena, const char *, n + 1);
    for (int i = 0; i < n; i++)
        if (FcPatternGetString (pattern, FC_FAMILY, i, &value) == FcResultMatch)
            names[i] = bm_arena_strdup (type->arena, (const char *) value);
    return names;
}

static const char *
font_version (BmType *type, hb_face_t *face)
{
    char text[128];
    unsigned length = sizeof text;

    hb_ot_name_get_utf8 (face, HB_OT_NAME_ID_VERSION_STRING, hb_language_from_string ("en", -1), &length, text);
    return bm_arena_strdup (type->arena, length > 0 ? text : "");
}

const BmFont *
bm_font_of (BmType *type, PangoFont *pango)
{
    FcPattern *pattern = pango_fc_font_get_pattern (PANGO_FC_FONT (pango));
    FcChar8 *file = NULL;
    int index = 0, weight = FC_WEIGHT_REGULAR;

    FcPatternGetString (pattern, FC_FILE, 0, &file);
    FcPatternGetInteger (pattern, FC_INDEX, 0, &index);
    FcPatternGetInteger (pattern, FC_WEIGHT, 0, &weight);
    for (guint i = 0; i < type->fonts->len; i++) {
        const BmFont *known = g_ptr_array_index (type->fonts, i);

        if (known->pango == pango || (known->index == index && g_strcmp0 (known->file, (const char *) file) == 0))
            return known;
    }
    BmFont *font = g_new0 (BmFont, 1);
    font->pango = g_object_ref (pango);
    font->face = hb_face_reference (hb_font_get_face (pango_font_get_hb_font (pango)));
    font->hb = hb_font_create (font->face);
    font->upem = hb_face_get_upem (font->face);
    hb_font_set_scale (font->hb, (int) font->upem, (int) font->upem);
    font->families = family_names (type, pattern);
    font->family = pattern_name (type, pattern, FC_FAMILY, FC_FAMILYLANG);
    font->style = pattern_name (type, pattern, FC_STYLE, FC_STYLELANG);
    font->full_name = pattern_name (type, pattern, FC_FULLNAME, FC_FULLNAMELANG);
    font->file = bm_arena_strdup (type->arena, (const char *) file);
    font->version = font_version (type, font->face);
    font->index = index;
    font->weight = FcWeightToOpenType (weight);
    font->has_vert = -1;
    font->ink = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
    font->alone = g_ptr_array_new_with_free_func (free_alone);
    g_ptr_array_add (type->fonts, font);
    return font;
}

hb_face_t *
bm_font_face (const BmFont *font)
{
    return font->face;
}

const char *
bm_font_full_name (const BmFont *font)
{
    return font->full_name;
}

const char *
bm_font_family (const BmFont *font)
{
    return font->family;
}

const char *
bm_font_style (const BmFont *font)
{
    return font->style;
}

int
bm_font_weight (const BmFont *font)
{
    return font->weight;
}

const char *
bm_font_file (const BmFont *font)
{
    return font->file;
}

int
bm_font_index (const BmFont *font)
{
    return font->index;
}

const char *
bm_font_version (const BmFont *font)
{
    return font->version;
}

bool
bm_font_is_gaiji (const BmFont *font)
{
    return strcmp (font->family, BM_GAIJI_FAMILY) == 0;
}

/* ---- the font of a role ---- */

static bool
is_same_role (const BmRole *a, const BmRole *b)
{
    bool same = a->weight == b->weight && a->n_families == b->n_families;

    for (int i = 0; same && i < a->n_families; i++)
        same = strcmp (a->families[i], b->families[i]) == 0;
    return same;
}

/* The font that Pango asks first for a role's characters, if it is of the role. */
static const BmFont *
find_role_font (BmType *type, const BmRole *role, const char *lang)
{
    PangoFontDescription *description = bm_role_description (role, lang);

    pango_context_set_language (type->context, pango_language_from_string (bm_font_language (lang)));
    PangoFont *pango = pango_font_map_load_font (type->map, type->context, description);
    pango_font_description_free (description);
    if (pango == NULL)
        return NULL;
    const BmFont *font = bm_font_of (type, pango);
    g_object_unref (pango);
    return bm_role_has_font (role, lang, font) ? font : NULL;
}

const BmFont *
bm_type_role_font (BmType *type, const BmRole *role, const char *lang)
{
    for (guint i = 0; i < type->role_fonts->len; i++) {
        const RoleFont *known = &g_array_index (type->role_fonts, RoleFont, i);

        if (g_strcmp0 (known->lang, lang) == 0 && is_same_role (&known->role, role))
            return known->font;
    }
    RoleFont found = { *role, bm_arena_strdup (type->arena, lang), find_role_font (type, role, lang) };
    for (int i = 0; i < role->n_families; i++)
        found.role.families[i] = bm_arena_strdup (type->arena, role->families[i]);
    g_array_append_val (type->role_fonts, found);
    return found.font;
}

double
bm_font_advance (const BmFont *font, uint32_t glyph)
{
    return (double) hb_font_get_glyph_h_advance (font->hb, glyph) / font->upem;
}

bool
bm_font_glyph_ink (const BmFont *font, uint32_t glyph, double *left, double *top, double *right, double *bottom)
{
    double *known = g_hash_table_lookup (font->ink, GUINT_TO_POINTER (glyph));

    if (known == NULL) {
        hb_glyph_extents_t extents;
        double em = font->upem;

        known = g_new0 (double, 4);
        if (hb_font_get_glyph_extents (font->hb, glyph, &extents)) {
            known[0] = extents.x_bearing / em;
            known[1] = extents.y_bearing / em;
            known[2] = (extents.x_bearing + extents.width) / em;
            known[3] = (extents.y_bearing + extents.height) / em;
        }
        g_hash_table_insert (font->ink, GUINT_TO_POINTER (glyph), known);
    }
    *left = known[0];
    *top = known[1];
    *right = known[2];
    *bottom = known[3];
    return known[0] < known[2] && known[3] < known[1];
}

/* §13.4: GB 2312 faces have no `vert`; their brackets would come out empty. */
bool
bm_font_has_vert (const BmFont *font)
{
    hb_tag_t tags[64];
    unsigned n = G_N_ELEMENTS (tags);

    hb_ot_layout_table_get_feature_tags (font->face, HB_OT_TAG_GSUB, 0, &n, tags);
    for (unsigned i = 0; i < n; i++)
        if (tags[i] == HB_TAG ('v', 'e', 'r', 't') || tags[i] == HB_TAG ('v', 'r', 't', '2'))
            return true;
    return false;
}

/* ---- are the layout's faces there ---- */

/* 0: no such family; 1: the family without the weight; 2: both. Fontconfig walks through all its fonts to tell. */
static int
look_for_family (const BmType *type, const char *family, int weight)
{
    FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, NULL);
    FcObjectSet *objects = FcObjectSetBuild (FC_WEIGHT, NULL);
    FcFontSet *set = FcFontList (type->config, pattern, objects);
    int presence = set != NULL && set->nfont > 0 ? 1 : 0;

    for (int i = 0; set != NULL && i < set->nfont; i++) {
        int own = 0;

        if (FcPatternGetInteger (set->fonts[i], FC_WEIGHT, 0, &own) == FcResultMatch &&
            ABS (FcWeightToOpenType (own) - weight) <= 25)
            presence = 2;
    }
    if (set != NULL)
        FcFontSetDestroy (set);
    FcObjectSetDestroy (objects);
    FcPatternDestroy (pattern);
    return presence;
}

/* The same, known from before where a page or a layout has asked. */
static int
family_presence (BmType *type, const char *family, int weight)
{
    char *key = g_strdup_printf ("%d %s", weight, family);
    int known = GPOINTER_TO_INT (g_hash_table_lookup (type->families, key)) - 1;

    if (known >= 0) {
        g_free (key);
        return known;
    }
    int presence = look_for_family (type, family, weight);
    g_hash_table_insert (type->families, key, GINT_TO_POINTER (presence + 1));
    return presence;
}

static void
report_missing (BmType *type, const char *layout, const BmRole *role, int presence, BmDiags *diags)
{
    const char *package = package_of (role->families[0], role->weight);
    char *hint = package != NULL ? g_strdup_printf ("apt install %s", package)
                                 : g_strdup ("install the family, or name another in the layout; --fonts DIR adds a folder");

    bm_diag (diags, type->allow_fallback ? BM_WARNING : BM_ERROR, "BM0503", BM_IN_FILE (layout), hint,
             presence == 0 ? "no family “%s” (weight %d)" : "family “%s” has no weight %d", role->families[0], role->weight);
    g_free (hint);
}

static bool
asked_before (const BmLayout *layout, int role)
{
    for (int i = 0; i < role; i++)
        if (layout->roles[i].weight == layout->roles[role].weight &&
            g_strcmp0 (layout->roles[i].families[0], layout->roles[role].families[0]) == 0)
            return true;
    return false;
}

bool
bm_type_check_layout (BmType *type, const BmLayout *layout, BmDiags *diags)
{
    bool ok = true;

    for (int i = 0; i < BM_N_ROLES; i++) {
        const BmRole *role = &layout->roles[i];
        int best = 0;

        if (asked_before (layout, i))
            continue;
        for (int k = 0; k < role->n_families; k++)
            best = MAX (best, family_presence (type, role->families[k], role->weight));
        if (best == 2)
            continue;
        report_missing (type, layout->name, role, best, diags);
        ok = ok && type->allow_fallback;
    }
    return ok;
}

/* ---- missing glyphs ---- */

int
bm_type_n_substitutions (const BmType *type)
{
    return (int) type->substitutions->len;
}

const BmSubstitution *
bm_type_substitution (const BmType *type, int index)
{
    return &g_array_index (type->substitutions, BmSubstitution, (guint) index);
}

void
bm_type_set_print (BmType *type, bool print)
{
    type->print = print;
}

/* Who carries what the shipped faces lack (fonts.md, the table of coverage). */
static const char *
hint_for (gunichar c)
{
    if (g_unichar_type (c) == G_UNICODE_PRIVATE_USE)
        return "it is of private use: add the font that it was made with, or its outline as a file like U+E001.svg: --fonts DIR";
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF))
        return "apt install fonts-cns11643-sung, or add a font that has it: --fonts DIR";
    if (c >= 0x20000 && c <= 0x3FFFF)
        return "apt install fonts-hanazono, or add a font that has it: --fonts DIR";
    return "apt install fonts-noto-core or fonts-symbola, or add a font that has it: --fonts DIR";
}

/* Up to four characters on either side. */
static char *
words_round (BmType *type, const char *text, int length, int offset)
{
    const char *start = text + offset, *end = text + offset;

    for (int i = 0; i < 4 && start > text; i++)
        start = g_utf8_prev_char (start);
    for (int i = 0; i < 5 && end < text + length; i++)
        end = g_utf8_next_char (end);
    return bm_arena_strndup (type->arena, start, (size_t) (end - start));
}

void
bm_note_substitution (BmType *type, const BmText *text, const BmRole *role, int offset, const char *used, BmDiags *diags)
{
    gunichar c = g_utf8_get_char (text->utf8 + offset);
    char utf8[8] = "";

    for (guint i = 0; i < type->substitutions->len; i++) {
        const BmSubstitution *known = &g_array_index (type->substitutions, BmSubstitution, i);

        if (known->character == c && strcmp (known->role, role->families[0]) == 0)
            return;
    }
    int length = text->length < 0 ? (int) strlen (text->utf8) : text->length;
    BmSubstitution substitution = { c, bm_arena_strdup (type->arena, role->families[0]), bm_arena_strdup (type->arena, used),
                                    words_round (type, text->utf8, length, offset) };
    g_array_append_val (type->substitutions, substitution);
    utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
    if (used != NULL)
        bm_diag (diags, BM_WARNING, "BM0505", text->where, "name a family that has it in the layout",
                 "%s (U+%04X) in “%s” is not in %s: %s stands in", utf8, c, substitution.where, role->families[0], used);
    else
        bm_diag (diags, type->print ? BM_ERROR : BM_WARNING, "BM0504", text->where, hint_for (c),
                 "%s (U+%04X) in “%s” has no glyph in %s%s", utf8, c, substitution.where, role->families[0],
                 type->print ? ": it cannot be printed" : ": a box is drawn");
}
