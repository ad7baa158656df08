bm_test(NAME picture SOURCES draw/test-picture.c draw/pictures.c STAGES base layout type plan)
bm_test(NAME draw SOURCES draw/test-draw.c draw/sheet.c fonts.c draw/pictures.c STAGES base layout type plan draw)
bm_test(NAME tagged SOURCES draw/test-tagged.c draw/sheet.c fonts.c draw/pictures.c STAGES base layout type plan draw)
