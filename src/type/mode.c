/* mode.c — one text set as a mode says: the settings of a case, of `banmian galley`, of a test.
 *
 * A mode is "key=value" joined by ";" (corpora/composition/README.md). The style is read first whatever its place,
 * since it sets what the other keys change. */
#include "type/type.h"

#include <string.h>

typedef struct {
    BmArena *arena;
    BmMode *mode;
    const char *wrong;
} Reader;

static bool
refuse (Reader *reader, const char *key, const char *value, const char *allowed)
{
    reader->wrong = bm_arena_printf (reader->arena, "%s=%s: %s", key, value, allowed);
    return false;
}

/* The place of `value` in `names`, or −1. */
static int
place_of (const char *value, const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp (names[i], value) == 0)
            return i;
    return -1;
}

static bool
read_choice (Reader *reader, const char *key, const char *value, const char *const *names, int *choice)
{
    *choice = place_of (value, names);
    if (*choice >= 0)
        return true;
    char *list = g_strjoinv (", ", (char **) (gpointer) names);
    refuse (reader, key, value, bm_arena_printf (reader->arena, "one of %s", list));
    g_free (list);
    return false;
}

static bool
read_switch (Reader *reader, const char *key, const char *value, bool *on)
{
    static const char *const names[] = { "0", "1", NULL };
    int choice;

    if (!read_choice (reader, key, value, names, &choice))
        return false;
    *on = choice == 1;
    return true;
}

static bool
read_length (Reader *reader, const char *key, const char *value, double least, double most, double *length)
{
    if (bm_parse_number (value, length) && bm_check_length (*length, least, most))
        return true;
    return refuse (reader, key, value, "a number of em in its range");
}

static bool
read_lines (Reader *reader, const char *value)
{
    double n;

    if (!bm_parse_number (value, &n) || !bm_check_length (n, 0, 10000) || n != (double) (int) n)
        return refuse (reader, "nlines", value, "a whole number from 0 to 10000");
    reader->mode->n_lines = (int) n;
    return true;
}

