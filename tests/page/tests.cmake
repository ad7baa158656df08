bm_script_test(page-text python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-text.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/samples/harbour.md ${PROJECT_SOURCE_DIR}/samples/market.md
    ${PROJECT_SOURCE_DIR}/samples/tabloid.md:tabloid ${PROJECT_SOURCE_DIR}/samples/islet.md:tabloid
    ${PROJECT_SOURCE_DIR}/samples/minato.md:tabloid ${PROJECT_SOURCE_DIR}/samples/harbour.txt
    ${PROJECT_SOURCE_DIR}/tests/sets/07-briefs.md ${PROJECT_SOURCE_DIR}/tests/sets/18-tabloid-briefs.md:tabloid
    ${PROJECT_SOURCE_DIR}/samples/harbour.md:${PROJECT_SOURCE_DIR}/samples/devices.yaml)
bm_script_test(page-seed python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-seed.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/../shared/seeds)
bm_script_test(page-structure python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-structure.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/samples/harbour.md ${PROJECT_SOURCE_DIR}/samples/market.md
    ${PROJECT_SOURCE_DIR}/samples/tabloid.md:tabloid ${PROJECT_SOURCE_DIR}/samples/islet.md:tabloid
    ${PROJECT_SOURCE_DIR}/samples/minato.md:tabloid ${PROJECT_SOURCE_DIR}/tests/sets/03-county.md
    ${PROJECT_SOURCE_DIR}/tests/sets/16-forty.md
    ${PROJECT_SOURCE_DIR}/tests/sets/18-tabloid-briefs.md:tabloid
    ${PROJECT_SOURCE_DIR}/samples/harbour.md:${PROJECT_SOURCE_DIR}/samples/devices.yaml)
bm_script_test(page-edition python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-edition.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/samples/edition ${PROJECT_SOURCE_DIR}/tests/sets)
bm_script_test(page-original python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-original.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/samples ${PROJECT_SOURCE_DIR}/../shared/seeds)
bm_script_test(page-article-sets python3 ${CMAKE_CURRENT_SOURCE_DIR}/page/check-article-sets.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/../shared/corpora/makeup)
