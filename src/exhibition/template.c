/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/template.h"

#include <string.h>

#include "base/buffer.h"
#include "base/civil.h"
#include "exhibition/expression_internal.h"
#include "exhibition/language.h"
#include "exhibition/markup.h"

#define MISSING_TEXT "\xe2\x80\x93" /* – */
#define LIST_DEPTH_MAX 4
#define PLACE_BYTES 3 /* of SW_MARK_VALUE and its two characters */

/* A piece of the finished text: literal, or an expression. */
struct part {
    const char *text;
    const struct sw_expression *expression;
};

/* An expression as written. */
struct place {
    const struct sw_expression *expression;
    size_t offset;
};

struct sw_template {
    const struct place *places;
    size_t place_count;
    const struct part *parts;
    size_t part_count;
    bool single; /* exactly one expression and nothing else */
};

/* While a template is compiled. */
struct builder {
    struct sw_arena *arena;
    struct sw_expression_faults *faults;
    struct place *places;
    size_t place_count;
    char *literal; /* with marks where expressions stand */
    size_t used;
    bool failed;
};

static const char place_digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static void fault(struct builder *builder, size_t offset, const char *text)
{
    builder->failed = true;
    sw_faults_add(builder->faults, builder->arena, offset, false, "%s", text);
}

/* Hands on faults whose offsets count from `offset`. */
static void pass_on(struct sw_arena *arena, struct sw_expression_faults *into, const struct sw_expression_faults *from, size_t offset)
{
    for (size_t i = 0; i < from->count; i++) {
        sw_faults_add(into, arena, offset + from->items[i].offset, from->items[i].warning, "%s", from->items[i].text);
    }
}

/* The } that closes an expression which begins at `at`: not one within quotes, unless those are never closed. NULL: none. */
static const char *find_end(const char *at)
{
    char quote = '\0';
    for (const char *c = at; *c != '\0'; c++) {
        if (*c == '\\' && quote != '\0' && c[1] != '\0') {
            c++;
        } else if (quote != '\0') {
            quote = *c == quote ? '\0' : quote;
        } else if (*c == '\'' || *c == '"') {
            quote = *c;
        } else if (*c == '}') {
            return c;
        }
    }
    return strchr(at, '}');
}

/* The expression behind the { at `text + offset`; returns where it goes on. */
static size_t add_place(struct builder *builder, const char *text, size_t offset)
{
    const char *start = text + offset + 1, *end = find_end(start);
    struct sw_expression_faults faults = {0};
    if (end == NULL) {
        fault(builder, offset, "this { is never closed; for a brace in the text write {{");
        return strlen(text);
    }
    size_t next = (size_t)(end - text) + 1;
    if (builder->place_count == SW_TEMPLATE_VALUES_MAX) {
        fault(builder, offset, "too many values in one text; at most 1296");
        return strlen(text);
    }
    struct place *place = &builder->places[builder->place_count];
    place->offset = offset + 1;
    place->expression = sw_expression_create(builder->arena, start, (size_t)(end - start), true, &faults);
    if (place->expression == NULL) {
        builder->failed = true;
        pass_on(builder->arena, builder->faults, &faults, place->offset);
        return next;
    }
    builder->literal[builder->used++] = SW_MARK_VALUE;
    builder->literal[builder->used++] = place_digits[builder->place_count / 36];
    builder->literal[builder->used++] = place_digits[builder->place_count % 36];
    builder->place_count++;
    return next;
}

/* Parts literal text from expressions. */
static void scan(struct builder *builder, const char *text)
{
    for (size_t i = 0; text[i] != '\0';) {
        char c = text[i];
        if ((c == '{' || c == '}') && text[i + 1] == c) {
            builder->literal[builder->used++] = c;
            i += 2;
        } else if (c == '{') {
            i = add_place(builder, text, i);
        } else if (c == '}') {
            fault(builder, i, "this } closes nothing; for a brace in the text write }}");
            i++;
        } else {
            if (sw_markup_allowed(c)) {
                builder->literal[builder->used++] = c;
            }
            i++;
        }
    }
    builder->literal[builder->used] = '\0';
}

/* Which place the mark at `at` stands for. */
static size_t place_index(const char *at)
{
    return (size_t)(strchr(place_digits, at[1]) - place_digits) * 36 + (size_t)(strchr(place_digits, at[2]) - place_digits);
}

/* Cuts the finished literal at its marks. */
static void split(struct sw_template *template, struct sw_arena *arena, const char *literal)
{
    struct part *parts = sw_arena_array(arena, template->place_count * 2 + 1, sizeof *parts);
    for (;;) {
        size_t length = strcspn(literal, (const char[]){SW_MARK_VALUE, '\0'});
        if (length > 0) {
            parts[template->part_count++].text = sw_arena_strndup(arena, literal, length);
        }
        literal += length;
        if (*literal == '\0') {
            break;
        }
        parts[template->part_count++].expression = template->places[place_index(literal)].expression;
        literal += PLACE_BYTES;
    }
    template->parts = parts;
}

