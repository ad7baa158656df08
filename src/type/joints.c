/* joints.c — what stands between two cells: blank, trim, stretch, and whether a line may break there.
 *
 * cjk-composition.md §4 (breaks), §5.3 (adjacent marks), §6 (Han–Western space), §7 (open joints), §8.3 (penalties),
 * §11.2 (words of headlines), §12 (bylines). Everything is decided once a paragraph and style. */
#include "type/type-private.h"

#include <string.h>

typedef struct {
    BmShaped *shaped;
    const BmStyle *style;
    BmKinsoku level;
} Joints;

static BmClass
class_of (const BmCellData *cell)
{
    return (BmClass) cell->class;
}

/* ---- breaks (§4) ---- */

static bool
never_opens_a_line (const Joints *joints, const BmCellData *cell)
{
    BmKinsoku level = joints->level;
    gunichar c = bm_cell_first (joints->shaped, cell);

    if (level == BM_KINSOKU_NONE)
        return false;
    switch (class_of (cell)) {
    case BM_CLASS_CL:
    case BM_CLASS_CM:
    case BM_CLASS_FS:
    case BM_CLASS_EX:
    case BM_CLASS_EXD:
    case BM_CLASS_MID:
    case BM_CLASS_CON:
    case BM_CLASS_SYM:
        return true;
    case BM_CLASS_SL:
        return level != BM_KINSOKU_BASIC;
    case BM_CLASS_DASH:
        return level == BM_KINSOKU_STRICT;
    case BM_CLASS_ELL:
        return level == BM_KINSOKU_STRICT || level == BM_KINSOKU_NEWS;
    case BM_CLASS_POST:
        return level == BM_KINSOKU_NEWS;
    case BM_CLASS_HAN:
        /* §18: Japanese newspapers that set loose let small kana open a line. */
        return bm_is_iteration (c) || (bm_is_kana_small (c) && !(joints->shaped->language == BM_LANGUAGE_JA && level == BM_KINSOKU_BASIC));
    default:
        return false;
    }
}

static bool
never_closes_a_line (const Joints *joints, const BmCellData *cell)
{
    BmKinsoku level = joints->level;

    switch (class_of (cell)) {
    case BM_CLASS_OP:
        return level != BM_KINSOKU_NONE;
    case BM_CLASS_SL:
        return level != BM_KINSOKU_NONE && level != BM_KINSOKU_BASIC;
    case BM_CLASS_PRE:
        return level == BM_KINSOKU_NEWS;
    default:
        return false;
    }
}

/* §4.1: units that hold at every level. */
static bool
holds_always (const Joints *joints, const BmCellData *a, const BmCellData *b)
{
    BmClass left = class_of (a), right = class_of (b);

    if (left == BM_CLASS_MARK)
        return true;
    if (left == BM_CLASS_NUM && right == BM_CLASS_POST)
        return true;
    if (left == BM_CLASS_PRE && bm_is_western (right))
        return true;
    if ((left == BM_CLASS_NUM || left == BM_CLASS_LAT) && (right == BM_CLASS_NUM || right == BM_CLASS_LAT || right == BM_CLASS_PRE))
        return true;
    /* What ends an address without a blank belongs to its word: the apostrophe of desk@post.example’s. */
    if (left == BM_CLASS_URL && (right == BM_CLASS_NUM || right == BM_CLASS_LAT))
        return true;
    if (left == BM_CLASS_CON && (right == BM_CLASS_NUM || right == BM_CLASS_LAT))
        return joints->level != BM_KINSOKU_NONE;
    return false;
}

/* §4.3: after / . ? & = - _ when the next is not one of them. */
static bool
url_may_break (const Joints *joints, const BmCellData *a, const BmCellData *b)
{
    gunichar c = bm_cell_first (joints->shaped, a), next = bm_cell_first (joints->shaped, b);

    return c < 0x80 && strchr ("/.?&=-_", (int) c) != NULL && !(next < 0x80 && strchr ("/.?&=-_", (int) next) != NULL);
}

static bool
is_blank (BmClass class)
{
    return class == BM_CLASS_SP || class == BM_CLASS_ISP || class == BM_CLASS_NBSP || class == BM_CLASS_WJ ||
           class == BM_CLASS_ZW || class == BM_CLASS_SHY || class == BM_CLASS_HARD;
}

#define LETTERS_BEFORE 2 /* §4.3 */
#define LETTERS_AFTER 3

