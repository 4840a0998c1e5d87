/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/user.h"

#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>

void sw_user_name(uid_t user, char *name, size_t capacity)
{
    char line[4096];
    struct passwd entry, *found = NULL;
    FILE *users = fopen("/etc/passwd", "re");
    bool known = false;
    while (users != NULL && !known && fgetpwent_r(users, &entry, line, sizeof line, &found) == 0)
        known = entry.pw_uid == user;
    if (users != NULL)
        (void)fclose(users);
    if (!known || (size_t)snprintf(name, capacity, "%s", entry.pw_name) >= capacity)
        (void)snprintf(name, capacity, "uid %u", (unsigned)user);
}
