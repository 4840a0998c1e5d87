/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/window_keys.h"

#include <stddef.h>

const struct sw_window_key_row sw_window_keys[SW_KEY_COUNT] = {
    [SW_KEY_PAUSE] = {"Space", "time stands still; again: it goes on", "Time"},
    [SW_KEY_STEP] = {".", "one frame (1/60 s) further, and stand", NULL},
    [SW_KEY_JUMP] = {"T", "another instant: type it, as for --at", NULL},
    [SW_KEY_NOW] = {"N", "back to now", NULL},
    [SW_KEY_NEXT_SCENE] = {"Right", "the next scene", "Scenes"},
    [SW_KEY_PREVIOUS_SCENE] = {"Left", "the scene before", NULL},
    [SW_KEY_NEXT_PAGE] = {"Down", "the next page", NULL},
    [SW_KEY_PREVIOUS_PAGE] = {"Up", "the page before", NULL},
    [SW_KEY_HOME] = {"Home", "back to the playlist", NULL},
    [SW_KEY_LANGUAGE] = {"L", "the next language", NULL},
    [SW_KEY_REPLAY] = {"R", "recorded data (--replay DIR), or without", NULL},
    [SW_KEY_BOXES] = {"B", "boxes of the elements; click one: where it is written", "Look"},
    [SW_KEY_GRID] = {"G", "grid and areas of the canvas, in design units", NULL},
    [SW_KEY_ZONES] = {"Z", "zones, in pixels and millimetres", NULL},
    [SW_KEY_HELP] = {"F1", "this sheet; also ?", NULL},
    [SW_KEY_LEAVE] = {"Esc", "closes what is open, else ends", NULL},
};
