/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/opening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/link.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "elements/catalogue.h"

#define LEFT_MAX 4

struct sw_opening {
    struct sw_house *house; /* constant after init */
    struct sw_thread thread;
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition changed;
    struct sw_opening_order order;
    struct sw_opened opened;
    bool asked, done;
    struct sw_edition left[LEFT_MAX]; /* to be unloaded */
    size_t left_count;
    bool stop;
};

/* -- a release -- */

/* The first fault of a file that operators' playlists lie over; NULL: none. */
static const struct sw_diag *overlay_fault(const struct sw_diags *diags, const struct sw_release *release)
{
    for (size_t i = 0; i < diags->count; i++)
        for (size_t k = 0; k < release->overlaid_count; k++)
            if (diags->items[i].severity == SW_ERROR && strcmp(diags->items[i].file, release->overlaid[k]) == 0)
                return &diags->items[i];
    return NULL;
}

static void note_playlists_fault(struct sw_opened *out, const struct sw_diag *diag)
{
    if (out->playlists_fault[0] == '\0')
        (void)snprintf(out->playlists_fault, sizeof out->playlists_fault, "%s:%d:%d: %s", diag->file, diag->line, diag->column, diag->text);
}

/* With what it knows of its clips, into *clips; its root goes along. */
static struct sw_exhibition *load_exhibition(const struct sw_release *release, struct sw_house *house, struct sw_diags *diags,
                                             struct sw_clip_facts *clips)
{
    char name[64];
    struct sw_footage_lengths lent;
    (void)snprintf(name, sizeof name, "release %lld", (long long)release->version);
    bool known = sw_clip_facts_load(clips, release->root, diags);
    sw_footage_lend(house->footage, known ? clips : NULL, true, &lent);
    return sw_exhibition_create_below(release->root, name, sw_catalogue(), &lent.lengths, diags);
}

/* Its exhibition; *again: its playlists are faulty, and others are to be tried. */
static struct sw_exhibition *load_with(const struct sw_opening_order *order, struct sw_house *house, const struct sw_release_wanted *wanted,
                                       struct sw_opened *out, struct sw_edition *facts, bool *again)
{
    struct sw_release release;
    struct sw_exhibition *exhibition = NULL;
    *again = false;
    if (!sw_release_open(&release, order->followed, wanted, &out->diags))
        return NULL;
    *facts = (struct sw_edition){.number = release.number,
                                 .version = release.version,
                                 .playlists = release.playlists,
                                 .expires = release.expires,
                                 .instead_of = release.instead_of};
    out->trusted = release.trusted;
    sw_notices_say(order->notices, &(struct sw_notice){.type = SW_NOTICE_TRYING, .number = release.number, .playlists = release.playlists});
    (void)!sw_link_send(SW_LINK_FD, (struct sw_link_message){.type = SW_LINK_TRIES, .number = release.number}, -1);
    if (wanted->playlists > 0 && release.playlists != wanted->playlists) {
        const struct sw_diag *last = out->diags.count > 0 ? &out->diags.items[out->diags.count - 1] : NULL;
        if (last != NULL)
            note_playlists_fault(out, last);
        *again = true;
        sw_root_destroy(release.root);
    } else {
        exhibition = load_exhibition(&release, house, &out->diags, &facts->clips);
        const struct sw_diag *fault = overlay_fault(&out->diags, &release);
        if (fault != NULL)
            note_playlists_fault(out, fault);
        *again = fault != NULL;
    }
    sw_release_finish(&release);
    return exhibition;
}

static struct sw_exhibition *load_release(const struct sw_opening_order *order, struct sw_house *house, struct sw_opened *out,
                                          struct sw_edition *facts)
{
    struct sw_release_wanted wanted = order->wanted;
    bool again = false;
    struct sw_exhibition *exhibition = load_with(order, house, &wanted, out, facts, &again);
    while (again) {
        if (wanted.playlists == SW_PLAYLISTS_NEWEST)
            wanted.below = facts->playlists;
        else
            wanted.playlists = wanted.playlists != order->proven ? order->proven : 0;
        sw_exhibition_destroy(exhibition);
        sw_clip_facts_finish(&facts->clips);
        sw_diags_finish(&out->diags);
        sw_diags_init(&out->diags);
        exhibition = load_with(order, house, &wanted, out, facts, &again);
    }
    return exhibition;
}

static struct sw_exhibition *load_folder(const char *folder, struct sw_kept *kept, struct sw_house *house, struct sw_diags *diags)
{
    struct sw_footage_lengths lent;
    sw_footage_lend(house->footage, NULL, true, &lent);
    return kept != NULL ? sw_exhibition_create_again(folder, sw_catalogue(), &lent.lengths, kept, diags)
                        : sw_exhibition_create_timed(folder, sw_catalogue(), &lent.lengths, diags);
}

/* -- the first texts -- */

static enum sw_asset_state no_size(void *context, const char *path, int *width, int *height)
{
    (void)context, (void)path, (void)width, (void)height;
    return SW_ASSET_PENDING;
}

static enum sw_asset_state no_picture(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    (void)context, (void)request, (void)bitmap;
    return SW_ASSET_PENDING;
}

