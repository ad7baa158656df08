bm_stage(type SOURCES cases.c cells.c classes.c compose.c fit.c font.c headline.c joints.c json.c justify.c lexicon.c mode.c runs.c shape.c shaped.c vertical.c
         LINK PkgConfig::PANGO)
