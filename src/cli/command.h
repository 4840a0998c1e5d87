/* SPDX-License-Identifier: EUPL-1.2 */
/* A subcommand of `schauwand`. Options are read by the player, which knows them; here only what decides how it is supervised. */
#ifndef SW_CLI_COMMAND_H
#define SW_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct sw_command {
    const char *name;
    const char *summary; /* one line of `schauwand --help` */
    const char *help;    /* `schauwand NAME --help` */
    /* `arguments` without the command's name. Returns the exit status. */
    int (*run)(const char *const *arguments, size_t count);
};

extern const struct sw_command sw_command_play, sw_command_check, sw_command_render, sw_command_record, sw_command_doctor;

/* True if `name` (e.g. "--for") is among the arguments, alone or as "--for=...", before a "--". */
/* Whether the exhibition among the arguments (else the current folder) declares sources: then there is a courier. */
bool sw_arguments_have_sources(const char *const *arguments, size_t count);
bool sw_arguments_have(const char *const *arguments, size_t count, const char *name);

#endif
