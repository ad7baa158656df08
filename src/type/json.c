/* json.c — a galley as JSON: the form that `banmian galley` prints and that tests judge (interfaces.md §1).
 *
 * Written by hand: five kinds of values, one fixed order of keys, numbers rounded to 0.0001 em and never in the
 * locale's form. */
#include "type/type-private.h"

#include <math.h>
#include <string.h>

static void
add_string (GString *out, const char *text, size_t length)
{
    g_string_append_c (out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char) text[i];

        if (c == '"' || c == '\\')
            g_string_append_printf (out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            g_string_append_printf (out, "\\u%04x", c);
        else
            g_string_append_c (out, (char) c);
    }
    g_string_append_c (out, '"');
}

char *
bm_json_quote (const char *text)
{
    GString *out = g_string_new (NULL);

    add_string (out, text, strlen (text));
    return g_string_free (out, FALSE);
}

/* Four decimals without trailing zeros, one at least: 9.0, 0.3333. */
static void
add_number (GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    if (!isfinite (value) || fabs (value) < 0.00005)
        value = 0;
    g_ascii_formatd (buffer, sizeof buffer, "%.4f", value);
    size_t length = strlen (buffer);
    while (length > 2 && buffer[length - 1] == '0' && buffer[length - 2] != '.')
        buffer[--length] = '\0';
    g_string_append (out, buffer);
}

static void
add_pair (GString *out, const char *key, double value)
{
    g_string_append_printf (out, ",\"%s\":", key);
    add_number (out, value);
}

static void
add_flag (GString *out, const char *key, bool value)
{
    g_string_append_printf (out, ",\"%s\":%s", key, value ? "true" : "false");
}

static void
add_cell (GString *out, const char *text, const BmCell *cell)
{
    static const char *const orients[] = { "upright", "vert", "rotated", "tcy" };

    g_string_append (out, "{\"text\":");
    add_string (out, text + cell->start, (size_t) cell->length);
    add_pair (out, "x", cell->x);
    add_pair (out, "advance", cell->advance);
    add_pair (out, "gap", cell->gap);
    g_string_append_printf (out, ",\"orient\":\"%s\"}", orients[cell->orient]);
}

static void
add_line (GString *out, const BmGalley *galley, const BmLine *line)
{
    const char *text = bm_shaped_text (galley->shaped);

    g_string_append (out, "{\"text\":");
    add_string (out, text + line->start, (size_t) line->length);
    add_pair (out, "width", line->width);
    add_pair (out, "gap", line->gap);
    add_flag (out, "first", line->first);
    add_flag (out, "last", line->last);
    add_flag (out, "hyphen", line->hyphen);
    add_pair (out, "indent", line->indent);
    add_pair (out, "fill", line->fill);
    add_flag (out, "ends_colon", line->ends_colon);
    add_flag (out, "released", line->released);
    g_string_append (out, ",\"cells\":[");
    for (int i = 0; i < line->n_cells; i++) {
        g_string_append (out, i > 0 ? "," : "");
        add_cell (out, text, &galley->cells[line->first_cell + i]);
    }
    g_string_append (out, "]}");
}

char *
bm_galley_to_json (const BmGalley *galley, const char *id, double measure)
{
    GString *out = g_string_new ("{");

    if (id != NULL) {
        g_string_append (out, "\"id\":");
        add_string (out, id, strlen (id));
        g_string_append_c (out, ',');
    }
    g_string_append (out, "\"measure\":");
    add_number (out, measure);
    add_pair (out, "cost", galley->cost);
    add_pair (out, "worst_gap", galley->worst_gap);
    g_string_append (out, ",\"lines\":[");
    for (int i = 0; i < galley->n_lines; i++) {
        g_string_append (out, i > 0 ? "," : "");
        add_line (out, galley, &galley->lines[i]);
    }
    g_string_append (out, "]}");
    return g_string_free (out, FALSE);
}
