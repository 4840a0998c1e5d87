/* SPDX-License-Identifier: EUPL-1.2 */
/* One visitor's stay in a zone: language, session state, where they are and where they came from; and the values of declared state. Gone
 * without a trace when the visit ends. Main thread. */
#ifndef SW_STAGE_VISIT_H
#define SW_STAGE_VISIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/tick.h"
#include "exhibition/exhibition.h"
#include "view/choice.h"

#define SW_STATE_TEXT_MAX 256 /* bytes of a text that state holds */
#define SW_HISTORY_MAX 32

/* The values of a scene's or the session's declared state. */
struct sw_state_values {
    const struct sw_states *states;
    struct sw_value *values;          /* one a state */
    char (*texts)[SW_STATE_TEXT_MAX]; /* where undeclared texts are kept */
};

void sw_state_values_init(struct sw_state_values *values, const struct sw_states *states); /* each at its default */
void sw_state_values_finish(struct sw_state_values *values);
void sw_state_values_reset(struct sw_state_values *values);
void sw_state_values_copy(struct sw_state_values *to, const struct sw_state_values *from); /* both of the same states */
/* false where there is no such state, or the value is none that it may have; *changed only ever becomes true. */
bool sw_state_values_set(struct sw_state_values *values, const char *name, struct sw_value value, bool *changed);
bool sw_state_values_get(const struct sw_state_values *values, const char *name, struct sw_value *out);

/* A place that `back` returns to, with the scene's state as it was left. */
struct sw_place {
    const struct sw_scene *scene;
    int page;
    struct sw_state_values state;
};

struct sw_visit {
    bool active;
    const char *language; /* of the exhibition's list */
    struct sw_state_values session;
    struct sw_choices choices;
    struct sw_place history[SW_HISTORY_MAX];
    size_t history_count;
    sw_tick last_touch;
    sw_tick watched;         /* until then a video played for the visitor, which counts as a touch does */
    sw_tick countdown_since; /* SW_NEVER: none */
    bool last;               /* its countdown runs, and no touch stops it */
};

void sw_visit_init(struct sw_visit *visit, const struct sw_exhibition *exhibition, const char *language);
void sw_visit_finish(struct sw_visit *visit);
/* Back to how a visit begins. */
void sw_visit_reset(struct sw_visit *visit, const char *language);
/* Notes a place; the oldest is forgotten when there are too many. */
void sw_visit_push(struct sw_visit *visit, const struct sw_scene *scene, int page, const struct sw_state_values *state);
/* Takes the last place; its state is the caller's to finish. false: there is none. */
bool sw_visit_pop(struct sw_visit *visit, struct sw_place *place);

#endif
