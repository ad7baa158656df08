/* cases.c — composition cases: a table of texts, measures and modes in, one galley a row out as JSON.
 *
 * corpora/composition/README.md: UTF-8, tab separated, one header row; only the columns id, kind, measure, mode and text
 * are read. The table is a test's, so a bad row is an answer (“error”), not the end of the run. */
#include "type/type-private.h"

#include <string.h>

typedef enum { COLUMN_ID, COLUMN_KIND, COLUMN_MEASURE, COLUMN_MODE, COLUMN_TEXT, N_COLUMNS } Column;

static const char *const column_names[N_COLUMNS] = { "id", "kind", "measure", "mode", "text" };

typedef struct {
    BmType *type;
    BmDiags *diags;
    GString *out;
    int places[N_COLUMNS];
} Cases;

/* \u2060 and the like stand for their code points. */
static char *
unescape (BmArena *arena, const char *text)
{
    GString *out = g_string_new (NULL);

    for (const char *p = text; *p != '\0'; p++) {
        gunichar c = 0;
        int digits = 0;

        if (p[0] == '\\' && p[1] == 'u')
            while (digits < 4 && g_ascii_isxdigit (p[2 + digits]))
                c = c * 16 + (gunichar) g_ascii_xdigit_value (p[2 + digits++]);
        if (digits == 4 && g_unichar_validate (c) && c != 0) {
            g_string_append_unichar (out, c);
            p += 5;
        } else {
            g_string_append_c (out, *p);
        }
    }
    char *copy = bm_arena_strndup (arena, out->str, out->len);
    g_string_free (out, TRUE);
    return copy;
}

static void
append_error (GString *out, const char *id, const char *error)
{
    char *quoted = bm_json_quote (id), *why = bm_json_quote (error);

    g_string_append_printf (out, "{\"id\":%s,\"error\":%s}\n", quoted, why);
    g_free (quoted);
    g_free (why);
}

/* Kinds that need real glyphs are set in the body face of the specification. */
static bool
needs_glyphs (const Cases *cases, const char *kind)
{
    return cases->type != NULL && (strcmp (kind, "vertical") == 0 || strcmp (kind, "text") == 0);
}

static void
set_row (Cases *cases, BmArena *arena, const char *const *values)
{
    static const BmRole song = { .n_families = 1, .families = { "Noto Serif CJK SC" }, .weight = 400, .size = 9 };
    BmMode base, mode;
    double measure = 0;
    const char *id = values[COLUMN_ID], *error;

    bm_mode_read (arena, "", NULL, &base);
    base.indent = 0; /* the cases' own default */
    error = bm_mode_read (arena, values[COLUMN_MODE], &base, &mode);
    if (error == NULL && !bm_parse_number (values[COLUMN_MEASURE], &measure))
        error = bm_arena_printf (arena, "the measure “%s” is no number", values[COLUMN_MEASURE]);
    if (error != NULL) {
        append_error (cases->out, id, error);
        return;
    }
    bool glyphs = needs_glyphs (cases, values[COLUMN_KIND]);
    BmGalley *galley = bm_mode_set (arena, glyphs ? cases->type : NULL, glyphs ? &song : NULL,
                                    unescape (arena, values[COLUMN_TEXT]), &measure, 1, &mode, &error, cases->diags);
    if (galley == NULL) {
        append_error (cases->out, id, error);
        return;
    }
    char *json = bm_galley_to_json (galley, id, measure);
    g_string_append (cases->out, json);
    g_string_append_c (cases->out, '\n');
    g_free (json);
}

/* The header's names to places. */
static bool
read_header (Cases *cases, const char *file, const char *line)
{
    char **names = g_strsplit (line, "\t", -1);
    bool complete = true;

    for (int column = 0; column < N_COLUMNS; column++) {
        cases->places[column] = -1;
        for (int i = 0; names[i] != NULL; i++)
            if (strcmp (g_strstrip (names[i]), column_names[column]) == 0)
                cases->places[column] = i;
        if (cases->places[column] >= 0)
            continue;
        bm_diag (cases->diags, BM_ERROR, "BM0506", (BmSpan){ file, 1, 1, 0 },
                 "name the columns id, kind, measure, mode and text in the first row, with tabs between", "no column “%s”",
                 column_names[column]);
        complete = false;
    }
    g_strfreev (names);
    return complete;
}

static void
read_row (Cases *cases, const char *line)
{
    BmArena *arena = bm_arena_create ();
    char **fields = g_strsplit (line, "\t", -1);
    const char *values[N_COLUMNS];
    int n = (int) g_strv_length (fields);

    for (int column = 0; column < N_COLUMNS; column++)
        values[column] = cases->places[column] < n ? fields[cases->places[column]] : "";
    set_row (cases, arena, values);
    g_strfreev (fields);
    bm_arena_free (arena);
}

bool
bm_galley_cases (const char *file, const char *text, size_t length, BmType *type, GString *out, BmDiags *diags)
{
    Cases cases = { .type = type, .diags = diags, .out = out };

    if (g_str_has_prefix (text, "\xEF\xBB\xBF")) {
        text += 3;
        length -= 3;
    }
    if (!bm_check_utf8 (file, text, length, diags))
        return false;
    char *copy = g_strndup (text, length);
    char **lines = g_strsplit (copy, "\n", -1);
    bool ok = read_header (&cases, file, lines[0] != NULL ? lines[0] : "");
    for (int i = 1; ok && lines[i] != NULL; i++) {
        size_t n = strlen (lines[i]);

        if (n > 0 && lines[i][n - 1] == '\r')
            lines[i][n - 1] = '\0';
        if (lines[i][0] != '\0')
            read_row (&cases, lines[i]);
    }
    g_strfreev (lines);
    g_free (copy);
    return ok;
}
