/* press.c — the press step from one end to the other: read Cairo's PDF, rewrite, write (print-ready.md §6). */
#include "press/press-private.h"

#include <string.h>

static const char *const standard_names[] = { "none", "x4", "x1a", "a2b", "a1b" };

bool
bm_press_standard_named (BmPressStandard *standard, const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS (standard_names); i++)
        if (strcmp (standard_names[i], name) == 0) {
            *standard = (BmPressStandard) i;
            return true;
        }
    return false;
}

static GByteArray *
write_out (BmPressJob *job)
{
    BmPressStandard standard = job->options->standard;
    bool old = standard == BM_PRESS_X1A || standard == BM_PRESS_A1B;
    const BmPdfForm form = {
        .version = old                       ? "1.4"
                   : standard == BM_PRESS_X4 ? "1.6"
                                             : "1.7",
        .object_streams = !old,
        .newline_endstream = bm_press_is_archive (standard),
    };

    return bm_pdf_write (job->pdf, &form, job->diags);
}

GByteArray *
bm_press (const GByteArray *drawn, const BmInkCodes *inks, const BmPressOptions *options, BmDiags *diags)
{
    BmPressJob job = { .inks = inks, .options = options, .diags = diags };
    GByteArray *out = NULL;

    job.pdf = bm_pdf_read (drawn->data, drawn->len, NULL, diags);
    if (job.pdf == NULL)
        return NULL;
    job.done = g_hash_table_new (g_direct_hash, g_direct_equal);
    bm_press_sheets (&job);
    if (!job.failed) {
        bm_press_metadata (&job, drawn);
        out = write_out (&job);
    }
    g_hash_table_destroy (job.done);
    bm_pdf_free (job.pdf);
    return out;
}
