/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include "supervisor/supervisor.h"

static int run(const char *const *arguments, size_t count)
{
    struct sw_supervise what = {.command = "doctor", .arguments = arguments, .argument_count = count, .player = true};
    return sw_supervise(&what);
}

const struct sw_command sw_command_doctor = {
    .name = "doctor",
    .summary = "says what this machine has and what it lacks",
    .help = "usage: schauwand doctor [EXHIBITION] [OPTION]...\n"
            "\n"
            "Says what this machine has for playing the exhibition in the folder EXHIBITION (default: the current one):\n"
            "displays, who draws (GPU or processor) and why, touch screens, fonts, memory, fences, the machine's own\n"
            "configuration; and what to do about each problem. Run it where the wall is played: as that user, in that session.\n"
            "\n"
            "  --wall WALL        the wall to be; default: the exhibition's\n"
            "  --backend BACKEND, --config FILE  as for play\n"
            "  --json             for programs\n"
            "\n"
            "Exit status: 0 no problems, 1 problems, 2 cannot run.\n",
    .run = run,
};
