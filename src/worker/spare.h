/* SPDX-License-Identifier: EUPL-1.2 */
/* Memory for the next picture's pixels, made ready while a worker has nothing else to do: to write 8 MB for the first time takes as long as
 * to decode a JPEG of that size. One thread. */
#ifndef SW_WORKER_SPARE_H
#define SW_WORKER_SPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

#define SW_SPARE_BYTES ((size_t)1920 * 1080 * 4) /* of the screen that a wall is most often made of */

struct sw_spare {
    int fd;
    void *bytes;  /* SW_SPARE_BYTES; NULL: there is none */
    size_t ready; /* so many of them */
};

/* Makes one where there is none, then a part of it ready: a fraction of a millisecond. false: nothing is left to be done, or to be had. */
bool sw_spare_prepare(struct sw_spare *spare);
void sw_spare_drop(struct sw_spare *spare);
/* Memory of base/shared.h of `size` bytes, zeroed: the spare cut or grown to that, or new, as for a small picture. The caller's afterwards.
 * false: no memory. */
bool sw_spare_take(struct sw_spare *spare, size_t size, int *fd, void **bytes) SW_MUST;

#endif
