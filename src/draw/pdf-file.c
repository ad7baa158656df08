/* pdf-file.c — a PDF of Cairo's as numbered objects that can be read, changed and written again.
 *
 * Cairo 1.16 writes a regular file: one cross-reference table, every object by itself, streams with their length in an object
 * of their own. That is all that is understood here; a file of another make is refused, and libqpdf is for those. Objects that are
 * not changed are copied byte for byte; what can no longer be reached from the catalog or the information is left out. */
#include "draw/draw-private.h"

#include <libdeflate.h>
#include <string.h>

#define LEVEL         6
#define MOST_UNPACKED (64u << 20)

typedef struct {
    size_t start, end; /* in Cairo's file, from behind "n 0 obj" to "endobj"; 0: a new object */
    GString *dict;     /* changed: all of it but a stream's bytes */
    GByteArray *stream;
    bool reached;
} Object;

struct BmPdfFile {
    const char *bytes;
    size_t length;
    GArray *objects; /* Object, by number */
    int root, info;
    int spare; /* numbers below it are in use */
};

/* ---- reading ---- */

const char *
bm_find_bytes (const char *from, const char *end, const char *what)
{
    size_t n = strlen (what);

    while (from < end && (size_t) (end - from) >= n) {
        const char *p = memchr (from, what[0], (size_t) (end - from) - n + 1);

        if (p == NULL || memcmp (p, what, n) == 0)
            return p;
        from = p + 1;
    }
    return NULL;
}

static long
number_at (const char *p, const char *end)
{
    long value = 0;

    while (p < end && g_ascii_isspace (*p))
        p++;
    if (p == end || !g_ascii_isdigit (*p))
        return -1;
    for (; p < end && g_ascii_isdigit (*p) && value < 1000000000; p++)
        value = value * 10 + (*p - '0');
    return value;
}

/* The value's place: behind a key that is not the beginning of a longer one. */
static const char *
value_of (const char *object, size_t length, const char *key)
{
    const char *end = object + length;

    for (const char *p = bm_find_bytes (object, end, key); p != NULL; p = bm_find_bytes (p + 1, end, key)) {
        const char *after = p + strlen (key);

        if (after < end && !g_ascii_isalnum (*after))
            return after;
    }
    return NULL;
}

int
bm_pdf_file_reference (const char *object, size_t length, const char *key)
{
    const char *value = value_of (object, length, key);
    long number = value != NULL ? number_at (value, object + length) : -1;

    return number > 0 ? (int) number : 0;
}

/* "0000000015 00000 n \n": 20 bytes an entry. */
static bool
read_table (BmPdfFile *file, const char *table)
{
    const char *end = file->bytes + file->length, *newline = memchr (table + 5, '\n', (size_t) (end - table - 5));
    long n = newline != NULL && table[5] == '0' ? number_at (table + 7, newline) : -1;

    if (n < 1 || (size_t) n > (size_t) (end - newline) / 20)
        return false;
    for (long i = 0; i < n; i++) {
        const char *entry = newline + 1 + 20 * i;
        long offset = number_at (entry, entry + 10);
        const char *body = entry[17] == 'n' && offset > 0 && (size_t) offset < file->length
                               ? bm_find_bytes (file->bytes + offset, end, "obj")
                               : NULL;
        Object object = { .start = body != NULL ? (size_t) (body + 3 - file->bytes) : 0 };

        g_array_append_val (file->objects, object);
    }
    return true;
}

/* An object ends before the next one in the file; within a stream "endobj" might stand by chance. */
static void
find_ends (BmPdfFile *file, size_t table)
{
    GArray *starts = g_array_new (FALSE, FALSE, sizeof (Object *));

    for (guint i = 0; i < file->objects->len; i++) {
        Object *object = &g_array_index (file->objects, Object, i);
        guint at = starts->len;

        if (object->start == 0)
            continue;
        while (at > 0 && g_array_index (starts, Object *, at - 1)->start > object->start)
            at--;
        g_array_insert_val (starts, at, object);
    }
    for (guint i = 0; i < starts->len; i++) {
        Object *object = g_array_index (starts, Object *, i);
        size_t end = i + 1 < starts->len ? g_array_index (starts, Object *, i + 1)->start : table;
        static const char mark[] = "endobj";

        while (end > object->start + 6 && memcmp (file->bytes + end - 6, mark, 6) != 0)
            end--;
        object->end = end - 6;
    }
    g_array_free (starts, TRUE);
}

