bm_test(NAME makeup SOURCES makeup/test-page.c makeup/goldens.c makeup/pages.c fonts.c STAGES base edition layout type plan makeup)
set_tests_properties(makeup PROPERTIES TIMEOUT 600)
bm_test(NAME makeup-score SOURCES makeup/test-score.c STAGES base edition layout type plan)
bm_test(NAME makeup-keep SOURCES makeup/test-keep.c makeup/constraints.c makeup/pages.c fonts.c STAGES base edition layout type plan makeup)
set_tests_properties(makeup-keep PROPERTIES TIMEOUT 300)
bm_test(NAME makeup-degenerate SOURCES makeup/test-degenerate.c makeup/constraints.c makeup/pages.c fonts.c
        STAGES base edition layout type plan makeup)
set_tests_properties(makeup-degenerate PROPERTIES TIMEOUT 300)
bm_test(NAME makeup-roundup SOURCES makeup/test-roundup.c makeup/constraints.c makeup/pages.c fonts.c
        STAGES base edition layout type plan makeup)
set_tests_properties(makeup-roundup PROPERTIES TIMEOUT 300)
bm_test(NAME makeup-interlock SOURCES makeup/test-interlock.c makeup/constraints.c makeup/goldens.c makeup/pages.c fonts.c
        STAGES base edition layout type plan makeup)
set_tests_properties(makeup-interlock PROPERTIES TIMEOUT 300)
bm_test(NAME makeup-devices SOURCES makeup/test-devices.c makeup/constraints.c makeup/pages.c fonts.c
        STAGES base edition layout type plan makeup)
set_tests_properties(makeup-devices PROPERTIES TIMEOUT 300)
