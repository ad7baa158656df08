bm_test(NAME type-cases SOURCES type/test-type-cases.c type/judge.c STAGES base layout type LINK PkgConfig::JANSSON)
bm_test(NAME type-fonts SOURCES type/test-type-fonts.c type/random-text.c fonts.c draw/pictures.c STAGES base layout type plan)
bm_test(NAME type-random SOURCES type/test-type-random.c type/random-text.c STAGES base layout type)
bm_script_test(type-page python3 ${CMAKE_CURRENT_SOURCE_DIR}/type/check-galley.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/../shared)
