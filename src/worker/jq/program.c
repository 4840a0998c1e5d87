/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/jq/program.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "json/jq_lint.h"
#include "worker/jq/words.h"

static_assert(SW_JQ_PROGRAM_BYTES_MAX == SW_JQ_PROGRAM_MAX, "what check lets through can be sent");

/* What jq says while it compiles: the first message is the one that helps, the rest counts. */
struct complaint {
    char *text; /* SW_JQ_TEXT_MAX + 1 */
};

static void cut_out(char *text, const char *part)
{
    char *at = strstr(text, part);
    if (at != NULL)
        memmove(at, at + strlen(part), strlen(at + strlen(part)) + 1);
}

/* "what, line 3:" becomes "line 3: what". */
static void line_first(char *text)
{
    char line[32], *at = NULL;
    for (char *next = strstr(text, ", line "); next != NULL; next = strstr(next + 1, ", line "))
        at = next;
    if (at == NULL)
        return;
    size_t length = strlen(at + 2), before = (size_t)(at - text);
    if (length >= sizeof line || at[1 + length] != ':')
        return;
    memcpy(line, at + 2, length);
    line[length] = ' ';
    memmove(text + length + 1, text, before);
    memcpy(text, line, length + 1);
    text[before + length + 1] = '\0';
}

static void complain(void *context, jv message)
{
    struct complaint *complaint = context;
    if (jv_get_kind(message) != JV_KIND_STRING)
        message = jq_format_error(message);
    if (complaint->text[0] == '\0' && jv_get_kind(message) == JV_KIND_STRING) {
        const char *line = jv_string_value(message);
        sw_words_copy(complaint->text, line, strcspn(line, "\n"));
        cut_out(complaint->text, "jq: error: ");
        cut_out(complaint->text, " (Unix shell quoting issues?)");
        cut_out(complaint->text, " at <top-level>");
        line_first(complaint->text);
    }
    jv_free(message);
}

static jq_state *compile(const char *text, char *why)
{
    struct complaint complaint = {why};
    why[0] = '\0';
    jq_state *jq = jq_init();
    if (jq == NULL)
        return NULL;
    jq_set_error_cb(jq, complain, &complaint);
    /* without these jq looks for modules at its user's, or ends the process (jqlang/jq#1455) */
    jq_set_attr(jq, jv_string("JQ_LIBRARY_PATH"), jv_array());
    jq_set_attr(jq, jv_string("PROGRAM_ORIGIN"), jv_string("/nowhere"));
    jq_set_attr(jq, jv_string("JQ_ORIGIN"), jv_string("/nowhere"));
    bool compiled = jq_compile_args(jq, text, jv_object()) != 0;
    jq_set_error_cb(jq, NULL, NULL);
    if (!compiled)
        jq_teardown(&jq);
    return jq;
}

static struct sw_program *find(struct sw_programs *programs, uint64_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < programs->count; i++) {
        struct sw_program *one = &programs->items[i];
        if (one->hash == hash && one->length == length && memcmp(one->text, text, length) == 0)
            return one;
    }
    return NULL;
}

void sw_programs_drop(struct sw_programs *programs, struct sw_program *program)
{
    jq_teardown(&program->jq);
    free(program->text);
    *program = programs->items[--programs->count];
}

static void make_room(struct sw_programs *programs)
{
    struct sw_program *oldest = programs->items;
    if (programs->count < SW_PROGRAMS_MAX)
        return;
    for (size_t i = 1; i < programs->count; i++)
        if (programs->items[i].used < oldest->used)
            oldest = &programs->items[i];
    sw_programs_drop(programs, oldest);
}

struct sw_program *sw_programs_get(struct sw_programs *programs, const char *text, size_t length, enum sw_jq_status *status, char *why)
{
    struct sw_jq_fault faults[SW_JQ_FAULTS_MAX];
    uint64_t hash = sw_hash_bytes(SW_HASH_START, text, length);
    struct sw_program *program = find(programs, hash, text, length);
    if (program == NULL) {
        if (sw_jq_lint(text, length, faults) > 0) {
            *status = SW_JQ_REFUSED;
            sw_words_print(why, "%s", faults[0].text);
            return NULL;
        }
        char *copy = sw_alloc(length + 1);
        memcpy(copy, text, length);
        jq_state *jq = compile(copy, why);
        if (jq == NULL) {
            free(copy);
            *status = SW_JQ_UNCOMPILED;
            if (why[0] == '\0')
                sw_words_print(why, "jq does not say why");
            return NULL;
        }
        make_room(programs);
        programs->items = sw_grow(programs->items, &programs->capacity, programs->count + 1, sizeof *programs->items);
        program = &programs->items[programs->count++];
        *program = (struct sw_program){.hash = hash, .text = copy, .length = length, .jq = jq};
    }
    program->used = ++programs->uses;
    return program;
}

void sw_programs_finish(struct sw_programs *programs)
{
    while (programs->count > 0)
        sw_programs_drop(programs, &programs->items[programs->count - 1]);
    free(programs->items);
    *programs = (struct sw_programs){.items = NULL};
}
