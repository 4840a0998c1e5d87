/* SPDX-License-Identifier: EUPL-1.2 */
/* A folder that is loaded again and again: what it says is what it would say if it were loaded for the first time, and what has not
 * changed is the very same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "elements/catalogue.h"
#include "load_house.h"

#define SOURCES                                                                                                                            \
    "{\"air\": {\"file\": \"data/air.json\", \"format\": \"json\", \"fresh_for\": \"5m\", \"expire_after\": \"1h\","    \
    " \"fields\": {\"dust\": {\"from\": \"/dust\", \"type\": \"number\", \"unit\": \"%s\"}},"               \
    " \"attribution\": {\"provider\": \"A\", \"licence\": {\"name\": \"B\", \"url\": \"https://example.org/b\"},"                         \
    " \"url\": \"https://example.org/\"}}}"

static struct sw_kept *kept;

static void load(struct house *house)
{
    sw_diags_finish(&house->diags);
    sw_diags_init(&house->diags);
    sw_exhibition_destroy(house->exhibition);
    house->exhibition = sw_exhibition_create_again(house->folder, sw_catalogue(), NULL, kept, &house->diags);
    sw_diags_sort(&house->diags);
}

static int open_house(void **state)
{
    kept = sw_kept_create();
    return house_open(state);
}

static int close_house(void **state)
{
    int status = house_close(state);
    sw_kept_destroy(kept);
    return status;
}

static void write_sources(struct house *house, const char *unit)
{
    char text[1024];
    (void)snprintf(text, sizeof text, SOURCES, unit);
    house_put(house, "scenes/sources.json", text);
}

static void the_root_is_kept_while_it_is_the_folder(void **state)
{
    struct house *house = *state;
    load(house);
    house_expect(house, NULL, 0);
    struct sw_root *root = sw_root_hold(house->exhibition->root);
    load(house);
    assert_ptr_equal(house->exhibition->root, root);
    char away[128];
    (void)snprintf(away, sizeof away, "%s-away", house->folder);
    assert_int_equal(rename(house->folder, away), 0);
    load(house);
    assert_null(house->exhibition);
    assert_int_equal(rename(away, house->folder), 0);
    load(house);
    assert_ptr_equal(house->exhibition->root, root);
    sw_root_destroy(root);
}

static void faults_are_said_with_each_load(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 3; i++) {
        house_put(house, "scenes/x.json", "{\"title\": \"X\"}");
        load(house);
        assert_int_equal(house->diags.errors, 1);
        house_put(house, "scenes/x.json", "{\"title\": ");
        load(house);
        assert_int_equal(house->diags.errors, 1);
        house_put(house, "scenes/x.json", "{\"title\": \"X\", \"elements\": []}");
        load(house);
        house_expect(house, NULL, 0);
        assert_non_null(sw_exhibition_scene(house->exhibition, "x"));
    }
    char path[128];
    (void)snprintf(path, sizeof path, "%s/scenes/x.json", house->folder);
    assert_int_equal(unlink(path), 0);
    load(house);
    house_expect(house, NULL, 0);
    assert_null(sw_exhibition_scene(house->exhibition, "x"));
}

static void sources_are_the_same_while_nothing_of_them_changes(void **state)
{
    struct house *house = *state;
    write_sources(house, "g");
    load(house);
    house_expect(house, NULL, 0);
    const struct sw_source *sources = house->exhibition->sources;
    house_put(house, "scenes/x.json", "{\"title\": \"X\", \"elements\": [{\"text\": \"{air.dust | value}\"}]}");
    for (int i = 0; i < 3; i++) {
        load(house);
        house_expect(house, NULL, 0);
        assert_ptr_equal(house->exhibition->sources, sources);
        assert_string_equal(sources->name, "air"); /* also though the load that made them is gone */
    }
    write_sources(house, "kg");
    load(house);
    house_expect(house, NULL, 0);
    assert_ptr_not_equal(house->exhibition->sources, sources);
    assert_string_equal(house->exhibition->sources->name, "air");
}

static void sources_with_faults_are_not_kept(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/sources.json", "{\"air\": {\"file\": \"data/air.json\"}}");
    load(house);
    size_t errors = house->diags.errors;
    assert_true(errors > 0);
    load(house);
    assert_int_equal(house->diags.errors, errors);
    assert_null(house->exhibition->sources_of);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, open_house, close_house)
    const struct CMUnitTest tests[] = {
        CASE(the_root_is_kept_while_it_is_the_folder),
        CASE(faults_are_said_with_each_load),
        CASE(sources_are_the_same_while_nothing_of_them_changes),
        CASE(sources_with_faults_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
