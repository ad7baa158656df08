/* makeup-private.h — what the modules of make-up share.
 *
 * The way of a page: stories (text shaped, pictures sized) → shape tables (every rectangle a story can take, with
 * its cost) → search (joins of rectangles that fill the page) → build (a plan of one solution) → choice by the
 * page score. Lengths in grid units: columns and baseline rows; a block's height counts the white row or rows
 * under it (SEP), so that heights add up exactly (page-makeup.md §2).
 */
#ifndef BM_MAKEUP_PRIVATE_H
#define BM_MAKEUP_PRIVATE_H

#include "makeup/makeup.h"

#include <math.h>

#define BM_MAX_LEAVES 10          /* items of the dynamic programme; page-makeup.md §9 */
#define BM_MAX_HEAD_LINES 3
#define BM_MAX_MINOR_LINES 2      /* kicker, deck */
#define BM_MAX_HEADS 48           /* head settings kept for one width */
#define BM_MAX_LEVEL 5            /* members of a container that stand side by side, heads and feet level */
#define BM_MAX_MEMBERS 24         /* of one in which they stand in stacks, too */
#define BM_MAX_STORIES 63         /* that a casting can tell apart */
#define BM_NO_WAY (INT_MAX / 8)   /* the cost of what cannot be */

/* Costs are whole 64ths, so that no compiler or machine rounds them otherwise (page-makeup.md §7). */
#define BM_COST(x) ((int) lround ((x) * 64.0))

typedef struct Maker Maker;
typedef struct BuiltBlock BuiltBlock;
typedef struct Trials Trials;

/* ---- text of a story, in the order of reading ---- */

typedef enum {
    PART_BYLINE,     /* a line of it a part */
    PART_PARAGRAPH,
    PART_CROSSHEAD,  /* 小标题: two rows that stay together, and with the line after them */
    PART_NOTE,       /* 编者按 */
    PART_PULLQUOTE,
    PART_ROW,        /* of a table */
    PART_SIGNATURE,  /* byline at the end, ranged right */
    PART_JUMP,       /* （下转第3版） */
} PartKind;

typedef struct {
    PartKind kind;
    BmRoleId role;
    const BmShaped *shaped; /* NULL: a table's row */
    double indent;          /* em of its first line; < 0: the style's */
    double natural;         /* em: all of it on one line; 0: not measured yet */
    double own;             /* cells: the measure it was printed at, where its column has that much; 0: the column's */
    int n_cells;            /* of a table's row */
    const BmShaped **cells;
    int characters;
    bool device; /* a crosshead that make-up took from the text */
} Part;

/* A row, or rows that cannot be parted, of the galley. */
typedef struct {
    int part, line; /* line of the part that stands here; of a block its first */
    int rows;
    bool keep;      /* the next one must stand in the same column */
    bool stub;      /* the short last line of a paragraph: ugly at a column's head */
} Atom;

/* A story's text at one measure, as rows. */
typedef struct {
    int measure;    /* body cells */
    int n_atoms;
    Atom *atoms;
    int n_rows;     /* in all, bylines counted */
    int byline_atoms;
    bool has_blocks; /* some atom is more than a row: places matter */
    bool asked;          /* the following is known; until then there are none, at the least cost */
    int looser, tighter; /* part that can take a line more, or one less; −1: none */
    int loose_cost, tight_cost;
    int looser_atom, tighter_atom; /* its first */
    struct MemberFit *member_fits; /* cluster.c: by rows, at the tail allowed then; NULL until asked for */
    int member_tail;
} Flow;

#define BM_WORST_GAP 0.13 /* em between characters that a line set looser for a row may show: an eighth, style.md §8 */

/* How spare rows of a body are absorbed: the only white inside text. */
typedef struct {
    int8_t gap;    /* empty rows after the byline */
    int8_t loose;  /* lines more than the best setting takes: −1, 0, 1 */
    int8_t tail;   /* empty rows at the end of the last column */
    uint8_t opened; /* crossheads with a row more, a bit each */
    int cost;
    uint8_t stubs;  /* columns that begin with a word or two: a paragraph's last line */
    uint8_t uneven; /* rows after the byline that the layout does not ask for, or that are missing */
} Levers;

/* ---- headlines ---- */

