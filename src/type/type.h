/* type.h — fonts, shaping, character classes, line breaking, justification, headline setting.
 *
 * Units: em of the text size in everything about a paragraph (measure, x, advance, gap); points only
 *   where a size is given.
 * Ownership: BmType (one a process) owns faces and the cache of shaped paragraphs; a BmShaped is borrowed
 *   until bm_type_trim; a galley lives in the arena given.
 * Errors: NULL after a BM_ERROR; a missing glyph or substituted face is recorded (bm_type_n_substitutions)
 *   and a diagnostic once a character and role. Text is never dropped.
 * Determinism: yes; breaking touches no font, no locale, no clock.
 * Cost: shaping 0.2 ms, breaking 0.1 ms a thousand characters.
 * Source of the rules: design/cjk-composition.md, after CLREQ, GB/T 15834-2011, UAX #14.
 */
#ifndef BM_TYPE_H
#define BM_TYPE_H

#include "layout/layout.h"

#include <hb.h>
#include <stdint.h>

typedef struct BmType BmType;
typedef struct BmFont BmFont; /* one face at no size; lives as long as its BmType */

typedef struct {
    const char *fonts_conf;             /* absolute path of the private fontconfig configuration */
    const char *const *font_dirs;       /* --fonts: before all others; NULL-ended, may be NULL */
    bool system_fonts;                  /* --system-fonts: give up the isolation */
    bool allow_fallback;                /* a family not of the role may stand in, with a warning */
    bool own_process;                   /* nothing else in this process uses fontconfig */
} BmTypeOptions;

BmType *bm_type_new (const BmTypeOptions *options, BmDiags *diags);
void    bm_type_free (BmType *type);

/* Each role's family is there: else one BM_ERROR a role with the Debian package that carries it. */
bool bm_type_check_layout (BmType *type, const BmLayout *layout, BmDiags *diags);

/* Words that no headline parts, besides the shipped lexicon's and those of BmText.words: every headline shaped
 * from now on keeps them whole; call before the first page. Copied. */
void bm_type_add_words (BmType *type, const char *const *words, int n_words);

/* A word list: UTF-8, a word of 2 to 16 characters a line; empty lines and those that begin with # are passed over, a
 * line that is no word is warned of (BM0509). The words in `arena`, NULL-ended; NULL after a BM_ERROR. */
const char **bm_words_read (BmArena *arena, const char *file, const char *text, size_t length, int *n_words,
                            BmDiags *diags);

/* The fonts there are, a line each, in order: names, versions, sizes. g_free it. */
char *bm_type_fingerprint (BmType *type);

/* Drop shaped paragraphs until the cache holds at most `bytes`; call between pages only. */
void bm_type_trim (BmType *type, size_t bytes);

/* Drop what was kept of the paragraphs to compose them at one measure after the other: a page is done. */
void bm_type_rest (BmType *type);

/* ---- faces, for drawing and reports ---- */

hb_face_t  *bm_font_face (const BmFont *font);        /* borrowed */
const char *bm_font_full_name (const BmFont *font);   /* "Noto Serif CJK SC Black" */
const char *bm_font_family (const BmFont *font);      /* "Noto Serif CJK SC" */
const char *bm_font_style (const BmFont *font);       /* "Black" */
int         bm_font_weight (const BmFont *font);      /* 100 … 900 */
const char *bm_font_file (const BmFont *font);
int         bm_font_index (const BmFont *font);       /* face in a collection */
const char *bm_font_version (const BmFont *font);     /* name id 5 */
bool        bm_font_is_gaiji (const BmFont *font);    /* made of the user's outlines: no viewer has it by its name */
/* The face a role takes first, NULL if its family is missing. */
const BmFont *bm_type_role_font (BmType *type, const BmRole *role, const char *lang);
double        bm_font_advance (const BmFont *font, uint32_t glyph); /* em, across */
/* Ink extent of a glyph in em: for optical edges. */
bool bm_font_glyph_ink (const BmFont *font, uint32_t glyph, double *left, double *top, double *right,
                        double *bottom);

/* For print a character without a glyph is an error (BM0504); else a warning, and a box is drawn. Call before shaping. */
void bm_type_set_print (BmType *type, bool print);

typedef struct {
    uint32_t character;
    const char *role;  /* family asked for */
    const char *used;  /* face used, NULL: none has it */
    const char *where; /* the words round it */
} BmSubstitution;
int bm_type_n_substitutions (const BmType *type);
const BmSubstitution *bm_type_substitution (const BmType *type, int index);

/* ---- languages ---- */

