/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/fault.h"

bool sw_fault_say(const char *path, const char *what)
{
    (void)fprintf(stderr, "schauwand: %s %s\n", path, what);
    return false;
}

void sw_faults_say(struct sw_diags *diags)
{
    sw_diags_print(diags, stderr);
    sw_diags_finish(diags);
}
