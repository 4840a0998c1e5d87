/* SPDX-License-Identifier: EUPL-1.2 */
/* JPEG by libjpeg-turbo. Decoded at a half, a quarter or an eighth where less is wanted. */
#include "worker/picture/decode.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* in this order: each needs the one in front */
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

#include "base/memory.h"
#include "worker/picture/canvas.h"
#include "worker/picture/exif.h"
#include "worker/picture/turn.h"

#define APP1 (JPEG_APP0 + 1)
#define LIBRARY_MEMORY (512L << 20) /* bytes: the coefficients of a large progressive picture */

/* Everything that must survive libjpeg's way of failing, which is to jump. */
struct jpeg {
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;
    jmp_buf back;
    struct sw_worker_job *job;
    struct sw_canvas canvas;
    uint8_t *inks; /* a row of CMYK */
    int orientation;
    bool cut, damaged;
    enum sw_worker_status status;
};

static enum sw_worker_status status_of_error(const struct jpeg *jpeg)
{
    switch (jpeg->errors.msg_code) {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
    case JERR_COMPONENT_COUNT: return SW_WORKER_UNSUPPORTED;
    case JERR_IMAGE_TOO_BIG: return SW_WORKER_TOO_LARGE;
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE: return SW_WORKER_FAILED;
    default: return jpeg->cut ? SW_WORKER_TRUNCATED : SW_WORKER_DAMAGED;
    }
}

static void leave(j_common_ptr info)
{
    struct jpeg *jpeg = info->client_data;
    jpeg->status = status_of_error(jpeg);
    longjmp(jpeg->back, 1);
}

/* libjpeg goes on after these, with grey where there are no data. A half picture is not shown. */
static void note(j_common_ptr info, int level)
{
    struct jpeg *jpeg = info->client_data;
    if (level >= 0)
        return;
    switch (jpeg->errors.msg_code) {
    case JWRN_JPEG_EOF: jpeg->cut = true; break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_NOT_SEQUENTIAL: jpeg->damaged = true; break;
    default: break; /* stray bytes between markers, and the like: common and harmless */
    }
}

static void say_nothing(j_common_ptr info)
{
    (void)info;
}

static void set_up(struct jpeg *jpeg)
{
    jpeg->info.err = jpeg_std_error(&jpeg->errors);
    jpeg->errors.error_exit = leave;
    jpeg->errors.emit_message = note;
    jpeg->errors.output_message = say_nothing;
    jpeg->info.client_data = jpeg;
    jpeg_create_decompress(&jpeg->info);
    jpeg->info.mem->max_memory_to_use = LIBRARY_MEMORY;
    jpeg_mem_src(&jpeg->info, jpeg->job->bytes, (unsigned long)jpeg->job->length);
    jpeg_save_markers(&jpeg->info, APP1, 0xffff);
}

static int find_orientation(const struct jpeg *jpeg)
{
    for (jpeg_saved_marker_ptr marker = jpeg->info.marker_list; marker != NULL; marker = marker->next) {
        if (marker->marker == APP1 && marker->data_length >= 6 && memcmp(marker->data, "Exif\0", 5) == 0)
            return sw_exif_orientation(marker->data, marker->data_length);
    }
    return 1;
}

/* The size is noted also where the library then refuses it. */
static enum sw_worker_status measure(struct jpeg *jpeg)
{
    int64_t width = jpeg->info.image_width, height = jpeg->info.image_height;
    bool swaps = sw_turn_swaps(jpeg->orientation);
    return sw_worker_job_measure(jpeg->job, swaps ? height : width, swaps ? width : height);
}

static bool suffices(struct sw_scale_span span, int divisor)
{
    return (span.to - span.from) / divisor >= span.target;
}

