/* SPDX-License-Identifier: EUPL-1.2 */
#include "setup/order.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "host/host.h"

#define OPTIONS_MAX (SW_SETUP_KEYS + 8)

struct option {
    char name[24];
    const char **value; /* NULL: --allow */
};

const char *sw_setup_key_name(enum sw_setup_key key)
{
    static const char *const names[SW_SETUP_KEYS] = {"base",    "wall",  "root_key", "cache", "quota", "call", "live",
                                                     "contact", "proxy", "ca",       "poll",  "state", "log"};
    return names[key];
}

static void add(struct option *options, size_t *count, const char *name, const char **value)
{
    struct option *option = &options[(*count)++];
    (void)snprintf(option->name, sizeof option->name, "--%s", name);
    for (char *c = option->name; *c != '\0'; c++)
        *c = *c == '_' ? '-' : *c;
    option->value = value;
}

static size_t list_options(struct sw_setup_order *order, struct option *options)
{
    size_t count = 0;
    for (int key = 0; key < SW_SETUP_KEYS; key++)
        add(options, &count, sw_setup_key_name((enum sw_setup_key)key), &order->values[key]);
    add(options, &count, "config", &order->config);
    add(options, &count, "from", &order->from);
    add(options, &count, "owner", &order->owner);
    add(options, &count, "access_user", &order->access_user);
    add(options, &count, "access_secret", &order->access_secret);
    add(options, &count, "allow", NULL);
    return count;
}

static bool fail(const char *what, const char *why)
{
    (void)fprintf(stderr, "schauwand setup: %s %s; `schauwand setup --help` says more\n", what, why);
    return false;
}

static bool unknown(const char *text, const struct option *options, size_t count)
{
    const char *names[OPTIONS_MAX + 1];
    char why[64];
    for (size_t i = 0; i < count; i++)
        names[i] = options[i].name;
    names[count] = "--yes";
    const char *nearest = sw_nearest(text, names, count + 1);
    if (nearest == NULL)
        return fail(text, "is not understood");
    (void)snprintf(why, sizeof why, "is not understood: did you mean %s?", nearest);
    return fail(text, why);
}

static bool take(struct sw_setup_order *order, const struct option *option, const char *value)
{
    if (option->value != NULL)
        *option->value = value;
    else if (order->allow_count == SW_SETUP_ALLOW_MAX)
        return fail(option->name, "is given too often");
    else
        order->allow[order->allow_count++] = value;
    return true;
}

bool sw_setup_order_read(struct sw_setup_order *order, int count, char **arguments)
{
    struct option options[OPTIONS_MAX];
    *order = (struct sw_setup_order){.config = SW_HOST_FILE};
    size_t known = list_options(order, options);
    for (int i = 2; i < count; i++) {
        const char *text = arguments[i], *equals = strchr(text, '=');
        size_t length = equals != NULL ? (size_t)(equals - text) : strlen(text), at = 0;
        if (strcmp(text, "--yes") == 0) {
            order->yes = true;
            continue;
        }
        while (at < known && !(strlen(options[at].name) == length && strncmp(options[at].name, text, length) == 0))
            at++;
        if (at == known)
            return unknown(text, options, known);
        const char *value = equals != NULL ? equals + 1 : i + 1 < count ? arguments[++i] : NULL;
        if (value == NULL)
            return fail(text, "wants a value behind it");
        if (!take(order, &options[at], value))
            return false;
    }
    return true;
}
