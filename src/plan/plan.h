/* plan.h — the finished page: placed lines, pictures, rules, boxes; its JSON form; its quality figures.
 *
 * Units: points, origin at the trim's top left, y down. `block` is in columns and rows of the grid.
 * Ownership: a plan owns its arena. Glyph runs point at faces of the BmType, which must outlive drawing.
 * Errors: reading JSON back: NULL after a BM_ERROR with line and column.
 * Determinism: keys sorted, numbers rounded to 0.01, one element a line, never the locale's comma.
 * Source: interfaces.md §2; quality: page-makeup.md §10.
 */
#ifndef BM_PLAN_H
#define BM_PLAN_H

#include "type/type.h"

typedef enum {
    BM_ELEM_KICKER,
    BM_ELEM_HEADLINE,
    BM_ELEM_SUBHEAD,
    BM_ELEM_SUMMARY,
    BM_ELEM_BYLINE,
    BM_ELEM_TEXT,
    BM_ELEM_CROSSHEAD,
    BM_ELEM_PHOTO,
    BM_ELEM_CAPTION,
    BM_ELEM_CREDIT,
    BM_ELEM_AD,
    BM_ELEM_RULE,
    BM_ELEM_FRAME,
    BM_ELEM_TINT,
    BM_ELEM_LABEL,
    BM_ELEM_FIGURES,
    BM_ELEM_PULLQUOTE,
    BM_ELEM_FOLIO,
    BM_ELEM_JUMP,
    BM_ELEM_NOTE,
    BM_ELEM_TABLE,
    BM_N_ELEMS
} BmElementRole;

const char *bm_element_role_name (BmElementRole role);

/* One line of text. */
typedef struct {
    double x, baseline; /* of vertical text: the column's centre line and its top */
    double width;       /* of vertical text: its length */
    double gap;         /* em: stretch of one joint */
    const char *text;
    bool paragraph_end; /* extraction and tagging: a paragraph ends here */
    double size;        /* points */
    int n_runs;         /* 0 in a plan read back from JSON */
    BmRun *runs;
} BmPlacedLine;

typedef struct {
    const char *item; /* id; NULL: the page's furniture */
    BmElementRole role;
    int index;        /* text: which column of its story */
    double x, y, width, height;
    double size;      /* type size, points; 0: no type */
    const char *face; /* full name of the first face */
    const char *ink;  /* of type, rule, frame or tint */
    bool vertical;    /* direction "ttb" */
    bool device;      /* words that its story has in its text, too: 提要, 引语, 数字 */
    double measure;   /* text: cells */
    int n_lines;
    BmPlacedLine *lines;
    const char *file; /* photo, ad artwork; NULL: not delivered, a placeholder is drawn */
    double crop[4];   /* photo: left, top, right, bottom as shares of the file's picture cut away */
    double stroke;    /* rule, frame */
    const char *alt;  /* photo: the caption's words */
} BmElement;

/* The other end of a story on two pages. */
typedef struct {
    const char *item; /* its id there; NULL: the story is whole */
    const char *page; /* the page's number */
    int sheet;        /* which plan of the document, from 0 */
} BmPlanEnd;

typedef struct {
    const char *id;
    const char *kind; /* story photo brief ad container */
    int importance;
    bool boxed, pinned;
    int column, row, columns, rows; /* block; of an L the rectangle round it */
    bool notched;
    bool notch_top, notch_left;
    int notch_columns, notch_rows;
    int lines_composed, lines_placed, lines_over, slack_lines;
    int characters;
    const char *container; /* id of its container; NULL: none */
    int n_members;
    const char **members; /* of a container */
    const char *title;    /* the headline in one line, for bookmarks */
    BmPlanEnd continued;  /* 下转: where the rest is */
    BmPlanEnd continues;  /* 上接: where it began */
} BmPlanItem;

typedef struct {
    const char *item;
    int lines, characters;
    const char *text;
    const char *policy; /* jump hold error */
    int block;          /* jump: of the item, that goes but for … */
    size_t stay;        /* … so many bytes; not written in the plan's JSON */
} BmOverset;

