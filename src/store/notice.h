/* SPDX-License-Identifier: EUPL-1.2 */
/* What the follower, who alone writes the store, and the player, who reads it, tell each other: fixed records over a message pair
 * (base/message.h, SW_LINK_NOTICE), range-checked by whoever reads them. Nothing here makes a release trusted: the player verifies for
 * itself what a number names. Both say all that holds now at each new joint; later the newest wins. Any thread. */
#ifndef SW_STORE_NOTICE_H
#define SW_STORE_NOTICE_H

#include <stdint.h>

#include "base/message.h"
#include "base/must.h"
#include "base/tick.h"
#include "store/keyring.h"

#define SW_NOTICE_VERSION 2
#define SW_NOTICE_TEXT_MAX 240
#define SW_NOTICE_BYTES_MAX (INT64_C(1) << 50) /* of all that is fetched */
#define SW_NOTICE_OBJECTS_MAX (INT64_C(1) << 30)

enum sw_notice_side { SW_NOTICE_FOLLOWER, SW_NOTICE_PLAYER };

/* With the fields of each; all others are 0 and "". Numbers are those of generations (store/generation.h), from 1. */
enum sw_notice_type {
    /* the follower's */
    SW_NOTICE_PROGRESS = 1, /* phase, done_bytes <= all_bytes, done_objects <= all_objects; text: what is fetched, or what is wrong */
    SW_NOTICE_RELEASE,      /* number, version, activate, trusted: whole, verified, to be played */
    SW_NOTICE_PLAYLISTS,    /* playlists: to be played with that release */
    SW_NOTICE_CONTACT,      /* contact; text: the fault since then, or "" */
    SW_NOTICE_KEYS,         /* version: of the newest key list; list_ends, publishing_end, operating_end */
    /* the player's */
    SW_NOTICE_TRYING,  /* number, playlists: before it loads them */
    SW_NOTICE_PLAYS,   /* number, playlists, instead_of: they are on the wall; repeated at each new joint */
    SW_NOTICE_REFUSED, /* number, playlists; text: why they cannot be played. Of playlists the last good ones stay */
    SW_NOTICE_GOOD,    /* number: it has been on the wall in good health for a minute */
    SW_NOTICE_LOOK,    /* for what is published: somebody wants it now */
};

enum sw_notice_phase {
    SW_NOTICE_ASKING,  /* for what is the newest */
    SW_NOTICE_LISTS,   /* fetching and verifying documents and content lists */
    SW_NOTICE_OBJECTS, /* fetching what is missing */
    SW_NOTICE_WAITING, /* for the next poll: nothing is missing, or `text` says what is wrong */
};

struct sw_notice {
    enum sw_notice_type type;
    enum sw_notice_phase phase;
    int64_t number, version; /* of a generation; of its release, or of a key list */
    int64_t playlists;       /* version of the playlists; 0: the release's own */
    int64_t instead_of;      /* the generation that was left for this one as it did not play; 0: none */
    sw_instant activate;     /* all walls change then; 0: at once */
    sw_instant trusted;      /* the latest instant that a signed document stated; 0: none */
    sw_instant contact;      /* of the last good answer; 0: there was none */
    sw_instant list_ends;    /* when the key list runs out; 0: it does not */
    sw_instant publishing_end, operating_end; /* when the last key of that role does; 0: not, or there is none */
    int64_t done_bytes, all_bytes, done_objects, all_objects;
    char text[SW_NOTICE_TEXT_MAX]; /* UTF-8. What is no text in it is replaced when it is sent */
};

/* What a key list says of its end and of its keys': KEYS. */
struct sw_notice sw_notice_keys(const struct sw_keyring *keyring);

/* AGAIN: later. */
enum sw_message_status sw_notice_send(int end, const struct sw_notice *notice) SW_MUST;
/* What `from`, the other side, says. CLOSED also where a record is of another version, length, type or range, not theirs to say, or comes
 * with a descriptor: the other side is broken. */
enum sw_message_status sw_notice_receive(int end, enum sw_notice_side from, struct sw_notice *out) SW_MUST;

#endif
