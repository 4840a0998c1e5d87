/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/diag.h"

struct reading {
    struct sw_options *options;
    const struct sw_arguments_fault *fault;
};

static bool read_size(const char *text, int *width, int *height)
{
    char *end = NULL;
    long w = strtol(text, &end, 10);
    if (end == text || *end != 'x')
        return false;
    const char *rest = end + 1;
    long h = strtol(rest, &end, 10);
    if (end == rest || *end != '\0' || w < 1 || h < 1 || w > 16384 || h > 16384)
        return false;
    *width = (int)w;
    *height = (int)h;
    return true;
}

static bool take_wall(struct reading *r, const char *value)
{
    r->options->wall = value;
    return true;
}
static bool take_root_key(struct reading *r, const char *value)
{
    r->options->root_key = value;
    return true;
}
static bool take_cache(struct reading *r, const char *value)
{
    r->options->cache = value;
    return true;
}
static bool take_config(struct reading *r, const char *value)
{
    r->options->config = value;
    return true;
}
static bool take_fallback(struct reading *r, const char *value)
{
    (void)value;
    r->options->fallback = true;
    return true;
}
static bool take_played(struct reading *r, const char *value)
{
    char *end = NULL;
    long long number = strtoll(value, &end, 10);
    if (end == value || *end != '\0' || number < 1)
        return sw_arguments_fail(r->fault, "--played %s: the number of a generation is wanted", value);
    r->options->played = number;
    return true;
}
static bool take_safe(struct reading *r, const char *value)
{
    (void)value;
    r->options->safe = true;
    return true;
}
static bool take_without_gpu(struct reading *r, const char *value)
{
    (void)value;
    r->options->without_gpu = true;
    return true;
}
static bool take_offscreen(struct reading *r, const char *value)
{
    (void)value;
    r->options->offscreen = true;
    return true;
}
static bool take_full(struct reading *r, const char *value)
{
    (void)value;
    r->options->full = true;
    return true;
}
static bool take_json(struct reading *r, const char *value)
{
    (void)value;
    r->options->json = true;
    return true;
}
static bool take_still(struct reading *r, const char *value)
{
    (void)value;
    r->options->reduced_motion = true;
    return true;
}
static bool take_shot(struct reading *r, const char *value)
{
    r->options->shot = value;
    return true;
}
static bool take_at(struct reading *r, const char *value)
{
    r->options->at = value;
    return true;
}
static bool take_language(struct reading *r, const char *value)
{
    r->options->language = value;
    return true;
}
static bool take_scene(struct reading *r, const char *value)
{
    r->options->scene = value;
    return true;
}
static bool take_open(struct reading *r, const char *value)
{
    r->options->popup = value;
    return true;
}
static bool take_status(struct reading *r, const char *value)
{
    r->options->status = value;
    return true;
}
static bool take_panel(struct reading *r, const char *value)
{
    r->options->panel = value;
    return true;
}
static bool take_boxes(struct reading *r, const char *value)
{
    r->options->boxes = value;
    return true;
}
static bool take_output(struct reading *r, const char *value)
{
    r->options->output = value;
    return true;
}

static bool take_window(struct reading *r, const char *value)
{
    r->options->window = true;
    if (value != NULL && !read_size(value, &r->options->window_width, &r->options->window_height))
        return sw_arguments_fail(r->fault, "--window=%s: a size is wanted, e.g. --window=960x540", value);
    return true;
}

static bool take_plays(struct reading *r, const char *value)
{
    r->options->plays = value;
    return true;
}

static bool take_for(struct reading *r, const char *value)
{
    if (!sw_duration_parse(value, &r->options->duration))
        return sw_arguments_fail(r->fault, "--for %s: a duration is wanted, e.g. 30s or 5m", value);
    return true;
}

static bool take_every(struct reading *r, const char *value)
{
    if (!sw_duration_parse(value, &r->options->every) || r->options->every < 100 * SW_MS)
        return sw_arguments_fail(r->fault, "--every %s: a duration of at least 100ms is wanted, e.g. 5s", value);
    return true;
}

static bool take_size(struct reading *r, const char *value)
{
    if (!read_size(value, &r->options->width, &r->options->height))
        return sw_arguments_fail(r->fault, "--size %s: pixels are wanted, e.g. 1920x1080, at most 16384 a side", value);
    return true;
}

static bool take_time(struct reading *r, const char *value)
{
    char *end = NULL;
    double seconds = strtod(value, &end);
    if (end == value || *end != '\0' || !(seconds >= 0 && seconds <= 86400))
        return sw_arguments_fail(r->fault, "--time %s: seconds into the scene are wanted, e.g. 0.25", value);
    r->options->time_s = seconds;
    return true;
}

static bool take_visit(struct reading *r, const char *value)
{
    char *end = NULL;
    r->options->visit = true;
    r->options->countdown_s = value != NULL ? strtod(value, &end) : -1;
    if (value != NULL && (end == value || *end != '\0' || !(r->options->countdown_s >= 0 && r->options->countdown_s <= 3600)))
        return sw_arguments_fail(r->fault, "--visit=%s: the seconds that are left of a visit are wanted, e.g. --visit=12", value);
    return true;
}

static bool take_threads(struct reading *r, const char *value)
{
    char *end = NULL;
    long threads = strtol(value, &end, 10);
    if (end == value || *end != '\0' || threads < 0 || threads > 4)
        return sw_arguments_fail(r->fault, "--threads %s: 0 to 4 is wanted", value);
    r->options->threads = (int)threads;
    return true;
}

static bool take_backend(struct reading *r, const char *value)
{
    return sw_backend_named(value, &r->options->backend) || sw_arguments_fail(r->fault, "--backend %s: auto, cpu or gpu is wanted", value);
}

