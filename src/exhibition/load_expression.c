/* SPDX-License-Identifier: EUPL-1.2 */
/* Expressions and texts with expressions in them, and where in the file a fault of one stands. */
#include <string.h>

#include "exhibition/load.h"

/* Columns that a byte of a string takes where it is written: what must be escaped is taken to be written the short way. */
static int columns_of(unsigned char byte)
{
    if (byte == '"' || byte == '\\' || (byte >= '\b' && byte <= '\r' && byte != '\v'))
        return 2;
    return byte < 0x20 ? 6 : (byte & 0xc0u) != 0x80u;
}

/* The place of byte `offset` of a string, or of the lines of a text joined by newlines. */
static void place_of(const struct sw_writer *w, const cJSON *node, size_t offset, int *line, int *column)
{
    const cJSON *item = NULL;
    if (cJSON_IsArray(node)) {
        cJSON_ArrayForEach (item, node) {
            size_t length = strlen(item->valuestring);
            if (offset <= length || item->next == NULL)
                break;
            offset -= length + 1;
        }
        node = item;
    }
    sw_json_place(w->document->json, node, line, column);
    const char *text = cJSON_IsString(node) ? node->valuestring : "";
    *column += 1;
    for (size_t at = 0; at < offset && text[at] != '\0'; at++)
        *column += columns_of((unsigned char)text[at]);
}

bool sw_load_say(struct sw_writer *w, const cJSON *node, size_t skipped, const struct sw_expression_faults *faults)
{
    bool wrong = false;
    for (size_t i = 0; i < faults->count; i++) {
        const struct sw_expression_fault *fault = &faults->items[i];
        int line = 0, column = 0;
        place_of(w, node, fault->offset + skipped, &line, &column);
        sw_diags_add(w->loader->diags, fault->warning ? SW_WARNING : SW_ERROR, w->document->file, line, column, w->verify.path, "%s",
                     fault->text);
        wrong = wrong || !fault->warning;
    }
    return wrong;
}

static const struct sw_expression *expression_of(struct sw_writer *w, const cJSON *node, size_t skipped, const char *text)
{
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_expression *expression = sw_expression_create(w->loader->arena, text, strlen(text), false, &faults);
    if (expression != NULL)
        sw_expression_check(expression, w->names, w->loader->arena, &faults);
    return sw_load_say(w, node, skipped, &faults) ? NULL : expression;
}

const struct sw_expression *sw_load_expression_from(struct sw_writer *w, const cJSON *node, size_t skipped)
{
    if (cJSON_IsBool(node))
        return expression_of(w, node, 0, cJSON_IsTrue(node) ? "true" : "false");
    if (cJSON_IsString(node))
        return expression_of(w, node, skipped, node->valuestring + skipped);
    sw_verify_fault(&w->verify, node, "an expression is wanted, as a string: e.g. \"span == 'day'\"");
    return NULL;
}

const struct sw_expression *sw_load_expression(struct sw_writer *w, const cJSON *node) { return sw_load_expression_from(w, node, 0); }

const struct sw_expression *sw_load_expression_of(struct sw_writer *w, const cJSON *node, enum sw_value_type wanted)
{
    const struct sw_expression *expression = sw_load_expression(w, node);
    struct sw_name_type type = {.type = SW_VALUE_MISSING};
    if (expression != NULL)
        type = sw_expression_type(expression, w->names);
    if (type.type == SW_VALUE_MISSING || type.type == wanted)
        return expression;
    bool rows = wanted == SW_VALUE_LIST && type.members != NULL && strcmp(type.members[0], "rows") == 0;
    sw_verify_fault(&w->verify, node, "%s is wanted; this is %s%s", sw_value_type_text(wanted), sw_value_type_text(type.type),
                    rows ? "; its list is its member \"rows\"" : "");
    return NULL;
}

const struct sw_template *sw_load_template_only(struct sw_writer *w, const cJSON *node, const char *text, bool markdown)
{
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_template *template = sw_template_create(w->loader->arena, text, markdown, &faults);
    if (template != NULL)
        sw_template_check(template, w->names, w->loader->arena, &faults);
    return sw_load_say(w, node, 0, &faults) ? NULL : template;
}

struct sw_property sw_load_template(struct sw_writer *w, const cJSON *node, const char *text, bool markdown)
{
    const struct sw_template *template = sw_load_template_only(w, node, text, markdown);
    const char *plain = NULL;
    if (template == NULL)
        return (struct sw_property){.form = SW_PROPERTY_NONE};
    if (sw_template_constant(template, &plain))
        return sw_load_string(w, plain);
    return (struct sw_property){.form = SW_PROPERTY_TEMPLATE, .as.template = template};
}
