/* SPDX-License-Identifier: EUPL-1.2 */
/* What plays on a wall, as it is published: the playlists of its release, and those that operators have put in their place. Edited in
 * memory, judged by the loader like any curator's file, and published as the next version. Every fault is printed. */
#ifndef SW_PUBLISHER_BOARD_H
#define SW_PUBLISHER_BOARD_H

#include "exhibition/exhibition.h"
#include "publisher/outlet.h"

struct sw_board_playlist {
    const char *id;
    cJSON *own; /* owned: as the release has it */
    cJSON *was; /* owned: what is in force */
    cJSON *now; /* owned: what is to be; edited in place */
};

struct sw_board {
    const struct sw_outlet *outlet;
    const char *wall;
    struct sw_current current;
    struct sw_manifest manifest;
    struct sw_contents *contents;        /* owned; of the release */
    struct sw_statement statement;       /* of the playlists in force; version 0: the release's own */
    bool counts;                         /* they were signed by a key that still counts */
    struct sw_board_playlist *playlists; /* of the arena; by id */
    size_t count;
    struct sw_exhibition *exhibition; /* owned: with the playlists as they were last judged */
    struct sw_arena arena;
};

/* Reads what is in force. Finish it in either case. */
bool sw_board_open(struct sw_board *board, const struct sw_outlet *outlet, const char *wall) SW_MUST;
void sw_board_finish(struct sw_board *board);

/* The playlist of that id; NULL: the release has none. */
struct sw_board_playlist *sw_board_find(const struct sw_board *board, const char *id);
/* Whether some zone of the wall plays it. Of a wall that the release does not know: always. */
bool sw_board_plays(const struct sw_board *board, const struct sw_board_playlist *playlist);
/* The item of that place as it was loaded; NULL: it was not sound. */
const struct sw_playlist_item *sw_board_item(const struct sw_board *board, const struct sw_board_playlist *playlist, size_t place);
/* Loads the release with the playlists as they are now, for `exhibition`, which is NULL where nothing can be loaded; prints the faults in
 * them unless `quiet`. False where there is an error. */
bool sw_board_judge(struct sw_board *board, bool quiet) SW_MUST;
/* Whether something is to be other than it was. */
bool sw_board_differs(const struct sw_board *board);
/* Those that are not as the release has them: an object by their ids; cJSON_Delete it. */
cJSON *sw_board_document(const struct sw_board *board) SW_MUST;

#endif
