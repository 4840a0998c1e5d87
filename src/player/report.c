/* SPDX-License-Identifier: EUPL-1.2 */
/* What is on, as people, programs and monitors read it. */
#include <inttypes.h>

#include "player/answer.h"
#include "player/quote.h"
#include "player/upkeep.h"
#include "player/videos.h"

/* One report, while it is written. */
struct report {
    const struct sw_loop *loop;
    const struct sw_status_facts *facts;
    struct sw_buffer *out;
    struct sw_time now;
    size_t sources, bad;          /* how many there are; in error, or expired */
    const char *worst;            /* the first of those; NULL: none */
    const struct sw_heard *heard; /* from the follower; NULL: nothing is followed */
    int64_t silence;              /* since the last good answer, or since the start, microseconds */
    struct sw_concerns concerns;
};

/* The next source from *index on; false: there is none left. */
static bool next_source(const struct report *report, size_t *index, struct sw_data_view *view)
{
    const struct sw_edition *edition = &report->loop->edition;
    if (*index >= report->sources)
        return false;
    *view = sw_data_look(edition->data, &edition->exhibition->sources[(*index)++], report->now.instant);
    return true;
}

static void count_sources(struct report *report)
{
    const struct sw_edition *edition = &report->loop->edition;
    struct sw_data_view view;
    report->sources = edition->data != NULL ? edition->exhibition->source_count : 0;
    for (size_t i = 0; next_source(report, &i, &view);) {
        if (view.freshness.state != SW_FRESHNESS_ERROR && view.freshness.state != SW_FRESHNESS_EXPIRED)
            continue;
        report->bad++;
        report->worst = report->worst != NULL ? report->worst : view.source->name;
    }
}

static void judge_upkeep(struct report *report)
{
    const struct sw_loop *loop = report->loop;
    sw_instant machine = sw_instant_now();
    report->heard = loop->options->follows ? &loop->changeover.heard : NULL;
    report->silence = report->now.tick - loop->started;
    if (report->heard != NULL && report->heard->contact.contact > 0) {
        sw_instant followers = loop->clock.fixed ? machine : report->now.instant; /* it knows nothing of --at */
        int64_t age = followers - report->heard->contact.contact;
        report->silence = age > 0 ? age : 0;
    }
    const struct sw_upkeep upkeep = {.now = report->now.instant,
                                     .doubt = sw_clock_doubt(&loop->clock, report->now.tick, machine),
                                     .machine = machine,
                                     .exhibition = loop->edition.exhibition,
                                     .heard = report->heard,
                                     .silence = report->silence,
                                     .sound = loop->house.sound != NULL && report->facts->sound.state == SW_SOUND_ABSENT
                                                  ? report->facts->sound.device
                                                  : NULL,
                                     .expires = loop->edition.number > 0 ? loop->edition.expires : SW_NEVER};
    sw_upkeep_judge(&upkeep, &report->concerns);
}

/* Since when the release is on the wall; SW_NEVER: none is. */
static sw_instant plays_since(const struct report *report)
{
    sw_tick since = report->loop->changeover.plays_since;
    return since != SW_NEVER ? report->now.instant - (report->now.tick - since) : SW_NEVER;
}

static int64_t seconds_since(const struct report *report, sw_tick tick) { return (report->now.tick - tick) / SW_SECOND; }

static void add_civil(const struct report *report, sw_instant instant)
{
    const struct sw_exhibition *exhibition = report->loop->edition.exhibition;
    if (instant == SW_NEVER || exhibition == NULL) {
        sw_buffer_add_text(report->out, "-");
        return;
    }
    struct sw_civil civil = sw_civil_at(exhibition->zone, instant);
    sw_buffer_printf(report->out, "%04d-%02d-%02d %02d:%02d", civil.date.year, civil.date.month, civil.date.day, civil.hour, civil.minute);
}

