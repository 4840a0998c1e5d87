/* SPDX-License-Identifier: EUPL-1.2 */
/* MP4 and MOV (ISO/IEC 14496-12, -14, -15; Apple's QuickTime File Format): the first track of pictures. */
#include "worker/video/track_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BOXES_MAX 4096         /* looked at, in all */
#define ENTRY_BYTES_MAX 65536  /* of a sample description: what is behind is not looked at */
#define TIMES_MAX (1 << 20)    /* rows of a table of times */
#define TABLE_ROWS 512         /* read at a time */
#define ENTRY_HEAD 78          /* bytes of a visual sample entry in front of its boxes */

struct box {
    char type[5];
    int64_t at, end; /* its content */
};

struct reader {
    const struct sw_source *source;
    int boxes; /* still to be looked at */
};

struct times {
    int64_t samples, length; /* in units of the track's clock */
    int64_t step;            /* of all samples but the last; 0: they differ */
};

/* The box at *at, which moves behind it. False: there is none before `end`. */
static bool next_box(struct reader *reader, int64_t *at, int64_t end, struct box *box)
{
    uint8_t head[16];
    if (reader->boxes-- <= 0 || end - *at < 8 || !sw_source_read_all(reader->source, *at, head, 8))
        return false;
    uint64_t size = sw_be32(head);
    int64_t content = 8;
    if (size == 1) {
        if (end - *at < 16 || !sw_source_read_all(reader->source, *at + 8, head + 8, 8))
            return false;
        size = sw_be64(head + 8);
        content = 16;
    }
    int64_t left = end - *at;
    int64_t whole = size == 0 || size > (uint64_t)left ? left : (int64_t)size; /* to the end; or cut short: what is there counts */
    if (whole < content)
        return false;
    memcpy(box->type, head + 4, 4);
    box->type[4] = '\0';
    box->at = *at + content;
    box->end = *at + whole;
    *at += whole;
    return true;
}

static bool find_box(struct reader *reader, const struct box *inside, const char *type, struct box *found)
{
    int64_t at = inside->at;
    while (next_box(reader, &at, inside->end, found))
        if (memcmp(found->type, type, 4) == 0)
            return true;
    return false;
}

/* From `at` in the box's content. */
static bool read_box(const struct reader *reader, const struct box *box, int64_t at, void *bytes, size_t length)
{
    return box->end - box->at >= at + (int64_t)length && sw_source_read_all(reader->source, box->at + at, bytes, length);
}

/* A matrix of 16.16 and 2.30 numbers that only exchanges the axes. */
static bool is_sideways(const uint8_t *matrix)
{
    return sw_be32(matrix) == 0 && sw_be32(matrix + 4) != 0 && sw_be32(matrix + 12) != 0 && sw_be32(matrix + 16) == 0;
}

static void read_track_head(struct reader *reader, const struct box *trak, struct sw_track *track)
{
    struct box box;
    uint8_t version, matrix[36];
    if (find_box(reader, trak, "tkhd", &box) && read_box(reader, &box, 0, &version, 1) &&
        read_box(reader, &box, version == 1 ? 52 : 40, matrix, sizeof matrix))
        track->sideways = is_sideways(matrix);
}

/* Units a second; 0: not to be read. */
static uint32_t read_clock(struct reader *reader, const struct box *mdia)
{
    struct box box;
    uint8_t version, scale[4];
    if (!find_box(reader, mdia, "mdhd", &box) || !read_box(reader, &box, 0, &version, 1) ||
        !read_box(reader, &box, version == 1 ? 20 : 12, scale, sizeof scale))
        return 0;
    return sw_be32(scale);
}

static bool is_handler(struct reader *reader, const struct box *mdia, const char *kind)
{
    struct box box;
    uint8_t handler[4];
    return find_box(reader, mdia, "hdlr", &box) && read_box(reader, &box, 8, handler, 4) && memcmp(handler, kind, 4) == 0;
}

static void read_aspect(struct sw_track *track, const uint8_t *bytes, size_t length)
{
    if (length < 8)
        return;
    uint32_t across = sw_be32(bytes), down = sw_be32(bytes + 4);
    if (across >= 1 && across <= 65536 && down >= 1 && down <= 65536) {
        track->aspect_width = (int32_t)across;
        track->aspect_height = (int32_t)down;
    }
}

/* ISO/IEC 14496-1, 7.2.6: only which codec it is. Motion JPEG is "mp4v" with this number. */
static void read_esds(struct sw_track *track, const uint8_t *bytes, size_t length)
{
    for (size_t i = 4; i + 1 < length && i < 32; i++) {
        if (bytes[i] != 4) /* DecoderConfigDescriptor */
            continue;
        size_t at = i + 1;
        while (at < length && bytes[at] >= 0x80) /* its length, in up to four bytes */
            at++;
        if (at + 1 < length && bytes[at + 1] == 0x6c)
            memcpy(track->codec, "jpeg", 4);
        return;
    }
}

static void read_colour(const uint8_t *bytes, size_t length, struct sw_colour_claim *claim)
{
    if (length >= 10 && (memcmp(bytes, "nclx", 4) == 0 || memcmp(bytes, "nclc", 4) == 0))
        sw_claim_add(claim, sw_be16(bytes + 8), bytes[3] == 'x' && length >= 11, length >= 11 && bytes[10] >> 7 != 0);
}

