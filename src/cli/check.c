/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include "supervisor/supervisor.h"

static int run(const char *const *arguments, size_t count)
{
    bool live = sw_arguments_have(arguments, count, "--live");
    struct sw_supervise what = {.command = "check", .arguments = arguments, .argument_count = count, .player = !live, .courier = live};
    return sw_supervise(&what);
}

const struct sw_command sw_command_check = {
    .name = "check",
    .summary = "names every fault of an exhibition",
    .help = "usage: schauwand check [EXHIBITION] [OPTION]...\n"
            "\n"
            "Reads the exhibition in the folder EXHIBITION (default: the current one) and prints every fault as\n"
            "FILE:LINE:COLUMN: error: PLACE: what is wrong, and what would be right. Warnings are what plays, but not well:\n"
            "scenes that nobody gets to or that lead nobody home, files that nothing shows.\n"
            "\n"
            "  --full             lay out every scene too, in every language and for every wall that shows it: texts that do not\n"
            "                     fit, are too small from where people stand or lack contrast or time, buttons too small for a\n"
            "                     finger, controls out of reach, pictures larger than they are shown, scenes that need too much.\n"
            "                     What the pictures of each scene need is listed behind that: memory, and the time to load them\n"
            "  --threads N        with --full: so many threads lay out (default: one a core); what is said is the same\n"
            "  --cache DIR        with --full: where it is remembered what has been found, so that what has not changed is not laid\n"
            "                     out again (default: below XDG_CACHE_HOME or ~/.cache; \"\": nowhere)\n"
            "  --live             instead, ask every live source once, over the network, and say what came: status, bytes and time,\n"
            "                     how old it is, each field with its value and unit, and what is missing or refused. Faults are\n"
            "                     a source that does not answer or cannot be read, and a field that nothing in the answer fits\n"
            "  --config FILE      with --live: what this machine's operator has decided (default: /etc/schauwand/wall.json)\n"
            "  --json             for programs: a list of faults; with --live {\"sources\": [...], \"faults\": [...]}\n"
            "  --strict           warnings count as faults\n"
            "\n"
            "Exit status: 0 no faults (warnings do not count but with --strict), 1 faults, 2 cannot run.\n",
    .run = run,
};
