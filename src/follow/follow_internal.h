/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of src/follow share. A *run* is what one look leads to: it goes from stage to stage, each of which begins requests and is
 * called back; a fault either ends the run (no connection, no room on the disk) or makes it go on without what was refused. */
#ifndef SW_FOLLOW_INTERNAL_H
#define SW_FOLLOW_INTERNAL_H

#include "base/buffer.h"
#include "base/log.h"
#include "follow/asking.h"
#include "follow/follow.h"
#include "store/collect.h"

#define SW_LANES 4
#define SW_LANDED 32 /* objects that wait to be synced */
#define SW_LOOK_ETAG_MAX 256
#define SW_PATH_ROOM 160 /* of a path below the published folder */

/* Lines that have been said: by their hashes, the oldest forgotten. */
struct sw_said {
    uint64_t lines[16];
    size_t next, count;
};

/* A signed document on its way: both files at once. */
struct sw_paper {
    struct sw_follow *follow;
    void (*done)(struct sw_follow *follow);
    bool may_miss; /* that it is not there is no fault */
    bool here;     /* `document` is filled; else why not has been said */
    struct sw_half {
        struct sw_paper *paper;
        char path[SW_PATH_ROOM];
        struct sw_buffer bytes;
        uint64_t request; /* 0: none */
        bool here;
    } halves[2]; /* the document, its signatures */
    const char *signatures[SW_KEYRING_SIGNATURES_MAX];
    struct sw_signed document;
};

/* An object on its way. */
struct sw_lane {
    struct sw_follow *follow;
    struct sw_object object;
    const char *path;             /* of the file, of the target's contents; NULL: the content list */
    struct sw_incoming *incoming; /* NULL: the lane is free */
    bool hashing;                 /* what an earlier try left is being read */
    bool again;                   /* it is tried a second time, from the beginning */
    uint64_t request;             /* 0: none */
    uint64_t have, resumed;
    enum sw_store_status status; /* what the store said to what came */
};

/* A release that is being brought: a new one, or one of the store that has lost something. */
struct sw_target {
    char name[SW_PATH_ROOM]; /* for faults */
    struct sw_manifest manifest;
    char *text, *signature; /* owned: the documents */
    size_t length;
    int64_t keys;                 /* the version of the key list */
    struct sw_contents *contents; /* owned; NULL: not read yet */
    size_t next;                  /* the file that is looked at next */
    bool lost;                    /* of the store already */
};

enum sw_stage { SW_STAGE_NONE, SW_STAGE_KEYS, SW_STAGE_PLAYLISTS, SW_STAGE_RELEASE, SW_STAGE_LIST, SW_STAGE_OBJECTS };

struct sw_follow {
    struct sw_follow_options options;
    char *store_path, *wall; /* owned */
    struct sw_follow_view view;
    sw_tick tick; /* of the last step */
    sw_instant now;
    uint64_t random;
    struct sw_said faults, warnings; /* faults: since the last run that was complete */

    /* the store; held `holds` times */
    struct sw_store *store;
    unsigned holds;

    /* the look */
    struct sw_asking asking, retrying;
    sw_tick next_look, retry_at, changed_at;
    uint64_t look; /* the request; 0: none */
    struct sw_buffer look_bytes;
    char etag[SW_LOOK_ETAG_MAX];
    struct sw_current current; /* what it said last */
    bool known;                /* it said something */

    /* the run */
    enum sw_stage stage;
    bool collects; /* what nobody needs is to be removed */
    bool complete; /* the last run brought all that `current` names */
    bool refused;  /* this run goes on without something */
    bool fetched;  /* this run has brought bytes */
    int64_t retry_after;
    struct sw_store_state state; /* as it was when it was last read or written here: the keeper writes, too */
    struct sw_keyring keyring; /* version 0: none yet */
    bool damaged;              /* key lists of the store are */
    int64_t list;              /* the key list that is fetched */
    bool walking;              /* all lists in between are, in order */
    int walked;
    struct sw_paper paper;
    struct sw_target target;
    bool mends;    /* the generations of the store are looked at before the release */
    int mended;    /* how many were */
    bool released; /* the newest release has had its turn */
    struct sw_lane lanes[SW_LANES];
    struct sw_lane landed[SW_LANDED]; /* whole and right; disks like to be told of many at once */
    size_t landed_count;
    uint64_t landed_bytes;
};

