/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include "supervisor/supervisor.h"

static int run(const char *const *arguments, size_t count)
{
    struct sw_supervise what = {.command = "record", .arguments = arguments, .argument_count = count, .courier = true};
    return sw_supervise(&what);
}

const struct sw_command sw_command_record = {
    .name = "record",
    .summary = "keeps what live sources answer, to be played back",
    .help = "usage: schauwand record [SOURCE]... --to DIR [EXHIBITION] [OPTION]...\n"
            "\n"
            "Asks the sources of the exhibition in the folder EXHIBITION (default: the current one) as a wall would, and keeps\n"
            "what they answer below DIR: each body as it came, with its headers and the time. `schauwand play --replay DIR` and\n"
            "`schauwand render --replay DIR` show it again, labelled as recorded. Without a SOURCE all of them are recorded.\n"
            "A name alone is that of a source; a folder is written with a slash: ./demo.\n"
            "\n"
            "  --to DIR           where to keep it; what is there already stays, and the new is added\n"
            "  --count N          so many answers of each source; default: 1\n"
            "  --for DURATION     for so long (10m, 24h), at the pace that each source declares\n"
            "  --config FILE      what this machine's operator has decided (default: /etc/schauwand/wall.json): which addresses\n"
            "                     of the house may be asked, where secrets lie\n"
            "\n"
            "DIR/SOURCE/index.jsonl has a line for each answer: when it was asked for, from where, status and headers, and the\n"
            "files beside it that hold its bodies. No secret gets there: no query of an address, no cookies, no credentials;\n"
            "where an answer repeats a secret, *** stands in its place. Ended by force, it leaves whole records only.\n"
            "\n"
            "Exit status: 0 every source has answered, 1 one of them never has, 2 cannot run.\n",
    .run = run,
};
