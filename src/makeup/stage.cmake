bm_stage(makeup SOURCES ad-words.c ads.c build.c build-cluster.c build-device.c build-heads.c build-notch.c jump.c build-photo.c build-text.c casting.c choose.c cluster.c device.c device-words.c
         filler.c flow.c group.c folio.c heads.c leaves.c makeup.c nameplate.c photos.c pin.c refine.c roundup.c roundup-cast.c build-roundup.c rules.c search.c
         search-notch.c search-pinned.c shapes.c shapes-notch.c shapes-photo.c story.c trace.c
         trial.c wheel.c wishes.c
         LINK PkgConfig::PANGO)
