/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles one value of an element: by canvas and language first, then as its row says. A fault gives SW_PROPERTY_NONE. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/tick.h"
#include "exhibition/load.h"
#include "exhibition/markup.h"

static const struct sw_property none;

static struct sw_property constant(struct sw_value value)
{
    return (struct sw_property){.form = SW_PROPERTY_CONSTANT, .as.constant = value};
}

struct sw_property sw_load_string(struct sw_writer *w, const char *text)
{
    return constant(sw_value_string(sw_arena_strdup(w->loader->arena, text)));
}

/* -- expressions and their faults -- */

/* The column of byte `offset` of a string value: exact where the string is written without escapes. */
void sw_load_faults(struct sw_writer *w, const cJSON *node, const struct sw_expression_faults *faults)
{
    int line = 0, column = 0;
    sw_json_place(w->document->json, node, &line, &column);
    const char *text = cJSON_IsString(node) ? node->valuestring : "";
    for (size_t i = 0; i < faults->count; i++) {
        size_t offset = faults->items[i].offset;
        int extra = 0;
        for (size_t at = 0; at < offset && text[at] != '\0'; at++)
            if (((unsigned char)text[at] & 0xc0u) != 0x80u)
                extra++;
        sw_diags_add(w->loader->diags, faults->items[i].warning ? SW_WARNING : SW_ERROR, w->document->file, line, column + 1 + extra,
                     w->verify.path, "%s", faults->items[i].text);
    }
}

static bool any_error(const struct sw_expression_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        if (!faults->items[i].warning)
            return true;
    return false;
}

static const struct sw_expression *expression_of(struct sw_writer *w, const cJSON *node, const char *text)
{
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_expression *expression = sw_expression_create(w->loader->arena, text, strlen(text), false, &faults);
    if (expression != NULL)
        sw_expression_check(expression, w->names, w->loader->arena, &faults);
    sw_load_faults(w, node, &faults);
    return any_error(&faults) ? NULL : expression;
}

const struct sw_expression *sw_load_expression(struct sw_writer *w, const cJSON *node)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "an expression is wanted, as a string: e.g. \"span == 'day'\"");
        return NULL;
    }
    return expression_of(w, node, node->valuestring);
}

struct sw_property sw_load_template(struct sw_writer *w, const cJSON *node, const char *text, bool markdown)
{
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_template *template = sw_template_create(w->loader->arena, text, markdown, &faults);
    if (template != NULL)
        sw_template_check(template, w->names, w->loader->arena, &faults);
    sw_load_faults(w, node, &faults);
    if (template == NULL || any_error(&faults))
        return none;
    const char *plain = NULL;
    if (sw_template_constant(template, &plain))
        return constant(sw_value_string(plain));
    return (struct sw_property){.form = SW_PROPERTY_TEMPLATE, .as.template = template};
}

/* -- texts -- */

/* A string, or an array of lines; NULL with a fault else. */
static const char *lines_of(struct sw_writer *w, const cJSON *node)
{
    if (cJSON_IsString(node))
        return node->valuestring;
    if (!cJSON_IsArray(node)) {
        sw_verify_fault(&w->verify, node, "a text is wanted: a string, an array of lines, or one of these a language");
        return NULL;
    }
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_JSON_STRING_MAX);
    const cJSON *line = NULL;
    int index = 0;
    bool good = true;
    cJSON_ArrayForEach (line, node) {
        size_t mark = sw_verify_enter_index(&w->verify, index++);
        if (!cJSON_IsString(line)) {
            sw_verify_fault(&w->verify, line, "a line of a text is a string");
            good = false;
        } else {
            if (index > 1)
                sw_buffer_add_text(&buffer, "\n");
            sw_buffer_add_text(&buffer, line->valuestring);
        }
        sw_verify_leave(&w->verify, mark);
    }
    const char *text = good ? sw_arena_strdup(w->loader->arena, sw_buffer_text(&buffer)) : NULL;
    sw_buffer_finish(&buffer);
    return text;
}

