/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/calendars/, `on` blocks and scenes/playlists/. */
#include <stdlib.h>
#include <string.h>

#include "exhibition/load.h"

/* -- calendars -- */

static void judge_dates(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_date_span span;
    (void)row;
    if (!cJSON_IsString(node) || !sw_schedule_parse_dates(node->valuestring, &span))
        sw_verify_fault(verify, node, "a day or a span of days is wanted: \"2026-12-24\" or \"2026-12-24..2027-01-06\"");
}
static void judge_days(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    unsigned weekdays = 0;
    (void)row;
    if (!cJSON_IsString(node) || !sw_schedule_parse_days(node->valuestring, &weekdays))
        sw_verify_fault(verify, node, "days of the week are wanted: \"mon-fri\", \"sat,sun\"");
}
static void judge_times(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_time_span span;
    (void)row;
    if (!cJSON_IsString(node) || !sw_schedule_parse_times(node->valuestring, &span))
        sw_verify_fault(verify, node, "a span of time is wanted: \"09:00-18:00\", over midnight \"22:00-02:00\"");
}

static const struct sw_row dates_row = {.key = "", .type = SW_TYPE_CUSTOM, .judge = judge_dates};
static const struct sw_row times_row = {.key = "", .type = SW_TYPE_CUSTOM, .judge = judge_times};
static const struct sw_row calendar_name_row = {.key = "", .type = SW_TYPE_ID};
static const struct sw_row calendar_rows[] = {
    {.key = "title", .type = SW_TYPE_STRING, .meaning = "What it is."},
    {.key = "until", .type = SW_TYPE_STRING, .meaning = "The last day that it knows of; a warning comes before."},
    {.key = "days",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &dates_row,
     .maximum = 2000,
     .meaning = "Its days and spans of days."},
};
static const struct sw_table calendar_table = {"calendar", "A named set of days.", calendar_rows, SW_COUNT(calendar_rows)};

static int by_day(const void *a, const void *b)
{
    const struct sw_date_span *x = a, *y = b;
    int64_t difference = sw_date_to_days(x->first) - sw_date_to_days(y->first);
    return difference < 0 ? -1 : difference > 0;
}

static void load_calendar(struct sw_loader *loader, const char *name, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root, *days = sw_json_get(root, "days"), *item = NULL;
    struct sw_calendar *calendar = &loader->calendars[loader->calendar_count];
    if (!sw_verify_object(&w.verify, &calendar_table, root))
        return;
    struct sw_date_span *spans = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(days) + 1, sizeof *spans);
    *calendar = (struct sw_calendar){.name = sw_arena_strdup(loader->arena, name), .spans = spans};
    cJSON_ArrayForEach (item, days)
        calendar->count += sw_schedule_parse_dates(item->valuestring, &spans[calendar->count]) ? 1 : 0;
    qsort(spans, calendar->count, sizeof *spans, by_day);
    const char *until = sw_json_text(root, "until", NULL);
    if (until != NULL && !sw_date_parse(until, &calendar->until)) {
        size_t mark = sw_verify_enter(&w.verify, "until");
        sw_verify_fault(&w.verify, sw_json_get(root, "until"), "a day is wanted: \"2027-12-31\"");
        sw_verify_leave(&w.verify, mark);
    }
    loader->calendar_count++;
}

void sw_load_calendars(struct sw_loader *loader)
{
    loader->calendars = sw_arena_array(loader->arena, loader->document_count + 2, sizeof *loader->calendars);
    loader->calendars[loader->calendar_count++] = (struct sw_calendar){.name = "holidays", .holidays = true};
    struct sw_document *exhibition = sw_loader_document(loader, SW_DOCUMENT_EXHIBITION, NULL);
    const cJSON *named = sw_json_get(exhibition->json->root, "calendars"), *item = NULL;
    struct sw_writer w;
    sw_writer_init(&w, loader, exhibition);
    size_t mark = sw_verify_enter(&w.verify, "calendars");
    if (cJSON_IsObject(named))
        cJSON_ArrayForEach (item, named) {
            struct sw_document *found = NULL;
            for (size_t i = 0; i < loader->document_count && cJSON_IsString(item); i++)
                if (loader->documents[i].kind == SW_DOCUMENT_CALENDAR && strcmp(loader->documents[i].file, item->valuestring) == 0)
                    found = &loader->documents[i];
            size_t inner = sw_verify_enter(&w.verify, item->string);
            if (strcmp(item->string, "holidays") == 0)
                sw_verify_key_fault(&w.verify, item, "\"holidays\" is computed; choose another name");
            else if (found == NULL)
                sw_verify_fault(&w.verify, item, "there is no such calendar; it is a file of scenes/calendars/");
            else if (!found->faulty && loader->calendar_count < loader->document_count + 2)
                load_calendar(loader, item->string, found);
            sw_verify_leave(&w.verify, inner);
        }
    sw_verify_leave(&w.verify, mark);
    loader->exhibition->calendars = loader->calendars;
    loader->exhibition->calendar_count = loader->calendar_count;
}

