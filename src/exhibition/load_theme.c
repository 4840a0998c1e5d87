/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/theme.json. */
#include <string.h>

#include "exhibition/load.h"

#define CANVAS_MAX 32768

static void judge_area(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);

#define PLACE "{'type': 'number', 'minimum': -32768, 'maximum': 32768}"
#define LENGTH "{'type': 'number', 'minimum': 1, 'maximum': 32768}"
#define AREA                                                                                                                               \
    "{'type': 'array', 'minItems': 4, 'maxItems': 4, 'items': false, 'prefixItems': [" PLACE ", " PLACE ", " LENGTH ", " LENGTH "]}"

static const struct sw_row area_row = {.key = "",
                                       .type = SW_TYPE_CUSTOM,
                                       .judge = judge_area,
                                       .unit = "design units",
                                       .shape = "{'if': {'type': 'object'}, 'then': {'type': 'object', 'additionalProperties': false, "
                                                "'required': ['at'], 'properties': {'at': " AREA ", 'reach': {'type': 'boolean'}}}, "
                                                "'else': " AREA "}",
                                       .meaning = "[x, y, width, height], or {\"at\": the same, \"reach\": true}.",
                                       .example = "[96, 80, 900, 220]"};
static const struct sw_row canvas_rows[] = {
    {.key = "size",
     .type = SW_TYPE_PAIR,
     .flags = SW_ROW_REQUIRED,
     .minimum = 100,
     .maximum = CANVAS_MAX,
     .unit = "design units",
     .meaning = "Width and height."},
    {.key = "areas", .type = SW_TYPE_MAP, .item = &area_row, .key_type = SW_TYPE_ID, .meaning = "Named places."},
};
static const struct sw_table canvas_table = {"canvas", "A design surface with named areas.", canvas_rows, SW_COUNT(canvas_rows)};
static const struct sw_row canvas_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &canvas_table};

static void judge_colour(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
static const struct sw_row colour_row = {
    .key = "",
    .type = SW_TYPE_CUSTOM,
    .judge = judge_colour,
    .shape = "{'type': 'string', 'pattern': '^#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$', 'patternErrorMessage': 'a colour is #RRGGBB or "
             "#RRGGBBAA'}",
    .meaning = "\"#RRGGBB\" or \"#RRGGBBAA\".",
    .example = "\"#1f4e79\""};

enum { STYLE_FONT, STYLE_SIZE };
static const struct sw_row style_rows[] = {
    [STYLE_FONT] = {.key = "font", .type = SW_TYPE_ID, .otherwise = "\"text\"", .meaning = "A role of fonts.json."},
    {.key = "size",
     .type = SW_TYPE_NUMBER,
     .flags = SW_ROW_REQUIRED | SW_ROW_PER_CANVAS,
     .minimum = 6,
     .maximum = 2000,
     .unit = "design units",
     .meaning = "How large its letters are: the em."},
    {.key = "line",
     .type = SW_TYPE_NUMBER,
     .minimum = 0.8,
     .maximum = 4,
     .otherwise = "1.3",
     .meaning = "The height of a line as a factor of the size; 1.3 at least where a line has Arabic letters."},
    {.key = "spacing",
     .type = SW_TYPE_NUMBER,
     .minimum = -0.2,
     .maximum = 1,
     .unit = "em",
     .otherwise = "0",
     .meaning = "Added between letters; not between those that join."},
    {.key = "colour", .type = SW_TYPE_STRING, .means = SW_MEANS_COLOUR, .meaning = "Its colour, where no element says another."},
};
static const struct sw_table style_table = {"text style", "How a text is set.", style_rows, SW_COUNT(style_rows)};
static const struct sw_row style_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &style_table};

