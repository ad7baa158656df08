# libqpdf's header alone: the library is opened when a press PDF is asked for.
bm_stage(press SOURCES qpdf.c
         LINK bm_qpdf_headers PkgConfig::CAIRO PkgConfig::PANGO ${CMAKE_DL_LIBS})
