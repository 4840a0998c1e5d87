/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "courier/options.h"

#define ARGUMENTS_MAX 12

struct row {
    const char *arguments[ARGUMENTS_MAX]; /* behind "courier" */
    const char *fault;                    /* a part of it; NULL: none */
};

static bool read_row(const struct row *row, struct sw_courier_options *options, char *fault, size_t size)
{
    char *arguments[ARGUMENTS_MAX + 1] = {(char *)(uintptr_t) "courier"};
    int count = 1;
    for (; count <= ARGUMENTS_MAX && row->arguments[count - 1] != NULL; count++)
        arguments[count] = (char *)(uintptr_t)row->arguments[count - 1];
    return sw_courier_options_read(options, count, arguments, fault, size);
}

static void faults_are_said(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {{"record", "--to", "d"}, NULL},
        {{"record", "--since", "12", "rhein", "park", "--to=d", "./demo", "--count", "3", "--config", "h.json"}, NULL},
        {{"record", "--to", "d", "--for", "2h"}, NULL},
        {{"record", "rhein"}, "--to DIR"},
        {{"record", "--to"}, "--to wants a value"},
        {{"record", "--to", "d", "--count", "0"}, "--count 0: 1 to"},
        {{"record", "--to", "d", "--count", "3x"}, "--count 3x"},
        {{"record", "--to", "d", "--for", "soon"}, "--for soon"},
        {{"record", "--to", "d", "--for", "0s"}, "--for 0s"},
        {{"record", "--to", "d", "./a", "./b"}, "./b: one exhibition"},
        {{"record", "--to", "d", "--shot", "x.png"}, "--shot is of another command"},
        {{"record", "--to", "d", "--replay", "e"}, "--replay is for play and render"},
        {{"record", "--to", "d", "--frobnicate"}, "no option --frobnicate"},
        {{"record", "--to", "d", "--live=yes"}, "--live takes no value"},
        {{"check", "--live", "demo", "--json"}, NULL},
        {{"check", "--live", "demo", "other"}, "other: one exhibition"},
        {{"check", "--live", "--to", "d"}, "are of record"},
        {{"check", "--live", "--full"}, "--full is of another command"},
        {{"check", "--live", "--wall", "w"}, "--wall is of another command"},
        {{"record", "--to", "d", "--generation", "3"}, "--generation is of another command"},
        {{"play", "--since", "12", "demo", "--for", "30s", "--wall", "w"}, NULL},
        {{"render", "demo", "--replay", "d", "-o", "x.png", "--scene", "s"}, NULL},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_courier_options options;
        char fault[256] = "";
        bool good = read_row(&rows[i], &options, fault, sizeof fault);
        if (good != (rows[i].fault == NULL) || (!good && strstr(fault, rows[i].fault) == NULL))
            fail_msg("%s %s: %s", rows[i].arguments[0], rows[i].arguments[1], good ? "no fault" : fault);
    }
}

static void names_and_folders_are_told_apart(void **state)
{
    (void)state;
    static const struct row row = {{"record", "rhein", "my-show", "--to", "d", "air_2", "--count", "7"}, NULL};
    struct sw_courier_options options;
    char fault[256];
    assert_true(read_row(&row, &options, fault, sizeof fault));
    assert_int_equal(options.command, SW_COURIER_RECORD);
    assert_int_equal(options.name_count, 2);
    assert_string_equal(options.names[0], "rhein");
    assert_string_equal(options.names[1], "air_2");
    assert_string_equal(options.folder, "my-show");
    assert_string_equal(options.to, "d");
    assert_true(options.count == 7);
    assert_true(options.duration == 0);
}

static void players_commands_are_served(void **state)
{
    (void)state;
    static const struct row play = {{"play", "--since", "1234567890123", "demo", "--replay", "d"}, NULL};
    static const struct row render = {{"render", "demo", "--at", "2026-11-23T14:05", "--live"}, NULL};
    struct sw_courier_options options;
    char fault[256];
    assert_true(read_row(&play, &options, fault, sizeof fault));
    assert_int_equal(options.command, SW_COURIER_SERVE);
    assert_true(options.from_start && !options.live && options.since == INT64_C(1234567890123));
    assert_string_equal(options.replay, "d");
    assert_true(read_row(&render, &options, fault, sizeof fault));
    assert_true(!options.from_start && options.live);
    assert_string_equal(options.at, "2026-11-23T14:05");
}

static void a_generation_is_named(void **state)
{
    (void)state;
    static const struct row row = {{"play", "--generation", "9007199254740991", "https://x", "--wall", "w", "--root-key=k", "--cache", "c"},
                                   NULL};
    struct sw_courier_options options;
    char fault[256] = "";
    assert_true(read_row(&row, &options, fault, sizeof fault));
    assert_true(options.generation == INT64_C(9007199254740991));
    assert_string_equal(options.folder, "https://x");
    assert_string_equal(options.typed.wall, "w");
    assert_string_equal(options.typed.root_key, "k");
    assert_string_equal(options.typed.cache, "c");
    assert_null(options.typed.base);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_said),
        cmocka_unit_test(a_generation_is_named),
        cmocka_unit_test(names_and_folders_are_told_apart),
        cmocka_unit_test(players_commands_are_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
