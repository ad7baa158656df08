if(TARGET banmian)
    add_test(NAME cli COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/cli/check-cli.sh ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
    set_tests_properties(cli PROPERTIES TIMEOUT 240
        ENVIRONMENT "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0")
endif()
