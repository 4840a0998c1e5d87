/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/theme.json. */
#include <string.h>

#include "exhibition/load.h"

#define CANVAS_MAX 32768

static void judge_area(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);

static const struct sw_row area_row = {.key = "",
                                       .type = SW_TYPE_CUSTOM,
                                       .judge = judge_area,
                                       .unit = "design units",
                                       .meaning = "[x, y, width, height], or {\"at\": the same, \"reach\": true}."};
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
    .key = "", .type = SW_TYPE_CUSTOM, .judge = judge_colour, .meaning = "\"#RRGGBB\" or \"#RRGGBBAA\"."};

static const struct sw_row style_rows[] = {
    {.key = "font", .type = SW_TYPE_ID, .otherwise = "\"text\"", .meaning = "A role of fonts.json."},
    {.key = "size",
     .type = SW_TYPE_NUMBER,
     .flags = SW_ROW_REQUIRED | SW_ROW_PER_CANVAS,
     .minimum = 6,
     .maximum = 2000,
     .unit = "design units",
     .meaning = "The em."},
    {.key = "line",
     .type = SW_TYPE_NUMBER,
     .minimum = 0.8,
     .maximum = 4,
     .otherwise = "1.3",
     .meaning = "Line height as a factor of the size."},
    {.key = "spacing",
     .type = SW_TYPE_NUMBER,
     .minimum = -0.2,
     .maximum = 1,
     .unit = "em",
     .otherwise = "0",
     .meaning = "Added between letters."},
    {.key = "colour", .type = SW_TYPE_STRING, .meaning = "Its colour, where no element says another."},
};
static const struct sw_table style_table = {"text style", "How a text is set.", style_rows, SW_COUNT(style_rows)};
static const struct sw_row style_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &style_table};

static const struct sw_row state_rows[] = {
    {.key = "fill", .type = SW_TYPE_STRING, .meaning = "Ground."},
    {.key = "colour", .type = SW_TYPE_STRING, .meaning = "Label."},
    {.key = "stroke", .type = SW_TYPE_STRING, .meaning = "Border."},
    {.key = "stroke_width", .type = SW_TYPE_NUMBER, .minimum = 0, .maximum = 100, .unit = "design units", .meaning = "The border's width."},
};
static const struct sw_table state_table = {"button state", "What differs in one state of a button.", state_rows, SW_COUNT(state_rows)};
static const struct sw_row look_rows[] = {
    {.key = "style", .type = SW_TYPE_ID, .meaning = "The label's text style."},
    {.key = "fill", .type = SW_TYPE_STRING, .meaning = "Ground."},
    {.key = "colour", .type = SW_TYPE_STRING, .meaning = "Label."},
    {.key = "stroke", .type = SW_TYPE_STRING, .meaning = "Border."},
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
     .meaning = "Rounding of the corners."},
    {.key = "padding", .type = SW_TYPE_CUSTOM, .unit = "design units", .otherwise = "[16, 32]", .meaning = "Round the label."},
    {.key = "pressed", .type = SW_TYPE_OBJECT, .table = &state_table, .meaning = "Under a finger."},
    {.key = "selected", .type = SW_TYPE_OBJECT, .table = &state_table, .meaning = "While `selected` is true."},
    {.key = "disabled", .type = SW_TYPE_OBJECT, .table = &state_table, .meaning = "While `enabled` is not true."},
};
static const struct sw_table look_table = {"button look", "How a button looks.", look_rows, SW_COUNT(look_rows)};
static const struct sw_row look_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &look_table};

