/* SPDX-License-Identifier: EUPL-1.2 */
#include "samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include "base/memory.h"

/* Bytes that grow. */
static void add(struct sample_file *file, const void *bytes, size_t length)
{
    file->bytes = realloc(file->bytes, file->length + length);
    if (file->bytes == NULL)
        abort();
    memcpy(file->bytes + file->length, bytes, length);
    file->length += length;
}

static void insert(struct sample_file *file, size_t at, const void *bytes, size_t length)
{
    add(file, bytes, length);
    memmove(file->bytes + at + length, file->bytes + at, file->length - length - at);
    memcpy(file->bytes + at, bytes, length);
}

static struct sample blank(int width, int height)
{
    return (struct sample){width, height, sw_alloc_array((size_t)width * (size_t)height, sizeof(uint32_t))};
}

struct sample sample_quarters(int width, int height)
{
    static const uint32_t colours[4] = {0xffff0000, 0xff00ff00, 0xff0000ff, 0xffffffff};
    struct sample sample = blank(width, height);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++)
            sample.pixels[y * width + x] = colours[(y >= height / 2) * 2 + (x >= width / 2)];
    }
    return sample;
}

struct sample sample_ramp(int width, int height, bool alpha)
{
    struct sample sample = blank(width, height);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            uint32_t across = (uint32_t)(x * 255 / (width > 1 ? width - 1 : 1)), down = (uint32_t)(y * 255 / (height > 1 ? height - 1 : 1));
            sample.pixels[y * width + x] = (alpha ? across : 255u) << 24 | across << 16 | down << 8 | (255 - across);
        }
    }
    return sample;
}

void sample_finish(struct sample *sample)
{
    free(sample->pixels);
    sample->pixels = NULL;
}

void sample_file_finish(struct sample_file *file)
{
    free(file->bytes);
    file->bytes = NULL;
}

static void png_add(png_structp png, png_bytep bytes, size_t length)
{
    add(png_get_io_ptr(png), bytes, length);
}

static void png_flushed(png_structp png)
{
    (void)png;
}

static const struct {
    int depth, colours, channels;
} pngs[] = {
    [SAMPLE_PNG_RGB] = {8, PNG_COLOR_TYPE_RGB, 3},          [SAMPLE_PNG_RGBA] = {8, PNG_COLOR_TYPE_RGBA, 4},
    [SAMPLE_PNG_RGB16] = {16, PNG_COLOR_TYPE_RGB, 3},       [SAMPLE_PNG_RGBA16] = {16, PNG_COLOR_TYPE_RGBA, 4},
    [SAMPLE_PNG_GREY] = {8, PNG_COLOR_TYPE_GRAY, 1},        [SAMPLE_PNG_GREY16] = {16, PNG_COLOR_TYPE_GRAY, 1},
    [SAMPLE_PNG_GREY_ALPHA] = {8, PNG_COLOR_TYPE_GA, 2},    [SAMPLE_PNG_PALETTE] = {8, PNG_COLOR_TYPE_PALETTE, 1},
    [SAMPLE_PNG_PALETTE_ALPHA] = {8, PNG_COLOR_TYPE_PALETTE, 1},
};

/* The place of each pixel in `colours`, which it fills in. */
static int find_colour(uint32_t *colours, int *count, uint32_t pixel)
{
    for (int i = 0; i < *count; i++) {
        if (colours[i] == pixel)
            return i;
    }
    if (*count == 256)
        abort();
    colours[*count] = pixel;
    return (*count)++;
}

static void set_palette(png_structp png, png_infop info, const uint32_t *colours, int count, bool alpha)
{
    png_color palette[256];
    png_byte alphas[256];
    for (int i = 0; i < count; i++) {
        palette[i] = (png_color){(png_byte)(colours[i] >> 16 & 0xff), (png_byte)(colours[i] >> 8 & 0xff), (png_byte)(colours[i] & 0xff)};
        alphas[i] = (png_byte)(colours[i] >> 24);
    }
    png_set_PLTE(png, info, palette, count);
    if (alpha)
        png_set_tRNS(png, info, alphas, count, NULL);
}

