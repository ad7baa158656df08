/* cues.c — what each line of the dump says about itself, taken alone: cues 2, 3, 7 and 9 of recover.md §2. */
#include "recover/recover-private.h"

static const char *const ad_words[] = { "公益广告", "公益廣告", "分类广告", "广告", "廣告", "広告", NULL };
static const char *const jumps_to[] = { "下转", "下轉", "转第", "轉第", NULL };
static const char *const jumps_from[] = { "上接", "紧接", "緊接", NULL };
static const char *const captions[] = { "图为", "圖為", "圖爲", "写真は", "左图", "右图", "上图", "下图", "左圖", "右圖", "上圖", "下圖", "资料图", "資料圖", NULL };
static const char *const notes[] = { "编者按", "编者的话", "编后", "开栏的话", "編者按", "編後", "開欄的話", "編者的話", "开栏语", "编者注", NULL };
static const char *const contacts[] = { "地址", "电话", "電話", "联系人", "聯繫人", "聯絡人", "热线", "熱線", "咨询电话", "订购", "订票", "网址", "邮箱", "手机",
                                        "手機", "传真", "微信", "公众号", NULL };
static const char *const signers[] = { "摄", "攝", "供图", "供稿", NULL };

static gunichar
last_of (BmRun run, int back)
{
    return run.n > back ? run.chars[run.n - 1 - back].code : 0;
}

static bool
is_closing_quote (gunichar c)
{
    switch (c) {
    case U'”': case U'’': case U'」': case U'』': case U'）': case U'】': case U'》': case ')': case '"':
        return true;
    default:
        return false;
    }
}

/* A stop, with any closing quotes and brackets after it. */
static bool
ends_sentence (BmRun run)
{
    int back = 0;

    while (back < 3 && is_closing_quote (last_of (run, back)))
        back++;
    gunichar c = last_of (run, back);
    if (c == '.')
        return bm_char_is_latin (last_of (run, back + 1));
    return bm_char_is_stop (c);
}

static bool
find_any (BmRun run, const char *const *words)
{
    for (int i = 0; i + 1 < run.n; i++)
        if (bm_run_any_at (run, i, words) > 0)
            return true;
    return false;
}

/* （下转第3版）: short, the bracket may be lost. */
static bool
is_jump (BmRun run, const char *const *words)
{
    int i = run.n > 0 && !bm_char_is_han (run.chars[0].code) ? 1 : 0;

    return run.n >= 4 && run.n <= 16 && bm_run_any_at (run, i, words) > 0 && bm_run_find (run, 0, "。") < 0;
}

/* 0532-1234567, 13812345678, 400-123-4567 */
static bool
has_phone_number (BmRun run)
{
    int digits = 0;

    for (int i = 0; i < run.n; i++) {
        gunichar c = run.chars[i].code;

        if (bm_char_is_digit (c))
            digits++;
        else if (c != '-' || digits < 3)
            digits = 0;
        if (digits >= 10)
            return true;
    }
    return false;
}

static bool
is_contact (BmRun run)
{
    int n = bm_run_any_at (run, 0, contacts);
    gunichar c = n > 0 && n < run.n ? run.chars[n].code : 0;

    return run.n <= 60 && (c == U'：' || c == ':' || (has_phone_number (run) && run.n <= 40));
}

static bool
is_note (BmRun run)
{
    int i = run.n > 0 && (bm_char_is_opening (run.chars[0].code) || bm_char_is_bullet (run.chars[0].code)) ? 1 : 0;

    return bm_run_any_at (run, i, notes) > 0;
}

static bool
is_number (BmRun run)
{
    int digits = 0;

    for (int i = 0; i < run.n; i++) {
        gunichar c = run.chars[i].code;

        digits += bm_char_is_digit (c);
        if (bm_char_is_han (c) || bm_char_is_latin (c))
            return false;
    }
    return digits > 0 && run.n <= 10;
}

