/* SPDX-License-Identifier: EUPL-1.2 */
/* Stands in for schauwand-courier where a test says what is followed: brings releases from a published folder into a store, offers them to
 * the player and notes what it answers. Its orders stand in $SW_STAND_IN/orders, one line each, read as they are appended:
 *   import FOLDER WALL VERSION        that release becomes a generation; notes "imported NUMBER"
 *   operate FILE KEY VERSION          playlists of that version are signed and kept
 *   select NUMBER | bad NUMBER        in the store's state
 *   keep nothing                      of what the player says, from now on
 *   release NUMBER SECONDS            is offered; to be active in so many seconds, 0: at once
 *   instead NUMBER OTHER              as soon as the player tries NUMBER, OTHER is offered
 *   playlists VERSION                 are offered
 *   progress DONE ALL TEXT            bytes; what is fetched
 *   contact SECONDS TEXT              so long ago there was a good answer (0: never); the fault since then
 *   keys VERSION LIST PUBLISHING OPERATING    a key list, and in how many seconds each runs out (0: never)
 *   flood KIND COUNT                  so many notices of a kind, as fast as they are taken, each another: progress, contact, keys,
 *                                     release, playlists, all; or "nonsense", which is none
 *   die                               without a word; its orders are gone with it
 * The store is $SW_STAND_IN/cache; what the player says goes to $SW_STAND_IN/heard. As the courier of sources it notes
 * "courier GENERATION", and only lives. */
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/link.h"
#include "base/memory.h"
#include "store/collect.h"
#include "store/notice.h"
#include "store/start.h"

struct stand_in {
    const char *folder;
    char cache[512];
    int end;
    char orders_path[512];
    FILE *orders;
    bool keeps_nothing;
    int64_t tried, instead; /* 0: none */
    struct sw_notice release, playlists;
};

static void note(const struct stand_in *in, const char *format, ...) SW_PRINTF(2, 3);

static void note(const struct stand_in *in, const char *format, ...)
{
    char path[512];
    snprintf(path, sizeof path, "%s/heard", in->folder);
    FILE *file = fopen(path, "a");
    if (file == NULL)
        exit(9);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    fclose(file);
}

static void must(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "stand-in: %s\n", what);
        exit(9);
    }
}

/* -- the store -- */

static struct sw_store *open_store(const struct stand_in *in)
{
    enum sw_store_status status;
    struct sw_store *store = sw_store_open(in->cache, SW_STORE_WRITE, &status);
    must(store != NULL, "no store");
    return store;
}

static char *read_text(const char *folder, const char *path, size_t *length)
{
    char whole[1024], *bytes = NULL;
    must(snprintf(whole, sizeof whole, "%s/%s", folder, path) < (int)sizeof whole, path);
    must(sw_file_read(whole, SW_CONTENTS_MAX, &bytes, length) == SW_FILE_OK, path);
    return bytes;
}

/* `path` with its one signature. */
static struct sw_signed read_signed(const char *folder, const char *path, char **signature)
{
    char name[528];
    size_t length, unused;
    char *bytes = read_text(folder, path, &length);
    must(snprintf(name, sizeof name, "%s.minisig", path) < (int)sizeof name, path);
    *signature = read_text(folder, name, &unused);
    return (struct sw_signed){path, bytes, length, (const char *const *)signature, 1};
}

static void bring_keys(struct sw_store *store, const char *folder)
{
    char *signature;
    struct sw_signed keys = read_signed(folder, "keys/1.json", &signature);
    must(sw_document_put(store, SW_DOCUMENT_KEYS, 1, &keys) == SW_STORE_OK, "keys");
}

static void bring_object(struct sw_store *store, const char *folder, const struct sw_object *object)
{
    char path[128], digest[SW_DIGEST_TEXT + 1];
    size_t length;
    snprintf(path, sizeof path, "objects/%s", sw_digest_text(&object->digest, digest));
    char *bytes = read_text(folder, path, &length);
    must(sw_store_object_put(store, object, bytes) == SW_STORE_OK, path);
    free(bytes);
}