/* A soft hyphen inside a word, with letters enough on either side. Elsewhere it is nothing at all. */
static bool
is_hyphen_point (const Joints *joints, const BmCellData *cell)
{
    const BmShaped *shaped = joints->shaped;
    const BmCellData *before = cell - 1, *after = cell + 1;

    if (class_of (cell) != BM_CLASS_SHY || cell == shaped->cells || after == shaped->cells + shaped->n_cells)
        return false;
    if (class_of (before) != BM_CLASS_LAT || class_of (after) != BM_CLASS_LAT)
        return false;
    return shaped->is_split || (g_utf8_strlen (shaped->text + before->start, bm_cell_length (before)) >= LETTERS_BEFORE &&
                                g_utf8_strlen (shaped->text + after->start, bm_cell_length (after)) >= LETTERS_AFTER);
}

static bool
may_break_between (const Joints *joints, const BmCellData *a, const BmCellData *b)
{
    BmClass left = class_of (a), right = class_of (b);

    if (is_blank (right) || left == BM_CLASS_WJ || left == BM_CLASS_NBSP)
        return false;
    if (left == BM_CLASS_ZW || left == BM_CLASS_HARD)
        return true;
    if (is_hyphen_point (joints, a))
        return joints->style->hyphenate;
    if (left == BM_CLASS_SHY)
        return a > joints->shaped->cells && may_break_between (joints, a - 1, b);
    if (never_opens_a_line (joints, b) || never_closes_a_line (joints, a) || holds_always (joints, a, b))
        return false;
    if (left == BM_CLASS_URL && right == BM_CLASS_URL)
        return url_may_break (joints, a, b);
    return true;
}

static uint8_t
release_level (const Joints *joints, const BmCellData *a, const BmCellData *b)
{
    BmClass left = class_of (a), right = class_of (b);
    gunichar c = bm_cell_last (joints->shaped, a);

    if (is_hyphen_point (joints, a))
        return BM_RELEASE_HYPHEN;
    if (is_blank (left) || is_blank (right))
        return BM_RELEASE_ALL;
    if (left == BM_CLASS_URL && right == BM_CLASS_URL)
        return BM_RELEASE_URL;
    if (left == BM_CLASS_LAT && right == BM_CLASS_LAT)
        return BM_RELEASE_LETTERS;
    if (bm_is_western (left) && bm_is_western (right))
        return c == ',' || c == '-' ? BM_RELEASE_GROUPS : BM_RELEASE_DASH;
    if (right == BM_CLASS_DASH || right == BM_CLASS_ELL)
        return BM_RELEASE_DASH;
    if (bm_is_mark_class (right) || left == BM_CLASS_OP)
        return BM_RELEASE_MARKS;
    return BM_RELEASE_SIGNS;
}

/* ---- penalties (§8.3) ---- */

static bool
is_counter (gunichar c)
{
    static const gunichar counters[] = { 0x5E74, 0x6708, 0x65E5, 0x65F6, 0x5206, 0x4E2A, 0x4EBA, 0x5143, 0x4E07,
                                         0x4EBF, 0x6237, 0x5BB6, 0x540D, 0x9879, 0x6B21, 0x7C73, 0x516C,
                                         0x6642, 0x500B, 0x842C, 0x5104, 0x6236, 0x9805, 0x5186 };
    /* 年 月 日 时 分 个 人 元 万 亿 户 家 名 项 次 米 公 時 個 萬 億 戶 項 円 */
    for (size_t i = 0; i < G_N_ELEMENTS (counters); i++)
        if (c == counters[i])
            return true;
    return false;
}

/* In halves. */
static uint8_t
break_penalty (const Joints *joints, int i)
{
    const BmCellData *a = &joints->shaped->cells[i], *b = a + 1;
    BmClass left = class_of (a), right = class_of (b);
    int halves = 0;

    if (right == BM_CLASS_DASH && joints->level == BM_KINSOKU_NEWS)
        halves += 2 * 2;
    if (left == BM_CLASS_NUM && is_counter (bm_cell_first (joints->shaped, b)))
        halves += 1;
    if (is_hyphen_point (joints, a))
        halves += 2 * 3;
    if (left == BM_CLASS_URL && right == BM_CLASS_URL)
        halves += 2 * 8;
    if (bm_is_mark_class (left) && bm_is_mark_class (right) && i > 0 && bm_is_mark_class (class_of (a - 1)))
        halves += 2 * 1;
    return (uint8_t) halves;
}

