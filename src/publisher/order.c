/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/schema.h"
#include "store/moment.h"

#define BIT(task) (1u << (task))
#define RELEASES (BIT(SW_TASK_PUBLISH) | BIT(SW_TASK_ROLLBACK) | BIT(SW_TASK_PROMOTE))

static const struct {
    const char *name;
    size_t plain_min, plain_max;
    const char *wanted;
} tasks[] = {
    [SW_TASK_KEYS] = {"keys", 1, 1, "the folder of the keys is wanted"},
    [SW_TASK_PUBLISH] = {"publish", 1, 1, "the exhibition's folder is wanted"},
    [SW_TASK_ROLLBACK] = {"rollback", 1, 1, "a version and --wall W are wanted"},
    [SW_TASK_PROMOTE] = {"promote", 1, 1, "the wall that has it and --wall W are wanted"},
};

enum form { FLAG, TEXT, WALL, MOMENT, EXPIRY };

/* What may be typed, for which tasks, and where it goes. */
static const struct option {
    const char *name;
    enum form form;
    unsigned tasks;
    size_t field;
} options[] = {
    {"--to", TEXT, RELEASES, offsetof(struct sw_order, to)},
    {"--keys", TEXT, RELEASES, offsetof(struct sw_order, keys)},
    {"--wall", WALL, RELEASES, offsetof(struct sw_order, walls)},
    {"--replace", TEXT, BIT(SW_TASK_KEYS), offsetof(struct sw_order, replace)},
    {"--new-epoch", FLAG, BIT(SW_TASK_KEYS), offsetof(struct sw_order, fresh)},
    {"--activate", MOMENT, RELEASES, offsetof(struct sw_order, activate)},
    {"--expires", EXPIRY, RELEASES, offsetof(struct sw_order, expires)},
};

int sw_order_fault(const struct sw_order *order, const char *what)
{
    (void)fprintf(stderr, "schauwand %s: %s; `schauwand %s --help` says more\n", order->name, what, order->name);
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

/* The task that the first word names. */
static bool take_task(struct sw_order *order, int count, char **arguments)
{
    for (size_t i = 0; i < SW_COUNT(tasks); i++) {
        if (count > 1 && strcmp(arguments[1], tasks[i].name) == 0) {
            order->task = (enum sw_task)i;
            order->name = tasks[i].name;
            return true;
        }
    }
    return false;
}

bool sw_order_parse(struct sw_order *order, int count, char **arguments, sw_instant now)
{
    *order = (struct sw_order){0};
    if (!take_task(order, count, arguments)) {
        (void)fprintf(stderr, "schauwand: this is started by schauwand\n");
        return false;
    }
    for (int i = 2; i < count; i++) {
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