/* The boxes inside a sample entry that has been read as a whole. */
static void read_entry_boxes(struct sw_track *track, const uint8_t *bytes, size_t length, struct sw_colour_claim *claim)
{
    for (size_t at = 0; at + 8 <= length;) {
        size_t size = sw_be32(bytes + at);
        if (size < 8 || size > length - at)
            return;
        const uint8_t *content = bytes + at + 8;
        size_t inside = size - 8;
        const char *type = (const char *)bytes + at + 4;
        if (memcmp(type, "colr", 4) == 0)
            read_colour(content, inside, claim);
        else if (memcmp(type, "pasp", 4) == 0)
            read_aspect(track, content, inside);
        else if (memcmp(type, "esds", 4) == 0)
            read_esds(track, content, inside);
        else
            sw_claim_from_head(claim, (char[5]){type[0], type[1], type[2], type[3], '\0'}, content, inside);
        at += size;
    }
}

static bool read_description(struct reader *reader, const struct box *stbl, struct sw_track *track, struct sw_colour_claim *claim)
{
    struct box stsd, entry;
    if (!find_box(reader, stbl, "stsd", &stsd))
        return false;
    int64_t at = stsd.at + 8;
    if (!next_box(reader, &at, stsd.end, &entry) || entry.end - entry.at < ENTRY_HEAD)
        return false;
    size_t length = (size_t)(entry.end - entry.at < ENTRY_BYTES_MAX ? entry.end - entry.at : ENTRY_BYTES_MAX);
    uint8_t *bytes = sw_alloc(length);
    bool read = sw_source_read_all(reader->source, entry.at, bytes, length);
    if (read) {
        track->width = sw_be16(bytes + 24);
        track->height = sw_be16(bytes + 26);
        memcpy(track->codec, entry.type, 4);
        read_entry_boxes(track, bytes + ENTRY_HEAD, length - ENTRY_HEAD, claim);
    }
    free(bytes);
    return read;
}

/* Calls `take` with each row of a table of `columns` 32-bit numbers, until it says false. Rows that are cut off are not there. */
static bool each_row(struct reader *reader, const struct box *stbl, const char *type, int columns, bool (*take)(void *, const uint8_t *),
                     void *context)
{
    struct box box;
    uint8_t head[8], rows[TABLE_ROWS * 8];
    if (!find_box(reader, stbl, type, &box) || !read_box(reader, &box, 0, head, sizeof head))
        return false;
    int64_t size = columns * 4, count = sw_be32(head + 4), there = (box.end - box.at - 8) / size;
    count = count < there ? count : there;
    for (int64_t at = 0; at < count && at < TIMES_MAX; at += TABLE_ROWS) {
        int64_t some = count - at < TABLE_ROWS ? count - at : TABLE_ROWS;
        if (!read_box(reader, &box, 8 + at * size, rows, (size_t)(some * size)))
            return true;
        for (int64_t row = 0; row < some; row++)
            if (!take(context, rows + row * size))
                return true;
    }
    return true;
}

/* A row of "stts": so many samples, so long each. A single one at the end may have another length. */
static bool take_times(void *context, const uint8_t *row)
{
    struct times *times = context;
    int64_t count = sw_be32(row), step = sw_be32(row + 4);
    if (times->samples > INT32_MAX || times->length > INT64_MAX / 4 || (step > 0 && count > INT64_MAX / 4 / step))
        return false;
    if (times->samples == 0)
        times->step = step;
    else if (step != times->step && count != 1)
        times->step = 0;
    times->samples += count;
    times->length += count * step;
    return true;
}

static void read_times(struct reader *reader, const struct box *stbl, uint32_t clock, struct sw_track *track)
{
    struct times times = {.samples = 0};
    if (clock == 0 || !each_row(reader, stbl, "stts", 2, take_times, &times) || times.samples == 0)
        return;
    if (times.length < INT64_MAX / SW_SECOND)
        track->length = times.length * SW_SECOND / clock;
    if (times.step > 0 && times.step <= INT32_MAX && clock <= INT32_MAX) {
        track->rate = (int32_t)clock;
        track->rate_scale = (int32_t)times.step;
    }
}

static bool read_trak(struct reader *reader, const struct box *trak, struct sw_track *track, struct sw_colour_claim *claim)
{
    struct box mdia, minf, stbl;
    if (!find_box(reader, trak, "mdia", &mdia))
        return false;
    if (is_handler(reader, &mdia, "soun"))
        track->sounds = true;
    if (track->codec[0] != '\0' || !is_handler(reader, &mdia, "vide") || !find_box(reader, &mdia, "minf", &minf) ||
        !find_box(reader, &minf, "stbl", &stbl))
        return false;
    read_track_head(reader, trak, track);
    if (!read_description(reader, &stbl, track, claim))
        return false;
    read_times(reader, &stbl, read_clock(reader, &mdia), track);
    return true;
}

bool sw_track_read_mp4(struct sw_track *track, const struct sw_source *source, struct sw_colour_claim *claim)
{
    struct reader reader = {.source = source, .boxes = BOXES_MAX};
    const struct box file = {.at = 0, .end = source->size};
    struct box moov, trak;
    if (!find_box(&reader, &file, "moov", &moov))
        return false;
    for (int64_t at = moov.at; next_box(&reader, &at, moov.end, &trak);)
        if (memcmp(trak.type, "trak", 4) == 0)
            (void)!read_trak(&reader, &trak, track, claim);
    return true;
}
