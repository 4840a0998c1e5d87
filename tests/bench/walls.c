/* SPDX-License-Identifier: EUPL-1.2 */
/* Many walls that have nothing new to fetch: bench-walls ADDRESS COUNT EVERY_MS SECONDS CA ETAG
 * asks ADDRESS so often for each wall, with If-None-Match, each over a connection of its own that stays open (CA: whom TLS trusts).
 * Begins to count when each has asked once: prints "begins" then, and in the end "asked N not modified N bytes N": what TCP carried both
 * ways, TLS included. */
#include <curl/curl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { COUNT_MAX = 10000 };

static void fail(const char *what)
{
    fprintf(stderr, "bench-walls: %s\n", what);
    exit(2);
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void sleep_until(int64_t at_us)
{
    struct timespec at = {.tv_sec = (time_t)(at_us / 1000000), .tv_nsec = (long)(at_us % 1000000) * 1000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0)
        continue;
}

static size_t drop(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

/* What a wall sends, and no more (courier/http.c). */
static CURL *open_wall(const char *address, const char *ca, struct curl_slist *lines)
{
    CURL *wall = curl_easy_init();
    if (wall == NULL)
        fail("libcurl does not start");
    curl_easy_setopt(wall, CURLOPT_URL, address);
    curl_easy_setopt(wall, CURLOPT_CAINFO, ca);
    curl_easy_setopt(wall, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(wall, CURLOPT_USERAGENT, "Schauwand/" SW_VERSION);
    curl_easy_setopt(wall, CURLOPT_WRITEFUNCTION, drop);
    return wall;
}

static long ask(CURL *wall)
{
    long status = 0;
    if (curl_easy_perform(wall) != CURLE_OK || curl_easy_getinfo(wall, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
        fail("a wall has no answer");
    return status;
}

/* What the wall's connection has carried so far. */
static uint64_t carried(CURL *wall)
{
    curl_socket_t connection = CURL_SOCKET_BAD;
    struct tcp_info info = {.tcpi_bytes_acked = 0};
    socklen_t length = sizeof info;
    if (curl_easy_getinfo(wall, CURLINFO_ACTIVESOCKET, &connection) != CURLE_OK || connection == CURL_SOCKET_BAD ||
        getsockopt(connection, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
        fail("a wall's connection is gone");
    return info.tcpi_bytes_acked + info.tcpi_bytes_received;
}

static uint64_t carried_by_all(CURL **walls, long count)
{
    uint64_t sum = 0;
    for (long i = 0; i < count; i++)
        sum += carried(walls[i]);
    return sum;
}

int main(int argc, char **argv)
{
    char condition[256];
    long count = argc == 7 ? strtol(argv[2], NULL, 10) : 0, every_ms = argc == 7 ? strtol(argv[3], NULL, 10) : 0;
    long seconds = argc == 7 ? strtol(argv[4], NULL, 10) : 0, asked = 0, same = 0;
    if (count < 1 || count > COUNT_MAX || every_ms < 1 || seconds < 1)
        fail("ADDRESS COUNT EVERY_MS SECONDS CA ETAG");
    CURL **walls = calloc((size_t)count, sizeof(CURL *));
    if (walls == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        fail("libcurl does not start");
    (void)snprintf(condition, sizeof condition, "If-None-Match: %s", argv[6]);
    struct curl_slist *lines = curl_slist_append(NULL, condition);
    for (long i = 0; i < count; i++) {
        walls[i] = open_wall(argv[1], argv[5], lines);
        (void)ask(walls[i]);
    }
    uint64_t before = carried_by_all(walls, count);
    printf("begins\n");
    (void)fflush(stdout);
    int64_t begin = now_us();
    for (int64_t due = begin; due < begin + seconds * 1000000; due = begin + asked * every_ms * 1000 / count) {
        sleep_until(due);
        same += ask(walls[asked++ % count]) == 304;
    }
    printf("asked %ld not modified %ld bytes %llu\n", asked, same, (unsigned long long)(carried_by_all(walls, count) - before));
    for (long i = 0; i < count; i++)
        curl_easy_cleanup(walls[i]);
    curl_slist_free_all(lines);
    free(walls);
    return 0;
}
