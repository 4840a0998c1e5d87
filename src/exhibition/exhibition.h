/* SPDX-License-Identifier: EUPL-1.2 */
/* An exhibition as loaded from a folder: everything that can be shown. Immutable once made, may be read from any thread; all strings and
 * structs belong to its arena. */
#ifndef SW_EXHIBITION_EXHIBITION_H
#define SW_EXHIBITION_EXHIBITION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/must.h"
#include "exhibition/kind.h"
#include "exhibition/playlist.h"
#include "exhibition/property.h"
#include "exhibition/scope.h"
#include "exhibition/source.h"
#include "exhibition/subtitles.h"

struct sw_area {
    const char *name;
    double x, y, width, height; /* design units */
    bool reach;                 /* moved by the wall to where a seated visitor reaches it */
};
struct sw_canvas {
    const char *name;
    double width, height;
    const struct sw_area *areas;
    size_t area_count;
};

struct sw_colour {
    const char *name;
    uint32_t normal, high; /* 0xAARRGGBB, not premultiplied; `high`: in high contrast */
};

struct sw_text_style {
    const char *name;
    struct sw_property size; /* a number, perhaps by canvas */
    const char *font;        /* role */
    double line, spacing;    /* factor of size; em */
    const char *colour;      /* name or #; NULL: inherited */
};

/* How a button looks in one of its states; NULL and negative: as in the normal state. */
struct sw_look_state {
    const char *fill, *colour, *stroke;
    double stroke_width;
};
struct sw_look {
    const char *name, *style;
    double radius, padding[4]; /* top, end, bottom, start */
    struct sw_look_state normal, pressed, selected, disabled;
};

struct sw_theme {
    const struct sw_canvas *canvases;
    size_t canvas_count;
    const struct sw_colour *colours;
    size_t colour_count;
    const char *ground;
    const struct sw_text_style *styles;
    size_t style_count;
    const struct sw_text_style *default_style;
    double large;
    const struct sw_look *looks;
    size_t look_count;
    const struct sw_look *default_look;
};

struct sw_state {
    const char *name;
    struct sw_value start;    /* its default */
    const char *const *words; /* declared texts, NULL-terminated; NULL: any text or number */
    bool ranged;
    double minimum, maximum;
};
struct sw_states {
    const struct sw_state *items;
    size_t count;
};

struct sw_parameter {
    const char *name, *type; /* "text", "string", "number", "bool", "colour", "image", "video", "scene", "elements", "actions", "any" */
    bool required;
    struct sw_property otherwise;
    const char *const *words; /* NULL: any */
};
struct sw_part {
    const char *id, *file;
    const struct sw_parameter *parameters;
    size_t parameter_count;
    struct sw_elements elements;
    bool answers; /* it says which subtitles the clips have that it is handed, or that they need none */
};

struct sw_popup {
    const char *name;
    bool modal;
    struct sw_property in;
    struct sw_elements elements;
};
struct sw_popups {
    const struct sw_popup *items;
    size_t count;
};

struct sw_page {
    const char *id; /* "" for the one page of a scene without pages */
    int line, column; /* where it was written */
    struct sw_property title;
    int64_t duration; /* its `for` in attract mode, 0: none */
    bool clip;        /* that is the length of its clip */
    struct sw_elements elements;
    struct sw_popups popups;
};

struct sw_scene {
    const char *id, *file;
    int line, column; /* where it begins */
    uint64_t hash;    /* of its file */
    struct sw_property title, lead, picture;
    const char *const *tags;
    size_t tag_count;
    double order;
    bool draft;
    const struct sw_part *frame;               /* NULL: none; its slot "page" takes the page's elements */
    const struct sw_property *frame_arguments; /* one a parameter of the frame (the one named "page" is NONE) */
    struct sw_states states;
    struct sw_property ground; /* a colour; NONE: the theme's */
    int64_t idle;              /* microseconds; 0: the exhibition's */
    bool has_transition, has_turn;
    struct sw_transition transition, turn; /* into it; between its pages */
    const struct sw_page *pages; /* at least one */
    size_t page_count;
    struct sw_popups popups; /* of all pages */
};

