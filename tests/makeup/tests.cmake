bm_test(NAME makeup SOURCES makeup/test-page.c makeup/pages.c fonts.c STAGES base edition layout type plan makeup)
set_tests_properties(makeup PROPERTIES TIMEOUT 600)
bm_test(NAME makeup-score SOURCES makeup/test-score.c STAGES base edition layout type plan)
