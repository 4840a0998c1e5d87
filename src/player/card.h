/* SPDX-License-Identifier: EUPL-1.2 */
/* The calm card that stands on a wall that has nothing at all to show: a plain reason, a short code, whom to call. In German and English,
 * since nobody can be asked. */
#ifndef SW_PLAYER_CARD_H
#define SW_PLAYER_CARD_H

#include "exhibition/exhibition.h"
#include "view/draw.h"
#include "view/text.h"

enum sw_card_reason {
    SW_CARD_NOTHING, /* SW-1: there is no exhibition that can be played */
    SW_CARD_SAFE,    /* SW-2: the content made the player end again and again */
    SW_CARD_EMPTY,   /* SW-3: no scene can be shown */
};

/* "SW-1" ... */
const char *sw_card_code(enum sw_card_reason reason);
/* Makes the list (width x height pixels). `contact`: whom to call; NULL or "": not known. */
void sw_card_draw(struct sw_draw_list *list, int width, int height, struct sw_typesetter *typesetter, enum sw_card_reason reason,
                  const char *contact);

#endif
