/* layout.h — how pages look: paper, column grid, type roles, headline ladder, furniture, slots.
 *
 * Units: points (1/72 in) in every field, unless its comment says cells (characters of body), rows
 *   (baseline rows) or × (times another size). Sizes in files without a unit are 点 of 0.35 mm.
 * Ownership: a layout owns its arena; strings point there.
 * Errors: NULL after at least one BM_ERROR with file, line, column and hint; every number is range-checked.
 * Source of the values: design/visual/style.md §2, §3; newspaper-conventions.md §1, §8.
 */
#ifndef BM_LAYOUT_H
#define BM_LAYOUT_H

#include "base/base.h"

#define BM_MAX_COLUMNS 64
#define BM_MAX_FAMILIES 6
#define BM_MAX_LADDER 40
#define BM_MAX_AD_FORMATS 24
#define BM_MAX_INKS 16
#define BM_MAX_FILLERS 8

/* ---- type roles ---- */

typedef enum {
    BM_ROLE_HEAD_1, /* 主题 by importance: BM_ROLE_HEAD_1 + importance − 1 */
    BM_ROLE_HEAD_2,
    BM_ROLE_HEAD_3,
    BM_ROLE_HEAD_4,
    BM_ROLE_HEAD_5,
    BM_ROLE_HEAD_PHOTO,    /* head of a photo story or feature */
    BM_ROLE_HEAD_VERTICAL, /* 竖题 */
    BM_ROLE_HEAD_BRIEF,    /* of an item that runs on in a round-up */
    BM_ROLE_KICKER,        /* 引题 */
    BM_ROLE_SUBHEAD,       /* 副题 */
    BM_ROLE_SUMMARY,       /* 提要 */
    BM_ROLE_BYLINE,        /* 署名 */
    BM_ROLE_DATELINE,      /* 电头 */
    BM_ROLE_TEXT,          /* 正文 */
    BM_ROLE_TEXT_BOLD,     /* lead-ins and emphasis inside the text */
    BM_ROLE_CROSSHEAD,     /* 小标题, 插题 */
    BM_ROLE_CAPTION,       /* 图片说明 */
    BM_ROLE_CREDIT,        /* □ … 摄 */
    BM_ROLE_PULLQUOTE,
    BM_ROLE_FIGURE,        /* 数读: the figure */
    BM_ROLE_FIGURE_UNIT,
    BM_ROLE_FIGURE_LABEL,
    BM_ROLE_LABEL,         /* 栏名 of a container */
    BM_ROLE_JUMP,          /* （下转第八版） */
    BM_ROLE_NOTE,          /* 编者按 */
    BM_ROLE_TABLE,
    BM_ROLE_FOLIO_NUMBER,
    BM_ROLE_FOLIO_SECTION,
    BM_ROLE_FOLIO_PAPER,
    BM_ROLE_FOLIO,         /* date, weekday, editors */
    BM_ROLE_AD_MARK,       /* 广告 */
    BM_ROLE_AD_TEXT,       /* words of an ad without artwork */
    BM_ROLE_NAMEPLATE,     /* 报名 on the front page */
    BM_ROLE_NAMEPLATE_LINE, /* date, issue, publisher under it */
    BM_ROLE_INDEX,         /* 导读 in the ear */
    BM_N_ROLES
} BmRoleId;

typedef enum { BM_ALIGN_LEFT, BM_ALIGN_CENTRE, BM_ALIGN_RIGHT, BM_ALIGN_JUSTIFY } BmAlign;

/* How text of one role is set. `families` are tried in order, character by character. */
typedef struct {
    int n_families;
    const char *families[BM_MAX_FAMILIES]; /* "Noto Serif CJK SC" */
    int weight;     /* 100 … 900; real weights only */
    double size;    /* points; of kicker and subhead: the largest, see `scale` */
    double min_size;
    double scale;   /* × the main head's size, clamped to min_size … size; 0: fixed size */
    double leading; /* × size; 0: the baseline grid */
    double track;   /* em added between characters */
    double indent;  /* em of the first line */
    BmAlign align;
    const char *ink; /* a name of `inks` */
} BmRole;

/* ---- composition style (cjk-composition.md §2): a set of switches, four of them with names ---- */

typedef enum { BM_KINSOKU_NONE, BM_KINSOKU_BASIC, BM_KINSOKU_GB, BM_KINSOKU_STRICT, BM_KINSOKU_NEWS } BmKinsoku;
typedef enum { BM_FIT_FIRST, BM_FIT_TOTAL } BmFit;
typedef enum { BM_LINE_END_FULL, BM_LINE_END_EITHER, BM_LINE_END_HALF } BmLineEnd;

typedef struct {
    bool trim_adjacent;      /* §5.3 adjacent marks */
    bool trim_line_start;    /* opening mark at line start takes ½ em */
    bool trim_first_line;    /* the same after the first-line indent */
    BmLineEnd line_end;      /* closing or pause mark at line end */
    double space, space_min, space_max; /* em; Han–Western space */
    bool shrink;             /* lines may be shrunk to fit */
    BmFit fit;
    BmKinsoku kinsoku;
    bool half_digits;        /* ASCII digits half an em wide */
    bool hang;               /* a pause mark may hang outside the measure */
    bool hyphenate;
    double indent;           /* em; first line of a body paragraph; < 0: 2, or 1 under 10 em */
    double tighten;          /* em; headlines only, at most 0.03 */
    bool head_trim;          /* outer blanks of marks in heads cut (style.md §3) */
} BmStyle;

/* "full" "news" "css" "gb"; false if the name is none of these. */
bool bm_style_named (BmStyle *style, const char *name);

/* ---- inks ---- */

