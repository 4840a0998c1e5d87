/* SPDX-License-Identifier: EUPL-1.2 */
/* The disk is full: a wall with release 1 follows to release 2 on a disk of its own (tmpfs) with room for 50 to 105 % of what that needs, a
 * step of 1 % each, full from the beginning or from the moment on when objects come; and with too few inodes. The old release plays in all
 * of them, or the new one does, and it is said; with room it comes. Wants to be root, or to be allowed a name space of its own; else it is
 * skipped. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
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
#include "follow/keeper.h"
#include "web.h"

#define SKIPPED 77
#define PLENTY "size=8m,nr_inodes=1000"

static struct site site;
static struct site_release releases[2];
static struct web web;
static char place[64], folder[80], said[400];

static void must(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "sync_full: %s (%s; said: %s)\n", what, strerror(errno), said);
        exit(1);
    }
}

static void remount(const char *options) { must(mount("tmpfs", place, "tmpfs", MS_REMOUNT, options) == 0, "remount"); }

static void say(void *context, enum sw_log_level level, const char *line)
{
    (void)context;
    if (level <= SW_LOG_ERROR)
        (void)snprintf(said, sizeof said, "%s", line);
}

static void publish(int64_t version)
{
    web_finish(&web);
    web_init(&web);
    web_put_keys(&web, 1, site.keys, site.keys_signature);
    web_put_release(&web, &releases[version - 1]);
    web_put_current(&web, "foyer", version, 0, 1);
}

/* One look and all that follows; the options hold from the moment on when an object comes. True: all of it is there, and plays. */
static bool follow(const char *options)
{
    struct sw_follow_options wanted = {.store = folder, .subscriber = site.host, .origin = web_origin(&web), .say = say};
    struct sw_follow *engine = sw_follow_create(&wanted);
    struct sw_keeper *keeper = sw_keeper_create(engine);
    said[0] = '\0';
    do {
        (void)sw_follow_step(engine, 1, 1796000000 * SW_SECOND);
        if (options != NULL && web_asked(&web, "objects/") > 1) {
            (void)mount("tmpfs", place, "tmpfs", MS_REMOUNT, options); /* less than is used already: it stays as it is */
            options = NULL;
        }
        (void)web_turn(&web);
    } while (!sw_follow_rests(engine));
    bool done = sw_follow_view(engine)->fault[0] == '\0' && sw_keeper_step(keeper);
    if (done) {
        sw_keeper_plays(keeper, sw_keeper_offer(keeper)->number, 0);
        done = sw_keeper_step(keeper);
    }
    sw_keeper_destroy(keeper);
    sw_follow_destroy(engine);
    return done;
}

/* A fresh disk with release 1, and release 2 published. */
static void mount_disk(void)
{
    must(mount("tmpfs", place, "tmpfs", 0, PLENTY) == 0, "mount");
    publish(1);
    must(follow(NULL) && site_played(&site, folder) == 1, "release 1 is brought");
    publish(2);
}

static void unmount_disk(void) { must(umount(place) == 0, "umount"); }

/* Release 2 on what is left with these options; true if it came. */
static bool try(const char *options, bool meanwhile)
{
    mount_disk();
    if (!meanwhile)
        remount(options);
    bool came = follow(meanwhile ? options : NULL);
    int64_t version = site_played(&site, folder);
    must(came || said[0] != '\0', "it says so");
    must(version == 2 || (!came && version == 1), "the old release plays, or the new one if it came");
    remount(PLENTY);
    must(follow(NULL) && site_played(&site, folder) == 2, "with room it comes");
    unmount_disk();
    return came;
}

static void try_steps(const char *what, unsigned long from, unsigned long to, unsigned long step, bool inodes)
{
    char options[64];
    int came = 0, full = 0, steps = 0;
    for (unsigned long amount = from; amount <= to; amount += step, steps++) {
        for (int meanwhile = 0; meanwhile <= 1; meanwhile++) {
            (void)snprintf(options, sizeof options, inodes ? "size=8m,nr_inodes=%lu" : "size=%lu,nr_inodes=1000", amount);
            bool fits = try(options, meanwhile);
            came += fits;
            full += !fits;
        }
    }
    printf("%d steps of %s, each twice: %d times release 2 came, %d times there was no room and release 1 played\n", steps, what, came,
           full);
    must(came > 0 && full > 5, "some are full, and some are not");
}

int main(void)
{
    struct statvfs before, after;
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
    must(follow(NULL), "release 2 is brought");
    must(statvfs(place, &after) == 0, "statvfs");
    unmount_disk();
    unsigned long used = (before.f_blocks - before.f_bfree) * before.f_frsize, need = (before.f_bfree - after.f_bfree) * before.f_frsize;
    unsigned long inodes = before.f_files - before.f_ffree, more = before.f_ffree - after.f_ffree;
    try_steps("the disk", used + need / 2, used + need * 105 / 100, need / 100, false);
    try_steps("its inodes", inodes, inodes + more + 2, 1, true);
    for (int i = 0; i < 2; i++)
        site_release_finish(&releases[i]);
    web_finish(&web);
    site_finish(&site);
    folder_remove(place);
    return 0;
}
