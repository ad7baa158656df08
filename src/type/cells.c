/* cells.c — characters to cells: numbers, words, dashes, ellipses and addresses are one each.
 *
 * First every character gets its class with its neighbours seen (quotation marks inside Latin prose stay Latin), then
 * runs are gathered. A cell is never broken and never stretched inside; the emergency form (is_split) cuts words into
 * letters. */
#include "type/type-private.h"

#include <string.h>

/* ---- characters ---- */

static gunichar
at (const BmShaped *shaped, int i)
{
    return i >= 0 && i < shaped->n_chars ? shaped->chars[i].c : 0;
}

static BmClass
class_at (const BmShaped *shaped, int i)
{
    return i >= 0 && i < shaped->n_chars ? (BmClass) shaped->chars[i].class : BM_CLASS_HAN;
}

static bool
is_digit (gunichar c)
{
    return c < 0x80 && g_ascii_isdigit ((char) c);
}

static bool
is_latin_side (BmClass class)
{
    return class == BM_CLASS_LAT || class == BM_CLASS_NUM;
}

/* The nearest character in a direction that is no blank, quote or ASCII mark; 0 at the text's edge. */
static BmClass
neighbour (const BmShaped *shaped, int i, int step)
{
    for (i += step; i >= 0 && i < shaped->n_chars; i += step) {
        gunichar c = shaped->chars[i].c;

        if (c == ' ' || c == 0xA0 || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019)
            continue;
        return (BmClass) shaped->chars[i].class;
    }
    return BM_CLASS_HAN;
}

/* Does the quoted run that opens or closes at i hold a Han character? */
static bool
quoted_run_has_han (const BmShaped *shaped, int i)
{
    gunichar c = shaped->chars[i].c;
    bool opens = c == 0x201C || c == 0x2018;
    gunichar other = c == 0x201C ? 0x201D : c == 0x201D ? 0x201C : c == 0x2018 ? 0x2019 : 0x2018;
    int step = opens ? 1 : -1;

    for (int k = i + step; k >= 0 && k < shaped->n_chars && ABS (k - i) < 200; k += step) {
        if (shaped->chars[k].c == other)
            return false;
        BmClass class = (BmClass) shaped->chars[k].class;
        if (class == BM_CLASS_HAN || class == BM_CLASS_CM || class == BM_CLASS_FS)
            return true;
    }
    return true;
}

/* §3: quotes are full-width unless both neighbours are Latin and the run holds no Han; ’ between letters is an
 * apostrophe. */
static void
resolve_quote (BmShaped *shaped, int i)
{
    gunichar c = shaped->chars[i].c;

    if (c != 0x2018 && c != 0x2019 && c != 0x201C && c != 0x201D)
        return;
    bool inside = class_at (shaped, i - 1) == BM_CLASS_LAT && class_at (shaped, i + 1) == BM_CLASS_LAT && i > 0;
    if (c == 0x2019 && inside) {
        shaped->chars[i].class = BM_CLASS_LAT;
        return;
    }
    if (is_latin_side (neighbour (shaped, i, -1)) && is_latin_side (neighbour (shaped, i, 1)) && i > 0 &&
        i < shaped->n_chars - 1 && !quoted_run_has_han (shaped, i))
        shaped->chars[i].class = BM_CLASS_LAT;
}

void
bm_read_chars (BmShaped *shaped)
{
    int n = (int) g_utf8_strlen (shaped->text, shaped->length), i = 0;

    shaped->chars = bm_arena_new0 (shaped->arena, BmChar, n);
    shaped->n_chars = n;
    for (const char *p = shaped->text; i < n; p = g_utf8_next_char (p), i++) {
        BmChar *character = &shaped->chars[i];

        character->c = g_utf8_get_char (p);
        character->start = (int) (p - shaped->text);
        character->length = (int) (g_utf8_next_char (p) - p);
        character->class = bm_class_of (character->c);
    }
    for (i = 0; i < n; i++)
        resolve_quote (shaped, i);
}

/* ---- runs ---- */

/* http:// https:// www. or an e-mail address, up to the next non-ASCII character or blank; its length or 0. */
static int
url_length (const BmShaped *shaped, int i)
{
    static const char *const starts[] = { "http://", "https://", "www." };
    const char *text = shaped->text + shaped->chars[i].start;
    bool url = false;
    int n = 0, at_sign = -1;

    for (size_t k = 0; k < G_N_ELEMENTS (starts) && !url; k++)
        url = g_str_has_prefix (text, starts[k]);
    while (i + n < shaped->n_chars && at (shaped, i + n) > ' ' && at (shaped, i + n) < 0x7F) {
        if (at (shaped, i + n) == '@' && at_sign < 0)
            at_sign = n;
        n++;
    }
    if (url)
        return n;
    /* name@host.tld: a name before the sign, a dot after it. */
    for (int k = at_sign + 1; at_sign > 0 && k < n - 1; k++)
        if (at (shaped, i + k) == '.')
            return n;
    return 0;
}

/* §3 NUM: digits with . , : / - – between digits. */
static int
number_length (const BmShaped *shaped, int i)
{
    int n = 1;
    bool wide = at (shaped, i) >= 0xFF10;

    for (;;) {
        gunichar c = at (shaped, i + n);
        bool digit = wide ? c >= 0xFF10 && c <= 0xFF19 : is_digit (c);

        if (digit) {
            n++;
        } else if (!wide && (c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == 0x2013) &&
                   is_digit (at (shaped, i + n + 1))) {
            n += 2;
        } else {
            return n;
        }
    }
}

