/* layout-private.h — between layout.c, which loads files, and fields.c, which knows the keys. */
#ifndef BM_LAYOUT_PRIVATE_H
#define BM_LAYOUT_PRIVATE_H

#include "layout/layout.h"

/* Read every key of `map` but base: into the layout, which holds the base's values. All wrong keys and values
 * are reported before false is returned. */
bool bm_layout_read_fields (BmLayout *layout, const BmYaml *map, BmDiags *diags);

/* Compute what follows from the values (type area, cells, rows, pitch) and check that a page can be made of
 * them; `columns` and `margins` are where the file says them. */
bool bm_layout_settle (BmLayout *layout, BmSpan columns, BmSpan margins, BmDiags *diags);

#endif
