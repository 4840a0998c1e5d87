/* SPDX-License-Identifier: EUPL-1.2 */
/* What the view needs from outside to draw pictures: an interface that media/ fills in for the player, and tests with a table. Main thread.
 * Nothing here waits: what is not there yet is PENDING, and whoever fills it in wakes the loop when it has come. */
#ifndef SW_VIEW_ASSET_H
#define SW_VIEW_ASSET_H

#include <stdint.h>

#include "base/bitmap.h"

enum sw_asset_state { SW_ASSET_PENDING, SW_ASSET_READY, SW_ASSET_FAILED };

struct sw_picture_request {
    const char *path;             /* below the exhibition's root */
    int width, height;            /* pixels wanted; 1..16384 */
    float left, top, right, bottom; /* the part of the picture that fills them, as shares of it: 0, 0, 1, 1 is all */
};

struct sw_pictures {
    /* The picture's own size in pixels (SVG: in its user units, at least 1), after turning by EXIF. */
    enum sw_asset_state (*size)(void *context, const char *path, int *width, int *height);
    /* The pixels; *bitmap is borrowed and stays at least until the end of this frame (hold it to keep it). */
    enum sw_asset_state (*get)(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap);
    void *context;
};

#endif