/* ---- blanks and trims ---- */

static bool
is_pause_or_close (BmClass class)
{
    return class == BM_CLASS_CL || class == BM_CLASS_CM || class == BM_CLASS_FS || class == BM_CLASS_EX;
}

/* §5.3: one half em goes between adjacent marks. */
static void
trim_pair (const BmStyle *style, BmCellData *a, const BmCellData *b)
{
    BmClass left = class_of (a), right = class_of (b);

    if (!style->trim_adjacent)
        return;
    if (is_pause_or_close (left) && a->right > 0 && (is_pause_or_close (right) || right == BM_CLASS_MID || right == BM_CLASS_ISP)) {
        a->trims_right = true;
        a->kern -= bm_is_centred (a) ? a->left + a->right : a->right;
    } else if (right == BM_CLASS_OP && b->left > 0 &&
               (left == BM_CLASS_OP || left == BM_CLASS_ISP || left == BM_CLASS_MID || (is_pause_or_close (left) && a->right > 0))) {
        a->trims_left = true;
        a->kern -= b->left;
    }
}

/* §6: % and ° are Western; full-width signs are not. */
static bool
is_western_side (const BmShaped *shaped, const BmCellData *cell)
{
    gunichar c = bm_cell_first (shaped, cell);

    return bm_is_western (class_of (cell)) ||
           (class_of (cell) == BM_CLASS_POST && (c == '%' || c == 0xB0 || c == 0x2032 || c == 0x2033));
}

static void
space_pair (const Joints *joints, BmCellData *a, const BmCellData *b)
{
    const BmStyle *style = joints->style;
    BmTextKind kind = joints->shaped->kind;
    gunichar first = bm_cell_first (joints->shaped, a);
    bool wide = class_of (a) == BM_CLASS_NUM && first >= 0xFF10;
    bool wide_next = class_of (b) == BM_CLASS_NUM && bm_cell_first (joints->shaped, b) >= 0xFF10;

    if (style->space_max <= 0 || kind == BM_TEXT_HEADLINE || kind == BM_TEXT_BYLINE || wide || wide_next)
        return;
    bool western_right = class_of (a) == BM_CLASS_HAN && bm_is_western (class_of (b));
    bool western_left = is_western_side (joints->shaped, a) && class_of (b) == BM_CLASS_HAN;
    if (western_right || western_left) {
        a->is_space = true;
        a->kern += (float) style->space;
    }
}

/* §18: after ！ or ？ an em, unless the paragraph, the quotation or the row of marks ends there, or the writer put a blank. */
static void
pause_pair (const BmShaped *shaped, BmCellData *a, const BmCellData *b)
{
    bool sentence = class_of (a) == BM_CLASS_EX || class_of (a) == BM_CLASS_EXD;
    bool running = shaped->kind == BM_TEXT_BODY || shaped->kind == BM_TEXT_CAPTION;

    if (shaped->language != BM_LANGUAGE_JA || !sentence || !running || is_blank (class_of (b)) || is_pause_or_close (class_of (b)) ||
        class_of (b) == BM_CLASS_EXD)
        return;
    a->is_pause = true;
    a->kern += 1;
    if (class_of (b) == BM_CLASS_OP && b->left > 0) {
        a->trims_left = true;
        a->kern -= b->left;
    }
}

/* §7: no stretch inside words, round connectors, inside a mark's side. */
static bool
is_open (const BmCellData *a, const BmCellData *b)
{
    BmClass left = class_of (a), right = class_of (b);
    bool word_left = bm_is_western (left) || left == BM_CLASS_POST || left == BM_CLASS_PRE;
    bool word_right = bm_is_western (right) || right == BM_CLASS_POST || right == BM_CLASS_PRE;

    if (word_left && word_right)
        return false;
    if (left == BM_CLASS_CON || left == BM_CLASS_SL || left == BM_CLASS_MID || left == BM_CLASS_SP || left == BM_CLASS_NBSP)
        return false;
    if (right == BM_CLASS_CON || right == BM_CLASS_SL || right == BM_CLASS_MID || right == BM_CLASS_SYM || right == BM_CLASS_EXD)
        return false;
    if (is_blank (right) && right != BM_CLASS_ISP)
        return false;
    if (left == BM_CLASS_OP || is_pause_or_close (right) || left == BM_CLASS_SHY)
        return false;
    return !(left == right && (left == BM_CLASS_DASH || left == BM_CLASS_ELL));
}

