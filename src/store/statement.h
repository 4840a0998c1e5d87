/* SPDX-License-Identifier: EUPL-1.2 */
/* What all documents that are signed for one wall have in common, and the rules of which follows on which. Any thread. */
#ifndef SW_STORE_STATEMENT_H
#define SW_STORE_STATEMENT_H

#include <stdint.h>

#include "base/tick.h"
#include "json/schema.h"
#include "store/hash.h"

#define SW_VERSION_MAX 9007199254740991.0  /* 2^53 - 1 */
#define SW_STATEMENT_MAX SW_JSON_BYTES_MAX /* bytes of such a document */
#define SW_ID_MAX 64                       /* characters of a wall's id */
#define SW_BY_MAX 64                       /* bytes of a name */
#define SW_NOTE_MAX 200                    /* bytes of a note */

struct sw_statement {
    char wall[SW_ID_MAX + 1];
    int64_t epoch, version; /* both from 1; versions rise within an epoch, which the key list names */
    sw_instant issued;
    sw_instant expires;      /* SW_NEVER: it does not. What has expired plays on, and warns */
    char by[SW_BY_MAX + 1], note[SW_NOTE_MAX + 1]; /* who published it, and what for; "": not said */
    struct sw_digest digest; /* of the document's bytes */
};

/* The newest one of a kind that was ever taken. version 0: none yet. */
struct sw_accepted {
    int64_t epoch, version;
    struct sw_digest digest;
};

enum sw_verdict {
    SW_VERDICT_NEW,     /* newer than what was accepted */
    SW_VERDICT_SAME,    /* the very one that was accepted */
    SW_VERDICT_REFUSED, /* a fault says why */
};

/* Rows of its keys for a table, the first of them being {"schauwand": one of `words`}; and the reading of an object that was verified. */
#define SW_STATEMENT_ROWS(kinds)                                                                                                           \
    {.key = "schauwand", .type = SW_TYPE_ENUM, .flags = SW_ROW_REQUIRED, .words = (kinds), .meaning = "what this is"},                     \
        {.key = "wall", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "whom it is for"},                                        \
        {.key = "epoch", .type = SW_TYPE_INTEGER, .minimum = 1, .maximum = SW_VERSION_MAX, .flags = SW_ROW_REQUIRED},                      \
        {.key = "version", .type = SW_TYPE_INTEGER, .minimum = 1, .maximum = SW_VERSION_MAX, .flags = SW_ROW_REQUIRED},                    \
        {.key = "issued", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .judge = sw_judge_moment},                                     \
        {.key = "by", .type = SW_TYPE_CUSTOM, .judge = sw_judge_said, .maximum = SW_BY_MAX},                                               \
        {.key = "note", .type = SW_TYPE_CUSTOM, .judge = sw_judge_said, .maximum = SW_NOTE_MAX},                                           \
    {                                                                                                                                      \
        .key = "expires", .type = SW_TYPE_CUSTOM, .judge = sw_judge_moment                                                                 \
    }
void sw_statement_take(struct sw_statement *statement, const cJSON *object, const char *bytes, size_t length);

/* Judges of CUSTOM rows: an instant (moment.h); a SHA-256; "1.2.3"; a public key. */
void sw_judge_moment(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
void sw_judge_digest(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
void sw_judge_program_version(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
/* One line of text, at most `maximum` bytes. */
void sw_judge_said(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
void sw_judge_key(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);

/* The member `key` of a verified object, an instant; `otherwise` where it is absent. */
sw_instant sw_moment_of(const cJSON *object, const char *key, sw_instant otherwise);
/* "1.2.3", each at most 999999; and whether a program `ours` is older than `wanted`. */
bool sw_program_version_parse(const char *text, int out[3]) SW_MUST;
bool sw_program_version_older(const int ours[3], const int wanted[3]);

/* Whether it is of a later epoch, or a later version of the same. */
bool sw_statement_newer(const struct sw_statement *statement, const struct sw_accepted *accepted);
/* Whether `statement` is for `wall`, of the key list's `epoch`, and not older than `accepted`. It being expired as of `now` is a warning.
 * `name` is the document's, for faults. */
enum sw_verdict sw_statement_judge(const struct sw_statement *statement, const char *wall, int64_t epoch,
                                   const struct sw_accepted *accepted, sw_instant now, const char *name, struct sw_diags *diags) SW_MUST;

#endif
