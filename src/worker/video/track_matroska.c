/* SPDX-License-Identifier: EUPL-1.2 */
/* Matroska and WebM (RFC 9559, on EBML, RFC 8794): the first track of pictures. */
#include "worker/video/track_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define ELEMENTS_MAX 16384      /* looked at, in all */
#define PRIVATE_BYTES_MAX 65536 /* of a codec's own head */
#define UNKNOWN_SIZE INT64_MAX
#define NS_PER_US 1000

enum element {
    SEGMENT = 0x18538067,
    INFO = 0x1549a966,
    TIMESTAMP_SCALE = 0x2ad7b1,
    DURATION = 0x4489,
    TRACKS = 0x1654ae6b,
    TRACK_ENTRY = 0xae,
    TRACK_TYPE = 0x83,
    CODEC_ID = 0x86,
    CODEC_PRIVATE = 0x63a2,
    DEFAULT_DURATION = 0x23e383,
    VIDEO = 0xe0,
    PIXEL_WIDTH = 0xb0,
    PIXEL_HEIGHT = 0xba,
    DISPLAY_WIDTH = 0x54b0,
    DISPLAY_HEIGHT = 0x54ba,
    DISPLAY_UNIT = 0x54b2,
    COLOUR = 0x55b0,
    MATRIX = 0x55b1,
    RANGE = 0x55b9,
    PROJECTION = 0x7670,
    ROLL = 0x7675,
};

struct element_at {
    uint32_t id;
    int64_t at, end; /* its content */
};

struct reader {
    const struct sw_source *source;
    int elements; /* still to be looked at */
};

/* What a track's entry says. */
struct entry {
    uint64_t type, step_ns, width, height, shown_width, shown_height, unit;
    uint64_t matrix, range;
    double roll;
    char codec[32];
    int64_t head_at;
    size_t head_length;
};

/* A number of 1 to 8 bytes whose leading zeros say how many; with its marker where it is an id. 0: none. */
static int read_number(const uint8_t *bytes, size_t length, bool with_marker, uint64_t *number)
{
    int count = 1;
    while (count <= 8 && (bytes[0] & (0x80 >> (count - 1))) == 0)
        count++;
    if (count > 8 || (size_t)count > length)
        return 0;
    uint64_t value = with_marker ? bytes[0] : bytes[0] & (0xffu >> count);
    bool all_ones = (bytes[0] | (0xff << (8 - count) & 0xff)) == 0xff;
    for (int i = 1; i < count; i++) {
        value = value << 8 | bytes[i];
        all_ones = all_ones && bytes[i] == 0xff;
    }
    *number = !with_marker && all_ones ? (uint64_t)UNKNOWN_SIZE : value;
    return count;
}

/* The element at *at, which moves behind it. */
static bool next_element(struct reader *reader, int64_t *at, int64_t end, struct element_at *element)
{
    uint8_t head[12];
    uint64_t id, size;
    int64_t got = end - *at < 2 ? 0 : sw_source_read(reader->source, *at, head, sizeof head);
    if (reader->elements-- <= 0 || got < 2)
        return false;
    int first = read_number(head, (size_t)got, true, &id);
    if (first == 0 || first > 4 || first >= got)
        return false;
    int second = read_number(head + first, (size_t)(got - first), false, &size);
    if (second == 0)
        return false;
    element->id = (uint32_t)id;
    element->at = *at + first + second;
    if (element->at > end)
        return false;
    uint64_t left = (uint64_t)(end - element->at);
    element->end = size > left ? end : element->at + (int64_t)size; /* cut short, or not known: what is there counts */
    *at = element->end;
    return true;
}

static uint64_t read_unsigned(const struct reader *reader, const struct element_at *element)
{
    uint8_t bytes[8];
    uint64_t value = 0;
    size_t length = (size_t)(element->end - element->at);
    if (length > 8 || !sw_source_read_all(reader->source, element->at, bytes, length))
        return 0;
    for (size_t i = 0; i < length; i++)
        value = value << 8 | bytes[i];
    return value;
}

