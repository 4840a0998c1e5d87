/* SPDX-License-Identifier: EUPL-1.2 */
/* A folder in which releases are kept so that no crash, power cut, full disk or bit rot ever shows half of one:
 *
 *     objects/<sha256>       every file of every release, once                                        (store/objects.h)
 *     partial/<sha256>       what is on its way
 *     generations/<n>/       release.json, release.minisig, keys: a release whose objects are all here (store/generation.h)
 *     documents/             key lists and playlists with their signatures                            (store/documents.h)
 *     state                  which generation plays, and the newest of what was ever accepted: the one file that changes
 *     lock                   held by who writes
 *
 * Everything is written aside, synced, and renamed. One process writes, any number read. What is not ours in the folder is left alone.
 * A store is used by one thread at a time. */
#ifndef SW_STORE_STORE_H
#define SW_STORE_STORE_H

#include "base/tick.h"
#include "store/statement.h"

enum sw_store_status {
    SW_STORE_OK,
    SW_STORE_MISSING, /* it is not there */
    SW_STORE_BUSY,    /* another process writes to this store */
    SW_STORE_DENIED,  /* it may not be written (or read): rights, or a disk that is read only */
    SW_STORE_FULL,    /* no room: the disk, its inodes, or the quota */
    SW_STORE_WRONG,   /* it is there and is not what it must be */
    SW_STORE_FAILED,  /* the disk says no in another way; errno says how */
};

/* "is not there", "is full" ...: for the one line that says why. */
const char *sw_store_status_text(enum sw_store_status status);

enum sw_store_mode {
    SW_STORE_READ,  /* nothing is ever changed: a player's */
    SW_STORE_WRITE, /* the folders are made, what a crash left is put away: a courier's; BUSY while another has it */
};

struct sw_store;

/* NULL with *status set. `path` is a folder that is there, or (WRITE) that can be made in one that is. */
struct sw_store *sw_store_open(const char *path, enum sw_store_mode mode, enum sw_store_status *status) SW_MUST;
void sw_store_close(struct sw_store *store);

#define SW_STORE_MARKS_MAX 32

enum sw_store_mark {
    SW_MARK_GOOD = 1 << 0,   /* it has played long enough without a fault */
    SW_MARK_BAD = 1 << 1,    /* it was left again: never chosen by itself any more */
    SW_MARK_PINNED = 1 << 2, /* kept whatever comes */
};

/* What the file `state` holds. A zeroed one is that of an empty store. */
struct sw_store_state {
    int64_t current, previous;             /* numbers of generations; 0: none */
    struct sw_accepted release, playlists; /* the newest ever accepted */
    sw_instant trusted;                    /* the latest instant that a signed document stated: no clock may be before it */
    size_t mark_count;
    struct {
        int64_t number; /* of a generation */
        unsigned marks; /* of enum sw_store_mark */
    } marks[SW_STORE_MARKS_MAX];
};

/* Reads the state. MISSING: there is none, *out is zeroed; WRONG: it is damaged, *out is zeroed too (store/start.h finds what to play). */
enum sw_store_status sw_store_state_read(const struct sw_store *store, struct sw_store_state *out) SW_MUST;
/* Swaps it, at once and for good. */
enum sw_store_status sw_store_state_write(struct sw_store *store, const struct sw_store_state *state) SW_MUST;
/* Notes what a signed document stated that was accepted: *accepted (of `state`) becomes it unless a newer one was, and `trusted` its
 * instant unless that is later. */
void sw_store_state_accept(struct sw_store_state *state, struct sw_accepted *accepted, const struct sw_statement *statement);
/* The marks of a generation; and sets them (0 forgets it). Where there is no room the oldest without a pin is forgotten. */
unsigned sw_store_marks(const struct sw_store_state *state, int64_t number);
void sw_store_state_mark(struct sw_store_state *state, int64_t number, unsigned marks);

#endif
