/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "json/schema.h"
#include "store/moment.h"
#include "store/statement.h"

#define BIT(task) (1u << (task))
#define RELEASES (BIT(SW_TASK_PUBLISH) | BIT(SW_TASK_ROLLBACK) | BIT(SW_TASK_PROMOTE))
#define EDITS (BIT(SW_TASK_ADD) | BIT(SW_TASK_REMOVE) | BIT(SW_TASK_MOVE) | BIT(SW_TASK_TIME) | BIT(SW_TASK_OVERRIDE) | BIT(SW_TASK_CLEAR))
#define TIMES (BIT(SW_TASK_ADD) | BIT(SW_TASK_TIME))
#define PLAYLISTS (BIT(SW_TASK_LIST) | EDITS)

static const struct {
    const char *name; /* one word, or two */
    size_t plain_min, plain_max;
    const char *wanted;
} tasks[] = {
    [SW_TASK_KEYS] = {"keys", 1, 1, "the folder of the keys is wanted"},
    [SW_TASK_PUBLISH] = {"publish", 1, 1, "the exhibition's folder is wanted"},
    [SW_TASK_ROLLBACK] = {"rollback", 1, 1, "a version and --wall W are wanted"},
    [SW_TASK_PROMOTE] = {"promote", 1, 1, "the wall that has it and --wall W are wanted"},
    [SW_TASK_LIST] = {"playlist list", 0, 0, ""},
    [SW_TASK_ADD] = {"playlist add", 1, 1, "a scene is wanted"},
    [SW_TASK_REMOVE] = {"playlist remove", 1, SW_ORDER_PLAIN_MAX, "the numbers of items are wanted, or their scenes"},
    [SW_TASK_MOVE] = {"playlist move", 2, 2, "the number of an item, or its scene, and the place are wanted"},
    [SW_TASK_TIME] = {"playlist time", 1, 1, "the number of an item is wanted, or its scene"},
    [SW_TASK_OVERRIDE] = {"playlist override", 1, 1, "a scene is wanted"},
    [SW_TASK_CLEAR] = {"playlist clear", 0, 1, ""},
};

enum form { FLAG, TEXT, WALL, MOMENT, EXPIRY, NUMBER, LINE };

/* What may be typed, for which tasks, and where it goes. */
static const struct option {
    const char *name;
    enum form form;
    unsigned tasks;
    size_t field;
    int64_t least, most; /* of a NUMBER; of a LINE its bytes */
} options[] = {
    {"--to", TEXT, RELEASES | PLAYLISTS, offsetof(struct sw_order, to), 0, 0},
    {"--keys", TEXT, RELEASES | PLAYLISTS, offsetof(struct sw_order, keys), 0, 0},
    {"--wall", WALL, RELEASES | PLAYLISTS, offsetof(struct sw_order, walls), 0, 0},
    {"--replace", TEXT, BIT(SW_TASK_KEYS), offsetof(struct sw_order, replace), 0, 0},
    {"--new-epoch", FLAG, BIT(SW_TASK_KEYS), offsetof(struct sw_order, fresh), 0, 0},
    {"--activate", MOMENT, RELEASES, offsetof(struct sw_order, activate), 0, 0},
    {"--clips", TEXT, BIT(SW_TASK_PUBLISH), offsetof(struct sw_order, clips), 0, 0},
    {"--expires", EXPIRY, RELEASES, offsetof(struct sw_order, expires), 0, 0},
    {"--playlist", TEXT, PLAYLISTS, offsetof(struct sw_order, playlist), 0, 0},
    {"--zone", TEXT, PLAYLISTS, offsetof(struct sw_order, zone), 0, 0},
    {"--from-version", NUMBER, EDITS, offsetof(struct sw_order, version), 0, (int64_t)SW_VERSION_MAX},
    {"--by", LINE, EDITS, offsetof(struct sw_order, by), 0, SW_BY_MAX},
    {"--note", LINE, EDITS, offsetof(struct sw_order, note), 0, SW_NOTE_MAX},
    {"--at", NUMBER, BIT(SW_TASK_ADD), offsetof(struct sw_order, at), 1, 2000},
    {"--priority", NUMBER, TIMES | BIT(SW_TASK_OVERRIDE), offsetof(struct sw_order, priority), -100, 100},
    {"--for", TEXT, TIMES | BIT(SW_TASK_OVERRIDE), offsetof(struct sw_order, lasts), 0, 0},
    {"--when", TEXT, TIMES, offsetof(struct sw_order, when), 0, 0},
    {"--days", TEXT, TIMES, offsetof(struct sw_order, days), 0, 0},
    {"--dates", TEXT, TIMES, offsetof(struct sw_order, dates), 0, 0},
    {"--time", TEXT, TIMES, offsetof(struct sw_order, time), 0, 0},
    {"--in", TEXT, TIMES, offsetof(struct sw_order, in), 0, 0},
    {"--not", TEXT, TIMES, offsetof(struct sw_order, not_in), 0, 0},
    {"--from", TEXT, TIMES | BIT(SW_TASK_OVERRIDE), offsetof(struct sw_order, from), 0, 0},
    {"--until", TEXT, TIMES | BIT(SW_TASK_OVERRIDE), offsetof(struct sw_order, until), 0, 0},
    {"--all", FLAG, BIT(SW_TASK_CLEAR), offsetof(struct sw_order, all), 0, 0},
    {"--json", FLAG, BIT(SW_TASK_LIST), offsetof(struct sw_order, json), 0, 0},
};

