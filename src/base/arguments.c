/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arguments.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum shape { PLAIN, VALUE, OPTIONAL };

// clang-format off
static const struct {
    const char *name;
    enum shape shape;
} options[] = {
    {"--at", VALUE},
    {"--backend", VALUE},
    {"--boxes", VALUE},
    {"--by", VALUE},
    {"--cache", VALUE},
    {"--clips", VALUE},
    {"--config", VALUE},
    {"--control", VALUE},
    {"--count", VALUE},
    {"--csv", PLAIN},
    {"--every", VALUE},
    {"--fallback", PLAIN},
    {"--for", VALUE},
    {"--format", VALUE},
    {"--from", VALUE},
    {"--full", PLAIN},
    {"--generation", VALUE},
    {"--in-scenes", PLAIN},
    {"--json", PLAIN},
    {"--language", VALUE},
    {"--live", PLAIN},
    {"--nagios", PLAIN},
    {"-o", VALUE},
    {"--offscreen", PLAIN},
    {"--open", VALUE},
    {"--panel", VALUE},
    {"--played", VALUE},
    {"--plays", VALUE},
    {"--reached", VALUE},
    {"--reduced-motion", PLAIN},
    {"--replay", VALUE},
    {"--reviewed-by", VALUE},
    {"--root-key", VALUE},
    {"--safe", PLAIN},
    {"--scene", VALUE},
    {"--set", VALUE},
    {"--shot", VALUE},
    {"--since", VALUE},
    {"--size", VALUE},
    {"--status", VALUE},
    {"--strict", PLAIN},
    {"--texts", VALUE},
    {"--threads", VALUE},
    {"--time", VALUE},
    {"--to", VALUE},
    {"--strict", PLAIN},
    {"--title", VALUE},
    {"--told", VALUE},
    {"--touch", VALUE},
    {"--until", VALUE},
    {"--visit", OPTIONAL},
    {"--wall", VALUE},
    {"--window", OPTIONAL},
    {"--without-gpu", PLAIN},
    {"--without-replay", PLAIN},
    {"--zone", VALUE},
};
// clang-format on

/* An option's value may stand behind "=" or be the next argument; an optional one only behind "=". */
enum sw_argument_status sw_arguments_next(struct sw_arguments *arguments, struct sw_argument *out)
{
    if (arguments->at >= arguments->count)
        return SW_ARGUMENT_END;
    const char *text = arguments->items[arguments->at++], *equals = strchr(text, '=');
    *out = (struct sw_argument){.value = text};
    if (text[0] != '-' || text[1] == '\0')
        return SW_ARGUMENT_OK;
    size_t length = equals != NULL ? (size_t)(equals - text) : strlen(text), i = 0;
    while (i < SW_COUNT(options) && !(strlen(options[i].name) == length && strncmp(options[i].name, text, length) == 0))
        i++;
    *out = (struct sw_argument){.name = i < SW_COUNT(options) ? options[i].name : text, .value = equals != NULL ? equals + 1 : NULL};
    if (i == SW_COUNT(options))
        return SW_ARGUMENT_UNKNOWN;
    if (equals != NULL)
        return options[i].shape != PLAIN ? SW_ARGUMENT_OK : SW_ARGUMENT_TAKES_NONE;
    if (options[i].shape == VALUE && arguments->at >= arguments->count)
        return SW_ARGUMENT_LACKS_VALUE;
    if (options[i].shape == VALUE)
        out->value = arguments->items[arguments->at++];
    return SW_ARGUMENT_OK;
}

bool sw_arguments_fail(const struct sw_arguments_fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(fault->text, fault->size, format, arguments);
    va_end(arguments);
    return false;
}

bool sw_arguments_refuse(const struct sw_arguments_fault *fault, const struct sw_argument *argument, enum sw_argument_status status)
{
    switch (status) {
    case SW_ARGUMENT_OK:
    case SW_ARGUMENT_END: break;
    case SW_ARGUMENT_UNKNOWN: return sw_arguments_fail(fault, "there is no option %s; see --help", argument->name);
    case SW_ARGUMENT_LACKS_VALUE: return sw_arguments_fail(fault, "%s wants a value behind it", argument->name);
    case SW_ARGUMENT_TAKES_NONE: return sw_arguments_fail(fault, "%s takes no value", argument->name);
    }
    return false;
}

bool sw_arguments_follow(const char *exhibition, const char *config)
{
    if (exhibition != NULL)
        return strstr(exhibition, "://") != NULL;
    return access("scenes", F_OK) != 0 && (config != NULL || access(SW_CONFIG_FILE, F_OK) == 0);
}
