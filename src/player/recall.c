/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/recall.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "player/loop.h"
#include "stage/tell.h"

#define FORESIGHT (14 * 24 * SW_HOUR)
#define LOOK_US SW_SECOND /* between two looks at what holds, where nobody has told anything */

void sw_recall_init(struct sw_recall *recall, const char *folder)
{
    char path[PATH_MAX], *text = NULL;
    size_t length = 0;
    *recall = (struct sw_recall){.scribe = NULL};
    sw_buffer_init(&recall->text, SW_TOLD_BYTES_MAX);
    sw_buffer_init(&recall->written, SW_TOLD_BYTES_MAX);
    if (folder == NULL || snprintf(path, sizeof path, "%s/" SW_RECALL_FILE, folder) >= (int)sizeof path)
        return;
    enum sw_file_status status = sw_file_read(path, SW_TOLD_BYTES_MAX, &text, &length);
    recall->pending = status == SW_FILE_OK && sw_told_read(&recall->kept, text, length);
    recall->hours = recall->kept.hours;
    if (!recall->pending && status != SW_FILE_MISSING)
        sw_log(SW_LOG_WARNING, "recall", "%s %s: what was told before is forgotten", path,
               status == SW_FILE_OK ? "is damaged" : sw_file_status_text(status));
    if (status != SW_FILE_MISSING) /* what is damaged is written anew */
        sw_buffer_add(&recall->written, recall->pending ? text : "?", recall->pending ? length : 1);
    free(text);
    recall->scribe = sw_scribe_create(path);
}

void sw_recall_finish(struct sw_recall *recall)
{
    sw_scribe_destroy(recall->scribe);
    sw_buffer_finish(&recall->text);
    sw_buffer_finish(&recall->written);
}

/* -- what holds -- */

static void gather_volumes(const struct sw_volumes *volumes, sw_instant now, struct sw_told *told)
{
    for (size_t i = 0; i < volumes->count; i++) {
        const struct sw_volume_told *zone = &volumes->told[i];
        struct sw_told_word *word;
        char percent[16];
        (void)snprintf(percent, sizeof percent, "%d", zone->percent);
        if (zone->percent != SW_VOLUME_AS_WRITTEN && now < zone->until &&
            (word = sw_told_add(told, SW_CONTROL_VOLUME, zone->zone, percent)) != NULL)
            word->until = zone->until;
        if (now < zone->muted_until && (word = sw_told_add(told, SW_CONTROL_MUTE, zone->zone, "")) != NULL)
            word->until = zone->muted_until;
    }
}

/* As it would have been told now, in the player's clock. */
static void gather(const struct sw_loop *loop, sw_instant now, struct sw_told *told)
{
    const struct sw_wall_hours *hours = &loop->hours;
    struct sw_tell tells[SW_ZONES_MAX + 1];
    size_t count = sw_stage_told(loop->edition.stage, now, tells, SW_COUNT(tells));
    struct sw_told_word *word;
    (void)snprintf(told->wall, sizeof told->wall, "%s", loop->edition.wall->id);
    if (hours->order != SW_HOURS_AS_WRITTEN && now < hours->ordered_until &&
        (word = sw_told_add(told, hours->order == SW_HOURS_TOLD_OPEN ? SW_CONTROL_OPEN : SW_CONTROL_CLOSE, "", "")) != NULL)
        word->until = hours->ordered_until;
    if (now < hours->blank_until && (word = sw_told_add(told, SW_CONTROL_BLANK, "", "on")) != NULL)
        word->until = hours->blank_until;
    for (size_t i = 0; i < count; i++) {
        bool wall = tells[i].kind == SW_TELL_CLEANING;
        word = sw_told_add(told, wall ? SW_CONTROL_CLEANING : SW_CONTROL_OVERRIDE, wall ? "" : tells[i].zone, wall ? "" : tells[i].text);
        if (word == NULL)
            break;
        word->until = tells[i].until;
        (void)snprintf(word->by, sizeof word->by, "%s", tells[i].by != NULL ? tells[i].by : "");
    }
    gather_volumes(&loop->volumes, now, told);
}

static struct sw_tell tell_of(const struct sw_told_word *word)
{
    return (struct sw_tell){.kind = word->verb == SW_CONTROL_CLEANING ? SW_TELL_CLEANING : SW_TELL_OVERRIDE,
                            .zone = word->zone[0] != '\0' ? word->zone : NULL,
                            .text = word->text,
                            .by = word->by,
                            .until = word->until};
}

