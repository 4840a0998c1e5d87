/* SPDX-License-Identifier: EUPL-1.2 */
#include "full.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "folder.h"

#define SKIPPED 77
#define PLENTY "size=8m,nr_inodes=1000"

void full_must(const struct full *full, bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s (%s; said: %s)\n", what, strerror(errno), full->said);
        exit(1);
    }
}

bool full_remount(const struct full *full, const char *options) { return mount("tmpfs", full->place, "tmpfs", MS_REMOUNT, options) == 0; }

/* A fresh disk with release 1. */
static void mount_disk(struct full *full)
{
    full_must(full, mount("tmpfs", full->place, "tmpfs", 0, PLENTY) == 0, "mount");
    full->first(full);
    full_must(full, site_played(&full->site, full->folder) == 1, "release 1 is brought");
}

static void unmount_disk(const struct full *full) { full_must(full, umount(full->place) == 0, "umount"); }

/* Release 2 on what is left with these options; true if it came. */
static bool try(struct full *full, const char *options, bool otherwise)
{
    mount_disk(full);
    bool came = full->second(full, options, otherwise);
    int64_t version = site_played(&full->site, full->folder);
    full_must(full, version == 2 || (!came && version == 1), "the old release plays, or the new one if it came");
    full_must(full, full_remount(full, PLENTY), "remount");
    full_must(full, full->second(full, NULL, false) && site_played(&full->site, full->folder) == 2, "with room it comes");
    unmount_disk(full);
    return came;
}

static void try_steps(struct full *full, const char *what, unsigned long from, unsigned long to, unsigned long step, bool inodes)
{
    char options[64];
    int came = 0, none = 0, steps = 0;
    for (unsigned long amount = from; amount <= to; amount += step, steps++) {
        for (int otherwise = 0; otherwise <= 1; otherwise++) {
            (void)snprintf(options, sizeof options, inodes ? "size=8m,nr_inodes=%lu" : "size=%lu,nr_inodes=1000", amount);
            bool fits = try(full, options, otherwise);
            came += fits;
            none += !fits;
        }
    }
    printf("%d steps of %s, each twice: %d times release 2 came, %d times there was no room and release 1 played\n", steps, what, came,
           none);
    full_must(full, came > 0 && none > steps, "some are full, and some are not");
}

int full_run(struct full *full)
{
    struct statvfs before, after;
    full_must(full, sw_crypto_start(), "libsodium");
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
        puts("skipped: no disk of one's own may be made here");
        return SKIPPED;
    }
    folder_make(full->place, sizeof full->place);
    (void)snprintf(full->folder, sizeof full->folder, "%s/store", full->place);
    site_init(&full->site);
    for (int i = 0; i < 2; i++)
        site_release_init(&full->site, &full->releases[i], i + 1);
    mount_disk(full);
    full_must(full, statvfs(full->place, &before) == 0, "statvfs");
    full_must(full, full->second(full, NULL, false), "release 2 is brought");
    full_must(full, statvfs(full->place, &after) == 0, "statvfs");
    unmount_disk(full);
    unsigned long used = (before.f_blocks - before.f_bfree) * before.f_frsize, need = (before.f_bfree - after.f_bfree) * before.f_frsize;
    unsigned long inodes = before.f_files - before.f_ffree, more = before.f_ffree - after.f_ffree;
    try_steps(full, "the disk", used + need / 2, used + need * 105 / 100, need / 100, false);
    try_steps(full, "its inodes", inodes, inodes + more + 2, 1, true);
    for (int i = 0; i < 2; i++)
        site_release_finish(&full->releases[i]);
    site_finish(&full->site);
    folder_remove(full->place);
    return 0;
}
