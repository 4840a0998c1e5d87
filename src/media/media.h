/* SPDX-License-Identifier: EUPL-1.2 */
/* The player's end of the picture workers. It fills in `struct sw_pictures` (view/asset.h): what is asked for is queued, a thread of its
 * own hands files to the workers as descriptors, checks and maps what comes back, and calls `wake`. All functions: main thread.
 * Pictures lie in galleries, one a root: while an exhibition takes the place of another there are two, and what both have in the same place
 * is decoded once. The cache keeps at most `budget` bytes of pixels, least recently used out first, never what this frame or the one before
 * asked for. A picture that failed stays FAILED until its file changes. A file that changed keeps its old pixels until the new ones are
 * there. */
#ifndef SW_MEDIA_MEDIA_H
#define SW_MEDIA_MEDIA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"
#include "base/link.h"
#include "base/must.h"
#include "base/tick.h"
#include "view/asset.h"

#define SW_MEDIA_BUDGET ((size_t)512 << 20) /* bytes of pixels kept */
#define SW_MEDIA_FAULT_MAX 160              /* bytes of a fault's text */

#define SW_MEDIA_WORKERS 2 /* SW_LINK_PICTURE, SW_LINK_SVG */

struct sw_media_config {
    int link;                      /* the player's end to the supervisor, borrowed (-1: none); media's thread is its only reader */
    int workers[SW_MEDIA_WORKERS]; /* ends of workers that run already, taken over (-1: none yet) */
    size_t budget;                 /* 0: SW_MEDIA_BUDGET */
    void (*wake)(void *context);   /* called by media's thread when something has come; may be NULL; must only post and return */
    void *wake_context;
    /* Called by media's thread with a fresh end that is not for media, from then on the callee's; may be NULL; must only keep it and
     * return. */
    void (*other)(void *context, enum sw_link_peer peer, int64_t number, int end);
    void *other_context;
};

struct sw_media;
struct sw_gallery; /* the pictures below one root */

/* Starts the thread. NULL (logged) if that fails. */
struct sw_media *sw_media_create(const struct sw_media_config *config) SW_MUST;
/* Stops and joins the thread, gives up its holds of bitmaps, closes the workers' ends (they end by that). Its galleries have been shut.
 * Accepts NULL. */
void sw_media_destroy(struct sw_media *media);

/* The pictures below `root`, which outlives them. */
struct sw_gallery *sw_media_open(struct sw_media *media, const struct sw_root *root) __attribute__((returns_nonnull));
/* All of them are forgotten, late answers are dropped; the root is no longer used. May wait for one file to be opened. Accepts NULL. */
void sw_media_shut(struct sw_gallery *gallery);
/* The interface for the view; valid as long as the gallery. */
const struct sw_pictures *sw_gallery_pictures(const struct sw_gallery *gallery);
/* Once a frame, before layout: takes in what has come and begins a new frame. True if since the last call a size or picture is new, changed
 * or has failed: lay out and draw again. */
bool sw_media_collect(struct sw_media *media);
/* Files below the roots may have changed (the folder's watch says so): all known ones are looked at again by the thread, and what
 * changed is fetched anew when it is next asked for (wake, and collect is true). */
void sw_media_refresh(struct sw_media *media);
/* Requests not yet answered. */
size_t sw_media_pending(const struct sw_media *media);
/* Those of them that ask for a size: quickly answered, and a layout waits for them before it can ask for pixels. */
size_t sw_media_sizes_pending(const struct sw_media *media);

/* For check, render and tests, which may wait: until nothing is pending (true) or `deadline` has passed. Takes in what comes, but begins no
 * new frame. A layout on top of it may ask for more: lay out and settle until a layout leaves nothing pending. */
bool sw_media_settle(struct sw_media *media, sw_tick deadline) SW_MUST;

/* What `check` says about one picture file: decodes it whole. */
struct sw_media_verdict {
    bool usable;                    /* it would be shown */
    int width, height;              /* of the picture, where known; else 0 */
    char fault[SW_MEDIA_FAULT_MAX]; /* "" or e.g. "is cut short", "is a JPEG but named .png", "does not exist"; may stand beside usable */
};
void sw_media_verify(struct sw_gallery *gallery, const char *path, sw_tick deadline, struct sw_media_verdict *verdict);

#endif