static const struct sw_row state_rows[] = {
    {.key = "fill", .type = SW_TYPE_STRING, .means = SW_MEANS_COLOUR, .meaning = "Its ground."},
    {.key = "colour", .type = SW_TYPE_STRING, .means = SW_MEANS_COLOUR, .meaning = "Its label."},
    {.key = "stroke", .type = SW_TYPE_STRING, .means = SW_MEANS_COLOUR, .meaning = "Its border."},
    {.key = "stroke_width", .type = SW_TYPE_NUMBER, .minimum = 0, .maximum = 100, .unit = "design units", .meaning = "The border's width."},
};
static const struct sw_table state_table = {"button state", "What differs in one state of a button.", state_rows, SW_COUNT(state_rows)};
static const struct sw_row look_rows[] = {
    {.key = "style", .type = SW_TYPE_ID, .meaning = "The label's text style."},
    {.key = "fill", .type = SW_TYPE_STRING, .means = SW_MEANS_COLOUR, .meaning = "Its ground."},
    {.key = "colour", .type = SW_TYPE_STRING, .means = SW_MEANS_COLOUR, .meaning = "Its label."},
    {.key = "stroke", .type = SW_TYPE_STRING, .means = SW_MEANS_COLOUR, .meaning = "Its border."},
    {.key = "stroke_width",
     .type = SW_TYPE_NUMBER,
     .minimum = 0,
     .maximum = 100,
     .unit = "design units",
     .otherwise = "0",
     .meaning = "The border's width."},
    {.key = "radius",
     .type = SW_TYPE_NUMBER,
     .minimum = 0,
     .maximum = 1000,
     .unit = "design units",
     .otherwise = "0",
     .meaning = "How far its corners are rounded."},
    {.key = "padding",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_PADDING,
     .unit = "design units",
     .otherwise = "[16, 32]",
     .meaning = "Room round the label."},
    {.key = "pressed", .type = SW_TYPE_OBJECT, .table = &state_table, .meaning = "What differs under a finger; without it, it darkens."},
    {.key = "selected",
     .type = SW_TYPE_OBJECT,
     .table = &state_table,
     .meaning = "What differs while `selected` is true; without it, nothing."},
    {.key = "disabled", .type = SW_TYPE_OBJECT, .table = &state_table, .meaning = "What differs while `enabled` is not true."},
};
static const struct sw_table look_table = {"button look", "How a button looks.", look_rows, SW_COUNT(look_rows)};
static const struct sw_row look_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &look_table};

static const struct sw_row theme_rows[] = {
    {.key = "canvases",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &canvas_row,
     .key_type = SW_TYPE_ID,
     .meaning = "The design surfaces; a zone uses the one nearest its aspect.",
     .example = "{\"wide\": {\"size\": [1920, 1080], \"areas\": {\"main\": [96, 80, 1728, 800]}}}"},
    {.key = "colours",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &colour_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Colours by name.",
     .example = "{\"paper\": \"#F5F2EA\", \"ink\": \"#13212C\"}"},
    {.key = "high_contrast",
     .type = SW_TYPE_MAP,
     .item = &colour_row,
     .key_type = SW_TYPE_ID,
     .meaning = "The colours that change in high contrast."},
    {.key = "ground",
     .type = SW_TYPE_STRING,
     .means = SW_MEANS_COLOUR,
     .flags = SW_ROW_REQUIRED,
     .meaning = "The colour behind every scene."},
    {.key = "styles",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &style_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Text styles by name.",
     .example = "{\"body\": {\"font\": \"text\", \"size\": 36}}"},
    {.key = "default_style", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The style of texts that name none."},
    {.key = "large", .type = SW_TYPE_NUMBER, .minimum = 1, .maximum = 3, .otherwise = "1.35", .meaning = "The factor of large text."},
    {.key = "buttons", .type = SW_TYPE_MAP, .item = &look_row, .key_type = SW_TYPE_ID, .meaning = "Looks of buttons by name."},
    {.key = "default_button", .type = SW_TYPE_ID, .meaning = "The look of buttons that name none."},
};
const struct sw_table sw_theme_table = {"theme", "How the exhibition looks.", theme_rows, SW_COUNT(theme_rows)};

static const cJSON *area_numbers(const cJSON *node) { return cJSON_IsObject(node) ? sw_json_get(node, "at") : node; }

static void judge_area(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    const cJSON *numbers = area_numbers(node), *item = NULL;
    bool good = cJSON_IsArray(numbers) && cJSON_GetArraySize(numbers) == 4;
    int at = 0;
    if (good)
        cJSON_ArrayForEach (item, numbers) {
            good = good && cJSON_IsNumber(item) && item->valuedouble >= (at < 2 ? -CANVAS_MAX : 1) && item->valuedouble <= CANVAS_MAX;
            at++;
        }
    if (!good)
        sw_verify_fault(verify, node, "an area is [x, y, width, height] in design units, or {\"at\": [...], \"reach\": true}");
    const cJSON *keys = cJSON_IsObject(node) ? node : NULL;
    cJSON_ArrayForEach (item, keys) {
        if (strcmp(item->string, "at") != 0 && strcmp(item->string, "reach") != 0)
            sw_verify_key_fault(verify, item, "unknown key \"%s\"; an area has \"at\" and \"reach\"", item->string);
        else if (strcmp(item->string, "reach") == 0 && !cJSON_IsBool(item))
            sw_verify_fault(verify, item, "true or false is wanted");
    }
}

static bool parse_colour(const char *text, uint32_t *argb)
{
    size_t length = strlen(text);
    uint32_t value = 0;
    if (text[0] != '#' || (length != 7 && length != 9))
        return false;
    for (size_t i = 1; i < length; i++) {
        char c = text[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit > 15)
            return false;
        value = value << 4 | digit;
    }
    *argb = length == 7 ? 0xff000000u | value : (value >> 8) | (value << 24);
    return true;
}

bool sw_theme_colour(const struct sw_theme *theme, const char *name, bool high_contrast, uint32_t *argb)
{
    for (size_t i = 0; i < theme->colour_count; i++)
        if (strcmp(theme->colours[i].name, name) == 0) {
            *argb = high_contrast ? theme->colours[i].high : theme->colours[i].normal;
            return true;
        }
    return parse_colour(name, argb);
}

static void judge_colour(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    uint32_t argb = 0;
    (void)row;
    if (!cJSON_IsString(node) || !parse_colour(node->valuestring, &argb))
        sw_verify_fault(verify, node, "a colour is \"#RRGGBB\" or \"#RRGGBBAA\"");
}

/* Areas that are not sound keep their name, so that what names them is not at fault too. */
static void load_areas(struct sw_writer *w, struct sw_canvas *canvas, const cJSON *list)
{
    struct sw_area *areas = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof *areas);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, list) {
        const cJSON *numbers = area_numbers(item);
        struct sw_area *area = &areas[canvas->area_count++];
        *area = (struct sw_area){.name = sw_arena_strdup(w->loader->arena, item->string), .width = canvas->width, .height = canvas->height};
        if (!sw_load_sound(w, &area_row, item))
            continue;
        area->x = cJSON_GetArrayItem(numbers, 0)->valuedouble;
        area->y = cJSON_GetArrayItem(numbers, 1)->valuedouble;
        area->width = cJSON_GetArrayItem(numbers, 2)->valuedouble;
        area->height = cJSON_GetArrayItem(numbers, 3)->valuedouble;
        area->reach = sw_json_bool(item, "reach", false);
    }
    canvas->areas = areas;
}

