add_executable(recover-dump recover/recover-dump.c)
target_link_libraries(recover-dump PRIVATE bm_base bm_edition bm_recover)
bm_target_defaults(recover-dump)

# Floors: what the recovery reached, less a little; those of the corpus are what is asked for.
bm_script_test(recover-corpus ${CMAKE_CURRENT_SOURCE_DIR}/recover/score.sh $<TARGET_FILE:recover-dump>
    ${PROJECT_SOURCE_DIR}/../shared 99.5 90)
bm_script_test(recover-generated ${CMAKE_CURRENT_SOURCE_DIR}/recover/generated.sh $<TARGET_FILE:recover-dump>
    ${PROJECT_SOURCE_DIR}/../shared 91 87)

bm_script_test(recover-confidence python3 ${CMAKE_CURRENT_SOURCE_DIR}/recover/calibrate.py $<TARGET_FILE:recover-dump>
    ${PROJECT_SOURCE_DIR}/../shared/corpora/recover --check)
bm_script_test(recover-laid-out python3 ${CMAKE_CURRENT_SOURCE_DIR}/recover/lay-out.py $<TARGET_FILE:recover-dump>
    ${PROJECT_SOURCE_DIR}/../shared/corpora/recover 95)
bm_script_test(recover-boxes python3 ${CMAKE_CURRENT_SOURCE_DIR}/recover/check-boxes.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/samples/harbour.md ${PROJECT_SOURCE_DIR}/samples/harbour.md:broadsheet:7
    ${PROJECT_SOURCE_DIR}/samples/tabloid.md:tabloid ${PROJECT_SOURCE_DIR}/samples/islet.md:tabloid)

bm_test(NAME recover SOURCES recover/test-recover.c type/random-text.c STAGES base edition recover)
