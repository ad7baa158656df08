/* fonts.c — see fonts.h. */
#include "fonts.h"

BmType *
test_type (void)
{
    const BmTypeOptions options = { .fonts_conf = BM_BINARY_DIR "/share/banmian/fonts/fonts.conf" };
    const BmRole role = { .n_families = 1, .families = { "Noto Serif CJK SC" }, .weight = 400 };
    BmDiags *diags = bm_diags_new ();
    BmType *type = bm_type_new (&options, diags);

    bm_diags_free (diags);
    if (type != NULL && bm_type_role_font (type, &role, NULL) == NULL) {
        bm_type_free (type);
        return NULL;
    }
    return type;
}
