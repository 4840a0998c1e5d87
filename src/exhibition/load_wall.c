/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/walls/: panels and zones in millimetres. */
#include <string.h>

#include "exhibition/load.h"

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
     .meaning = "Width and height of its picture."},
    {.key = "pixels",
     .type = SW_TYPE_PAIR,
     .flags = SW_ROW_REQUIRED,
     .minimum = 16,
     .maximum = 16384,
     .unit = "pixels",
     .meaning = "Its pixels."},
};
static const struct sw_table panel_table = {"panel", "One display.", panel_rows, SW_COUNT(panel_rows)};
static const struct sw_row panel_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &panel_table};
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
};
static const struct sw_table zone_table = {"zone", "A rectangle of the wall with its own visit.", zone_rows, SW_COUNT(zone_rows)};
static const struct sw_row zone_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &zone_table};
static const struct sw_row opening_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &sw_schedule_table};
static const struct sw_row wall_rows[] = {
    {.key = "title", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT, .flags = SW_ROW_PER_LANGUAGE, .meaning = "What operators call it."},
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
    {.key = "panels",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &panel_row,
     .minimum = 1,
     .maximum = 64,
     .meaning = "Its displays."},
    {.key = "zones",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &zone_row,
     .minimum = 1,
     .maximum = 32,
     .meaning = "Its zones."},
    {.key = "opening", .type = SW_TYPE_LIST, .item = &opening_row, .maximum = 32, .meaning = "When it is open; without it always."},
};
static const struct sw_table wall_table = {"wall", "One physical surface.", wall_rows, SW_COUNT(wall_rows)};

static struct sw_mm_rect rect_of(const cJSON *object)
{
    const cJSON *at = sw_json_get(object, "at"), *size = sw_json_get(object, "size");
    return (struct sw_mm_rect){cJSON_GetArrayItem(at, 0)->valuedouble, cJSON_GetArrayItem(at, 1)->valuedouble,
                               cJSON_GetArrayItem(size, 0)->valuedouble, cJSON_GetArrayItem(size, 1)->valuedouble};
}

static bool overlap(struct sw_mm_rect a, struct sw_mm_rect b)
{
    return a.x + a.width > b.x + 0.05 && b.x + b.width > a.x + 0.05 && a.y + a.height > b.y + 0.05 && b.y + b.height > a.y + 0.05;
}

static void load_panels(struct sw_writer *w, struct sw_wall *wall, const cJSON *list)
{
    struct sw_panel *panels = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(list), sizeof *panels);
    const cJSON *item = NULL;
    size_t mark = sw_verify_enter(&w->verify, "panels");
    cJSON_ArrayForEach (item, list) {
        struct sw_panel *panel = &panels[wall->panel_count];
        size_t inner = sw_verify_enter_index(&w->verify, (int)wall->panel_count);
        const cJSON *pixels = sw_json_get(item, "pixels");
        *panel = (struct sw_panel){.id = sw_arena_strdup(w->loader->arena, sw_json_text(item, "id", "")),
                                   .place = rect_of(item),
                                   .width_px = (int)cJSON_GetArrayItem(pixels, 0)->valuedouble,
                                   .height_px = (int)cJSON_GetArrayItem(pixels, 1)->valuedouble};
        for (size_t i = 0; i < wall->panel_count; i++)
            if (overlap(panels[i].place, panel->place))
                sw_verify_fault(&w->verify, item, "the panels \"%s\" and \"%s\" overlap", panels[i].id, panel->id);
        wall->panel_count++;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    wall->panels = panels;
}

