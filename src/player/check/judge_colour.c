/* SPDX-License-Identifier: EUPL-1.2 */
/* Contrast of words, where both colours are known: those over pictures, films, drawings and what shines through are not judged. */
#include <stdio.h>

#include "player/check/judge_internal.h"

#define CONTRAST_LEAST 7.0 /* DIN 32975 wants K 0.7 for information: 5.7 : 1, and the usual next step is this */
#define SURFACES_MAX 4096

static void add(struct sw_walking *walking, struct sw_rect rect, bool known, uint32_t colour)
{
    if (walking->surface_count == SURFACES_MAX)
        return;
    if (walking->surfaces == NULL)
        walking->surfaces = sw_arena_array(walking->arena, SURFACES_MAX, sizeof *walking->surfaces);
    walking->surfaces[walking->surface_count++] = (struct sw_surface){rect, known, colour};
}

void sw_judge_begin_grounds(struct sw_walking *walking)
{
    const struct sw_show *show = walking->judging->show;
    add(walking, show->root->rect, !walking->judging->alone, show->ground);
}

void sw_judge_ground(struct sw_walking *walking, const struct sw_box *box, struct sw_rect place)
{
    if (box->ground >> 24 != 0)
        add(walking, place, walking->solid && box->slices == NULL, box->ground);
    bool words_alone = box->said != NULL || box->element == NULL;
    if (box->behaviour->draw != NULL && !words_alone)
        add(walking, place, false, 0);
}

static bool meets(struct sw_rect a, struct sw_rect b) { return !sw_rect_empty(sw_rect_intersect(a, b)); }

static bool holds(struct sw_rect outer, struct sw_rect inner)
{
    return inner.x >= outer.x - 1 && inner.y >= outer.y - 1 && inner.x + inner.width <= outer.x + outer.width + 1 &&
           inner.y + inner.height <= outer.y + outer.height + 1;
}

/* The colour below `rect`; false: nobody knows it. */
static bool colour_below(const struct sw_walking *walking, struct sw_rect rect, uint32_t *colour)
{
    size_t from = walking->surface_count;
    while (from > 0) {
        const struct sw_surface *surface = &walking->surfaces[--from];
        if (!meets(surface->rect, rect))
            continue;
        if (!surface->known || !holds(surface->rect, rect))
            return false;
        if (surface->colour >> 24 == 0xff)
            break;
    }
    *colour = walking->surfaces[from].colour | 0xff000000u;
    for (size_t i = from + 1; i < walking->surface_count; i++)
        if (meets(walking->surfaces[i].rect, rect))
            *colour = sw_judge_blend(walking->surfaces[i].colour, *colour);
    return true;
}

void sw_judge_colours(const struct sw_walking *walking, const struct sw_box *box, const struct sw_said *said)
{
    uint32_t ground = 0;
    char text[160];
    bool disabled = box->behaviour->presses && box->action_count == 0; /* nobody needs to read what does nothing (WCAG 1.4.3) */
    if (disabled || !walking->solid || walking->surface_count == SURFACES_MAX ||
        !colour_below(walking, sw_view_on_canvas(box, said->rect, true), &ground))
        return;
    uint32_t colour = sw_judge_blend(said->colour, ground);
    double contrast = sw_judge_contrast(colour, ground);
    if (contrast >= CONTRAST_LEAST)
        return;
    (void)snprintf(text, sizeof text, "#%06X on #%06X has a contrast of %.1f : 1; %.0f : 1 at least, for words", colour & 0xffffff,
                   ground & 0xffffff, contrast, CONTRAST_LEAST);
    sw_judge_say(walking, box->element,
                 &(struct sw_finding){.rule = SW_RULE_CONTRAST, .severity = SW_WARNING, .worth = -contrast, .text = text});
}