typedef struct {
    double size;                     /* points of the main head; 0: no headline */
    double kicker, subhead;          /* points; 0: none */
    int n_lines, kicker_lines, subhead_lines;
    int rows;                        /* of the block from its top to the text */
    double fill;                     /* longest line / width */
    int cost;
} Head;

#define BM_DECK_DROP 0.15 /* × its size: what a deck keeps from its head beside the gap */

typedef struct {
    double width; /* points */
    int n;
    Head heads[BM_MAX_HEADS];
} HeadList;

/* ---- pictures ---- */

typedef struct {
    const BmPicture *picture;
    const char *file;       /* NULL: not delivered */
    double ratio;           /* width / height */
    const char *caption;    /* NULL: none */
    const BmShaped *shaped; /* the caption */
    bool artwork;
} Photo;

/* An ad at the foot: in a strip across the page, or in a corner as a leaf of the search. */
typedef struct {
    const BmItem *item;
    double share;      /* of the type area's width */
    int rows;          /* height on the grid; 0: a standard format is chosen */
    bool ear;          /* 报眼: beside the nameplate, outside the grid */
    bool corner;
    BmPlace side;      /* LEFT or RIGHT, of a corner */
    int strip;         /* rows of its slot */
    int in_strip;      /* which strip from the foot up */
    double x;          /* share of the width at its left */
    int row, column, columns; /* of a corner, when it is placed */
    Photo artwork;     /* file NULL: none */
} Ad;

/* ---- stories ---- */

/* What of a story is continued on another page. */
typedef struct {
    const BmItem *whole; /* the item uncut; NULL: nothing is */
    int block;           /* of it, that goes but for … */
    size_t stay;         /* … so many bytes */
    int lines;
    const char *text;
} Jump;

typedef struct {
    const BmItem *item;  /* a shortened copy when the story jumps */
    Jump jump;
    int index;        /* in the edition's order: breaks ties */
    int rank;         /* importance 1 … 5 */
    bool photo_story, boxed;
    bool caption_is_text; /* the words under its picture are its text */
    int n_parts;
    Part *parts;
    int characters;
    const BmShaped *main, *one_line, *kicker, *subhead; /* NULL: none */
    const BmShaped *credit;   /* □ … 摄 under the picture of a photo story; NULL: none */
    const BmShaped *vertical, *vertical_line; /* 竖题, in the writer's lines and in one */
    BmHeadline *breaks[BM_MAX_HEAD_LINES + 1], *vertical_breaks[3];
    BmHeadline *kicker_breaks[BM_MAX_MINOR_LINES + 1], *subhead_breaks[BM_MAX_MINOR_LINES + 1];
    double kicker_em, subhead_em;
    const char *title;
    int n_photos;
    Photo *photos;
    double ratio;     /* of all pictures side by side at one height */
    bool dominant;    /* its picture is the page's largest (style.md §1) */
    GPtrArray *flows;     /* Flow * by measure; NULL: not composed yet */
    struct RowBounds *row_bounds; /* flow.c: by measure; NULL until asked for */
    GPtrArray *head_lists;
    struct MemberHead *member_heads; /* cluster.c: by measure and size; NULL until asked for */
    const char *container; /* the one it is wished into; NULL: none */
    const char *group;
    int wished_columns; /* 二栏, 通栏, 180mm …; 0: any */
    struct Pin *pin;       /* where an earlier plan has it; NULL: it may go anywhere */
    bool may_carry;        /* a device; one of at most two stories of the page */
    int n_devices;
    struct Device *devices; /* device.h */
} Story;

/* 钉住: an item that stays where the plan of --keep has it. */
typedef struct Pin {
    const BmPlanItem *kept;
    Story *story;     /* NULL: a container */
    uint64_t members; /* of a container, a bit a story */
    int distance;     /* of its shape from the plan's: 0 the same, INT_MAX none */
    bool dropped;     /* it could not stay, which has been said */
} Pin;

/* ---- shapes ---- */

typedef enum {
    SHAPE_NONE,
    SHAPE_PLAIN,       /* head over columns */
    SHAPE_PHOTO_TOP,   /* picture across, then head, then text */
    SHAPE_PHOTO_MID,   /* head, picture across, text */
    SHAPE_PHOTO_RIGHT, /* picture over the right-hand columns */
    SHAPE_SIDE_HEAD,   /* photo story: head beside the text, under the picture */
    SHAPE_VERTICAL,    /* 竖题 at the left */
} ShapeKind;

