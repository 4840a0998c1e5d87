/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include "supervisor/supervisor.h"

static int run(const char *const *arguments, size_t count)
{
    struct sw_supervise what = {.command = "check", .arguments = arguments, .argument_count = count, .player = true};
    return sw_supervise(&what);
}

const struct sw_command sw_command_check = {
    .name = "check",
    .summary = "names every fault of an exhibition",
    .help = "usage: schauwand check [EXHIBITION] [OPTION]...\n"
            "\n"
            "Reads the exhibition in the folder EXHIBITION (default: the current one) and prints every fault as\n"
            "FILE:LINE:COLUMN: error: PLACE: what is wrong, and what would be right.\n"
            "\n"
            "  --full             lay out and draw every scene too\n"
            "  --json             for programs\n"
            "\n"
            "Exit status: 0 no faults (warnings do not count), 1 faults, 2 cannot run.\n",
    .run = run,
};
