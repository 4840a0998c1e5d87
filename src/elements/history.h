/* SPDX-License-Identifier: EUPL-1.2 */
/* The history of a field as an element reads it. Main thread. */
#ifndef SW_ELEMENTS_HISTORY_H
#define SW_ELEMENTS_HISTORY_H

#include "data/series.h"
#include "view/behaviour.h"

struct sw_history {
    const struct sw_series *series; /* held by the context's arena; NULL: none yet */
    sw_instant end;                 /* until when numbers are meant to be there: of live values now, so that it is seen if they stay
                                     * away; of others their last */
    bool live;
};

/* Notes that its source was read. */
struct sw_history sw_history_read(const struct sw_view_context *context, const struct sw_field *field);

#endif
