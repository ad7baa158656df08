/* goldens.h — plans as they were when someone last looked at the page. */
#ifndef GOLDENS_H
#define GOLDENS_H

#include "makeup/pages.h"

/* The first line that differs, and where. */
void show_difference (const char *where, const char *want, const char *have);
/* Is the plan that of tests/goldens, FILE-COLUMNS and the suffix? BM_UPDATE_GOLDENS writes it. */
bool agrees_with_golden (const Made *page, const char *suffix);

#endif
