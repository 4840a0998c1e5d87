/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/jq/evaluate.h"

#include <string.h>

#include "worker/jq/input.h"
#include "worker/jq/words.h"

#define NUMBER_BYTES 25  /* of the longest number that jq writes */
#define ERROR_BYTES 4096 /* of a value raised as an error that is still written out */

/* -- what goes in -- */

/* jq puts the whole text behind its complaint. */
static void say_unread(struct sw_result *result, const char *what, jv invalid)
{
    jv message = jv_invalid_get_msg(invalid);
    const char *text = jv_get_kind(message) == JV_KIND_STRING ? jv_string_value(message) : "no reason given";
    const char *end = strstr(text, " (while parsing");
    int length = (int)(end != NULL ? (size_t)(end - text) : strnlen(text, SW_JQ_TEXT_MAX));
    result->status = SW_JQ_BAD_INPUT;
    sw_words_print(result->text, "the %s is no JSON: %.*s", what, length, text);
    jv_free(message);
}

/* Invalid where it cannot be read: `result` says why. */
static jv read_value(const char *what, const char *bytes, size_t length, struct sw_result *result)
{
    const char *fault = sw_jq_input_fault(bytes, length);
    if (fault != NULL) {
        result->status = SW_JQ_BAD_INPUT;
        sw_words_print(result->text, "the %s %s", what, fault);
        return jv_invalid();
    }
    jv value = jv_parse_sized(bytes, (int)length);
    if (jv_is_valid(value))
        return value;
    say_unread(result, what, value);
    return jv_invalid();
}

static jv read_input(const struct sw_jq_request *request, const char *bytes, struct sw_result *result)
{
    const char *context = bytes + request->program_size, *body = context + request->context_size;
    jv input = request->context_size > 0 ? read_value("context", context, request->context_size, result) : jv_object();
    if (!jv_is_valid(input))
        return input;
    if (jv_get_kind(input) != JV_KIND_OBJECT) {
        jv_free(input);
        result->status = SW_JQ_BAD_INPUT;
        sw_words_print(result->text, "the context is no object");
        return jv_invalid();
    }
    jv value = read_value("body", body, request->body_size, result);
    if (!jv_is_valid(value)) {
        jv_free(input);
        return value;
    }
    return jv_object_set(input, jv_string("body"), value);
}

/* -- what comes out -- */

/* Takes what `value` needs as JSON off *left; false: it is longer, or deeper than `depth`. Does not take `value` over. */
static bool fits(jv value, int depth, long *left)
{
    bool good = depth >= 0;
    switch (jv_get_kind(value)) {
    case JV_KIND_STRING: *left -= 2 + (long)jv_string_length_bytes(jv_copy(value)); break;
    case JV_KIND_NUMBER: *left -= 1; break; /* at least; the text is measured once more */
    case JV_KIND_ARRAY:
        *left -= 2;
        for (int i = 0, count = jv_array_length(jv_copy(value)); good && i < count; i++) {
            jv item = jv_array_get(jv_copy(value), i);
            good = --*left >= 0 && fits(item, depth - 1, left);
            jv_free(item);
        }
        break;
    case JV_KIND_OBJECT:
        *left -= 2;
        for (int at = jv_object_iter(value); good && jv_object_iter_valid(value, at); at = jv_object_iter_next(value, at)) {
            jv key = jv_object_iter_key(value, at), item = jv_object_iter_value(value, at);
            *left -= 4 + (long)jv_string_length_bytes(key);
            good = *left >= 0 && fits(item, depth - 1, left);
            jv_free(item);
        }
        break;
    case JV_KIND_NULL:
    case JV_KIND_TRUE:
    case JV_KIND_FALSE:
    case JV_KIND_INVALID: *left -= 4; break;
    }
    return good && *left >= 0;
}

static void fail(struct sw_result *result, enum sw_jq_status status, const char *text)
{
    result->status = status;
    sw_words_print(result->text, "%s", text);
}

/* What an evaluation gave so far. */
struct harvest {
    jv first; /* invalid before the first value */
    jv rows;  /* all values from the second on, the first among them; invalid before */
    int count;
    long left; /* bytes that may still come */
};

static bool too_large(struct sw_result *result)
{
    fail(result, SW_JQ_TOO_LARGE, "the result is longer than 1 MiB, or nested more than 64 levels deep");
    return false;
}

