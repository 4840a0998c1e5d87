/* SPDX-License-Identifier: EUPL-1.2 */
/* PNG by libpng, reduced to 8 bits a channel. Everything but the picture itself (profiles, texts, times) is passed over unread. */
#include "worker/picture/decode.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/memory.h"
#include "worker/picture/canvas.h"

#define CHUNK_BYTES_MAX ((png_alloc_size_t)8 << 20)

/* Everything that must survive libpng's way of failing, which is to jump. */
struct png {
    png_structp reader;
    png_infop info;
    struct sw_worker_job *job;
    struct sw_canvas canvas;
    size_t at; /* bytes read */
    uint8_t *whole; /* an interlaced picture, all rows */
    bool cut;
};

static void fail(png_structp reader, png_const_charp text)
{
    (void)text;
    png_longjmp(reader, 1);
}

static void say_nothing(png_structp reader, png_const_charp text)
{
    (void)reader;
    (void)text;
}

static void read_bytes(png_structp reader, png_bytep out, size_t length)
{
    struct png *png = png_get_io_ptr(reader);
    if (png->job->length - png->at < length) {
        png->cut = true;
        png_error(reader, "cut short");
    }
    memcpy(out, png->job->bytes + png->at, length);
    png->at += length;
}

static bool set_up(struct png *png)
{
    static const png_byte passed_over[] = "acTL\0bKGD\0cHRM\0eXIf\0fcTL\0fdAT\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0"
                                          "sBIT\0sCAL\0sPLT\0sRGB\0sTER\0tEXt\0tIME\0zTXt";
    png->reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, png, fail, say_nothing);
    if (png->reader == NULL)
        return false;
    png->info = png_create_info_struct(png->reader);
    if (png->info == NULL)
        return false;
    png_set_read_fn(png->reader, png, read_bytes);
    png_set_user_limits(png->reader, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* measured below, so that the fault can say the size */
    png_set_chunk_malloc_max(png->reader, CHUNK_BYTES_MAX);
    png_set_keep_unknown_chunks(png->reader, PNG_HANDLE_CHUNK_NEVER, passed_over, (int)(sizeof passed_over / 5));
    return true;
}

/* Whatever it is becomes blue, green, red, alpha of 8 bits each; true if alpha may be less than 255. */
static bool set_form(struct png *png)
{
    int colours = png_get_color_type(png->reader, png->info);
    bool alpha = (colours & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png->reader, png->info, PNG_INFO_tRNS) != 0;
    png_set_expand(png->reader);
    png_set_scale_16(png->reader);
    if ((colours & PNG_COLOR_MASK_COLOR) == 0)
        png_set_gray_to_rgb(png->reader);
    if (!alpha)
        png_set_add_alpha(png->reader, 0xff, PNG_FILLER_AFTER);
    png_set_bgr(png->reader);
    return alpha;
}

static uint32_t times(uint32_t channel, uint32_t alpha)
{
    uint32_t product = channel * alpha + 128;
    return (product + (product >> 8)) >> 8;
}

static void premultiply(uint32_t *row, int width)
{
    for (int x = 0; x < width; x++) {
        uint32_t pixel = row[x], alpha = pixel >> 24;
        if (alpha == 255)
            continue;
        row[x] = alpha << 24 | times(pixel >> 16 & 0xff, alpha) << 16 | times(pixel >> 8 & 0xff, alpha) << 8 | times(pixel & 0xff, alpha);
    }
}

/* The rows of an interlaced picture come several times, each time with more pixels: all must be kept. */
static void read_whole(struct png *png, int passes)
{
    size_t stride = (size_t)png->canvas.width * 4;
    png->whole = sw_alloc_array((size_t)png->canvas.height, stride);
    for (int pass = 0; pass < passes; pass++) {
        for (int y = 0; y < png->canvas.height; y++)
            png_read_row(png->reader, png->whole + (size_t)y * stride, NULL);
    }
}

static void read_rows(struct png *png, int passes, bool alpha)
{
    size_t stride = (size_t)png->canvas.width * 4;
    if (passes > 1)
        read_whole(png, passes);
    for (int y = 0; y < png->canvas.height; y++) {
        uint32_t *row = sw_canvas_row(&png->canvas);
        if (png->whole != NULL)
            memcpy(row, png->whole + (size_t)y * stride, stride);
        else
            png_read_row(png->reader, (png_bytep)row, NULL);
        if (alpha)
            premultiply(row, png->canvas.width);
        sw_canvas_row_done(&png->canvas);
    }
}

/* Straight through; libpng's failures jump back to the caller. */
static enum sw_worker_status decode(struct png *png)
{
    png_read_info(png->reader, png->info);
    uint32_t width = png_get_image_width(png->reader, png->info), height = png_get_image_height(png->reader, png->info);
    enum sw_worker_status status = sw_worker_job_measure(png->job, width, height);
    if (status != SW_WORKER_OK || png->job->request.op == SW_WORKER_PROBE)
        return status;
    bool alpha = set_form(png);
    int passes = png_set_interlace_handling(png->reader);
    png_read_update_info(png->reader, png->info);
    if (png_get_rowbytes(png->reader, png->info) != (size_t)width * 4)
        return SW_WORKER_UNSUPPORTED;
    if (!sw_canvas_init(&png->canvas, png->job, (int)width, (int)height, 1))
        return SW_WORKER_FAILED;
    read_rows(png, passes, alpha);
    png_read_end(png->reader, NULL);
    sw_canvas_close(&png->canvas);
    return SW_WORKER_OK;
}

enum sw_worker_status sw_png_decode(struct sw_worker_job *job)
{
    struct png *png = sw_alloc(sizeof *png);
    png->job = job;
    enum sw_worker_status status = SW_WORKER_FAILED;
    if (set_up(png)) {
        if (setjmp(png_jmpbuf(png->reader)) == 0)
            status = decode(png);
        else
            status = png->cut ? SW_WORKER_TRUNCATED : SW_WORKER_DAMAGED;
    }
    png_destroy_read_struct(&png->reader, &png->info, NULL);
    sw_canvas_finish(&png->canvas);
    free(png->whole);
    free(png);
    return status;
}