BmPdfFile *
bm_pdf_file_open (GByteArray *bytes)
{
    BmPdfFile *file = g_new0 (BmPdfFile, 1);

    file->bytes = (const char *) bytes->data;
    file->length = bytes->len;
    file->objects = g_array_new (FALSE, TRUE, sizeof (Object));
    const char *end = file->bytes + file->length, *tail = end - MIN (file->length, 256);
    const char *start = bm_find_bytes (tail, end, "startxref");
    long table = start != NULL ? number_at (start + 9, end) : -1;
    const char *trailer = table > 0 && (size_t) table + 30 < file->length && memcmp (file->bytes + table, "xref\n", 5) == 0
                              ? bm_find_bytes (file->bytes + table, end, "trailer")
                              : NULL;
    if (trailer == NULL || !read_table (file, file->bytes + table)) {
        bm_pdf_file_free (file);
        return NULL;
    }
    find_ends (file, (size_t) table);
    file->root = bm_pdf_file_reference (trailer, (size_t) (end - trailer), "/Root");
    file->info = bm_pdf_file_reference (trailer, (size_t) (end - trailer), "/Info");
    return file;
}

void
bm_pdf_file_free (BmPdfFile *file)
{
    for (guint i = 0; i < file->objects->len; i++) {
        Object *object = &g_array_index (file->objects, Object, i);

        if (object->dict != NULL)
            g_string_free (object->dict, TRUE);
        if (object->stream != NULL)
            g_byte_array_unref (object->stream);
    }
    g_array_free (file->objects, TRUE);
    g_free (file);
}

int
bm_pdf_file_root (const BmPdfFile *file)
{
    return file->root;
}

int
bm_pdf_file_count (const BmPdfFile *file)
{
    return (int) file->objects->len;
}

static Object *
object_of (const BmPdfFile *file, int number)
{
    return number > 0 && number < (int) file->objects->len ? &g_array_index (file->objects, Object, (guint) number) : NULL;
}

/* Where a stream's bytes begin, NULL: it is none. */
static const char *
stream_start (const BmPdfFile *file, const Object *object)
{
    const char *end = file->bytes + object->end, *start = bm_find_bytes (file->bytes + object->start, end, ">>\nstream\n");

    return start != NULL ? start + 10 : NULL;
}

const char *
bm_pdf_file_object (const BmPdfFile *file, int number, size_t *length)
{
    const Object *object = object_of (file, number);
    size_t none;

    length = length != NULL ? length : &none;
    *length = 0;
    if (object == NULL || (object->start == 0 && object->dict == NULL))
        return "";
    if (object->dict != NULL) {
        *length = object->dict->len;
        return object->dict->str;
    }
    const char *start = file->bytes + object->start, *stream = stream_start (file, object);
    *length = stream != NULL ? (size_t) (stream - 8 - start) : object->end - object->start;
    return start;
}

GByteArray *
bm_pdf_file_stream (const BmPdfFile *file, int number)
{
    const Object *object = object_of (file, number);
    const char *start = object != NULL && object->start > 0 ? stream_start (file, object) : NULL;
    size_t room = 0, n = 0, dict;
    const char *text = bm_pdf_file_object (file, number, &dict);
    int length_at = bm_pdf_file_reference (text, dict, "/Length");

    if (start == NULL || object_of (file, length_at) == NULL || value_of (text, dict, "/FlateDecode") == NULL)
        return NULL;
    const char *words = bm_pdf_file_object (file, length_at, &dict);
    long packed = number_at (words, words + dict);
    if (packed < 0 || start + packed > file->bytes + object->end)
        return NULL;
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor ();
    GByteArray *out = g_byte_array_new ();
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    for (room = (size_t) packed * 6 + 1024; inflater != NULL && result == LIBDEFLATE_INSUFFICIENT_SPACE && room < MOST_UNPACKED;
         room *= 2) {
        g_byte_array_set_size (out, (guint) room);
        result = libdeflate_zlib_decompress (inflater, start, (size_t) packed, out->data, room, &n);
    }
    libdeflate_free_decompressor (inflater);
    if (result == LIBDEFLATE_SUCCESS)
        return g_byte_array_set_size (out, (guint) n);
    g_byte_array_unref (out);
    return NULL;
}

/* ---- changing ---- */

/* The numbers of Cairo's own structure, which is replaced, are given away first. */
int
bm_pdf_file_new (BmPdfFile *file)
{
    const Object none = { 0 };

    for (; file->spare < (int) file->objects->len; file->spare++) {
        size_t length;
        const char *text = bm_pdf_file_object (file, file->spare, &length);

        if (object_of (file, file->spare) != NULL && object_of (file, file->spare)->dict == NULL &&
            value_of (text, length, "/StructElem") != NULL)
            return file->spare++;
    }
    g_array_append_val (file->objects, none);
    return (int) file->objects->len - 1;
}

void
bm_pdf_file_set (BmPdfFile *file, int number, GString *text)
{
    Object *object = object_of (file, number);

    if (object->dict != NULL)
        g_string_free (object->dict, TRUE);
    object->dict = text;
}

