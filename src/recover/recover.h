/* recover.h — find the items of a page again in its raw text dump.
 *
 * Units: widths in em (Han 1, Latin and digits ½); confidences 0 … 1.
 * Ownership: the edition comes back to the caller; the report string is g_free'd.
 * Errors: NULL after at least one BM_ERROR. Doubts are warnings with the raw file's line.
 * Determinism: same bytes in, same edition and report out.
 * Cost: near linear in the text.
 * Source of the method: design/recover.md §3 (S0 … S10).
 */
#ifndef BM_RECOVER_H
#define BM_RECOVER_H

#include "edition/edition.h"

typedef struct {
    const char *encoding; /* NULL: find out; UTF-8 GB18030 UTF-16 Big5 */
    int page;             /* of a file with boxes that has several; 0: it has one */
    bool margins;         /* the report is a table of all decisions with their margins: for measuring what they are worth */
    bool made_up;         /* the bytes were made from another file: their lines mean nothing to anybody */
    const char *paper, *date; /* for the front matter when the dump says nothing; may be NULL */
} BmRecoverOptions;

/* `file` names the dump in diagnostics and must outlive the edition. `*report` (may be NULL as argument)
 * receives the review report of recover.md §4. Characters are conserved: each one that is not white space
 * stands in the edition or in the report's list of what was left over. */
BmEdition *bm_recover (const char *file, const char *bytes, size_t length, const BmRecoverOptions *options,
                       char **report, BmDiags *diags);

#endif