/* The tables a text is set by (cjk-composition.md §18): Simplified Chinese; marks centred, as in Taiwan and Hong Kong; Japanese. */
typedef enum { BM_LANGUAGE_HANS, BM_LANGUAGE_HANT, BM_LANGUAGE_JA } BmLanguage;

/* Of a BCP 47 tag: zh-Hant, zh-TW, zh-HK, zh-MO; ja; all others, and NULL, are Simplified Chinese. */
BmLanguage bm_language_of (const char *tag);

/* ---- shaping: once for each text, for every size and measure ---- */

typedef enum { BM_TEXT_BODY, BM_TEXT_HEADLINE, BM_TEXT_BYLINE, BM_TEXT_CAPTION } BmTextKind;

typedef struct {
    int start, length;  /* bytes */
    const BmRole *role; /* another face for these bytes: dateline, lead-in */
} BmTextSpan;

typedef struct {
    const char *utf8;
    int length; /* bytes; −1: to the NUL */
    BmTextKind kind;
    const BmRole *role; /* its families and weight; NULL only with unit metrics */
    int n_spans;
    const BmTextSpan *spans;
    const char *lang; /* zh-Hans, zh-Hant, ja; NULL: zh-Hans */
    bool vertical;
    int n_words;
    const char *const *words; /* headlines: words never parted (cjk-composition.md §11.2 a, b) */
    BmSpan where;             /* for diagnostics */
} BmText;

typedef struct BmShaped BmShaped;

/* The same text, role, language and switches give the same object from the cache. */
const BmShaped *bm_type_shape (BmType *type, const BmText *text, const BmStyle *style, BmDiags *diags);

/* With unit metrics (corpora/composition/README.md) and no fonts; `arena` owns the result. */
const BmShaped *bm_shape_unit (BmArena *arena, const BmText *text, const BmStyle *style);

/* The text as it was shaped: bytes of cells and lines count in it. Lives as long as `shaped`. */
const char *bm_shaped_text (const BmShaped *shaped);

/* ---- breaking ---- */

typedef enum { BM_ORIENT_UPRIGHT, BM_ORIENT_VERT, BM_ORIENT_ROTATED, BM_ORIENT_TCY } BmOrient;

/* A cell as laid out: a character, or a unit that is never broken nor stretched inside. */
typedef struct {
    int start, length; /* bytes of the text */
    double x;          /* start from the line's edge */
    double advance;    /* what it takes: trims and shrinking counted, blank after it not */
    double gap;        /* blank after it */
    BmOrient orient;
} BmCell;

typedef struct {
    int start, length;  /* bytes of the text, blanks at the break left out */
    double indent;      /* first-line indent counted in x */
    double width;       /* from the edge to the end of the last cell; a hanging mark not counted */
    double gap;         /* the stretch of one open joint */
    bool first, last;   /* of the paragraph */
    bool hyphen;        /* a hyphen is added */
    bool ends_colon;
    bool released;      /* a rule of §4.6 had to be given up */
    double fill;        /* width / measure */
    int first_cell, n_cells;
} BmLine;

typedef struct {
    const BmShaped *shaped;
    int n_lines;
    BmLine *lines;
    int n_cells;
    BmCell *cells;
    double cost; /* of §8.2 and §8.3 */
    double worst_gap;
} BmGalley;

/* The paragraph at a measure (one for each line, the last repeated, for text beside a picture), in the number
 * of lines that is best, or in `want_lines` if > 0 and that can be had (else NULL without a diagnostic).
 * `indent` in em of the first line; < 0: the style's. NULL if the measure is under 1 em. */
BmGalley *bm_compose (BmArena *arena, const BmShaped *shaped, const BmStyle *style, const double *measures,
                      int n_measures, double indent, int want_lines);

/* The number of lines that bm_compose would give, remembered for each (shaped, measure). */
int bm_count_lines (const BmShaped *shaped, const BmStyle *style, double measure, double indent);
/* The width of the last of them, em; remembered with it. */
double bm_last_width (const BmShaped *shaped, const BmStyle *style, double measure, double indent);

/* Which line counts can be had with no line looser than `worst_gap`, em, and what each costs (§8.5). Returns how many were
 * written. Where little looseness is wanted, no rule is given up either, and the search is much shorter. */
typedef struct {
    int n_lines;
    double cost, worst_gap;
} BmChoice;
int bm_line_menu (const BmShaped *shaped, const BmStyle *style, double measure, double indent, double worst_gap, BmChoice *out,
                  int capacity);

