/* judge.c — assertions on the JSON of galleys. */
#include "judge.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEPARATOR "‖"
#define MAX_FIELDS 16

/* One character as laid out. */
typedef struct {
    gunichar c;
    int line, cell; /* cell: in its line */
    bool first;     /* of its cell */
} Laid;

typedef struct {
    const char *id, *text; /* unescaped */
    double measure;
    json_t *root, *lines;
    GArray *laid; /* Laid */
    GString *why; /* what was found instead */
} Case;

/* ---- reading ---- */

static char *
unescape (const char *text)
{
    GString *out = g_string_new (NULL);

    for (const char *p = text; *p != '\0'; p++) {
        if (p[0] == '\\' && p[1] == 'u' && strlen (p) >= 6) {
            char digits[5] = { p[2], p[3], p[4], p[5], '\0' };

            g_string_append_unichar (out, (gunichar) strtoul (digits, NULL, 16));
            p += 5;
        } else {
            g_string_append_c (out, *p);
        }
    }
    return g_string_free (out, FALSE);
}

static json_t *
line_at (const Case *c, int line)
{
    return json_array_get (c->lines, (size_t) line);
}

static json_t *
cell_at (const Case *c, int line, int cell)
{
    return json_array_get (json_object_get (line_at (c, line), "cells"), (size_t) cell);
}

static double
number (json_t *object, const char *key)
{
    return json_number_value (json_object_get (object, key));
}

static const char *
string (json_t *object, const char *key)
{
    const char *value = json_string_value (json_object_get (object, key));

    return value != NULL ? value : "";
}

static int
n_lines (const Case *c)
{
    return (int) json_array_size (c->lines);
}

static int
n_cells (const Case *c, int line)
{
    return (int) json_array_size (json_object_get (line_at (c, line), "cells"));
}

static void
lay_out (Case *c)
{
    for (int line = 0; line < n_lines (c); line++)
        for (int cell = 0; cell < n_cells (c, line); cell++) {
            const char *text = string (cell_at (c, line, cell), "text");

            for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
                Laid laid = { g_utf8_get_char (p), line, cell, p == text };

                g_array_append_val (c->laid, laid);
            }
        }
}

static const Laid *
laid_at (const Case *c, int i)
{
    return &g_array_index (c->laid, Laid, i);
}

/* The first place of `s` among the characters laid out, on `line` or (−1) anywhere; −1 if there is none. */
static int
find_laid (const Case *c, const char *s, int line)
{
    glong n = g_utf8_strlen (s, -1);

    for (int i = 0; i + (int) n <= (int) c->laid->len; i++) {
        const char *p = s;
        int k = 0;

        for (; k < (int) n && laid_at (c, i + k)->c == g_utf8_get_char (p); k++)
            p = g_utf8_next_char (p);
        if (k == (int) n && (line < 0 || laid_at (c, i)->line == line))
            return i;
    }
    return -1;
}

static json_t *
cell_of (const Case *c, int i)
{
    return cell_at (c, laid_at (c, i)->line, laid_at (c, i)->cell);
}

/* ---- breaks in the text ---- */

/* Byte offsets in the text where lines end; the blanks that vanished there are skipped. */
static GArray *
cuts_of (const Case *c)
{
    GArray *cuts = g_array_new (FALSE, FALSE, sizeof (int));
    const char *p = c->text;

    for (int i = 0; i < n_lines (c); i++) {
        const char *line = string (line_at (c, i), "text"), *found = strstr (p, line);

        if (found == NULL)
            break;
        p = found + strlen (line);
        int at = (int) (p - c->text);
        if (i + 1 < n_lines (c))
            g_array_append_val (cuts, at);
    }
    return cuts;
}

static bool
no_split (Case *c, const char *s)
{
    GArray *cuts = cuts_of (c);
    bool ok = true;

    for (const char *p = strstr (c->text, s); p != NULL; p = strstr (p + 1, s))
        for (guint i = 0; i < cuts->len; i++) {
            int at = g_array_index (cuts, int, i), start = (int) (p - c->text);

            ok = ok && (at <= start || at >= start + (int) strlen (s));
        }
    g_array_free (cuts, TRUE);
    return ok;
}

