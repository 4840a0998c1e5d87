/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/link.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

/* As it crosses: of fixed size, without padding. */
struct record {
    uint32_t version, type, peer, reserved;
    int64_t number;
};

bool sw_link_present(void)
{
    struct stat status;
    int type = 0;
    socklen_t size = sizeof type;
    return fstat(SW_LINK_FD, &status) == 0 && S_ISSOCK(status.st_mode) &&
           getsockopt(SW_LINK_FD, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

enum sw_message_status sw_link_send(int end, struct sw_link_message message, int fd)
{
    struct record record = {.version = SW_LINK_VERSION, .type = message.type, .peer = message.peer, .number = message.number};
    return sw_message_send(end, &record, sizeof record, fd);
}

void sw_link_heartbeat(int end)
{
    enum sw_message_status status = sw_link_send(end, (struct sw_link_message){.type = SW_LINK_HEARTBEAT}, -1);
    (void)status; /* the next one will do */
}

static bool valid_number(const struct record *record)
{
    if (record->type == SW_LINK_LOG)
        return record->number >= SW_LOG_ERROR && record->number <= SW_LOG_DEBUG;
    if (record->type == SW_LINK_REPLAY)
        return record->number == 0 || record->number == 1;
    if (record->peer == SW_LINK_VIDEO && (record->type == SW_LINK_NEED || record->type == SW_LINK_PEER))
        return record->number >= 0 && record->number < SW_LINK_VIDEOS;
    bool counts = record->type == SW_LINK_SOURCES || record->type == SW_LINK_PLAYS || record->type == SW_LINK_TRIES;
    return record->number >= 0 && (record->number == 0 || counts);
}

static bool valid(const struct record *record, size_t length, int fd)
{
    return length == sizeof *record && record->version == SW_LINK_VERSION && record->type >= SW_LINK_HEARTBEAT &&
           record->type <= SW_LINK_REPLAY && record->peer < SW_LINK_PEERS && (fd >= 0) == (record->type == SW_LINK_PEER) &&
           valid_number(record);
}

enum sw_message_status sw_link_receive(int end, struct sw_link_message *message, int *fd)
{
    struct record record;
    size_t length;
    int came;
    enum sw_message_status status = sw_message_receive(end, &record, sizeof record, &length, &came);
    if (status != SW_MESSAGE_OK)
        return status;
    if (!valid(&record, length, came)) {
        if (came >= 0)
            close(came);
        return SW_MESSAGE_CLOSED;
    }
    *message = (struct sw_link_message){
        .type = (enum sw_link_type)record.type, .peer = (enum sw_link_peer)record.peer, .number = record.number};
    *fd = came;
    return SW_MESSAGE_OK;
}
