/* lists.c — layouts, fonts, checks: what there is and what is wrong with it; nothing is written. */
#include "face/face-private.h"

#include <string.h>

BmStatus
bm_list_layouts (BmSession *session, char **text)
{
    char **names = bm_layout_names (session->layout_dirs);
    GString *out = g_string_new (NULL);

    for (int i = 0; names[i] != NULL; i++) {
        BmLayout *layout = bm_layout_load (names[i], session->layout_dirs, session->diags);

        if (layout == NULL)
            continue;
        BmGrid grid = bm_layout_grid (layout);
        g_string_append_printf (out, "%-14s %2d × %2d 字  %s\n", names[i], grid.columns, grid.cells_per_column,
                                layout->title != NULL ? layout->title : "");
        bm_layout_free (layout);
    }
    g_strfreev (names);
    *text = g_string_free (out, FALSE);
    return bm_session_status (session);
}

/* ---- fonts ---- */

static const char *const role_names[BM_N_ROLES] = {
    "headline 1", "headline 2",   "headline 3",    "headline 4",  "headline 5",   "headline-photo", "headline-vertical",
    "headline-brief", "kicker",     "subhead",      "summary",       "byline",      "dateline",     "text",           "text-bold",
    "crosshead",  "caption",      "credit",        "pullquote",   "figures",      "figures-unit",   "figures-label",
    "label",      "jump",         "note",          "table",       "folio-number", "folio-section",  "folio-paper",
    "folio",      "ad-mark",      "ad-text",       "nameplate",   "nameplate-line", "index",
};

int
bm_role_by_name (const char *name)
{
    if (strcmp (name, "headline") == 0)
        return BM_ROLE_HEAD_1;
    for (int i = 0; i < BM_N_ROLES; i++)
        if (strcmp (name, role_names[i]) == 0)
            return i;
    return -1;
}

static char *
file_hash (const char *path)
{
    char *bytes = NULL;
    gsize length = 0;

    if (!g_file_get_contents (path, &bytes, &length, NULL))
        return g_strdup ("");
    char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
    g_free (bytes);
    return hash;
}

static void
append_font (GString *out, BmType *type, const BmRole *role, const char *name, bool json)
{
    const BmFont *font = bm_type_role_font (type, role, NULL);

    if (font == NULL) {
        g_string_append_printf (out, json ? "{\"role\": \"%s\", \"face\": null}" : "%-18s missing\n", name);
        return;
    }
    char *hash = json ? file_hash (bm_font_file (font)) : NULL;
    char *file = g_path_get_basename (bm_font_file (font));
    GString *families = g_string_new (NULL);
    for (int i = 0; i < role->n_families; i++)
        g_string_append_printf (families, "%s\"%s\"", i > 0 ? ", " : "", role->families[i]);
    if (json)
        g_string_append_printf (out,
                                "{\"role\": \"%s\", \"families\": [%s], \"face\": \"%s\", \"family\": \"%s\", \"style\": \"%s\", "
                                "\"weight\": %d, \"file\": \"%s\", \"index\": %d, \"version\": \"%s\", \"sha256\": \"%s\"}",
                                name, families->str, bm_font_full_name (font), bm_font_family (font), bm_font_style (font),
                                bm_font_weight (font), file, bm_font_index (font), bm_font_version (font), hash);
    else
        g_string_append_printf (out, "%-18s %-28s %s (%d), %s\n", name, bm_font_full_name (font), file,
                                bm_font_index (font), bm_font_version (font));
    g_string_free (families, TRUE);
    g_free (file);
    g_free (hash);
}

static char *
fonts_text (BmType *type, const BmLayout *layout, bool json)
{
    GString *out = g_string_new (json ? "[" : NULL);

    for (int i = 0; i < BM_N_ROLES; i++) {
        if (json && i > 0)
            g_string_append (out, ",\n ");
        append_font (out, type, &layout->roles[i], role_names[i], json);
    }
    if (json)
        g_string_append (out, "]\n");
    return g_string_free (out, FALSE);
}

BmStatus
bm_list_fonts (BmSession *session, const char *layout_name, bool json, char **text)
{
    BmLayout *layout = bm_layout_load (layout_name != NULL ? layout_name : "broadsheet", session->layout_dirs, session->diags);
    BmType *type = layout != NULL ? bm_session_type (session) : NULL;

    if (type != NULL) {
        bm_type_check_layout (type, layout, session->diags);
        *text = fonts_text (type, layout, json);
    }
    bm_layout_free (layout);
    return bm_session_status (session);
}

/* ---- check ---- */

static BmStatus
check_layout (BmSession *session, const char *file)
{
    BmLayout *layout = bm_layout_load (file, session->layout_dirs, session->diags);
    BmType *type = layout != NULL ? bm_session_type (session) : NULL;

    if (type != NULL)
        bm_type_check_layout (type, layout, session->diags);
    bm_layout_free (layout);
    return bm_session_status (session);
}

static BmStatus
check_press (BmSession *session, const char *file, const char *press, double bleed)
{
    BmCheckOptions options = { .bleed = bleed < 0 ? -1 : bleed / BM_PT_PER_MM };
    char *bytes = NULL;
    size_t length = 0;

    if (press != NULL && !bm_press_standard_named (&options.standard, press)) {
        bm_diag (session->diags, BM_ERROR, "BM0804", BM_NOWHERE, "x4, x1a, a2b or a1b", "unknown press standard %s", press);
        return BM_STATUS_USAGE;
    }
    if (bm_read_file (file, BM_MAX_PDF_FILE, &bytes, &length, session->diags))
        bm_check_pdf (bytes, length, file, &options, session->diags);
    g_free (bytes);
    return bm_session_status (session);
}

BmStatus
bm_check (BmSession *session, const char *file, const char *layout, const char *press, double bleed)
{
    const char *const pages[] = { file };
    const BmSetRequest request = { .pages = pages, .n_pages = 1, .layout = layout };
    BmSetReport report;

    switch (bm_file_kind (file)) {
    case BM_FILE_YAML:
        return check_layout (session, file);
    case BM_FILE_PDF:
        return check_press (session, file, press, bleed);
    case BM_FILE_PNG:
    case BM_FILE_SVG:
        bm_diag (session->diags, BM_ERROR, "BM0806", BM_IN_FILE (file), "name an edition, a raw dump, a layout or a PDF",
                 "%s cannot be checked", file);
        return BM_STATUS_USAGE;
    default:
        break;
    }
    BmStatus status = bm_set (session, &request, &report);
    bm_set_report_clear (&report);
    return status;
}