/* A setting that the menu has; NULL: it has none of so many lines. */
BmGalley *bm_compose_choice (BmArena *arena, const BmShaped *shaped, const BmStyle *style, double measure, double indent, int n_lines,
                             double worst_gap);

/* Natural width of a whole text on one line, in em. */
double bm_natural_width (const BmShaped *shaped, const BmStyle *style);

/* ---- headlines (§11) ---- */

/* Break a headline into `n_lines` lines by sense and balance; never inside a word. Hard breaks (\n) in the
 * text are kept first. NULL if it cannot be divided so. The widest line is max_width (em). */
typedef struct {
    int n_lines;
    BmGalley *galley;
    double max_width, min_width; /* em */
    double cost;                 /* §11.3, for comparing line counts */
    bool parts_a_unit;           /* a long unit had to be opened again */
} BmHeadline;
BmHeadline *bm_headline_break (BmArena *arena, const BmShaped *shaped, const BmStyle *style, int n_lines);

/* Spread one line to `width` em (撑满): NULL when a gap would exceed 1 em. */
BmGalley *bm_headline_fill (BmArena *arena, const BmShaped *shaped, const BmStyle *style, double width);

/* How often two ideographs stand side by side in a page's bodies; in `arena`. */
typedef struct BmPairs BmPairs;
BmPairs *bm_pairs_new (BmArena *arena, const char *const *texts, int n_texts);
int      bm_pairs_count (const BmPairs *pairs, gunichar first, gunichar second);

/* Words that a page's own text shows (§11.2 b; NULL: there is none) and the shipped lexicon's, for BmText.words.
 * NULL-ended; in `arena`. */
const char **bm_words_of (BmArena *arena, const char *headline, const BmPairs *pairs, int *n_words);

/* ---- glyphs of a finished line, for the plan ---- */

typedef struct {
    uint32_t glyph;
    double x, y; /* em from the line's origin (left end of the baseline; for vertical text: top, centre) */
    bool rotated; /* turned 90° clockwise about its origin */
    double scale_x; /* 1, the narrowing of side-by-side digits, or that of a byline's mark */
    double scale_y; /* 1, or that of a byline's mark */
    int start, length; /* bytes of BmRun.text it stands for; length 0: part of the glyph before */
} BmGlyph;

typedef struct {
    const BmFont *font;
    int n_glyphs;
    BmGlyph *glyphs;
    const char *text; /* exactly the characters of this run, in `arena` */
    bool spaced;      /* some gap exceeds 0.10 em: extraction needs ActualText (§15.3) */
    double end_x;     /* where the next run begins */
} BmRun;

/* The runs of one line, in reading order. Trims are in the positions. */
BmRun *bm_line_runs (BmArena *arena, const BmGalley *galley, int line, int *n_runs);

/* ---- galleys by mode and as JSON (interfaces.md §1 “galley”, corpora/composition/README.md) ---- */

/* How one text is to be set: the mode column of a cases file, the options of `banmian galley`. */
typedef struct {
    BmStyle style;
    BmTextKind kind;
    double indent; /* em; < 0: the style's */
    int n_lines;   /* 0: what is best */
    double fill;   /* em; a headline is spread to it (撑满); 0: not */
    bool vertical;
    int n_words;
    const char **words; /* of a headline, beside the lexicon's */
    const char *lang;
} BmMode;

/* `base` (NULL: news, body, the style's indent), changed by "style=full;fit=first;kind=headline;…", keys
 * style fit indent kinsoku hang hyphen kind nlines lex fill dir lang in any order. Returns NULL, or what is
 * wrong in words, in `arena`. */
const char *bm_mode_read (BmArena *arena, const char *text, const BmMode *base, BmMode *mode);

/* Shape and set a text; with unit metrics if `type` is NULL. NULL if it cannot be set so: *error (in `arena`)
 * says why. `measures` as in bm_compose; a headline takes the first. */
BmGalley *bm_mode_set (BmArena *arena, BmType *type, const BmRole *role, const char *text, const double *measures,
                       int n_measures, const BmMode *mode, const char **error, BmDiags *diags);

/* One JSON object, without a line end; "id" first unless NULL. g_free the result. */
char *bm_galley_to_json (const BmGalley *galley, const char *id, double measure);

/* Set every row of a cases file (columns id, kind, measure, mode, text; found by their names in the first row) and
 * append one JSON object a line, in the order of the rows; what cannot be set gives "error". Unit metrics, but
 * rows of kind `vertical` and `text` take Noto Serif CJK SC, unless `type` is NULL. False after a BM_ERROR. */
bool bm_galley_cases (const char *file, const char *text, size_t length, BmType *type, GString *out, BmDiags *diags);

#endif
