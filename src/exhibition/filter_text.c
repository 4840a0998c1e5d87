/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/utf8.h"
#include "exhibition/filter_internal.h"
#include "exhibition/language.h"

/* Each letter in its other case; in upper case ß becomes SS. */
static struct sw_value change_case(const struct sw_evaluation *evaluation, const char *text, bool upper)
{
    bool turkic = sw_language_turkic(evaluation->language);
    size_t length = strlen(text), used = 0;
    char *changed = sw_arena_alloc(evaluation->arena, length * 2 + 1); /* a letter's other case has at most one byte more */
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        char letter[4] = {text[i]};
        size_t bytes = sw_utf8_decode(text + i, length - i, &code), letters = 1;
        if (bytes > 0) {
            letters = sw_utf8_encode(upper ? sw_utf8_upper(code, turkic) : sw_utf8_lower(code, turkic), letter);
        }
        if (upper && code == 0xdf) {
            letters = 2;
            letter[0] = letter[1] = 'S';
        }
        memcpy(changed + used, letter, letters);
        used += letters;
        i += bytes > 0 ? bytes : 1;
    }
    return sw_value_string(changed);
}

static struct sw_value apply_upper(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                   int count)
{
    (void)arguments, (void)count;
    return change_case(evaluation, value.as.string, true);
}

const struct sw_filter sw_filter_upper = {
    .name = "upper",
    .takes = SW_TAKES(SW_VALUE_STRING),
    .form = "upper",
    .meaning = "In capital letters.",
    .apply = apply_upper,
};

static struct sw_value apply_lower(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                   int count)
{
    (void)arguments, (void)count;
    return change_case(evaluation, value.as.string, false);
}

const struct sw_filter sw_filter_lower = {
    .name = "lower",
    .takes = SW_TAKES(SW_VALUE_STRING),
    .form = "lower",
    .meaning = "In small letters.",
    .apply = apply_lower,
};

/* A `key=text` of a map, by its place in the argument. */
struct pair {
    const char *key, *text;
    int key_length, text_length;
};

static void trim(const char **start, int *length)
{
    while (*length > 0 && **start == ' ') {
        ++*start;
        --*length;
    }
    while (*length > 0 && (*start)[*length - 1] == ' ') {
        --*length;
    }
}

/* Reads one pair at *at, which moves behind it; false at the end. Spaces around key and text do not count; without "=" the text is NULL. */
static bool next_pair(const char **at, struct pair *pair)
{
    if (**at == '\0') {
        return false;
    }
    size_t length = strcspn(*at, ","), key = strcspn(*at, "=,");
    *pair = (struct pair){.key = *at, .key_length = (int)key};
    if (key < length) {
        pair->text = *at + key + 1;
        pair->text_length = (int)(length - key - 1);
        trim(&pair->text, &pair->text_length);
    }
    trim(&pair->key, &pair->key_length);
    *at += length + ((*at)[length] == ',');
    return true;
}

static const char *map_fault(struct sw_arena *arena, const struct sw_value *arguments, int count)
{
    (void)arena;
    for (int i = 0; i < count; i++) {
        struct pair pair;
        const char *at = arguments[i].type == SW_VALUE_STRING ? arguments[i].as.string : "-";
        while (next_pair(&at, &pair)) {
            if (pair.text == NULL || pair.key_length == 0) {
                return "a map is written map:'key=text,other=text'";
            }
        }
    }
    return NULL;
}

/* What a value is called in a map: numbers with a point and without groups. */
static const char *map_key(struct sw_arena *arena, struct sw_value value)
{
    if (value.type != SW_VALUE_NUMBER) {
        return value.type == SW_VALUE_STRING ? value.as.string : value.as.truth ? "true" : "false";
    }
    const char *grouped = sw_language_number(arena, "en", value.as.number, -1);
    char *key = sw_arena_strdup(arena, grouped), *end = key;
    for (; *grouped != '\0'; grouped++) {
        if (*grouped != ',') {
            *end++ = *grouped;
        }
    }
    *end = '\0';
    return key;
}

static struct sw_value apply_map(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments, int count)
{
    const char *key = map_key(evaluation->arena, value);
    for (int i = 0; i < count; i++) {
        struct pair pair;
        for (const char *at = arguments[i].as.string; next_pair(&at, &pair);) {
            if (strlen(key) == (size_t)pair.key_length && memcmp(key, pair.key, (size_t)pair.key_length) == 0) {
                return sw_value_string(sw_arena_strndup(evaluation->arena, pair.text, (size_t)pair.text_length));
            }
        }
    }
    return (struct sw_value){.type = SW_VALUE_MISSING};
}

const struct sw_filter sw_filter_map = {
    .name = "map",
    .arguments_min = 1,
    .arguments_max = SW_FILTER_ARGUMENTS_MAX,
    .takes = SW_TAKES(SW_VALUE_STRING) | SW_TAKES(SW_VALUE_NUMBER) | SW_TAKES(SW_VALUE_BOOL),
    .form = "map:'day=Tag,week=Woche'",
    .meaning = "Another text for each value; missing for one that is not listed.",
    .apply = apply_map,
    .fault = map_fault,
};

static struct sw_value apply_default(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                     int count)
{
    (void)evaluation, (void)count;
    return value.type == SW_VALUE_MISSING ? arguments[0] : value;
}

const struct sw_filter sw_filter_default = {
    .name = "default",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes_missing = true,
    .takes = ~0u,
    .form = "default:'keine Daten'",
    .meaning = "This text where the value is missing.",
    .apply = apply_default,
};