/* Seconds since 1970, or null. */
static void add_seconds(const struct report *report, const char *key, sw_instant instant)
{
    if (instant == SW_NEVER)
        sw_buffer_printf(report->out, "\"%s\": null", key);
    else
        sw_buffer_printf(report->out, "\"%s\": %" PRId64, key, instant / SW_SECOND);
}

static const char *phase_name(const struct sw_notice *progress)
{
    static const char *const names[] = {
        [SW_NOTICE_ASKING] = "asking", [SW_NOTICE_LISTS] = "lists", [SW_NOTICE_OBJECTS] = "objects", [SW_NOTICE_WAITING] = "waiting"};
    return progress->type != 0 ? names[progress->phase] : NULL;
}

static const char *kind_name(const struct sw_data_view *view)
{
    static const char *const names[] = {[SW_READING_LIVE] = "live", [SW_READING_RECORDED] = "recorded", [SW_READING_SAMPLE] = "sample"};
    return view->facts != NULL ? names[view->facts->kind] : NULL;
}

/* -- for people -- */

static void tell_zone(const struct report *report, struct sw_zone_status zone)
{
    struct sw_buffer *out = report->out;
    sw_buffer_printf(out, "zone %s: %s", zone.zone, zone.scene != NULL ? zone.scene : "nothing yet");
    if (zone.page != NULL && zone.page[0] != '\0')
        sw_buffer_printf(out, "#%s", zone.page);
    sw_buffer_printf(out, " (%s), %s", zone.language, zone.why[0] != '\0' ? zone.why : "not known why yet");
    if (zone.until != SW_NEVER && !zone.visit) {
        sw_buffer_add_text(out, " until ");
        add_civil(report, zone.until);
    }
    sw_buffer_add_text(out, "\n");
}

static void tell_source(const struct report *report, const struct sw_data_view *view)
{
    struct sw_buffer *out = report->out;
    sw_buffer_printf(out, "source %s: %s", view->source->name, sw_freshness_text(view->freshness.state));
    if (view->facts != NULL) {
        sw_buffer_printf(out, ", %s, observed ", kind_name(view));
        add_civil(report, view->facts->observed);
        sw_buffer_add_text(out, ", fetched ");
        add_civil(report, view->facts->fetched);
    }
    if (view->fault[0] != '\0')
        sw_buffer_printf(out, "; last attempt: %s", view->fault);
    sw_buffer_add_text(out, "\n");
}

static void tell_release(const struct report *report)
{
    const struct sw_status_facts *facts = report->facts;
    struct sw_buffer *out = report->out;
    if (facts->release == 0)
        return;
    sw_buffer_printf(out, "release %" PRId64 " (generation %" PRId64 ")", facts->release, facts->generation);
    if (facts->playlists != 0)
        sw_buffer_printf(out, ", playlists %" PRId64, facts->playlists);
    if (report->loop->changeover.plays_since != SW_NEVER) {
        sw_buffer_add_text(out, ", since ");
        add_civil(report, plays_since(report));
        sw_buffer_add_text(out, report->loop->changeover.good ? ", good" : ", not yet known to be good");
    }
    sw_buffer_add_text(out, "\n");
}

static void tell_end(const struct report *report, const char *what, sw_instant end)
{
    sw_buffer_printf(report->out, "%s %s", what, end == 0 ? "without end" : "until ");
    if (end != 0)
        add_civil(report, end);
}

