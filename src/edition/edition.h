/* edition.h — what is to be printed: edition, page, item; its Markdown and JSON forms.
 *
 * Units: heights and widths in points; ratios are width / height; counts in items, columns, rows.
 * Ownership: an edition owns its arena; every string and array in it points there, or is static.
 * Errors: the Markdown form cannot fail on its text ("any text a person types is some page"): it warns.
 *   Front matter and JSON can; see the functions.
 * Source of the form: corpora/recover/EDITION-FORMAT.md; of the remarks: interfaces.md §3.
 */
#ifndef BM_EDITION_H
#define BM_EDITION_H

#include "base/base.h"

typedef enum { BM_ITEM_STORY, BM_ITEM_PHOTO, BM_ITEM_BRIEF, BM_ITEM_AD } BmItemKind;

typedef enum {
    BM_BLOCK_PARAGRAPH,
    BM_BLOCK_CROSSHEAD, /* 小标题 */
    BM_BLOCK_NOTE,      /* 编者按 */
    BM_BLOCK_PULLQUOTE, /* 引语 */
    BM_BLOCK_TABLE,
} BmBlockKind;

typedef struct {
    int n_cells;
    const char **cells;
} BmTableRow;

/* One piece of a body, in reading order. */
typedef struct {
    BmBlockKind kind;
    const char *text; /* NULL for a table */
    int n_rows;       /* table only */
    BmTableRow *rows;
    bool undecided; /* the break before it left no trace in the raw text (recovery) */
    double measure; /* em: of its lines on the page it was printed on (--original); 0: unknown */
    BmSpan where;
} BmBlock;

typedef struct {
    const char *caption; /* 图片说明; NULL: none */
    const char *file;    /* as written; NULL: not delivered (<>) */
    double ratio;        /* width / height said in a remark; 0: the file's, or 3:2 */
    BmSpan where;
} BmPicture;

typedef struct {
    const char *role; /* 本报记者 */
    int n_names;
    const char **names; /* without the filler space */
} BmCredit;

typedef enum { BM_BYLINE_HEAD, BM_BYLINE_INLINE, BM_BYLINE_END } BmBylinePlace;
typedef enum { BM_PLACE_ANY, BM_PLACE_FOOT, BM_PLACE_LEFT, BM_PLACE_RIGHT, BM_PLACE_EAR } BmPlace; /* 底 左下 右下 报眼 */
typedef enum { BM_HEAD_ANY, BM_HEAD_HORIZONTAL, BM_HEAD_VERTICAL } BmHeadDirection;

/* What a remark may ask of the page maker (interfaces.md §3). Zero everywhere: nothing asked. */
typedef struct {
    int importance;       /* 1 头条 … 5 五条; 0: not marked */
    bool boxed;           /* 加框 */
    int columns;          /* 二栏, 三栏 …; 0: free */
    bool full_width;      /* 通栏 */
    bool half_width;      /* 半通栏 */
    double width, height; /* points; 0: free */
    int rows;             /* 高40行; 0: free */
    BmPlace place;
    BmHeadDirection head;
    const char *container; /* 集纳：栏名; "" for 集纳 without a name; NULL: none */
    bool pinned;           /* 钉住 */
    const char *group;     /* 同组：名 */
    bool filler;           /* 补白: spare, set only where the page has too little copy */
} BmWish;

typedef struct {
    const char *id; /* "a1", or the name given by #name */
    bool id_given;
    BmItemKind kind;
    const char *kicker; /* 引题; NULL: none */
    int n_headline;
    const char **headline; /* 主题, a line each as broken by the writer */
    const char *subhead;   /* 副题 */
    const char *byline;    /* 署名, as printed, lines parted by \n; NULL: none */
    BmBylinePlace byline_place;
    int n_credits;
    BmCredit *credits;    /* derived from the byline */
    const char *dateline; /* 电头: 本报青岛讯 */
    int n_blocks;
    BmBlock *blocks; /* the body without byline and dateline; of an ad: its words */
    int n_pictures;
    BmPicture *pictures;   /* of an ad: the artwork, caption 广告 left out */
    const char *jump_to;   /* （下转第3版） */
    const char *jump_from; /* （上接第1版） */
    BmWish wish;
    double measure;        /* em: of most of its lines on the page it was printed on (--original); 0: unknown */
    int n_remarks;
    const char **remarks; /* notes for people: never printed, kept */
    double confidence;    /* 0 … 1 of the recovery; 0: nobody measured it */
    double head_confidence;
    BmSpan where;
} BmItem;

