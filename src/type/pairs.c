/* pairs.c — how often characters stand side by side in a page's texts (cjk-composition.md §11.2 b).
 *
 * Every headline asks for every two of its neighbours: the texts are read once, and their pairs kept in a table of open addresses.
 * One of GLib's would allocate every key, which need not fit a pointer; sorting the pairs takes three times as long. */
#include "type/type-private.h"

#define LEAST_SLOTS 64
#define COUNT_BITS  22 /* beside two characters of 21 bits */
#define MOST        ((UINT64_C (1) << COUNT_BITS) - 1)

struct BmPairs {
    uint64_t *slots; /* two characters and how often they were met; 0: free */
    size_t n_slots;  /* a power of two, at least twice the pairs */
};

static uint64_t
key_of (gunichar first, gunichar second)
{
    return ((uint64_t) first << 21 | second) << COUNT_BITS;
}

/* The pair's slot, or the free one where it belongs. Fibonacci hashing: Knuth, The Art of Computer Programming 3, 6.4. */
static uint64_t *
slot_of (const BmPairs *pairs, uint64_t key)
{
    size_t at = (size_t) ((key >> COUNT_BITS) * UINT64_C (0x9E3779B97F4A7C15) >> 32) & (pairs->n_slots - 1);

    while (pairs->slots[at] != 0 && pairs->slots[at] >> COUNT_BITS != key >> COUNT_BITS)
        at = (at + 1) & (pairs->n_slots - 1);
    return &pairs->slots[at];
}

static void
add_text (BmPairs *pairs, const char *text)
{
    gunichar before = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = bm_char_at (p);
        bool is_han = bm_class_of (c) == BM_CLASS_HAN;

        if (is_han && before != 0) {
            uint64_t key = key_of (before, c), *slot = slot_of (pairs, key);

            *slot = *slot == 0 ? key | 1 : (*slot & MOST) < MOST ? *slot + 1 : *slot;
        }
        before = is_han ? c : 0;
    }
}

BmPairs *
bm_pairs_new (BmArena *arena, const char *const *texts, int n_texts)
{
    BmPairs *pairs = bm_arena_new0 (arena, BmPairs, 1);
    size_t most = LEAST_SLOTS;

    for (int i = 0; i < n_texts; i++)
        most += 2 * (size_t) g_utf8_strlen (texts[i], -1);
    for (pairs->n_slots = LEAST_SLOTS; pairs->n_slots < most;)
        pairs->n_slots *= 2;
    pairs->slots = bm_arena_new0 (arena, uint64_t, pairs->n_slots);
    for (int i = 0; i < n_texts; i++)
        add_text (pairs, texts[i]);
    return pairs;
}

int
bm_pairs_count (const BmPairs *pairs, gunichar first, gunichar second)
{
    return (int) (*slot_of (pairs, key_of (first, second)) & MOST);
}
