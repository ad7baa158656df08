bm_script_test(cli sh ${CMAKE_CURRENT_SOURCE_DIR}/cli/check-cli.sh ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
bm_script_test(cli-edition sh ${CMAKE_CURRENT_SOURCE_DIR}/cli/check-edition.sh ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
