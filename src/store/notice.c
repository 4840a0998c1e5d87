/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/notice.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "store/statement.h"

#define MARK 0x53574E4Fu /* "SWNO" */
#define NUMBER_MAX ((int64_t)SW_VERSION_MAX)
#define INSTANT_MAX (253402300799 * SW_SECOND) /* where signed documents end (store/moment.h) */

enum field {
    NUMBER = 1 << 0,
    VERSION = 1 << 1,
    PLAYLISTS = 1 << 2,
    INSTEAD_OF = 1 << 3,
    ACTIVATE = 1 << 4,
    TRUSTED = 1 << 5,
    CONTACT = 1 << 6,
    PROGRESS = 1 << 7,
    TEXT = 1 << 8,
    ENDS = 1 << 9,
};

/* Whose to say a type is, and which fields it has. */
static const struct {
    enum sw_notice_side from;
    unsigned fields;
} types[] = {
    [SW_NOTICE_PROGRESS] = {SW_NOTICE_FOLLOWER, PROGRESS | TEXT},
    [SW_NOTICE_RELEASE] = {SW_NOTICE_FOLLOWER, NUMBER | VERSION | ACTIVATE | TRUSTED},
    [SW_NOTICE_PLAYLISTS] = {SW_NOTICE_FOLLOWER, PLAYLISTS},
    [SW_NOTICE_CONTACT] = {SW_NOTICE_FOLLOWER, CONTACT | TEXT},
    [SW_NOTICE_KEYS] = {SW_NOTICE_FOLLOWER, VERSION | ENDS},
    [SW_NOTICE_TRYING] = {SW_NOTICE_PLAYER, NUMBER | PLAYLISTS},
    [SW_NOTICE_PLAYS] = {SW_NOTICE_PLAYER, NUMBER | PLAYLISTS | INSTEAD_OF},
    [SW_NOTICE_REFUSED] = {SW_NOTICE_PLAYER, NUMBER | PLAYLISTS | TEXT},
    [SW_NOTICE_GOOD] = {SW_NOTICE_PLAYER, NUMBER},
    [SW_NOTICE_LOOK] = {SW_NOTICE_PLAYER, 0},
};

/* The values of a record in their order, with the range of each where the type has it. */
static const struct {
    enum field field;
    size_t offset; /* in struct sw_notice */
    int64_t least, most;
} values[] = {
    {NUMBER, offsetof(struct sw_notice, number), 1, NUMBER_MAX},
    {VERSION, offsetof(struct sw_notice, version), 1, NUMBER_MAX},
    {PLAYLISTS, offsetof(struct sw_notice, playlists), 0, NUMBER_MAX},
    {INSTEAD_OF, offsetof(struct sw_notice, instead_of), 0, NUMBER_MAX},
    {ACTIVATE, offsetof(struct sw_notice, activate), 0, INSTANT_MAX},
    {TRUSTED, offsetof(struct sw_notice, trusted), 0, INSTANT_MAX},
    {CONTACT, offsetof(struct sw_notice, contact), 0, INSTANT_MAX},
    {ENDS, offsetof(struct sw_notice, list_ends), 0, INSTANT_MAX},
    {ENDS, offsetof(struct sw_notice, publishing_end), 0, INSTANT_MAX},
    {ENDS, offsetof(struct sw_notice, operating_end), 0, INSTANT_MAX},
    {PROGRESS, offsetof(struct sw_notice, done_bytes), 0, SW_NOTICE_BYTES_MAX},
    {PROGRESS, offsetof(struct sw_notice, all_bytes), 0, SW_NOTICE_BYTES_MAX},
    {PROGRESS, offsetof(struct sw_notice, done_objects), 0, SW_NOTICE_OBJECTS_MAX},
    {PROGRESS, offsetof(struct sw_notice, all_objects), 0, SW_NOTICE_OBJECTS_MAX},
};

