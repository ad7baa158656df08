/* recover-private.h — what the steps of recovery hand to one another.
 *
 * The dump is read once into characters and lines; from then on nothing but index ranges moves. A character keeps
 * its offset in the raw text from first to last step, so that conservation is a proof: every character that is not
 * white space ends in exactly one unit, every unit in exactly one item, or in the folio.
 *
 *   raw text → characters, lines        decode.c normalise.c
 *   lines    → in reading order         unweave.c: rows.c blocks.c, pieces.c joins.c threads.c chains.c, seam.c words.c
 *   lines    → labels, measures         cues.c measure.c label.c
 *   labels   → units (paragraphs, …)    units.c
 *   units    → stories with headlines   lexicon.c heads.c stories.c
 *   stories  → items of the edition     roles.c names.c parts.c text.c build.c
 *   margins  → probabilities, report    report.c
 */
#ifndef BM_RECOVER_PRIVATE_H
#define BM_RECOVER_PRIVATE_H

#include "recover/params.h"
#include "recover/recover.h"

/* ---- characters ---- */

#define BM_GAP_MAX 63 /* wider gaps count as this */

typedef struct {
    guint32 code : 21;
    guint32 gap : 6;    /* blanks before it in its line */
    guint32 mended : 1; /* look-alike replaced, or a gap before it closed */
    guint32 extra : 1;  /* second half of a mark that became two: it shares its raw offset */
    guint32 placed : 1; /* it stands in the edition */
    guint32 raw;        /* byte offset in the decoded dump */
} BmRawChar;

bool bm_char_is_han (gunichar c);      /* ideographs, kana: what stands on the em grid and makes words */
bool bm_char_is_latin (gunichar c);    /* letters of alphabets */
bool bm_char_is_digit (gunichar c);    /* ASCII and full width */
bool bm_char_is_closing (gunichar c);  /* 避头: may not begin a line */
bool bm_char_is_opening (gunichar c);  /* 避尾: may not end a line */
bool bm_char_is_stop (gunichar c);     /* 。！？… */
bool bm_char_is_blank (gunichar c);    /* white space, controls, zero width */
bool bm_char_is_bullet (gunichar c);   /* □ ■ ◎ ● ◆ ▲ before a byline */
double bm_char_width (gunichar c);     /* em */

/* ---- lines ---- */

typedef enum {
    BM_CUE_CLOSED = 1 << 0,       /* ends a sentence: 。！？…… and closing marks after them */
    BM_CUE_HELD = 1 << 1,         /* begins with a closing mark: goes on from the line before */
    BM_CUE_STOP = 1 << 2,         /* holds a full stop inside */
    BM_CUE_COMMA = 1 << 3,        /* holds a comma */
    BM_CUE_HANGS = 1 << 4,        /* ends in ，、；or an opening mark: something must follow */
    BM_CUE_LABELLED = 1 << 5,     /* begins with 记者： or （一） or 一、 … */
    BM_CUE_BYLINE = 1 << 6,       /* a byline by itself */
    BM_CUE_BYLINE_MORE = 1 << 7,  /* a further line of a byline */
    BM_CUE_DATELINE = 1 << 8,     /* begins 本报…讯, 本报…电, 【署名】 */
    BM_CUE_FOLIO = 1 << 9,        /* date, 责任编辑, 第N版 */
    BM_CUE_JUMP_TO = 1 << 10,     /* （下转第3版） */
    BM_CUE_JUMP_FROM = 1 << 11,   /* （上接第1版） */
    BM_CUE_AD = 1 << 12,          /* the word 广告 alone */
    BM_CUE_CONTACT = 1 << 13,     /* 电话：, 地址：… of an ad */
    BM_CUE_CAPTION = 1 << 14,     /* 图为 … */
    BM_CUE_NOTE = 1 << 15,        /* 编者按 … */
    BM_CUE_VERTICAL = 1 << 16,    /* one character a line in the dump */
    BM_CUE_NUMBER = 1 << 17,      /* nothing but a number, or a number and a sign */
    BM_CUE_CELL = 1 << 18,        /* part of a run of short fields */
    BM_CUE_LEADS = 1 << 19,       /* ends in —— or ：: a kicker, or a speech */
    BM_CUE_DASHED = 1 << 20,      /* begins with ——: a subhead */
    BM_CUE_QUOTED = 1 << 21,      /* opens a quotation that it does not close */
    BM_CUE_UNQUOTED = 1 << 22,    /* closes a quotation that it did not open */
    BM_CUE_CREDIT_END = 1 << 23,  /* （本报记者 X） or X 摄 at the very end */
    BM_CUE_COLON = 1 << 24,       /* ends in ： */
    BM_CUE_MASTHEAD = 1 << 25,    /* the name of a newspaper, nothing else */
    BM_CUE_STRETCHED = 1 << 26,   /* justified with stretch: a full line, no paragraph's last */
} BmCue;

