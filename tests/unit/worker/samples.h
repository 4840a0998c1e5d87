/* SPDX-License-Identifier: EUPL-1.2 */
/* Picture files for tests, made on the spot by the formats' own libraries. All of them show `struct sample`'s pixels. */
#ifndef TESTS_WORKER_SAMPLES_H
#define TESTS_WORKER_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "worker/serve.h"

struct sample {
    int width, height;
    uint32_t *pixels; /* 0xAARRGGBB, alpha not premultiplied; owned */
};

struct sample_file {
    uint8_t *bytes; /* malloc'd */
    size_t length;
};

/* Four quarters of red, green, blue and white (from the top left, line by line), fully opaque. */
struct sample sample_quarters(int width, int height);
/* Smooth in both directions; `alpha`: from clear at the left to opaque at the right. */
struct sample sample_ramp(int width, int height, bool alpha);
void sample_finish(struct sample *sample);

enum sample_png { SAMPLE_PNG_RGB, SAMPLE_PNG_RGBA, SAMPLE_PNG_RGB16, SAMPLE_PNG_RGBA16, SAMPLE_PNG_GREY, SAMPLE_PNG_GREY16,
                  SAMPLE_PNG_GREY_ALPHA, SAMPLE_PNG_PALETTE, SAMPLE_PNG_PALETTE_ALPHA };
enum sample_jpeg { SAMPLE_JPEG_COLOUR, SAMPLE_JPEG_GREY, SAMPLE_JPEG_PROGRESSIVE, SAMPLE_JPEG_CMYK, SAMPLE_JPEG_YCCK };

/* PALETTE: at most 256 different pixels; PALETTE_ALPHA: those with their alpha. GREY: the green channel. */
struct sample_file sample_png(const struct sample *sample, enum sample_png variety, bool interlaced);
/* `orientation` 1..8 is put into an EXIF segment, by big-endian words where `motorola`; 0: without one. CMYK and YCCK as Adobe writes
 * them. */
struct sample_file sample_jpeg(const struct sample *sample, enum sample_jpeg variety, int orientation, bool motorola);
/* Without loss if `lossless`; `orientation` as above (an extended file with an EXIF chunk). */
struct sample_file sample_webp(const struct sample *sample, bool lossless, int orientation);
/* A file of nothing but a head that claims this size. */
struct sample_file sample_png_head(uint32_t width, uint32_t height);
void sample_file_finish(struct sample_file *file);

/* A job for a decoder; finish with sw_worker_job_finish. */
struct sw_worker_job sample_probe(const struct sample_file *file);
struct sw_worker_job sample_verify(const struct sample_file *file);
struct sw_worker_job sample_render(const struct sample_file *file, int width, int height);

/* The greatest difference of any channel. */
int sample_difference(uint32_t a, uint32_t b);
/* As a premultiplied pixel. */
uint32_t sample_premultiplied(uint32_t pixel);

#endif
