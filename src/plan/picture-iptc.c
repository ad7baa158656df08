/* picture-iptc.c — the caption and credit that an agency or a photographer wrote into a JPEG.
 *
 * Photoshop's APP13 block holds resources, resource 0x0404 the IPTC records (IIM 4.2): 1:90 says whether they are UTF-8;
 * without it Chinese agencies write GB 18030. Lengths in the file are never believed beyond the file's end. */
#include "plan/picture-private.h"

#include <string.h>

#define APP13 0xED
#define SIGNATURE "Photoshop 3.0" /* with its NUL */

typedef struct {
    const uint8_t *p, *end;
} Reader;

static size_t
left (const Reader *reader)
{
    return (size_t) (reader->end - reader->p);
}

static unsigned
big_endian (const uint8_t *p, int n)
{
    unsigned value = 0;

    for (int i = 0; i < n; i++)
        value = value << 8 | p[i];
    return value;
}

/* ---- the records ---- */

typedef struct {
    bool utf8;
    char *caption, *credit, *byline; /* as in the file */
} Records;

static void
keep (char **field, const uint8_t *p, size_t length)
{
    if (*field == NULL && length > 0)
        *field = g_strndup ((const char *) p, length);
}

static void
read_record (Records *records, unsigned number, const uint8_t *p, size_t length)
{
    if (number == (1 << 8 | 90))
        records->utf8 = length >= 3 && memcmp (p, "\x1b%G", 3) == 0;
    else if (number == (2 << 8 | 120))
        keep (&records->caption, p, length);
    else if (number == (2 << 8 | 110))
        keep (&records->credit, p, length);
    else if (number == (2 << 8 | 80))
        keep (&records->byline, p, length);
}

static void
read_records (Records *records, Reader reader)
{
    while (left (&reader) >= 5 && reader.p[0] == 0x1c) {
        unsigned number = big_endian (reader.p + 1, 2), length = big_endian (reader.p + 3, 2);

        reader.p += 5;
        if (length > 0x7fff || length > left (&reader)) /* an extended record: pictures in pictures, never words */
            return;
        read_record (records, number, reader.p, length);
        reader.p += length;
    }
}

/* ---- the way to them ---- */

/* "8BIM", number, name with its length, padded to even; size; data, padded to even. */
static void
read_resources (Records *records, Reader reader)
{
    while (left (&reader) >= 12 && memcmp (reader.p, "8BIM", 4) == 0) {
        unsigned number = big_endian (reader.p + 4, 2);
        size_t name = ((size_t) reader.p[6] + 2) & ~(size_t) 1;

        if (left (&reader) < 10 + name)
            return;
        size_t size = big_endian (reader.p + 6 + name, 4);
        reader.p += 10 + name;
        if (size > left (&reader))
            return;
        if (number == 0x0404)
            read_records (records, (Reader){ reader.p, reader.p + size });
        reader.p += MIN (size + (size & 1), left (&reader));
    }
}

/* A long block goes on in the next APP13. */
static void
collect_blocks (const BmPictureFile *picture, GByteArray *blocks)
{
    const uint8_t *p = (const uint8_t *) picture->bytes + 2, *end = (const uint8_t *) picture->bytes + picture->length;

    while (end - p >= 4 && p[0] == 0xff && p[1] != 0xda) {
        size_t length = big_endian (p + 2, 2);

        if (p[1] == 0xff) { /* fill */
            p++;
            continue;
        }
        if (length < 2 || length + 2 > (size_t) (end - p))
            return;
        if (p[1] == APP13 && length >= 2 + sizeof SIGNATURE && memcmp (p + 4, SIGNATURE, sizeof SIGNATURE) == 0)
            g_byte_array_append (blocks, p + 4 + sizeof SIGNATURE, (guint) (length - 2 - sizeof SIGNATURE));
        p += length + 2;
    }
}

/* ---- their words ---- */

/* One line without control characters, or NULL. */
static char *
tidy (char *text)
{
    GString *out = g_string_new (NULL);

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        g_string_append_unichar (out, g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
    g_free (text);
    g_strstrip (out->str);
    return g_string_free (out, out->str[0] == '\0');
}

static char *
to_utf8 (const Records *records, char *bytes)
{
    char *text = NULL;

    if (bytes == NULL)
        return NULL;
    if (g_utf8_validate (bytes, -1, NULL))
        text = g_strdup (bytes);
    else if (records->utf8)
        text = g_utf8_make_valid (bytes, -1);
    else
        text = g_convert (bytes, -1, "UTF-8", "GB18030", NULL, NULL, NULL);
    g_free (bytes);
    return text != NULL ? tidy (text) : NULL;
}

void
bm_read_iptc (BmPictureFile *picture)
{
    Records records = { 0 };
    GByteArray *blocks = g_byte_array_new ();

    collect_blocks (picture, blocks);
    if (blocks->len > 0)
        read_resources (&records, (Reader){ blocks->data, blocks->data + blocks->len });
    picture->caption = to_utf8 (&records, records.caption);
    picture->credit = to_utf8 (&records, records.credit);
    char *byline = to_utf8 (&records, records.byline);
    if (picture->credit == NULL)
        picture->credit = byline;
    else
        g_free (byline);
    g_byte_array_unref (blocks);
}
