/* SPDX-License-Identifier: EUPL-1.2 */
/* A published folder on this machine, a USB stick's for instance, as an origin. Nothing in it is trusted more than what a server says:
 * no path leaves it, no link is followed, only plain files are read. One thread. */
#ifndef SW_FOLLOW_FOLDER_H
#define SW_FOLLOW_FOLDER_H

#include "base/file.h"
#include "follow/origin.h"

struct sw_folder;

/* NULL with *status set. */
struct sw_folder *sw_folder_create(const char *path, enum sw_file_status *status) SW_MUST;
void sw_folder_destroy(struct sw_folder *folder); /* what is under way is dropped. Accepts NULL */
struct sw_origin sw_folder_origin(struct sw_folder *folder);
/* Reads a piece of each file that is under way, and calls back. False: nothing is. */
bool sw_folder_turn(struct sw_folder *folder);

#endif
