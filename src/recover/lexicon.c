/* lexicon.c — cue 6: what display lines and texts share.
 *
 * Pairs of neighbouring ideographs, and whole Latin words and numbers, of the display lines only: some hundred on a
 * page. A text is scanned once and answers which of them it holds. Marks part; a pair is never taken across them. */
#include "recover/recover-private.h"

struct BmLexicon {
    GHashTable *ids; /* pair → id + 1 */
    GArray *pairs;   /* int: ids of all heads, one head after the other */
    GArray *starts;  /* int: where each head's begin; one more at the end */
};

/* 64 bits hold two code points; words and numbers are hashed into the upper half. */
typedef struct {
    guint64 key;
    bool found;
} Term;

/* Number or word [i, *end). */
static guint64
word_key (BmRun run, int i, int *end)
{
    guint64 hash = 14695981039346656037u; /* FNV-1a */
    int k = i;

    for (; k < run.n && (bm_char_is_latin (run.chars[k].code) || bm_char_is_digit (run.chars[k].code)); k++) {
        if (k > i && run.chars[k].gap > 0)
            break;
        hash = (hash ^ g_unichar_tolower (run.chars[k].code)) * 1099511628211u;
    }
    *end = k;
    return hash | (guint64) 1 << 63;
}

/* The term at i, and where the next begins. A number of one digit says nothing. */
static Term
term_at (BmRun run, int i, int *next)
{
    gunichar c = run.chars[i].code;
    Term term = { 0, false };

    *next = i + 1;
    if (bm_char_is_latin (c) || bm_char_is_digit (c)) {
        term.key = word_key (run, i, next);
        term.found = *next - i >= 2;
    } else if (bm_char_is_han (c) && i + 1 < run.n && bm_char_is_han (run.chars[i + 1].code)) {
        term.key = (guint64) c << 21 | run.chars[i + 1].code;
        term.found = true;
    }
    return term;
}

static int
id_of (const BmLexicon *lexicon, guint64 key)
{
    return GPOINTER_TO_INT (g_hash_table_lookup (lexicon->ids, &key)) - 1;
}

static guint64 *
copy_of (guint64 key)
{
    guint64 *copy = g_new (guint64, 1);

    *copy = key;
    return copy;
}

static int
add_id (BmLexicon *lexicon, guint64 key)
{
    int id = id_of (lexicon, key);

    if (id >= 0)
        return id;
    id = (int) g_hash_table_size (lexicon->ids);
    g_hash_table_insert (lexicon->ids, copy_of (key), GINT_TO_POINTER (id + 1));
    return id;
}

static void
add_head (BmLexicon *lexicon, BmRun run)
{
    int start = (int) lexicon->pairs->len;

    for (int i = 0, next = 0; i < run.n; i = next) {
        Term term = term_at (run, i, &next);
        bool known = false;

        if (!term.found)
            continue;
        int id = add_id (lexicon, term.key);
        for (int k = start; k < (int) lexicon->pairs->len && !known; k++)
            known = g_array_index (lexicon->pairs, int, k) == id;
        if (!known)
            g_array_append_val (lexicon->pairs, id);
    }
}

BmLexicon *
bm_lexicon_new (const BmRaw *raw, const GArray *units, const int *heads, int n_heads)
{
    BmLexicon *lexicon = g_new0 (BmLexicon, 1);

    lexicon->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    lexicon->pairs = g_array_new (FALSE, FALSE, sizeof (int));
    lexicon->starts = g_array_new (FALSE, FALSE, sizeof (int));
    for (int h = 0; h < n_heads; h++) {
        GArray *chars = bm_unit_chars (raw, &g_array_index (units, BmUnit, heads[h]));

        g_array_append_val (lexicon->starts, lexicon->pairs->len);
        add_head (lexicon, (BmRun){ (const BmRawChar *) chars->data, (int) chars->len });
        g_array_free (chars, TRUE);
    }
    g_array_append_val (lexicon->starts, lexicon->pairs->len);
    return lexicon;
}

void
bm_lexicon_free (BmLexicon *lexicon)
{
    g_hash_table_destroy (lexicon->ids);
    g_array_free (lexicon->pairs, TRUE);
    g_array_free (lexicon->starts, TRUE);
    g_free (lexicon);
}

int
bm_lexicon_size (const BmLexicon *lexicon)
{
    return (int) g_hash_table_size (lexicon->ids);
}

const int *
bm_lexicon_head (const BmLexicon *lexicon, int h, int *n)
{
    int start = g_array_index (lexicon->starts, int, h);

    *n = g_array_index (lexicon->starts, int, h + 1) - start;
    return (const int *) (const void *) lexicon->pairs->data + start;
}

void
bm_lexicon_scan (const BmLexicon *lexicon, const BmRaw *raw, const BmUnit *unit, guint8 *seen)
{
    GArray *chars = bm_unit_chars (raw, unit);
    BmRun run = { (const BmRawChar *) chars->data, (int) chars->len };

    for (int i = 0, next = 0; i < run.n; i = next) {
        Term term = term_at (run, i, &next);
        int id = term.found ? id_of (lexicon, term.key) : -1;

        if (id >= 0)
            seen[id] = 1;
    }
    g_array_free (chars, TRUE);
}
