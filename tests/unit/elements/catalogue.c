/* SPDX-License-Identifier: EUPL-1.2 */
/* The tables of all kinds as the reference is made from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "elements/catalogue.h"
#include "exhibition/kind.h"
#include "view/behaviour.h"

static const char *const names[] = {"text",   "image",  "video", "shape", "row",    "column", "grid", "stack", "switch",
                                    "repeat", "use",    "slot",  "button", "clock", "qr",     "chart", "trend", "table"};

static void test_all_kinds(void **state)
{
    (void)state;
    const struct sw_catalogue *catalogue = sw_catalogue();
    assert_int_equal(catalogue->count, SW_COUNT(names));
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct sw_kind *kind = catalogue->kinds[i];
        assert_string_equal(kind->name, names[i]);
        assert_string_equal(kind->rows[0].key, kind->name);
        assert_int_equal(kind->rows[0].flags & (SW_ROW_KIND | SW_ROW_REQUIRED), SW_ROW_KIND | SW_ROW_REQUIRED);
        assert_non_null(kind->behaviour);
        assert_non_null(kind->behaviour->measure);
        assert_true(kind->meaning[strlen(kind->meaning) - 1] == '.');
        for (size_t row = 1; row < kind->count; row++) {
            assert_int_equal(kind->rows[row].flags & SW_ROW_KIND, 0);
        }
    }
}

static void no_kind_of_that_name(const char *key)
{
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        assert_string_not_equal(key, names[i]);
    }
}

/* Of what a list of objects holds: no table of its own. */
static void check_inner_row(const struct sw_row *row)
{
    assert_non_null(row->key);
    assert_true(strlen(row->meaning) > 10);
    assert_true(row->meaning[strlen(row->meaning) - 1] == '.');
    assert_null(row->table);
    assert_true((row->means != SW_MEANS_TYPE) == (row->type == SW_TYPE_CUSTOM));
}

static void check_row(const struct sw_row *row)
{
    assert_non_null(row->key);
    assert_non_null(row->meaning);
    assert_true(strlen(row->meaning) > 20);
    assert_true(row->meaning[strlen(row->meaning) - 1] == '.');
    assert_true(row->type != SW_TYPE_ENUM || row->words != NULL);
    assert_true((row->means != SW_MEANS_TYPE) == (row->type == SW_TYPE_CUSTOM));
    assert_true(row->minimum <= row->maximum);
    assert_null(row->judge);
    assert_true((row->means == SW_MEANS_RECORDS) == (row->table != NULL));
    for (size_t i = 0; row->table != NULL && i < row->table->count; i++) {
        check_inner_row(&row->table->rows[i]);
    }
}

/* A key must never be taken for the kind, nor stand for two things. */
static void test_rows(void **state)
{
    (void)state;
    const struct sw_row *common = sw_common_rows();
    for (size_t i = 0; i < SW_COMMON_COUNT; i++) {
        check_row(&common[i]);
        no_kind_of_that_name(common[i].key);
    }
    for (size_t k = 0; k < sw_catalogue()->count; k++) {
        const struct sw_kind *kind = sw_catalogue()->kinds[k];
        for (size_t i = 0; i < kind->count; i++) {
            check_row(&kind->rows[i]);
            if (i > 0) {
                no_kind_of_that_name(kind->rows[i].key);
            }
            for (size_t j = 0; j < i; j++) {
                assert_string_not_equal(kind->rows[i].key, kind->rows[j].key);
            }
            for (size_t j = 0; j < SW_COMMON_COUNT; j++) {
                assert_string_not_equal(kind->rows[i].key, common[j].key);
            }
        }
    }
}

static void test_common_order(void **state)
{
    (void)state;
    static const char *const keys[] = {"in",      "at",     "size",   "width",   "height",       "anchor", "align", "grow",
                                       "padding", "fill",   "radius", "stroke",  "stroke_width", "when",   "keep",  "opacity",
                                       "style",   "colour", "tap",    "animate", "name",         "alt",    "mirror", "bezels"};
    assert_int_equal(SW_COUNT(keys), SW_COMMON_COUNT);
    for (size_t i = 0; i < SW_COMMON_COUNT; i++) {
        assert_string_equal(sw_common_rows()[i].key, keys[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_kinds),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_common_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
