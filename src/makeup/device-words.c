/* device-words.c — the words of devices: sentences, quotations and numbers found in a story, never changed.
 *
 * What is found is cut out of the text and nothing else, so whoever reads the device reads the story. Where leaving words out
 * could turn the meaning (近, 约, 减少 before a number; a pronoun for a speaker) the place is passed over. */
#include "makeup/device.h"

#include <string.h>

#define LEAST_SUMMARY 18 /* characters */
#define MOST_SUMMARY 96
#define LEAST_QUOTE 10
#define MOST_QUOTE 46
#define BEST_QUOTE 24
#define MAX_QUOTES 2
#define MOST_SPEAKER 20

/* Han and kana. Not \p{Han}: since PCRE2 10.40 it has 。 and its like among it. */
#define HAN "\\x{3400}-\\x{4DBF}\\x{4E00}-\\x{9FFF}\\x{3041}-\\x{30FF}"
#define STOPS "[，。；：、！？“”‘’「」『』（）《》\\s]"

static int
count (const char *from, const char *to)
{
    return (int) g_utf8_strlen (from, to - from);
}

static bool
is_one_of (const char *at, const char *set)
{
    return *at != '\0' && g_utf8_strchr (set, -1, g_utf8_get_char (at)) != NULL;
}

/* Behind the sentence that begins here, its closing marks with it; NULL: it does not end, or ends inside a quotation. */
static const char *
end_of_sentence (const char *text, const char *limit)
{
    int depth = 0;

    for (const char *p = text; p < limit; p = g_utf8_next_char (p)) {
        depth += is_one_of (p, "“「『") ? 1 : is_one_of (p, "”」』") ? -1 : 0;
        if (depth < 0)
            return NULL;
        if (!is_one_of (p, "。！？"))
            continue;
        const char *end = g_utf8_next_char (p);
        int open = depth;

        while (end < limit && is_one_of (end, "。！？…”」』")) {
            open -= is_one_of (end, "”」』");
            end = g_utf8_next_char (end);
        }
        if (open == 0)
            return end;
    }
    return NULL;
}

/* ---- summary ---- */

static bool
find_summary (BmArena *arena, const BmItem *item, DeviceWords *out)
{
    for (int i = 0; i < item->n_blocks; i++) {
        const char *text = item->blocks[i].text;

        if (item->blocks[i].kind != BM_BLOCK_PARAGRAPH || text == NULL)
            continue;
        const char *end = end_of_sentence (text, text + strlen (text));
        int n = end == NULL ? 0 : count (text, end);

        if (n < LEAST_SUMMARY || n > MOST_SUMMARY)
            return false;
        *out = (DeviceWords){ .kind = DEVICE_SUMMARY, .text = bm_arena_strndup (arena, text, (size_t) (end - text)) };
        return true;
    }
    return false;
}

/* ---- quotations ---- */

#define SPEAKS "(?:告诉记者|介绍说?|表示|坦言|感慨|认为|回忆|说)"

/* What the pattern's first group finds, if it is a speaker; NULL: no. */
static const char *
speaker_by (BmArena *arena, const char *pattern, const char *text)
{
    GRegex *regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, (GRegexMatchFlags) 0, NULL);
    GMatchInfo *match = NULL;
    const char *found = NULL;

    if (g_regex_match (regex, text, (GRegexMatchFlags) 0, &match)) {
        char *words = g_match_info_fetch (match, 1);
        int n = (int) g_utf8_strlen (words, -1);

        /* A manner of speaking, a pronoun: no name. */
        bool vague = g_regex_match_simple ("^[他她它这那我你大有]|[着地也还又则便就都再仍曾了的]|(?:对|向|跟)", words, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0);
        if (n >= 2 && n <= MOST_SPEAKER && !vague)
            found = bm_arena_strdup (arena, words);
        g_free (words);
    }
    g_match_info_free (match);
    g_regex_unref (regex);
    return found;
}

static const char *
find_speaker (BmArena *arena, const char *text, const char *open, const char *after)
{
    char *before = g_strndup (text, (gsize) (open - text));
    const char *found = speaker_by (arena, "^([" HAN "·]{2,24}?)" SPEAKS, after);

    if (found == NULL)
        found = speaker_by (arena, "(?:^|" STOPS ")([" HAN "·]{2,24}?)" SPEAKS "[：，]$", before);
    g_free (before);
    return found;
}

static const char *
closing_of (const char *open)
{
    int depth = 0;

    for (const char *p = open; *p != '\0'; p = g_utf8_next_char (p)) {
        depth += is_one_of (p, "“「") ? 1 : is_one_of (p, "”」") ? -1 : 0;
        if (depth == 0)
            return p;
    }
    return NULL;
}