static bool
no_odd_split (Case *c, const char *s)
{
    GArray *cuts = cuts_of (c);
    bool ok = true;

    for (guint i = 0; i < cuts->len; i++) {
        const char *at = c->text + g_array_index (cuts, int, i), *p = at;
        size_t n = strlen (s);

        while (p >= c->text + n && strncmp (p - n, s, n) == 0)
            p -= n;
        ok = ok && (strncmp (at, s, n) != 0 || (at - p) / (int) n % 2 == 0);
    }
    g_array_free (cuts, TRUE);
    return ok;
}

/* ---- lines ---- */

static bool
same_line (const char *wanted, const char *found)
{
    char *a = g_strstrip (g_strdup (wanted)), *b = g_strchomp (g_strdup (found));
    bool same = strcmp (a, b) == 0;

    g_free (a);
    g_free (b);
    return same;
}

static bool
judge_lines (Case *c, const char *value)
{
    char **wanted = g_strsplit (value, SEPARATOR, -1);
    bool ok = (int) g_strv_length (wanted) == n_lines (c);

    for (int i = 0; i < n_lines (c); i++) {
        const char *found = string (line_at (c, i), "text");

        g_string_append_printf (c->why, "%s%s", i > 0 ? " ‖ " : "", found);
        ok = ok && same_line (wanted[i], found);
    }
    g_strfreev (wanted);
    return ok;
}

static bool
no_edge (Case *c, const char *set, bool start)
{
    for (int i = start ? 1 : 0; i < n_lines (c) - (start ? 0 : 1); i++) {
        const char *text = string (line_at (c, i), "text");

        if (*text == '\0')
            continue;
        gunichar edge = g_utf8_get_char (start ? text : g_utf8_prev_char (text + strlen (text)));
        if (g_utf8_strchr (set, -1, edge) != NULL) {
            g_string_append_printf (c->why, "line %d: %s", i + 1, text);
            return false;
        }
    }
    return true;
}

/* The width counts the indent, and a hanging mark does not count. */
static bool
flush (Case *c, bool all)
{
    for (int i = 0; i < n_lines (c) - (all ? 0 : 1); i++)
        if (fabs (number (line_at (c, i), "width") - c->measure) > 0.011) {
            g_string_append_printf (c->why, "line %d is %.3f wide", i + 1, number (line_at (c, i), "width"));
            return false;
        }
    return true;
}

static bool
max_width (Case *c, double most)
{
    for (int i = 0; i < n_lines (c); i++)
        if (number (line_at (c, i), "width") > most + 0.011)
            return false;
    return true;
}

static bool
no_hyphen (Case *c)
{
    for (int i = 0; i < n_lines (c); i++)
        if (json_is_true (json_object_get (line_at (c, i), "hyphen")))
            return false;
    return true;
}

static bool
is_han (const char *text)
{
    gunichar c = g_utf8_get_char (text);

    return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN && *g_utf8_next_char (text) == '\0';
}

static bool
max_gap (Case *c, double most)
{
    for (int line = 0; line < n_lines (c); line++)
        for (int i = 0; i + 1 < n_cells (c, line); i++) {
            json_t *a = cell_at (c, line, i), *b = cell_at (c, line, i + 1);

            if (is_han (string (a, "text")) && is_han (string (b, "text")) && number (a, "gap") > most + 0.0051) {
                g_string_append_printf (c->why, "line %d: %.4f", line + 1, number (a, "gap"));
                return false;
            }
        }
    return true;
}

static bool
last_min (Case *c, int least)
{
    const char *text = string (line_at (c, n_lines (c) - 1), "text");
    int n = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        n += g_unichar_ispunct (g_utf8_get_char (p)) || g_unichar_isspace (g_utf8_get_char (p)) ? 0 : 1;
    g_string_append (c->why, text);
    return n >= least;
}

