/* SPDX-License-Identifier: EUPL-1.2 */
/* Which system calls each role may make. What no rule names is answered with ENOSYS, as an older kernel would: libraries ask for what is
 * new and live without it. What nothing of ours ever does ends a worker at once (KILL). Used when this is built, by compile.c alone. */
#ifndef SW_BASE_FILTER_RULES_H
#define SW_BASE_FILTER_RULES_H

#include <stddef.h>
#include <stdint.h>

#include "base/fence.h"

enum sw_rule_action { SW_RULE_ALLOW, SW_RULE_REFUSE, SW_RULE_KILL }; /* REFUSE: the rule says with which errno */

/* The argument `number`, and-ed with `mask`, is (or is not) `value`. A mask of 0: no condition. */
struct sw_rule_test {
    unsigned number;
    uint64_t mask, value;
    int is_not; /* compares the whole argument's lower half; no mask */
};

struct sw_rule {
    const char *calls; /* names, separated by blanks; one that this machine does not have is passed over */
    enum sw_rule_action action;
    int refusal;
    struct sw_rule_test tests[2]; /* all must hold */
};

struct sw_rule_set {
    const struct sw_rule *rules;
    size_t count;
};

#define SW_RULE_SETS_MAX 12

/* The sets of a role: SW_RULE_SETS_MAX, or up to one of count 0. */
const struct sw_rule_set *sw_rules_of(enum sw_fence_role role);
/* Beyond those, in a build that watches itself for faults: its checks at the end look into threads from a process beside it. */
const struct sw_rule_set *sw_rules_watched(void);

#endif
