/* SPDX-License-Identifier: EUPL-1.2 */
/* What supervisor, player and couriers say to each other arrives as it was; what none of them would say ends the talk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/link.h"
#include "base/log.h"

/* The record by its offsets: version, type, peer, reserved (4 bytes each), number (8). */
#define BYTES 24

static void every_type_arrives(void **state)
{
    (void)state;
    int ends[2];
    assert_true(sw_message_pair(ends));
    for (int type = SW_LINK_HEARTBEAT; type <= SW_LINK_REPLAY; type++) {
        struct sw_link_message sent = {.type = (enum sw_link_type)type,
                                       .peer = SW_LINK_NOTICE,
                                       .number = type >= SW_LINK_SOURCES && type <= SW_LINK_TRIES ? INT64_C(9007199254740991)
                                                 : type == SW_LINK_LOG    ? SW_LOG_DEBUG
                                                 : type == SW_LINK_REPLAY ? 1
                                                                          : 0};
        struct sw_link_message got;
        int fd = -1;
        assert_int_equal(sw_link_send(ends[0], sent, type == SW_LINK_PEER ? ends[0] : -1), SW_MESSAGE_OK);
        assert_int_equal(sw_link_receive(ends[1], &got, &fd), SW_MESSAGE_OK);
        assert_true(got.type == sent.type && got.peer == sent.peer && got.number == sent.number);
        assert_int_equal(fd >= 0, type == SW_LINK_PEER);
        if (fd >= 0)
            close(fd);
    }
    close(ends[0]);
    close(ends[1]);
}

static void each_video_worker_has_its_number(void **state)
{
    (void)state;
    int ends[2];
    assert_true(sw_message_pair(ends));
    for (int64_t number = 0; number < SW_LINK_VIDEOS; number++) {
        struct sw_link_message got;
        int fd = -1;
        struct sw_link_message sent = {.type = SW_LINK_NEED, .peer = SW_LINK_VIDEO, .number = number};
        assert_int_equal(sw_link_send(ends[0], sent, -1), SW_MESSAGE_OK);
        assert_int_equal(sw_link_receive(ends[1], &got, &fd), SW_MESSAGE_OK);
        assert_true(got.type == SW_LINK_NEED && got.peer == SW_LINK_VIDEO && got.number == number && fd == -1);
        sent.type = SW_LINK_PEER;
        assert_int_equal(sw_link_send(ends[0], sent, ends[0]), SW_MESSAGE_OK);
        assert_int_equal(sw_link_receive(ends[1], &got, &fd), SW_MESSAGE_OK);
        assert_true(got.type == SW_LINK_PEER && got.peer == SW_LINK_VIDEO && got.number == number && fd >= 0);
        close(fd);
    }
    close(ends[0]);
    close(ends[1]);
}

struct forged {
    uint32_t version, type, peer, reserved;
    int64_t number;
};

static void what_nobody_says_ends_it(void **state)
{
    (void)state;
    static const struct {
        struct forged record;
        size_t length;
        bool descriptor;
    } cases[] = {
        {{SW_LINK_VERSION - 1, SW_LINK_HEARTBEAT, 0, 0, 0}, BYTES, false},
        {{SW_LINK_VERSION + 1, SW_LINK_HEARTBEAT, 0, 0, 0}, BYTES, false},
        {{SW_LINK_VERSION, 0, 0, 0, 0}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_REPLAY + 1, 0, 0, 0}, BYTES, false},
        {{SW_LINK_VERSION, UINT32_MAX, 0, 0, 0}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_NEED, SW_LINK_PEERS, 0, 0}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_NEED, UINT32_MAX, 0, 0}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_NEED, SW_LINK_SVG, 0, 1}, BYTES, false}, /* there is one of them */
        {{SW_LINK_VERSION, SW_LINK_NEED, SW_LINK_VIDEO, 0, SW_LINK_VIDEOS}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_NEED, SW_LINK_VIDEO, 0, -1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_PEER, SW_LINK_VIDEO, 0, SW_LINK_VIDEOS}, BYTES, true},
        {{SW_LINK_VERSION, SW_LINK_PEER, SW_LINK_NOTICE, 0, 1}, BYTES, true},
        {{SW_LINK_VERSION, SW_LINK_GOOD, SW_LINK_VIDEO, 0, 1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_HEARTBEAT, 0, 0, 0}, BYTES - 1, false},
        {{SW_LINK_VERSION, SW_LINK_HEARTBEAT, 0, 0, 0}, 16, false}, /* as version 3 had it */
        {{SW_LINK_VERSION, SW_LINK_HEARTBEAT, 0, 0, 0}, BYTES + 8, false},
        {{SW_LINK_VERSION, SW_LINK_HEARTBEAT, 0, 0, 1}, BYTES, false}, /* a number where none belongs */
        {{SW_LINK_VERSION, SW_LINK_SOURCES, 0, 0, -1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_SOURCES, 0, 0, INT64_MIN}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_PLAYS, 0, 0, -1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_TRIES, 0, 0, -1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_LOG, 0, 0, SW_LOG_ERROR - 1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_LOG, 0, 0, SW_LOG_DEBUG + 1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_REPLAY, 0, 0, 2}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_REPLAY, 0, 0, -1}, BYTES, false},
        {{SW_LINK_VERSION, SW_LINK_HEARTBEAT, 0, 0, 0}, BYTES, true}, /* and descriptors */
        {{SW_LINK_VERSION, SW_LINK_SOURCES, 0, 0, 1}, BYTES, true},
        {{SW_LINK_VERSION, SW_LINK_PEER, SW_LINK_FEED, 0, 0}, BYTES, false},
    };
    int ends[2];
    assert_true(sw_message_pair(ends));
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char bytes[BYTES + 8] = {0};
        struct sw_link_message got = {.number = 7};
        int fd = -1;
        memcpy(bytes, &cases[i].record, BYTES);
        assert_int_equal(sw_message_send(ends[0], bytes, cases[i].length, cases[i].descriptor ? ends[0] : -1), SW_MESSAGE_OK);
        if (sw_link_receive(ends[1], &got, &fd) != SW_MESSAGE_CLOSED || got.number != 7 || fd != -1)
            fail_msg("case %zu was taken", i);
    }
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_type_arrives), cmocka_unit_test(each_video_worker_has_its_number),
                                       cmocka_unit_test(what_nobody_says_ends_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
