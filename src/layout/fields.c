/* fields.c — the keys of a layout file, in tables: where each value goes, its kind, its least and largest.
 *
 * The tables are the documentation's source too: banmian-layout.5 lists the same keys in the same order.
 * Lengths without a unit are points; sizes of type (SIZE) without a unit are 点 of 0.35 mm, as interfaces.md §4
 * says. Ranges come from reliability.md §3 (page side 10–14,400 pt, type 3–1,000 pt) and from sense. */
#include "layout/layout-private.h"

#include <string.h>

typedef enum { LENGTH, SIZE, NUMBER, SHARE, COUNT, SWITCH, TEXT, WORD } FieldKind;

typedef struct {
    const char *key;
    FieldKind kind;
    size_t offset;
    double min, max;
    const char *const *words; /* WORD: the value's index is stored as int */
} Field;

#define AT(member) offsetof (BmLayout, member)
#define ROLE_AT(member) offsetof (BmRole, member)
#define STYLE_AT(member) offsetof (BmStyle, member)

static const char *const head_aligns[] = { "left", "centred", NULL };
static const char *const aligns[] = { "left", "centre", "right", "justify", NULL };
static const char *const policies[] = { "jump", "hold", "error", NULL };
static const char *const fits[] = { "first", "total", NULL };
static const char *const kinsokus[] = { "none", "basic", "gb", "strict", "news", NULL };
static const char *const line_ends[] = { "full", "either", "half", NULL };