typedef enum {
    BM_LABEL_NONE,
    BM_LABEL_FIRST,   /* a paragraph's first line */
    BM_LABEL_MIDDLE,
    BM_LABEL_LAST,
    BM_LABEL_SINGLE,  /* a paragraph of one line */
    BM_LABEL_DISPLAY,
    BM_LABEL_BYLINE,
    BM_LABEL_FIXED,   /* folio, jump, ad, table: what the cue says */
} BmLabel;

/* What boxes tell of a line (geometry.h). */
typedef enum {
    BM_HINT_DISPLAY = 1 << 0, /* larger than the body */
    BM_HINT_MAIN = 1 << 1,    /* … and the largest of its block: the headline itself */
    BM_HINT_TEXT = 1 << 2,    /* of the body's size, in a column */
    BM_HINT_STORY = 1 << 3,   /* an item begins with it */
    BM_HINT_FOLIO = 1 << 4,   /* it stands in the page's own line */
    BM_HINT_CAPTION = 1 << 5, /* smaller than the body, beside a story */
} BmHint;

typedef struct {
    int start, end;    /* characters */
    int raw_line;      /* 1-based */
    int next;          /* the line that its unit goes on with; −1 */
    guint32 cues;
    float width;       /* em, blanks not counted */
    float measure;     /* em of the column it stands in; 0: none */
    guint16 indent;    /* blanks before its first character */
    guint8 blank_above;
    guint8 label;      /* BmLabel */
    bool glued;        /* one visual line with the line before */
    bool resumes;      /* first line of a piece that begins in mid-paragraph */
    bool breaks;       /* last line of a piece that ends in mid-paragraph */
    guint8 hint;       /* BmHint */
    guint8 doubt;      /* margin of the label, in tenths, 255: sure */
} BmRawLine;

/* What the page as a whole shows. */
typedef struct {
    bool indents;     /* first lines carry their indent as blanks */
    bool fragments;   /* lines are cut at squeezed punctuation (XeLaTeX, Typst) */
    bool woven;       /* columns side by side or interleaved */
    double measure;   /* em: the commonest full line */
    int columns;      /* columns seen side by side; 0: unknown */
} BmPageSigns;

typedef struct {
    const char *file;
    const char *text; /* the decoded dump */
    size_t length;
    GArray *chars; /* BmRawChar */
    GArray *lines; /* BmRawLine */
    const char *lang;
    bool hinted;       /* it came with boxes, in order */
    int columns_seen;  /* … which showed so many side by side; 0: unknown */
    BmPageSigns signs;
    int n_raw_lines, n_radicals, n_spread, n_decimals, n_controls;
} BmRaw;

#define bm_raw_char(raw, i) (&g_array_index ((raw)->chars, BmRawChar, (i)))
#define bm_raw_line(raw, i) (&g_array_index ((raw)->lines, BmRawLine, (i)))

/* The characters of a line, or of any range, for matching. */
typedef struct {
    const BmRawChar *chars;
    int n;
} BmRun;

