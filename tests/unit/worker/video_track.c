/* SPDX-License-Identifier: EUPL-1.2 */
/* What files say about their pictures: made by ffmpeg (video_clips.py), and cut or bent by us. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/shared.h"
#include "worker/video/track.h"

static const struct {
    const char *name, *codec;
    int32_t width, height; /* as shown */
    int32_t rate, rate_scale;
    int64_t length; /* about */
    bool sounds;
    enum sw_colours colours;
    bool sideways;
} clips[] = {
    {"marked.mp4", "avc1", 640, 360, 30, 1, 2000000, false, SW_COLOURS_601_LIMITED, false},
    {"marked.mkv", "avc1", 640, 360, 30, 1, 2000000, false, SW_COLOURS_601_LIMITED, false},
    {"marked.webm", "vp09", 640, 360, 30, 1, 2000000, false, SW_COLOURS_601_LIMITED, false},
    {"sounds.mp4", "avc1", 640, 360, 30, 1, 2000000, true, SW_COLOURS_601_LIMITED, false},
    {"sounds.webm", "vp09", 640, 360, 30, 1, 2000000, true, SW_COLOURS_601_LIMITED, false},
    {"709-full.mp4", "avc1", 64, 48, 25, 1, 200000, false, SW_COLOURS_709_FULL, false},
    {"709.mkv", "hvc1", 64, 48, 25, 1, 200000, false, SW_COLOURS_709_LIMITED, false},
    {"709-full.webm", "vp09", 64, 48, 25, 1, 200000, false, SW_COLOURS_709_FULL, false},
    {"wide.mp4", "avc1", 128, 48, 25, 1, 200000, false, SW_COLOURS_601_LIMITED, false},
    {"hd.mp4", "avc1", 1280, 720, 30000, 1001, 100000, false, SW_COLOURS_709_LIMITED, false},
    {"turned.mp4", "avc1", 48, 64, 25, 1, 200000, false, SW_COLOURS_601_LIMITED, true},
    {"jpeg.mp4", "jpeg", 64, 48, 25, 1, 200000, false, SW_COLOURS_601_FULL, false},
};

static char *read_clip(const char *name, size_t *length)
{
    char path[512], *bytes;
    snprintf(path, sizeof path, "%s/%s", SW_CLIPS, name);
    assert_int_equal(sw_file_read(path, (size_t)64 << 20, &bytes, length), SW_FILE_OK);
    return bytes;
}

/* Of bytes, as if they were a file. */
static enum sw_video_reason read_bytes(struct sw_track *track, const void *bytes, size_t length)
{
    struct sw_source source = {.fd = sw_shared_copy("clip", bytes, length), .size = (int64_t)length};
    assert_true(source.fd >= 0);
    enum sw_video_reason reason = sw_track_read(track, &source);
    close(source.fd);
    return reason;
}

static void real_files(void **state)
{
    size_t faults = 0;
    (void)state;
    for (size_t i = 0; i < SW_COUNT(clips); i++) {
        struct sw_track track;
        size_t length;
        int32_t width = 0, height = 0;
        char *bytes = read_clip(clips[i].name, &length);
        enum sw_video_reason reason = read_bytes(&track, bytes, length);
        free(bytes);
        bool good = reason == 0 && sw_track_shown_size(&track, &width, &height) && strcmp(track.codec, clips[i].codec) == 0 &&
                    width == clips[i].width && height == clips[i].height && track.sideways == clips[i].sideways &&
                    track.sounds == clips[i].sounds && track.colours == clips[i].colours &&
                    (int64_t)track.rate * clips[i].rate_scale == (int64_t)clips[i].rate * track.rate_scale &&
                    llabs(track.length - clips[i].length) <= 25000;
        if (!good)
            print_error("%s: reason %d, %s, %d x %d, sideways %d, rate %d / %d, length %lld, sounds %d, colours %d\n", clips[i].name,
                        (int)reason, track.codec, width, height, track.sideways, track.rate, track.rate_scale, (long long)track.length,
                        track.sounds, (int)track.colours);
        faults += !good;
        sw_track_finish(&track);
    }
    assert_int_equal(faults, 0);
}

static void what_is_no_video(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum sw_video_reason reason;
    } files[] = {
        {"#EXTM3U\nhttp://127.0.0.1/a.mp4\n", 31, SW_VIDEO_NOT_A_VIDEO},
        {"<?xml version=\"1.0\"?><playlist/>", 32, SW_VIDEO_NOT_A_VIDEO},
        {"[playlist]\nFile1=/etc/passwd\n", 29, SW_VIDEO_NOT_A_VIDEO},
        {"RIFF\x10\0\0\0AVI LIST", 16, SW_VIDEO_NOT_A_VIDEO},
        {"x", 1, SW_VIDEO_NOT_A_VIDEO},
        {"\0\0\0\x10" "ftypisom\0\0\0\0", 16, SW_VIDEO_DAMAGED},
        {"\0\0\0\x10" "ftypisom\0\0\0\0\0\0\0\x8moov", 24, SW_VIDEO_NO_PICTURES},
        {"\x1a\x45\xdf\xa3\x80", 5, SW_VIDEO_DAMAGED},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(files); i++) {
        struct sw_track track;
        enum sw_video_reason reason = read_bytes(&track, files[i].bytes, files[i].length);
        if (reason != files[i].reason)
            fail_msg("file %zu: %d", i, (int)reason);
    }
}

/* However much is missing, and whatever stands in its place: an answer, within bounds. */
static void cut_and_bent(void **state)
{
    static const char *const names[] = {"709-full.mp4", "709.mkv", "709-full.webm", "turned.mp4", "jpeg.mp4"};
    (void)state;
    srand(7);
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        struct sw_track track;
        size_t length;
        int32_t width, height;
        char *bytes = read_clip(names[i], &length);
        for (int percent = 1; percent < 100; percent++) {
            enum sw_video_reason reason = read_bytes(&track, bytes, length * (size_t)percent / 100 + 1);
            assert_true(reason != 0 || sw_track_shown_size(&track, &width, &height));
            sw_track_finish(&track);
        }
        for (int round = 0; round < 500; round++) {
            size_t at = (size_t)rand() % length;
            char was = bytes[at];
            bytes[at] = (char)rand();
            enum sw_video_reason reason = read_bytes(&track, bytes, length);
            assert_true(reason != 0 || (sw_track_shown_size(&track, &width, &height) && track.length >= 0));
            sw_track_finish(&track);
            bytes[at] = was;
        }
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_files),
        cmocka_unit_test(what_is_no_video),
        cmocka_unit_test(cut_and_bent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
