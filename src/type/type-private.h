/* type-private.h — what the files of type/ share: classes, cells, the shaped paragraph.
 *
 * A text becomes characters with classes (classes.c), characters become cells that are never broken inside
 * (cells.c), cells get their widths from glyphs or from unit metrics (shape.c) and their joints from the style
 * (joints.c). All that is done once and kept small; choosing breaks (fit.c, compose.c) and justification (justify.c) only
 * add up numbers. */
#ifndef BM_TYPE_PRIVATE_H
#define BM_TYPE_PRIVATE_H

#include "type/type.h"

#include <pango/pango.h>
#include <stdint.h>

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

/* Blanks vanish where a line begins or ends (§4.2). */
static inline bool
bm_vanishes_at_edges (unsigned class)
{
    return (1u << class & (1u << BM_CLASS_SP | 1u << BM_CLASS_ISP | 1u << BM_CLASS_HARD | 1u << BM_CLASS_ZW)) != 0;
}

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

/* One character of the text, while its cells are gathered. */
typedef struct {
    gunichar c;
    int start, length; /* bytes */
    BmClass class;
} BmChar;

#define BM_NO_FONT UINT16_MAX

/* A glyph as shaped; in the order of the text. 12 bytes: a page's articles stay in the cache at ≤ 64 bytes a character
 * (cjk-composition.md §16). */
typedef struct {
    int start;      /* byte its cluster begins at; that of the glyph before: they are one cluster */
    uint16_t glyph; /* an sfnt numbers its glyphs in 16 bits */
    uint16_t font;  /* in BmShaped.fonts; BM_NO_FONT: nothing to draw */
    float advance;  /* em */
} BmShapedGlyph;

typedef struct {
    float x, y; /* em */
} BmOffset;

/* A unit that is never broken nor stretched inside, and the joint to the next one. Cells follow one another without a gap:
 * one begins where the one before ends, in bytes and in glyphs, and an empty cell behind the last ends it. 36 bytes. */
typedef struct {
    int start, first_glyph;
    float width;        /* natural, glue counted */
    float left, right;  /* the glue in it: outside of opening and closing marks */
    float kern;         /* what the joint adds when both stand on one line: −½ trimmed, +¼ Han–Western, +½ or 1 of a byline */
    uint8_t class;
    uint8_t orient;     /* BmOrient */
    uint8_t characters; /* that count for the last line (§8.3); 2 for a number or word */
    uint8_t release;    /* emergency level from which a break is allowed (§4.6); 0: never */
    uint16_t opens_word; /* headline: 0, or the frequency by which a long unit may be opened here */
    uint8_t penalty;    /* of breaking here (§8.3), in halves */
    bool alone : 1;     /* EX of one sign: may hang */
    bool beside_han : 1; /* SP: shrinks and stretches like Han–Western space; else like a word space */
    /* the joint to the next cell */
    bool trims_right : 1; /* the −½ is this cell's right glue */
    bool trims_left : 1;  /* … or the next one's left glue */
    bool is_space : 1;    /* Han–Western space stands here */
    bool is_pause : 1;    /* … or the em after a Japanese ！ or ？ */
    bool open : 1;        /* open joint: may be stretched without limit (§7 t3) */
    bool may_break : 1;
    bool hyphen : 1;      /* the break adds a hyphen */
    bool joined : 1;      /* headline: inside a word */
    bool wanted : 1;      /* headline: a wanted break */
} BmCellData;

static inline int
bm_cell_length (const BmCellData *cell)
{
    return cell[1].start - cell->start;
}

/* Is it a mark with blank on both sides? */
static inline bool
bm_is_centred (const BmCellData *cell)
{
    return cell->left > 0 && cell->right > 0;
}

static inline int
bm_cell_n_glyphs (const BmCellData *cell)
{
    return cell[1].first_glyph - cell->first_glyph;
}

typedef struct {
    double measure, last_width;
    float indent;
    unsigned total : 1, n_lines : 31;
} BmCounted;

#define BM_MAX_COUNTED 24

struct BmShaped {
    char *key;           /* what the cache knows it by; ends in the text */
    const char *text;
    int length;
    BmTextKind kind;
    BmLanguage language;
    bool vertical;
    bool unit;           /* unit metrics */
    bool is_split;       /* words cut into letters; text, glyphs and faces are those of the whole form */
    BmStyle style;
    int n_cells, n_glyphs, n_fonts;
    BmCellData *cells;   /* n_cells + 1 */
    BmShapedGlyph *glyphs;
    BmOffset *offsets;   /* one a glyph; NULL: all stand on their places */
    const BmFont **fonts;
    const BmFont *hyphen_font;
    uint32_t hyphen_glyph;
    float hyphen_width;
    /* What is computed when first asked for; the paragraph itself never changes. */
    BmShaped *split;     /* for emergencies */
    struct BmPlaces *places;
    int n_counted, next_counted;
    BmCounted *counted;
};

