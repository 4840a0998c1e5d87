/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/picture/decode.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the decoders write blue, green, red, alpha: 0xAARRGGBB on little-endian machines only"
#endif

enum sw_worker_status sw_picture_decode(struct sw_worker_job *job)
{
    job->kind = sw_picture_sniff(job->bytes, job->length);
    switch (job->kind) {
    case SW_PICTURE_JPEG: return sw_jpeg_decode(job);
    case SW_PICTURE_PNG: return sw_png_decode(job);
    case SW_PICTURE_WEBP: return sw_webp_decode(job);
    case SW_PICTURE_SVG: return SW_WORKER_OTHER_KIND;
    case SW_PICTURE_UNKNOWN: break;
    }
    return SW_WORKER_NOT_A_PICTURE;
}
