/* SPDX-License-Identifier: EUPL-1.2 */
/* The disk that keeps what a wall keeps: releases, last values, what was shown. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "host/settle.h"
#include "player/doctor/doctor.h"

#define MIB ((uint64_t)1 << 20)
#define ROOM_LEAST (512 * MIB) /* less is a problem */
#define ROOM_GOOD (4096 * MIB) /* a release and the next one beside it, with clips */
#define TRIED_BYTES (8 * MIB)
#define SLOW_MIB_S 10 /* a release of a gigabyte takes longer than a minute and a half */

const char *sw_doctor_folder(const char *config, struct sw_arena *arena)
{
    struct sw_diags diags;
    struct sw_host host;
    sw_diags_init(&diags);
    (void)!sw_host_load(&host, config, arena, &diags);
    const char *folder = sw_host_cache(&host, arena);
    sw_diags_finish(&diags);
    return folder != NULL && access(folder, F_OK) != 0 ? sw_host_state(&host, arena) : folder;
}

static void say_room(struct sw_doctor *doctor, const char *path)
{
    struct statvfs disk;
    if (statvfs(path, &disk) != 0)
        return;
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize, all = (uint64_t)disk.f_blocks * disk.f_frsize;
    sw_doctor_say(doctor, room < ROOM_LEAST ? SW_DOCTOR_PROBLEM : room < ROOM_GOOD ? SW_DOCTOR_NOTE : SW_DOCTOR_OK,
                  "%.1f of %.1f GB free at %s", (double)room / 1e9, (double)all / 1e9, path);
    if (room < ROOM_GOOD)
        sw_doctor_advise(doctor, "make room (`apt-get clean`, `journalctl --vacuum-size=100M`), or let \"cache\" in %s name a larger disk",
                         SW_HOST_FILE);
    if (disk.f_favail == 0 && disk.f_files > 0)
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "no more files fit (inodes)");
}

/* Which file systems are what they were after a power cut. */
static void say_safety(struct sw_doctor *doctor, const char *path)
{
    static const struct {
        const char *kind;
        enum sw_doctor_level level;
        const char *said;
    } kinds[] = {
        {"ext4", SW_DOCTOR_OK, "outlives power cuts"},
        {"ext3", SW_DOCTOR_OK, "outlives power cuts"},
        {"xfs", SW_DOCTOR_OK, "outlives power cuts"},
        {"btrfs", SW_DOCTOR_OK, "outlives power cuts"},
        {"f2fs", SW_DOCTOR_OK, "outlives power cuts"},
        {"zfs", SW_DOCTOR_OK, "outlives power cuts"},
        {"ext2", SW_DOCTOR_PROBLEM, "may be damaged by a power cut"},
        {"vfat", SW_DOCTOR_PROBLEM, "may be damaged by a power cut"},
        {"exfat", SW_DOCTOR_PROBLEM, "may be damaged by a power cut"},
        {"ntfs3", SW_DOCTOR_NOTE, "may lose files in a power cut"},
        {"tmpfs", SW_DOCTOR_NOTE, "is memory: empty after each start of the machine"},
        {"overlay", SW_DOCTOR_NOTE, "is a layer: whether it outlives a restart is for who has made it to say"},
        {"nfs4", SW_DOCTOR_NOTE, "is another machine's: the wall stands still when that does"},
        {"cifs", SW_DOCTOR_NOTE, "is another machine's: the wall stands still when that does"},
    };
    struct sw_mount mount;
    if (!sw_mount_of(path, &mount))
        return;
    size_t i = 0;
    while (i < SW_COUNT(kinds) && strcmp(kinds[i].kind, mount.kind) != 0)
        i++;
    if (i == SW_COUNT(kinds)) {
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "whether %s outlives a power cut is not known here", mount.kind);
        return;
    }
    sw_doctor_say(doctor, kinds[i].level, "%s %s", mount.kind, kinds[i].said);
    if (kinds[i].level == SW_DOCTOR_PROBLEM)
        sw_doctor_advise(doctor, "let \"cache\" and \"state\" name a disk with ext4");
    if (strstr(mount.options, "nobarrier") != NULL || strstr(mount.options, "barrier=0") != NULL) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "mounted without barriers: what was said to be written may not be");
        sw_doctor_advise(doctor, "take nobarrier out of /etc/fstab");
    }
}

/* MiB a second, with all of it on the disk in the end; 0: it cannot be written. */
static double try_writing(const char *folder)
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/.doctor-%ld", folder, (long)getpid()) >= sizeof path)
        return 0;
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return 0;
    char *bytes = sw_alloc(TRIED_BYTES);
    for (size_t i = 0; i < TRIED_BYTES; i++)
        bytes[i] = (char)(i * 2654435761u >> 13); /* nothing that a disk would pack */
    sw_tick began = sw_tick_now();
    bool good = sw_fd_write_all(file, bytes, TRIED_BYTES) && fsync(file) == 0;
    sw_tick took = sw_tick_now() - began;
    (void)close(file);
    (void)unlink(path);
    free(bytes);
    return good ? (double)(TRIED_BYTES / MIB) * (double)SW_SECOND / (double)(took > 0 ? took : 1) : 0;
}

void sw_doctor_disk(struct sw_doctor *doctor)
{
    struct sw_arena arena = {.blocks = NULL};
    char path[4096];
    const char *folder = sw_doctor_folder(doctor->options->config, &arena);
    if (folder != NULL) {
        bool there = access(folder, F_OK) == 0;
        (void)snprintf(path, sizeof path, "%s", folder);
        sw_doctor_keep_what_exists(path);
        say_room(doctor, path);
        say_safety(doctor, path);
        double speed = there ? try_writing(folder) : 0;
        if (speed > 0)
            sw_doctor_say(doctor, speed < SLOW_MIB_S ? SW_DOCTOR_NOTE : SW_DOCTOR_OK, "writes about %.0f MB/s",
                          speed * (double)MIB / 1e6);
    }
    sw_arena_finish(&arena);
}
