/* edition-private.h — what the readers and writers of edition/ share. */
#ifndef BM_EDITION_PRIVATE_H
#define BM_EDITION_PRIVATE_H

#include "edition/edition.h"

/* Patterns of rule 5 to 13, each on a whole line or paragraph. */
bool bm_matches_jump_to (const char *text);
bool bm_matches_jump_from (const char *text);
bool bm_matches_ad (const char *text);       /* 广告, 公益广告 … of at most six characters */
bool bm_matches_note (const char *text);     /* 编者按 … */
/* All lines of a paragraph are byline lines. */
bool bm_is_byline_block (const char *lines);
/* Bytes of a plain dateline (本报…讯 and its blank) at the text's start; *name: without the blank. 0: none. */
int bm_dateline_length (const char *text, int *name);
/* Bytes of a byline run in with the text, （记者 张三） with its blanks; *name_start, *name_end: the byline itself. */
int bm_inline_byline_length (const char *text, int *name_start, int *name_end);

/* Apply one remark to the item: words known to the page maker become wishes, the rest is kept. Returns true when the
 * word 正文 asks for the next paragraph to be text. *ratio receives W:H. */
bool bm_apply_remark (BmEdition *edition, BmItem *item, const char *remark, double *ratio);
/* The wishes as one remark, "" if there are none. */
char *bm_wishes_text (const BmItem *item);

/* Front matter: YAML between --- lines. False after a BM_ERROR. */
bool bm_read_front (BmEdition *edition, BmPage *page, const char *file, const char *text, size_t length, int line, BmDiags *diags);
void bm_write_front (const BmPage *page, GString *out);

bool bm_is_joined_by_space (gunichar before, gunichar after); /* soft wraps between Latin words */

#endif
