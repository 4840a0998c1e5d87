/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/desk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/user.h"
#include "base/utf8.h"
#include "publisher/edit.h"
#include "publisher/fault.h"
#include "publisher/listing.h"

#define SAID_MAX ((size_t)1 << 20)

/* Whose edit it is. */
static const char *whose(const struct sw_order *order, char room[SW_BY_MAX + 1])
{
    const char *names[] = {order->by, getenv("USER"), getenv("LOGNAME")};
    for (size_t i = 0; i < SW_COUNT(names); i++)
        if (names[i] != NULL && names[i][0] != '\0' && strlen(names[i]) <= SW_BY_MAX && sw_utf8_is_line(names[i], SW_BY_MAX + 1))
            return names[i];
    sw_user_name(getuid(), room, SW_BY_MAX + 1); /* cron and containers set neither */
    return room;
}

/* Whether what is there is what the operator saw. */
static bool is_version(const struct sw_order *order, const struct sw_board *board)
{
    int64_t there = board->current.playlists;
    if (order->version < 0 || order->version == there)
        return true;
    (void)fprintf(stderr, "schauwand %s: the playlists of %s are of version %" PRId64 " now%s%s, not of %" PRId64 "\n", order->name,
                  board->wall, there, board->statement.by[0] != '\0' ? ", by " : "", board->statement.by, order->version);
    return false;
}

static int publish(struct sw_outlet *outlet, const struct sw_order *order, const struct sw_board *board, const char *by)
{
    int64_t version;
    bool signed_anew = board->statement.version != 0 && !board->counts; /* where the key was replaced */
    if (!sw_board_differs(board) && !signed_anew) {
        (void)printf("wall %s: nothing changed since playlists %" PRId64 "\n", board->wall, board->current.playlists);
        return 0;
    }
    cJSON *document = sw_board_document(board);
    bool published = sw_outlet_prepare(outlet) && sw_outlet_publish_playlists(outlet, &board->current, by,
                                                                              order->note != NULL ? order->note : "", document, &version);
    cJSON_Delete(document);
    if (published)
        (void)printf("wall %s: playlists %" PRId64 "\n", board->wall, version);
    return published ? 0 : SW_EXIT_CANNOT;
}

static int list(const struct sw_order *order, struct sw_board *board, bool sound)
{
    size_t count;
    struct sw_board_playlist **picked = sw_arena_array(&board->arena, board->count, sizeof *picked);
    if (!sw_edit_pick(board, order, picked, &count))
        return SW_EXIT_CANNOT;
    if (order->json)
        sw_listing_print_json(board, picked, count);
    else
        sw_listing_print(board, picked, count);
    return sound ? 0 : SW_EXIT_REFUSED;
}

static int edit(struct sw_outlet *outlet, const struct sw_order *order, struct sw_board *board)
{
    size_t count;
    struct sw_buffer said;
    char room[SW_BY_MAX + 1];
    const char *by = whose(order, room);
    struct sw_board_playlist **picked = sw_arena_array(&board->arena, board->count, sizeof *picked);
    sw_buffer_init(&said, SAID_MAX);
    int status = SW_EXIT_CANNOT;
    if (sw_edit_pick(board, order, picked, &count) && sw_edit(board, order, by, picked, count, &said))
        status = sw_board_judge(board, false) ? publish(outlet, order, board, by) : SW_EXIT_REFUSED;
    if (status == 0)
        (void)fputs(sw_buffer_text(&said), stdout);
    sw_buffer_finish(&said);
    return status;
}

static int run_on_board(struct sw_outlet *outlet, const struct sw_order *order)
{
    struct sw_board board;
    int status = SW_EXIT_CANNOT;
    bool lists = order->task == SW_TASK_LIST;
    if (sw_board_open(&board, outlet, order->walls[0])) {
        bool sound = sw_board_judge(&board, !lists); /* an edit may be what mends it */
        if (board.exhibition == NULL)
            (void)sw_fault_say(order->walls[0], "has a release that cannot be loaded");
        else if (!is_version(order, &board))
            status = SW_EXIT_REFUSED;
        else if (lists)
            status = list(order, &board, sound);
        else
            status = edit(outlet, order, &board);
    }
    sw_board_finish(&board);
    return status;
}

void sw_desk_warn(const struct sw_outlet *outlet, const char *wall)
{
    struct sw_board board;
    if (sw_board_open(&board, outlet, wall) && board.statement.version != 0 && !sw_board_judge(&board, false))
        (void)fprintf(stderr, "schauwand: the playlists %" PRId64 " of %s do not fit its new release; `schauwand playlist` mends them\n",
                      board.current.playlists, wall);
    sw_board_finish(&board);
}

int sw_desk_run(const struct sw_order *order, sw_instant now)
{
    struct sw_workshop workshop;
    struct sw_secret_key key;
    bool lists = order->task == SW_TASK_LIST;
    if (order->to == NULL || order->keys == NULL || order->wall_count != 1)
        return sw_order_fault(order, "--to DIR, --keys DIR and one --wall W are wanted");
    if (!sw_workshop_open(&workshop, order->keys))
        return SW_EXIT_CANNOT;
    int status = SW_EXIT_CANNOT;
    if (lists || sw_workshop_secret(&workshop, SW_KEY_OPERATING, &key)) {
        struct sw_outlet outlet = {.folder = order->to, .workshop = &workshop, .key = &key, .now = now, .lock = -1};
        if (lists || sw_outlet_lock(&outlet))
            status = run_on_board(&outlet, order);
        sw_outlet_finish(&outlet);
        if (!lists)
            sw_secret_key_wipe(&key);
    }
    sw_workshop_finish(&workshop);
    return status;
}
