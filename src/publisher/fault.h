/* SPDX-License-Identifier: EUPL-1.2 */
/* What the publisher says where something cannot be done: lines on standard error. */
#ifndef SW_PUBLISHER_FAULT_H
#define SW_PUBLISHER_FAULT_H

#include "base/diag.h"

/* "schauwand: PATH WHAT"; false, for the caller to return. */
bool sw_fault_say(const char *path, const char *what);
/* All of them, and finishes the list. */
void sw_faults_say(struct sw_diags *diags);

#endif
