/* diag.c — the list of what is wrong, and its three printed forms.
 *
 * All diagnostics of a run are gathered, then printed sorted by place; a file's flood is cut at
 * BM_MAX_DIAGS_PER_FILE and counted, repeated warnings are printed once with their number (MuPDF's habit).
 * Text from outside passes through `safe`: no escape sequence or bidi override reaches a terminal. */
#include "base/base.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *file;
    const char *text;
    size_t length;
} Source;

struct BmDiags {
    BmArena *arena;
    GPtrArray *list; /* BmDiag * */
    GArray *sources; /* Source */
    GHashTable *per_file; /* file → count */
    int counts[3];
    int hidden;
};

typedef struct {
    const char *code, *title, *help;
} CodeText;

#define BM_CODE(code, title, help) { code, title, help },
static const CodeText codes[] = {
#include "base/codes.def"
};
#undef BM_CODE

BmDiags *
bm_diags_new (void)
{
    BmDiags *diags = g_new0 (BmDiags, 1);

    diags->arena = bm_arena_create ();
    diags->list = g_ptr_array_new ();
    diags->sources = g_array_new (FALSE, FALSE, sizeof (Source));
    diags->per_file = g_hash_table_new (g_str_hash, g_str_equal);
    return diags;
}

void
bm_diags_free (BmDiags *diags)
{
    if (diags == NULL)
        return;
    g_ptr_array_free (diags->list, TRUE);
    g_array_free (diags->sources, TRUE);
    g_hash_table_destroy (diags->per_file);
    bm_arena_free (diags->arena);
    g_free (diags);
}

/* Count one more of this file; errors are always kept, so that a cap never hides why a run failed. */
static bool
over_the_cap (BmDiags *diags, BmSeverity severity, const char *file)
{
    const char *key = file == NULL ? "" : file;
    int n = GPOINTER_TO_INT (g_hash_table_lookup (diags->per_file, key)) + 1;

    g_hash_table_insert (diags->per_file, bm_arena_strdup (diags->arena, key), GINT_TO_POINTER (n));
    bool first_error = severity == BM_ERROR && diags->counts[BM_ERROR] == 0;
    return n > BM_MAX_DIAGS_PER_FILE && !first_error;
}

void
bm_diag (BmDiags *diags, BmSeverity severity, const char *code, BmSpan where, const char *hint,
         const char *format, ...)
{
    bool hide = over_the_cap (diags, severity, where.file);

    diags->counts[severity]++;
    if (hide) {
        diags->hidden++;
        return;
    }
    va_list arguments;
    va_start (arguments, format);
    char *message = g_strdup_vprintf (format, arguments);
    va_end (arguments);

    BmDiag *diag = bm_arena_new0 (diags->arena, BmDiag, 1);
    diag->severity = severity;
    diag->code = code;
    diag->where = where;
    diag->where.file = bm_arena_strdup (diags->arena, where.file);
    diag->message = bm_arena_strdup (diags->arena, message);
    diag->hint = bm_arena_strdup (diags->arena, hint);
    g_ptr_array_add (diags->list, diag);
    g_free (message);
}

int
bm_diags_count (const BmDiags *diags, BmSeverity severity)
{
    return diags->counts[severity];
}

int
bm_diags_total (const BmDiags *diags)
{
    return (int) diags->list->len;
}

const BmDiag *
bm_diags_get (const BmDiags *diags, int index)
{
    return g_ptr_array_index (diags->list, (guint) index);
}

bool
bm_diags_has (const BmDiags *diags, const char *code)
{
    for (int i = 0; i < bm_diags_total (diags); i++)
        if (strcmp (bm_diags_get (diags, i)->code, code) == 0)
            return true;
    return false;
}

int
bm_diags_hidden (const BmDiags *diags)
{
    return diags->hidden;
}

/* Codes of trouble that may pass when tried again; the rest of BM01 is wrong input. */
bool
bm_diags_has_io (const BmDiags *diags)
{
    static const char *const io[] = { "BM0101", "BM0107", "BM0108" };

    for (size_t i = 0; i < G_N_ELEMENTS (io); i++)
        if (bm_diags_has (diags, io[i]))
            return true;
    return false;
}

void
bm_diags_add_source (BmDiags *diags, const char *file, const char *text, size_t length)
{
    Source source = { bm_arena_strdup (diags->arena, file), bm_arena_strndup (diags->arena, text, length), length };

    g_array_append_val (diags->sources, source);
}

const char *
bm_code_explain (const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS (codes); i++)
        if (strcmp (codes[i].code, code) == 0)
            return codes[i].help;
    return NULL;
}

/* ---- printing ---- */

/* C0, C1, bidi controls and line separators would change what a terminal shows around them. */
static bool
is_unsafe (gunichar c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029;
}

