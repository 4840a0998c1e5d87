/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/edit.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json.h"
#include "store/moment.h"

#define OVERRIDE_PRIORITY 90

/* One edit under way: of one playlist. */
struct edit {
    struct sw_board *board;
    const struct sw_order *order;
    const char *by;
    struct sw_board_playlist *playlist;
    cJSON *loop;
    struct sw_buffer *said;
};

static bool fault(const struct edit *edit, const char *format, ...) SW_PRINTF(2, 3);
static bool fault(const struct edit *edit, const char *format, ...)
{
    va_list arguments;
    (void)fprintf(stderr, "schauwand: playlist \"%s\": ", edit->playlist->id);
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
    return false;
}

static void say(const struct edit *edit, const char *format, ...) SW_PRINTF(2, 3);
static void say(const struct edit *edit, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sw_buffer_printf(edit->said, "  %s: %s\n", edit->playlist->id, sw_arena_vprintf(&edit->board->arena, format, arguments));
    va_end(arguments);
}

/* ---- items ---- */

static bool is_override(const cJSON *item)
{
    return sw_json_bool(item, "interrupt", false) && sw_json_get(item, "until") != NULL && sw_json_get(item, "by") != NULL;
}

static const char *scene_of(const cJSON *item) { return sw_json_text(item, "scene", sw_json_text(item, "scenes", "?")); }

static cJSON *new_object(void)
{
    cJSON *object = cJSON_CreateObject();
    assert(object != NULL);
    return object;
}

/* The member becomes `value` (owned from here on), in its place where it is there already; NULL: it goes. */
static void put(cJSON *object, const char *key, cJSON *value)
{
    bool done = true;
    if (value == NULL)
        cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    else if (sw_json_get(object, key) != NULL)
        done = cJSON_ReplaceItemInObjectCaseSensitive(object, key, value);
    else
        done = cJSON_AddItemToObject(object, key, value);
    assert(done);
}

/* NULL where the text is "", which takes the member out. */
static cJSON *text_value(const char *text) { return text[0] != '\0' ? cJSON_CreateString(text) : NULL; }

/* "a,b" to ["a", "b"], and "a" to "a". */
static cJSON *list_value(const char *text)
{
    if (strchr(text, ',') == NULL)
        return text_value(text);
    cJSON *list = cJSON_CreateArray();
    for (const char *from = text; list != NULL; from += strcspn(from, ",") + 1) {
        char word[128];
        (void)snprintf(word, sizeof word, "%.*s", (int)strcspn(from, ","), from);
        (void)cJSON_AddItemToArray(list, cJSON_CreateString(word));
        if (from[strcspn(from, ",")] == '\0')
            break;
    }
    return list;
}

/* What the options of `add` and `time` say of an item. Returns how many there were. */
static int put_times(cJSON *item, const struct sw_order *order)
{
    const struct {
        const char *key, *text;
    } plain[] = {{"for", order->lasts}, {"when", order->when}, {"from", order->from}, {"until", order->until}},
      on[] = {{"dates", order->dates}, {"time", order->time}, {"in", order->in}, {"not", order->not_in}};
    int said = 0;
    for (size_t i = 0; i < SW_COUNT(plain); i++) {
        if (plain[i].text != NULL)
            put(item, plain[i].key, text_value(plain[i].text));
        said += plain[i].text != NULL;
    }
    const cJSON *old = sw_json_get(item, "on");
    cJSON *schedule = old != NULL ? cJSON_Duplicate(old, true) : new_object();
    if (order->days != NULL)
        put(schedule, "days", text_value(order->days));
    said += order->days != NULL;
    for (size_t i = 0; i < SW_COUNT(on); i++) {
        if (on[i].text != NULL)
            put(schedule, on[i].key, list_value(on[i].text));
        said += on[i].text != NULL;
    }
    if (schedule->child == NULL) {
        cJSON_Delete(schedule);
        schedule = NULL;
    }
    put(item, "on", schedule);
    if (order->priority != SW_ORDER_NO_PRIORITY)
        put(item, "priority", cJSON_CreateNumber((double)order->priority));
    return said + (order->priority != SW_ORDER_NO_PRIORITY);
}

/* The place of an item that was named by its number, from 1, or by its scene; -1 after a fault. */
static int place_of(const struct edit *edit, const char *name)
{
    char *end;
    long number = strtol(name, &end, 10);
    int count = cJSON_GetArraySize(edit->loop), found = -1, place = 0;
    if (end != name && *end == '\0') {
        if (number >= 1 && number <= count)
            return (int)number - 1;
        (void)fault(edit, "has %d items; there is no item %s", count, name);
        return -1;
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, edit->loop) {
        bool named = strcmp(sw_json_text(item, "scene", ""), name) == 0;
        if (named && found >= 0) {
            (void)fault(edit, "shows \"%s\" as item %d and as item %d; which?", name, found + 1, place + 1);
            return -1;
        }
        found = named ? place : found;
        place++;
    }
    if (found < 0)
        (void)fault(edit, "has no item for the scene \"%s\"", name);
    return found;
}

