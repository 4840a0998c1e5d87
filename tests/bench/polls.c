/* SPDX-License-Identifier: EUPL-1.2 */
/* The least that anybody must do to ask many addresses again and again: bench-polls ADDRESS COUNT EVERY_MS SECONDS
 * asks ADDRESS0, ADDRESS1, ... each every so many milliseconds by one bare multi handle of libcurl, two connections, and drops the answers.
 * Prints "asked N failed N". */
#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { COUNT_MAX = 100000, WAIT_MS = 1000 };

struct address {
    CURL *easy;
    int64_t due_us;
    bool busy;
};
struct polls {
    CURLM *multi;
    struct address *addresses;
    long count, asked, failed;
    int64_t every_us;
};

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static size_t drop(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench-polls: %s\n", what);
    exit(2);
}

static void open_addresses(struct polls *polls, const char *base)
{
    int64_t now = now_us();
    for (long i = 0; i < polls->count; i++) {
        char url[1024];
        struct address *address = &polls->addresses[i];
        snprintf(url, sizeof url, "%s%ld", base, i);
        address->easy = curl_easy_init();
        if (address->easy == NULL)
            fail("libcurl does not start");
        curl_easy_setopt(address->easy, CURLOPT_URL, url);
        curl_easy_setopt(address->easy, CURLOPT_WRITEFUNCTION, drop);
        curl_easy_setopt(address->easy, CURLOPT_PRIVATE, (char *)(void *)address);
        address->due_us = now + polls->every_us * i / polls->count;
    }
}

/* Those that are due; how long until the next is. */
static int64_t begin(struct polls *polls)
{
    int64_t now = now_us(), left = (int64_t)WAIT_MS * 1000;
    for (long i = 0; i < polls->count; i++) {
        struct address *address = &polls->addresses[i];
        if (address->busy)
            continue;
        if (address->due_us <= now) {
            address->busy = true;
            address->due_us += polls->every_us;
            curl_multi_add_handle(polls->multi, address->easy);
        } else if (address->due_us - now < left) {
            left = address->due_us - now;
        }
    }
    return left;
}

static void end(struct polls *polls)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(polls->multi, &left)) != NULL) {
        char *address = NULL;
        bool good = message->data.result == CURLE_OK;
        CURL *easy = message->easy_handle;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &address);
        curl_multi_remove_handle(polls->multi, easy);
        ((struct address *)(void *)address)->busy = false;
        polls->asked++;
        polls->failed += !good;
    }
}

int main(int argc, char **argv)
{
    struct polls polls = {.count = argc == 5 ? strtol(argv[2], NULL, 10) : 0};
    polls.every_us = argc == 5 ? 1000 * strtol(argv[3], NULL, 10) : 0;
    long seconds = argc == 5 ? strtol(argv[4], NULL, 10) : 0;
    if (polls.count < 1 || polls.count > COUNT_MAX || polls.every_us < 1 || seconds < 1)
        fail("ADDRESS COUNT EVERY_MS SECONDS");
    polls.addresses = calloc((size_t)polls.count, sizeof *polls.addresses);
    if (polls.addresses == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (polls.multi = curl_multi_init()) == NULL)
        fail("libcurl does not start");
    curl_multi_setopt(polls.multi, CURLMOPT_MAX_HOST_CONNECTIONS, 2L);
    open_addresses(&polls, argv[1]);
    int running = 0;
    for (int64_t until = now_us() + seconds * 1000000; now_us() < until;) {
        int64_t wait = begin(&polls);
        curl_multi_perform(polls.multi, &running);
        end(&polls);
        curl_multi_poll(polls.multi, NULL, 0, (int)((wait + 999) / 1000), NULL);
    }
    printf("asked %ld failed %ld\n", polls.asked, polls.failed);
    return 0;
}
