/* SPDX-License-Identifier: EUPL-1.2 */
/* Objects: they come in by pieces, are resumed, and stand under their names only when they are what they should be. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdlib.h>

#include "in_store.h"

#define LENGTH 200000

static char bytes[LENGTH];
static char path[128];

static struct sw_object make_object(size_t length)
{
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7 + i / 251);
    return (struct sw_object){sw_digest_of(bytes, length), length};
}

static struct sw_incoming *begin(struct in_store *in, const struct sw_object *object, uint64_t expected)
{
    uint64_t have = 77;
    enum sw_store_status status;
    struct sw_incoming *incoming = sw_incoming_begin(in->store, object, &have, &status);
    assert_non_null(incoming);
    assert_int_equal(status, SW_STORE_OK);
    assert_int_equal(have, expected);
    return incoming;
}

static void test_pieces(void **state)
{
    struct in_store *in = *state;
    static const size_t pieces[] = {1, 1000, 65536, LENGTH};
    for (size_t p = 0; p < SW_COUNT(pieces); p++) {
        struct sw_object object = make_object(LENGTH - p);
        char *read;
        int fd;
        assert_false(sw_store_has(in->store, &object));
        assert_int_equal(sw_store_object_open(in->store, &object, &fd), SW_STORE_MISSING);
        assert_int_equal(sw_store_object_read(in->store, &object, LENGTH, &read), SW_STORE_MISSING);
        struct sw_incoming *incoming = begin(in, &object, 0);
        for (size_t at = 0; at < object.bytes; at += pieces[p]) {
            size_t piece = object.bytes - at < pieces[p] ? (size_t)object.bytes - at : pieces[p];
            if (pieces[p] > 1 || at < 100)
                assert_int_equal(sw_incoming_add(incoming, bytes + at, piece), SW_STORE_OK);
        }
        if (pieces[p] == 1)
            assert_int_equal(sw_incoming_add(incoming, bytes + 100, (size_t)object.bytes - 100), SW_STORE_OK);
        assert_false(sw_store_has(in->store, &object));
        assert_int_equal(sw_incoming_end(incoming), SW_STORE_OK);
        assert_true(sw_store_has(in->store, &object));
        assert_false(is_there(path_of("partial", &object, path)));
        assert_int_equal(sw_store_object_open(in->store, &object, &fd), SW_STORE_OK);
        close(fd);
        assert_int_equal(sw_store_object_read(in->store, &object, LENGTH, &read), SW_STORE_OK);
        assert_memory_equal(read, bytes, (size_t)object.bytes);
        free(read);
        assert_int_equal(sw_store_object_read(in->store, &object, 10, &read), SW_STORE_WRONG);
    }
}

static void test_empty(void **state)
{
    struct in_store *in = *state;
    struct sw_object object = make_object(0);
    assert_int_equal(sw_incoming_end(begin(in, &object, 0)), SW_STORE_OK);
    assert_true(sw_store_has(in->store, &object));
    assert_int_equal(sw_store_object_put(in->store, &object, ""), SW_STORE_OK);
}

static void test_resumed(void **state)
{
    struct in_store *in = *state;
    struct sw_object object = make_object(LENGTH);
    static const size_t stops[] = {0, 1, 65536, 131072, 199999, LENGTH};
    size_t have = 0;
    for (size_t i = 0; i < SW_COUNT(stops); i++) {
        struct sw_incoming *incoming = begin(in, &object, have);
        assert_int_equal(sw_incoming_add(incoming, bytes + have, stops[i] - have), SW_STORE_OK);
        have = stops[i];
        sw_incoming_leave(incoming);
        (void)reopen(in, SW_STORE_WRITE);
    }
    sw_incoming_leave(NULL);
    assert_int_equal(sw_incoming_end(begin(in, &object, LENGTH)), SW_STORE_OK);
    assert_true(sw_store_has(in->store, &object));
}

/* A large one is read a little at a time, before more of it may come. */
static void test_resumed_slowly(void **state)
{
    struct in_store *in = *state;
    struct sw_object object = make_object(LENGTH);
    enum sw_store_status status;
    uint64_t have = 7;
    bool done = false;
    int steps = 0;
    struct sw_incoming *incoming = begin(in, &object, 0);
    assert_int_equal(sw_incoming_add(incoming, bytes, 150000), SW_STORE_OK);
    sw_incoming_leave(incoming);
    incoming = sw_incoming_open(in->store, &object, &status);
    assert_non_null(incoming);
    for (; !done; steps++)
        assert_int_equal(sw_incoming_catch_up(incoming, 40000, &have, &done), SW_STORE_OK);
    assert_int_equal(have, 150000);
    assert_int_equal(steps, 4);
    assert_int_equal(sw_incoming_add(incoming, bytes + 150000, LENGTH - 150000), SW_STORE_OK);
    assert_int_equal(sw_incoming_end(incoming), SW_STORE_OK);
    assert_true(sw_store_has(in->store, &object));
    sw_incoming_discard(NULL);
}