static struct sw_property text(struct sw_writer *w, const cJSON *node, bool markdown)
{
    const char *text = lines_of(w, node);
    return text != NULL ? sw_load_template(w, node, text, markdown) : none;
}

static struct sw_translation *translation_of(struct sw_writer *w, const char *language)
{
    struct sw_loader *loader = w->loader;
    for (size_t i = 0; i < loader->translation_count; i++) {
        struct sw_translation *translation = &loader->translations[i];
        if (strcmp(translation->language, language) == 0 && strcmp(translation->file, w->document->file) == 0 &&
            strcmp(translation->path, w->verify.path) == 0)
            return translation;
    }
    return NULL;
}

/* -- numbers in lists -- */

static struct sw_value number_list(struct sw_arena *arena, const double *numbers, size_t count)
{
    struct sw_value *items = sw_arena_array(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        if (!isnan(numbers[i]))
            items[i] = sw_value_number(numbers[i]);
    struct sw_list *list = sw_arena_alloc(arena, sizeof *list);
    *list = (struct sw_list){.count = count, .items = items};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = list};
}

/* Reads 1..4 numbers within 0..10000; 0 with a fault. */
static size_t few_numbers(struct sw_writer *w, const cJSON *node, double out[4], const char *wanted)
{
    size_t count = 0;
    bool good = cJSON_IsNumber(node) || cJSON_IsArray(node);
    if (cJSON_IsNumber(node))
        out[count++] = node->valuedouble;
    const cJSON *item = NULL;
    if (cJSON_IsArray(node))
        cJSON_ArrayForEach (item, node) {
            good = good && cJSON_IsNumber(item) && count < 4;
            if (good)
                out[count++] = item->valuedouble;
        }
    for (size_t i = 0; i < count; i++)
        good = good && out[i] >= 0 && out[i] <= 10000;
    if (!good || count == 0)
        sw_verify_fault(&w->verify, node, "%s is wanted, each 0 to 10000", wanted);
    return good ? count : 0;
}

static struct sw_property padding(struct sw_writer *w, const cJSON *node)
{
    double n[4] = {0};
    size_t count = few_numbers(w, node, n, "a number, [vertical, horizontal] or [top, end, bottom, start]");
    if (count == 3)
        sw_verify_fault(&w->verify, node, "padding has one, two or four numbers");
    if (count == 0 || count == 3)
        return none;
    double four[4] = {n[0], count == 1 ? n[0] : n[1], count == 4 ? n[2] : n[0], count == 4 ? n[3] : count == 2 ? n[1] : n[0]};
    return constant(number_list(w->loader->arena, four, 4));
}

static struct sw_property gap(struct sw_writer *w, const cJSON *node)
{
    double n[4] = {0};
    size_t count = few_numbers(w, node, n, "a number or [between rows, between columns]");
    if (count > 2)
        sw_verify_fault(&w->verify, node, "a gap has one or two numbers");
    if (count == 0 || count > 2)
        return none;
    double two[2] = {n[0], count == 2 ? n[1] : n[0]};
    return constant(number_list(w->loader->arena, two, 2));
}

static struct sw_property pair(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    if (!sw_verify_value(&w->verify, row, node))
        return none;
    double two[2] = {NAN, NAN};
    for (int i = 0; i < 2; i++) {
        const cJSON *item = cJSON_GetArrayItem(node, i);
        if (cJSON_IsNumber(item))
            two[i] = item->valuedouble;
    }
    return constant(number_list(w->loader->arena, two, 2));
}

