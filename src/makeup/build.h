/* build.h — a solution becomes a plan: elements by the item, then rules and furniture. */
#ifndef BM_BUILD_H
#define BM_BUILD_H

#include "makeup/makeup-private.h"

typedef struct {
    Maker *maker;
    BmPlan *plan;
    BmArena *arena;    /* the plan's */
    GArray *items;     /* BmPlanItem */
    GArray *elements;  /* BmElement */
    bool with_glyphs;  /* false: rectangles, counts, and the places of lines alone */
    bool with_lines;   /* false: not even those but of heads, for the score */
} Build;

/* ---- build.c ---- */
void bm_describe_page (Build *build);
/* The elements and items of one block. */
void bm_build_place (Build *build, const Leaf *leaf, const Placement *place, const Shape *shape);
void bm_note_notch (BmPlanItem *item, const Notch *notch);
double bm_row_y (const Build *build, int row);
double bm_row_baseline (const Build *build, int row);
/* The new element; good until the next is added. */
BmElement *bm_add_element (Build *build, const char *item, BmElementRole role, double x, double y, double width,
                           double height);
void bm_add_rule (Build *build, const char *item, double x, double y, double width, double height, double stroke,
                  const char *ink);
/* A line of a galley at its place, with glyphs if the plan has them. */
void bm_place_line (Build *build, BmPlacedLine *out, const BmGalley *galley, int line, double size, double x,
                    double baseline);
void bm_set_face (Build *build, BmElement *element, BmRoleId role, double size);
/* One line of furniture text: the element's next line. Returns its width in points. */
double bm_text_width (Build *build, const char *text, BmRoleId role, double size);
BmPlacedLine bm_furniture_line (Build *build, const char *text, BmRoleId role, double size, double x, double baseline);

/* ---- build-heads.c ---- */
/* The words of a head shaped before, in the faces of `role`. */
const BmShaped *bm_shape_in_role (Build *build, Story *story, const BmShaped *known, BmRoleId role, bool vertical);
void bm_build_head (Build *build, Story *story, const char *item, const Head *head, double x, double width, int row,
                    int rows);
void bm_build_vertical_head (Build *build, Story *story, const Shape *shape, double x, int row, int rows);

/* ---- build-text.c ---- */
typedef struct {
    int n_columns;
    double x[BM_MAX_COLUMNS];
    int row[BM_MAX_COLUMNS], room[BM_MAX_COLUMNS]; /* first row and rows of each column, or of its pieces over and under a device */
    double width;
    int measure;
} Columns;
/* The counts of the item are filled in. */
void bm_build_text (Build *build, Story *story, const Columns *columns, const Levers *levers, BmPlanItem *item);

/* ---- build-photo.c ---- */
void bm_build_photos (Build *build, Story *story, double x, double width, int row, int rows, int caption_rows);

/* ---- build-device.c: the shape's device, if it has one ---- */
void bm_build_device (Build *build, const Story *story, const Shape *shape, const char *item, double x, double width, int row);

/* ---- build-cluster.c ---- */
void bm_build_cluster (Build *build, const Leaf *leaf, const Placement *place);
/* Tint, rule, and the label in so many rows. */
void bm_build_ground (Build *build, const Placement *place, const char *id, const char *label, bool tinted, int label_rows);
/* `column` and `row` in the grid of the container's block: its own columns, the page's rows. */
BmPlanItem bm_member_item (Build *build, const Story *story, const char *container, const Placement *place, int column,
                           int columns, int row, int rows);

/* ---- build-roundup.c ---- */
void bm_build_round_up (Build *build, const Cluster *cluster, const Placement *place, const char *id);

/* ---- build-notch.c: rules round what stands in the notch of place `number`, if it has one ---- */
void bm_build_notch_rules (Build *build, const Leaf *leaves, const Solution *solution, int number);
/* The place, but for the columns of its notch. */
Placement bm_foot_of (const Solution *solution, int number);
/* Is this the gutter between a notch and the longer columns? It has its rule already. `column`: the one at its right. */
bool bm_beside_notch (const Solution *solution, int column, int row);

/* ---- rules.c, folio.c, ads.c ---- */
void bm_build_rules (Build *build, const Leaf *leaves, const Solution *solution);
void bm_build_folio (Build *build);
char *bm_date_text (const char *date, const char *lang); /* 2017年12月28日　星期四; g_free */

/* ---- nameplate.c ---- */
void bm_build_nameplate (Build *build);
/* 报眼: at the right of the nameplate, in points. */
void bm_ear_box (const Build *build, double *x, double *y, double *width, double *height);

/* ---- ads.c ---- */
void bm_build_ads (Build *build);
/* ad-words.c: the lines of an ad without artwork. */
bool bm_ad_has_words (const Maker *maker, const Ad *ad);
void bm_build_ad_words (Build *build, const Ad *ad, const BmElement *box, GArray *lines);

#endif