static void test_wrong(void **state)
{
    struct in_store *in = *state;
    struct sw_object object = make_object(LENGTH);
    struct sw_incoming *incoming = begin(in, &object, 0); /* too much */
    assert_int_equal(sw_incoming_add(incoming, bytes, LENGTH - 1), SW_STORE_OK);
    assert_int_equal(sw_incoming_add(incoming, bytes, 2), SW_STORE_WRONG);
    sw_incoming_discard(incoming);
    assert_false(is_there(path_of("partial", &object, path)));
    incoming = begin(in, &object, 0); /* too little */
    assert_int_equal(sw_incoming_add(incoming, bytes, LENGTH - 1), SW_STORE_OK);
    assert_int_equal(sw_incoming_end(incoming), SW_STORE_WRONG);
    assert_false(is_there(path_of("partial", &object, path)));
    incoming = begin(in, &object, 0); /* something else */
    bytes[5] ^= 1;
    assert_int_equal(sw_incoming_add(incoming, bytes, LENGTH), SW_STORE_OK);
    assert_int_equal(sw_incoming_end(incoming), SW_STORE_WRONG);
    bytes[5] ^= 1;
    assert_false(is_there(path_of("partial", &object, path)));
    assert_false(sw_store_has(in->store, &object));
}

/* What lies in `partial` is not what it should be. */
static void test_partial_damaged(void **state)
{
    struct in_store *in = *state;
    struct sw_object object = make_object(1000);
    put_file(path_of("partial", &object, path), bytes, 1001); /* longer than it may be: begun anew */
    struct sw_incoming *incoming = begin(in, &object, 0);
    assert_int_equal(sw_incoming_add(incoming, bytes, 1000), SW_STORE_OK);
    assert_int_equal(sw_incoming_end(incoming), SW_STORE_OK);
    object = make_object(2000);
    put_file(path_of("partial", &object, path), bytes + 1, 500); /* rotten: seen at the end, then gone */
    incoming = begin(in, &object, 500);
    assert_int_equal(sw_incoming_add(incoming, bytes + 500, 1500), SW_STORE_OK);
    assert_int_equal(sw_incoming_end(incoming), SW_STORE_WRONG);
    assert_int_equal(sw_store_object_put(in->store, &object, bytes), SW_STORE_OK);
    object = make_object(3000); /* a link out of the store is not written through */
    put_file("outside", "x", 1);
    assert_int_equal(symlink("../../outside", path_of("partial", &object, path)), 0);
    uint64_t have;
    enum sw_store_status status;
    assert_null(sw_incoming_begin(in->store, &object, &have, &status));
    assert_int_equal(status, SW_STORE_WRONG);
    assert_int_equal(sw_store_object_put(in->store, &object, bytes), SW_STORE_WRONG);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0755), 0);
    assert_null(sw_incoming_begin(in->store, &object, &have, &status));
    assert_int_equal(status, SW_STORE_WRONG);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkfifo(path, 0644), 0);
    assert_null(sw_incoming_begin(in->store, &object, &have, &status));
}

/* What stands under an object's name and is none. */
static void test_impostors(void **state)
{
    struct in_store *in = *state;
    struct sw_object object = make_object(1000), shorter = {object.digest, 999};
    char *read;
    int fd = -1;
    assert_int_equal(sw_store_object_put(in->store, &object, bytes), SW_STORE_OK);
    assert_false(sw_store_has(in->store, &shorter));
    assert_int_equal(sw_store_object_open(in->store, &shorter, &fd), SW_STORE_WRONG);
    assert_int_equal(sw_store_object_read(in->store, &shorter, LENGTH, &read), SW_STORE_WRONG);
    put_file(path_of("objects", &object, path), bytes + 1, 1000); /* rotten */
    assert_true(sw_store_has(in->store, &object));
    assert_int_equal(sw_store_object_read(in->store, &object, LENGTH, &read), SW_STORE_WRONG);
    assert_int_equal(sw_store_object_drop(in->store, &object.digest), SW_STORE_OK);
    assert_int_equal(sw_store_object_drop(in->store, &object.digest), SW_STORE_MISSING);
    put_file("outside", bytes, 1000);
    assert_int_equal(symlink("../../outside", path), 0);
    assert_false(sw_store_has(in->store, &object));
    assert_int_equal(sw_store_object_open(in->store, &object, &fd), SW_STORE_WRONG);
    assert_int_equal(sw_store_object_put(in->store, &object, bytes), SW_STORE_OK); /* takes the link's place */
    assert_true(sw_store_has(in->store, &object));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0755), 0);
    assert_false(sw_store_has(in->store, &object));
    assert_int_equal(sw_store_object_open(in->store, &object, &fd), SW_STORE_WRONG);
    assert_int_not_equal(sw_store_object_put(in->store, &object, bytes), SW_STORE_OK);
    assert_int_equal(fd, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_STORE(test_pieces),         IN_STORE(test_empty), IN_STORE(test_resumed),
                                       IN_STORE(test_resumed_slowly), IN_STORE(test_wrong), IN_STORE(test_partial_damaged),
                                       IN_STORE(test_impostors)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
