/* SPDX-License-Identifier: EUPL-1.2 */
/* Objects against their tables: which keys they may have, which they must, and which go together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "json/schema.h"
#include "json/schema_internal.h"

static const struct sw_row *find_row(const struct sw_table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->rows[i].key, key) == 0) {
            return &table->rows[i];
        }
    }
    return NULL;
}

static void fault_unknown(struct sw_verify *verify, const struct sw_table *table, const cJSON *member)
{
    struct sw_buffer advice;
    char lead[96];
    const char **known = sw_alloc_array(table->count, sizeof *known);
    for (size_t i = 0; i < table->count; i++) {
        known[i] = table->rows[i].key;
    }
    snprintf(lead, sizeof lead, "%s %s", table->name, table->count <= SW_LISTED_MAX ? "may hold" : "has no such key, see its reference");
    sw_verify_key_fault(verify, member, "unknown key \"%.*s\"; %s", sw_verify_shown(member->string), member->string,
                        sw_verify_advise(&advice, member->string, known, table->count, lead));
    sw_buffer_finish(&advice);
    free(known);
}

/* What rows say of each other: keys of which one is wanted, and keys that say nothing alone. */
static void verify_together(struct sw_verify *verify, const struct sw_table *table, const cJSON *object)
{
    const struct sw_row *first = NULL, *other = NULL; /* of those of which one is wanted */
    const char *given = NULL;
    for (size_t i = 0; i < table->count; i++) {
        const struct sw_row *row = &table->rows[i];
        const cJSON *member = sw_json_get(object, row->key);
        if (row->needs != NULL && member != NULL && sw_json_get(object, row->needs) == NULL) {
            sw_verify_key_fault(verify, member, "\"%s\" goes with \"%s\", which is missing", row->key, row->needs);
        }
        if ((row->flags & SW_ROW_ONE_OF) == 0) {
            continue;
        }
        other = first == NULL ? NULL : other == NULL ? row : other;
        first = first == NULL ? row : first;
        if (member != NULL && given != NULL) {
            sw_verify_key_fault(verify, member, "\"%s\" and \"%s\" do not go together; leave one out", given, row->key);
        }
        given = member != NULL ? row->key : given;
    }
    if (first != NULL && given == NULL) {
        sw_verify_fault(verify, object, "missing key \"%s\"%s%s%s", first->key, other != NULL ? " or \"" : "",
                        other != NULL ? other->key : "", other != NULL ? "\"" : "");
    }
}

bool sw_verify_object(struct sw_verify *verify, const struct sw_table *table, const cJSON *object)
{
    size_t before = verify->diags->errors;
    if (!cJSON_IsObject(object)) {
        sw_verify_fault(verify, object, "is %s; an object is wanted (%s)", sw_verify_type_text(object), table->name);
        return false;
    }
    const cJSON *member;
    cJSON_ArrayForEach (member, object) {
        if (find_row(table, member->string) == NULL) {
            fault_unknown(verify, table, member);
        }
    }
    for (size_t i = 0; i < table->count; i++) {
        const struct sw_row *row = &table->rows[i];
        if ((row->flags & SW_ROW_REQUIRED) != 0 && sw_json_get(object, row->key) == NULL) {
            sw_verify_fault(verify, object, "missing key \"%s\"", row->key);
        }
    }
    verify_together(verify, table, object);
    cJSON_ArrayForEach (member, object) {
        const struct sw_row *row = find_row(table, member->string);
        if (row != NULL) {
            size_t mark = sw_verify_enter(verify, member->string);
            (void)sw_verify_value(verify, row, member);
            sw_verify_leave(verify, mark);
        }
    }
    return verify->diags->errors == before;
}
