/* banmian.h — the library's face: text of a newspaper page in, the page out.
 *
 * A session holds what many pages share (layout folders, fonts, the cache of shaped text) and the diagnostics of
 * its calls. Every call returns a status that is also the exit status of the `banmian` command. Nothing is
 * printed, no clock and no environment is read, no global state is kept; one session a thread.
 *
 * Units: lengths in requests are points (1/72 in); sizes of type too.
 * Ownership: strings returned are the caller's (bm_free) unless a comment says otherwise; requests are
 *   borrowed for the call.
 * Errors: the status, and the messages that bm_session_take_messages gives.
 */
#ifndef BANMIAN_H
#define BANMIAN_H

#include "banmian-export.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct BmSession BmSession;

typedef enum {
    BM_STATUS_OK = 0,        /* all outputs written, all text placed */
    BM_STATUS_INPUT = 1,     /* the input or the layout is wrong; nothing was written */
    BM_STATUS_USAGE = 2,     /* the request makes no sense */
    BM_STATUS_OVERSET = 3,   /* written, but copy is over (溢排), named in the messages */
    BM_STATUS_RESOURCE = 4,  /* file system or resource trouble, worth a retry */
    BM_STATUS_FAILURES = 5,  /* a batch is finished, some of its pages failed */
    BM_STATUS_INTERNAL = 70, /* a fault of ours */
} BmStatus;

BM_API const char *bm_version (void); /* "0.1.0"; static */
BM_API void        bm_free (void *memory);

/* ---- session ---- */

typedef struct {
    const char *const *layout_dirs; /* folders with layout files, first wins; NULL-ended */
    const char *fonts_conf;         /* absolute path of the private font configuration */
    const char *const *font_dirs;   /* fonts of the user's, before all others; NULL-ended, may be NULL */
    const char *const *word_files;  /* lexica for headlines, a word a line; NULL-ended, may be NULL */
    bool system_fonts;              /* use the machine's own font configuration */
    bool allow_font_fallback;
    bool own_process;               /* nothing else here uses fontconfig: Pango is kept from reading the machine's configuration */
    const char *press_profile;      /* the shipped profile of newsprint; NULL: --press needs `icc` */
} BmSessionOptions;

BM_API BmSession *bm_session_new (const BmSessionOptions *options);
BM_API void       bm_session_free (BmSession *session);

typedef enum { BM_MESSAGES_HUMAN, BM_MESSAGES_SHORT, BM_MESSAGES_JSON } BmMessageForm;

/* The messages since the last call, sorted by place; "" if there are none. */
BM_API char *bm_session_take_messages (BmSession *session, BmMessageForm form, bool colour);

/* ---- set ---- */

typedef struct {
    const char *const *pages;   /* files: .md .json editions, .txt raw dumps, "-" a raw dump on stdin; folders of them,
                                   or with an edition.yaml */
    int n_pages;
    const char *const *outputs; /* .pdf .png .svg .json (plan) .md (edition); "-" a PDF on stdout; a name with {page},
                                   {date}, {section}, {paper} or {n} is a file for each page */
    int n_outputs;              /* 0: nothing is written, the page is only made up */
    const char *layout;         /* name or file; NULL: broadsheet */
    int columns;                /* 0: the layout's */
    double paper_width, paper_height, body; /* 0: the layout's */
    const char *style;          /* full news css gb; NULL: the layout's */
    const char *overset;        /* jump hold error; NULL: the layout's */
    const char *keep;           /* a plan file; what it marks "pinned" stays */
    const char *root;           /* folder of the pictures; NULL: the page's own */
    const char *encoding;       /* of raw dumps; NULL: found out */
    const char *date;           /* ISO date of the documents; NULL: the edition's */
    double dpi;                 /* PNG; 0: 150 */
    bool gray;                  /* PNG */
    bool proof;                 /* PNG as the press would print it */
    const char *press;          /* none x4 x1a a2b a1b; NULL: none, a PDF for screens */
    double bleed;               /* of a press PDF, points */
    bool marks;
    const char *icc;            /* the press's profile; NULL: newsprint */
    const char *condition;      /* the registered name of its printing condition */
    bool trace;                 /* give `trace` below */
    bool original;              /* on the grid that the raw dump shows */
    const char *contact;        /* PNG: all pages small, side by side; NULL: none */
} BmSetRequest;

typedef struct {
    int pages, items;
    int characters_set, characters_over, lines_over;
    double quality; /* the worst page's */
    char *status;   /* of make-up: OK OK_RELAXED …; of the worst page */
    char *trace;    /* why each item has its place; NULL unless asked for */
    int jumps;      /* stories that go on on another page */
} BmSetReport;

BM_API BmStatus bm_set (BmSession *session, const BmSetRequest *request, BmSetReport *report);
BM_API void     bm_set_report_clear (BmSetReport *report);

/* The edition as it stands beside the same as the request wants it: `*changes` tells what moved and what changed its size,
 * `picture` (PNG, may be NULL) shows both. Writes the request's outputs as bm_set does. */
BM_API BmStatus bm_relay (BmSession *session, const BmSetRequest *request, const char *picture, BmSetReport *report, char **changes);

/* ---- batch: many pages, a process each ---- */

