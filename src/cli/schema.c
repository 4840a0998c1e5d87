/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include <stddef.h>

static int run(const char *const *arguments, size_t count)
{
    static const char *const none[] = {NULL};
    if (!sw_arguments_fit(&sw_command_schema, arguments, count, none, 0))
        return 2;
    return sw_become("schauwand-player", "schema", arguments, 0);
}

const struct sw_command sw_command_schema = {
    .name = "schema",
    .summary = "prints what may be written, as JSON Schema",
    .help = "usage: schauwand schema\n"
            "\n"
            "Prints one JSON Schema (2020-12) with everything that a curator may write: each kind of file, of object, of element\n"
            "and of value, with meaning, unit, range and default. Editors complete and underline by it: `schauwand new` sets that\n"
            "up for VS Code. What only `schauwand check` can know, such as names that stand in other files, it does not judge.\n"
            "\n"
            "Exit status: 0 printed, 2 cannot run.\n",
    .run = run,
};
