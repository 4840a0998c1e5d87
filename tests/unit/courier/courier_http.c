/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests and tokens against a server of the test's own, which answers by path and remembers what it was sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/must.h"
#include "courier/http.h"
#include "courier/token.h"
#include "server.h"

#define SECRET_FILES 3

static struct {
    struct server server;
    atomic_int asked, tokens; /* requests in all; for a token */
    char folder[32];
    struct sw_host host;
    struct sw_secret secrets[SECRET_FILES];
    char files[SECRET_FILES][64];
    struct sw_http *http;
} house;

/* What was answered last. */
static struct {
    int count, status;
    bool forbidden;
    char fault[200], body[200], url[200], next[200];
    int64_t max_age, retry_after;
} got;

static const char *answer_to(const char *path)
{
    atomic_fetch_add(&house.asked, 1);
    if (strncmp(path, "/token", 6) == 0) {
        int number = atomic_fetch_add(&house.tokens, 1);
        if (strncmp(path, "/token/busy", 11) == 0)
            return "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        if (strncmp(path, "/token/no", 9) == 0)
            return "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        if (strncmp(path, "/token/none", 11) == 0 || strncmp(path, "/token/empty", 12) == 0)
            return "HTTP/1.1 200 OK\r\nContent-Length: 19\r\nConnection: close\r\n\r\n{\"access_token\":\"\"}";
        return number % 2 == 0 ? "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"access_token\":\"one\",\"expires_in\":3600}"
                               : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"access_token\":\"two\",\"expires_in\":3600}";
    }
    if (strncmp(path, "/to-self", 8) == 0)
        return "HTTP/1.1 302 Found\r\nLocation: /plain?moved\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    if (strncmp(path, "/to-other", 9) == 0)
        return "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    if (strncmp(path, "/wait", 5) == 0)
        return "HTTP/1.1 429 Slow\r\nRetry-After: 77\r\nContent-Length: 900\r\nConnection: close\r\n\r\ncut";
    return "HTTP/1.1 200 OK\r\nCache-Control: max-age=30\r\nLink: </2>; rel=next\r\nConnection: close\r\n\r\nwell";
}

static void put_secret(size_t index, const char *name, const char *text, mode_t mode)
{
    snprintf(house.files[index], sizeof house.files[index], "%s/%s", house.folder, name);
    FILE *file = fopen(house.files[index], "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(house.files[index], mode), 0);
    house.secrets[index] = (struct sw_secret){name, house.files[index]};
}

static int open_house(void **state)
{
    (void)state;
    server_open(&house.server, answer_to);
    snprintf(house.folder, sizeof house.folder, "/tmp/sw-http-XXXXXX");
    assert_non_null(mkdtemp(house.folder));
    put_secret(0, "user", "wall\n", 0600);
    put_secret(1, "key", "s3cret&=\n", 0600);
    put_secret(2, "open", "known\n", 0644);
    assert_true(sw_allow_parse("127.0.0.1", &house.host.allow[0]));
    house.host.allow_count = 1;
    house.host.secrets = house.secrets;
    house.host.secret_count = SECRET_FILES;
    house.http = sw_http_create(&house.host, SW_HTTP_BESIDE);
    return house.http != NULL ? 0 : -1;
}

static int close_house(void **state)
{
    (void)state;
    sw_http_destroy(house.http);
    server_close(&house.server);
    for (size_t i = 0; i < SECRET_FILES; i++)
        unlink(house.files[i]);
    return rmdir(house.folder);
}

static void answered(void *context, const struct sw_http_answer *answer)
{
    (void)context;
    got.count++;
    got.status = answer->status;
    got.forbidden = answer->forbidden;
    got.max_age = answer->max_age;
    got.retry_after = answer->retry_after;
    snprintf(got.fault, sizeof got.fault, "%s", answer->fault != NULL ? answer->fault : "");
    snprintf(got.body, sizeof got.body, "%s", answer->bytes);
    snprintf(got.url, sizeof got.url, "%s", answer->url);
    snprintf(got.next, sizeof got.next, "%s", answer->next);
}

static const char *url(const char *path)
{
    static char text[128];
    snprintf(text, sizeof text, "http://127.0.0.1:%d%s", house.server.port, path);
    return text;
}

static void ask(const char *address, struct sw_auth auth)
{
    struct sw_http_request request = {.url = address, .auth = auth, .maximum = 1000};
    memset(&got, 0, sizeof got);
    sw_http_begin(house.http, &request, answered, NULL);
    assert_int_equal(got.count, 0); /* never from within */
    turn_until_idle(house.http);
    assert_int_equal(got.count, 1);
}

static void an_answer(void **state)
{
    (void)state;
    ask(url("/plain"), (struct sw_auth){.kind = SW_AUTH_NONE});
    assert_int_equal(got.status, 200);
    assert_string_equal(got.fault, "");
    assert_string_equal(got.body, "well");
    assert_string_equal(got.next, "/2");
    assert_int_equal(got.max_age, 30);
    assert_int_equal(got.retry_after, -1);
    assert_true(server_heard(&house.server, "User-Agent: Schauwand/"));
    assert_false(server_heard(&house.server, "Cookie") || server_heard(&house.server, "Authorization"));
}

/* What it says by its status counts, whatever its body is like. */
static void a_refusal_with_half_a_body(void **state)
{
    (void)state;
    ask(url("/wait"), (struct sw_auth){.kind = SW_AUTH_NONE});
    assert_int_equal(got.status, 429);
    assert_string_equal(got.fault, "");
    assert_int_equal(got.retry_after, 77);
}

static void secrets_go_where_they_belong(void **state)
{
    (void)state;
    ask(url("/plain"), (struct sw_auth){.kind = SW_AUTH_BASIC, .first = "user", .second = "key"});
    assert_true(server_heard(&house.server, "Authorization: Basic d2FsbDpzM2NyZXQmPQ=="));
    ask(url("/plain"), (struct sw_auth){.kind = SW_AUTH_BEARER, .first = "key"});
    assert_true(server_heard(&house.server, "Authorization: Bearer s3cret&="));
    ask(url("/plain"), (struct sw_auth){.kind = SW_AUTH_HEADER, .name = "X-Api-Key", .first = "key"});
    assert_true(server_heard(&house.server, "X-Api-Key: s3cret&="));
    ask(url("/plain?a=1"), (struct sw_auth){.kind = SW_AUTH_QUERY, .name = "key", .first = "key"});
    assert_true(server_heard(&house.server, "GET /plain?a=1&key=s3cret%26%3D "));
    assert_null(strstr(got.url, "s3cret")); /* what is logged and resolved against */
}

static void secrets_that_are_not_there(void **state)
{
    static const struct {
        const char *name, *fault;
    } cases[] = {{"open", "secret \"open\": its file may be read by others"},
                 {"other", "secret \"other\": the machine's configuration names no"}};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        int before = atomic_load(&house.asked);
        ask(url("/plain"), (struct sw_auth){.kind = SW_AUTH_BEARER, .first = cases[i].name});
        assert_true(got.forbidden && got.status == 0);
        assert_memory_equal(got.fault, cases[i].fault, strlen(cases[i].fault));
        assert_int_equal(atomic_load(&house.asked), before); /* nobody was asked without it */
    }
}

