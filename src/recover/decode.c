/* decode.c — the dump as UTF-8, whatever it was written in.
 *
 * Byte-order marks and valid UTF-8 decide at once. UTF-16 without a mark shows by its units: nearly all of them Han, marks
 * or ASCII in one order of bytes and hardly any in the other. GB18030 and Big5 share their bytes; what tells them apart is
 * where common characters lie (GB 2312 level 1 has lead bytes B0–D7, Big5's frequent half A4–C6). What is not certain is
 * asked for: a page in the wrong encoding is all wrong. */
#include "recover/recover-private.h"

#include <string.h>

#define LIKELY 0.9   /* share of what is read that must be common */
#define APART 0.12   /* … and beyond the next best */
#define FEWEST 8     /* characters: fewer tell nothing */
#define MOST_READ 65536

/* ---- guesses ---- */

static bool
is_common_unit (unsigned unit)
{
    return (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0x3000 && unit < 0x3100) || (unit >= 0xFF00 && unit < 0xFFF0) || (unit >= 0x20 && unit < 0x7F) ||
           unit == '\n' || unit == '\r' || unit == '\t' || (unit >= 0x2010 && unit < 0x2030) || (unit >= 0x2E80 && unit < 0x2FE0);
}

static double
share_of_units (const guint8 *bytes, size_t length, bool big_endian)
{
    size_t n = MIN (length, MOST_READ) / 2, common = 0;

    for (size_t i = 0; i < n; i++)
        common += is_common_unit (big_endian ? bytes[2 * i] * 256u + bytes[2 * i + 1] : bytes[2 * i + 1] * 256u + bytes[2 * i]);
    return n > 0 ? (double) common / (double) n : 0;
}

typedef struct {
    guint8 first_common, last_common; /* lead bytes of common characters */
    guint8 marks_to;                  /* lead bytes of marks: A1 … */
    bool low_trails;                  /* 40–7E follow a lead byte */
} DoubleByte;

/* The share of double-byte characters that are common; 0 if some pair cannot be one. */
static double
share_of_pairs (const guint8 *bytes, size_t length, const DoubleByte *form)
{
    size_t n = 0, common = 0;

    length = MIN (length, MOST_READ);
    for (size_t i = 0; i < length; i++) {
        guint8 lead = bytes[i];

        if (lead < 0x80)
            continue;
        if (i + 1 >= length)
            break;
        guint8 trail = bytes[++i];
        if (lead == 0x80 || lead == 0xFF || trail < 0x30 || trail == 0x7F || trail == 0xFF)
            return 0;
        n++;
        common += trail >= (form->low_trails ? 0x40 : 0xA1) && ((lead >= form->first_common && lead <= form->last_common) || (lead >= 0xA1 && lead <= form->marks_to));
    }
    return n >= FEWEST ? (double) common / (double) n : 0;
}

/* The encoding's name; NULL if it is not certain. */
static const char *
guess (const char *bytes, size_t length)
{
    static const DoubleByte gb = { 0xB0, 0xD7, 0xA3, false }, big5 = { 0xA4, 0xC6, 0xA2, true };
    const guint8 *octets = (const guint8 *) bytes;
    double little = share_of_units (octets, length, false), big = share_of_units (octets, length, true);

    if (length % 2 == 0 && little > LIKELY && little > big + 3 * APART)
        return "UTF-16LE";
    if (length % 2 == 0 && big > LIKELY && big > little + 3 * APART)
        return "UTF-16BE";
    double simplified = share_of_pairs (octets, length, &gb), traditional = share_of_pairs (octets, length, &big5);
    if (simplified > LIKELY && simplified > traditional + APART)
        return "GB18030";
    return traditional > LIKELY && traditional > simplified + APART ? "Big5" : NULL;
}

/* ---- conversion ---- */

