/* test-qpdf.c — the cover of libqpdf: read, ask, change, write, and files that are no PDFs. */
#include "press/qpdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <string.h>

static const char one_page[] =
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    "2 0 obj\n<< /Type /Pages /Kids [ 3 0 R ] /Count 1 /MediaBox [ 0 0 300.5 400 ] >>\nendobj\n"
    "3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>\nendobj\n"
    "4 0 obj\n<< /Length 12 >>\nstream\n0 0 9 9 re f\nendstream\nendobj\n"
    "xref\n0 5\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000143 00000 n \n0000000225 00000 n \n"
    "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n287\n%%EOF\n";

static BmPdf *
open_page (void)
{
    BmDiags *diags = bm_diags_new ();
    BmPdf *pdf = bm_pdf_read (one_page, sizeof one_page - 1, "one.pdf", diags);

    assert_non_null (pdf);
    assert_int_equal (bm_diags_total (diags), 0);
    bm_diags_free (diags);
    return pdf;
}

static void
a_page_tells_its_box_and_content (void **state)
{
    BmPdf *pdf = open_page ();
    BmObject page = bm_pdf_page (pdf, 0);
    double box[4];
    size_t length = 0;

    (void) state;
    assert_int_equal (bm_pdf_n_pages (pdf), 1);
    assert_true (bm_pdf_numbers (pdf, bm_pdf_get (pdf, page, "/MediaBox"), 4, box)); /* inherited */
    assert_true (box[2] > 300.49 && box[2] < 300.51);
    char *content = bm_pdf_content (pdf, page, &length);
    assert_memory_equal (content, "0 0 9 9 re f", 12);
    g_free (content);
    bm_pdf_free (pdf);
}

static void
an_object_of_another_kind_answers_nothing (void **state)
{
    BmPdf *pdf = open_page ();
    BmObject root = bm_pdf_root (pdf);

    (void) state;
    assert_true (bm_pdf_number (pdf, root) == 0); /* no number, no abort */
    assert_string_equal (bm_pdf_name (pdf, root), "");
    assert_null (bm_pdf_text (pdf, root));
    assert_true (bm_pdf_is_null (pdf, bm_pdf_at (pdf, root, 3)));
    assert_true (bm_pdf_is_null (pdf, bm_pdf_get (pdf, bm_pdf_parse (pdf, "[1 2]"), "/Key")));
    assert_null (bm_pdf_data (pdf, root, &(size_t){ 0 }));
    bm_pdf_free (pdf);
}

static GByteArray *
change_and_write (void)
{
    BmDiags *diags = bm_diags_new ();
    BmPdf *pdf = open_page ();
    BmObject stream = bm_pdf_new_stream (pdf, "hello", 5, NULL);

    bm_pdf_set (pdf, bm_pdf_root (pdf), "/Title", bm_pdf_new_text (pdf, "汐州"));
    bm_pdf_set (pdf, bm_pdf_root (pdf), "/Extra", stream);
    bm_pdf_set_source (pdf, bm_pdf_page (pdf, 0), "/TrimBox", "[10 10 290 390]");
    GByteArray *bytes = bm_pdf_write (pdf, &(BmPdfForm){ .version = "1.6", .object_streams = true }, diags);
    assert_non_null (bytes);
    bm_pdf_free (pdf);
    bm_diags_free (diags);
    return bytes;
}

static void
what_was_changed_is_read_back (void **state)
{
    GByteArray *bytes = change_and_write ();
    BmDiags *diags = bm_diags_new ();
    BmPdf *pdf = bm_pdf_read (bytes->data, bytes->len, NULL, diags);
    size_t length = 0;

    (void) state;
    assert_string_equal (bm_pdf_version (pdf), "1.6");
    char *title = bm_pdf_text (pdf, bm_pdf_get (pdf, bm_pdf_root (pdf), "/Title"));
    assert_string_equal (title, "汐州");
    char *data = bm_pdf_data (pdf, bm_pdf_get (pdf, bm_pdf_root (pdf), "/Extra"), &length);
    assert_string_equal (data, "hello");
    assert_true (bm_pdf_check_all (pdf));
    assert_null (bm_pdf_warnings (pdf));
    g_free (data);
    g_free (title);
    bm_pdf_free (pdf);
    bm_diags_free (diags);
    g_byte_array_unref (bytes);
}

static void
the_same_change_gives_the_same_bytes (void **state)
{
    GByteArray *a = change_and_write (), *b = change_and_write ();

    (void) state;
    assert_int_equal (a->len, b->len);
    assert_memory_equal (a->data, b->data, a->len);
    g_byte_array_unref (a);
    g_byte_array_unref (b);
}

static void
what_is_no_pdf_is_refused_by_name (void **state)
{
    static const char *const texts[] = { "", "hello", "%PDF-1.4\n", "%PDF-1.4\ntrailer << /Root 7 0 R >>" };

    (void) state;
    for (size_t i = 0; i < G_N_ELEMENTS (texts); i++) {
        BmDiags *diags = bm_diags_new ();

        assert_null (bm_pdf_read (texts[i], strlen (texts[i]), "no.pdf", diags));
        assert_true (bm_diags_has (diags, "BM0902"));
        assert_string_equal (bm_diags_get (diags, 0)->where.file, "no.pdf");
        bm_diags_free (diags);
    }
}

static void
numbers_have_four_decimals_and_a_point (void **state)
{
    char b[BM_PDF_NUMBER];

    (void) state;
    setlocale (LC_ALL, "de_DE.UTF-8");
    assert_string_equal (bm_pdf_put_number (b, 1105.51181), "1105.5118");
    assert_string_equal (bm_pdf_put_number (b, -0.5), "-0.5");
    assert_string_equal (bm_pdf_put_number (b, 0), "0");
    assert_string_equal (bm_pdf_put_number (b, 100), "100");
    setlocale (LC_ALL, "C");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (a_page_tells_its_box_and_content),  cmocka_unit_test (an_object_of_another_kind_answers_nothing),
        cmocka_unit_test (what_was_changed_is_read_back),     cmocka_unit_test (the_same_change_gives_the_same_bytes),
        cmocka_unit_test (what_is_no_pdf_is_refused_by_name), cmocka_unit_test (numbers_have_four_decimals_and_a_point),
    };

    return cmocka_run_group_tests (tests, NULL, NULL);
}