int sw_order_fault(const struct sw_order *order, const char *what)
{
    (void)fprintf(stderr, "schauwand %s: %s; `schauwand %.*s --help` says more\n", order->name, what, (int)strcspn(order->name, " "),
                  order->name);
    return SW_EXIT_CANNOT;
}

static bool wants(const struct sw_order *order, const char *option, const char *what)
{
    char text[160];
    (void)snprintf(text, sizeof text, "%s: %s", option, what);
    (void)sw_order_fault(order, text);
    return false;
}

/* An instant, or how long from now. */
static bool take_expiry(const char *value, sw_instant now, sw_instant *out)
{
    int64_t lasts;
    if (strcmp(value, "never") == 0)
        *out = SW_NEVER;
    else if (sw_duration_parse(value, &lasts))
        *out = now + lasts;
    else if (!sw_moment_parse(value, out))
        return false;
    return *out > now;
}

static bool take_number(const struct sw_order *order, const struct option *option, const char *value, int64_t *out)
{
    char *end, text[96];
    long long number = strtoll(value, &end, 10);
    (void)snprintf(text, sizeof text, "a number from %lld to %lld is wanted", (long long)option->least, (long long)option->most);
    if (end == value || *end != '\0' || number < option->least || number > option->most)
        return wants(order, option->name, text);
    *out = number;
    return true;
}

static bool take_value(struct sw_order *order, const struct option *option, const char *value, sw_instant now)
{
    char *field = (char *)order + option->field;
    switch (option->form) {
    case WALL:
        if (!sw_id_valid(value) || order->wall_count == SW_ORDER_WALLS_MAX)
            return wants(order, option->name, "the id of a wall is wanted: a-z, 0-9 and -");
        order->walls[order->wall_count++] = value;
        return true;
    case MOMENT:
        return sw_moment_parse(value, (sw_instant *)(void *)field) || wants(order, option->name, "write it like 2026-12-01T06:00:00Z");
    case EXPIRY:
        return take_expiry(value, now, (sw_instant *)(void *)field) ||
               wants(order, option->name, "an instant to come is wanted, like 2027-12-01T06:00:00Z, or a duration like 90d, or never");
    case NUMBER: return take_number(order, option, value, (int64_t *)(void *)field);
    case LINE:
        if (!sw_utf8_is_line(value, strlen(value) + 1) || strlen(value) > (size_t)option->most)
            return wants(order, option->name, "one line of text is wanted, not too long");
        break;
    case TEXT:
    case FLAG: break;
    }
    *(const char **)(void *)field = value;
    return true;
}

static bool take_option(struct sw_order *order, char **arguments, int count, int *at, sw_instant now)
{
    const char *name = arguments[*at];
    for (size_t i = 0; i < SW_COUNT(options); i++) {
        const struct option *option = &options[i];
        if (strcmp(option->name, name) != 0)
            continue;
        if ((option->tasks & BIT(order->task)) == 0)
            return wants(order, name, "that does not go with this");
        if (option->form == FLAG) {
            *(bool *)(void *)((char *)order + option->field) = true;
            return true;
        }
        if (*at + 1 >= count)
            return wants(order, name, "a value is wanted");
        return take_value(order, option, arguments[++*at], now);
    }
    return wants(order, name, "what is that?");
}

/* The task that the first words name; how many words there were, 0: none. */
static int take_task(struct sw_order *order, int count, char **arguments)
{
    for (size_t i = 0; i < SW_COUNT(tasks); i++) {
        const char *name = tasks[i].name, *second = strchr(name, ' ');
        size_t first = strcspn(name, " ");
        if (count < 1 || strlen(arguments[0]) != first || memcmp(arguments[0], name, first) != 0 ||
            (second != NULL && (count < 2 || strcmp(arguments[1], second + 1) != 0)))
            continue;
        order->task = (enum sw_task)i;
        order->name = name;
        return second != NULL ? 2 : 1;
    }
    return 0;
}

bool sw_order_parse(struct sw_order *order, int count, char **arguments, sw_instant now)
{
    *order = (struct sw_order){.version = -1, .priority = SW_ORDER_NO_PRIORITY};
    int words = take_task(order, count - 1, arguments + 1);
    if (words == 0) {
        bool playlist = count > 1 && strcmp(arguments[1], "playlist") == 0;
        (void)fprintf(stderr, "schauwand%s: %s\n", playlist ? " playlist" : "",
                      playlist ? "list, add, remove, move, time, override or clear is wanted; `schauwand playlist --help` says more"
                               : "this is started by schauwand");
        return false;
    }
    for (int i = 1 + words; i < count; i++) {
        if (strncmp(arguments[i], "--", 2) == 0) {
            if (!take_option(order, arguments, count, &i, now))
                return false;
        } else if (order->plain_count == tasks[order->task].plain_max) {
            return wants(order, arguments[i], "what is that?");
        } else {
            order->plain[order->plain_count++] = arguments[i];
        }
    }
    return order->plain_count >= tasks[order->task].plain_min || sw_order_fault(order, tasks[order->task].wanted) == 0;
}
