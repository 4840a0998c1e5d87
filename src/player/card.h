/* SPDX-License-Identifier: EUPL-1.2 */
/* The calm card that stands on a wall that has nothing at all to show: a plain reason, a short code, whom to call. In German and English,
 * since nobody can be asked. And the screen that stands there while the first release is on its way. */
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

/* What is on its way while nothing has been there yet. */
enum sw_card_phase { SW_CARD_ASKING, SW_CARD_LISTS, SW_CARD_FETCHING, SW_CARD_WAITING };
struct sw_card_start {
    enum sw_card_phase phase;
    int64_t done_bytes, all_bytes; /* FETCHING */
    const char *text;              /* what is fetched; WAITING: what is wrong, or "": for who looks after the wall */
};

/* "SW-1" ... */
const char *sw_card_code(enum sw_card_reason reason);
/* Makes the list (width x height pixels). `contact`: whom to call; NULL or "": not known. */
void sw_card_draw(struct sw_draw_list *list, int width, int height, struct sw_typesetter *typesetter, enum sw_card_reason reason,
                  const char *contact);

/* The same while the first release of a published exhibition is fetched: how far it is, with a bar. */
void sw_card_draw_start(struct sw_draw_list *list, int width, int height, struct sw_typesetter *typesetter,
                        const struct sw_card_start *start, const char *contact);

#endif
