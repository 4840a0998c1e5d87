/* SPDX-License-Identifier: EUPL-1.2 */
/* What the screen gets while one edition takes the place of another. */
#include <string.h>

#include "player/loop.h"
#include "player/wallshot.h"

/* All zones as one list of the wall's size. */
static void lay_out(struct sw_draw_list *wall, const struct sw_loop *loop, const struct sw_zone_frame *frames, size_t count)
{
    sw_draw_list_finish(wall);
    sw_draw_list_init(wall, loop->width, loop->height, 0xff000000u);
    for (size_t i = 0; i < count; i++) {
        struct sw_box_px place = frames[i].place;
        const struct sw_draw ground = {.kind = SW_DRAW_FILL,
                                       .identity = i + 1,
                                       .to = {place.x, place.y, place.width, place.height},
                                       .clip = place,
                                       .colour = frames[i].list->ground,
                                       .opacity = 1};
        sw_draw_list_add(wall, &ground);
        for (size_t k = 0; k < frames[i].list->count; k++) {
            struct sw_draw draw = frames[i].list->items[k];
            draw.to.x += place.x;
            draw.to.y += place.y;
            draw.clip.x += place.x;
            draw.clip.y += place.y;
            draw.clip = sw_box_px_intersect(draw.clip, place);
            sw_draw_list_add(wall, &draw);
        }
    }
}

static bool same_places(const struct sw_zone_frame *a, size_t a_count, const struct sw_zone_frame *b, size_t b_count)
{
    bool same = a_count == b_count;
    for (size_t i = 0; i < a_count && same; i++)
        same = memcmp(&a[i].place, &b[i].place, sizeof a[i].place) == 0;
    return same;
}

/* The zones of one edition, or the card. 0: not all of them have something to show yet. */
static size_t frames_of(const struct sw_loop *loop, const struct sw_edition *edition, struct sw_zone_frame *frames, size_t capacity)
{
    if (edition->stage == NULL) {
        frames[0] = (struct sw_zone_frame){.place = {0, 0, loop->width, loop->height}, .list = &loop->card};
        return 1;
    }
    size_t count = sw_wallshot_frames(edition->stage, frames, capacity);
    for (size_t i = 0; i < count; i++)
        if (frames[i].list == NULL)
            return 0;
    return count;
}

/* What goes stands still meanwhile; in the middle of a change of its own, with what most of it is. */
static const struct sw_draw_list *most_of(const struct sw_zone_frame *frame)
{
    return frame->next != NULL && frame->mix >= 0.5 ? frame->next : frame->list;
}

size_t sw_changeover_frames(struct sw_loop *loop, struct sw_zone_frame *frames, size_t capacity)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_zone_frame before[SW_ZONES_MAX];
    size_t count = frames_of(loop, &loop->edition, frames, capacity);
    if (changeover->old.house == NULL) {
        for (size_t i = 0; i < count; i++)
            frames[i].soon = frames[i].soon || changeover->next.house != NULL;
        return count;
    }
    double mix = sw_smooth((double)(loop->frame - changeover->faded_since) / (double)SW_CHANGEOVER_FADE);
    size_t before_count = frames_of(loop, &changeover->old, before, SW_COUNT(before));
    if (count == 0 || before_count == 0)
        return count;
    for (size_t i = 0; i < before_count; i++)
        before[i].list = most_of(&before[i]);
    if (!same_places(before, before_count, frames, count)) {
        lay_out(&changeover->old_wall, loop, before, before_count);
        lay_out(&changeover->new_wall, loop, frames, count);
        frames[0] = (struct sw_zone_frame){
            .place = {0, 0, loop->width, loop->height}, .list = &changeover->old_wall, .next = &changeover->new_wall, .mix = mix};
        return 1;
    }
    for (size_t i = 0; i < count; i++)
        frames[i] = (struct sw_zone_frame){
            .place = frames[i].place, .list = before[i].list, .next = frames[i].list, .mix = mix, .soon = true, .top = frames[i].top};
    return count;
}
