/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/serve.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/shared.h"
#include "worker/end.h"
#include "worker/guard.h"

static_assert(SW_FENCE_PICTURE_BYTES >= (int64_t)SW_PICTURE_PIXELS_MAX * 4, "the fence lets the largest picture be made");

uint32_t *sw_worker_job_pixels(struct sw_worker_job *job)
{
    assert(job->pixels == NULL && job->request.op == SW_WORKER_RENDER);
    size_t size = (size_t)job->request.width * (size_t)job->request.height * 4;
    void *bytes;
    struct sw_spare none = {.fd = -1};
    if (!sw_spare_take(job->spare != NULL ? job->spare : &none, size, &job->fd, &bytes)) {
        sw_log(SW_LOG_WARNING, "serve", "no memory for %d x %d pixels: %s", job->request.width, job->request.height, strerror(errno));
        return NULL;
    }
    job->pixels = bytes;
    job->size = size;
    return job->pixels;
}

void sw_worker_job_finish(struct sw_worker_job *job)
{
    sw_shared_unmap(job->pixels, job->size);
    if (job->fd >= 0)
        close(job->fd);
    job->pixels = NULL;
    job->fd = -1;
}

enum sw_worker_status sw_worker_job_measure(struct sw_worker_job *job, int64_t width, int64_t height)
{
    job->picture_width = width;
    job->picture_height = height;
    return sw_picture_size_fits(width, height) ? SW_WORKER_OK : SW_WORKER_TOO_LARGE;
}

/* The whole file behind `fd`, at most `most` bytes; *bytes is to be freed. */
static enum sw_worker_status read_file(int fd, size_t most, uint8_t **bytes, size_t *length)
{
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < 0)
        return SW_WORKER_FAILED;
    if (status.st_size == 0)
        return SW_WORKER_EMPTY;
    if ((uintmax_t)status.st_size > most)
        return SW_WORKER_TOO_MANY_BYTES;
    size_t size = (size_t)status.st_size, got = 0;
    *bytes = sw_alloc(size);
    while (got < size) {
        ssize_t more = pread(fd, *bytes + got, size - got, (off_t)got);
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            break;
        got += (size_t)more;
    }
    *length = got; /* fewer if it was just cut: the decoder will say so */
    return got == 0 ? SW_WORKER_FAILED : SW_WORKER_OK;
}

/* Premultiplied pixels are all opaque where every alpha is 255. */
static enum sw_pixels format_of(const struct sw_worker_job *job)
{
    uint32_t all = UINT32_MAX;
    size_t count = job->size / 4;
    for (size_t i = 0; i < count; i++)
        all &= job->pixels[i];
    return all >> 24 == 0xff ? SW_PIXELS_XRGB : SW_PIXELS_ARGB;
}

static int32_t claimed(int64_t side)
{
    return side < 0 ? 0 : side > INT32_MAX ? INT32_MAX : (int32_t)side;
}

static void seal(struct sw_worker_job *job, struct sw_worker_reply *reply)
{
    reply->format = format_of(job);
    reply->width = job->request.width;
    reply->height = job->request.height;
    reply->stride = reply->width * 4;
    sw_shared_unmap(job->pixels, job->size);
    job->pixels = NULL;
    if (!sw_shared_seal(job->fd)) {
        sw_log(SW_LOG_ERROR, "serve", "cannot seal pixels: %s", strerror(errno));
        reply->status = SW_WORKER_FAILED;
    }
}

/* Only a worker that has rested gets by without what it may need. */
static void rest(int end, struct sw_spare *spare)
{
    if (sw_worker_comes_within(end, SW_WORKER_REST_MS))
        return;
    sw_spare_drop(spare);
    sw_memory_trim();
}

static bool answer(int end, const struct sw_worker_request *request, int file, const struct sw_worker_kind *kind, struct sw_spare *spare)
{
    struct sw_worker_job job = {.request = *request, .spare = spare, .fd = -1};
    uint8_t *bytes = NULL;
    enum sw_worker_status status = read_file(file, kind->bytes_max, &bytes, &job.length);
    job.bytes = bytes;
    if (status == SW_WORKER_OK)
        status = kind->decode(&job);
    struct sw_worker_reply reply = {.version = SW_WORKER_VERSION, .status = status, .id = request->id, .kind = job.kind,
                                    .picture_width = claimed(job.picture_width), .picture_height = claimed(job.picture_height)};
    bool with_pixels = status == SW_WORKER_OK && request->op == SW_WORKER_RENDER;
    if (with_pixels)
        seal(&job, &reply);
    free(bytes);
    bool sent = sw_worker_send(end, &reply, sizeof reply, with_pixels && reply.status == SW_WORKER_OK ? job.fd : -1);
    sw_worker_job_finish(&job);
    return sent;
}

/* Until the player goes (0) or says what no player says (1). */
static int serve(int end, struct sw_guard *guard, const struct sw_worker_kind *kind)
{
    struct sw_spare spare = {.fd = -1};
    while (!sw_worker_comes_within(end, 0) && sw_spare_prepare(&spare)) { /* the player is still being linked */
    }
    for (;;) {
        struct sw_worker_request request;
        size_t length;
        int file;
        rest(end, &spare);
        if (sw_worker_receive(end, &request, sizeof request, &length, &file) != SW_MESSAGE_OK)
            return 0;
        if (length != sizeof request || file < 0 || !sw_worker_request_valid(&request)) {
            sw_log(SW_LOG_ERROR, "serve", "a request that is none");
            if (file >= 0)
                close(file);
            return 1;
        }
        sw_guard_begin(guard, kind->cpu_ms);
        bool sent = answer(end, &request, file, kind, &spare);
        sw_guard_end(guard);
        close(file);
        if (!sent)
            return 0;
    }
}

int sw_worker_main(const struct sw_worker_kind *kind)
{
    struct sw_guard guard;
    int status = sw_worker_begin(kind->role, kind->fence);
    if (status != 0)
        return status;
    if (!sw_guard_init(&guard))
        return 1;
    status = serve(SW_WORKER_FD, &guard, kind);
    sw_guard_finish(&guard);
    return status;
}