static void load_canvases(struct sw_writer *w, const cJSON *object)
{
    struct sw_theme *theme = &w->loader->exhibition->theme;
    size_t count = (size_t)cJSON_GetArraySize(object);
    struct sw_canvas *canvases = sw_arena_array(w->loader->arena, count + 1, sizeof *canvases);
    const char **names = sw_arena_array(w->loader->arena, count + 1, sizeof *names);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        struct sw_canvas *canvas = &canvases[theme->canvas_count];
        const cJSON *size = sw_load_member(w, &canvas_table, item, "size");
        canvas->name = names[theme->canvas_count++] = sw_arena_strdup(w->loader->arena, item->string);
        canvas->width = size != NULL ? cJSON_GetArrayItem(size, 0)->valuedouble : 1920;
        canvas->height = size != NULL ? cJSON_GetArrayItem(size, 1)->valuedouble : 1080;
        const cJSON *areas = sw_json_get(item, "areas");
        load_areas(w, canvas, cJSON_IsObject(areas) ? areas : NULL);
    }
    theme->canvases = canvases;
    w->loader->canvas_names = w->verify.canvases = names;
}

static void load_colours(struct sw_writer *w, const cJSON *object, const cJSON *high)
{
    struct sw_theme *theme = &w->loader->exhibition->theme;
    struct sw_colour *colours = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object) + 1, sizeof *colours);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        struct sw_colour *colour = &colours[theme->colour_count++];
        colour->name = sw_arena_strdup(w->loader->arena, item->string);
        const cJSON *other = sw_json_get(high, item->string);
        if (sw_load_sound(w, &colour_row, item))
            (void)parse_colour(item->valuestring, &colour->normal);
        colour->high = colour->normal;
        if (other != NULL && sw_load_sound(w, &colour_row, other))
            (void)parse_colour(other->valuestring, &colour->high);
    }
    theme->colours = colours;
    size_t mark = sw_verify_enter(&w->verify, "high_contrast");
    cJSON_ArrayForEach (item, high)
        if (sw_json_get(object, item->string) == NULL)
            sw_verify_key_fault(&w->verify, item, "\"%s\" is not among \"colours\"%s", item->string,
                                sw_load_hint(w->loader, item->string, sw_load_keys(w->loader, object)));
    sw_verify_leave(&w->verify, mark);
}

