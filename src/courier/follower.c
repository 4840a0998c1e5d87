/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/follower.h"

#include <signal.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/link.h"
#include "base/log.h"
#include "courier/carrier.h"
#include "courier/joint.h"
#include "courier/subscription.h"
#include "follow/keeper.h"
#include "store/round.h"

#define BEAT SW_SECOND
#define KEEP_AGAIN (2 * SW_SECOND)      /* the store could not be written */
#define ROUND_FIRST (2 * SW_MINUTE)     /* not while all begins */
#define ROUND_EVERY (24 * SW_HOUR)      /* from the end of one to the beginning of the next */
#define ROUND_STEP SW_SECOND            /* between two pieces, */
#define ROUND_PIECE ((uint64_t)2 << 20) /* of so many bytes */

enum { SIGNALS, LINK, JOINT };
#define ENDS 3

struct follower {
    struct sw_subscription subscription;
    struct sw_http *http;
    struct sw_carrier *carrier;
    struct sw_follow *follow;
    struct sw_keeper *keeper;
    struct sw_joint joint;
    struct sw_clock clock;
    int signals;
    sw_tick beat_at;
    sw_tick keep_at; /* SW_NEVER: nothing is to be kept */
    unsigned brought;
    bool asking; /* a look was under way in the last turn */
    /* the round */
    struct sw_store *reading; /* NULL: none is under way */
    struct sw_round *round;
    sw_tick round_at;
    bool quit;
};

static sw_tick sooner(sw_tick a, sw_tick b) { return a < b ? a : b; }

/* ---- opening ---- */

static void say(void *context, enum sw_log_level level, const char *line)
{
    (void)context;
    sw_log(level, "follow", "%s", line);
}

static bool open_signals(struct follower *follower)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    sigset_t heard;
    sigemptyset(&heard);
    for (size_t i = 0; i < SW_COUNT(numbers); i++)
        sigaddset(&heard, numbers[i]);
    follower->signals = sigprocmask(SIG_BLOCK, &heard, NULL) == 0 ? signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
    return follower->signals >= 0;
}

static bool open_all(struct follower *follower, int count, char *const *arguments)
{
    struct sw_subscription *subscription = &follower->subscription;
    uint64_t chance = (uint64_t)sw_tick_now();
    if (!sw_crypto_start() || !sw_subscription_read(subscription, count, arguments) || !open_signals(follower) ||
        !sw_subscription_fence(subscription))
        return false;
    sw_log_init("schauwand-follower", subscription->host.log);
    follower->http = sw_http_create(&subscription->host, SW_CARRIER_BESIDE);
    if (follower->http == NULL)
        return false;
    (void)!getentropy(&chance, sizeof chance);
    follower->carrier = sw_carrier_create(&subscription->host, follower->http);
    struct sw_follow_options options = {.store = subscription->store,
                                        .subscriber = subscription->subscriber,
                                        .origin = sw_carrier_origin(follower->carrier),
                                        .quota = (uint64_t)subscription->host.quota,
                                        .poll = subscription->host.poll,
                                        .chance = chance,
                                        .say = say};
    follower->follow = sw_follow_create(&options);
    follower->keeper = sw_keeper_create(follower->follow);
    follower->round_at = sw_tick_now() + ROUND_FIRST;
    return true;
}

static void end_round(struct follower *follower)
{
    sw_round_destroy(follower->round);
    sw_store_close(follower->reading);
    follower->round = NULL;
    follower->reading = NULL;
}

static void close_all(struct follower *follower)
{
    end_round(follower);
    sw_joint_finish(&follower->joint);
    sw_keeper_destroy(follower->keeper);
    sw_follow_destroy(follower->follow);
    sw_carrier_destroy(follower->carrier);
    sw_http_destroy(follower->http);
    sw_subscription_finish(&follower->subscription);
    if (follower->signals >= 0)
        (void)close(follower->signals);
}

/* ---- the player ---- */

