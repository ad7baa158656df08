/* normalise.c — S0: the dump as characters and lines, artefacts of fonts and extractors mended.
 *
 * Nothing is thrown away but blanks, and those leave their width in the character after them. What is replaced
 * keeps its raw offset: radicals and look-alikes (fonts of browsers map common ideographs to the Kangxi radicals),
 * presentation forms of vertical setting, the two-em dash. Spread lines (“椅 子 怎 么 摆”) are justified lines whose
 * stretch the extractor took for spaces; they are closed, and so are the decimals of some PDF writers (3 . 0). */
#include "recover/recover-private.h"

#include <string.h>

/* U+2E80 … U+2EF3 as ordinary ideographs (Unicode, EquivalentUnifiedIdeograph.txt); U+2E9A is unassigned. */
static const char radical_supplement[] =
    "冫厂乛乚乙亻冂几𠂊刂卜㔾小小兀尣尢𡯂巳幺彑彐忄㣺扌攵？旡日月歺母民氵氺灬爫爫丬牛犭王疋罒示礻竹糹纟罓罒㓁网𦉪羊羊羊耂肀聿"
    "月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟亀龟";

/* Pairs: what extractors give, what a person would type. */
static const char look_alikes[] = "‐-‑-∕/〜～︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︱—︳＿︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』";

static gunichar
replaced_radical (gunichar c)
{
    if (c >= 0x2E80 && c <= 0x2EF3)
        return g_utf8_get_char (g_utf8_offset_to_pointer (radical_supplement, (glong) (c - 0x2E80)));
    char text[7] = { 0 };

    g_unichar_to_utf8 (c, text);
    char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
    gunichar out = plain != NULL ? g_utf8_get_char (plain) : c;
    g_free (plain);
    return out;
}

static gunichar
replaced_look_alike (gunichar c)
{
    for (const char *p = look_alikes; *p != '\0';) {
        gunichar from = g_utf8_get_char (p);

        p = g_utf8_next_char (p);
        if (from == c)
            return g_utf8_get_char (p);
        p = g_utf8_next_char (p);
    }
    return c;
}

static gunichar
ordinary (gunichar c)
{
    if ((c >= 0x2E80 && c <= 0x2FD5) || (c >= 0xF900 && c <= 0xFAFF))
        return replaced_radical (c);
    if (c == 0x2010 || c == 0x2011 || c == 0x2215 || c == 0x301C || (c >= 0xFE10 && c <= 0xFE44))
        return replaced_look_alike (c);
    return c;
}

/* ---- reading ---- */

typedef struct {
    BmRaw *raw;
    int gap, blanks_above, line, start;
} Reader;

static void
add_char (Reader *reader, gunichar c, guint32 offset)
{
    BmRaw *raw = reader->raw;
    gunichar plain = ordinary (c);
    BmRawChar one = { .code = plain & 0x1FFFFF, .gap = (guint32) MIN (reader->gap, BM_GAP_MAX) & 0x3F, .mended = plain != c, .raw = offset };

    if (c == 0x2E3A) { /* ⸺, the two-em dash of browsers */
        one.code = 0x2014;
        one.mended = 1;
        g_array_append_val (raw->chars, one);
        one.gap = 0;
        one.extra = 1;
    }
    g_array_append_val (raw->chars, one);
    raw->n_radicals += one.mended;
    reader->gap = 0;
}

static void
end_line (Reader *reader)
{
    BmRaw *raw = reader->raw;

    reader->line++;
    reader->gap = 0;
    if ((int) raw->chars->len == reader->start) {
        reader->blanks_above = MIN (reader->blanks_above + 1, 255);
        return;
    }
    BmRawLine line = { .start = reader->start, .end = (int) raw->chars->len, .raw_line = reader->line, .next = -1, .doubt = 255 };
    line.blank_above = (guint8) reader->blanks_above;
    line.indent = (guint16) bm_raw_char (raw, line.start)->gap;
    g_array_append_val (raw->lines, line);
    reader->blanks_above = 0;
    reader->start = (int) raw->chars->len;
}

static bool
is_control (gunichar c)
{
    return c < 0x20 && c != '\t' && c != '\f' && c != '\v';
}

static void
read_text (Reader *reader, const char *text, size_t length)
{
    const char *end = text + length;

    for (const char *p = text; p < end; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (c == '\n' || c == '\f' || c == 0x2028 || c == 0x2029 || c == 0x85 || (c == '\r' && p + 1 < end && p[1] != '\n'))
            end_line (reader);
        else if (c == '\t')
            reader->gap += 4;
        else if (c == ' ' || c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A))
            reader->gap++;
        else if (bm_char_is_blank (c))
            reader->raw->n_controls += is_control (c) && c != '\r' ? 1 : 0;
        else
            add_char (reader, c, (guint32) (p - text));
    }
    end_line (reader);
}

/* ---- one character a line ---- */