static struct sw_property points(struct sw_writer *w, const cJSON *node)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (count < 2 || count > 4096) {
        sw_verify_fault(&w->verify, node, "a list of 2 to 4096 points is wanted, each [x, y]");
        return none;
    }
    struct sw_value *items = sw_arena_array(w->loader->arena, (size_t)count, sizeof *items);
    static const struct sw_row point = {.key = "", .type = SW_TYPE_PAIR, .minimum = -100000, .maximum = 100000};
    const cJSON *item = NULL;
    int index = 0;
    bool good = true;
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter_index(&w->verify, index);
        struct sw_property value = pair(w, &point, item);
        good = good && value.form == SW_PROPERTY_CONSTANT;
        if (good)
            items[index] = value.as.constant;
        index++;
        sw_verify_leave(&w->verify, mark);
    }
    if (!good)
        return none;
    struct sw_list *list = sw_arena_alloc(w->loader->arena, sizeof *list);
    *list = (struct sw_list){.count = (size_t)count, .items = items};
    return constant((struct sw_value){.type = SW_VALUE_LIST, .as.list = list});
}

/* -- small objects that become records -- */

static const char *const enter_words[] = {"fade", "rise", "move", "scale", NULL};
static const char *const ease_words[] = {"out", "in", "in-out", "linear", NULL};
static const struct sw_row animation_rows[] = {
    {.key = "enter", .type = SW_TYPE_ENUM, .words = enter_words, .otherwise = "\"fade\"", .meaning = "How it comes in."},
    {.key = "from",
     .type = SW_TYPE_PAIR,
     .minimum = -10000,
     .maximum = 10000,
     .unit = "design units",
     .meaning = "Where it moves from, beside its place."},
    {.key = "scale",
     .type = SW_TYPE_NUMBER,
     .minimum = 0.01,
     .maximum = 10,
     .otherwise = "0.9",
     .meaning = "The size it grows or shrinks from."},
    {.key = "for", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 60, .otherwise = "\"500ms\"", .meaning = "How long it takes."},
    {.key = "delay", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 60, .otherwise = "\"0s\"", .meaning = "How long it waits first."},
    {.key = "ease", .type = SW_TYPE_ENUM, .words = ease_words, .otherwise = "\"out\"", .meaning = "How its speed changes."},
};
static const struct sw_table animation_table = {"animation", "How an element enters.", animation_rows, SW_COUNT(animation_rows)};

static const struct sw_row gradient_rows[] = {
    {.key = "from", .type = SW_TYPE_STRING, .flags = SW_ROW_REQUIRED, .means = SW_MEANS_COLOUR, .meaning = "Colour at the start."},
    {.key = "to", .type = SW_TYPE_STRING, .flags = SW_ROW_REQUIRED, .means = SW_MEANS_COLOUR, .meaning = "Colour at the end."},
    {.key = "angle",
     .type = SW_TYPE_NUMBER,
     .minimum = -360,
     .maximum = 360,
     .unit = "degrees",
     .otherwise = "90",
     .meaning = "0: left to right, 90: top to bottom."},
};
static const struct sw_table gradient_table = {"gradient", "A fill that runs from one colour to another.", gradient_rows,
                                               SW_COUNT(gradient_rows)};

static struct sw_property record(struct sw_writer *w, const struct sw_table *table, const cJSON *node)
{
    if (!sw_verify_object(&w->verify, table, node))
        return none;
    struct sw_arena *arena = w->loader->arena;
    const char **names = sw_arena_array(arena, table->count, sizeof *names);
    struct sw_value *values = sw_arena_array(arena, table->count, sizeof *values);
    bool good = true;
    for (size_t i = 0; i < table->count; i++) {
        names[i] = table->rows[i].key;
        const cJSON *member = sw_json_get(node, names[i]);
        if (member == NULL)
            continue;
        size_t mark = sw_verify_enter(&w->verify, names[i]);
        struct sw_property value = sw_load_property(w, &table->rows[i], member);
        good = good && value.form == SW_PROPERTY_CONSTANT;
        values[i] = value.as.constant;
        sw_verify_leave(&w->verify, mark);
    }
    if (!good)
        return none;
    struct sw_record *made = sw_arena_alloc(arena, sizeof *made);
    *made = (struct sw_record){.count = table->count, .names = names, .values = values};
    return constant((struct sw_value){.type = SW_VALUE_RECORD, .as.record = made});
}

