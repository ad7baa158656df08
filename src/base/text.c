/* text.c — is this UTF-8, and if not, where does it stop being so. */
#include "base/base.h"

#include <string.h>

/* Line and column (in characters) of the byte `at`, all before it being valid. */
static BmSpan
place_of (const char *file, const char *text, const char *at)
{
    BmSpan where = { file, 1, 1, 1 };

    for (const char *p = text; p < at; p++) {
        if (*p == '\n') {
            where.line++;
            where.column = 1;
        } else if (((unsigned char) *p & 0xC0) != 0x80) {
            where.column++;
        }
    }
    return where;
}

bool
bm_check_utf8 (const char *file, const char *text, size_t length, BmDiags *diags)
{
    const char *end = NULL;

    if (g_utf8_validate_len (text, length, &end))
        return true;
    BmSpan where = place_of (file, text, end);
    size_t offset = (size_t) (end - text);
    if (*end == '\0')
        bm_diag (diags, BM_ERROR, "BM0106", where, "remove it, or name the encoding if this is UTF-16",
                 "NUL at byte %" G_GSIZE_FORMAT, offset);
    else
        bm_diag (diags, BM_ERROR, "BM0105", where, "name the encoding, or convert the file to UTF-8",
                 "byte 0x%02X at offset %" G_GSIZE_FORMAT " is not valid UTF-8", (unsigned char) *end, offset);
    return false;
}