static enum sw_hours_order order_of(enum sw_control_verb verb)
{
    return verb == SW_CONTROL_OPEN ? SW_HOURS_TOLD_OPEN : SW_HOURS_TOLD_CLOSED;
}

static bool tell_volume(struct sw_loop *loop, const struct sw_told_word *word, const char **fault)
{
    int percent = 0;
    *fault = "that is no volume";
    if (word->verb == SW_CONTROL_VOLUME && !sw_volume_read(word->text, &percent))
        return false;
    *fault = "there is no such zone";
    return word->verb == SW_CONTROL_MUTE ? sw_volumes_mute(&loop->volumes, loop->edition.wall, word->zone, word->until)
                                         : sw_volumes_tell(&loop->volumes, loop->edition.wall, word->zone, percent, word->until);
}

/* Tells it (anew) as it was told, or has what was told end at word->until instead. False: *fault says why it cannot be. */
static bool tell(struct sw_loop *loop, const struct sw_told_word *word, bool anew, struct sw_time now, const char **fault)
{
    struct sw_tell order = tell_of(word);
    if (word->verb == SW_CONTROL_OPEN || word->verb == SW_CONTROL_CLOSE) {
        sw_wall_hours_tell(&loop->hours, order_of(word->verb), word->until, now.instant);
    } else if (word->verb == SW_CONTROL_BLANK) {
        sw_wall_hours_blank(&loop->hours, word->until);
    } else if (word->verb == SW_CONTROL_VOLUME || word->verb == SW_CONTROL_MUTE) {
        return tell_volume(loop, word, fault);
    } else if (anew) {
        return sw_stage_tell(loop->edition.stage, &order, now, fault);
    } else {
        sw_stage_retell(loop->edition.stage, &order, now);
    }
    return true;
}

/* The hours of the days to come, which may cost milliseconds where they change seldom: one change a frame. */
static void foresee(struct sw_loop *loop, sw_instant now, enum sw_clock_doubt doubt)
{
    struct sw_recall *recall = &loop->recall;
    const struct sw_wall *wall = loop->edition.wall;
    struct sw_told_hours *making = &recall->making;
    bool over = recall->hours.count > 0 && now >= recall->hours.items[0].until;
    if (recall->wall != wall || now < recall->begun || (recall->made && over)) {
        recall->wall = wall;
        recall->begun = now;
        recall->made = false;
        making->count = 0;
    }
    if (recall->made || doubt != SW_CLOCK_FINE)
        return;
    sw_instant from = making->count > 0 ? making->items[making->count - 1].until : now;
    struct sw_hours next = {.open = true, .until = SW_NEVER};
    if (!loop->hours.always)
        next = sw_hours_at(wall->opening, wall->opening_count, loop->edition.exhibition->zone, from);
    recall->made = sw_told_foresee(making, next, now + FORESIGHT);
    if (recall->made)
        recall->hours = *making;
}

/* -- a player begins -- */

static void say(const struct sw_told_word *word, const char *what, const char *why)
{
    sw_log(SW_LOG_NOTICE, "recall", "told before%s%s: %s%s%s%s%s: %s%s%s", word->by[0] != '\0' ? " by " : "", word->by,
           sw_control_verb_name(word->verb), word->text[0] != '\0' ? " " : "", word->text, word->zone[0] != '\0' ? " in zone " : "",
           word->zone, what, why[0] != '\0' ? ", as " : "", why);
}

static void go_on(struct sw_loop *loop, struct sw_time now)
{
    struct sw_recall *recall = &loop->recall;
    const struct sw_told *kept = &recall->kept;
    if (strcmp(kept->wall, loop->edition.wall->id) != 0) { /* it stays as it is until this one is told something */
        sw_log(SW_LOG_NOTICE, "recall", "what the wall %s was told is not for this one, %s", kept->wall, loop->edition.wall->id);
        sw_buffer_clear(&recall->written);
        recall->kept = (struct sw_told){.count = 0};
        recall->hours.count = 0;
        return;
    }
    for (size_t i = 0; i < kept->count; i++) {
        struct sw_told_word word = kept->words[i];
        const char *fault = "";
        if (word.until != SW_NEVER)
            word.until -= recall->clock.ahead;
        if (word.until <= now.instant)
            say(&word, "is over", "");
        else if (tell(loop, &word, true, now, &fault))
            say(&word, "goes on", "");
        else
            say(&word, "is forgotten", fault);
    }
}

/* The card knows no hours: those that are kept count, but where something is still to come that plays. A clock that is to be doubted says
 * nothing of them. */
