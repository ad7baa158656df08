/* constraints.h — what holds of every page made up (page-makeup.md §3), judged from the plan's elements alone. */
#ifndef CONSTRAINTS_H
#define CONSTRAINTS_H

#include "makeup/makeup.h"

/* The first constraint that the plan breaks, in words; NULL: none. The caller frees. */
char *broken_constraint (const BmPage *page, const BmPlan *plan);

/* Does the plan's JSON read back write the same bytes? */
bool plan_is_fixed_point (const BmPlan *plan);

#endif
