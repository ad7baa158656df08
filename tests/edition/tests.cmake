bm_test(NAME edition SOURCES edition/test-edition.c type/random-text.c STAGES base edition)
