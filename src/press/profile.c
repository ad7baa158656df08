/* profile.c — the press's ICC profile: the shipped one, kept deflated as the PDF takes it, or the user's own.
 *
 * Only the header and the description are read here (ICC.1 §7.2, §10); what its tables say is lcms2's in draw/. */
#include "press/press.h"

#include <libdeflate.h>
#include <string.h>

#define MAX_PROFILE (64u << 20)
#define HEADER      128

static unsigned
big_endian (const uint8_t *p, int n)
{
    unsigned value = 0;

    for (int i = 0; i < n; i++)
        value = value << 8 | p[i];
    return value;
}

static bool
refuse (const char *file, const char *why, BmDiags *diags)
{
    bm_diag (diags, BM_ERROR, "BM0905", BM_IN_FILE (file), "name an ICC profile of a press: class prtr, colour space CMYK",
             "%s is no press profile: %s", file, why);
    return false;
}

/* ---- packing ---- */

static bool
is_packed (const char *bytes, size_t length)
{
    const uint8_t *b = (const uint8_t *) bytes;

    return length > 2 && (b[0] & 15) == 8 && ((unsigned) b[0] << 8 | b[1]) % 31 == 0; /* RFC 1950 */
}

/* The size is not told: room is doubled until it is enough. */
static bool
unpack (BmPressProfile *profile)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor ();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;

    if (decompressor == NULL)
        g_error ("out of memory");
    for (size_t room = 1 << 18; result == LIBDEFLATE_INSUFFICIENT_SPACE && room <= MAX_PROFILE; room *= 2) {
        profile->bytes = g_realloc (profile->bytes, room);
        result = libdeflate_zlib_decompress (decompressor, profile->packed, profile->packed_length, profile->bytes, room,
                                             &profile->length);
    }
    libdeflate_free_decompressor (decompressor);
    return result == LIBDEFLATE_SUCCESS;
}

static void
pack (BmPressProfile *profile)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (9);

    if (compressor == NULL)
        g_error ("out of memory");
    size_t room = libdeflate_zlib_compress_bound (compressor, profile->length);
    profile->packed = g_malloc (room);
    profile->packed_length = libdeflate_zlib_compress (compressor, profile->bytes, profile->length, profile->packed, room);
    libdeflate_free_compressor (compressor);
}

/* ---- what it says of itself ---- */

/* Version 2: 'desc', a count and ASCII. Version 4: 'mluc', UTF-16 in languages; the first is taken. */
static char *
read_description (const uint8_t *tag, size_t length)
{
    if (length >= 12 && memcmp (tag, "desc", 4) == 0) {
        size_t n = big_endian (tag + 8, 4);
        char *text = n > 0 && n <= length - 12 ? g_strndup ((const char *) tag + 12, n) : NULL;
        char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

        g_free (text);
        return valid;
    }
    if (length >= 28 && memcmp (tag, "mluc", 4) == 0 && big_endian (tag + 8, 4) > 0) {
        size_t n = big_endian (tag + 20, 4), at = big_endian (tag + 24, 4);

        if (at <= length && n <= length - at)
            return g_convert ((const char *) tag + at, (gssize) n, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
    }
    return NULL;
}

static char *
find_description (const uint8_t *icc, size_t length)
{
    unsigned n = length >= HEADER + 4 ? big_endian (icc + HEADER, 4) : 0;

    for (unsigned i = 0; i < n && HEADER + 4 + 12 * ((size_t) i + 1) <= length; i++) {
        const uint8_t *entry = icc + HEADER + 4 + 12 * (size_t) i;
        size_t at = big_endian (entry + 4, 4), size = big_endian (entry + 8, 4);

        if (memcmp (entry, "desc", 4) == 0 && at <= length && size <= length - at)
            return read_description (icc + at, size);
    }
    return NULL;
}

static bool
read_header (BmPressProfile *profile, const char *file, BmDiags *diags)
{
    const uint8_t *icc = (const uint8_t *) profile->bytes;

    if (profile->length < HEADER + 4 || memcmp (icc + 36, "acsp", 4) != 0)
        return refuse (file, "it does not begin like an ICC profile", diags);
    if (big_endian (icc, 4) != profile->length)
        return refuse (file, "it is not as long as it says", diags);
    if (memcmp (icc + 12, "prtr", 4) != 0)
        return refuse (file, "it is not of class prtr", diags);
    if (memcmp (icc + 16, "CMYK", 4) != 0)
        return refuse (file, "it is not for CMYK", diags);
    profile->version = icc[8];
    if (profile->version != 2 && profile->version != 4)
        return refuse (file, "its version is neither 2 nor 4", diags);
    profile->name = find_description (icc, profile->length);
    if (profile->name == NULL || profile->name[0] == '\0') {
        g_free (profile->name);
        profile->name = g_path_get_basename (file);
    }
    return true;
}

BmPressProfile *
bm_press_profile_read (const char *file, BmDiags *diags)
{
    BmPressProfile *profile = g_new0 (BmPressProfile, 1);
    char *bytes = NULL;
    size_t length = 0;
    bool ok = bm_read_file (file, MAX_PROFILE, &bytes, &length, diags);

    if (ok && is_packed (bytes, length)) {
        profile->packed = bytes;
        profile->packed_length = length;
        ok = unpack (profile) || refuse (file, "it does not unpack", diags);
    } else if (ok) {
        profile->bytes = bytes;
        profile->length = length;
    }
    ok = ok && read_header (profile, file, diags);
    if (ok && profile->packed == NULL)
        pack (profile);
    if (ok)
        return profile;
    bm_press_profile_free (profile);
    return NULL;
}

void
bm_press_profile_free (BmPressProfile *profile)
{
    if (profile == NULL)
        return;
    g_free (profile->bytes);
    g_free (profile->packed);
    g_free (profile->name);
    g_free (profile);
}

bool
bm_press_profile_suits (const BmPressProfile *profile, BmPressStandard standard, const char *file, BmDiags *diags)
{
    bool old = standard == BM_PRESS_X1A || standard == BM_PRESS_A1B;

    if (!old || profile->version == 2)
        return true;
    bm_diag (diags, BM_ERROR, "BM0905", BM_IN_FILE (file), "take a profile of version 2, or --press x4",
             "PDF/X-1a and PDF/A-1b take no ICC profile of version %d", profile->version);
    return false;
}
