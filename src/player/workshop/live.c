/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/workshop/live.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "exhibition/exhibition.h"
#include "player/loop.h"
#include "player/workshop/saves.h"

#define REFRESH_US (5 * SW_SECOND)    /* so long pictures that come in may be of files that were saved */
#define DOUBT_US SW_SECOND            /* so long a fault may come of a file that is still being written */
#define AGAIN_US (60 * SW_MS)         /* until that is read again */
#define READY_US (800 * SW_MS)        /* so long what is on stays for the sake of pictures of what comes */
#define DATA_US (3 * SW_SECOND)       /* the same for the first word of other sources */
#define TRY_US (50 * SW_MS)

void sw_live_begin(struct sw_loop *loop)
{
    struct sw_live *live = &loop->changeover.live;
    const struct sw_options *options = loop->options;
    *live = (struct sw_live){.refreshed = -REFRESH_US, .again = SW_NEVER, .doubted = SW_NEVER, .waits = SW_NEVER};
    if (!options->window || options->follows || options->safe)
        return;
    live->kept = sw_kept_create();
    live->saves = sw_saves_create(options->folder, loop->waker);
}

void sw_live_end(struct sw_loop *loop)
{
    struct sw_live *live = &loop->changeover.live;
    sw_saves_destroy(live->saves);
    sw_kept_destroy(live->kept);
    free(live->faulty);
}

void sw_live_order(struct sw_loop *loop, struct sw_opening_order *order)
{
    struct sw_live *live = &loop->changeover.live;
    live->loading |= live->kinds;
    live->kinds = 0;
    order->kept = live->kept;
    order->fonts_there = order->kept != NULL ? loop->edition.fonts_key : 0;
}

/* -- what is saved -- */

static void refresh(struct sw_loop *loop, unsigned kinds)
{
    struct sw_live *live = &loop->changeover.live;
    if ((kinds & SW_SAVED_PICTURES) != 0) {
        sw_media_refresh(loop->house.media);
        live->refreshed = loop->frame;
    }
    if (loop->assets && loop->frame - live->refreshed < REFRESH_US && loop->edition.stage != NULL)
        sw_stage_look_again(loop->edition.stage);
}

bool sw_live_look(struct sw_loop *loop)
{
    struct sw_live *live = &loop->changeover.live;
    unsigned kinds = live->saves != NULL ? sw_saves_take(live->saves) : 0;
    if (live->told)
        kinds = SW_SAVED_PICTURES | SW_SAVED_CLIPS | SW_SAVED_DOCUMENTS | SW_SAVED_OTHER;
    live->told = false;
    live->kinds |= kinds;
    refresh(loop, kinds);
    bool again = loop->frame >= live->again;
    if (again)
        live->again = SW_NEVER;
    return again || (kinds & ~SW_SAVED_PICTURES) != 0;
}

/* -- what is wrong with it -- */

static uint64_t name_of(const struct sw_diag *diag) { return sw_hash_text(SW_HASH_START, diag->file); }

static bool was_faulty(const struct sw_live *live, uint64_t file)
{
    for (size_t i = 0; i < live->faulty_count; i++)
        if (live->faulty[i] == file)
            return true;
    return false;
}

/* A file has faults that had none in what is on. */
static bool is_worse(const struct sw_live *live, const struct sw_diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i].severity == SW_ERROR && !was_faulty(live, name_of(&diags->items[i])))
            return true;
    return false;
}

static void note_faulty(struct sw_live *live, const struct sw_diags *diags)
{
    live->faulty_count = 0;
    for (size_t i = 0; i < diags->count; i++) {
        uint64_t file = name_of(&diags->items[i]);
        if (diags->items[i].severity != SW_ERROR || was_faulty(live, file))
            continue;
        live->faulty = sw_grow(live->faulty, &live->faulty_capacity, live->faulty_count + 1, sizeof *live->faulty);
        live->faulty[live->faulty_count++] = file;
    }
}

static bool has_scene(const struct sw_exhibition *exhibition)
{
    for (size_t i = 0; i < exhibition->scene_count; i++)
        if (!exhibition->scenes[i]->draft)
            return true;
    return false;
}

