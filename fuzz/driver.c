/* driver.c — runs a fuzz target without a fuzzer: over the files named, or over inputs of its own for some seconds.
 *
 *   fuzz-type FILE...         each file once: repeats a finding
 *   fuzz-type -t 600 [SEED]   inputs made of dice and of earlier inputs changed here and there
 *
 * With clang and -DBANMIAN_LIBFUZZER=ON the target is linked to libFuzzer instead. */
#include "type/random-text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 400
#define KEPT 64

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static Dice dice;

typedef struct {
    uint8_t bytes[LONGEST];
    size_t length;
} Input;

static void
make_input (Input *input)
{
    input->length = 1 + roll (&dice, LONGEST);
    for (size_t i = 0; i < input->length; i++)
        input->bytes[i] = (uint8_t) roll (&dice, 256);
}

static void
change_input (Input *input)
{
    for (uint32_t n = 1 + roll (&dice, 8); n > 0; n--)
        switch (roll (&dice, 3)) {
        case 0:
            input->bytes[roll (&dice, (uint32_t) input->length)] = (uint8_t) roll (&dice, 256);
            break;
        case 1:
            input->length = 1 + roll (&dice, (uint32_t) input->length);
            break;
        default:
            for (; input->length < LONGEST && roll (&dice, 8) > 0; input->length++)
                input->bytes[input->length] = input->bytes[roll (&dice, (uint32_t) input->length)];
        }
}

static int
run_files (int n, char **names)
{
    for (int i = 0; i < n; i++) {
        char *bytes = NULL;
        gsize length = 0;

        if (!g_file_get_contents (names[i], &bytes, &length, NULL)) {
            fprintf (stderr, "%s cannot be read\n", names[i]);
            return 1;
        }
        LLVMFuzzerTestOneInput ((const uint8_t *) bytes, length);
        g_free (bytes);
    }
    return 0;
}

/* The input goes to a file before it is run, so that a crash leaves it there. */
static void
run_input (const Input *input)
{
    FILE *file = fopen ("fuzz-last-input", "wb");

    if (file != NULL) {
        fwrite (input->bytes, 1, input->length, file);
        fclose (file);
    }
    LLVMFuzzerTestOneInput (input->bytes, input->length);
}

int
main (int argc, char **argv)
{
    static Input kept[KEPT];
    long runs = 0;

    if (argc < 3 || strcmp (argv[1], "-t") != 0)
        return run_files (argc - 1, argv + 1);
    gint64 end = g_get_monotonic_time () + (gint64) atol (argv[2]) * G_USEC_PER_SEC;
    dice.state = argc > 3 ? strtoull (argv[3], NULL, 10) : 1;
    printf ("seed %llu\n", (unsigned long long) dice.state);
    for (; g_get_monotonic_time () < end; runs++) {
        Input *input = &kept[roll (&dice, KEPT)];

        if (input->length == 0 || roll (&dice, 4) == 0)
            make_input (input);
        else
            change_input (input);
        run_input (input);
    }
    printf ("%ld inputs, nothing found\n", runs);
    return 0;
}
