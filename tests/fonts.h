/* fonts.h — the type of the tests: the private fonts of the build tree. */
#ifndef TEST_FONTS_H
#define TEST_FONTS_H

#include "type/type.h"

/* NULL where the faces are not installed. */
BmType *test_type (void);

#endif