/* -- on -- */

static const struct sw_row schedule_rows[] = {
    {.key = "days", .type = SW_TYPE_CUSTOM, .judge = judge_days, .meaning = "Days of the week."},
    {.key = "dates", .type = SW_TYPE_LIST, .flags = SW_ROW_OR_ONE, .item = &dates_row, .maximum = 100, .meaning = "Days or spans of days."},
    {.key = "time", .type = SW_TYPE_LIST, .flags = SW_ROW_OR_ONE, .item = &times_row, .maximum = 24, .meaning = "Times of the day."},
    {.key = "in",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &calendar_name_row,
     .maximum = 16,
     .meaning = "On days of any of these calendars."},
    {.key = "not",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &calendar_name_row,
     .maximum = 16,
     .meaning = "Not on days of these calendars."},
};
const struct sw_table sw_schedule_table = {"schedule", "When something is on.", schedule_rows, SW_COUNT(schedule_rows)};

static size_t items_of(const cJSON *node) { return node == NULL ? 0 : cJSON_IsArray(node) ? (size_t)cJSON_GetArraySize(node) : 1; }
static const cJSON *item_of(const cJSON *node, size_t index) { return cJSON_IsArray(node) ? cJSON_GetArrayItem(node, (int)index) : node; }

static const struct sw_calendar *const *calendars_of(struct sw_writer *w, const cJSON *node, const char *key, size_t *count)
{
    const struct sw_calendar **made = sw_arena_array(w->loader->arena, items_of(node), sizeof *made);
    const char *known[64];
    size_t known_count = 0, mark = sw_verify_enter(&w->verify, key);
    for (size_t i = 0; i < w->loader->calendar_count && known_count < SW_COUNT(known); i++)
        known[known_count++] = w->loader->calendars[i].name;
    *count = 0;
    for (size_t i = 0; i < items_of(node); i++) {
        const cJSON *name = item_of(node, i);
        const struct sw_calendar *found = NULL;
        for (size_t k = 0; k < w->loader->calendar_count; k++)
            if (strcmp(w->loader->calendars[k].name, name->valuestring) == 0)
                found = &w->loader->calendars[k];
        const char *nearest = found == NULL ? sw_nearest(name->valuestring, known, known_count) : NULL;
        if (found == NULL)
            sw_verify_fault(&w->verify, name, "there is no calendar \"%s\"%s%s%s", name->valuestring,
                            nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
        else
            made[(*count)++] = found;
    }
    sw_verify_leave(&w->verify, mark);
    return made;
}

bool sw_load_schedule(struct sw_writer *w, const cJSON *object, struct sw_schedule *schedule)
{
    if (!sw_verify_object(&w->verify, &sw_schedule_table, object))
        return false;
    const cJSON *dates = sw_json_get(object, "dates"), *times = sw_json_get(object, "time");
    const char *days = sw_json_text(object, "days", NULL);
    struct sw_date_span *spans = sw_arena_array(w->loader->arena, items_of(dates), sizeof *spans);
    struct sw_time_span *hours = sw_arena_array(w->loader->arena, items_of(times), sizeof *hours);
    *schedule = (struct sw_schedule){.dates = spans, .times = hours};
    if (days != NULL)
        (void)!sw_schedule_parse_days(days, &schedule->weekdays);
    for (size_t i = 0; i < items_of(dates); i++)
        schedule->date_count += sw_schedule_parse_dates(item_of(dates, i)->valuestring, &spans[schedule->date_count]) ? 1 : 0;
    for (size_t i = 0; i < items_of(times); i++)
        schedule->time_count += sw_schedule_parse_times(item_of(times, i)->valuestring, &hours[schedule->time_count]) ? 1 : 0;
    schedule->in = calendars_of(w, sw_json_get(object, "in"), "in", &schedule->in_count);
    schedule->not_in = calendars_of(w, sw_json_get(object, "not"), "not", &schedule->not_count);
    return true;
}

/* -- playlists -- */

static const char *const transition_kinds[] = {"fade", "cut", NULL};
static const struct sw_row transition_rows[] = {
    {.key = "kind", .type = SW_TYPE_ENUM, .words = transition_kinds, .otherwise = "\"fade\"", .meaning = "How it comes in."},
    {.key = "for", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 5, .otherwise = "\"600ms\"", .meaning = "How long that takes."},
};
static const struct sw_table transition_table = {"transition", "The change into an item.", transition_rows, SW_COUNT(transition_rows)};
static const struct sw_row item_rows[] = {
    {.key = "scene", .type = SW_TYPE_ID, .meaning = "The scene to show."},
    {.key = "scenes", .type = SW_TYPE_CUSTOM, .meaning = "All scenes for which this expression is true, one after the other."},
    {.key = "sort", .type = SW_TYPE_CUSTOM, .meaning = "What those are sorted by; by id without it."},
    {.key = "for",
     .type = SW_TYPE_DURATION,
     .minimum = 1,
     .maximum = 86400,
     .meaning = "How long each stays; without it the sum of its pages, or the default."},
    {.key = "when", .type = SW_TYPE_CUSTOM, .meaning = "Only while this is true at its turn."},
    {.key = "on", .type = SW_TYPE_OBJECT, .table = &sw_schedule_table, .meaning = "When it is on."},
    {.key = "interrupt", .type = SW_TYPE_BOOL, .otherwise = "false", .meaning = "Breaks in as soon as `when` and `on` hold."},
    {.key = "priority",
     .type = SW_TYPE_INTEGER,
     .minimum = -100,
     .maximum = 100,
     .otherwise = "0",
     .meaning = "Only what is highest of all that is on plays."},
    {.key = "transition", .type = SW_TYPE_OBJECT, .table = &transition_table, .meaning = "How it comes in."},
};
static const struct sw_table item_table = {"playlist item", "One scene, or several that fit.", item_rows, SW_COUNT(item_rows)};
static const struct sw_row item_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &item_table};
static const struct sw_row playlist_rows[] = {
    {.key = "loop",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &item_row,
     .minimum = 0,
     .maximum = 2000,
     .meaning = "What plays, over and over."},
    {.key = "otherwise", .type = SW_TYPE_ID, .meaning = "The scene that shows when nothing is on."},
};
static const struct sw_table playlist_table = {"playlist", "What a zone plays when nobody touches it.", playlist_rows,
                                               SW_COUNT(playlist_rows)};

