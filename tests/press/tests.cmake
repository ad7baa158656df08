bm_test(NAME qpdf SOURCES press/test-qpdf.c STAGES base layout type plan draw press)
bm_script_test(press-page python3 ${CMAKE_CURRENT_SOURCE_DIR}/press/check-press.py $<TARGET_FILE:banmian>
    ${PROJECT_SOURCE_DIR}/samples ${PROJECT_SOURCE_DIR}/../shared)
bm_test(NAME press SOURCES press/test-press.c draw/sheet.c draw/pictures.c fonts.c STAGES base layout type plan draw press
    LINK PkgConfig::LCMS PkgConfig::JPEG)