BmRun bm_line_run (const BmRaw *raw, const BmRawLine *line);
/* Does `text` (UTF-8) stand at position i of the run? Its length in characters, or 0. */
int bm_run_at (BmRun run, int i, const char *text);
/* First position at or after i where it stands; −1. */
int bm_run_find (BmRun run, int i, const char *text);
/* The longest word of the NULL-ended list that stands at i; its length, or 0. */
int bm_run_any_at (BmRun run, int i, const char *const *words);
double bm_run_width (BmRun run);
void bm_run_append (GString *out, BmRun run); /* every character, no blanks */

/* ---- steps ---- */

/* decode.c: the dump as UTF-8 without BOM; NULL after an error. *owned: g_free it. */
const char *bm_decode (const char *file, const char *bytes, size_t length, const char *encoding, size_t *out_length,
                       char **owned, BmDiags *diags);

/* normalise.c: characters and lines, look-alikes replaced; spread lines and decimals closed. */
BmRaw *bm_raw_read (const char *file, const char *text, size_t length);
void   bm_raw_free (BmRaw *raw);
void   bm_raw_mend (BmRaw *raw);

/* words.c: pairs of ideographs common inside words. */
typedef struct BmWords BmWords;
BmWords *bm_words_new (void);
void     bm_words_free (BmWords *words);
bool     bm_words_has (const BmWords *words, gunichar a, gunichar b);
bool     bm_words_seldom_last (const BmWords *words, gunichar c);
bool     bm_words_seldom_first (const BmWords *words, gunichar c);
guint64  bm_pair_key (gunichar a, gunichar b);

/* seam.c: does text go on from character a to character b, over a break? In nats, 0: nothing says so. */
typedef struct BmSeams BmSeams;
BmSeams *bm_seams_new (const BmRaw *raw);
void     bm_seams_free (BmSeams *seams);
double   bm_seam_worth (const BmSeams *seams, gunichar a, gunichar b);

/* unweave.c: columns that the extractor interleaved, one after the other again. */
typedef struct {
    bool positions; /* blanks keep the places on the page */
    bool blocks;    /* no line holds two columns: blocks of lines alternate */
    bool set_off;   /* a blank stands between ideographs and digits … */
    bool spaced;    /* … and after marks */
    double measure; /* em: the commonest full piece */
} BmWeave;
void    bm_raw_unweave (BmRaw *raw);
/* rows.c: the lines cut into pieces where they hold several columns; NULL if they do not. */
GArray *bm_rows_cut (const BmRaw *raw, BmWeave *weave);
/* blocks.c: the lines as they are, where their blocks are out of order; NULL if they are in order. */
GArray *bm_blocks_broken (const BmRaw *raw, BmWeave *weave);
/* threads.c: which piece goes on with which; the order of the pieces, g_free it. */
int    *bm_threads_order (const BmRaw *raw, GArray *pieces, const BmWeave *weave);

/* cues.c: what each line says about itself. */
guint32 bm_run_marks (BmRun run); /* what its marks say … */
guint32 bm_run_words (BmRun run); /* … and its words */
void bm_raw_find_cues (BmRaw *raw);
/* patterns.c, folio.c, names.c: each gives the length in characters of what it finds at i, or 0. */
int  bm_run_dateline (BmRun run, int i);
int  bm_run_inline_byline (BmRun run, int i);
int  bm_run_role (BmRun run, int i); /* 本报见习记者 */
int  bm_run_label (BmRun run);       /* 记者： （一） ● … at the head of a paragraph */
int  bm_run_byline (BmRun run);      /* all of it is a byline by itself */
bool bm_run_begins_dateline (BmRun run);
bool bm_run_is_folio (BmRun run);
bool bm_run_is_masthead (BmRun run);
bool bm_run_date (BmRun run, int i, int date[3]);
int  bm_run_page_number (BmRun run, int *first, int *n);
void bm_read_folio (BmEdition *edition, BmPage *page, BmRun run);
bool bm_char_is_surname (gunichar c);
/* Marks where each name of the run begins; the worth of the best cut, below 0 if they are no names. */
double bm_split_names (BmRun run, bool *starts);