struct fields {
    struct sw_scope scope;
    const struct sw_exhibition *exhibition;
    const struct sw_scene *scene;
    struct sw_arena *arena;
};

static struct sw_value tags_of(struct sw_arena *arena, const struct sw_scene *scene)
{
    struct sw_value *items = sw_arena_array(arena, scene->tag_count, sizeof *items);
    for (size_t i = 0; i < scene->tag_count; i++)
        items[i] = sw_value_string(scene->tags[i]);
    struct sw_list *list = sw_arena_alloc(arena, sizeof *list);
    *list = (struct sw_list){.count = scene->tag_count, .items = items};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = list};
}

static bool lookup_field(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct fields *fields = scope->context;
    const struct sw_scene *scene = fields->scene;
    const struct sw_property *text = strcmp(name, "title") == 0     ? &scene->title
                                     : strcmp(name, "lead") == 0    ? &scene->lead
                                     : strcmp(name, "picture") == 0 ? &scene->picture
                                                                    : NULL;
    if (strcmp(name, "id") == 0) {
        *out = sw_value_string(scene->id);
    } else if (strcmp(name, "order") == 0) {
        *out = sw_value_number(scene->order);
    } else if (strcmp(name, "tags") == 0) {
        *out = tags_of(fields->arena, scene);
    } else if (text != NULL) {
        struct sw_evaluation evaluation = {
            .arena = fields->arena, .zone = fields->exhibition->zone, .language = fields->exhibition->languages[0]};
        struct sw_resolution resolution = {.evaluation = &evaluation, .canvas = fields->exhibition->theme.canvases[0].name};
        *out = sw_property_value(text, &resolution);
    } else {
        return false;
    }
    return true;
}

