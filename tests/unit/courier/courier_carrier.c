/* SPDX-License-Identifier: EUPL-1.2 */
/* Files over HTTP from a server of the test's own, which answers by path with whatever stands in the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/must.h"
#include "courier/carrier.h"
#include "server.h"

#define CONTENT "0123456789"
#define CLOSE "Connection: close\r\n\r\n"

/* One file that is wanted, what the server says, and what must come of it. */
struct row {
    const char *name;
    uint64_t from, bytes;
    bool exact;
    const char *etag; /* of what is here already */
    const char *answer;
    enum sw_fetch_status status;
    const char *fault; /* NULL: any */
    const char *taken; /* all that was taken, each piece at its place */
};

static const struct row rows[] = {
    {"whole", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n" CLOSE CONTENT, SW_FETCH_WHOLE, "", CONTENT},
    {"no-length", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\n" CLOSE CONTENT, SW_FETCH_WHOLE, "", CONTENT},
    {"at-most", 0, 20, false, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n" CLOSE CONTENT, SW_FETCH_WHOLE, "", CONTENT},
    {"empty", 0, 0, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_WHOLE, "", ""},
    {"part", 4, 10, true, NULL, "HTTP/1.1 206 Part\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n" CLOSE "456789", SW_FETCH_WHOLE,
     "", "    456789"},
    {"whole-for-part", 4, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n" CLOSE CONTENT, SW_FETCH_WHOLE, "", CONTENT},
    {"same", 0, 20, false, "\"a\"", "HTTP/1.1 304 Same\r\nETag: \"a\"\r\n" CLOSE, SW_FETCH_SAME, NULL, ""},
    {"moved", 0, 10, true, NULL, "HTTP/1.1 302 Found\r\nLocation: /whole\r\nContent-Length: 5\r\n" CLOSE "moved", SW_FETCH_WHOLE, "",
     CONTENT},

    {"short-length", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n" CLOSE "012345678", SW_FETCH_WRONG,
     "has 9 bytes; 10 are wanted", ""},
    {"long-length", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n" CLOSE CONTENT, SW_FETCH_WRONG,
     "has 10737418240 bytes; 10 are wanted", ""},
    {"too-long", 0, 5, false, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n" CLOSE CONTENT, SW_FETCH_WRONG,
     "has 10 bytes; at most 5 are wanted", ""},
    {"empty-for-ten", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_WRONG, "has 0 bytes; 10 are wanted",
     ""},
    {"cut", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n" CLOSE "01234", SW_FETCH_FAILED, "its body ends too early",
     "01234"},
    {"longer", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\n" CLOSE CONTENT CONTENT, SW_FETCH_WRONG, "is longer than it may be", NULL},
    {"portal", 4, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" CLOSE "<!DOCTYPE html>log in", SW_FETCH_WRONG,
     "comes from its beginning, and does not say how large it is", ""},
    {"sized-portal", 4, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n" CLOSE "<!DOCTYPE html>", SW_FETCH_WRONG,
     "has 15 bytes; 10 are wanted", ""},
    {"far-portal", 4, 10, true, NULL, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:9/\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_WRONG,
     "it redirects to another host", ""},
    {"packed", 0, 10, true, NULL, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n" CLOSE CONTENT, SW_FETCH_WRONG,
     "is packed, which nobody asked for", ""},
    {"unasked-part", 0, 10, true, NULL, "HTTP/1.1 206 Part\r\nContent-Range: bytes 0-9/10\r\nContent-Length: 10\r\n" CLOSE CONTENT,
     SW_FETCH_WRONG, "comes in part, where all of it was asked for", ""},
    {"other-part", 4, 10, true, NULL, "HTTP/1.1 206 Part\r\nContent-Range: bytes 5-9/10\r\nContent-Length: 5\r\n" CLOSE "56789",
     SW_FETCH_WRONG, "comes with another part than was asked for", ""},
    {"nameless-part", 4, 10, true, NULL, "HTTP/1.1 206 Part\r\nContent-Length: 6\r\n" CLOSE "456789", SW_FETCH_WRONG,
     "comes with another part than was asked for", ""},
    {"part-of-other", 4, 10, true, NULL, "HTTP/1.1 206 Part\r\nContent-Range: bytes 4-9/99\r\nContent-Length: 6\r\n" CLOSE "456789",
     SW_FETCH_WRONG, "has 99 bytes; 10 are wanted", ""},
    {"many-parts", 4, 10, true, NULL, "HTTP/1.1 206 Part\r\nContent-Type: multipart/byteranges; boundary=x\r\n" CLOSE "--x\r\n",
     SW_FETCH_WRONG, "comes with another part than was asked for", ""},
    {"no-part", 4, 10, true, NULL, "HTTP/1.1 416 No\r\nContent-Range: bytes */10\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_WRONG,
     "does not have the part that was asked for", ""},
    {"unasked-same", 0, 10, true, NULL, "HTTP/1.1 304 Same\r\n" CLOSE, SW_FETCH_WRONG, "is said to be unchanged, though nobody has it", ""},
    {"none", 0, 10, true, NULL, "HTTP/1.1 404 No\r\nContent-Length: 9\r\n" CLOSE "<html>no", SW_FETCH_MISSING, "is not there", ""},
    {"gone", 0, 10, true, NULL, "HTTP/1.1 410 No\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_MISSING, "is not there", ""},
    {"busy", 0, 10, true, NULL, "HTTP/1.1 429 Slow\r\nRetry-After: 77\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_BUSY, NULL, ""},
    {"down", 0, 10, true, NULL, "HTTP/1.1 503 Down\r\nRetry-After: 77\r\nContent-Length: 4\r\n" CLOSE "down", SW_FETCH_BUSY, NULL, ""},
    {"denied", 0, 10, true, NULL, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_FAILED, NULL, ""},
    {"broken", 0, 10, true, NULL, "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_FAILED, "the server answers with status 500",
     ""},
    {"odd", 0, 10, true, NULL, "HTTP/1.1 204 None\r\n" CLOSE, SW_FETCH_FAILED, "the server answers with status 204", ""},
    {"elsewhere", 0, 10, true, NULL, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:9/\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_WRONG,
     "it redirects to another host", ""},
    {"round", 0, 10, true, NULL, "HTTP/1.1 302 Found\r\nLocation: /round\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_WRONG,
     "it redirects more than three times", ""},
    {"file", 0, 10, true, NULL, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n" CLOSE, SW_FETCH_WRONG, NULL,
     ""},
    {"silent", 0, 10, true, NULL, "", SW_FETCH_FAILED, "it answers nothing", ""},
    {"no-http", 0, 10, true, NULL, "SSH-2.0-OpenSSH_9.2\r\n", SW_FETCH_FAILED, NULL, ""},
};

static struct {
    struct server server;
    struct sw_host host;
    char base[64], secret_path[64];
    struct sw_secret secret;
    struct sw_http *http;
    struct sw_carrier *carrier;
} house;

static const char *answer_to(const char *path)
{
    for (size_t i = 0; i < SW_COUNT(rows); i++)
        if (strcmp(path + 1, rows[i].name) == 0)
            return rows[i].answer;
    return "";
}

static int open_house(void **state)
{
    char allowed[64];
    (void)state;
    server_open(&house.server, answer_to);
    snprintf(house.base, sizeof house.base, "http://127.0.0.1:%d", house.server.port);
    snprintf(allowed, sizeof allowed, "127.0.0.1:%d", house.server.port);
    assert_true(sw_allow_parse(allowed, &house.host.allow[0]));
    house.host.allow_count = 1;
    house.host.base = house.base;
    snprintf(house.secret_path, sizeof house.secret_path, "/tmp/sw-carrier-XXXXXX");
    int fd = mkstemp(house.secret_path);
    assert_int_equal(write(fd, "s3cret\n", 7), 7);
    close(fd);
    house.secret = (struct sw_secret){"key", house.secret_path};
    house.host.secrets = &house.secret;
    house.host.secret_count = 1;
    house.http = sw_http_create(&house.host, SW_CARRIER_BESIDE);
    house.carrier = sw_carrier_create(&house.host, house.http);
    return house.http == NULL;
}

static int close_house(void **state)
{
    (void)state;
    sw_carrier_destroy(house.carrier);
    sw_carrier_destroy(NULL);
    sw_http_destroy(house.http);
    server_close(&house.server);
    return unlink(house.secret_path);
}

static struct {
    char bytes[64], fault[200];
    size_t pieces;
    bool refuses;
    int ends;
    enum sw_fetch_status status;
    int64_t retry_after;
} got;

static bool take(void *context, uint64_t at, const void *bytes, size_t length)
{
    (void)context;
    assert_true(at + length < sizeof got.bytes);
    if (got.refuses)
        return false;
    memcpy(got.bytes + at, bytes, length);
    got.pieces++;
    return true;
}

static void done(void *context, const struct sw_fetched *fetched)
{
    (void)context;
    got.ends++;
    got.status = fetched->status;
    got.retry_after = fetched->retry_after;
    snprintf(got.fault, sizeof got.fault, "%s", fetched->fault);
}

static uint64_t begin(const struct row *row)
{
    struct sw_origin origin = sw_carrier_origin(house.carrier);
    struct sw_fetch fetch = {.path = row->name,
                             .from = row->from,
                             .bytes = row->bytes,
                             .exact = row->exact,
                             .partly = row->from > 0,
                             .etag = row->etag,
                             .take = take,
                             .done = done};
    memset(&got, 0, sizeof got);
    memset(got.bytes, ' ', (size_t)row->from);
    return origin.begin(origin.self, &fetch);
}

static void answers_of_all_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        const struct row *row = &rows[i];
        print_message("%s\n", row->name);
        assert_true(begin(row) > 0);
        assert_int_equal(got.ends, 0); /* never from within */
        turn_until_idle(house.http);
        assert_int_equal(got.ends, 1);
        assert_int_equal(got.status, row->status);
        if (row->fault != NULL)
            assert_string_equal(got.fault, row->fault);
        if (row->taken != NULL)
            assert_string_equal(got.pieces > 0 ? got.bytes : "", row->taken);
        if (row->status == SW_FETCH_BUSY)
            assert_int_equal(got.retry_after, 77);
        assert_false(server_heard(&house.server, "Accept-Encoding"));
        assert_true(row->from == 0 || server_heard(&house.server, "Range: bytes=4-\r\n"));
        assert_true(row->etag == NULL || server_heard(&house.server, "If-None-Match: \"a\"\r\n"));
    }
}

static void what_is_not_wanted_any_more(void **state)
{
    (void)state;
    (void)begin(&rows[0]);
    got.refuses = true;
    turn_until_idle(house.http);
    assert_int_equal(got.status, SW_FETCH_STOPPED);
    struct sw_origin origin = sw_carrier_origin(house.carrier);
    uint64_t number = begin(&rows[0]);
    origin.cancel(origin.self, number);
    origin.cancel(origin.self, number);
    origin.cancel(origin.self, 9999);
    turn_until_idle(house.http);
    assert_int_equal(got.ends, 0);
    (void)begin(&rows[0]); /* is under way at the end */
}

static void who_asks_is_told_to_the_base_alone(void **state)
{
    (void)state;
    house.host.access = (struct sw_host_access){.user = "wall", .secret = "key"};
    (void)begin(&rows[0]);
    turn_until_idle(house.http);
    assert_int_equal(got.status, SW_FETCH_WHOLE);
    assert_true(server_heard(&house.server, "Authorization: Basic d2FsbDpzM2NyZXQ=\r\n"));
    house.host.access = (struct sw_host_access){.secret = "key"};
    (void)begin(&rows[0]);
    turn_until_idle(house.http);
    assert_true(server_heard(&house.server, "Authorization: Bearer s3cret\r\n"));
    house.host.access = (struct sw_host_access){.secret = "other"};
    (void)begin(&rows[0]);
    turn_until_idle(house.http);
    assert_int_equal(got.status, SW_FETCH_WRONG);
    assert_non_null(strstr(got.fault, "secret \"other\""));
    house.host.access = (struct sw_host_access){.secret = NULL};
}

static int count_entries(const char *folder)
{
    int count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    while (readdir(entries) != NULL)
        count++;
    closedir(entries);
    return count;
}

/* A server that comes and goes: neither descriptors nor threads grow. */
static void a_thousand_flaps(void **state)
{
    (void)state;
    int port = house.server.port, descriptors = 0, threads = 0;
    for (int i = 0; i < 1000; i++) {
        bool away = i % 2 == 1;
        snprintf(house.base, sizeof house.base, "http://127.0.0.1:%d", away ? 9 : port);
        house.host.allow[0].port = 0;
        (void)begin(&rows[0]);
        turn_until_idle(house.http);
        assert_int_equal(got.status, away ? SW_FETCH_FAILED : SW_FETCH_WHOLE);
        if (i == 10) {
            descriptors = count_entries("/proc/self/fd");
            threads = count_entries("/proc/self/task");
        }
    }
    snprintf(house.base, sizeof house.base, "http://127.0.0.1:%d", port);
    assert_true(count_entries("/proc/self/fd") <= descriptors + 2);
    assert_int_equal(count_entries("/proc/self/task"), threads);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_of_all_kinds),
        cmocka_unit_test(who_asks_is_told_to_the_base_alone),
        cmocka_unit_test(a_thousand_flaps),
        cmocka_unit_test(what_is_not_wanted_any_more),
    };
    return cmocka_run_group_tests(tests, open_house, close_house);
}