static bool
continues_word (const BmShaped *shaped, int i)
{
    gunichar c = at (shaped, i);
    BmClass class = class_at (shaped, i), next = class_at (shaped, i + 1);

    if (i >= shaped->n_chars)
        return false;
    if (class == BM_CLASS_LAT || (class == BM_CLASS_NUM && c < 0x80))
        return true;
    /* A+: the sign belongs to the grade. */
    if (c == '+' && !is_latin_side (next))
        return class_at (shaped, i - 1) == BM_CLASS_LAT && g_unichar_isalpha (at (shaped, i - 1));
    return (c == '-' || c == '&' || c == '\'') && i + 1 < shaped->n_chars && is_latin_side (next) &&
           at (shaped, i + 1) < 0x80;
}

/* A run of letters with digits and ' - . & inside it. ASCII marks count as LAT characters already; one that stands at
 * the end of a word stays with it. */
static int
word_length (const BmShaped *shaped, int i)
{
    int n = 1;

    while (continues_word (shaped, i + n))
        n++;
    return n;
}

static int
run_length (const BmShaped *shaped, int i, gunichar second)
{
    int n = 1;

    while (at (shaped, i + n) == at (shaped, i) || (second != 0 && at (shaped, i + n) == second))
        n++;
    return n;
}

/* §13.2: in vertical text more than two digits, and up to three capitals, stand one below the other. */
static bool
stands_upright (const BmShaped *shaped, int i, int n)
{
    bool digits = true, capitals = n <= 3;

    for (int k = i; k < i + n; k++) {
        digits = digits && (is_digit (at (shaped, k)) || at (shaped, k) >= 0xFF10);
        capitals = capitals && g_unichar_isupper (at (shaped, k));
    }
    return capitals || (digits && n > 2);
}

/* How many characters make the cell that begins at i, and its class. */
static int
cell_length (const BmShaped *shaped, int i, BmClass *class)
{
    int n = 0;

    *class = class_at (shaped, i);
    switch (*class) {
    case BM_CLASS_DASH:
        if (at (shaped, i) == 0x2E3A)
            return 1;
        n = run_length (shaped, i, 0);
        *class = n == 1 ? BM_CLASS_CON : BM_CLASS_DASH;
        return n; /* one glyph in most faces: never cut */
    case BM_CLASS_ELL:
        return run_length (shaped, i, 0) >= 2 && !shaped->is_split ? 2 : 1;
    case BM_CLASS_EX:
        return MIN (run_length (shaped, i, at (shaped, i) == 0xFF01 ? 0xFF1F : 0xFF01), 3);
    case BM_CLASS_NUM:
    case BM_CLASS_LAT:
        if (*class == BM_CLASS_LAT && (n = url_length (shaped, i)) > 0) {
            *class = BM_CLASS_URL;
            return 1;
        }
        if (shaped->is_split)
            return 1;
        return *class == BM_CLASS_NUM ? number_length (shaped, i) : word_length (shaped, i);
    default:
        return 1;
    }
}

static int
content_characters (BmClass class, int n)
{
    switch (class) {
    case BM_CLASS_HAN:
    case BM_CLASS_DASH:
    case BM_CLASS_ELL:
        return n;
    case BM_CLASS_NUM:
    case BM_CLASS_LAT:
    case BM_CLASS_URL:
        return 2;
    default:
        return 0;
    }
}

static void
add_cell (BmShaped *shaped, GArray *cells, int i, int n, BmClass class)
{
    BmCellData cell = { .start = shaped->chars[i].start, .class = (uint8_t) class };

    for (int k = 0; k < n; k++)
        cell.length += shaped->chars[i + k].length;
    cell.characters = (uint8_t) MIN (content_characters (class, n), 255);
    cell.alone = n == 1;
    g_array_append_val (cells, cell);
}

/* A number in a row of its own class needs no look-ahead; an address is cells of one character. */
void
bm_build_cells (BmShaped *shaped)
{
    GArray *cells = g_array_new (FALSE, TRUE, sizeof (BmCellData));
    int url_end = 0;

    for (int i = 0; i < shaped->n_chars;) {
        BmClass class;
        int n = 1;

        if (i < url_end) {
            class = BM_CLASS_URL;
        } else {
            n = cell_length (shaped, i, &class);
            if (class == BM_CLASS_URL)
                url_end = i + url_length (shaped, i);
        }
        bool western = class == BM_CLASS_NUM || class == BM_CLASS_LAT;
        int step = shaped->vertical && western && stands_upright (shaped, i, n) ? 1 : n;
        for (int k = 0; k < n; k += step)
            add_cell (shaped, cells, i + k, step, class);
        i += n;
    }
    shaped->n_cells = (int) cells->len;
    shaped->cells = bm_arena_copy (shaped->arena, cells->data, cells->len, sizeof (BmCellData));
    g_array_free (cells, TRUE);
}

gunichar
bm_cell_first (const BmShaped *shaped, const BmCellData *cell)
{
    return g_utf8_get_char (shaped->text + cell->start);
}

gunichar
bm_cell_last (const BmShaped *shaped, const BmCellData *cell)
{
    return g_utf8_get_char (g_utf8_prev_char (shaped->text + cell->start + cell->length));
}
