/* SPDX-License-Identifier: EUPL-1.2 */
#include <malloc.h>

#include "base/memory.h"

void sw_memory_trim(void)
{
    malloc_trim(0);
}
