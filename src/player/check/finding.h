/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check --full` finds out about pages, before it is said: each thing in its worst case, however many pages, languages and walls show
 * it. In whatever order things are found, what is left is the same. One thread at a time. */
#ifndef SW_PLAYER_CHECK_FINDING_H
#define SW_PLAYER_CHECK_FINDING_H

#include <stdint.h>

#include "base/diag.h"

enum sw_rule {
    SW_RULE_LETTER,   /* no font has it */
    SW_RULE_GAP,      /* between displays, through words */
    SW_RULE_OVERFLOW, /* of a text out of its room */
    SW_RULE_SHRINK,   /* of a text below its style */
    SW_RULE_SMALL,    /* letters, from where people stand */
    SW_RULE_TARGET,   /* for a finger, too small */
    SW_RULE_REACH,    /* of controls */
    SW_RULE_CONTRAST,
    SW_RULE_READING,  /* takes longer than the page stays */
    SW_RULE_MEDIA,    /* larger than it is shown anywhere: of all its places the largest counts */
    SW_RULE_COST,     /* memory, and the time to load */
    SW_RULE_COUNT,
};

/* Strings are copied when it is added. */
struct sw_finding {
    enum sw_rule rule;
    enum sw_severity severity;
    uint64_t what;    /* of several of that rule in one place: which; of SW_RULE_MEDIA: of which file, wherever it is */
    double worth;     /* the case with the most of it stands for all */
    const char *file;
    int line, column;
    const char *path;
    const char *text; /* "": nothing is to be said, if this is the case that counts */
};

struct sw_findings {
    struct sw_arena arena;
    struct sw_finding *items;
    size_t count, capacity, settled;
};

void sw_findings_finish(struct sw_findings *findings); /* accepts a zeroed one, which is an empty one */
void sw_findings_add(struct sw_findings *findings, const struct sw_finding *finding);
/* One of each, in a fixed order. */
void sw_findings_settle(struct sw_findings *findings);
/* Appends what is to be said; it has been settled. */
void sw_findings_say(const struct sw_findings *findings, struct sw_diags *diags);

#endif
