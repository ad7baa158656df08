if(TARGET banmian)
    add_test(NAME page-text COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-text.py $<TARGET_FILE:banmian>
             ${PROJECT_SOURCE_DIR}/samples/harbour.md ${PROJECT_SOURCE_DIR}/samples/market.md
             ${PROJECT_SOURCE_DIR}/samples/tabloid.md:tabloid ${PROJECT_SOURCE_DIR}/samples/harbour.txt)
    add_test(NAME page-seed COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-seed.py $<TARGET_FILE:banmian>
             ${PROJECT_SOURCE_DIR}/../shared/seeds)
    set_tests_properties(page-text page-seed PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
        ENVIRONMENT "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0")
endif()
