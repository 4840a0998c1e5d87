/* SPDX-License-Identifier: EUPL-1.2 */
#include <expat.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "lang/xliff.h"

#define DEPTH_MAX 64
#define CODES_MAX 512

/* What an element means to us. */
enum meaning { PASSED, ROOT, FILE_OF, FRAME, UNIT, SOURCE, TARGET, CODE, MARK, FOREIGN };

/* The text of a <ph> and the like, under its id. */
struct code {
    const char *id, *text;
};

struct reader {
    struct sw_offers *offers;
    XML_Parser parser;
    enum meaning stack[DEPTH_MAX];
    size_t depth;
    bool failed;      /* the parser was stopped; what is wrong is said */
    const char *file; /* of the <file> */
    struct sw_offer *unit; /* NULL: outside of units */
    struct sw_buffer text; /* of the source or target that is open */
    size_t code_from;      /* where in it the code begins that is open */
    char code_id[64];
    struct code codes[CODES_MAX]; /* of the source */
    size_t code_count;
    bool has_source;
};

static int line_of(const struct reader *r) { return (int)XML_GetCurrentLineNumber(r->parser); }

static void fail(struct reader *r, const char *format, ...) SW_PRINTF(2, 3);
static void fail(struct reader *r, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (!r->failed)
        sw_offers_fault(r->offers, line_of(r), 0, "%s", text);
    r->failed = true;
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static const char *attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    return NULL;
}

static enum meaning inside(const struct reader *r) { return r->depth > 0 ? r->stack[r->depth - 1] : PASSED; }

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names != NULL && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

/* What `name` is where it stands. */
static enum meaning meaning_of(const struct reader *r, const char *name)
{
    static const char *const frames[] = {"body", "group", NULL}, *const marks[] = {"g", "mrk", NULL};
    static const char *const codes[] = {"ph", "x", "bpt", "ept", "it", "bx", "ex", NULL};
    switch (inside(r)) {
    case ROOT: return strcmp(name, "file") == 0 ? FILE_OF : PASSED;
    case FILE_OF:
    case FRAME: return is_one_of(name, frames) ? FRAME : strcmp(name, "trans-unit") == 0 ? UNIT : PASSED;
    case UNIT: return strcmp(name, "source") == 0 ? SOURCE : strcmp(name, "target") == 0 ? TARGET : PASSED;
    case SOURCE:
    case TARGET:
    case MARK: return is_one_of(name, codes) ? CODE : is_one_of(name, marks) ? MARK : strchr(name, ':') != NULL ? PASSED : FOREIGN;
    case CODE: return FOREIGN;
    case PASSED:
    case FOREIGN: return PASSED;
    }
    return PASSED;
}

static void begin_root(struct reader *r, const char *name, const char **attributes)
{
    const char *version = attribute(attributes, "version");
    if (strcmp(name, "xliff") != 0)
        fail(r, "is no XLIFF: it begins with <%s>", name);
    else if (version == NULL || strncmp(version, "1.", 2) != 0)
        fail(r, "is XLIFF %s; version 1.2 is wanted, as `schauwand lang export --format xliff` writes it", version != NULL ? version : "?");
}

/* All files of one hand-in are of the same two languages. */
static void begin_file(struct reader *r, const char **attributes)
{
    const char *file = attribute(attributes, "original"), *from = attribute(attributes, "source-language"),
               *to = attribute(attributes, "target-language");
    struct sw_arena *arena = &r->offers->arena;
    r->file = sw_arena_strdup(arena, file);
    if (from == NULL || to == NULL) {
        fail(r, "a <file> without %s", from == NULL ? "source-language" : "target-language");
    } else if (r->offers->to == NULL) {
        r->offers->from = sw_arena_strdup(arena, from);
        r->offers->to = sw_arena_strdup(arena, to);
    } else if (strcmp(r->offers->to, to) != 0 || strcmp(r->offers->from, from) != 0) {
        fail(r, "a <file> of other languages (%s) than the one before", to);
    }
}

static void begin_unit(struct reader *r, const char **attributes)
{
    const char *id = attribute(attributes, "id");
    r->unit = sw_offers_add(r->offers, line_of(r));
    if (r->unit == NULL) {
        r->failed = true;
        (void)XML_StopParser(r->parser, XML_FALSE);
        return;
    }
    r->unit->file = r->file;
    r->unit->path = sw_arena_strdup(&r->offers->arena, id);
    r->code_count = 0;
    r->has_source = false;
}

static void begin_text(struct reader *r, bool target, const char **attributes)
{
    const char *state = attribute(attributes, "state");
    sw_buffer_clear(&r->text);
    if (target && state != NULL)
        r->unit->open = strncmp(state, "needs-", 6) == 0 || strcmp(state, "new") == 0;
    r->has_source = r->has_source || !target;
}