/* 咬合: the corner at the foot of a block that is left to others. */
typedef struct {
    uint8_t columns; /* 0: there is none */
    bool left;
    int16_t rows;    /* of what stands in it, SEP counted */
} Notch;

typedef struct {
    uint8_t kind, columns, photo_columns, head_columns;
    uint8_t head;      /* number in the head list of its width */
    uint8_t extra;     /* white rows added under the head */
    uint8_t gap;       /* white rows under a picture and its caption */
    uint8_t device;    /* number among the story's devices, from 1; 0: none */
    uint8_t device_column; /* and, unless it is a summary, where: from so many rows down its text */
    int16_t device_at, device_rows, device_cost;
    int16_t head_rows, body_rows, photo_rows, caption_rows;
    double vertical_size;
    Levers levers;
    Notch notch;
} Shape;

/* What stands at a block's top edge, for colliding heads (碰题). */
typedef enum { TOP_QUIET, TOP_PHOTO, TOP_VERTICAL, TOP_BOXED, TOP_HEAD } TopKind;

/* 集纳: short items under one label on one tint, as level columns or as a stack; or, when they run on, as one text
 * through the columns (roundup.h). */
typedef struct {
    int n_members;
    Story *members[BM_MAX_STORIES]; /* over BM_MAX_MEMBERS only of those that run on */
    const char *label;
    int number;                     /* of the page's containers, from 1 */
    bool runs_on;
    struct RoundUp *round_up;       /* of those: its texts by measure; NULL until asked for */
} Cluster;

/* How a container of one size is built. */
typedef struct {
    bool rail;                     /* one stack instead of columns side by side */
    int n_stacks;                  /* several stacks side by side; 0: none */
    int stack[BM_MAX_MEMBERS];     /* in which of them each stands */
    int order[BM_MAX_MEMBERS];     /* the members, one stack after the other */
    int cells[BM_MAX_MEMBERS];     /* measure of each member */
    Head heads[BM_MAX_MEMBERS];
    int head_rows[BM_MAX_MEMBERS]; /* rows of the head's block, made level */
    int body_rows[BM_MAX_MEMBERS];
    int gap[BM_MAX_MEMBERS];       /* rail, stacks: rows of white under each */
    Levers levers[BM_MAX_MEMBERS];
    int spare[BM_MAX_MEMBERS];     /* columns: rows of white left at the foot */
    int cost;
} ClusterFit;

typedef enum { LEAF_STORY, LEAF_CLUSTER, LEAF_AD } LeafKind;

/* What the search places: it sees costs, ranks and anchors, nothing of type. */
typedef struct {
    LeafKind kind;
    Story *story;
    Cluster cluster;
    Ad *ad;
    int rank;
    bool lead;
    BmPlace anchor;   /* LEFT or RIGHT: the ad's corner at the foot */
    Pin *pin;         /* of a story, while it holds */
    bool placed;      /* it has its place, in … */
    int column, row, columns, rows; /* … this block, SEP counted */
    int *cost;        /* [w × (rows + 1) + h] */
    uint8_t *top;     /* TopKind of the same */
    Shape *shapes;    /* of a story */
    int least;        /* smallest cost */
    int dear;         /* of a story: a casting that costs as much is not composed at a measure of its own */
    BuiltBlock **built; /* of the same sizes, as far as they were tried (trial.h) */
    struct Notched *notched; /* NULL: it takes no notch */
    GArray *options;  /* ShapeOption of one size, while they are gathered; else NULL */
    int wanted;       /* that size, as it counts in `cost` */
} Leaf;

typedef struct {
    Shape shape;
    int cost;
} ShapeOption;

/* A story as an L: the rectangle round it, its notch counted. */
typedef struct {
    Shape shape;
    int columns, rows, cost;
    uint8_t top; /* TopKind */
} NotchedShape;

/* Of a story, shared by the copies of its leaf: found only when a page of rectangles is. */
typedef struct Notched {
    GArray *shapes; /* NotchedShape; NULL until asked for */
} Notched;

typedef struct {
    int leaf;
    int column, row, columns, rows; /* rows count SEP */
} Placement;

typedef struct {
    int cost, join;
    int n;
    Placement places[BM_MAX_LEAVES];
    Shape shapes[BM_MAX_LEAVES]; /* of the places, notched or of another kind than the cheapest: SHAPE_NONE says the leaf's own */
} Solution;

/* ---- the job ---- */