static void import(const struct stand_in *in, const char *folder, const char *wall, int64_t version)
{
    char path[512], *signature, *list;
    int64_t number = 0;
    struct sw_diags diags;
    struct sw_manifest manifest;
    struct sw_store *store = open_store(in);
    sw_diags_init(&diags);
    bring_keys(store, folder);
    snprintf(path, sizeof path, "walls/%s/releases/%" PRId64 ".json", wall, version);
    struct sw_signed document = read_signed(folder, path, &signature);
    must(sw_manifest_read(document.bytes, document.length, path, NULL, &manifest, &diags), "manifest");
    bring_object(store, folder, &manifest.contents);
    must(sw_store_object_read(store, &manifest.contents, SW_CONTENTS_MAX, &list) == SW_STORE_OK, "content list");
    struct sw_contents *contents = sw_contents_create(list, (size_t)manifest.contents.bytes, "contents", &diags);
    must(contents != NULL, "content list");
    for (size_t i = 0; i < contents->count; i++)
        bring_object(store, folder, &contents->files[i].object);
    must(sw_generation_add(store, &document, 1, &manifest, contents, &number) == SW_STORE_OK, "generation");
    note(in, "imported %" PRId64 "\n", number);
    sw_store_close(store);
}

static void bring_playlists(const struct stand_in *in, const char *file, const char *key_file, int64_t version)
{
    size_t length, key_length;
    struct sw_secret_key key;
    struct sw_diags diags;
    struct sw_store *store = open_store(in);
    char *bytes = read_text("", file, &length), *key_text = read_text("", key_file, &key_length);
    sw_diags_init(&diags);
    must(sw_secret_key_read(key_text, key_length, "key", NULL, &key, NULL, &diags), "key");
    char *signature = sw_signature_write(&key, bytes, length, "playlists");
    struct sw_signed document = {"playlists", bytes, length, (const char *const *)&signature, 1};
    must(sw_document_put(store, SW_DOCUMENT_PLAYLISTS, version, &document) == SW_STORE_OK, "playlists");
    note(in, "kept %" PRId64 "\n", version);
    sw_store_close(store);
}

/* As the follower does where the player says what is on. */
static void choose(const struct stand_in *in, int64_t number, int64_t bad)
{
    struct sw_store_state state;
    struct sw_generation generation;
    struct sw_manifest manifest;
    struct sw_diags diags;
    struct sw_store *store = open_store(in);
    enum sw_store_status status = sw_store_state_read(store, &state);
    must(status == SW_STORE_OK || status == SW_STORE_MISSING, "state");
    if (bad != 0) {
        sw_store_state_mark(&state, bad, SW_MARK_BAD);
        must(sw_store_state_write(store, &state) == SW_STORE_OK, "state");
    }
    if (number != 0 && state.current != number) {
        sw_diags_init(&diags);
        must(sw_generation_load(store, number, &generation) == SW_STORE_OK, "generation");
        must(sw_manifest_read(generation.manifest, generation.manifest_length, "m", NULL, &manifest, &diags), "manifest");
        must(sw_generation_select(store, number, &manifest.statement) == SW_STORE_OK, "select");
    }
    sw_store_close(store);
}

/* -- the player -- */

static void tell(struct stand_in *in, const struct sw_notice *notice)
{
    if (in->end >= 0 && notice->type != 0)
        (void)!sw_notice_send(in->end, notice);
}

static void offer(struct stand_in *in, int64_t number, sw_instant activate)
{
    in->release = (struct sw_notice){.type = SW_NOTICE_RELEASE, .number = number, .version = number, .activate = activate};
    tell(in, &in->release);
}

static void hear(struct stand_in *in)
{
    struct sw_notice notice;
    enum sw_message_status status;
    while (in->end >= 0 && (status = sw_notice_receive(in->end, SW_NOTICE_PLAYER, &notice)) != SW_MESSAGE_AGAIN) {
        if (status == SW_MESSAGE_CLOSED) {
            close(in->end);
            in->end = -1;
            note(in, "gone\n");
            return;
        }
        if (notice.type == SW_NOTICE_PLAYS && !in->keeps_nothing)
            choose(in, notice.number, notice.instead_of);
        if (notice.type == SW_NOTICE_TRYING && notice.number == in->tried)
            offer(in, in->instead, 0);
        static const char *const names[] = {
            [SW_NOTICE_TRYING] = "trying", [SW_NOTICE_PLAYS] = "plays", [SW_NOTICE_REFUSED] = "refused", [SW_NOTICE_GOOD] = "good",
            [SW_NOTICE_LOOK] = "look"};
        note(in, "%s %" PRId64 " %" PRId64 "%s%s\n", names[notice.type], notice.number, notice.playlists, notice.text[0] != '\0' ? " " : "",
             notice.text);
    }
}

