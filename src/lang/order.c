/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arguments.h"
#include "base/utf8.h"

#define BY_MAX 200

static bool refuse(const char *name, const char *what)
{
    (void)fprintf(stderr, "schauwand lang: %s%s%s; `schauwand lang --help` says more\n", name, name[0] != '\0' ? ": " : "", what);
    return false;
}

static bool take_format(struct sw_order *order, const char *value)
{
    order->xliff = strcmp(value, "xliff") == 0;
    return order->xliff || strcmp(value, "csv") == 0 || refuse("--format", "csv or xliff is wanted");
}

static bool take_texts(struct sw_order *order, const char *value)
{
    char *end = NULL;
    long number = strtol(value, &end, 10);
    order->texts = (int)number;
    return (end != value && *end == '\0' && number > 2 && number < 1024) || refuse("--texts", "a descriptor is wanted");
}

static bool take_by(struct sw_order *order, const char *value)
{
    order->by = value;
    return (value[0] != '\0' && strlen(value) <= BY_MAX && sw_utf8_is_line(value, BY_MAX + 1)) ||
           refuse("--reviewed-by", "a name on one line is wanted, at most 200 bytes");
}

/* An option that does not go with the task is refused. */
static bool take_option(struct sw_order *order, const struct sw_argument *argument)
{
    enum sw_lang_task task = order->task;
    const char *name = argument->name;
    if (strcmp(name, "--texts") == 0)
        return take_texts(order, argument->value);
    if (strcmp(name, "--language") == 0 && task != SW_LANG_IMPORT)
        order->language = argument->value;
    else if (strcmp(name, "--format") == 0 && task == SW_LANG_EXPORT)
        return take_format(order, argument->value);
    else if (strcmp(name, "-o") == 0 && task == SW_LANG_EXPORT)
        order->output = argument->value;
    else if (strcmp(name, "--reviewed-by") == 0 && task == SW_LANG_IMPORT)
        return take_by(order, argument->value);
    else if (strcmp(name, "--in-scenes") == 0 && task == SW_LANG_IMPORT)
        order->scenes = true;
    else if (strcmp(name, "--json") == 0 && task == SW_LANG_STATUS)
        order->json = true;
    else if (strcmp(name, "--strict") == 0 && task == SW_LANG_STATUS)
        order->strict = true;
    else
        return refuse(name, "that does not go with this");
    return true;
}

static bool take_plain(struct sw_order *order, const char *value, int index)
{
    bool import = order->task == SW_LANG_IMPORT;
    if (index == 0 && import)
        order->file = value;
    else if (index == (import ? 1 : 0))
        order->folder = value;
    else
        return refuse(value, "one exhibition at a time");
    return true;
}

bool sw_order_parse(struct sw_order *order, int count, char **arguments)
{
    static const char *const tasks[] = {"export", "import", "status"};
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 3};
    struct sw_argument argument;
    enum sw_argument_status status;
    int plain = 0;
    size_t task = 0;
    *order = (struct sw_order){.folder = ".", .texts = -1};
    while (task < SW_COUNT(tasks) && (count < 3 || strcmp(arguments[2], tasks[task]) != 0))
        task++;
    if (task == SW_COUNT(tasks))
        return refuse("", "export, import or status is wanted");
    order->task = (enum sw_lang_task)task;
    while ((status = sw_arguments_next(&rest, &argument)) != SW_ARGUMENT_END) {
        if (status != SW_ARGUMENT_OK)
            return refuse(argument.name, status == SW_ARGUMENT_LACKS_VALUE ? "a value is wanted" : "that is not understood");
        if (argument.name != NULL ? !take_option(order, &argument) : !take_plain(order, argument.value, plain++))
            return false;
    }
    if (order->task == SW_LANG_EXPORT && order->language == NULL)
        return refuse("", "which language? --language tr");
    if (order->task == SW_LANG_IMPORT && order->file == NULL)
        return refuse("", "the file of the translator is wanted");
    return true;
}