static const Field top_fields[] = {
    { "title", TEXT, AT (title), 0, 0, NULL },
    { "gutter", COUNT, AT (gutter_cells), 0, 8, NULL },
    { "overset", WORD, AT (overset), 0, 0, policies },
    { "interlock", SWITCH, AT (interlock), 0, 0, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field paper_fields[] = {
    { "width", LENGTH, AT (paper_width), 10, 14400, NULL },
    { "height", LENGTH, AT (paper_height), 10, 14400, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field margin_fields[] = {
    { "left", LENGTH, AT (margin_left), 0, 7200, NULL },
    { "right", LENGTH, AT (margin_right), 0, 7200, NULL },
    { "top", LENGTH, AT (margin_top), 0, 7200, NULL },
    { "bottom", LENGTH, AT (margin_bottom), 0, 7200, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field body_fields[] = {
    { "size", SIZE, AT (body), 3, 100, NULL },
    { "leading", NUMBER, AT (leading), 1, 3, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field folio_fields[] = {
    { "rows", COUNT, AT (folio_rows), 0, 20, NULL },
    { "white", COUNT, AT (folio_white), 0, 10, NULL },
    { "thick-rule", LENGTH, AT (folio_thick), 0, 20, NULL },
    { "thin-rule", LENGTH, AT (folio_thin), 0, 20, NULL },
    { "rules-apart", LENGTH, AT (folio_apart), 0, 40, NULL },
    { "baseline-gap", LENGTH, AT (folio_baseline_gap), 0, 100, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field front_fields[] = {
    { "rows", COUNT, AT (front_rows), 0, 60, NULL },
    { "ear", SHARE, AT (front_ear), 0, 0.6, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field head_fields[] = {
    { "align", WORD, AT (head_align), 0, 0, head_aligns },
    { "top", LENGTH, AT (head_top), 0, 72, NULL },
    { "kicker-gap", NUMBER, AT (kicker_gap), 0, 3, NULL },
    { "gap-rows", NUMBER, AT (head_gap_rows), 0, 10, NULL },
    { "gap-scale", NUMBER, AT (head_gap_scale), 0, 3, NULL },
    { "gap-max-rows", NUMBER, AT (head_gap_max_rows), 0, 20, NULL },
    { "heavy-from", SIZE, AT (heavy_from), 3, 1000, NULL },
    { "optical-edge", LENGTH, AT (optical_edge), 0, 20, NULL },
    { "vertical-min", SIZE, AT (vertical_min), 3, 1000, NULL },
    { "vertical-max", SIZE, AT (vertical_max), 3, 1000, NULL },
    { "vertical-line-gap", NUMBER, AT (vertical_line_gap), 0, 3, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field white_fields[] = {
    { "separator-rows", COUNT, AT (separator_rows), 1, 10, NULL },
    { "ad-rows", COUNT, AT (ad_gap_rows), 0, 10, NULL },
    { "lead-byline-rows", COUNT, AT (lead_byline_rows), 0, 4, NULL },
    { "photo-inset", LENGTH, AT (photo_inset), 0, 20, NULL },
    { "box-padding", NUMBER, AT (box_padding), 0, 4, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field rule_fields[] = {
    { "hairline", LENGTH, AT (hairline), 0, 20, NULL },
    { "hairline-ink", TEXT, AT (hairline_ink), 0, 0, NULL },
    { "frame", LENGTH, AT (frame_rule), 0, 20, NULL },
    { "frame-ink", TEXT, AT (frame_ink), 0, 0, NULL },
    { "label", LENGTH, AT (label_rule), 0, 20, NULL },
    { "label-ink", TEXT, AT (label_ink), 0, 0, NULL },
    { "figures", LENGTH, AT (figure_rule), 0, 20, NULL },
    { "ad-frame", LENGTH, AT (ad_frame), 0, 20, NULL },
    { "ad-frame-ink", TEXT, AT (ad_frame_ink), 0, 0, NULL },
    { "photo-frame", LENGTH, AT (photo_frame), 0, 20, NULL },
    { "tint-ink", TEXT, AT (tint_ink), 0, 0, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field container_fields[] = {
    { "allowed", SWITCH, AT (container), 0, 0, NULL }, { "label", TEXT, AT (container_label), 0, 0, NULL },
    { "round-up", SWITCH, AT (round_up), 0, 0, NULL }, { "round-up-label", TEXT, AT (round_up_label), 0, 0, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field device_fields[] = {
    { "summary", SWITCH, AT (devices_summary), 0, 0, NULL },
    { "quote", SWITCH, AT (devices_pullquote), 0, 0, NULL },
    { "figures", SWITCH, AT (devices_figures), 0, 0, NULL },
    { "crosshead", SWITCH, AT (devices_crosshead), 0, 0, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field role_fields[] = {
    { "weight", COUNT, ROLE_AT (weight), 100, 900, NULL },
    { "size", SIZE, ROLE_AT (size), 3, 1000, NULL },
    { "min-size", SIZE, ROLE_AT (min_size), 3, 1000, NULL },
    { "scale", NUMBER, ROLE_AT (scale), 0, 4, NULL },
    { "leading", NUMBER, ROLE_AT (leading), 0, 4, NULL },
    { "track", NUMBER, ROLE_AT (track), -0.1, 1, NULL },
    { "indent", NUMBER, ROLE_AT (indent), 0, 8, NULL },
    { "align", WORD, ROLE_AT (align), 0, 0, aligns },
    { "ink", TEXT, ROLE_AT (ink), 0, 0, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};
static const Field style_fields[] = {
    { "trim-adjacent", SWITCH, STYLE_AT (trim_adjacent), 0, 0, NULL },
    { "trim-line-start", SWITCH, STYLE_AT (trim_line_start), 0, 0, NULL },
    { "trim-first-line", SWITCH, STYLE_AT (trim_first_line), 0, 0, NULL },
    { "line-end", WORD, STYLE_AT (line_end), 0, 0, line_ends },
    { "space", SHARE, STYLE_AT (space), 0, 1, NULL },
    { "space-min", SHARE, STYLE_AT (space_min), 0, 1, NULL },
    { "space-max", SHARE, STYLE_AT (space_max), 0, 1, NULL },
    { "shrink", SWITCH, STYLE_AT (shrink), 0, 0, NULL },
    { "fit", WORD, STYLE_AT (fit), 0, 0, fits },
    { "kinsoku", WORD, STYLE_AT (kinsoku), 0, 0, kinsokus },
    { "half-digits", SWITCH, STYLE_AT (half_digits), 0, 0, NULL },
    { "hang", SWITCH, STYLE_AT (hang), 0, 0, NULL },
    { "hyphenate", SWITCH, STYLE_AT (hyphenate), 0, 0, NULL },
    { "indent", NUMBER, STYLE_AT (indent), -1, 8, NULL },
    { "tighten", SHARE, STYLE_AT (tighten), 0, 0.03, NULL },
    { "head-trim", SWITCH, STYLE_AT (head_trim), 0, 0, NULL },
    { NULL, COUNT, 0, 0, 0, NULL },
};

/* Keys of roles:, the plan's role names where there is one; headline: holds 1 … 5 (interfaces.md §4). */
static const struct {
    const char *key;
    BmRoleId role;
} role_keys[] = {
    { "headline-photo", BM_ROLE_HEAD_PHOTO }, { "headline-vertical", BM_ROLE_HEAD_VERTICAL },
    { "headline-brief", BM_ROLE_HEAD_BRIEF }, { "kicker", BM_ROLE_KICKER }, { "subhead", BM_ROLE_SUBHEAD },
    { "summary", BM_ROLE_SUMMARY }, { "byline", BM_ROLE_BYLINE }, { "dateline", BM_ROLE_DATELINE }, { "text", BM_ROLE_TEXT },
    { "text-bold", BM_ROLE_TEXT_BOLD }, { "crosshead", BM_ROLE_CROSSHEAD }, { "caption", BM_ROLE_CAPTION },
    { "credit", BM_ROLE_CREDIT }, { "pullquote", BM_ROLE_PULLQUOTE }, { "figures", BM_ROLE_FIGURE },
    { "figures-unit", BM_ROLE_FIGURE_UNIT }, { "figures-label", BM_ROLE_FIGURE_LABEL }, { "label", BM_ROLE_LABEL },
    { "jump", BM_ROLE_JUMP }, { "note", BM_ROLE_NOTE }, { "table", BM_ROLE_TABLE }, { "folio-number", BM_ROLE_FOLIO_NUMBER },
    { "folio-section", BM_ROLE_FOLIO_SECTION }, { "folio-paper", BM_ROLE_FOLIO_PAPER }, { "folio", BM_ROLE_FOLIO },
    { "ad-mark", BM_ROLE_AD_MARK }, { "ad-text", BM_ROLE_AD_TEXT }, { "nameplate", BM_ROLE_NAMEPLATE },
    { "nameplate-line", BM_ROLE_NAMEPLATE_LINE }, { "index", BM_ROLE_INDEX },
};

typedef struct {
    BmLayout *layout;
    BmDiags *diags;
    bool ok;
} Reader;

static void
wrong (Reader *reader, const BmYaml *node, const char *code, char *hint, char *message)
{
    bm_diag (reader->diags, BM_ERROR, code, node->where, hint, "%s", message);
    reader->ok = false;
    g_free (hint);
    g_free (message);
}

static void
wrong_kind (Reader *reader, const BmYaml *node, const char *key, const char *expected)
{
    wrong (reader, node, "BM0207", g_strdup_printf ("write %s", expected), g_strdup_printf ("%s: takes %s", key, expected));
}

/* ---- scalars ---- */

static bool
is_scalar (Reader *reader, const BmYaml *node, const char *key)
{
    if (node->kind == BM_YAML_SCALAR)
        return true;
    wrong_kind (reader, node, key, "a single value");
    return false;
}

static void
out_of_range (Reader *reader, const BmYaml *node, const Field *field, double least, double largest, const char *unit)
{
    char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (low, sizeof low, "%.6g", least);
    g_ascii_formatd (high, sizeof high, "%.6g", largest);
    wrong (reader, node, "BM0206", g_strdup_printf ("from %s to %s%s", low, high, unit),
           g_strdup_printf ("%s: %s is out of range", field->key, node->text));
}

static void
read_number (Reader *reader, const BmYaml *node, const Field *field, char *base)
{
    double value;

    if (!bm_parse_number (node->text, &value)) {
        wrong (reader, node, "BM0204", g_strdup ("write a number with a decimal point"),
               g_strdup_printf ("%s: “%s” is not a number", field->key, node->text));
        return;
    }
    bool whole = field->kind != COUNT || value == (double) (int) CLAMP (value, -1e9, 1e9);
    if (!bm_check_length (value, field->min, field->max) || !whole) {
        out_of_range (reader, node, field, field->min, field->max, whole ? "" : ", a whole number");
        return;
    }
    if (field->kind == COUNT)
        *(int *) (void *) (base + field->offset) = (int) value;
    else
        *(double *) (void *) (base + field->offset) = value;
}

static void
read_length (Reader *reader, const BmYaml *node, const Field *field, char *base)
{
    double points = 0, unit = field->kind == SIZE ? BM_PT_PER_DIAN : 1;
    BmLengthStatus status = bm_parse_length (node->text, unit, reader->layout->body, &points);

    if (status == BM_LENGTH_NOT_A_NUMBER)
        wrong (reader, node, "BM0204", g_strdup ("a number with mm, pt, 点 or 字, such as 350mm"),
               g_strdup_printf ("%s: “%s” is not a length", field->key, node->text));
    else if (status == BM_LENGTH_UNKNOWN_UNIT)
        wrong (reader, node, "BM0205", g_strdup ("units are mm, cm, in, pt, 点, 字 and em"),
               g_strdup_printf ("%s: unknown unit in “%s”", field->key, node->text));
    else if (!bm_check_length (points, field->min, field->max))
        out_of_range (reader, node, field, field->min, field->max, " pt");
    else
        *(double *) (void *) (base + field->offset) = points;
}

static void
read_switch (Reader *reader, const BmYaml *node, const Field *field, char *base)
{
    static const char *const yes[] = { "true", "yes", "on", "是", NULL }, *const no[] = { "false", "no", "off", "否", NULL };
    bool on = g_strv_contains (yes, node->text), off = g_strv_contains (no, node->text);

    if (!on && !off)
        wrong (reader, node, "BM0214", g_strdup ("true or false"),
               g_strdup_printf ("%s: “%s” is neither true nor false", field->key, node->text));
    else
        *(bool *) (void *) (base + field->offset) = on;
}

static void
read_word (Reader *reader, const BmYaml *node, const Field *field, char *base)
{
    for (int i = 0; field->words[i] != NULL; i++)
        if (strcmp (field->words[i], node->text) == 0) {
            *(int *) (void *) (base + field->offset) = i;
            return;
        }
    char *all = g_strjoinv (", ", (char **) (void *) field->words);
    wrong (reader, node, "BM0214", g_strdup_printf ("one of: %s", all),
           g_strdup_printf ("%s: unknown word “%s”", field->key, node->text));
    g_free (all);
}

static void
read_field (Reader *reader, const BmYaml *node, const Field *field, char *base)
{
    if (!is_scalar (reader, node, field->key))
        return;
    switch (field->kind) {
    case LENGTH:
    case SIZE:
        read_length (reader, node, field, base);
        break;
    case NUMBER:
    case SHARE:
    case COUNT:
        read_number (reader, node, field, base);
        break;
    case SWITCH:
        read_switch (reader, node, field, base);
        break;
    case TEXT:
        *(const char **) (void *) (base + field->offset) = bm_arena_strdup (reader->layout->arena, node->text);
        break;
    case WORD:
        read_word (reader, node, field, base);
        break;
    }
}

/* ---- maps ---- */

static const Field *
find_field (const Field *fields, const char *key)
{
    for (; fields->key != NULL; fields++)
        if (strcmp (fields->key, key) == 0)
            return fields;
    return NULL;
}

static void
unknown_key (Reader *reader, const BmYaml *key, const Field *fields, const char *const *more)
{
    GPtrArray *known = g_ptr_array_new ();

    for (; fields != NULL && fields->key != NULL; fields++)
        g_ptr_array_add (known, (gpointer) fields->key);
    for (; more != NULL && *more != NULL; more++)
        g_ptr_array_add (known, (gpointer) *more);
    g_ptr_array_add (known, NULL);
    const char *near = bm_nearest_word (key->text, (const char *const *) known->pdata);
    char *all = g_strjoinv (", ", (char **) known->pdata);
    wrong (reader, key, "BM0202", near != NULL ? g_strdup_printf ("did you mean %s?", near) : g_strdup_printf ("keys here: %s", all),
           g_strdup_printf ("unknown key “%s”", key->text));
    g_free (all);
    g_ptr_array_free (known, TRUE);
}

static bool
is_map (Reader *reader, const BmYaml *node, const char *key)
{
    if (node->kind == BM_YAML_MAP)
        return true;
    wrong_kind (reader, node, key, "a map (keys and values)");
    return false;
}

static void
read_section (Reader *reader, const BmYaml *map, const char *name, const Field *fields, void *base)
{
    if (!is_map (reader, map, name))
        return;
    for (int i = 0; i < map->n; i++) {
        const Field *field = find_field (fields, map->keys[i]->text);

        if (field == NULL)
            unknown_key (reader, map->keys[i], fields, NULL);
        else
            read_field (reader, map->children[i], field, base);
    }
}

/* ---- roles ---- */

static void
read_families (Reader *reader, const BmYaml *node, BmRole *role)
{
    BmYaml *const one[] = { (BmYaml *) node };
    BmYaml *const *list = node->kind == BM_YAML_LIST ? node->children : one;
    int n = node->kind == BM_YAML_LIST ? node->n : 1;

    if (node->kind == BM_YAML_MAP || n < 1 || n > BM_MAX_FAMILIES) {
        wrong_kind (reader, node, "family", "one to six family names");
        return;
    }
    role->n_families = 0;
    for (int i = 0; i < n; i++)
        if (is_scalar (reader, list[i], "family"))
            role->families[role->n_families++] = bm_arena_strdup (reader->layout->arena, list[i]->text);
}

static void
read_role (Reader *reader, const BmYaml *map, const char *name, BmRole *role)
{
    static const char *const more[] = { "family", NULL };

    if (!is_map (reader, map, name))
        return;
    for (int i = 0; i < map->n; i++) {
        const char *key = map->keys[i]->text;
        const Field *field = find_field (role_fields, key);

        if (strcmp (key, "family") == 0)
            read_families (reader, map->children[i], role);
        else if (field == NULL)
            unknown_key (reader, map->keys[i], role_fields, more);
        else
            read_field (reader, map->children[i], field, (char *) role);
    }
}

/* headline: {1: …, 5: …} */
static void
read_headline (Reader *reader, const BmYaml *map)
{
    if (!is_map (reader, map, "headline"))
        return;
    for (int i = 0; i < map->n; i++) {
        const char *key = map->keys[i]->text;

        if (key[0] >= '1' && key[0] <= '5' && key[1] == '\0')
            read_role (reader, map->children[i], "headline", &reader->layout->roles[BM_ROLE_HEAD_1 + (key[0] - '1')]);
        else
            wrong (reader, map->keys[i], "BM0202", g_strdup ("1 to 5, the importance"),
                   g_strdup_printf ("unknown key “%s”", key));
    }
}

static void
read_roles (Reader *reader, const BmYaml *map)
{
    const char *names[G_N_ELEMENTS (role_keys) + 2] = { "headline" };

    for (size_t k = 0; k < G_N_ELEMENTS (role_keys); k++)
        names[k + 1] = role_keys[k].key;
    if (!is_map (reader, map, "roles"))
        return;
    for (int i = 0; i < map->n; i++) {
        const char *key = map->keys[i]->text;
        size_t k = 0;

        while (k < G_N_ELEMENTS (role_keys) && strcmp (role_keys[k].key, key) != 0)
            k++;
        if (strcmp (key, "headline") == 0)
            read_headline (reader, map->children[i]);
        else if (k < G_N_ELEMENTS (role_keys))
            read_role (reader, map->children[i], key, &reader->layout->roles[role_keys[k].role]);
        else
            unknown_key (reader, map->keys[i], NULL, names);
    }
}

/* ---- lists and inks ---- */

static void
read_ladder (Reader *reader, const BmYaml *list)
{
    static const Field step = { "ladder", SIZE, 0, 3, 1000, NULL };
    double last = 0;

    if (list->kind != BM_YAML_LIST || list->n < 1 || list->n > BM_MAX_LADDER) {
        wrong_kind (reader, list, "ladder", "a list of 1 to 40 sizes");
        return;
    }
    reader->layout->n_ladder = 0;
    for (int i = 0; i < list->n; i++) {
        double size = 0;

        if (!is_scalar (reader, list->children[i], "ladder"))
            continue;
        read_length (reader, list->children[i], &step, (char *) &size);
        if (size > 0 && size <= last)
            wrong (reader, list->children[i], "BM0206", g_strdup ("sizes rise from step to step"),
                   g_strdup_printf ("ladder: %s does not rise", list->children[i]->text));
        else if (size > 0)
            reader->layout->ladder[reader->layout->n_ladder++] = last = size;
    }
}

/* An ink is [C, M, Y, K] in per cent. */
static void
read_ink (Reader *reader, const BmYaml *key, const BmYaml *list)
{
    BmLayout *layout = reader->layout;
    double value[4] = { 0 };
    static const Field per_cent = { "ink", NUMBER, 0, 0, 100, NULL };

    if (list->kind != BM_YAML_LIST || list->n != 4) {
        wrong_kind (reader, list, key->text, "four numbers, C M Y K in per cent");
        return;
    }
    for (int i = 0; i < 4; i++)
        if (is_scalar (reader, list->children[i], key->text))
            read_number (reader, list->children[i], &per_cent, (char *) &value[i]);
    int at = 0;
    while (at < layout->n_inks && strcmp (layout->inks[at].name, key->text) != 0)
        at++;
    if (at == BM_MAX_INKS) {
        wrong (reader, key, "BM0206", g_strdup ("at most 16 inks"), g_strdup ("too many inks"));
        return;
    }
    layout->n_inks = MAX (layout->n_inks, at + 1);
    layout->inks[at] = (BmInk){ .name = bm_arena_strdup (layout->arena, key->text), .c = value[0] / 100,
                                .m = value[1] / 100, .y = value[2] / 100, .k = value[3] / 100, .tint = 1 };
}

static void
read_inks (Reader *reader, const BmYaml *map)
{
    for (int i = 0; is_map (reader, map, "inks") && i < map->n; i++)
        read_ink (reader, map->keys[i], map->children[i]);
}

static void
read_ad_format (Reader *reader, const BmYaml *key, const BmYaml *map)
{
    static const Field fields[] = {
        { "width", SHARE, offsetof (BmAdFormat, width), 0.05, 1, NULL },
        { "height", LENGTH, offsetof (BmAdFormat, height), 10, 14400, NULL },
        { NULL, COUNT, 0, 0, 0, NULL },
    };
    BmLayout *layout = reader->layout;

    if (layout->n_ad_formats == BM_MAX_AD_FORMATS) {
        wrong (reader, key, "BM0206", g_strdup ("at most 24 formats"), g_strdup ("too many ad formats"));
        return;
    }
    BmAdFormat *format = &layout->ad_formats[layout->n_ad_formats++];
    *format = (BmAdFormat){ bm_arena_strdup (layout->arena, key->text), 1, 0 };
    read_section (reader, map, key->text, fields, format);
    if (format->height <= 0 && reader->ok)
        wrong (reader, key, "BM0207", g_strdup ("write height: 96mm"), g_strdup_printf ("%s: has no height", key->text));
}

/* ads: {word: 广告, formats: {通栏: {width: 1, height: 96mm}}}; formats replace the base's. */
static void
read_ads (Reader *reader, const BmYaml *map)
{
    static const char *const keys[] = { "word", "formats", NULL };
    static const Field word = { "word", TEXT, AT (ad_word), 0, 0, NULL };

    for (int i = 0; is_map (reader, map, "ads") && i < map->n; i++) {
        const BmYaml *value = map->children[i];

        if (strcmp (map->keys[i]->text, "word") == 0) {
            read_field (reader, value, &word, (char *) reader->layout);
        } else if (strcmp (map->keys[i]->text, "formats") == 0) {
            reader->layout->n_ad_formats = 0;
            for (int k = 0; is_map (reader, value, "formats") && k < value->n; k++)
                read_ad_format (reader, value->keys[k], value->children[k]);
        } else {
            unknown_key (reader, map->keys[i], NULL, keys);
        }
    }
}

/* style: news, or style: {base: full, fit: total} */
static void
read_style (Reader *reader, const BmYaml *node)
{
    const BmYaml *name = node->kind == BM_YAML_MAP ? bm_yaml_get (node, "base") : node;
    bool head_trim = reader->layout->style.head_trim;

    if (name != NULL && (name->kind != BM_YAML_SCALAR || !bm_style_named (&reader->layout->style, name->text)))
        wrong (reader, name, "BM0214", g_strdup ("full, news, css or gb"), g_strdup ("style: unknown style"));
    reader->layout->style.head_trim = head_trim;
    for (int i = 0; node->kind == BM_YAML_MAP && i < node->n; i++) {
        const Field *field = find_field (style_fields, node->keys[i]->text);
        static const char *const more[] = { "base", NULL };

        if (strcmp (node->keys[i]->text, "base") == 0)
            continue;
        if (field == NULL)
            unknown_key (reader, node->keys[i], style_fields, more);
        else
            read_field (reader, node->children[i], field, (char *) &reader->layout->style);
    }
}

/* devices: [summary, quote], all others off; or a switch each. */
static void
read_devices (Reader *reader, const BmYaml *node)
{
    char *base = (char *) reader->layout;

    if (node->kind == BM_YAML_MAP)
        read_section (reader, node, "devices", device_fields, base);
    else if (node->kind != BM_YAML_LIST)
        wrong_kind (reader, node, "devices", "a list of summary, quote, figures and crosshead; [] for none");
    for (const Field *field = device_fields; node->kind == BM_YAML_LIST && field->key != NULL; field++)
        *(bool *) (void *) (base + field->offset) = false;
    for (int i = 0; node->kind == BM_YAML_LIST && i < node->n; i++) {
        const char *word = is_scalar (reader, node->children[i], "devices") ? node->children[i]->text : NULL;
        const Field *field = word == NULL ? NULL : find_field (device_fields, word);

        if (field != NULL)
            *(bool *) (void *) (base + field->offset) = true;
        else if (word != NULL)
            wrong (reader, node->children[i], "BM0214", g_strdup ("summary, quote, figures or crosshead"),
                   g_strdup_printf ("devices: unknown word “%s”", word));
    }
}

/* fillers: [house/morning.jpg]: pictures that may close a page with too little copy. */
static void
read_fillers (Reader *reader, const BmYaml *list)
{
    BmLayout *layout = reader->layout;

    if (list->kind != BM_YAML_LIST || list->n > BM_MAX_FILLERS)
        wrong_kind (reader, list, "fillers", "a list of at most 8 picture files");
    layout->n_fillers = 0;
    layout->fillers_where = list->where;
    layout->fillers_where.file = bm_arena_strdup (layout->arena, list->where.file);
    for (int i = 0; list->kind == BM_YAML_LIST && i < MIN (list->n, BM_MAX_FILLERS); i++)
        if (is_scalar (reader, list->children[i], "fillers"))
            layout->fillers[layout->n_fillers++] = bm_arena_strdup (layout->arena, list->children[i]->text);
}

/* Columns have a code of their own: it is the one value people change. */
static void
read_columns (Reader *reader, const BmYaml *node)
{
    double value = 0;

    if (!is_scalar (reader, node, "columns"))
        return;
    if (!bm_parse_number (node->text, &value) || value != (double) (int) CLAMP (value, -1e9, 1e9))
        wrong (reader, node, "BM0204", g_strdup ("write a whole number"),
               g_strdup_printf ("columns: “%s” is not a whole number", node->text));
    else if (!bm_check_length (value, 1, BM_MAX_COLUMNS))
        wrong (reader, node, "BM0203", g_strdup_printf ("a page needs 1 to %d columns", BM_MAX_COLUMNS),
               g_strdup_printf ("grid has %s columns", node->text));
    else
        reader->layout->columns = (int) value;
}

/* ---- the whole file ---- */

typedef void (*SectionReader) (Reader *reader, const BmYaml *node);

static const struct {
    const char *key;
    const Field *fields;    /* of the layout itself … */
    SectionReader read;     /* … or a reader of its own */
} sections[] = {
    { "body", body_fields, NULL }, /* first: lengths in 字 need it */
    { "paper", paper_fields, NULL },
    { "margins", margin_fields, NULL },
    { "columns", NULL, read_columns },
    { "folio", folio_fields, NULL },
    { "front", front_fields, NULL },
    { "ladder", NULL, read_ladder },
    { "roles", NULL, read_roles },
    { "heads", head_fields, NULL },
    { "white", white_fields, NULL },
    { "rules", rule_fields, NULL },
    { "inks", NULL, read_inks },
    { "ads", NULL, read_ads },
    { "style", NULL, read_style },
    { "container", container_fields, NULL },
    { "devices", NULL, read_devices },
    { "fillers", NULL, read_fillers },
};

static bool
is_known_top (const char *key)
{
    for (size_t k = 0; k < G_N_ELEMENTS (sections); k++)
        if (strcmp (sections[k].key, key) == 0)
            return true;
    return strcmp (key, "base") == 0 || find_field (top_fields, key) != NULL;
}

static void
check_top_keys (Reader *reader, const BmYaml *map)
{
    const char *names[G_N_ELEMENTS (sections) + 2] = { "base" };

    for (size_t k = 0; k < G_N_ELEMENTS (sections); k++)
        names[k + 1] = sections[k].key;
    for (int i = 0; i < map->n; i++)
        if (!is_known_top (map->keys[i]->text))
            unknown_key (reader, map->keys[i], top_fields, names);
}

bool
bm_layout_read_fields (BmLayout *layout, const BmYaml *map, BmDiags *diags)
{
    Reader reader = { layout, diags, true };

    if (!is_map (&reader, map, "layout"))
        return false;
    check_top_keys (&reader, map);
    for (size_t k = 0; k < G_N_ELEMENTS (sections); k++) {
        const BmYaml *node = bm_yaml_get (map, sections[k].key);

        if (node != NULL && sections[k].read != NULL)
            sections[k].read (&reader, node);
        else if (node != NULL)
            read_section (&reader, node, sections[k].key, sections[k].fields, layout);
    }
    for (const Field *field = top_fields; field->key != NULL; field++) {
        const BmYaml *node = bm_yaml_get (map, field->key);

        if (node != NULL)
            read_field (&reader, node, field, (char *) layout);
    }
    return reader.ok;
}
