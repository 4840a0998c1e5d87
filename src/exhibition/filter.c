/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/filter.h"

#include <string.h>

#include "exhibition/filter_internal.h"

const struct sw_filter *sw_filter_find(const char *name)
{
#define ROW(name) &sw_filter_##name,
    static const struct sw_filter *const filters[] = {SW_FILTERS(ROW) NULL};
#undef ROW
    for (const struct sw_filter *const *filter = filters; *filter != NULL; filter++) {
        if (strcmp((*filter)->name, name) == 0) {
            return *filter;
        }
    }
    return NULL;
}

const char *const *sw_filter_names(void)
{
#define NAME(name) #name,
    static const char *const names[] = {SW_FILTERS(NAME) NULL};
#undef NAME
    return names;
}
