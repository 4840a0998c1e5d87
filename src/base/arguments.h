/* SPDX-License-Identifier: EUPL-1.2 */
/* What people type behind a command: options, with or without a value, and plain arguments. Player and courier get the same ones and take
 * each what is theirs; which options have a value is known here alone. */
#ifndef SW_BASE_ARGUMENTS_H
#define SW_BASE_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

#define SW_CONFIG_FILE "/etc/schauwand/wall.json" /* what this machine's operator has decided; another one by --config */

struct sw_arguments {
    const char *const *items;
    int count, at; /* `at`: the next one */
};

struct sw_argument {
    const char *name;  /* "--wall"; NULL: a plain argument. As it was typed where it is unknown */
    const char *value; /* NULL: none; that of a plain argument is itself */
};

enum sw_argument_status {
    SW_ARGUMENT_OK,
    SW_ARGUMENT_END,
    SW_ARGUMENT_UNKNOWN,
    SW_ARGUMENT_LACKS_VALUE,
    SW_ARGUMENT_TAKES_NONE,
};

enum sw_argument_status sw_arguments_next(struct sw_arguments *arguments, struct sw_argument *out);

/* Where a reader of arguments says what is wrong with them, and what would be right. */
struct sw_arguments_fault {
    char *text;
    size_t size;
};

/* Both return false. `status`: neither OK nor END. */
bool sw_arguments_fail(const struct sw_arguments_fault *fault, const char *format, ...) SW_PRINTF(2, 3);
bool sw_arguments_refuse(const struct sw_arguments_fault *fault, const struct sw_argument *argument, enum sw_argument_status status);

/* Whether `play` follows a published exhibition: `exhibition` (NULL: none was typed) is an address, or there is none in the current folder
 * either, but a configuration (`config`: typed, NULL: not), which then says where it is. */
bool sw_arguments_follow(const char *exhibition, const char *config) SW_MUST;

#endif