struct candidate {
    const struct sw_scene *scene;
    struct sw_value keys[4];
    bool falling[4];
    size_t count;
};

static int by_keys(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    for (size_t i = 0; i < x->count; i++) {
        int order = sw_value_compare(x->keys[i], y->keys[i]);
        if (order != 0)
            return x->falling[i] ? -order : order;
    }
    return strcmp(x->scene->id, y->scene->id);
}

static int64_t turn_duration(const struct sw_loader *loader, const struct sw_scene *scene, const cJSON *item)
{
    int64_t duration = 0, sum = 0;
    const char *text = sw_json_text(item, "for", NULL);
    if (text != NULL && sw_duration_parse(text, &duration))
        return duration;
    for (size_t i = 0; i < scene->page_count; i++)
        sum += scene->pages[i].duration;
    return sum > 0 ? sum : loader->exhibition->duration;
}

/* Sets the keys that `sort` gives for each candidate; false with a fault. */
static bool sort_keys(struct sw_writer *w, const cJSON *sort, struct candidate *candidates, size_t count,
                      const struct sw_evaluation *evaluation, struct fields *fields)
{
    size_t keys = items_of(sort), mark = sw_verify_enter(&w->verify, "sort");
    bool good = keys <= 4;
    if (!good)
        sw_verify_fault(&w->verify, sort, "at most 4 expressions to sort by");
    for (size_t k = 0; k < keys && good; k++) {
        const cJSON *item = item_of(sort, k);
        if (!cJSON_IsString(item)) {
            sw_verify_fault(&w->verify, item, "an expression is wanted, e.g. \"order\" or \"-title\"");
            good = false;
            break;
        }
        bool falling = item->valuestring[0] == '-';
        struct sw_expression_faults faults = {.count = 0};
        const char *text = item->valuestring + (falling ? 1 : 0);
        const struct sw_expression *expression = sw_expression_create(w->loader->arena, text, strlen(text), false, &faults);
        if (expression != NULL)
            sw_expression_check(expression, w->names, w->loader->arena, &faults);
        sw_load_faults(w, item, &faults);
        good = expression != NULL;
        for (size_t i = 0; i < count && good; i++) {
            fields->scene = candidates[i].scene;
            candidates[i].keys[k] = sw_expression_evaluate(expression, evaluation);
            candidates[i].falling[k] = falling;
            candidates[i].count = k + 1;
        }
    }
    sw_verify_leave(&w->verify, mark);
    return good;
}

static void load_many(struct sw_writer *w, struct sw_playlist_item *made, const cJSON *item)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    struct fields fields = {.exhibition = exhibition, .arena = w->loader->arena};
    fields.scope = (struct sw_scope){.lookup = lookup_field, .context = &fields};
    struct sw_evaluation evaluation = {
        .scope = &fields.scope, .arena = w->loader->arena, .zone = exhibition->zone, .language = exhibition->languages[0]};
    const struct sw_names *before = w->names;
    w->names = sw_names_scene_fields(w->loader->arena);
    size_t mark = sw_verify_enter(&w->verify, "scenes"), count = 0;
    const struct sw_expression *fits = sw_load_expression(w, sw_json_get(item, "scenes"));
    sw_verify_leave(&w->verify, mark);
    struct candidate *candidates = sw_arena_array(w->loader->arena, exhibition->scene_count, sizeof *candidates);
    for (size_t i = 0; i < exhibition->scene_count && fits != NULL; i++) {
        fields.scene = exhibition->scenes[i];
        if (!exhibition->scenes[i]->draft && sw_value_true(sw_expression_evaluate(fits, &evaluation)))
            candidates[count++].scene = exhibition->scenes[i];
    }
    if (sw_json_get(item, "sort") != NULL)
        (void)sort_keys(w, sw_json_get(item, "sort"), candidates, count, &evaluation, &fields);
    w->names = before;
    if (count > 1)
        qsort(candidates, count, sizeof *candidates, by_keys);
    struct sw_playlist_turn *turns = sw_arena_array(w->loader->arena, count, sizeof *turns);
    for (size_t i = 0; i < count; i++)
        turns[i] =
            (struct sw_playlist_turn){.scene = candidates[i].scene->id, .duration = turn_duration(w->loader, candidates[i].scene, item)};
    made->turns = turns;
    made->turn_count = count;
    if (fits != NULL && count == 0)
        sw_verify_warning(&w->verify, sw_json_get(item, "scenes"), "no scene fits; this item never plays");
}

