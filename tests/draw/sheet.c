/* sheet.c — see sheet.h. */
#include "draw/sheet.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const BmInk inks[] = {
    { .name = "black", .k = 1, .tint = 1 },
    { .name = "red", .m = 1, .y = 0.9, .tint = 1 },
    { .name = "grey", .k = 0.65, .tint = 1 },
    { .name = "tint", .k = 0.07, .tint = 1 },
    { .name = "paper", .tint = 1 },
};

Sheet *
sheet_new (BmType *type, double width, double height)
{
    Sheet *sheet = g_new0 (Sheet, 1);
    BmArena *arena = bm_arena_create ();

    sheet->type = type;
    sheet->diags = bm_diags_new ();
    sheet->elements = g_array_new (FALSE, TRUE, sizeof (BmElement));
    sheet->plan = bm_arena_new0 (arena, BmPlan, 1);
    sheet->plan->arena = arena;
    sheet->plan->width = width;
    sheet->plan->height = height;
    sheet->plan->paper = "海港晨报";
    sheet->plan->date = "2019-05-12";
    sheet->plan->page = "A03";
    sheet->plan->n_inks = (int) G_N_ELEMENTS (inks);
    sheet->plan->inks = bm_arena_copy (arena, inks, G_N_ELEMENTS (inks), sizeof (BmInk));
    return sheet;
}

void
sheet_free (Sheet *sheet)
{
    g_array_free (sheet->elements, TRUE);
    bm_diags_free (sheet->diags);
    bm_arena_free (sheet->plan->arena);
    g_free (sheet);
}

BmElement *
sheet_box (Sheet *sheet, BmElementRole role, double x, double y, double width, double height)
{
    const BmElement element = { .role = role, .x = x, .y = y, .width = width, .height = height };

    g_array_append_val (sheet->elements, element);
    return &g_array_index (sheet->elements, BmElement, sheet->elements->len - 1);
}

static void
place (Sheet *sheet, const BmGalley *galley, double size, bool vertical, double x, double y, BmElement *element)
{
    element->vertical = vertical;
    element->size = size;
    element->n_lines = galley->n_lines;
    element->lines = bm_arena_new0 (sheet->plan->arena, BmPlacedLine, galley->n_lines);
    for (int i = 0; i < galley->n_lines; i++) {
        BmPlacedLine *line = &element->lines[i];

        line->size = size;
        line->width = galley->lines[i].width * size;
        line->x = vertical ? x - i * size * 1.3 : x;
        line->baseline = vertical ? y : y + i * size * 1.3;
        line->text = bm_arena_strndup (sheet->plan->arena, bm_shaped_text (galley->shaped) + galley->lines[i].start,
                                       (size_t) galley->lines[i].length);
        line->runs = bm_line_runs (sheet->plan->arena, galley, i, &line->n_runs);
    }
}

double
sheet_text (Sheet *sheet, const char *family, int weight, double size, double x, double y, double measure, const char *mode_words,
            const char *text)
{
    BmArena *arena = sheet->plan->arena;
    BmRole *role = bm_arena_new0 (arena, BmRole, 1);
    const char *error = NULL;
    BmMode mode;

    *role = (BmRole){ .n_families = 1, .families = { family }, .weight = weight };
    g_assert_cmpstr (bm_mode_read (arena, mode_words, NULL, &mode), ==, NULL);
    BmGalley *galley = bm_mode_set (arena, sheet->type, role, text, &measure, 1, &mode, &error, sheet->diags);
    g_assert_cmpstr (error, ==, NULL);
    BmElement *element = sheet_box (sheet, BM_ELEM_TEXT, x, y - size, measure * size, galley->n_lines * size * 1.3);
    place (sheet, galley, size, mode.vertical, x, y, element);
    return y + (galley->n_lines - 1) * size * 1.3;
}

const BmPlan *
sheet_plan (Sheet *sheet)
{
    sheet->plan->n_elements = (int) sheet->elements->len;
    sheet->plan->elements = bm_arena_copy (sheet->plan->arena, sheet->elements->data, sheet->elements->len, sizeof (BmElement));
    return sheet->plan;
}

char *
run_on_bytes (const GByteArray *bytes, const char *program, const char *option, bool to_stdout)
{
    char *path = NULL, *out = NULL, *found = g_find_program_in_path (program);
    int fd = found != NULL ? g_file_open_tmp ("banmian-test-XXXXXX.pdf", &path, NULL) : -1;

    g_free (found);
    if (fd < 0)
        return NULL;
    close (fd);
    g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, NULL);
    char *arguments[5] = { (char *) (gpointer) program };
    int n = 1;
    if (option != NULL)
        arguments[n++] = (char *) (gpointer) option;
    arguments[n++] = path;
    arguments[n] = to_stdout ? (char *) (gpointer) "-" : NULL;
    g_spawn_sync (NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL);
    g_unlink (path);
    g_free (path);
    return out;
}