typedef struct {
    int n;
    DeviceWords found[MAX_QUOTES];
    int distance[MAX_QUOTES]; /* from the length that looks best, a known speaker before all */
} Quotes;

static void
keep_quote (Quotes *quotes, const DeviceWords *words)
{
    int distance = ABS ((int) g_utf8_strlen (words->text, -1) - BEST_QUOTE) + (words->speaker == NULL ? 20 : 0), at = quotes->n;

    while (at > 0 && distance < quotes->distance[at - 1])
        at--;
    if (at == MAX_QUOTES)
        return;
    for (int i = MIN (quotes->n, MAX_QUOTES - 1); i > at; i--) {
        quotes->found[i] = quotes->found[i - 1];
        quotes->distance[i] = quotes->distance[i - 1];
    }
    quotes->found[at] = *words;
    quotes->distance[at] = distance;
    quotes->n = MIN (quotes->n + 1, MAX_QUOTES);
}

/* The sentences of one quotation, each in the marks that it stands in. */
static void
quote_sentences (BmArena *arena, const char *text, const char *open, const char *close, Quotes *quotes)
{
    const char *inside = g_utf8_next_char (open), *after = g_utf8_next_char (close);
    const char *speaker = find_speaker (arena, text, open, after);
    int all = count (inside, close);

    for (const char *from = inside, *end; from < close; from = end) {
        end = end_of_sentence (from, close);
        if (end == NULL)
            return; /* a name or a term in quotation marks, or an open end */
        if (all >= LEAST_QUOTE && all <= MOST_QUOTE && is_one_of (g_utf8_prev_char (close), "。！？"))
            end = close;
        int n = count (from, end);
        if (n < LEAST_QUOTE || n > MOST_QUOTE)
            continue;
        DeviceWords words = { .kind = DEVICE_QUOTE, .speaker = speaker,
                              .text = bm_arena_printf (arena, "%.*s%.*s%.*s", (int) (inside - open), open, (int) (end - from), from,
                                                       (int) (after - close), close) };
        keep_quote (quotes, &words);
    }
}

static int
find_quotes (BmArena *arena, const BmItem *item, DeviceWords *out)
{
    Quotes quotes = { .n = 0 };

    for (int i = 0; i < item->n_blocks; i++) {
        const char *text = item->blocks[i].kind == BM_BLOCK_PARAGRAPH ? item->blocks[i].text : NULL;

        for (const char *p = text == NULL ? "" : text; *p != '\0'; p = g_utf8_next_char (p)) {
            const char *close = is_one_of (p, "“「") ? closing_of (p) : NULL;

            if (close == NULL)
                continue;
            quote_sentences (arena, text, p, close, &quotes);
            p = close;
        }
    }
    memcpy (out, quotes.found, (size_t) quotes.n * sizeof *out);
    return quotes.n;
}

/* ---- figures ---- */

#define UNITS                                                                                                              \
    "(?:平方米|平方公里|立方米|公里|公顷|公斤|千瓦时|小时|分钟|人次|个百分点|[元人家户个处件次米亩吨度台辆套条名项期所座艘棵株份张册场天%％])"
#define NUMBER "([0-9][0-9,.]*)([余多]?[万亿]?[余多]?" UNITS "[余多]?)"

/* A clause that is words, number and unit and no more; or number, unit and the words they count. */
static const char *const clauses[] = {
    "(?:^|" STOPS ")()([" HAN "]{2,9}?)(?:了|共|达|为)?" NUMBER "(?=" STOPS "|$)",
    "(?:^|" STOPS ")((?:[" HAN "]{0,2}(?:有|共))?)()" NUMBER "([" HAN "“”]{2,9})(?=[，。；、！？]|$)",
};

/* Words before the number that a reader must not miss, a point of time, or words behind it that change it. */
static bool
is_unsafe (const char *before, const char *after)
{
    return g_regex_match_simple ("(?:(?<!节)约|[近超逾至到不足未没无仅第每或过])$|[年月日时点]$|^[这那其]", before, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0) ||
           g_regex_match_simple ("^(?:左右|以上|以下|以内|的|多|余)", after, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0);
}

static bool
is_new (const DeviceWords *words, const char *number, const char *label)
{
    for (int i = 0; i < words->n_figures; i++)
        if (strcmp (words->figures[i].label, label) == 0 || strcmp (words->figures[i].number, number) == 0)
            return false;
    return true;
}

