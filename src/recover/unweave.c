/* unweave.c — S1: a page whose columns stand side by side in the dump, or interleaved, is put in reading order.
 *
 * Only where many lines hold several columns: any other page stays as it is. */
#include "recover/recover-private.h"

/* The pieces in their order; a piece that moved away from the piece before it has nothing above it. */
static GArray *
arranged (const GArray *pieces, const int *order)
{
    GArray *lines = g_array_sized_new (FALSE, TRUE, sizeof (BmRawLine), pieces->len);

    for (guint i = 0; i < pieces->len; i++)
        g_array_append_val (lines, g_array_index (pieces, BmRawLine, order[i]));
    return lines;
}

void
bm_raw_unweave (BmRaw *raw)
{
    BmWeave weave = { 0 };

    for (int i = 0; i < (int) raw->lines->len; i++)
        bm_raw_line (raw, i)->width = (float) bm_run_width (bm_line_run (raw, bm_raw_line (raw, i)));
    GArray *pieces = bm_rows_cut (raw, &weave);

    if (pieces == NULL)
        pieces = bm_blocks_broken (raw, &weave);
    if (pieces == NULL)
        return;
    int *order = bm_threads_order (raw, pieces, &weave);
    GArray *lines = arranged (pieces, order);

    g_array_free (raw->lines, TRUE);
    g_array_free (pieces, TRUE);
    g_free (order);
    raw->lines = lines;
    raw->signs.woven = true;
}
