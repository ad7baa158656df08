/* edition-private.h — what the readers and writers of edition/ share.
 *
 * The modules: inline.c (text and the marks in it), byline.c (what newspapers write where), source.c (lines and
 * their skeleton), table.c, remarks.c, front.c, read-blocks.c,
 * read-markdown.c, write-markdown.c, json-read.c, json-write.c, model.c. */
#ifndef BM_EDITION_PRIVATE_H
#define BM_EDITION_PRIVATE_H

#include "edition/edition.h"

/* ---- inline.c: g_free what these return ---- */

/* Without control characters, bidi overrides and noncharacters, which are counted; CR, U+2028, U+2029 become \n. */
char *bm_clean_text (const char *text, size_t length, int *dropped);
char *bm_trimmed (const char *text, size_t length);
/* Rule 7: lines join without a blank between Chinese characters, with one between Latin words. */
char *bm_one_line (const char *text);
char *bm_kept_lines (const char *text); /* each trimmed, blank ones left out */
/* The same of text as it stands in a file: breaks (a backslash at a line's end) and escapes taken out. */
char *bm_source_paragraph (const char *source);
char *bm_source_kept_lines (const char *source);

/* Does a soft wrap between these two stand for a blank? */
bool bm_is_joined_by_space (gunichar before, gunichar after);

char *bm_unescaped (const char *text);
void bm_append_escaped (GString *out, const char *text, bool at_start);
/* The same, broken into lines that a reader joins again where it would be too long for a file's line. */
void bm_append_wrapped (GString *out, const char *text, bool at_start, const char *line_start);

bool bm_is_escaped (const char *start, const char *p); /* an odd number of backslashes before p */
/* Bytes of `mark` content `mark` at the text's start, 0 if there is none. */
size_t bm_marked_length (const char *text, const char *mark);
char *bm_marked_content (const char *text, size_t length, const char *mark); /* unescaped */
/* From "<!--" to behind "-->"; NULL if it is not closed before the next one opens. */
const char *bm_remark_end (const char *p);

typedef struct {
    char *caption; /* one line; "" for none */
    char *file;    /* NULL: not delivered */
} BmImageMark;

/* An image at *text, which moves behind it; false if there is none. */
bool bm_match_image (const char **text, BmImageMark *image);

/* ---- byline.c: patterns of rules 5 to 12, on a whole line or paragraph ---- */

bool bm_matches_jump_to (const char *text);
bool bm_matches_jump_from (const char *text);
bool bm_matches_ad (const char *text);       /* 广告, 公益广告 … of at most six characters */
bool bm_matches_note (const char *text);     /* 编者按 … */
bool bm_is_byline_block (const char *lines); /* all lines of a paragraph are byline lines */
/* Bytes of a plain dateline (本报…讯 and its blank) at the text's start; *name: without the blank. 0: none. */
int bm_dateline_length (const char *text, int *name);
/* Bytes of a byline run in with the text, （记者 张三） with its blanks; *name_start, *name_end: the byline itself. */
int bm_inline_byline_length (const char *text, int *name_start, int *name_end);
/* One line in brackets: what may run in with the text when it is marked. */
bool bm_is_bracketed (const char *text);

/* ---- source.c ---- */

typedef struct {
    const char *text; /* without its indent; a remark: the whole of it */
    int line, column; /* of its first character in the file, 1-based */
    bool remark;
} BmLine;

typedef struct {
    int n_lines;
    BmLine *lines;
    char *skeleton; /* for cmark: a line for each line, with nothing left of it but what makes blocks */
} BmSource;

/* Divide the body of a page; `text` is written into and kept by the source. */
void bm_source_open (BmSource *source, char *text, int first_line);
void bm_source_close (BmSource *source);
bool bm_is_atx_heading (const char *line); /* # to ###### and a blank, or nothing behind it */
/* Lines first … end − 1 with \n between them, blank ones left out. */
char *bm_source_text (const BmSource *source, int first, int end);

/* ---- read-blocks.c ---- */

/* The items of a page's body; `text` is written into. */
void bm_read_body (BmEdition *edition, BmPage *page, char *text, int first_line);

/* ---- table.c ---- */

bool bm_is_table (const char *lines);
void bm_read_table (BmEdition *edition, BmBlock *block, const char *lines);
void bm_write_table (GString *out, const BmBlock *block);

/* ---- remarks.c ---- */

/* What the block after a remark is, whatever it looks like. */
typedef enum {
    BM_NEXT_ANY,
    BM_NEXT_TEXT,      /* 正文 */
    BM_NEXT_NOTE,      /* 按语 */
    BM_NEXT_PULLQUOTE, /* 引语 */
    BM_NEXT_JUMP_TO,   /* 下转 */
    BM_NEXT_JUMP_FROM, /* 上接 */
    BM_NEXT_PICTURE,   /* 图注: a picture although its caption says 广告 */
} BmNext;

extern const char *const bm_next_words[]; /* by BmNext; NULL for BM_NEXT_ANY */

typedef struct {
    BmNext next;
    double ratio;    /* W:H of the next picture; 0: not said */
    bool text_story; /* 文字稿: no photo story though it has a picture and no text */
} BmRemarkEffect;

/* Apply one remark to the item: words known to the page maker become wishes, the rest is kept. */
void bm_apply_remark (BmEdition *edition, BmItem *item, const char *remark, BmRemarkEffect *effect);
/* The wishes as one remark, "" if there are none. */
char *bm_wishes_text (const BmItem *item);
/* A name that a remark can hold: blanks and dividers become _. */
const char *bm_remark_name (BmEdition *edition, const char *name);

/* ---- json.c ---- */

extern const char *const bm_json_page_keys[]; /* that a page has in the schema; NULL-ended */

/* ---- front.c: YAML between --- lines ---- */

/* False after a BM_ERROR. */
bool bm_read_front (BmEdition *edition, BmPage *page, const char *file, const char *text, size_t length, int line, BmDiags *diags);
void bm_write_front (const BmPage *page, GString *out);
void bm_append_yaml_text (GString *out, const char *text); /* plain where that reads back the same, else quoted */

/* ---- model.c ---- */

void bm_item_set_credits (BmEdition *edition, BmItem *item, const GArray *credits /* of BmCredit */);
/* After reading: no id stands twice. */
void bm_page_settle_ids (BmEdition *edition, BmPage *page, BmDiags *diags);

#endif
