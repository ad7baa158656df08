bm_stage(draw SOURCES faces.c galley.c ink.c page.c pdf.c photo.c png.c sheet.c stock.c svg.c text.c
         LINK PkgConfig::CAIRO PkgConfig::PANGO PkgConfig::DEFLATE)