static void redirects_keep_the_secret_at_home(void **state)
{
    (void)state;
    ask(url("/to-self"), (struct sw_auth){.kind = SW_AUTH_BEARER, .first = "key"});
    assert_int_equal(got.status, 200);
    assert_true(server_heard(&house.server, "GET /plain?moved") && server_heard(&house.server, "Bearer s3cret"));
    ask(url("/to-other"), (struct sw_auth){.kind = SW_AUTH_BEARER, .first = "key"});
    assert_true(got.forbidden && got.status == 0);
}

static void addresses_that_are_not_asked(void **state)
{
    static const char *const addresses[] = {"file:///etc/passwd", "http://127.0.0.2:9/", "https://127.0.0.2:9/", "http://a:b@127.0.0.1/",
                                            "https://[::1]/", "ftp://127.0.0.1/", "", "https://169.254.169.254/"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(addresses); i++) {
        ask(addresses[i], (struct sw_auth){.kind = SW_AUTH_NONE});
        if (!got.forbidden || got.status != 0 || got.fault[0] == '\0')
            fail_msg("%s: status %d, %s", addresses[i], got.status, got.fault);
    }
}

static void many_at_once_are_all_answered(void **state)
{
    struct sw_http_request request = {.url = url("/plain"), .maximum = 1000};
    (void)state;
    memset(&got, 0, sizeof got);
    for (int i = 0; i < 300; i++)
        sw_http_begin(house.http, &request, answered, NULL);
    assert_int_equal(sw_http_pending(house.http), 300);
    turn_until_idle(house.http);
    assert_int_equal(got.count, 300);
    assert_int_equal(got.status, 200);
    for (int i = 0; i < 5; i++)
        sw_http_begin(house.http, &request, answered, NULL); /* dropped when all ends */
}

/* -- tokens -- */

static struct {
    int count;
    char token[16], fault[200];
    enum sw_poll_outcome outcome;
} granted;

static void take_token(void *context, const char *token, enum sw_poll_outcome outcome, const char *fault)
{
    (void)context;
    granted.count++;
    granted.outcome = outcome;
    snprintf(granted.token, sizeof granted.token, "%s", token != NULL ? token : "");
    snprintf(granted.fault, sizeof granted.fault, "%s", fault != NULL ? fault : "");
}

