/* original.c — --original: a page set again on the grid it was printed on.
 *
 * The dump of a page keeps where its lines ended. A paragraph composed at the right measure, in the style of the old
 * composing room (full em squares, first fit), gives the same lines again; so each paragraph is composed at every
 * measure that its widest line allows, and the measure that gives most of the dump's lines is the one it had
 * (cjk-composition.md §1). The measures of the items tell the column of the page and so how many it has; a line broken
 * off in mid-sentence before a blank line is the foot of a column and tells how many columns a story ran over.
 *
 * An edition without its dump has what recovery kept in its front matter: `original: {measure: 21, items: …}`. */
#include "face/job.h"

#include <math.h>
#include <string.h>

#define STEP 0.25          /* em between measures tried */
#define STEPS 12           /* up from the widest line */
#define DIGIT 0.42         /* em: the narrowest that old faces had */
#define LEAST_LINE 5       /* characters: a shorter line of the dump tells nothing */
#define NARROWER 2.6       /* em by which a story may be narrower than its column: frames, 破栏 */
#define EXACT 0.3
#define MOST_COLUMNS 9

/* ---- the dump's lines ---- */

typedef struct {
    GPtrArray *lines;   /* char *, without blanks; "" where the dump has a blank line */
    GHashTable *set;    /* of them, those long enough */
} Dump;

static char *
without_blanks (const char *text, size_t length)
{
    GString *out = g_string_sized_new (length);

    for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
        if (!g_unichar_isspace (g_utf8_get_char (p)))
            g_string_append_len (out, p, g_utf8_next_char (p) - p);
    return g_string_free (out, FALSE);
}

static void
dump_clear (Dump *dump)
{
    if (dump->set != NULL)
        g_hash_table_destroy (dump->set);
    if (dump->lines != NULL)
        g_ptr_array_free (dump->lines, TRUE);
}

/* A dump in another encoding, or no dump at all: the front matter must do. */
static bool
read_dump (const Sheet *sheet, Dump *dump)
{
    char *bytes = NULL;
    size_t length = 0;
    BmDiags *quiet = bm_diags_new ();
    BmFileKind kind = bm_file_kind (sheet->file);
    bool ok = strcmp (sheet->file, "-") != 0 && (kind == BM_FILE_RAW || kind == BM_FILE_UNKNOWN) &&
              bm_read_file (sheet->file, BM_MAX_TEXT_FILE, &bytes, &length, quiet) && bm_check_utf8 (sheet->file, bytes, length, quiet);

    bm_diags_free (quiet);
    *dump = (Dump){ NULL, NULL };
    if (ok) {
        char **lines = g_strsplit (bytes, "\n", -1);

        dump->lines = g_ptr_array_new_with_free_func (g_free);
        dump->set = g_hash_table_new (g_str_hash, g_str_equal);
        for (int i = 0; lines[i] != NULL; i++) {
            char *line = without_blanks (lines[i], strlen (lines[i]));

            g_ptr_array_add (dump->lines, line);
            if (g_utf8_strlen (line, -1) >= LEAST_LINE)
                g_hash_table_add (dump->set, line);
        }
        g_strfreev (lines);
    }
    g_free (bytes);
    return ok;
}

/* ---- one paragraph ---- */

/* Em of a line as it was set, at least. */
static double
width_of (const char *line)
{
    double width = 0;

    for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
        width += g_utf8_get_char (p) < 0x80 ? DIGIT : 1;
    return width;
}

static double
widest_line (const Dump *dump, const char *paragraph)
{
    char *bare = without_blanks (paragraph, strlen (paragraph));
    double widest = 0;

    for (guint i = 0; i < dump->lines->len; i++) {
        const char *line = g_ptr_array_index (dump->lines, i);

        if (g_hash_table_contains (dump->set, line) && strstr (bare, line) != NULL)
            widest = MAX (widest, width_of (line));
    }
    g_free (bare);
    return widest;
}