/* Every row of page-makeup.md §10; measured values, rows without a weight carry their penalty. */
typedef struct {
    double q;
    double fill, overlap, overset, slack, jump, filler, collide, hcut, vcut, hier, lead, steps, order, photo,
        text, balance, legs, variety, nearmiss, photoadj, crop, aspect, hfill, sense;
    /* No rows of the score, yet what an editor sees: */
    double photo_depth;    /* how far down the page the largest picture begins, 0 … 1 */
    double lead_depth;     /* … and the lead's head, … */
    double lead_lines;     /* … of so many lines */
    double vertical_heads; /* how many */
    double near_sizes;     /* pairs of sizes of news heads, one hardly larger than the other */
    double many_sizes;     /* sizes of heads beyond five, those of pictures and containers counted */
    double near_heads;     /* heads a few rows above or below another's at the other side of a gutter: as collide counts */
    double grey_rows;      /* rows of text beyond thirty that nothing breaks, of all columns */
    double level_heads;    /* pairs, of a kicker and a head too, that read as one line over a gutter */
} BmQuality;

typedef struct {
    BmArena *arena;
    const char *paper, *date, *page, *section, *lang;
    double width, height, bleed;
    BmGrid grid;
    int cells;
    const char *status; /* OK OK_RELAXED … of page-makeup.md §11 */
    int n_items;
    BmPlanItem *items;
    int n_elements;
    BmElement *elements; /* in drawing order = reading order, item by item; furniture last */
    int n_overset;
    BmOverset *overset;
    int n_inks;
    BmInk *inks;
    int folio_rows, ad_rows; /* rows under the ad strip are not news rows */
    int sense;               /* headlines broken inside a word, counted by make-up */
    BmQuality quality;
} BmPlan;

/* One page object, or {"pages": […]} for several. g_free the result. */
char *bm_plans_to_json (const BmPlan *const *plans, int n_plans);

/* The first page of a plan file, or page `index`. Glyphs are not in the JSON: lines have no runs. */
BmPlan *bm_plan_from_json (const char *file, const char *text, size_t length, int index, BmDiags *diags);
void    bm_plan_free (BmPlan *plan);

const BmPlanItem *bm_plan_item (const BmPlan *plan, const char *id); /* NULL: no such item */

/* The item's rows in one of its columns, `last` the one under them: those of its notch left out. */
void bm_plan_item_rows (const BmPlanItem *item, int column, int *first, int *last);
bool bm_plan_items_overlap (const BmPlanItem *a, const BmPlanItem *b);

/* Compute the figures from items and elements alone, the same for any solver. */
BmQuality bm_plan_quality (const BmPlan *plan);

/* ---- pictures: opened once, safely, for make-up (size) and drawing (bytes) ---- */

typedef enum { BM_PICTURE_JPEG, BM_PICTURE_PNG, BM_PICTURE_PDF } BmPictureKind;

typedef struct {
    BmPictureKind kind;
    int width, height; /* pixels; points ×1 for PDF */
    int components;
    bool inverted; /* CMYK JPEG with Adobe's marker: 255 means no ink */
    char *bytes; /* the whole file */
    size_t length;
    bool borrowed; /* the bytes are another's */
    char *caption, *credit; /* IPTC 2:120, 2:110 or 2:80 of a JPEG; NULL: none */
} BmPictureFile;

/* Refuses what leaves `root`, is absolute, no regular file, over the limits (reliability.md §3), or does not
 * decode to its end: one BM_ERROR (BM0701 …) at `where`. Free with bm_picture_free. */
BmPictureFile *bm_picture_open (const char *root, const char *file, BmSpan where, BmDiags *diags);
void           bm_picture_free (BmPictureFile *picture);

/* The pixels for a screen, 0x00RRGGBB, row by row: a JPEG at 1/1, 1/2, 1/4 or 1/8 (`reduce`), a PNG as it is, what is
 * clear laid on white. NULL if it does not decode. g_free the result. */
uint32_t *bm_picture_pixels (const BmPictureFile *picture, int reduce, int *width, int *height);

/* The ICC profile inside the file; NULL: none, or a broken one. g_free the result. */
char *bm_picture_profile (const BmPictureFile *picture, size_t *length);

/* The inks of a JPEG of four components, four bytes a pixel, 255 = solid; `reduce` as above. NULL or g_free. */
uint8_t *bm_picture_inks (const BmPictureFile *picture, int reduce, int *width, int *height);

/* The same for the bytes of a JPEG that lies in another file: checked like any picture, NULL if it does not decode. They are
 * borrowed. */
BmPictureFile *bm_picture_of_jpeg (const char *bytes, size_t length);

/* An `inverted` JPEG again with its inks as PDF reads them (print-ready.md §2). NULL or g_free. */
char *bm_picture_straight_cmyk (const BmPictureFile *picture, size_t *length);

#endif
