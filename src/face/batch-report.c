/* batch-report.c — one line a page, appended with one write and on the disk before the next page is begun.
 *
 * What the report says was done is done: its outputs were renamed into place and flushed before. A process killed between
 * the two leaves a page that is set again, to the same bytes. Reports of several shards may be laid one after another. */
#include "face/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static bool
trouble (const char *path, const char *hint, const char *reason, BmDiags *diags)
{
    bm_diag (diags, BM_ERROR, "BM0107", BM_IN_FILE (path), hint, "cannot write the report %s: %s", path, reason);
    return false;
}

/* A kill in the middle of a write, or a full disk, leaves a last line without its end. */
static bool
ends_within_a_line (int fd)
{
    char last = '\n';
    off_t end = lseek (fd, 0, SEEK_END);

    return end > 0 && pread (fd, &last, 1, end - 1) == 1 && last != '\n';
}

/* The last page of a batch that was killed dies with it, but not in the same instant, and until then holds the lock, too:
 * nobody resumes while it may still write. */
static bool
lock (int fd, int how)
{
    for (int i = 0; i < 60; i++) {
        if (flock (fd, how | LOCK_NB) == 0)
            return true;
        g_usleep (50000);
    }
    return false;
}

bool
bm_report_open (BmReportFile *report, const char *path, bool resume, BmDiags *diags)
{
    *report = (BmReportFile){ NULL, -1, false };
    if (path == NULL)
        return true;
    report->path = g_strdup (path);
    report->fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
    if (report->fd < 0)
        return trouble (path, "make the folder, or name another report", g_strerror (errno), diags);
    if (!lock (report->fd, resume ? LOCK_EX : LOCK_SH)) {
        bm_diag (diags, BM_ERROR, "BM0835", BM_IN_FILE (path), "wait for it, or give each shard a report of its own",
                 "another batch is writing the report %s", path);
        return false;
    }
    report->open_line = ends_within_a_line (report->fd);
    return true;
}

/* Set: written, whether or not copy was over. */
static bool
is_finished (const json_t *line)
{
    json_int_t status = json_integer_value (json_object_get (line, "status"));

    return json_is_integer (json_object_get (line, "status")) && (status == BM_STATUS_OK || status == BM_STATUS_OVERSET);
}

static void
take_line (GHashTable *lines, const char *text)
{
    json_t *line = json_loads (text, 0, NULL);
    const char *id = json_string_value (json_object_get (line, "id"));

    if (id != NULL && is_finished (line))
        g_hash_table_insert (lines, g_strdup (id), json_incref (line));
    else if (id != NULL)
        g_hash_table_remove (lines, id);
    json_decref (line);
}

static void
free_json (gpointer json)
{
    json_decref (json);
}

GHashTable *
bm_report_read (const BmReportFile *report, BmDiags *diags)
{
    GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_json);
    FILE *file = fopen (report->path, "re");
    char *text = NULL;
    size_t room = 0;
    ssize_t n;

    if (file == NULL) {
        trouble (report->path, "open it for reading, too", g_strerror (errno), diags);
        g_hash_table_destroy (lines);
        return NULL;
    }
    while ((n = getline (&text, &room, file)) >= 0)
        if (n > 0 && text[n - 1] == '\n')
            take_line (lines, text);
    free (text);
    fclose (file);
    return lines;
}

bool
bm_report_append (BmReportFile *report, json_t *line, BmDiags *diags)
{
    if (report->fd < 0)
        return true;
    char *json = json_dumps (line, JSON_SORT_KEYS | JSON_COMPACT);
    char *text = g_strdup_printf ("%s%s\n", report->open_line ? "\n" : "", json);
    size_t length = strlen (text);
    ssize_t n;

    do
        n = write (report->fd, text, length);
    while (n < 0 && errno == EINTR);
    int error = n < 0 ? errno : ENOSPC;
    bool ok = n == (ssize_t) length && (fdatasync (report->fd) == 0 || errno == EINVAL || errno == EROFS);
    report->open_line = n > 0 && n != (ssize_t) length;
    free (json);
    g_free (text);
    return ok || trouble (report->path, "free some space, then run again with --resume", g_strerror (error), diags);
}

void
bm_report_close (BmReportFile *report)
{
    if (report->fd >= 0)
        close (report->fd);
    g_clear_pointer (&report->path, g_free);
    report->fd = -1;
}
