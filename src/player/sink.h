/* SPDX-License-Identifier: EUPL-1.2 */
/* From the cinema, where clips are decoded (media/cinema.h), to what is heard (sound/sound.h). */
#ifndef SW_PLAYER_SINK_H
#define SW_PLAYER_SINK_H

#include "media/cinema.h"
#include "sound/sound.h"

/* As long as `sound`, which may be NULL. */
struct sw_sound_sink sw_sink_to(struct sw_sound *sound);

#endif