/* The id of a scene that a playlist names; NULL where there is none (the fault is said when references are settled). */
static const struct sw_scene *scene_named(struct sw_writer *w, const cJSON *object, const char *key)
{
    const cJSON *node = sw_json_get(object, key);
    size_t mark = sw_verify_enter(&w->verify, key);
    sw_load_refer(w, node, node->valuestring, false);
    const struct sw_scene *scene = sw_exhibition_scene(w->loader->exhibition, node->valuestring);
    if (scene != NULL && scene->draft)
        sw_verify_warning(&w->verify, node, "the scene \"%s\" is a draft; it is not played", scene->id);
    sw_verify_leave(&w->verify, mark);
    return scene != NULL && !scene->draft ? scene : NULL;
}

static void load_item(struct sw_writer *w, struct sw_playlist_item *made, const cJSON *item)
{
    const cJSON *when = sw_json_get(item, "when"), *on = sw_json_get(item, "on"), *transition = sw_json_get(item, "transition");
    if ((sw_json_get(item, "scene") != NULL) == (sw_json_get(item, "scenes") != NULL)) {
        sw_verify_fault(&w->verify, item, "an item has either \"scene\" or \"scenes\"");
        return;
    }
    if (sw_json_get(item, "scenes") != NULL) {
        load_many(w, made, item);
    } else {
        const struct sw_scene *scene = scene_named(w, item, "scene");
        struct sw_playlist_turn *turn = sw_arena_alloc(w->loader->arena, sizeof *turn);
        if (scene != NULL)
            *turn = (struct sw_playlist_turn){.scene = scene->id, .duration = turn_duration(w->loader, scene, item)};
        made->turns = turn;
        made->turn_count = scene != NULL ? 1 : 0;
    }
    if (when != NULL) {
        size_t mark = sw_verify_enter(&w->verify, "when");
        made->when = sw_load_expression(w, when);
        sw_verify_leave(&w->verify, mark);
    }
    if (on != NULL) {
        size_t mark = sw_verify_enter(&w->verify, "on");
        made->has_schedule = sw_load_schedule(w, on, &made->schedule);
        sw_verify_leave(&w->verify, mark);
    }
    made->interrupt = sw_json_bool(item, "interrupt", false);
    made->priority = (int)sw_json_number(item, "priority", 0);
    made->has_transition = transition != NULL;
    made->transition = sw_load_transition(transition, w->loader->exhibition->transition);
    if (made->interrupt && made->when == NULL && !made->has_schedule)
        sw_verify_fault(&w->verify, sw_json_get(item, "interrupt"),
                        "an interrupt wants \"when\" or \"on\"; without one it would never end");
}

static const struct sw_playlist *load_playlist(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root, *loop = sw_json_get(root, "loop"), *item = NULL;
    size_t errors = loader->diags->errors;
    struct sw_playlist *playlist = sw_arena_alloc(loader->arena, sizeof *playlist);
    *playlist = (struct sw_playlist){.id = document->id};
    if (!sw_verify_object(&w.verify, &playlist_table, root)) {
        document->faulty = true;
        return NULL;
    }
    struct sw_playlist_item *items = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(loop), sizeof *items);
    size_t mark = sw_verify_enter(&w.verify, "loop");
    cJSON_ArrayForEach (item, loop) {
        size_t inner = sw_verify_enter_index(&w.verify, (int)playlist->count);
        load_item(&w, &items[playlist->count++], item);
        sw_verify_leave(&w.verify, inner);
    }
    sw_verify_leave(&w.verify, mark);
    playlist->items = items;
    if (sw_json_get(root, "otherwise") != NULL) {
        const struct sw_scene *scene = scene_named(&w, root, "otherwise");
        playlist->otherwise = scene != NULL ? scene->id : NULL;
    }
    document->faulty = document->faulty || loader->diags->errors != errors;
    return playlist;
}

void sw_load_playlists(struct sw_loader *loader)
{
    const struct sw_playlist **playlists = sw_arena_array(loader->arena, loader->document_count, sizeof *playlists);
    size_t count = 0;
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        const struct sw_playlist *made =
            document->kind == SW_DOCUMENT_PLAYLIST && !document->faulty ? load_playlist(loader, document) : NULL;
        if (made != NULL)
            playlists[count++] = made;
    }
    loader->exhibition->playlists = playlists;
    loader->exhibition->playlist_count = count;
}
