bm_stage(type SOURCES breaker.c cases.c cells.c classes.c compose.c fingerprint.c fit.c font.c gaiji.c gaiji-font.c gaiji-outline.c headline.c items.c joints.c json.c justify.c lexicon.c mode.c pairs.c places.c plain.c runs.c shape.c shaped.c vertical.c
         LINK PkgConfig::PANGO)
if(ICU_FOUND)
    target_link_libraries(bm_type PUBLIC PkgConfig::ICU)
    target_compile_definitions(bm_type PRIVATE BM_WITH_ICU)
endif()
