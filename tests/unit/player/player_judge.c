/* SPDX-License-Identifier: EUPL-1.2 */
/* The arithmetic of what `check --full` judges, and what is left of many findings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "player/check/judge.h"

/* Some of the theme, worked out elsewhere, and two of WCAG. */
static void contrasts(void **state)
{
    (void)state;
    static const struct {
        uint32_t a, b;
        double wanted;
    } rows[] = {
        {0xff000000, 0xffffffff, 21}, {0xffffffff, 0xff000000, 21},   {0xff777777, 0xff777777, 1},
        {0xff13212c, 0xfff5f2ea, 14.65}, {0xff43525e, 0xfff5f2ea, 7.2}, {0xffffffff, 0xff0a4f78, 8.74},
        {0xff7fc4e8, 0xff0b1a24, 9.2}, {0xff767676, 0xffffffff, 4.54},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++)
        assert_float_equal(sw_judge_contrast(rows[i].a, rows[i].b), rows[i].wanted, 0.05);
}

static void blends(void **state)
{
    (void)state;
    assert_int_equal(sw_judge_blend(0xff102030, 0xffffffff), 0xff102030);
    assert_int_equal(sw_judge_blend(0x00102030, 0xff405060), 0xff405060);
    assert_int_equal(sw_judge_blend(0x80000000, 0xffffffff), 0xff7f7f7f);
}

static void words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t wanted;
    } rows[] = {
        {"", 0}, {"Hallo", 1}, {"  ein   Wort\nnoch eins ", 4}, {"eins – zwei", 2}, {"„Ja“ sagte sie.", 3}, {"\x01stark\x02 hier", 2},
        {"\x0e erster\n\x0e zweiter", 2},
        {"1.234,5 cm", 2}, {"800\xc2\xa0mm", 1}, {"Über Öl", 2}, {"… ! ?", 0}, {"منسوب الماء", 2},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++)
        assert_int_equal(sw_judge_words(rows[i].text), rows[i].wanted);
    assert_int_equal(sw_judge_reading(180), SW_MINUTE);
    assert_int_equal(sw_judge_reading(45), 15 * SW_SECOND);
    assert_int_equal(sw_judge_reading(0), 0);
}

static void letters(void **state)
{
    (void)state;
    enum sw_severity severity;
    assert_true(sw_judge_letters(9.67, 1500, &severity)); /* 1500 / 155 is 9.677 */
    assert_int_equal(severity, SW_ERROR);
    assert_true(sw_judge_letters(9.68, 1500, &severity));
    assert_int_equal(severity, SW_WARNING);
    assert_true(sw_judge_letters(13.63, 1500, &severity)); /* 1500 / 110 is 13.636 */
    assert_int_equal(severity, SW_WARNING);
    assert_false(sw_judge_letters(13.64, 1500, &severity));
}

/* -- findings -- */

static struct sw_finding finding(enum sw_rule rule, int line, double worth, const char *text)
{
    return (struct sw_finding){.rule = rule,
                               .severity = SW_WARNING,
                               .worth = worth,
                               .file = "scenes/a.json",
                               .line = line,
                               .column = 1,
                               .path = "x",
                               .text = text};
}

static void the_worst_is_told(void **state)
{
    (void)state;
    struct sw_finding all[] = {finding(SW_RULE_TARGET, 1, -18, "18 mm"), finding(SW_RULE_TARGET, 1, -12, "12 mm"),
                               finding(SW_RULE_TARGET, 2, -19, "19 mm"), finding(SW_RULE_SMALL, 1, 120, "small"),
                               finding(SW_RULE_SMALL, 1, 160, "tiny"),   finding(SW_RULE_MEDIA, 1, 0.3, "large"),
                               finding(SW_RULE_MEDIA, 5, 0.9, "")};
    all[4].severity = SW_ERROR;
    static const char *const wanted[] = {"12 mm", "19 mm", "tiny"};
    for (unsigned seed = 0; seed < 50; seed++) { /* whatever the order */
        struct sw_findings findings = {.count = 0};
        struct sw_diags diags;
        for (size_t i = SW_COUNT(all); i > 1; i--) {
            size_t other = (size_t)(seed * 2654435761u >> 8) % i;
            struct sw_finding swapped = all[i - 1];
            all[i - 1] = all[other];
            all[other] = swapped;
        }
        for (size_t i = 0; i < SW_COUNT(all); i++)
            sw_findings_add(&findings, &all[i]);
        sw_findings_settle(&findings);
        sw_diags_init(&diags);
        sw_findings_say(&findings, &diags);
        sw_diags_sort(&diags);
        assert_int_equal(diags.count, 3);
        assert_int_equal(diags.errors, 1);
        for (size_t i = 0; i < diags.count; i++) {
            bool found = false;
            for (size_t k = 0; k < SW_COUNT(wanted); k++)
                found = found || strcmp(diags.items[i].text, wanted[k]) == 0;
            assert_true(found);
        }
        sw_diags_finish(&diags);
        sw_findings_finish(&findings);
    }
}

static void many_are_settled_in_between(void **state)
{
    (void)state;
    struct sw_findings findings = {.count = 0};
    for (int i = 0; i < 100000; i++) {
        struct sw_finding one = finding(SW_RULE_CONTRAST, i % 10, i, "x");
        sw_findings_add(&findings, &one);
        assert_true(findings.count <= 10000);
    }
    sw_findings_settle(&findings);
    assert_int_equal(findings.count, 10);
    for (size_t i = 0; i < findings.count; i++)
        assert_true(findings.items[i].worth >= 99990);
    sw_findings_finish(&findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrasts),         cmocka_unit_test(blends),
        cmocka_unit_test(words),             cmocka_unit_test(letters),
        cmocka_unit_test(the_worst_is_told), cmocka_unit_test(many_are_settled_in_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
