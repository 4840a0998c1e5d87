/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/walls/: panels and zones in millimetres. */
#include <math.h>
#include <string.h>

#include "exhibition/grid.h"
#include "exhibition/load.h"

#define LIST_MAX SW_PANELS_MAX
static const struct sw_row zone_rows[] = {
    {.key = "id", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The zone's name."},
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
     .maximum = 100000,
     .unit = "mm",
     .meaning = "Its width and height."},
    {.key = "playlist", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "What it plays when nobody touches it."},
    {.key = "language", .type = SW_TYPE_ID, .meaning = "The language that a visit begins with; without it the exhibition's first."},
    {.key = "home", .type = SW_TYPE_ID, .meaning = "Its own home scene."},
    {.key = "volume",
     .type = SW_TYPE_NUMBER,
     .minimum = 0,
     .maximum = 1,
     .otherwise = "0",
     .meaning = "How loud its videos are that are not muted; 0: it has no sound."},
};
static const struct sw_table zone_table = {"zone", "A rectangle of the wall with its own visit.", zone_rows, SW_COUNT(zone_rows)};
static const struct sw_row zone_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &zone_table};
static const struct sw_row hours_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &sw_schedule_table};
static const char *const bezel_words[] = {"behind", "skip", NULL};
enum { WALL_TITLE };
static const struct sw_row wall_rows[] = {
    [WALL_TITLE] = {.key = "title",
                    .type = SW_TYPE_CUSTOM,
                    .means = SW_MEANS_TEXT,
                    .flags = SW_ROW_PER_LANGUAGE,
                    .meaning = "What operators call it."},
    {.key = "viewing_distance",
     .type = SW_TYPE_NUMBER,
     .minimum = 200,
     .maximum = 50000,
     .unit = "mm",
     .otherwise = "1500",
     .meaning = "From where people read it."},
    {.key = "bottom",
     .type = SW_TYPE_NUMBER,
     .minimum = 0,
     .maximum = 20000,
     .unit = "mm",
     .otherwise = "800",
     .meaning = "Its lower edge above the floor."},
    {.key = "pitch",
     .type = SW_TYPE_NUMBER,
     .minimum = 0.05,
     .maximum = 50,
     .unit = "mm",
     .meaning = "The size of a pixel that scenes are drawn for; without it that of the finest panel. Panels with another are scaled."},
    {.key = "bezels",
     .type = SW_TYPE_ENUM,
     .words = bezel_words,
     .otherwise = "\"behind\"",
     .meaning = "Where panels hang apart: scenes go on behind the gap, or skip it."},
    {.key = "panels",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &sw_panel_row,
     .minimum = 1,
     .maximum = LIST_MAX,
     .meaning = "Its displays."},
    {.key = "zones",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &zone_row,
     .minimum = 1,
     .maximum = 32,
     .meaning = "Its zones."},
    {.key = "opening",
     .type = SW_TYPE_LIST,
     .item = &hours_row,
     .maximum = 32,
     .meaning = "When it is open: any of these opens it; without it always.",
     .example = "[{\"days\": \"mon-fri\", \"time\": \"08:00-18:00\"}]"},
    {.key = "quiet",
     .type = SW_TYPE_LIST,
     .item = &hours_row,
     .maximum = 32,
     .meaning = "When nothing sounds, however loud its zones are; without it never.",
     .example = "[{\"time\": \"20:00-08:00\"}]"},
};
const struct sw_table sw_wall_table = {"wall", "One physical surface.", wall_rows, SW_COUNT(wall_rows)};

static const char *language_of(struct sw_writer *w, const cJSON *zone)
{
    const char *const *languages = w->loader->exhibition->languages;
    const cJSON *node = sw_load_member(w, &zone_table, zone, "language");
    if (node == NULL)
        return languages[0];
    for (size_t i = 0; languages[i] != NULL; i++)
        if (strcmp(languages[i], node->valuestring) == 0)
            return languages[i];
    size_t mark = sw_verify_enter(&w->verify, "language");
    sw_verify_fault(&w->verify, node, "\"%s\" is no language of this exhibition%s", node->valuestring,
                    sw_load_hint(w->loader, node->valuestring, languages));
    sw_verify_leave(&w->verify, mark);
    return languages[0];
}

