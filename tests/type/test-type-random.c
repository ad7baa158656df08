/* test-type-random.c — what holds of every paragraph, whatever its text, measure and style. */
#include "random-text.h"
#include "type/type.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PARAGRAPHS 10000

typedef struct {
    BmArena *arena;
    char *text;
    double measures[3];
    int n_measures;
    double indent;
    BmStyle style;
    BmText request;
    const BmShaped *shaped;
    BmGalley *galley;
} Trial;

static void
set_trial (Trial *trial, Dice *dice)
{
    static const char *const styles[] = { "full", "news", "css", "gb" }, *const languages[] = { NULL, "zh-Hans", "zh-Hant", "ja" };
    GString *text = g_string_new (NULL);

    trial->arena = bm_arena_create ();
    random_text (dice, 1 + (int) roll (dice, 80), text);
    trial->text = bm_arena_strdup (trial->arena, text->str);
    g_string_free (text, TRUE);
    bm_style_named (&trial->style, styles[roll (dice, 4)]);
    trial->style.kinsoku = (BmKinsoku) roll (dice, 5);
    trial->style.hang = roll (dice, 4) == 0;
    trial->style.hyphenate = roll (dice, 4) == 0;
    if (roll (dice, 3) == 0)
        trial->style.fit = trial->style.fit == BM_FIT_TOTAL ? BM_FIT_FIRST : BM_FIT_TOTAL;
    trial->n_measures = roll (dice, 6) == 0 ? 3 : 1;
    for (int i = 0; i < 3; i++)
        trial->measures[i] = 1 + roll (dice, roll (dice, 5) == 0 ? 12 : 100) * 0.25;
    trial->indent = roll (dice, 3);
    trial->request = (BmText){ .utf8 = trial->text, .length = -1, .kind = roll (dice, 8) == 0 ? BM_TEXT_BYLINE : BM_TEXT_BODY,
                               .lang = languages[roll (dice, 4)] };
    trial->shaped = bm_shape_unit (trial->arena, &trial->request, &trial->style);
    trial->galley = bm_compose (trial->arena, trial->shaped, &trial->style, trial->measures, trial->n_measures, trial->indent, 0);
}

static double
measure_of (const Trial *trial, int line)
{
    return trial->measures[MIN (line, trial->n_measures - 1)];
}

