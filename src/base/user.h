/* SPDX-License-Identifier: EUPL-1.2 */
/* Who somebody of this machine is, for records that people read. */
#ifndef SW_BASE_USER_H
#define SW_BASE_USER_H

#include <stddef.h>
#include <sys/types.h>

/* The name of a user by /etc/passwd, or "uid 1234" where it is not there or longer than `capacity` (at least 16). Reads a file, and asks no
 * server as getpwuid may. */
void sw_user_name(uid_t user, char *name, size_t capacity);

#endif