/* A blank beside Han shares the limits of Han–Western space; one between Western words is a word space. */
static void
set_blank (const Joints *joints, int i)
{
    BmShaped *shaped = joints->shaped;
    BmCellData *cell = &shaped->cells[i];
    bool han_left = i > 0 && class_of (cell - 1) == BM_CLASS_HAN;
    bool han_right = i + 1 < shaped->n_cells && class_of (cell + 1) == BM_CLASS_HAN;

    if (class_of (cell) != BM_CLASS_SP)
        return;
    cell->beside_han = (han_left || han_right) && joints->style->space_max > 0;
    if (cell->beside_han)
        cell->width = (float) joints->style->space;
}

/* ---- bylines (§12) ---- */

static int
token_characters (const BmShaped *shaped, int i, int *end)
{
    int n = 0;

    while (i < shaped->n_cells && class_of (&shaped->cells[i]) == BM_CLASS_HAN) {
        n++;
        i++;
    }
    *end = i;
    return n;
}

/* 记者, 通讯员 and their kin: the word before names. */
static bool
ends_in_role (const BmShaped *shaped, int end)
{
    static const char *const roles[] = { "记者", "通讯员", "实习生", "記者", "通訊員" };

    for (size_t i = 0; i < G_N_ELEMENTS (roles); i++) {
        int length = (int) strlen (roles[i]);
        int stop = end < shaped->n_cells ? shaped->cells[end].start : shaped->length;

        if (stop >= length && memcmp (shaped->text + stop - length, roles[i], (size_t) length) == 0)
            return true;
    }
    return false;
}

/* 报道 摄 文 图: never opens a line. */
static bool
is_tail_word (const BmShaped *shaped, int i)
{
    static const char *const tails[] = { "报道", "報道", "摄", "攝", "文", "图", "圖" };
    int end, n = token_characters (shaped, i, &end);

    for (size_t k = 0; n > 0 && k < G_N_ELEMENTS (tails); k++)
        if (g_str_has_prefix (shaped->text + shaped->cells[i].start, tails[k]) && n * 3 == (int) strlen (tails[k]))
            return true;
    return false;
}

#define NAME_BLANK 1.0f   /* inside 宋 弢: two characters over three */
#define MARK_BLANK 0.25f  /* after □ */
#define LONGEST_NAME 4    /* characters */

/* Where the token that holds cell i − 1 begins. */
static int
token_start (const BmShaped *shaped, int i)
{
    while (i > 0 && class_of (&shaped->cells[i - 1]) == BM_CLASS_HAN)
        i--;
    return i;
}

/* The blank at i: how wide it is, and whether a line may end there or how late it may in an emergency. `in_name`: it stands
 * between the two characters of a name. */
static void
set_byline_blank (BmShaped *shaped, int i, bool in_name)
{
    BmCellData *cell = &shaped->cells[i];
    bool after_mark = i > 0 && class_of (cell - 1) == BM_CLASS_MARK;
    uint8_t release = in_name || after_mark ? BM_RELEASE_ALL : ends_in_role (shaped, i) ? BM_RELEASE_HYPHEN : is_tail_word (shaped, i + 1) ? BM_RELEASE_URL : 0;

    cell->width = in_name ? NAME_BLANK : after_mark ? MARK_BLANK : BM_BYLINE_BLANK;
    if (release > 0 && cell->may_break) {
        cell->may_break = false;
        cell->release = release;
    }
}

/* Inside a token no line ends: a name least of all. */
static void
hold_token (BmShaped *shaped, int i)
{
    BmCellData *cell = &shaped->cells[i];
    int end;

    if (!cell->may_break || class_of (cell) == BM_CLASS_HARD)
        return;
    cell->may_break = false;
    int start = token_start (shaped, i + 1);
    cell->release = token_characters (shaped, start, &end) <= LONGEST_NAME ? BM_RELEASE_ALL : BM_RELEASE_SIGNS;
}

