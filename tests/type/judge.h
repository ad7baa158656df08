/* judge.h — composition cases and what must hold of them.
 *
 * A cases file (id, kind, measure, mode, text, expect, …) is set by bm_galley_cases; each assertion of `expect` is then
 * judged from the JSON alone, as a script of a user's would. The forms of assertions are those of the composition
 * corpus: lines nlines no-start no-end no-split no-odd-split no-hyphen maxwidth pair width adv gap x flush flush-all
 * maxgap last-min orient. `text: exact` needs a PDF and is passed over here. */
#ifndef JUDGE_H
#define JUDGE_H

#include "type/type.h"

typedef struct {
    int cases, assertions;   /* judged */
    int failed_cases, failed_assertions;
    int passed_over;         /* assertions that need a PDF */
} Verdict;

/* Judge a whole file; every assertion that fails is printed with what was found. */
Verdict judge_file (const char *path, BmType *type);

#endif