/* Shorter runs of one-character lines are the ends of paragraphs, or cells of a table; longer than this is no
 * headline, but is kept together so that it costs no line each. */
#define VERTICAL_RUN 4
#define ANY_RUN 64

static bool
is_vertical_char (const BmRaw *raw, const BmRawLine *line)
{
    gunichar c = bm_raw_char (raw, line->start)->code;

    return bm_char_is_han (c) || bm_char_is_closing (c) || bm_char_is_opening (c) || c == 0x2014;
}

/* How many lines from i stand one character each, with no blank line between. */
static int
vertical_run (const BmRaw *raw, int i, bool *readable)
{
    int n = 0;

    *readable = true;
    for (int k = i; k < (int) raw->lines->len; k++, n++) {
        const BmRawLine *line = bm_raw_line (raw, k);

        if (line->end - line->start != 1 || (n > 0 && line->blank_above > 0))
            break;
        *readable = *readable && is_vertical_char (raw, line);
    }
    return n;
}

/* A headline set from top to bottom comes as one character a line: put it together. */
static void
join_vertical_lines (BmRaw *raw)
{
    int out = 0;

    for (int i = 0; i < (int) raw->lines->len;) {
        bool readable = false;
        int n = vertical_run (raw, i, &readable);
        BmRawLine line = *bm_raw_line (raw, i);

        if (n >= ANY_RUN || (n >= VERTICAL_RUN && readable)) {
            line.end = bm_raw_line (raw, i + n - 1)->end;
            line.cues |= BM_CUE_VERTICAL;
            for (int k = line.start; k < line.end; k++)
                bm_raw_char (raw, k)->gap = 0;
        } else {
            n = 1;
        }
        *bm_raw_line (raw, out++) = line;
        i += n;
    }
    g_array_set_size (raw->lines, (guint) out);
}

/* ---- language ---- */

/* Frequent characters that only one script has. */
static const char traditional[] = "們這說個來對時會國學長門為爲車東見過還開關書電話張報記訊後發現點樣從氣萬與產業";
static const char simplified[] = "们这说个来对时会国学长门为车东见过还开关书电话张报记讯后发现点样从气万与产业";

static bool
stands_in (const char *set, gunichar c)
{
    for (; *set != '\0'; set = g_utf8_next_char (set))
        if (g_utf8_get_char (set) == c)
            return true;
    return false;
}

/* A sample decides: a newspaper page has some thousand characters. */
#define LANGUAGE_SAMPLE 1500

static const char *
language_of (const BmRaw *raw)
{
    int kana = 0, hant = 0, hans = 0, han = 0;

    for (int i = 0; i < (int) raw->chars->len && i < LANGUAGE_SAMPLE; i++) {
        gunichar c = bm_raw_char (raw, i)->code;

        kana += c >= 0x3041 && c <= 0x30FA;
        han += bm_char_is_han (c);
        hant += stands_in (traditional, c);
        hans += stands_in (simplified, c);
    }
    if (kana > 0 && 8 * kana >= han)
        return "ja";
    return hant > hans ? "zh-Hant" : "zh-Hans";
}

BmRaw *
bm_raw_read (const char *file, const char *text, size_t length)
{
    BmRaw *raw = g_new0 (BmRaw, 1);
    Reader reader = { .raw = raw };

    raw->file = file;
    raw->text = text;
    raw->length = length;
    /* Han takes three bytes; growing by doubling would hold the page twice. */
    raw->chars = g_array_sized_new (FALSE, FALSE, sizeof (BmRawChar), (guint) (length / 3 + 16));
    raw->lines = g_array_new (FALSE, TRUE, sizeof (BmRawLine));
    read_text (&reader, text, length);
    raw->n_raw_lines = reader.line;
    raw->lang = language_of (raw);
    join_vertical_lines (raw);
    return raw;
}

void
bm_raw_free (BmRaw *raw)
{
    if (raw == NULL)
        return;
    g_array_free (raw->chars, TRUE);
    g_array_free (raw->lines, TRUE);
    g_free (raw);
}

/* ---- spread lines, decimals ---- */

/* Tokens of a line: characters between gaps. */
static void
count_tokens (const BmRaw *raw, const BmRawLine *line, int *tokens, int *single)
{
    int length = 0;

    *tokens = *single = 0;
    for (int i = line->start; i <= line->end; i++) {
        if (i == line->end || (i > line->start && bm_raw_char (raw, i)->gap > 0)) {
            ++*tokens;
            *single += length == 1;
            length = 0;
        }
        length++;
    }
}

static bool
close_gap (BmRawChar *c)
{
    bool open = c->gap > 0;

    c->gap = 0;
    c->mended = c->mended || open;
    return open;
}