static void keep_hours(struct sw_loop *loop, struct sw_time now, enum sw_clock_doubt doubt)
{
    const struct sw_told *kept = &loop->recall.kept;
    bool starts = loop->options->follows && !loop->options->safe;
    bool counts = !starts && doubt == SW_CLOCK_FINE && (loop->options->wall == NULL || strcmp(loop->options->wall, kept->wall) == 0);
    if (loop->hours.foreseen_count > 0 || kept->hours.count == 0 || !counts)
        return;
    loop->hours.foreseen = kept->hours.items;
    loop->hours.foreseen_count = kept->hours.count;
    for (size_t i = 0; i < kept->count; i++) {
        const struct sw_told_word *word = &kept->words[i];
        bool hours = word->verb == SW_CONTROL_OPEN || word->verb == SW_CONTROL_CLOSE || word->verb == SW_CONTROL_BLANK;
        const char *fault = NULL;
        if (hours && now.instant < word->until)
            (void)!tell(loop, word, true, now, &fault);
    }
}

/* -- the clock jumps -- */

/* Whether it is what was kept, and not told since. */
static bool is_kept(const struct sw_recall *recall, const struct sw_told_word *word, int64_t ahead)
{
    for (size_t i = 0; i < recall->kept.count; i++) {
        const struct sw_told_word *kept = &recall->kept.words[i];
        if (kept->verb == word->verb && strcmp(kept->zone, word->zone) == 0 && strcmp(kept->text, word->text) == 0 &&
            kept->until == word->until + ahead)
            return true;
    }
    return false;
}

/* `before`: how far the words' clock was ahead when `told` was gathered. */
static void move(struct sw_loop *loop, const struct sw_told *told, int64_t before, int64_t jump, struct sw_time now)
{
    for (size_t i = 0; i < told->count; i++) {
        struct sw_told_word word = told->words[i];
        const char *fault = NULL;
        if (word.until == SW_NEVER)
            continue;
        word.until += is_kept(&loop->recall, &word, before) ? before - loop->recall.clock.ahead : jump;
        (void)!tell(loop, &word, false, now, &fault);
    }
}

/* -- a frame -- */

static void write_down(struct sw_recall *recall, struct sw_told *told, sw_instant now)
{
    for (size_t i = 0; i < told->count; i++)
        if (told->words[i].until != SW_NEVER)
            told->words[i].until += recall->clock.ahead;
    if (told->count == 0)
        recall->clock.ahead = recall->clock.least = 0;
    if (told->count == 0 && told->hours.count == 0 && recall->written.length == 0)
        return; /* there is nothing to keep, and never was */
    sw_buffer_clear(&recall->text);
    sw_told_write(told, now + recall->clock.ahead, &recall->text);
    if (strcmp(sw_buffer_text(&recall->text), sw_buffer_text(&recall->written)) == 0)
        return;
    sw_buffer_clear(&recall->written);
    sw_buffer_add(&recall->written, recall->text.bytes, recall->text.length);
    sw_scribe_write(recall->scribe, recall->text.bytes, recall->text.length);
}

void sw_loop_recall(struct sw_loop *loop)
{
    struct sw_recall *recall = &loop->recall;
    struct sw_told told = {.count = 0};
    if (recall->scribe == NULL)
        return;
    struct sw_time now = sw_loop_now(loop);
    enum sw_clock_doubt doubt = sw_clock_doubt(&loop->clock, now.tick, sw_instant_now());
    if (loop->edition.stage == NULL) {
        keep_hours(loop, now, doubt);
        return;
    }
    if (recall->clock.tick == 0)
        sw_told_clock_begin(&recall->clock, recall->kept.as_of, now.tick, now.instant, doubt);
    if (recall->pending)
        go_on(loop, now);
    recall->pending = false;
    sw_instant then = recall->clock.instant + (now.tick - recall->clock.tick);
    int64_t before = recall->clock.ahead, jump = sw_told_clock_look(&recall->clock, now.tick, now.instant, doubt);
    foresee(loop, now.instant, doubt);
    if (jump == 0 && now.tick < recall->look_at)
        return;
    recall->look_at = now.tick + LOOK_US;
    gather(loop, jump != 0 ? then : now.instant, &told);
    if (jump != 0) {
        move(loop, &told, before, jump, now);
        told.count = 0;
        gather(loop, now.instant, &told);
    }
    told.hours = recall->hours;
    write_down(recall, &told, now.instant);
}
