/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/filter.h"

#include <string.h>

#include "exhibition/filter_internal.h"
#include "exhibition/help.h"

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

bool sw_filter_help(size_t index, struct sw_help *out)
{
    const char *const *names = sw_filter_names();
    for (size_t i = 0; names[i] != NULL; i++) {
        if (i == index) {
            const struct sw_filter *filter = sw_filter_find(names[i]);
            *out = (struct sw_help){filter->name, filter->form, filter->meaning};
            return true;
        }
    }
    return false;
}
