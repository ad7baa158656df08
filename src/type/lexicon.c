/* lexicon.c — words that headlines do not part, shipped as data (lexicon.def) and read from a user's files.
 *
 * A headline holds a few dozen characters: every place in it is looked up at every length, longest first. Where two
 * words overlap both hold, so the joint stays closed (cjk-composition.md §11.2 c). */
#include "type/type-private.h"

#include <string.h>

static const char *const shipped[] = {
#include "type/lexicon.def"
};

#define LONGEST 6       /* characters of a shipped word */
#define LONGEST_OWN 16  /* … of a user's */

/* The shipped words, made of constants once a process: made for every headline they were a twentieth of a light page. A batch
 * makes them before it forks. */
static GHashTable *
shipped_words (void)
{
    static GHashTable *table = NULL;

    if (table != NULL)
        return table;
    table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < G_N_ELEMENTS (shipped); i++) {
        char **words = g_strsplit (shipped[i], " ", -1);

        for (int k = 0; words[k] != NULL; k++)
            g_hash_table_add (table, words[k]);
        g_free (words); /* the strings belong to the table now */
    }
    return table;
}

void
bm_lexicon_words (BmArena *arena, GPtrArray *words, const char *headline)
{
    GHashTable *table = shipped_words ();

    for (const char *p = headline; *p != '\0'; p = g_utf8_next_char (p)) {
        const char *ends[LONGEST + 1] = { p };
        int n = 0;

        while (n < LONGEST && *ends[n] != '\0') {
            ends[n + 1] = g_utf8_next_char (ends[n]);
            n++;
        }
        for (; n >= 2; n--) {
            char *word = bm_arena_strndup (arena, p, (size_t) (ends[n] - p));

            if (g_hash_table_contains (table, word)) {
                g_ptr_array_add (words, word);
                break;
            }
        }
    }
}

/* ---- words of the user's ---- */

/* 2 to 16 characters, no blank and no control character among them. */
static bool
is_word (const char *text)
{
    int n = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n++)
        if (g_unichar_isspace (g_utf8_get_char (p)) || g_unichar_iscntrl (g_utf8_get_char (p)))
            return false;
    return n >= 2 && n <= LONGEST_OWN;
}

const char **
bm_words_read (BmArena *arena, const char *file, const char *text, size_t length, int *n_words, BmDiags *diags)
{
    size_t mark = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    *n_words = 0;
    if (!bm_check_utf8 (file, text, length, diags))
        return NULL;
    char *copy = g_strndup (text + mark, length - mark);
    char **lines = g_strsplit (copy, "\n", -1);
    GPtrArray *words = g_ptr_array_new ();
    for (int i = 0; lines[i] != NULL; i++) {
        const char *word = g_strstrip (lines[i]);

        if (*word == '\0' || *word == '#')
            continue;
        if (is_word (word))
            g_ptr_array_add (words, bm_arena_strdup (arena, word));
        else
            bm_diag (diags, BM_WARNING, "BM0509", (BmSpan){ file, i + 1, 1, 0 }, "write one word a line, 2 to 16 characters",
                     "“%s” is no word", word);
    }
    *n_words = (int) words->len;
    g_ptr_array_add (words, NULL);
    const char **list = bm_arena_copy (arena, words->pdata, words->len, sizeof (gpointer));
    g_ptr_array_free (words, TRUE);
    g_strfreev (lines);
    g_free (copy);
    return list;
}

void
bm_type_add_words (BmType *type, const char *const *words, int n_words)
{
    for (int i = 0; i < n_words; i++)
        g_ptr_array_add (type->words, bm_arena_strdup (type->arena, words[i]));
}
