/* SPDX-License-Identifier: EUPL-1.2 */
/* What a process gives up for good before it reads the first foreign byte: new privileges, core dumps, resources beyond its needs
 * (rlimits), files outside its places (Landlock) and system calls outside its list (seccomp; base/filter/rules.c). A role is a row of the
 * table in fence_role.c and a list of rules. Each process fences itself, early in main() and before it has threads: what is inherited
 * could only be as wide as the widest child needs, and the supervisor must start children. A kernel without Landlock, or with an older
 * one, gives what it has. */
#ifndef SW_BASE_FENCE_H
#define SW_BASE_FENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"

enum sw_fence_role {
    SW_FENCE_SUPERVISOR, /* no new privileges and no core dumps: both are inherited; nothing else, as its children need more than itself */
    SW_FENCE_PLAYER,     /* no internet, no exec; reads the system's libraries, fonts and devices of the display, and its places */
    SW_FENCE_COURIER,    /* the internet, no exec; reads the system's certificates and resolver, and its places */
    SW_FENCE_FOLLOWER,   /* the same, and writes the long files of releases */
    SW_FENCE_PICTURE,    /* descriptors it is given, and memory: no file, no socket, no thread */
    SW_FENCE_SVG,        /* the same with threads, and the system's fonts and libraries to read */
    SW_FENCE_JQ,         /* descriptors it is given, memory, and threads: no file, no socket */
    SW_FENCE_VIDEO,      /* the same, and the system's libraries to read: libvlc loads its parts when it needs them */
    SW_FENCE_LANG,       /* its places, to write to: no socket, no thread */
};
#define SW_FENCE_ROLES 9
#define SW_FENCE_PICTURE_BYTES ((int64_t)256 << 20) /* the longest memory that a picture or SVG worker can make */
#define SW_FENCE_JQ_BYTES ((int64_t)16 << 20)       /* and the jq worker */

enum sw_fence_access {
    SW_FENCE_READ,   /* files and lists of folders */
    SW_FENCE_WRITE,  /* and make, change, rename and remove files and folders */
    SW_FENCE_DEVICE, /* and write to and control what is there */
};

/* A file or a folder with all below it. NULL or not there: left out. It is the thing itself that counts: another one that is put under the
 * same name later is outside. */
struct sw_fence_place {
    const char *path;
    enum sw_fence_access access;
};

/* Raises the role's fence with `places` (count) in addition to the role's own. The main thread must be the only one. False (logged): do not
 * go on. */
bool sw_fence_raise(enum sw_fence_role role, const struct sw_fence_place *places, size_t count) SW_MUST;

/* Which Landlock the kernel has, from 1; 0: none. */
int sw_fence_landlock(void);

#endif
