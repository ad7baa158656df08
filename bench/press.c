/* press.c — what the press step takes inside one process: the median of RUNS, beside drawing the same sheet.
 *
 * Usage: press-time FONTS.CONF LAYOUTS LAYOUT PROFILE PAGE.md…; a line a page. */
#include "makeup/makeup.h"
#include "press/press.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RUNS 9

static int
compare (const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;

    return (x > y) - (x < y);
}

static double
median (double times[RUNS])
{
    qsort (times, RUNS, sizeof *times, compare);
    return times[RUNS / 2];
}

/* Of this process alone, ms: the machine may have other work. */
static double
now (void)
{
    struct timespec time;

    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

typedef struct {
    const BmPressProfile *profile;
    const BmPlan *plan;
    BmDrawOptions options;
    BmInkCodes inks;
    double draw[RUNS], step[RUNS];
} Timing;

static bool
time_run (Timing *timing, int i, BmDiags *diags)
{
    double bleed = 3 * BM_PT_PER_MM, slug = bm_press_slug (bleed, true);
    const BmPressSheet sheet = {
        .profile = timing->profile->bytes, .profile_length = timing->profile->length, .bleed = bleed, .slug = slug, .marks = true
    };
    const BmPressOptions press = { .standard = BM_PRESS_X4,
                                   .profile = timing->profile,
                                   .title = "page",
                                   .date = "2000-01-01T00:00:00Z",
                                   .bleed = bleed,
                                   .slug = slug };
    double start = now ();
    GByteArray *drawn = bm_draw_press_pdf (&timing->plan, 1, &timing->options, &sheet, &timing->inks, diags);
    double middle = now ();
    GByteArray *bytes = drawn != NULL ? bm_press (drawn, &timing->inks, &press, diags) : NULL;

    if (i >= 0) {
        timing->draw[i] = middle - start;
        timing->step[i] = now () - middle;
    }
    if (drawn != NULL)
        g_byte_array_unref (drawn);
    bool ok = bytes != NULL;
    if (ok)
        g_byte_array_unref (bytes);
    return ok;
}

static bool
time_page (BmType *type, BmLayout *layout, const BmPressProfile *profile, const char *file, BmDiags *diags)
{
    BmEdition *edition = bm_edition_new ();
    char *text = NULL, *folder = g_path_get_dirname (file);
    gsize length = 0;
    const BmMakeupOptions options = { .picture_root = folder };
    Timing *timing = g_new0 (Timing, 1);
    bool ok = g_file_get_contents (file, &text, &length, NULL) && bm_edition_read_markdown (edition, file, text, length, diags);
    BmPlan *plan = ok ? bm_makeup_page (edition, 0, layout, type, &options, diags) : NULL;

    timing->profile = profile;
    timing->plan = plan;
    timing->options.picture_root = folder;
    ok = plan != NULL;
    for (int i = -1; ok && i < RUNS; i++) /* one more: the first loads libqpdf */
        ok = time_run (timing, i, diags);
    if (ok)
        printf ("%s: sheet drawn in %.1f ms, press step %.1f ms\n", file, median (timing->draw), median (timing->step));
    bm_plan_free (plan);
    g_free (timing);
    g_free (folder);
    g_free (text);
    bm_edition_free (edition);
    return ok;
}

int
main (int argc, char **argv)
{
    if (argc < 6) {
        fprintf (stderr, "usage: press-time FONTS.CONF LAYOUTS LAYOUT PROFILE PAGE.md...\n");
        return 2;
    }
    const char *const dirs[] = { argv[2], NULL };
    const BmTypeOptions options = { .fonts_conf = argv[1] };
    BmDiags *diags = bm_diags_new ();
    BmType *type = bm_type_new (&options, diags);
    BmLayout *layout = bm_layout_load (argv[3], dirs, diags);
    BmPressProfile *profile = bm_press_profile_read (argv[4], diags);
    bool fine = type != NULL && layout != NULL && profile != NULL;

    for (int i = 5; fine && i < argc; i++)
        fine = time_page (type, layout, profile, argv[i], diags);
    bm_press_profile_free (profile);
    bm_layout_free (layout);
    bm_type_free (type);
    bm_diags_free (diags);
    return fine ? 0 : 1;
}
