/* SPDX-License-Identifier: EUPL-1.2 */
/* What is on, as people, programs and monitors read it. */
#include <inttypes.h>
#include <string.h>

#include "player/answer.h"
#include "player/quote.h"

/* How the sources are, counted. */
struct tally {
    size_t count, bad; /* bad: in error, or expired */
    const char *worst; /* the first of those; NULL: none */
};

static bool look(const struct sw_loop *loop, size_t index, struct sw_data_view *view)
{
    *view = sw_data_look(loop->house.data, &loop->house.exhibition->sources[index], sw_loop_now(loop).instant);
    return true;
}

static size_t source_count(const struct sw_loop *loop)
{
    return loop->house.data != NULL ? loop->house.exhibition->source_count : 0;
}

static struct tally tally_sources(const struct sw_loop *loop)
{
    struct tally tally = {.count = source_count(loop)};
    struct sw_data_view view;
    for (size_t i = 0; i < tally.count; i++) {
        if (!look(loop, i, &view) || (view.freshness.state != SW_FRESHNESS_ERROR && view.freshness.state != SW_FRESHNESS_EXPIRED))
            continue;
        tally.bad++;
        tally.worst = tally.worst != NULL ? tally.worst : view.source->name;
    }
    return tally;
}

static void add_civil(struct sw_buffer *out, const struct sw_loop *loop, sw_instant instant)
{
    if (instant == SW_NEVER || loop->house.exhibition == NULL) {
        sw_buffer_add_text(out, "-");
        return;
    }
    struct sw_civil civil = sw_civil_at(loop->house.exhibition->zone, instant);
    sw_buffer_printf(out, "%04d-%02d-%02d %02d:%02d", civil.date.year, civil.date.month, civil.date.day, civil.hour, civil.minute);
}

/* Seconds since 1970, or null. */
static void add_seconds(struct sw_buffer *out, const char *key, sw_instant instant)
{
    if (instant == SW_NEVER)
        sw_buffer_printf(out, "\"%s\": null", key);
    else
        sw_buffer_printf(out, "\"%s\": %" PRId64, key, instant / SW_SECOND);
}

static const char *kind_name(const struct sw_data_view *view)
{
    static const char *const names[] = {[SW_READING_LIVE] = "live", [SW_READING_RECORDED] = "recorded", [SW_READING_SAMPLE] = "sample"};
    return view->facts != NULL ? names[view->facts->kind] : NULL;
}

/* -- for people -- */

static void tell_zone(struct sw_buffer *out, const struct sw_loop *loop, struct sw_zone_status zone)
{
    sw_buffer_printf(out, "zone %s: %s", zone.zone, zone.scene != NULL ? zone.scene : "nothing yet");
    if (zone.page != NULL && zone.page[0] != '\0')
        sw_buffer_printf(out, "#%s", zone.page);
    sw_buffer_printf(out, " (%s), %s", zone.language, zone.why[0] != '\0' ? zone.why : "not known why yet");
    if (zone.until != SW_NEVER && !zone.visit) {
        sw_buffer_add_text(out, " until ");
        add_civil(out, loop, zone.until);
    }
    sw_buffer_add_text(out, "\n");
}

static void tell_source(struct sw_buffer *out, const struct sw_loop *loop, const struct sw_data_view *view)
{
    sw_buffer_printf(out, "source %s: %s", view->source->name, sw_freshness_text(view->freshness.state));
    if (view->facts != NULL) {
        sw_buffer_printf(out, ", %s, observed ", kind_name(view));
        add_civil(out, loop, view->facts->observed);
        sw_buffer_add_text(out, ", fetched ");
        add_civil(out, loop, view->facts->fetched);
    }
    if (view->fault[0] != '\0')
        sw_buffer_printf(out, "; last attempt: %s", view->fault);
    sw_buffer_add_text(out, "\n");
}

