/* SPDX-License-Identifier: EUPL-1.2 */
/* What schauwand hands on: `export`, `import` or `status`, options, and the descriptor of the inventory. */
#ifndef SW_LANG_ORDER_H
#define SW_LANG_ORDER_H

#include <stdbool.h>

#include "base/must.h"

enum sw_lang_task { SW_LANG_EXPORT, SW_LANG_IMPORT, SW_LANG_STATUS };

struct sw_order {
    enum sw_lang_task task;
    const char *folder;   /* the exhibition's; "." */
    const char *file;     /* import: what is handed in */
    const char *language; /* NULL: not said */
    const char *output;   /* export: NULL: standard output */
    const char *by;       /* import: who has reviewed all of it; NULL: not said */
    bool scenes;          /* import: what stands in the scenes themselves is changed too */
    bool xliff;           /* export */
    bool json, strict;    /* status */
    int texts;            /* the inventory; -1: none */
};

/* False (said on standard error): something is wrong with it. */
bool sw_order_parse(struct sw_order *order, int count, char **arguments) SW_MUST;

#endif
