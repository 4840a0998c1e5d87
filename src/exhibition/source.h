/* SPDX-License-Identifier: EUPL-1.2 */
/* A declared feed of live data, as scenes/sources.json says it: where it comes from, how a body becomes typed fields, how long a value
 * counts as fresh, and whom to name. The courier fetches by it, the player shows by it, `check` judges names by it. Immutable, of the
 * exhibition's arena, any thread. */
#ifndef SW_EXHIBITION_SOURCE_H
#define SW_EXHIBITION_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/civil.h"
#include "exhibition/property.h"
#include "exhibition/scope.h"

#define SW_SOURCES_MAX 1024
#define SW_FIELDS_MAX 64
#define SW_ROWS_MAX 10000
#define SW_POINTS_MAX 1000000 /* of one history */

enum sw_transport { SW_TRANSPORT_HTTP, SW_TRANSPORT_FILE };
enum sw_format { SW_FORMAT_JSON, SW_FORMAT_CSV };
enum sw_charset { SW_CHARSET_UTF8, SW_CHARSET_LATIN1, SW_CHARSET_WINDOWS_1252 };
enum sw_field_type { SW_FIELD_NUMBER, SW_FIELD_TIME, SW_FIELD_TEXT, SW_FIELD_ENUM };

/* How an instant is written (data/timestamp.h reads it). Local: by the clock of the exhibition's time zone. */
enum sw_time_encoding {
    SW_TIME_ANY,           /* RFC3339 or LOCAL, whichever it is */
    SW_TIME_RFC3339,       /* 2026-11-23T14:05:00+01:00, also Z and fractions; an interval a/b stands for its end */
    SW_TIME_LOCAL,         /* 2026-11-23T14:05:00, also with a space, without seconds, or the date alone; 24:00:00 is the next midnight;
                            * and 2026-11-23-14.05.00.000000 */
    SW_TIME_UTC,           /* the same, meaning UTC */
    SW_TIME_EPOCH_S,       /* a number or a text of digits */
    SW_TIME_EPOCH_MS,
    SW_TIME_GERMAN,        /* 23.11.2026, 14:05 or 23.11.26 14:05[:30], or the date alone; local */
    SW_TIME_GERMAN_UTC,
    SW_TIME_DOTNET,        /* /Date(1487175617000+0100)/ */
    SW_TIME_PARTS,         /* an object {year, month, day, hour, minute}, texts or numbers: EFA's dateTime; local */
    SW_TIME_DATE_TIME,     /* both of two members: a date, and a time of day or an hour 0..24, in any of the spellings above; local */
    SW_TIME_DATE_TIME_UTC,
};

/* A member of a body that counts as "no value": a text as it is written, or a number. */
struct sw_missing {
    const char *text; /* NULL: the number */
    double number;
};

struct sw_word {
    const char *from, *to;
};

struct sw_source;

struct sw_field {
    const char *name;
    int line, column;               /* where it is declared, in the source's file */
    const struct sw_source *source; /* whose it is */
    enum sw_field_type type;
    const char *const *from; /* NULL-terminated JSON Pointers below the row, with "^" in front below the body. Of a CSV: "/" and a
                              * column's name, or its number from 0. The first that is there; DATE_TIME: two, both of them */
    struct sw_property unit; /* constant, perhaps by language; NONE: none */
    int digits;              /* behind the decimal mark; -1: as many as needed */
    bool ranged;
    double minimum, maximum; /* NUMBER: outside of them it is missing */
    char decimal;            /* '.' or ',' in texts */
    const struct sw_missing *missing;
    size_t missing_count;
    enum sw_time_encoding encoding;
    const struct sw_word *words; /* ENUM */
    size_t word_count;
    const char *otherwise;       /* ENUM: what any other text becomes; NULL: missing */
    const char *const *values;   /* ENUM: all that it can be, NULL-terminated */
    int64_t keep, step;          /* NUMBER: its history, microseconds; 0: none */
};

enum sw_auth_kind {
    SW_AUTH_NONE,
    SW_AUTH_BASIC,       /* first, second: names of the secrets: user, password */
    SW_AUTH_BEARER,      /* first */
    SW_AUTH_HEADER,      /* name: of the header; first */
    SW_AUTH_QUERY,       /* name: of the parameter; first */
    SW_AUTH_CERTIFICATE, /* first: certificate, second: key; secrets that are PEM files */
    SW_AUTH_OAUTH2,      /* name: the token's address; first: client id, second: client secret; scope */
};
struct sw_auth {
    enum sw_auth_kind kind;
    const char *name, *first, *second, *scope; /* scope: NULL: none */
};

