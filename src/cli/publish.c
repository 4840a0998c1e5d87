/* SPDX-License-Identifier: EUPL-1.2 */
/* keys, publish, rollback, promote: schauwand-publisher does the work. What is published has been checked first. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "supervisor/supervisor.h"

#define CANNOT 2

static int become(const char *command, const char *const *arguments, size_t count)
{
    return sw_become("schauwand-publisher", command, arguments, count);
}

static int run_keys(const char *const *arguments, size_t count) { return become("keys", arguments, count); }

static int run_rollback(const char *const *arguments, size_t count) { return become("rollback", arguments, count); }

static int run_promote(const char *const *arguments, size_t count) { return become("promote", arguments, count); }

static int run_publish(const char *const *arguments, size_t count)
{
    if (count == 0 || arguments[0][0] == '-') {
        (void)fprintf(stderr, "schauwand publish: the exhibition's folder is wanted first; `schauwand publish --help` says more\n");
        return CANNOT;
    }
    struct sw_supervise check = {.command = "check", .arguments = arguments, .argument_count = 1, .player = true};
    int status = sw_supervise(&check);
    return status != 0 ? status : become("publish", arguments, count);
}

const struct sw_command sw_command_keys = {
    .name = "keys",
    .summary = "makes, shows and replaces the keys that sign releases",
    .help = "usage: schauwand keys DIR [--replace publishing|operating [--new-epoch]]\n"
            "\n"
            "Makes root, publishing and operating key in DIR where there are none, and their signed list; else shows them.\n"
            "\n"
            "  --replace ROLE     a new key in the place of that one, which no wall takes anything new from any more\n"
            "  --new-epoch        versions begin anew: after a key was stolen, so that nothing it signed counts\n"
            "\n"
            "$SCHAUWAND_KEY_PASSWORD unlocks keys that `minisign` has locked. Exit status: 0, or 2 if it cannot be done.\n",
    .run = run_keys,
};

const struct sw_command sw_command_publish = {
    .name = "publish",
    .summary = "makes a signed release of an exhibition",
    .help = "usage: schauwand publish EXHIBITION --to DIR --keys DIR [OPTION]...\n"
            "\n"
            "Checks the exhibition, puts what is new of it into the folder DIR, which any web server serves, and says which\n"
            "scenes and files were added, changed or removed, and what a wall has to fetch. Nothing changed: no new version.\n"
            "Hidden files and drafts are left out; the fonts of packages go along, with their licences.\n"
            "\n"
            "  --to DIR           the published folder\n"
            "  --keys DIR         the folder of `schauwand keys`\n"
            "  --wall W           for this wall; may be given again (default: all walls of the exhibition)\n"
            "  --activate T       all walls change at 2026-12-01T06:00:00Z\n"
            "  --expires E        walls warn from then on, and play on: an instant, 90d from now, or never (default: 400d)\n"
            "\n"
            "Exit status: 0 published or nothing to do, 1 faults in the exhibition, 2 cannot be done.\n",
    .run = run_publish,
};

const struct sw_command sw_command_rollback = {
    .name = "rollback",
    .summary = "publishes an earlier release as a new version",
    .help = "usage: schauwand rollback VERSION --to DIR --keys DIR --wall W... [OPTION]...\n"
            "\n"
            "What VERSION was of each W becomes its next version. --activate and --expires as of `schauwand publish`.\n"
            "Exit status: 0, or 2 if it cannot be done.\n",
    .run = run_rollback,
};

const struct sw_command sw_command_promote = {
    .name = "promote",
    .summary = "publishes one wall's release for other walls",
    .help = "usage: schauwand promote WALL --to DIR --keys DIR --wall W... [OPTION]...\n"
            "\n"
            "What plays on WALL becomes the next version of each W. --activate and --expires as of `schauwand publish`.\n"
            "Exit status: 0, or 2 if it cannot be done.\n",
    .run = run_promote,
};
