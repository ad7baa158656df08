/* picture.c — pictures opened once, safely: from under their folder only, whole, within limits.
 *
 * A page names pictures by text that came from anywhere, so a name must not lead out of its folder, by .., by an
 * absolute path or by a link, nor open a device (reliability.md §3, faults 7 and 8). What is opened is decoded to its end
 * at once: Cairo embeds a JPEG of three bytes without complaint (§4.3). */
#define _XOPEN_SOURCE 700 /* realpath */
#include "plan/picture-private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const char *root, *file;
    BmSpan where;
    BmDiags *diags;
} Request;

/* ---- the way to the file ---- */

static int
refuse_way (const Request *request)
{
    bm_diag (request->diags, BM_ERROR, "BM0704", request->where, "put the picture under that folder, or name another with --root",
             "the picture %s lies outside %s", request->file, request->root);
    return -1;
}

static int
refuse_system (const Request *request, int error)
{
    if (error == ELOOP) /* a link put there after the path was resolved */
        return refuse_way (request);
    if (error == ENOENT || error == ENOTDIR)
        bm_diag (request->diags, BM_ERROR, "BM0703", request->where, "check the name; <> marks a picture not delivered yet",
                 "there is no picture %s in %s", request->file, request->root);
    else
        bm_diag (request->diags, BM_ERROR, "BM0710", request->where, "check the permissions of the file and its folders",
                 "cannot read the picture %s: %s", request->file, g_strerror (error));
    return -1;
}

/* Does the name itself climb above its start? */
static bool
climbs_out (const char *file)
{
    char **parts = g_strsplit (file, "/", -1);
    int depth = 0;
    bool out = g_path_is_absolute (file);

    for (int i = 0; parts[i] != NULL && !out; i++) {
        if (strcmp (parts[i], "..") == 0)
            out = --depth < 0;
        else if (parts[i][0] != '\0' && strcmp (parts[i], ".") != 0)
            depth++;
    }
    g_strfreev (parts);
    return out;
}

/* Walk from the folder to the file, following no link: what was resolved may have been exchanged meanwhile. */
static int
open_below (const char *folder, const char *inside)
{
    char **parts = g_strsplit (inside, "/", -1);
    int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (int i = 0; parts[i] != NULL && fd >= 0; i++) {
        /* O_NONBLOCK: a FIFO must not hang us before we can see what it is */
        int how = parts[i + 1] != NULL ? O_DIRECTORY : O_NONBLOCK;
        int next = openat (fd, parts[i], O_RDONLY | O_NOFOLLOW | O_CLOEXEC | how);
        int error = errno;

        close (fd);
        fd = next;
        errno = error;
    }
    g_strfreev (parts);
    return fd;
}

static int
open_picture (const Request *request)
{
    char *path = g_build_filename (request->root, request->file, NULL);
    char *folder = realpath (request->root, NULL);
    char *real = realpath (path, NULL);
    int error = errno, fd = -1;
    size_t length = folder != NULL ? strlen (folder) : 0;

    if (length == 1) /* the root folder itself ends in the slash */
        length = 0;
    if (climbs_out (request->file))
        refuse_way (request);
    else if (folder == NULL || real == NULL)
        refuse_system (request, error);
    else if (strncmp (real, folder, length) != 0 || real[length] != '/')
        refuse_way (request);
    else if ((fd = open_below (folder, real + length + 1)) < 0)
        refuse_system (request, errno);
    free (real);
    free (folder);
    g_free (path);
    return fd;
}

/* ---- its bytes ---- */

static bool
refuse_size (const Request *request)
{
    bm_diag (request->diags, BM_ERROR, "BM0706", request->where, "a picture may have 256 MiB and 100 million pixels: scale it down",
             "the picture %s is too large", request->file);
    return false;
}

static bool
read_bytes (const Request *request, int fd, size_t size, BmPictureFile *picture)
{
    picture->bytes = g_malloc (size + 1);
    while (picture->length < size) {
        ssize_t n = read (fd, picture->bytes + picture->length, size - picture->length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            refuse_system (request, errno);
            return false;
        }
        if (n == 0)
            break;
        picture->length += (size_t) n;
    }
    return true;
}