/* Takes `value` over. False: `result` says why no more are wanted. */
static bool reap(struct harvest *harvest, jv value, bool rows, struct sw_result *result)
{
    bool fit = fits(value, SW_JQ_JSON_DEPTH_MAX, &harvest->left);
    harvest->count++;
    if (!fit) {
        jv_free(value);
        return too_large(result);
    }
    if (harvest->count == 1) {
        harvest->first = value;
        return true;
    }
    if (!rows || harvest->count > SW_JQ_OUTPUT_ROWS_MAX) {
        jv_free(value);
        if (rows)
            fail(result, SW_JQ_TOO_MANY, "more than 10000 rows; keep those that are shown");
        else
            fail(result, SW_JQ_SEVERAL, "more than one value where one is wanted; write [ ] around it, or say that it has rows");
        return false;
    }
    if (harvest->count == 2)
        harvest->rows = jv_array_append(jv_array(), jv_copy(harvest->first));
    harvest->rows = jv_array_append(harvest->rows, value);
    return true;
}

/* A value that the program raised, or jq for it. */
static void say_error(struct sw_result *result, jv message)
{
    long left = ERROR_BYTES;
    result->status = SW_JQ_FAILED;
    if (jv_get_kind(message) == JV_KIND_STRING) {
        sw_words_copy(result->text, jv_string_value(message), (size_t)jv_string_length_bytes(jv_copy(message)));
    } else if (fits(message, SW_JQ_JSON_DEPTH_MAX, &left)) {
        jv text = jv_dump_string(jv_copy(message), 0);
        sw_words_copy(result->text, jv_string_value(text), (size_t)jv_string_length_bytes(jv_copy(text)));
        jv_free(text);
    }
    if (result->text[0] == '\0')
        sw_words_print(result->text, "an error without a text");
    jv_free(message);
}

/* The list, or the one value, that was wanted: as JSON into `result`. Takes the harvest over. */
static void finish(struct harvest *harvest, bool rows, struct sw_result *result)
{
    jv value = harvest->first;
    if (rows && harvest->count == 0)
        value = jv_array();
    else if (rows && harvest->count == 1 && jv_get_kind(value) != JV_KIND_ARRAY)
        value = jv_array_append(jv_array(), value);
    else if (harvest->count > 1) {
        jv_free(value);
        value = harvest->rows;
    }
    if (!jv_is_valid(value)) {
        jv_free(value);
        fail(result, SW_JQ_EMPTY, "the program gives nothing");
        return;
    }
    int count = rows ? jv_array_length(jv_copy(value)) : 0;
    if (count > SW_JQ_OUTPUT_ROWS_MAX) {
        jv_free(value);
        fail(result, SW_JQ_TOO_MANY, "more than 10000 rows; keep those that are shown");
        return;
    }
    result->output = jv_dump_string(value, 0);
    result->rows = (uint32_t)count;
    result->status = SW_JQ_OK;
    if ((size_t)jv_string_length_bytes(jv_copy(result->output)) > SW_JQ_OUTPUT_BYTES_MAX) {
        jv_free(result->output);
        result->output = jv_invalid();
        result->rows = 0;
        (void)too_large(result);
    }
}

/* Takes `input` over. True: the program came to its own end and can be used again. */
static bool run(struct sw_evaluator *evaluator, struct sw_program *program, jv input, bool rows, struct sw_result *result)
{
    struct harvest harvest = {.first = jv_invalid(), .rows = jv_invalid(), .left = (long)SW_JQ_OUTPUT_BYTES_MAX};
    if (evaluator->guard != NULL)
        sw_guard_begin(evaluator->guard, SW_JQ_EVALUATE_MS + SW_JQ_UNHALTED_MS);
    jq_start(program->jq, input, 0);
    sw_deadline_begin(&evaluator->deadline, program->jq, SW_JQ_EVALUATE_MS);
    bool wanted = true;
    jv value = jq_next(program->jq);
    for (; jv_is_valid(value) && wanted; value = wanted ? jq_next(program->jq) : jv_invalid())
        wanted = reap(&harvest, value, rows, result);
    bool halted = sw_deadline_end(&evaluator->deadline), raised = jv_invalid_has_msg(jv_copy(value));
    bool ended = wanted && !halted;
    if (wanted && halted)
        fail(result, SW_JQ_TIMEOUT, "the program goes on for more than 250 ms");
    else if (wanted && raised)
        say_error(result, jv_invalid_get_msg(jv_copy(value)));
    jv_free(value);
    if (ended && !raised) {
        finish(&harvest, rows, result);
    } else {
        jv_free(harvest.first);
        jv_free(harvest.rows);
    }
    return ended;
}

void sw_evaluate(struct sw_evaluator *evaluator, const struct sw_jq_request *request, const char *bytes, struct sw_result *result)
{
    *result = (struct sw_result){.status = SW_JQ_OK, .output = jv_invalid()};
    struct sw_program *program = sw_programs_get(&evaluator->programs, bytes, request->program_size, &result->status, result->text);
    if (program == NULL || request->op == SW_JQ_COMPILE)
        return;
    jv input = read_input(request, bytes, result);
    if (!jv_is_valid(input)) {
        jv_free(input);
        return;
    }
    if (!run(evaluator, program, input, request->rows != 0, result))
        sw_programs_drop(&evaluator->programs, program);
}