/* What the follower has said. */
static void tell_follower(const struct report *report)
{
    const struct sw_heard *heard = report->heard;
    struct sw_buffer *out = report->out;
    char age[48];
    if (heard->contact.contact > 0)
        sw_buffer_printf(out, "last good answer %s ago", sw_duration_text(report->silence / SW_SECOND * SW_SECOND, age, sizeof age));
    else
        sw_buffer_add_text(out, "no good answer yet");
    sw_buffer_printf(out, "%s%s\n", heard->contact.text[0] != '\0' ? "; since then: " : "", heard->contact.text);
    if (heard->progress.type != 0 && heard->progress.phase != SW_NOTICE_WAITING)
        sw_buffer_printf(out, "fetching %" PRId64 " of %" PRId64 " files, %" PRId64 " of %" PRId64 " bytes%s%s\n",
                         heard->progress.done_objects, heard->progress.all_objects, heard->progress.done_bytes, heard->progress.all_bytes,
                         heard->progress.text[0] != '\0' ? ": " : "", heard->progress.text);
    if (heard->keys.type != 0) {
        sw_buffer_printf(out, "key list %" PRId64 ":", heard->keys.version);
        tell_end(report, "", heard->keys.list_ends);
        tell_end(report, ", publishing keys", heard->keys.publishing_end);
        tell_end(report, ", operating keys", heard->keys.operating_end);
        sw_buffer_add_text(out, "\n");
    }
}

static void tell_hours(const struct report *report)
{
    const struct sw_wall_hours *opening = report->facts->hours;
    if ((report->facts->card != NULL && opening->foreseen_count == 0) || (opening->hours.until == SW_NEVER && opening->state.black <= 0))
        return; /* always open */
    sw_buffer_printf(report->out, "hours: %s", sw_wall_hours_word(opening));
    if (opening->hours.until != SW_NEVER) {
        sw_buffer_add_text(report->out, " until ");
        add_civil(report, opening->hours.until);
    }
    sw_buffer_add_text(report->out, sw_wall_hours_dark(opening) ? ", the screens are off\n" : "\n");
}

/* Where some zone has a volume, or was told one. */
static void tell_sound(const struct report *report)
{
    const struct sw_status_facts *facts = report->facts;
    const struct sw_wall *wall = facts->volumes->wall;
    const char *word = sw_status_sound(facts);
    struct sw_buffer *out = report->out;
    if (word == NULL)
        return;
    sw_buffer_printf(out, "sound: %s", word);
    if (facts->volumes->quiet.open && facts->volumes->quiet.until != SW_NEVER) {
        sw_buffer_add_text(out, " until ");
        add_civil(report, facts->volumes->quiet.until);
    }
    if (facts->sound.device[0] != '\0')
        sw_buffer_printf(out, ", %s", facts->sound.device);
    for (size_t i = 0; i < wall->zone_count; i++) {
        const char *zone = wall->zones[i].id;
        const struct sw_volume_told *told = sw_volumes_told(facts->volumes, zone, facts->now);
        bool muted = told != NULL && facts->now < told->muted_until;
        sw_instant until = told == NULL ? SW_NEVER : muted ? told->muted_until : told->until;
        sw_buffer_printf(out, "; %s %d %%", zone, sw_status_volume(facts, zone));
        sw_buffer_add_text(out, muted ? ", muted" : told != NULL ? ", told" : "");
        if (until != SW_NEVER) {
            sw_buffer_add_text(out, " until ");
            add_civil(report, until);
        }
    }
    sw_buffer_add_text(out, "\n");
}

static void tell_people(const struct report *report)
{
    const struct sw_status_facts *facts = report->facts;
    struct sw_buffer *out = report->out;
    struct sw_data_view view;
    int64_t up = seconds_since(report, report->loop->started);
    sw_buffer_printf(out, "schauwand " SW_VERSION ": wall %s, drawn by %s, for %" PRId64 " d %02" PRId64 ":%02" PRId64 "\n",
                     facts->wall != NULL ? facts->wall : "-", facts->backend, up / 86400, up / 3600 % 24, up / 60 % 60);
    tell_release(report);
    if (report->heard != NULL)
        tell_follower(report);
    if (facts->refused != NULL)
        sw_buffer_printf(out, "not played: %s\n", facts->refused);
    if (facts->card != NULL)
        sw_buffer_printf(out, "card %s stands in for the exhibition\n", facts->card);
    tell_hours(report);
    tell_sound(report);
    for (size_t i = 0; facts->stage != NULL && i < sw_stage_zone_count(facts->stage); i++)
        tell_zone(report, sw_stage_status(facts->stage, i));
    sw_videos_tell(out, facts->cinema);
    for (size_t i = 0; next_source(report, &i, &view);)
        tell_source(report, &view);
    for (size_t i = 0; i < report->concerns.count; i++)
        sw_buffer_printf(out, "to be looked at: %s\n", report->concerns.lines[i]);
    if (report->loop->last_touch != SW_NEVER)
        sw_buffer_printf(out, "last touched %" PRId64 " s ago\n", seconds_since(report, report->loop->last_touch));
    sw_buffer_add_text(out, "clock ");
    add_civil(report, report->now.instant);
    sw_buffer_add_text(out, "\n");
}

