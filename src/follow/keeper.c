/* SPDX-License-Identifier: EUPL-1.2 */
#include "follow/keeper.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "follow/follow_internal.h"

#define TRIES_MOST 2
#define SELECTS_MOST 5
#define BAD_MOST 8 /* that wait to be written */

struct sw_keeper {
    struct sw_follow *follow;
    struct sw_offer offer;
    struct sw_keyring keyring; /* version 0: none yet */
    int64_t trying; /* what the player is loading; 0: nothing */
    int64_t failed; /* it ended while it loaded this one, */
    int failures;   /* so often */
    /* to be written */
    int64_t plays, good;
    int selects; /* tries to write `plays` */
    int64_t bad[BAD_MOST];
    size_t bad_count;
    bool damaged; /* the state is */
};

struct sw_keeper *sw_keeper_create(struct sw_follow *follow)
{
    struct sw_keeper *keeper = sw_alloc(sizeof *keeper);
    keeper->follow = follow;
    return keeper;
}

void sw_keeper_destroy(struct sw_keeper *keeper) { free(keeper); }

/* ---- what the player says ---- */

static void note_bad(struct sw_keeper *keeper, int64_t number)
{
    if (number > 0 && keeper->bad_count < BAD_MOST)
        keeper->bad[keeper->bad_count++] = number;
}

void sw_keeper_trying(struct sw_keeper *keeper, int64_t number) { keeper->trying = number; }

void sw_keeper_plays(struct sw_keeper *keeper, int64_t number, int64_t instead_of)
{
    keeper->trying = 0;
    keeper->plays = number;
    keeper->selects = 0;
    if (instead_of != number)
        note_bad(keeper, instead_of);
}

void sw_keeper_refused(struct sw_keeper *keeper, int64_t number)
{
    keeper->trying = 0;
    note_bad(keeper, number);
}

void sw_keeper_good(struct sw_keeper *keeper, int64_t number) { keeper->good = number; }

void sw_keeper_lost(struct sw_keeper *keeper)
{
    if (keeper->trying == 0)
        return;
    keeper->failures = keeper->trying == keeper->failed ? keeper->failures + 1 : 1;
    keeper->failed = keeper->trying;
    keeper->trying = 0;
    if (keeper->failures < TRIES_MOST)
        return;
    sw_follow_tell(keeper->follow, "generation %" PRId64 ": the player ended %d times while it loaded it; it is not tried again",
                   keeper->failed, keeper->failures);
    note_bad(keeper, keeper->failed);
}

/* ---- what is written ---- */

static void mark(struct sw_store_state *state, int64_t number, unsigned more)
{
    unsigned marks = sw_store_marks(state, number);
    if (more == SW_MARK_BAD)
        marks &= ~(unsigned)SW_MARK_GOOD;
    sw_store_state_mark(state, number, marks | more);
}

static bool write_marks(struct sw_keeper *keeper, struct sw_store *store, const struct sw_store_state *before)
{
    struct sw_store_state state = *before;
    for (size_t i = 0; i < keeper->bad_count; i++)
        mark(&state, keeper->bad[i], SW_MARK_BAD);
    if (keeper->good > 0)
        mark(&state, keeper->good, SW_MARK_GOOD);
    bool same = true;
    for (size_t i = 0; i < keeper->bad_count; i++)
        same = same && (sw_store_marks(before, keeper->bad[i]) & SW_MARK_BAD) != 0;
    same = same && (keeper->good == 0 || (sw_store_marks(before, keeper->good) & SW_MARK_GOOD) != 0);
    return same || sw_store_state_write(store, &state) == SW_STORE_OK;
}

/* It is the one that plays from now on. One that cannot be verified now may be so the next time; some tries later it is left as it is. */
static bool select(struct sw_keeper *keeper, struct sw_store *store)
{
    struct sw_start start;
    struct sw_diags quiet;
    sw_diags_init(&quiet);
    enum sw_store_status status = sw_start_try(store, &keeper->follow->options.subscriber, keeper->plays, &start, &quiet);
    sw_diags_finish(&quiet);
    if (status != SW_STORE_OK)
        return keeper->selects++ >= SELECTS_MOST;
    status = sw_generation_select(store, keeper->plays, &start.manifest.statement);
    sw_start_finish(&start);
    return status == SW_STORE_OK;
}

