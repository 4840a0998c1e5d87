/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "base/arguments.h"
#include "base/shared.h"
#include "cli/ask.h"
#include "cli/command.h"

static int run(const char *const *items, size_t count)
{
    static const char *const options[] = {"--json", "--nagios", "--control", NULL};
    struct sw_control_request request = {.verb = SW_CONTROL_STATUS};
    if (!sw_arguments_fit(&sw_command_status, items, count, options, 0))
        return SW_ASK_NO_ANSWER;
    const char *path = sw_arguments_value(items, count, "--control");
    if (sw_arguments_have(items, count, "--json"))
        request.form = SW_CONTROL_JSON;
    else if (sw_arguments_have(items, count, "--nagios"))
        request.form = SW_CONTROL_NAGIOS;
    struct sw_control_answer answer;
    const void *bytes;
    if (!sw_ask(path, &request, &answer, &bytes)) {
        if (request.form == SW_CONTROL_NAGIOS)
            puts("SCHAUWAND UNKNOWN - no wall answers");
        return SW_ASK_NO_ANSWER;
    }
    if (bytes != NULL)
        (void)!fwrite(bytes, 1, answer.size, stdout);
    sw_shared_unmap(bytes, answer.size);
    return fflush(stdout) == 0 ? answer.code : SW_ASK_NO_ANSWER;
}

const struct sw_command sw_command_status = {
    .name = "status",
    .summary = "says what the wall on this machine shows, and how it fares",
    .help = "usage: schauwand status [--json | --nagios] [--control FILE]\n"
            "\n"
            "Asks the wall that plays on this machine: which scene each zone shows and why, how old the data of each source are,\n"
            "how its videos play, when it was last touched. Of one that follows also: its release, since when and whether it is\n"
            "known to be good, what is being fetched, when the last good answer came. What runs out within 14 days, and 15 minutes\n"
            "without an answer, are to be looked at.\n"
            "\n"
            "  --json             for programs\n"
            "  --nagios           one line for a monitor\n"
            "  --control FILE     the socket of the wall, as given to play\n"
            "\n"
            "Exit status: 0 all is well, 1 something is to be looked at, 2 the exhibition does not play, 3 no wall answers.\n",
    .run = run,
};
