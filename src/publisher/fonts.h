/* SPDX-License-Identifier: EUPL-1.2 */
/* The fonts of Debian packages travel with the release, as fonts/packages/<package>/<file>, each package with its copyright file beside
 * them: a wall needs none of these packages. */
#ifndef SW_PUBLISHER_FONTS_H
#define SW_PUBLISHER_FONTS_H

#include "publisher/tree.h"

/* Adds those that the exhibition uses; every fault is printed: a font that is not installed here, or comes without its licence. */
bool sw_fonts_add(struct sw_tree *tree) SW_MUST;

#endif