/* cells.c */
void bm_build_cells (BmShaped *shaped);
typedef struct BmBreaker BmBreaker;

/* Where a headline's words come from (§11.2). */
typedef struct {
    int n_words;
    const char *const *words; /* as in BmText */
    const GPtrArray *own;     /* the user's; NULL: none */
    BmBreaker *breaker;       /* NULL: none */
} BmWords;

/* joints.c: kerns, open joints, breaks, penalties. `words` NULL: of no headline. */
void bm_build_joints (BmShaped *shaped, const BmWords *words);

gunichar bm_cell_first (const BmShaped *shaped, const BmCellData *cell);
gunichar bm_cell_last (const BmShaped *shaped, const BmCellData *cell);

/* shaped.c */
void      bm_unit_widths (BmShaped *shaped);
void      bm_glyph_widths (BmShaped *shaped); /* its glyphs shared out to its cells, too */
BmShaped *bm_shaped_split (const BmShaped *shaped); /* borrowed from `shaped` */
int       bm_text_length (const BmText *text); /* bytes */
/* Takes the key, which ends in the text. */
BmShaped *bm_shaped_alloc (char *key, const BmText *text, const BmStyle *style);
void      bm_shaped_free (BmShaped *shaped);
size_t    bm_shaped_bytes (const BmShaped *shaped);
/* The face's place in BmShaped.fonts. */
uint16_t  bm_shaped_font_index (BmShaped *shaped, const BmFont *font);
/* NULL: nothing to draw. */
const BmFont *bm_glyph_font (const BmShaped *shaped, const BmShapedGlyph *glyph);
/* Bytes of the text that a glyph stands for; 0: more of the cluster before. */
int       bm_glyph_length (const BmShaped *shaped, int glyph);
/* From the start of a cell, untrimmed, to its first glyph's origin, em. */
double    bm_cell_shift (const BmShaped *shaped, const BmCellData *cell);

/* vertical.c: other glyphs, widths and orientations. */
void bm_turn_vertical (BmType *type, const BmText *text, BmShaped *shaped);

/* json.c: the text as a JSON string; g_free the result. */
char *bm_json_quote (const char *text);

/* breaker.c: ICU's dictionaries of Chinese and Japanese words, where they are built in; else there are none. */
BmBreaker  *bm_breaker_new (void); /* NULL: none */
void        bm_breaker_free (BmBreaker *breaker);
/* inside[i] is set where byte i of the text stands within a word of two characters and more. */
void        bm_breaker_words (BmBreaker *breaker, const char *text, int length, bool *inside);

/* lexicon.c: the shipped words found in a headline, appended to `words` (char *). */
void bm_lexicon_words (BmArena *arena, GPtrArray *words, const char *headline);

/* ---- faces (font.c) ---- */

typedef struct BmAlone BmAlone;

struct BmFont {
    PangoFont *pango;
    hb_face_t *face;
    hb_font_t *hb;       /* at 1 unit a font unit */
    unsigned upem;
    const char *family, *style, *full_name, *file, *version; /* the names in English */
    const char *const *families; /* in all languages; NULL-ended */
    int index, weight;
    int has_vert;        /* −1: not asked yet */
    GHashTable *ink;     /* glyph → double[4] */
    GPtrArray *alone;    /* BmAlone *, one a language */
};

struct BmType {
    BmArena *arena;
    void *config;         /* FcConfig */
    PangoFontMap *map;
    PangoContext *context;
    GPtrArray *fonts;     /* BmFont * */
    GHashTable *shaped;   /* key → BmShaped * */
    GHashTable *families; /* "weight family" → 1 + family_presence: what layouts have asked for before */
    GArray *role_fonts;   /* RoleFont: asked for before */
    size_t shaped_bytes;
    GArray *substitutions;
    GPtrArray *words;     /* the user's, char * in `arena`: no headline parts them */
    BmBreaker *breaker;   /* opened with the first headline */
    bool asked_for_breaker;
    bool allow_fallback;
    bool print;           /* a missing glyph is an error */
};

