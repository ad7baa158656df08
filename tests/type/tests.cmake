bm_test(NAME type-cases SOURCES type/test-type-cases.c type/judge.c STAGES base layout type LINK PkgConfig::JANSSON)
