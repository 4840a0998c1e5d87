/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/statement.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/key.h"
#include "store/moment.h"

#define PROGRAM_NUMBER_DIGITS 6

void sw_statement_take(struct sw_statement *statement, const cJSON *object, const char *bytes, size_t length)
{
    int written = snprintf(statement->wall, sizeof statement->wall, "%s", sw_json_text(object, "wall", ""));
    assert(written > 0 && written <= SW_ID_MAX);
    statement->epoch = (int64_t)sw_json_number(object, "epoch", 0);
    statement->version = (int64_t)sw_json_number(object, "version", 0);
    statement->issued = sw_moment_of(object, "issued", 0);
    statement->expires = sw_moment_of(object, "expires", SW_NEVER);
    sw_utf8_put_line(statement->by, sizeof statement->by, sw_json_text(object, "by", ""));
    sw_utf8_put_line(statement->note, sizeof statement->note, sw_json_text(object, "note", ""));
    statement->digest = sw_digest_of(bytes, length);
}

sw_instant sw_moment_of(const cJSON *object, const char *key, sw_instant otherwise)
{
    sw_instant moment;
    const char *text = sw_json_text(object, key, NULL);
    if (text == NULL)
        return otherwise;
    bool parsed = sw_moment_parse(text, &moment);
    assert(parsed);
    return moment;
}

bool sw_program_version_parse(const char *text, int out[3])
{
    int numbers[3];
    for (int i = 0; i < 3; i++) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > PROGRAM_NUMBER_DIGITS || text[digits] != (i < 2 ? '.' : '\0'))
            return false;
        numbers[i] = (int)strtol(text, NULL, 10);
        text += digits + 1;
    }
    memcpy(out, numbers, sizeof numbers);
    return true;
}

bool sw_program_version_older(const int ours[3], const int wanted[3])
{
    for (int i = 0; i < 3; i++)
        if (ours[i] != wanted[i])
            return ours[i] < wanted[i];
    return false;
}

void sw_judge_moment(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    sw_instant moment;
    (void)row;
    if (!cJSON_IsString(node) || !sw_moment_parse(node->valuestring, &moment))
        sw_verify_fault(verify, node, "is no instant; write it like \"2026-11-23T10:24:34Z\"");
}

void sw_judge_digest(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_digest digest;
    (void)row;
    if (!cJSON_IsString(node) || !sw_digest_parse(node->valuestring, &digest))
        sw_verify_fault(verify, node, "is no SHA-256; 64 of 0-9 and a-f are wanted");
}

void sw_judge_program_version(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    int version[3];
    (void)row;
    if (!cJSON_IsString(node) || !sw_program_version_parse(node->valuestring, version))
        sw_verify_fault(verify, node, "is no version of a program; write it like \"1.2.3\"");
}

void sw_judge_said(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    size_t most = (size_t)row->maximum;
    if (!cJSON_IsString(node) || strlen(node->valuestring) > most || !sw_utf8_is_line(node->valuestring, most + 1))
        sw_verify_fault(verify, node, "is no line of text of at most %zu bytes", most);
}

void sw_judge_key(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_public_key key;
    (void)row;
    if (!cJSON_IsString(node) || !sw_public_key_parse(node->valuestring, &key))
        sw_verify_fault(verify, node, "is no public key; the second line of a .pub file is wanted, 56 characters");
}

/* < 0: older than what was accepted. */
static int compare(const struct sw_statement *statement, const struct sw_accepted *accepted)
{
    if (statement->epoch != accepted->epoch)
        return statement->epoch < accepted->epoch ? -1 : 1;
    return (statement->version > accepted->version) - (statement->version < accepted->version);
}

static enum sw_verdict refuse_epoch(const struct sw_statement *statement, int64_t epoch, const char *name, struct sw_diags *diags)
{
    if (statement->epoch < epoch)
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "is of epoch %" PRId64 ", which the keys ended; now it is %" PRId64,
                     statement->epoch, epoch);
    else
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL,
                     "is of epoch %" PRId64 ", of which the key list (epoch %" PRId64 ") does not know yet", statement->epoch, epoch);
    return SW_VERDICT_REFUSED;
}

bool sw_statement_newer(const struct sw_statement *statement, const struct sw_accepted *accepted)
{
    return compare(statement, accepted) > 0;
}

enum sw_verdict sw_statement_judge(const struct sw_statement *statement, const char *wall, int64_t epoch,
                                   const struct sw_accepted *accepted, sw_instant now, const char *name, struct sw_diags *diags)
{
    char moment[SW_MOMENT_TEXT + 1];
    if (strcmp(statement->wall, wall) != 0) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "is for the wall \"%s\"; this is \"%s\"", statement->wall, wall);
        return SW_VERDICT_REFUSED;
    }
    if (statement->epoch != epoch)
        return refuse_epoch(statement, epoch, name, diags);
    int order = compare(statement, accepted);
    if (order < 0) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "is version %" PRId64 "; version %" PRId64 " was here already", statement->version,
                     accepted->version);
        return SW_VERDICT_REFUSED;
    }
    if (order == 0 && !sw_digest_equal(&statement->digest, &accepted->digest)) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "is version %" PRId64 " again with other content, which nobody may publish",
                     statement->version);
        return SW_VERDICT_REFUSED;
    }
    if (statement->expires < now)
        sw_diags_add(diags, SW_WARNING, name, 0, 0, NULL, "has expired on %s; publish anew", sw_moment_text(statement->expires, moment));
    return order == 0 ? SW_VERDICT_SAME : SW_VERDICT_NEW;
}
