/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/spare.h"

#include <unistd.h>

#include "base/shared.h"

#define NAME "picture"
#define PART ((size_t)256 << 10)

/* Backs what of the bytes is not ready, `most` at once. */
static size_t back(void *bytes, size_t ready, size_t size, size_t most)
{
    size_t part = size - ready < most ? size - ready : most;
    if (part > 0)
        sw_shared_back((char *)bytes + ready, part);
    return ready + part;
}

bool sw_spare_prepare(struct sw_spare *spare)
{
    if (spare->bytes == NULL && !sw_shared_create(NAME, SW_SPARE_BYTES, &spare->fd, &spare->bytes)) {
        *spare = (struct sw_spare){.fd = -1};
        return false;
    }
    spare->ready = back(spare->bytes, spare->ready, SW_SPARE_BYTES, PART);
    return spare->ready < SW_SPARE_BYTES;
}

void sw_spare_drop(struct sw_spare *spare)
{
    if (spare->bytes == NULL)
        return;
    sw_shared_unmap(spare->bytes, SW_SPARE_BYTES);
    close(spare->fd);
    *spare = (struct sw_spare){.fd = -1};
}

bool sw_spare_take(struct sw_spare *spare, size_t size, int *fd, void **bytes)
{
    struct sw_spare taken = *spare;
    if (taken.bytes == NULL || size < SW_SPARE_BYTES / 4) {
        taken.ready = 0;
        if (!sw_shared_create(NAME, size, &taken.fd, &taken.bytes))
            return false;
    } else {
        if (!sw_shared_resize(taken.fd, SW_SPARE_BYTES, size, &taken.bytes))
            return false;
        *spare = (struct sw_spare){.fd = -1};
    }
    back(taken.bytes, taken.ready < size ? taken.ready : size, size, size);
    *fd = taken.fd;
    *bytes = taken.bytes;
    return true;
}
