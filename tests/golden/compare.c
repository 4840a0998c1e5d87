/* SPDX-License-Identifier: EUPL-1.2 */
/* Compares a shot with its golden picture: golden-compare REFERENCE.png SHOT.png [--max N] [--mean F] [--diff OUT.png]
 * Differences are in steps of 255 of a channel; --max is the largest allowed (0), --mean the average over all pixels and channels (0).
 * Exit 0: within both; 1: beyond, of another size, or no reference; 2: cannot be compared (use, unreadable files). When it fails, the
 * difference is written to OUT.png: the reference in dark grey, what differs in red, the brighter the more. */
#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAME = 0, DIFFERENT = 1, UNABLE = 2 };

struct options {
    const char *reference, *shot, *diff;
    double max, mean;
};
struct picture {
    cairo_surface_t *surface;
    int width, height, stride;
    const unsigned char *pixels;
    uint32_t opaque; /* set in each pixel: the unused byte of a picture without alpha */
};
struct outcome {
    int max, max_x, max_y;
    double mean;
    long differing; /* pixels */
};

static bool read_number(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && *end == '\0' && *out >= 0 && *out <= 255;
}

static bool read_options(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        bool takes = strcmp(argv[i], "--max") == 0 || strcmp(argv[i], "--mean") == 0 || strcmp(argv[i], "--diff") == 0;
        if (takes && value == NULL)
            return false;
        if (strcmp(argv[i], "--diff") == 0)
            options->diff = value;
        else if (takes && !read_number(value, argv[i][3] == 'a' ? &options->max : &options->mean))
            return false;
        if (takes)
            i++;
        else if (argv[i][0] == '-' || options->shot != NULL)
            return false;
        else if (options->reference == NULL)
            options->reference = argv[i];
        else
            options->shot = argv[i];
    }
    return options->shot != NULL;
}

static bool open_picture(const char *path, struct picture *picture)
{
    picture->surface = cairo_image_surface_create_from_png(path);
    cairo_status_t status = cairo_surface_status(picture->surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        fprintf(stderr, "golden-compare: %s: %s\n", path, cairo_status_to_string(status));
        return false;
    }
    cairo_format_t format = cairo_image_surface_get_format(picture->surface);
    if (format != CAIRO_FORMAT_RGB24 && format != CAIRO_FORMAT_ARGB32) {
        fprintf(stderr, "golden-compare: %s: not a picture of 8 bits a channel\n", path);
        return false;
    }
    picture->opaque = format == CAIRO_FORMAT_RGB24 ? 0xff000000u : 0;
    picture->width = cairo_image_surface_get_width(picture->surface);
    picture->height = cairo_image_surface_get_height(picture->surface);
    picture->stride = cairo_image_surface_get_stride(picture->surface);
    picture->pixels = cairo_image_surface_get_data(picture->surface);
    return true;
}

static uint32_t pixel_at(const struct picture *picture, int x, int y)
{
    uint32_t pixel;
    memcpy(&pixel, picture->pixels + (size_t)picture->stride * (size_t)y + 4 * (size_t)x, 4);
    return pixel | picture->opaque;
}

/* The largest difference of the four channels; their sum is added to *sum. */
static int difference(uint32_t a, uint32_t b, long *sum)
{
    int largest = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int step = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        *sum += step;
        largest = step > largest ? step : largest;
    }
    return largest;
}

/* The mean is over three channels: alpha, of which most pictures have none, must not dilute it. */
static struct outcome compare(const struct picture *reference, const struct picture *shot)
{
    struct outcome outcome = {0};
    long sum = 0;
    for (int y = 0; y < reference->height; y++)
        for (int x = 0; x < reference->width; x++) {
            int step = difference(pixel_at(reference, x, y), pixel_at(shot, x, y), &sum);
            outcome.differing += step > 0;
            if (step > outcome.max) {
                outcome.max = step;
                outcome.max_x = x;
                outcome.max_y = y;
            }
        }
    outcome.mean = (double)sum / 3 / reference->width / reference->height;
    return outcome;
}

static uint32_t shown(uint32_t reference, int step)
{
    uint32_t grey = ((reference >> 16 & 255) + (reference >> 8 & 255) + (reference & 255)) / 12;
    uint32_t red = step == 0 ? grey : step * 4 > 175 ? 255u : 80u + (uint32_t)step * 4;
    return red << 16 | grey << 8 | grey;
}

static void write_diff(const char *path, const struct picture *reference, const struct picture *shot)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, reference->width, reference->height);
    unsigned char *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    long sum = 0;
    for (int y = 0; rows != NULL && y < reference->height; y++)
        for (int x = 0; x < reference->width; x++) {
            uint32_t pixel = pixel_at(reference, x, y);
            pixel = shown(pixel, difference(pixel, pixel_at(shot, x, y), &sum));
            memcpy(rows + (size_t)stride * (size_t)y + 4 * (size_t)x, &pixel, 4);
        }
    cairo_surface_mark_dirty(surface);
    cairo_status_t status = cairo_surface_write_to_png(surface, path);
    if (status != CAIRO_STATUS_SUCCESS)
        fprintf(stderr, "golden-compare: %s: %s\n", path, cairo_status_to_string(status));
    cairo_surface_destroy(surface);
}

static int judge(const struct options *options, const struct picture *reference, const struct picture *shot)
{
    if (reference->width != shot->width || reference->height != shot->height) {
        fprintf(stderr, "golden-compare: %s is %dx%d, %s is %dx%d\n", options->reference, reference->width, reference->height,
                options->shot, shot->width, shot->height);
        return DIFFERENT;
    }
    struct outcome outcome = compare(reference, shot);
    if (outcome.max <= options->max && outcome.mean <= options->mean)
        return SAME;
    fprintf(stderr, "golden-compare: %s differs from %s: max %d at %d,%d (allowed %g), mean %.3f (allowed %g), %ld pixels\n", options->shot,
            options->reference, outcome.max, outcome.max_x, outcome.max_y, options->max, outcome.mean, options->mean, outcome.differing);
    if (options->diff != NULL)
        write_diff(options->diff, reference, shot);
    return DIFFERENT;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    if (!read_options(argc, argv, &options)) {
        fputs("use: golden-compare REFERENCE.png SHOT.png [--max 0..255] [--mean 0..255] [--diff OUT.png]\n", stderr);
        return UNABLE;
    }
    struct picture reference = {0}, shot = {0};
    int result = UNABLE;
    if (!open_picture(options.shot, &shot)) {
        result = UNABLE;
    } else if (access(options.reference, F_OK) != 0) {
        fprintf(stderr, "golden-compare: there is no reference yet. Look at %s; if it is right: cp '%s' '%s'\n", options.shot, options.shot,
                options.reference);
        result = DIFFERENT;
    } else if (open_picture(options.reference, &reference)) {
        result = judge(&options, &reference, &shot);
    }
    cairo_surface_destroy(reference.surface);
    cairo_surface_destroy(shot.surface);
    return result;
}
