/* SPDX-License-Identifier: EUPL-1.2 */
/* What the values are that rows refer to by their meaning (exhibition/property.h), as the loader reads them (load_value.c). */
#include <assert.h>
#include <stdio.h>

#include "base/buffer.h"
#include "exhibition/load.h"
#include "exhibition/schema_internal.h"

#define ID "[a-z0-9-]{1,64}"
#define NAME "[a-z][a-z0-9_]{0,63}"
/* A brace that is not doubled. */
#define COMPUTED "(?:[^{}]|[{][{]|[}][}])*(?:[{](?![{])|[}](?![}]))"
#define DURATION "(?=[0-9])(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?"
#define STRING(pattern, fault) "{'type': 'string', 'pattern': '" pattern "', 'patternErrorMessage': '" fault "'}"
#define ONE_OR_LIST(item) "{'if': {'type': 'array'}, 'then': {'type': 'array', 'items': " item "}, 'else': " item "}"
#define UP_TO_10000 "{'type': 'number', 'minimum': 0, 'maximum': 10000}"

static const struct value {
    const char *name, *meaning, *shape;
} values[] = {
    {"value-id", "An id: small letters, digits and hyphens.",
     STRING("^" ID "$", "an id is wanted: small letters a-z, digits and -, 1 to 64 of them")},
    {"value-name", "A name: small letters, digits and _, a letter first.",
     STRING("^" NAME "$", "a name is wanted: small letters a-z, digits and _, a letter first")},
    {"value-duration", "How long: \"20s\", \"1m30s\", \"500ms\", \"2h\", \"7d\".",
     STRING("^" DURATION "$", "a duration is wanted, e.g. \\'20s\\', \\'1m30s\\' or \\'500ms\\'")},
    {"value-computed", "\"{expression}\": what is computed stands for the value.",
     STRING("^" COMPUTED, "a value is wanted, or an expression in braces")},
    {"value-text", "A text: a string or a list of lines, with **inline** Markdown and {values}.", ONE_OR_LIST("{'type': 'string'}")},
    {"value-plain-text", "A text without Markdown: a string or a list of lines, with {values}.", ONE_OR_LIST("{'type': 'string'}")},
    {"value-colour", "\"#RRGGBB\", \"#RRGGBBAA\" or the name of a colour of the theme.",
     STRING("^(?:#[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{8}|" ID ")$|^" COMPUTED, "a colour is #RRGGBB, #RRGGBBAA or a name of the theme")},
    {"value-theme-name", "The name of something in the theme: a text style, a look of buttons, an area of the canvas.",
     STRING("^" ID "$|^" COMPUTED, "a name of the theme is wanted")},
    {"value-padding", "Room on all sides: n, [vertical, horizontal] or [top, end, bottom, start].",
     "{'if': {'type': 'array'}, 'then': {'type': 'array', 'items': " UP_TO_10000
     ", 'oneOf': [{'minItems': 1, 'maxItems': 2}, {'minItems': 4, 'maxItems': 4}]}, 'else': " UP_TO_10000 "}"},
    {"value-gap", "Room between elements: n or [between rows, between columns].",
     "{'if': {'type': 'array'}, 'then': {'type': 'array', 'items': " UP_TO_10000 ", 'minItems': 1, 'maxItems': 2}, 'else': " UP_TO_10000
     "}"},
    {"value-expression", "An expression, without braces.", "{'type': ['string', 'boolean'], 'minLength': 1}"},
    {"value-sort", "Expressions to sort by; `-` in front: descending.",
     "{'if': {'type': 'array'}, 'then': {'type': 'array', 'items': {'$ref': '#/$defs/value-expression'}, 'minItems': 1, 'maxItems': 8}, "
     "'else': {'type': 'string', 'minLength': 1}}"},
    {"value-points", "Points, each [x, y].",
     "{'type': 'array', 'minItems': 2, 'maxItems': 4096, 'items': {'type': 'array', 'minItems': 2, 'maxItems': 2, "
     "'items': {'type': 'number', 'minimum': -100000, 'maximum': 100000}}}"},
    {"value-address", "Where to: \"scene\", \"scene#page\" or \"#page\".",
     STRING("^" ID "$|^(?:" ID ")?#" ID "$|^" COMPUTED, "an address is wanted: a scene, scene#page or #page")},
    {"value-history", "A number with a history: \"source.field\".",
     STRING("^" NAME "[.]" NAME "$", "a source and its field are wanted, such as rhein.level")},
    {"value-elements", "Elements: a list, or one.",
     "{'if': {'type': 'array'}, 'then': {'type': 'array', 'items': {'$ref': '#/$defs/element'}, 'maxItems': 20000}, "
     "'else': {'$ref': '#/$defs/element'}}"},
    {"value-cases", "An element or a list of elements for each value.",
     "{'type': 'object', 'minProperties': 1, 'additionalProperties': {'$ref': '#/$defs/value-elements'}}"},
    {"value-actions", "One action, or a list that is done in order.",
     "{'if': {'type': 'array'}, 'then': {'type': 'array', 'items': {'$ref': '#/$defs/value-action'}, 'minItems': 1, 'maxItems': 16}, "
     "'else': {'$ref': '#/$defs/value-action'}}"},
};

