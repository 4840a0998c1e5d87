/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts with expressions and Markdown in them. What comes out is UTF-8 where what went in was, has no control character but the marks, and
 * its marks are paired; a value that is put in stays plain text. */
#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "exhibition/markup.h"
#include "exhibition/template.h"
#include "fuzz.h"

static bool lookup(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    (void)scope;
    *out = strcmp(name, "x") == 0 ? sw_value_string("**fett** {y} <b>") : sw_value_number(1234.5);
    return true;
}

/* Every mark that opens is closed, in turn; nothing else of the control characters but lines and tabs. */
static void check_marks(const char *text)
{
    char open[3] = {SW_MARK_STRONG, SW_MARK_EMPHASIS, SW_MARK_CODE};
    int depth[3] = {0};
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0x20 || byte == '\n' || byte == '\t' || byte == (unsigned char)SW_MARK_BULLET)
            continue;
        bool known = false;
        for (int i = 0; i < 3; i++) {
            depth[i] += byte == (unsigned char)open[i] ? 1 : byte == (unsigned char)open[i] + 1 ? -1 : 0;
            known = known || byte == (unsigned char)open[i] || byte == (unsigned char)open[i] + 1;
            assert(depth[i] >= 0);
        }
        assert(known);
    }
    for (int i = 0; i < 3; i++)
        assert(depth[i] == 0);
}

static void try_template(const char *text, size_t length, bool markdown, const struct sw_zone_rules *zone)
{
    static const struct sw_scope scope = {.lookup = lookup};
    struct sw_arena arena = {0};
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_template *template = sw_template_create(&arena, text, markdown, &faults);
    assert((template == NULL) == (faults.count > 0));
    for (size_t i = 0; i < faults.count; i++)
        assert(faults.items[i].offset <= length && faults.items[i].text[0] != '\0');
    if (template != NULL) {
        struct sw_evaluation evaluation = {
            .scope = &scope, .arena = &arena, .now = INT64_C(1795437900000000), .zone = zone, .language = "en"};
        const char *constant = NULL;
        struct sw_value value = sw_template_evaluate(template, &evaluation);
        bool fixed = sw_template_constant(template, &constant);
        if (value.type == SW_VALUE_STRING) {
            assert(sw_utf8_valid(value.as.string, strlen(value.as.string)) == strlen(value.as.string));
            check_marks(value.as.string);
            assert(!fixed || strcmp(constant, value.as.string) == 0);
        }
        assert(!fixed || value.type == SW_VALUE_STRING);
    }
    sw_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct sw_zone_rules *zone;
    static char text[SW_TEMPLATE_BYTES_MAX + 64];
    if (zone == NULL)
        zone = sw_zone_rules_create("Europe/Berlin");
    assert(zone != NULL);
    /* the scanner lets nothing else come here */
    if (length >= sizeof text || memchr(bytes, '\0', length) != NULL || sw_utf8_valid((const char *)bytes, length) != length)
        return 0;
    memcpy(text, bytes, length);
    text[length] = '\0';
    try_template(text, length, false, zone);
    try_template(text, length, true, zone);
    struct sw_arena arena = {0};
    const char *read = sw_markup_read(&arena, text, length);
    check_marks(read);
    check_marks(sw_markup_plain(&arena, read));
    sw_arena_finish(&arena);
    return 0;
}
