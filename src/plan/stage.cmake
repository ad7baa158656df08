bm_stage(plan SOURCES json-read.c json-write.c picture.c picture-icc.c picture-iptc.c picture-jpeg.c picture-png.c plan.c quality.c
         quality-block.c quality-cells.c quality-heads.c
         LINK PkgConfig::PANGO PkgConfig::JANSSON PkgConfig::JPEG PkgConfig::PNG)