static const struct sw_row theme_rows[] = {
    {.key = "canvases",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &canvas_row,
     .key_type = SW_TYPE_ID,
     .meaning = "The design surfaces; a zone uses the one nearest its aspect."},
    {.key = "colours",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &colour_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Colours by name."},
    {.key = "high_contrast",
     .type = SW_TYPE_MAP,
     .item = &colour_row,
     .key_type = SW_TYPE_ID,
     .meaning = "The colours that change in high contrast."},
    {.key = "ground", .type = SW_TYPE_STRING, .flags = SW_ROW_REQUIRED, .meaning = "The colour behind every scene."},
    {.key = "styles",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &style_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Text styles by name."},
    {.key = "default_style", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The style of texts that name none."},
    {.key = "large", .type = SW_TYPE_NUMBER, .minimum = 1, .maximum = 3, .otherwise = "1.35", .meaning = "The factor of large text."},
    {.key = "buttons", .type = SW_TYPE_MAP, .item = &look_row, .key_type = SW_TYPE_ID, .meaning = "Looks of buttons by name."},
    {.key = "default_button", .type = SW_TYPE_ID, .meaning = "The look of buttons that name none."},
};
static const struct sw_table theme_table = {"theme", "How the exhibition looks.", theme_rows, SW_COUNT(theme_rows)};

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
    if (cJSON_IsObject(node))
        cJSON_ArrayForEach (item, node)
            if (strcmp(item->string, "at") != 0 && strcmp(item->string, "reach") != 0)
                sw_verify_key_fault(verify, item, "unknown key \"%s\"; an area has \"at\" and \"reach\"", item->string);
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

static void load_canvases(struct sw_loader *loader, const cJSON *object)
{
    struct sw_theme *theme = &loader->exhibition->theme;
    size_t count = (size_t)cJSON_GetArraySize(object);
    struct sw_canvas *canvases = sw_arena_array(loader->arena, count + 1, sizeof *canvases);
    const char **names = sw_arena_array(loader->arena, count + 1, sizeof *names);
    const cJSON *item = NULL, *area = NULL;
    cJSON_ArrayForEach (item, object) {
        struct sw_canvas *canvas = &canvases[theme->canvas_count];
        const cJSON *size = sw_json_get(item, "size"), *list = sw_json_get(item, "areas");
        canvas->name = names[theme->canvas_count++] = sw_arena_strdup(loader->arena, item->string);
        canvas->width = cJSON_GetArrayItem(size, 0)->valuedouble;
        canvas->height = cJSON_GetArrayItem(size, 1)->valuedouble;
        struct sw_area *areas = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof *areas);
        cJSON_ArrayForEach (area, list) {
            const cJSON *numbers = area_numbers(area);
            areas[canvas->area_count++] = (struct sw_area){.name = sw_arena_strdup(loader->arena, area->string),
                                                           .x = cJSON_GetArrayItem(numbers, 0)->valuedouble,
                                                           .y = cJSON_GetArrayItem(numbers, 1)->valuedouble,
                                                           .width = cJSON_GetArrayItem(numbers, 2)->valuedouble,
                                                           .height = cJSON_GetArrayItem(numbers, 3)->valuedouble,
                                                           .reach = sw_json_bool(area, "reach", false)};
        }
        canvas->areas = areas;
    }
    theme->canvases = canvases;
    loader->canvas_names = names;
}

static void load_colours(struct sw_writer *w, const cJSON *object, const cJSON *high)
{
    struct sw_theme *theme = &w->loader->exhibition->theme;
    struct sw_colour *colours = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object) + 1, sizeof *colours);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        struct sw_colour *colour = &colours[theme->colour_count++];
        colour->name = sw_arena_strdup(w->loader->arena, item->string);
        (void)parse_colour(item->valuestring, &colour->normal);
        colour->high = colour->normal;
        const char *other = sw_json_text(high, item->string, NULL);
        if (other != NULL)
            (void)parse_colour(other, &colour->high);
    }
    theme->colours = colours;
    size_t mark = sw_verify_enter(&w->verify, "high_contrast");
    cJSON_ArrayForEach (item, high)
        if (sw_json_get(object, item->string) == NULL)
            sw_verify_key_fault(&w->verify, item, "\"%s\" is not among \"colours\"", item->string);
    sw_verify_leave(&w->verify, mark);
}

/* A colour name inside the theme itself; NULL where it is not given, a fault where it is unknown. */
static const char *colour_name(struct sw_writer *w, const cJSON *object, const char *key)
{
    const cJSON *node = sw_json_get(object, key);
    uint32_t argb = 0;
    if (!cJSON_IsString(node))
        return NULL;
    size_t mark = sw_verify_enter(&w->verify, key);
    if (!sw_theme_colour(&w->loader->exhibition->theme, node->valuestring, false, &argb))
        sw_verify_fault(&w->verify, node, "\"%s\" is neither a colour of the theme nor \"#RRGGBB\"", node->valuestring);
    sw_verify_leave(&w->verify, mark);
    return sw_arena_strdup(w->loader->arena, node->valuestring);
}

