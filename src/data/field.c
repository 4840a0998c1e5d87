/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/field.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "json/json.h"

#define NUMBER_MAX 64 /* characters of a number in a text */

/* Bytes of the blank at `text`, or 0: ASCII's, no-break space, thin and narrow no-break space, zero width space, ideographic space. */
static size_t blank_at(const char *text)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x8B", "\xE3\x80\x80"};
    if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n') {
        return 1;
    }
    for (size_t i = 0; i < SW_COUNT(wide) && (unsigned char)*text >= 0xC2; i++) {
        size_t length = strlen(wide[i]);
        if (strncmp(text, wide[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

const char *sw_field_trimmed(const char *text, size_t *length)
{
    size_t blank, end = 0;
    while ((blank = blank_at(text)) > 0) {
        text += blank;
    }
    for (size_t at = 0; text[at] != '\0';) {
        blank = blank_at(text + at);
        at += blank > 0 ? blank : 1;
        end = blank > 0 ? end : at;
    }
    *length = end;
    return text;
}

/* -- numbers -- */

/* While a number is put together in the way that strtod reads it. */
struct number {
    const char *at, *end;
    char digits[NUMBER_MAX + 1];
    size_t count;
    bool full;
};

static void put(struct number *number, char c)
{
    number->full = number->full || number->count == NUMBER_MAX;
    if (!number->full) {
        number->digits[number->count++] = c;
    }
}

static size_t put_digits(struct number *number)
{
    size_t count = 0;
    for (; number->at < number->end && isdigit((unsigned char)*number->at); number->at++, count++) {
        put(number, *number->at);
    }
    return count;
}

static void put_sign(struct number *number)
{
    static const char minus[] = "\xE2\x88\x92"; /* U+2212 */
    if ((size_t)(number->end - number->at) >= sizeof minus - 1 && memcmp(number->at, minus, sizeof minus - 1) == 0) {
        put(number, '-');
        number->at += sizeof minus - 1;
    } else if (number->at < number->end && (*number->at == '-' || *number->at == '+')) {
        put(number, *number->at++);
    }
}

/* Bytes of a group sign, which stands before three digits and no more: a blank, ', or a point where the comma is the decimal mark. (A comma
 * is none: whoever leaves the mark out would have 1,234 for 1234.) */
static size_t group_at(const struct number *number, char decimal)
{
    const char *at = number->at;
    size_t length = at < number->end && ((*at == '.' && decimal == ',') || *at == '\'') ? 1 : blank_at(at);
    for (size_t i = 0; i < 3 && length > 0; i++) {
        if (at + length + i >= number->end || !isdigit((unsigned char)at[length + i])) {
            return 0;
        }
    }
    bool more = length > 0 && at + length + 3 < number->end && isdigit((unsigned char)at[length + 3]);
    return more ? 0 : length;
}

/* "1.234.567"; how many digits. */
static size_t put_whole(struct number *number, char decimal)
{
    size_t count = put_digits(number), group;
    bool groupable = count >= 1 && count <= 3;
    while (groupable && (group = group_at(number, decimal)) > 0) {
        number->at += group;
        count += put_digits(number);
    }
    return count;
}

static bool put_exponent(struct number *number)
{
    if (number->at == number->end || (*number->at != 'e' && *number->at != 'E')) {
        return true;
    }
    put(number, *number->at++);
    put_sign(number);
    return put_digits(number) > 0;
}

static bool is_word(const char *text, size_t length, double *out)
{
    static const char *const words[] = {"nan", "inf", "+inf", "-inf", "infinity", "-infinity"};
    for (size_t i = 0; i < SW_COUNT(words); i++) {
        size_t same = 0;
        while (same < length && tolower((unsigned char)text[same]) == words[i][same] && words[i][same] != '\0') {
            same++;
        }
        if (same == length && words[i][same] == '\0') {
            *out = i == 0 ? (double)NAN : (double)INFINITY;
            return true;
        }
    }
    return false;
}

bool sw_field_number(const char *text, char decimal, double *out)
{
    size_t length = 0;
    const char *from = sw_field_trimmed(text, &length);
    struct number number = {.at = from, .end = from + length};
    if (is_word(from, length, out)) {
        return true;
    }
    put_sign(&number);
    size_t digits = put_whole(&number, decimal);
    if (number.at < number.end && *number.at == decimal) {
        put(&number, '.');
        number.at++;
        size_t behind = put_digits(&number);
        if (behind == 0) {
            return false;
        }
        digits += behind;
    }
    if (digits == 0 || !put_exponent(&number) || number.at != number.end || number.full) {
        return false;
    }
    number.digits[number.count] = '\0';
    *out = strtod(number.digits, NULL);
    return true;
}

/* -- cells -- */

/* {"@type": ..., "@value": x} of JSON-LD is x. */
static struct sw_cell plain(struct sw_cell cell)
{
    const cJSON *typed = sw_json_get(cell.node, "@value");
    return typed != NULL ? (struct sw_cell){.node = typed} : cell;
}

static bool is_there(const struct sw_cell *cell) { return cell->text != NULL || cell->node != NULL; }

static const char *text_of(const struct sw_cell *cell)
{
    return cell->text != NULL ? cell->text : cJSON_IsString(cell->node) ? cell->node->valuestring : NULL;
}

static bool is_blank(const struct sw_cell *cell)
{
    size_t length = 0;
    const char *text = text_of(cell);
    if (cell->node != NULL && cJSON_IsNull(cell->node)) {
        return true;
    }
    (void)(text != NULL ? sw_field_trimmed(text, &length) : NULL);
    return text != NULL && length == 0;
}

static bool equals(const char *text, size_t length, const char *other)
{
    return strlen(other) == length && memcmp(text, other, length) == 0;
}

/* Whether a cell is one of those that the field declares to be no value. */
static bool is_declared_missing(const struct sw_field *field, const struct sw_cell *cell)
{
    const char *text = text_of(cell);
    size_t length = 0;
    double number = NAN;
    const char *from = text != NULL ? sw_field_trimmed(text, &length) : NULL;
    bool numeric = cell->node != NULL && cJSON_IsNumber(cell->node);
    if (numeric) {
        number = cell->node->valuedouble;
    } else if (text != NULL && !sw_field_number(text, field->decimal == ',' ? ',' : '.', &number)) {
        number = NAN;
    }
    for (size_t i = 0; i < field->missing_count; i++) {
        const struct sw_missing *missing = &field->missing[i];
        if (missing->text != NULL ? from != NULL && (equals(from, length, missing->text) || strcmp(text, missing->text) == 0)
                                  : number == missing->number) {
            return true;
        }
    }
    return false;
}

/* A value as it is written: texts without the blanks around them, whole numbers without a point, true and false. NULL: lists, objects. */
static const char *written(const struct sw_cell *cell, struct sw_arena *arena)
{
    const char *text = text_of(cell);
    if (text != NULL) {
        size_t length = 0;
        const char *from = sw_field_trimmed(text, &length);
        return sw_arena_strndup(arena, from, length);
    }
    if (cJSON_IsNumber(cell->node)) {
        double number = cell->node->valuedouble;
        bool whole = number == floor(number) && fabs(number) <= 9007199254740992.0;
        return whole ? sw_arena_printf(arena, "%.0f", number) : sw_arena_printf(arena, "%.15g", number);
    }
    return cJSON_IsTrue(cell->node) ? "true" : cJSON_IsFalse(cell->node) ? "false" : NULL;
}

/* Embeddings, overrides and isolates of the direction: one that is not closed would turn the words around a stranger's. */
static bool is_turn(uint32_t code) { return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069); }

/* Control characters would steer a terminal, or be taken for the marks of our own texts (exhibition/markup.h). */
static const char *harmless(const char *text, struct sw_arena *arena)
{
    size_t length = strlen(text), used = 0;
    char *clean = sw_arena_alloc(arena, length + 1);
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t bytes = sw_utf8_decode(text + at, length - at, &code);
        bool control = (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code <= 0x9F);
        bool keep = bytes > 0 && !control && !is_turn(code);
        bytes = bytes > 0 ? bytes : 1;
        if (keep) {
            memcpy(clean + used, text + at, bytes);
            used += bytes;
        }
        at += bytes;
    }
    return clean;
}

static enum sw_field_status read_number(const struct sw_field *field, const struct sw_cell *cell, struct sw_field_value *out)
{
    const char *text = text_of(cell);
    double number = NAN;
    if (cell->node != NULL && cJSON_IsNumber(cell->node)) {
        number = cell->node->valuedouble;
    } else if (text == NULL || !sw_field_number(text, field->decimal, &number)) {
        return SW_FIELD_REFUSED;
    }
    if (!isfinite(number)) {
        return SW_FIELD_MISSING;
    }
    if (field->ranged && (number < field->minimum || number > field->maximum)) {
        return SW_FIELD_REFUSED;
    }
    out->number = number + 0.0; /* -0 becomes 0 */
    return SW_FIELD_READ;
}

static enum sw_field_status read_enum(const struct sw_field *field, const char *text, struct sw_field_value *out)
{
    const char *to = field->otherwise;
    for (size_t i = 0; text != NULL && i < field->word_count; i++) {
        if (strcmp(field->words[i].from, text) == 0) {
            to = field->words[i].to;
            break;
        }
    }
    for (size_t i = 0; text != NULL && to != NULL && field->values[i] != NULL; i++) {
        if (strcmp(field->values[i], to) == 0) {
            out->word = i;
            return SW_FIELD_READ;
        }
    }
    return SW_FIELD_REFUSED;
}

static enum sw_field_status read_cell(const struct sw_field *field, const struct sw_cell *cell, const struct sw_zone_rules *zone,
                                      struct sw_arena *arena, struct sw_field_value *out)
{
    switch (field->type) {
    case SW_FIELD_NUMBER: return read_number(field, cell, out);
    case SW_FIELD_TIME: return sw_timestamp_read(field->encoding, cell, 1, zone, &out->time) ? SW_FIELD_READ : SW_FIELD_REFUSED;
    case SW_FIELD_ENUM: return read_enum(field, written(cell, arena), out);
    case SW_FIELD_TEXT: {
        const char *text = written(cell, arena);
        out->text = text != NULL ? harmless(text, arena) : NULL;
        return text == NULL ? SW_FIELD_REFUSED : out->text[0] != '\0' ? SW_FIELD_READ : SW_FIELD_MISSING;
    }
    }
    return SW_FIELD_REFUSED;
}

static enum sw_field_status read_both(const struct sw_field *field, const struct sw_cell *cells, const struct sw_zone_rules *zone,
                                      struct sw_field_value *out)
{
    struct sw_cell both[2] = {plain(cells[0]), plain(cells[1])};
    if (!is_there(&both[0]) || !is_there(&both[1])) {
        return is_there(&both[0]) || is_there(&both[1]) ? SW_FIELD_MISSING : SW_FIELD_ABSENT;
    }
    for (size_t i = 0; i < 2; i++) {
        if (is_blank(&both[i]) || is_declared_missing(field, &both[i])) {
            return SW_FIELD_MISSING;
        }
    }
    return sw_timestamp_read(field->encoding, both, 2, zone, &out->time) ? SW_FIELD_READ : SW_FIELD_REFUSED;
}

enum sw_field_status sw_field_read(const struct sw_field *field, const struct sw_cell *cells, const struct sw_zone_rules *zone,
                                   struct sw_arena *arena, struct sw_field_value *out)
{
    enum sw_field_status status = SW_FIELD_ABSENT;
    size_t used = 0;
    *out = (struct sw_field_value){.text = NULL};
    bool both = field->type == SW_FIELD_TIME && (field->encoding == SW_TIME_DATE_TIME || field->encoding == SW_TIME_DATE_TIME_UTC);
    if (both) {
        status = read_both(field, cells, zone, out);
    }
    for (size_t i = 0; field->from[i] != NULL && !both; i++) {
        struct sw_cell cell = plain(cells[i]);
        if (!is_there(&cell)) {
            continue;
        }
        status = SW_FIELD_MISSING;
        used = i;
        if (is_blank(&cell) || is_declared_missing(field, &cell)) {
            continue; /* the next place may know it */
        }
        status = read_cell(field, &cell, zone, arena, out);
        break;
    }
    if (status == SW_FIELD_REFUSED) {
        struct sw_cell cell = plain(cells[used]);
        const char *text = written(&cell, arena);
        out->text = text != NULL ? harmless(text, arena) : "[...]";
    }
    return status;
}