/* -- for programs -- */

static void write_source(const struct report *report, const struct sw_data_view *view)
{
    struct sw_buffer *out = report->out;
    sw_buffer_printf(out, "\n  {\"source\": \"%s\", \"state\": \"%s\", \"kind\": ", view->source->name,
                     sw_freshness_text(view->freshness.state));
    sw_quote(out, kind_name(view));
    sw_buffer_add_text(out, ", ");
    add_seconds(report, "observed", view->facts != NULL ? view->facts->observed : SW_NEVER);
    sw_buffer_add_text(out, ", ");
    add_seconds(report, "fetched", view->facts != NULL ? view->facts->fetched : SW_NEVER);
    sw_buffer_add_text(out, ", \"fault\": ");
    sw_quote(out, view->fault[0] != '\0' ? view->fault : NULL);
    sw_buffer_add_text(out, "}");
}

static void write_quoted(struct sw_buffer *out, const char *key, const char *text)
{
    sw_buffer_printf(out, "\"%s\": ", key);
    sw_quote(out, text != NULL && text[0] != '\0' ? text : NULL);
    sw_buffer_add_text(out, ", ");
}

static void write_keys(const struct report *report)
{
    const struct sw_notice *keys = &report->heard->keys;
    struct sw_buffer *out = report->out;
    if (keys->type == 0) {
        sw_buffer_add_text(out, "\"keys\": null");
        return;
    }
    sw_buffer_printf(out, "\"keys\": {\"version\": %" PRId64 ", ", keys->version);
    add_seconds(report, "ends", keys->list_ends != 0 ? keys->list_ends : SW_NEVER);
    sw_buffer_add_text(out, ", ");
    add_seconds(report, "publishing_ends", keys->publishing_end != 0 ? keys->publishing_end : SW_NEVER);
    sw_buffer_add_text(out, ", ");
    add_seconds(report, "operating_ends", keys->operating_end != 0 ? keys->operating_end : SW_NEVER);
    sw_buffer_add_text(out, "}");
}

static void write_follows(const struct report *report)
{
    const struct sw_heard *heard = report->heard;
    struct sw_buffer *out = report->out;
    sw_buffer_add_text(out, ", \"follows\": ");
    if (heard == NULL) {
        sw_buffer_add_text(out, "null");
        return;
    }
    sw_buffer_add_text(out, "{");
    add_seconds(report, "since", plays_since(report));
    sw_buffer_printf(out, ", \"good\": %s, ", report->loop->changeover.good ? "true" : "false");
    add_seconds(report, "expires", report->loop->edition.number > 0 ? report->loop->edition.expires : SW_NEVER);
    sw_buffer_printf(out, ", \"silence_s\": %" PRId64 ", ", report->silence / SW_SECOND);
    add_seconds(report, "contact", heard->contact.contact > 0 ? heard->contact.contact : SW_NEVER);
    sw_buffer_add_text(out, ", ");
    write_quoted(out, "fault", heard->contact.text);
    write_quoted(out, "phase", phase_name(&heard->progress));
    write_quoted(out, "doing", heard->progress.text);
    sw_buffer_printf(out, "\"done_objects\": %" PRId64 ", \"all_objects\": %" PRId64 ", ", heard->progress.done_objects,
                     heard->progress.all_objects);
    sw_buffer_printf(out, "\"done_bytes\": %" PRId64 ", \"all_bytes\": %" PRId64 ", ", heard->progress.done_bytes,
                     heard->progress.all_bytes);
    write_keys(report);
    sw_buffer_add_text(out, "}");
}

