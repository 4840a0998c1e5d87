/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/schema.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/tick.h"
#include "base/utf8.h"
#include "json/schema_internal.h"

#define WORD_MAX 64 /* characters of an id or a name */
#define QUOTED_MAX ((size_t)60)

void sw_verify_init(struct sw_verify *verify, const struct sw_json *json, struct sw_diags *diags)
{
    *verify = (struct sw_verify){.json = json, .diags = diags};
}

/* ---- paths and faults ---- */

/* Appends one step; one that does not fit is left out whole. */
static size_t append_step(struct sw_verify *verify, const char *step)
{
    size_t mark = strlen(verify->path), length = strlen(step);
    if (length < sizeof verify->path - mark) {
        memcpy(verify->path + mark, step, length + 1);
    }
    return mark;
}

size_t sw_verify_enter(struct sw_verify *verify, const char *key)
{
    char step[sizeof verify->path];
    int length = snprintf(step, sizeof step, "%s%s", verify->path[0] != '\0' ? "." : "", key);
    return length >= 0 && (size_t)length < sizeof step ? append_step(verify, step) : strlen(verify->path);
}

size_t sw_verify_enter_index(struct sw_verify *verify, int index)
{
    char step[32];
    snprintf(step, sizeof step, "[%d]", index);
    return append_step(verify, step);
}

void sw_verify_leave(struct sw_verify *verify, size_t mark)
{
    assert(mark < sizeof verify->path);
    verify->path[mark] = '\0';
}

void sw_verify_fault(struct sw_verify *verify, const cJSON *node, const char *format, ...)
{
    int line, column;
    va_list arguments;
    sw_json_place(verify->json, node, &line, &column);
    va_start(arguments, format);
    sw_diags_vadd(verify->diags, SW_ERROR, verify->json->file, line, column, verify->path, format, arguments);
    va_end(arguments);
}

void sw_verify_key_fault(struct sw_verify *verify, const cJSON *node, const char *format, ...)
{
    int line, column;
    va_list arguments;
    sw_json_key_place(verify->json, node, &line, &column);
    va_start(arguments, format);
    sw_diags_vadd(verify->diags, SW_ERROR, verify->json->file, line, column, verify->path, format, arguments);
    va_end(arguments);
}

void sw_verify_warning(struct sw_verify *verify, const cJSON *node, const char *format, ...)
{
    int line, column;
    va_list arguments;
    sw_json_place(verify->json, node, &line, &column);
    va_start(arguments, format);
    sw_diags_vadd(verify->diags, SW_WARNING, verify->json->file, line, column, verify->path, format, arguments);
    va_end(arguments);
}

/* ---- words ---- */

static bool word_valid(const char *text, const char *allowed)
{
    size_t length = strspn(text, allowed);
    return length > 0 && length <= WORD_MAX && text[length] == '\0';
}