struct sw_mm_rect {
    double x, y, width, height; /* millimetres; y down from the wall's upper edge */
};
struct sw_px_rect {
    int x, y, width, height;
};

#define SW_PANELS_MAX 64

/* One display. `part`, `seen` and a zone's `px` are made by sw_grid_lay. */
struct sw_panel {
    const char *id;
    struct sw_mm_rect place;
    int width_px, height_px; /* as the computer puts them out, before the display is turned */
    int turn;                /* quarter turns clockwise that the display hangs turned by, seen from the front: 0..3 */
    int output_x, output_y;  /* where its pixels lie in the window over all outputs of this machine */
    struct sw_px_rect part;  /* which of the wall's pixels it shows */
    struct sw_px_rect seen;  /* where it is in a picture of the wall with its bezels */
};
struct sw_wall_zone {
    const char *id;
    struct sw_mm_rect place;
    struct sw_px_rect px; /* in the wall's pixels */
    const struct sw_playlist *playlist;
    const char *language, *home; /* never NULL */
    double volume;               /* 0..1; 0: it has no sound */
};
struct sw_wall {
    const char *id;
    double viewing_distance_mm, bottom_mm;
    double px_per_mm;            /* of the wall's pixel grid */
    int width_px, height_px;     /* of the same */
    int seen_width, seen_height; /* of a picture with the bezels, in pixels of the same size */
    bool skip_bezels;            /* scenes leave the gaps between panels out; else they go on behind them */
    const struct sw_panel *panels; /* 1..SW_PANELS_MAX */
    size_t panel_count;
    const struct sw_wall_zone *zones;
    size_t zone_count;
    const struct sw_schedule *opening; /* open while any of them is on; none: always */
    size_t opening_count;
    const struct sw_schedule *quiet; /* nothing sounds while any of them is on; none: never */
    size_t quiet_count;
};

#define SW_FONT_ROLES_MAX 16 /* that one fallback stands in for */

struct sw_font {
    const char *role;         /* NULL in fallbacks */
    const char *path;         /* to open: absolute for a package's font, else below the root with the root's path in front */
    const char *package;      /* NULL: the file is the exhibition's own */
    const char *file, *place; /* as it is written, and where: "roles.text.file" */
    int line, column;         /* in fonts/fonts.json */
    const char *const *stands_for; /* of a fallback: roles, NULL-terminated; NULL: all of them */
};

/* A picture that some element names by a constant path, and where it is named first. */
struct sw_medium {
    const char *path, *file, *place;
    int line, column;
};

/* A clip that something names by a constant path, and where it is named first. */
struct sw_film {
    struct sw_medium medium;
    bool timed;    /* something stays as long as it does */
    bool answered; /* somebody has said which subtitles it has, or that it needs none */
    const struct sw_subtitles *const *subtitles; /* that lie beside it: one a language, in the order of `languages`, their fallbacks filled
                                                  * in; NULL: none do */
};

