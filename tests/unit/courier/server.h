/* SPDX-License-Identifier: EUPL-1.2 */
/* A server of a test's own, which answers by path and remembers what it was sent; and whoever asks it. After cmocka.h. */
#ifndef SW_TESTS_COURIER_SERVER_H
#define SW_TESTS_COURIER_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "courier/http.h"

struct server {
    int listener, port;
    pthread_t thread;
    pthread_mutex_t lock;
    char heard[8192];                        /* guarded by lock: the last one's head */
    const char *(*answer)(const char *path); /* called by the thread */
};

static inline bool server_is_whole(const char *head)
{
    return strstr(head, "\r\n\r\n") != NULL && (strncmp(head, "POST", 4) != 0 || strstr(head, "grant_type") != NULL);
}

static inline void *server_run(void *context)
{
    struct server *server = context;
    static char head[sizeof server->heard];
    int connection;
    while ((connection = accept(server->listener, NULL, NULL)) >= 0) {
        size_t used = 0;
        ssize_t length;
        char path[256] = "";
        head[0] = '\0';
        while (!server_is_whole(head) && (length = read(connection, head + used, sizeof head - 1 - used)) > 0)
            head[used += (size_t)length] = '\0';
        (void)sscanf(head, "%*s %255s", path);
        pthread_mutex_lock(&server->lock);
        memcpy(server->heard, head, sizeof head);
        pthread_mutex_unlock(&server->lock);
        const char *text = server->answer(path);
        ssize_t written = write(connection, text, strlen(text));
        (void)written;
        close(connection);
    }
    return NULL;
}

/* `answer` says the whole answer to a path, with its head. */
static inline void server_open(struct server *server, const char *(*answer)(const char *path))
{
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    *server = (struct server){.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), .answer = answer};
    assert_int_equal(pthread_mutex_init(&server->lock, NULL), 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&place, sizeof place), 0);
    assert_int_equal(listen(server->listener, 64), 0);
    assert_int_equal(getsockname(server->listener, (struct sockaddr *)&place, &size), 0);
    server->port = ntohs(place.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, server_run, server), 0);
}

static inline void server_close(struct server *server)
{
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
    pthread_mutex_destroy(&server->lock);
}

/* Whether the last head that was sent to it has this text. */
static inline bool server_heard(struct server *server, const char *text)
{
    pthread_mutex_lock(&server->lock);
    bool found = strstr(server->heard, text) != NULL;
    pthread_mutex_unlock(&server->lock);
    return found;
}

static inline void turn_until_idle(struct sw_http *http)
{
    while (sw_http_pending(http) > 0)
        sw_http_turn(http, NULL, 0, 1000);
}

#endif