/* （本报记者 张三） or 李四 摄 closing a text. */
static bool
ends_in_credit (BmRun run)
{
    if (bm_run_any_at (run, run.n - 1, signers) == 1 && run.n >= 3)
        return run.chars[run.n - 1].gap > 0 || run.n <= 12;
    for (int i = run.n - 1; i >= 0 && i > run.n - 40; i--)
        if (run.chars[i].code == U'（' || run.chars[i].code == '(')
            return i > 0 && bm_run_inline_byline (run, i) == run.n - i;
    return false;
}

static guint32
quote_cues (BmRun run)
{
    int open = 0, unopened = 0;

    for (int i = 0; i < run.n; i++) {
        gunichar c = run.chars[i].code;

        if (c == U'“' || c == U'「' || c == U'（' || c == U'《')
            open++;
        else if (c == U'”' || c == U'」' || c == U'）' || c == U'》')
            open > 0 ? open-- : unopened++;
    }
    return (open > 0 ? BM_CUE_QUOTED : 0) | (unopened > 0 ? BM_CUE_UNQUOTED : 0);
}

guint32
bm_run_marks (BmRun run)
{
    gunichar first = run.chars[0].code, last = last_of (run, 0);
    guint32 cues = quote_cues (run);

    if (ends_sentence (run))
        cues |= BM_CUE_CLOSED;
    if (bm_char_is_closing (first))
        cues |= BM_CUE_HELD;
    for (int i = 0; i + 1 < run.n; i++) {
        cues |= run.chars[i].code == U'。' ? BM_CUE_STOP : 0;
        cues |= run.chars[i].code == U'，' ? BM_CUE_COMMA : 0;
    }
    if (last == U'，' || last == U'、' || last == U'；' || bm_char_is_opening (last))
        cues |= BM_CUE_HANGS;
    if (last == U'：' || last == ':')
        cues |= BM_CUE_COLON | BM_CUE_LEADS;
    if (last == 0x2014 && last_of (run, 1) == 0x2014)
        cues |= BM_CUE_LEADS;
    if (first == 0x2014)
        cues |= BM_CUE_DASHED;
    return cues;
}

guint32
bm_run_words (BmRun run)
{
    guint32 cues = 0;

    cues |= bm_run_label (run) > 0 ? BM_CUE_LABELLED : 0;
    if (bm_run_byline (run) > 0)
        cues |= BM_CUE_BYLINE | (bm_run_role (run, 0) > 0 ? BM_CUE_BYLINE_MORE : 0);
    else if (bm_run_begins_dateline (run) || bm_run_inline_byline (run, 0) > 0)
        cues |= BM_CUE_DATELINE;
    cues |= is_jump (run, jumps_to) ? BM_CUE_JUMP_TO : 0;
    cues |= is_jump (run, jumps_from) ? BM_CUE_JUMP_FROM : 0;
    cues |= run.n <= 6 && bm_run_any_at (run, 0, ad_words) == run.n ? BM_CUE_AD : 0;
    cues |= is_contact (run) ? BM_CUE_CONTACT : 0;
    cues |= find_any (run, captions) ? BM_CUE_CAPTION : 0;
    cues |= is_note (run) ? BM_CUE_NOTE : 0;
    cues |= is_number (run) ? BM_CUE_NUMBER : 0;
    cues |= ends_in_credit (run) ? BM_CUE_CREDIT_END : 0;
    cues |= bm_run_is_masthead (run) ? BM_CUE_MASTHEAD : 0;
    return cues;
}

/* ---- cues that need the neighbours ---- */

/* Folio lines stand together: a bare masthead, weekday or telephone number is one only beside another. */
static void
spread_folio (BmRaw *raw)
{
    static const guint32 weak = BM_CUE_MASTHEAD | BM_CUE_CONTACT;
    const int n = (int) raw->lines->len;

    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < n; k++) {
            int i = pass == 0 ? k : n - 1 - k;
            BmRawLine *line = bm_raw_line (raw, i);
            bool beside = (i > 0 && bm_raw_line (raw, i - 1)->cues & BM_CUE_FOLIO) || (i + 1 < n && bm_raw_line (raw, i + 1)->cues & BM_CUE_FOLIO);

            if ((line->cues & weak) != 0 && beside)
                line->cues |= BM_CUE_FOLIO;
        }
}

