/* SPDX-License-Identifier: EUPL-1.2 */
/* A declared feed of live data, as scenes/sources.json says it: where it comes from, how a body becomes typed fields, how long a value
 * counts as fresh, and whom to name. The courier fetches by it, the player shows by it, `check` judges names by it. Immutable, of the arena
 * of whoever loaded it, any thread. */
#ifndef SW_EXHIBITION_SOURCE_H
#define SW_EXHIBITION_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exhibition/property.h"

#define SW_SOURCES_MAX 1024
#define SW_FIELDS_MAX 64
#define SW_ROWS_MAX 10000
#define SW_POINTS_MAX 1000000

enum sw_transport { SW_TRANSPORT_HTTP, SW_TRANSPORT_FILE };
enum sw_format { SW_FORMAT_JSON, SW_FORMAT_CSV };
enum sw_charset { SW_CHARSET_UTF8, SW_CHARSET_LATIN1, SW_CHARSET_WINDOWS_1252 };
enum sw_field_type { SW_FIELD_NUMBER, SW_FIELD_TIME, SW_FIELD_TEXT, SW_FIELD_ENUM };

/* How an instant is written. Where no offset is given, local time of the exhibition's zone, or UTC with the `utc` ones. */
enum sw_time_encoding {
    SW_TIME_ANY,         /* whatever of the unambiguous ones below fits: RFC 3339, naive ISO, interval, typed JSON-LD */
    SW_TIME_RFC3339,     /* 2026-11-23T14:05:00+01:00, also Z, ms, us; an interval a/b stands for its end */
    SW_TIME_LOCAL,       /* 2026-11-23T14:05:00 or with a space; 24:00:00 is the next midnight */
    SW_TIME_UTC,         /* the same, naive but meaning UTC */
    SW_TIME_EPOCH_S,     /* a number or a text of digits */
    SW_TIME_EPOCH_MS,
    SW_TIME_GERMAN,      /* 23.11.2026, 14:05 or 23.11.26 14:05[:30]; local */
    SW_TIME_GERMAN_UTC,
    SW_TIME_DOTNET,      /* /Date(1487175617000+0100)/ */
    SW_TIME_PARTS,       /* an object or several members: {year, month, day, hour, minute}: EFA's dateTime */
    SW_TIME_DATE_TIME,   /* two members of `from`: a date and a time of day, in any of the spellings above; local */
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

struct sw_field {
    const char *name;
    enum sw_field_type type;
    const char *const *from; /* JSON Pointers below the row (CSV: "/" and the column's name or its number from 0), NULL-terminated: the
                              * first that is there; DATE_TIME: both */
    struct sw_property unit; /* text by language; NONE: none */
    int digits;              /* after the decimal mark; -1: as many as are there */
    bool ranged;
    double minimum, maximum; /* NUMBER: outside of them it is missing */
    char decimal;            /* '.' or ',' in texts */
    const struct sw_missing *missing;
    size_t missing_count;
    enum sw_time_encoding encoding;
    const struct sw_word *words; /* ENUM */
    size_t word_count;
    const char *otherwise;       /* ENUM: what any other text becomes; NULL: missing */
    const char *const *values;   /* ENUM: all that it can be, NULL-terminated; for `check` */
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
    const char *name, *first, *second, *scope;
};

enum sw_paging_kind { SW_PAGING_NONE, SW_PAGING_NEXT, SW_PAGING_LINK, SW_PAGING_OFFSET };
struct sw_paging {
    enum sw_paging_kind kind;
    const char *name;      /* NEXT: JSON Pointer to the next address; OFFSET: the parameter that counts rows */
    const char *size_name; /* OFFSET: the parameter that holds `size`; NULL: none */
    int size, max;         /* rows a page; pages at most */
};

struct sw_csv {
    char delimiter;
    int skip;              /* lines before the header */
    bool header;           /* the first line names the columns */
    enum sw_charset charset;
};

/* What a body is asked for, and how rows come out of it. */
struct sw_request {
    const char *address; /* HTTP: an absolute URL; FILE: a path below the root */
    enum sw_format format;
    struct sw_csv csv;
    const struct sw_word *headers;
    size_t header_count;
    struct sw_auth auth;
    struct sw_paging paging;
    const char *pick;   /* JSON Pointer, "" is the whole body; NULL: `select` */
    const char *select; /* a jq program; NULL: `pick` */
    const char *vars;   /* of it: a JSON object as text; NULL: none */
    bool rows;
    int limit;
    const struct sw_field *fields;
    size_t field_count;
};

enum sw_fallback_kind { SW_FALLBACK_LAST, SW_FALLBACK_HIDE, SW_FALLBACK_TEXT, SW_FALLBACK_SKIP };

struct sw_attribution {
    struct sw_property provider, dataset; /* plain texts by language; NONE: not given */
    const char *licence, *licence_url, *url;
    bool changed; /* the data are reshaped: "Daten verändert" */
};

struct sw_source {
    const char *name;
    const char *file; /* where it is declared */
    int line, column;
    enum sw_transport transport;
    struct sw_request request;
    bool has_backfill;
    struct sw_request backfill; /* fields: one time field "at" and number fields with a history */
    int observed;               /* index of the time field; -1: publication or fetch */
    int64_t every, fresh_for, expire_after; /* microseconds */
    enum sw_fallback_kind fallback;
    struct sw_property fallback_text;
    const char *sample; /* path below the root; NULL: none */
    sw_instant sample_at;
    struct sw_attribution attribution;
    bool off;
};

/* NULL-terminated members of a source in expressions: those that every source has. */
extern const char *const sw_source_members[];

const struct sw_field *sw_source_field(const struct sw_source *source, const char *name); /* NULL: none */

#endif
