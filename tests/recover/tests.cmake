add_executable(recover-dump recover/recover-dump.c)
target_link_libraries(recover-dump PRIVATE bm_base bm_edition bm_recover)
bm_target_defaults(recover-dump)

# Floors: what the recovery reached, less a little; those of the corpus are what is asked for.
bm_script_test(recover-corpus ${CMAKE_CURRENT_SOURCE_DIR}/recover/score.sh $<TARGET_FILE:recover-dump>
    ${PROJECT_SOURCE_DIR}/../shared 99.5 90)
bm_script_test(recover-generated ${CMAKE_CURRENT_SOURCE_DIR}/recover/generated.sh $<TARGET_FILE:recover-dump>
    ${PROJECT_SOURCE_DIR}/../shared 91 87)

bm_test(NAME recover SOURCES recover/test-recover.c type/random-text.c STAGES base edition recover)