/* A stage that nobody sees, with no pictures: what it sets, the typesetter still knows when the real one comes. */
static void rehearse(const struct sw_opening_order *order, const struct sw_edition *edition)
{
    const struct sw_pictures pictures = {.size = no_size, .get = no_picture};
    const struct sw_wall *wall = sw_exhibition_wall(edition->exhibition, order->options->wall);
    wall = wall != NULL ? wall : sw_exhibition_wall(edition->exhibition, NULL);
    struct sw_bakery *bakery = sw_bakery_create(0, 0, NULL, NULL);
    struct sw_masks *masks = sw_masks_create(0);
    struct sw_data *data = edition->exhibition->source_count > 0 ? sw_data_create(edition->exhibition) : NULL;
    if (wall != NULL && bakery != NULL) {
        struct sw_stage_options options = {
            .exhibition = edition->exhibition,
            .wall = wall,
            .tools = {.typesetter = edition->typesetter, .bakery = bakery, .pictures = &pictures, .masks = masks, .data = data},
            .reduced_motion = order->options->reduced_motion,
            .held = true,
            .language = order->options->language};
        struct sw_time now = {.tick = sw_tick_now(), .instant = order->now};
        struct sw_stage *stage = sw_stage_create(&options, now);
        (void)sw_stage_step(stage, now, false);
        sw_stage_destroy(stage);
    }
    sw_data_destroy(data);
    sw_masks_destroy(masks);
    if (bakery != NULL)
        sw_bakery_destroy(bakery);
}

void sw_opening_do(const struct sw_opening_order *order, struct sw_house *house, struct sw_opened *out)
{
    struct sw_edition facts = {.house = NULL};
    *out = (struct sw_opened){.whole = false};
    sw_diags_init(&out->diags);
    struct sw_exhibition *exhibition = NULL;
    if (order->folder != NULL)
        exhibition = load_folder(order->folder, order->kept, house, &out->diags);
    else if (order->followed != NULL)
        exhibition = load_release(order, house, out, &facts);
    out->whole = sw_edition_load(&out->edition, house, exhibition, order->fonts_there);
    if (out->whole)
        out->edition.clips = facts.clips;
    else
        sw_clip_facts_finish(&facts.clips);
    out->edition.number = facts.number;
    out->edition.version = facts.version;
    out->edition.playlists = facts.playlists;
    out->edition.instead_of = facts.instead_of;
    out->edition.expires = facts.expires;
    if (out->whole && order->rehearse && exhibition != NULL && out->edition.typesetter != NULL)
        rehearse(order, &out->edition);
    sw_diags_sort(&out->diags);
    if (order->kept != NULL)
        sw_faults_quote(&out->faults, &out->diags, order->folder);
}

/* -- the thread -- */

/* Waits for work; false: stop, and nothing is left to be done. */
static bool next_work(struct sw_opening *opening, struct sw_opening_order *order, bool *asked, struct sw_edition *left)
{
    sw_mutex_lock(&opening->lock);
    while (!opening->stop && opening->left_count == 0 && !(opening->asked && !opening->done))
        sw_condition_wait(&opening->changed, &opening->lock);
    bool unload = opening->left_count > 0;
    *asked = !unload && !opening->stop;
    *left = unload ? opening->left[--opening->left_count] : (struct sw_edition){.house = NULL};
    *order = opening->order;
    sw_mutex_unlock(&opening->lock);
    return unload || *asked;
}

static void run(void *context)
{
    struct sw_opening *opening = context;
    struct sw_opening_order order;
    struct sw_edition left;
    bool asked;
    while (next_work(opening, &order, &asked, &left)) {
        struct sw_opened opened;
        if (!asked) {
            sw_edition_unload(&left);
            continue;
        }
        sw_opening_do(&order, opening->house, &opened);
        sw_mutex_lock(&opening->lock);
        opening->opened = opened;
        opening->done = true;
        sw_mutex_unlock(&opening->lock);
        sw_waker_post(opening->house->waker);
    }
}

struct sw_opening *sw_opening_create(struct sw_house *house)
{
    struct sw_opening *opening = sw_alloc(sizeof *opening);
    opening->house = house;
    sw_mutex_init(&opening->lock);
    sw_condition_init(&opening->changed);
    if (sw_thread_start(&opening->thread, "edition", run, opening))
        return opening;
    sw_log(SW_LOG_ERROR, "player", "cannot start a thread: nothing new will be played");
    sw_condition_finish(&opening->changed);
    sw_mutex_finish(&opening->lock);
    free(opening);
    return NULL;
}

void sw_opening_destroy(struct sw_opening *opening)
{
    if (opening == NULL)
        return;
    sw_mutex_lock(&opening->lock);
    opening->stop = true;
    sw_condition_signal(&opening->changed);
    sw_mutex_unlock(&opening->lock);
    sw_thread_join(&opening->thread);
    if (opening->done) {
        sw_edition_unload(&opening->opened.edition);
        sw_diags_finish(&opening->opened.diags);
        sw_faults_finish(&opening->opened.faults);
    }
    sw_condition_finish(&opening->changed);
    sw_mutex_finish(&opening->lock);
    free(opening);
}

bool sw_opening_ask(struct sw_opening *opening, const struct sw_opening_order *order)
{
    sw_mutex_lock(&opening->lock);
    bool idle = !opening->asked;
    if (idle) {
        opening->order = *order;
        opening->asked = true;
        sw_condition_signal(&opening->changed);
    }
    sw_mutex_unlock(&opening->lock);
    return idle;
}

bool sw_opening_take(struct sw_opening *opening, struct sw_opened *out)
{
    sw_mutex_lock(&opening->lock);
    bool done = opening->done;
    if (done)
        *out = opening->opened;
    opening->asked = opening->asked && !done;
    opening->done = false;
    sw_mutex_unlock(&opening->lock);
    return done;
}

void sw_opening_unload(struct sw_opening *opening, struct sw_edition *edition)
{
    sw_mutex_lock(&opening->lock);
    bool room = opening->left_count < LEFT_MAX;
    if (room) {
        opening->left[opening->left_count++] = *edition;
        sw_condition_signal(&opening->changed);
    }
    sw_mutex_unlock(&opening->lock);
    if (!room)
        sw_edition_unload(edition);
    *edition = (struct sw_edition){.house = NULL};
}