static double read_float(const struct reader *reader, const struct element_at *element)
{
    union {
        uint32_t bits;
        float number;
    } single = {.bits = 0};
    union {
        uint64_t bits;
        double number;
    } twice = {.bits = read_unsigned(reader, element)};
    single.bits = (uint32_t)twice.bits;
    double value = element->end - element->at == 4 ? (double)single.number : twice.number;
    return isfinite(value) ? value : 0;
}

static void read_video(struct reader *reader, const struct element_at *video, struct entry *entry)
{
    struct element_at one;
    for (int64_t at = video->at; next_element(reader, &at, video->end, &one);) {
        switch (one.id) {
        case PIXEL_WIDTH: entry->width = read_unsigned(reader, &one); break;
        case PIXEL_HEIGHT: entry->height = read_unsigned(reader, &one); break;
        case DISPLAY_WIDTH: entry->shown_width = read_unsigned(reader, &one); break;
        case DISPLAY_HEIGHT: entry->shown_height = read_unsigned(reader, &one); break;
        case DISPLAY_UNIT: entry->unit = read_unsigned(reader, &one); break;
        case MATRIX: entry->matrix = read_unsigned(reader, &one); break;
        case RANGE: entry->range = read_unsigned(reader, &one); break;
        case ROLL: entry->roll = read_float(reader, &one); break;
        case COLOUR:
        case PROJECTION: at = one.at; break; /* what is in them comes next */
        default: break;
        }
    }
}

static void read_entry(struct reader *reader, const struct element_at *track, struct entry *entry)
{
    struct element_at one;
    *entry = (struct entry){.matrix = SW_MATRIX_UNSPECIFIED};
    for (int64_t at = track->at; next_element(reader, &at, track->end, &one);) {
        size_t length = (size_t)(one.end - one.at);
        switch (one.id) {
        case TRACK_TYPE: entry->type = read_unsigned(reader, &one); break;
        case DEFAULT_DURATION: entry->step_ns = read_unsigned(reader, &one); break;
        case VIDEO: read_video(reader, &one, entry); break;
        case CODEC_ID:
            if (length >= sizeof entry->codec || !sw_source_read_all(reader->source, one.at, entry->codec, length))
                entry->codec[0] = '\0';
            break;
        case CODEC_PRIVATE:
            entry->head_at = one.at;
            entry->head_length = length;
            break;
        default: break;
        }
    }
}

/* "V_MPEG4/ISO/AVC" is what MP4 calls "avc1". */
static void name_codec(const char *id, char *codec, const char **head)
{
    static const struct {
        const char *id, *name, *head;
    } names[] = {{"V_MPEG4/ISO/AVC", "avc1", "avcC"}, {"V_MPEGH/ISO/HEVC", "hvc1", "hvcC"}, {"V_VP8", "vp08", NULL},
                 {"V_VP9", "vp09", NULL},             {"V_AV1", "av01", NULL},              {"V_MJPEG", "jpeg", NULL}};
    *head = NULL;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        if (strcmp(id, names[i].id) == 0) {
            memcpy(codec, names[i].name, 4);
            *head = names[i].head;
            return;
        }
    }
    size_t skipped = strncmp(id, "V_", 2) == 0 ? 2 : 0, length = strlen(id + skipped);
    memcpy(codec, id + skipped, length < SW_VIDEO_CODEC_MAX ? length : SW_VIDEO_CODEC_MAX - 1);
}

static void read_head(const struct reader *reader, const struct entry *entry, const char *name, struct sw_colour_claim *claim)
{
    if (name == NULL || entry->head_length == 0 || entry->head_length > PRIVATE_BYTES_MAX)
        return;
    uint8_t *bytes = sw_alloc(entry->head_length);
    if (sw_source_read_all(reader->source, entry->head_at, bytes, entry->head_length))
        sw_claim_from_head(claim, name, bytes, entry->head_length);
    free(bytes);
}

