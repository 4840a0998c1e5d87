/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand: the command that people type. */
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/log.h"
#include "base/must.h"
#include "cli/command.h"

#define EXIT_USAGE 2

static const struct sw_command *const commands[] = {
    &sw_command_play, &sw_command_check, &sw_command_render, &sw_command_record, &sw_command_doctor,
    &sw_command_keys, &sw_command_publish, &sw_command_rollback, &sw_command_promote, &sw_command_playlist,
    &sw_command_setup, &sw_command_fetch,
    &sw_command_new, &sw_command_schema, &sw_command_lang,
    &sw_command_status, &sw_command_shot, &sw_command_tell, &sw_command_report,
};

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
        if (command->print_more != NULL)
            command->print_more(stdout);
        return printed();
    }
    return command->run(rest, (size_t)count - 2);
}