static void load_styles(struct sw_writer *w, const cJSON *object)
{
    struct sw_theme *theme = &w->loader->exhibition->theme;
    struct sw_text_style *styles = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object) + 1, sizeof *styles);
    size_t mark = sw_verify_enter(&w->verify, "styles");
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        struct sw_text_style *style = &styles[theme->style_count++];
        size_t inner = sw_verify_enter(&w->verify, item->string), deep = sw_verify_enter(&w->verify, "size");
        style->name = sw_arena_strdup(w->loader->arena, item->string);
        style->font = sw_arena_strdup(w->loader->arena, sw_json_text(item, "font", "text"));
        style->size = sw_load_property(w, &style_rows[1], sw_json_get(item, "size"));
        sw_verify_leave(&w->verify, deep);
        style->line = sw_json_number(item, "line", 1.3);
        style->spacing = sw_json_number(item, "spacing", 0);
        style->colour = colour_name(w, item, "colour");
        bool role = false;
        for (size_t i = 0; i < w->loader->exhibition->font_count; i++)
            role = role || strcmp(w->loader->exhibition->fonts[i].role, style->font) == 0;
        if (!role && w->loader->exhibition->font_count > 0)
            sw_verify_fault(&w->verify, sw_json_get(item, "font"), "fonts/fonts.json has no role \"%s\"", style->font);
        sw_verify_leave(&w->verify, inner);
    }
    theme->styles = styles;
    sw_verify_leave(&w->verify, mark);
}

static struct sw_look_state look_state(struct sw_writer *w, const cJSON *object)
{
    return (struct sw_look_state){.fill = colour_name(w, object, "fill"),
                                  .colour = colour_name(w, object, "colour"),
                                  .stroke = colour_name(w, object, "stroke"),
                                  .stroke_width = sw_json_number(object, "stroke_width", -1)};
}

static void load_looks(struct sw_writer *w, const cJSON *object)
{
    static const struct sw_row padding_row = {.key = "padding", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PADDING};
    struct sw_theme *theme = &w->loader->exhibition->theme;
    struct sw_look *looks = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object) + 1, sizeof *looks);
    const cJSON *item = NULL;
    size_t mark = sw_verify_enter(&w->verify, "buttons");
    cJSON_ArrayForEach (item, object) {
        struct sw_look *look = &looks[theme->look_count++];
        size_t inner = sw_verify_enter(&w->verify, item->string);
        look->name = sw_arena_strdup(w->loader->arena, item->string);
        look->style =
            sw_arena_strdup(w->loader->arena, sw_json_text(item, "style", theme->default_style != NULL ? theme->default_style->name : ""));
        look->radius = sw_json_number(item, "radius", 0);
        double usual[4] = {16, 32, 16, 32};
        memcpy(look->padding, usual, sizeof usual);
        const cJSON *padding = sw_json_get(item, "padding");
        struct sw_property value = {.form = SW_PROPERTY_NONE};
        if (padding != NULL)
            value = sw_load_property(w, &padding_row, padding);
        for (size_t i = 0; i < 4 && value.form == SW_PROPERTY_CONSTANT; i++)
            look->padding[i] = value.as.constant.as.list->items[i].as.number;
        look->normal = look_state(w, item);
        look->pressed = look_state(w, sw_json_get(item, "pressed"));
        look->selected = look_state(w, sw_json_get(item, "selected"));
        look->disabled = look_state(w, sw_json_get(item, "disabled"));
        if (sw_theme_style(theme, look->style) == NULL)
            sw_verify_fault(&w->verify, sw_json_get(item, "style"), "the theme has no text style \"%s\"", look->style);
        sw_verify_leave(&w->verify, inner);
    }
    theme->looks = looks;
    sw_verify_leave(&w->verify, mark);
}

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
    if (!sw_verify_object(&w.verify, &theme_table, root))
        return false;
    load_canvases(loader, sw_json_get(root, "canvases"));
    w.verify.canvases = loader->canvas_names;
    load_colours(&w, sw_json_get(root, "colours"), sw_json_get(root, "high_contrast"));
    theme->ground = colour_name(&w, root, "ground");
    theme->large = sw_json_number(root, "large", 1.35);
    load_styles(&w, sw_json_get(root, "styles"));
    theme->default_style = sw_theme_style(theme, sw_json_text(root, "default_style", ""));
    if (theme->default_style == NULL) {
        size_t mark = sw_verify_enter(&w.verify, "default_style");
        sw_verify_fault(&w.verify, sw_json_get(root, "default_style"), "\"styles\" has no \"%s\"", sw_json_text(root, "default_style", ""));
        sw_verify_leave(&w.verify, mark);
        theme->default_style = theme->style_count > 0 ? &theme->styles[0] : NULL;
    }
    load_looks(&w, sw_json_get(root, "buttons"));
    theme->default_look = sw_theme_look(theme, sw_json_text(root, "default_button", ""));
    if (theme->default_look == NULL && theme->look_count > 0)
        theme->default_look = &theme->looks[0];
    return theme->canvas_count > 0 && theme->default_style != NULL;
}
