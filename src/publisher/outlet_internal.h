/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the outlet share. Private to them. */
#ifndef SW_PUBLISHER_OUTLET_INTERNAL_H
#define SW_PUBLISHER_OUTLET_INTERNAL_H

#include "publisher/outlet.h"

#define SW_OUTLET_PATH 4096

bool sw_outlet_make_folder(const struct sw_outlet *outlet, const char *name) SW_MUST;
/* Writes PATH below the folder unless the same is there already. */
bool sw_outlet_write(const struct sw_outlet *outlet, const char *path, const char *text) SW_MUST;

#endif
