/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said of a jq program before it runs: its faults lie within it. */
#include <assert.h>
#include <string.h>

#include "exhibition/jq.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct sw_arena arena = {0};
    struct sw_expression_faults faults = {.count = 0};
    const char *program = sw_arena_strndup(&arena, (const char *)bytes, length);
    sw_jq_check(program, &arena, &faults);
    for (size_t i = 0; i < faults.count; i++)
        assert(faults.items[i].offset <= strlen(program) && faults.items[i].text[0] != '\0');
    sw_arena_finish(&arena);
    return 0;
}
