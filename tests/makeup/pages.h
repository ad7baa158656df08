/* pages.h — pages for the tests of make-up: an edition file of the tree, a layout, and the plan made of them. */
#ifndef PAGES_H
#define PAGES_H

#include "makeup/makeup.h"

typedef struct {
    const char *file;   /* below the project's folder */
    const char *layout;
    int columns;        /* 0: the layout's */
} Case;

typedef struct {
    Case wanted;
    BmEdition *edition;
    BmLayout *layout;
    BmPlan *plan; /* NULL: refused, and `diags` says why */
    BmDiags *diags;
    char *text;
} Made;

Made made_page (BmType *type, const Case *wanted, const BmMakeupOptions *options);
/* The same where the layout lets blocks interlock. */
Made made_interlocked (BmType *type, const Case *wanted, const BmMakeupOptions *options);
void made_free (Made *made);

/* What a reader sees of an item and what its writer gave, blanks left out, as code points in order of size. */
GArray *characters_written (const BmItem *item);
GArray *characters_placed (const BmPlan *plan, const char *id);

#endif
