/* SPDX-License-Identifier: EUPL-1.2 */
/* A subcommand of `schauwand`. Options are read by the player, which knows them; here only what decides how it is supervised. */
#ifndef SW_CLI_COMMAND_H
#define SW_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sw_command {
    const char *name;
    const char *summary; /* one line of `schauwand --help` */
    const char *help;    /* `schauwand NAME --help` */
    void (*print_more)(FILE *out); /* behind it, what is made of a table; NULL: nothing */
    /* `arguments` without the command's name. Returns the exit status. */
    int (*run)(const char *const *arguments, size_t count);
};

extern const struct sw_command sw_command_play, sw_command_check, sw_command_render, sw_command_record, sw_command_doctor;
extern const struct sw_command sw_command_keys, sw_command_publish, sw_command_rollback, sw_command_promote, sw_command_playlist;
extern const struct sw_command sw_command_status, sw_command_shot, sw_command_tell, sw_command_report;
extern const struct sw_command sw_command_setup, sw_command_fetch, sw_command_new, sw_command_schema, sw_command_lang;

/* Becomes another program of ours, which is told the command and its arguments; comes back, with an exit status, only where that cannot
 * be. */
int sw_become(const char *program, const char *command, const char *const *arguments, size_t count);

/* Whether the exhibition among the arguments (else the current folder) declares sources: then there is a courier. */
bool sw_arguments_have_sources(const char *const *arguments, size_t count);
/* True if `name` (e.g. "--for") is among the arguments, alone or as "--for=...", before a "--". */
bool sw_arguments_have(const char *const *arguments, size_t count, const char *name);

/* The value of an option; NULL: it is not there, or has none. */
const char *sw_arguments_value(const char *const *arguments, size_t count, const char *name);
/* The first `most` arguments that are no options; returns how many there are. */
size_t sw_arguments_plain(const char *const *arguments, size_t count, const char **plain, size_t most);
/* Whether all options are among `names` (ended by NULL) and whole, and there are no more plain arguments than `most`; else said on standard
 * error. */
bool sw_arguments_fit(const struct sw_command *command, const char *const *arguments, size_t count, const char *const *names, size_t most);

#endif