static bool write(struct sw_keeper *keeper, struct sw_store *store)
{
    struct sw_store_state state;
    enum sw_store_status status = sw_store_state_read(store, &state);
    if (status == SW_STORE_WRONG) { /* then it is made anew from what the generations say */
        status = sw_store_heal(store, &keeper->follow->options.subscriber);
        if (status == SW_STORE_OK)
            status = sw_store_state_read(store, &state);
    }
    if (status != SW_STORE_OK && status != SW_STORE_MISSING)
        return false;
    keeper->damaged = false;
    if (!write_marks(keeper, store, &state))
        return false;
    keeper->bad_count = 0;
    if (keeper->plays != 0 && keeper->plays != state.current && !select(keeper, store))
        return false;
    keeper->plays = 0;
    if (keeper->good != 0)
        sw_follow_collect(keeper->follow);
    keeper->good = 0;
    return true;
}

/* ---- what is offered ---- */

/* The newest that is whole and not bad; but none that is older than what plays, unless that is bad: what cannot be read now may be read
 * again. The one that is offered already is not verified again. */
static bool find(struct sw_keeper *keeper, const struct sw_store *store, const struct sw_store_state *state, struct sw_offer *out)
{
    int64_t *numbers;
    size_t count;
    bool found = false;
    struct sw_diags quiet;
    struct sw_start start;
    if (sw_generation_list(store, &numbers, &count) != SW_STORE_OK)
        return false;
    sw_diags_init(&quiet);
    bool back = (sw_store_marks(state, state->current) & SW_MARK_BAD) != 0;
    for (size_t i = 0; i < count && !found && (back || numbers[i] >= state->current); i++) {
        if ((sw_store_marks(state, numbers[i]) & SW_MARK_BAD) != 0)
            continue;
        found = numbers[i] == keeper->offer.number;
        if (found)
            *out = keeper->offer;
        else if (sw_start_try(store, &keeper->follow->options.subscriber, numbers[i], &start, &quiet) == SW_STORE_OK) {
            *out =
                (struct sw_offer){.number = numbers[i], .version = start.manifest.statement.version, .activate = start.manifest.activate};
            found = true;
            sw_start_finish(&start);
        }
    }
    sw_diags_finish(&quiet);
    free(numbers);
    return found;
}

static void look_at_keys(struct sw_keeper *keeper, const struct sw_store *store)
{
    struct sw_keyring keyring;
    struct sw_diags quiet;
    sw_diags_init(&quiet);
    if (sw_store_keyring(store, &keeper->follow->options.subscriber.pin, 0, &keyring, &quiet) == SW_STORE_OK)
        keeper->keyring = keyring;
    sw_diags_finish(&quiet);
}

static void look(struct sw_keeper *keeper)
{
    enum sw_store_status status;
    struct sw_store_state state;
    struct sw_offer offer;
    struct sw_store *store = sw_store_open(keeper->follow->store_path, SW_STORE_READ, &status);
    if (store == NULL)
        return;
    status = sw_store_state_read(store, &state);
    bool known = status == SW_STORE_OK || status == SW_STORE_MISSING;
    keeper->damaged = status == SW_STORE_WRONG;
    if (known && find(keeper, store, &state, &offer)) {
        offer.trusted = state.trusted;
        offer.playlists = state.playlists.version;
        keeper->offer = offer;
    }
    look_at_keys(keeper, store);
    sw_store_close(store);
}

bool sw_keeper_step(struct sw_keeper *keeper)
{
    enum sw_store_status status;
    bool written = true;
    if (keeper->plays != 0 || keeper->good != 0 || keeper->bad_count > 0 || keeper->damaged) {
        struct sw_store *store = sw_follow_hold(keeper->follow, &status);
        written = store != NULL && write(keeper, store);
        if (store != NULL)
            sw_follow_let_go(keeper->follow);
    }
    if (written)
        look(keeper);
    return written;
}

const struct sw_offer *sw_keeper_offer(const struct sw_keeper *keeper) { return &keeper->offer; }

const struct sw_keyring *sw_keeper_keyring(const struct sw_keeper *keeper)
{
    return keeper->keyring.version > 0 ? &keeper->keyring : NULL;
}
