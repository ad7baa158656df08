/* file.c — reading whole files, writing all or nothing.
 *
 * GLib's own atomic writer replaces whatever stands at the path, a device node too, and does not report
 * every failure (design/reliability.md §4.6); and Cairo loses most write errors (§4.1). So outputs are made in
 * memory and written here, with each call checked. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
fail_read (BmDiags *diags, const char *path, const char *code, const char *hint, const char *reason)
{
    bm_diag (diags, BM_ERROR, code, BM_IN_FILE (path), hint, "cannot read %s: %s", path, reason);
    return false;
}

/* Read to the end or to `limit` + 1 bytes. */
static bool
read_all (int fd, size_t limit, GByteArray *into)
{
    guint8 buffer[65536];

    while (into->len <= limit) {
        ssize_t n = read (fd, buffer, sizeof buffer);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            return true;
        g_byte_array_append (into, buffer, (guint) n);
    }
    return true;
}

static bool
read_descriptor (int fd, const char *path, size_t limit, char **bytes, size_t *length, BmDiags *diags)
{
    GByteArray *array = g_byte_array_new ();
    bool ok = read_all (fd, limit, array);

    if (!ok)
        fail_read (diags, path, "BM0101", "see the system's reason", g_strerror (errno));
    else if (array->len > limit) {
        ok = false;
        bm_diag (diags, BM_ERROR, "BM0103", BM_IN_FILE (path), "divide the file into pages",
                 "%s has more than %" G_GSIZE_FORMAT " bytes", path, limit);
    }
    if (!ok) {
        g_byte_array_unref (array);
        return false;
    }
    *length = array->len;
    g_byte_array_append (array, (const guint8 *) "", 1);
    *bytes = (char *) g_byte_array_free (array, FALSE);
    return true;
}

bool
bm_read_file (const char *path, size_t limit, char **bytes, size_t *length, BmDiags *diags)
{
    struct stat info;

    if (strcmp (path, "-") == 0)
        return read_descriptor (STDIN_FILENO, "<stdin>", limit, bytes, length, diags);
    /* O_NONBLOCK: a FIFO must not hang us before we can see what it is. */
    int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        /* A name that leads nowhere is wrong input, not trouble worth a retry: but the status table says
         * "file system trouble" for both, and scripts retry harmlessly. */
        return fail_read (diags, path, "BM0101", "check the name and the permissions", g_strerror (errno));
    }
    bool ok = fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
    if (!ok)
        fail_read (diags, path, "BM0102", "name a text file", "not a regular file");
    else
        ok = read_descriptor (fd, path, limit, bytes, length, diags);
    close (fd);
    return ok;
}

static bool
fail_write (BmDiags *diags, const char *path, int error)
{
    bm_diag (diags, BM_ERROR, "BM0107", BM_IN_FILE (path), "free some space or open the folder, then run again",
             "cannot write %s: %s", path, g_strerror (error));
    return false;
}

bool
bm_check_writable (const char *path, BmDiags *diags)
{
    struct stat info;

    if (strcmp (path, "-") == 0)
        return true;
    char *folder = g_path_get_dirname (path);
    const char *reason = NULL;
    if (stat (folder, &info) != 0)
        reason = g_strerror (errno);
    else if (!S_ISDIR (info.st_mode))
        reason = "its folder is not a folder";
    else if (stat (path, &info) == 0 && S_ISDIR (info.st_mode))
        reason = "it is a folder";
    else if (access (folder, W_OK) != 0 && !(stat (path, &info) == 0 && !S_ISREG (info.st_mode)))
        reason = g_strerror (errno);
    if (reason != NULL)
        bm_diag (diags, BM_ERROR, "BM0108", BM_IN_FILE (path), "make the folder, or name another output",
                 "cannot write %s: %s", path, reason);
    g_free (folder);
    return reason == NULL;
}

static bool
write_all (int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write (fd, bytes, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        length -= (size_t) n;
    }
    return true;
}

/* Standard output, a FIFO or a device: nothing to replace, written as it comes. */
static bool
write_plain (int fd, const char *path, const void *bytes, size_t length, BmDiags *diags)
{
    return write_all (fd, bytes, length) || fail_write (diags, path, errno);
}

#define TEMP_TRIES 16

/* A new file of our own in the folder of `path`: random name, O_EXCL, so that a planted name cannot catch us. */
static int
open_temporary (const char *path, char **name)
{
    char *folder = g_path_get_dirname (path);
    char *base = g_path_get_basename (path);
    int fd = -1;

    for (int i = 0; i < TEMP_TRIES && fd < 0; i++) {
        g_free (*name);
        *name = g_strdup_printf ("%s/.%.100s.%08x.bm-tmp", folder, base, g_random_int ());
        fd = open (*name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd < 0 && errno != EEXIST)
            break;
    }
    int error = errno;
    g_free (folder);
    g_free (base);
    errno = error;
    return fd;
}

/* The mode that a plain open would have given the file, or that of the file replaced. */
static mode_t
output_mode (const char *path)
{
    struct stat info;
    mode_t mask = umask (0); /* there is no other way to read it */

    umask (mask);
    if (stat (path, &info) == 0 && S_ISREG (info.st_mode))
        return info.st_mode & 0777;
    return 0666 & ~mask;
}

static bool
replace_file (const char *path, const void *bytes, size_t length, BmDiags *diags)
{
    char *name = NULL;
    int fd = open_temporary (path, &name);
    bool ok = fd >= 0 && write_all (fd, bytes, length) && fchmod (fd, output_mode (path)) == 0 && fsync (fd) == 0;
    int error = errno;

    if (fd >= 0 && close (fd) != 0 && ok) {
        ok = false;
        error = errno;
    }
    if (ok && rename (name, path) != 0) {
        ok = false;
        error = errno;
    }
    if (!ok && fd >= 0)
        unlink (name);
    g_free (name);
    return ok || fail_write (diags, path, error);
}

bool
bm_write_file (const char *path, const void *bytes, size_t length, BmDiags *diags)
{
    struct stat info;

    if (strcmp (path, "-") == 0)
        return write_plain (STDOUT_FILENO, "<stdout>", bytes, length, diags);
    /* lstat: a link is replaced as a name, never followed. /dev/stdout is a link to a device or pipe. */
    if (lstat (path, &info) == 0 && S_ISLNK (info.st_mode)) {
        struct stat target;

        if (stat (path, &target) == 0 && (S_ISFIFO (target.st_mode) || S_ISCHR (target.st_mode)))
            info = target;
    } else if (lstat (path, &info) != 0) {
        info.st_mode = S_IFREG;
    }
    if (S_ISFIFO (info.st_mode) || S_ISCHR (info.st_mode)) {
        int fd = open (path, O_WRONLY | O_CLOEXEC);
        bool ok = fd >= 0 ? write_plain (fd, path, bytes, length, diags) : fail_write (diags, path, errno);

        if (fd >= 0 && close (fd) != 0 && ok)
            ok = fail_write (diags, path, errno);
        return ok;
    }
    if (!S_ISREG (info.st_mode) && !S_ISLNK (info.st_mode))
        return fail_write (diags, path, EISDIR);
    return replace_file (path, bytes, length, diags);
}

bool
bm_same_file (const char *a, const char *b)
{
    struct stat x, y;

    return stat (a, &x) == 0 && stat (b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino &&
           S_ISREG (x.st_mode);
}
