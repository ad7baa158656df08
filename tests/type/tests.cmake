bm_test(NAME type-cases SOURCES type/test-type-cases.c type/judge.c STAGES base layout type LINK PkgConfig::JANSSON)
bm_test(NAME type-random SOURCES type/test-type-random.c type/random-text.c STAGES base layout type)
if(TARGET banmian)
    add_test(NAME type-page COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/type/check-galley.py $<TARGET_FILE:banmian>
             ${PROJECT_SOURCE_DIR}/../shared)
    set_tests_properties(type-page PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
        ENVIRONMENT "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0")
endif()
