/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/choice.h"

#include <string.h>

static size_t find(const struct sw_choices *choices, uint64_t identity)
{
    size_t at = 0;
    while (at < choices->count && choices->items[at].identity != identity) {
        at++;
    }
    return at;
}

int sw_choices_get(const struct sw_choices *choices, uint64_t identity, int otherwise)
{
    size_t at = choices != NULL ? find(choices, identity) : 0;
    return choices != NULL && at < choices->count ? choices->items[at].value : otherwise;
}

void sw_choices_set(struct sw_choices *choices, uint64_t identity, int value)
{
    size_t at = find(choices, identity);
    if (at == SW_CHOICES_MAX) {
        at = 0;
    }
    if (at < choices->count) {
        memmove(&choices->items[at], &choices->items[at + 1], (choices->count - at - 1) * sizeof choices->items[0]);
        choices->count--;
    }
    choices->items[choices->count++] = (struct sw_choice){identity, value};
}