/* At the end, then all that is to follow behind it: cJSON_InsertItemInArray of Debian 12 (1.7.15-1+deb12u4) knows only the beginning. */
static void insert(const struct edit *edit, int place, cJSON *item)
{
    bool added = cJSON_AddItemToArray(edit->loop, item);
    for (int following = cJSON_GetArraySize(edit->loop) - 1 - place; following > 0 && added; following--)
        added = cJSON_AddItemToArray(edit->loop, cJSON_DetachItemFromArray(edit->loop, place));
    assert(added);
}

/* ---- which playlists ---- */

static bool pick_one(const struct sw_board *board, const char *id, struct sw_board_playlist **picked, size_t *count)
{
    struct sw_board_playlist *found = sw_board_find(board, id);
    if (found != NULL)
        picked[(*count)++] = found;
    else
        (void)fprintf(stderr, "schauwand: the release has no playlist \"%s\"\n", id);
    return found != NULL;
}

static bool pick_zone(const struct sw_board *board, const char *zone, struct sw_board_playlist **picked, size_t *count)
{
    const struct sw_wall *wall = sw_exhibition_wall(board->exhibition, board->wall);
    for (size_t i = 0; wall != NULL && i < wall->zone_count; i++)
        if (strcmp(wall->zones[i].id, zone) == 0)
            return pick_one(board, wall->zones[i].playlist->id, picked, count);
    (void)fprintf(stderr, "schauwand: the wall \"%s\" has no zone \"%s\"\n", board->wall, zone);
    return false;
}

bool sw_edit_pick(const struct sw_board *board, const struct sw_order *order, struct sw_board_playlist **picked, size_t *count)
{
    bool of_many = order->task == SW_TASK_LIST || order->task == SW_TASK_OVERRIDE || order->task == SW_TASK_CLEAR;
    *count = 0;
    if (order->playlist != NULL && order->zone != NULL)
        return sw_order_fault(order, "--playlist or --zone, not both") == 0;
    if (order->playlist != NULL)
        return pick_one(board, order->playlist, picked, count);
    if (order->zone != NULL)
        return pick_zone(board, order->zone, picked, count);
    for (size_t i = 0; i < board->count; i++)
        if (sw_board_plays(board, &board->playlists[i]))
            picked[(*count)++] = &board->playlists[i];
    if (*count == 1 || (of_many && *count > 0))
        return true;
    return sw_order_fault(order, "the wall plays several playlists, or none; --playlist P or --zone Z says which is meant") == 0;
}

/* ---- the tasks ---- */

static bool add(struct edit *edit)
{
    int count = cJSON_GetArraySize(edit->loop), place = edit->order->at > 0 ? (int)edit->order->at - 1 : count;
    if (place > count)
        return fault(edit, "has %d items; the new one may be put at 1 to %d", count, count + 1);
    cJSON *item = new_object();
    put(item, "scene", cJSON_CreateString(edit->order->plain[0]));
    (void)put_times(item, edit->order);
    insert(edit, place, item);
    say(edit, "item %d is \"%s\"", place + 1, edit->order->plain[0]);
    return true;
}

static bool remove_items(struct edit *edit)
{
    cJSON *going[SW_ORDER_PLAIN_MAX];
    for (size_t i = 0; i < edit->order->plain_count; i++) {
        int place = place_of(edit, edit->order->plain[i]);
        if (place < 0)
            return false;
        going[i] = cJSON_GetArrayItem(edit->loop, place);
        for (size_t k = 0; k < i; k++)
            if (going[k] == going[i])
                return fault(edit, "item %d is named twice", place + 1);
    }
    for (size_t i = 0; i < edit->order->plain_count; i++) {
        say(edit, "without \"%s\"", scene_of(going[i]));
        cJSON_Delete(cJSON_DetachItemViaPointer(edit->loop, going[i]));
    }
    return true;
}

static bool move(struct edit *edit)
{
    char *end;
    const char *to = edit->order->plain[1];
    long target = strtol(to, &end, 10);
    int from = place_of(edit, edit->order->plain[0]), count = cJSON_GetArraySize(edit->loop);
    if (from < 0)
        return false;
    if (end == to || *end != '\0' || target < 1 || target > count)
        return fault(edit, "has %d items; there is no place %s", count, to);
    cJSON *item = cJSON_DetachItemFromArray(edit->loop, from);
    insert(edit, (int)target - 1, item);
    say(edit, "item %ld is \"%s\"", target, scene_of(item));
    return true;
}

static bool set_time(struct edit *edit)
{
    int place = place_of(edit, edit->order->plain[0]);
    if (place < 0)
        return false;
    cJSON *item = cJSON_GetArrayItem(edit->loop, place);
    if (put_times(item, edit->order) == 0)
        return sw_order_fault(edit->order, "what is to change is wanted, such as --for or --time") == 0;
    say(edit, "item %d, \"%s\"", place + 1, scene_of(item));
    return true;
}