static bool take_set(struct reading *r, const char *value)
{
    if (strchr(value, '=') == NULL || r->options->set_count == SW_OPTIONS_SET_MAX)
        return sw_arguments_fail(r->fault, "--set %s: NAME=VALUE is wanted", value);
    r->options->sets[r->options->set_count++] = value;
    return true;
}

static bool take_touch(struct reading *r, const char *value)
{
    char *comma = NULL, *end = NULL;
    long x = strtol(value, &comma, 10), y = *comma == ',' ? strtol(comma + 1, &end, 10) : -1;
    bool good = comma != value && *comma == ',' && end != comma + 1 && *end == '\0' && x >= 0 && y >= 0 && x <= 16384 && y <= 16384;
    if (!good || r->options->touch_count == SW_OPTIONS_TOUCHES_MAX)
        return sw_arguments_fail(r->fault, "--touch %s: a pixel is wanted, e.g. 480,270, at most 16 times", value);
    r->options->touches[2 * r->options->touch_count] = (double)x;
    r->options->touches[2 * r->options->touch_count++ + 1] = (double)y;
    return true;
}

static bool take_live(struct reading *r, const char *value)
{
    (void)value;
    r->options->live = true;
    return true;
}

static bool take_replay(struct reading *r, const char *value)
{
    r->options->replay = value;
    return true;
}

/* The courier's. */
static bool leave(struct reading *r, const char *value)
{
    (void)r;
    (void)value;
    return true;
}

static const struct {
    const char *name;
    bool (*take)(struct reading *reading, const char *value); /* NULL where none was given */
} options[] = {
    {"--wall", take_wall},         {"--safe", take_safe},            {"--window", take_window},   {"--offscreen", take_offscreen},
    {"--for", take_for},           {"--shot", take_shot},            {"--every", take_every},     {"--at", take_at},
    {"--language", take_language}, {"--reduced-motion", take_still}, {"--threads", take_threads}, {"--scene", take_scene},
    {"--size", take_size},         {"--time", take_time},            {"--set", take_set},         {"--open", take_open},
    {"-o", take_output},           {"--full", take_full},            {"--json", take_json},       {"--status", take_status},
    {"--boxes", take_boxes},       {"--panel", take_panel},          {"--backend", take_backend}, {"--without-gpu", take_without_gpu},
    {"--visit", take_visit},       {"--live", take_live},            {"--config", take_config},         {"--touch", take_touch},
    {"--replay", take_replay},     {"--control", leave},             {"--root-key", take_root_key}, {"--cache", take_cache},
    {"--fallback", take_fallback}, {"--plays", take_plays},          {"--played", take_played},
};

static bool unknown(struct reading *reading, const char *argument)
{
    const char *names[SW_COUNT(options)];
    for (size_t i = 0; i < SW_COUNT(options); i++)
        names[i] = options[i].name;
    const char *nearest = sw_nearest(argument, names, SW_COUNT(options));
    return sw_arguments_fail(reading->fault, "there is no option %s%s%s%s", argument, nearest != NULL ? "; did you mean " : "",
                             nearest != NULL ? nearest : "", nearest != NULL ? "?" : "; see --help");
}

static bool take(struct reading *reading, const struct sw_argument *argument, enum sw_argument_status status)
{
    if (argument->name == NULL) {
        if (reading->options->folder != NULL)
            return sw_arguments_fail(reading->fault, "%s: one exhibition at a time", argument->value);
        reading->options->folder = argument->value;
        return true;
    }
    for (size_t i = 0; i < SW_COUNT(options); i++) {
        if (strcmp(options[i].name, argument->name) != 0)
            continue;
        return status == SW_ARGUMENT_OK ? options[i].take(reading, argument->value)
                                        : sw_arguments_refuse(reading->fault, argument, status);
    }
    return unknown(reading, argument->name);
}

bool sw_options_parse(struct sw_options *out, int count, char **arguments, char *fault, size_t fault_size)
{
    static const char *const commands[] = {"play", "check", "render", "doctor"};
    const struct sw_arguments_fault said = {fault, fault_size};
    struct reading reading = {.options = out, .fault = &said};
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 2};
    struct sw_argument argument;
    enum sw_argument_status status;
    *out = (struct sw_options){.folder = NULL, .time_s = -1, .threads = -1};
    bool known = false;
    for (size_t i = 0; i < SW_COUNT(commands) && count > 1; i++)
        if (strcmp(arguments[1], commands[i]) == 0) {
            out->command = (enum sw_player_command)i;
            known = true;
        }
    if (!known)
        return sw_arguments_fail(&said, "%s", "play, check, render or doctor is wanted");
    while ((status = sw_arguments_next(&rest, &argument)) != SW_ARGUMENT_END) {
        if (!take(&reading, &argument, status))
            return false;
    }
    out->exhibition = out->folder;
    if (out->folder == NULL)
        out->folder = ".";
    if (out->command == SW_COMMAND_RENDER && out->output == NULL)
        return sw_arguments_fail(&said, "%s", "where to write is wanted: -o FILE.png");
    if (out->command == SW_COMMAND_RENDER && (out->scene == NULL) == (out->wall == NULL))
        return sw_arguments_fail(&said, "%s", "one of --scene and --wall is wanted");
    if (out->replay != NULL && out->live)
        return sw_arguments_fail(&said, "%s", "--replay plays back what was recorded, --live asks anew: one of them is wanted");
    if (out->replay != NULL && access(out->replay, R_OK | X_OK) != 0)
        return sw_arguments_fail(&said, "--replay %s: there is no such folder that could be read", out->replay);
    if (out->panel != NULL && out->wall == NULL)
        return sw_arguments_fail(&said, "%s", "--panel wants --wall: whose panel is it?");
    return true;
}
