/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files trial*.c share. Private to them. */
#ifndef SW_COURIER_TRIAL_INTERNAL_H
#define SW_COURIER_TRIAL_INTERNAL_H

#include "base/buffer.h"
#include "courier/trial.h"
#include "data/freshness.h"

/* One answer, as it is told. */
struct sw_trial_view {
    const struct sw_source *source;
    const struct sw_request *request; /* the source's own, or its back-fill's */
    const struct sw_job_end *end;
    const struct sw_zone_rules *zone;
    const char *language;
    sw_instant now;
};

/* In the view's language; "" where there is none. */
const char *sw_trial_unit(const struct sw_trial_view *view, const struct sw_field *field, struct sw_arena *arena);

/* -- trial_text.c: some lines; trial_json.c: an object -- */
void sw_trial_write_text(struct sw_buffer *out, const struct sw_trial_view *view);
void sw_trial_write_json(struct sw_buffer *out, const struct sw_trial_view *view);
void sw_trial_write_json_faults(struct sw_buffer *out, const struct sw_diags *diags);

#endif
