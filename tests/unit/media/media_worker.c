/* SPDX-License-Identifier: EUPL-1.2 */
/* Workers that die, lie or talk nonsense. Where a worker has to misbehave, the test plays it. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/message.h"
#include "base/shared.h"
#include "house.h"
#include "worker/request.h"

#define SENT_MOST 4 /* requests that a worker gets before it has answered one */

static struct sample_file picture(void)
{
    struct sample sample = sample_quarters(12, 8);
    struct sample_file file = sample_png(&sample, SAMPLE_PNG_RGBA, false);
    sample_finish(&sample);
    return file;
}

static int set_up(void **state)
{
    struct house *house = malloc(sizeof *house);
    house_open(house, 0);
    house_put(house, "a.png", picture());
    *state = house;
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    free(*state);
    return 0;
}

/* Becomes the picture worker: our end of a pair whose other end media gets. */
static int become_worker(struct house *house)
{
    int ends[2];
    assert_true(sw_message_pair(ends));
    struct sw_link_message message = {.type = SW_LINK_PEER, .peer = SW_LINK_PICTURE};
    assert_int_equal(sw_link_send(house->link, message, ends[0]), SW_MESSAGE_OK);
    close(ends[0]);
    return ends[1];
}

static void wait_readable(int fd)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&poller, 1, 30000), 1);
}

static struct sw_worker_request next_request(int end)
{
    struct sw_worker_request request;
    size_t length;
    int file;
    wait_readable(end);
    assert_int_equal(sw_message_receive(end, &request, sizeof request, &length, &file), SW_MESSAGE_OK);
    assert_int_equal(length, sizeof request);
    assert_true(file >= 0);
    assert_true(sw_worker_request_valid(&request));
    char magic[4];
    assert_int_equal(pread(file, magic, 4, 0), 4); /* it can be read ... */
    assert_int_equal(write(file, magic, 4), -1);   /* ... and nothing else */
    close(file);
    return request;
}

static struct sw_worker_reply good_reply(const struct sw_worker_request *request)
{
    return (struct sw_worker_reply){.version = SW_WORKER_VERSION, .status = SW_WORKER_OK, .id = request->id, .kind = SW_PICTURE_PNG,
                                    .format = SW_PIXELS_XRGB, .picture_width = 12, .picture_height = 8, .width = request->width,
                                    .height = request->height, .stride = request->width * 4};
}

static int sealed(size_t size, bool seal)
{
    int fd;
    void *bytes;
    assert_true(sw_shared_create("test", size, &fd, &bytes));
    memset(bytes, 0xff, size);
    sw_shared_unmap(bytes, size);
    if (seal)
        assert_true(sw_shared_seal(fd));
    return fd;
}

static void send_reply(int end, const void *reply, size_t length, int fd)
{
    assert_int_equal(sw_message_send(end, reply, length, fd), SW_MESSAGE_OK);
    if (fd >= 0)
        close(fd);
}

/* Media has closed its end of this worker. */
static void assert_let_go(int end)
{
    struct pollfd poller = {.fd = end, .events = 0};
    assert_int_equal(poll(&poller, 1, 30000), 1);
    assert_true((poller.revents & POLLHUP) != 0);
    close(end);
}

static void assert_asks_for_another(struct house *house)
{
    struct sw_link_message message;
    int fd;
    wait_readable(house->link);
    assert_int_equal(sw_link_receive(house->link, &message, &fd), SW_MESSAGE_OK);
    assert_int_equal(message.type, SW_LINK_NEED);
    assert_int_equal(message.peer, SW_LINK_PICTURE);
}

static void a_reply_is_taken(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    int end = become_worker(house);
    house_get(house, "a.png", 6, 4, &bitmap);
    struct sw_worker_request request = next_request(end);
    assert_int_equal(request.width, 6);
    struct sw_worker_reply reply = good_reply(&request);
    send_reply(end, &reply, sizeof reply, sealed(6 * 4 * 4, true));
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 6, 4, &bitmap), SW_ASSET_READY);
    assert_int_equal(bitmap->pixels[0], 0xff);
    close(end);
}

