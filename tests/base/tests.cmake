bm_test(NAME base SOURCES base/test-base.c STAGES base)
