/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "courier/identity.h"

static const char *const from[] = {"/v", NULL}, *const other_from[] = {"/w", NULL};
static const struct sw_missing none[] = {{NULL, -999}}, dashes[] = {{"---", 0}};
static const struct sw_word words[] = {{"1", "high"}}, other_words[] = {{"1", "low"}};
static const struct sw_word german[] = {{"Accept-Language", "de"}}, english[] = {{"Accept-Language", "en"}};

/* A source with all that one can have, in the test's memory. */
struct made {
    struct sw_field field;
    struct sw_source source;
};

static void make(struct made *made)
{
    *made = (struct made){
        .field = {.name = "v", .type = SW_FIELD_NUMBER, .from = from, .ranged = true, .minimum = 0, .maximum = 9, .decimal = '.',
                  .missing = none, .missing_count = 1, .words = words, .word_count = 1, .otherwise = "none"},
        .source = {.name = "s", .transport = SW_TRANSPORT_HTTP,
                   .request = {.address = "https://a.example/", .headers = german, .header_count = 1, .pick = "/a", .limit = 10,
                               .auth = {.kind = SW_AUTH_BEARER, .first = "key"}, .field_count = 1, .observed = -1}}};
    made->source.request.fields = &made->field;
}

/* Each change, and whether an answer may be shared with who lacks it. */
static const struct {
    const char *what;
    bool shared;
} changes[] = {
    {"address", false}, {"header", false}, {"secret", false}, {"auth", false},   {"format", false},  {"delimiter", true},
    {"charset", true},  {"pick", true},    {"select", true},  {"vars", true},    {"rows", true},     {"limit", true},
    {"observed", true}, {"from", true},    {"range", true},   {"no range", true}, {"decimal", true}, {"missing", true},
    {"map", true},      {"otherwise", true}, {"encoding", true}, {"skip", true},
};

static void change(struct made *made, size_t index)
{
    struct sw_request *request = &made->source.request;
    switch (index) {
    case 0: request->address = "https://a.example/2"; return;
    case 1: request->headers = english; return;
    case 2: request->auth.first = "other"; return;
    case 3: request->auth.kind = SW_AUTH_HEADER; return;
    case 4: request->format = SW_FORMAT_CSV; return;
    case 5: request->csv.delimiter = ';'; return;
    case 6: request->csv.charset = SW_CHARSET_LATIN1; return;
    case 7: request->pick = "/b"; return;
    case 8: request->select = ".body"; return;
    case 9: request->vars = "{}"; return;
    case 10: request->rows = true; return;
    case 11: request->limit = 11; return;
    case 12: request->observed = 0; return;
    case 13: made->field.from = other_from; return;
    case 14: made->field.maximum = 10; return;
    case 15: made->field.ranged = false; return;
    case 16: made->field.decimal = ','; return;
    case 17: made->field.missing = dashes; return;
    case 18: made->field.words = other_words; return;
    case 19: made->field.otherwise = NULL; return;
    case 20: made->field.encoding = SW_TIME_EPOCH_MS; return;
    default: request->csv.skip = 1; return;
    }
}

static void every_change_makes_another(void **state)
{
    struct made made, changed;
    (void)state;
    make(&made);
    for (size_t i = 0; i < SW_COUNT(changes); i++) {
        make(&changed);
        assert_true(sw_identity_declared(&made.source) == sw_identity_declared(&changed.source));
        change(&changed, i);
        if (sw_identity_declared(&made.source) == sw_identity_declared(&changed.source))
            fail_msg("%s: declared alike", changes[i].what);
        if ((sw_identity_asked(&made.source) == sw_identity_asked(&changed.source)) != changes[i].shared)
            fail_msg("%s: asked", changes[i].what);
    }
}

static void who_shares_with_nobody(void **state)
{
    struct made made;
    (void)state;
    make(&made);
    assert_true(sw_identity_asked(&made.source) != 0);
    made.source.request.paging.kind = SW_PAGING_LINK;
    assert_true(sw_identity_asked(&made.source) == 0);
    make(&made);
    made.source.off = true;
    assert_true(sw_identity_asked(&made.source) == 0);
    make(&made);
    made.source.transport = SW_TRANSPORT_FILE;
    assert_true(sw_identity_asked(&made.source) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_change_makes_another), cmocka_unit_test(who_shares_with_nobody)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