/* A label of a speaker that is no common word: the same short start before a colon, twice or more on the page. */
static int
speaker_length (BmRun run)
{
    for (int i = 1; i <= 5 && i + 1 < run.n; i++) {
        if (run.chars[i].code == U'：' || run.chars[i].code == ':')
            return i >= 2 && !bm_char_is_opening (run.chars[i + 1].code) ? i : 0;
        if (!bm_char_is_han (run.chars[i].code) && run.chars[i].code != U'·')
            return 0;
    }
    return 0;
}

static char *
speaker_of (BmRun run)
{
    int n = speaker_length (run);

    if (n == 0)
        return NULL;
    GString *name = g_string_new (NULL);
    bm_run_append (name, (BmRun){ run.chars, n });
    return g_string_free (name, FALSE);
}

static void
find_speakers (BmRaw *raw)
{
    GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < (int) raw->lines->len; i++) {
            BmRawLine *line = bm_raw_line (raw, i);
            char *name = speaker_of (bm_line_run (raw, line));

            if (name == NULL)
                continue;
            int count = GPOINTER_TO_INT (g_hash_table_lookup (seen, name));
            if (pass == 1 && count >= 2 && (line->cues & BM_CUE_CONTACT) == 0)
                line->cues |= BM_CUE_LABELLED;
            if (pass == 0)
                g_hash_table_insert (seen, name, GINT_TO_POINTER (count + 1));
            else
                g_free (name);
        }
    g_hash_table_destroy (seen);
}

/* A table comes as a run of short fields; a third of them or more are numbers. */
#define MIN_CELLS 8
#define CELL_WIDTH 7.5f

static bool
may_be_cell (const BmRawLine *line)
{
    static const guint32 other = BM_CUE_CLOSED | BM_CUE_HANGS | BM_CUE_COMMA | BM_CUE_BYLINE | BM_CUE_AD | BM_CUE_CONTACT |
                                 BM_CUE_FOLIO | BM_CUE_VERTICAL | BM_CUE_LABELLED;

    return line->width <= CELL_WIDTH && (line->cues & other) == 0;
}

static void
find_tables (BmRaw *raw)
{
    const int n = (int) raw->lines->len;

    for (int i = 0; i < n;) {
        int end = i, numbers = 0, first = -1;

        for (; end < n && may_be_cell (bm_raw_line (raw, end)); end++)
            if (bm_raw_line (raw, end)->cues & BM_CUE_NUMBER) {
                numbers++;
                first = first < 0 ? end : first;
            }
        if (end - i >= MIN_CELLS && 3 * numbers >= end - i)
            for (int k = i; k < end; k++)
                bm_raw_line (raw, k)->cues |= BM_CUE_CELL;
        i = MAX (end, i + 1);
    }
}

#define LONGEST_BYLINE 24 /* characters */

/* Boxes keep a byline a line: what begins with its mark and is no sentence is one, whatever the names. */
static bool
is_marked_byline (BmRun run)
{
    return run.n > 1 && run.n <= LONGEST_BYLINE && bm_char_is_bullet (run.chars[0].code) && !bm_char_is_closing (run.chars[run.n - 1].code);
}

void
bm_raw_find_cues (BmRaw *raw)
{
    for (int i = 0; i < (int) raw->lines->len; i++) {
        BmRawLine *line = bm_raw_line (raw, i);
        BmRun run = bm_line_run (raw, line);

        line->cues |= bm_run_marks (run) | bm_run_words (run);
        if ((line->hint & BM_HINT_FOLIO) != 0)
            line->cues = BM_CUE_FOLIO;
        else if (raw->hinted && is_marked_byline (run))
            line->cues |= BM_CUE_BYLINE;
        else if ((line->cues & (BM_CUE_BYLINE | BM_CUE_DATELINE)) == 0 && bm_run_is_folio (run))
            line->cues |= BM_CUE_FOLIO;
    }
    spread_folio (raw);
    find_speakers (raw);
    find_tables (raw);
}