static void
take_figure (BmArena *arena, const GMatchInfo *match, bool behind, DeviceWords *words)
{
    char *before = g_match_info_fetch (match, 2), *number = g_match_info_fetch (match, 3), *unit = g_match_info_fetch (match, 4);
    char *after = behind ? g_match_info_fetch (match, 5) : g_strdup ("");
    const char *label = behind ? after : before;

    if (!is_unsafe (before, after) && is_new (words, number, label) && words->n_figures < BM_MAX_FIGURES)
        words->figures[words->n_figures++] =
            (FigureWords){ bm_arena_strdup (arena, number), bm_arena_strdup (arena, unit), bm_arena_strdup (arena, label) };
    g_free (before);
    g_free (number);
    g_free (unit);
    g_free (after);
}

static bool
find_figures (BmArena *arena, const BmItem *item, DeviceWords *out)
{
    *out = (DeviceWords){ .kind = DEVICE_FIGURES };
    for (size_t k = 0; k < G_N_ELEMENTS (clauses); k++) {
        GRegex *regex = g_regex_new (clauses[k], G_REGEX_OPTIMIZE, (GRegexMatchFlags) 0, NULL);

        for (int i = 0; i < item->n_blocks; i++) {
            GMatchInfo *match = NULL;

            if (item->blocks[i].kind == BM_BLOCK_PARAGRAPH && item->blocks[i].text != NULL)
                for (g_regex_match (regex, item->blocks[i].text, (GRegexMatchFlags) 0, &match); g_match_info_matches (match);
                     g_match_info_next (match, NULL))
                    take_figure (arena, match, k == 1, out);
            g_match_info_free (match);
        }
        g_regex_unref (regex);
    }
    return out->n_figures > 0;
}

/* ---- crossheads ---- */

#define LEAST_FOR_CROSSHEAD 700 /* characters: forty lines of a narrow column */
#define CROSSHEAD "(?:^|" STOPS ")((?=[^，。；：、！？]{5,11}[，。；！？])[" HAN "]*“[" HAN "]{2,6}”[" HAN "]*|[" HAN "]{5,10})(?=[，。；！？])"
/* What makes a clause half a sentence. */
#define HALF                                                                                                              \
    "^(?:如果|但|而|也|并|还|又|因|所以|同时|目前|现在|其中|据|日|近|今|去|昨|前|在|对|从|把|被|让|他|她|它|我|你|这|那|其|该|已|将|与|和|及|以|为|有|是|不|一)" \
    "|[的了说着时后中前称是在和与]$|说|表示|记者|介绍|认为|告诉|[年月日]$"

static bool
find_clause (BmArena *arena, const char *text, const char **clause)
{
    GRegex *regex = g_regex_new (CROSSHEAD, G_REGEX_OPTIMIZE, (GRegexMatchFlags) 0, NULL);
    GMatchInfo *match = NULL;

    *clause = NULL;
    for (g_regex_match (regex, text, (GRegexMatchFlags) 0, &match); *clause == NULL && g_match_info_matches (match); g_match_info_next (match, NULL)) {
        char *words = g_match_info_fetch (match, 1);

        if (!g_regex_match_simple (HALF, words, (GRegexCompileFlags) 0, (GRegexMatchFlags) 0))
            *clause = bm_arena_strdup (arena, words);
        g_free (words);
    }
    g_match_info_free (match);
    g_regex_unref (regex);
    return *clause != NULL;
}

/* Over the paragraph nearest to the middle of a long story without crossheads, a clause of that paragraph. */
static bool
find_crosshead (BmArena *arena, const BmItem *item, DeviceWords *out)
{
    int all = 0, before = 0, nearest = G_MAXINT;

    for (int i = 0; i < item->n_blocks; i++) {
        if (item->blocks[i].kind != BM_BLOCK_PARAGRAPH || item->blocks[i].text == NULL)
            return false;
        all += (int) g_utf8_strlen (item->blocks[i].text, -1);
    }
    for (int i = 0; all >= LEAST_FOR_CROSSHEAD && i < item->n_blocks; i++) {
        const char *clause;
        int off = ABS (before - all / 2);

        before += (int) g_utf8_strlen (item->blocks[i].text, -1);
        if (i == 0 || off >= nearest || off > all / 4 || !find_clause (arena, item->blocks[i].text, &clause))
            continue;
        nearest = off;
        *out = (DeviceWords){ .kind = DEVICE_CROSSHEAD, .text = clause, .block = i };
    }
    return nearest < G_MAXINT;
}

/* ---- all of them ---- */

int
bm_find_devices (BmArena *arena, const BmLayout *layout, const BmItem *item, DeviceWords *out)
{
    int n = 0;

    if (layout->devices_summary && find_summary (arena, item, &out[n]))
        n++;
    if (layout->devices_pullquote)
        n += find_quotes (arena, item, &out[n]);
    if (layout->devices_figures && find_figures (arena, item, &out[n]))
        n++;
    if (layout->devices_crosshead && find_crosshead (arena, item, &out[n]))
        n++;
    return n;
}
