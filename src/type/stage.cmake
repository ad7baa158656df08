bm_stage(type SOURCES cells.c classes.c fit.c font.c headline.c joints.c justify.c lexicon.c runs.c shape.c vertical.c
         LINK PkgConfig::PANGO)
