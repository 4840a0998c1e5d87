/* SPDX-License-Identifier: EUPL-1.2 */
/* The life of a worker: fence, then one request after the other until the player closes the connection. A decoder gets the whole file as
 * bytes and fills in a job; it never sees a path, a descriptor or the connection. One thread. */
#ifndef SW_WORKER_SERVE_H
#define SW_WORKER_SERVE_H

#include <stddef.h>
#include <stdint.h>

#include "base/fence.h"
#include "worker/request.h"
#include "worker/spare.h"

struct sw_worker_job {
    struct sw_worker_request request; /* checked */
    const uint8_t *bytes;             /* the file, whole */
    size_t length;
    struct sw_spare *spare;           /* NULL: none */
    /* filled in by the decoder */
    enum sw_picture_kind kind;
    int64_t picture_width, picture_height; /* after turning, as the header claims; 0: unknown */
    uint32_t *pixels;                      /* from sw_worker_job_pixels; else NULL */
    size_t size;                           /* bytes of `pixels` */
    int fd;                                /* the memory behind `pixels`; -1 */
};

/* Decodes job->bytes as job->request says. RENDER: all of `pixels` must be filled, premultiplied. */
typedef enum sw_worker_status sw_worker_decode(struct sw_worker_job *job);

/* Zeroed memory for the request's width x height pixels, rows without gaps, that will go to the player. NULL: no memory. */
uint32_t *sw_worker_job_pixels(struct sw_worker_job *job);
/* Frees what the decoder asked for. */
void sw_worker_job_finish(struct sw_worker_job *job);
/* The picture's size into `job`; OK, or TOO_LARGE where it may not be decoded. */
enum sw_worker_status sw_worker_job_measure(struct sw_worker_job *job, int64_t width, int64_t height);

struct sw_worker_kind {
    const char *role; /* the executable's name */
    enum sw_fence_role fence;
    size_t bytes_max; /* of a file */
    int cpu_ms;       /* of processor time that one request may cost */
    sw_worker_decode *decode;
};

/* The main() of a worker: serves SW_WORKER_FD. Returns the exit status. */
int sw_worker_main(const struct sw_worker_kind *kind);

#endif
