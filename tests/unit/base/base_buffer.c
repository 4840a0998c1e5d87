/* SPDX-License-Identifier: EUPL-1.2 */
/* Growing strings with a maximum, and hashes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"

static void text_grows(void **state)
{
    (void)state;
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, 100000);
    assert_string_equal(sw_buffer_text(&buffer), "");
    sw_buffer_add_text(&buffer, "a");
    sw_buffer_add(&buffer, "bcd", 2);
    sw_buffer_printf(&buffer, "<%d>", 42);
    sw_buffer_add_text(&buffer, NULL);
    sw_buffer_add(&buffer, NULL, 0);
    sw_buffer_printf(&buffer, "%s", "");
    assert_string_equal(sw_buffer_text(&buffer), "abc<42>");
    assert_int_equal(buffer.length, 7);
    for (int i = 0; i < 9000; i++) {
        sw_buffer_add(&buffer, "0123456789", 10);
    }
    assert_int_equal(buffer.length, 90007);
    assert_int_equal(buffer.bytes[90007], '\0');
    assert_false(buffer.full);
    sw_buffer_clear(&buffer);
    assert_string_equal(sw_buffer_text(&buffer), "");
    sw_buffer_finish(&buffer);
    sw_buffer_finish(NULL);
    assert_null(buffer.bytes);
}

static void what_does_not_fit_is_left_out_whole(void **state)
{
    (void)state;
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, 8);
    sw_buffer_add_text(&buffer, "12345678");
    assert_false(buffer.full);
    sw_buffer_add_text(&buffer, "9");
    assert_true(buffer.full);
    assert_string_equal(sw_buffer_text(&buffer), "12345678");
    sw_buffer_clear(&buffer);
    assert_false(buffer.full);
    sw_buffer_add_text(&buffer, "1234");
    sw_buffer_printf(&buffer, "%d", 56789);
    assert_true(buffer.full);
    sw_buffer_add_text(&buffer, "5"); /* would fit, but something is missing before it */
    assert_string_equal(sw_buffer_text(&buffer), "1234");
    sw_buffer_finish(&buffer);
    struct sw_buffer none = {0};
    sw_buffer_add_text(&none, "x");
    assert_true(none.full);
    sw_buffer_finish(&none);
}

/* Values of the FNV-1a reference (Noll). */
static void hashes_are_fnv_1a(void **state)
{
    (void)state;
    assert_true(sw_hash_text(SW_HASH_START, "") == 0xcbf29ce484222325ull);
    assert_true(sw_hash_text(SW_HASH_START, "a") == 0xaf63dc4c8601ec8cull);
    assert_true(sw_hash_text(SW_HASH_START, "foobar") == 0x85944171f73967e8ull);
    assert_true(sw_hash_text(sw_hash_text(SW_HASH_START, "foo"), "bar") == 0x85944171f73967e8ull);
    assert_true(sw_hash_text(SW_HASH_START, NULL) == SW_HASH_START);
    assert_true(sw_hash_number(SW_HASH_START, 0x61) == sw_hash_bytes(SW_HASH_START, "a\0\0\0\0\0\0\0", 8));
    assert_true(sw_hash_number(SW_HASH_START, 1ull << 56) == sw_hash_bytes(SW_HASH_START, "\0\0\0\0\0\0\0\1", 8));
}

/* Numbers that differ in a single bit, be it the highest, soon go to different places of a small table. */
static void mixing_spreads_every_bit(void **state)
{
    (void)state;
    uint64_t none = sw_hash_mix(sw_hash_mix(SW_HASH_START, 0), 7);
    for (int bit = 0; bit < 64; bit++)
        assert_true(sw_hash_mix(sw_hash_mix(SW_HASH_START, (uint64_t)1 << bit), 7) % 1024 != none % 1024);
    assert_true(sw_hash_mix_double(SW_HASH_START, 1) != sw_hash_mix_double(SW_HASH_START, 1.5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows),
        cmocka_unit_test(what_does_not_fit_is_left_out_whole),
        cmocka_unit_test(hashes_are_fnv_1a),
        cmocka_unit_test(mixing_spreads_every_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
