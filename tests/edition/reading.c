/* reading.c — see reading.h. */
#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

Read
read_text (const char *text, size_t length, bool json)
{
    Read read = { bm_edition_new (), bm_diags_new (), false };

    read.ok = json ? bm_edition_read_json (read.edition, "page.json", text, length, read.diags)
                   : bm_edition_read_markdown (read.edition, "page.md", text, length, read.diags);
    return read;
}

Read
read_markdown (const char *text)
{
    return read_text (text, strlen (text), false);
}

void
read_free (Read *read)
{
    bm_edition_free (read->edition);
    bm_diags_free (read->diags);
}

const BmItem *
item_of (const Read *read, int i)
{
    assert_true (read->ok && read->edition->n_pages == 1 && i < read->edition->pages[0]->n_items);
    return read->edition->pages[0]->items[i];
}
