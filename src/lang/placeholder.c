/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/placeholder.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define WORDS '\x01' /* in a skeleton: words that differ by language */

enum filter { OTHER, MAP, PLURAL };

struct cutter {
    struct sw_piece *pieces;
    size_t count;
};

/* Adds what is between `from` and `to`. */
static void cut(struct cutter *cutter, bool code, const char *from, const char *to)
{
    struct sw_piece *last = cutter->count > 0 ? &cutter->pieces[cutter->count - 1] : NULL;
    if (to == from)
        return;
    if (last != NULL && last->code == code)
        last->length += (size_t)(to - from);
    else
        cutter->pieces[cutter->count++] = (struct sw_piece){code, from, (size_t)(to - from)};
}

/* Behind the string that begins with the quote at `at`; NULL: it is never closed. */
static const char *string_end(const char *at)
{
    char quote = *at++;
    for (; *at != '\0' && *at != quote; at++)
        if (*at == '\\' && at[1] != '\0')
            at++;
    return *at == quote ? at + 1 : NULL;
}

/* The } of the place that begins at `at`, as the loader finds it (exhibition/template.c); NULL: none. */
static const char *place_end(const char *at)
{
    for (const char *c = at + 1; *c != '\0'; c++) {
        if (*c == '}')
            return c;
        if (*c == '\'' || *c == '"') {
            const char *end = string_end(c);
            if (end == NULL)
                return strchr(at, '}');
            c = end - 1;
        }
    }
    return NULL;
}

/* Which filter the | at `at` begins. */
static enum filter filter_at(const char *at)
{
    at += 1 + strspn(at + 1, " \t\n");
    size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz_");
    if (at[length + strspn(at + length, " \t\n")] != ':')
        return OTHER;
    return length == 3 && memcmp(at, "map", 3) == 0 ? MAP : length == 6 && memcmp(at, "plural", 6) == 0 ? PLURAL : OTHER;
}

/* A string of a map: 'key=words,key=words'. */
static void cut_map(struct cutter *cutter, const char *from, const char *end)
{
    const char *at = from;
    while (at < end) {
        const char *equals = memchr(at, '=', (size_t)(end - at));
        if (equals == NULL)
            break;
        const char *comma = memchr(equals, ',', (size_t)(end - equals));
        const char *words_end = comma != NULL ? comma : end - 1;
        cut(cutter, true, at, equals + 1);
        cut(cutter, false, equals + 1, words_end);
        at = words_end;
        if (comma == NULL)
            break;
    }
    cut(cutter, true, at, end);
}

/* From { to behind }. */
static void cut_place(struct cutter *cutter, const char *from, const char *end)
{
    enum filter filter = OTHER;
    for (const char *at = from; at < end;) {
        const char *next = at + 1;
        if (*at == '\'' || *at == '"') {
            next = string_end(at);
            if (next == NULL || next > end)
                next = end;
        }
        if (next - at > 1 && filter == PLURAL) {
            cut(cutter, true, at, at + 1);
            cut(cutter, false, at + 1, next - 1);
            cut(cutter, true, next - 1, next);
        } else if (next - at > 1 && filter == MAP) {
            cut_map(cutter, at, next);
        } else {
            filter = *at == '|' ? filter_at(at) : filter;
            cut(cutter, true, at, next);
        }
        at = next;
    }
}

/* Where the next place begins, or the end; {{ and }} are braces of the text. */
static const char *next_place(const char *at)
{
    while (*at != '\0' && (at[0] != '{' || at[1] == '{'))
        at += at[0] == '{' ? 2 : 1;
    return at;
}

const struct sw_piece *sw_placeholder_pieces(struct sw_arena *arena, const char *text, size_t *count)
{
    struct cutter cutter = {.pieces = sw_arena_array(arena, strlen(text) + 1, sizeof *cutter.pieces)};
    for (const char *at = text; *at != '\0';) {
        const char *place = next_place(at), *end = *place != '\0' ? place_end(place) : NULL;
        if (end == NULL)
            place = at + strlen(at);
        cut(&cutter, false, at, place);
        at = place;
        if (end != NULL) {
            cut_place(&cutter, place, end + 1);
            at = end + 1;
        }
    }
    *count = cutter.count;
    return cutter.pieces;
}

/* -- comparing -- */

