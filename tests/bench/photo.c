/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes a JPEG that is as busy as a photograph: bench-photo WIDTH HEIGHT SEED FILE
 * Soft hills of colour with grain; in the middle 96 x 96 pixels of one colour, 00A0E0 + SEED * 00080000, to know it by. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

enum { MARK = 96, QUALITY = 90 };

struct photo {
    int width, height;
    unsigned seed;
    uint32_t noise;
};

static void paint_row(struct photo *photo, int y, uint8_t *row)
{
    double phase = photo->seed * 1.7;
    for (int x = 0; x < photo->width; x++) {
        double u = x / 1920.0, v = y / 1080.0;
        double hills[3] = {sin(7 * u + 3 * v + phase), sin(11 * v - 4 * u + 2 * phase), sin(5 * (u + v) + 3 * phase)};
        for (int i = 0; i < 3; i++) {
            photo->noise = photo->noise * 1664525u + 1013904223u;
            double value = 96 + 56 * hills[i] + 30 * sin(40 * u * hills[(i + 1) % 3]) + (double)(photo->noise >> 24) / 16;
            row[3 * x + i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
        if (abs(2 * x - photo->width) < MARK && abs(2 * y - photo->height) < MARK) {
            row[3 * x] = (uint8_t)(8 * photo->seed);
            row[3 * x + 1] = 0xa0;
            row[3 * x + 2] = 0xe0;
        }
    }
}

int main(int argc, char **argv)
{
    struct photo photo = {.noise = 1};
    FILE *file = argc == 5 ? fopen(argv[4], "wb") : NULL;
    if (file != NULL) {
        photo.width = (int)strtol(argv[1], NULL, 10);
        photo.height = (int)strtol(argv[2], NULL, 10);
        photo.seed = (unsigned)strtoul(argv[3], NULL, 10);
    }
    if (photo.width < 1 || photo.height < 1 || photo.width > 16384 || photo.height > 16384 || photo.seed > 31) {
        fputs("bench-photo WIDTH HEIGHT SEED FILE\n", stderr);
        return 2;
    }
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = (JDIMENSION)photo.width;
    jpeg.image_height = (JDIMENSION)photo.height;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, QUALITY, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    uint8_t *row = malloc(3 * (size_t)photo.width);
    for (int y = 0; row != NULL && y < photo.height; y++) {
        paint_row(&photo, y, row);
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    free(row);
    return fclose(file) == 0 ? 0 : 1;
}