/* The end of an override: --until, or --for from its beginning. "": neither, or a fault, which is said. */
static const char *end_of(struct edit *edit)
{
    const struct sw_order *order = edit->order;
    int64_t lasts;
    char text[SW_MOMENT_TEXT + 1];
    sw_instant from = edit->board->outlet->now;
    if ((order->until == NULL) == (order->lasts == NULL)) {
        (void)sw_order_fault(order, "--until T or --for D is wanted; without an end it would never be taken back");
        return "";
    }
    if (order->until != NULL)
        return order->until;
    if (order->from != NULL && !sw_civil_parse(edit->board->exhibition->zone, order->from, &from)) {
        (void)fault(edit, "--from: \"%s\" is no instant; write e.g. \"2026-11-20T14:05\"", order->from);
        return "";
    }
    if (!sw_duration_parse(order->lasts, &lasts) || lasts < SW_SECOND) {
        (void)fault(edit, "--for: \"%s\" is no duration; write it like \"90m\" or \"2h\"", order->lasts);
        return "";
    }
    return sw_arena_strdup(&edit->board->arena, sw_moment_text(from + lasts, text));
}

static bool override(struct edit *edit)
{
    const char *scene = edit->order->plain[0], *until = end_of(edit);
    if (until[0] == '\0')
        return false;
    for (cJSON *item = edit->loop->child, *next; item != NULL; item = next) { /* one that is there already is said anew */
        next = item->next;
        if (is_override(item) && strcmp(scene_of(item), scene) == 0)
            cJSON_Delete(cJSON_DetachItemViaPointer(edit->loop, item));
    }
    int64_t priority = edit->order->priority != SW_ORDER_NO_PRIORITY ? edit->order->priority : OVERRIDE_PRIORITY;
    cJSON *item = new_object();
    put(item, "scene", cJSON_CreateString(scene));
    put(item, "interrupt", cJSON_CreateBool(true));
    put(item, "priority", cJSON_CreateNumber((double)priority));
    if (edit->order->from != NULL)
        put(item, "from", cJSON_CreateString(edit->order->from));
    put(item, "until", cJSON_CreateString(until));
    put(item, "by", cJSON_CreateString(edit->by));
    insert(edit, 0, item);
    say(edit, "\"%s\" over everything below priority %" PRId64 ", until %s", scene, priority + 1, until);
    return true;
}

static bool clear(struct edit *edit)
{
    const char *scene = edit->order->plain_count > 0 ? edit->order->plain[0] : NULL;
    if (edit->order->all && scene != NULL)
        return sw_order_fault(edit->order, "a scene, or --all") == 0;
    if (edit->order->all) {
        cJSON *own = cJSON_Duplicate(edit->playlist->own, true);
        assert(own != NULL);
        cJSON_Delete(edit->playlist->now);
        edit->playlist->now = own;
        say(edit, "as the release has it");
        return true;
    }
    size_t gone = 0;
    for (cJSON *item = edit->loop->child, *next; item != NULL; item = next) {
        next = item->next;
        if (!is_override(item) || (scene != NULL && strcmp(scene_of(item), scene) != 0))
            continue;
        say(edit, "no longer \"%s\" over everything", scene_of(item));
        cJSON_Delete(cJSON_DetachItemViaPointer(edit->loop, item));
        gone++;
    }
    if (gone == 0)
        say(edit, "no override%s%s%s", scene != NULL ? " with \"" : "", scene != NULL ? scene : "", scene != NULL ? "\"" : "");
    return true;
}

/* ---- what is common to all ---- */

static void take_out_old(const struct edit *edit)
{
    for (cJSON *item = edit->loop->child, *next; item != NULL; item = next) {
        sw_instant until;
        next = item->next;
        if (!is_override(item) || !sw_civil_parse(edit->board->exhibition->zone, sw_json_text(item, "until", ""), &until) ||
            until > edit->board->outlet->now)
            continue;
        say(edit, "the override with \"%s\" is over", scene_of(item));
        cJSON_Delete(cJSON_DetachItemViaPointer(edit->loop, item));
    }
}

/* An end that was just given must lie ahead. */
static bool lies_ahead(const struct edit *edit)
{
    sw_instant until;
    const char *text = edit->order->until;
    return text == NULL || !sw_civil_parse(edit->board->exhibition->zone, text, &until) || until > edit->board->outlet->now ||
           fault(edit, "--until: %s is over already", text);
}

bool sw_edit(struct sw_board *board, const struct sw_order *order, const char *by, struct sw_board_playlist *const *picked, size_t count,
             struct sw_buffer *said)
{
    static bool (*const tasks[])(struct edit *) = {
        [SW_TASK_ADD] = add,       [SW_TASK_REMOVE] = remove_items, [SW_TASK_MOVE] = move,
        [SW_TASK_TIME] = set_time, [SW_TASK_OVERRIDE] = override,   [SW_TASK_CLEAR] = clear,
    };
    for (size_t i = 0; i < count; i++) {
        struct edit edit = {board, order, by, picked[i], cJSON_GetObjectItemCaseSensitive(picked[i]->now, "loop"), said};
        if (!lies_ahead(&edit) || !tasks[order->task](&edit))
            return false;
        edit.loop = cJSON_GetObjectItemCaseSensitive(picked[i]->now, "loop");
        take_out_old(&edit);
    }
    return true;
}
