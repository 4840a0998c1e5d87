/* SPDX-License-Identifier: EUPL-1.2 */
/* The tasks. Each returns the exit status: 0 done, 1 faults, 2 cannot be done. */
#ifndef SW_LANG_TASKS_H
#define SW_LANG_TASKS_H

#include "lang/inventory.h"
#include "lang/order.h"

/* Writes what there is to translate; a summary to standard error. */
int sw_lang_export(const struct sw_order *order, const struct sw_inventory *inventory);
/* Takes in what is read from `fd`: all of it, or after a fault nothing. */
int sw_lang_import(const struct sw_order *order, const struct sw_inventory *inventory, int fd);
/* Prints how far languages are. */
int sw_lang_status(const struct sw_order *order, const struct sw_inventory *inventory);

#endif