/* -- lists of expressions, elements, cases -- */

static struct sw_property sort(struct sw_writer *w, const cJSON *node)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : cJSON_IsString(node) ? 1 : 0;
    if (count < 1 || count > 8) {
        sw_verify_fault(&w->verify, node, "1 to 8 expressions to sort by are wanted, e.g. [\"s.order\", \"-s.title\"]");
        return none;
    }
    const char **keys = sw_arena_array(w->loader->arena, (size_t)count, sizeof *keys);
    struct sw_property *values = sw_arena_array(w->loader->arena, (size_t)count, sizeof *values);
    bool good = true;
    for (int i = 0; i < count; i++) {
        const cJSON *item = cJSON_IsArray(node) ? cJSON_GetArrayItem(node, i) : node;
        size_t mark = sw_verify_enter_index(&w->verify, i);
        bool falling = cJSON_IsString(item) && item->valuestring[0] == '-';
        const struct sw_expression *expression = falling ? expression_of(w, item, item->valuestring + 1) : sw_load_expression(w, item);
        sw_verify_leave(&w->verify, mark);
        keys[i] = falling ? "-" : "";
        values[i] = (struct sw_property){.form = SW_PROPERTY_EXPRESSION, .as.expression = expression};
        good = good && expression != NULL;
    }
    if (!good)
        return none;
    return (struct sw_property){.form = SW_PROPERTY_LIST, .as.by = {.keys = keys, .values = values, .count = (size_t)count}};
}

static struct sw_property elements(struct sw_writer *w, const cJSON *node)
{
    return (struct sw_property){.form = SW_PROPERTY_ELEMENTS, .as.elements = sw_load_elements(w, node)};
}

static struct sw_property cases(struct sw_writer *w, const cJSON *node)
{
    int count = cJSON_IsObject(node) ? cJSON_GetArraySize(node) : 0;
    if (count == 0) {
        sw_verify_fault(&w->verify, node, "cases are wanted: {value: element or list of elements}");
        return none;
    }
    const char **keys = sw_arena_array(w->loader->arena, (size_t)count, sizeof *keys);
    struct sw_property *values = sw_arena_array(w->loader->arena, (size_t)count, sizeof *values);
    const cJSON *item = NULL;
    size_t at = 0;
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        keys[at] = sw_arena_strdup(w->loader->arena, item->string);
        values[at++] = elements(w, item);
        sw_verify_leave(&w->verify, mark);
    }
    return (struct sw_property){.form = SW_PROPERTY_CASES, .as.by = {.keys = keys, .values = values, .count = at}};
}

static struct sw_property address(struct sw_writer *w, const cJSON *node)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "an address is wanted: \"scene\", \"scene#page\" or \"#page\"");
        return none;
    }
    if (sw_json_is_dynamic(node))
        return sw_load_template(w, node, node->valuestring, false);
    sw_load_refer(w, node, node->valuestring, false);
    return sw_load_string(w, node->valuestring);
}

/* -- plain values, by the type of the row -- */

static struct sw_property plain(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    if (cJSON_IsString(node) && (row->flags & SW_ROW_DYNAMIC) != 0 && sw_json_is_dynamic(node))
        return sw_load_template(w, node, node->valuestring, false);
    struct sw_row bare = *row;
    bare.flags &= ~(unsigned)(SW_ROW_PER_CANVAS | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC);
    if (row->type == SW_TYPE_PAIR)
        return pair(w, &bare, node);
    if (!sw_verify_value(&w->verify, &bare, node))
        return none;
    int64_t duration = 0;
    if (row->type == SW_TYPE_DURATION && sw_duration_parse(node->valuestring, &duration))
        return constant((struct sw_value){.type = SW_VALUE_DURATION, .as.duration = duration});
    if (cJSON_IsBool(node))
        return constant(sw_value_bool(cJSON_IsTrue(node)));
    if (cJSON_IsNumber(node))
        return constant(sw_value_number(node->valuedouble));
    if (cJSON_IsString(node))
        return sw_load_string(w, node->valuestring);
    return none;
}

