/* table.c — pipe tables (rule 11), read and written. */
#include "edition/edition-private.h"

#include <string.h>

static bool
is_delimiter_cell (const char *cell)
{
    const char *p = cell + (*cell == ':' ? 1 : 0);
    size_t dashes = strspn (p, "-");

    return dashes > 0 && (p[dashes] == '\0' || strcmp (p + dashes, ":") == 0);
}

/* The cells between the | that no backslash guards, trimmed, escapes still in them; the outer ones bound the row. */
static GPtrArray *
split_row (const char *line)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
    const char *start = *line == '|' ? line + 1 : line;

    for (const char *p = start;; p++) {
        bool bound = *p == '|' && !bm_is_escaped (start, p);

        if (!bound && *p != '\0')
            continue;
        if (*p == '|' || p > start || cells->len == 0)
            g_ptr_array_add (cells, bm_trimmed (start, (size_t) (p - start)));
        if (*p == '\0')
            return cells;
        start = p + 1;
    }
}

static bool
is_delimiter_row (const char *line)
{
    GPtrArray *cells = split_row (line);
    bool all = true;

    for (guint i = 0; i < cells->len && all; i++)
        all = is_delimiter_cell (g_ptr_array_index (cells, i));
    g_ptr_array_free (cells, TRUE);
    return all;
}

/* Each line begins with |, or the second line is the row of dashes that makes a table of them. */
bool
bm_is_table (const char *text)
{
    char **lines = g_strsplit (text, "\n", -1);
    bool piped = true, rows = false; /* |---| alone is no table: it would have no rows, and vanish */

    for (int i = 0; lines[i] != NULL && piped; i++) {
        piped = lines[i][0] == '|' && lines[i][1] != '\0';
        rows = rows || i > 1 || !is_delimiter_row (lines[i]);
    }
    bool ruled = !piped && lines[1] != NULL && strchr (lines[0], '|') != NULL && strchr (lines[1], '|') != NULL &&
                 is_delimiter_row (lines[1]);
    g_strfreev (lines);
    return (piped && rows) || ruled;
}

void
bm_read_table (BmEdition *edition, BmBlock *block, const char *text)
{
    char **lines = g_strsplit (text, "\n", -1);

    block->rows = bm_arena_new0 (edition->arena, BmTableRow, g_strv_length (lines));
    for (int i = 0; lines[i] != NULL; i++) {
        if (i <= 1 && is_delimiter_row (lines[i]))
            continue;
        GPtrArray *cells = split_row (lines[i]);
        BmTableRow *row = &block->rows[block->n_rows++];

        row->cells = bm_arena_new0 (edition->arena, const char *, cells->len);
        for (guint k = 0; k < cells->len; k++) {
            char *cell = bm_unescaped (g_ptr_array_index (cells, k));

            row->cells[row->n_cells++] = bm_arena_strdup (edition->arena, cell);
            g_free (cell);
        }
        g_ptr_array_free (cells, TRUE);
    }
    g_strfreev (lines);
}

/* ---- writing ---- */

static void
write_cell (GString *out, const char *text)
{
    char *cell = bm_one_line (text);

    g_string_append_c (out, ' ');
    if (is_delimiter_cell (cell))
        g_string_append_c (out, '\\');
    for (const char *p = cell; *p != '\0'; p++) {
        bool guards = *p == '\\' && (g_ascii_ispunct (p[1]) || p[1] == '\0');

        if (guards || *p == '|' || strncmp (p, "<!--", 4) == 0)
            g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
    }
    g_string_append (out, " |");
    g_free (cell);
}

static void
write_row (GString *out, const BmTableRow *row)
{
    g_string_append_c (out, '|');
    for (int i = 0; i < row->n_cells; i++)
        write_cell (out, row->cells[i]);
    if (row->n_cells == 0)
        write_cell (out, "");
    g_string_append_c (out, '\n');
}

void
bm_write_table (GString *out, const BmBlock *block)
{
    for (int r = 0; r < block->n_rows; r++) {
        write_row (out, &block->rows[r]);
        if (r > 0)
            continue;
        g_string_append_c (out, '|');
        for (int i = 0; i < MAX (block->rows[0].n_cells, 1); i++)
            g_string_append (out, " --- |");
        g_string_append_c (out, '\n');
    }
}
