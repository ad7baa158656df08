/* decode.c — the dump as UTF-8. */
#include "recover/recover-private.h"

#include <string.h>

const char *
bm_decode (const char *file, const char *bytes, size_t length, const char *encoding, size_t *out_length, char **owned,
           BmDiags *diags)
{
    (void) encoding;
    *owned = NULL;
    if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if (!bm_check_utf8 (file, bytes, length, diags))
        return NULL;
    *out_length = length;
    return bytes;
}
