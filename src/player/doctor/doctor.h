/* SPDX-License-Identifier: EUPL-1.2 */
/* `doctor`: what this machine has, why the wall is drawn as it is, and what to do about what is amiss. A list of named checks, a function
 * each; to add one: a function in doctor_*.c and its line in the list of doctor.c. Main thread. */
#ifndef SW_PLAYER_DOCTOR_DOCTOR_H
#define SW_PLAYER_DOCTOR_DOCTOR_H

#include "base/buffer.h"
#include "base/diag.h"
#include "base/machine.h"
#include "exhibition/exhibition.h"
#include "player/house.h"
#include "player/options.h"
#include "render/probe.h"

enum sw_doctor_level {
    SW_DOCTOR_OK,
    SW_DOCTOR_NOTE,    /* worth knowing; the wall plays all the same */
    SW_DOCTOR_PROBLEM, /* the wall does not play as it should */
};

struct sw_doctor {
    /* what the checks read */
    const struct sw_options *options;
    const struct sw_exhibition *exhibition; /* NULL: there is none here */
    const struct sw_wall *wall;             /* NULL: likewise, or it has none of that name */
    const struct sw_diags *diags;           /* what its loader found */
    struct sw_house *house;                 /* its workers, to try things on */
    struct sw_typesetter *typesetter;       /* of the exhibition's fonts; NULL: no exhibition */
    bool display;                           /* SDL's video runs on one; else off-screen, if at all */
    struct sw_gl_facts gl;
    const struct sw_machine *machine; /* looked at before the fence */
    /* what the check that runs has found */
    enum sw_doctor_level level;
    struct sw_buffer value, advice;
};

/* What was found, at least at that level. Several calls are one list. */
void sw_doctor_say(struct sw_doctor *doctor, enum sw_doctor_level level, const char *format, ...) SW_PRINTF(3, 4);
/* What to do about it. */
void sw_doctor_advise(struct sw_doctor *doctor, const char *format, ...) SW_PRINTF(2, 3);

/* doctor_machine.c */
void sw_doctor_system(struct sw_doctor *doctor);
void sw_doctor_memory(struct sw_doctor *doctor);
void sw_doctor_limits(struct sw_doctor *doctor);
void sw_doctor_helpers(struct sw_doctor *doctor);
void sw_doctor_sandbox(struct sw_doctor *doctor);
void sw_doctor_state(struct sw_doctor *doctor);
/* Cuts off what of the path is not there yet. */
void sw_doctor_keep_what_exists(char *path);
/* doctor_clock.c */
void sw_doctor_clock(struct sw_doctor *doctor);
/* doctor_disk.c */
void sw_doctor_disk(struct sw_doctor *doctor);
/* Where releases are kept, or where that will be made; NULL: nowhere. Of `arena`. For the fence too: a file is written there, and
 * removed. */
const char *sw_doctor_folder(const char *config, struct sw_arena *arena);
/* doctor_host.c */
void sw_doctor_configuration(struct sw_doctor *doctor);
void sw_doctor_network(struct sw_doctor *doctor);
/* doctor_display.c */
void sw_doctor_display(struct sw_doctor *doctor);
void sw_doctor_opengl(struct sw_doctor *doctor);
void sw_doctor_drawing(struct sw_doctor *doctor);
void sw_doctor_shared_memory(struct sw_doctor *doctor);
/* doctor_touch.c */
void sw_doctor_touch(struct sw_doctor *doctor);
/* doctor_decoders.c */
void sw_doctor_decoders(struct sw_doctor *doctor);
/* doctor_sound.c */
void sw_doctor_sound(struct sw_doctor *doctor);
/* doctor_exhibition.c */
void sw_doctor_exhibition(struct sw_doctor *doctor);
void sw_doctor_fonts(struct sw_doctor *doctor);
void sw_doctor_wall(struct sw_doctor *doctor);
/* doctor_letters.c */
void sw_doctor_letters(struct sw_doctor *doctor);

#endif
