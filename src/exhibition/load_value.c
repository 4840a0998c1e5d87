/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles one value of one canvas and language, as its row says. A fault gives SW_PROPERTY_NONE. */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/tick.h"
#include "exhibition/load.h"

static const struct sw_property none;

static struct sw_property constant(struct sw_value value)
{
    return (struct sw_property){.form = SW_PROPERTY_CONSTANT, .as.constant = value};
}

struct sw_property sw_load_string(struct sw_writer *w, const char *text)
{
    return constant(sw_value_string(sw_arena_strdup(w->loader->arena, text)));
}

/* -- texts -- */

const char *sw_load_lines(struct sw_writer *w, const cJSON *node)
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
    if (buffer.full)
        sw_verify_fault(&w->verify, node, "the text has more than %zu bytes; part it", SW_JSON_STRING_MAX);
    const char *text = good && !buffer.full ? sw_arena_strdup(w->loader->arena, sw_buffer_text(&buffer)) : NULL;
    sw_buffer_finish(&buffer);
    return text;
}

static struct sw_property text(struct sw_writer *w, const cJSON *node, bool markdown)
{
    const char *text = sw_load_lines(w, node);
    return text != NULL ? sw_load_template(w, node, text, markdown) : none;
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
    {.key = "enter",
     .type = SW_TYPE_ENUM,
     .words = enter_words,
     .otherwise = "\"fade\"",
     .meaning = "How: out of nothing, from a little below, from elsewhere, or from another size."},
    {.key = "from",
     .type = SW_TYPE_PAIR,
     .minimum = -10000,
     .maximum = 10000,
     .unit = "design units",
     .meaning = "Of `move`: where it comes from, beside its place."},
    {.key = "scale",
     .type = SW_TYPE_NUMBER,
     .minimum = 0.01,
     .maximum = 10,
     .otherwise = "0.9",
     .meaning = "Of `scale`: the size it grows or shrinks from."},
    {.key = "for", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 60, .otherwise = "\"500ms\"", .meaning = "How long it takes."},
    {.key = "delay", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 60, .otherwise = "\"0s\"", .meaning = "How long it waits first."},
    {.key = "ease",
     .type = SW_TYPE_ENUM,
     .words = ease_words,
     .otherwise = "\"out\"",
     .meaning = "How its speed changes: `out` begins fast and ends slowly."},
};
const struct sw_table sw_animation_table = {"animation", "How an element enters.", animation_rows, SW_COUNT(animation_rows)};

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
const struct sw_table sw_gradient_table = {"gradient", "A fill that runs from one colour to another.", gradient_rows,
                                           SW_COUNT(gradient_rows)};

static struct sw_property record(struct sw_writer *w, const struct sw_table *table, const cJSON *node)
{
    bool good = sw_verify_object(&w->verify, table, node);
    if (!cJSON_IsObject(node))
        return none;
    struct sw_arena *arena = w->loader->arena;
    const char **names = sw_arena_array(arena, table->count, sizeof *names);
    struct sw_value *values = sw_arena_array(arena, table->count, sizeof *values);
    for (size_t i = 0; i < table->count; i++) {
        names[i] = table->rows[i].key;
        const cJSON *member = sw_load_member(w, table, node, names[i]); /* else it is said already */
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
        const struct sw_expression *expression = sw_load_expression_from(w, item, falling ? 1 : 0);
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
    sw_load_refer(w, node, node->valuestring, SW_REFERRED_ADDRESS);
    return sw_load_string(w, node->valuestring);
}

/* -- plain values, by the type of the row -- */

/* A string with an expression, for a number or truth of that type as far as that is known. */
static struct sw_property dynamic(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    struct sw_property made = sw_load_template(w, node, node->valuestring, false);
    enum sw_value_type wanted = row->type == SW_TYPE_BOOL                                       ? SW_VALUE_BOOL
                                : row->type == SW_TYPE_NUMBER || row->type == SW_TYPE_INTEGER ? SW_VALUE_NUMBER
                                                                                              : SW_VALUE_MISSING;
    enum sw_value_type given = made.form == SW_PROPERTY_TEMPLATE ? sw_template_type(made.as.template, w->names).type : SW_VALUE_MISSING;
    if (wanted == SW_VALUE_MISSING || given == SW_VALUE_MISSING || given == wanted)
        return made;
    sw_verify_fault(&w->verify, node, "%s is wanted; this is %s", sw_value_type_text(wanted), sw_value_type_text(given));
    return none;
}

static struct sw_property plain(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    if (cJSON_IsString(node) && (row->flags & SW_ROW_DYNAMIC) != 0 && sw_json_is_dynamic(node))
        return dynamic(w, row, node);
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

/* The elements that are handed in under that name; every part can be a frame, whose pages come in under "page". */
static struct sw_property slot(struct sw_writer *w, const cJSON *node)
{
    const char **known = sw_arena_array(w->loader->arena, w->part != NULL ? w->part->parameter_count + 2 : 2, sizeof *known);
    size_t count = 0;
    known[count++] = "page";
    for (size_t i = 0; w->part != NULL && i < w->part->parameter_count; i++)
        if (strcmp(w->part->parameters[i].type, "elements") == 0)
            known[count++] = w->part->parameters[i].name;
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "the name of a parameter of type \"elements\" is wanted, or \"page\"");
        return none;
    }
    for (size_t i = 0; i < count && w->part != NULL; i++)
        if (strcmp(known[i], node->valuestring) == 0)
            return sw_load_string(w, node->valuestring);
    if (w->part == NULL)
        sw_verify_fault(&w->verify, node, "a slot stands in a part (scenes/parts/): here nobody hands elements in");
    else
        sw_verify_fault(&w->verify, node, "this part has no parameter \"%s\" of type \"elements\"%s", node->valuestring,
                        sw_load_hint(w->loader, node->valuestring, known));
    return none;
}