static void
append_safe (GString *out, const char *text, size_t length)
{
    const char *end = text + length;

    while (text < end) {
        gunichar c = g_utf8_get_char_validated (text, end - text);

        if (c == (gunichar) -1 || c == (gunichar) -2) {
            g_string_append (out, "\xEF\xBF\xBD");
            text++;
            continue;
        }
        if (c == '\t')
            g_string_append_c (out, ' ');
        else if (is_unsafe (c))
            g_string_append (out, "\xEF\xBF\xBD");
        else
            g_string_append_unichar (out, c);
        text = g_utf8_next_char (text);
    }
}

static const char *
severity_name (BmSeverity severity)
{
    return severity == BM_ERROR ? "error" : severity == BM_WARNING ? "warning" : "note";
}

static void
append_place (GString *out, const BmSpan *where)
{
    append_safe (out, where->file, strlen (where->file));
    if (where->line > 0)
        g_string_append_printf (out, ":%d", where->line);
    if (where->line > 0 && where->column > 0)
        g_string_append_printf (out, ":%d", where->column);
}

/* The line `number` of a kept source, NULL if it is not known. */
static const char *
source_line (const BmDiags *diags, const char *file, int number, size_t *length)
{
    for (guint i = 0; i < diags->sources->len; i++) {
        const Source *source = &g_array_index (diags->sources, Source, i);

        if (file == NULL || strcmp (source->file, file) != 0)
            continue;
        const char *at = source->text, *end = source->text + source->length;
        for (int line = 1; at != NULL && at < end; line++) {
            const char *stop = memchr (at, '\n', (size_t) (end - at));

            if (line == number) {
                *length = (size_t) ((stop == NULL ? end : stop) - at);
                return at;
            }
            at = stop == NULL ? NULL : stop + 1;
        }
    }
    return NULL;
}