static struct sw_property expression(struct sw_writer *w, const cJSON *node)
{
    const struct sw_expression *made =
        cJSON_IsBool(node) ? expression_of(w, node, cJSON_IsTrue(node) ? "true" : "false") : sw_load_expression(w, node);
    if (made == NULL)
        return none;
    return (struct sw_property){.form = SW_PROPERTY_EXPRESSION, .as.expression = made};
}

static struct sw_property actions(struct sw_writer *w, const cJSON *node)
{
    const struct sw_actions_model *made = sw_load_actions(w, node);
    return made != NULL ? (struct sw_property){.form = SW_PROPERTY_ACTIONS, .as.actions = made} : none;
}

static struct sw_property by_meaning(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    switch ((enum sw_means)row->means) {
    case SW_MEANS_TYPE:
    case SW_MEANS_SLOT:
    case SW_MEANS_PART:
    case SW_MEANS_NAME: return plain(w, row, node);
    case SW_MEANS_TEXT: return text(w, node, true);
    case SW_MEANS_PLAIN_TEXT: return text(w, node, false);
    case SW_MEANS_MEDIA: return sw_load_media(w, node);
    case SW_MEANS_COLOUR: return sw_load_colour(w, node);
    case SW_MEANS_STYLE: return sw_load_style(w, node);
    case SW_MEANS_LOOK: return sw_load_look(w, node);
    case SW_MEANS_AREA: return sw_load_area(w, node);
    case SW_MEANS_PADDING: return padding(w, node);
    case SW_MEANS_GAP: return gap(w, node);
    case SW_MEANS_EXPRESSION: return expression(w, node);
    case SW_MEANS_SORT: return sort(w, node);
    case SW_MEANS_POINTS: return points(w, node);
    case SW_MEANS_GRADIENT: return record(w, &gradient_table, node);
    case SW_MEANS_ANIMATION: return record(w, &animation_table, node);
    case SW_MEANS_ELEMENT:
    case SW_MEANS_ELEMENTS: return elements(w, node);
    case SW_MEANS_CASES: return cases(w, node);
    case SW_MEANS_ACTIONS: return actions(w, node);
    case SW_MEANS_ADDRESS: return address(w, node);
    }
    return none;
}

/* -- by canvas, by language -- */

static struct sw_property by_canvas(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    size_t count = (size_t)cJSON_GetArraySize(node), at = 0;
    const char **keys = sw_arena_array(w->loader->arena, count + 1, sizeof *keys);
    struct sw_property *values = sw_arena_array(w->loader->arena, count + 1, sizeof *values);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        const struct sw_canvas *canvas = sw_theme_canvas(&w->loader->exhibition->theme, item->string);
        if (canvas == NULL) {
            const char *nearest = sw_nearest(item->string, w->loader->canvas_names, w->loader->exhibition->theme.canvas_count);
            sw_verify_key_fault(&w->verify, item, "the theme has no canvas \"%s\"%s%s%s", item->string,
                                nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
        } else {
            const char *before = w->canvas;
            w->canvas = canvas->name;
            keys[at] = canvas->name;
            values[at] = by_meaning(w, row, item);
            if (values[at].form != SW_PROPERTY_NONE)
                at++;
            w->canvas = before;
        }
        sw_verify_leave(&w->verify, mark);
    }
    if (at == 0) {
        if (count == 0)
            sw_verify_fault(&w->verify, node, "is an empty object; a value by canvas names at least one");
        return none;
    }
    return (struct sw_property){.form = SW_PROPERTY_BY_CANVAS, .as.by = {.keys = keys, .values = values, .count = at}};
}

