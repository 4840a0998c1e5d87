/* SPDX-License-Identifier: EUPL-1.2 */
/* The disk is full: release 2 is brought to a wall with release 1 on a disk of its own (tmpfs) with room for 50 to 105 % of what it needs,
 * a step of 1 % each, and with too few inodes. The old release plays in all of them, or the new one does; with room it comes. Wants to be
 * root, or to be allowed a name space of its own; else it is skipped. */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "folder.h"
#include "site.h"

#define SKIPPED 77
#define PLENTY "size=8m,nr_inodes=1000"

static struct site site;
static struct site_release releases[2];
static char place[64], folder[80];

static void must(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "store_full: %s (%s)\n", what, strerror(errno));
        exit(1);
    }
}

static void remount(const char *options) { must(mount("tmpfs", place, "tmpfs", MS_REMOUNT, options) == 0, "remount"); }

static enum sw_store_status import(int version, bool blind)
{
    enum sw_store_status status;
    struct sw_store *store = sw_store_open(folder, SW_STORE_WRITE, &status);
    if (store == NULL)
        return status;
    status = site_import(&site, store, &releases[version - 1], blind);
    sw_store_close(store);
    return status;
}

/* A fresh disk with release 1. */
static void mount_disk(void)
{
    must(mount("tmpfs", place, "tmpfs", 0, PLENTY) == 0, "mount");
    must(import(1, false) == SW_STORE_OK, "release 1 is brought");
}

static void unmount_disk(void) { must(umount(place) == 0, "umount"); }

/* Release 2 on what is left with these options; true if it came. */
static bool try(const char *options, bool blind)
{
    mount_disk();
    remount(options);
    enum sw_store_status status = import(2, blind);
    int64_t version = site_played(&site, folder);
    must(status == SW_STORE_OK || status == SW_STORE_FULL, "it says that it is full");
    must(version == (status == SW_STORE_OK ? 2 : 1), "the old release plays, or the new one if it came");
    remount(PLENTY);
    must(import(2, false) == SW_STORE_OK && site_played(&site, folder) == 2, "with room it comes");
    unmount_disk();
    return status == SW_STORE_OK;
}

int main(void)
{
    char options[64];
    struct statvfs before, after;
    int came = 0, full = 0;
    must(sw_crypto_start(), "libsodium");
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
        puts("skipped: no disk of one's own may be made here");
        return SKIPPED;
    }
    folder_make(place, sizeof place);
    (void)snprintf(folder, sizeof folder, "%s/store", place);
    site_init(&site);
    for (int i = 0; i < 2; i++)
        site_release_init(&site, &releases[i], i + 1);
    mount_disk();
    must(statvfs(place, &before) == 0, "statvfs");
    must(import(2, false) == SW_STORE_OK, "release 2 is brought");
    must(statvfs(place, &after) == 0, "statvfs");
    unmount_disk();
    unsigned long used = (before.f_blocks - before.f_bfree) * before.f_frsize, need = (before.f_bfree - after.f_bfree) * before.f_frsize;
    unsigned long inodes = before.f_files - before.f_ffree, more = before.f_ffree - after.f_ffree;
    for (int percent = 50; percent <= 105; percent++) {
        for (int blind = 0; blind <= 1; blind++) {
            (void)snprintf(options, sizeof options, "size=%lu,nr_inodes=1000", used + need * (unsigned long)percent / 100);
            bool fits = try(options, blind);
            came += fits;
            full += !fits;
        }
    }
    printf("56 steps, each twice: %d times release 2 came, %d times there was no room and release 1 played\n", came, full);
    must(came > 0 && full > 50, "some are full, and some are not");
    came = full = 0;
    for (unsigned long i = 0; i <= more + 2; i++) {
        (void)snprintf(options, sizeof options, "size=8m,nr_inodes=%lu", inodes + i);
        for (int blind = 0; blind <= 1; blind++) {
            bool fits = try(options, blind);
            came += fits;
            full += !fits;
        }
    }
    printf("%lu steps of inodes, each twice: %d times release 2 came, %d times there was no room and release 1 played\n", more + 3, came,
           full);
    must(came > 0 && full > 5, "some are full, and some are not");
    for (int i = 0; i < 2; i++)
        site_release_finish(&releases[i]);
    site_finish(&site);
    folder_remove(place);
    return 0;
}
