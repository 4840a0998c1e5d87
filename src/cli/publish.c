/* SPDX-License-Identifier: EUPL-1.2 */
/* keys, publish, rollback, promote, playlist: schauwand-publisher does the work. What is published has been checked first. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "cli/command.h"
#include "supervisor/supervisor.h"

#define CANNOT 2
#define ARGUMENTS_MAX 500
#define PATH_ROOM 4096

static int become(const char *command, const char *const *arguments, size_t count)
{
    return sw_become("schauwand-publisher", command, arguments, count);
}

static int run_keys(const char *const *arguments, size_t count) { return become("keys", arguments, count); }

static int run_rollback(const char *const *arguments, size_t count) { return become("rollback", arguments, count); }

static int run_promote(const char *const *arguments, size_t count) { return become("promote", arguments, count); }

static int run_playlist(const char *const *arguments, size_t count) { return become("playlist", arguments, count); }

/* What a check of ten thousand files need not be waited for. NULL: nothing is missing. */
static const char *missing(const char *const *arguments, size_t count)
{
    if (count == 0 || arguments[0][0] == '-')
        return "the exhibition's folder is wanted first";
    bool both = sw_arguments_have(arguments, count, "--to") && sw_arguments_have(arguments, count, "--keys");
    return both ? NULL : "--to DIR and --keys DIR are wanted";
}

/* Checks the exhibition; what is to be known of its clips is written to the file `clips`. */
static int check(const char *exhibition, const char *clips)
{
    const char *const arguments[] = {exhibition, "--clips", clips};
    struct sw_supervise what = {.command = "check", .arguments = arguments, .argument_count = SW_COUNT(arguments), .player = true};
    return sw_supervise(&what);
}

/* The same; the file is gone when it is over, and its descriptor (-1: it was not written) is left to the publisher. */
static int check_clips(const char *exhibition, int *clips)
{
    char folder[PATH_ROOM], file[PATH_ROOM + 16];
    const char *temp = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%s/schauwand-publish-XXXXXX", temp != NULL && temp[0] == '/' ? temp : "/tmp");
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        return CANNOT;
    }
    (void)snprintf(file, sizeof file, "%s/clips.json", folder);
    int status = check(exhibition, file);
    *clips = open(file, O_RDONLY);
    (void)unlink(file);
    (void)rmdir(folder);
    return status;
}

static int run_publish(const char *const *arguments, size_t count)
{
    const char *all[ARGUMENTS_MAX + 2], *fault = missing(arguments, count);
    char place[32];
    int clips = -1;
    if (fault != NULL) {
        (void)fprintf(stderr, "schauwand publish: %s; `schauwand publish --help` says more\n", fault);
        return CANNOT;
    }
    if (count > ARGUMENTS_MAX) {
        (void)fprintf(stderr, "schauwand publish: more than %d arguments\n", ARGUMENTS_MAX);
        return CANNOT;
    }
    int status = check_clips(arguments[0], &clips);
    if (status != 0)
        return status;
    memcpy(all, arguments, count * sizeof *arguments);
    if (clips >= 0) {
        (void)snprintf(place, sizeof place, "/dev/fd/%d", clips);
        all[count++] = "--clips";
        all[count++] = place;
    }
    return become("publish", all, count);
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

const struct sw_command sw_command_playlist = {
    .name = "playlist",
    .summary = "shows and changes what a wall plays, without a release",
    .help = "usage: schauwand playlist list [--json] ...\n"
            "       schauwand playlist add SCENE [--at N] [WHEN]... ...\n"
            "       schauwand playlist remove ITEM... ...\n"
            "       schauwand playlist move ITEM N ...\n"
            "       schauwand playlist time ITEM WHEN... ...\n"
            "       schauwand playlist override SCENE (--until T | --for D) [--from T] [--priority N] ...\n"
            "       schauwand playlist clear [SCENE | --all] ...\n"
            "\n"
            "All with --to DIR --keys DIR --wall W: the published folder, the folder of `schauwand keys` (of the secret keys only\n"
            "the operating one is needed), and whose playlists they are. ITEM is a number as `list` has it, or a scene.\n"
            "\n"
            "  list               what plays, in which order; --json for programs\n"
            "  add, remove, move  items; N is a place in the order\n"
            "  time               when an item plays; \"\" takes out what was said\n"
            "  override           that scene instead of what plays, with priority 90 unless --priority says else\n"
            "  clear              takes overrides back; --all: everything as the release has it\n"
            "\n"
            "WHEN, as in the file of a playlist:\n"
            "  --for 25s|clip  --priority N  --when EXPRESSION  --from T  --until T  (T: 2026-11-23T22:00)\n"
            "  --days mon-fri  --dates 2026-11-29..2026-12-24,...  --time 15:00-18:30,...  --in CALENDAR,...  --not CALENDAR,...\n"
            "\n"
            "Which playlist, where the wall plays several (override, clear and list: all of them):\n"
            "  --playlist P       this one\n"
            "  --zone Z           that of this zone\n"
            "\n"
            "  --from-version N   only if what is in force is version N; 0: the release's own\n"
            "  --by NAME          who does this (default: $USER, or else this user); stands in what is published\n"
            "  --note TEXT        and what for\n"
            "\n"
            "After `schauwand keys --replace operating` any edit, also one that changes nothing, signs the playlists anew.\n"
            "What is changed is judged like any file of a curator, and only scenes of the release may be named.\n"
            "Exit status: 0, 1 refused (faults, or another version is in force), 2 cannot be done.\n",
    .run = run_playlist,
};