static int language_index(const struct sw_exhibition *exhibition, const char *language)
{
    for (int i = 0; exhibition->languages[i] != NULL; i++)
        if (strcmp(exhibition->languages[i], language) == 0)
            return i;
    return -1;
}

/* Languages without a text of their own get that of their first fallback that has one, else the first there is. */
static void fill_fallbacks(struct sw_writer *w, struct sw_property *values, const bool *given, int count)
{
    int first = -1;
    for (int i = 0; i < count && first < 0; i++)
        first = given[i] ? i : -1;
    for (int i = 0; i < count; i++) {
        int from = given[i] ? i : -1;
        for (int f = 0; from < 0 && f < 8 && w->loader->fallbacks[i][f] != NULL; f++) {
            int candidate = language_index(w->loader->exhibition, w->loader->fallbacks[i][f]);
            from = candidate >= 0 && given[candidate] ? candidate : -1;
        }
        values[i] = values[from >= 0 ? from : first];
    }
}

static struct sw_property localised(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    int count = 0;
    while (exhibition->languages[count] != NULL)
        count++;
    struct sw_property *values = sw_arena_array(w->loader->arena, (size_t)count, sizeof *values);
    bool *given = sw_arena_array(w->loader->arena, (size_t)count, sizeof *given);
    bool any = false;
    const cJSON *item = NULL;
    if (cJSON_IsObject(node)) {
        cJSON_ArrayForEach (item, node) {
            size_t mark = sw_verify_enter(&w->verify, item->string);
            int index = language_index(exhibition, item->string);
            if (index < 0) {
                const char *nearest = sw_nearest(item->string, exhibition->languages, (size_t)count);
                sw_verify_key_fault(&w->verify, item, "\"%s\" is no language of this exhibition%s%s%s", item->string,
                                    nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
                                    nearest != NULL ? "\"?" : "; its languages stand in scenes/exhibition.json");
            } else {
                values[index] = by_meaning(w, row, item);
                given[index] = values[index].form != SW_PROPERTY_NONE;
                any = any || given[index];
            }
            sw_verify_leave(&w->verify, mark);
        }
        if (cJSON_GetArraySize(node) == 0)
            sw_verify_fault(&w->verify, node, "is an empty object; at least one language is wanted");
    } else {
        values[0] = by_meaning(w, row, node);
        given[0] = any = values[0].form != SW_PROPERTY_NONE;
    }
    bool translated = false;
    for (int i = 0; i < count; i++) {
        struct sw_translation *translation = given[i] ? NULL : translation_of(w, exhibition->languages[i]);
        if (translation == NULL)
            continue;
        struct sw_writer other = *w;
        sw_writer_init(&other, w->loader, translation->document);
        other.names = w->names;
        (void)snprintf(other.verify.path, sizeof other.verify.path, "%s.%s", translation->file, translation->path);
        values[i] = by_meaning(&other, row, translation->text);
        given[i] = values[i].form != SW_PROPERTY_NONE;
        translation->used = translated = true;
    }
    if (!any)
        return none;
    if (!cJSON_IsObject(node) && !translated)
        return values[0];
    fill_fallbacks(w, values, given, count);
    return (struct sw_property){.form = SW_PROPERTY_BY_LANGUAGE,
                                .as.by = {.keys = exhibition->languages, .values = values, .count = (size_t)count}};
}

struct sw_property sw_load_property(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    if ((row->flags & SW_ROW_PER_LANGUAGE) != 0)
        return localised(w, row, node);
    bool object = row->type == SW_TYPE_OBJECT || row->means == SW_MEANS_CASES || row->means == SW_MEANS_ELEMENT ||
                  row->means == SW_MEANS_ELEMENTS || row->means == SW_MEANS_GRADIENT || row->means == SW_MEANS_ANIMATION;
    if ((row->flags & SW_ROW_PER_CANVAS) != 0 && cJSON_IsObject(node) && !object)
        return by_canvas(w, row, node);
    return by_meaning(w, row, node);
}
