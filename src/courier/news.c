/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/news.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

/* One source, as it is known here. */
struct entry {
    bool tell_reading, tell_outcome;   /* not told yet */
    uint64_t tell_series;              /* a bit a field */
    struct sw_reading *reading;
    bool has_outcome, failed;
    sw_instant fetched;
    char text[SW_FEED_TEXT_MAX];
    struct sw_series **series;         /* one a field, NULL: no history */
};

struct sw_news {
    const struct sw_source *sources;
    struct entry *entries;
    size_t count;
    uint64_t hash;
    int end;
    bool tell_hello, settled, tell_settled;
    bool waiting; /* the pair was full */
};

struct sw_news *sw_news_create(const struct sw_source *sources, size_t count, uint64_t hash)
{
    struct sw_news *news = sw_alloc(sizeof *news);
    news->sources = sources;
    news->count = count;
    news->hash = hash;
    news->end = -1;
    news->entries = sw_alloc_array(count, sizeof *news->entries);
    for (size_t i = 0; i < count; i++)
        news->entries[i].series = sw_alloc_array(sources[i].request.field_count, sizeof *news->entries[i].series);
    return news;
}

static void let_go(struct sw_news *news)
{
    if (news->end >= 0)
        close(news->end);
    news->end = -1;
    news->waiting = false;
}

void sw_news_destroy(struct sw_news *news)
{
    if (news == NULL)
        return;
    let_go(news);
    for (size_t i = 0; i < news->count; i++) {
        for (size_t field = 0; field < news->sources[i].request.field_count; field++)
            sw_series_release(news->entries[i].series[field]);
        free(news->entries[i].series);
        sw_reading_release(news->entries[i].reading);
    }
    free(news->entries);
    free(news);
}

void sw_news_attach(struct sw_news *news, int end)
{
    let_go(news);
    news->end = end;
    news->tell_hello = true;
    news->tell_settled = news->settled;
    for (size_t i = 0; i < news->count; i++) {
        struct entry *entry = &news->entries[i];
        entry->tell_reading = entry->reading != NULL;
        entry->tell_outcome = entry->has_outcome;
        entry->tell_series = 0;
        for (size_t field = 0; field < news->sources[i].request.field_count; field++)
            entry->tell_series |= entry->series[field] != NULL ? UINT64_C(1) << field : 0;
    }
}

int sw_news_end(const struct sw_news *news)
{
    return news->end;
}

void sw_news_reading(struct sw_news *news, size_t source, struct sw_reading *reading)
{
    struct entry *entry = &news->entries[source];
    sw_reading_release(entry->reading);
    entry->reading = sw_reading_hold(reading);
    entry->tell_reading = true;
}

void sw_news_outcome(struct sw_news *news, size_t source, bool failed, sw_instant fetched, const char *text)
{
    struct entry *entry = &news->entries[source];
    /* a new reading says by itself that it has come, and when */
    bool said = entry->tell_reading && !failed && fetched == sw_reading_facts(entry->reading)->fetched;
    entry->has_outcome = true;
    entry->tell_outcome = !said;
    entry->failed = failed;
    entry->fetched = fetched;
    snprintf(entry->text, sizeof entry->text, "%s", text != NULL ? text : "");
}

void sw_news_series(struct sw_news *news, size_t source, size_t field, struct sw_series *series)
{
    struct entry *entry = &news->entries[source];
    sw_series_release(entry->series[field]);
    entry->series[field] = sw_series_hold(series);
    entry->tell_series |= UINT64_C(1) << field;
}

/* AGAIN or worse is remembered: nothing more is tried in this turn. */
static bool send(struct sw_news *news, const struct sw_feed_message *message, int fd)
{
    enum sw_message_status status = sw_feed_send(news->end, message, fd);
    if (status == SW_MESSAGE_AGAIN)
        news->waiting = true;
    if (status == SW_MESSAGE_CLOSED)
        let_go(news);
    return status == SW_MESSAGE_OK;
}

