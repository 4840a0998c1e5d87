/* SPDX-License-Identifier: EUPL-1.2 */
/* A kind of element as the loader sees it: its key, its table, and an opaque behaviour for the view. The loader is handed the catalogue
 * (elements/catalogue.h) and knows no kind by name. */
#ifndef SW_EXHIBITION_KIND_H
#define SW_EXHIBITION_KIND_H

#include <stddef.h>

#include "exhibition/property.h"
#include "json/schema.h"

struct sw_behaviour; /* view/behaviour.h */

/* Of a kind that plays a clip: which of its rows say what of it is seen. */
struct sw_clip_rows {
    size_t clip;        /* SW_MEANS_CLIP */
    size_t from, until; /* durations, constant: the part of it */
    size_t loop;        /* a truth, constant: it has no end */
    size_t subtitles;   /* SW_MEANS_SUBTITLES */
};

struct sw_kind {
    const char *name;                     /* the key that names it; rows[0] is that key's row */
    const char *meaning;
    const struct sw_row *rows;
    size_t count;
    bool wants_alt;                       /* `alt` is required */
    const struct sw_clip_rows *clip;      /* NULL: it plays none */
    bool takes_parameters;                /* its further keys are parameters of the part it names */
    const struct sw_behaviour *behaviour;
};

struct sw_catalogue {
    const struct sw_kind *const *kinds;
    size_t count;
};

/* Common to all elements; the order of sw_common_rows(). */
enum sw_common {
    SW_COMMON_IN,
    SW_COMMON_AT,
    SW_COMMON_SIZE,
    SW_COMMON_WIDTH,
    SW_COMMON_HEIGHT,
    SW_COMMON_ANCHOR,
    SW_COMMON_ALIGN,
    SW_COMMON_GROW,
    SW_COMMON_PADDING,
    SW_COMMON_FILL,
    SW_COMMON_RADIUS,
    SW_COMMON_STROKE,
    SW_COMMON_STROKE_WIDTH,
    SW_COMMON_WHEN,
    SW_COMMON_KEEP,
    SW_COMMON_OPACITY,
    SW_COMMON_STYLE,
    SW_COMMON_COLOUR,
    SW_COMMON_TAP,
    SW_COMMON_ANIMATE,
    SW_COMMON_NAME,
    SW_COMMON_ALT,
    SW_COMMON_MIRROR,
    SW_COMMON_BEZELS,
    SW_COMMON_COUNT,
};

/* SW_COMMON_COUNT rows. */
const struct sw_row *sw_common_rows(void);

/* One element as loaded. */
struct sw_element {
    const struct sw_kind *kind;
    const char *file;                 /* where it was written */
    int line, column;
    const char *path;                 /* "pages[0].elements[2]" */
    uint64_t identity;                /* among its siblings: hash of its name, else of kind and ordinal of that kind */
    const struct sw_property *common; /* SW_COMMON_COUNT */
    const struct sw_property *own;    /* kind->count, in the order of its rows */
    const struct sw_part *part;       /* takes_parameters: the part; then `arguments` holds one property a parameter */
    const struct sw_property *arguments;
};

#endif
