/* SPDX-License-Identifier: EUPL-1.2 */
/* Bytes as a record of the follower and as one of the player: refused, or one that can be sent again and arrives the same. */
#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "store/notice.h"

static void try_side(const int ends[2], enum sw_notice_side from, const uint8_t *bytes, size_t length)
{
    struct sw_notice notice, again;
    enum sw_message_status status = sw_message_send(ends[0], bytes, length, -1);
    assert(status == SW_MESSAGE_OK);
    status = sw_notice_receive(ends[1], from, &notice);
    assert(status != SW_MESSAGE_AGAIN);
    if (status == SW_MESSAGE_CLOSED)
        return;
    assert(sw_utf8_is_line(notice.text, sizeof notice.text) && notice.done_bytes <= notice.all_bytes && notice.number >= 0);
    status = sw_notice_send(ends[0], &notice);
    assert(status == SW_MESSAGE_OK);
    status = sw_notice_receive(ends[1], from, &again);
    assert(status == SW_MESSAGE_OK && again.type == notice.type && again.number == notice.number && again.contact == notice.contact);
    assert(again.all_objects == notice.all_objects && strcmp(again.text, notice.text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    int ends[2];
    if (length == 0 || length > SW_MESSAGE_MAX || !sw_message_pair(ends))
        return 0;
    try_side(ends, SW_NOTICE_FOLLOWER, bytes, length);
    try_side(ends, SW_NOTICE_PLAYER, bytes, length);
    close(ends[0]);
    close(ends[1]);
    return 0;
}
