/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/state.h"

#include <stdio.h>
#include <stdlib.h>

bool sw_state_path(const char *name, char *path, size_t capacity)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME"), *part = name[0] != '\0' ? "/" : "";
    int length = -1;
    if (state != NULL && state[0] == '/')
        length = snprintf(path, capacity, "%s/schauwand%s%s", state, part, name);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, capacity, "%s/.local/state/schauwand%s%s", home, part, name);
    return length > 0 && (size_t)length < capacity;
}