static const char *language_of(struct sw_writer *w, const cJSON *zone)
{
    const char *const *languages = w->loader->exhibition->languages;
    const cJSON *node = sw_json_get(zone, "language");
    if (node == NULL)
        return languages[0];
    size_t count = 0;
    for (; languages[count] != NULL; count++)
        if (strcmp(languages[count], node->valuestring) == 0)
            return languages[count];
    const char *nearest = sw_nearest(node->valuestring, languages, count);
    sw_verify_fault(&w->verify, node, "\"%s\" is no language of this exhibition%s%s%s", node->valuestring,
                    nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
    return languages[0];
}

static const struct sw_playlist *playlist_of(struct sw_writer *w, const cJSON *zone)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    const cJSON *node = sw_json_get(zone, "playlist");
    const struct sw_playlist *playlist = sw_exhibition_playlist(exhibition, node->valuestring);
    if (playlist != NULL || sw_loader_document(w->loader, SW_DOCUMENT_PLAYLIST, node->valuestring) != NULL)
        return playlist;
    const char **known = sw_arena_array(w->loader->arena, exhibition->playlist_count + 1, sizeof *known);
    for (size_t i = 0; i < exhibition->playlist_count; i++)
        known[i] = exhibition->playlists[i]->id;
    const char *nearest = sw_nearest(node->valuestring, known, exhibition->playlist_count);
    sw_verify_fault(&w->verify, node, "there is no playlist \"%s\"%s%s%s", node->valuestring, nearest != NULL ? "; did you mean \"" : "",
                    nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
    return NULL;
}

static void check_zone_place(struct sw_writer *w, const struct sw_wall *wall, const struct sw_wall_zone *zones,
                             const struct sw_wall_zone *zone, const cJSON *item)
{
    bool covered = false;
    for (size_t i = 0; i < wall->panel_count; i++)
        covered = covered || overlap(wall->panels[i].place, zone->place);
    if (!covered)
        sw_verify_fault(&w->verify, item, "the zone \"%s\" lies on no panel", zone->id);
    for (size_t i = 0; i < wall->zone_count; i++)
        if (overlap(zones[i].place, zone->place))
            sw_verify_fault(&w->verify, item, "the zones \"%s\" and \"%s\" overlap", zones[i].id, zone->id);
}

static void load_zones(struct sw_writer *w, struct sw_wall *wall, const cJSON *list)
{
    static const struct sw_playlist nothing = {.id = ""};
    struct sw_wall_zone *zones = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(list), sizeof *zones);
    const cJSON *item = NULL;
    size_t mark = sw_verify_enter(&w->verify, "zones");
    cJSON_ArrayForEach (item, list) {
        struct sw_wall_zone *zone = &zones[wall->zone_count];
        size_t inner = sw_verify_enter_index(&w->verify, (int)wall->zone_count);
        const char *home = sw_json_text(item, "home", NULL);
        if (home != NULL)
            sw_load_refer(w, sw_json_get(item, "home"), home, false);
        const struct sw_playlist *playlist = playlist_of(w, item);
        *zone = (struct sw_wall_zone){.id = sw_arena_strdup(w->loader->arena, sw_json_text(item, "id", "")),
                                      .place = rect_of(item),
                                      .playlist = playlist != NULL ? playlist : &nothing,
                                      .language = language_of(w, item),
                                      .home = home != NULL ? sw_arena_strdup(w->loader->arena, home) : w->loader->exhibition->home};
        check_zone_place(w, wall, zones, zone, item);
        wall->zone_count++;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    wall->zones = zones;
}

static const struct sw_wall *load_wall(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root, *opening = sw_json_get(root, "opening"), *item = NULL;
    if (!sw_verify_object(&w.verify, &wall_table, root))
        return NULL;
    struct sw_wall *wall = sw_arena_alloc(loader->arena, sizeof *wall);
    *wall = (struct sw_wall){.id = document->id,
                             .viewing_distance_mm = sw_json_number(root, "viewing_distance", 1500),
                             .bottom_mm = sw_json_number(root, "bottom", 800)};
    load_panels(&w, wall, sw_json_get(root, "panels"));
    load_zones(&w, wall, sw_json_get(root, "zones"));
    struct sw_schedule *schedules = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(opening) + 1, sizeof *schedules);
    size_t mark = sw_verify_enter(&w.verify, "opening");
    cJSON_ArrayForEach (item, opening) {
        size_t inner = sw_verify_enter_index(&w.verify, (int)wall->opening_count);
        wall->opening_count += sw_load_schedule(&w, item, &schedules[wall->opening_count]) ? 1 : 0;
        sw_verify_leave(&w.verify, inner);
    }
    sw_verify_leave(&w.verify, mark);
    wall->opening = schedules;
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
            sw_verify_fault(&w.verify, node, "there is no wall \"%s\" in scenes/walls/", loader->exhibition->default_wall);
        sw_verify_leave(&w.verify, mark);
    }
}
