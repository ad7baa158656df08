/* describe.h — everything a page says, as lines to compare and to read in a failure. */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "edition/edition.h"

/* What each form promises to keep: JSON has no places for asides, so they are listed in the order in which its reader
 * puts them. Ids that nobody gave and doubts of the recovery are left out. g_free the result. */
char *describe_page (const BmPage *page, bool in_json_order);

#endif
