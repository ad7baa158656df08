/* style.c — the four named composition styles (design/cjk-composition.md §2). */
#include "layout/layout.h"

#include <string.h>

/* The trim and space switches; news is the base of the others. */
static const BmStyle news = {
    .trim_adjacent = true,
    .trim_line_start = true,
    .trim_first_line = true,
    .line_end = BM_LINE_END_EITHER,
    .space = 0.25,
    .space_min = 0.125,
    .space_max = 1.0 / 3,
    .shrink = true,
    .fit = BM_FIT_TOTAL,
    .kinsoku = BM_KINSOKU_NEWS,
    .half_digits = true,
    .indent = -1,
};

bool
bm_style_named (BmStyle *style, const char *name)
{
    *style = news;
    if (strcmp (name, "news") == 0)
        return true;
    if (strcmp (name, "css") == 0) {
        /* CSS text-spacing-trim: normal, text-autospace: normal. */
        style->trim_line_start = style->trim_first_line = false;
        style->half_digits = false;
        return true;
    }
    if (strcmp (name, "gb") == 0) {
        /* GB/T 15834-2011 §5.1.10: a mark at the line end takes half an em. */
        style->line_end = BM_LINE_END_HALF;
        style->half_digits = false;
        return true;
    }
    if (strcmp (name, "full") == 0) {
        /* 全角式: everything on the em grid, as the sample newspaper is set. */
        style->trim_adjacent = style->trim_line_start = style->trim_first_line = false;
        style->line_end = BM_LINE_END_FULL;
        style->space = style->space_min = style->space_max = 0;
        style->shrink = false;
        style->fit = BM_FIT_FIRST;
        return true;
    }
    return false;
}
