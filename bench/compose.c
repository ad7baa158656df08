/* compose.c — the costs of composition inside one process: shaping, breaking, breaking again, memory a character.
 *
 * Usage: compose FONTS.CONF TEXT. Medians of RUNS; a page's paragraphs at several measures. */
#include "type/type.h"

#include <malloc.h>
#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 21
#define MAX_PARAGRAPHS 200

typedef struct {
    BmType *type;
    BmDiags *diags;
    BmStyle style;
    BmRole role;
    char **texts;
    int n, characters;
    const BmShaped *shaped[MAX_PARAGRAPHS];
} Page;

static int
compare (const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

static double
median (double *values)
{
    qsort (values, RUNS, sizeof *values, compare);
    return values[RUNS / 2];
}

static double
milliseconds (void)
{
    return (double) g_get_monotonic_time () / 1000;
}

static bool
open_page (Page *page, const char *conf, const char *file)
{
    const BmTypeOptions options = { .fonts_conf = conf };
    char *text = NULL;

    page->diags = bm_diags_new ();
    page->type = bm_type_new (&options, page->diags);
    page->role = (BmRole){ .n_families = 1, .families = { "Noto Serif CJK SC" }, .weight = 400 };
    if (page->type == NULL || !g_file_get_contents (file, &text, NULL, NULL))
        return false;
    page->texts = g_strsplit (text, "\n", -1);
    g_free (text);
    for (int i = 0; page->texts[i] != NULL; i++)
        if (g_utf8_strlen (page->texts[i], -1) >= 20 && page->n < MAX_PARAGRAPHS) {
            page->texts[page->n] = page->texts[i]; /* the few short lines are forgotten */
            page->characters += (int) g_utf8_strlen (page->texts[page->n++], -1);
        }
    return bm_style_named (&page->style, "news");
}

static const BmShaped *
shape (Page *page, int i)
{
    const BmText text = { .utf8 = page->texts[i], .length = -1, .kind = BM_TEXT_BODY, .role = &page->role };

    return bm_type_shape (page->type, &text, &page->style, page->diags);
}

/* All paragraphs at one measure, ms. */
static double
compose_at (const Page *page, double measure)
{
    BmArena *arena = bm_arena_create ();
    double start = milliseconds ();

    for (int i = 0; i < page->n; i++)
        bm_compose (arena, page->shaped[i], &page->style, &measure, 1, 2, 0);
    double took = milliseconds () - start;
    bm_arena_free (arena);
    return took;
}

static double
menu_at (const Page *page, double measure)
{
    BmChoice choices[8];
    double start = milliseconds ();

    for (int i = 0; i < page->n; i++)
        bm_line_menu (page->shaped[i], &page->style, measure, 2, INFINITY, choices, 8);
    return milliseconds () - start;
}

static double
median_of (const Page *page, double (*work) (const Page *, double), double measure)
{
    double values[RUNS];

    for (int i = 0; i < RUNS; i++)
        values[i] = work (page, measure);
    return median (values) * 1000 / page->characters;
}

int
main (int argc, char **argv)
{
    static Page page;

    if (argc != 3 || !open_page (&page, argv[1], argv[2])) {
        fprintf (stderr, "usage: compose FONTS.CONF TEXT\n");
        return 2;
    }
    shape (&page, 0); /* the face itself is opened here, once */
    double start = milliseconds ();
    for (int i = 0; i < page.n; i++)
        page.shaped[i] = shape (&page, i);
    double shaping = (milliseconds () - start) * 1000 / page.characters;
    static const double measures[] = { 11, 13, 20 };

    printf ("%d paragraphs, %d characters; ms per 1,000 characters, medians of %d\n", page.n, page.characters, RUNS);
    printf ("  shape                  %.3f\n", shaping);
    for (size_t i = 0; i < G_N_ELEMENTS (measures); i++) {
        double again = median_of (&page, compose_at, measures[i]);

        printf ("  total fit, %2.0f em       %.3f  (again : first composition = %.2f), menu %.3f\n", measures[i], again,
                again / (shaping + again), median_of (&page, menu_at, measures[i]));
    }
    for (int i = 0; i < page.n; i++)
        for (size_t k = 0; k < G_N_ELEMENTS (measures); k++)
            bm_count_lines (page.shaped[i], &page.style, measures[k], 2);
    /* What the cache gives back when it is emptied: paragraphs, keys, and the line counts they remember. */
    size_t bytes = mallinfo2 ().uordblks;
    bm_type_trim (page.type, 0);
    bytes -= mallinfo2 ().uordblks;
    printf ("  memory                 %.0f bytes a character\n", (double) bytes / page.characters);
    bm_type_free (page.type);
    bm_diags_free (page.diags);
    return 0;
}