/* Breaks only between tokens; two tokens of one character in a row, 宋 弢, are one name set over three. */
static void
set_byline (BmShaped *shaped)
{
    bool in_name = false;

    for (int i = 0; i < shaped->n_cells; i++) {
        BmClass class = class_of (&shaped->cells[i]);
        int end;

        if (class != BM_CLASS_SP && class != BM_CLASS_ISP) {
            hold_token (shaped, i);
            continue;
        }
        in_name = !in_name && i - token_start (shaped, i) == 1 && token_characters (shaped, i + 1, &end) == 1;
        set_byline_blank (shaped, i, in_name);
    }
}

/* ---- headlines (§11.2) ---- */

static bool
is_one_of (gunichar c, const char *set)
{
    return g_utf8_strchr (set, -1, c) != NULL;
}

static bool
is_hiragana (gunichar c)
{
    return (c >= 0x3041 && c <= 0x309F) || c == 0x30FC;
}

static bool
is_katakana (gunichar c)
{
    return c >= 0x30A1 && c <= 0x30FF && c != 0x30FB;
}

/* Japanese: endings and particles keep with what precedes; a foreign word is one; characters in a row make a word, which
 * may be opened when it is long. */
static bool
is_joined_in_japanese (BmCellData *a, gunichar c, gunichar next)
{
    if (is_hiragana (next) || (is_katakana (c) && is_katakana (next)))
        return true;
    bool characters = !is_hiragana (c) && !is_katakana (c) && !is_katakana (next);
    if (characters && a->opens_word == 0)
        a->opens_word = 1;
    return characters;
}

/* Suffixes and particles keep with what precedes, 不 第 with what follows. */
static bool
is_joined_by_rule (BmShaped *shaped, int i)
{
    BmCellData *a = &shaped->cells[i], *b = a + 1;
    gunichar c = bm_cell_first (shaped, a), next = bm_cell_first (shaped, b);

    if (shaped->language == BM_LANGUAGE_JA && class_of (a) == BM_CLASS_HAN && class_of (b) == BM_CLASS_HAN)
        return is_joined_in_japanese (a, c, next);
    if (class_of (b) == BM_CLASS_HAN && class_of (a) == BM_CLASS_HAN &&
        is_one_of (next, "化性率版店村区區市县縣镇鎮街路员員者家会會型式年月日的了着著过過和与與及们們"))
        return true;
    if (class_of (a) == BM_CLASS_NUM && class_of (b) == BM_CLASS_HAN)
        return true;
    if (class_of (b) == BM_CLASS_HAN && is_one_of (next, "多余") && class_of (a) == BM_CLASS_NUM)
        return true;
    return class_of (a) == BM_CLASS_HAN && is_one_of (c, "不第") && class_of (b) == BM_CLASS_HAN;
}

/* A measure word after 多 that follows a number: 3600多家. */
static bool
is_measure_word (const BmShaped *shaped, int i)
{
    return i > 0 && class_of (&shaped->cells[i - 1]) == BM_CLASS_NUM && is_one_of (bm_cell_first (shaped, &shaped->cells[i]), "多余") &&
           is_counter (bm_cell_first (shaped, &shaped->cells[i + 1]));
}

#define MAX_QUOTED 6 /* em: a quoted part up to this is one word */

static void
join_quoted (BmShaped *shaped, int i)
{
    double width = 0;

    for (int k = i + 1; k < shaped->n_cells; k++) {
        if (class_of (&shaped->cells[k]) == BM_CLASS_CL) {
            for (int j = i; j < k && width <= MAX_QUOTED; j++)
                shaped->cells[j].joined = true;
            return;
        }
        width += shaped->cells[k].width;
    }
}

/* "词" or "词\t5": the word and how often the page shows it. */
static void
join_word (BmShaped *shaped, const char *entry)
{
    const char *tab = strchr (entry, '\t');
    size_t length = tab != NULL ? (size_t) (tab - entry) : strlen (entry);
    uint16_t frequency = tab != NULL ? (uint16_t) CLAMP (g_ascii_strtoll (tab + 1, NULL, 10), 0, 999) : 1000;

    for (int i = 0; length > 0 && i < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];

        if ((size_t) (shaped->length - cell->start) < length || memcmp (shaped->text + cell->start, entry, length) != 0)
            continue;
        for (int k = i; k + 1 < shaped->n_cells && (size_t) (shaped->cells[k + 1].start - cell->start) < length; k++) {
            shaped->cells[k].joined = true;
            shaped->cells[k].opens_word = MAX (shaped->cells[k].opens_word, frequency);
        }
    }
}

#define LONGEST_UNIT 6 /* em; a longer one is opened at its least frequent joint */

