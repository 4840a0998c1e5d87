/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether two pictures are the same but for some rectangles: masked-compare A.png B.png [X,Y,W,H]...
 * Exit 0: the same; 1: not, and says how many pixels differ, by how much, and within which box; 2: cannot be compared. */
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAME = 0, DIFFERENT = 1, UNABLE = 2, MASKS_MAX = 32 };

struct box {
    int x, y, width, height;
};

struct picture {
    cairo_surface_t *surface;
    int width, height, stride;
    const unsigned char *pixels;
};

static bool open_picture(struct picture *picture, const char *path)
{
    picture->surface = cairo_image_surface_create_from_png(path);
    if (cairo_surface_status(picture->surface) != CAIRO_STATUS_SUCCESS) {
        fprintf(stderr, "%s cannot be read\n", path);
        return false;
    }
    picture->width = cairo_image_surface_get_width(picture->surface);
    picture->height = cairo_image_surface_get_height(picture->surface);
    picture->stride = cairo_image_surface_get_stride(picture->surface);
    picture->pixels = cairo_image_surface_get_data(picture->surface);
    return true;
}

static bool masked(const struct box *masks, int count, int x, int y)
{
    for (int i = 0; i < count; i++)
        if (x >= masks[i].x && y >= masks[i].y && x < masks[i].x + masks[i].width && y < masks[i].y + masks[i].height)
            return true;
    return false;
}

static int difference(const unsigned char *a, const unsigned char *b)
{
    int most = 0;
    for (int i = 0; i < 3; i++)
        most = abs(a[i] - b[i]) > most ? abs(a[i] - b[i]) : most;
    return most;
}

static int compare(const struct picture *a, const struct picture *b, const struct box *masks, int count)
{
    long differing = 0;
    int most = 0, left = a->width, top = a->height, right = 0, bottom = 0;
    for (int y = 0; y < a->height; y++) {
        const unsigned char *row_a = a->pixels + (ptrdiff_t)y * a->stride, *row_b = b->pixels + (ptrdiff_t)y * b->stride;
        for (int x = 0; x < a->width; x++) {
            int step = difference(row_a + 4 * x, row_b + 4 * x);
            if (step == 0 || masked(masks, count, x, y))
                continue;
            differing++;
            most = step > most ? step : most;
            left = x < left ? x : left;
            right = x > right ? x : right;
            top = y < top ? y : top;
            bottom = y;
        }
    }
    if (differing == 0)
        return SAME;
    printf("%ld pixels differ by up to %d of 255, within %d,%d %dx%d\n", differing, most, left, top, right - left + 1, bottom - top + 1);
    return DIFFERENT;
}

int main(int argc, char **argv)
{
    struct picture a, b;
    struct box masks[MASKS_MAX];
    int count = 0;
    if (argc < 3 || argc - 3 > MASKS_MAX || !open_picture(&a, argv[1]) || !open_picture(&b, argv[2]))
        return UNABLE;
    for (int i = 3; i < argc; i++, count++)
        if (sscanf(argv[i], "%d,%d,%d,%d", &masks[count].x, &masks[count].y, &masks[count].width, &masks[count].height) != 4)
            return UNABLE;
    if (a.width != b.width || a.height != b.height) {
        printf("%s is %dx%d, %s is %dx%d\n", argv[1], a.width, a.height, argv[2], b.width, b.height);
        return DIFFERENT;
    }
    int status = compare(&a, &b, masks, count);
    cairo_surface_destroy(a.surface);
    cairo_surface_destroy(b.surface);
    return status;
}
