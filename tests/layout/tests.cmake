bm_test(NAME layout SOURCES layout/test-layout.c STAGES base layout)
