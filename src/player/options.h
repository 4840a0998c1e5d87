/* SPDX-License-Identifier: EUPL-1.2 */
/* The command line of play, check, render, doctor and texts, which `schauwand lang` asks for. */
#ifndef SW_PLAYER_OPTIONS_H
#define SW_PLAYER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "base/tick.h"
#include "player/release.h"
#include "render/backend.h"

#define SW_OPTIONS_SET_MAX 32
#define SW_OPTIONS_THREADS_MAX 64 /* of check; 4 of play and render */
#define SW_OPTIONS_TOUCHES_MAX 16

enum sw_player_command { SW_COMMAND_PLAY, SW_COMMAND_CHECK, SW_COMMAND_RENDER, SW_COMMAND_DOCTOR, SW_COMMAND_TEXTS };

struct sw_options {
    enum sw_player_command command;
    const char *exhibition; /* as it was typed; NULL: not */
    const char *folder;     /* the same; "." */
    const char *wall;   /* NULL: the exhibition's */
    bool safe;          /* the built-in card, not the content */
    bool without_gpu;   /* --backend does not count */
    /* play */
    const char *config, *root_key;
    const char *cache;           /* of check: where it remembers; "": nowhere. NULL: not said */
    const char *reached;         /* doctor: what the courier has found of the network (courier/reach.h); NULL: nothing was asked */
    const char *call;            /* whom to call, by the machine's operator; NULL: not said */
    bool follows;                /* a published exhibition: `followed` says where it is kept, and whose it is; `folder` does not count */
    struct sw_followed followed;
    bool fallback;               /* another release than the current one, which does not play */
    sw_tick since;               /* when the supervisor began; 0: not said */
    int64_t played;              /* the generation that a player before this one showed last; 0: none */
    bool window, offscreen;
    int window_width, window_height; /* 0: its own */
    int64_t duration;                /* --for, microseconds; 0: for ever */
    const char *shot;                /* NULL: none */
    int64_t every;                   /* between shots; 0: one, at the end */
    const char *status;              /* a file that says what is on; NULL: none */
    const char *told;                /* the folder in which is kept what operators told: --told, or the usual one; NULL: none */
    const char *plays;               /* the folder of the ledger: --plays, or where a wall keeps it; NULL: none */
    /* play, render */
    const char *at; /* civil instant as written; NULL: the clock's */
    const char *language;
    bool reduced_motion;
    enum sw_backend backend; /* --backend */
    int threads; /* of bakery and composer, of check those that lay out; -1: as many as fit */
    bool live;          /* --live and --replay are the courier's; only in a window both may be there: a key goes from one to the other */
    const char *replay; /* NULL: none */
    /* render */
    const char *scene, *output;           /* scene: "id" or "id#page" */
    const char *panel;                    /* --panel: one panel of the wall as its output gets it; NULL: the wall as it is seen */
    int width, height;                    /* --size; 0: the canvas' own, the wall's */
    double time_s;                        /* --time; negative: everything in its place */
    const char *sets[SW_OPTIONS_SET_MAX]; /* "name=value" */
    size_t set_count;
    const char *popup;  /* --open: a popup to draw open */
    bool visit;         /* --visit: with what lies above the scenes while a visitor is there */
    double countdown_s; /* --visit=SECONDS: so much is left of that visit; negative: it goes on */
    double touches[2 * SW_OPTIONS_TOUCHES_MAX]; /* --touch: x, y of fingers that read charts and turn tables, pixels */
    size_t touch_count;
    const char *boxes;  /* a file that says where everything lies; NULL: none */
    /* check; doctor: json */
    bool full, json;
    bool strict;       /* warnings count as faults */
    const char *clips; /* a file for what is known of the clips, if there are no faults; NULL: none */
};

/* Reads `schauwand-player COMMAND ARGUMENTS`. false: `fault` (of `fault_size` bytes) says what is wrong and what would be right. */
bool sw_options_parse(struct sw_options *options, int count, char **arguments, char *fault, size_t fault_size) SW_MUST;

#endif