struct sw_exhibition {
    struct sw_arena arena;
    struct sw_root *root;
    struct sw_property title, contact;
    const char *const *languages;      /* NULL-terminated, the first is the default */
    const char *const *language_names; /* the same order */
    struct sw_zone_rules *zone;
    const char *default_wall, *home;
    int64_t duration, idle, countdown; /* defaults, microseconds */
    struct sw_transition transition, turn; /* between scenes; between the pages of one */
    bool has_turn;                         /* else as between scenes */
    bool reduced_motion;
    const struct sw_part *overlay; /* NULL: the built-in one */
    struct sw_states session;
    struct sw_theme theme;
    const struct sw_font *fonts, *fallback_fonts;
    size_t font_count, fallback_count;
    const struct sw_part *const *parts;
    size_t part_count;
    const struct sw_scene *const *scenes; /* by id; drafts included */
    size_t scene_count;
    /* for check (sw_exhibition_create_judged), else NULL and 0 */
    const uint64_t *shown;      /* of each scene: the zones that visitors see it in (sw_shown_bit); 0: none */
    const uint64_t *contents;   /* of each scene, then of the overlay: a hash of its file and those of the parts that it uses */
    uint64_t scenes_content;    /* of the files of all scenes */
    uint64_t ground_content;    /* of all other files but parts, playlists and walls: what every scene stands on */
    const struct sw_playlist *const *playlists;
    size_t playlist_count;
    const struct sw_wall *const *walls;
    size_t wall_count;
    const struct sw_calendar *calendars; /* "holidays" first */
    size_t calendar_count;
    const struct sw_source *sources; /* by name; those with faults too, so that places in the list mean the same in every process */
    size_t source_count;
    uint64_t sources_hash; /* of the files that they come from: equal where two processes have read the same */
    const struct sw_medium *media; /* sorted by path, once each */
    size_t media_count;
    const struct sw_film *films; /* the same of clips */
    size_t film_count;
    const struct sw_subtitles *const *subtitles; /* of all files that were read, by their paths */
    size_t subtitle_count;
    uint64_t documents_hash; /* of all files of JSON that were read, and their names */
    struct sw_exhibition *sources_of; /* held: whose `sources` these are; NULL: its own */
    atomic_size_t others;             /* owners but one */
};

/* The bit of a zone in `shown`: of all zones of all walls, in order; those beyond 62 share one. */
#define SW_SHOWN_SOMEWHERE ((uint64_t)1 << 63) /* by a playlist that an operator may put on */
static inline uint64_t sw_shown_bit(size_t zone) { return (uint64_t)1 << (zone < 62 ? zone : 62); }

/* How long clips are, for scenes and pages that stay as long as theirs. Asked while an exhibition is loaded. */
struct sw_lengths {
    /* Of the clip at `path` below `root`, microseconds; 0: not known. May wait. */
    int64_t (*of)(void *context, const struct sw_root *root, const char *path);
    void *context;
};

/* Loads the folder; appends every fault of every file to `diags`. NULL only if nothing usable is there (no folder, no exhibition or theme
 * that can be read); scenes, parts and playlists with faults are left out of the result, so that a wall plays what is whole. */
struct sw_exhibition *sw_exhibition_create(const char *folder, const struct sw_catalogue *catalogue, struct sw_diags *diags) SW_MUST;
/* The same with the lengths of clips: what stays as long as one stays for the default duration where its length is not known (NULL: none
 * is). */
struct sw_exhibition *sw_exhibition_create_timed(const char *folder, const struct sw_catalogue *catalogue, const struct sw_lengths *lengths,
                                                 struct sw_diags *diags) SW_MUST;
/* The same for check, which also wants to know who sees each scene, and is warned of what nobody gets to or needs. */
struct sw_exhibition *sw_exhibition_create_judged(const char *folder, const struct sw_catalogue *catalogue,
                                                  const struct sw_lengths *lengths, struct sw_diags *diags) SW_MUST;
/* The same of a root (of which a release is one), which goes along; `name` stands for it where it has no files that it must have. */
struct sw_exhibition *sw_exhibition_create_below(struct sw_root *root, const char *name, const struct sw_catalogue *catalogue,
                                                 const struct sw_lengths *lengths, struct sw_diags *diags) SW_MUST;
/* What one load leaves to the next of the same folder (exhibition/kept.h): documents that are the same are not scanned again, and where
 * nothing of the sources has changed, `sources` and the root are the very same as before, so that what was made of them goes on. One thread
 * at a time. */
