/* SPDX-License-Identifier: EUPL-1.2 */
/* The built-in names, in the exhibition of the golden pictures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "elements/catalogue.h"
#include "exhibition/source.h"
#include "stage/scope.h"

/* A title that reads `scenes` reads every title, its own too: that ends, and what it asks of other texts' names is missing. */
static void texts_that_read_each_other_end(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"scene.title", "Many after Animate\xe2\x80\x93"}, /* – : its page has no title */
        {"first(scenes).title", "Animate"},
        {"page.number == 1 ? scene.id : 'x'", "repeat"},
        {"first(scene.tags)", "element"},
    };
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_exhibition *exhibition = sw_exhibition_create(SW_ELEMENTS, sw_catalogue(), &diags);
    assert_non_null(exhibition);
    assert_int_equal(diags.errors, 0);
    struct sw_visit visit;
    sw_visit_init(&visit, exhibition, exhibition->languages[0]);
    struct sw_show_place where = {
        .exhibition = exhibition, .canvas = &exhibition->theme.canvases[0], .zone = "z", .visit = &visit};
    struct sw_show *show = sw_show_create(&where, sw_exhibition_scene(exhibition, "repeat"), 0);
    struct sw_arena arena = {.blocks = NULL};
    struct sw_evaluation evaluation = {.arena = &arena, .zone = exhibition->zone, .language = visit.language};
    struct sw_show_scope scope;
    sw_show_scope_init(&scope, show, &arena, &evaluation);
    evaluation.scope = &scope.scene;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_expression_faults faults = {.count = 0};
        const struct sw_expression *expression = sw_expression_create(&arena, cases[i][0], strlen(cases[i][0]), false, &faults);
        struct sw_value value = sw_expression_evaluate(expression, &evaluation);
        assert_int_equal(value.type, SW_VALUE_STRING);
        assert_string_equal(value.as.string, cases[i][1]);
    }
    sw_show_destroy(show);
    sw_visit_finish(&visit);
    sw_arena_finish(&arena);
    sw_exhibition_destroy(exhibition);
    sw_diags_finish(&diags);
}

/* What a visitor sets from live data does not point back into them. */
static void state_keeps_no_field(void **state)
{
    (void)state;
    static const struct sw_field field = {.name = "level"};
    static const struct sw_state items[] = {{.name = "seen", .start = {.type = SW_VALUE_NUMBER}, .minimum = 0, .maximum = 9}};
    static const struct sw_states states = {.items = items, .count = 1};
    struct sw_state_values values;
    struct sw_value live = sw_value_number(5), seen;
    bool changed = false;
    sw_state_values_init(&values, &states);
    live.field = &field;
    assert_true(sw_state_values_set(&values, "seen", live, &changed));
    assert_true(changed && sw_state_values_get(&values, "seen", &seen));
    assert_true(seen.as.number == 5);
    assert_null(seen.field);
    sw_state_values_finish(&values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_that_read_each_other_end), cmocka_unit_test(state_keeps_no_field)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
