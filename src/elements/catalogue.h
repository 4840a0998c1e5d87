/* SPDX-License-Identifier: EUPL-1.2 */
/* All kinds of element. To add one: a file with its table and behaviour, and its line in catalogue.c. */
#ifndef SW_ELEMENTS_CATALOGUE_H
#define SW_ELEMENTS_CATALOGUE_H

#include "exhibition/kind.h"

const struct sw_catalogue *sw_catalogue(void);

#endif