/* Columns a terminal gives a character: two for wide ones. */
static int
terminal_width (gunichar c)
{
    return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

#define MAX_EXCERPT 120 /* bytes; a longer line would only hide the message */

static void
append_excerpt (GString *out, const BmDiags *diags, const BmDiag *diag)
{
    size_t length = 0;
    const char *line = source_line (diags, diag->where.file, diag->where.line, &length);

    if (line == NULL || length > MAX_EXCERPT * 4)
        return;
    char number[16];
    int margin = g_snprintf (number, sizeof number, "%d", diag->where.line);
    g_string_append_printf (out, "%*s |\n%s | ", margin, "", number);
    append_safe (out, line, length);
    g_string_append_printf (out, "\n%*s | ", margin, "");

    const char *at = line;
    for (int column = 1; column < diag->where.column && at < line + length; column++) {
        gunichar c = g_utf8_get_char_validated (at, (gssize) (line + length - at));
        bool valid = c != (gunichar) -1 && c != (gunichar) -2;

        g_string_append_printf (out, "%*s", valid ? terminal_width (c) : 1, "");
        at = valid ? g_utf8_next_char (at) : at + 1;
    }
    for (int i = 0; i < MAX (diag->where.length, 1) && i < 60; i++)
        g_string_append_c (out, '^');
    g_string_append_c (out, '\n');
}

static void
append_human (GString *out, const BmDiags *diags, const BmDiag *diag, int times, bool colour)
{
    static const char *const paint[] = { "\x1b[36;1m", "\x1b[33;1m", "\x1b[31;1m" };

    g_string_append_printf (out, "%s%s[%s]%s: ", colour ? paint[diag->severity] : "",
                            severity_name (diag->severity), diag->code, colour ? "\x1b[0m" : "");
    append_safe (out, diag->message, strlen (diag->message));
    if (times > 1)
        g_string_append_printf (out, " (%d times)", times);
    g_string_append_c (out, '\n');
    if (diag->where.file != NULL) {
        g_string_append (out, "  --> ");
        append_place (out, &diag->where);
        g_string_append_c (out, '\n');
        append_excerpt (out, diags, diag);
    }
    if (diag->hint != NULL) {
        g_string_append (out, "  hint: ");
        append_safe (out, diag->hint, strlen (diag->hint));
        g_string_append_c (out, '\n');
    }
}

static void
append_short (GString *out, const BmDiag *diag)
{
    if (diag->where.file != NULL) {
        append_place (out, &diag->where);
        g_string_append (out, ": ");
    }
    g_string_append_printf (out, "%s[%s]: ", severity_name (diag->severity), diag->code);
    append_safe (out, diag->message, strlen (diag->message));
    if (diag->hint != NULL) {
        g_string_append (out, "; ");
        append_safe (out, diag->hint, strlen (diag->hint));
    }
    g_string_append_c (out, '\n');
}

static void
append_json_string (GString *out, const char *key, const char *text, bool comma)
{
    g_string_append_printf (out, "\"%s\": ", key);
    if (text == NULL) {
        g_string_append (out, "null");
    } else {
        GString *clean = g_string_new (NULL);

        append_safe (clean, text, strlen (text));
        g_string_append_c (out, '"');
        for (const char *at = clean->str; *at != '\0'; at++) {
            if (*at == '"' || *at == '\\')
                g_string_append_c (out, '\\');
            g_string_append_c (out, *at);
        }
        g_string_append_c (out, '"');
        g_string_free (clean, TRUE);
    }
    if (comma)
        g_string_append (out, ", ");
}

static void
append_json (GString *out, const BmDiag *diag, int times)
{
    g_string_append_c (out, '{');
    append_json_string (out, "severity", severity_name (diag->severity), true);
    append_json_string (out, "code", diag->code, true);
    append_json_string (out, "file", diag->where.file, true);
    g_string_append_printf (out, "\"line\": %d, \"column\": %d, \"length\": %d, \"times\": %d, ", diag->where.line,
                            diag->where.column, diag->where.length, times);
    append_json_string (out, "message", diag->message, true);
    append_json_string (out, "hint", diag->hint, false);
    g_string_append (out, "}\n");
}

/* Arrival order breaks ties, so the order is the same on every machine. */
typedef struct {
    const BmDiag *diag;
    int arrival, times;
} Entry;

static int
compare_entries (const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    int order = g_strcmp0 (x->diag->where.file, y->diag->where.file);

    if (order == 0)
        order = x->diag->where.line - y->diag->where.line;
    if (order == 0)
        order = x->diag->where.column - y->diag->where.column;
    return order != 0 ? order : x->arrival - y->arrival;
}

static bool
same_diag (const BmDiag *a, const BmDiag *b)
{
    return strcmp (a->code, b->code) == 0 && strcmp (a->message, b->message) == 0 &&
           g_strcmp0 (a->where.file, b->where.file) == 0 && a->severity != BM_ERROR;
}

/* Sorted, and repeated warnings folded into their first. */
static GArray *
sorted_entries (const BmDiags *diags)
{
    GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

    for (int i = 0; i < bm_diags_total (diags); i++) {
        const BmDiag *diag = bm_diags_get (diags, i);
        bool repeated = false;

        for (guint k = 0; k < entries->len && !repeated; k++) {
            Entry *seen = &g_array_index (entries, Entry, k);

            repeated = same_diag (seen->diag, diag);
            seen->times += repeated ? 1 : 0;
        }
        Entry entry = { diag, i, 1 };
        if (!repeated)
            g_array_append_val (entries, entry);
    }
    g_array_sort (entries, compare_entries);
    return entries;
}

char *
bm_diags_format (const BmDiags *diags, BmDiagForm form, bool colour)
{
    GString *out = g_string_new (NULL);
    GArray *entries = sorted_entries (diags);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = &g_array_index (entries, Entry, i);

        if (form == BM_FORM_HUMAN)
            append_human (out, diags, entry->diag, entry->times, colour);
        else if (form == BM_FORM_SHORT)
            append_short (out, entry->diag);
        else
            append_json (out, entry->diag, entry->times);
    }
    if (diags->hidden > 0 && form != BM_FORM_JSON)
        g_string_append_printf (out, "and %d more\n", diags->hidden);
    g_array_free (entries, TRUE);
    return g_string_free (out, FALSE);
}

/* ---- did you mean ---- */

#define MAX_WORD 64

/* Optimal string alignment distance, bytes; enough for keys and option names. */
static int
edit_distance (const char *a, const char *b)
{
    int n = (int) strlen (a), m = (int) strlen (b);
    int d[MAX_WORD + 1][MAX_WORD + 1];

    if (n > MAX_WORD || m > MAX_WORD)
        return MAX_WORD;
    for (int i = 0; i <= n; i++)
        d[i][0] = i;
    for (int j = 0; j <= m; j++)
        d[0][j] = j;
    for (int i = 1; i <= n; i++)
        for (int j = 1; j <= m; j++) {
            int same = a[i - 1] == b[j - 1] ? 0 : 1;

            d[i][j] = MIN (MIN (d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + same);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = MIN (d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n][m];
}

const char *
bm_nearest_word (const char *word, const char *const *words)
{
    const char *nearest = NULL;
    int best = MAX ((int) strlen (word) / 3, 1) + 1;

    for (int i = 0; words[i] != NULL; i++) {
        int distance = edit_distance (word, words[i]);

        if (distance < best) {
            best = distance;
            nearest = words[i];
        }
    }
    return nearest;
}