typedef struct {
    int total;                /* pages of this shard */
    int set, over;            /* written: whole; with copy over */
    int failed, skipped;      /* skipped: the report has them, and nothing they are made of has changed */
    int running;
    double seconds;           /* since the first page was begun */
    const char *failure;      /* of the page that has just failed: "id: class: message"; else NULL */
} BmBatchProgress;

typedef struct {
    const char *manifest;       /* a JSON object a line: page or pages, id, output or outputs, options; "-": stdin */
    const char *report;         /* a JSON object a page is appended; {shard} is filled in; NULL: none */
    const BmSetRequest *defaults; /* what a line leaves out; its pages and outputs do not count; NULL: bm_set's */
    const char *const *outputs; /* of lines that name none: {id}, {name}, {shard}, {hash} are filled in, then set's */
    int n_outputs;
    int jobs;                   /* processes at once, 1 … 256; 0: one */
    int shard, shards;          /* the shard-th of `shards`, from 1; 0, 0: all pages */
    bool resume;                /* what the report has is not set again; needs a report, alone on it */
    double max_seconds;         /* a page may take; 0: 30 */
    size_t max_bytes;           /* … of address space beyond what all share; 0: 1 GiB */
    int retries;                /* of pages that failed by trouble or a signal; < 0: none; 0: one */
    const char *crash_dir;      /* the texts of pages whose process was killed are copied there; NULL: nowhere */
    bool test_faults;           /* honour "_fault" in a line, for tests of this very part */
    volatile const int *stop;   /* a signal's number: SIGINT ends pages at once, others let them finish; NULL: none */
    void (*progress) (const BmBatchProgress *progress, void *data); /* after each page, and every half second; NULL: none */
    void *data;
} BmBatchRequest;

/* 0: all set; 3: all set, some with copy over; 5: some failed, see the report; 1, 2, 4: it could not begin, or the report
 * could not be written; 128 + n: stopped by signal n. One a process at a time; it forks, and waits for its own children only. */
BM_API int bm_batch (BmSession *session, const BmBatchRequest *request, BmBatchProgress *result);

/* ---- watch ---- */

typedef struct {
    BmStatus status;     /* of this setting; its messages are the session's, to be taken */
    BmSetReport set;
    double seconds;      /* it took */
    double since_change; /* from the first sign of a change until the outputs stood, settling (100 ms) counted */
} BmWatchReport;

typedef struct {
    const BmSetRequest *set; /* its pages cannot be "-" */
    bool (*after) (const BmWatchReport *report, void *data); /* each setting; false: watch no more */
    void *data;
} BmWatchRequest;

/* Set now, and again whenever a text, layout, picture, font or word file changes, until `after` says no. A setting that
 * fails leaves the outputs of the last good one. Starts threads (GIO's): not before bm_batch in one process. */
BM_API BmStatus bm_watch (BmSession *session, const BmWatchRequest *request);

/* ---- recover ---- */

typedef struct {
    const char *raw;         /* text, text with boxes (pdftotext -bbox-layout, ALTO, hOCR), a PDF; or "-" */
    int page;                /* of a PDF or a file with boxes; 0: it has one */
    const char *output;      /* .md or .json; NULL: the edition comes back as text */
    const char *report_file; /* where the review report goes; NULL: comes back as text */
    const char *encoding;
} BmRecoverRequest;

/* `*edition` (only without output) and `*report` may be NULL as arguments. */
BM_API BmStatus bm_recover_page (BmSession *session, const BmRecoverRequest *request, char **edition, char **report);

/* ---- galley ---- */

typedef struct {
    const char *text;        /* a paragraph a line, or one headline (its lines are wanted breaks); "-": stdin */
    const char *cases;       /* … or a file of cases (corpora/composition); text is ignored */
    const double *measures;  /* em; one a line of the paragraph, the last for all that follow */
    int n_measures;
    const char *mode;        /* "style=news;fit=total;kind=headline;…" as in a cases file; may be NULL */
    const char *const *words; /* never parted in headlines, beside the lexicon's; NULL-ended, may be NULL */
    bool unit_metrics;
    const char *layout;      /* its faces and, unless the mode names one, its style; NULL: broadsheet's faces, style news */
    const char *role;        /* text byline headline …; NULL: by kind */
    double size;             /* of the picture, points; 0: the role's */
    const char *output;      /* .pdf to look at; NULL: none */
} BmGalleyRequest;

BM_API BmStatus bm_galley (BmSession *session, const BmGalleyRequest *request, char **json);

/* ---- lists and checks ---- */

/* A line a layout: name, columns × characters, title. */
BM_API BmStatus bm_list_layouts (BmSession *session, char **text);

/* A line a role of the layout: face taken, file, version; as JSON if asked. Fails when a family is missing. */
BM_API BmStatus bm_list_fonts (BmSession *session, const char *layout, bool json, char **text);

/* Read a layout (.yaml), make up a page, or hold a PDF against the rules of print, and write nothing. `press` names
 * the standard of a PDF (x4 x1a a2b a1b); NULL: the one it claims. `bleed` in points, < 0: not asked. */
BM_API BmStatus bm_check (BmSession *session, const char *file, const char *layout, const char *press, double bleed);

/* Long help of a diagnostic code; static, NULL if there is no such code. */
BM_API const char *bm_explain (const char *code);

/* The nearest of `words` (NULL-ended) to a misspelt one, or NULL. */
BM_API const char *bm_suggest (const char *word, const char *const *words);

#ifdef __cplusplus
}
#endif

#endif