struct sw_kept;
struct sw_kept *sw_kept_create(void) __attribute__((returns_nonnull));
void sw_kept_destroy(struct sw_kept *kept); /* accepts NULL */
/* As sw_exhibition_create_timed. */
struct sw_exhibition *sw_exhibition_create_again(const char *folder, const struct sw_catalogue *catalogue,
                                                 const struct sw_lengths *lengths, struct sw_kept *kept, struct sw_diags *diags) SW_MUST;
/* The same as sw_exhibition_create; `texts` (exhibition/texts.h) gets every text that may differ by language. */
struct sw_texts;
struct sw_exhibition *sw_exhibition_create_texts(const char *folder, const struct sw_catalogue *catalogue, struct sw_texts *texts,
                                                 struct sw_diags *diags) SW_MUST;
/* Loads only what live data need (the courier): languages, time zone and sources; the rest is empty. As above; without scenes/sources.json
 * it has no sources. Translations are not read: texts are as sources.json has them. */
struct sw_exhibition *sw_exhibition_create_sources(const char *folder, struct sw_diags *diags) SW_MUST;
struct sw_exhibition *sw_exhibition_create_sources_below(struct sw_root *root, const char *name, struct sw_diags *diags) SW_MUST;
/* Loads what plays when, and the fonts, without what scenes show (the publisher): no parts, no elements. As above. */
struct sw_exhibition *sw_exhibition_create_outline_below(struct sw_root *root, const char *name, struct sw_diags *diags) SW_MUST;
void sw_exhibition_destroy(struct sw_exhibition *exhibition);
/* The same for another owner, who destroys it too: it ends with the last. Any thread. */
struct sw_exhibition *sw_exhibition_hold(struct sw_exhibition *exhibition) __attribute__((returns_nonnull));

#define SW_CALENDAR_WARNING_DAYS 60

/* Warns of calendars that end within SW_CALENDAR_WARNING_DAYS or have ended. */
void sw_exhibition_check_dates(const struct sw_exhibition *exhibition, sw_instant now, struct sw_diags *diags);

/* Finders; NULL if there is none. */
const struct sw_scene *sw_exhibition_scene(const struct sw_exhibition *exhibition, const char *id);
/* The place in `scenes` of "scene" or "scene#page"; their count: there is none. */
size_t sw_exhibition_scene_index(const struct sw_exhibition *exhibition, const char *address);
const struct sw_part *sw_exhibition_part(const struct sw_exhibition *exhibition, const char *id);
const struct sw_wall *sw_exhibition_wall(const struct sw_exhibition *exhibition, const char *id); /* id NULL: the default wall */
const struct sw_playlist *sw_exhibition_playlist(const struct sw_exhibition *exhibition, const char *id);
const struct sw_source *sw_exhibition_source(const struct sw_exhibition *exhibition, const char *name);
const struct sw_film *sw_exhibition_film(const struct sw_exhibition *exhibition, const char *path);
/* The subtitles of the clip at `path` in `language`, as texts fall back; `chosen` is the value of its row SW_MEANS_SUBTITLES. NULL: none
 * are to be shown. */
const struct sw_subtitles *sw_exhibition_subtitles(const struct sw_exhibition *exhibition, const char *path, struct sw_value chosen,
                                                   const char *language);
int sw_scene_page(const struct sw_scene *scene, const char *page); /* index, or -1 */

const struct sw_canvas *sw_theme_canvas(const struct sw_theme *theme, const char *name);
/* The canvas whose aspect is nearest (by ratio) to width : height. */
const struct sw_canvas *sw_theme_canvas_nearest(const struct sw_theme *theme, double width, double height);
const struct sw_area *sw_canvas_area(const struct sw_canvas *canvas, const char *name);
const struct sw_text_style *sw_theme_style(const struct sw_theme *theme, const char *name);
const struct sw_look *sw_theme_look(const struct sw_theme *theme, const char *name);
/* A name of the theme, "#RRGGBB" or "#RRGGBBAA" to 0xAARRGGBB; false if it is neither. */
bool sw_theme_colour(const struct sw_theme *theme, const char *name, bool high_contrast, uint32_t *argb);

#endif