/* Words joined by commas, those of the mode before kept. */
static void
read_words (Reader *reader, const char *value)
{
    BmMode *mode = reader->mode;
    char **words = g_strsplit (value, ",", -1);
    GPtrArray *list = g_ptr_array_new ();

    for (int i = 0; i < mode->n_words; i++)
        g_ptr_array_add (list, (gpointer) mode->words[i]);
    for (int i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_ptr_array_add (list, bm_arena_strdup (reader->arena, words[i]));
    mode->n_words = (int) list->len;
    mode->words = bm_arena_copy (reader->arena, list->pdata, list->len, sizeof (gpointer));
    g_ptr_array_free (list, TRUE);
    g_strfreev (words);
}

static bool
read_choices (Reader *reader, const char *key, const char *value, bool *known)
{
    static const char *const fits[] = { "first", "total", NULL };
    static const char *const levels[] = { "none", "basic", "gb", "strict", "news", NULL };
    static const char *const kinds[] = { "body", "headline", "byline", "caption", NULL };
    static const char *const directions[] = { "ltr", "ttb", NULL };
    BmMode *mode = reader->mode;
    int choice = 0;
    bool ok = true;

    *known = true;
    if (strcmp (key, "fit") == 0) {
        ok = read_choice (reader, key, value, fits, &choice);
        mode->style.fit = (BmFit) choice;
    } else if (strcmp (key, "kinsoku") == 0) {
        ok = read_choice (reader, key, value, levels, &choice);
        mode->style.kinsoku = (BmKinsoku) choice;
    } else if (strcmp (key, "kind") == 0) {
        ok = read_choice (reader, key, value, kinds, &choice);
        mode->kind = (BmTextKind) choice;
    } else if (strcmp (key, "dir") == 0) {
        ok = read_choice (reader, key, value, directions, &choice);
        mode->vertical = choice == 1;
    } else {
        *known = false;
    }
    return ok;
}

static bool
read_key (Reader *reader, const char *key, const char *value)
{
    BmMode *mode = reader->mode;
    bool known, ok = read_choices (reader, key, value, &known);

    if (known)
        return ok;
    if (strcmp (key, "style") == 0)
        return true; /* read before */
    if (strcmp (key, "indent") == 0)
        return read_length (reader, key, value, 0, 100, &mode->indent);
    if (strcmp (key, "fill") == 0)
        return read_length (reader, key, value, 0, 1000, &mode->fill);
    if (strcmp (key, "hang") == 0)
        return read_switch (reader, key, value, &mode->style.hang);
    if (strcmp (key, "hyphen") == 0)
        return read_switch (reader, key, value, &mode->style.hyphenate);
    if (strcmp (key, "nlines") == 0)
        return read_lines (reader, value);
    if (strcmp (key, "lex") == 0) {
        read_words (reader, value);
        return true;
    }
    if (strcmp (key, "lang") == 0) {
        if (!g_str_has_prefix (value, "zh") && !g_str_has_prefix (value, "ja"))
            return refuse (reader, key, value, "one of zh-Hans, zh-Hant, ja");
        mode->lang = bm_arena_strdup (reader->arena, value);
        return true;
    }
    return refuse (reader, key, value, "a key that no mode has");
}

/* One pass over the pairs; the first reads the style alone. */
static bool
read_pairs (Reader *reader, char **pairs, bool style_only)
{
    for (int i = 0; pairs[i] != NULL; i++) {
        char *pair = g_strstrip (pairs[i]), *value = strchr (pair, '=');

        if (*pair == '\0')
            continue;
        if (value == NULL)
            return refuse (reader, pair, "", "key=value is expected");
        char *key = g_strndup (pair, (gsize) (value - pair));
        bool style = strcmp (key, "style") == 0, ok = true;
        if (style_only && style)
            ok = bm_style_named (&reader->mode->style, value + 1) ||
                 refuse (reader, key, value + 1, "one of full, news, css, gb");
        else if (!style_only)
            ok = read_key (reader, key, value + 1);
        g_free (key);
        if (!ok)
            return false;
    }
    return true;
}

const char *
bm_mode_read (BmArena *arena, const char *text, const BmMode *base, BmMode *mode)
{
    Reader reader = { arena, mode, NULL };

    if (base != NULL) {
        *mode = *base;
    } else {
        *mode = (BmMode){ .indent = -1 };
        bm_style_named (&mode->style, "news");
    }
    char **pairs = g_strsplit (text != NULL ? text : "", ";", -1);
    if (read_pairs (&reader, pairs, true))
        read_pairs (&reader, pairs, false);
    g_strfreev (pairs);
    return reader.wrong;
}

/* ---- setting ---- */

/* The words that a headline keeps whole: the mode's and the lexicon's. */
static void
find_words (BmArena *arena, const BmMode *mode, BmText *text)
{
    int n = 0;
    const char **shipped = bm_words_of (arena, text->utf8, NULL, &n);
    const char **words = bm_arena_new0 (arena, const char *, mode->n_words + n + 1);

    for (int i = 0; i < mode->n_words; i++)
        words[i] = mode->words[i];
    for (int i = 0; i < n; i++)
        words[mode->n_words + i] = shipped[i];
    text->words = words;
    text->n_words = mode->n_words + n;
}

/* Too narrow or too wide for 撑满: centred (§11.6). */
static BmGalley *
centre_line (BmArena *arena, const BmShaped *shaped, const BmStyle *style, double width)
{
    BmHeadline *headline = bm_headline_break (arena, shaped, style, 1);
    BmGalley *galley = headline != NULL ? headline->galley : NULL;

    if (galley == NULL || headline->max_width > width)
        return galley;
    double shift = (width - headline->max_width) / 2;
    for (int i = 0; i < galley->n_cells; i++)
        galley->cells[i].x += shift;
    galley->lines[0].indent = shift;
    galley->lines[0].width += shift;
    return galley;
}

/* In the lines wanted, else in the fewest that fit; as plain text if no division does: never overfull. */
static BmGalley *
set_headline (BmArena *arena, const BmShaped *shaped, const BmMode *mode, double measure)
{
    if (mode->fill > 0) {
        BmGalley *galley = bm_headline_fill (arena, shaped, &mode->style, mode->fill);

        galley = galley != NULL ? galley : centre_line (arena, shaped, &mode->style, mode->fill);
        return galley != NULL ? galley : bm_compose (arena, shaped, &mode->style, &mode->fill, 1, 0, 0);
    }
    for (int n = MAX (mode->n_lines, 1); n <= 8; n++) {
        BmHeadline *headline = bm_headline_break (arena, shaped, &mode->style, n);

        if (headline != NULL && headline->max_width <= measure + 1e-6)
            return headline->galley;
    }
    return bm_compose (arena, shaped, &mode->style, &measure, 1, 0, 0);
}

BmGalley *
bm_mode_set (BmArena *arena, BmType *type, const BmRole *role, const char *utf8, const double *measures, int n_measures,
             const BmMode *mode, const char **error, BmDiags *diags)
{
    BmText text = { .utf8 = utf8, .length = -1, .kind = mode->kind, .role = role, .lang = mode->lang, .vertical = mode->vertical };
    BmGalley *galley = NULL;

    *error = NULL;
    for (int i = 0; i < n_measures; i++)
        if (!bm_check_length (measures[i], 1, 1000)) {
            *error = bm_arena_printf (arena, "a measure of %g em: 1 to 1000 can be set", measures[i]);
            return NULL;
        }
    if (mode->kind == BM_TEXT_HEADLINE)
        find_words (arena, mode, &text);
    const BmShaped *shaped = type != NULL ? bm_type_shape (type, &text, &mode->style, diags) : bm_shape_unit (arena, &text, &mode->style);
    if (mode->kind == BM_TEXT_HEADLINE)
        galley = set_headline (arena, shaped, mode, measures[0]);
    else
        galley = bm_compose (arena, shaped, &mode->style, measures, n_measures, mode->indent, mode->n_lines);
    if (galley == NULL)
        *error = mode->n_lines > 0 ? bm_arena_printf (arena, "%d lines cannot be had at this measure", mode->n_lines)
                                   : "this cannot be set at this measure";
    return galley;
}