static void hear(struct follower *follower, const struct sw_notice *notice)
{
    struct sw_keeper *keeper = follower->keeper;
    switch (notice->type) {
    case SW_NOTICE_TRYING: sw_keeper_trying(keeper, notice->number); break;
    case SW_NOTICE_PLAYS: sw_keeper_plays(keeper, notice->number, notice->instead_of); break;
    case SW_NOTICE_REFUSED:
        sw_log(SW_LOG_ERROR, "follow", "the player does not take %s: %s", notice->playlists > 0 ? "the playlists" : "the release",
               notice->text);
        if (notice->playlists == 0)
            sw_keeper_refused(keeper, notice->number);
        break;
    case SW_NOTICE_GOOD: sw_keeper_good(keeper, notice->number); break;
    case SW_NOTICE_LOOK: sw_follow_hurry(follower->follow); return;
    case SW_NOTICE_PROGRESS:
    case SW_NOTICE_RELEASE:
    case SW_NOTICE_PLAYLISTS:
    case SW_NOTICE_CONTACT:
    case SW_NOTICE_KEYS: return; /* ours to say: they do not come */
    }
    follower->keep_at = 0;
}

static void read_joint(struct follower *follower)
{
    struct sw_notice notice;
    bool lost;
    while (sw_joint_hear(&follower->joint, &notice, &lost))
        hear(follower, &notice);
    if (lost) {
        sw_keeper_lost(follower->keeper);
        follower->keep_at = 0;
    }
}

static void read_link(struct follower *follower)
{
    struct sw_link_message message;
    enum sw_message_status status;
    int fd;
    while ((status = sw_link_receive(SW_LINK_FD, &message, &fd)) == SW_MESSAGE_OK) {
        if (message.type == SW_LINK_PEER && message.peer == SW_LINK_NOTICE) {
            read_joint(follower); /* the last words of the one before */
            sw_keeper_lost(follower->keeper);
            sw_joint_attach(&follower->joint, fd);
            follower->keep_at = 0;
        } else if (fd >= 0) {
            (void)close(fd);
        }
    }
    if (status == SW_MESSAGE_CLOSED)
        follower->quit = true; /* nobody is there to follow for */
}

static void keep_progress(struct follower *follower)
{
    static const enum sw_notice_phase phases[] = {[SW_FOLLOW_WAITING] = SW_NOTICE_WAITING,
                                                  [SW_FOLLOW_ASKING] = SW_NOTICE_ASKING,
                                                  [SW_FOLLOW_LISTS] = SW_NOTICE_LISTS,
                                                  [SW_FOLLOW_OBJECTS] = SW_NOTICE_OBJECTS};
    const struct sw_follow_view *view = sw_follow_view(follower->follow);
    bool fetches = view->phase == SW_FOLLOW_OBJECTS, waits = view->phase == SW_FOLLOW_WAITING;
    bool nothing = waits && view->contact > 0 && view->published == 0;
    const char *text = !waits ? view->doing : nothing && view->fault[0] == '\0' ? "nothing is published for this wall yet" : view->fault;
    struct sw_notice progress = {.type = SW_NOTICE_PROGRESS, .phase = phases[view->phase]};
    if (fetches) {
        progress.done_bytes = (int64_t)view->done_bytes;
        progress.all_bytes = (int64_t)view->all_bytes;
        progress.done_objects = (int64_t)view->done_objects;
        progress.all_objects = (int64_t)view->all_objects;
    }
    (void)snprintf(progress.text, sizeof progress.text, "%s", text);
    sw_joint_keep(&follower->joint, &progress);
}

/* All that holds now. */
static sw_tick tell(struct follower *follower)
{
    const struct sw_follow_view *view = sw_follow_view(follower->follow);
    const struct sw_offer *offer = sw_keeper_offer(follower->keeper);
    struct sw_notice contact = {.type = SW_NOTICE_CONTACT, .contact = view->contact > 0 ? view->contact : 0};
    const struct sw_keyring *keyring = sw_keeper_keyring(follower->keeper);
    struct sw_notice keys = keyring != NULL ? sw_notice_keys(keyring) : (struct sw_notice){0};
    (void)snprintf(contact.text, sizeof contact.text, "%s", view->fault);
    keep_progress(follower);
    sw_joint_keep(&follower->joint, &contact);
    if (keyring != NULL)
        sw_joint_keep(&follower->joint, &keys);
    sw_clock_trust(&follower->clock, offer->trusted, sw_tick_now());
    if (offer->number > 0) {
        sw_joint_keep(&follower->joint, &(struct sw_notice){.type = SW_NOTICE_RELEASE,
                                                            .number = offer->number,
                                                            .version = offer->version,
                                                            .activate = offer->activate,
                                                            .trusted = offer->trusted});
        sw_joint_keep(&follower->joint, &(struct sw_notice){.type = SW_NOTICE_PLAYLISTS, .playlists = offer->playlists});
    }
    return sw_joint_say(&follower->joint, sw_tick_now());
}