static void png_pixel(enum sample_png variety, uint32_t pixel, int index, uint8_t *out)
{
    uint8_t channels[4] = {(uint8_t)(pixel >> 16), (uint8_t)(pixel >> 8), (uint8_t)pixel, (uint8_t)(pixel >> 24)};
    int count = pngs[variety].channels, bytes = pngs[variety].depth / 8;
    if (count <= 2) {
        channels[0] = channels[1];
        channels[1] = channels[3];
    }
    if (pngs[variety].colours == PNG_COLOR_TYPE_PALETTE)
        channels[0] = (uint8_t)index;
    for (int i = 0; i < count * bytes; i++)
        out[i] = channels[i / bytes];
}

struct sample_file sample_png(const struct sample *sample, enum sample_png variety, bool interlaced)
{
    struct sample_file file = {NULL, 0};
    uint32_t colours[256];
    int colour_count = 0, pixel_bytes = pngs[variety].channels * pngs[variety].depth / 8;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &file, png_add, png_flushed);
    png_set_IHDR(png, info, (png_uint_32)sample->width, (png_uint_32)sample->height, pngs[variety].depth, pngs[variety].colours,
                 interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_bytep *rows = sw_alloc_array((size_t)sample->height, sizeof *rows);
    bool palette = pngs[variety].colours == PNG_COLOR_TYPE_PALETTE;
    for (int y = 0; y < sample->height; y++) {
        rows[y] = sw_alloc_array((size_t)sample->width, (size_t)pixel_bytes);
        for (int x = 0; x < sample->width; x++) {
            uint32_t pixel = sample->pixels[y * sample->width + x];
            png_pixel(variety, pixel, palette ? find_colour(colours, &colour_count, pixel) : 0, rows[y] + x * pixel_bytes);
        }
    }
    if (palette)
        set_palette(png, info, colours, colour_count, variety == SAMPLE_PNG_PALETTE_ALPHA);
    png_set_gAMA_fixed(png, info, 100000); /* to be ignored */
    png_write_info(png, info);
    png_write_image(png, rows);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    for (int y = 0; y < sample->height; y++)
        free(rows[y]);
    free(rows);
    return file;
}

