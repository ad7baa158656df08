/* qpdf.c — libqpdf behind qpdf.h: opened with dlopen, its faults turned into diagnostics. */
#include "press/qpdf.h"

#include <dlfcn.h>
#include <math.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

/* Every function of the C interface that we call, once. */
#define CALLS(X)                                                                                                                \
    X (init)                                                                                                                    \
    X (cleanup)                                                                                                                 \
    X (silence_errors) X (set_suppress_warnings) X (read_memory) X (has_error) X (get_error) X (get_error_message_detail)       \
        X (more_warnings) X (next_warning) X (check_pdf) X (get_pdf_version) X (is_encrypted) X (init_write_memory)             \
            X (get_buffer) X (get_buffer_length) X (set_object_stream_mode) X (force_pdf_version) X (set_static_ID)             \
                X (set_suppress_original_object_IDs) X (set_newline_before_endstream) X (set_linearization) X (write)           \
                    X (get_trailer) X (get_root) X (get_num_pages) X (get_page_n) X (get_object_by_id) X (make_indirect_object) \
                        X (push_inherited_attributes_to_page) X (oh_is_null) X (oh_is_dictionary) X (oh_is_array)               \
                            X (oh_is_stream) X (oh_is_name) X (oh_is_number) X (oh_is_string) X (oh_is_indirect)                \
                                X (oh_get_object_id) X (oh_get_numeric_value) X (oh_get_value_as_bool) X (oh_get_name)          \
                                    X (oh_get_utf8_value) X (oh_get_array_n_items) X (oh_get_array_item) X (oh_get_key)         \
                                        X (oh_has_key) X (oh_get_dict) X (oh_begin_dict_key_iter) X (oh_dict_more_keys)         \
                                            X (oh_dict_next_key) X (oh_get_stream_data) X (oh_get_page_content_data)            \
                                                X (oh_parse) X (oh_new_null) X (oh_new_dictionary) X (oh_new_array)             \
                                                    X (oh_new_unicode_string) X (oh_new_stream) X (oh_new_name)                 \
                                                        X (oh_replace_key) X (oh_remove_key) X (oh_append_item)                 \
                                                            X (oh_set_array_item) X (oh_replace_stream_data)

struct BmPdf {
    void *library;
#define X(name) __typeof__ (qpdf_##name) *name;
    CALLS (X)
#undef X
    qpdf_data q;
    const char *file;
    GString *warnings;
};

/* ---- the library ---- */

/* The C interface has kept its names since 11.0 (interface number 29). It is never closed: it holds static objects of C++. */
static void *
open_library (void)
{
    static const char *const names[] = { "libqpdf.so.29", "libqpdf.so.30", "libqpdf.so" };
    void *library = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS (names) && library == NULL; i++)
        library = dlopen (names[i], RTLD_NOW | RTLD_LOCAL);
    return library;
}

static bool
find_call (void *library, const char *name, void *into)
{
    void *address = dlsym (library, name);

    memcpy (into, &address, sizeof address); /* ISO C knows no cast from data to code */
    return address != NULL;
}

