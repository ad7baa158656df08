/* random-edition.h — pages of awkward texts, the same for the same seed on every machine. */
#ifndef RANDOM_EDITION_H
#define RANDOM_EDITION_H

#include "edition/edition.h"
#include "type/random-text.h"

/* One line of text that Markdown or this form could take for something else. In the edition's arena. */
const char *random_line (Dice *dice, BmEdition *edition);

/* A page with any front matter and any kinds of items; every text as a reader gives it (one line, no blanks at its
 * ends, nothing that cannot be printed), so that it must come back the same. */
BmPage *random_page (Dice *dice, BmEdition *edition);

/* Markdown as nobody would type it: marks of blocks and of text among Han characters. g_free the result. */
char *random_markdown (Dice *dice, int n);

#endif
