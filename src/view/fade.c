/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/fade.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "view/change.h"
#include "view/view.h"

#define FORMER_MAX 512 /* draws of one box: it changes at once if it has more */
#define FORMER_KEY 0xfadeu

void sw_fades_finish(struct sw_fades *fades)
{
    for (size_t i = 0; i < fades->count; i++) {
        sw_draw_list_finish(&fades->items[i].former);
    }
    free(fades->items);
    *fades = (struct sw_fades){0};
}

/* Boxes come in the same order each time: looked for from behind the one that was found last. */
static struct sw_fade *find(struct sw_fades *fades, uint64_t identity)
{
    for (size_t i = 0; i < fades->count; i++) {
        size_t at = (fades->next + i) % fades->count;
        if (fades->items[at].identity == identity) {
            fades->next = at + 1;
            return &fades->items[at];
        }
    }
    return NULL;
}

static void keep_former(struct sw_fade *fade, const struct sw_draw_list *shown)
{
    sw_draw_list_finish(&fade->former);
    sw_draw_list_init(&fade->former, shown->width, shown->height, shown->ground);
    for (size_t i = 0; i < fade->count && fade->first + i < shown->count && fade->count <= FORMER_MAX; i++) {
        sw_draw_list_add(&fade->former, &shown->items[fade->first + i]);
    }
}

struct noting {
    struct sw_fades *fades;
    const struct sw_draw_list *shown;
    sw_tick now;
    bool eases, anew;
};

static void note(void *context, const struct sw_box *box)
{
    struct noting *noting = context;
    struct sw_fades *fades = noting->fades;
    if (box->shows == 0) {
        return;
    }
    struct sw_fade *fade = noting->anew ? NULL : find(fades, box->identity);
    if (fade == NULL) {
        fades->items = sw_grow(fades->items, &fades->capacity, fades->count + 1, sizeof *fades->items);
        fade = &fades->items[fades->count++];
        *fade = (struct sw_fade){.identity = box->identity, .shows = box->shows};
    }
    bool fading = fade->former.count > 0 && noting->now - fade->since < fade->lasts;
    if (fade->shows != box->shows && noting->eases && !fading) { /* what changes faster than it fades is not calm: it is there at once */
        keep_former(fade, noting->shown);
        fade->since = noting->now;
        fade->lasts = box->shows_lasts;
    } else if (fade->shows != box->shows) {
        sw_draw_list_finish(&fade->former);
    }
    fade->shows = box->shows;
    fade->generation = fades->generation;
}

void sw_fades_note(struct sw_fades *fades, const struct sw_box *root, const struct sw_draw_list *shown, sw_tick now, bool eases)
{
    struct noting noting = {.fades = fades, .shown = shown, .now = now, .eases = eases, .anew = fades->count == 0};
    fades->generation++;
    fades->next = 0;
    sw_view_each(root, note, &noting);
    size_t kept = 0;
    for (size_t i = 0; i < fades->count; i++) {
        if (fades->items[i].generation == fades->generation) {
            fades->items[kept++] = fades->items[i];
        } else {
            sw_draw_list_finish(&fades->items[i].former);
        }
    }
    fades->count = kept;
}

void sw_fades_kept(struct sw_fades *fades)
{
    for (size_t i = 0; i < fades->count; i++) {
        fades->items[i].first = fades->items[i].drawn;
        fades->items[i].count = fades->items[i].drawn_count;
    }
}

/* Letters cross: two numbers on each other cannot be read. Else the former stays until the present is there, so that what both have does
 * not pale meanwhile. */
static double share(const struct sw_draw *draw, bool present, double t)
{
    if (draw->kind == SW_DRAW_MASK) {
        return present ? sw_smooth(t) : 1 - sw_smooth(t);
    }
    return present ? sw_smooth(2 * t) : 1 - sw_smooth(2 * t - 1);
}

static bool has_same(const struct sw_draw *items, size_t count, const struct sw_draw *draw)
{
    for (size_t i = 0; i < count; i++) {
        if (sw_draw_same(&items[i], draw)) {
            return true;
        }
    }
    return false;
}

static void mix(struct sw_painter *painter, struct sw_fade *fade, double t)
{
    struct sw_draw_list *list = painter->list;
    const struct sw_draw_list *former = &fade->former;
    bool *stays = sw_alloc_array(former->count, sizeof *stays);
    for (size_t i = 0; i < former->count; i++) {
        stays[i] = has_same(list->items + fade->drawn, fade->drawn_count, &former->items[i]);
    }
    for (size_t i = fade->drawn; i < fade->drawn + fade->drawn_count; i++) {
        if (!has_same(former->items, former->count, &list->items[i])) {
            list->items[i].opacity *= share(&list->items[i], true, t);
        }
    }
    for (size_t i = 0; i < former->count; i++) {
        struct sw_draw draw = former->items[i];
        draw.identity = sw_hash_number(draw.identity, FORMER_KEY);
        draw.opacity *= share(&draw, false, t);
        if (!stays[i]) {
            sw_draw_list_add(list, &draw);
        }
    }
    free(stays);
}

void sw_fades_mix(struct sw_painter *painter, const struct sw_box *box, size_t first)
{
    struct sw_fade *fade = painter->fades != NULL ? find(painter->fades, box->identity) : NULL;
    if (fade == NULL) {
        return;
    }
    fade->drawn = first;
    fade->drawn_count = painter->list->count - first;
    double t = fade->former.count > 0 && !painter->still ? (double)(painter->now - fade->since) / (double)fade->lasts : 1;
    if (t >= 1) {
        sw_draw_list_finish(&fade->former);
        return;
    }
    painter->moving = true;
    mix(painter, fade, fmax(0, t));
}
