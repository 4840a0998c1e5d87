/* SPDX-License-Identifier: EUPL-1.2 */
/* Equality, order and hashes of values. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <math.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/must.h"
#include "exhibition/value.h"

static const struct sw_value none; /* zeroed: missing */

static struct sw_value duration(int64_t microseconds)
{
    return (struct sw_value){.type = SW_VALUE_DURATION, .as.duration = microseconds};
}

static struct sw_value instant(sw_instant microseconds)
{
    return (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = microseconds};
}

static struct sw_value list_of(const struct sw_list *list)
{
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = list};
}

static struct sw_value record_of(const struct sw_record *record)
{
    return (struct sw_value){.type = SW_VALUE_RECORD, .as.record = record};
}

static void constructors(void **state)
{
    (void)state;
    assert_int_equal(none.type, SW_VALUE_MISSING);
    assert_int_equal(sw_value_string(NULL).type, SW_VALUE_MISSING);
    assert_int_equal(sw_value_number(NAN).type, SW_VALUE_MISSING);
    assert_int_equal(sw_value_number(INFINITY).type, SW_VALUE_MISSING);
    assert_false(signbit(sw_value_number(-0.0).as.number));
    assert_true(sw_value_true(sw_value_bool(true)));
    assert_false(sw_value_true(sw_value_bool(false)));
    assert_false(sw_value_true(sw_value_number(1)));
    assert_false(sw_value_true(sw_value_string("true")));
    assert_false(sw_value_true(none));
}

static void members(void **state)
{
    (void)state;
    const char *const names[] = {"a", "b"};
    const struct sw_value values[] = {sw_value_number(1), sw_value_string("x")};
    const struct sw_record record = {2, names, values};
    assert_true(sw_value_equal(sw_value_member(record_of(&record), "b"), values[1]));
    assert_int_equal(sw_value_member(record_of(&record), "c").type, SW_VALUE_MISSING);
    assert_int_equal(sw_value_member(sw_value_number(1), "a").type, SW_VALUE_MISSING);
}

/* In rising order, all different. One base letter: the umlaut decides only where all else is the same. */
static void order(void **state)
{
    (void)state;
    const struct sw_value two[] = {sw_value_number(1), sw_value_number(2)}, three[] = {sw_value_number(1), sw_value_number(3)};
    const struct sw_list short_list = {1, two}, list = {2, two}, larger_list = {2, three};
    const char *const names[] = {"a", "b"}, *const other_names[] = {"a", "c"};
    const struct sw_record record = {2, names, two}, larger = {2, names, three}, other = {2, other_names, two};
    static const char things[2];
    const struct sw_value values[] = {
        sw_value_bool(false),
        sw_value_bool(true),
        sw_value_number(-3),
        sw_value_number(0),
        sw_value_number(2.5),
        duration(-1),
        duration(5),
        instant(-1),
        instant(5),
        sw_value_string(""),
        sw_value_string("Äpfel"),
        sw_value_string("Apfelbaum"),
        sw_value_string("apfelsine"),
        sw_value_string("\x01" "Berg\x02"), /* marks and soft hyphens do not count */
        sw_value_string("Berg"),
        sw_value_string("Ber\xc2\xadg"),
        sw_value_string("berg"),
        sw_value_string("Český"),
        sw_value_string("Dach"),
        sw_value_string("Ölbach"),
        sw_value_string("Otto"),
        sw_value_string("Straße"),
        sw_value_string("Straßen"),
        sw_value_string("Zeche"),
        sw_value_string("Київ"),
        sw_value_string("\xff"), /* not UTF-8: sorted as U+FFFD */
        sw_value_string("\xff\xff"),
        list_of(&short_list),
        list_of(&list),
        list_of(&larger_list),
        record_of(&record),
        record_of(&larger),
        record_of(&other),
        {.type = SW_VALUE_OPAQUE, .as.opaque = &things[0]},
        {.type = SW_VALUE_OPAQUE, .as.opaque = &things[1]},
        none,
    };
    for (size_t i = 0; i < SW_COUNT(values); i++) {
        for (size_t j = 0; j < SW_COUNT(values); j++) {
            assert_int_equal(sw_value_compare(values[i], values[j]), (i > j) - (i < j));
            assert_int_equal(sw_value_equal(values[i], values[j]), i == j);
            assert_int_equal(sw_value_hash(SW_HASH_START, values[i]) == sw_value_hash(SW_HASH_START, values[j]), i == j);
        }
    }
}

/* Keys are in the order that the texts are in, and no longer than is said. */
static void sort_keys(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "Apfel", "apfel", "\u00c4pfel", "\u00e4pfel", "Zoo", "zo\u00f6", "\u0410\u0431", "\u023a\u023a", "\u0130z", "iz", "Iz", "9",
        "10", "a\u00adb", "ab", "a\x01" "b\x02", "\xff\xff\xff", "~", "\u00df", "s", "\u20ac", "\U0001F600", "\u0633\u064a",
        "\u05d0\u05d1", "a b", "a-b",
    };
    char a[64], b[64];
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        for (size_t j = 0; j < SW_COUNT(texts); j++) {
            size_t length = sw_value_sort_key(texts[i], a);
            (void)sw_value_sort_key(texts[j], b);
            assert_int_equal(length, strlen(a));
            assert_true(length <= strlen(texts[i]) * 3);
            int keys = strcmp(a, b), whole = strcmp(texts[i], texts[j]), wanted = keys != 0 ? keys : whole;
            assert_int_equal(sw_value_compare(sw_value_string(texts[i]), sw_value_string(texts[j])), (wanted > 0) - (wanted < 0));
        }
    }
}

static void equal_things_in_other_places(void **state)
{
    (void)state;
    char text[] = "x", same[] = "x";
    const struct sw_value a[] = {sw_value_string(text)}, b[] = {sw_value_string(same)};
    const char *const names[] = {"n"};
    const struct sw_list x = {1, a}, y = {1, b};
    const struct sw_record r = {1, names, a}, s = {1, names, b};
    assert_true(sw_value_equal(list_of(&x), list_of(&y)));
    assert_true(sw_value_equal(record_of(&r), record_of(&s)));
    assert_int_equal(sw_value_compare(list_of(&x), list_of(&y)), 0);
    assert_int_equal(sw_value_compare(record_of(&r), record_of(&s)), 0);
    assert_true(sw_value_hash(1, record_of(&r)) == sw_value_hash(1, record_of(&s)));

    const struct sw_value c[] = {sw_value_string("y")}; /* the first item counts */
    const struct sw_list z = {1, c};
    const struct sw_record t = {1, names, c};
    assert_false(sw_value_equal(list_of(&x), list_of(&z)) || sw_value_equal(record_of(&r), record_of(&t)));
    assert_int_equal(sw_value_compare(list_of(&x), list_of(&z)), -1);
    assert_int_equal(sw_value_compare(record_of(&t), record_of(&r)), 1);
    assert_true(sw_value_hash(1, list_of(&x)) != sw_value_hash(1, list_of(&z)));
    assert_true(sw_value_hash(1, record_of(&r)) != sw_value_hash(1, record_of(&t)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(constructors), cmocka_unit_test(members), cmocka_unit_test(order),
                                       cmocka_unit_test(sort_keys), cmocka_unit_test(equal_things_in_other_places)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