typedef struct {
    double measure; /* 0: unknown */
    int lines, found;
} Guess;

static int
lines_found (const Dump *dump, const BmGalley *galley)
{
    const char *text = bm_shaped_text (galley->shaped);
    int found = 0;

    for (int i = 0; i < galley->n_lines; i++) {
        char *line = without_blanks (text + galley->lines[i].start, (size_t) galley->lines[i].length);

        found += g_hash_table_contains (dump->set, line);
        g_free (line);
    }
    return found;
}

/* The measure that gives most lines of the dump; of equal ones a whole number of characters, then the least. */
static Guess
guess_measure (Job *job, const Sheet *sheet, const Dump *dump, const char *paragraph)
{
    const BmText text = { .utf8 = paragraph, .length = -1, .kind = BM_TEXT_BODY, .role = &sheet->layout->roles[BM_ROLE_TEXT],
                          .lang = sheet->page->lang };
    const BmShaped *shaped = bm_type_shape (job->session->type, &text, &sheet->layout->style, job->session->diags);
    double widest = floor (widest_line (dump, paragraph) / STEP) * STEP - STEP;
    Guess best = { 0, 0, 0 };

    for (int i = 0; shaped != NULL && widest >= 8 && i <= STEPS; i++) {
        double measure = widest + i * STEP, em = measure + 1e-6;
        BmGalley *galley = bm_compose (job->arena, shaped, &sheet->layout->style, &em, 1, -1, 0);

        if (galley == NULL)
            continue;
        int found = lines_found (dump, galley);
        bool whole = fabs (measure - round (measure)) < 0.01, was_whole = fabs (best.measure - round (best.measure)) < 0.01;
        if (found > best.found || (found == best.found && found > 0 && whole && !was_whole))
            best = (Guess){ measure, galley->n_lines, found };
    }
    return best;
}

/* ---- one item ---- */

typedef struct {
    double measure;
    int lines;
} Extent;

static const char *
opening_with (Job *job, const BmItem *item, const char *text)
{
    return item->dateline == NULL ? text : bm_arena_printf (job->arena, "%s　%s", item->dateline, text);
}

static void
add_extent (GArray *extents, Guess guess)
{
    for (guint i = 0; i < extents->len; i++)
        if (fabs (g_array_index (extents, Extent, i).measure - guess.measure) < EXACT) {
            g_array_index (extents, Extent, i).lines += guess.lines;
            return;
        }
    Extent extent = { guess.measure, guess.lines };
    g_array_append_val (extents, extent);
}

static Extent
largest_extent (const GArray *extents)
{
    Extent best = { 0, 0 };

    for (guint i = 0; i < extents->len; i++)
        if (g_array_index (extents, Extent, i).lines > best.lines)
            best = g_array_index (extents, Extent, i);
    return best;
}

/* Measures of the paragraphs; those of one or two lines, which fit many, take the story's. */
static Extent
measure_item (Job *job, const Sheet *sheet, const Dump *dump, BmItem *item)
{
    GArray *extents = g_array_new (FALSE, TRUE, sizeof (Extent));
    bool opened = false;

    item->blocks = bm_arena_copy (job->made->arena, item->blocks, (size_t) item->n_blocks, sizeof *item->blocks);
    for (int i = 0; i < item->n_blocks; i++) {
        BmBlock *block = &item->blocks[i];

        if (block->kind != BM_BLOCK_PARAGRAPH)
            continue;
        Guess guess = guess_measure (job, sheet, dump, opened ? block->text : opening_with (job, item, block->text));
        opened = true;
        block->measure = guess.lines > 2 ? guess.measure : 0;
        if (guess.lines > 1)
            add_extent (extents, guess);
    }
    if (item->n_blocks == 0 && item->n_pictures == 1 && item->pictures[0].caption != NULL)
        add_extent (extents, guess_measure (job, sheet, dump, opening_with (job, item, item->pictures[0].caption)));
    Extent most = largest_extent (extents);
    g_array_free (extents, TRUE);
    item->measure = most.measure;
    for (int i = 0; i < item->n_blocks; i++) /* the columns are as wide as the widest of its paragraphs */
        item->measure = MAX (item->measure, item->blocks[i].measure);
    for (int i = 0; i < item->n_blocks; i++)
        if (item->blocks[i].measure <= 0)
            item->blocks[i].measure = most.measure;
    return most;
}

