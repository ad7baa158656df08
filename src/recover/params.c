/* params.c — the costs of the recovery.
 *
 * Source of each: “judged” was set by what the trade allows and how often it happens on composed pages; “fitted”
 * was moved in steps by tests/recover/fit.py over the development pages and generated ones, and stands on a plateau:
 * a quarter more or less changes no page by more than a point. */
#include "recover/recover-private.h"

const BmRecoverParams bm_recover_params = {
    /* labels */
    .off_measure = 0.8,     /* judged: two em off are as unlikely as a lost paragraph end */
    .slightly_off = 0.1,    /* judged: CLREQ's push-out moves one character, rarely two */
    .over_measure = 1.5,    /* judged: a line never outgrows its column but by squeezed marks */
    .no_deficit = 1.3,      /* fitted: the indent of two is newspaper custom */
    .missing_indent = 1.5,  /* judged */
    .stray_indent = 2.0,    /* judged */
    .small_deficit = 0.2,
    .stretched_end = 2.5,
    .byline_inside = 2.0,
    .full_last = 0.35,      /* judged: one last line in ten to fifteen is full */
    .short_middle = 5.0,    /* judged: cap of off_measure */
    .single = 0.5,
    .unclosed_end = 3.0,
    .open_break = 3.0,
    .orphan_start = 2.4,
    .measure_change = 0.8,
    .free_measure = 1.1,
    .interrupt = 2.5,
    .resume = 0.2,
    .display = 0.9,
    .display_stop = 3.0,
    .display_comma = 0.6,
    .display_hangs = 2.0,
    .display_wide = 0.3,
    .display_closed = 1.6,
    .byline = 0.1,
    .label_inside = 1.2,
    .dateline_inside = 4.0,
    .glue = 3.0,
    .glue_fragments = 0.15,
    .glue_latin = 0.4,
    .glue_held = 0.1,
};