typedef struct {
    int head_white;   /* rows that may be added under a head */
    double crop;      /* share of a picture's height that may be cut or is missing */
    int tail;         /* empty rows at a story's end */
} Slack;

struct Maker {
    const BmEdition *edition;
    const BmPage *page;
    const BmLayout *layout;
    BmType *type;
    const BmMakeupOptions *options;
    BmDiags *diags;
    BmArena *arena;       /* lives as long as the job */
    BmGrid grid;
    int separator;        /* SEP */
    BmStyle head_style;
    const BmPairs *pairs; /* of the page's bodies: its own words */
    int n_stories;
    Story *stories;
    bool *held;           /* stories held over */
    int n_ads;
    Ad *ads;
    int region;           /* rows of the grid that stories may take */
    Slack slack;
    double lead_size;     /* points: the lead's head is this large at least, all others smaller; 0: as they come */
    int n_pins;
    Pin *pins;
    GPtrArray *known_clusters; /* cluster.c: what containers cost by size; NULL: none is known */
    GPtrArray *known_shapes;   /* leaves.c: those of stories; NULL: they are not kept */
    bool crowded;         /* the copy needs the whole page: no word is shown twice */
    int n_spare, n_house; /* 补白 on the page; ways to set a picture of the house that were tried */
    bool house;           /* the last ad is one */
    long nodes, max_nodes;
    const char *status;
};

/* ---- story.c ---- */
bool bm_stories_prepare (Maker *maker);
void bm_story_parts (Maker *maker, Story *story); /* anew, after its item changed */
int  bm_part_lines (const Maker *maker, const Part *part, double measure);
double bm_role_em (const Maker *maker, const Part *part, double cells); /* a measure of body cells in the part's em */

/* ---- photos.c ---- */
bool bm_photos_prepare (Maker *maker, Story *story);
bool bm_photo_read (Maker *maker, const BmPicture *picture, Photo *photo);
int  bm_caption_rows (const Maker *maker, const Photo *photo, double width);
/* A row for the photographer's line of a photo story, where the caption leaves no room for it. */
int  bm_credit_rows (const Maker *maker, const Story *story, double width);

/* ---- flow.c ---- */
Flow *bm_flow_of (Maker *maker, Story *story, int measure);
/* Pour into columns of `room` rows; false if spare or lacking rows cannot be absorbed. */
bool  bm_flow_fit (const Maker *maker, const Story *story, Flow *flow, const int *room, int n_columns,
                   Levers *levers);
/* May some paragraph set a line shorter? */
bool  bm_flow_tightens (Maker *maker, Story *story, int measure);
/* Fewer rows than that, and more, it never takes: known without composing it. */
int    bm_rows_at_least (const Maker *maker, Story *story, int measure);
int    bm_rows_at_most (const Maker *maker, Story *story, int measure);
/* And the rows of a body in k columns that its levers could fill: first > last: none. */
void  bm_body_heights (const Maker *maker, Story *story, int k, int measure, int *first, int *last);
int   bm_flow_part_lines (const Maker *maker, const Flow *flow, const Story *story, const Levers *levers, int part);

/* ---- heads.c ---- */
const HeadList *bm_heads_of (Maker *maker, Story *story, double width);
/* At one size, each number of lines that fits: into `heads`, with room for BM_MAX_HEAD_LINES. Returns how many. */
int   bm_heads_at (Maker *maker, Story *story, double width, double size, Head *heads);
BmRoleId bm_head_role (const Maker *maker, const Story *story, double size);
double bm_head_leading (const Maker *maker, const Story *story, double size);
double bm_preferred_size (const Maker *maker, const Story *story);
bool bm_head_size_suits (const Maker *maker, const Story *story, double size); /* maker->lead_size */
/* The headline's shaped text for so many lines: one that is to run over a break of its writer has a blank there. */
const BmShaped *bm_head_text (const Story *story, int n_lines, bool vertical);
BmHeadline *bm_head_break (Maker *maker, Story *story, int n_lines);

/* ---- shapes.c, shapes-photo.c ---- */
double bm_span_width (const Maker *maker, int columns); /* points of columns side by side */
int    bm_span_measure (const Maker *maker, double width, int n_columns); /* body cells; 0: under 8 */
/* May columns have this measure? Those that are not the page's: 破栏 in its limits; of a story that is set as it was
 * printed: its own measure, with a few cells of white. */