struct sample_file sample_png_head(uint32_t width, uint32_t height)
{
    struct sample_file file = {NULL, 0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_write_fn(png, &file, png_add, png_flushed);
    png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    static const png_byte nothing[1];
    png_write_chunk(png, (png_const_bytep) "IDAT", nothing, 0);
    png_write_chunk(png, (png_const_bytep) "IEND", nothing, 0);
    png_destroy_write_struct(&png, &info);
    return file;
}

/* "Exif", a TIFF head, and a directory of two entries, the second of them the orientation. */
static size_t exif(uint8_t *out, int orientation, bool motorola)
{
    static const uint8_t intel[] = {'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 2, 0, 0x0f, 1, 2, 0, 2, 0, 0, 0, 'x', 0, 0, 0,
                                    0x12, 1, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t big[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2, 1, 0x0f, 0, 2, 0, 0, 0, 2, 'x', 0, 0, 0,
                                  1, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    memcpy(out, motorola ? big : intel, sizeof big);
    out[motorola ? 37 : 36] = (uint8_t)orientation;
    return sizeof big;
}

/* Adobe's inks: 255 is none. */
static void jpeg_pixel(enum sample_jpeg variety, uint32_t pixel, uint8_t *out)
{
    uint8_t red = (uint8_t)(pixel >> 16), green = (uint8_t)(pixel >> 8), blue = (uint8_t)pixel;
    if (variety == SAMPLE_JPEG_GREY) {
        out[0] = green;
        return;
    }
    out[0] = red;
    out[1] = green;
    out[2] = blue;
    out[3] = 255; /* no black */
}

struct sample_file sample_jpeg(const struct sample *sample, enum sample_jpeg variety, int orientation, bool motorola)
{
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    bool inks = variety == SAMPLE_JPEG_CMYK || variety == SAMPLE_JPEG_YCCK;
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes, &length);
    info.image_width = (JDIMENSION)sample->width;
    info.image_height = (JDIMENSION)sample->height;
    info.input_components = inks ? 4 : variety == SAMPLE_JPEG_GREY ? 1 : 3;
    info.in_color_space = inks ? JCS_CMYK : variety == SAMPLE_JPEG_GREY ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 95, TRUE);
    if (variety == SAMPLE_JPEG_YCCK)
        jpeg_set_colorspace(&info, JCS_YCCK);
    if (variety == SAMPLE_JPEG_PROGRESSIVE)
        jpeg_simple_progression(&info);
    info.write_Adobe_marker = inks;
    for (int i = 0; i < info.num_components; i++)
        info.comp_info[i].h_samp_factor = info.comp_info[i].v_samp_factor = 1;
    jpeg_start_compress(&info, TRUE);
    uint8_t *row = sw_alloc_array((size_t)sample->width, 4);
    for (int y = 0; y < sample->height; y++) {
        for (int x = 0; x < sample->width; x++)
            jpeg_pixel(variety, sample->pixels[y * sample->width + x], row + x * info.input_components);
        jpeg_write_scanlines(&info, &row, 1);
    }
    free(row);
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    struct sample_file file = {bytes, length};
    if (orientation != 0) {
        uint8_t segment[128] = {0xff, 0xe1};
        size_t size = exif(segment + 4, orientation, motorola) + 2;
        segment[2] = (uint8_t)(size >> 8);
        segment[3] = (uint8_t)size;
        insert(&file, 2, segment, size + 2);
    }
    return file;
}

static void put_number(uint8_t *out, size_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out[i] = (uint8_t)(number >> 8 * i);
}

/* RIFF, VP8X with the EXIF flag, the picture's own chunk, EXIF. */
static void extend_webp(struct sample_file *file, const struct sample *sample, int orientation)
{
    uint8_t head[18] = {'V', 'P', '8', 'X', 10, 0, 0, 0, 0x08 | 0x10}, tail[128] = {'E', 'X', 'I', 'F'};
    put_number(head + 12, (size_t)sample->width - 1, 3);
    put_number(head + 15, (size_t)sample->height - 1, 3);
    insert(file, 12, head, sizeof head);
    size_t size = exif(tail + 8, orientation, false);
    put_number(tail + 4, size, 4);
    add(file, tail, size + 8);
    put_number(file->bytes + 4, file->length - 8, 4);
}

struct sample_file sample_webp(const struct sample *sample, bool lossless, int orientation)
{
    struct sample_file file = {NULL, 0};
    uint8_t *bytes = NULL;
    const uint8_t *pixels = (const uint8_t *)sample->pixels;
    size_t length = lossless ? WebPEncodeLosslessBGRA(pixels, sample->width, sample->height, sample->width * 4, &bytes)
                             : WebPEncodeBGRA(pixels, sample->width, sample->height, sample->width * 4, 95, &bytes);
    add(&file, bytes, length);
    WebPFree(bytes);
    if (orientation != 0)
        extend_webp(&file, sample, orientation);
    return file;
}

struct sw_worker_job sample_probe(const struct sample_file *file)
{
    return (struct sw_worker_job){.request = {.version = SW_WORKER_VERSION, .op = SW_WORKER_PROBE},
                                  .bytes = file->bytes, .length = file->length, .fd = -1};
}

struct sw_worker_job sample_verify(const struct sample_file *file)
{
    struct sw_worker_job job = sample_probe(file);
    job.request.op = SW_WORKER_VERIFY;
    return job;
}

struct sw_worker_job sample_render(const struct sample_file *file, int width, int height)
{
    struct sw_worker_job job = sample_probe(file);
    job.request.op = SW_WORKER_RENDER;
    job.request.width = width;
    job.request.height = height;
    job.request.right = job.request.bottom = 1;
    return job;
}

int sample_difference(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int difference = abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff));
        most = difference > most ? difference : most;
    }
    return most;
}

uint32_t sample_premultiplied(uint32_t pixel)
{
    uint32_t alpha = pixel >> 24, out = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        out |= ((pixel >> shift & 0xff) * alpha * 2 + 255) / 510 << shift; /* rounded to the nearest */
    return out;
}