/* What is no fault of any file, but nothing can be played for it. */
static void note_lack(const struct sw_loop *loop, struct sw_opened *opened)
{
    const struct sw_exhibition *exhibition = opened->edition.exhibition;
    const char *wanted = loop->options->wall;
    if (exhibition == NULL || opened->diags.errors > 0)
        return;
    if (sw_exhibition_wall(exhibition, wanted) == NULL)
        sw_diags_add(&opened->diags, SW_ERROR, "scenes/walls", 0, 0, NULL, "there is no wall \"%s\", which this window is to show",
                     wanted != NULL ? wanted : exhibition->default_wall);
    else if (!has_scene(exhibition))
        sw_diags_add(&opened->diags, SW_ERROR, "scenes", 0, 0, NULL, "there is no scene that could be shown; drafts are not");
    else
        return;
    sw_faults_append(&opened->faults, &opened->diags.items[opened->diags.count - 1]);
}

/* A fault may be that of a file read by halves: it is read again, for a moment, before anybody is told. */
static bool is_doubtful(struct sw_loop *loop, const struct sw_diags *diags)
{
    struct sw_live *live = &loop->changeover.live;
    bool busy = diags->errors > 0 && live->saves != NULL && sw_saves_busy(live->saves);
    if (!busy) {
        live->doubted = SW_NEVER;
        return false;
    }
    live->doubted = live->doubted == SW_NEVER ? loop->frame : live->doubted;
    if (loop->frame - live->doubted >= DOUBT_US)
        return false;
    live->again = loop->frame + AGAIN_US;
    return true;
}

/* Documents alone were saved, and they are those of what is on. */
static bool is_same(const struct sw_loop *loop, const struct sw_opened *opened)
{
    const struct sw_exhibition *now = loop->edition.exhibition, *then = opened->edition.exhibition;
    bool documents = (loop->changeover.live.loading & ~(SW_SAVED_DOCUMENTS | SW_SAVED_PICTURES)) == 0;
    return documents && now != NULL && then != NULL && now->documents_hash == then->documents_hash;
}

bool sw_live_wants(struct sw_loop *loop, struct sw_opened *opened)
{
    struct sw_live *live = &loop->changeover.live;
    bool on = loop->edition.stage != NULL, plays = opened->edition.exhibition != NULL;
    note_lack(loop, opened);
    if (on && is_doubtful(loop, &opened->diags))
        return false;
    bool refused = on && (!plays || is_worse(live, &opened->diags));
    opened->faults.refused = refused;
    sw_workshop_tell_faults(&loop->workshop, &opened->faults);
    if (refused)
        return false;
    note_faulty(live, &opened->diags);
    bool same = on && is_same(loop, opened);
    if (same)
        live->loading = 0;
    return !same;
}

/* -- what comes -- */

static bool is_told(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_edition *next = &changeover->next;
    if (next->borrowed.data || (next->feed == NULL && loop->edition.feed == NULL))
        return true;
    if (changeover->sources_asked == SW_NEVER)
        sw_changeover_ask_sources(loop, next);
    return next->feed == NULL || sw_feed_settled(next->feed) || loop->frame - changeover->sources_asked >= DATA_US;
}

static void change(struct sw_loop *loop, struct sw_time now)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_edition old = loop->edition;
    sw_stage_carry_contacts(changeover->next.stage, old.stage, now);
    sw_stage_release(changeover->next.stage);
    sw_stage_destroy(old.stage);
    old.stage = NULL;
    loop->edition = changeover->next;
    sw_edition_inherit(&loop->edition, &old);
    sw_edition_leave(&old);
    sw_opening_unload(changeover->opening, &old);
    changeover->next = (struct sw_edition){.house = NULL};
    changeover->live.waits = SW_NEVER;
    changeover->live.loading = 0;
    changeover->plays_since = changeover->offered = SW_NEVER;
    loop->next = sw_loop_frame_time(loop).tick;
}

sw_tick sw_live_pursue(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_live *live = &changeover->live;
    struct sw_edition *next = &changeover->next;
    struct sw_time now = sw_loop_frame_time(loop);
    if (!sw_changeover_same_panels(loop, next->wall)) {
        sw_changeover_restart(loop);
        return loop->frame;
    }
    bool first = live->waits == SW_NEVER;
    live->waits = first ? loop->frame : live->waits;
    bool came = sw_edition_collect(next) || loop->assets;
    bool told = is_told(loop), late = loop->frame - live->waits >= READY_US;
    if (first || came || loop->frame - live->tried >= TRY_US) {
        live->tried = loop->frame;
        sw_stage_carry(next->stage, loop->edition.stage, now);
        (void)sw_stage_step(next->stage, now, true);
        if (told && (late || sw_stage_ready(next->stage))) {
            change(loop, now);
            return loop->frame;
        }
    }
    return live->tried + TRY_US;
}