static void
open_long_units (BmShaped *shaped)
{
    for (int i = 0; i < shaped->n_cells;) {
        int end = i, weakest = -1;
        double width = shaped->cells[i].width;

        while (end + 1 < shaped->n_cells && shaped->cells[end].joined) {
            bool loose = shaped->cells[end].opens_word > 0 && shaped->cells[end].opens_word < 1000;

            if (loose && (weakest < 0 || shaped->cells[end].opens_word < shaped->cells[weakest].opens_word))
                weakest = end;
            width += shaped->cells[++end].width;
        }
        if (width > LONGEST_UNIT && weakest >= 0) {
            shaped->cells[weakest].joined = false;
            continue; /* look at the first part again */
        }
        i = end + 1;
    }
}

/* Inside a word of ICU's dictionaries; a long unit is not opened there (§11.2). */
static void
join_dictionary_words (BmShaped *shaped, BmBreaker *breaker)
{
    bool *inside = g_new0 (bool, (gsize) shaped->length + 1);

    bm_breaker_words (breaker, shaped->text, shaped->length, inside);
    for (int i = 0; i + 1 < shaped->n_cells; i++)
        if (inside[shaped->cells[i + 1].start]) {
            shaped->cells[i].joined = true;
            shaped->cells[i].opens_word = 1000;
        }
    g_free (inside);
}

static void
set_headline (BmShaped *shaped, const BmWords *words)
{
    static const BmWords none = { 0 };

    if (words == NULL)
        words = &none;
    for (int i = 0; i < words->n_words; i++)
        join_word (shaped, words->words[i]);
    for (guint i = 0; words->own != NULL && i < words->own->len; i++)
        join_word (shaped, g_ptr_array_index (words->own, i));
    if (words->breaker != NULL)
        join_dictionary_words (shaped, words->breaker);
    for (int i = 0; i + 1 < shaped->n_cells; i++) {
        const BmCellData *cell = &shaped->cells[i];

        if (is_joined_by_rule (shaped, i) || is_measure_word (shaped, i))
            shaped->cells[i].joined = true;
        if (class_of (cell) == BM_CLASS_OP)
            join_quoted (shaped, i);
        BmClass next = class_of (cell + 1);
        shaped->cells[i].wanted = class_of (cell) == BM_CLASS_HARD || class_of (cell) == BM_CLASS_ISP ||
                                  (class_of (cell) == BM_CLASS_SP && next == BM_CLASS_HAN);
    }
    open_long_units (shaped);
}

/* style.md §3: in heads the outer blank of quotes is cut from ½ to 0.17, of a comma from 0.5 to 0.4. */
static void
trim_head_marks (BmShaped *shaped)
{
    for (int i = 0; i < shaped->n_cells; i++) {
        BmCellData *cell = &shaped->cells[i];
        BmClass class = class_of (cell);
        float keep = class == BM_CLASS_OP || class == BM_CLASS_CL ? 0.17f : class == BM_CLASS_CM || class == BM_CLASS_FS ? 0.4f : 1;

        if (cell->left > keep) {
            cell->width -= cell->left - keep;
            cell->left = keep;
        }
        if (cell->right > keep) {
            cell->width -= cell->right - keep;
            cell->right = keep;
        }
    }
}

void
bm_build_joints (BmShaped *shaped, const BmWords *words)
{
    Joints joints = { shaped, &shaped->style, shaped->style.kinsoku };

    if (shaped->kind == BM_TEXT_HEADLINE && shaped->style.head_trim)
        trim_head_marks (shaped);
    for (int i = 0; i < shaped->n_cells; i++)
        set_blank (&joints, i);
    for (int i = 0; i + 1 < shaped->n_cells; i++) {
        BmCellData *a = &shaped->cells[i];

        trim_pair (joints.style, a, a + 1);
        space_pair (&joints, a, a + 1);
        pause_pair (shaped, a, a + 1);
        a->open = is_open (a, a + 1);
        a->may_break = may_break_between (&joints, a, a + 1);
        a->hyphen = is_hyphen_point (&joints, a);
        a->release = a->may_break ? 0 : release_level (&joints, a, a + 1);
        a->penalty = break_penalty (&joints, i);
    }
    if (shaped->kind == BM_TEXT_BYLINE)
        set_byline (shaped);
    if (shaped->kind == BM_TEXT_HEADLINE)
        set_headline (shaped, words);
}
