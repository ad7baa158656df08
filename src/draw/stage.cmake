bm_stage(draw SOURCES bleed.c colour.c document.c boxed.c faces.c galley.c ink.c marks.c order.c page.c pdf.c pdf-file.c pdf-finish.c pdf-marks.c
         pdf-threads.c pdf-tree.c photo.c photo-press.c png.c press.c sheet.c structure.c svg.c text.c
         LINK PkgConfig::CAIRO PkgConfig::PANGO PkgConfig::DEFLATE PkgConfig::LCMS PkgConfig::JPEG)
