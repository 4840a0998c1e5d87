/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/fetcher.h"

#include <stdio.h>
#include <unistd.h>

#include "base/tick.h"
#include "courier/subscription.h"
#include "follow/folder.h"

#define BAR_EVERY (200 * SW_MS)
#define BAR_LENGTH 30

struct fetcher {
    struct sw_subscription subscription;
    struct sw_folder *folder;
    struct sw_follow *follow;
    bool terminal; /* standard error is one: a bar is drawn */
    bool barred;   /* there is one on its line */
    sw_tick barred_at;
};

/* ---- what is shown ---- */

static void clear_bar(struct fetcher *fetcher)
{
    if (fetcher->barred)
        (void)fputs("\r\033[K", stderr);
    fetcher->barred = false;
}

static void say(void *context, enum sw_log_level level, const char *line)
{
    struct fetcher *fetcher = context;
    clear_bar(fetcher);
    if (level > SW_LOG_WARNING)
        (void)printf("%s\n", line);
    else
        (void)fprintf(stderr, "schauwand fetch: %s%s\n", level == SW_LOG_WARNING ? "warning: " : "", line);
    (void)fflush(stdout);
}

static void draw_bar(struct fetcher *fetcher)
{
    char bar[BAR_LENGTH + 1];
    const struct sw_follow_view *view = sw_follow_view(fetcher->follow);
    sw_tick now = sw_tick_now();
    if (!fetcher->terminal || view->phase != SW_FOLLOW_OBJECTS || now - fetcher->barred_at < BAR_EVERY)
        return;
    double part = view->all_bytes > 0 ? (double)view->done_bytes / (double)view->all_bytes : 0;
    for (int i = 0; i < BAR_LENGTH; i++)
        bar[i] = part * BAR_LENGTH > i ? '#' : '.';
    bar[BAR_LENGTH] = '\0';
    (void)fprintf(stderr, "\r\033[K[%s] %zu of %zu files, %.0f of %.0f MB  %.40s", bar, view->done_objects, view->all_objects,
                  (double)view->done_bytes / 1e6, (double)view->all_bytes / 1e6, view->doing);
    (void)fflush(stderr);
    fetcher->barred = true;
    fetcher->barred_at = now;
}

/* ---- what is done ---- */

static bool open_all(struct fetcher *fetcher, int count, char *const *arguments)
{
    enum sw_file_status status;
    struct sw_subscription *subscription = &fetcher->subscription;
    if (!sw_crypto_start() || !sw_subscription_read(subscription, count, arguments) || !sw_subscription_fence(subscription))
        return false;
    fetcher->folder = sw_folder_create(subscription->from, &status);
    if (fetcher->folder == NULL) {
        (void)fprintf(stderr, "schauwand fetch: %s: %s\n", subscription->from, sw_file_status_text(status));
        return false;
    }
    struct sw_follow_options options = {.store = subscription->store,
                                        .subscriber = subscription->subscriber,
                                        .origin = sw_folder_origin(fetcher->folder),
                                        .quota = (uint64_t)subscription->host.quota,
                                        .say = say,
                                        .context = fetcher};
    fetcher->follow = sw_follow_create(&options);
    return true;
}

static int run(struct fetcher *fetcher)
{
    do {
        (void)sw_follow_step(fetcher->follow, sw_tick_now(), sw_instant_now());
        (void)sw_folder_turn(fetcher->folder);
        draw_bar(fetcher);
    } while (!sw_follow_rests(fetcher->follow));
    clear_bar(fetcher);
    const struct sw_follow_view *view = sw_follow_view(fetcher->follow);
    if (view->fault[0] == '\0' && view->brought == 0)
        (void)puts("nothing new");
    return view->fault[0] == '\0' && fflush(stdout) == 0 ? 0 : 1;
}

int sw_fetcher_run(int count, char *const *arguments)
{
    struct fetcher fetcher = {.terminal = isatty(STDERR_FILENO) == 1};
    int status = open_all(&fetcher, count, arguments) ? run(&fetcher) : 2;
    sw_follow_destroy(fetcher.follow);
    sw_folder_destroy(fetcher.folder);
    sw_subscription_finish(&fetcher.subscription);
    return status;
}
