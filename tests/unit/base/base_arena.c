/* SPDX-License-Identifier: EUPL-1.2 */
/* Arenas and the malloc that does not fail. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "own_process.h"

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    unsigned char *pieces[2000];
    size_t sizes[2000];
    for (size_t i = 0; i < 2000; i++) {
        sizes[i] = i * 37 % 1500 + (i % 400 == 0 ? 100000 : 0);
        pieces[i] = sw_arena_alloc(&arena, sizes[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < sizes[i]; j++) {
            assert_int_equal(pieces[i][j], 0);
        }
        memset(pieces[i], (int)(i % 251) + 1, sizes[i]);
    }
    for (size_t i = 0; i < 2000; i++) {
        for (size_t j = 0; j < sizes[i]; j++) {
            assert_int_equal(pieces[i][j], i % 251 + 1);
        }
    }
    sw_arena_finish(&arena);
    assert_null(arena.blocks);
    assert_int_equal(arena.used, 0);
}

static void no_bytes_are_a_valid_piece(void **state)
{
    (void)state;
    struct sw_arena arena;
    sw_arena_init(&arena);
    void *first = sw_arena_alloc(&arena, 0), *second = sw_arena_alloc(&arena, 0);
    assert_non_null(first);
    assert_ptr_not_equal(first, second);
    sw_arena_finish(&arena);
}

static void reset_keeps_room_and_zeroes_again(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    for (int round = 0; round < 5; round++) {
        unsigned char *piece = sw_arena_alloc(&arena, 3000);
        assert_int_equal(piece[0], 0);
        assert_int_equal(piece[2999], 0);
        memset(piece, 0xAA, 3000);
        (void)sw_arena_alloc(&arena, 50000);
        assert_true(arena.used >= 53000);
        sw_arena_reset(&arena);
        assert_int_equal(arena.used, 0);
        assert_non_null(arena.blocks);
    }
    /* the largest block was kept: what fits in it lies in it */
    void *block = arena.blocks;
    (void)sw_arena_alloc(&arena, 40000);
    assert_ptr_equal(arena.blocks, block);
    sw_arena_finish(&arena);
    sw_arena_reset(&arena);
    assert_null(arena.blocks);
    sw_arena_finish(NULL);
}

static void note(void *thing)
{
    char **order = thing;
    *(*order)++ = '.';
}

static void what_is_deferred_is_done_once(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    char marks[8] = "", *order = marks;
    sw_arena_defer(&arena, note, &order);
    sw_arena_defer(&arena, note, &order);
    assert_string_equal(marks, "");
    sw_arena_reset(&arena);
    assert_string_equal(marks, "..");
    sw_arena_reset(&arena);
    assert_string_equal(marks, "..");
    sw_arena_defer(&arena, note, &order);
    sw_arena_finish(&arena);
    assert_string_equal(marks, "...");
    sw_arena_finish(&arena);
    assert_string_equal(marks, "...");
}

static void strings_are_copied(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    assert_string_equal(sw_arena_strdup(&arena, "Ruhrort"), "Ruhrort");
    assert_string_equal(sw_arena_strdup(&arena, NULL), "");
    assert_string_equal(sw_arena_strndup(&arena, "Ruhrort", 4), "Ruhr");
    assert_string_equal(sw_arena_strndup(&arena, "Ruhr", 100), "Ruhr");
    assert_string_equal(sw_arena_strndup(&arena, NULL, 3), "");
    assert_string_equal(sw_arena_printf(&arena, "%s-%d", "zone", 7), "zone-7");
    assert_string_equal(sw_arena_printf(&arena, "%s", ""), "");
    assert_int_equal(strlen(sw_arena_printf(&arena, "%09999d", 1)), 9999);
    sw_arena_finish(&arena);
}

static void growing_zeroes_new_room(void **state)
{
    (void)state;
    size_t capacity = 0;
    int *items = NULL;
    for (size_t count = 1; count < 1000; count++) {
        items = sw_grow(items, &capacity, count, sizeof *items);
        assert_true(capacity >= count);
        assert_int_equal(items[count - 1], 0);
        items[count - 1] = (int)count;
    }
    assert_int_equal(items[500], 501);
    int *same = sw_grow(items, &capacity, 10, sizeof *items);
    assert_ptr_equal(same, items);
    free(items);
    char *nothing = sw_alloc(0), *none = sw_alloc_array(0, 8), *copy = sw_strdup("");
    assert_non_null(nothing);
    assert_non_null(none);
    assert_string_equal(copy, "");
    free(nothing);
    free(none);
    free(copy);
}

static int array_overflows(void)
{
    struct sw_arena arena = {0};
    (void)sw_arena_array(&arena, SIZE_MAX / 2, 3);
    return 0;
}

static int size_overflows(void)
{
    struct sw_arena arena = {0};
    (void)sw_arena_alloc(&arena, SIZE_MAX - 3);
    return 0;
}

static int growth_overflows(void)
{
    size_t capacity = 0;
    void *items = sw_grow(NULL, &capacity, SIZE_MAX / 4, 8);
    return items == NULL;
}

static void overflows_end_the_program(void **state)
{
    (void)state;
    assert_true(aborts(array_overflows));
    assert_true(aborts(size_overflows));
    assert_true(aborts(growth_overflows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart), cmocka_unit_test(no_bytes_are_a_valid_piece),
        cmocka_unit_test(reset_keeps_room_and_zeroes_again),   cmocka_unit_test(strings_are_copied),
        cmocka_unit_test(what_is_deferred_is_done_once),
        cmocka_unit_test(growing_zeroes_new_room),             cmocka_unit_test(overflows_end_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