/* The families of a role for a language ("Noto Serif CJK SC" is TC in Traditional Chinese). */
PangoFontDescription *bm_role_description (const BmRole *role, const char *lang);
const BmFont *bm_font_of (BmType *type, PangoFont *font);
/* Is the face of one of the families of the role (in this language)? */
bool bm_role_has_font (const BmRole *role, const char *lang, const BmFont *font);
bool bm_font_has_vert (const BmFont *font);
/* A glyph missing or taken from another family: remembered, and a diagnostic once a character and role. */
void bm_note_substitution (BmType *type, const BmText *text, const BmRole *role, int offset, const char *used, BmDiags *diags);
/* How the fonts call a language tag of an edition: zh-Hans → zh-cn. */
const char *bm_font_language (const char *lang);

/* ---- one candidate line (justify.c) ---- */

#define BM_BYLINE_BLANK 0.5f /* em between the names of a byline (§12), at least */
#define BM_NO_JOINT_COST 1e6 /* nothing on the line can be stretched: it stays short */
#define BM_GAP_UNIT 0.06     /* em; a gap of this size costs 1 */
#define BM_GAP_LIMIT 0.25    /* above it the cost leaps */

/* §8.2: one open joint stretched by `gap`. */
static inline double
bm_gap_cost (double gap)
{
    double units = gap * (1 / BM_GAP_UNIT);

    return gap > BM_GAP_LIMIT ? units * units + 100 * gap / BM_GAP_LIMIT : units * units;
}

/* What a stretch of cells can give. */
typedef struct {
    float middle;               /* glue that may shrink: of interpuncts of an em, before all other marks, … */
    float bracket, comma, stop; /* … by step s3 s4 s6 */
    float spaces;               /* Han–Western joints, SP beside Han */
    float words;                /* SP between Western words */
    float open;                 /* open joints */
    float shrink, stretch;      /* em, of all of them by every shrink step, and by t1 and t2: near enough to rule lines out */
} BmGives;

/* Prefix sums, made for one composition: those of the cells and joints before a cell. A line then costs O(1). */
typedef struct {
    double width; /* cells and kerns */
    BmGives gives;
} BmSums;

/* n_cells + 1 of them; g_free. */
BmSums *bm_sums_new (const BmShaped *shaped, const BmStyle *style);

typedef enum { BM_END_FULL, BM_END_HALF, BM_END_HANG } BmEnd;

/* A place where a line may begin or end, with what its own trims and blanks do there; it points into the sums, and into itself. */
typedef struct {
    int first, end;   /* first cell of a line that begins here, cells before the end of one that ends here: blanks vanish */
    double before;    /* width of all cells before the place */
    double begins;    /* … before a line that begins here, its opening mark trimmed */
    double ends;      /* … before the end of a line that ends here, its mark whole */
    float hyphen;     /* its width, counted in `ends` */
    float half, hang; /* what the mark at the end gives back */
    unsigned choices; /* which ends there are, bits by BmEnd */
    const BmGives *before_first, *before_end;
    BmGives own;      /* before_end, where a mark on both sides of it makes it another than the sums' */
} BmEdge;

/* `at`: cells before the place; `opens`: the paragraph begins; `closes`: no hyphen is added. */
void bm_edge_set (const BmShaped *shaped, const BmStyle *style, const BmSums *sums, int at, bool opens, bool closes, BmEdge *edge);

typedef struct {
    double cost, gap; /* gap of one open joint, ≥ 0 */
    BmEnd mark_end;
    double width;
} BmLineCost;

enum { BM_LINE_CLOSES = 1, BM_LINE_RAGGED = 2 }; /* the paragraph ends with it; it is not stretched */

/* The cheapest way to set what stands between two places as a line, `kind` of the two bits above; false if it does not
 * fit the room, or is blanks alone. */
bool bm_cost_line (const BmStyle *style, const BmEdge *from, const BmEdge *to, unsigned kind, double room, BmLineCost *cost);
/* Lay it out: its cells go to `cells`; sets line->width, gap, n_cells. */
void bm_lay_line (const BmShaped *shaped, const BmStyle *style, const BmSums *sums, int first, int end, double indent, double room,
                  BmEnd mark_end, bool closes, BmCell *cells, BmLine *line);
/* Is the text ranged left and never stretched: bylines (§12), narrow captions (§8.6). */
bool bm_is_ragged (const BmShaped *shaped, double room);
/* The cells that stand on the line when it runs from `first` to `end`: blanks at its edges vanish. */
void bm_trim_blanks (const BmShaped *shaped, int *first, int *end);

/* ---- where lines may begin and end (places.c) ---- */

