/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables that say what a kind of object may hold, and the walker that verifies a document against them: every fault, each with its place.
 * One table a kind of object drives verification, the JSON Schema (exhibition/schema.h), the reference that is made from that, and the
 * fuzz dictionary. Building starts only from a verified document, so builders have no error paths. Tables are static const. */
#ifndef SW_JSON_SCHEMA_H
#define SW_JSON_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "json/json.h"

enum sw_type {
    SW_TYPE_BOOL,
    SW_TYPE_NUMBER,
    SW_TYPE_INTEGER,
    SW_TYPE_STRING,   /* any text, not localised */
    SW_TYPE_ID,       /* [a-z0-9-]+ */
    SW_TYPE_NAME,     /* [a-z][a-z0-9_]* */
    SW_TYPE_DURATION, /* "20s"; minimum and maximum in seconds; or one of `words`, where there are any */
    SW_TYPE_ENUM,     /* one of `words` */
    SW_TYPE_OBJECT,   /* an object of `table` */
    SW_TYPE_LIST,     /* an array (or, with SW_ROW_OR_ONE, a single item) of `item` rows */
    SW_TYPE_MAP,      /* an object with keys of `key_type` whose values are each of `item` */
    SW_TYPE_PAIR,     /* [number, number], with SW_ROW_HOLES also null in one place */
    SW_TYPE_CUSTOM,   /* judged by `judge` */
};

/* An object under PER_CANVAS or PER_LANGUAGE is by canvas or language, each of its values being judged without that flag. Under
 * PER_CANVAS, where a plain value may be an object too (CUSTOM, LIST with OR_ONE), it is by canvas only if one of its keys is declared
 * (or, where no canvases are known yet, if all keys are ids). With both flags the declared names decide, then language. OBJECT and
 * MAP rows carry neither. */
enum sw_row_flag {
    SW_ROW_REQUIRED = 1 << 0,
    SW_ROW_PER_CANVAS = 1 << 1,   /* may be an object by canvas */
    SW_ROW_PER_LANGUAGE = 1 << 2, /* may be an object by language */
    SW_ROW_DYNAMIC = 1 << 3,      /* a string with {...} may stand for the value */
    SW_ROW_OR_ONE = 1 << 4,       /* LIST: one item may stand without its brackets */
    SW_ROW_HOLES = 1 << 5,        /* PAIR: null is allowed in one place */
    SW_ROW_KIND = 1 << 6,         /* the key that names an element's kind */
    SW_ROW_ONE_OF = 1 << 7,       /* of the table's rows with this flag exactly one is wanted */
};

struct sw_table;
struct sw_verify;

struct sw_row {
    const char *key;
    enum sw_type type;
    unsigned flags;                /* of enum sw_row_flag */
    double minimum, maximum;       /* of numbers (and of a pair's), of durations in seconds, of lists their item count; both 0: no range,
                                    * +-INFINITY: open at that end */
    const char *unit;              /* "mm", "design units", "s" ...; NULL: none */
    const char *otherwise;         /* the default, as it would be written; NULL: none */
    const char *meaning;           /* one sentence for the reference */
    const char *const *words;      /* ENUM, DURATION: NULL-terminated */
    const struct sw_table *table;  /* OBJECT: its rows */
    const struct sw_row *item;     /* LIST, MAP: what each item is (its key is not used) */
    enum sw_type key_type;         /* MAP: ID, NAME or STRING */
    int means;                     /* the caller's own reading of the value (exhibition/property.h); 0: as its type says */
    /* CUSTOM: verifies `node` (appending faults through sw_verify_fault) */
    void (*judge)(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
    const char *needs;             /* the key beside it without which it says nothing; NULL: none */
    /* For editors and the reference alone; the walker looks at neither: */
    const char *shape;             /* CUSTOM: what it may be, as a JSON Schema with ' for ", as far as that can say it; NULL: as it means */
    const char *example;           /* as it would be written; NULL: none */
};

struct sw_table {
    const char *name;    /* "scene", "panel" ...: for the reference and for faults */
    const char *meaning;
    const struct sw_row *rows;
    size_t count;
};

/* The state of one walk: which document, where in it, and what languages and canvases are declared. */
struct sw_verify {
    const struct sw_json *json;
    struct sw_diags *diags;
    char path[512];                       /* "elements[2].every": grows and shrinks with the walk */
    const char *const *canvases;          /* NULL-terminated; NULL: unknown yet, any id passes */
    const char *const *languages;         /* the same */
    /* judges a "{...}" string; NULL: not looked at */
    void (*dynamic)(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
    void *context;                        /* of the caller, for `judge` and `dynamic` */
};

void sw_verify_init(struct sw_verify *verify, const struct sw_json *json, struct sw_diags *diags);
/* Verifies `object` against `table`: type, unknown keys (naming the nearest), missing keys, those that go together, then each value. true
 * if there was no fault. */
bool sw_verify_object(struct sw_verify *verify, const struct sw_table *table, const cJSON *object);
/* The same for one value against one row (flags for canvas, language, dynamic are seen to here). */
bool sw_verify_value(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
/* Appends a fault at the value `node` (at its key with _key_fault) under the current path. */
void sw_verify_fault(struct sw_verify *verify, const cJSON *node, const char *format, ...) SW_PRINTF(3, 4);
void sw_verify_key_fault(struct sw_verify *verify, const cJSON *node, const char *format, ...) SW_PRINTF(3, 4);
void sw_verify_warning(struct sw_verify *verify, const cJSON *node, const char *format, ...) SW_PRINTF(3, 4);
/* Goes one step down ("key", or an index with sw_verify_enter_index); returns what sw_verify_leave wants. */
size_t sw_verify_enter(struct sw_verify *verify, const char *key);
size_t sw_verify_enter_index(struct sw_verify *verify, int index);
void sw_verify_leave(struct sw_verify *verify, size_t mark);

/* Whether a string holds a brace that is not doubled: "{x}", "from {a} to {b}". */
bool sw_json_is_dynamic(const cJSON *node);
/* [a-z0-9-]+, at most 64 characters; [a-z][a-z0-9_]*, at most 64. */
bool sw_id_valid(const char *text);
bool sw_name_valid(const char *text);

#endif
