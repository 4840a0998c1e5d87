/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said about a picture file, in the words of a fault: it follows the file's name. */
#ifndef SW_MEDIA_VERDICT_H
#define SW_MEDIA_VERDICT_H

#include "media/media.h"
#include "media/order.h"

/* Of an order that has been answered. */
void sw_verdict_of(const struct sw_order *order, struct sw_media_verdict *verdict);

#endif
