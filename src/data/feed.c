/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/feed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/shared.h"
#include "base/utf8.h"

#define MARK 0x53574645u /* "SWFE" */
#define SERIES_BYTES_MAX (SW_POINTS_MAX * sizeof(struct sw_point))

/* As it is sent; both ends are of one build on one machine. */
struct record {
    uint32_t mark, version, type, failed;
    uint32_t source, field;
    uint64_t hash, size;
    int64_t instant, step, point_at;
    double point_value;
    char text[SW_FEED_TEXT_MAX];
};
_Static_assert(sizeof(struct record) <= SW_MESSAGE_MAX, "a record is one message");

enum sw_message_status sw_feed_send(int end, const struct sw_feed_message *message, int fd)
{
    struct record record;
    memset(&record, 0, sizeof record);
    record.mark = MARK;
    record.version = SW_FEED_VERSION;
    record.type = (uint32_t)message->type;
    record.failed = message->failed;
    record.source = message->source;
    record.field = message->field;
    record.hash = message->hash;
    record.size = message->size;
    record.instant = message->instant;
    record.step = message->step;
    record.point_at = message->point.at;
    record.point_value = message->point.value;
    sw_utf8_put_line(record.text, sizeof record.text, message->text);
    return sw_message_send(end, &record, sizeof record, fd);
}

/* -- what comes -- */

static bool instant_valid(int64_t instant)
{
    return instant == SW_NEVER || (instant >= SW_READING_INSTANT_MIN && instant < SW_READING_INSTANT_MAX);
}

/* Whether it comes with memory, and how much at most; 0: none. */
static size_t memory_max(uint32_t type)
{
    return type == SW_FEED_READING ? SW_READING_BYTES_MAX : type == SW_FEED_SERIES ? SERIES_BYTES_MAX : 0;
}

static bool record_valid(const struct record *record, size_t length, int fd)
{
    if (length != sizeof *record || record->mark != MARK || record->version != SW_FEED_VERSION || record->type < SW_FEED_HELLO ||
        record->type > SW_FEED_CLOCK || record->failed > 1) {
        return false;
    }
    if (record->source >= SW_SOURCES_MAX || record->field >= SW_FIELDS_MAX || !instant_valid(record->instant) || record->step < 0 ||
        record->step > SW_FEED_STEP_MAX || !sw_utf8_is_line(record->text, sizeof record->text)) {
        return false;
    }
    if (record->type == SW_FEED_CLOCK && record->instant == SW_NEVER) {
        return false;
    }
    bool point = record->type == SW_FEED_POINT;
    if (point && (!instant_valid(record->point_at) || record->point_at == SW_NEVER || !isfinite(record->point_value))) {
        return false;
    }
    bool empty = record->size == 0 && fd < 0 && record->type != SW_FEED_READING;
    return empty || (record->size > 0 && record->size <= memory_max(record->type) && fd >= 0);
}

enum sw_message_status sw_feed_receive(int end, struct sw_feed_message *message, int *fd)
{
    struct record record;
    size_t length = 0;
    *fd = -1;
    enum sw_message_status status = sw_message_receive(end, &record, sizeof record, &length, fd);
    if (status != SW_MESSAGE_OK) {
        return status;
    }
    if (!record_valid(&record, length, *fd)) {
        if (*fd >= 0) {
            (void)close(*fd);
            *fd = -1;
        }
        return SW_MESSAGE_CLOSED;
    }
    *message = (struct sw_feed_message){.type = (enum sw_feed_type)record.type,
                                        .hash = record.hash,
                                        .source = record.source,
                                        .field = record.field,
                                        .failed = record.failed != 0,
                                        .instant = record.instant,
                                        .step = record.step,
                                        .point = {record.point_at, record.point_value},
                                        .size = (size_t)record.size};
    memcpy(message->text, record.text, sizeof message->text);
    return SW_MESSAGE_OK;
}

/* -- memory -- */

int sw_feed_seal_reading(const struct sw_reading *reading, size_t *size)
{
    *size = sw_reading_packed_size(reading);
    void *bytes = sw_alloc(*size);
    sw_reading_pack(reading, bytes);
    int fd = sw_shared_copy("reading", bytes, *size);
    free(bytes);
    return fd;
}

struct sw_reading *sw_feed_open_reading(const struct sw_request *request, int fd, size_t size)
{
    const void *bytes = NULL;
    if (size > SW_READING_BYTES_MAX || !sw_shared_map(fd, size, &bytes)) {
        return NULL;
    }
    struct sw_reading *reading = sw_reading_unpack(request, bytes, size);
    sw_shared_unmap(bytes, size);
    return reading;
}

int sw_feed_seal_series(const struct sw_series *series, size_t *size)
{
    size_t count = 0;
    const struct sw_point *points = sw_series_points(series, &count);
    *size = count * sizeof *points;
    return sw_shared_copy("series", points, *size);
}

static bool points_valid(const struct sw_point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!instant_valid(points[i].at) || points[i].at == SW_NEVER || !isfinite(points[i].value) ||
            (i > 0 && points[i].at <= points[i - 1].at)) {
            return false;
        }
    }
    return true;
}

struct sw_series *sw_feed_open_series(int fd, size_t size, int64_t step)
{
    const void *bytes = NULL;
    if (size == 0 || size % sizeof(struct sw_point) != 0 || size > SERIES_BYTES_MAX || !sw_shared_map(fd, size, &bytes)) {
        return NULL;
    }
    size_t count = size / sizeof(struct sw_point);
    struct sw_series *series = points_valid(bytes, count) ? sw_series_create(bytes, count, step) : NULL;
    sw_shared_unmap(bytes, size);
    return series;
}
