/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-player: draws. Started by schauwand, which hands it its link and its workers. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/link.h"
#include "base/log.h"
#include "player/commands.h"
#include "player/fence.h"
#include "player/follow.h"

int main(int count, char **arguments)
{
    char fault[256];
    struct sw_options options;
    struct sw_waker waker;
    struct sw_arena arena = {.blocks = NULL};
    const char *said = "";
    sw_log_init("schauwand-player", SW_LOG_INFO);
    (void)setlocale(LC_ALL, "C");
    (void)setenv("LC_ALL", "C", 1); /* or SDL has X read all key sequences of the user's language: 12 ms before the first picture */
    (void)signal(SIGPIPE, SIG_IGN);
    if (count == 2 && strcmp(arguments[1], "schema") == 0)
        return sw_player_schema();
    if (count >= 2 && strcmp(arguments[1], "new") == 0)
        return sw_player_new(count, arguments);
    if (!sw_options_parse(&options, count, arguments, fault, sizeof fault)) {
        (void)fprintf(stderr, "schauwand: %s\n", fault);
        return 2;
    }
    if (!sw_link_present()) {
        (void)fprintf(stderr, "schauwand-player is started by schauwand: use `schauwand %s`\n", arguments[1]);
        return 2;
    }
    if (!sw_follow_settle(&options, &arena, &said)) {
        (void)fprintf(stderr, "schauwand: %s\n", said);
        return 2;
    }
    struct sw_machine machine = {.landlock = 0};
    if (options.command == SW_COMMAND_DOCTOR)
        sw_machine_look(&machine); /* behind the fence nobody may ask */
    if (!sw_player_fence(&options) || !sw_waker_init(&waker))
        return 2;
    int status = 2;
    switch (options.command) {
    case SW_COMMAND_PLAY: status = sw_player_play(&options, &waker); break;
    case SW_COMMAND_CHECK: status = sw_player_check(&options, &waker); break;
    case SW_COMMAND_RENDER: status = sw_player_render(&options, &waker); break;
    case SW_COMMAND_TEXTS: status = sw_player_texts(&options); break;
    case SW_COMMAND_DOCTOR: status = sw_player_doctor(&options, &machine, &waker); break;
    }
    sw_waker_finish(&waker);
    sw_arena_finish(&arena);
    return status;
}