bool sw_id_valid(const char *text)
{
    return word_valid(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

bool sw_name_valid(const char *text)
{
    return text[0] >= 'a' && text[0] <= 'z' && word_valid(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

bool sw_json_is_dynamic(const cJSON *node)
{
    if (!cJSON_IsString(node)) {
        return false;
    }
    for (const char *at = node->valuestring; *at != '\0'; at++) {
        if (*at == '{' || *at == '}') {
            if (at[1] != at[0]) {
                return true;
            }
            at++;
        }
    }
    return false;
}

int sw_verify_shown(const char *text) { return (int)sw_utf8_valid(text, strnlen(text, QUOTED_MAX)); }

static size_t count_words(const char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL) {
        count++;
    }
    return count;
}

static bool has_word(const char *const *words, const char *word)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

const char *sw_verify_advise(struct sw_buffer *out, const char *word, const char *const *words, size_t count, const char *lead)
{
    sw_buffer_init(out, SW_PHRASE_MAX);
    const char *nearest = sw_nearest(word, words, count);
    if (nearest != NULL) {
        sw_buffer_printf(out, "did you mean \"%s\"?", nearest);
        return sw_buffer_text(out);
    }
    sw_buffer_add_text(out, lead);
    for (size_t i = 0; i < count && count <= SW_LISTED_MAX; i++) {
        sw_buffer_printf(out, "%s\"%s\"", i == 0 ? " " : i + 1 == count ? " or " : ", ", words[i]);
    }
    return sw_buffer_text(out);
}

/* ---- what is wanted ---- */

static bool has_range(const struct sw_row *row)
{
    return row->minimum != 0 || row->maximum != 0;
}

/* One end of a range as a curator would write it. */
static const char *bound_text(const struct sw_row *row, double bound, char *out, size_t capacity)
{
    if (row->type == SW_TYPE_DURATION) {
        return sw_duration_text((int64_t)llround(bound * (double)SW_SECOND), out, capacity);
    }
    snprintf(out, capacity, "%.10g", bound);
    return out;
}

/* "1s..1h", "0..100 mm", "2"; an open end is left out: "0.." */
static const char *range_text(const struct sw_row *row, char *out, size_t capacity)
{
    char low[64] = "", high[64] = "";
    if (fabs(row->minimum) < 1e15) {
        bound_text(row, row->minimum, low, sizeof low);
    }
    if (fabs(row->maximum) < 1e15) {
        bound_text(row, row->maximum, high, sizeof high);
    }
    bool unit = row->unit != NULL && row->type != SW_TYPE_DURATION && row->type != SW_TYPE_LIST;
    bool one = row->minimum == row->maximum;
    snprintf(out, capacity, "%s%s%s%s%s", low, one ? "" : "..", one ? "" : high, unit ? " " : "", unit ? row->unit : "");
    return out;
}

const char *sw_verify_type_text(const cJSON *node)
{
    if (cJSON_IsString(node)) {
        return "a string";
    }
    if (cJSON_IsNumber(node)) {
        return "a number";
    }
    if (cJSON_IsBool(node)) {
        return cJSON_IsTrue(node) ? "true" : "false";
    }
    return cJSON_IsObject(node) ? "an object" : cJSON_IsArray(node) ? "a list" : "null";
}

static const char *wanted_text(enum sw_type type)
{
    static const char *const texts[] = {
        [SW_TYPE_BOOL] = "true or false is",
        [SW_TYPE_NUMBER] = "a number is",
        [SW_TYPE_INTEGER] = "a whole number is",
        [SW_TYPE_STRING] = "a string is",
        [SW_TYPE_ID] = "an id in double quotes is",
        [SW_TYPE_NAME] = "a name in double quotes is",
        [SW_TYPE_DURATION] = "a duration like \"20s\" is",
        [SW_TYPE_ENUM] = "a word in double quotes is",
        [SW_TYPE_OBJECT] = "an object is",
        [SW_TYPE_LIST] = "a list is",
        [SW_TYPE_MAP] = "an object is",
        [SW_TYPE_PAIR] = "a pair of numbers like [10, 20] is",
        [SW_TYPE_CUSTOM] = "something else is",
    };
    return texts[type];
}

static void fault_type(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    const char *form = (row->flags & SW_ROW_DYNAMIC) != 0 ? " (or a string with {...})" : "";
    sw_verify_fault(verify, node, "is %s; %s wanted%s", sw_verify_type_text(node), wanted_text(row->type), form);
}

/* ---- values ---- */

static void verify_number(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    char range[160];
    double value = node->valuedouble;
    if (row->type == SW_TYPE_INTEGER && value != floor(value)) {
        sw_verify_fault(verify, node, "%.10g is no whole number; write it without a fraction", value);
    } else if (has_range(row) && (value < row->minimum || value > row->maximum)) {
        sw_verify_fault(verify, node, "%.10g is outside %s", value, range_text(row, range, sizeof range));
    }
}

static void verify_duration(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    char range[160];
    int64_t duration;
    if (row->words != NULL && has_word(row->words, node->valuestring)) {
        return;
    }
    if (!sw_duration_parse(node->valuestring, &duration)) {
        const char *word = row->words != NULL ? row->words[0] : NULL;
        sw_verify_fault(verify, node,
                        "\"%.*s\" is no duration; write it like \"20s\", \"1m30s\", \"500ms\" or \"2h\", at most 366 days%s%s%s",
                        sw_verify_shown(node->valuestring), node->valuestring, word != NULL ? ", or \"" : "", word != NULL ? word : "",
                        word != NULL ? "\"" : "");
        return;
    }
    double seconds = (double)duration / (double)SW_SECOND;
    if (has_range(row) && (seconds < row->minimum || seconds > row->maximum)) {
        sw_verify_fault(verify, node, "\"%.*s\" is outside %s", sw_verify_shown(node->valuestring), node->valuestring,
                        range_text(row, range, sizeof range));
    }
}

static void verify_enum(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_buffer all;
    if (has_word(row->words, node->valuestring)) {
        return;
    }
    sw_buffer_init(&all, SW_PHRASE_MAX);
    size_t count = count_words(row->words);
    for (size_t i = 0; i < count; i++) {
        sw_buffer_printf(&all, "%s\"%s\"", i == 0 ? "" : i + 1 == count ? " or " : ", ", row->words[i]);
    }
    const char *nearest = sw_nearest(node->valuestring, row->words, count);
    sw_verify_fault(verify, node, "\"%.*s\" is not one of %s%s%s%s", sw_verify_shown(node->valuestring), node->valuestring,
                    sw_buffer_text(&all), nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
                    nearest != NULL ? "\"?" : "");
    sw_buffer_finish(&all);
}

/* What a word must be like; NULL where any string will do. */
static const char *word_fault(enum sw_type type, const char *word)
{
    if (type == SW_TYPE_ID && !sw_id_valid(word)) {
        return "is no id; small letters a-z, digits and - are allowed, 1 to 64 of them";
    }
    if (type == SW_TYPE_NAME && !sw_name_valid(word)) {
        return "is no name; small letters a-z, digits and _ are allowed, 1 to 64 of them, a letter first";
    }
    return NULL;
}

static void verify_string(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    const char *fault = word_fault(row->type, node->valuestring);
    if (fault != NULL) {
        sw_verify_fault(verify, node, "\"%.*s\" %s", sw_verify_shown(node->valuestring), node->valuestring, fault);
    }
}

static void verify_list(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    char range[160];
    const cJSON *item;
    int count = 0;
    if (!cJSON_IsArray(node)) { /* one item without its brackets */
        (void)sw_verify_value(verify, row->item, node);
        return;
    }
    cJSON_ArrayForEach(item, node)
    {
        size_t mark = sw_verify_enter_index(verify, count++);
        (void)sw_verify_value(verify, row->item, item);
        sw_verify_leave(verify, mark);
    }
    if (has_range(row) && (count < row->minimum || count > row->maximum)) {
        sw_verify_fault(verify, node, "has %d item%s; %s are allowed", count, count == 1 ? "" : "s", range_text(row, range, sizeof range));
    }
}

static void verify_map(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, node)
    {
        const char *fault = word_fault(row->key_type, member->string);
        if (fault != NULL) {
            sw_verify_key_fault(verify, member, "\"%.*s\" %s", sw_verify_shown(member->string), member->string, fault);
        }
        size_t mark = sw_verify_enter(verify, member->string);
        (void)sw_verify_value(verify, row->item, member);
        sw_verify_leave(verify, mark);
    }
}

static void verify_pair(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    const cJSON *item;
    int index = 0, holes = 0, count = cJSON_GetArraySize(node);
    if (count != 2) {
        sw_verify_fault(verify, node, "has %d item%s; two numbers like [10, 20] are wanted", count, count == 1 ? "" : "s");
        return;
    }
    cJSON_ArrayForEach(item, node)
    {
        size_t mark = sw_verify_enter_index(verify, index++);
        if (cJSON_IsNull(item) && (row->flags & SW_ROW_HOLES) != 0) {
            holes++;
        } else if (cJSON_IsNumber(item)) {
            verify_number(verify, row, item);
        } else {
            const char *hole = (row->flags & SW_ROW_HOLES) != 0 ? " or null" : "";
            sw_verify_fault(verify, item, "is %s; a number%s is wanted", sw_verify_type_text(item), hole);
        }
        sw_verify_leave(verify, mark);
    }
    if (holes == 2) {
        sw_verify_fault(verify, node, "is null twice; a number is wanted in one place at least");
    }
}

static bool type_fits(const struct sw_row *row, const cJSON *node)
{
    switch (row->type) {
    case SW_TYPE_BOOL:
        return cJSON_IsBool(node);
    case SW_TYPE_NUMBER:
    case SW_TYPE_INTEGER:
        return cJSON_IsNumber(node);
    case SW_TYPE_STRING:
    case SW_TYPE_ID:
    case SW_TYPE_NAME:
    case SW_TYPE_DURATION:
    case SW_TYPE_ENUM:
        return cJSON_IsString(node);
    case SW_TYPE_OBJECT:
    case SW_TYPE_MAP:
        return cJSON_IsObject(node);
    case SW_TYPE_LIST:
        return cJSON_IsArray(node) || (row->flags & SW_ROW_OR_ONE) != 0;
    case SW_TYPE_PAIR:
        return cJSON_IsArray(node);
    case SW_TYPE_CUSTOM:
        return true;
    }
    return false;
}

static void verify_plain(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    if (!type_fits(row, node)) {
        fault_type(verify, row, node);
        return;
    }
    switch (row->type) {
    case SW_TYPE_BOOL:
        break;
    case SW_TYPE_NUMBER:
    case SW_TYPE_INTEGER:
        verify_number(verify, row, node);
        break;
    case SW_TYPE_STRING:
    case SW_TYPE_ID:
    case SW_TYPE_NAME:
        verify_string(verify, row, node);
        break;
    case SW_TYPE_DURATION:
        verify_duration(verify, row, node);
        break;
    case SW_TYPE_ENUM:
        verify_enum(verify, row, node);
        break;
    case SW_TYPE_OBJECT:
        (void)sw_verify_object(verify, row->table, node);
        break;
    case SW_TYPE_LIST:
        verify_list(verify, row, node);
        break;
    case SW_TYPE_MAP:
        verify_map(verify, row, node);
        break;
    case SW_TYPE_PAIR:
        verify_pair(verify, row, node);
        break;
    case SW_TYPE_CUSTOM:
        if (row->judge != NULL)
            row->judge(verify, row, node);
        break;
    }
}

/* ---- values by canvas and by language ---- */

enum division { DIVISION_NONE, DIVISION_CANVAS, DIVISION_LANGUAGE };

static bool any_declared(const cJSON *object, const char *const *declared)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, object)
    {
        if (declared != NULL && has_word(declared, member->string)) {
            return true;
        }
    }
    return false;
}

