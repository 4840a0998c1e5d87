/* SPDX-License-Identifier: EUPL-1.2 */
/* Questions on standard output, answers from standard input: a terminal, or lines of a file. */
#ifndef SW_SETUP_DIALOGUE_H
#define SW_SETUP_DIALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

#define SW_ANSWER_MAX 4096

enum sw_answer {
    SW_ANSWER_GIVEN,
    SW_ANSWER_REFUSED, /* too long, or no text: it was said, and may be asked again */
    SW_ANSWER_ENDED,   /* there will be no more, or whoever sits there wants to end */
};

/* One line, without blanks around it. */
enum sw_answer sw_dialogue_line(const char *prompt, char out[SW_ANSWER_MAX]) SW_MUST;
/* The same without showing what is typed; blanks belong to it. Wipe it. */
enum sw_answer sw_dialogue_secret(const char *prompt, char out[SW_ANSWER_MAX]) SW_MUST;

#endif