const struct sw_template *sw_template_create(struct sw_arena *arena, const char *text, bool markdown, struct sw_expression_faults *faults)
{
    size_t length = strlen(text), braces = 0;
    struct builder builder = {.arena = arena, .faults = faults};
    if (length > SW_TEMPLATE_BYTES_MAX) {
        fault(&builder, 0, "longer than 64 KiB; part the text");
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        braces += text[i] == '{';
    }
    builder.places = sw_arena_array(arena, braces, sizeof *builder.places);
    builder.literal = sw_arena_alloc(arena, length + 1); /* {x} is as long as its mark */
    scan(&builder, text);
    if (builder.failed) {
        return NULL;
    }
    struct sw_template *template = sw_arena_alloc(arena, sizeof *template);
    template->places = builder.places;
    template->place_count = builder.place_count;
    template->single = builder.place_count == 1 && builder.used == PLACE_BYTES;
    split(template, arena, markdown ? sw_markup_read_values(arena, builder.literal, builder.used) : builder.literal);
    return template;
}

/* While a text is put together. */
struct writer {
    const struct sw_evaluation *evaluation;
    struct sw_buffer buffer;
};

static void write_value(struct writer *writer, struct sw_value value, int depth);

static void write_instant(struct writer *writer, sw_instant instant)
{
    const struct sw_evaluation *evaluation = writer->evaluation;
    struct sw_civil civil = sw_civil_at(evaluation->zone, instant);
    sw_buffer_add_text(&writer->buffer, sw_language_date(evaluation->arena, evaluation->language, &civil, SW_DATE_SHORT));
    sw_buffer_add_text(&writer->buffer, " ");
    sw_buffer_add_text(&writer->buffer, sw_language_date(evaluation->arena, evaluation->language, &civil, SW_DATE_TIME));
}

static void write_duration(struct writer *writer, int64_t duration)
{
    char text[64];
    sw_buffer_add_text(&writer->buffer, duration < 0 ? "-" : "");
    sw_buffer_add_text(&writer->buffer,
                       sw_duration_text(duration < 0 ? -(duration + (duration == INT64_MIN)) : duration, text, sizeof text));
}

static void write_list(struct writer *writer, const struct sw_list *list, int depth)
{
    for (size_t i = 0; i < list->count && !writer->buffer.full && depth < LIST_DEPTH_MAX; i++) {
        sw_buffer_add_text(&writer->buffer, i > 0 ? ", " : "");
        write_value(writer, list->items[i], depth + 1);
    }
}

static void write_value(struct writer *writer, struct sw_value value, int depth)
{
    struct sw_arena *arena = writer->evaluation->arena;
    const char *language = writer->evaluation->language;
    switch (value.type) {
    case SW_VALUE_BOOL: sw_buffer_add_text(&writer->buffer, value.as.truth ? "true" : "false"); break;
    case SW_VALUE_NUMBER: sw_buffer_add_text(&writer->buffer, sw_language_bare(arena, language, value.as.number)); break;
    case SW_VALUE_DURATION: write_duration(writer, value.as.duration); break;
    case SW_VALUE_INSTANT: write_instant(writer, value.as.instant); break;
    case SW_VALUE_STRING: sw_buffer_add_text(&writer->buffer, value.as.string); break;
    case SW_VALUE_LIST: write_list(writer, value.as.list, depth); break;
    case SW_VALUE_MISSING:
    case SW_VALUE_RECORD:
    case SW_VALUE_OPAQUE: sw_buffer_add_text(&writer->buffer, MISSING_TEXT); break;
    }
}

struct sw_value sw_template_evaluate(const struct sw_template *template, const struct sw_evaluation *evaluation)
{
    const char *constant = NULL;
    if (sw_template_constant(template, &constant)) {
        return sw_value_string(constant);
    }
    if (template->single) {
        return sw_expression_evaluate(template->places[0].expression, evaluation);
    }
    struct writer writer = {.evaluation = evaluation};
    sw_buffer_init(&writer.buffer, SW_TEMPLATE_RESULT_MAX);
    for (size_t i = 0; i < template->part_count; i++) {
        if (template->parts[i].expression != NULL) {
            write_value(&writer, sw_expression_evaluate(template->parts[i].expression, evaluation), 0);
        } else {
            sw_buffer_add_text(&writer.buffer, template->parts[i].text);
        }
    }
    struct sw_value value = sw_value_string(sw_arena_strndup(evaluation->arena, sw_buffer_text(&writer.buffer), writer.buffer.length));
    sw_buffer_finish(&writer.buffer);
    return value;
}

struct sw_value sw_template_text(struct sw_value value, const struct sw_evaluation *evaluation)
{
    if (value.type == SW_VALUE_STRING || value.type == SW_VALUE_MISSING) {
        return value;
    }
    struct writer writer = {.evaluation = evaluation};
    sw_buffer_init(&writer.buffer, SW_TEMPLATE_RESULT_MAX);
    write_value(&writer, value, 0);
    value = sw_value_string(sw_arena_strndup(evaluation->arena, sw_buffer_text(&writer.buffer), writer.buffer.length));
    sw_buffer_finish(&writer.buffer);
    return value;
}

bool sw_template_constant(const struct sw_template *template, const char **text)
{
    if (template->place_count > 0) {
        return false;
    }
    *text = template->part_count > 0 ? template->parts[0].text : "";
    return true;
}

void sw_template_check(const struct sw_template *template, const struct sw_names *names, struct sw_arena *arena,
                       struct sw_expression_faults *faults)
{
    for (size_t i = 0; i < template->place_count; i++) {
        struct sw_expression_faults found = {0};
        sw_expression_check(template->places[i].expression, names, arena, &found);
        pass_on(arena, faults, &found, template->places[i].offset);
    }
}

struct sw_name_type sw_template_type(const struct sw_template *template, const struct sw_names *names)
{
    if (template->single) {
        return sw_expression_type(template->places[0].expression, names);
    }
    return (struct sw_name_type){.type = SW_VALUE_STRING};
}