/* What a value of a meaning is called; NULL: as its row's type says, or it is made below. */
static const char *name_of(enum sw_means means)
{
    switch (means) {
    case SW_MEANS_TEXT: return "value-text";
    case SW_MEANS_PLAIN_TEXT: return "value-plain-text";
    case SW_MEANS_MEDIA: return "value-picture";
    case SW_MEANS_COLOUR: return "value-colour";
    case SW_MEANS_STYLE:
    case SW_MEANS_LOOK:
    case SW_MEANS_AREA: return "value-theme-name";
    case SW_MEANS_PADDING: return "value-padding";
    case SW_MEANS_GAP: return "value-gap";
    case SW_MEANS_EXPRESSION:
    case SW_MEANS_CONDITION:
    case SW_MEANS_ROWS: return "value-expression";
    case SW_MEANS_SORT: return "value-sort";
    case SW_MEANS_POINTS: return "value-points";
    case SW_MEANS_ELEMENT:
    case SW_MEANS_ELEMENTS: return "value-elements";
    case SW_MEANS_CASES: return "value-cases";
    case SW_MEANS_ACTIONS: return "value-actions";
    case SW_MEANS_PART: return "value-id";
    case SW_MEANS_SLOT:
    case SW_MEANS_NAME: return "value-name";
    case SW_MEANS_ADDRESS: return "value-address";
    case SW_MEANS_CLIP: return "value-clip";
    case SW_MEANS_SUBTITLES: return "value-subtitles";
    case SW_MEANS_HISTORY: return "value-history";
    case SW_MEANS_TYPE:
    case SW_MEANS_GRADIENT:
    case SW_MEANS_ANIMATION:
    case SW_MEANS_RECORDS: return NULL;
    }
    return NULL;
}

static cJSON *records(cJSON *defs, const struct sw_row *row)
{
    cJSON *made = sw_schema_parse("{'type': 'array', 'minItems': 1, 'maxItems': 16}");
    cJSON_AddItemToObject(made, "items", sw_schema_table(defs, row->table));
    return made;
}

cJSON *sw_schema_meaning(cJSON *defs, const struct sw_row *row)
{
    const char *name = name_of((enum sw_means)row->means);
    if (name != NULL)
        return sw_schema_refer(name);
    if (row->means == SW_MEANS_RECORDS)
        return records(defs, row);
    const struct sw_table *table = row->means == SW_MEANS_GRADIENT ? &sw_gradient_table : &sw_animation_table;
    return row->means == SW_MEANS_TYPE ? NULL : sw_schema_table(defs, table);
}

static void add(cJSON *defs, const char *name, const char *meaning, cJSON *schema)
{
    cJSON_AddStringToObject(schema, "x-meaning", meaning);
    cJSON_AddItemToObject(defs, name, schema);
}

/* A file whose name ends in one of those; `nothing`: "" is none. */
static cJSON *file(const char *const *endings, bool nothing, const char *fault)
{
    struct sw_buffer pattern;
    cJSON *made = cJSON_CreateObject();
    sw_buffer_init(&pattern, 1000);
    sw_buffer_printf(&pattern, "%s^" COMPUTED "|.(?:", nothing ? "^$|" : "");
    for (size_t i = 0; endings[i] != NULL; i++)
        sw_buffer_printf(&pattern, "%s[.]%s", i > 0 ? "|" : "", endings[i] + 1);
    sw_buffer_add_text(&pattern, ")$");
    cJSON_AddStringToObject(made, "type", "string");
    cJSON_AddStringToObject(made, "pattern", sw_buffer_text(&pattern));
    cJSON_AddStringToObject(made, "patternErrorMessage", fault);
    sw_buffer_finish(&pattern);
    return made;
}

static cJSON *subtitles(void)
{
    cJSON *made = sw_schema_parse("{'if': {'type': 'boolean'}, 'then': true}");
    cJSON_AddItemToObject(made, "else", file(sw_subtitle_endings, false, "a file of subtitles is wanted: .vtt or .srt"));
    return made;
}

static cJSON *word_of(const struct sw_table *words)
{
    cJSON *made = sw_schema_parse("{'type': 'string'}"), *list = cJSON_AddArrayToObject(made, "enum");
    cJSON *meanings = cJSON_AddArrayToObject(made, "enumDescriptions");
    for (size_t i = 0; i < words->count; i++) {
        cJSON_AddItemToArray(list, cJSON_CreateString(words->rows[i].key));
        cJSON_AddItemToArray(meanings, cJSON_CreateString(words->rows[i].meaning));
    }
    return made;
}

/* An object with one key, a word, or in a part the name of a parameter in braces. */
static cJSON *action(cJSON *defs)
{
    cJSON *made = sw_schema_parse("{'if': {'type': 'object'}}"), *word = NULL;
    cJSON_AddItemToObject(made, "then", sw_schema_table(defs, &sw_action_table));
    word = sw_schema_parse("{'if': {'type': 'string', 'pattern': '^[{].+[}]$'}, 'then': true}");
    cJSON_AddItemToObject(word, "else", word_of(&sw_action_word_table));
    cJSON_AddItemToObject(made, "else", word);
    return made;
}

void sw_schema_values(cJSON *defs)
{
    for (size_t i = 0; i < SW_COUNT(values); i++)
        add(defs, values[i].name, values[i].meaning, sw_schema_parse(values[i].shape));
    add(defs, "value-picture", "A picture: its path in the exhibition, or from ./ beside the scene.",
        file(sw_picture_endings, true, "a picture is wanted: .svg, .png, .jpg or .webp"));
    add(defs, "value-clip", "A clip: its path in the exhibition, or from ./ beside the scene.",
        file(sw_clip_endings, true, "a clip is wanted: .mp4, .m4v, .mov, .mkv or .webm"));
    add(defs, "value-subtitles", "A file of subtitles; true: those beside the clip, false: none.", subtitles());
    add(defs, "value-action", "What a touch does.", action(defs));
}
