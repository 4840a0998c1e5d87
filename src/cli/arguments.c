/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "cli/command.h"

bool sw_arguments_have(const char *const *arguments, size_t count, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < count && strcmp(arguments[i], "--") != 0; i++) {
        if (strncmp(arguments[i], name, length) == 0 && (arguments[i][length] == '\0' || arguments[i][length] == '='))
            return true;
    }
    return false;
}

const char *sw_arguments_value(const char *const *items, size_t count, const char *name)
{
    struct sw_arguments arguments = {.items = items, .count = (int)count};
    struct sw_argument argument;
    const char *value = NULL;
    while (sw_arguments_next(&arguments, &argument) == SW_ARGUMENT_OK) {
        if (argument.name != NULL && strcmp(argument.name, name) == 0)
            value = argument.value;
    }
    return value;
}

size_t sw_arguments_plain(const char *const *items, size_t count, const char **plain, size_t most)
{
    struct sw_arguments arguments = {.items = items, .count = (int)count};
    struct sw_argument argument;
    size_t given = 0;
    while (sw_arguments_next(&arguments, &argument) == SW_ARGUMENT_OK) {
        if (argument.name == NULL && given++ < most)
            plain[given - 1] = argument.value;
    }
    return given;
}

static bool is_among(const char *name, const char *const *names)
{
    while (*names != NULL && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

bool sw_arguments_fit(const struct sw_command *command, const char *const *items, size_t count, const char *const *names, size_t most)
{
    struct sw_arguments arguments = {.items = items, .count = (int)count};
    struct sw_argument argument;
    enum sw_argument_status status;
    while ((status = sw_arguments_next(&arguments, &argument)) != SW_ARGUMENT_END) {
        bool known = argument.name == NULL ? most > 0 : status != SW_ARGUMENT_UNKNOWN && is_among(argument.name, names);
        if (known && status == SW_ARGUMENT_OK) {
            most -= argument.name == NULL ? 1 : 0;
            continue;
        }
        fprintf(stderr, "schauwand %s: %s%s: `schauwand %s --help` says what is wanted\n", command->name,
                argument.name != NULL ? argument.name : argument.value,
                !known                                ? " is not understood"
                : status == SW_ARGUMENT_LACKS_VALUE ? " wants a value"
                                                      : " has no value",
                command->name);
        return false;
    }
    return true;
}

bool sw_arguments_have_sources(const char *const *items, size_t count)
{
    struct sw_arguments arguments = {.items = items, .count = (int)count};
    struct sw_argument argument;
    const char *folder = ".";
    char path[4096];
    while (sw_arguments_next(&arguments, &argument) == SW_ARGUMENT_OK) {
        if (argument.name == NULL)
            folder = argument.value;
    }
    int length = snprintf(path, sizeof path, "%s/scenes/sources.json", folder);
    return length > 0 && (size_t)length < sizeof path && access(path, F_OK) == 0;
}