void sw_news_point(struct sw_news *news, size_t source, size_t field, struct sw_series *series, struct sw_point point, sw_instant since)
{
    struct entry *entry = &news->entries[source];
    struct sw_feed_message message = {
        .type = SW_FEED_POINT, .source = (uint32_t)source, .field = (uint32_t)field, .point = point, .instant = since};
    bool behind = (entry->tell_series >> field & 1) != 0 || news->tell_hello || news->waiting || news->end < 0;
    bool told = !behind && send(news, &message, -1);
    uint64_t before = entry->tell_series;
    sw_news_series(news, source, field, series);
    if (told)
        entry->tell_series = before;
}

void sw_news_settled(struct sw_news *news)
{
    news->settled = news->tell_settled = true;
}

static bool send_reading(struct sw_news *news, size_t source)
{
    struct sw_feed_message message = {.type = SW_FEED_READING, .source = (uint32_t)source};
    int fd = sw_feed_seal_reading(news->entries[source].reading, &message.size);
    if (fd < 0) {
        sw_log(SW_LOG_ERROR, "news", "no memory for what %s gave", news->sources[source].name);
        return true; /* the next one may be smaller */
    }
    bool sent = send(news, &message, fd);
    close(fd);
    return sent;
}

static bool send_series(struct sw_news *news, size_t source, size_t field)
{
    const struct sw_series *series = news->entries[source].series[field];
    struct sw_feed_message message = {.type = SW_FEED_SERIES, .source = (uint32_t)source, .field = (uint32_t)field};
    size_t count;
    int fd = -1;
    (void)sw_series_points(series, &count);
    message.step = sw_series_step(series);
    if (count > 0 && (fd = sw_feed_seal_series(series, &message.size)) < 0) {
        sw_log(SW_LOG_ERROR, "news", "no memory for the history of %s", news->sources[source].name);
        return true;
    }
    bool sent = send(news, &message, fd);
    if (fd >= 0)
        close(fd);
    return sent;
}

static bool send_outcome(struct sw_news *news, size_t source)
{
    const struct entry *entry = &news->entries[source];
    struct sw_feed_message message = {
        .type = SW_FEED_OUTCOME, .source = (uint32_t)source, .failed = entry->failed, .instant = entry->fetched};
    memcpy(message.text, entry->text, sizeof message.text);
    return send(news, &message, -1);
}

static bool send_entry(struct sw_news *news, size_t source)
{
    struct entry *entry = &news->entries[source];
    if (entry->tell_reading) {
        if (!send_reading(news, source))
            return false;
        entry->tell_reading = false;
    }
    for (size_t field = 0; entry->tell_series != 0 && field < news->sources[source].request.field_count; field++) {
        if ((entry->tell_series >> field & 1) == 0)
            continue;
        if (!send_series(news, source, field))
            return false;
        entry->tell_series &= ~(UINT64_C(1) << field);
    }
    if (entry->tell_outcome) {
        if (!send_outcome(news, source))
            return false;
        entry->tell_outcome = false;
    }
    return true;
}

bool sw_news_send(struct sw_news *news)
{
    news->waiting = false;
    if (news->end < 0)
        return false;
    if (news->tell_hello) {
        struct sw_feed_message hello = {.type = SW_FEED_HELLO, .hash = news->hash};
        if (!send(news, &hello, -1))
            return news->waiting;
        news->tell_hello = false;
    }
    for (size_t i = 0; i < news->count; i++) {
        if (!send_entry(news, i))
            return news->waiting;
    }
    if (news->tell_settled) {
        struct sw_feed_message settled = {.type = SW_FEED_SETTLED};
        if (send(news, &settled, -1))
            news->tell_settled = false;
    }
    return news->waiting;
}

bool sw_news_hear(struct sw_news *news, struct sw_feed_message *message)
{
    int fd = -1;
    if (news->end < 0)
        return false;
    enum sw_message_status status = sw_feed_receive(news->end, message, &fd);
    if (fd >= 0)
        close(fd);
    if (status == SW_MESSAGE_AGAIN)
        return false;
    bool soon = status == SW_MESSAGE_OK && message->type == SW_FEED_SOON && message->source < news->count;
    if (soon || (status == SW_MESSAGE_OK && message->type == SW_FEED_CLOCK))
        return true;
    let_go(news);
    return false;
}