/* ---- how many columns it ran over ---- */

static bool
ends_open (const char *line)
{
    const char *last = g_utf8_find_prev_char (line, line + strlen (line));

    return last != NULL && g_utf8_strchr ("。！？…”’：；）", -1, g_utf8_get_char (last)) == NULL;
}

/* A blank line of the dump in mid-sentence, not behind a paragraph's first line: the foot of a column. */
static int
column_feet (const Dump *dump, const BmItem *item)
{
    GString *text = g_string_new (NULL);
    int feet = 0;

    for (int i = 0; i < item->n_blocks; i++)
        if (item->blocks[i].text != NULL)
            g_string_append_printf (text, "\n%s", item->blocks[i].text);
    char *bare = without_blanks (text->str, text->len);
    g_string_free (text, TRUE);
    for (guint i = 1; i + 2 < dump->lines->len; i++) {
        const char *before = g_ptr_array_index (dump->lines, i - 1), *line = g_ptr_array_index (dump->lines, i);
        const char *blank = g_ptr_array_index (dump->lines, i + 1), *next = g_ptr_array_index (dump->lines, i + 2);
        bool inside = g_hash_table_contains (dump->set, line) && blank[0] == '\0' && next[0] != '\0' && ends_open (line);
        bool first = before[0] == '\0' || !ends_open (before); /* … of its paragraph, or nearly */

        if (!inside || (first && before[0] == '\0'))
            continue;
        char *seam = g_strconcat (line, next, NULL);
        feet += strstr (bare, seam) != NULL;
        g_free (seam);
    }
    g_free (bare);
    return feet;
}

/* ---- the page ---- */

static int
cells_of (const BmLayout *layout, int columns)
{
    return (layout->cells + layout->gutter_cells) / columns - layout->gutter_cells;
}

/* How well lines of this measure stand in columns of c cells: 1 exactly, one or several wide; .6 a little narrower. */
static double
fit_of (double measure, int c, int gutter, int columns)
{
    double best = 0;

    for (int k = 1; k <= MIN (3, columns); k++) {
        double room = k * (c + gutter) - gutter;

        if (fabs (measure - room) < EXACT)
            best = MAX (best, 1);
        else if (measure < room && measure > room - NARROWER)
            best = MAX (best, 0.6);
    }
    return best;
}

static int
choose_columns (const BmLayout *layout, const Extent *extents, int n)
{
    int best = 0;
    double most = 0;

    for (int columns = 3; columns <= MOST_COLUMNS; columns++) {
        int c = cells_of (layout, columns);
        double score = 0;

        for (int i = 0; i < n && c >= 8; i++)
            score += extents[i].lines * fit_of (extents[i].measure, c, layout->gutter_cells, columns);
        if (score > most + 0.01) {
            most = score;
            best = columns;
        }
    }
    return best;
}

/* ---- what recovery kept ---- */

static const char *
kept_original (const BmPage *page)
{
    for (int i = 0; i < page->n_front; i++)
        if (strcmp (page->front[i].key, "original") == 0)
            return page->front[i].value;
    return NULL;
}

static double
number_of (const BmYaml *node)
{
    double value = 0;

    return node != NULL && node->kind == BM_YAML_SCALAR && bm_parse_number (node->text, &value) && value > 0 && value < 200 ? value : 0;
}

