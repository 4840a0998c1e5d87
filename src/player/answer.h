/* SPDX-License-Identifier: EUPL-1.2 */
/* What the player answers to those who ask (base/control.h). Main thread. */
#ifndef SW_PLAYER_ANSWER_H
#define SW_PLAYER_ANSWER_H

#include "base/buffer.h"
#include "player/control.h"
#include "player/loop.h"

/* Answers all that has been asked, and does what has been told. */
void sw_loop_answer(struct sw_loop *loop);

/* -- order.c -- */
/* Opens, closes or blanks the wall (where the card is on: if its hours are known), sets its volumes, or has what plays looked for anew.
 * False: *fault (static) says why not. */
bool sw_loop_order(struct sw_loop *loop, const struct sw_control_request *request, const char **fault) SW_MUST;

/* -- report.c -- */
/* What is on and how it fares, into `out` (empty). Returns 0: all is well; 1: something is to be looked at; 2: the content does not
 * play. */
int sw_report(const struct sw_loop *loop, const struct sw_status_facts *facts, enum sw_control_form form, struct sw_buffer *out);

#endif