/* A place as it stands, and what of it must not change. */
struct place {
    const char *text;
    const char *skeleton;
};

/* Words of a plural are any number: 'W','W' becomes 'W'. */
static void join_plurals(char *skeleton)
{
    for (char *at = strchr(skeleton, WORDS); at != NULL; at = strchr(at + 1, WORDS)) {
        size_t blanks;
        for (;;) {
            char quote = at[1];
            if (quote != '\'' && quote != '"')
                break;
            blanks = strspn(at + 2, ", \t\n");
            char *next = at + 2 + blanks;
            if (blanks == 0 || (*next != '\'' && *next != '"') || next[1] != WORDS)
                break;
            memmove(at, next + 1, strlen(next + 1) + 1);
        }
    }
}

static const char *skeleton_of(struct sw_arena *arena, const char *text)
{
    size_t count = 0;
    const struct sw_piece *pieces = sw_placeholder_pieces(arena, text, &count);
    char *skeleton = sw_arena_alloc(arena, strlen(text) + count + 1);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].code) {
            memcpy(skeleton + used, pieces[i].at, pieces[i].length);
            used += pieces[i].length;
        } else {
            skeleton[used++] = WORDS;
        }
    }
    skeleton[used] = '\0';
    join_plurals(skeleton);
    return skeleton;
}

/* The places of `text`; *fault where one is never closed, or a } closes none. */
static struct place *places_of(struct sw_arena *arena, const char *text, size_t *count, const char **fault)
{
    struct place *places = sw_arena_array(arena, strlen(text) / 2 + 1, sizeof *places);
    *count = 0;
    for (const char *at = text; *at != '\0';) {
        const char *place = next_place(at), *end = *place != '\0' ? place_end(place) : NULL;
        for (const char *c = at; c < place; c++) {
            if (*c != '}')
                continue;
            if (c[1] != '}')
                *fault = "has a } that closes nothing; for a brace in the text write }}";
            c++;
        }
        if (*place == '\0')
            break;
        if (end == NULL) {
            *fault = "has a { that is never closed; for a brace in the text write {{";
            break;
        }
        const char *copy = sw_arena_strndup(arena, place, (size_t)(end - place) + 1);
        places[(*count)++] = (struct place){copy, skeleton_of(arena, copy)};
        at = end + 1;
    }
    return places;
}

static size_t often(const struct place *places, size_t count, const char *skeleton)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += strcmp(places[i].skeleton, skeleton) == 0;
    return found;
}

const char *sw_placeholder_fault(struct sw_arena *arena, const char *source, const char *translation)
{
    size_t wanted_count = 0, given_count = 0;
    const char *fault = NULL, *unsaid = NULL;
    const struct place *wanted = places_of(arena, source, &wanted_count, &unsaid);
    const struct place *given = places_of(arena, translation, &given_count, &fault);
    if (fault != NULL)
        return fault;
    for (size_t i = 0; i < wanted_count; i++)
        if (often(given, given_count, wanted[i].skeleton) < often(wanted, wanted_count, wanted[i].skeleton))
            return sw_arena_printf(arena, "lacks %s, which the text has; copy it as it stands", wanted[i].text);
    for (size_t i = 0; i < given_count; i++)
        if (often(wanted, wanted_count, given[i].skeleton) == 0)
            return sw_arena_printf(arena, "has %s, which the text has not", given[i].text);
    return NULL;
}

/* -- what is there to translate -- */

static bool is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
    return code >= 0xc0 && code != 0xd7 && code != 0xf7 && !(code >= 0x2000 && code < 0x2c00) && !(code >= 0x3000 && code < 0x3040) &&
           !(code >= 0xe000 && code < 0xf900) && !(code >= 0xfe00 && code < 0xfe10) && code < 0x1f000;
}

bool sw_placeholder_translatable(struct sw_arena *arena, const char *text)
{
    size_t count = 0;
    if ((strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0) && strpbrk(text, " \n") == NULL)
        return false;
    const struct sw_piece *pieces = sw_placeholder_pieces(arena, text, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; at < pieces[i].length && !pieces[i].code;) {
            uint32_t code = 0;
            size_t bytes = sw_utf8_decode(pieces[i].at + at, pieces[i].length - at, &code);
            if (is_letter(code))
                return true;
            at += bytes > 0 ? bytes : 1;
        }
    }
    return false;
}