static void read_link(struct stand_in *in)
{
    struct sw_link_message message;
    int fd = -1;
    enum sw_message_status status;
    while ((status = sw_link_receive(SW_LINK_FD, &message, &fd)) == SW_MESSAGE_OK) {
        if (message.type != SW_LINK_PEER || message.peer != SW_LINK_NOTICE) {
            if (fd >= 0)
                close(fd);
            continue;
        }
        hear(in);
        if (in->end >= 0)
            close(in->end);
        in->end = fd;
        tell(in, &in->release);
        tell(in, &in->playlists);
    }
    if (status == SW_MESSAGE_CLOSED)
        exit(0);
}

/* -- orders -- */

static sw_instant in_seconds(int64_t seconds) { return seconds != 0 ? sw_instant_now() + seconds * SW_SECOND : 0; }

/* Any notice of its kind, well formed. */
static struct sw_notice any_notice(const char *kind, int64_t i)
{
    static const char *const kinds[] = {"progress", "release", "playlists", "contact", "keys"};
    struct sw_notice notice = {.type = SW_NOTICE_PROGRESS};
    if (strcmp(kind, "all") == 0)
        kind = kinds[i % 5];
    if (strcmp(kind, "progress") == 0)
        notice = (struct sw_notice){.type = SW_NOTICE_PROGRESS, .phase = SW_NOTICE_OBJECTS, .done_bytes = i, .all_bytes = i * 2};
    else if (strcmp(kind, "release") == 0)
        notice = (struct sw_notice){.type = SW_NOTICE_RELEASE, .number = i % 7 + 1, .version = i + 1, .trusted = i};
    else if (strcmp(kind, "playlists") == 0)
        notice = (struct sw_notice){.type = SW_NOTICE_PLAYLISTS, .playlists = i % 5};
    else if (strcmp(kind, "contact") == 0)
        notice = (struct sw_notice){.type = SW_NOTICE_CONTACT, .contact = i};
    else if (strcmp(kind, "keys") == 0)
        notice = (struct sw_notice){.type = SW_NOTICE_KEYS, .version = i + 1, .list_ends = i};
    if (notice.type == SW_NOTICE_PROGRESS || notice.type == SW_NOTICE_CONTACT)
        memset(notice.text, 'a' + (int)(i % 26), sizeof notice.text - 1);
    return notice;
}

static void flood(struct stand_in *in, const char *kind, int64_t count)
{
    static const char nonsense[SW_MESSAGE_MAX] = "nonsense";
    for (int64_t i = 1; i <= count && in->end >= 0; i++) {
        struct sw_notice notice = any_notice(kind, i);
        struct pollfd poller = {.fd = in->end, .events = POLLOUT};
        enum sw_message_status status;
        while ((status = strcmp(kind, "nonsense") == 0 ? sw_message_send(in->end, nonsense, (size_t)(i % SW_MESSAGE_MAX) + 1, -1)
                                                       : sw_notice_send(in->end, &notice)) == SW_MESSAGE_AGAIN)
            (void)poll(&poller, 1, 100);
        if (i % 64 == 0)
            sw_link_heartbeat(SW_LINK_FD);
        if (status == SW_MESSAGE_CLOSED)
            break;
    }
}