static const struct sw_playlist *playlist_of(struct sw_writer *w, const cJSON *zone)
{
    static const struct sw_playlist nothing = {.id = ""};
    const cJSON *node = sw_load_member(w, &zone_table, zone, "playlist");
    const struct sw_playlist *playlist = node != NULL ? sw_exhibition_playlist(w->loader->exhibition, node->valuestring) : NULL;
    if (playlist == NULL && node != NULL && sw_loader_document(w->loader, SW_DOCUMENT_PLAYLIST, node->valuestring) == NULL) {
        size_t mark = sw_verify_enter(&w->verify, "playlist");
        sw_verify_fault(&w->verify, node, "there is no playlist \"%s\"%s", node->valuestring,
                        sw_load_hint(w->loader, node->valuestring, sw_load_ids(w->loader, SW_DOCUMENT_PLAYLIST)));
        sw_verify_leave(&w->verify, mark);
    }
    return playlist != NULL ? playlist : &nothing;
}

static const char *home_of(struct sw_writer *w, const cJSON *zone)
{
    const cJSON *node = sw_load_member(w, &zone_table, zone, "home");
    if (node == NULL)
        return w->loader->exhibition->home;
    size_t mark = sw_verify_enter(&w->verify, "home");
    sw_load_refer(w, node, node->valuestring, SW_REFERRED_ADDRESS);
    sw_verify_leave(&w->verify, mark);
    return sw_arena_strdup(w->loader->arena, node->valuestring);
}

static void check_on_wall(struct sw_writer *w, const struct sw_wall *wall, const struct sw_wall_zone *zone, const cJSON *item)
{
    double right = 0, bottom = 0;
    bool covered = false;
    for (size_t i = 0; i < wall->panel_count; i++) {
        const struct sw_mm_rect *panel = &wall->panels[i].place;
        covered = covered || sw_load_overlap(*panel, zone->place);
        right = fmax(right, panel->x + panel->width);
        bottom = fmax(bottom, panel->y + panel->height);
    }
    if (!covered)
        sw_verify_fault(&w->verify, item, "the zone \"%s\" lies on no panel; the wall is %.10g x %.10g mm", zone->id, right, bottom);
    else if (zone->place.x + zone->place.width > right + SW_EDGE_MM || zone->place.y + zone->place.height > bottom + SW_EDGE_MM)
        sw_verify_fault(&w->verify, item, "the zone \"%s\" reaches beyond the wall, which is %.10g x %.10g mm", zone->id, right, bottom);
}

