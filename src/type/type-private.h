/* type-private.h — what the files of type/ share: classes, cells, the shaped paragraph.
 *
 * A text becomes characters with classes (classes.c), characters become cells that are never broken inside
 * (cells.c), cells get their widths from glyphs or from unit metrics (shape.c) and their joints from the style
 * (joints.c). All that is done once; breaking (fit.c) and justification (justify.c) only add up numbers. */
#ifndef BM_TYPE_PRIVATE_H
#define BM_TYPE_PRIVATE_H

#include "type/type.h"

#include <pango/pango.h>

/* cjk-composition.md §3. */
typedef enum {
    BM_CLASS_OP,   /* opening mark */
    BM_CLASS_CL,   /* closing mark */
    BM_CLASS_CM,   /* pause mark */
    BM_CLASS_FS,   /* stop */
    BM_CLASS_EX,   /* ！ ？ */
    BM_CLASS_EXD,  /* ‼ and its kin, without glue */
    BM_CLASS_MID,  /* interpunct */
    BM_CLASS_DASH,
    BM_CLASS_ELL,
    BM_CLASS_CON,  /* connector */
    BM_CLASS_SL,   /* slash */
    BM_CLASS_NUM,
    BM_CLASS_POST, /* % ℃ */
    BM_CLASS_PRE,  /* ￥ */
    BM_CLASS_LAT,
    BM_CLASS_URL,
    BM_CLASS_SYM,
    BM_CLASS_MARK, /* □ ■ */
    BM_CLASS_SP,
    BM_CLASS_ISP,  /* U+3000 */
    BM_CLASS_NBSP,
    BM_CLASS_WJ,   /* U+2060, FEFF: no break */
    BM_CLASS_ZW,   /* U+200B: break */
    BM_CLASS_SHY,  /* U+00AD */
    BM_CLASS_HARD, /* line feed: a wanted break of a headline */
    BM_CLASS_HAN,
} BmClass;

/* Class of a character standing alone; quotation marks and ASCII marks need their neighbours (cells.c). */
BmClass bm_class_of (gunichar c);
bool    bm_is_kana_small (gunichar c);   /* small kana and ー: not at a line start (strict Japanese) */
bool    bm_is_iteration (gunichar c);    /* 々 〻 ー */
bool    bm_is_mark_class (BmClass class); /* OP CL CM FS EX */
bool    bm_is_western (BmClass class);   /* LAT NUM URL */

/* §4.6: the order in which rules are given up when a line is too wide without a break; 0: they hold. */
enum {
    BM_RELEASE_HYPHEN = 1,
    BM_RELEASE_URL,
    BM_RELEASE_LETTERS,
    BM_RELEASE_GROUPS,
    BM_RELEASE_DASH,
    BM_RELEASE_SIGNS,
    BM_RELEASE_MARKS,
    BM_RELEASE_ALL,
};

/* One character of the text. */
typedef struct {
    gunichar c;
    int start, length; /* bytes */
    BmClass class;
} BmChar;

/* A glyph as shaped, em. */
typedef struct {
    const BmFont *font;
    uint32_t glyph;
    float advance, x, y;
    int start, length; /* bytes of the text; length 0: more glyphs of the cluster before */
} BmShapedGlyph;

/* A unit that is never broken nor stretched inside, and the joint to the next one. */
typedef struct {
    int start, length;
    int first_glyph, n_glyphs;
    float width;        /* natural, glue counted */
    float left, right;  /* the glue in it: outside of opening and closing marks */
    float shift;        /* from the cell's start, untrimmed, to its first glyph's origin */
    float space;        /* SP: may shrink and stretch like Han–Western space (beside Han) or like a word space */
    uint8_t class;
    uint8_t orient;     /* BmOrient */
    uint8_t characters; /* that count for the last line (§8.3); 2 for a number or word */
    bool alone;         /* EX of one sign: may hang */
    /* joint to the next cell */
    float kern;         /* what the joint adds when both stand on one line: −½ trimmed, +¼ Han–Western, +½ or 1 of a byline */
    bool trims_right;   /* the −½ is this cell's right glue */
    bool trims_left;    /* … or the next one's left glue */
    bool is_space;      /* Han–Western space stands here */
    bool open;          /* open joint: may be stretched without limit (§7 t3) */
    bool may_break;
    uint8_t release;    /* emergency level from which a break is allowed (§4.6); 0: never */
    bool hyphen;        /* the break adds a hyphen */
    bool joined;        /* headline: inside a word */
    bool wanted;        /* headline: a wanted break */
    float opens_word;   /* headline: 0, or the frequency by which a long unit may be opened here */
    float penalty;      /* of breaking here (§8.3) */
} BmCellData;

/* Prefix sums over cells, so that a line costs O(1). Index i: over cells or joints before i. */
typedef struct {
    double width; /* cells and kerns */
    float bracket, comma, stop; /* glue that may shrink, by step s3 s4 s6 */
    float spaces;               /* Han–Western joints, SP beside Han */
    float words;                /* SP between Western words */
    float open;                 /* open joints */
} BmSums;

typedef struct {
    double measure, indent;
    int fit, n_lines;
    double last_width;
} BmCounted;

