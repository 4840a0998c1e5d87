/* SPDX-License-Identifier: EUPL-1.2 */
/* How far a language is: each text with what it is translated from, what there is, and what that is worth. */
#ifndef SW_LANG_JOB_H
#define SW_LANG_JOB_H

#include "lang/inventory.h"

enum sw_job_state {
    SW_JOB_MISSING,    /* visitors read another language */
    SW_JOB_PLAIN,      /* it stands there once, for all languages */
    SW_JOB_CHANGED,    /* what it was translated from has changed since */
    SW_JOB_TRANSLATED, /* in scenes/lang/ */
    SW_JOB_INLINE,     /* beside the text itself */
};
#define SW_JOB_STATES 5

enum sw_job_review { SW_REVIEW_NONE, SW_REVIEW_OLD, SW_REVIEW_DONE }; /* OLD: the translation has changed since */

struct sw_job {
    const struct sw_text *text;
    const char *source;                   /* the text, in the exhibition's first language or else in the first one that it has */
    const struct sw_text_version *target; /* its text is NULL where there is none */
    enum sw_job_state state;
    enum sw_job_review review;
};

struct sw_jobs {
    struct sw_arena arena;
    const char *from, *to;
    struct sw_job *items; /* in the order of files and places; texts without words are left out, unless somebody has translated them */
    size_t count;
    size_t states[SW_JOB_STATES];
    bool easy;                    /* a language whose texts want a review */
    size_t reviewed, review_old;  /* of those that there are */
};

/* Of the language `to`, which is one of the exhibition's, not the first. */
void sw_jobs_make(struct sw_jobs *jobs, const struct sw_inventory *inventory, int to);
void sw_jobs_finish(struct sw_jobs *jobs); /* accepts a zeroed one */
/* "missing" ...: the word for it in what is handed out. */
const char *sw_job_state_text(enum sw_job_state state);
/* What a text is translated from into the language `to`; NULL: it stands in that language alone. */
const char *sw_job_source(const struct sw_text *text, size_t language_count, size_t to);
/* "de-leicht", "de-simple": an easy language, whose texts are reviewed by those whom they are for. */
bool sw_language_easy(const char *language);

#endif