/* How the C library calls it. */
static const char *
converter (const char *encoding)
{
    static const struct {
        const char *name, *converter;
    } names[] = { { "GBK", "GB18030" }, { "GB2312", "GB18030" }, { "GB-2312", "GB18030" }, { "Big5", "CP950" }, { "UTF8", "UTF-8" } };

    for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
        if (g_ascii_strcasecmp (encoding, names[i].name) == 0)
            return names[i].converter;
    return encoding;
}

/* Where the conversion stopped, in lines and columns of what was converted. */
static BmSpan
place_of (const char *file, const char *bytes, size_t read, const char *from)
{
    BmSpan where = { file, 1, 1, 0 };
    char *before = g_convert (bytes, (gssize) read, "UTF-8", from, NULL, NULL, NULL);

    for (const char *p = before; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
        where.line += *p == '\n';
        where.column = *p == '\n' ? 1 : where.column + 1;
    }
    g_free (before);
    return where;
}

static char *
convert (const char *file, const char *bytes, size_t length, const char *encoding, size_t *out_length, BmDiags *diags)
{
    GError *error = NULL;
    gsize read = 0, written = 0;
    char *text = g_convert (bytes, (gssize) length, "UTF-8", converter (encoding), &read, &written, &error);

    if (text != NULL) {
        *out_length = written;
        return text;
    }
    bool bytes_wrong = g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE) || g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_PARTIAL_INPUT);
    if (!bytes_wrong)
        bm_diag (diags, BM_ERROR, "BM0402", BM_IN_FILE (file), "UTF-8, GB18030, Big5 or UTF-16", "the encoding “%s” is not known", encoding);
    else
        bm_diag (diags, BM_ERROR, "BM0105", place_of (file, bytes, read, converter (encoding)), "name another encoding, or convert the file to UTF-8",
                 "byte 0x%02X at offset %" G_GSIZE_FORMAT " is not valid %s", read < length ? (guint8) bytes[read] : 0, read, encoding);
    g_error_free (error);
    return NULL;
}

static bool
begins_with (const char *bytes, size_t length, const char *mark)
{
    return length >= strlen (mark) && memcmp (bytes, mark, strlen (mark)) == 0;
}

/* What the bytes are in when nobody says so; NULL after an error. */
static const char *
found_encoding (const char *file, const char *bytes, size_t length, BmDiags *diags)
{
    if (begins_with (bytes, length, "\xFF\xFE") || begins_with (bytes, length, "\xFE\xFF"))
        return "UTF-16";
    if (g_utf8_validate (bytes, (gssize) length, NULL))
        return "UTF-8";
    const char *encoding = guess (bytes, length);
    if (encoding == NULL && (memchr (bytes, '\0', length) != NULL || begins_with (bytes, length, "\xEF\xBB\xBF")))
        return "UTF-8"; /* what is wrong with it is said below */
    if (encoding == NULL) {
        const char *end = bytes;

        g_utf8_validate (bytes, (gssize) length, &end);
        bm_diag (diags, BM_ERROR, "BM0401", BM_IN_FILE (file), "name it: --encoding GB18030, Big5, UTF-16 …",
                 "the encoding is not certain: no UTF-8 from byte %" G_GSIZE_FORMAT " on", (gsize) (end - bytes));
    }
    return encoding;
}

const char *
bm_decode (const char *file, const char *bytes, size_t length, const char *encoding, size_t *out_length, char **owned,
           BmDiags *diags)
{
    const char *from = encoding != NULL ? encoding : found_encoding (file, bytes, length, diags);

    *owned = NULL;
    if (from == NULL)
        return NULL;
    if (strcmp (converter (from), "UTF-8") != 0 && g_ascii_strcasecmp (from, "UTF-8") != 0) {
        *owned = convert (file, bytes, length, from, &length, diags);
        bytes = *owned;
    }
    if (bytes == NULL)
        return NULL;
    if (begins_with (bytes, length, "\xEF\xBB\xBF")) {
        bytes += 3;
        length -= 3;
    }
    if (!bm_check_utf8 (file, bytes, length, diags)) {
        g_clear_pointer (owned, g_free);
        return NULL;
    }
    *out_length = length;
    return bytes;
}
