/* lexicon.c — words that headlines do not part, shipped as data (lexicon.def) and read from a user's files.
 *
 * A headline holds a few dozen characters: every place in it is looked up at every length, longest first. Where two
 * words overlap both hold, so the joint stays closed (cjk-composition.md §11.2 c). */
#include "type/type-private.h"

#include <string.h>

static const char *const shipped[] = {
#include "type/lexicon.def"
};

#define LONGEST 6 /* characters */

static GHashTable *
make_table (void)
{
    GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

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
    GHashTable *table = make_table ();

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
    g_hash_table_destroy (table);
}