/* ---- places ---- */

/* "0.25±0.13 on line 2" */
static bool
near (Case *c, double found, const char *wanted)
{
    char *end = NULL;
    double value = g_ascii_strtod (wanted, &end), tolerance = 0.011;

    if (g_str_has_prefix (end, "±"))
        tolerance = g_ascii_strtod (end + strlen ("±"), NULL);
    g_string_append_printf (c->why, "%.4f", found);
    return fabs (found - value) <= tolerance + 1e-9;
}

static bool
judge_width (Case *c, const char *s, const char *wanted)
{
    int i = find_laid (c, s, -1);

    if (i < 0)
        return false;
    json_t *first = cell_of (c, i), *last = cell_of (c, i + (int) g_utf8_strlen (s, -1) - 1);
    return near (c, number (last, "x") + number (last, "advance") - number (first, "x"), wanted);
}

static bool
judge_gap (Case *c, const char *pair, const char *wanted)
{
    const char *bar = strchr (pair, '|');
    char *joined = g_strdup_printf ("%.*s%s", (int) (bar - pair), pair, bar + 1);
    int i = find_laid (c, joined, -1), n = (int) g_utf8_strlen (pair, bar - pair);

    g_free (joined);
    if (i < 0)
        return false;
    bool same_cell = !laid_at (c, i + n)->first;
    return near (c, same_cell ? 0 : number (cell_of (c, i + n - 1), "gap"), wanted);
}

static bool
judge_x (Case *c, const char *s, const char *wanted)
{
    const char *on = strstr (wanted, " on line ");
    int i = find_laid (c, s, on != NULL ? atoi (on + 9) - 1 : -1);

    return i >= 0 && near (c, number (cell_of (c, i), "x"), wanted);
}

static bool
judge_orient (Case *c, const char *s, const char *wanted)
{
    int i = find_laid (c, s, -1);

    if (i < 0)
        return false;
    g_string_append (c->why, string (cell_of (c, i), "orient"));
    return strcmp (string (cell_of (c, i), "orient"), wanted) == 0;
}

/* pair(AB)=…, width(S)=…, adv(S)=…, gap(A|B)=…, x(C)=…, orient(S)=… */
static bool
judge_place (Case *c, const char *assertion)
{
    const char *open = strchr (assertion, '('), *close = open != NULL ? strstr (open, ")=") : NULL;

    if (close == NULL)
        return false;
    char *name = g_strndup (assertion, (gsize) (open - assertion)), *s = g_strndup (open + 1, (gsize) (close - open - 1));
    const char *wanted = close + 2;
    bool ok = false;
    if (strcmp (name, "pair") == 0 || strcmp (name, "width") == 0 || strcmp (name, "adv") == 0)
        ok = judge_width (c, s, wanted);
    else if (strcmp (name, "gap") == 0)
        ok = judge_gap (c, s, wanted);
    else if (strcmp (name, "x") == 0)
        ok = judge_x (c, s, wanted);
    else if (strcmp (name, "orient") == 0)
        ok = judge_orient (c, s, wanted);
    g_free (name);
    g_free (s);
    return ok;
}

/* The value of "key: value", or NULL. */
static const char *
value_of (const char *assertion, const char *key)
{
    size_t n = strlen (key);

    return strncmp (assertion, key, n) == 0 && assertion[n] == ':' ? assertion + n + 1 + (assertion[n + 1] == ' ' ? 1 : 0) : NULL;
}

