/* remarks.c — the words in <!-- … --> that the page maker knows (rule 13; interfaces.md §3), read and written. */
#include "edition/edition-private.h"

#include <stdarg.h>
#include <string.h>

#define DIVIDERS "[\\s，,、·]+" /* between the words of a remark */
#define BM_MAX_COLUMN_WISH 64 /* no page has more (design/reliability.md §3) */

const char *const bm_next_words[] = { NULL, "正文", "按语", "引语", "下转", "上接", "图注" };

static const char *const numerals[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" };

/* The number that the first `length` characters are; 0 if they are none of at most five digits. */
static int
whole_number (const char *text, size_t length)
{
    int n = 0;

    if (length == 0 || length > 5 || strspn (text, "0123456789") < length)
        return 0;
    for (size_t i = 0; i < length; i++)
        n = n * 10 + text[i] - '0';
    return n;
}

/* 三栏 → 3, 3条 → 3; 0 if the word is not a numeral and this suffix. */
static int
counted_word (const char *word, const char *suffix)
{
    size_t length = strlen (word), tail = strlen (suffix);

    if (length <= tail || strcmp (word + length - tail, suffix) != 0)
        return 0;
    for (size_t i = 0; i < G_N_ELEMENTS (numerals); i++)
        if (length - tail == strlen (numerals[i]) && memcmp (word, numerals[i], length - tail) == 0)
            return (int) i + 1;
    return whole_number (word, length - tail);
}

/* The part behind a prefix and a colon of either width: 集纳：栏名. */
static const char *
after_colon (const char *word, const char *prefix)
{
    size_t length = strlen (prefix);

    if (strncmp (word, prefix, length) != 0)
        return NULL;
    if (word[length] == ':')
        return word + length + 1;
    return g_str_has_prefix (word + length, "：") ? word + length + strlen ("：") : NULL;
}

static bool
set_importance (BmItem *item, const char *word)
{
    int n = strcmp (word, "头条") == 0 || strcmp (word, "頭條") == 0 ? 1 : MAX (counted_word (word, "条"), counted_word (word, "條"));

    if (n < 1 || n > 5)
        return false;
    item->wish.importance = n;
    return true;
}

/* 180mm, 高165mm, 高40行. */
static bool
set_length (BmItem *item, const char *word)
{
    bool height = g_str_has_prefix (word, "高");
    const char *number = height ? word + strlen ("高") : word;
    double points = 0;

    if (height && g_str_has_suffix (word, "行")) {
        int rows = whole_number (number, strlen (number) - strlen ("行"));

        if (rows < 1 || rows > 10000)
            return false;
        item->wish.rows = rows;
        return true;
    }
    if (!g_ascii_isdigit (*number) || !g_str_has_suffix (word, "mm") || bm_parse_length (number, 1, 0, &points) != BM_LENGTH_OK ||
        !bm_check_length (points, 1, 14400))
        return false;
    *(height ? &item->wish.height : &item->wish.width) = points;
    return true;
}

static bool
set_ratio (const char *word, double *ratio)
{
    const char *colon = strchr (word, ':');
    char *end = NULL;

    if (colon == NULL || !g_ascii_isdigit (word[0]))
        return false;
    double width = g_ascii_strtod (word, &end);
    if (end != colon)
        return false;
    double height = g_ascii_strtod (colon + 1, &end);
    if (*end != '\0' || end == colon + 1 || !bm_check_length (width, 0.01, 1e5) || !bm_check_length (height, 0.01, 1e5))
        return false;
    if (!bm_check_length (width / height, 0.05, 20))
        return false;
    *ratio = width / height;
    return true;
}

static bool
set_place (BmWish *wish, const char *word)
{
    static const struct {
        const char *word;
        BmPlace place;
    } places[] = { { "底", BM_PLACE_FOOT }, { "左下", BM_PLACE_LEFT }, { "右下", BM_PLACE_RIGHT }, { "报眼", BM_PLACE_EAR } };

    for (size_t i = 0; i < G_N_ELEMENTS (places); i++)
        if (strcmp (word, places[i].word) == 0) {
            wish->place = places[i].place;
            return true;
        }
    return false;
}

static bool
set_flag (BmItem *item, const char *word)
{
    BmWish *wish = &item->wish;
    const struct {
        const char *word;
        bool *flag;
    } flags[] = { { "加框", &wish->boxed },        { "通栏", &wish->full_width },  { "通欄", &wish->full_width },
                  { "半通栏", &wish->half_width }, { "半通欄", &wish->half_width }, { "钉住", &wish->pinned },
                  { "釘住", &wish->pinned } };

    for (size_t i = 0; i < G_N_ELEMENTS (flags); i++)
        if (strcmp (word, flags[i].word) == 0) {
            *flags[i].flag = true;
            return true;
        }
    if (strcmp (word, "竖题") == 0 || strcmp (word, "横题") == 0) {
        wish->head = strcmp (word, "竖题") == 0 ? BM_HEAD_VERTICAL : BM_HEAD_HORIZONTAL;
        return true;
    }
    return false;
}

static bool
set_kind (BmItem *item, const char *word)
{
    if (strcmp (word, "补白") == 0 || strcmp (word, "補白") == 0) {
        item->kind = BM_ITEM_BRIEF;
        item->wish.filler = true;
        return true;
    }
    static const struct {
        const char *word;
        BmItemKind kind;
    } kinds[] = { { "简讯", BM_ITEM_BRIEF }, { "簡訊", BM_ITEM_BRIEF }, { "图片", BM_ITEM_PHOTO }, { "圖片", BM_ITEM_PHOTO },
                  { "广告", BM_ITEM_AD },    { "廣告", BM_ITEM_AD } };

    for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (strcmp (word, kinds[i].word) == 0) {
            item->kind = kinds[i].kind;
            return true;
        }
    return false;
}

static bool
set_named (BmEdition *edition, BmItem *item, const char *word)
{
    const char *container = after_colon (word, "集纳"), *group = after_colon (word, "同组");
    int columns = MAX (counted_word (word, "栏"), counted_word (word, "欄"));

    if (word[0] == '#' && word[1] != '\0') {
        item->id = bm_arena_strdup (edition->arena, word + 1);
        item->id_given = true;
    } else if (strcmp (word, "集纳") == 0 || container != NULL) {
        item->wish.container = bm_arena_strdup (edition->arena, container != NULL ? container : "");
    } else if (group != NULL && *group != '\0') {
        item->wish.group = bm_arena_strdup (edition->arena, group);
    } else if (columns > 0 && columns <= BM_MAX_COLUMN_WISH) {
        item->wish.columns = columns;
    } else {
        return false;
    }
    return true;
}

/* What concerns the block behind the remark. */
static bool
set_effect (BmRemarkEffect *effect, const char *word)
{
    for (int next = BM_NEXT_TEXT; next <= BM_NEXT_PICTURE; next++)
        if (strcmp (word, bm_next_words[next]) == 0) {
            effect->next = (BmNext) next;
            return true;
        }
    if (strcmp (word, "文字稿") == 0) {
        effect->text_story = true;
        return true;
    }
    return set_ratio (word, &effect->ratio);
}

static bool
apply_word (BmEdition *edition, BmItem *item, const char *word, BmRemarkEffect *effect)
{
    return set_importance (item, word) || set_flag (item, word) || set_kind (item, word) || set_place (&item->wish, word) ||
           set_length (item, word) || set_effect (effect, word) || set_named (edition, item, word);
}

void
bm_apply_remark (BmEdition *edition, BmItem *item, const char *remark, BmRemarkEffect *effect)
{
    char **words = g_regex_split_simple (DIVIDERS, remark, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0);
    GString *rest = g_string_new (NULL);
    bool some_known = false;

    for (int i = 0; words[i] != NULL; i++) {
        if (words[i][0] == '\0')
            continue;
        if (apply_word (edition, item, words[i], effect))
            some_known = true;
        else
            g_string_append_printf (rest, "%s%s", rest->len > 0 ? " " : "", words[i]);
    }
    /* A note for people is kept as it was written; beside known words, what is left of it. */
    if (rest->len > 0) {
        char *whole = bm_kept_lines (remark);

        bm_item_add_remark (edition, item, some_known ? rest->str : whole);
        g_free (whole);
    }
    g_string_free (rest, TRUE);
    g_strfreev (words);
}

const char *
bm_remark_name (BmEdition *edition, const char *name)
{
    GRegex *regex = g_regex_new (DIVIDERS "|[<>]", (GRegexCompileFlags) 0, (GRegexMatchFlags) 0, NULL);
    char *plain = g_regex_replace_literal (regex, name, -1, 0, "_", (GRegexMatchFlags) 0, NULL);
    const char *kept = bm_arena_strdup (edition->arena, plain);

    g_free (plain);
    g_regex_unref (regex);
    return kept;
}

static void
add_word (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_word (GString *out, const char *format, ...)
{
    va_list arguments;

    if (out->len > 0)
        g_string_append_c (out, ' ');
    va_start (arguments, format);
    g_string_append_vprintf (out, format, arguments);
    va_end (arguments);
}

static void
add_millimetres (GString *out, const char *prefix, double points)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (number, sizeof number, "%.6g", points / BM_PT_PER_MM);
    add_word (out, "%s%smm", prefix, number);
}

static void
add_sizes (GString *out, const BmWish *wish)
{
    static const char *const places[] = { NULL, "底", "左下", "右下", "报眼" };

    if (wish->full_width)
        add_word (out, "通栏");
    if (wish->half_width)
        add_word (out, "半通栏");
    if (wish->columns > 0 && wish->columns <= (int) G_N_ELEMENTS (numerals))
        add_word (out, "%s栏", numerals[wish->columns - 1]);
    else if (wish->columns > 0)
        add_word (out, "%d栏", wish->columns);
    if (wish->width > 0)
        add_millimetres (out, "", wish->width);
    if (wish->height > 0)
        add_millimetres (out, "高", wish->height);
    if (wish->rows > 0)
        add_word (out, "高%d行", wish->rows);
    if (wish->place != BM_PLACE_ANY)
        add_word (out, "%s", places[wish->place]);
}

char *
bm_wishes_text (const BmItem *item)
{
    static const char *const importances[] = { NULL, "头条", "二条", "三条", "四条", "五条" };
    const BmWish *wish = &item->wish;
    GString *out = g_string_new (NULL);

    if (item->kind == BM_ITEM_BRIEF)
        add_word (out, wish->filler ? "补白" : "简讯");
    if (wish->importance > 0)
        add_word (out, "%s", importances[wish->importance]);
    if (wish->boxed)
        add_word (out, "加框");
    add_sizes (out, wish);
    if (wish->head != BM_HEAD_ANY)
        add_word (out, "%s", wish->head == BM_HEAD_VERTICAL ? "竖题" : "横题");
    if (wish->container != NULL)
        add_word (out, *wish->container != '\0' ? "集纳：%s" : "集纳%s", wish->container);
    if (wish->pinned)
        add_word (out, "钉住");
    if (wish->group != NULL)
        add_word (out, "同组：%s", wish->group);
    if (item->id_given)
        add_word (out, "#%s", item->id);
    return g_string_free (out, FALSE);
}