static void tell_people(struct sw_buffer *out, const struct sw_loop *loop, const struct sw_status_facts *facts)
{
    int64_t up = (sw_tick_now() - loop->started) / SW_SECOND;
    sw_buffer_printf(out, "schauwand " SW_VERSION ": wall %s, drawn by %s, for %" PRId64 " d %02" PRId64 ":%02" PRId64 "\n",
                     facts->wall != NULL ? facts->wall : "-", facts->backend, up / 86400, up / 3600 % 24, up / 60 % 60);
    if (facts->card != NULL)
        sw_buffer_printf(out, "card %s stands in for the exhibition\n", facts->card);
    for (size_t i = 0; facts->stage != NULL && i < sw_stage_zone_count(facts->stage); i++)
        tell_zone(out, loop, sw_stage_status(facts->stage, i));
    struct sw_data_view view;
    for (size_t i = 0; i < source_count(loop); i++)
        if (look(loop, i, &view))
            tell_source(out, loop, &view);
    if (loop->last_touch != SW_NEVER)
        sw_buffer_printf(out, "last touched %" PRId64 " s ago\n", (sw_tick_now() - loop->last_touch) / SW_SECOND);
    sw_buffer_add_text(out, "clock ");
    add_civil(out, loop, sw_loop_now(loop).instant);
    sw_buffer_add_text(out, "\n");
}

/* -- for programs -- */

static void write_source(struct sw_buffer *out, const struct sw_data_view *view)
{
    sw_buffer_printf(out, "\n  {\"source\": \"%s\", \"state\": \"%s\", \"kind\": ", view->source->name,
                     sw_freshness_text(view->freshness.state));
    sw_quote(out, kind_name(view));
    sw_buffer_add_text(out, ", ");
    add_seconds(out, "observed", view->facts != NULL ? view->facts->observed : SW_NEVER);
    sw_buffer_add_text(out, ", ");
    add_seconds(out, "fetched", view->facts != NULL ? view->facts->fetched : SW_NEVER);
    sw_buffer_add_text(out, ", \"fault\": ");
    sw_quote(out, view->fault[0] != '\0' ? view->fault : NULL);
    sw_buffer_add_text(out, "}");
}

static void write_json(struct sw_buffer *out, const struct sw_loop *loop, const struct sw_status_facts *facts)
{
    struct sw_buffer file;
    struct sw_data_view view;
    sw_buffer_init(&file, out->maximum);
    sw_status_describe(&file, facts);
    sw_buffer_add_text(out, "{\"shows\": ");
    sw_buffer_add(out, file.bytes, file.length);
    sw_buffer_finish(&file);
    sw_buffer_add_text(out, ", \"sources\": [");
    for (size_t i = 0, said = 0; i < source_count(loop); i++) {
        if (!look(loop, i, &view))
            continue;
        sw_buffer_add_text(out, said++ > 0 ? "," : "");
        write_source(out, &view);
    }
    sw_buffer_printf(out, "], \"up_s\": %" PRId64 ", ", (sw_tick_now() - loop->started) / SW_SECOND);
    if (loop->last_touch == SW_NEVER)
        sw_buffer_add_text(out, "\"last_touch_s\": null, ");
    else
        sw_buffer_printf(out, "\"last_touch_s\": %" PRId64 ", ", (sw_tick_now() - loop->last_touch) / SW_SECOND);
    add_seconds(out, "clock", sw_loop_now(loop).instant);
    sw_buffer_add_text(out, "}\n");
}

/* -- for monitors: one line -- */

static void write_nagios(struct sw_buffer *out, const struct sw_status_facts *facts, const struct tally *tally, int code)
{
    static const char *const words[] = {"OK", "WARNING", "CRITICAL"};
    sw_buffer_printf(out, "SCHAUWAND %s - ", words[code]);
    if (facts->card != NULL)
        sw_buffer_printf(out, "card %s stands in for the exhibition", facts->card);
    else if (tally->bad > 0)
        sw_buffer_printf(out, "%zu of %zu sources have nothing to show: %s", tally->bad, tally->count, tally->worst);
    else
        sw_buffer_printf(out, "wall %s plays", facts->wall);
    sw_buffer_printf(out, " | frames=%" PRIu64 "c sources=%zu bad=%zu\n", facts->frames, tally->count, tally->bad);
}

int sw_report(const struct sw_loop *loop, const struct sw_status_facts *facts, enum sw_control_form form, struct sw_buffer *out)
{
    struct tally tally = tally_sources(loop);
    int code = facts->card != NULL ? 2 : tally.bad > 0 ? 1 : 0;
    switch (form) {
    case SW_CONTROL_PLAIN: tell_people(out, loop, facts); break;
    case SW_CONTROL_JSON: write_json(out, loop, facts); break;
    case SW_CONTROL_NAGIOS: write_nagios(out, facts, &tally, code); break;
    }
    return code;
}
