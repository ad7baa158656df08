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

/* Rows that are empty, in runs too long to be white between stories. */
static int
count_holes (const uint64_t *column, int rows)
{
    int holes = 0;

    for (int first = next_row (column, rows, 0, false), last; first < rows; first = next_row (column, rows, last, false)) {
        last = next_row (column, rows, first, true);
        holes += last - first > SEPARATOR ? last - first : 0;
    }
    return holes;
}

static uint64_t *
empty_column (const BmScene *scene)
{
    memset (scene->column, 0, (size_t) (scene->grid->rows / 64 + 1) * sizeof *scene->column);
    return scene->column;
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

static double
measure_fill (const BmScene *scene)
{
    const BmGrid *grid = scene->grid;
    int holes = 0, words = grid->rows / 64 + 1;

    for (int c = 0; c < grid->columns; c++) {
        uint64_t *column = empty_column (scene);

        for (int i = 0; i < scene->n; i++) {
            const BmMoved *moved = &scene->blocks[i].moved;
            int from = c - moved->columns;

            if (from >= moved->figures->first && from <= moved->figures->last)
                lay_column (column, &moved->figures->covered[from * words], words, moved->rows);
        }
        holes += count_holes (column, grid->rows);
    }
    return 1 - (double) holes / (grid->columns * grid->rows);
}

static double
measure_overlap (const BmScene *scene)
{
    const BmGrid *grid = scene->grid;
    int twice = 0;

    for (int c = 0; c < grid->columns; c++) {
        uint64_t *column = empty_column (scene);

        for (int i = 0; i < scene->n; i++) {
            const BmPlacedBlock *block = &scene->blocks[i];
            int first, last;

            if (block->moved.figures->item == NULL || c < block->column || c >= block->column + block->columns)
                continue;
            bm_plan_item_rows (block->moved.figures->item, c - block->moved.columns, &first, &last);
            twice += bm_cover_rows (column, grid->rows, first + block->moved.rows, last + block->moved.rows);
        }
    }
    return twice;
}

/* 断版: white that runs from edge to edge. */
static double
measure_horizontal_cuts (const BmScene *scene)
{
    uint64_t *crossed = empty_column (scene);
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
bm_measure_cells (const BmScene *scene, BmQuality *quality)
{
    quality->fill = measure_fill (scene);
    quality->overlap = measure_overlap (scene);
    quality->hcut = measure_horizontal_cuts (scene);
    quality->vcut = measure_vertical_cuts (scene);
}