static void write_concerns(const struct report *report)
{
    sw_buffer_add_text(report->out, ", \"concerns\": [");
    for (size_t i = 0; i < report->concerns.count; i++) {
        sw_buffer_add_text(report->out, i > 0 ? ", " : "");
        sw_quote(report->out, report->concerns.lines[i]);
    }
    sw_buffer_add_text(report->out, "]");
}

static void write_json(const struct report *report)
{
    struct sw_buffer *out = report->out, file;
    struct sw_data_view view;
    sw_buffer_init(&file, out->maximum);
    sw_status_describe(&file, report->facts);
    sw_buffer_add_text(out, "{\"shows\": ");
    sw_buffer_add(out, file.bytes, file.length);
    sw_buffer_finish(&file);
    sw_buffer_add_text(out, ", \"sources\": [");
    for (size_t i = 0; next_source(report, &i, &view);) {
        sw_buffer_add_text(out, i > 1 ? "," : "");
        write_source(report, &view);
    }
    sw_buffer_add_text(out, "]");
    write_follows(report);
    write_concerns(report);
    sw_buffer_printf(out, ", \"up_s\": %" PRId64 ", ", seconds_since(report, report->loop->started));
    if (report->loop->last_touch == SW_NEVER)
        sw_buffer_add_text(out, "\"last_touch_s\": null, ");
    else
        sw_buffer_printf(out, "\"last_touch_s\": %" PRId64 ", ", seconds_since(report, report->loop->last_touch));
    add_seconds(report, "clock", report->now.instant);
    sw_buffer_add_text(out, ", ");
    add_seconds(report, "machine_clock", sw_instant_now());
    sw_buffer_add_text(out, "}\n");
}

/* -- for monitors: one line -- */

/* What stands behind a "|" is read as figures. */
static void add_plain(struct sw_buffer *out, const char *text)
{
    for (; *text != '\0'; text++)
        sw_buffer_add(out, *text == '|' ? "/" : text, 1);
}

static void write_nagios(const struct report *report, int code)
{
    static const char *const words[] = {"OK", "WARNING", "CRITICAL"};
    const struct sw_status_facts *facts = report->facts;
    sw_buffer_printf(report->out, "SCHAUWAND %s - ", words[code]);
    if (facts->card != NULL)
        sw_buffer_printf(report->out, "card %s stands in for the exhibition", facts->card);
    else if (report->bad > 0)
        sw_buffer_printf(report->out, "%zu of %zu sources have nothing to show: %s", report->bad, report->sources, report->worst);
    else if (report->concerns.count > 0)
        add_plain(report->out, report->concerns.lines[0]);
    else
        sw_buffer_printf(report->out, "wall %s plays", facts->wall);
    sw_buffer_printf(report->out, " | frames=%" PRIu64 "c sources=%zu bad=%zu concerns=%zu", facts->frames, report->sources, report->bad,
                     report->concerns.count);
    if (report->heard != NULL)
        sw_buffer_printf(report->out, " silence=%" PRId64 "s", report->silence / SW_SECOND);
    sw_buffer_add_text(report->out, "\n");
}

int sw_report(const struct sw_loop *loop, const struct sw_status_facts *facts, enum sw_control_form form, struct sw_buffer *out)
{
    struct report report = {.loop = loop, .facts = facts, .out = out, .now = sw_loop_now(loop)};
    count_sources(&report);
    judge_upkeep(&report);
    int code = facts->card != NULL ? 2 : report.bad > 0 || report.concerns.count > 0 ? 1 : 0;
    switch (form) {
    case SW_CONTROL_PLAIN: tell_people(&report); break;
    case SW_CONTROL_JSON: write_json(&report); break;
    case SW_CONTROL_NAGIOS: write_nagios(&report, code); break;
    }
    return code;
}
