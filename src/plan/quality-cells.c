/* quality-cells.c — the rows of the page score that look at cells: holes, overlaps, and white that cuts through the page
 * (page-makeup.md §10). A column of the grid is a row of bits. */
#include "plan/quality.h"

#include <string.h>

#define SEPARATOR 2      /* empty rows that are no hole */

/* The bits of rows `first` to `last` (behind it) in the word that begins at row `start`. */
static uint64_t
rows_in_word (int start, int first, int last)
{
    int low = CLAMP (first - start, 0, 64), high = CLAMP (last - start, 0, 64);
    uint64_t under = high >= 64 ? UINT64_MAX : (UINT64_C (1) << high) - 1;

    return low >= 64 ? 0 : under & (UINT64_MAX << low);
}

int
bm_cover_rows (uint64_t *column, int rows, int first, int last)
{
    int twice = 0;

    first = MAX (first, 0);
    last = MIN (last, rows);
    for (int w = first / 64; w * 64 < last; w++) {
        uint64_t bits = rows_in_word (w * 64, first, last);

        if ((column[w] & bits) != 0)
            twice += __builtin_popcountll (column[w] & bits);
        column[w] |= bits;
    }
    return twice;
}

/* The first row from `row` on whose bit is `set`; the count of rows when there is none. */
static int
next_row (const uint64_t *column, int rows, int row, bool set)
{
    for (int w = row / 64; row < rows; row = ++w * 64) {
        uint64_t rest = (set ? column[w] : ~column[w]) & UINT64_MAX << row % 64;

        if (rest != 0)
            return MIN (w * 64 + __builtin_ctzll (rest), rows);
    }
    return rows;
}

/* Empty rows of a column in runs too long to be white between stories: each that is the third of a run, or a later one, counts with the
 * two over it. */
static int
count_holes (const uint64_t *column, int words, int rows)
{
    uint64_t before = 0, holes = 0; /* in the word before: what is empty, what counts */
    int n = 0;

    for (int w = 0; w < words; w++) {
        uint64_t empty = ~column[w] & rows_in_word (w * 64, 0, rows);
        uint64_t third = empty & (empty << 1 | before >> 63) & (empty << 2 | before >> 62);

        n += __builtin_popcountll (holes | third << 63 | third << 62);
        holes = third | third >> 1 | third >> 2;
        before = empty;
    }
    return n + __builtin_popcountll (holes);
}

static uint64_t *
empty_cells (const BmScene *scene)
{
    memset (scene->cells, 0, (size_t) (scene->words * scene->grid->columns) * sizeof *scene->cells);
    return scene->cells;
}

/* The block's column of cells laid onto the page's, so many rows further down. */
static void
lay_column (uint64_t *column, const uint64_t *from, int words, int down)
{
    int by = down / 64, bits = down % 64;

    for (int w = 0; w + by < words; w++) {
        column[w + by] |= from[w] << bits;
        if (bits > 0 && w + by + 1 < words)
            column[w + by + 1] |= from[w] >> (64 - bits);
    }
}

double
bm_measure_fill (const BmScene *scene)
{
    const BmGrid *grid = scene->grid;
    uint64_t *cells = empty_cells (scene);
    int holes = 0, words = scene->words;

    for (int i = 0; i < scene->n; i++) {
        const BmMoved *moved = &scene->blocks[i].moved;

        for (int c = moved->figures->first; c <= MIN (moved->figures->last, grid->columns - 1 - moved->columns); c++)
            lay_column (&cells[(c + moved->columns) * words], &moved->figures->covered[c * words], words, moved->rows);
    }
    for (int c = 0; c < grid->columns; c++)
        holes += count_holes (&cells[c * words], words, grid->rows);
    return 1 - (double) holes / (grid->columns * grid->rows);
}

/* Rectangles that stand apart, as all that a search finds do: nothing is to be counted. */
static bool
stand_apart (const BmScene *scene)
{
    for (int i = 0; i < scene->n; i++)
        for (int k = i + 1; k < scene->n; k++) {
            const BmPlacedBlock *a = &scene->blocks[i], *b = &scene->blocks[k];

            if (a->column < b->column + b->columns && b->column < a->column + a->columns && a->row < b->row + b->rows && b->row < a->row + a->rows)
                return false;
        }
    return true;
}

static double
measure_overlap (const BmScene *scene)
{
    const BmGrid *grid = scene->grid;
    uint64_t *cells = empty_cells (scene);
    int twice = 0;

    for (int i = 0; i < scene->n; i++) {
        const BmPlacedBlock *block = &scene->blocks[i];

        for (int c = MAX (block->column, 0); block->moved.figures->item != NULL && c < MIN (block->column + block->columns, grid->columns); c++) {
            int first, last;

            bm_plan_item_rows (block->moved.figures->item, c - block->moved.columns, &first, &last);
            twice += bm_cover_rows (&cells[c * scene->words], grid->rows, first + block->moved.rows, last + block->moved.rows);
        }
    }
    return twice;
}

/* 断版: white that runs from edge to edge. */
static double
measure_horizontal_cuts (const BmScene *scene)
{
    uint64_t *crossed = empty_cells (scene);
    int rows = scene->news_rows;
    double cuts = 0;

    for (int i = 0; i < scene->n_news; i++)
        bm_cover_rows (crossed, rows, scene->blocks[i].row, scene->blocks[i].row + scene->blocks[i].rows);
    for (int white = next_row (crossed, rows, next_row (crossed, rows, 0, true), false), next; white < rows;
         white = next_row (crossed, rows, next, false)) {
        next = next_row (crossed, rows, white, true);
        double at = (double) next / rows;
        cuts += next >= rows ? 0 : at > 0.2 && at < 0.8 ? 1 : 0.5;
    }
    return cuts;
}

static double
measure_vertical_cuts (const BmScene *scene)
{
    uint64_t crossed = 0; /* a bit a gutter, by the column right of it */

    for (int i = 0; i < scene->n_news; i++)
        crossed |= rows_in_word (0, scene->blocks[i].column + 1, scene->blocks[i].column + scene->blocks[i].columns);
    return scene->grid->columns - 1 - __builtin_popcountll (crossed & rows_in_word (0, 1, scene->grid->columns));
}

void
bm_measure_cuts (const BmScene *scene, BmQuality *quality)
{
    quality->overlap = stand_apart (scene) ? 0 : measure_overlap (scene);
    quality->hcut = measure_horizontal_cuts (scene);
    quality->vcut = measure_vertical_cuts (scene);
}
