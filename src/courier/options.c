/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/options.h"

#include <stdint.h>
#include <string.h>

#include "base/arguments.h"
#include "base/tick.h"

static void take_option(struct sw_courier_options *options, const struct sw_argument *argument)
{
    const struct {
        const char *name, **place;
    } texts[] = {{"--host", &options->host}, {"--at", &options->at}, {"--replay", &options->replay}, {"--to", &options->to}};
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        if (strcmp(argument->name, texts[i].name) == 0)
            *texts[i].place = argument->value;
    }
    if (strcmp(argument->name, "--live") == 0)
        options->live = true;
}

/* `record` has the sources behind it, and the exhibition is the folder that it is called in. */
static bool take_plain(struct sw_courier_options *options, const char *text)
{
    if (options->command != SW_COURIER_RECORD) {
        options->folder = text;
        return true;
    }
    if (options->source_count == SW_COURIER_SOURCES_MAX)
        return false;
    options->sources[options->source_count++] = text;
    return true;
}

bool sw_courier_options_read(struct sw_courier_options *options, int count, char *const *arguments, const char **fault)
{
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 2};
    struct sw_argument argument;
    enum sw_argument_status status;
    *options = (struct sw_courier_options){.folder = "."};
    *fault = "a command is wanted";
    if (count < 2)
        return false;
    if (strcmp(arguments[1], "record") == 0)
        options->command = SW_COURIER_RECORD;
    else if (strcmp(arguments[1], "try") == 0)
        options->command = SW_COURIER_TRY;
    *fault = "an option is not known, or lacks its value: see --help";
    while ((status = sw_arguments_next(&rest, &argument)) == SW_ARGUMENT_OK) {
        if (argument.name != NULL)
            take_option(options, &argument);
        else if (!take_plain(options, argument.value))
            return false;
        if (options->command != SW_COURIER_FOLLOW && argument.name != NULL && strcmp(argument.name, "--for") == 0 &&
            !sw_duration_parse(argument.value, &options->duration))
            return false;
    }
    return status == SW_ARGUMENT_END;
}
