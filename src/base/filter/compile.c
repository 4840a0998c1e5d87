/* SPDX-License-Identifier: EUPL-1.2 */
/* fence-compile [watched] > fence_filters.h: makes the filters of all roles when this is built. At run time a filter is a constant, so that
 * no role links libseccomp or spends time on it. */
#include <errno.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/filter/rules.h"

#define FILTER_MAX 4096 /* instructions: the kernel's own limit (BPF_MAXINSNS) */

_Noreturn static void die(const char *what, const char *name, int status)
{
    (void)fprintf(stderr, "fence-compile: %s %s: %s\n", what, name, strerror(status < 0 ? -status : status));
    exit(1);
}

static uint32_t action_of(const struct sw_rule *rule)
{
    switch (rule->action) {
    case SW_RULE_ALLOW: return SCMP_ACT_ALLOW;
    case SW_RULE_REFUSE: return SCMP_ACT_ERRNO((uint32_t)rule->refusal);
    case SW_RULE_KILL: break;
    }
    return SCMP_ACT_KILL_PROCESS;
}

static unsigned tests_of(const struct sw_rule *rule, struct scmp_arg_cmp *out)
{
    unsigned count = 0;
    for (size_t i = 0; i < sizeof rule->tests / sizeof rule->tests[0]; i++) {
        const struct sw_rule_test *test = &rule->tests[i];
        if (test->is_not)
            out[count++] = SCMP_CMP32(test->number, SCMP_CMP_NE, (uint32_t)test->value, 0);
        else if (test->mask != 0)
            out[count++] = SCMP_CMP64(test->number, SCMP_CMP_MASKED_EQ, test->mask, test->value);
    }
    return count;
}

static void add_rule(scmp_filter_ctx filter, const struct sw_rule *rule)
{
    struct scmp_arg_cmp tests[2];
    unsigned count = tests_of(rule, tests);
    char name[64];
    for (const char *at = rule->calls; *at != '\0';) {
        size_t length = strcspn(at, " ");
        if (length >= sizeof name)
            die("too long:", at, EINVAL);
        memcpy(name, at, length);
        name[length] = '\0';
        at += length + strspn(at + length, " ");
        int number = seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR)
            die("unknown to libseccomp:", name, EINVAL);
        if (number < 0)
            continue; /* of other machines */
        int status = seccomp_rule_add_array(filter, action_of(rule), number, count, tests);
        if (status != 0)
            die("no rule for", name, status);
    }
}

static void add_sets(scmp_filter_ctx filter, const struct sw_rule_set *sets)
{
    for (size_t s = 0; s < SW_RULE_SETS_MAX && sets[s].count > 0; s++)
        for (size_t i = 0; i < sets[s].count; i++)
            add_rule(filter, &sets[s].rules[i]);
}

static void print_filter(scmp_filter_ctx filter, int role)
{
    static struct sock_filter code[FILTER_MAX];
    FILE *file = tmpfile();
    if (file == NULL)
        die("no temporary", "file", errno);
    int status = seccomp_export_bpf(filter, fileno(file));
    if (status != 0)
        die("cannot", "export", status);
    rewind(file);
    size_t count = fread(code, sizeof code[0], FILTER_MAX, file);
    if (count == 0 || count == FILTER_MAX)
        die("an odd size of the", "filter", EINVAL);
    (void)fclose(file);
    printf("\nstatic const struct sock_filter sw_fence_code_%d[] = {\n", role);
    for (size_t i = 0; i < count; i++)
        printf("    {0x%04x, %u, %u, 0x%08x},\n", code[i].code, code[i].jt, code[i].jf, code[i].k);
    printf("};\n");
}

static bool compile(enum sw_fence_role role, bool watched)
{
    const struct sw_rule_set *sets = sw_rules_of(role);
    if (sets->count == 0)
        return false;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (filter == NULL)
        die("no", "filter", ENOMEM);
    int status = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (status == 0)
        status = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a tree, not a chain */
    if (status != 0)
        die("cannot set", "attributes", status);
    add_sets(filter, sets);
    if (watched)
        add_sets(filter, sw_rules_watched());
    print_filter(filter, (int)role);
    seccomp_release(filter);
    return true;
}

int main(int count, char **arguments)
{
    bool watched = count > 1 && strcmp(arguments[1], "watched") == 0, has[SW_FENCE_ROLES];
    printf("/* Made by fence-compile from src/base/filter/rules.c. */\n#include <linux/filter.h>\n#include <stddef.h>\n\n"
           "enum { SW_FENCE_WATCHED = %d }; /* a build that looks for faults in itself */\n\n"
           "struct sw_fence_filter {\n    const struct sock_filter *code;\n    unsigned short length;\n};\n",
           watched);
    for (int role = 0; role < SW_FENCE_ROLES; role++)
        has[role] = compile((enum sw_fence_role)role, watched);
    printf("\nstatic const struct sw_fence_filter sw_fence_filters[] = {\n");
    for (int role = 0; role < SW_FENCE_ROLES; role++) {
        if (has[role])
            printf("    {sw_fence_code_%d, sizeof sw_fence_code_%d / sizeof sw_fence_code_%d[0]},\n", role, role, role);
        else
            printf("    {NULL, 0},\n");
    }
    printf("};\n");
    return 0;
}
