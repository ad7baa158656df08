/* makeup.c — what the make-up of a page takes inside one process: the median of RUNS with the fonts open and no paragraph
 * known.
 *
 * Usage: makeup-time FONTS.CONF LAYOUTS LAYOUT COLUMNS PAGE.md…; 0 columns: the layout's. A line a page. */
#include "makeup/makeup.h"

#include <stdio.h>
#include <stdlib.h>

#ifndef RUNS
#define RUNS 9
#endif

static int
compare (const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

static bool
time_page (BmType *type, BmLayout *layout, const char *file, BmDiags *diags)
{
    double times[RUNS];
    BmEdition *edition = bm_edition_new ();
    char *text = NULL, *folder = g_path_get_dirname (file);
    gsize length = 0;
    double quality = 0;
    const BmMakeupOptions options = { .picture_root = folder };
    bool read = g_file_get_contents (file, &text, &length, NULL) &&
                bm_edition_read_markdown (edition, file, text, length, diags);

    for (int i = -1; read && i < RUNS; i++) { /* one more: the first opens the fonts */
        bm_type_trim (type, 0);
        gint64 start = g_get_monotonic_time ();
        BmPlan *plan = bm_makeup_page (edition, 0, layout, type, &options, diags);

        if (i >= 0)
            times[i] = (double) (g_get_monotonic_time () - start) / 1000;
        quality = plan == NULL ? 0 : plan->quality.q;
        bm_plan_free (plan);
    }
    qsort (times, RUNS, sizeof *times, compare);
    if (read)
        printf ("%s: %d items, %.1f ms, quality %.1f\n", file, edition->pages[0]->n_items, times[RUNS / 2], quality);
    g_free (folder);
    g_free (text);
    bm_edition_free (edition);
    return read;
}

int
main (int argc, char **argv)
{
    if (argc < 6) {
        fprintf (stderr, "usage: makeup-time FONTS.CONF LAYOUTS LAYOUT COLUMNS PAGE.md...\n");
        return 2;
    }
    const char *const dirs[] = { argv[2], NULL };
    const BmTypeOptions options = { .fonts_conf = argv[1] };
    BmDiags *diags = bm_diags_new ();
    BmType *type = bm_type_new (&options, diags);
    BmLayout *layout = bm_layout_load (argv[3], dirs, diags);
    bool fine = type != NULL && layout != NULL &&
                (atoi (argv[4]) == 0 || bm_layout_set_columns (layout, atoi (argv[4]), diags));

    for (int i = 5; fine && i < argc; i++)
        fine = time_page (type, layout, argv[i], diags);
    bm_layout_free (layout);
    bm_type_free (type);
    bm_diags_free (diags);
    return fine ? 0 : 1;
}
