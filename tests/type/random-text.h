/* random-text.h — text that nobody would write, the same for the same seed on every machine. */
#ifndef RANDOM_TEXT_H
#define RANDOM_TEXT_H

#include <glib.h>
#include <stdint.h>

typedef struct {
    uint64_t state;
} Dice;

/* The seed of BM_SEED, else 1; printed, so that a failure can be repeated. */
uint64_t seed_of_run (void);

uint32_t roll (Dice *dice, uint32_t sides); /* 0 … sides − 1 */

/* `n` pieces: Han, marks, numbers, words, addresses, controls, characters from anywhere. */
void random_text (Dice *dice, int n, GString *out);

#endif