/* As it is sent, without padding; both ends are of one build on one machine. */
struct record {
    uint32_t mark, version, type, phase;
    int64_t values[SW_COUNT(values)];
    char text[SW_NOTICE_TEXT_MAX];
};
_Static_assert(sizeof(struct record) == 16 + 8 * SW_COUNT(values) + SW_NOTICE_TEXT_MAX, "no padding");
_Static_assert(sizeof(struct record) <= SW_MESSAGE_MAX, "a record is one message");

/* Of the key that lasts longest. */
static sw_instant end_of(const struct sw_keyring *keyring, enum sw_key_role role)
{
    sw_instant end = 0;
    for (size_t i = 0; i < keyring->key_counts[role]; i++) {
        sw_instant until = keyring->keys[role][i].until;
        if (until == SW_NEVER)
            return 0;
        end = until > end ? until : end;
    }
    return end;
}

struct sw_notice sw_notice_keys(const struct sw_keyring *keyring)
{
    return (struct sw_notice){.type = SW_NOTICE_KEYS,
                              .version = keyring->version,
                              .list_ends = keyring->expires != SW_NEVER ? keyring->expires : 0,
                              .publishing_end = end_of(keyring, SW_KEY_PUBLISHING),
                              .operating_end = end_of(keyring, SW_KEY_OPERATING)};
}

enum sw_message_status sw_notice_send(int end, const struct sw_notice *notice)
{
    struct record record = {.mark = MARK, .version = SW_NOTICE_VERSION, .type = (uint32_t)notice->type, .phase = (uint32_t)notice->phase};
    for (size_t i = 0; i < SW_COUNT(values); i++)
        memcpy(&record.values[i], (const char *)notice + values[i].offset, sizeof record.values[i]);
    sw_utf8_put_line(record.text, sizeof record.text, notice->text);
    return sw_message_send(end, &record, sizeof record, -1);
}

static bool values_valid(const struct record *record, unsigned fields)
{
    for (size_t i = 0; i < SW_COUNT(values); i++) {
        bool has = (fields & values[i].field) != 0;
        if (record->values[i] < (has ? values[i].least : 0) || record->values[i] > (has ? values[i].most : 0))
            return false;
    }
    return true;
}

static bool valid(const struct record *record, size_t length, enum sw_notice_side from)
{
    if (length != sizeof *record || record->mark != MARK || record->version != SW_NOTICE_VERSION || record->type == 0 ||
        record->type >= SW_COUNT(types) || types[record->type].from != from)
        return false;
    unsigned fields = types[record->type].fields;
    return record->phase <= ((fields & PROGRESS) != 0 ? SW_NOTICE_WAITING : 0) && values_valid(record, fields) &&
           sw_utf8_is_line(record->text, sizeof record->text) && ((fields & TEXT) != 0 || record->text[0] == '\0');
}

static bool consistent(const struct sw_notice *notice)
{
    return notice->done_bytes <= notice->all_bytes && notice->done_objects <= notice->all_objects &&
           (notice->instead_of == 0 || notice->instead_of != notice->number);
}

enum sw_message_status sw_notice_receive(int end, enum sw_notice_side from, struct sw_notice *out)
{
    struct record record;
    size_t length = 0;
    int fd = -1;
    enum sw_message_status status = sw_message_receive(end, &record, sizeof record, &length, &fd);
    if (status != SW_MESSAGE_OK)
        return status;
    if (fd >= 0) {
        close(fd);
        return SW_MESSAGE_CLOSED;
    }
    if (!valid(&record, length, from))
        return SW_MESSAGE_CLOSED;
    struct sw_notice notice = {.type = (enum sw_notice_type)record.type, .phase = (enum sw_notice_phase)record.phase};
    for (size_t i = 0; i < SW_COUNT(values); i++)
        memcpy((char *)&notice + values[i].offset, &record.values[i], sizeof record.values[i]);
    memcpy(notice.text, record.text, sizeof notice.text);
    if (!consistent(&notice))
        return SW_MESSAGE_CLOSED;
    *out = notice;
    return SW_MESSAGE_OK;
}