enum sw_paging_kind { SW_PAGING_NONE, SW_PAGING_NEXT, SW_PAGING_LINK, SW_PAGING_OFFSET };
struct sw_paging {
    enum sw_paging_kind kind;
    const char *name;      /* NEXT: JSON Pointer, below the body, to the next address or to a list of links, one with the rel "next";
                            * OFFSET: the parameter that counts rows */
    const char *size_name; /* OFFSET: the parameter that holds `size`; NULL: none */
    int size, max;         /* OFFSET: rows a page; pages at most */
};

struct sw_csv {
    char delimiter;
    int skip;    /* lines before the header, or before the first row */
    bool header; /* a line names the columns */
    enum sw_charset charset;
};

/* What a body is asked for, and how rows come out of it. */
struct sw_request {
    const char *address; /* with the days of sw_request_address. HTTP: an absolute URL, or one relative to the published folder that the
                          * machine follows; FILE: a path below the root */
    enum sw_format format;
    struct sw_csv csv;
    const struct sw_word *headers;
    size_t header_count;
    struct sw_auth auth;
    struct sw_paging paging;
    const char *pick;   /* JSON Pointer, "" is the whole body; NULL: `select`. Of a CSV: "" or "/" and a row's number */
    const char *select; /* a jq program; NULL: `pick` */
    const char *vars;   /* of it: a JSON object as text; NULL: none */
    bool rows;
    int limit;          /* of rows */
    const struct sw_field *fields;
    const char *const *names; /* of the fields, NULL-terminated */
    size_t field_count;
    int observed;       /* index of the time field that says when it was observed; -1: none */
};

enum sw_fallback_kind { SW_FALLBACK_LAST, SW_FALLBACK_HIDE, SW_FALLBACK_TEXT, SW_FALLBACK_SKIP };

struct sw_attribution {
    struct sw_property provider, dataset; /* constant, perhaps by language; NONE: not given */
    const char *licence, *licence_url, *url;
    bool changed; /* the data are reshaped: "Daten verändert" */
};

struct sw_source {
    const char *name;
    const char *const *members; /* in expressions, NULL-terminated: its fields, or `rows` (none of a faulty one), then sw_source_members */
    const char *file;           /* where it is declared */
    int line, column;
    bool faulty;      /* not to be fetched; for ever in error. What of it is sound is here, for those who name it */
    enum sw_transport transport;
    struct sw_request request;
    bool has_backfill;
    struct sw_request backfill;             /* rows: a time field and number fields by the names of those with a history */
    int64_t every, fresh_for, expire_after; /* microseconds; every: HTTP */
    enum sw_fallback_kind fallback;
    struct sw_property fallback_text;       /* TEXT: by language */
    const char *sample;                     /* path below the root; NULL: none */
    const char *backfill_sample;            /* the same, of what came before; NULL: none */
    sw_instant sample_at;
    struct sw_attribution attribution;
    bool off;
};

/* NULL-terminated members of a source in expressions: those that every source has, whatever its fields. */
extern const char *const sw_source_members[];
/* Those of a row of `sources`: who is to be named, from `id` to `changed`, then how its data are. */
#define SW_SOURCE_ROW_MEMBERS 12
extern const char *const sw_source_row_members[];
/* What `status` can be: "loading", "fresh", "stale", "expired", "error", "off"; NULL-terminated. */
extern const char *const sw_source_states[];

/* Whom to name for a source's values, in the evaluation's language. */
struct sw_credit {
    const char *provider; /* the source's own name where nobody is given */
    bool given;
    const char *dataset;  /* "": none */
    const char *licence;  /* NULL: none */
    bool changed;
};
struct sw_credit sw_source_credit(const struct sw_source *source, const struct sw_evaluation *evaluation);
/* Sources whose credits say the same are named once. */
bool sw_credit_same(const struct sw_credit *a, const struct sw_credit *b);

const struct sw_field *sw_request_field(const struct sw_request *request, const char *name); /* NULL: none */
/* The type, words and range that a field's values have in expressions. */
struct sw_name_type sw_field_type(const struct sw_field *field);
/* Of one over HTTP: whether only the machine's own configuration says at which server it is. */
bool sw_request_is_relative(const struct sw_request *request);
/* The address to ask now: {today}, {yesterday} and {tomorrow} become days of `zone`, as 2026-11-23. Of the arena. */
const char *sw_request_address(const struct sw_request *request, const struct sw_zone_rules *zone, sw_instant now,
                               struct sw_arena *arena);

#endif
