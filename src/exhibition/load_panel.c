/* SPDX-License-Identifier: EUPL-1.2 */
/* The panels of scenes/walls/: where each hangs, and where its pixels lie in the window. */
#include <math.h>
#include <string.h>

#include "exhibition/load.h"

#define OVERLAP_MM 0.05
#define SQUARE_RATIO 1.1 /* pixels are as wide as high; data sheets round */

static void judge_rotation(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    double degrees = cJSON_IsNumber(node) ? node->valuedouble : -1;
    if (degrees != 0 && degrees != 90 && degrees != 180 && degrees != 270)
        sw_verify_fault(verify, node, "0, 90, 180 or 270 are allowed: degrees clockwise");
}

static const struct sw_row panel_rows[] = {
    {.key = "id", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The panel's name."},
    {.key = "at",
     .type = SW_TYPE_PAIR,
     .flags = SW_ROW_REQUIRED,
     .minimum = 0,
     .maximum = 100000,
     .unit = "mm",
     .meaning = "Its upper start corner on the wall."},
    {.key = "size",
     .type = SW_TYPE_PAIR,
     .flags = SW_ROW_REQUIRED,
     .minimum = 10,
     .maximum = 10000,
     .unit = "mm",
     .meaning = "Width and height of its picture as it hangs, without its frame."},
    {.key = "pixels",
     .type = SW_TYPE_PAIR,
     .flags = SW_ROW_REQUIRED,
     .minimum = 16,
     .maximum = 16384,
     .unit = "pixels",
     .meaning = "Its pixels as the computer puts them out; a turned panel has the same as an unturned one.",
     .example = "[1920, 1080]"},
    {.key = "rotation",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_rotation,
     .shape = "{'enum': [0, 90, 180, 270]}",
     .unit = "degrees",
     .otherwise = "0",
     .meaning = "By how much the display hangs turned clockwise, seen from the front: 0, 90, 180 or 270."},
    {.key = "output",
     .type = SW_TYPE_PAIR,
     .minimum = 0,
     .maximum = 16384,
     .unit = "pixels",
     .meaning = "The upper left corner of its output in the window over all outputs, as xrandr says; without it they lie left to right."},
};
static const struct sw_table panel_table = {"panel", "One display.", panel_rows, SW_COUNT(panel_rows)};
const struct sw_row sw_panel_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &panel_table};

bool sw_load_place(struct sw_writer *w, const struct sw_table *table, const cJSON *object, struct sw_mm_rect *rect)
{
    const cJSON *at = sw_load_member(w, table, object, "at"), *size = sw_load_member(w, table, object, "size");
    if (at == NULL || size == NULL)
        return false;
    *rect = (struct sw_mm_rect){cJSON_GetArrayItem(at, 0)->valuedouble, cJSON_GetArrayItem(at, 1)->valuedouble,
                                cJSON_GetArrayItem(size, 0)->valuedouble, cJSON_GetArrayItem(size, 1)->valuedouble};
    return true;
}

static double shared(double a, double a_size, double b, double b_size) { return fmin(a + a_size, b + b_size) - fmax(a, b); }

bool sw_load_overlap(struct sw_mm_rect a, struct sw_mm_rect b)
{
    return shared(a.x, a.width, b.x, b.width) > OVERLAP_MM && shared(a.y, a.height, b.y, b.height) > OVERLAP_MM;
}

const char *sw_load_overlap_text(struct sw_writer *w, struct sw_mm_rect a, struct sw_mm_rect b, const char *unit)
{
    double across = shared(a.x, a.width, b.x, b.width), down = shared(a.y, a.height, b.y, b.height);
    bool beside = across <= down;
    double begins = beside ? (a.x <= b.x ? a.x + a.width : b.x + b.width) : (a.y <= b.y ? a.y + a.height : b.y + b.height);
    return sw_arena_printf(w->loader->arena, "by %.6g x %.6g %s; the one %s would begin at %.10g %s", across, down, unit,
                           beside ? "further right" : "further down", begins, unit);
}

const char *sw_load_own_id(struct sw_writer *w, const struct sw_table *table, const cJSON *object, const char *const *taken)
{
    const cJSON *node = sw_load_member(w, table, object, "id");
    size_t mark = sw_verify_enter(&w->verify, "id");
    for (size_t i = 0; node != NULL && taken[i] != NULL; i++)
        if (strcmp(taken[i], node->valuestring) == 0)
            sw_verify_fault(&w->verify, node, "\"%s\" is there already; every %s has its own id", node->valuestring, table->name);
    sw_verify_leave(&w->verify, mark);
    return sw_arena_strdup(w->loader->arena, node != NULL ? node->valuestring : "");
}

