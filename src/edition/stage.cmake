bm_stage(edition SOURCES byline.c front.c json.c model.c read-markdown.c remarks.c write-markdown.c
         LINK PkgConfig::CMARK PkgConfig::JANSSON)
