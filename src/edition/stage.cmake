bm_stage(edition SOURCES byline.c front.c inline.c json.c json-write.c model.c read-blocks.c read-markdown.c remarks.c
         source.c table.c write-markdown.c
         LINK PkgConfig::CMARK PkgConfig::JANSSON)