typedef struct {
    const char *name;
    bool spot;
    double c, m, y, k; /* 0 … 1 */
    double tint;
} BmInk;

/* ---- ads ---- */

typedef struct {
    const char *name;   /* 通栏 */
    double width;       /* share of the type area's width */
    double height;      /* points */
} BmAdFormat;

typedef enum { BM_OVERSET_JUMP, BM_OVERSET_HOLD, BM_OVERSET_ERROR } BmOversetPolicy;
typedef enum { BM_HEADS_LEFT, BM_HEADS_CENTRED } BmHeadAlign;

typedef struct {
    BmArena *arena;
    const char *name; /* "broadsheet" */
    const char *title; /* what it is, for `banmian layouts` */

    /* paper and grid */
    double paper_width, paper_height;
    double margin_left, margin_right, margin_top, margin_bottom;
    double area_x, area_y, area_width, area_height; /* 版心: whole cells and rows, centred between the margins */
    double body;        /* size of body text = one cell 字 */
    double leading;     /* × body */
    double pitch;       /* row to row: leading × body */
    int cells;          /* cells across the type area: 111 */
    int rows;           /* rows of the type area without the folio rows: 116 */
    int folio_rows;     /* 4 */
    int folio_white;    /* empty rows under the folio rule, part of `rows` */
    int columns;
    int gutter_cells;   /* the nominal gutter g of page-makeup.md §2 */

    /* front page: the nameplate stands in place of the folio */
    int front_rows;       /* of nameplate and ear, with the rule under them; 0: a front page has none */
    double front_ear;     /* share of the type area's width that the ear takes; 0: none */
    bool front;           /* this layout is a front page's (bm_layout_set_front) */

    /* type */
    BmRole roles[BM_N_ROLES];
    BmStyle style;          /* of body text */
    BmHeadAlign head_align;
    int n_ladder;
    double ladder[BM_MAX_LADDER]; /* head sizes, ascending */
    double vertical_min, vertical_max; /* sizes of vertical heads */
    double vertical_line_gap;     /* × size */
    double heavy_from;            /* from this size up heads take the heavy face (特粗宋) */

    /* white (style.md §3) */
    double head_top;        /* row edge to the first em box of a head block */
    double kicker_gap;      /* × main size: kicker to main head */
    double head_gap_rows;   /* rows at least from the last head line to the text */
    double head_gap_scale;  /* … or × size, whichever is larger */
    double head_gap_max_rows;
    int lead_byline_rows;   /* empty rows after the lead's byline */
    int separator_rows;     /* SEP between stacked stories: 2 */
    int ad_gap_rows;        /* white above the ad: 2 */
    double photo_inset;     /* photo edge inside its rows, top and bottom */
    double box_padding;     /* cells */
    double optical_edge;    /* ink of heads stands so far inside the edge */

    /* rules: widths in points, ink names */
    double hairline, frame_rule, label_rule, figure_rule, ad_frame, photo_frame;
    const char *hairline_ink, *frame_ink, *label_ink, *ad_frame_ink, *tint_ink;
    double folio_thick, folio_thin, folio_apart; /* 文武线; thin 0: single */
    double folio_baseline_gap;                   /* baseline of the folio above the rule */

    /* inks */
    int n_inks;
    BmInk inks[BM_MAX_INKS];

    /* ads and policies */
    const char *ad_word; /* 广告 */
    int n_ad_formats;
    BmAdFormat ad_formats[BM_MAX_AD_FORMATS];
    BmOversetPolicy overset;
    bool interlock;      /* 咬合: L joins allowed */
    bool container;      /* labelled container allowed */
    const char *container_label; /* NULL: the section's name + 速览 */
    int n_fillers;       /* 补白: pictures of the house, under the page's picture root */
    const char *fillers[BM_MAX_FILLERS];
    BmSpan fillers_where;
    bool round_up;               /* 集纳: short items may run on through the columns of one container */
    const char *round_up_label;  /* NULL: 简讯 */
    bool devices_summary, devices_pullquote, devices_figures, devices_crosshead;
} BmLayout;

/* `name` is a shipped layout's name, looked up in `dirs` (NULL-ended), or a file's path. */
BmLayout *bm_layout_load (const char *name, const char *const *dirs, BmDiags *diags);
BmLayout *bm_layout_read (const char *file, const char *text, size_t length, const char *const *dirs,
                          BmDiags *diags);
void bm_layout_free (BmLayout *layout);

/* Overrides of the command line, checked like the file's values; false after a BM_ERROR. */
bool bm_layout_set_columns (BmLayout *layout, int columns, BmDiags *diags);
bool bm_layout_set_paper (BmLayout *layout, double width, double height, BmDiags *diags);
bool bm_layout_set_body (BmLayout *layout, double size, BmDiags *diags);
bool bm_layout_set_style (BmLayout *layout, const char *name, BmDiags *diags);

/* The layout of a front page: the nameplate's rows in place of the folio's. */
bool bm_layout_set_front (BmLayout *layout, BmDiags *diags);

/* The column grid that follows (page-makeup.md §2). */
typedef struct {
    int columns;
    int cells_per_column;    /* c */
    double column_width;     /* points */
    double gutter;           /* points: nominal, widened by the cells left over */
    double x[BM_MAX_COLUMNS]; /* left edges from the trim's left */
    double top;              /* y of row 0: under the folio */
    int rows;                /* rows of the region for items, under the folio's white row */
    double pitch, body;
} BmGrid;

BmGrid bm_layout_grid (const BmLayout *layout);

/* The names of the shipped layouts found in `dirs`, sorted, NULL-ended; g_strfreev the result. */
char **bm_layout_names (const char *const *dirs);

const BmInk *bm_layout_ink (const BmLayout *layout, const char *name); /* NULL if there is none */

#endif
