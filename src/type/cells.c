/* cells.c — characters to cells: numbers, words, dashes, ellipses and addresses are one each.
 *
 * First every character gets its class with its neighbours seen (quotation marks inside Latin prose stay Latin), then
 * runs are gathered. A cell is never broken and never stretched inside; the emergency form (is_split) cuts words into
 * letters. */
#include "type/type-private.h"

#include <string.h>

typedef struct {
    BmShaped *shaped;
    int n_chars;
    BmChar *chars;
    GArray *cells; /* BmCellData */
} Text;

/* ---- characters ---- */

static gunichar
at (const Text *text, int i)
{
    return i >= 0 && i < text->n_chars ? text->chars[i].c : 0;
}

static BmClass
class_at (const Text *text, int i)
{
    return i >= 0 && i < text->n_chars ? (BmClass) text->chars[i].class : BM_CLASS_HAN;
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
neighbour (const Text *text, int i, int step)
{
    for (i += step; i >= 0 && i < text->n_chars; i += step) {
        gunichar c = text->chars[i].c;

        if (c == ' ' || c == 0xA0 || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019)
            continue;
        return (BmClass) text->chars[i].class;
    }
    return BM_CLASS_HAN;
}

/* Does the quoted run that opens or closes at i hold a Han character? */
static bool
quoted_run_has_han (const Text *text, int i)
{
    gunichar c = text->chars[i].c;
    bool opens = c == 0x201C || c == 0x2018;
    gunichar other = c == 0x201C ? 0x201D : c == 0x201D ? 0x201C : c == 0x2018 ? 0x2019 : 0x2018;
    int step = opens ? 1 : -1;

    for (int k = i + step; k >= 0 && k < text->n_chars && ABS (k - i) < 200; k += step) {
        if (text->chars[k].c == other)
            return false;
        BmClass class = (BmClass) text->chars[k].class;
        if (class == BM_CLASS_HAN || class == BM_CLASS_CM || class == BM_CLASS_FS)
            return true;
    }
    return true;
}

/* §3: quotes are full-width unless both neighbours are Latin and the run holds no Han; ’ between letters is an
 * apostrophe. */
static void
resolve_quote (Text *text, int i)
{
    gunichar c = text->chars[i].c;

    if (c != 0x2018 && c != 0x2019 && c != 0x201C && c != 0x201D)
        return;
    bool inside = class_at (text, i - 1) == BM_CLASS_LAT && class_at (text, i + 1) == BM_CLASS_LAT && i > 0;
    if (c == 0x2019 && inside) {
        text->chars[i].class = BM_CLASS_LAT;
        return;
    }
    if (is_latin_side (neighbour (text, i, -1)) && is_latin_side (neighbour (text, i, 1)) && i > 0 &&
        i < text->n_chars - 1 && !quoted_run_has_han (text, i))
        text->chars[i].class = BM_CLASS_LAT;
}

static void
read_chars (Text *text)
{
    const char *bytes = text->shaped->text;
    int n = (int) g_utf8_strlen (bytes, text->shaped->length), i = 0;

    text->chars = g_new (BmChar, (gsize) MAX (n, 1));
    text->n_chars = n;
    for (const char *p = bytes; i < n; p = g_utf8_next_char (p), i++) {
        BmChar *character = &text->chars[i];

        character->c = bm_char_at (p);
        character->start = (int) (p - bytes);
        character->length = (int) (g_utf8_next_char (p) - p);
        character->class = bm_class_of (character->c);
    }
    for (i = 0; i < n; i++)
        resolve_quote (text, i);
}

/* ---- runs ---- */

/* http:// https:// www. or an e-mail address, up to the next non-ASCII character or blank; its length or 0. */
static int
url_length (const Text *text, int i)
{
    static const char *const starts[] = { "http://", "https://", "www." };
    const char *bytes = text->shaped->text + text->chars[i].start;
    bool url = false;
    int n = 0, at_sign = -1;

    for (size_t k = 0; k < G_N_ELEMENTS (starts) && !url; k++)
        url = g_str_has_prefix (bytes, starts[k]);
    while (i + n < text->n_chars && at (text, i + n) > ' ' && at (text, i + n) < 0x7F) {
        if (at (text, i + n) == '@' && at_sign < 0)
            at_sign = n;
        n++;
    }
    if (url)
        return n;
    /* name@host.tld: a name before the sign, a dot after it. */
    for (int k = at_sign + 1; at_sign > 0 && k < n - 1; k++)
        if (at (text, i + k) == '.')
            return n;
    return 0;
}

/* §3 NUM: digits with . , : / - – between digits. */
static int
number_length (const Text *text, int i)
{
    int n = 1;
    bool wide = at (text, i) >= 0xFF10;

    for (;;) {
        gunichar c = at (text, i + n);
        bool digit = wide ? c >= 0xFF10 && c <= 0xFF19 : is_digit (c);

        if (digit) {
            n++;
        } else if (!wide && (c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == 0x2013) &&
                   is_digit (at (text, i + n + 1))) {
            n += 2;
        } else {
            return n;
        }
    }
}

static bool
continues_word (const Text *text, int i)
{
    gunichar c = at (text, i);
    BmClass class = class_at (text, i), next = class_at (text, i + 1);

    if (i >= text->n_chars)
        return false;
    if (class == BM_CLASS_LAT || (class == BM_CLASS_NUM && c < 0x80))
        return true;
    /* A+: the sign belongs to the grade. */
    if (c == '+' && !is_latin_side (next))
        return class_at (text, i - 1) == BM_CLASS_LAT && g_unichar_isalpha (at (text, i - 1));
    return (c == '-' || c == '&' || c == '\'') && i + 1 < text->n_chars && is_latin_side (next) &&
           at (text, i + 1) < 0x80;
}

/* A run of letters with digits and ' - . & inside it. ASCII marks count as LAT characters already; one that stands at
 * the end of a word stays with it. */
static int
word_length (const Text *text, int i)
{
    int n = 1;

    while (continues_word (text, i + n))
        n++;
    return n;
}

static int
run_length (const Text *text, int i, gunichar second)
{
    int n = 1;

    while (at (text, i + n) == at (text, i) || (second != 0 && at (text, i + n) == second))
        n++;
    return n;
}

/* §13.2: in vertical text more than two digits, and up to three capitals, stand one below the other. */
static bool
stands_upright (const Text *text, int i, int n)
{
    bool digits = true, capitals = n <= 3;

    for (int k = i; k < i + n; k++) {
        digits = digits && (is_digit (at (text, k)) || at (text, k) >= 0xFF10);
        capitals = capitals && g_unichar_isupper (at (text, k));
    }
    return capitals || (digits && n > 2);
}

/* How many characters make the cell that begins at i, and its class. */
static int
cell_length (const Text *text, int i, BmClass *class)
{
    int n = 0;

    *class = class_at (text, i);
    switch (*class) {
    case BM_CLASS_DASH:
        if (at (text, i) == 0x2E3A)
            return 1;
        n = run_length (text, i, 0);
        *class = n == 1 ? BM_CLASS_CON : BM_CLASS_DASH;
        return n; /* one glyph in most faces: never cut */
    case BM_CLASS_ELL:
        return run_length (text, i, 0) >= 2 && !text->shaped->is_split ? 2 : 1;
    case BM_CLASS_EX:
        return MIN (run_length (text, i, at (text, i) == 0xFF01 ? 0xFF1F : 0xFF01), 3);
    case BM_CLASS_NUM:
    case BM_CLASS_LAT:
        if (*class == BM_CLASS_LAT && (n = url_length (text, i)) > 0) {
            *class = BM_CLASS_URL;
            return 1;
        }
        if (text->shaped->is_split)
            return 1;
        return *class == BM_CLASS_NUM ? number_length (text, i) : word_length (text, i);
    default:
        return 1;
    }
}

static int
content_characters (BmClass class, int n)
{
    switch (class) {
    case BM_CLASS_HAN:
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
add_cell (Text *text, int i, int n, BmClass class)
{
    BmCellData cell = { .start = text->chars[i].start, .class = (uint8_t) class };

    cell.characters = (uint8_t) MIN (content_characters (class, n), 255);
    cell.alone = n == 1;
    g_array_append_val (text->cells, cell);
}

/* An address is cells of one character. */
static void
gather (Text *text)
{
    int url_end = 0;

    for (int i = 0; i < text->n_chars;) {
        BmClass class;
        int n = 1;

        if (i < url_end) {
            class = BM_CLASS_URL;
        } else {
            n = cell_length (text, i, &class);
            if (class == BM_CLASS_URL)
                url_end = i + url_length (text, i);
        }
        bool western = class == BM_CLASS_NUM || class == BM_CLASS_LAT;
        int step = text->shaped->vertical && western && stands_upright (text, i, n) ? 1 : n;
        for (int k = 0; k < n; k += step)
            add_cell (text, i + k, step, class);
        i += n;
    }
}

void
bm_build_cells (BmShaped *shaped)
{
    Text text = { .shaped = shaped, .cells = g_array_new (FALSE, TRUE, sizeof (BmCellData)) };
    const BmCellData end = { .start = shaped->length, .class = BM_CLASS_HAN };

    read_chars (&text);
    gather (&text);
    shaped->n_cells = (int) text.cells->len;
    g_array_append_val (text.cells, end);
    shaped->cells = g_memdup2 (text.cells->data, text.cells->len * sizeof (BmCellData));
    g_array_free (text.cells, TRUE);
    g_free (text.chars);
}

gunichar
bm_cell_first (const BmShaped *shaped, const BmCellData *cell)
{
    return bm_char_at (shaped->text + cell->start);
}

gunichar
bm_cell_last (const BmShaped *shaped, const BmCellData *cell)
{
    return g_utf8_get_char (g_utf8_prev_char (shaped->text + cell[1].start));
}
