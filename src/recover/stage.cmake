bm_stage(recover SOURCES align.c assign.c blocks.c build.c chains.c chars.c conserve.c cues.c decisions.c decode.c exchange.c folio.c
         geometry-bylines.c geometry-groups.c geometry-heads.c geometry-order.c geometry-read.c geometry-sizes.c joins.c label.c lexicon.c
         measure.c names.c normalise.c original.c params.c patterns.c pieces.c recover.c report.c
         roles.c rows.c seam.c sheet.c split.c stories.c threads.c units.c unweave.c words.c
         LINK PkgConfig::EXPAT)
