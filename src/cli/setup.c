/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

static int run(const char *const *arguments, size_t count) { return sw_become("schauwand-setup", "setup", arguments, count); }

const struct sw_command sw_command_setup = {
    .name = "setup",
    .summary = "makes this machine a wall that follows a published exhibition",
    .help = "usage: schauwand setup [OPTION]...\n"
            "\n"
            "Asks what this machine has to know, judges each answer at once, shows what it will write, and writes it. Secrets are\n"
            "not shown; each goes into a file of its own, which only its owner may read.\n"
            "\n"
            "  --config FILE      the file to write (default: /etc/schauwand/wall.json)\n"
            "  --from FILE|DIR    begin with another wall's file, or the folder that it lies in: on a USB stick, say. Only what is\n"
            "                     a wall's own is asked; secrets and certificates beside it come along\n"
            "  --yes              ask nothing: what is not given here stays as it is\n"
            "\n"
            "Answers, for scripts (\"\" takes one back):\n"
            "  --base URL         where the exhibition is published        --wall WALL   which of its walls this is\n"
            "  --root-key KEY     the public root key, or the file root.pub\n"
            "  --cache DIR        where releases are kept                  --quota SIZE  how much they may take: 20 GB\n"
            "  --access-secret FILE [--access-user NAME]                   the token, or the password, that the server wants\n"
            "  --allow ADDRESS    an address of the house's own network that may be asked; may be given again\n"
            "  --live yes|no, --contact MAIL, --proxy URL, --ca FILE, --call TEXT, --poll DURATION, --state DIR, --log LEVEL\n"
            "  --owner USER       whose secrets are to be; default: of root schauwand, where there is one\n"
            "\n"
            "Exit status: 0 written or nothing to do, 2 nothing was written.\n",
    .run = run,
};