typedef struct {
    const char *key;
    const char *value; /* YAML text of an unknown key's value, as it stood */
} BmFrontKey;

typedef struct {
    const char *file; /* where it was read; NULL: made by a program */
    const char *paper, *date, *page, *section;
    const char *lang; /* "zh-Hans" unless said: zh-Hant, ja */
    int n_folio;
    const char **folio; /* lines of the page that belong to no item */
    int n_front;
    BmFrontKey *front; /* unknown front matter, kept */
    int n_items;
    BmItem **items;
} BmPage;

typedef struct {
    BmArena *arena;
    int n_pages;
    BmPage **pages;
} BmEdition;

BmEdition *bm_edition_new (void); /* without pages */
void       bm_edition_free (BmEdition *edition);

/* A key of the front matter that is no field of the page: its value is one line of YAML. Copied. */
void bm_page_add_front (BmEdition *edition, BmPage *page, const char *key, const char *value);

/* Add an empty page (lang zh-Hans) or an empty story with the id "a<n>". The arrays may move; the pages
 * and items do not. */
BmPage *bm_edition_add_page (BmEdition *edition);
BmItem *bm_page_add_item (BmEdition *edition, BmPage *page);

/* Append a page of another edition, which must be kept alive (bm_arena_own) as long as this one. */
void bm_edition_take_page (BmEdition *edition, BmPage *page);

/* Append to an item's arrays; texts are copied into the edition. */
BmBlock   *bm_item_add_block (BmEdition *edition, BmItem *item, BmBlockKind kind, const char *text);
BmPicture *bm_item_add_picture (BmEdition *edition, BmItem *item, const char *caption, const char *file);
void       bm_item_add_headline (BmEdition *edition, BmItem *item, const char *line);
void       bm_item_add_remark (BmEdition *edition, BmItem *item, const char *remark);

/* Set a byline and derive the credits from it (roles and names, filler spaces taken out). */
void bm_item_set_byline (BmEdition *edition, BmItem *item, const char *byline, BmBylinePlace place);

/* Does this paragraph look like a byline (署名: □ 本报记者 …)? Rule 5 of the form; shared with recovery. */
bool bm_looks_like_byline (const char *text);

/* Read a page. `file` names it in diagnostics and must outlive the edition; `text` is valid UTF-8.
 * Adds one page to `edition`; false only if the front matter is no YAML map. */
bool bm_edition_read_markdown (BmEdition *edition, const char *file, const char *text, size_t length,
                               BmDiags *diags);
/* The schema of corpora/recover/README.md ({"page": {…}}, or {"pages": […]}), with wishes added. */
bool bm_edition_read_json (BmEdition *edition, const char *file, const char *text, size_t length,
                           BmDiags *diags);

/* Stable: what was written and read writes the same bytes again. g_free the result. */
char *bm_page_to_markdown (const BmPage *page);
char *bm_page_to_json (const BmPage *page);

/* All the words of an item in reading order, its parts (paragraphs, lines of the headline, rows of a table, captions)
 * divided by blank lines, the cells of a row by tabs. g_free the result. */
char *bm_item_text (const BmItem *item);

/* Characters of an item's text: body, kicker, headline, subhead, byline, dateline, captions. */
int bm_item_characters (const BmItem *item);

/* The importance of each item when not all are marked (interfaces.md §3): 1 … 5 into ranks[n_items];
 * ads get 6. Marked items keep their mark; a second item marked 1 becomes 2. */
void bm_page_rank (const BmPage *page, int *ranks);

#endif
