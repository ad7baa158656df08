/* reading.h — a text read as an edition, for the tests of both forms. */
#ifndef READING_H
#define READING_H

#include "edition/edition.h"

typedef struct {
    BmEdition *edition;
    BmDiags *diags;
    bool ok;
} Read;

Read read_text (const char *text, size_t length, bool json);
Read read_markdown (const char *text);
void read_free (Read *read);

/* Item i of the only page; the test fails if there is none. */
const BmItem *item_of (const Read *read, int i);

#endif
