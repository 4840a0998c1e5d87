/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/message.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS_ROOM 4 /* seen at once, so that a peer who sends two is told from one who sends one */

/* The control part of a message, aligned for its head. */
union control {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(FDS_ROOM * sizeof(int))];
};

bool sw_message_pair(int ends[2])
{
    int made[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, made) != 0) {
        return false;
    }
    ends[0] = made[0];
    ends[1] = made[1];
    return true;
}

enum sw_message_status sw_message_send(int end, const void *bytes, size_t length, int fd)
{
    /* a message of no bytes could not be told from the end of the connection */
    assert(length > 0 && length <= SW_MESSAGE_MAX);
    char copy[SW_MESSAGE_MAX];
    memcpy(copy, bytes, length);
    struct iovec part = {.iov_base = copy, .iov_len = length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    union control control;
    if (fd >= 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(sizeof fd);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
    }
    ssize_t sent;
    do {
        sent = sendmsg(end, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0) {
        return SW_MESSAGE_OK;
    }
    bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS || errno == ENOMEM || errno == ETOOMANYREFS;
    return later ? SW_MESSAGE_AGAIN : SW_MESSAGE_CLOSED;
}

/* The descriptors that came with `message`, at most FDS_ROOM; returns how many. */
static size_t take_fds(struct msghdr *message, int fds[FDS_ROOM])
{
    size_t count = 0;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head != NULL; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        size_t here = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < here && count < FDS_ROOM; i++) {
            memcpy(&fds[count++], CMSG_DATA(head) + i * sizeof(int), sizeof(int));
        }
    }
    return count;
}

enum sw_message_status sw_message_receive(int end, void *bytes, size_t capacity, size_t *length, int *fd)
{
    struct iovec part = {.iov_base = bytes, .iov_len = capacity};
    union control control;
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t received;
    do {
        received = recvmsg(end, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
        /* a peer that went without having read all that we sent is reported once, in front of what it said before */
    } while (received < 0 && (errno == EINTR || errno == ECONNRESET));
    if (received < 0) {
        return errno == EAGAIN || errno == EWOULDBLOCK ? SW_MESSAGE_AGAIN : SW_MESSAGE_CLOSED;
    }
    int fds[FDS_ROOM];
    size_t count = take_fds(&message, fds);
    if (received == 0 || count > 1 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        for (size_t i = 0; i < count; i++) {
            close(fds[i]);
        }
        return SW_MESSAGE_CLOSED;
    }
    *length = (size_t)received;
    *fd = count == 1 ? fds[0] : -1;
    return SW_MESSAGE_OK;
}