static void choose_scale(struct jpeg *jpeg)
{
    struct jpeg_decompress_struct *info = &jpeg->info;
    info->scale_num = 1;
    info->scale_denom = 8;
    if (jpeg->job->request.op != SW_WORKER_RENDER)
        return;
    struct sw_canvas_part part =
        sw_canvas_part_of(jpeg->job, (int)info->image_width, (int)info->image_height, jpeg->orientation);
    while (info->scale_denom > 1 && !(suffices(part.across, (int)info->scale_denom) && suffices(part.down, (int)info->scale_denom)))
        info->scale_denom /= 2;
}

static enum sw_worker_status choose_colours(struct jpeg *jpeg)
{
    switch ((int)jpeg->info.jpeg_color_space) { /* the other dozen are for output */
    case JCS_GRAYSCALE:
    case JCS_RGB:
    case JCS_YCbCr: jpeg->info.out_color_space = JCS_EXT_BGRA; return SW_WORKER_OK;
    case JCS_CMYK:
    case JCS_YCCK: jpeg->info.out_color_space = JCS_CMYK; return SW_WORKER_OK;
    default: return SW_WORKER_UNSUPPORTED;
    }
}

/* Without a colour profile: what each ink leaves of white. Adobe's writers store the inks inverted. */
static void inks_to_pixels(const uint8_t *inks, int width, bool inverted, uint32_t *row)
{
    uint32_t flip = inverted ? 0 : 255;
    for (int x = 0; x < width; x++, inks += 4) {
        uint32_t black = inks[3] ^ flip, red = (inks[0] ^ flip) * black / 255, green = (inks[1] ^ flip) * black / 255;
        row[x] = 0xff000000u | red << 16 | green << 8 | (inks[2] ^ flip) * black / 255;
    }
}

static void read_rows(struct jpeg *jpeg)
{
    struct jpeg_decompress_struct *info = &jpeg->info;
    bool inks = info->out_color_space == JCS_CMYK;
    if (inks)
        jpeg->inks = sw_alloc_array(info->output_width, 4);
    while (info->output_scanline < info->output_height) {
        uint32_t *row = sw_canvas_row(&jpeg->canvas);
        JSAMPROW target = inks ? jpeg->inks : (JSAMPROW)row;
        jpeg_read_scanlines(info, &target, 1);
        if (inks)
            inks_to_pixels(jpeg->inks, (int)info->output_width, info->saw_Adobe_marker, row);
        sw_canvas_row_done(&jpeg->canvas);
    }
}

/* Straight through; libjpeg's failures jump back to the caller. */
static enum sw_worker_status decode(struct jpeg *jpeg)
{
    struct jpeg_decompress_struct *info = &jpeg->info;
    set_up(jpeg);
    jpeg_read_header(info, TRUE);
    jpeg->orientation = find_orientation(jpeg);
    enum sw_worker_status status = measure(jpeg);
    if (status == SW_WORKER_OK)
        status = choose_colours(jpeg);
    if (status != SW_WORKER_OK || jpeg->job->request.op == SW_WORKER_PROBE)
        return status;
    choose_scale(jpeg);
    jpeg_start_decompress(info);
    if (!sw_canvas_init(&jpeg->canvas, jpeg->job, (int)info->output_width, (int)info->output_height, jpeg->orientation))
        return SW_WORKER_FAILED;
    read_rows(jpeg);
    jpeg_finish_decompress(info);
    if (jpeg->cut || jpeg->damaged)
        return jpeg->cut ? SW_WORKER_TRUNCATED : SW_WORKER_DAMAGED;
    sw_canvas_close(&jpeg->canvas);
    return SW_WORKER_OK;
}

enum sw_worker_status sw_jpeg_decode(struct sw_worker_job *job)
{
    struct jpeg *jpeg = sw_alloc(sizeof *jpeg);
    jpeg->job = job;
    jpeg->orientation = 1;
    enum sw_worker_status status;
    if (setjmp(jpeg->back) == 0) {
        status = decode(jpeg);
    } else {
        measure(jpeg);
        status = jpeg->status;
    }
    jpeg_destroy_decompress(&jpeg->info);
    sw_canvas_finish(&jpeg->canvas);
    free(jpeg->inks);
    free(jpeg);
    return status;
}
