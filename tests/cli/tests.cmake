bm_script_test(cli sh ${CMAKE_CURRENT_SOURCE_DIR}/cli/check-cli.sh ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