/* measure.c: page signs; candidate measures of a stretch of lines, in half em, 0-ended. */
void bm_raw_find_signs (BmRaw *raw);
int  bm_measure_candidates (const BmRaw *raw, int first, int n, int *halves, int max);

/* label.c */
void bm_raw_label (BmRaw *raw);

/* split.c: lines in which a headline and the text after it ran together. */
void bm_raw_split_lines (BmRaw *raw);

/* ---- units: what the lines make up ---- */

typedef enum {
    BM_UNIT_PARAGRAPH,
    BM_UNIT_DISPLAY,   /* one display line (or several of one vertical headline) */
    BM_UNIT_BYLINE,
    BM_UNIT_FOLIO,
    BM_UNIT_JUMP_TO,
    BM_UNIT_JUMP_FROM,
    BM_UNIT_AD,        /* the word 广告 */
    BM_UNIT_CONTACT,   /* telephone, address: words of an ad */
    BM_UNIT_TABLE,
} BmUnitKind;

typedef struct {
    BmUnitKind kind;
    int first, last;   /* lines, chained by `next` */
    int n_lines;
    guint8 hint;       /* of the first line */
    guint32 cues;      /* of the first line, and CAPTION, CLOSED, CREDIT_END from wherever they stand */
    float measure, width; /* width: all lines together */
    bool resumes, breaks; /* begins, ends in mid-paragraph */
    bool gone;         /* joined to another unit */
    int story;         /* −1: none */
    guint8 blank_above;
} BmUnit;

/* units.c; free with g_array_free */
GArray *bm_units_of (BmRaw *raw);
/* Copies of a unit's characters in reading order; blanks inside are gaps, line ends leave none but between words. */
GArray *bm_unit_chars (const BmRaw *raw, const BmUnit *unit);

/* ---- stories ---- */

typedef struct BmLexicon BmLexicon;

typedef struct {
    GArray *parts;     /* int: units in reading order: paragraphs, tables, crossheads, notes, jumps */
    GArray *head;      /* int: display units of the headline block */
    GArray *bylines;   /* int */
    BmItemKind kind;
    int order;         /* the first unit: items keep the order of the dump */
    double begin_margin, head_margin; /* how clearly it begins where it does, and bears this headline; costs of the alignment */
} BmStory;

/* stories.c: all units but the folio into stories; free with bm_stories_free. */
GPtrArray *bm_stories_of (BmRaw *raw, GArray *units);
void       bm_stories_free (GPtrArray *stories);

/* A stretch of the dump in which stories are sought together: a page, or the part of it between two certain
 * boundaries when the dump is longer. Paragraphs (and tables) and display units are numbered from 0. */
typedef struct {
    bool must;        /* a story begins here for certain: byline, dateline, jump line */
    bool signed_;     /* … with a byline or dateline */
    bool plain;       /* may stand without a byline: brief, caption, table */
    double split, keep; /* cost of beginning a story here, and of not doing so */
    double stray;     /* how well some headline, wherever it stands, suits the text from here on */
} BmBoundary;

typedef struct {
    int run;          /* display units with no text between them share it */
    int run_length;   /* how many there are */
    int prev, next;   /* paragraph that stands right before, right after its run; −1 */
    bool first, last; /* … of its run */
    bool signed_;     /* a byline stands right before the run: it belongs to what follows */
    bool inner;       /* may be a crosshead */
    bool after_ad;    /* stands in the run after the word 广告 */
    double stray;     /* how well it suits some text, wherever that stands */
} BmHeadSigns;

typedef struct {
    BmRaw *raw;
    GArray *units;
    int n_paras, n_heads;
    int *paras, *heads; /* unit indices */
    BmBoundary *bounds;
    BmHeadSigns *signs;
    BmLexicon *lexicon;
    guint8 *seen;       /* n_paras × pairs */
    double *weight;     /* of each pair */
    double signed_share; /* stories that bear a byline or dateline */
    double blank_share;  /* paragraphs with a blank line above */
} BmSheet;

