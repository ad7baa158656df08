/* params.c — the costs of the recovery.
 *
 * Source of each: “judged” was set by what the trade allows and how often it happens on composed pages; the rest was
 * set by hand to serve the development pages. The costs of unweaving were then moved in steps by tests/recover/fit.py
 * over the development pages and generated ones: most stand on a plateau, where a quarter less or a third more changes
 * neither total by half a point. */
#include "recover/recover-private.h"

const BmRecoverParams bm_recover_params = {
    /* labels */
    .off_measure = 0.8,     /* judged: two em off are as unlikely as a lost paragraph end */
    .slightly_off = 0.1,    /* judged: CLREQ's push-out moves one character, rarely two */
    .over_measure = 1.5,    /* judged: a line never outgrows its column but by squeezed marks */
    .no_deficit = 1.3,      /* the indent of two is newspaper custom */
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

const BmWeaveParams bm_weave_params = {
    .birth = 5.5,
    .birth_blank = -1.5,
    .birth_under_head = -3.0,
    .birth_more = -0.75,
    .birth_display = -1.0,
    .birth_held = 2.5,
    .birth_opening = -0.6,
    .across = 0.6,
    .head_apart = 6.0,
    .uneven = 0.2,
    .row_less = 0.15,
    .crossed = 3.0,
    .folio = 6.0,
    .same_line = 0.3,
    .out_of_block = 3.0,
    .after_first = 0.2,
    .short_open = 2.2,
    .short_colon = 0.5,
    .first_inside = 0.9,
    .held = 1.0,
    .opening_inside = 3.0,
    .blank_inside = 0.3,
    .quote = 0.8,
    .unopened = 1.2,
    .first_line = 0.3,
    .no_first_line = 1.3,
    .display_inside = 1.33,
    .single = 0.6,
    .after_byline = 0.5,
    .head_goes_on = 0.5,
    .text_under_head = 1.06,
    .middle_under_head = 3.33,
    .no_head = 1.4,
    .over_measure = 1.12,
    .never = 5.0,
    .linked = 0.4,
    .apart = 0.06,
};
