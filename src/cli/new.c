/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include <stddef.h>

static int run(const char *const *arguments, size_t count)
{
    static const char *const known[] = {"--title", NULL};
    if (!sw_arguments_fit(&sw_command_new, arguments, count, known, 1))
        return 2;
    return sw_become("schauwand-player", "new", arguments, count);
}

const struct sw_command sw_command_new = {
    .name = "new",
    .summary = "makes a small exhibition to start from",
    .help = "usage: schauwand new DIR [--title TEXT]\n"
            "\n"
            "Makes the folder DIR with a small exhibition that is whole: an overview, two scenes with pages, live data with a\n"
            "sample, drawings, a wall, a playlist, three languages. Comments in its files say how it is done. DIR must not be\n"
            "there yet, or be empty. Its folder .vscode has VS Code complete and underline what `schauwand check` would say;\n"
            "`schauwand schema >DIR/.vscode/schauwand.schema.json` brings that up to date with a newer version.\n"
            "\n"
            "  --title TEXT       what the exhibition is called\n"
            "\n"
            "Exit status: 0 made, 2 cannot run.\n",
    .run = run,
};