BmSheet *bm_sheet_new (BmRaw *raw, GArray *units, int first, int end);
void     bm_sheet_free (BmSheet *sheet);

/* One story as the alignment found it: paragraphs [first, end), headline block [head, head + n_head), n_head 0: none. */
typedef struct {
    int first, end;
    int head, n_head;
    double margin;
} BmMatch;

/* align.c: the best monotone reading; BmMatch in order of paragraphs. */
GArray *bm_sheet_align (const BmSheet *sheet);
/* What headline block [head, head + n) gains with paragraphs [first, end) by shared words alone. */
double bm_sheet_likeness (const BmSheet *sheet, int head, int n, int first, int end);
/* exchange.c: headlines that the dump's order gave to one another's stories. */
void bm_sheet_exchange (const BmSheet *sheet, GArray *matches);
/* assign.c: headlines that stand far from their text. */
void bm_sheet_assign (const BmSheet *sheet, GArray *matches);

/* lexicon.c: which pairs of characters the texts share. */
/* The pairs of `n_heads` display units; texts are then scanned for them. */
BmLexicon *bm_lexicon_new (const BmRaw *raw, const GArray *units, const int *heads, int n_heads);
void       bm_lexicon_free (BmLexicon *lexicon);
int        bm_lexicon_size (const BmLexicon *lexicon);
/* The pairs of head h, each once: ids into an array of the lexicon's own. */
const int *bm_lexicon_head (const BmLexicon *lexicon, int h, int *n);
/* Set seen[id] for every pair that the unit holds. */
void       bm_lexicon_scan (const BmLexicon *lexicon, const BmRaw *raw, const BmUnit *unit, guint8 *seen);

/* roles.c: kicker, headline lines and subhead of a display block. */
typedef struct {
    int n_kicker, n_headline, n_subhead; /* lines from the top */
    double margin;
} BmRoles;
/* The best parse, and what it is worth in nats: does this look like one headline? */
double bm_head_worth (const BmRaw *raw, const GArray *units, const int *lines, int n, BmRoles *roles);

/* build.c: the edition. */
BmEdition *bm_build_edition (BmRaw *raw, GArray *units, GPtrArray *stories, const BmRecoverOptions *options);

/* original.c: what is known of the page's own grid, in the front matter. */
void bm_keep_original (const BmRaw *raw, const GArray *units, const GPtrArray *stories, BmEdition *edition);

/* conserve.c: does the page hold the dump's characters, all and no other? */
bool bm_is_conserved (const BmRaw *raw, const BmPage *page);

/* ---- decisions.c, report.c ---- */

typedef enum {
    BM_DECISION_START,   /* an item begins here */
    BM_DECISION_HEAD,    /* this headline stands over this text */
    BM_DECISION_ROLES,   /* kicker, headline, subhead */
    BM_DECISION_BYLINE,
    BM_DECISION_CAPTION, /* the item is a photo story */
    BM_DECISION_AD,
    BM_DECISION_JOIN,    /* a paragraph goes on elsewhere in the dump */
    BM_N_DECISIONS,
} BmDecisionKind;

typedef struct {
    BmDecisionKind kind;
    int item;             /* of the edition */
    int line, other_line; /* of the raw file; other_line 0: none */
    double margin, probability;
    char seam[64];        /* of a join: what stands before it | after it */
} BmDecision;

/* Of BmDecision; free with g_array_free. */
GArray     *bm_decisions_of (const BmRaw *raw, const GArray *units, const GPtrArray *stories);
const char *bm_decision_name (BmDecisionKind kind);
/* Doubts below 0.8 become remarks of their items. */
void        bm_keep_doubts (BmEdition *edition, const GArray *decisions);

char *bm_margins_of (const GArray *decisions); /* kind, item from 0, line, other line, margin, probability; tabs between */
char *bm_report_of (const BmRaw *raw, const BmEdition *edition, const GArray *decisions); /* g_free it */

#endif
