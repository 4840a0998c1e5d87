/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include "supervisor/supervisor.h"

static int run(const char *const *arguments, size_t count)
{
    struct sw_supervise what = {.command = "fetch", .arguments = arguments, .argument_count = count, .courier = true};
    return sw_supervise(&what);
}

const struct sw_command sw_command_fetch = {
    .name = "fetch",
    .summary = "brings a release from a folder or USB stick to this wall",
    .help = "usage: schauwand fetch --from DIR [OPTION]...\n"
            "\n"
            "Takes the newest release for this wall from DIR, a published folder on a USB stick for instance, as if it came from\n"
            "the network: signed by the keys that this wall trusts, newer than what it has, every file what it must be. A wall\n"
            "that plays changes to it at the next scene; another one with its next start. What is there already is not copied.\n"
            "\n"
            "  --from DIR         the published folder: of `schauwand publish --to`, or a copy of it\n"
            "  --wall W           which wall this is\n"
            "  --root-key KEY     whose releases to trust: the public root key, RW...\n"
            "  --cache DIR        where releases are kept\n"
            "  --config FILE      what this machine's operator has decided (default: /etc/schauwand/wall.json): the same and more\n"
            "\n"
            "Exit status: 0 all of it is there, 1 something was not taken and a line says why, 2 cannot run.\n",
    .run = run,
};
