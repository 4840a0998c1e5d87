/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-worker-picture: PNG, JPEG and WebP into pixels. */
#include "worker/picture/decode.h"

#define CPU_MS 8000 /* the largest that is allowed takes 3 s where 1080p takes 10 ms */

int main(void)
{
    static const struct sw_worker_kind kind = {"schauwand-worker-picture", SW_FENCE_PICTURE, SW_PICTURE_BYTES_MAX, CPU_MS,
                                               sw_picture_decode};
    return sw_worker_main(&kind);
}
