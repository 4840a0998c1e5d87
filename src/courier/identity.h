/* SPDX-License-Identifier: EUPL-1.2 */
/* What makes two requests the same: hashes of how sources are declared. Any thread. */
#ifndef SW_COURIER_IDENTITY_H
#define SW_COURIER_IDENTITY_H

#include <stdint.h>

#include "exhibition/source.h"

/* Of all that decides how its values read: what was kept under another declaration is not taken for this one's, nor are its validators. */
uint64_t sw_identity_declared(const struct sw_source *source);
/* Of all that is sent and of what is done before the body is read: who has the same may share an answer. 0: nobody. */
uint64_t sw_identity_asked(const struct sw_source *source);

#endif