static struct sw_property part(struct sw_writer *w, const cJSON *node)
{
    if (cJSON_IsString(node))
        return sw_load_string(w, node->valuestring);
    sw_verify_fault(&w->verify, node, "the name of a part is wanted: a file of scenes/parts/ without \".json\"");
    return none;
}

static struct sw_property name(struct sw_writer *w, const cJSON *node)
{
    static const struct sw_row row = {.key = "", .type = SW_TYPE_NAME};
    return sw_verify_value(&w->verify, &row, node) ? sw_load_string(w, node->valuestring) : none;
}

static struct sw_property expression(struct sw_writer *w, const cJSON *node, enum sw_value_type wanted)
{
    const struct sw_expression *made =
        wanted == SW_VALUE_MISSING ? sw_load_expression(w, node) : sw_load_expression_of(w, node, wanted);
    if (made == NULL)
        return none;
    return (struct sw_property){.form = SW_PROPERTY_EXPRESSION, .as.expression = made};
}

static struct sw_property actions(struct sw_writer *w, const cJSON *node)
{
    const struct sw_actions_model *made = sw_load_actions(w, node);
    return made != NULL ? (struct sw_property){.form = SW_PROPERTY_ACTIONS, .as.actions = made} : none;
}

struct sw_property sw_load_value(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    switch ((enum sw_means)row->means) {
    case SW_MEANS_TYPE: return plain(w, row, node);
    case SW_MEANS_SLOT: return slot(w, node);
    case SW_MEANS_PART: return part(w, node);
    case SW_MEANS_NAME: return name(w, node);
    case SW_MEANS_TEXT: return text(w, node, true);
    case SW_MEANS_PLAIN_TEXT: return text(w, node, false);
    case SW_MEANS_MEDIA: return sw_load_media(w, node);
    case SW_MEANS_COLOUR: return sw_load_colour(w, node);
    case SW_MEANS_STYLE: return sw_load_style(w, node);
    case SW_MEANS_LOOK: return sw_load_look(w, node);
    case SW_MEANS_AREA: return sw_load_area(w, node);
    case SW_MEANS_PADDING: return padding(w, node);
    case SW_MEANS_GAP: return gap(w, node);
    case SW_MEANS_EXPRESSION: return expression(w, node, SW_VALUE_MISSING);
    case SW_MEANS_CONDITION: return expression(w, node, SW_VALUE_BOOL);
    case SW_MEANS_ROWS: return expression(w, node, SW_VALUE_LIST);
    case SW_MEANS_SORT: return sort(w, node);
    case SW_MEANS_POINTS: return points(w, node);
    case SW_MEANS_GRADIENT: return record(w, &sw_gradient_table, node);
    case SW_MEANS_ANIMATION: return record(w, &sw_animation_table, node);
    case SW_MEANS_ELEMENT:
    case SW_MEANS_ELEMENTS: return elements(w, node);
    case SW_MEANS_CASES: return cases(w, node);
    case SW_MEANS_ACTIONS: return actions(w, node);
    case SW_MEANS_ADDRESS: return address(w, node);
    case SW_MEANS_RECORDS: return sw_load_records(w, row, node);
    case SW_MEANS_CLIP: return sw_load_clip(w, node);
    case SW_MEANS_SUBTITLES: return sw_load_subtitles(w, row, node);
    case SW_MEANS_HISTORY: return sw_load_history(w, node);
    }
    return none;
}
