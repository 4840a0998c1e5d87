/* SPDX-License-Identifier: EUPL-1.2 */
/* Expressions: compiling, the check, and evaluation in a scope of every type. A type that is foretold is the type that comes, or missing; a
 * fault lies within the text; the same expression gives the same value twice. */
#include <assert.h>
#include <string.h>

#include "exhibition/expression.h"
#include "fuzz.h"

static const char *const days[] = {"day", "week", NULL};
static const char *const members[] = {"title", "order", "tags", NULL};

static struct sw_value tags_value(void)
{
    static struct sw_value items[2];
    static struct sw_list list;
    items[0] = sw_value_string("project");
    items[1] = sw_value_string("live");
    list = (struct sw_list){.count = 2, .items = items};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = &list};
}

static struct sw_value record_value(void)
{
    static struct sw_value values[3];
    static struct sw_record record;
    values[0] = sw_value_string("Der Rhein");
    values[1] = sw_value_number(20);
    values[2] = tags_value();
    record = (struct sw_record){.count = 3, .names = members, .values = values};
    return (struct sw_value){.type = SW_VALUE_RECORD, .as.record = &record};
}

static bool describe(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    (void)names;
    if (strcmp(name, "span") == 0)
        *out = (struct sw_name_type){.type = SW_VALUE_STRING, .words = days};
    else if (strcmp(name, "step") == 0)
        *out = (struct sw_name_type){.type = SW_VALUE_NUMBER, .ranged = true, .maximum = 9};
    else if (strcmp(name, "on") == 0)
        *out = (struct sw_name_type){.type = SW_VALUE_BOOL};
    else if (strcmp(name, "s") == 0)
        *out = (struct sw_name_type){.type = SW_VALUE_RECORD, .members = members};
    else if (strcmp(name, "tags") == 0)
        *out = (struct sw_name_type){.type = SW_VALUE_LIST};
    else
        return false;
    return true;
}

static const char *const *list(const struct sw_names *names, struct sw_arena *arena)
{
    static const char *const all[] = {"span", "step", "on", "s", "tags", NULL};
    (void)names;
    (void)arena;
    return all;
}

static bool lookup(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    (void)scope;
    if (strcmp(name, "span") == 0)
        *out = sw_value_string("week");
    else if (strcmp(name, "step") == 0)
        *out = sw_value_number(3);
    else if (strcmp(name, "on") == 0)
        *out = sw_value_bool(true);
    else if (strcmp(name, "s") == 0)
        *out = record_value();
    else if (strcmp(name, "tags") == 0)
        *out = tags_value();
    else
        return false;
    return true;
}

static void count_name(void *context, const char *name)
{
    size_t *count = context;
    *count += name[0] != '\0';
}

static void try_expression(const char *text, size_t length, bool filters, const struct sw_zone_rules *zone)
{
    static const struct sw_names names = {.describe = describe, .list = list};
    static const struct sw_scope scope = {.lookup = lookup};
    struct sw_arena arena = {0};
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_expression *expression = sw_expression_create(&arena, text, length, filters, &faults);
    assert((expression == NULL) == (faults.count > 0));
    if (expression != NULL) {
        struct sw_reads reads;
        sw_reads_init(&reads);
        struct sw_evaluation evaluation = {
            .scope = &scope, .arena = &arena, .reads = &reads, .now = INT64_C(1795437900000000), .zone = zone, .language = "de"};
        size_t read = 0;
        sw_expression_each_name(expression, count_name, &read);
        sw_expression_check(expression, &names, &arena, &faults);
        struct sw_name_type type = sw_expression_type(expression, &names);
        struct sw_value value = sw_expression_evaluate(expression, &evaluation), again = sw_expression_evaluate(expression, &evaluation);
        assert(value.type == again.type);
        assert(type.type == SW_VALUE_MISSING || value.type == SW_VALUE_MISSING || type.type == value.type);
        assert(reads.valid_until > evaluation.now);
    }
    for (size_t i = 0; i < faults.count; i++)
        assert(faults.items[i].offset <= length && faults.items[i].text[0] != '\0');
    sw_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct sw_zone_rules *zone;
    if (zone == NULL)
        zone = sw_zone_rules_create("Europe/Berlin");
    assert(zone != NULL);
    char text[SW_EXPRESSION_BYTES_MAX + 16];
    if (length >= sizeof text || memchr(bytes, '\0', length) != NULL)
        return 0;
    memcpy(text, bytes, length);
    text[length] = '\0';
    try_expression(text, length, false, zone);
    try_expression(text, length, true, zone);
    return 0;
}
