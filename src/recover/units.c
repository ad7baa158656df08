/* units.c — from labelled lines to units: paragraphs, display lines, bylines, and what has a fixed form. */
#include "recover/recover-private.h"

static const guint32 carried = BM_CUE_CAPTION | BM_CUE_STOP | BM_CUE_COMMA;

static BmUnitKind
kind_of (const BmRawLine *line)
{
    if (line->label == BM_LABEL_BYLINE)
        return BM_UNIT_BYLINE;
    if (line->label != BM_LABEL_FIXED)
        return line->label == BM_LABEL_DISPLAY ? BM_UNIT_DISPLAY : BM_UNIT_PARAGRAPH;
    if (line->cues & BM_CUE_FOLIO)
        return BM_UNIT_FOLIO;
    if (line->cues & (BM_CUE_JUMP_TO | BM_CUE_JUMP_FROM))
        return line->cues & BM_CUE_JUMP_TO ? BM_UNIT_JUMP_TO : BM_UNIT_JUMP_FROM;
    if (line->cues & BM_CUE_AD)
        return BM_UNIT_AD;
    return line->cues & BM_CUE_CELL ? BM_UNIT_TABLE : BM_UNIT_CONTACT;
}

static void
add_line (BmRaw *raw, BmUnit *unit, int i)
{
    const BmRawLine *line = bm_raw_line (raw, i);

    if (unit->n_lines > 0)
        bm_raw_line (raw, unit->last)->next = i;
    unit->last = i;
    unit->n_lines++;
    unit->width += line->width;
    unit->measure = MAX (unit->measure, line->measure);
    unit->cues |= line->cues & carried;
    unit->breaks = line->breaks;
}

static BmUnit
unit_from (BmRaw *raw, int i)
{
    const BmRawLine *line = bm_raw_line (raw, i);
    BmUnit unit = { .kind = kind_of (line), .first = i, .last = i, .hint = line->hint, .cues = line->cues & ~(guint32) (BM_CUE_CLOSED | BM_CUE_CREDIT_END | BM_CUE_HANGS),
                    .resumes = line->resumes, .story = -1, .blank_above = line->blank_above };

    add_line (raw, &unit, i);
    return unit;
}

/* A byline's further line; a further row of the table; the rest of a headline that was vertical but for a word. */
static bool
goes_on (const BmRaw *raw, const BmUnit *unit, int i)
{
    const BmRawLine *line = bm_raw_line (raw, i);

    if (unit->last != i - 1 || kind_of (line) != unit->kind)
        return false;
    switch (unit->kind) {
    case BM_UNIT_BYLINE:
        return line->cues & BM_CUE_BYLINE_MORE && unit->n_lines < 4 && !bm_char_is_bullet (bm_raw_char (raw, line->start)->code);
    case BM_UNIT_TABLE:
        return true;
    case BM_UNIT_DISPLAY:
        return line->cues & BM_CUE_VERTICAL && line->cues & BM_CUE_HELD;
    default:
        return false;
    }
}

GArray *
bm_units_of (BmRaw *raw)
{
    GArray *units = g_array_new (FALSE, FALSE, sizeof (BmUnit));
    const int n = (int) raw->lines->len;
    bool *taken = g_new0 (bool, (gsize) MAX (n, 1));

    for (int i = 0; i < n; i++) {
        BmUnit *before = units->len > 0 ? &g_array_index (units, BmUnit, units->len - 1) : NULL;

        if (taken[i])
            continue;
        if (before != NULL && goes_on (raw, before, i)) {
            add_line (raw, before, i);
            continue;
        }
        BmUnit unit = unit_from (raw, i);
        for (int k = bm_raw_line (raw, i)->next; unit.kind == BM_UNIT_PARAGRAPH && k >= 0; k = bm_raw_line (raw, k)->next) {
            add_line (raw, &unit, k);
            taken[k] = true;
        }
        unit.cues |= bm_raw_line (raw, unit.last)->cues & (BM_CUE_CLOSED | BM_CUE_CREDIT_END | BM_CUE_HANGS);
        g_array_append_val (units, unit);
    }
    g_free (taken);
    return units;
}

/* ---- a unit's characters ---- */

static bool
is_word (gunichar c)
{
    return bm_char_is_latin (c) || bm_char_is_digit (c);
}

/* Two Latin words keep their space when a line ends between them. */
static bool
needs_space (gunichar before, gunichar after)
{
    if (before == ',' || before == '.' || before == ';')
        return bm_char_is_latin (after);
    return is_word (before) && is_word (after) && (bm_char_is_latin (before) || bm_char_is_latin (after));
}

GArray *
bm_unit_chars (const BmRaw *raw, const BmUnit *unit)
{
    GArray *chars = g_array_new (FALSE, FALSE, sizeof (BmRawChar));

    for (int i = unit->first; i >= 0; i = bm_raw_line (raw, i)->next) {
        const BmRawLine *line = bm_raw_line (raw, i);
        guint at = chars->len;

        g_array_append_vals (chars, bm_raw_char (raw, line->start), (guint) (line->end - line->start));
        if (at == 0)
            g_array_index (chars, BmRawChar, 0).gap = 0;
        else
            g_array_index (chars, BmRawChar, at).gap =
                needs_space (g_array_index (chars, BmRawChar, at - 1).code, g_array_index (chars, BmRawChar, at).code);
    }
    return chars;
}
