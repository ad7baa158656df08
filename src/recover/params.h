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

/* Columns woven into one another (threads.c, joins.c, chains.c); nats of the same size. */
typedef struct {
    double birth;               /* a thread begins where nothing says so */
    double birth_blank;         /* … with a blank line above */
    double birth_under_head;    /* … under a headline across all columns */
    double birth_more;          /* … where the row has more pieces than there are threads */
    double birth_display;       /* … with a display line */
    double birth_held;          /* … with a closing mark */
    double birth_opening;       /* … with a byline or dateline */
    double across;              /* a column off its place, where places are known */
    double head_apart;          /* a headline far below a column, text right on with a headline */
    double uneven;              /* a row more or less than the last step */
    double row_less;            /* a row without a piece */
    double crossed;             /* threads that change sides */
    double folio;               /* a folio line in a column */
    double same_line;           /* two parts of one line of the page */
    double out_of_block;        /* a line that leaves its block */
    double after_first;         /* going on from a first line; a first line after a full end */
    double short_open;          /* a line that ends short in mid-sentence */
    double short_colon;         /* … in a colon */
    double first_inside;        /* a first line's width in mid-sentence */
    double held;                /* gain: a closing mark goes on with an open sentence */
    double opening_inside;      /* byline, dateline or closing mark where none can stand */
    double blank_inside;        /* a blank line in mid-sentence; a full line after a full end */
    double quote;               /* gain: a quotation closes that was open */
    double unopened;            /* … that was not */
    double first_line;          /* gain: a first line after a short end */
    double no_first_line;       /* a full line after a short end */
    double display_inside;      /* a display line in a column */
    double single;              /* a short line after a finished paragraph */
    double after_byline;        /* gain: a first line after a byline */
    double head_goes_on;        /* display line after display line */
    double text_under_head;     /* a first line right under a display line */
    double middle_under_head;   /* … another line of text */
    double no_head;             /* what seemed a display line is text */
    double over_measure;        /* wider than the column */
    double never;               /* what no page has */
    double linked;              /* cost below which an open end is joined */
    double apart;               /* each thread between */
} BmWeaveParams;

extern const BmWeaveParams bm_weave_params;

#endif
