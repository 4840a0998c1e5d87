/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arguments.h"

#include <stdbool.h>
#include <string.h>

#include "base/must.h"

enum shape { PLAIN, VALUE, OPTIONAL };

/* In the order of `shapes`. */
static const char *const names[] = {
    "--wall", "--window", "--offscreen", "--for",  "--shot", "--every", "--status", "--language", "--reduced-motion", "--at",
    "--threads", "--safe", "--scene", "--size", "--time", "--set", "--open", "-o", "--full", "--json",
    "--boxes", "--panel", "--live", "--host", "--replay", "--to", NULL};
static const enum shape shapes[] = {
    VALUE, OPTIONAL, PLAIN, VALUE, VALUE, VALUE, VALUE, VALUE, PLAIN, VALUE,
    VALUE, PLAIN, VALUE, VALUE, VALUE, VALUE, VALUE, VALUE, PLAIN, PLAIN,
    VALUE, VALUE, PLAIN, VALUE, VALUE, VALUE};
_Static_assert(SW_COUNT(names) == SW_COUNT(shapes) + 1, "one shape a name");

const char *const *sw_arguments_names(void)
{
    return names;
}

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
    while (names[i] != NULL && !(strlen(names[i]) == length && strncmp(names[i], text, length) == 0))
        i++;
    *out = (struct sw_argument){.name = names[i] != NULL ? names[i] : text, .value = equals != NULL ? equals + 1 : NULL};
    if (names[i] == NULL)
        return SW_ARGUMENT_UNKNOWN;
    if (equals != NULL)
        return shapes[i] != PLAIN ? SW_ARGUMENT_OK : SW_ARGUMENT_TAKES_NONE;
    if (shapes[i] == VALUE && arguments->at >= arguments->count)
        return SW_ARGUMENT_LACKS_VALUE;
    if (shapes[i] == VALUE)
        out->value = arguments->items[arguments->at++];
    return SW_ARGUMENT_OK;
}
