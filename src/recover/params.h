/* params.h — every cost of the recovery in one table, with its source; see params.c. */
#ifndef BM_RECOVER_PARAMS_H
#define BM_RECOVER_PARAMS_H

/* Costs are in nats where they were fitted, and of that size where they were judged: 1 is a fair doubt, 3 strong
 * evidence, 6 nearly forbids. */
typedef struct {
    /* labels of lines (label.c) */
    double off_measure;     /* a body line out of tolerance, an em */
    double slightly_off;    /* inside the tolerance of line-start prohibition */
    double over_measure;    /* wider than the column, an em */
    double no_deficit;      /* a first line as wide as the column */
    double missing_indent;  /* a first line without blanks where first lines have blanks */
    double stray_indent;    /* blanks before a line that is no first line */
    double small_deficit;   /* …each half em less than two */
    double stretched_end;   /* a paragraph's last line that justification stretched */
    double byline_inside;   /* a line with a byline's form read as text */
    double full_last;       /* a paragraph ending on a full line */
    double short_middle;    /* a line that ends short in mid-paragraph */
    double single;          /* a paragraph of one line */
    double unclosed_end;    /* a paragraph that ends without a stop */
    double open_break;      /* a piece that ends in mid-sentence */
    double orphan_start;    /* a piece that begins in mid-paragraph */
    double measure_change;  /* another measure from one paragraph to the next, nothing between */
    double free_measure;    /* a text line of no known measure */
    double interrupt;       /* display lines between two lines of one paragraph */
    double resume;          /* …each such line */
    double display;         /* a display line */
    double display_stop;    /* …with a full stop in it */
    double display_comma;
    double display_hangs;   /* …ending in a comma */
    double display_wide;    /* …an em over 26 */
    double display_closed;  /* …ending a sentence */
    double byline;          /* a line with a byline's form */
    double label_inside;    /* 记者： in mid-paragraph */
    double dateline_inside; /* 本报讯 in mid-paragraph */
    double glue;            /* two lines of the dump as one visual line, page without fragments */
    double glue_fragments;  /* …page with fragments */
    double glue_latin;      /* …cut between two Latin words */
    double glue_held;       /* …second begins with a closing mark */
} BmRecoverParams;

extern const BmRecoverParams bm_recover_params;

#endif
