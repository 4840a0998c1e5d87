/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check` says of pictures: each is decoded whole, once for each state of its file. Main thread; waits for workers. */
#ifndef SW_PLAYER_CHECK_CHECK_MEDIA_H
#define SW_PLAYER_CHECK_CHECK_MEDIA_H

#include "player/check/known.h"
#include "player/check/memo.h"
#include "player/edition.h"

/* Looks into every picture that is named, and notes how large it is. `memo` knows those of former runs by what is in them. */
void sw_check_media(struct sw_edition *edition, struct sw_known *known, struct sw_memo *memo, struct sw_diags *diags);

#endif
