/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-worker-picture: PNG, JPEG and WebP into pixels. */
#include "worker/picture/decode.h"

int main(void)
{
    return sw_worker_main("schauwand-worker-picture", SW_PICTURE_BYTES_MAX, sw_picture_decode);
}
