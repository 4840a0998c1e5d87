/* SPDX-License-Identifier: EUPL-1.2 */
#include "workbench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/memory.h"
#include "elements/catalogue.h"
#include "view/mask.h"
#include "view/text.h"
#include "view/vector.h"

#define BUDGET ((size_t)96 << 20)
#define ROLES_MAX 16

_Noreturn void sw_workbench_fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(2);
}

double sw_workbench_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double sw_workbench_quantile(double *values, size_t count, double share)
{
    qsort(values, count, sizeof *values, compare);
    size_t index = (size_t)(share * (double)count);
    return count == 0 ? 0 : values[index < count ? index : count - 1];
}

/* -- pictures -- */

static enum sw_asset_state picture_size(void *context, const char *path, int *width, int *height)
{
    const struct sw_workbench *bench = context;
    (void)path;
    *width = bench->picture_width;
    *height = bench->picture_height;
    return SW_ASSET_READY;
}

static struct sw_bitmap *make_picture(int width, int height, uint32_t seed)
{
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_XRGB, width, height);
    if (bitmap == NULL)
        sw_workbench_fail("a picture of that size cannot be made");
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint32_t pixel = (seed = seed * 1664525u + 1013904223u) | 0xff000000u;
            memcpy(bitmap->pixels + (size_t)bitmap->stride * (size_t)y + 4 * (size_t)x, &pixel, sizeof pixel);
        }
    return bitmap;
}

/* One bitmap a path and size, as long as there is room; they are never the same pixels. */
static enum sw_asset_state picture_get(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    struct sw_workbench *bench = context;
    for (size_t i = 0; i < SW_WORKBENCH_PICTURES; i++) {
        struct sw_bitmap *made = bench->made[i].bitmap;
        if (made == NULL) {
            bench->made[i].path = strdup(request->path);
            bench->made[i].bitmap = made = make_picture(request->width, request->height, (uint32_t)i + 1);
        } else if (strcmp(bench->made[i].path, request->path) != 0 || made->width != request->width || made->height != request->height) {
            continue;
        }
        *bitmap = made;
        return SW_ASSET_READY;
    }
    sw_workbench_fail("more pictures than there is room for");
}

/* -- open, close -- */

static void load(struct sw_workbench *bench, const char *folder)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    double began = sw_workbench_ms();
    bench->exhibition = sw_exhibition_create(folder, sw_catalogue(), &diags);
    bench->load_ms = sw_workbench_ms() - began;
    if (bench->exhibition == NULL || diags.errors > 0) {
        sw_diags_print(&diags, stderr);
        sw_workbench_fail("the exhibition has faults");
    }
    sw_diags_finish(&diags);
}

void sw_workbench_open(struct sw_workbench *bench, const char *folder, int width, int height)
{
    *bench = (struct sw_workbench){.picture_width = width, .picture_height = height};
    sw_log_init("bench", SW_LOG_WARNING);
    load(bench, folder);
    struct sw_font_role roles[ROLES_MAX];
    struct sw_font_set fonts = {.roles = roles};
    const struct sw_font *own = bench->exhibition->fonts;
    for (size_t i = 0; i < bench->exhibition->font_count && i < ROLES_MAX; i++)
        roles[fonts.role_count++] = (struct sw_font_role){.name = own[i].role, .path = own[i].path};
    bench->typesetter = sw_typesetter_create(&fonts, BUDGET);
    bench->bakery = sw_bakery_create(0, BUDGET, NULL, NULL);
    bench->masks = sw_masks_create(BUDGET);
    if (bench->typesetter == NULL || bench->bakery == NULL || bench->masks == NULL)
        sw_workbench_fail("no fonts, or no memory");
    bench->pictures = (struct sw_pictures){.size = picture_size, .get = picture_get, .context = bench};
    bench->tools = (struct sw_stage_tools){
        .typesetter = bench->typesetter, .bakery = bench->bakery, .pictures = &bench->pictures, .masks = bench->masks};
}

void sw_workbench_collect(struct sw_workbench *bench)
{
    sw_bakery_collect(bench->bakery);
    sw_typesetter_collect(bench->typesetter);
    sw_masks_collect(bench->masks);
}

void sw_workbench_close(struct sw_workbench *bench)
{
    for (size_t i = 0; i < SW_WORKBENCH_PICTURES; i++) {
        free(bench->made[i].path);
        sw_bitmap_release(bench->made[i].bitmap);
    }
    sw_masks_destroy(bench->masks);
    sw_bakery_destroy(bench->bakery);
    sw_typesetter_destroy(bench->typesetter);
    sw_exhibition_destroy(bench->exhibition);
}