/* -- follow.c: what is said, and the run's beginning and end -- */
/* "PATH: TEXT", once; the run goes on without it, and is not complete. */
void sw_follow_refuse(struct sw_follow *follow, const char *path, const char *format, ...) SW_PRINTF(3, 4);
/* The same, and the run ends here. */
void sw_follow_end(struct sw_follow *follow, const char *path, const char *format, ...) SW_PRINTF(3, 4);
/* The first fault of a list, for sw_follow_refuse; warnings are said. Returns the text, of `room`. */
const char *sw_follow_first(struct sw_follow *follow, const struct sw_diags *diags, char room[SW_FOLLOW_TEXT_MAX]);
/* What was brought. */
void sw_follow_tell(struct sw_follow *follow, const char *format, ...) SW_PRINTF(2, 3);
void sw_follow_complete(struct sw_follow *follow); /* the run has come to its end */
/* What a request of the run came to where it is neither WHOLE nor its caller's to judge: the run ends. */
void sw_follow_broken(struct sw_follow *follow, const char *path, const struct sw_fetched *fetched);
uint64_t sw_follow_begin(struct sw_follow *follow, const struct sw_fetch *fetch);
void sw_follow_cancel(struct sw_follow *follow, uint64_t *request);
/* Whether a page came instead of a document (none of ours begins like one); it is said. */
bool sw_follow_is_page(struct sw_follow *follow, const char *path, const struct sw_buffer *bytes);
/* The clock that documents are judged by: it never goes back behind what was signed. */
sw_instant sw_follow_clock(const struct sw_follow *follow);

/* -- paper.c -- */
/* Fetches `path` and `path`.minisig. */
void sw_paper_begin(struct sw_follow *follow, const char *path, bool may_miss, void (*done)(struct sw_follow *follow));
void sw_paper_forget(struct sw_paper *paper); /* cancels what is under way */

/* -- run.c: the stages -- */
void sw_run_begin(struct sw_follow *follow);
/* Leaves all that is under way, to be resumed, and the store. */
void sw_run_cancel(struct sw_follow *follow);
/* Notes in the store's state, as it is now, that a release (or `playlists`) was accepted, so that nothing older ever is. */
enum sw_store_status sw_run_accept(struct sw_follow *follow, bool playlists, const struct sw_statement *statement) SW_MUST;
/* The target is done with, or refused. */
void sw_run_next(struct sw_follow *follow);

/* -- target.c -- */
/* The verified manifest of `paper` is what is to be brought. */
void sw_target_take(struct sw_follow *follow, const struct sw_manifest *manifest);
/* The next generation of the store that has lost something is; false: no more has. */
bool sw_target_find_lost(struct sw_follow *follow) SW_MUST;
/* Whether the release `version`, the newest that was accepted, is in the store. */
bool sw_target_is_here(struct sw_follow *follow, int64_t version) SW_MUST;
/* Its content list is here: reads it, and goes on to its objects. */
void sw_target_list(struct sw_follow *follow);
/* All that it needs is here. */
void sw_target_add(struct sw_follow *follow);
void sw_target_forget(struct sw_target *target);

/* -- lane.c -- */
/* Begins as many as there is room for; where nothing is missing any more the stage is over. */
void sw_lanes_fill(struct sw_follow *follow);
/* Reads a little of what earlier tries left. True: there is more of that. */
bool sw_lanes_step(struct sw_follow *follow);
void sw_lanes_leave(struct sw_follow *follow);
/* Fetches the content list. */
void sw_lanes_fetch_list(struct sw_follow *follow);

#endif
