/* recover.c — the time that recovery takes inside one process: the median of RUNS over a dump in memory.
 *
 * Usage: recover-time DUMP. */
#include "recover/recover.h"

#include <stdio.h>
#include <stdlib.h>

#define RUNS 51

static int
compare (const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

int
main (int argc, char **argv)
{
    double times[RUNS];
    char *bytes = NULL;
    gsize length = 0;

    if (argc != 2 || !g_file_get_contents (argv[1], &bytes, &length, NULL)) {
        fprintf (stderr, "usage: recover-time DUMP\n");
        return 2;
    }
    for (int i = 0; i < RUNS; i++) {
        gint64 start = g_get_monotonic_time ();
        BmDiags *diags = bm_diags_new ();

        bm_edition_free (bm_recover (argv[1], bytes, length, NULL, NULL, diags));
        bm_diags_free (diags);
        times[i] = (double) (g_get_monotonic_time () - start) / 1000;
    }
    qsort (times, RUNS, sizeof *times, compare);
    printf ("recovery of %s, inside the process: %.2f ms, median of %d\n", argv[1], times[RUNS / 2], RUNS);
    g_free (bytes);
    return 0;
}