/* A colour name inside the theme itself; NULL where it is not given, a fault where it is unknown. */
static const char *colour_name(struct sw_writer *w, const cJSON *object, const char *key)
{
    const cJSON *node = sw_json_get(object, key);
    if (!cJSON_IsString(node))
        return NULL;
    size_t mark = sw_verify_enter(&w->verify, key);
    struct sw_property named = sw_load_colour(w, node);
    sw_verify_leave(&w->verify, mark);
    return named.form == SW_PROPERTY_CONSTANT ? named.as.constant.as.string : NULL;
}

static double number(struct sw_writer *w, const struct sw_table *table, const cJSON *object, const char *key, double otherwise)
{
    const cJSON *node = sw_load_member(w, table, object, key);
    return node != NULL ? node->valuedouble : otherwise;
}

/* A fault where fonts.json declares roles, but not this one; whether its file is there is said in fonts.json itself. */
static void check_role(struct sw_writer *w, const cJSON *style, const char *role)
{
    const cJSON *node = sw_json_get(style, "font");
    const char *const *roles = w->loader->font_roles;
    for (size_t i = 0; roles != NULL && roles[i] != NULL; i++)
        if (strcmp(roles[i], role) == 0)
            return;
    if (roles != NULL)
        sw_verify_fault(&w->verify, node != NULL ? node : style, "fonts/fonts.json has no role \"%s\"%s", role,
                        sw_load_hint(w->loader, role, roles));
}

/* The size in design units, perhaps by canvas; 40 where it is not sound. */
static struct sw_property size_of(struct sw_writer *w, const cJSON *style)
{
    const cJSON *size = sw_load_member(w, &style_table, style, "size");
    struct sw_property made = {.form = SW_PROPERTY_NONE};
    size_t mark = sw_verify_enter(&w->verify, "size");
    if (size != NULL)
        made = sw_load_property(w, &style_rows[STYLE_SIZE], size);
    sw_verify_leave(&w->verify, mark);
    return made.form != SW_PROPERTY_NONE ? made : (struct sw_property){.form = SW_PROPERTY_CONSTANT, .as.constant = sw_value_number(40)};
}

static void load_styles(struct sw_writer *w, const cJSON *object)
{
    struct sw_theme *theme = &w->loader->exhibition->theme;
    struct sw_text_style *styles = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object) + 1, sizeof *styles);
    size_t mark = sw_verify_enter(&w->verify, "styles");
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        struct sw_text_style *style = &styles[theme->style_count++];
        size_t inner = sw_verify_enter(&w->verify, item->string);
        style->name = sw_arena_strdup(w->loader->arena, item->string);
        style->font = sw_arena_strdup(w->loader->arena, sw_json_text(item, "font", "text"));
        style->size = size_of(w, item);
        style->line = number(w, &style_table, item, "line", 1.3);
        style->spacing = number(w, &style_table, item, "spacing", 0);
        style->colour = colour_name(w, item, "colour");
        size_t deep = sw_verify_enter(&w->verify, "font");
        check_role(w, item, style->font);
        sw_verify_leave(&w->verify, deep);
        sw_verify_leave(&w->verify, inner);
    }
    theme->styles = styles;
    sw_verify_leave(&w->verify, mark);
}

static struct sw_look_state look_state(struct sw_writer *w, const cJSON *object, const char *key)
{
    const cJSON *state = key != NULL ? sw_json_get(object, key) : object;
    size_t mark = key != NULL ? sw_verify_enter(&w->verify, key) : strlen(w->verify.path);
    struct sw_look_state made = {.fill = colour_name(w, state, "fill"),
                                 .colour = colour_name(w, state, "colour"),
                                 .stroke = colour_name(w, state, "stroke"),
                                 .stroke_width = number(w, &state_table, state, "stroke_width", -1)};
    sw_verify_leave(&w->verify, mark);
    return made;
}

