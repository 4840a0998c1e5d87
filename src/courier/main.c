/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-courier: fetches. Started by schauwand, which joins it to the player and to its worker. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/link.h"
#include "base/log.h"
#include "courier/courier.h"
#include "courier/fetcher.h"
#include "courier/follower.h"
#include "courier/reach.h"

int main(int count, char **arguments)
{
    struct sw_courier_options options;
    char fault[256];
    sw_log_init("schauwand-courier", SW_LOG_INFO);
    (void)setlocale(LC_ALL, "C");
    (void)signal(SIGPIPE, SIG_IGN);
    bool fetches = count > 1 && strcmp(arguments[1], "fetch") == 0, follows = count > 1 && strcmp(arguments[1], "follow") == 0;
    bool reaches = count > 1 && strcmp(arguments[1], "doctor") == 0;
    if (!fetches && !follows && !reaches && !sw_courier_options_read(&options, count, arguments, fault, sizeof fault)) {
        if (options.command != SW_COURIER_SERVE) /* else the player has been given the same, and says what is wrong */
            (void)fprintf(stderr, "schauwand %s: %s\n", arguments[1], fault);
        return 2;
    }
    if (!sw_link_present()) {
        (void)fprintf(stderr, "schauwand-courier is started by schauwand\n");
        return 2;
    }
    if (fetches)
        return sw_fetcher_run(count, arguments);
    if (reaches)
        return sw_reach_run(count, arguments);
    return follows ? sw_follower_run(count, arguments) : sw_courier_run(&options);
}