bool   bm_measure_suits (const Story *story, int measure, bool of_grid);
void   bm_story_shapes (Maker *maker, Leaf *leaf);
/* Every way to build the leaf at one size, cheapest first, alike ones left out; the caller frees. */
GArray *bm_shape_options (Maker *maker, const Leaf *leaf, int w, int h);
/* Is there no use in a shape of this size that costs so much and more? The table has a cheaper one, or it is not what is asked for. */
bool    bm_shape_hopeless (const Maker *maker, const Leaf *leaf, int w, int h, int cost);
/* All heads of a width, with all the white they may have, over what stands under them. */
void   bm_shapes_with_heads (Maker *maker, Leaf *leaf, int w, Shape shape, int base_cost);
void   bm_options_drop_alike (GArray *options); /* sorted by cost, of those that look alike the cheapest kept */
bool   bm_shape_better (Maker *maker, Leaf *leaf, int w, int h, const Shape *shape, int cost, TopKind top);
int    bm_size_cost (const Maker *maker, const Story *story, int w, int h);
void   bm_photo_shapes (Maker *maker, Leaf *leaf, int w);
void   bm_vertical_shapes (Maker *maker, Leaf *leaf, int w);
int    bm_body_rows_around (const Maker *maker, const Story *story, const Flow *flow, int cut, int columns);

/* A picture's rows at one width. */
typedef struct {
    int columns;
    double width, natural; /* points; height uncropped */
    int first, last;       /* rows it may take */
    int caption_rows;
    double size_cost;
} Frame;

bool   bm_frame_of (const Maker *maker, const Story *story, double width, int columns, Frame *frame);
int    bm_frame_cost (const Maker *maker, const Frame *frame, int rows);

/* ---- shapes-notch.c ---- */
bool    bm_may_have_notch (Maker *maker, const Leaf *leaf);
/* The cheapest way to build the story round each notch that it can have, in the order of width, side, width and rows of the notch.
 * The caller frees. */
GArray *bm_notched_shapes (Maker *maker, const Leaf *leaf);
/* Every way round one notch, of ShapeOption; the caller frees. `options`: as bm_shape_options, cheapest first, alike ones left out. */
GArray *bm_notched_ways_of (Maker *maker, const Leaf *leaf, int w, int h, Notch notch);
GArray *bm_notched_options (Maker *maker, const Leaf *leaf, int w, int h, Notch notch);
/* Of the columns of a block so wide: does this one stand over the notch? */
bool    bm_over_notch (const Notch *notch, int column, int columns);

/* ---- leaves.c ---- */
/* From now on the shapes of stories are kept: the page is tried again with most of them as they are. */
void bm_shapes_keep (Maker *maker);

/* ---- cluster.c ---- */
#define BM_LABEL_ROWS 3 /* of a container's label with its white; style.md §2 */
#define BM_FOOT_ROWS 1  /* tint under its last line */
void bm_cluster_shapes (Maker *maker, Leaf *leaf);
void bm_clusters_forget (Maker *maker); /* after heads changed */
void bm_clusters_forget_story (Maker *maker, const Story *story); /* after its text did */
/* Short, without picture, frame, kicker or wish: may it stand in a container? */
bool bm_may_be_member (Maker *maker, Story *story);
bool bm_cluster_fit (Maker *maker, const Cluster *cluster, int w, int h, ClusterFit *fit);
int  bm_container_cost (const Maker *maker, int w, int h); /* of the block, whatever its members */

/* ---- roundup.c ---- */
void bm_round_up_shapes (Maker *maker, Leaf *leaf);
/* A head and a text, nothing else: may it run on in a round-up? */
bool bm_may_run_on (const Story *story);

/* ---- search.c ---- */
/* What a page may cost: none is sought whose cheapest were dearer than `dearest`, and that of others is `likely` to be near. */
typedef struct {
    int dearest, likely; /* INT_MAX: nothing is known */
} Expected;

/* Of Solution, cheapest first; `notched`, if it is not NULL, receives those in which a story has a notch. */
GArray *bm_search (Maker *maker, Leaf *leaves, int n_leaves, int rows, Expected cost, GArray *notched);