static void load_padding(struct sw_writer *w, struct sw_look *look, const cJSON *node)
{
    static const struct sw_row padding_row = {.key = "padding", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PADDING};
    const double usual[4] = {16, 32, 16, 32};
    memcpy(look->padding, usual, sizeof usual);
    if (node == NULL)
        return;
    size_t mark = sw_verify_enter(&w->verify, "padding");
    struct sw_property value = sw_load_property(w, &padding_row, node);
    for (size_t i = 0; i < 4 && value.form == SW_PROPERTY_CONSTANT; i++)
        look->padding[i] = value.as.constant.as.list->items[i].as.number;
    sw_verify_leave(&w->verify, mark);
}

/* The style a look names, or the theme's own. */
static const char *style_name(struct sw_writer *w, const cJSON *object)
{
    const struct sw_theme *theme = &w->loader->exhibition->theme;
    const cJSON *node = sw_load_member(w, &look_table, object, "style");
    if (node == NULL)
        return theme->default_style->name;
    size_t mark = sw_verify_enter(&w->verify, "style");
    struct sw_property named = sw_load_style(w, node);
    sw_verify_leave(&w->verify, mark);
    return named.form == SW_PROPERTY_CONSTANT ? named.as.constant.as.string : theme->default_style->name;
}

static void load_looks(struct sw_writer *w, const cJSON *object)
{
    struct sw_theme *theme = &w->loader->exhibition->theme;
    struct sw_look *looks = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object) + 1, sizeof *looks);
    const cJSON *item = NULL;
    size_t mark = sw_verify_enter(&w->verify, "buttons");
    cJSON_ArrayForEach (item, object) {
        struct sw_look *look = &looks[theme->look_count++];
        size_t inner = sw_verify_enter(&w->verify, item->string);
        look->name = sw_arena_strdup(w->loader->arena, item->string);
        look->style = style_name(w, item);
        look->radius = number(w, &look_table, item, "radius", 0);
        load_padding(w, look, sw_json_get(item, "padding"));
        look->normal = look_state(w, item, NULL);
        look->pressed = look_state(w, item, "pressed");
        look->selected = look_state(w, item, "selected");
        look->disabled = look_state(w, item, "disabled");
        sw_verify_leave(&w->verify, inner);
    }
    theme->looks = looks;
    sw_verify_leave(&w->verify, mark);
}

/* The name of a style or look that holds where none is said; NULL where it names none. */
static const char *default_name(struct sw_writer *w, const char *key, struct sw_property (*load)(struct sw_writer *, const cJSON *))
{
    const cJSON *node = sw_load_member(w, &sw_theme_table, w->document->json->root, key);
    if (node == NULL)
        return "";
    size_t mark = sw_verify_enter(&w->verify, key);
    struct sw_property named = load(w, node);
    sw_verify_leave(&w->verify, mark);
    return named.form == SW_PROPERTY_CONSTANT ? named.as.constant.as.string : "";
}

static const cJSON *object_of(const cJSON *root, const char *key)
{
    const cJSON *node = sw_json_get(root, key);
    return cJSON_IsObject(node) ? node : NULL;
}

/* What is not sound is said and takes its default: names stay, so that one fault is told once. */
bool sw_load_theme(struct sw_loader *loader)
{
    struct sw_theme *theme = &loader->exhibition->theme;
    struct sw_document *document = sw_loader_document(loader, SW_DOCUMENT_THEME, NULL);
    if (document == NULL) {
        sw_diags_add(loader->diags, SW_ERROR, "scenes/theme.json", 0, 0, NULL,
                     "does not exist; canvases, colours and text styles stand there");
        return false;
    }
    if (document->faulty)
        return false;
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root;
    (void)sw_verify_object(&w.verify, &sw_theme_table, root);
    load_canvases(&w, object_of(root, "canvases"));
    load_colours(&w, object_of(root, "colours"), object_of(root, "high_contrast"));
    theme->ground = colour_name(&w, root, "ground");
    if (theme->ground == NULL)
        theme->ground = "#000000";
    theme->large = number(&w, &sw_theme_table, root, "large", 1.35);
    load_styles(&w, object_of(root, "styles"));
    if (theme->canvas_count == 0 || theme->style_count == 0)
        return false;
    theme->default_style = sw_theme_style(theme, default_name(&w, "default_style", sw_load_style));
    if (theme->default_style == NULL)
        theme->default_style = &theme->styles[0];
    load_looks(&w, object_of(root, "buttons"));
    theme->default_look = sw_theme_look(theme, default_name(&w, "default_button", sw_load_look));
    if (theme->default_look == NULL && theme->look_count > 0)
        theme->default_look = &theme->looks[0];
    return true;
}