static bool all_ids(const cJSON *object)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, object)
    {
        if (!sw_id_valid(member->string)) {
            return false;
        }
    }
    return true;
}

/* Whether the object `node` is by canvas or language: the rule stands at enum sw_row_flag. */
static enum division find_division(const struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    bool canvas = (row->flags & SW_ROW_PER_CANVAS) != 0, language = (row->flags & SW_ROW_PER_LANGUAGE) != 0;
    if (!cJSON_IsObject(node)) {
        return DIVISION_NONE;
    }
    if (language && (!canvas || any_declared(node, verify->languages) || !any_declared(node, verify->canvases))) {
        return DIVISION_LANGUAGE;
    }
    bool may_be_plain = row->type == SW_TYPE_CUSTOM || (row->type == SW_TYPE_LIST && (row->flags & SW_ROW_OR_ONE) != 0);
    if (canvas && may_be_plain) {
        canvas = verify->canvases != NULL ? any_declared(node, verify->canvases) : all_ids(node);
    }
    return canvas ? DIVISION_CANVAS : DIVISION_NONE;
}

static void fault_division(struct sw_verify *verify, const cJSON *member, enum division division, const char *const *declared)
{
    struct sw_buffer advice;
    const char *what = division == DIVISION_CANVAS ? "canvas" : "language";
    if (declared != NULL) {
        const char *lead = division == DIVISION_CANVAS ? "the theme has" : "the exhibition has";
        sw_verify_key_fault(verify, member, "unknown %s \"%.*s\"; %s", what, sw_verify_shown(member->string), member->string,
                            sw_verify_advise(&advice, member->string, declared, count_words(declared), lead));
        sw_buffer_finish(&advice);
    } else {
        sw_verify_key_fault(verify, member, "\"%.*s\" is no id of a %s; small letters a-z, digits and - are allowed",
                            sw_verify_shown(member->string), member->string, what);
    }
}

