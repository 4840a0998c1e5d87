/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/child.h"
#include "cli/command.h"

#define CANNOT 2
#define ARGUMENTS_MAX 520

int sw_become(const char *program, const char *command, const char *const *arguments, size_t count)
{
    char folder[4000], path[4096];
    const char *list[ARGUMENTS_MAX + 3] = {path, command};
    if (count > ARGUMENTS_MAX) {
        (void)fprintf(stderr, "schauwand %s: more than %d arguments\n", command, ARGUMENTS_MAX);
        return CANNOT;
    }
    if (!sw_child_helper_folder(program, folder, sizeof folder)) {
        (void)fprintf(stderr, "schauwand %s: %s is neither beside this program nor in ../libexec/schauwand\n", command, program);
        return CANNOT;
    }
    (void)snprintf(path, sizeof path, "%s/%s", folder, program);
    memcpy(&list[2], arguments, count * sizeof *arguments);
    sw_child_become(list);
    perror(path);
    return CANNOT;
}
