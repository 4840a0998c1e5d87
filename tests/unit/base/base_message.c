/* SPDX-License-Identifier: EUPL-1.2 */
/* Messages between roles, and what a broken peer may send. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"
#include "own_process.h"

static int count_open(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

static int open_before;
static int ends[2];

static int make_pair(void **state)
{
    (void)state;
    open_before = count_open();
    return !sw_message_pair(ends);
}

/* Nothing that a test received may be left open. */
static int drop_pair(void **state)
{
    (void)state;
    close(ends[0]);
    close(ends[1]);
    return count_open() != open_before;
}

static enum sw_message_status receive(char *bytes, size_t capacity, size_t *length, int *fd)
{
    *length = 4711;
    *fd = 4711;
    return sw_message_receive(ends[1], bytes, capacity, length, fd);
}

static void messages_keep_their_bounds(void **state)
{
    (void)state;
    char bytes[SW_MESSAGE_MAX], large[SW_MESSAGE_MAX];
    size_t length;
    int fd;
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_AGAIN);
    assert_int_equal(length, 4711); /* untouched */
    memset(large, 'x', sizeof large);
    assert_int_equal(sw_message_send(ends[0], "one", 3, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_message_send(ends[0], "second", 6, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_message_send(ends[0], large, sizeof large, -1), SW_MESSAGE_OK);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    assert_int_equal(length, 3);
    assert_int_equal(fd, -1);
    assert_memory_equal(bytes, "one", 3);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    assert_memory_equal(bytes, "second", 6);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    assert_int_equal(length, SW_MESSAGE_MAX);
    assert_memory_equal(bytes, large, sizeof large);
    assert_int_equal(sw_message_send(ends[1], "back", 4, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_message_receive(ends[0], bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    assert_int_equal(length, 4);
}

static void the_ends_are_private_and_do_not_block(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(fcntl(ends[i], F_GETFD), FD_CLOEXEC);
        assert_true((fcntl(ends[i], F_GETFL) & O_NONBLOCK) != 0);
    }
}

static void a_descriptor_crosses(void **state)
{
    (void)state;
    char bytes[16], read_back[5] = "";
    size_t length;
    int fd, pipe_ends[2];
    assert_int_equal(pipe(pipe_ends), 0);
    assert_int_equal(sw_message_send(ends[0], "pipe", 4, pipe_ends[0]), SW_MESSAGE_OK);
    close(pipe_ends[0]);
    assert_int_equal(write(pipe_ends[1], "Rhein", 5), 5);
    close(pipe_ends[1]);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    assert_int_equal(length, 4);
    assert_true(fd >= 0);
    assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
    assert_int_equal(read(fd, read_back, 5), 5);
    assert_memory_equal(read_back, "Rhein", 5);
    close(fd);
}

static void an_oversized_message_closes(void **state)
{
    (void)state;
    char bytes[16];
    size_t length;
    int fd;
    assert_int_equal(sw_message_send(ends[0], "0123456789abcdefg", 17, STDIN_FILENO), SW_MESSAGE_OK);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_CLOSED);
    assert_int_equal(fd, 4711);
    assert_int_equal(sw_message_send(ends[0], "0123456789abcdef", 16, -1), SW_MESSAGE_OK);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
}

static void send_raw(const int *fds, size_t count)
{
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(16 * sizeof(int))];
    } control;
    char raw[] = "raw";
    struct iovec part = {.iov_base = raw, .iov_len = 3};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control};
    memset(&control, 0, sizeof control);
    message.msg_controllen = CMSG_SPACE(count * sizeof(int));
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    control.head.cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(&control.head), fds, count * sizeof(int));
    assert_int_equal(sendmsg(ends[0], &message, 0), 3);
}

static void more_than_one_descriptor_closes(void **state)
{
    (void)state;
    static const size_t counts[] = {2, 3, 4, 5, 16};
    static const int fds[16] = {0};
    char bytes[16];
    size_t length;
    int fd;
    for (size_t i = 0; i < SW_COUNT(counts); i++) {
        send_raw(fds, counts[i]);
        assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_CLOSED);
        assert_int_equal(fd, 4711);
    }
}

static void a_gone_peer_closes(void **state)
{
    (void)state;
    char bytes[16];
    size_t length;
    int fd;
    assert_int_equal(sw_message_send(ends[0], "last", 4, -1), SW_MESSAGE_OK);
    close(ends[0]);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK); /* what was sent before still comes */
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_CLOSED);
    assert_int_equal(sw_message_send(ends[1], "x", 1, -1), SW_MESSAGE_CLOSED);
    ends[0] = dup(STDIN_FILENO); /* for drop_pair */
}

/* What a peer said before it went is heard, even if it went without having read what we sent. */
static void a_gone_peers_last_words_are_heard(void **state)
{
    (void)state;
    char bytes[16];
    size_t length;
    int fd;
    assert_int_equal(sw_message_send(ends[1], "unread", 6, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_message_send(ends[0], "first", 5, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_message_send(ends[0], "last", 4, -1), SW_MESSAGE_OK);
    close(ends[0]);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    assert_int_equal(length, 5);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    assert_int_equal(length, 4);
    assert_memory_equal(bytes, "last", 4);
    assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_CLOSED);
    ends[0] = dup(ends[1]);
}

static void a_slow_peer_is_told_from_a_gone_one(void **state)
{
    (void)state;
    char bytes[SW_MESSAGE_MAX] = "";
    size_t length, sent = 0;
    int fd;
    while (sw_message_send(ends[0], bytes, sizeof bytes, -1) == SW_MESSAGE_OK) {
        sent++;
    }
    assert_true(sent > 0);
    assert_int_equal(sw_message_send(ends[0], bytes, sizeof bytes, -1), SW_MESSAGE_AGAIN);
    for (size_t i = 0; i < sent; i++) {
        assert_int_equal(receive(bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    }
    assert_int_equal(sw_message_send(ends[0], bytes, sizeof bytes, -1), SW_MESSAGE_OK);
}

static int send_nothing(void)
{
    return sw_message_send(ends[0], "", 0, -1) == SW_MESSAGE_OK;
}

static int send_too_much(void)
{
    static const char bytes[SW_MESSAGE_MAX + 1];
    return sw_message_send(ends[0], bytes, sizeof bytes, -1) == SW_MESSAGE_OK;
}

static void our_own_faults_abort(void **state)
{
    (void)state;
    assert_true(aborts(send_nothing));
    assert_true(aborts(send_too_much));
}

#define WITH_PAIR(test) cmocka_unit_test_setup_teardown(test, make_pair, drop_pair)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PAIR(messages_keep_their_bounds),      WITH_PAIR(the_ends_are_private_and_do_not_block),
        WITH_PAIR(a_descriptor_crosses),            WITH_PAIR(an_oversized_message_closes),
        WITH_PAIR(more_than_one_descriptor_closes), WITH_PAIR(a_gone_peer_closes),
        WITH_PAIR(our_own_faults_abort),            WITH_PAIR(a_gone_peers_last_words_are_heard),
        WITH_PAIR(a_slow_peer_is_told_from_a_gone_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
