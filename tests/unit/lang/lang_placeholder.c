/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a text is code, and which translations have kept it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "lang/placeholder.h"

/* Code stands in < >. */
static void pieces(void **state)
{
    static const struct {
        const char *text, *cut;
    } cases[] = {
        {"", ""},
        {"Der Rhein", "Der Rhein"},
        {"{a}", "<{a}>"},
        {"Stand {rhein.at | time} Uhr", "Stand <{rhein.at | time}> Uhr"},
        {"{{kein}} Wert {w}", "{{kein}} Wert <{w}>"},
        {"{n > 2 ? '}' : \"{\"}x", "<{n > 2 ? '}' : \"{\"}>x"},
        {"{n} {n | plural:'Tag','Tage'}", "<{n}> <{n | plural:'>Tag<','>Tage<'}>"},
        {"{i | map:'a=gut,b=sehr gut'}.", "<{i | map:'a=>gut<,b=>sehr gut<'}>."},
        {"{i|map:\"a=gut\" | upper}", "<{i|map:\"a=>gut<\" | upper}>"},
        {"{i | map:'a='}", "<{i | map:'a='}>"},
        {"{i | plural:'it\\'s','x'}", "<{i | plural:'>it\\'s<','>x<'}>"},
        {"{mapper | number:1}", "<{mapper | number:1}>"},
        {"offen {", "offen {"},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_arena arena = {.blocks = NULL};
        char cut[256] = "";
        size_t count = 0, used = 0;
        const struct sw_piece *list = sw_placeholder_pieces(&arena, cases[i].text, &count);
        for (size_t p = 0; p < count; p++)
            used += (size_t)snprintf(cut + used, sizeof cut - used, list[p].code ? "<%.*s>" : "%.*s", (int)list[p].length, list[p].at);
        assert_string_equal(cut, cases[i].cut);
        sw_arena_finish(&arena);
    }
}

static void faults(void **state)
{
    static const struct {
        const char *source, *translation, *fault; /* NULL: none */
    } cases[] = {
        {"Der Rhein", "The Rhine", NULL},
        {"{a} und {b}", "{b} ve {a}", NULL},
        {"{a}", "{a} ({a})", NULL},
        {"{a} und {b}", "{b}", "lacks {a}, which the text has; copy it as it stands"},
        {"{a} und {a}", "{a}", "lacks {a}, which the text has; copy it as it stands"},
        {"{a}", "{A}", "lacks {a}, which the text has; copy it as it stands"},
        {"{a}", "{ a}", "lacks {a}, which the text has; copy it as it stands"},
        {"{a}", "{a} {c}", "has {c}, which the text has not"},
        {"{a}", "{a", "has a { that is never closed; for a brace in the text write {{"},
        {"{a}", "{a} }", "has a } that closes nothing; for a brace in the text write }}"},
        {"{{a}}", "{{b}}", NULL},
        {"{i | map:'a=gut,b=schlecht'}", "{i | map:'a=iyi,b=k\303\266t\303\274'}", NULL},
        {"{i | map:'a=gut,b=schlecht'}", "{i | map:'a=iyi'}",
         "lacks {i | map:'a=gut,b=schlecht'}, which the text has; copy it as it stands"},
        {"{i | map:'a=gut'}", "{i | map:'iyi=gut'}", "lacks {i | map:'a=gut'}, which the text has; copy it as it stands"},
        {"{n | plural:'Tag','Tage'}", "{n | plural:'g\303\274n'}", NULL},
        {"{n | plural:'Tag','Tage'}", "{n | plural:'a', 'b','c', 'd'}", NULL},
        {"{n | plural:'Tag','Tage'}", "{m | plural:'Tag','Tage'}",
         "lacks {n | plural:'Tag','Tage'}, which the text has; copy it as it stands"},
        {"kein Wert", "{session.secret}", "has {session.secret}, which the text has not"},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_arena arena = {.blocks = NULL};
        const char *fault = sw_placeholder_fault(&arena, cases[i].source, cases[i].translation);
        assert_string_equal(fault != NULL ? fault : "", cases[i].fault != NULL ? cases[i].fault : "");
        sw_arena_finish(&arena);
    }
}

static void what_has_words(void **state)
{
    static const char *const words[] = {"a", "{n} Tage", "\303\226l", "\331\205", "{i | map:'a=gut'}", "mehr auf https://a.de"};
    static const char *const none[] = {"", "{n}", "\342\206\222", "12:30 \342\200\223 14", "\302\260",
                                       "{a | time} / {b}", "https://duisburg.de/a"};
    struct sw_arena arena = {.blocks = NULL};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(words); i++)
        assert_true(sw_placeholder_translatable(&arena, words[i]));
    for (size_t i = 0; i < SW_COUNT(none); i++)
        assert_false(sw_placeholder_translatable(&arena, none[i]));
    sw_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pieces), cmocka_unit_test(faults), cmocka_unit_test(what_has_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
