bm_stage(draw SOURCES faces.c galley.c ink.c order.c page.c pdf.c pdf-file.c pdf-finish.c pdf-marks.c pdf-threads.c
         pdf-tree.c photo.c png.c sheet.c stock.c structure.c svg.c text.c
         LINK PkgConfig::CAIRO PkgConfig::PANGO PkgConfig::DEFLATE)
