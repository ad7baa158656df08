bm_stage(layout SOURCES fields.c grid.c layout.c style.c)
