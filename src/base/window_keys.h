/* SPDX-License-Identifier: EUPL-1.2 */
/* The keys of a curator's window: the one list that `schauwand play --help`, the window's own sheet and README.md come from. What they do
 * is done in player/workshop/workshop_keys.c. */
#ifndef SW_BASE_WINDOW_KEYS_H
#define SW_BASE_WINDOW_KEYS_H

enum sw_window_key {
    SW_KEY_PAUSE,
    SW_KEY_STEP,
    SW_KEY_JUMP,
    SW_KEY_NOW,
    SW_KEY_NEXT_SCENE,
    SW_KEY_PREVIOUS_SCENE,
    SW_KEY_NEXT_PAGE,
    SW_KEY_PREVIOUS_PAGE,
    SW_KEY_HOME,
    SW_KEY_LANGUAGE,
    SW_KEY_REPLAY,
    SW_KEY_BOXES,
    SW_KEY_GRID,
    SW_KEY_ZONES,
    SW_KEY_HELP,
    SW_KEY_LEAVE,
    SW_KEY_COUNT
};

struct sw_window_key_row {
    const char *key;   /* as it stands on the keyboard */
    const char *what;  /* what it does */
    const char *group; /* the heading above it, where it is the first of its group; else NULL */
};

/* SW_KEY_COUNT rows, in the order of the enum. */
extern const struct sw_window_key_row sw_window_keys[];

#endif