static struct sw_auth oauth(const char *path, const char *secret)
{
    return (struct sw_auth){.kind = SW_AUTH_OAUTH2, .name = url(path), .first = "user", .second = secret, .scope = "read all"};
}

static void one_token_for_all(void **state)
{
    struct sw_auth auth = oauth("/token", "key");
    struct sw_tokens *tokens = sw_tokens_create(&house.host, house.http);
    int before = atomic_load(&house.tokens);
    (void)state;
    memset(&granted, 0, sizeof granted);
    for (int i = 0; i < 5; i++)
        sw_tokens_get(tokens, &auth, sw_tick_now(), take_token, NULL);
    turn_until_idle(house.http);
    assert_int_equal(granted.count, 5);
    assert_int_equal(atomic_load(&house.tokens), before + 1);
    assert_true(server_heard(&house.server, "grant_type=client_credentials&client_id=wall&client_secret=s3cret%26%3D&scope=read%20all"));
    char first[16];
    memcpy(first, granted.token, sizeof first);
    sw_tokens_get(tokens, &auth, sw_tick_now(), take_token, NULL);
    assert_int_equal(granted.count, 6); /* at once */
    sw_tokens_drop(tokens, &auth);
    sw_tokens_get(tokens, &auth, sw_tick_now(), take_token, NULL);
    turn_until_idle(house.http);
    assert_string_not_equal(granted.token, first);
    sw_tokens_get(tokens, &auth, sw_tick_now() + SW_HOUR, take_token, NULL); /* its hour is over */
    turn_until_idle(house.http);
    assert_string_equal(granted.token, first);
    assert_int_equal(atomic_load(&house.tokens), before + 3);
    sw_tokens_destroy(tokens);
}

static void why_there_is_no_token(void **state)
{
    static const struct {
        const char *path, *secret, *fault;
        enum sw_poll_outcome outcome;
    } cases[] = {
        {"/token/busy", "key", "no token is given: its address answers 503", SW_POLL_BUSY},
        {"/token/no", "key", "no token is given: its address answers 400", SW_POLL_DENIED},
        {"/token/empty", "key", "no token is in the answer", SW_POLL_UNREACHED},
        {"/token", "open", "secret \"open\": its file may be read by others", SW_POLL_DENIED},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_tokens *tokens = sw_tokens_create(&house.host, house.http);
        struct sw_auth auth = oauth(cases[i].path, cases[i].secret);
        memset(&granted, 0, sizeof granted);
        sw_tokens_get(tokens, &auth, sw_tick_now(), take_token, NULL);
        turn_until_idle(house.http);
        assert_int_equal(granted.count, 1);
        assert_string_equal(granted.token, "");
        if (granted.outcome != cases[i].outcome || strncmp(granted.fault, cases[i].fault, strlen(cases[i].fault)) != 0)
            fail_msg("%s: outcome %d, %s", cases[i].path, (int)granted.outcome, granted.fault);
        sw_tokens_destroy(tokens);
    }
}

static void references_are_resolved(void **state)
{
    static const struct {
        const char *base, *reference, *whole; /* NULL: none */
    } cases[] = {
        {"https://a.example/b/c?d", "/2", "https://a.example/2"},
        {"https://a.example/b/c?d", "?page=2", "https://a.example/b/c?page=2"},
        {"https://a.example/b/c", "../e", "https://a.example/e"},
        {"https://a.example/b", "//b.example/", "https://b.example/"},
        {"https://a.example/b", "https://b.example/x", "https://b.example/x"},
        {"no address", "/2", NULL},
        {"https://a.example/b", "https://a.example/a-reference-that-does-not-fit-into-the-room-that-there-is", NULL},
    };
    char whole[48];
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        bool good = sw_http_resolve(cases[i].base, cases[i].reference, whole, sizeof whole);
        if (good != (cases[i].whole != NULL) || (good && strcmp(whole, cases[i].whole) != 0))
            fail_msg("%s and %s: %s", cases[i].base, cases[i].reference, good ? whole : "none");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer),
        cmocka_unit_test(a_refusal_with_half_a_body),
        cmocka_unit_test(secrets_go_where_they_belong),
        cmocka_unit_test(secrets_that_are_not_there),
        cmocka_unit_test(redirects_keep_the_secret_at_home),
        cmocka_unit_test(addresses_that_are_not_asked),
        cmocka_unit_test(one_token_for_all),
        cmocka_unit_test(why_there_is_no_token),
        cmocka_unit_test(references_are_resolved),
        cmocka_unit_test(many_at_once_are_all_answered),
    };
    return cmocka_run_group_tests(tests, open_house, close_house);
}