static bool
read_picture (const Request *request, int fd, BmPictureFile *picture)
{
    struct stat info;

    if (fstat (fd, &info) != 0) {
        refuse_system (request, errno);
        return false;
    }
    if (!S_ISREG (info.st_mode)) {
        bm_diag (request->diags, BM_ERROR, "BM0705", request->where, "name a JPEG or PNG file", "the picture %s is not a regular file",
                 request->file);
        return false;
    }
    if (info.st_size > (off_t) BM_MAX_PICTURE_FILE)
        return refuse_size (request);
    return read_bytes (request, fd, (size_t) info.st_size, picture);
}

/* ---- what it is ---- */

static bool
starts_with (const BmPictureFile *picture, const char *magic, size_t length)
{
    return picture->length >= length && memcmp (picture->bytes, magic, length) == 0;
}

static bool
refuse_kind (const Request *request, const BmPictureFile *picture)
{
    if (starts_with (picture, "%PDF-", 5))
        bm_diag (request->diags, BM_ERROR, "BM0709", request->where, "export it as PNG or JPEG of 300 dpi",
                 "the picture %s is a PDF", request->file);
    else if (starts_with (picture, "II*\0", 4) || starts_with (picture, "MM\0*", 4))
        bm_diag (request->diags, BM_ERROR, "BM0707", request->where,
                 "make a JPEG of it with ImageMagick: convert photo.tif -quality 95 photo.jpg", "%s is a TIFF", request->file);
    else
        bm_diag (request->diags, BM_ERROR, "BM0707", request->where, "name a JPEG or PNG file", "%s %s", request->file,
                 picture->length == 0 ? "is empty" : "is neither JPEG nor PNG");
    return false;
}

static bool
check_picture (const Request *request, BmPictureFile *picture)
{
    char fault[BM_FAULT_LENGTH] = "";
    BmDecodeStatus status;

    if (starts_with (picture, "\xff\xd8\xff", 3)) {
        picture->kind = BM_PICTURE_JPEG;
        status = bm_check_jpeg (picture, fault);
    } else if (starts_with (picture, "\x89PNG\r\n\x1a\n", 8)) {
        picture->kind = BM_PICTURE_PNG;
        status = bm_check_png (picture, fault);
    } else
        return refuse_kind (request, picture);
    if (status == BM_TOO_LARGE)
        return refuse_size (request);
    if (status == BM_BROKEN)
        bm_diag (request->diags, BM_ERROR, "BM0708", request->where, "have it sent again, or open and save it in a picture program",
                 "the picture %s does not decode: %s", request->file, fault);
    return status == BM_DECODED;
}

BmPictureFile *
bm_picture_open (const char *root, const char *file, BmSpan where, BmDiags *diags)
{
    const Request request = { root != NULL ? root : ".", file, where, diags };
    int fd = open_picture (&request);

    if (fd < 0)
        return NULL;
    BmPictureFile *picture = g_new0 (BmPictureFile, 1);
    bool ok = read_picture (&request, fd, picture) && check_picture (&request, picture);
    close (fd);
    if (!ok) {
        bm_picture_free (picture);
        return NULL;
    }
    if (picture->kind == BM_PICTURE_JPEG)
        bm_read_iptc (picture);
    return picture;
}

uint32_t *
bm_picture_pixels (const BmPictureFile *picture, int reduce, int *width, int *height)
{
    if (picture->kind == BM_PICTURE_JPEG)
        return bm_jpeg_pixels (picture, reduce, width, height);
    return bm_png_pixels (picture, width, height);
}

void
bm_picture_free (BmPictureFile *picture)
{
    if (picture == NULL)
        return;
    if (!picture->borrowed)
        g_free (picture->bytes);
    g_free (picture->caption);
    g_free (picture->credit);
    g_free (picture);
}
