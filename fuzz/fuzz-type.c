/* fuzz-type.c — any text at any measure in any style: composed, judged, composed again from the same cells.
 *
 * Bytes become settings and characters, not UTF-8: a raw-byte target is refused most of the time and hardly ever holds
 * Chinese (house-style.md §6). What must hold is checked here, so that a wrong galley is a finding like a crash. */
#include "type/type.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define SETTINGS 6 /* bytes before the text */

static void
add_character (GString *text, uint8_t byte, uint8_t next)
{
    static const char marks[][8] = { "，", "。", "、", "；", "：", "！", "？", "“", "”", "‘", "’", "（", "）", "《", "》", "「", "」", "·", "—", "——", "…", "……",
                                     "～", "／", "【", "】", "￥", "％", "℃", "※", " ", "\u3000", "\u00a0", "\u2060", "\u200b", "\u00ad", "\n", "々", "ー", "っ" };

    if (byte < 96)
        g_string_append_unichar (text, 0x4E00 + (gunichar) byte * 213 + next);
    else if (byte < 160)
        g_string_append (text, marks[byte % G_N_ELEMENTS (marks)]);
    else if (byte < 232)
        g_string_append_c (text, (char) (0x20 + next % 95));
    else if (byte < 248)
        g_string_append_unichar (text, 0xA1 + (gunichar) next * 31);
    else
        g_string_append_unichar (text, 0x1F300 + next);
}

/* Every cell once, in order; no line wider than its measure unless it says so. */
static void
check (const BmGalley *galley, double measure)
{
    int at = 0;

    for (int i = 0; i < galley->n_lines; i++) {
        const BmLine *line = &galley->lines[i];

        if (!isfinite (line->width) || (line->width > measure + 0.01 && !line->released))
            abort ();
        for (int k = 0; k < line->n_cells; k++) {
            const BmCell *cell = &galley->cells[line->first_cell + k];

            if (cell->start < at || !isfinite (cell->x) || !isfinite (cell->advance))
                abort ();
            at = cell->start + cell->length;
        }
    }
}

static void
compose (BmArena *arena, const BmShaped *shaped, const BmStyle *style, double measure, double indent)
{
    BmChoice choices[8];
    const BmGalley *galley = bm_compose (arena, shaped, style, &measure, 1, indent, 0);

    if (galley == NULL)
        abort ();
    check (galley, measure);
    int n = bm_line_menu (shaped, style, measure, indent, INFINITY, choices, 8);
    for (int i = 0; i < n; i++) {
        const BmGalley *chosen = bm_compose (arena, shaped, style, &measure, 1, indent, choices[i].n_lines);

        if (chosen == NULL || chosen->n_lines != choices[i].n_lines)
            abort ();
    }
    if (bm_count_lines (shaped, style, measure, indent) != galley->n_lines)
        abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static const char *const styles[] = { "full", "news", "css", "gb" };
    static const char *const languages[] = { NULL, NULL, "zh-Hant", "ja" };
    static const BmTextKind kinds[] = { BM_TEXT_BODY, BM_TEXT_BODY, BM_TEXT_BYLINE, BM_TEXT_CAPTION };
    BmStyle style;

    if (size < SETTINGS + 2)
        return 0;
    BmArena *arena = bm_arena_create ();
    GString *text = g_string_new (NULL);
    for (size_t i = SETTINGS; i + 1 < size; i += 2)
        add_character (text, data[i], data[i + 1]);
    bm_style_named (&style, styles[data[0] % 4]);
    style.kinsoku = (BmKinsoku) (data[1] % 5);
    style.fit = data[2] & 1 ? BM_FIT_TOTAL : BM_FIT_FIRST;
    style.hang = (data[2] & 2) != 0;
    style.hyphenate = (data[2] & 4) != 0;
    const BmText request = { .utf8 = text->str, .length = -1, .kind = kinds[data[3] % 4], .lang = languages[data[3] / 4 % 4] };
    const BmShaped *shaped = bm_shape_unit (arena, &request, &style);
    compose (arena, shaped, &style, 1 + data[4] * 0.125, data[5] % 3);
    compose (arena, shaped, &style, 2 + data[5] * 0.25, 2);
    g_string_free (text, TRUE);
    bm_arena_free (arena);
    return 0;
}