/* Each is a reply that no worker of ours would give. Media lets go of it, asks for another, and the picture still comes. */
static void a_lie_ends_the_worker_not_the_picture(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    enum lie { WRONG_ID, SHORT, TWICE_AS_LONG, NO_PIXELS, NOT_SEALED, TOO_SMALL, TOO_LARGE, WRONG_SIZE, WRONG_STRIDE, WRONG_FORMAT,
               NO_PICTURE_BUT_PIXELS, NOT_MEMORY, UNASKED, LIES };
    for (enum lie lie = WRONG_ID; lie < LIES; lie++) {
        int end = become_worker(house), width = 10 + (int)lie;
        house_get(house, "a.png", width, 4, &bitmap);
        struct sw_worker_request request = next_request(end);
        struct sw_worker_reply reply[2] = {good_reply(&request), good_reply(&request)};
        size_t length = sizeof reply[0], size = (size_t)width * 4 * 4;
        int fd = -1;
        switch (lie) {
        case WRONG_ID: reply[0].id++; break;
        case SHORT: length--; break;
        case TWICE_AS_LONG: length *= 2; break;
        case NO_PIXELS: size = 0; break;
        case NOT_SEALED: fd = sealed(size, false); break;
        case TOO_SMALL: size -= 4; break;
        case TOO_LARGE: size += 4096; break;
        case WRONG_SIZE: reply[0].width++; break;
        case WRONG_STRIDE: reply[0].stride = 1 << 24; break;
        case WRONG_FORMAT: reply[0].format = 77; break;
        case NO_PICTURE_BUT_PIXELS: reply[0].status = SW_WORKER_DAMAGED; break;
        case NOT_MEMORY: fd = dup(STDERR_FILENO); break;
        case UNASKED: reply[1] = reply[0]; break;
        case LIES: break;
        }
        if (fd < 0 && size > 0)
            fd = sealed(size, true);
        send_reply(end, reply, length, fd);
        if (lie == UNASKED)
            send_reply(end, &reply[1], length, sealed(size, true));
        assert_let_go(end);
        if (lie == UNASKED) { /* the first one was good */
            house_settle(house);
        } else {
            if (lie != TWICE_AS_LONG) /* that is the end of the connection, and of a worker of ours */
                assert_asks_for_another(house);
            house_start(house, SW_LINK_PICTURE);
            house_settle(house);
            house_kill(house, SW_LINK_PICTURE);
        }
        assert_int_equal(house_get(house, "a.png", width, 4, &bitmap), SW_ASSET_READY);
    }
}

static void what_a_worker_dies_of_twice_has_failed(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    for (int death = 0; death < 2; death++) {
        int end = become_worker(house);
        if (death == 0)
            house_get(house, "a.png", 6, 4, &bitmap);
        assert_int_equal(next_request(end).width, 6);
        assert_int_equal(house_get(house, "a.png", 6, 4, &bitmap), SW_ASSET_PENDING);
        close(end);
    }
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 6, 4, &bitmap), SW_ASSET_FAILED);
    assert_int_equal(house->needs[SW_LINK_PICTURE], 0); /* a supervisor sees deaths by itself */
}

/* Of several under way, the oldest is what it died of; that one goes behind all others, which lose nothing. */
static void the_others_do_not_suffer(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    int end = become_worker(house);
    for (int width = 1; width <= 6; width++)
        house_get(house, "a.png", width, 4, &bitmap);
    for (int i = 0; i < SENT_MOST; i++)
        assert_int_equal(next_request(end).width, 1 + i);
    close(end);
    end = become_worker(house);
    static const int order[] = {2, 3, 4, 5, 6, 1};
    for (size_t i = 0; i < SW_COUNT(order); i++) {
        struct sw_worker_request request = next_request(end);
        assert_int_equal(request.width, order[i]);
        if (request.width == 1)
            break;
        struct sw_worker_reply reply = good_reply(&request);
        send_reply(end, &reply, sizeof reply, sealed((size_t)request.width * 4 * 4, true));
    }
    close(end);
    house_settle(house);
    for (int width = 2; width <= 6; width++)
        assert_int_equal(house_get(house, "a.png", width, 4, &bitmap), SW_ASSET_READY);
    assert_int_equal(house_get(house, "a.png", 1, 4, &bitmap), SW_ASSET_FAILED);
}

static void no_more_than_a_few_are_under_way(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    struct sw_worker_request requests[20];
    int end = become_worker(house), read = 0;
    for (int width = 1; width <= 20; width++)
        house_get(house, "a.png", width, 4, &bitmap);
    for (int answered = 0; answered < 20; answered++) {
        while (read < 20 && read < answered + SENT_MOST) {
            requests[read] = next_request(end);
            assert_int_equal(requests[read].width, read + 1);
            read++;
        }
        struct pollfd poller = {.fd = end, .events = POLLIN};
        assert_int_equal(poll(&poller, 1, 2), 0);
        struct sw_worker_reply reply = good_reply(&requests[answered]);
        send_reply(end, &reply, sizeof reply, sealed((size_t)reply.width * 4 * 4, true));
    }
    house_settle(house);
    for (int width = 1; width <= 20; width++)
        assert_int_equal(house_get(house, "a.png", width, 4, &bitmap), SW_ASSET_READY);
    close(end);
}

/* Real workers, killed again and again at whatever they are doing. Each picture comes unless two of them were killed over it. */
static void pictures_survive_their_workers(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    house_start(house, SW_LINK_PICTURE);
    int failed = 0;
    for (int round = 0; round < 50; round++) {
        for (int width = 1; width <= 5; width++)
            house_get(house, "a.png", width + 10 * round, 400, &bitmap);
        house_start(house, SW_LINK_PICTURE);
        house_settle(house);
        for (int width = 1; width <= 5; width++) {
            enum sw_asset_state now = house_get(house, "a.png", width + 10 * round, 400, &bitmap);
            failed += now == SW_ASSET_FAILED;
            assert_int_not_equal(now, SW_ASSET_PENDING);
        }
    }
    assert_int_equal(failed, 0); /* one kill a round */
}

int main(void)
{
#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        HOUSE_TEST(a_reply_is_taken),
        HOUSE_TEST(a_lie_ends_the_worker_not_the_picture),
        HOUSE_TEST(what_a_worker_dies_of_twice_has_failed),
        HOUSE_TEST(the_others_do_not_suffer),
        HOUSE_TEST(no_more_than_a_few_are_under_way),
        HOUSE_TEST(pictures_survive_their_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
