/* breaker.c — ICU's dictionaries of Chinese and Japanese words, for headlines (cjk-composition.md §11.2 c).
 *
 * Optional: without ICU the page's own words, the lexicon and the user's carry the load. Its locale is fixed, so that the
 * machine's does not matter. */
#include "type/type-private.h"

#ifdef BM_WITH_ICU

#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct BmBreaker {
    UBreakIterator *words;
};

BmBreaker *
bm_breaker_new (void)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open (UBRK_WORD, "zh", NULL, 0, &status); /* the same dictionary serves Japanese */

    if (U_FAILURE (status))
        return NULL;
    BmBreaker *breaker = g_new (BmBreaker, 1);
    breaker->words = words;
    return breaker;
}

void
bm_breaker_free (BmBreaker *breaker)
{
    if (breaker == NULL)
        return;
    ubrk_close (breaker->words);
    g_free (breaker);
}

void
bm_breaker_words (BmBreaker *breaker, const char *text, int length, bool *inside)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *utf8 = utext_openUTF8 (NULL, text, length, &status);
    int from, to;

    ubrk_setUText (breaker->words, utf8, &status);
    if (U_SUCCESS (status))
        for (from = ubrk_first (breaker->words); (to = ubrk_next (breaker->words)) != UBRK_DONE; from = to)
            for (int i = from + 1; i < to; i++)
                inside[i] = true;
    utext_close (utf8);
}

#else

BmBreaker *
bm_breaker_new (void)
{
    return NULL;
}

void
bm_breaker_free (BmBreaker *breaker)
{
    (void) breaker;
}

void
bm_breaker_words (BmBreaker *breaker, const char *text, int length, bool *inside)
{
    (void) breaker;
    (void) text;
    (void) length;
    (void) inside;
}

#endif