typedef struct {
    BmEdge edge;
    int at; /* cells before it */
    float penalty;
    bool hyphen, released, closes; /* closes: the paragraph ends here */
    double tight_begin, tight_end; /* the difference is the least width of a line: everything shrunk, a hyphen not counted */
    double reach, open;            /* … its width with all blanks stretched, its open joints */
    /* Sums whose differences are a line's open joints and blanks. */
    float open_begin, open_end, spaces_begin, spaces_end, words_begin, words_end;
    bool plain; /* the mark at a line's end stays whole if the line is stretched and has no blanks between words */
} BmPlace;

typedef struct BmPlaces {
    BmStyle style;
    BmSums *sums;
    int n;
    BmPlace *all; /* the paragraph's start first, its end last */
} BmPlaces;

/* With the rules up to `release` given up. */
BmPlaces *bm_places_new (const BmShaped *shaped, const BmStyle *style, int release);
void      bm_places_free (BmPlaces *places);
/* With all rules: made when first asked for, kept with the paragraph. */
const BmPlaces *bm_places_of (const BmShaped *shaped, const BmStyle *style);

/* A character of valid UTF-8: mostly an ideograph, of three bytes. */
static inline gunichar
bm_char_at (const char *p)
{
    const unsigned char *byte = (const unsigned char *) p;

    if ((byte[0] & 0xF0) == 0xE0)
        return (gunichar) (byte[0] & 0x0F) << 12 | (gunichar) (byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
    return byte[0] < 0x80 ? byte[0] : g_utf8_get_char (p);
}

/* ---- items.c, plain.c ---- */

typedef struct {
    int start, end; /* bytes */
} BmStretch;

/* BmStretch: where `hwid` gives digits and their signs exactly half an em (§14), letters keep their own widths; the caller
 * frees. */
GArray *bm_half_widths (const BmShaped *shaped);
/* PangoItem, in the order of the text; the caller frees. */
GList *bm_type_items (BmType *type, const BmText *text, const BmShaped *shaped, PangoLanguage *language);
/* Glyphs and font of a paragraph whose cells are known; false: it is not so plain that this can be done without Pango. */
bool bm_shape_plain (BmType *type, const BmText *text, BmShaped *shaped, PangoLanguage *language);
void bm_alone_free (BmAlone *alone);

/* ---- choosing the breaks (fit.c) ---- */

#define BM_GAP_SEARCHED 0.25 /* em, §8.4: looser lines are tried only when nothing else reaches a node */
#define BM_LOOSE_COST 117.0  /* what such a line costs, (0.25/0.06)² + 100: when the outcome costs more, they are tried */
#define BM_MAX_PATHS 4 /* line counts kept at a node (§8.5: in practice ≤ 4) */

/* One way to a node: its last line and the way before. */
typedef struct {
    double cost;
    float gap;
    int count, previous; /* lines; the node before, −1 at the start */
    uint8_t previous_path, mark_end;
} BmPath;

/* The best ways to a place by line count. */
typedef struct {
    int n;
    double least; /* cost of the cheapest */
    BmPath paths[BM_MAX_PATHS + 1]; /* the last is first fit's, set where it comes by */
} BmNode;

typedef struct {
    const BmShaped *shaped;
    const BmStyle *style;
    const double *measures;
    int n_measures;
    double indent;
    bool only_best; /* no line count but the best is asked for */
    double most_gap; /* > 0: only lines no looser are of use, BM_GAP_SEARCHED at most, and the rules hold */
    /* from here on fit.c's own */
    double first_room, room; /* of one measure */
    bool first_ragged, ragged;
    int release;    /* 0: the rules hold */
    double loosest; /* gap of the lines tried, … */
    double narrowest, widest; /* of all lines' rooms, the indent apart */
    double bound;   /* of cost: ways beyond it do not go on */
    bool last_resort; /* … but where nothing else reaches */
    bool overfull;  /* a cell wider than the measure is set all the same: no text is dropped */
    const BmPlaces *places;
    BmPlaces *own;  /* … where they are this run's alone; else NULL */
    BmNode *nodes;  /* one a place */
    int n_nodes;
} BmFitting;

/* Fill the first seven fields, then: false if nothing fits. bm_fit_forget frees what it made. */
bool bm_fit_run (BmFitting *fit);
void bm_fit_forget (BmFitting *fit);
/* The path at the last node with `want` lines, or the cheapest; −1 if there is none. */
int bm_fit_choose (const BmFitting *fit, int want);
const BmPath *bm_fit_path (const BmFitting *fit, int node, int path);
double bm_fit_room (const BmFitting *fit, int line);
/* Width of the last line of a path of the last node, em, without the indent. */
double bm_fit_last_width (const BmFitting *fit, int path);

#endif