static struct sw_wall_zone *load_zones(struct sw_writer *w, struct sw_wall *wall, const cJSON *list, bool panels_known)
{
    size_t count = (size_t)cJSON_GetArraySize(list);
    struct sw_wall_zone *zones = sw_arena_array(w->loader->arena, count, sizeof *zones);
    const char **ids = sw_arena_array(w->loader->arena, count + 1, sizeof *ids);
    const cJSON *item = NULL;
    int index = 0;
    size_t mark = sw_verify_enter(&w->verify, "zones");
    cJSON_ArrayForEach (item, list) {
        struct sw_wall_zone *zone = &zones[wall->zone_count];
        size_t inner = sw_verify_enter_index(&w->verify, index++);
        const cJSON *volume = sw_load_member(w, &zone_table, item, "volume");
        *zone = (struct sw_wall_zone){.id = sw_load_own_id(w, &zone_table, item, ids),
                                      .playlist = playlist_of(w, item),
                                      .language = language_of(w, item),
                                      .home = home_of(w, item),
                                      .volume = volume != NULL ? volume->valuedouble : 0};
        bool placed = sw_load_place(w, &zone_table, item, &zone->place);
        if (placed && panels_known)
            check_on_wall(w, wall, zone, item);
        for (size_t i = 0; i < wall->zone_count && placed; i++)
            if (sw_load_overlap(zones[i].place, zone->place))
                sw_verify_fault(&w->verify, item, "the zones \"%s\" and \"%s\" overlap %s", zones[i].id, zone->id,
                                sw_load_overlap_text(w, zones[i].place, zone->place, "mm"));
        if (placed)
            ids[wall->zone_count++] = zone->id;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    wall->zones = zones;
    return zones;
}

/* Onto pixels; too many are said where the panels are `sound`, and then they are fewer. */
static void lay(struct sw_writer *w, struct sw_wall *wall, struct sw_panel *panels, struct sw_wall_zone *zones, const cJSON *root,
                bool sound)
{
    const cJSON *bezels = sw_load_member(w, &sw_wall_table, root, "bezels"), *pitch = sw_load_member(w, &sw_wall_table, root, "pitch");
    double pitch_mm = pitch != NULL ? pitch->valuedouble : sw_grid_finest(panels, wall->panel_count);
    wall->skip_bezels = bezels != NULL && strcmp(bezels->valuestring, "skip") == 0;
    bool fits = sw_grid_lay(wall, panels, zones, pitch_mm);
    if (fits || !sound || (pitch == NULL && sw_json_get(root, "pitch") != NULL))
        return;
    size_t mark = sw_verify_enter(&w->verify, "pitch");
    sw_verify_fault(&w->verify, pitch != NULL ? pitch : sw_json_get(root, "panels"),
                    "at %.3g mm a pixel the wall has more than %d pixels a side or %d million in all; %.3g mm would do", pitch_mm,
                    SW_GRID_SIDE_MAX, SW_GRID_AREA_MAX / 1000000, ceil(1000 / wall->px_per_mm) / 1000);
    sw_verify_leave(&w->verify, mark);
}

/* The schedules under `key`, those that are sound. */
static const struct sw_schedule *load_hours(struct sw_writer *w, const char *key, const cJSON *list, size_t *count)
{
    struct sw_schedule *schedules = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(list), sizeof *schedules);
    const cJSON *item = NULL;
    int index = 0;
    size_t mark = sw_verify_enter(&w->verify, key);
    cJSON_ArrayForEach (item, list) {
        size_t inner = sw_verify_enter_index(&w->verify, index++);
        *count += sw_load_schedule(w, item, &schedules[*count]) ? 1 : 0;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    return schedules;
}

/* NULL where no panel or no zone of it is sound. */
static const struct sw_wall *load_wall(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root, *lists[] = {sw_json_get(root, "panels"), sw_json_get(root, "zones"),
                                                          sw_json_get(root, "opening"), sw_json_get(root, "quiet")};
    (void)sw_verify_object(&w.verify, &sw_wall_table, root);
    for (size_t i = 0; i < SW_COUNT(lists); i++)
        if (!cJSON_IsArray(lists[i]) || cJSON_GetArraySize(lists[i]) > LIST_MAX)
            lists[i] = NULL;
    const cJSON *distance = sw_load_member(&w, &sw_wall_table, root, "viewing_distance");
    const cJSON *bottom = sw_load_member(&w, &sw_wall_table, root, "bottom"), *title = sw_json_get(root, "title");
    struct sw_wall *wall = sw_arena_alloc(loader->arena, sizeof *wall);
    *wall = (struct sw_wall){.id = document->id,
                             .viewing_distance_mm = distance != NULL ? distance->valuedouble : 1500,
                             .bottom_mm = bottom != NULL ? bottom->valuedouble : 800};
    size_t mark = sw_verify_enter(&w.verify, "title");
    if (title != NULL)
        (void)sw_load_property(&w, &wall_rows[WALL_TITLE], title);
    sw_verify_leave(&w.verify, mark);
    size_t errors = sw_load_errors(loader);
    struct sw_panel *panels = sw_load_panels(&w, lists[0], &wall->panel_count);
    wall->panels = panels;
    bool panels_known = panels != NULL && wall->panel_count == (size_t)cJSON_GetArraySize(lists[0]); /* else: how large is the wall? */
    bool sound = sw_load_errors(loader) == errors && sw_load_member(&w, &sw_wall_table, root, "panels") != NULL;
    struct sw_wall_zone *zones = load_zones(&w, wall, lists[1], panels_known);
    wall->opening = load_hours(&w, "opening", lists[2], &wall->opening_count);
    wall->quiet = load_hours(&w, "quiet", lists[3], &wall->quiet_count);
    if (panels == NULL || wall->zone_count == 0)
        return NULL;
    lay(&w, wall, panels, zones, root, sound);
    return wall;
}

void sw_load_walls(struct sw_loader *loader)
{
    const struct sw_wall **walls = sw_arena_array(loader->arena, loader->document_count, sizeof *walls);
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        const struct sw_wall *made = document->kind == SW_DOCUMENT_WALL && !document->faulty ? load_wall(loader, document) : NULL;
        if (made != NULL)
            walls[loader->exhibition->wall_count++] = made;
    }
    loader->exhibition->walls = walls;
    if (sw_exhibition_wall(loader->exhibition, NULL) == NULL) {
        struct sw_document *document = sw_loader_document(loader, SW_DOCUMENT_EXHIBITION, NULL);
        struct sw_writer w;
        sw_writer_init(&w, loader, document);
        const cJSON *node = sw_json_get(document->json->root, "wall");
        size_t mark = sw_verify_enter(&w.verify, "wall");
        if (node != NULL && sw_loader_document(loader, SW_DOCUMENT_WALL, loader->exhibition->default_wall) == NULL)
            sw_verify_fault(&w.verify, node, "there is no wall \"%s\" in scenes/walls/%s", loader->exhibition->default_wall,
                            sw_load_hint(loader, loader->exhibition->default_wall, sw_load_ids(loader, SW_DOCUMENT_WALL)));
        sw_verify_leave(&w.verify, mark);
    }
}
