/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/archive.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "exhibition/source.h"

#define NAME "courier.sqlite"
#define OPEN_BUSY_MS 2000 /* a courier that is on its way out */
#define BUSY_MS 100       /* whoever else has locked it: the loop has other things to do */

enum statement { KEEP, FIND, ADD, DROP, POINTS };
#define STATEMENTS 5

static const char *const texts[STATEMENTS] = {
    [KEEP] = "INSERT INTO kept (source, hash, bytes, etag, modified) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (source) DO UPDATE "
             "SET hash = ?2, bytes = ?3, etag = ?4, modified = ?5",
    [FIND] = "SELECT bytes, etag, modified FROM kept WHERE source = ?1 AND hash = ?2",
    [ADD] = "INSERT INTO point (source, field, at, value) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (source, field, at) DO UPDATE SET value = ?4",
    [DROP] = "DELETE FROM point WHERE source = ?1 AND field = ?2 AND at < ?3",
    [POINTS] = "SELECT at, value FROM point WHERE source = ?1 AND field = ?2 AND at >= ?3 ORDER BY at DESC LIMIT ?4",
};

static const char layout[] =
    "CREATE TABLE IF NOT EXISTS kept (source TEXT PRIMARY KEY, hash INTEGER, bytes BLOB, etag TEXT, modified TEXT);"
    "CREATE TABLE IF NOT EXISTS point (source TEXT, field TEXT, at INTEGER, value REAL, PRIMARY KEY (source, field, at)) WITHOUT ROWID;";

struct sw_archive {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENTS];
    bool writing; /* a transaction is open */
    bool failing; /* what came last could not be written, and that has been said */
};

/* -- opening -- */

static void close_database(struct sw_archive *archive)
{
    for (int i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(archive->statements[i]);
        archive->statements[i] = NULL;
    }
    sqlite3_close(archive->database);
    archive->database = NULL;
}

