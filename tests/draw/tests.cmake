if(TARGET bm_plan AND TARGET bm_type)
    bm_test(NAME picture SOURCES draw/test-picture.c draw/pictures.c STAGES base layout type plan)
endif()
