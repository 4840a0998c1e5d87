/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define UNSETTLED_MAX 2048 /* before they are settled in between */

void sw_findings_finish(struct sw_findings *findings)
{
    free(findings->items);
    sw_arena_finish(&findings->arena);
    *findings = (struct sw_findings){.count = 0};
}

void sw_findings_add(struct sw_findings *findings, const struct sw_finding *finding)
{
    if (findings->count >= 2 * findings->settled + UNSETTLED_MAX)
        sw_findings_settle(findings);
    findings->items = sw_grow(findings->items, &findings->capacity, findings->count + 1, sizeof *findings->items);
    struct sw_finding *copy = &findings->items[findings->count++];
    *copy = *finding;
    copy->file = sw_arena_strdup(&findings->arena, finding->file);
    copy->path = sw_arena_strdup(&findings->arena, finding->path);
    copy->text = sw_arena_strdup(&findings->arena, finding->text);
}

static int number_order(double a, double b) { return (a > b) - (a < b); }

/* The same thing in the same place. */
static int compare_things(const struct sw_finding *a, const struct sw_finding *b)
{
    int by = (int)a->rule - (int)b->rule;
    by = by != 0 ? by : (a->what > b->what) - (a->what < b->what);
    if (a->rule == SW_RULE_MEDIA && by == 0)
        return 0;
    by = by != 0 ? by : strcmp(a->file, b->file);
    by = by != 0 ? by : (a->line > b->line) - (a->line < b->line);
    by = by != 0 ? by : (a->column > b->column) - (a->column < b->column);
    return by != 0 ? by : strcmp(a->path, b->path);
}

/* The worst of a thing first; what decides between equal cases has no meaning but to be the same in every order. */
static int compare(const void *left, const void *right)
{
    const struct sw_finding *a = left, *b = right;
    int by = compare_things(a, b);
    by = by != 0 ? by : (int)b->severity - (int)a->severity;
    by = by != 0 ? by : number_order(b->worth, a->worth);
    by = by != 0 ? by : strcmp(a->text, b->text);
    by = by != 0 ? by : strcmp(a->file, b->file);
    by = by != 0 ? by : (a->line > b->line) - (a->line < b->line);
    by = by != 0 ? by : (a->column > b->column) - (a->column < b->column);
    return by != 0 ? by : strcmp(a->path, b->path);
}

void sw_findings_settle(struct sw_findings *findings)
{
    size_t kept = 0;
    if (findings->count > 1)
        qsort(findings->items, findings->count, sizeof *findings->items, compare);
    for (size_t i = 0; i < findings->count; i++)
        if (kept == 0 || compare_things(&findings->items[kept - 1], &findings->items[i]) != 0)
            findings->items[kept++] = findings->items[i];
    findings->count = findings->settled = kept;
}

void sw_findings_say(const struct sw_findings *findings, struct sw_diags *diags)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct sw_finding *finding = &findings->items[i];
        if (finding->text[0] != '\0')
            sw_diags_add(diags, finding->severity, finding->file, finding->line, finding->column, finding->path, "%s", finding->text);
    }
}
