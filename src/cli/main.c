/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand: the command that people type. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/diag.h"
#include "base/log.h"
#include "base/must.h"
#include "cli/command.h"

#define EXIT_USAGE 2

static const struct sw_command *const commands[] = {
    &sw_command_play, &sw_command_check,   &sw_command_render,   &sw_command_record,  &sw_command_doctor, &sw_command_keys,
    &sw_command_publish, &sw_command_rollback, &sw_command_promote, &sw_command_status, &sw_command_shot, &sw_command_tell,
};

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

static void print_usage(FILE *out)
{
    fputs("usage: schauwand COMMAND ...\n\n", out);
    for (size_t i = 0; i < SW_COUNT(commands); i++)
        fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n`schauwand COMMAND --help` says more; `schauwand --version` which one this is.\n", out);
}

static const struct sw_command *find(const char *name)
{
    for (size_t i = 0; i < SW_COUNT(commands); i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

static int unknown(const char *name)
{
    const char *names[SW_COUNT(commands)];
    for (size_t i = 0; i < SW_COUNT(commands); i++)
        names[i] = commands[i]->name;
    const char *nearest = sw_nearest(name, names, SW_COUNT(names));
    if (nearest != NULL)
        fprintf(stderr, "schauwand: unknown command \"%s\": did you mean \"%s\"?\n", name, nearest);
    else
        fprintf(stderr, "schauwand: unknown command \"%s\": `schauwand --help` names them\n", name);
    return EXIT_USAGE;
}

static int printed(void)
{
    return fflush(stdout) == 0 ? 0 : EXIT_USAGE;
}

int main(int count, char **arguments)
{
    sw_log_init("schauwand", SW_LOG_NOTICE);
    if (count < 2) {
        print_usage(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(arguments[1], "--version") == 0) {
        puts("schauwand " SW_VERSION);
        return printed();
    }
    if (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "-h") == 0) {
        print_usage(stdout);
        return printed();
    }
    const struct sw_command *command = find(arguments[1]);
    if (command == NULL)
        return unknown(arguments[1]);
    const char *const *rest = (const char *const *)arguments + 2;
    if (sw_arguments_have(rest, (size_t)count - 2, "--help")) {
        fputs(command->help, stdout);
        return printed();
    }
    return command->run(rest, (size_t)count - 2);
}
