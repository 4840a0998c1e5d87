/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/round.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/place.h"

#define PIECE ((size_t)64 << 10)

struct sw_round {
    struct sw_store *store;
    char **names; /* of this round; NULL: none has begun */
    size_t count, at;
    int fd; /* of names[at]; -1: not open yet */
    struct sw_digest named;
    struct sw_hashing hashing;
    unsigned char piece[PIECE];
};

struct sw_round *sw_round_create(struct sw_store *store)
{
    struct sw_round *round = sw_alloc(sizeof *round);
    round->store = store;
    round->fd = -1;
    return round;
}

static void forget(struct sw_round *round)
{
    if (round->fd >= 0)
        (void)close(round->fd);
    sw_place_list_free(round->names, round->count);
    round->names = NULL;
    round->count = round->at = 0;
    round->fd = -1;
}

void sw_round_destroy(struct sw_round *round)
{
    if (round != NULL) {
        forget(round);
        free(round);
    }
}

static void next_object(struct sw_round *round)
{
    (void)close(round->fd);
    round->fd = -1;
    round->at++;
}

/* Opens the next one that can be opened and has the name of an object; false: there is none any more. */
static bool open_next(struct sw_round *round)
{
    for (; round->fd < 0 && round->at < round->count; round->at++) {
        if (!sw_digest_parse(round->names[round->at], &round->named))
            continue;
        round->fd = openat(round->store->folders[SW_PLACE_OBJECTS], round->names[round->at],
                           O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (round->fd >= 0) {
            sw_hashing_init(&round->hashing);
            return true;
        }
    }
    return round->fd >= 0;
}

/* The object is read to its end, or cannot be read any further (`broken`). */
static void judge(struct sw_round *round, bool broken, struct sw_round_step *out)
{
    struct sw_digest is;
    sw_hashing_end(&round->hashing, &is);
    bool wrong = !sw_digest_equal(&round->named, &is);
    if (broken || wrong) {
        out->rotten = true;
        out->digest = round->named;
        if (!broken && round->store->mode == SW_STORE_WRITE)
            (void)unlinkat(round->store->folders[SW_PLACE_OBJECTS], round->names[round->at], 0);
    }
    next_object(round);
}

enum sw_store_status sw_round_step(struct sw_round *round, uint64_t budget, struct sw_round_step *out)
{
    *out = (struct sw_round_step){.done = false};
    if (round->names == NULL) {
        if (round->store->folders[SW_PLACE_OBJECTS] < 0)
            return SW_STORE_MISSING;
        enum sw_store_status status = sw_place_list(round->store->folders[SW_PLACE_OBJECTS], &round->names, &round->count);
        if (status != SW_STORE_OK)
            return status;
    }
    while (out->read < budget && !out->rotten) {
        if (!open_next(round)) {
            forget(round);
            out->done = true;
            return SW_STORE_OK;
        }
        uint64_t room = budget - out->read;
        ssize_t got = read(round->fd, round->piece, room < PIECE ? (size_t)room : PIECE);
        if (got > 0) {
            sw_hashing_add(&round->hashing, round->piece, (size_t)got);
            out->read += (uint64_t)got;
        } else if (got == 0 || errno != EINTR) {
            judge(round, got < 0, out);
        }
    }
    return SW_STORE_OK;
}
