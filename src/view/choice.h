/* SPDX-License-Identifier: EUPL-1.2 */
/* What a visitor chose in an element that keeps it by itself, without state that a curator declares: by which column a table is sorted,
 * which of its pages is shown. Elements read it when they are laid out and change it by an action of theirs (SW_ACTION_CHOOSE); it is kept
 * with the visit, and gone with it. Main thread. */
#ifndef SW_VIEW_CHOICE_H
#define SW_VIEW_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SW_CHOICES_MAX 64

struct sw_choice {
    uint64_t identity; /* of the box, mixed with which of its choices it is */
    int value;
};

struct sw_choices {
    struct sw_choice items[SW_CHOICES_MAX]; /* what was chosen last stands last */
    size_t count;
};

/* `otherwise` where nothing was chosen; `choices` may be NULL: nobody chose anything. */
int sw_choices_get(const struct sw_choices *choices, uint64_t identity, int otherwise);
/* Of more than SW_CHOICES_MAX, what was chosen longest ago is forgotten. */
void sw_choices_set(struct sw_choices *choices, uint64_t identity, int value);

#endif
