/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/options.h"

#include <string.h>

#include "base/arguments.h"

static void take(struct sw_courier_options *options, const struct sw_argument *argument)
{
    if (argument->name == NULL)
        options->folder = argument->value;
    else if (strcmp(argument->name, "--host") == 0)
        options->host = argument->value;
    else if (strcmp(argument->name, "--at") == 0)
        options->at = argument->value;
    else if (strcmp(argument->name, "--live") == 0)
        options->live = true;
}

bool sw_courier_options_read(struct sw_courier_options *options, int count, char *const *arguments)
{
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 2};
    struct sw_argument argument;
    enum sw_argument_status status;
    *options = (struct sw_courier_options){.folder = "."};
    while ((status = sw_arguments_next(&rest, &argument)) == SW_ARGUMENT_OK)
        take(options, &argument);
    return status == SW_ARGUMENT_END;
}