static Extent
kept_extent (Job *job, const BmYaml *items, BmItem *item)
{
    const BmYaml *pair = items == NULL ? NULL : bm_yaml_get (items, item->id);
    Extent extent = { 0, 0 };

    if (pair == NULL || pair->kind != BM_YAML_LIST || pair->n != 2)
        return extent;
    extent = (Extent){ number_of (pair->children[1]), (int) number_of (pair->children[0]) };
    item->measure = extent.measure;
    item->blocks = bm_arena_copy (job->made->arena, item->blocks, (size_t) item->n_blocks, sizeof *item->blocks);
    for (int i = 0; i < item->n_blocks; i++)
        item->blocks[i].measure = extent.measure;
    return extent;
}

/* ---- all of it ---- */

static bool
set_grid (Job *job, Sheet *sheet, int columns)
{
    if (job->request->columns == 0 && columns > 0)
        sheet->columns = columns;
    sheet->layout = NULL;
    return bm_sheet_layout (job, sheet);
}

static bool
find_original (Job *job, Sheet *sheet)
{
    BmPage *page = sheet->page;
    Extent *extents = bm_arena_new0 (job->arena, Extent, page->n_items);
    const char *kept = kept_original (page);
    BmYaml *tree = kept == NULL ? NULL : bm_yaml_parse (job->arena, sheet->file, kept, strlen (kept), 1, job->session->diags);
    const BmYaml *items = tree != NULL && tree->kind == BM_YAML_MAP ? bm_yaml_get (tree, "items") : NULL;
    int n = 0, columns = tree != NULL && tree->kind == BM_YAML_MAP ? (int) number_of (bm_yaml_get (tree, "columns")) : 0;
    Dump dump;

    if (job->request->style == NULL)
        sheet->style = "full";
    if (!set_grid (job, sheet, 0))
        return false;
    bool has_dump = read_dump (sheet, &dump);
    for (int i = 0; i < page->n_items; i++) {
        if (page->items[i]->kind == BM_ITEM_AD)
            continue;
        BmItem *item = bm_arena_copy (job->made->arena, page->items[i], 1, sizeof *item);
        page->items[i] = item;
        extents[n] = has_dump ? measure_item (job, sheet, &dump, item) : kept_extent (job, items, item);
        n += extents[n].measure > 0;
        int feet = has_dump ? column_feet (&dump, item) : 0;
        if (feet > 0 && item->wish.columns == 0 && item->measure < 30)
            item->wish.columns = feet + 1;
    }
    dump_clear (&dump);
    if (n == 0) {
        bm_diag (job->session->diags, BM_WARNING, "BM0819", BM_IN_FILE (sheet->file), "set the raw dump, or an edition that recover made of it",
                 "nothing shows the grid that this page was printed on");
        return true;
    }
    if (!set_grid (job, sheet, columns >= 2 ? columns : choose_columns (sheet->layout, extents, n)))
        return false;
    bm_diag (job->session->diags, BM_NOTE, "BM0820", BM_IN_FILE (sheet->file), "-c says otherwise", "printed in %d columns of %d characters, as the line ends show",
             sheet->layout->columns, cells_of (sheet->layout, sheet->layout->columns));
    return true;
}

bool
bm_job_find_original (Job *job)
{
    bool ok = bm_session_type (job->session) != NULL;

    for (guint i = 0; i < job->sheets->len && ok; i++)
        ok = find_original (job, sheet_of (job, (int) i));
    return ok;
}

/* What cannot be had together is given up step by step: the widths of the blocks, then the measures of the stories. */
bool
bm_sheet_forgo_original (Job *job, Sheet *sheet, int step)
{
    for (int i = 0; i < sheet->page->n_items; i++) {
        BmItem *item = bm_arena_copy (job->made->arena, sheet->page->items[i], 1, sizeof *item);

        if (step == 0)
            item->wish.columns = sheet->given->items[i]->wish.columns;
        else
            item->measure = 0;
        sheet->page->items[i] = item;
    }
    return step <= 1;
}