void
bm_pdf_file_set_stream (BmPdfFile *file, int number, const char *keys, const guint8 *bytes, size_t length, bool pack)
{
    struct libdeflate_compressor *compressor = pack ? libdeflate_alloc_compressor (LEVEL) : NULL;
    GByteArray *stream = g_byte_array_new ();

    if (compressor != NULL) {
        g_byte_array_set_size (stream, (guint) libdeflate_zlib_compress_bound (compressor, length));
        g_byte_array_set_size (stream, (guint) libdeflate_zlib_compress (compressor, bytes, length, stream->data, stream->len));
        libdeflate_free_compressor (compressor);
    } else {
        g_byte_array_append (stream, bytes, (guint) length);
    }
    GString *dict = g_string_new (NULL);
    g_string_printf (dict, "\n<< /Length %u%s%s >>", stream->len, compressor != NULL ? " /Filter /FlateDecode" : "", keys);
    bm_pdf_file_set (file, number, dict);
    object_of (file, number)->stream = stream;
}

/* ---- writing ---- */

/* Every "n 0 R" of an object's text. */
static void
reach (BmPdfFile *file, int number, GArray *waiting)
{
    Object *object = object_of (file, number);
    size_t length;

    if (object == NULL || object->reached)
        return;
    object->reached = true;
    const char *text = bm_pdf_file_object (file, number, &length), *end = text + length;
    for (const char *p = bm_find_bytes (text, end, " 0 R"); p != NULL; p = bm_find_bytes (p + 4, end, " 0 R")) {
        const char *start = p;

        while (start > text && g_ascii_isdigit (start[-1]))
            start--;
        int target = (int) number_at (start, p);
        if (target > 0)
            g_array_append_val (waiting, target);
    }
}

static void
reach_all (BmPdfFile *file)
{
    GArray *waiting = g_array_new (FALSE, FALSE, sizeof (int));

    g_array_append_val (waiting, file->root);
    g_array_append_val (waiting, file->info);
    while (waiting->len > 0) {
        int number = g_array_index (waiting, int, waiting->len - 1);

        g_array_set_size (waiting, waiting->len - 1);
        reach (file, number, waiting);
    }
    g_array_free (waiting, TRUE);
}

static void
put (GByteArray *out, const char *text, size_t length)
{
    g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

static void
put_text (GByteArray *out, const char *text)
{
    put (out, text, strlen (text));
}

static void
write_object (const BmPdfFile *file, const Object *object, GByteArray *out)
{
    if (object->dict == NULL)
        put (out, file->bytes + object->start, object->end - object->start);
    else
        put (out, object->dict->str, object->dict->len);
    if (object->stream != NULL) {
        put_text (out, "\nstream\n");
        put (out, (const char *) object->stream->data, object->stream->len);
        put_text (out, "\nendstream\n");
    } else if (object->dict != NULL) {
        put_text (out, "\n");
    }
}

/* The same page gives the same identity: a sum over all but the pictures' and fonts' later bytes. */
static void
put_trailer (const BmPdfFile *file, GByteArray *out, int n, size_t table, GChecksum *sum)
{
    char *trailer =
        g_strdup_printf ("trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%zu\n%%%%EOF\n", n,
                         file->root, file->info, g_checksum_get_string (sum), g_checksum_get_string (sum), table);

    put_text (out, trailer);
    g_free (trailer);
}

#define SUMMED 2048 /* bytes of each object */

GByteArray *
bm_pdf_file_write (BmPdfFile *file)
{
    GByteArray *out = g_byte_array_sized_new ((guint) file->length + 65536);
    GChecksum *sum = g_checksum_new (G_CHECKSUM_MD5);
    GString *table = g_string_new (NULL);
    int n = bm_pdf_file_count (file);
    char words[32];

    reach_all (file);
    put_text (out, "%PDF-1.7\n%\xb5\xed\xae\xfb\n");
    for (int i = 1; i < n; i++) {
        const Object *object = object_of (file, i);
        size_t at = out->len;

        if (!object->reached) {
            g_string_append (table, "0000000000 65535 f \n");
            continue;
        }
        g_snprintf (words, sizeof words, "%d 0 obj", i);
        put_text (out, words);
        write_object (file, object, out);
        put_text (out, "endobj\n");
        g_checksum_update (sum, out->data + at, (gssize) MIN (out->len - at, SUMMED));
        g_string_append_printf (table, "%010zu 00000 n \n", at);
    }
    size_t start = out->len;
    g_snprintf (words, sizeof words, "xref\n0 %d\n", n);
    put_text (out, words);
    put_text (out, "0000000000 65535 f \n");
    put (out, table->str, table->len);
    put_trailer (file, out, n, start, sum);
    g_string_free (table, TRUE);
    g_checksum_free (sum);
    return out;
}