static void obey(struct stand_in *in, char *line)
{
    char folder[512], wall[128], key[512];
    int64_t number = 0, other = 0, third = 0, fourth = 0;
    int at = 0;
    line[strcspn(line, "\n")] = '\0';
    if (sscanf(line, "import %511s %127s %" SCNd64, folder, wall, &number) == 3) {
        import(in, folder, wall, number);
    } else if (sscanf(line, "operate %511s %511s %" SCNd64, folder, key, &number) == 3) {
        bring_playlists(in, folder, key, number);
    } else if (sscanf(line, "select %" SCNd64, &number) == 1) {
        choose(in, number, 0);
    } else if (sscanf(line, "bad %" SCNd64, &number) == 1) {
        choose(in, 0, number);
    } else if (sscanf(line, "release %" SCNd64 " %" SCNd64, &number, &other) == 2) {
        offer(in, number, in_seconds(other));
    } else if (sscanf(line, "instead %" SCNd64 " %" SCNd64, &in->tried, &in->instead) == 2) {
        must(in->tried > 0 && in->instead > 0, line);
    } else if (sscanf(line, "playlists %" SCNd64, &number) == 1) {
        in->playlists = (struct sw_notice){.type = SW_NOTICE_PLAYLISTS, .playlists = number};
        tell(in, &in->playlists);
    } else if (sscanf(line, "progress %" SCNd64 " %" SCNd64 " %n", &number, &other, &at) == 2) {
        struct sw_notice progress = {.type = SW_NOTICE_PROGRESS, .phase = SW_NOTICE_OBJECTS, .done_bytes = number, .all_bytes = other};
        snprintf(progress.text, sizeof progress.text, "%s", line + at);
        tell(in, &progress);
    } else if (sscanf(line, "contact %" SCNd64 " %n", &number, &at) == 1) {
        struct sw_notice contact = {.type = SW_NOTICE_CONTACT, .contact = in_seconds(-number)};
        snprintf(contact.text, sizeof contact.text, "%s", line + at);
        tell(in, &contact);
    } else if (sscanf(line, "keys %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64, &number, &other, &third, &fourth) == 4) {
        struct sw_notice keys = {.type = SW_NOTICE_KEYS, .version = number};
        keys.list_ends = in_seconds(other), keys.publishing_end = in_seconds(third), keys.operating_end = in_seconds(fourth);
        tell(in, &keys);
    } else if (sscanf(line, "flood %127s %" SCNd64, wall, &number) == 2) {
        flood(in, wall, number);
    } else if (strcmp(line, "keep nothing") == 0) {
        in->keeps_nothing = true;
    } else if (strcmp(line, "die") == 0) {
        must(truncate(in->orders_path, 0) == 0, in->orders_path); /* the next one gets its own */
        note(in, "dies\n");
        _exit(7);
    } else {
        must(line[0] == '\0', line);
    }
    note(in, "done %s\n", line);
}

/* Whole lines only. */
static void read_orders(struct stand_in *in)
{
    char line[2048];
    long at = ftell(in->orders);
    while (fgets(line, sizeof line, in->orders) != NULL && strchr(line, '\n') != NULL) {
        obey(in, line);
        at = ftell(in->orders);
    }
    clearerr(in->orders);
    (void)fseek(in->orders, at, SEEK_SET);
}

int main(int count, char **arguments)
{
    struct stand_in in = {.folder = getenv("SW_STAND_IN"), .end = -1};
    bool follows = count > 1 && strcmp(arguments[1], "follow") == 0;
    must(in.folder != NULL && sw_crypto_start(), "$SW_STAND_IN");
    snprintf(in.cache, sizeof in.cache, "%s/cache", in.folder);
    snprintf(in.orders_path, sizeof in.orders_path, "%s/orders", in.folder);
    in.orders = fopen(in.orders_path, "r");
    must(in.orders != NULL, in.orders_path);
    for (int i = 1; i + 1 < count && !follows; i++)
        if (strcmp(arguments[i], "--generation") == 0)
            note(&in, "courier %s\n", arguments[i + 1]);
    if (follows)
        note(&in, "begins\n");
    for (;;) {
        struct pollfd fds[] = {{.fd = SW_LINK_FD, .events = POLLIN}, {.fd = in.end, .events = POLLIN}};
        sw_link_heartbeat(SW_LINK_FD);
        (void)poll(fds, SW_COUNT(fds), 20);
        read_link(&in);
        hear(&in);
        if (follows)
            read_orders(&in);
    }
}