static bool is_whole(sqlite3 *database)
{
    sqlite3_stmt *statement = NULL;
    bool whole = sqlite3_prepare_v2(database, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    sqlite3_finalize(statement);
    return whole;
}

static bool open_database(struct sw_archive *archive, const char *path)
{
    static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;";
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    bool open = sqlite3_open_v2(path, &archive->database, flags, NULL) == SQLITE_OK;
    open = open && sqlite3_busy_timeout(archive->database, OPEN_BUSY_MS) == SQLITE_OK &&
           sqlite3_exec(archive->database, settings, NULL, NULL, NULL) == SQLITE_OK && is_whole(archive->database) &&
           sqlite3_exec(archive->database, layout, NULL, NULL, NULL) == SQLITE_OK;
    for (int i = 0; i < STATEMENTS && open; i++)
        open = sqlite3_prepare_v3(archive->database, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &archive->statements[i], NULL) == SQLITE_OK;
    if (open)
        sqlite3_busy_timeout(archive->database, BUSY_MS);
    else
        close_database(archive);
    return open;
}

/* Its journal goes with it: SQLite would take one of another file for its own. */
static void put_aside(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    char from[4160], to[4192];
    for (size_t i = 0; i < SW_COUNT(parts); i++) {
        snprintf(from, sizeof from, "%s%s", path, parts[i]);
        snprintf(to, sizeof to, "%s.damaged%s", path, parts[i]);
        if (rename(from, to) != 0 && errno != ENOENT)
            sw_log(SW_LOG_ERROR, "archive", "cannot put %s aside: %s", from, strerror(errno));
    }
}

static bool open_file(struct sw_archive *archive, const char *folder)
{
    char path[4128];
    int length = snprintf(path, sizeof path, "%s/%s", folder, NAME);
    if (length < 0 || (size_t)length >= 4096 || !sw_folder_make(folder, 0700))
        return false;
    if (open_database(archive, path))
        return true;
    if (access(path, F_OK) != 0 || access(path, W_OK) != 0)
        return false;
    sw_log(SW_LOG_ERROR, "archive", "%s is damaged: it is put aside and begun anew", path);
    put_aside(path);
    return open_database(archive, path);
}

struct sw_archive *sw_archive_create(const char *folder)
{
    struct sw_archive *archive = sw_alloc(sizeof *archive);
    if (folder != NULL && open_file(archive, folder))
        return archive;
    if (folder != NULL)
        sw_log(SW_LOG_WARNING, "archive", "nothing can be kept in %s: history ends with this courier", folder);
    if (open_database(archive, ":memory:"))
        return archive;
    sw_log(SW_LOG_ERROR, "archive", "SQLite does not start");
    free(archive);
    return NULL;
}

void sw_archive_destroy(struct sw_archive *archive)
{
    if (archive == NULL)
        return;
    sw_archive_flush(archive);
    close_database(archive);
    free(archive);
}

/* -- reading and writing -- */

/* Said once, until it can again. What this transaction holds is lost: it is still told to the player. */
static void fail(struct sw_archive *archive)
{
    if (!archive->failing)
        sw_log(SW_LOG_ERROR, "archive", "cannot write, and goes on in memory: %s", sqlite3_errmsg(archive->database));
    archive->failing = true;
    archive->writing = false;
    if (sqlite3_get_autocommit(archive->database) == 0)
        sqlite3_exec(archive->database, "ROLLBACK", NULL, NULL, NULL);
}

static bool begin(struct sw_archive *archive)
{
    if (archive->writing)
        return true;
    archive->writing = sqlite3_exec(archive->database, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    if (!archive->writing)
        fail(archive);
    return archive->writing;
}

bool sw_archive_waits(const struct sw_archive *archive) { return archive->writing; }

void sw_archive_flush(struct sw_archive *archive)
{
    if (!archive->writing)
        return;
    if (sqlite3_exec(archive->database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        fail(archive);
        return;
    }
    if (archive->failing)
        sw_log(SW_LOG_NOTICE, "archive", "can write again");
    archive->writing = archive->failing = false;
}

static bool run(struct sw_archive *archive, sqlite3_stmt *statement)
{
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    if (!done)
        fail(archive);
    return done;
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

void sw_archive_keep(struct sw_archive *archive, const char *source, uint64_t hash, const void *bytes, size_t length, const char *etag,
                     const char *modified)
{
    sqlite3_stmt *statement = archive->statements[KEEP];
    if (!begin(archive))
        return;
    bind_text(statement, 1, source);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)hash);
    sqlite3_bind_blob64(statement, 3, bytes, length, SQLITE_STATIC);
    bind_text(statement, 4, etag);
    bind_text(statement, 5, modified);
    (void)run(archive, statement);
    sqlite3_clear_bindings(statement);
}

static void take_text(sqlite3_stmt *statement, int column, char *out, size_t capacity)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    int length = sqlite3_column_bytes(statement, column);
    out[0] = '\0';
    if (text != NULL && length >= 0 && (size_t)length < capacity)
        memcpy(out, text, (size_t)length + 1);
}

bool sw_archive_find(struct sw_archive *archive, const char *source, uint64_t hash, struct sw_kept *kept)
{
    sqlite3_stmt *statement = archive->statements[FIND];
    bind_text(statement, 1, source);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)hash);
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    if (found) {
        const void *bytes = sqlite3_column_blob(statement, 0);
        kept->length = (size_t)sqlite3_column_bytes(statement, 0);
        kept->bytes = sw_alloc(kept->length + 1);
        if (kept->length > 0)
            memcpy(kept->bytes, bytes, kept->length);
        take_text(statement, 1, kept->etag, sizeof kept->etag);
        take_text(statement, 2, kept->modified, sizeof kept->modified);
    }
    sqlite3_reset(statement);
    return found;
}

void sw_archive_add(struct sw_archive *archive, const char *source, const char *field, const struct sw_point *points, size_t count,
                    sw_instant since)
{
    sqlite3_stmt *add = archive->statements[ADD], *drop = archive->statements[DROP];
    if (!begin(archive))
        return;
    for (size_t i = 0; i < count; i++) {
        bind_text(add, 1, source);
        bind_text(add, 2, field);
        sqlite3_bind_int64(add, 3, points[i].at);
        sqlite3_bind_double(add, 4, points[i].value);
        if (!run(archive, add))
            return;
    }
    bind_text(drop, 1, source);
    bind_text(drop, 2, field);
    sqlite3_bind_int64(drop, 3, since);
    (void)run(archive, drop);
}

struct sw_point *sw_archive_points(struct sw_archive *archive, const char *source, const char *field, sw_instant since, size_t *count)
{
    sqlite3_stmt *statement = archive->statements[POINTS];
    struct sw_point *points = NULL;
    size_t capacity = 0;
    *count = 0;
    bind_text(statement, 1, source);
    bind_text(statement, 2, field);
    sqlite3_bind_int64(statement, 3, since);
    sqlite3_bind_int64(statement, 4, SW_POINTS_MAX);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        points = sw_grow(points, &capacity, *count + 1, sizeof *points);
        points[(*count)++] = (struct sw_point){sqlite3_column_int64(statement, 0), sqlite3_column_double(statement, 1)};
    }
    sqlite3_reset(statement);
    for (size_t i = 0; i < *count / 2; i++) {
        struct sw_point other = points[i];
        points[i] = points[*count - 1 - i];
        points[*count - 1 - i] = other;
    }
    return points;
}
