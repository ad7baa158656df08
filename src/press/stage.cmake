# libqpdf's header alone: the library is opened when a press PDF is asked for.
bm_stage(press SOURCES check.c check-content.c check-file.c check-image.c check-pages.c content.c metadata.c press.c profile.c qpdf.c
         sheets.c
         LINK bm_qpdf_headers PkgConfig::CAIRO PkgConfig::PANGO PkgConfig::DEFLATE PkgConfig::EXPAT ${CMAKE_DL_LIBS})
