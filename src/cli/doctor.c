/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "supervisor/supervisor.h"

#define REACHED_MAX 1024
#define ARGUMENTS_MAX 64
#define ENDED_BY_SIGNAL 128

/* The courier, which alone has a network, looks first; its line is caught, and handed to the player, which says it among all else. Returns
 * its exit status. `line` "": there is nothing to say. */
static int ask_network(const char *const *arguments, size_t count, char line[REACHED_MAX])
{
    const struct sw_supervise what = {.command = "doctor", .arguments = arguments, .argument_count = count, .courier = true};
    FILE *said = tmpfile();
    int out = dup(STDOUT_FILENO), status = 0;
    line[0] = '\0';
    if (said != NULL && out >= 0 && dup2(fileno(said), STDOUT_FILENO) >= 0) {
        status = sw_supervise(&what);
        (void)dup2(out, STDOUT_FILENO);
        rewind(said);
        if (fgets(line, REACHED_MAX, said) != NULL)
            line[strcspn(line, "\n")] = '\0';
    }
    if (out >= 0)
        (void)close(out);
    if (said != NULL)
        (void)fclose(said);
    return status;
}

static int run(const char *const *arguments, size_t count)
{
    const char *all[ARGUMENTS_MAX + 2] = {"--reached"};
    char line[REACHED_MAX] = "";
    if (count > ARGUMENTS_MAX) {
        (void)fprintf(stderr, "schauwand doctor: more than %d arguments\n", ARGUMENTS_MAX);
        return 2;
    }
    int status = ask_network(arguments, count, line);
    if (status >= ENDED_BY_SIGNAL)
        return status;
    all[1] = line;
    memcpy(&all[2], arguments, count * sizeof *arguments);
    const struct sw_supervise what = {.command = "doctor", .arguments = all, .argument_count = count + 2, .player = true};
    return sw_supervise(&what);
}

const struct sw_command sw_command_doctor = {
    .name = "doctor",
    .summary = "says what this machine has and what it lacks",
    .help = "usage: schauwand doctor [EXHIBITION] [OPTION]...\n"
            "\n"
            "Says what this machine has for playing the exhibition in the folder EXHIBITION (default: the current one):\n"
            "displays, who draws (GPU or processor) and why, touch screens, fonts and their letters, which clips can be decoded,\n"
            "sound, memory, limits, clock, disk, fences, the machine's own configuration, and whether the server that it names\n"
            "answers; and what to do about each problem. Run it where the wall is played: as that user, in that session.\n"
            "\n"
            "  --wall WALL        the wall to be; default: the exhibition's\n"
            "  --backend BACKEND, --config FILE  as for play\n"
            "  --json             for programs\n"
            "\n"
            "Exit status: 0 no problems, 1 problems, 2 cannot run.\n",
    .run = run,
};
