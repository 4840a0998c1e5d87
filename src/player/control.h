/* SPDX-License-Identifier: EUPL-1.2 */
/* Those who ask this player something (base/control.h): a thread ("control") hears them, the main thread answers. Whoever says nothing
 * within a second is let go. */
#ifndef SW_PLAYER_CONTROL_H
#define SW_PLAYER_CONTROL_H

#include <stdbool.h>

#include "base/control.h"
#include "base/must.h"
#include "player/wallview.h"

struct sw_control;

/* `wake` is called by the thread when something is asked. NULL (logged) if the thread cannot start. */
struct sw_control *sw_control_create(void (*wake)(void *context), void *context) SW_MUST;
void sw_control_destroy(struct sw_control *control); /* accepts NULL */
/* Somebody new, taken over. Any thread. */
void sw_control_attach(struct sw_control *control, int end);
/* What has been asked, and whom to answer: the caller's to close. False: nothing. Main thread; accepts NULL. */
bool sw_control_take(struct sw_control *control, struct sw_control_request *request, int *end) SW_MUST;

/* Answers with a PNG of the wall, which the thread makes: `pixels` (width * height, XRGB, taken over) as `view` has them. Takes `end` over.
 * Main thread. */
void sw_control_answer_shot(struct sw_control *control, int end, uint32_t *pixels, int width, int height, const struct sw_wallview *view);
/* Answers and closes `end`; `bytes` (`length`; 0: none) go along as memory. Any thread. */
void sw_control_reply(int end, int code, const char *said, const void *bytes, size_t length);

#endif