/* Say what was being set before the assertion stops. */
#define HOLDS(trial, line, claim)                                                                                          \
    do {                                                                                                                   \
        if (!(claim)) {                                                                                                    \
            print_error ("line %d of “%s” at %g, indent %g, style %d %d, level %d, fit %d, hang %d, kind %d: %s\n", (line) + 1, \
                         (trial)->text, measure_of (trial, line), (trial)->indent, (trial)->style.trim_adjacent,           \
                         (int) (trial)->style.line_end, (int) (trial)->style.kinsoku, (int) (trial)->style.fit,            \
                         (trial)->style.hang, (int) (trial)->request.kind, #claim);                                        \
            fail ();                                                                                                       \
        }                                                                                                                  \
    } while (0)

static void
for_all (void (*check) (const Trial *trial))
{
    Dice dice = { seed_of_run () };

    for (int i = 0; i < PARAGRAPHS; i++) {
        Trial trial = { 0 };

        set_trial (&trial, &dice);
        HOLDS (&trial, 0, trial.galley != NULL);
        check (&trial);
        bm_arena_free (trial.arena);
    }
}

/* ---- nothing lost ---- */

static bool
only_blanks (const char *text, int from, int to)
{
    for (const char *p = text + from; p < text + to; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (c != ' ' && c != 0x3000 && c != '\n' && c != '\t' && c != '\r' && c != 0x200B)
            return false;
    }
    return true;
}

static void
check_cells (const Trial *trial)
{
    const BmGalley *galley = trial->galley;
    int at = 0;

    for (int i = 0; i < galley->n_lines; i++) {
        const BmLine *line = &galley->lines[i];

        for (int k = 0; k < line->n_cells; k++) {
            const BmCell *cell = &galley->cells[line->first_cell + k];

            HOLDS (trial, i, cell->start >= at && only_blanks (trial->text, at, cell->start));
            HOLDS (trial, i, k == 0 || cell->start == at);
            at = cell->start + cell->length;
        }
        HOLDS (trial, i, line->n_cells > 0);
    }
    HOLDS (trial, galley->n_lines - 1, only_blanks (trial->text, at, (int) strlen (trial->text)));
}

static void
every_character_stands_in_exactly_one_line (void **state)
{
    (void) state;
    for_all (check_cells);
}

/* ---- widths ---- */

static void
check_widths (const Trial *trial)
{
    const BmGalley *galley = trial->galley;

    for (int i = 0; i < galley->n_lines; i++) {
        const BmLine *line = &galley->lines[i];
        double measure = measure_of (trial, i);

        /* A single cell that nothing can part may be wider than a measure of less than its own width. */
        HOLDS (trial, i, line->width <= measure + 0.01 || (line->n_cells == 1 && line->released));
        HOLDS (trial, i, line->last || line->released || trial->request.kind == BM_TEXT_BYLINE || fabs (line->width - measure) <= 0.01);
        for (int k = 0; k + 1 < line->n_cells; k++) {
            const BmCell *cell = &galley->cells[line->first_cell + k];

            HOLDS (trial, i, fabs (cell->x + cell->advance + cell->gap - cell[1].x) < 1e-6);
            HOLDS (trial, i, cell->gap >= -1e-9 && cell->advance >= -1e-6);
        }
    }
}

static void
no_line_is_wider_than_the_measure_and_inner_lines_fill_it (void **state)
{
    (void) state;
    for_all (check_widths);
}

/* ---- edges ---- */

static bool
is_in (const char *set, gunichar c)
{
    return g_utf8_strchr (set, -1, c) != NULL;
}

/* Japanese set loose lets ー open a line. */
static bool
is_free (const Trial *trial, gunichar c)
{
    return c == 0x30FC && trial->style.kinsoku == BM_KINSOKU_BASIC && bm_language_of (trial->request.lang) == BM_LANGUAGE_JA;
}

static void
check_edges (const Trial *trial)
{
    static const char *const never_first[] = { "", "，。、；：！？”’）》」】〕〗·～‼々ー", "，。、；：！？”’）》」】〕〗·～‼々ー／",
                                               "，。、；：！？”’）》」】〕〗·～‼々ー／—…", "，。、；：！？”’）》」】〕〗·～‼々ー／…" };
    static const char *const never_last[] = { "", "“‘（《「【〔〖", "“‘（《「【〔〖／", "“‘（《「【〔〖／", "“‘（《「【〔〖／￥" };
    const BmGalley *galley = trial->galley;
    const char *text = bm_shaped_text (galley->shaped);

    for (int i = 0; i < galley->n_lines; i++) {
        const BmLine *line = &galley->lines[i];
        const char *start = text + line->start, *end = start + line->length;

        if (i > 0 && !galley->lines[i - 1].released) /* a blank before a mark does not free it */
            HOLDS (trial, i, !is_in (never_first[trial->style.kinsoku], g_utf8_get_char (start)) || is_free (trial, g_utf8_get_char (start)) ||
                                 is_in (" \u3000\n\t\u200b", g_utf8_get_char (g_utf8_prev_char (start))));
        if (!line->last && !line->released)
            HOLDS (trial, i, !is_in (never_last[trial->style.kinsoku], g_utf8_get_char (g_utf8_prev_char (end))) || is_in (" \u3000\n\t\u200b", g_utf8_get_char (end)));
    }
}

static void
no_forbidden_character_stands_at_an_edge_unless_released (void **state)
{
    (void) state;
    for_all (check_edges);
}

/* ---- choices ---- */

static void
check_menu (const Trial *trial)
{
    BmChoice choices[8];

    if (trial->n_measures > 1 || trial->galley->n_lines == 0)
        return;
    int n = bm_line_menu (trial->shaped, &trial->style, trial->measures[0], trial->indent, INFINITY, choices, 8), best = 0;
    HOLDS (trial, 0, n > 0);
    for (int i = 0; i < n; i++) {
        BmGalley *galley = bm_compose (trial->arena, trial->shaped, &trial->style, trial->measures, 1, trial->indent, choices[i].n_lines);

        HOLDS (trial, 0, galley != NULL && galley->n_lines == choices[i].n_lines);
        HOLDS (trial, 0, fabs (galley->cost - choices[i].cost) < 1e-6);
        HOLDS (trial, 0, fabs (galley->worst_gap - choices[i].worst_gap) < 1e-4);
        best = choices[i].cost < choices[best].cost - 1e-9 * MAX (1, choices[best].cost) ? i : best;
    }
    HOLDS (trial, 0, choices[best].n_lines == trial->galley->n_lines);
    HOLDS (trial, 0, bm_count_lines (trial->shaped, &trial->style, trial->measures[0], trial->indent) == trial->galley->n_lines);
    /* Before it is shrunk: a last line may be wider than its room then. A byline's blanks are drawn out when it is laid. */
    if (trial->request.kind == BM_TEXT_BYLINE)
        return;
    const BmLine *line = &trial->galley->lines[trial->galley->n_lines - 1];
    double last = bm_last_width (trial->shaped, &trial->style, trial->measures[0], trial->indent);
    HOLDS (trial, trial->galley->n_lines - 1, line->released || fabs (MIN (last, trial->measures[0] - line->indent) - (line->width - line->indent)) < 0.01);
}

#define TIGHT 0.13 /* em */

static void
check_tight_menu (const Trial *trial)
{
    BmChoice choices[8];
    int n = trial->n_measures > 1 ? 0 : bm_line_menu (trial->shaped, &trial->style, trial->measures[0], trial->indent, TIGHT, choices, 8);

    for (int i = 0; i < n; i++) {
        const BmGalley *galley =
            bm_compose_choice (trial->arena, trial->shaped, &trial->style, trial->measures[0], trial->indent, choices[i].n_lines, TIGHT);

        HOLDS (trial, 0, galley != NULL && galley->n_lines == choices[i].n_lines);
        HOLDS (trial, 0, fabs (galley->cost - choices[i].cost) < 1e-6);
        HOLDS (trial, 0, galley->worst_gap < TIGHT + 1e-4 && fabs (galley->worst_gap - choices[i].worst_gap) < 1e-4);
    }
}

static void
no_choice_of_a_tight_menu_is_looser (void **state)
{
    (void) state;
    for_all (check_tight_menu);
}

static void
the_menu_says_what_composing_gives (void **state)
{
    (void) state;
    for_all (check_menu);
}

/* A rule given up, a word cut into letters, is given up by each fit in its own place: their costs say nothing then. */
static bool
is_released (const BmGalley *galley)
{
    for (int i = 0; i < galley->n_lines; i++)
        if (galley->lines[i].released)
            return true;
    return false;
}

static void
check_fits (const Trial *trial)
{
    BmStyle first = trial->style, total = trial->style;

    first.fit = BM_FIT_FIRST;
    total.fit = BM_FIT_TOTAL;
    const BmGalley *a = bm_compose (trial->arena, trial->shaped, &first, trial->measures, trial->n_measures, trial->indent, 0);
    const BmGalley *b = bm_compose (trial->arena, trial->shaped, &total, trial->measures, trial->n_measures, trial->indent, 0);
    HOLDS (trial, 0, a->shaped != b->shaped || is_released (a) || is_released (b) || b->cost <= a->cost + 1e-6);
}

static void
total_fit_never_costs_more_than_first_fit (void **state)
{
    (void) state;
    for_all (check_fits);
}

static void
check_twice (const Trial *trial)
{
    const BmShaped *again = bm_shape_unit (trial->arena, &trial->request, &trial->style);
    const BmGalley *galley = bm_compose (trial->arena, again, &trial->style, trial->measures, trial->n_measures, trial->indent, 0);
    char *a = bm_galley_to_json (trial->galley, NULL, 1), *b = bm_galley_to_json (galley, NULL, 1);

    HOLDS (trial, 0, strcmp (a, b) == 0);
    g_free (a);
    g_free (b);
}

static void
setting_twice_equals_setting_once (void **state)
{
    (void) state;
    for_all (check_twice);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (every_character_stands_in_exactly_one_line),
        cmocka_unit_test (no_line_is_wider_than_the_measure_and_inner_lines_fill_it),
        cmocka_unit_test (no_forbidden_character_stands_at_an_edge_unless_released),
        cmocka_unit_test (the_menu_says_what_composing_gives),
        cmocka_unit_test (no_choice_of_a_tight_menu_is_looser),
        cmocka_unit_test (total_fit_never_costs_more_than_first_fit),
        cmocka_unit_test (setting_twice_equals_setting_once),
    };

    return cmocka_run_group_tests_name ("type, any text", tests, NULL, NULL);
}
