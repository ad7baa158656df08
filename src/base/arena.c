/* arena.c — memory of one document object, taken in pieces and dropped whole.
 *
 * Blocks are chained; each is at least BLOCK_SIZE, larger when one piece needs it. Pieces are zeroed, so that
 * a structure filled in part is still well defined. Foreign objects are registered and released last first,
 * before the memory goes. Chosen over malloc for the shape of the code, not for speed: an early return leaks
 * nothing (design/house-style.md §2). */
#include "base/base.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t) 64 * 1024)
#define ALIGNMENT ((size_t) 16)

typedef struct Block Block;
struct Block {
    Block *next;
    size_t used, size;
};

typedef struct Owned Owned;
struct Owned {
    Owned *next;
    void *object;
    void (*release) (void *object);
};

struct BmArena {
    Block *blocks;
    Owned *owned;
};

static size_t
aligned (size_t size)
{
    return (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

BmArena *
bm_arena_create (void)
{
    return g_new0 (BmArena, 1);
}

void
bm_arena_free (BmArena *arena)
{
    if (arena == NULL)
        return;
    for (Owned *owned = arena->owned; owned != NULL; owned = owned->next)
        owned->release (owned->object);
    while (arena->blocks != NULL) {
        Block *block = arena->blocks;

        arena->blocks = block->next;
        g_free (block);
    }
    g_free (arena);
}

static void *
take (BmArena *arena, size_t size)
{
    Block *block = arena->blocks;

    if (block == NULL || block->size - block->used < size) {
        size_t wanted = MAX (size, BLOCK_SIZE);

        block = g_malloc (aligned (sizeof (Block)) + wanted);
        block->used = 0;
        block->size = wanted;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    char *piece = (char *) block + aligned (sizeof (Block)) + block->used;
    block->used += size;
    return piece;
}

void *
bm_arena_alloc (BmArena *arena, size_t n, size_t size)
{
    if (size != 0 && n > (SIZE_MAX / 2) / size)
        g_error ("%" G_GSIZE_FORMAT " objects of %" G_GSIZE_FORMAT " bytes asked for", n, size);
    size_t bytes = aligned (MAX (n * size, 1));
    return memset (take (arena, bytes), 0, bytes);
}

void *
bm_arena_copy (BmArena *arena, const void *objects, size_t n, size_t size)
{
    void *copy = bm_arena_alloc (arena, n, size);

    if (n > 0)
        memcpy (copy, objects, n * size);
    return copy;
}

char *
bm_arena_strndup (BmArena *arena, const char *text, size_t length)
{
    char *copy = bm_arena_alloc (arena, length + 1, 1);

    memcpy (copy, text, length);
    return copy;
}

char *
bm_arena_strdup (BmArena *arena, const char *text)
{
    return text == NULL ? NULL : bm_arena_strndup (arena, text, strlen (text));
}

char *
bm_arena_printf (BmArena *arena, const char *format, ...)
{
    va_list arguments;

    va_start (arguments, format);
    char *text = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    char *copy = bm_arena_strdup (arena, text);
    g_free (text);
    return copy;
}

void
bm_arena_own (BmArena *arena, void *object, void (*release) (void *object))
{
    Owned *owned = bm_arena_alloc (arena, 1, sizeof (Owned));

    owned->object = object;
    owned->release = release;
    owned->next = arena->owned;
    arena->owned = owned;
}