static uint64_t divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* What it is to look like over what it is: the shape of a pixel. */
static void set_aspect(struct sw_track *track, const struct entry *entry)
{
    if (entry->unit > 3 || entry->shown_width == 0 || entry->shown_height == 0 || entry->shown_width > 65536 ||
        entry->shown_height > 65536)
        return;
    uint64_t across = entry->shown_width * entry->height, down = entry->shown_height * entry->width, common = divisor(across, down);
    if (common > 0 && across / common <= 65536 && down / common <= 65536) {
        track->aspect_width = (int32_t)(across / common);
        track->aspect_height = (int32_t)(down / common);
    }
}

/* 29.97 and its like are kept to the nanosecond, which is no exact number of them. */
static void set_rate(struct sw_track *track, uint64_t step_ns)
{
    static const int32_t rates[][2] = {{24000, 1001}, {30000, 1001}, {60000, 1001}, {24, 1}, {25, 1}, {30, 1}, {50, 1}, {60, 1}};
    if (step_ns < 1000000 || step_ns > INT32_MAX)
        return;
    track->rate = 1000000000;
    track->rate_scale = (int32_t)step_ns;
    for (size_t i = 0; i < SW_COUNT(rates); i++) {
        double exact = 1e9 * rates[i][1] / rates[i][0];
        if (fabs(exact - (double)step_ns) < 2) {
            track->rate = rates[i][0];
            track->rate_scale = rates[i][1];
        }
    }
}

static void take_entry(const struct reader *reader, const struct entry *entry, struct sw_track *track, struct sw_colour_claim *claim)
{
    const char *head;
    if (entry->type == 2)
        track->sounds = true;
    if (entry->type != 1 || track->codec[0] != '\0')
        return;
    track->width = entry->width <= INT32_MAX ? (int32_t)entry->width : INT32_MAX;
    track->height = entry->height <= INT32_MAX ? (int32_t)entry->height : INT32_MAX;
    name_codec(entry->codec, track->codec, &head);
    if (track->width <= SW_VIDEO_SIDE_MAX && track->height <= SW_VIDEO_SIDE_MAX)
        set_aspect(track, entry);
    set_rate(track, entry->step_ns);
    track->sideways = (lround(fmod(entry->roll, 360)) + 360) % 180 == 90;
    if (entry->matrix <= 255)
        sw_claim_add(claim, (unsigned)entry->matrix, entry->range == 1 || entry->range == 2, entry->range == 2);
    read_head(reader, entry, head, claim);
}

static void read_info(struct reader *reader, const struct element_at *info, struct sw_track *track)
{
    struct element_at one;
    double scale_ns = 1000000, duration = 0;
    for (int64_t at = info->at; next_element(reader, &at, info->end, &one);) {
        if (one.id == TIMESTAMP_SCALE)
            scale_ns = (double)read_unsigned(reader, &one);
        else if (one.id == DURATION)
            duration = read_float(reader, &one);
    }
    double length = duration * scale_ns / NS_PER_US;
    if (length > 0 && length <= (double)SW_VIDEO_LENGTH_MAX)
        track->length = llround(length);
}

bool sw_track_read_matroska(struct sw_track *track, const struct sw_source *source, struct sw_colour_claim *claim)
{
    struct reader reader = {.source = source, .elements = ELEMENTS_MAX};
    struct element_at segment, one, entry_at;
    struct entry entry;
    int64_t at = 0;
    bool tracks = false;
    do {
        if (!next_element(&reader, &at, source->size, &segment))
            return false;
    } while (segment.id != SEGMENT);
    for (at = segment.at; !tracks && next_element(&reader, &at, segment.end, &one);) {
        if (one.id == INFO)
            read_info(&reader, &one, track);
        for (int64_t inside = one.at; one.id == TRACKS && next_element(&reader, &inside, one.end, &entry_at);) {
            tracks = true;
            if (entry_at.id != TRACK_ENTRY)
                continue;
            read_entry(&reader, &entry_at, &entry);
            take_entry(&reader, &entry, track, claim);
        }
    }
    return tracks;
}