static void begin_code(struct reader *r, const char **attributes)
{
    const char *id = attribute(attributes, "id");
    (void)snprintf(r->code_id, sizeof r->code_id, "%s", id != NULL ? id : "");
    r->code_from = r->text.length;
}

static void XMLCALL begin(void *context, const char *name, const char **attributes)
{
    struct reader *r = context;
    if (r->failed)
        return;
    if (r->depth == DEPTH_MAX) {
        fail(r, "elements lie more than 64 deep in each other, the last being <%s>", name);
        return;
    }
    enum meaning meaning = r->depth == 0 ? ROOT : meaning_of(r, name);
    if (meaning == FOREIGN)
        fail(r, "<%s> in a text is not understood; only the marks that the text has may be there", name);
    if (meaning == ROOT)
        begin_root(r, name, attributes);
    else if (meaning == FILE_OF)
        begin_file(r, attributes);
    else if (meaning == UNIT)
        begin_unit(r, attributes);
    else if (meaning == SOURCE || meaning == TARGET)
        begin_text(r, meaning == TARGET, attributes);
    else if (meaning == CODE)
        begin_code(r, attributes);
    r->stack[r->depth++] = meaning;
}

/* A code of the source is remembered; an empty one of the target is what the source has under its id. */
static void end_code(struct reader *r)
{
    bool source = false;
    for (size_t i = 0; i < r->depth; i++)
        source = source || r->stack[i] == SOURCE;
    const char *text = sw_buffer_text(&r->text) + r->code_from;
    if (source && r->code_count < CODES_MAX) {
        r->codes[r->code_count++] =
            (struct code){sw_arena_strdup(&r->offers->arena, r->code_id), sw_arena_strdup(&r->offers->arena, text)};
    } else if (!source && r->text.length == r->code_from) {
        for (size_t i = 0; i < r->code_count; i++)
            if (strcmp(r->codes[i].id, r->code_id) == 0) {
                sw_buffer_add_text(&r->text, r->codes[i].text);
                return;
            }
    }
}

static void end_text(struct reader *r, bool target)
{
    const char *text = sw_arena_strdup(&r->offers->arena, sw_buffer_text(&r->text));
    if (r->text.full)
        sw_offers_fault(r->offers, line_of(r), 0, "%s: a text has more than %zu bytes", r->unit->path, SW_OFFER_TEXT_MAX);
    if (target)
        r->unit->target = text;
    else
        r->unit->source = text;
}

static void XMLCALL end(void *context, const char *name)
{
    struct reader *r = context;
    if (r->failed || r->depth == 0)
        return;
    enum meaning meaning = r->stack[r->depth - 1];
    if (meaning == CODE)
        end_code(r);
    r->depth--;
    if (meaning == SOURCE || meaning == TARGET)
        end_text(r, meaning == TARGET);
    if (meaning == UNIT && !r->has_source)
        fail(r, "a <%s> without <source>", name);
    if (meaning == UNIT)
        r->unit = NULL;
}

static void XMLCALL characters(void *context, const char *text, int length)
{
    struct reader *r = context;
    enum meaning where = inside(r);
    if (!r->failed && (where == SOURCE || where == TARGET || where == CODE || where == MARK))
        sw_buffer_add(&r->text, text, (size_t)length);
}

static void XMLCALL refuse_type(void *context, const char *name, const char *system, const char *public, int internal)
{
    (void)system;
    (void)public;
    (void)internal;
    fail(context, "has a document type (<!DOCTYPE %s ...>), which no translation needs; take it out", name);
}

bool sw_xliff_read(struct sw_offers *offers, const char *bytes, size_t length)
{
    struct reader *r = sw_arena_alloc(&offers->arena, sizeof *r);
    r->offers = offers;
    r->file = "";
    r->parser = XML_ParserCreate(NULL);
    if (r->parser == NULL)
        abort();
    sw_buffer_init(&r->text, SW_OFFER_TEXT_MAX);
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, begin, end);
    XML_SetCharacterDataHandler(r->parser, characters);
    XML_SetStartDoctypeDeclHandler(r->parser, refuse_type);
    bool read = XML_Parse(r->parser, bytes, (int)length, 1) != XML_STATUS_ERROR;
    if (!read && !r->failed)
        sw_offers_fault(offers, line_of(r), 0, "is no XML that could be read: %s", XML_ErrorString(XML_GetErrorCode(r->parser)));
    if (read && offers->to == NULL)
        sw_offers_fault(offers, 1, 0, "has no <file>");
    sw_buffer_finish(&r->text);
    XML_ParserFree(r->parser);
    return read && !r->failed && offers->to != NULL;
}