/* Two whole numbers; what is not sound is said and leaves them as they are. */
static bool load_pair(struct sw_writer *w, const cJSON *item, const char *key, int *first, int *second)
{
    const cJSON *pair = sw_load_member(w, &panel_table, item, key);
    if (pair == NULL)
        return false;
    double a = cJSON_GetArrayItem(pair, 0)->valuedouble, b = cJSON_GetArrayItem(pair, 1)->valuedouble;
    size_t mark = sw_verify_enter(&w->verify, key);
    if (a != floor(a) || b != floor(b))
        sw_verify_fault(&w->verify, pair, "pixels are whole numbers");
    sw_verify_leave(&w->verify, mark);
    *first = (int)a;
    *second = (int)b;
    return true;
}

/* A display that hangs upright keeps its pixels and says how it is turned: the fault that is made most. */
static void check_square(struct sw_writer *w, const struct sw_panel *panel, const cJSON *item)
{
    bool upright = panel->turn % 2 != 0;
    double across = panel->place.width / (upright ? panel->height_px : panel->width_px);
    double down = panel->place.height / (upright ? panel->width_px : panel->height_px);
    if (fmax(across / down, down / across) <= SQUARE_RATIO)
        return;
    double width = panel->width_px, height = panel->height_px, aspect = panel->place.width / panel->place.height;
    double turned = upright ? aspect * height / width : aspect * width / height;
    const char *hint = "; pixels are square";
    if (turned > 1 / SQUARE_RATIO && turned < SQUARE_RATIO)
        hint = upright ? "; does it hang unturned (\"rotation\" 0 or 180)?" : "; does it hang turned (\"rotation\" 90 or 270)?";
    sw_verify_fault(&w->verify, item, "the pixels of \"%s\" would be %.3g mm wide and %.3g mm high%s", panel->id, across, down, hint);
}

static struct sw_mm_rect output_of(const struct sw_panel *panel)
{
    return (struct sw_mm_rect){panel->output_x, panel->output_y, panel->width_px, panel->height_px};
}

static void check_panel(struct sw_writer *w, const struct sw_panel *panels, size_t count, const cJSON *item, bool outputs)
{
    const struct sw_panel *panel = &panels[count];
    for (size_t i = 0; i < count; i++) {
        if (sw_load_overlap(panels[i].place, panel->place))
            sw_verify_fault(&w->verify, item, "the panels \"%s\" and \"%s\" overlap %s", panels[i].id, panel->id,
                            sw_load_overlap_text(w, panels[i].place, panel->place, "mm"));
        if (outputs && sw_load_overlap(output_of(&panels[i]), output_of(panel)))
            sw_verify_fault(&w->verify, item, "the outputs of \"%s\" and \"%s\" overlap %s", panels[i].id, panel->id,
                            sw_load_overlap_text(w, output_of(&panels[i]), output_of(panel), "pixels"));
    }
}

/* Pixels that are not sound are said; so many is usual. */
static void load_panel(struct sw_writer *w, const cJSON *item, struct sw_panel *panel, int *right)
{
    const cJSON *rotation = sw_load_member(w, &panel_table, item, "rotation");
    panel->turn = rotation != NULL ? (int)rotation->valuedouble / 90 : 0;
    panel->width_px = panel->turn % 2 == 0 && panel->place.height > panel->place.width ? 1080 : 1920;
    panel->height_px = panel->width_px == 1080 ? 1920 : 1080;
    panel->output_x = *right;
    bool sound = load_pair(w, item, "pixels", &panel->width_px, &panel->height_px);
    (void)load_pair(w, item, "output", &panel->output_x, &panel->output_y);
    *right += panel->width_px;
    if (sound)
        check_square(w, panel, item);
}

struct sw_panel *sw_load_panels(struct sw_writer *w, const cJSON *list, size_t *count)
{
    size_t size = (size_t)cJSON_GetArraySize(list);
    struct sw_panel *panels = sw_arena_array(w->loader->arena, size, sizeof *panels);
    const char **ids = sw_arena_array(w->loader->arena, size + 1, sizeof *ids);
    const cJSON *item = NULL;
    int index = 0, right = 0;
    bool some = false;
    size_t mark = sw_verify_enter(&w->verify, "panels");
    *count = 0;
    cJSON_ArrayForEach (item, list)
        some = some || sw_json_get(item, "output") != NULL;
    cJSON_ArrayForEach (item, list) {
        struct sw_panel *panel = &panels[*count];
        size_t inner = sw_verify_enter_index(&w->verify, index++);
        panel->id = sw_load_own_id(w, &panel_table, item, ids);
        if (some && cJSON_IsObject(item) && sw_json_get(item, "output") == NULL)
            sw_verify_fault(&w->verify, item, "\"output\" is wanted here too, as another panel has it");
        if (sw_load_place(w, &panel_table, item, &panel->place)) {
            load_panel(w, item, panel, &right);
            check_panel(w, panels, *count, item, some);
            ids[(*count)++] = panel->id;
        }
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    return *count > 0 ? panels : NULL;
}