static bool
holds (Case *c, const char *assertion)
{
    const char *value;

    if (strcmp (assertion, "flush") == 0 || strcmp (assertion, "flush-all") == 0)
        return flush (c, assertion[5] != '\0');
    if (strcmp (assertion, "no-hyphen") == 0)
        return no_hyphen (c);
    if ((value = value_of (assertion, "lines")) != NULL)
        return judge_lines (c, value);
    if ((value = value_of (assertion, "nlines")) != NULL)
        return n_lines (c) == atoi (value);
    if ((value = value_of (assertion, "no-start")) != NULL)
        return no_edge (c, value, true);
    if ((value = value_of (assertion, "no-end")) != NULL)
        return no_edge (c, value, false);
    if ((value = value_of (assertion, "no-split")) != NULL)
        return no_split (c, value);
    if ((value = value_of (assertion, "no-odd-split")) != NULL)
        return no_odd_split (c, value);
    if ((value = value_of (assertion, "maxwidth")) != NULL)
        return max_width (c, g_ascii_strtod (value, NULL));
    if ((value = value_of (assertion, "maxgap")) != NULL)
        return max_gap (c, g_ascii_strtod (value, NULL));
    if ((value = value_of (assertion, "last-min")) != NULL)
        return last_min (c, atoi (value));
    return judge_place (c, assertion);
}

/* ---- files ---- */

static void
judge_case (Case *c, const char *expect, Verdict *verdict)
{
    char **assertions = g_strsplit (expect, "; ", -1);
    bool ok = true;

    verdict->cases++;
    for (int i = 0; assertions[i] != NULL; i++) {
        char *assertion = unescape (g_strstrip (assertions[i]));

        if (value_of (assertion, "text") != NULL) {
            verdict->passed_over++;
        } else {
            verdict->assertions++;
            g_string_truncate (c->why, 0);
            if (c->lines == NULL || !holds (c, assertion)) {
                printf ("  %s: %s — found: %s\n", c->id, assertion, c->lines != NULL ? c->why->str : string (c->root, "error"));
                verdict->failed_assertions++;
                ok = false;
            }
        }
        g_free (assertion);
    }
    verdict->failed_cases += ok ? 0 : 1;
    g_strfreev (assertions);
}

/* Places of the columns by their names. */
static void
read_header (const char *line, int *text, int *expect)
{
    char **names = g_strsplit (line, "\t", MAX_FIELDS);

    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp (names[i], "text") == 0)
            *text = i;
        if (strcmp (names[i], "expect") == 0)
            *expect = i;
    }
    g_strfreev (names);
}

static void
judge_rows (char **rows, char **answers, Verdict *verdict)
{
    int text = 4, expect = 5, n = 0;

    read_header (rows[0], &text, &expect);
    for (int i = 1; rows[i] != NULL; i++) {
        if (*rows[i] == '\0')
            continue;
        char **fields = g_strsplit (rows[i], "\t", MAX_FIELDS);
        char *whole = unescape (fields[text]);
        Case c = { .id = fields[0], .text = whole, .laid = g_array_new (FALSE, FALSE, sizeof (Laid)), .why = g_string_new (NULL) };

        c.root = json_loads (answers[n] != NULL ? answers[n] : "{}", 0, NULL);
        n++;
        c.lines = json_object_get (c.root, "lines");
        c.measure = number (c.root, "measure");
        lay_out (&c);
        judge_case (&c, fields[expect], verdict);
        json_decref (c.root);
        g_array_free (c.laid, TRUE);
        g_string_free (c.why, TRUE);
        g_free (whole);
        g_strfreev (fields);
    }
}

Verdict
judge_file (const char *path, BmType *type)
{
    Verdict verdict = { 0 };
    BmDiags *diags = bm_diags_new ();
    char *bytes = NULL;
    size_t length = 0;

    if (bm_read_file (path, BM_MAX_TEXT_FILE, &bytes, &length, diags)) {
        GString *out = g_string_new (NULL);

        bm_galley_cases (path, bytes, length, type, out, diags);
        char **rows = g_strsplit (bytes, "\n", -1), **answers = g_strsplit (out->str, "\n", -1);
        judge_rows (rows, answers, &verdict);
        g_strfreev (rows);
        g_strfreev (answers);
        g_string_free (out, TRUE);
    }
    g_free (bytes);
    bm_diags_free (diags);
    return verdict;
}
