bm_test(NAME edition SOURCES edition/test-edition.c edition/reading.c STAGES base edition)
bm_test(NAME edition-wrong SOURCES edition/test-edition-wrong.c edition/reading.c STAGES base edition)
bm_test(NAME edition-trip SOURCES edition/test-edition-trip.c edition/reading.c edition/random-edition.c edition/describe.c type/random-text.c
        STAGES base edition)
