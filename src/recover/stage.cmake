bm_stage(recover SOURCES align.c assign.c build.c chars.c conserve.c cues.c decode.c exchange.c folio.c
         geometry-groups.c geometry-heads.c geometry-order.c geometry-read.c geometry-sizes.c label.c lexicon.c measure.c
         names.c normalise.c original.c params.c patterns.c recover.c report.c
         roles.c sheet.c split.c stories.c units.c
         LINK PkgConfig::EXPAT)