/* ---- ads.c ---- */
bool bm_ads_prepare (Maker *maker);
/* Rows of the grid that are left to stories when ads without a size take `format` (−1: none does); −1: no room. */
int  bm_ads_arrange (Maker *maker, int format);
bool bm_ads_are_free (const Maker *maker); /* some ad has no size */
/* The same on a page without stories, where ads stand in strips alone, and those without a size take what is left. The
 * rows over them; less than 0: they are higher than the page. */
int  bm_ads_fill (Maker *maker);
int  bm_ads_in_corners (const Maker *maker); /* as they were arranged last: a leaf each */
void bm_ad_shapes (Maker *maker, Leaf *leaf, Ad *ad);

/* One more, after the page was prepared; false after a BM_ERROR. */
bool bm_ads_add (Maker *maker, const BmItem *item);

/* ---- filler.c ---- */
void bm_fillers_set_aside (Maker *maker);
bool bm_fillers_left (const Maker *maker);
/* The next thing that may close a page of which so many cells are empty; false: there is none that helps. */
bool bm_filler_add (Maker *maker, double empty);
void bm_filler_name_unused (Maker *maker, const Story *story);

/* ---- jump.c ---- */
/* The page that `try_page` makes when one long story is cut at a sentence's end, as little as helps; NULL if none does that is worth
 * more than `least_worth`, a page score. */
BmPlan *bm_jump_plan (Maker *maker, double need, double free_rows, double least_worth, BmPlan *(*try_page) (Maker *maker));

/* ---- choose.c ---- */
/* The best page at the slack that is set: NULL if there is none. */
BmPlan *bm_choose_plan (Maker *maker);
/* Has the lead the largest head? And a plan in which it has, for the slack that is set; NULL: none is found. */
bool    bm_lead_leads (const Maker *maker, const BmPlan *plan);
BmPlan *bm_choose_led_plan (Maker *maker);

/* ---- wishes.c ---- */
void bm_wishes_settle (Maker *maker); /* after the stories are prepared */
/* Headlines that no width and no size of the page holds: named, and false. */
bool bm_heads_fit (Maker *maker);
bool bm_wishes_drop_one (Maker *maker); /* give a width up, and say so; false: none is wished */

/* ---- group.c ---- */
int  bm_groups_parted (const Maker *maker, const BmPlan *plan);
void bm_groups_name_parted (Maker *maker, const BmPlan *plan);

/* ---- trace.c ---- */
void bm_trace_notched (const Maker *maker, const Leaf *leaf, const Placement *place, const Shape *shape, GString *out);
void bm_trace_page (const Maker *maker, const Leaf *leaves, const Solution *solution, const BmPlan *plan);

/* ---- pin.c ---- */
void bm_pins_prepare (Maker *maker);
bool bm_pins_allow_ads (const Maker *maker);
uint64_t bm_pinned_members (const Maker *maker); /* of the container that is pinned; 0: none is */
const Pin *bm_container_pin (const Maker *maker);
void bm_pin_shapes (Maker *maker, Leaf *leaf);   /* the one shape of a pinned story */
bool bm_pin_takes (Maker *maker, Leaf *leaf, int w, int h, const Shape *shape);
void bm_pin_place (const Maker *maker, Leaf *leaf, const Pin *pin);
bool bm_pins_drop_one (Maker *maker); /* give one up, and say so; false: there is none left */
void bm_pins_compare (Maker *maker, const BmPlan *plan);

/* ---- trial.c, refine.c ---- */
/* A page under trial. */
typedef struct {
    const BmPlan *plan; /* its items alone; NULL: it is not built */
    const BmQuality *quality;
    int cost, n;        /* of its shapes and joins; leaves */
    int head_white;     /* Σ of the squares of rows that heads have beyond what they want */
    int stubs;          /* columns that begin with a paragraph's short last line */
    int uneven;         /* rows too many or too few after bylines */
} TrialPage;

/* What it is worth, by that and what else `data` knows. */
typedef double (*WorthFunc) (const TrialPage *page, void *data);
/* The second pass (§8): other shapes in the same rectangles, taken where the page gains by them. Returns its worth. */
double bm_refine (Trials *trials, Leaf *leaves, int n_leaves, Solution *solution);

/* ---- build.c: a solution as a plan ---- */
/* How a block of a solution is built; NULL: it is no story. */
const Shape *bm_shape_at (const Maker *maker, const Leaf *leaf, const Solution *solution, int number);
BmPlan *bm_build_plan (Maker *maker, Leaf *leaves, int n_leaves, const Solution *solution, bool with_glyphs);

#endif