static bool
load (BmPdf *pdf, BmDiags *diags)
{
    const char *missing = NULL;

    pdf->library = open_library ();
    if (pdf->library == NULL) {
        bm_diag (diags, BM_ERROR, "BM0901", BM_NOWHERE, "install it: apt-get install libqpdf29",
                 "the library libqpdf is not there");
        return false;
    }
#define X(name)                                               \
    if (!find_call (pdf->library, "qpdf_" #name, &pdf->name)) \
        missing = "qpdf_" #name;
    CALLS (X)
#undef X
    if (missing != NULL)
        bm_diag (diags, BM_ERROR, "BM0901", BM_NOWHERE, "install version 11 of it or later",
                 "the library libqpdf is too old: it has no %s", missing);
    return missing == NULL;
}

/* ---- reading and writing ---- */

BmPdf *
bm_pdf_read (const void *bytes, size_t length, const char *file, BmDiags *diags)
{
    BmPdf *pdf = g_new0 (BmPdf, 1);

    pdf->file = file;
    pdf->warnings = g_string_new (NULL);
    if (!load (pdf, diags)) {
        bm_pdf_free (pdf);
        return NULL;
    }
    pdf->q = pdf->init ();
    pdf->set_suppress_warnings (pdf->q, QPDF_TRUE); /* kept, not printed */
    pdf->silence_errors (pdf->q);
    bool failed = (pdf->read_memory (pdf->q, file != NULL ? file : "PDF", bytes, length, NULL) & QPDF_ERRORS) != 0;
    bool pages = !failed && bm_pdf_is_dict (pdf, bm_pdf_root (pdf)) && bm_pdf_n_pages (pdf) > 0; /* it mends much */
    if (!pages) {
        bm_diag (diags, BM_ERROR, "BM0902", BM_IN_FILE (file), "name a PDF that opens without a password",
                 "this is no PDF that can be read: %s",
                 failed || pdf->has_error (pdf->q) ? pdf->get_error_message_detail (pdf->q, pdf->get_error (pdf->q))
                                                   : "it has no page");
        bm_pdf_free (pdf);
        return NULL;
    }
    return pdf;
}

void
bm_pdf_free (BmPdf *pdf)
{
    if (pdf == NULL)
        return;
    if (pdf->q != NULL)
        pdf->cleanup (&pdf->q);
    g_string_free (pdf->warnings, TRUE);
    g_free (pdf);
}

/* ---- the identifier of the file ---- */

#define STATIC_ID "31415926535897932384626433832795" /* what libqpdf writes where it is to be the same always */
#define ID_LENGTH 16

/* Told from the bytes themselves: the same page is the same file. It need not withstand forgers (ISO 32000-1, 14.4 asks only that
 * files are told apart), so no digest is computed: over pictures of some megabytes libqpdf's takes a quarter of the press step. */
static void
mix_bytes (const guint8 *bytes, size_t length, guint64 mixed[2])
{
    mixed[0] = 0x9e3779b97f4a7c15u ^ length;
    mixed[1] = 0xc2b2ae3d27d4eb4fu + length;
    for (size_t i = 0; i < length; i += 8) {
        guint64 word = 0;

        memcpy (&word, bytes + i, MIN (8, length - i));
        word = GUINT64_FROM_LE (word);
        mixed[0] = (mixed[0] ^ word) * 0xff51afd7ed558ccdu;
        mixed[1] = (mixed[1] + word) * 0xc4ceb9fe1a85ec53u;
        mixed[0] ^= mixed[0] >> 32;
        mixed[1] ^= mixed[1] >> 29;
    }
}

static void
put_id (GByteArray *out)
{
    guint64 mixed[2];
    char id[2 * ID_LENGTH + 1];
    size_t length = strlen (STATIC_ID);

    mix_bytes (out->data, out->len, mixed);
    g_snprintf (id, sizeof id, "%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", mixed[0], mixed[1]);
    for (size_t i = 1; i + length < out->len; i++) {
        const guint8 *next = memchr (out->data + i, STATIC_ID[0], out->len - i - length);

        if (next == NULL)
            break;
        i = (size_t) (next - out->data);
        if (out->data[i - 1] == '<' && memcmp (next, STATIC_ID, length) == 0)
            memcpy (out->data + i, id, length);
    }
}

GByteArray *
bm_pdf_write (BmPdf *pdf, const BmPdfForm *form, BmDiags *diags)
{
    pdf->init_write_memory (pdf->q);
    pdf->set_object_stream_mode (pdf->q, form->object_streams ? qpdf_o_generate : qpdf_o_disable);
    if (form->version != NULL)
        pdf->force_pdf_version (pdf->q, form->version);
    pdf->set_static_ID (pdf->q, QPDF_TRUE); /* put_id's place */
    pdf->set_suppress_original_object_IDs (pdf->q, QPDF_TRUE);
    pdf->set_newline_before_endstream (pdf->q, form->newline_endstream ? QPDF_TRUE : QPDF_FALSE);
    pdf->set_linearization (pdf->q, form->linearize ? QPDF_TRUE : QPDF_FALSE);
    if ((pdf->write (pdf->q) & QPDF_ERRORS) != 0) {
        bm_diag (diags, BM_ERROR, "BM0903", BM_IN_FILE (pdf->file), "report it with the page: it is a fault of the program",
                 "the PDF cannot be written: %s", pdf->get_error_message_detail (pdf->q, pdf->get_error (pdf->q)));
        return NULL;
    }
    size_t length = pdf->get_buffer_length (pdf->q);
    GByteArray *out = g_byte_array_sized_new ((guint) length);
    g_byte_array_append (out, pdf->get_buffer (pdf->q), (guint) length);
    put_id (out);
    return out;
}

static void
gather_warnings (BmPdf *pdf)
{
    while (pdf->more_warnings (pdf->q))
        g_string_append_printf (pdf->warnings, "%s\n", pdf->get_error_message_detail (pdf->q, pdf->next_warning (pdf->q)));
    if (pdf->has_error (pdf->q))
        g_string_append_printf (pdf->warnings, "%s\n", pdf->get_error_message_detail (pdf->q, pdf->get_error (pdf->q)));
}

char *
bm_pdf_warnings (BmPdf *pdf)
{
    gather_warnings (pdf);
    return pdf->warnings->len > 0 ? g_strdup (pdf->warnings->str) : NULL;
}

bool
bm_pdf_check_all (BmPdf *pdf)
{
    return pdf->check_pdf (pdf->q) == QPDF_SUCCESS;
}

/* ---- the file ---- */

BmObject
bm_pdf_trailer (BmPdf *pdf)
{
    return pdf->get_trailer (pdf->q);
}

BmObject
bm_pdf_root (BmPdf *pdf)
{
    return pdf->get_root (pdf->q);
}

int
bm_pdf_n_pages (BmPdf *pdf)
{
    return MAX (pdf->get_num_pages (pdf->q), 0);
}

BmObject
bm_pdf_page (BmPdf *pdf, int index)
{
    pdf->push_inherited_attributes_to_page (pdf->q);
    return pdf->get_page_n (pdf->q, (size_t) index);
}

const char *
bm_pdf_version (BmPdf *pdf)
{
    return pdf->get_pdf_version (pdf->q);
}

bool
bm_pdf_encrypted (BmPdf *pdf)
{
    return pdf->is_encrypted (pdf->q) != QPDF_FALSE;
}

BmObject
bm_pdf_by_number (BmPdf *pdf, int number)
{
    return pdf->get_object_by_id (pdf->q, number, 0);
}

#define MAX_OBJECTS 1000000 /* a file may claim any number */

int
bm_pdf_n_objects (BmPdf *pdf)
{
    double size = bm_pdf_number (pdf, bm_pdf_get (pdf, bm_pdf_trailer (pdf), "/Size"));

    return (int) CLAMP (size - 1, 0, MAX_OBJECTS);
}

/* ---- asking ---- */

bool
bm_pdf_is_null (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_null (pdf->q, object) != QPDF_FALSE;
}

bool
bm_pdf_is_dict (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_dictionary (pdf->q, object) != QPDF_FALSE;
}

bool
bm_pdf_is_array (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_array (pdf->q, object) != QPDF_FALSE;
}

bool
bm_pdf_is_stream (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_stream (pdf->q, object) != QPDF_FALSE;
}

bool
bm_pdf_is_name (BmPdf *pdf, BmObject object, const char *name)
{
    return pdf->oh_is_name (pdf->q, object) && (name == NULL || strcmp (pdf->oh_get_name (pdf->q, object), name) == 0);
}

bool
bm_pdf_is_number (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_number (pdf->q, object) != QPDF_FALSE;
}

bool
bm_pdf_is_string (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_string (pdf->q, object) != QPDF_FALSE;
}

int
bm_pdf_number_of (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_indirect (pdf->q, object) ? pdf->oh_get_object_id (pdf->q, object) : 0;
}

double
bm_pdf_number (BmPdf *pdf, BmObject object)
{
    double value = bm_pdf_is_number (pdf, object) ? pdf->oh_get_numeric_value (pdf->q, object) : 0;

    return isfinite (value) ? value : 0;
}

bool
bm_pdf_true (BmPdf *pdf, BmObject object)
{
    QPDF_BOOL value = QPDF_FALSE;

    return pdf->oh_get_value_as_bool (pdf->q, object, &value) && value;
}

const char *
bm_pdf_name (BmPdf *pdf, BmObject object)
{
    return pdf->oh_is_name (pdf->q, object) ? pdf->oh_get_name (pdf->q, object) : "";
}

char *
bm_pdf_text (BmPdf *pdf, BmObject object)
{
    if (!bm_pdf_is_string (pdf, object))
        return NULL;
    return g_utf8_make_valid (pdf->oh_get_utf8_value (pdf->q, object), -1);
}

int
bm_pdf_array_length (BmPdf *pdf, BmObject array)
{
    return bm_pdf_is_array (pdf, array) ? pdf->oh_get_array_n_items (pdf->q, array) : 0;
}

BmObject
bm_pdf_at (BmPdf *pdf, BmObject array, int index)
{
    if (index < 0 || index >= bm_pdf_array_length (pdf, array))
        return pdf->oh_new_null (pdf->q);
    return pdf->oh_get_array_item (pdf->q, array, index);
}

bool
bm_pdf_numbers (BmPdf *pdf, BmObject array, int n, double *values)
{
    if (bm_pdf_array_length (pdf, array) != n)
        return false;
    for (int i = 0; i < n; i++) {
        BmObject item = bm_pdf_at (pdf, array, i);

        if (!bm_pdf_is_number (pdf, item))
            return false;
        values[i] = bm_pdf_number (pdf, item);
    }
    return true;
}

static BmObject
dict_of (BmPdf *pdf, BmObject object)
{
    return bm_pdf_is_stream (pdf, object) ? pdf->oh_get_dict (pdf->q, object) : object;
}

BmObject
bm_pdf_get (BmPdf *pdf, BmObject dict, const char *key)
{
    dict = dict_of (pdf, dict);
    return bm_pdf_is_dict (pdf, dict) ? pdf->oh_get_key (pdf->q, dict, key) : pdf->oh_new_null (pdf->q);
}

bool
bm_pdf_has (BmPdf *pdf, BmObject dict, const char *key)
{
    dict = dict_of (pdf, dict);
    return bm_pdf_is_dict (pdf, dict) && pdf->oh_has_key (pdf->q, dict, key);
}

char **
bm_pdf_keys (BmPdf *pdf, BmObject dict)
{
    GPtrArray *keys = g_ptr_array_new ();

    dict = dict_of (pdf, dict);
    if (bm_pdf_is_dict (pdf, dict)) {
        pdf->oh_begin_dict_key_iter (pdf->q, dict); /* an ordered set: sorted */
        while (pdf->oh_dict_more_keys (pdf->q))
            g_ptr_array_add (keys, g_strdup (pdf->oh_dict_next_key (pdf->q)));
    }
    g_ptr_array_add (keys, NULL);
    return (char **) g_ptr_array_free (keys, FALSE);
}

/* libqpdf gives malloc'ed memory, which becomes GLib's. */
static char *
take_data (unsigned char *data, size_t length, bool ok)
{
    char *copy = ok ? g_malloc (length + 1) : NULL;

    if (ok) {
        memcpy (copy, data != NULL ? (const void *) data : "", data != NULL ? length : 0);
        copy[length] = '\0';
    }
    free (data);
    return copy;
}

static char *
stream_data (BmPdf *pdf, BmObject stream, enum qpdf_stream_decode_level_e level, size_t *length)
{
    unsigned char *data = NULL;
    QPDF_BOOL filtered = QPDF_FALSE;

    *length = 0;
    if (!bm_pdf_is_stream (pdf, stream))
        return NULL;
    QPDF_ERROR_CODE code = pdf->oh_get_stream_data (pdf->q, stream, level, &filtered, &data, length);
    return take_data (data, *length, (code & QPDF_ERRORS) == 0);
}

char *
bm_pdf_data (BmPdf *pdf, BmObject stream, size_t *length)
{
    return stream_data (pdf, stream, qpdf_dl_generalized, length);
}

char *
bm_pdf_raw_data (BmPdf *pdf, BmObject stream, size_t *length)
{
    return stream_data (pdf, stream, qpdf_dl_none, length);
}

char *
bm_pdf_content (BmPdf *pdf, BmObject page, size_t *length)
{
    unsigned char *data = NULL;

    *length = 0;
    QPDF_ERROR_CODE code = pdf->oh_get_page_content_data (pdf->q, page, &data, length);
    return take_data (data, *length, (code & QPDF_ERRORS) == 0);
}

/* ---- making ---- */

BmObject
bm_pdf_parse (BmPdf *pdf, const char *source)
{
    return pdf->oh_parse (pdf->q, source);
}

BmObject
bm_pdf_new_dict (BmPdf *pdf)
{
    return pdf->oh_new_dictionary (pdf->q);
}

BmObject
bm_pdf_new_array (BmPdf *pdf)
{
    return pdf->oh_new_array (pdf->q);
}

BmObject
bm_pdf_new_text (BmPdf *pdf, const char *utf8)
{
    return pdf->oh_new_unicode_string (pdf->q, utf8);
}

void
bm_pdf_set_data (BmPdf *pdf, BmObject stream, const void *bytes, size_t length, const char *filter)
{
    BmObject name = filter != NULL ? pdf->oh_new_name (pdf->q, filter) : pdf->oh_new_null (pdf->q);

    pdf->oh_replace_stream_data (pdf->q, stream, bytes, length, name, pdf->oh_new_null (pdf->q));
}

BmObject
bm_pdf_new_stream (BmPdf *pdf, const void *bytes, size_t length, const char *filter)
{
    BmObject stream = pdf->oh_new_stream (pdf->q);

    bm_pdf_set_data (pdf, stream, bytes, length, filter);
    return stream;
}

BmObject
bm_pdf_indirect (BmPdf *pdf, BmObject object)
{
    return bm_pdf_number_of (pdf, object) != 0 ? object : pdf->make_indirect_object (pdf->q, object);
}

void
bm_pdf_set (BmPdf *pdf, BmObject dict, const char *key, BmObject value)
{
    pdf->oh_replace_key (pdf->q, dict_of (pdf, dict), key, value);
}

void
bm_pdf_set_source (BmPdf *pdf, BmObject dict, const char *key, const char *source)
{
    bm_pdf_set (pdf, dict, key, bm_pdf_parse (pdf, source));
}

void
bm_pdf_remove (BmPdf *pdf, BmObject dict, const char *key)
{
    pdf->oh_remove_key (pdf->q, dict_of (pdf, dict), key);
}

void
bm_pdf_append (BmPdf *pdf, BmObject array, BmObject value)
{
    pdf->oh_append_item (pdf->q, array, value);
}

void
bm_pdf_set_at (BmPdf *pdf, BmObject array, int index, BmObject value)
{
    pdf->oh_set_array_item (pdf->q, array, index, value);
}

char *
bm_pdf_put_number (char buffer[BM_PDF_NUMBER], double value)
{
    long long units = llround (value * 10000);
    int n =
        g_snprintf (buffer, BM_PDF_NUMBER, "%s%lld.%04lld", units < 0 ? "-" : "", llabs (units) / 10000, llabs (units) % 10000);

    while (buffer[n - 1] == '0')
        buffer[--n] = '\0';
    if (buffer[n - 1] == '.')
        buffer[--n] = '\0';
    return buffer;
}
