/* SPDX-License-Identifier: EUPL-1.2 */
/* The picture worker's decoders. Each takes a whole file whose first bytes are of its kind, sets the job's size, and fills in the pixels
 * where they are asked for: all of them, or none and a status that says why. */
#ifndef SW_WORKER_PICTURE_DECODE_H
#define SW_WORKER_PICTURE_DECODE_H

#include "worker/serve.h"

/* By its first bytes to one of those below. A file that is cut anywhere fails. */
enum sw_worker_status sw_picture_decode(struct sw_worker_job *job);

enum sw_worker_status sw_jpeg_decode(struct sw_worker_job *job);
enum sw_worker_status sw_png_decode(struct sw_worker_job *job);
enum sw_worker_status sw_webp_decode(struct sw_worker_job *job);

#endif