static void verify_division(struct sw_verify *verify, const struct sw_row *row, const cJSON *node, enum division division)
{
    const char *const *declared = division == DIVISION_CANVAS ? verify->canvases : verify->languages;
    struct sw_row plain = *row;
    plain.flags &= ~(unsigned)(division == DIVISION_CANVAS ? SW_ROW_PER_CANVAS : SW_ROW_PER_LANGUAGE);
    if (node->child == NULL) {
        sw_verify_fault(verify, node, "is empty; a value for each %s is wanted", division == DIVISION_CANVAS ? "canvas" : "language");
    }
    const cJSON *member;
    cJSON_ArrayForEach(member, node)
    {
        if (declared != NULL ? !has_word(declared, member->string) : !sw_id_valid(member->string)) {
            fault_division(verify, member, division, declared);
        }
        size_t mark = sw_verify_enter(verify, member->string);
        (void)sw_verify_value(verify, &plain, member);
        sw_verify_leave(verify, mark);
    }
}

bool sw_verify_value(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    size_t before = verify->diags->errors;
    if (row->type == SW_TYPE_CUSTOM && row->judge == NULL) {
        return true; /* the caller's own, by canvas and language too */
    }
    enum division division = find_division(verify, row, node);
    if (division != DIVISION_NONE) {
        verify_division(verify, row, node, division);
    } else if ((row->flags & SW_ROW_DYNAMIC) != 0 && sw_json_is_dynamic(node)) {
        if (verify->dynamic != NULL) {
            verify->dynamic(verify, row, node);
        }
    } else {
        verify_plain(verify, row, node);
    }
    return verify->diags->errors == before;
}