#define BM_N_COUNTED 24

struct BmShaped {
    BmArena *arena;
    char *text;
    int length;
    BmTextKind kind;
    bool vertical;
    bool unit;           /* unit metrics */
    BmStyle style;
    int n_chars;
    BmChar *chars;
    int n_glyphs;
    BmShapedGlyph *glyphs;
    int n_cells;
    BmCellData *cells;
    BmSums *sums;        /* n_cells + 1 */
    const BmFont *hyphen_font;
    uint32_t hyphen_glyph;
    float hyphen_width;
    /* What is computed when first asked for; the paragraph itself never changes. */
    BmShaped *split;     /* the same with words cut into letters, for emergencies */
    bool is_split;
    int n_counted, next_counted;
    BmCounted counted[BM_N_COUNTED];
    size_t bytes;
};

/* cells.c */
void bm_read_chars (BmShaped *shaped);
void bm_build_cells (BmShaped *shaped);
/* joints.c: kerns, open joints, breaks, penalties, then the sums. `words` as in BmText, `own` (NULL: none) the user's. */
void bm_build_joints (BmShaped *shaped, int n_words, const char *const *words, const GPtrArray *own);

gunichar bm_cell_first (const BmShaped *shaped, const BmCellData *cell);
gunichar bm_cell_last (const BmShaped *shaped, const BmCellData *cell);

/* shape.c */
void      bm_unit_widths (BmShaped *shaped);
BmShaped *bm_shaped_split (const BmShaped *shaped); /* borrowed from `shaped` */
BmShaped *bm_shaped_alloc (const BmText *text, const BmStyle *style);

/* vertical.c: other glyphs, widths and orientations. */
void bm_turn_vertical (BmType *type, const BmText *text, BmShaped *shaped);

/* json.c: the text as a JSON string; g_free the result. */
char *bm_json_quote (const char *text);

/* lexicon.c: the shipped words found in a headline, appended to `words` (char *). */
void bm_lexicon_words (BmArena *arena, GPtrArray *words, const char *headline);

/* ---- faces (font.c) ---- */

struct BmFont {
    PangoFont *pango;
    hb_face_t *face;
    hb_font_t *hb;       /* at 1 unit a font unit */
    unsigned upem;
    const char *family, *full_name, *file, *version;
    int index, weight;
    int has_vert;        /* −1: not asked yet */
    GHashTable *ink;     /* glyph → double[4] */
};

struct BmType {
    BmArena *arena;
    void *config;         /* FcConfig */
    PangoFontMap *map;
    PangoContext *context;
    GPtrArray *fonts;     /* BmFont * */
    GHashTable *shaped;   /* key → BmShaped * */
    size_t shaped_bytes;
    GArray *substitutions;
    GPtrArray *words;     /* the user's, char * in `arena`: no headline parts them */
    bool allow_fallback;
};

/* The families of a role for a language ("Noto Serif CJK SC" is TC in Traditional Chinese). */
PangoFontDescription *bm_role_description (const BmRole *role, const char *lang);
const BmFont *bm_font_of (BmType *type, PangoFont *font);
/* Does the family belong to the role (in this language)? */
bool bm_role_has_family (const BmRole *role, const char *lang, const char *family);
bool bm_font_has_vert (const BmFont *font);
/* A glyph missing or taken from another family: remembered, and a diagnostic once a character and role. */
void bm_note_substitution (BmType *type, const BmText *text, const BmRole *role, int offset, const char *used, BmDiags *diags);
/* How the fonts call a language tag of an edition: zh-Hans → zh-cn. */
const char *bm_font_language (const char *lang);

/* ---- one candidate line (justify.c) ---- */

#define BM_NO_JOINT_COST 1e6 /* nothing on the line can be stretched: it stays short */

typedef enum { BM_END_FULL, BM_END_HALF, BM_END_HANG } BmEnd;

typedef struct {
    double cost, gap; /* gap of one open joint, ≥ 0 */
    BmEnd mark_end;
    double width;
} BmLineCost;

/* The cheapest way to set cells first … end − 1 as a line; false if they do not fit the room, or
 * are blanks alone. */
bool bm_cost_line (const BmShaped *shaped, const BmStyle *style, int first, int end, bool opens, bool closes,
                   double room, BmLineCost *cost);
/* Least width of the cells: everything shrunk. */
double bm_least_width (const BmShaped *shaped, const BmStyle *style, int first, int end, bool opens);
/* Lay it out: append its cells; sets line->width, gap, cells. */
void bm_lay_line (const BmShaped *shaped, const BmStyle *style, int first, int end, double indent, double room,
                  BmEnd mark_end, bool closes, GArray *cells, BmLine *line);
/* Is the text ranged left and never stretched: bylines (§12), narrow captions (§8.6). */
bool bm_is_ragged (const BmShaped *shaped, double room);
bool bm_vanishes_at_edges (const BmCellData *cell); /* blanks do */
/* The cells that stand on the line when it runs from `first` to `end`: blanks at its edges vanish. */
void bm_trim_blanks (const BmShaped *shaped, int *first, int *end);

#endif
