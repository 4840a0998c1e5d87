/* SPDX-License-Identifier: EUPL-1.2 */
/* A source through all its states, with a clock that is moved by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/freshness.h"

#define NOW INT64_C(1795442700000000)

static const struct sw_source source = {.fresh_for = 30 * SW_MINUTE, .expire_after = 6 * SW_HOUR};

static const struct {
    enum sw_reading_kind kind;
    int64_t observed, as_of; /* beside NOW */
    bool none, failed;
    enum sw_freshness state;
    int64_t until; /* beside NOW; 0: for ever */
} cases[] = {
    {.none = true, .state = SW_FRESHNESS_LOADING},
    {.none = true, .failed = true, .state = SW_FRESHNESS_ERROR},
    {.observed = 0, .state = SW_FRESHNESS_FRESH, .until = 30 * SW_MINUTE},
    {.observed = -10 * SW_MINUTE, .state = SW_FRESHNESS_FRESH, .until = 20 * SW_MINUTE},
    {.observed = -30 * SW_MINUTE + 1, .state = SW_FRESHNESS_FRESH, .until = 1},
    {.observed = -30 * SW_MINUTE, .state = SW_FRESHNESS_STALE, .until = 6 * SW_HOUR - 30 * SW_MINUTE},
    {.observed = -6 * SW_HOUR + 1, .state = SW_FRESHNESS_STALE, .until = 1},
    {.observed = -6 * SW_HOUR, .state = SW_FRESHNESS_EXPIRED},
    {.observed = -400 * 24 * SW_HOUR, .state = SW_FRESHNESS_EXPIRED},
    {.observed = 2 * SW_HOUR, .state = SW_FRESHNESS_FRESH, .until = 2 * SW_HOUR + 30 * SW_MINUTE}, /* clocks differ */
    /* a failed attempt takes nothing away */
    {.observed = -10 * SW_MINUTE, .failed = true, .state = SW_FRESHNESS_FRESH, .until = 20 * SW_MINUTE},
    {.observed = -2 * SW_HOUR, .failed = true, .state = SW_FRESHNESS_STALE, .until = 4 * SW_HOUR},
    {.observed = -7 * SW_HOUR, .failed = true, .state = SW_FRESHNESS_EXPIRED},
    /* samples and recordings are as old as they were, and stay so */
    {.kind = SW_READING_SAMPLE, .observed = -500 * SW_HOUR, .as_of = -500 * SW_HOUR + SW_MINUTE, .state = SW_FRESHNESS_FRESH},
    {.kind = SW_READING_SAMPLE, .observed = -500 * SW_HOUR, .as_of = -499 * SW_HOUR, .state = SW_FRESHNESS_STALE},
    {.kind = SW_READING_RECORDED, .observed = -500 * SW_HOUR, .as_of = -400 * SW_HOUR, .state = SW_FRESHNESS_STALE},
    {.kind = SW_READING_RECORDED, .observed = 0, .as_of = 0, .failed = true, .state = SW_FRESHNESS_FRESH},
};

static void every_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_reading_facts facts = {.kind = cases[i].kind, .observed = NOW + cases[i].observed, .fetched = NOW, .published = SW_NEVER};
        facts.as_of = cases[i].kind == SW_READING_LIVE ? SW_NEVER : NOW + cases[i].as_of;
        struct sw_freshness_at at = sw_freshness_at(&source, cases[i].none ? NULL : &facts, cases[i].failed, NOW);
        sw_instant until = cases[i].until == 0 ? SW_NEVER : NOW + cases[i].until;
        if (at.state != cases[i].state || at.until != until) {
            fail_msg("case %zu: %s", i, sw_freshness_text(at.state));
        }
        if (at.until != SW_NEVER) { /* it changes then and not before */
            assert_int_equal(sw_freshness_at(&source, &facts, cases[i].failed, at.until - 1).state, at.state);
            assert_int_not_equal(sw_freshness_at(&source, &facts, cases[i].failed, at.until).state, at.state);
        }
    }
}

static void off_and_faulty(void **state)
{
    (void)state;
    struct sw_source other = source;
    struct sw_reading_facts facts = {.observed = NOW, .fetched = NOW, .published = SW_NEVER, .as_of = SW_NEVER};
    other.off = true;
    assert_int_equal(sw_freshness_at(&other, &facts, false, NOW).state, SW_FRESHNESS_OFF);
    other.faulty = true;
    assert_int_equal(sw_freshness_at(&other, NULL, false, NOW).state, SW_FRESHNESS_ERROR);
    static const char *const texts[] = {"loading", "fresh", "stale", "expired", "error", "off"};
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        assert_string_equal(sw_freshness_text((enum sw_freshness)i), texts[i]);
        assert_string_equal(sw_source_states[i], texts[i]);
    }
    assert_null(sw_source_states[SW_COUNT(texts)]);
}

/* "304 Not Modified" moves only what is counted from the fetch. */
static void what_a_confirmation_moves(void **state)
{
    (void)state;
    struct sw_reading_facts facts = {.observed = NOW - SW_HOUR, .fetched = NOW - SW_HOUR, .published = SW_NEVER, .as_of = SW_NEVER};
    struct sw_reading_facts later = sw_reading_confirmed(&facts, NOW);
    assert_true(later.fetched == NOW && later.observed == NOW);
    facts.observed_known = true;
    later = sw_reading_confirmed(&facts, NOW);
    assert_true(later.fetched == NOW && later.observed == NOW - SW_HOUR);
    facts.observed_known = false;
    facts.published = facts.observed = NOW - 3 * SW_HOUR;
    later = sw_reading_confirmed(&facts, NOW);
    assert_true(later.fetched == NOW && later.observed == NOW - 3 * SW_HOUR && later.published == NOW - 3 * SW_HOUR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state),
        cmocka_unit_test(off_and_faulty),
        cmocka_unit_test(what_a_confirmation_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
