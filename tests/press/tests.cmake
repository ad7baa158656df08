bm_test(NAME qpdf SOURCES press/test-qpdf.c STAGES base layout type plan draw press)
