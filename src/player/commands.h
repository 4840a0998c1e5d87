/* SPDX-License-Identifier: EUPL-1.2 */
/* The commands of the player. Each returns the program's exit status. */
#ifndef SW_PLAYER_COMMANDS_H
#define SW_PLAYER_COMMANDS_H

#include "base/machine.h"
#include "player/options.h"
#include "player/waker.h"

int sw_player_play(const struct sw_options *options, struct sw_waker *waker);
int sw_player_check(const struct sw_options *options, struct sw_waker *waker);
int sw_player_render(const struct sw_options *options, struct sw_waker *waker);
/* Writes every text of the exhibition to options->output, for `schauwand lang` (lang/inventory.h reads it). */
int sw_player_texts(const struct sw_options *options);
/* Prints what `schauwand schema` does. Wants no link and nothing else that the others are started with. */
int sw_player_schema(void);
/* Makes what `schauwand new` does; the same. */
int sw_player_new(int count, char **arguments);
/* `machine`: looked at before the fence was raised. */
int sw_player_doctor(const struct sw_options *options, const struct sw_machine *machine, struct sw_waker *waker);

#endif