/* Two Latin words keep the space between them, whatever the line looks like. */
static bool
parts_words (const BmRaw *raw, const BmRawLine *line, int i)
{
    gunichar before = bm_raw_char (raw, i - 1)->code, after = bm_raw_char (raw, i)->code;
    bool word_before = i - 2 >= line->start && bm_char_is_latin (bm_raw_char (raw, i - 2)->code) && bm_raw_char (raw, i - 1)->gap == 0;
    bool word_after = i + 1 < line->end && bm_char_is_latin (bm_raw_char (raw, i + 1)->code) && bm_raw_char (raw, i + 1)->gap == 0;

    return (bm_char_is_latin (before) || before == ',' || before == '.') && bm_char_is_latin (after) && (word_before || word_after);
}

/* Names in a byline are filled with a blank (宋 弢) though the line is not spread. */
static bool
is_unspread_byline (const BmRaw *raw, const BmRawLine *line)
{
    BmRun run = bm_line_run (raw, line);
    int start = bm_char_is_bullet (run.chars[0].code) ? 1 : 0;
    int role = bm_run_role (run, start);

    return role > 0 && run.chars[start + 1].gap == 0;
}

/* Most tokens single characters: the stretch of justification, no spaces. */
static bool
is_spread (const BmRaw *raw, const BmRawLine *line)
{
    int tokens = 0, single = 0;

    count_tokens (raw, line, &tokens, &single);
    return single >= 4 && 5 * single >= 3 * tokens && !is_unspread_byline (raw, line);
}

static void
close_spread_line (BmRaw *raw, const BmRawLine *line)
{
    for (int i = line->start + 1; i < line->end; i++)
        if (!parts_words (raw, line, i))
            close_gap (bm_raw_char (raw, i));
    raw->n_spread++;
}

static bool
is_digit_at (const BmRaw *raw, const BmRawLine *line, int i)
{
    return i >= line->start && i < line->end && bm_char_is_digit (bm_raw_char (raw, i)->code);
}

/* A digit with none beside it but for blanks: 8 6 3. */
static bool
is_lone_digit (const BmRaw *raw, const BmRawLine *line, int i)
{
    bool more_before = is_digit_at (raw, line, i - 1) && bm_raw_char (raw, i)->gap == 0;
    bool more_after = is_digit_at (raw, line, i + 1) && bm_raw_char (raw, i + 1)->gap == 0;

    return is_digit_at (raw, line, i) && !more_before && !more_after;
}

/* 3 . 0 and 2 .5: the blank before i is inside a number with a decimal point. */
static bool
is_in_decimal (const BmRaw *raw, const BmRawLine *line, int i)
{
    gunichar before = bm_raw_char (raw, i - 1)->code, here = bm_raw_char (raw, i)->code;

    return (here == '.' && is_digit_at (raw, line, i - 1) && is_digit_at (raw, line, i + 1)) ||
           (before == '.' && is_digit_at (raw, line, i - 2) && is_digit_at (raw, line, i));
}

static bool
has_han (const BmRaw *raw, const BmRawLine *line)
{
    for (int i = line->start; i < line->end; i++)
        if (bm_char_is_han (bm_raw_char (raw, i)->code))
            return true;
    return false;
}

/* Digits of one number that justification spread apart: all gaps are judged before any is closed. */
static void
close_spread_digits (BmRaw *raw, const BmRawLine *line)
{
    bool close = false; /* the gap before the character looked at last */

    for (int i = line->start + 1; i <= line->end; i++) {
        bool next = i < line->end && bm_raw_char (raw, i)->gap == 1 && is_digit_at (raw, line, i - 1) && is_digit_at (raw, line, i) &&
                    (is_lone_digit (raw, line, i) || is_lone_digit (raw, line, i - 1));

        if (close)
            close_gap (bm_raw_char (raw, i - 1));
        close = next;
    }
}

static void
close_decimals (BmRaw *raw, const BmRawLine *line)
{
    for (int i = line->start + 1; i < line->end; i++) {
        BmRawChar *c = bm_raw_char (raw, i);

        if (c->gap > 0 && c->gap <= 2 && is_in_decimal (raw, line, i))
            raw->n_decimals += close_gap (c);
    }
}

/* OCR reads the square before a byline as the ideograph 口; a role after it tells. */
static void
mend_bullet (BmRaw *raw, const BmRawLine *line)
{
    BmRun run = bm_line_run (raw, line);

    if (run.chars[0].code != U'口' || bm_run_role (run, 1) == 0 || bm_run_byline (run) == 0)
        return;
    bm_raw_char (raw, line->start)->code = U'□' & 0x1FFFFF;
    bm_raw_char (raw, line->start)->mended = 1;
}

void
bm_raw_mend (BmRaw *raw)
{
    for (int i = 0; i < (int) raw->lines->len; i++) {
        BmRawLine *line = bm_raw_line (raw, i);

        if (is_spread (raw, line)) {
            close_spread_line (raw, line);
            line->cues |= BM_CUE_STRETCHED;
        }
        if (has_han (raw, line))
            close_spread_digits (raw, line);
        close_decimals (raw, line);
        mend_bullet (raw, line);
        line->width = (float) bm_run_width (bm_line_run (raw, line));
    }
}
