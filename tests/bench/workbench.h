/* SPDX-License-Identifier: EUPL-1.2 */
/* Our libraries without the player around them, for bench-frames and bench-growth: an exhibition of a folder with fonts, bakery and masks,
 * all on one thread, and pictures that are made up (so that no decoder is measured along). One thread. */
#ifndef SW_BENCH_WORKBENCH_H
#define SW_BENCH_WORKBENCH_H

#include <stdint.h>

#include "exhibition/exhibition.h"
#include "stage/stage.h"

enum { SW_WORKBENCH_PICTURES = 16 };

struct sw_workbench {
    struct sw_exhibition *exhibition;
    struct sw_typesetter *typesetter;
    struct sw_bakery *bakery;
    struct sw_masks *masks;
    struct sw_pictures pictures;
    struct sw_stage_tools tools; /* of all these */
    struct {
        char *path;
        struct sw_bitmap *bitmap;
    } made[SW_WORKBENCH_PICTURES];
    int picture_width, picture_height;
    double load_ms; /* what the exhibition alone took */
};

/* Ends the program with a message where the folder has faults. `picture_width`, `picture_height`: what every picture says of itself. */
void sw_workbench_open(struct sw_workbench *bench, const char *folder, int picture_width, int picture_height);
void sw_workbench_close(struct sw_workbench *bench);
/* Takes in what was made since the last frame. */
void sw_workbench_collect(struct sw_workbench *bench);
double sw_workbench_ms(void); /* monotonic */
/* Of `count` values (sorted by this): the one that `share` of them do not exceed. */
double sw_workbench_quantile(double *values, size_t count, double share);
/* Ends the program. */
_Noreturn void sw_workbench_fail(const char *what);

#endif
