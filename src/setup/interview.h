/* SPDX-License-Identifier: EUPL-1.2 */
/* What is asked, in plain words and one thing at a time; each answer is judged at once. */
#ifndef SW_SETUP_INTERVIEW_H
#define SW_SETUP_INTERVIEW_H

#include "setup/draft.h"
#include "setup/keep.h"
#include "setup/order.h"

struct sw_interview {
    const struct sw_setup_order *order;
    struct sw_draft *draft;
    struct sw_keep *keep; /* secrets that were typed */
};

/* Puts the answers that were given as options into the draft; false: said, every one that is not good. */
bool sw_interview_take(struct sw_interview *interview) SW_MUST;
/* Asks for what the options did not say: all of it, or after --from only what is another wall's own. False: there are no more answers. */
bool sw_interview_ask(struct sw_interview *interview) SW_MUST;
/* Asks for a secret without showing it, and keeps it for the file `path`. False: there are no more answers. */
bool sw_interview_secret(struct sw_interview *interview, const char *words, const char *path) SW_MUST;
/* "yes or no" at the end; false: no, or no answer. */
bool sw_interview_agree(const char *question) SW_MUST;

#endif