/* ---- the store ---- */

/* After each look, and whenever something came or was said: another process may have brought something, too. */
static sw_tick keep(struct follower *follower)
{
    const struct sw_follow_view *view = sw_follow_view(follower->follow);
    bool asking = view->phase == SW_FOLLOW_ASKING;
    sw_tick now = sw_tick_now();
    if (view->brought != follower->brought || (follower->asking && !asking))
        follower->keep_at = 0;
    follower->brought = view->brought;
    follower->asking = asking;
    if (now < follower->keep_at)
        return follower->keep_at;
    follower->keep_at = sw_keeper_step(follower->keeper) ? SW_NEVER : now + KEEP_AGAIN;
    return follower->keep_at;
}

/* Looks for what has rotted, a little at a time, and without keeping others from the store. */
static sw_tick look_for_rot(struct follower *follower)
{
    struct sw_round_step step = {.done = true};
    enum sw_store_status status = SW_STORE_OK;
    sw_tick now = sw_tick_now();
    if (now < follower->round_at)
        return follower->round_at;
    if (follower->reading == NULL) {
        follower->reading = sw_store_open(follower->subscription.store, SW_STORE_READ, &status);
        follower->round = follower->reading != NULL ? sw_round_create(follower->reading) : NULL;
    }
    if (follower->round != NULL)
        status = sw_round_step(follower->round, ROUND_PIECE, &step);
    if (status == SW_STORE_OK && step.rotten) {
        char digest[SW_DIGEST_TEXT + 1];
        sw_log(SW_LOG_ERROR, "follow", "objects/%s has rotted: it is fetched again", sw_digest_text(&step.digest, digest));
        sw_follow_rotten(follower->follow, &step.digest);
    }
    bool ends = step.done || status != SW_STORE_OK;
    if (ends)
        end_round(follower);
    follower->round_at = now + (ends ? ROUND_EVERY : ROUND_STEP);
    return follower->round_at;
}

/* ---- the loop ---- */

static sw_tick beat(struct follower *follower)
{
    sw_tick now = sw_tick_now();
    if (now >= follower->beat_at) {
        sw_link_heartbeat(SW_LINK_FD);
        follower->beat_at = now + BEAT;
    }
    return follower->beat_at;
}

static int wait_ms(sw_tick next)
{
    int64_t left = next - sw_tick_now();
    return left <= 0 ? 0 : (int)((left + SW_MS - 1) / SW_MS);
}

static void run(struct follower *follower)
{
    while (!follower->quit) {
        sw_tick next = sw_follow_step(follower->follow, sw_tick_now(), sw_clock_now(&follower->clock));
        next = sooner(next, keep(follower));
        next = sooner(next, look_for_rot(follower));
        next = sooner(next, tell(follower));
        next = sooner(next, beat(follower));
        struct pollfd ends[ENDS] = {
            [SIGNALS] = {.fd = follower->signals}, [LINK] = {.fd = SW_LINK_FD}, [JOINT] = {.fd = follower->joint.end}};
        sw_http_turn(follower->http, ends, ENDS, wait_ms(next));
        if (ends[SIGNALS].revents != 0)
            follower->quit = true;
        if (ends[JOINT].revents != 0)
            read_joint(follower);
        if (ends[LINK].revents != 0)
            read_link(follower);
    }
}

int sw_follower_run(int count, char *const *arguments)
{
    struct follower follower = {.signals = -1};
    sw_joint_init(&follower.joint);
    sw_clock_init(&follower.clock, sw_tick_now());
    int status = open_all(&follower, count, arguments) ? 0 : 2;
    if (status == 0)
        run(&follower);
    close_all(&follower);
    return status;
}
