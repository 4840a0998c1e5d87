/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/arguments.h"
#include "json/schema.h"

#define COUNT_MAX 1000000

struct reading {
    struct sw_courier_options *options;
    const struct sw_arguments_fault *fault;
};

/* What could be the name of a source is one. */
static bool take_plain(struct reading *reading, const char *value)
{
    struct sw_courier_options *options = reading->options;
    if (options->command == SW_COURIER_RECORD && sw_name_valid(value)) {
        if (options->name_count == SW_COURIER_NAMES_MAX)
            return sw_arguments_fail(reading->fault, "at most %d sources can be named; without any, all are recorded",
                                     SW_COURIER_NAMES_MAX);
        options->names[options->name_count++] = value;
        return true;
    }
    if (options->folder != NULL)
        return sw_arguments_fail(reading->fault, "%s: one exhibition at a time", value);
    options->folder = value;
    return true;
}

static bool take_count(struct reading *reading, const char *value)
{
    char *end = NULL;
    long count = strtol(value, &end, 10);
    if (end == value || *end != '\0' || count < 1 || count > COUNT_MAX)
        return sw_arguments_fail(reading->fault, "--count %s: 1 to %d answers of each source are wanted", value, COUNT_MAX);
    reading->options->count = count;
    return true;
}

static bool take_for(struct reading *reading, const char *value)
{
    /* of `play` it is the player's */
    if (!sw_duration_parse(value, &reading->options->duration) || reading->options->duration == 0)
        return reading->options->command == SW_COURIER_SERVE ||
               sw_arguments_fail(reading->fault, "--for %s: a duration is wanted, e.g. 30s, 5m or 2h", value);
    return true;
}

/* What names a published exhibition, and the generation of it. */
static void take_followed(struct sw_courier_options *options, const char *name, const char *value)
{
    if (strcmp(name, "--generation") == 0)
        options->generation = strtoll(value, NULL, 10);
    else if (strcmp(name, "--wall") == 0)
        options->typed.wall = value;
    else if (strcmp(name, "--root-key") == 0)
        options->typed.root_key = value;
    else if (strcmp(name, "--cache") == 0)
        options->typed.cache = value;
}

static bool take(struct reading *reading, const struct sw_argument *argument)
{
    struct sw_courier_options *options = reading->options;
    const char *name = argument->name, *value = argument->value;
    if (name == NULL)
        return take_plain(reading, value);
    if (strcmp(name, "--config") == 0)
        options->config = value;
    else if (strcmp(name, "--at") == 0)
        options->at = value;
    else if (strcmp(name, "--live") == 0)
        options->live = true;
    else if (strcmp(name, "--replay") == 0)
        options->replay = value;
    else if (strcmp(name, "--without-replay") == 0)
        options->without_replay = true;
    else if (strcmp(name, "--to") == 0)
        options->to = value;
    else if (strcmp(name, "--json") == 0)
        options->json = true;
    else if (strcmp(name, "--since") == 0)
        options->since = strtoll(value, NULL, 10);
    else if (strcmp(name, "--count") == 0)
        return take_count(reading, value);
    else if (strcmp(name, "--for") == 0)
        return take_for(reading, value);
    else if (options->command != SW_COURIER_SERVE)
        return sw_arguments_fail(reading->fault, "%s is of another command; see --help", name);
    else
        take_followed(options, name, value);
    return true;
}

static bool judge(struct reading *reading)
{
    const struct sw_courier_options *options = reading->options;
    if (options->command == SW_COURIER_RECORD && options->to == NULL)
        return sw_arguments_fail(reading->fault, "where to keep the recordings is wanted: --to DIR");
    if (options->command != SW_COURIER_SERVE && options->replay != NULL)
        return sw_arguments_fail(reading->fault, "--replay is for play and render: it asks nobody");
    if (options->command == SW_COURIER_TRY && (options->to != NULL || options->count > 0 || options->duration > 0))
        return sw_arguments_fail(reading->fault, "--to, --for and --count are of record");
    return true;
}

bool sw_courier_options_read(struct sw_courier_options *options, int count, char *const *arguments, char *fault, size_t fault_size)
{
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 2};
    const struct sw_arguments_fault said = {fault, fault_size};
    struct reading reading = {.options = options, .fault = &said};
    struct sw_argument argument;
    enum sw_argument_status status;
    const char *command = count > 1 ? arguments[1] : "";
    *options = (struct sw_courier_options){.from_start = strcmp(command, "play") == 0};
    if (strcmp(command, "record") == 0)
        options->command = SW_COURIER_RECORD;
    else if (strcmp(command, "check") == 0)
        options->command = SW_COURIER_TRY;
    while ((status = sw_arguments_next(&rest, &argument)) == SW_ARGUMENT_OK) {
        if (!take(&reading, &argument))
            return false;
    }
    options->folder = options->folder != NULL ? options->folder : ".";
    if (options->without_replay)
        options->replay = NULL;
    return status == SW_ARGUMENT_END ? judge(&reading) : sw_arguments_refuse(&said, &argument, status);
}
