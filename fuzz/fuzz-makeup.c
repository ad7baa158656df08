/* fuzz-makeup.c — any edition on any grid ends in a page that passes the hard constraints, or in a named error.
 *
 * Bytes become items: kind, length, headline, pictures, remarks; written as an edition file and read like one, so that a
 * finding can be set by the command, too (BM_FUZZ_DUMP=page.md writes it, BM_FUZZ_PLAN=plan.json its plan). Some pages are made twice, and some once more
 * with items pinned and a story edited. */
#include "makeup/constraints.h"

#include "base/base.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define SETTINGS   5
#define RECORD     8        /* bytes an item */
#define MOST_NODES 2000000L /* a small budget, so that a run is many pages */

/* ---- an edition file of bytes ---- */

static const char *const words[] = { "渔港", "清晨",   "居民", "记者", "栈桥", "灯塔", "码头", "泊位", "晾晒",   "海风",
                                     "街道", "志愿者", "方案", "养护", "公交", "改造", "今年", "8月",  "24小时", "3.5%",
                                     "App",  "统一",   "推进", "完成", "验收", "老人", "孩子", "社区", "一条",   "新线" };

static uint32_t
next_number (uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void
add_words (GString *out, int n, uint32_t *state)
{
    for (int i = 0; i < n; i++)
        g_string_append (out, words[next_number (state) % G_N_ELEMENTS (words)]);
}

static void
add_paragraphs (GString *out, int characters, uint32_t *state, bool crossheads)
{
    for (int left = characters; left > 0;) {
        int length = MIN (left, 20 + (int) (next_number (state) % 160));

        for (int i = 0; i < length;) {
            int n = 3 + (int) (next_number (state) % 5);
            add_words (out, n, state);
            i += 2 * n + 1;
            g_string_append (out, i < length ? "，" : "。");
        }
        g_string_append (out, "\n\n");
        left -= length;
        if (crossheads && left > 200 && next_number (state) % 4 == 0)
            g_string_append (out, "### 一笔账\n\n");
    }
}

static void
add_remarks (GString *out, const uint8_t *bytes)
{
    static const char *const wishes[] = { "二栏", "三栏",     "通栏",     "半通栏", "180mm",      "加框",  "竖题",
                                          "钉住", "同组：甲", "同组：乙", "集纳",   "集纳：短波", "9栏",   "900mm",
                                          "40mm", "横题",     "左下",     "右下",   "报眼",       "高40行" };
    static const char *const ranks[] = { "头条", "二条", "三条", "四条", "五条" };

    if (bytes[3] < 100)
        g_string_append_printf (out, "<!-- %s -->\n\n", ranks[bytes[3] % G_N_ELEMENTS (ranks)]);
    if (bytes[4] < 80)
        g_string_append_printf (out, "<!-- %s -->\n\n", wishes[bytes[4] % G_N_ELEMENTS (wishes)]);
    if (bytes[5] < 30)
        g_string_append_printf (out, "<!-- %s -->\n\n", wishes[bytes[5] % G_N_ELEMENTS (wishes)]);
}

static void
add_pictures (GString *out, int n, const uint8_t *bytes, uint32_t *state)
{
    static const char *const pictures[] = { "harbour-dawn.jpg", "kites.jpg", "lighthouse.jpg", "" };
    static const char *const ratios[] = { "3:2", "3:4", "16:9", "6:1", "1:3" };

    for (int i = 0; i < n; i++) {
        const char *file = pictures[(bytes[6] + i) % 4];

        if (file[0] == '\0')
            g_string_append_printf (out, "<!-- %s -->\n\n", ratios[bytes[7] % G_N_ELEMENTS (ratios)]);
        g_string_append (out, "![");
        add_words (out, bytes[7] % 13 + (file[0] != 0), state); /* a file without one brings its own */
        g_string_append_printf (out, "](<%s>)\n\n", file);
    }
}

static void
add_story (GString *out, const uint8_t *bytes, uint32_t *state)
{
    /* Mostly of a page's usual lengths; now and then very long. */
    int characters = bytes[1] < 8 ? 0 : bytes[1] > 250 ? bytes[2] * 120 : bytes[1] * (bytes[2] % 8 + 1);
    int kind = bytes[0] % 16;

    if (kind == 1) {
        g_string_append (out, "## ");
        add_words (out, 1 + bytes[7] % 11, state);
        g_string_append (out, "\n");
    }
    for (int i = 0; i < bytes[0] / 16 % 4; i++) {
        g_string_append (out, "# ");
        add_words (out, 1 + bytes[7] % (bytes[6] > 240 ? 60 : 6), state);
        g_string_append (out, "\n");
    }
    g_string_append (out, "\n");
    add_remarks (out, bytes);
    if (kind == 2 || kind == 3)
        g_string_append (out, "□ 本报记者 季明远\n\n");
    if (kind == 4)
        g_string_append (out, "<!-- 图片 -->\n\n");
    if (kind == 5)
        g_string_append (out, "<!-- 简讯 -->\n\n");
    add_paragraphs (out, kind == 4 ? characters / 8 : characters, state, kind == 6);
    add_pictures (out, kind == 4 ? 1 : kind == 7 ? 2 : kind >= 14 ? 1 : 0, bytes, state);
}

static void
add_ad (GString *out, const uint8_t *bytes, uint32_t *state)
{
    static const char *const sizes[] = { "",
                                         "",
                                         "<!-- 通栏 高60mm -->",
                                         "<!-- 半通栏 高90mm 右下 -->",
                                         "<!-- 二栏 高80mm 左下 -->",
                                         "<!-- 半通栏 左下 -->",
                                         "<!-- 高300mm -->",
                                         "<!-- 二栏 高120mm 报眼 -->",
                                         "<!-- 100mm 高100mm -->",
                                         "<!-- 5栏 -->",
                                         "<!-- 半通栏 高80mm -->" };

    g_string_append_printf (out, "%s\n\n", sizes[bytes[1] % G_N_ELEMENTS (sizes)]);
    if (bytes[2] % 4 == 0) {
        g_string_append (out, "# ");
        add_words (out, 1 + bytes[3] % 8, state);
        g_string_append (out, "\n\n");
    }
    g_string_append_printf (out, "![广告](<%s>)\n\n", bytes[2] % 3 == 0 ? "lamp-ad.jpg" : "");
    if (bytes[2] % 4 == 0)
        add_paragraphs (out, bytes[4] % 64, state, false);
}

static char *
edition_of (const uint8_t *data, size_t size)
{
    GString *out = g_string_new ("---\npaper: 汐州日报\npage: 5\n---\n\n");

    size_t most = data[4] < 200 ? 1 + data[4] % 12u : 60; /* mostly as many items as a page has */
    for (size_t at = SETTINGS; at + RECORD <= size && at < SETTINGS + most * RECORD; at += RECORD) {
        uint32_t state = data[at + 1] * 977u + data[at + 7];

        if (at > SETTINGS)
            g_string_append (out, "\n***\n\n");
        if (data[at] % 16 == 0)
            add_ad (out, data + at, &state);
        else
            add_story (out, data + at, &state);
    }
    return g_string_free (out, FALSE);
}

/* ---- pages ---- */

static void
give_up (const char *what, const char *text, const char *layout, int columns)
{
    fprintf (stderr, "%s (layout %s, %d columns)\n", what, layout, columns);
    if (g_getenv ("BM_FUZZ_DUMP") != NULL)
        g_file_set_contents (g_getenv ("BM_FUZZ_DUMP"), text, -1, NULL);
    abort ();
}

typedef struct {
    const char *text, *layout_name;
    const BmLayout *layout;
    BmType *type;
    int columns;
} Job;

/* The plan that the page gives, judged; NULL after a named error. */
static BmPlan *
make_page (const Job *job, const BmEdition *edition, const BmPlan *keep)
{
    BmDiags *diags = bm_diags_new ();
    GString *trace = g_string_new (NULL);
    const BmMakeupOptions options = {
        .max_nodes = MOST_NODES, .picture_root = BM_SOURCE_DIR "/samples", .keep = keep, .trace = keep != NULL ? trace : NULL
    };
    BmPlan *plan = bm_makeup_page (edition, 0, job->layout, job->type, &options, diags);

    if (plan == NULL && bm_diags_count (diags, BM_ERROR) == 0)
        give_up ("no page and no error", job->text, job->layout_name, job->columns);
    char *broken = plan == NULL ? NULL : broken_constraint (edition->pages[0], plan);
    if (broken != NULL && g_getenv ("BM_FUZZ_PLAN") != NULL) {
        const BmPlan *faulty = plan;
        g_file_set_contents (g_getenv ("BM_FUZZ_PLAN"), bm_plans_to_json (&faulty, 1), -1, NULL);
    }
    if (broken != NULL)
        give_up (broken, job->text, job->layout_name, job->columns);
    if (plan != NULL && !plan_is_fixed_point (plan))
        give_up ("the plan read back writes other bytes", job->text, job->layout_name, job->columns);
    g_string_free (trace, TRUE);
    bm_diags_free (diags);
    return plan;
}

static bool
same_plan (const BmPlan *a, const BmPlan *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    char *first = bm_plans_to_json (&a, 1), *second = bm_plans_to_json (&b, 1);
    bool same = strcmp (first, second) == 0;

    g_free (first);
    g_free (second);
    return same;
}

/* The page again with some items pinned and one story a sentence longer. */
static void
set_again_pinned (const Job *job, BmEdition *edition, BmPlan *plan, unsigned pins)
{
    BmPage *page = edition->pages[0];

    for (int i = 0; i < plan->n_items; i++)
        plan->items[i].pinned = (pins >> (i % 5) & 1) != 0;
    for (int i = page->n_items - 1; i >= 0; i--)
        if (page->items[i]->n_blocks > 0 && page->items[i]->kind == BM_ITEM_STORY) {
            bm_item_add_block (edition, page->items[i], BM_BLOCK_PARAGRAPH, "后来补的一句话，说的是海风。");
            break;
        }
    bm_plan_free (make_page (job, edition, plan));
}

static void
run_page (const Job *job, const uint8_t *data)
{
    BmDiags *diags = bm_diags_new ();
    BmEdition *edition = bm_edition_new ();

    if (bm_edition_read_markdown (edition, "page.md", job->text, strlen (job->text), diags)) {
        BmPlan *plan = make_page (job, edition, NULL);

        if (data[2] % 4 == 0) {
            BmPlan *again = make_page (job, edition, NULL);

            if (!same_plan (plan, again))
                give_up ("set twice is not set once", job->text, job->layout_name, job->columns);
            bm_plan_free (again);
        }
        if (plan != NULL && data[2] % 2 == 1)
            set_again_pinned (job, edition, plan, data[3]);
        bm_plan_free (plan);
    }
    bm_edition_free (edition);
    bm_diags_free (diags);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static const char *const dirs[] = { BM_SOURCE_DIR "/layouts", NULL };
    static const char *const layouts[] = { "broadsheet", "broadsheet-6", "broadsheet-7", "broadsheet-8",
                                           "tabloid",    "tabloid-4",    "web" };
    static BmType *type;

    if (size < SETTINGS + RECORD)
        return 0;
    BmDiags *diags = bm_diags_new ();
    if (type == NULL) {
        const BmTypeOptions options = { .fonts_conf = BM_BINARY_DIR "/share/banmian/fonts/fonts.conf" };
        type = bm_type_new (&options, diags);
    }
    const char *name = layouts[data[0] % G_N_ELEMENTS (layouts)];
    BmLayout *layout = bm_layout_load (name, dirs, diags);
    if (type == NULL || layout == NULL)
        abort ();
    int columns = data[1] < 128 ? 0 : 1 + data[1] % 9;
    if (columns == 0 || bm_layout_set_columns (layout, columns, diags)) {
        layout->overset = (BmOversetPolicy) (data[2] / 16 % 3);
        layout->interlock = data[2] / 8 % 2 == 1;
        char *text = edition_of (data, size);
        Job job = { .text = text, .layout_name = name, .layout = layout, .type = type, .columns = columns };

        run_page (&job, data);
        g_free (text);
    }
    bm_layout_free (layout);
    bm_diags_free (diags);
    bm_type_trim (type, 4 << 20);
    return 0;
}
