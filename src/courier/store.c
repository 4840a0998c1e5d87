/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

struct sw_store {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENTS];
    bool writing; /* a transaction is open */
    bool failing; /* what came last could not be written, and that has been said */
};

/* -- opening -- */

static void close_database(struct sw_store *store)
{
    for (int i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(store->statements[i]);
        store->statements[i] = NULL;
    }
    sqlite3_close(store->database);
    store->database = NULL;
}

static bool is_whole(sqlite3 *database)
{
    sqlite3_stmt *statement = NULL;
    bool whole = sqlite3_prepare_v2(database, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    sqlite3_finalize(statement);
    return whole;
}

static bool open_database(struct sw_store *store, const char *path)
{
    static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;";
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    bool open = sqlite3_open_v2(path, &store->database, flags, NULL) == SQLITE_OK;
    open = open && sqlite3_busy_timeout(store->database, OPEN_BUSY_MS) == SQLITE_OK &&
           sqlite3_exec(store->database, settings, NULL, NULL, NULL) == SQLITE_OK && is_whole(store->database) &&
           sqlite3_exec(store->database, layout, NULL, NULL, NULL) == SQLITE_OK;
    for (int i = 0; i < STATEMENTS && open; i++)
        open = sqlite3_prepare_v3(store->database, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &store->statements[i], NULL) == SQLITE_OK;
    if (open)
        sqlite3_busy_timeout(store->database, BUSY_MS);
    else
        close_database(store);
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
            sw_log(SW_LOG_ERROR, "store", "cannot put %s aside: %s", from, strerror(errno));
    }
}

bool sw_store_make_folder(const char *folder)
{
    char path[4096];
    size_t length = strlen(folder);
    if (length == 0 || length >= sizeof path)
        return false;
    memcpy(path, folder, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (folder[i] != '/' && folder[i] != '\0')
            continue;
        path[i] = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return false;
        path[i] = folder[i];
    }
    return true;
}

static bool open_file(struct sw_store *store, const char *folder)
{
    char path[4128];
    int length = snprintf(path, sizeof path, "%s/%s", folder, NAME);
    if (length < 0 || (size_t)length >= 4096 || !sw_store_make_folder(folder))
        return false;
    if (open_database(store, path))
        return true;
    if (access(path, F_OK) != 0 || access(path, W_OK) != 0)
        return false;
    sw_log(SW_LOG_ERROR, "store", "%s is damaged: it is put aside and begun anew", path);
    put_aside(path);
    return open_database(store, path);
}

struct sw_store *sw_store_create(const char *folder)
{
    struct sw_store *store = sw_alloc(sizeof *store);
    if (folder != NULL && open_file(store, folder))
        return store;
    if (folder != NULL)
        sw_log(SW_LOG_WARNING, "store", "nothing can be kept in %s: history ends with this courier", folder);
    if (open_database(store, ":memory:"))
        return store;
    sw_log(SW_LOG_ERROR, "store", "SQLite does not start");
    free(store);
    return NULL;
}

void sw_store_destroy(struct sw_store *store)
{
    if (store == NULL)
        return;
    sw_store_flush(store);
    close_database(store);
    free(store);
}

/* -- reading and writing -- */

/* Said once, until it can again. What this transaction holds is lost: it is still told to the player. */
static void fail(struct sw_store *store)
{
    if (!store->failing)
        sw_log(SW_LOG_ERROR, "store", "cannot write, and goes on in memory: %s", sqlite3_errmsg(store->database));
    store->failing = true;
    store->writing = false;
    if (sqlite3_get_autocommit(store->database) == 0)
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
}

static bool begin(struct sw_store *store)
{
    if (store->writing)
        return true;
    store->writing = sqlite3_exec(store->database, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    if (!store->writing)
        fail(store);
    return store->writing;
}

bool sw_store_waits(const struct sw_store *store) { return store->writing; }

void sw_store_flush(struct sw_store *store)
{
    if (!store->writing)
        return;
    if (sqlite3_exec(store->database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        fail(store);
        return;
    }
    if (store->failing)
        sw_log(SW_LOG_NOTICE, "store", "can write again");
    store->writing = store->failing = false;
}

static bool run(struct sw_store *store, sqlite3_stmt *statement)
{
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    if (!done)
        fail(store);
    return done;
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

void sw_store_keep(struct sw_store *store, const char *source, uint64_t hash, const void *bytes, size_t length, const char *etag,
                   const char *modified)
{
    sqlite3_stmt *statement = store->statements[KEEP];
    if (!begin(store))
        return;
    bind_text(statement, 1, source);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)hash);
    sqlite3_bind_blob64(statement, 3, bytes, length, SQLITE_STATIC);
    bind_text(statement, 4, etag);
    bind_text(statement, 5, modified);
    (void)run(store, statement);
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

bool sw_store_find(struct sw_store *store, const char *source, uint64_t hash, struct sw_kept *kept)
{
    sqlite3_stmt *statement = store->statements[FIND];
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

void sw_store_add(struct sw_store *store, const char *source, const char *field, const struct sw_point *points, size_t count,
                  sw_instant since)
{
    sqlite3_stmt *add = store->statements[ADD], *drop = store->statements[DROP];
    if (!begin(store))
        return;
    for (size_t i = 0; i < count; i++) {
        bind_text(add, 1, source);
        bind_text(add, 2, field);
        sqlite3_bind_int64(add, 3, points[i].at);
        sqlite3_bind_double(add, 4, points[i].value);
        if (!run(store, add))
            return;
    }
    bind_text(drop, 1, source);
    bind_text(drop, 2, field);
    sqlite3_bind_int64(drop, 3, since);
    (void)run(store, drop);
}

struct sw_point *sw_store_points(struct sw_store *store, const char *source, const char *field, sw_instant since, size_t *count)
{
    sqlite3_stmt *statement = store->statements[POINTS];
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
