/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"

struct reading {
    struct sw_options *options;
    char *fault;
    size_t fault_size;
};

SW_PRINTF(2, 3) static bool fail(struct reading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(reading->fault, reading->fault_size, format, arguments);
    va_end(arguments);
    return false;
}

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

/* Each option: its name, whether it takes a value, and what it does. */
struct option {
    const char *name;
    bool value, optional;
    bool (*take)(struct reading *reading, const char *value);
};

static bool take_wall(struct reading *r, const char *value)
{
    r->options->wall = value;
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
        return fail(r, "--window=%s: a size is wanted, e.g. --window=960x540", value);
    return true;
}

static bool take_for(struct reading *r, const char *value)
{
    if (!sw_duration_parse(value, &r->options->duration))
        return fail(r, "--for %s: a duration is wanted, e.g. 30s or 5m", value);
    return true;
}

static bool take_every(struct reading *r, const char *value)
{
    if (!sw_duration_parse(value, &r->options->every) || r->options->every < 100 * SW_MS)
        return fail(r, "--every %s: a duration of at least 100ms is wanted, e.g. 5s", value);
    return true;
}

static bool take_size(struct reading *r, const char *value)
{
    if (!read_size(value, &r->options->width, &r->options->height))
        return fail(r, "--size %s: pixels are wanted, e.g. 1920x1080, at most 16384 a side", value);
    return true;
}

static bool take_time(struct reading *r, const char *value)
{
    char *end = NULL;
    double seconds = strtod(value, &end);
    if (end == value || *end != '\0' || !(seconds >= 0 && seconds <= 86400))
        return fail(r, "--time %s: seconds into the scene are wanted, e.g. 0.25", value);
    r->options->time_s = seconds;
    return true;
}

static bool take_visit(struct reading *r, const char *value)
{
    char *end = NULL;
    r->options->visit = true;
    r->options->countdown_s = value != NULL ? strtod(value, &end) : -1;
    if (value != NULL && (end == value || *end != '\0' || !(r->options->countdown_s >= 0 && r->options->countdown_s <= 3600)))
        return fail(r, "--visit=%s: the seconds that are left of a visit are wanted, e.g. --visit=12", value);
    return true;
}

static bool take_threads(struct reading *r, const char *value)
{
    char *end = NULL;
    long threads = strtol(value, &end, 10);
    if (end == value || *end != '\0' || threads < 0 || threads > 4)
        return fail(r, "--threads %s: 0 to 4 is wanted", value);
    r->options->threads = (int)threads;
    return true;
}

static bool take_backend(struct reading *r, const char *value)
{
    return sw_backend_named(value, &r->options->backend) || fail(r, "--backend %s: auto, cpu or gpu is wanted", value);
}

static bool take_set(struct reading *r, const char *value)
{
    if (strchr(value, '=') == NULL || r->options->set_count == SW_OPTIONS_SET_MAX)
        return fail(r, "--set %s: NAME=VALUE is wanted", value);
    r->options->sets[r->options->set_count++] = value;
    return true;
}

static bool take_touch(struct reading *r, const char *value)
{
    char *comma = NULL, *end = NULL;
    long x = strtol(value, &comma, 10), y = *comma == ',' ? strtol(comma + 1, &end, 10) : -1;
    bool good = comma != value && *comma == ',' && end != comma + 1 && *end == '\0' && x >= 0 && y >= 0 && x <= 16384 && y <= 16384;
    if (!good || r->options->touch_count == SW_OPTIONS_TOUCHES_MAX)
        return fail(r, "--touch %s: a pixel is wanted, e.g. 480,270, at most 16 times", value);
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

static const struct option options[] = {
    {"--wall", true, false, take_wall},         {"--safe", false, false, take_safe},
    {"--window", false, true, take_window},     {"--offscreen", false, false, take_offscreen},
    {"--for", true, false, take_for},           {"--shot", true, false, take_shot},
    {"--every", true, false, take_every},       {"--at", true, false, take_at},
    {"--language", true, false, take_language}, {"--reduced-motion", false, false, take_still},
    {"--threads", true, false, take_threads},   {"--scene", true, false, take_scene},
    {"--size", true, false, take_size},         {"--time", true, false, take_time},
    {"--set", true, false, take_set},           {"--open", true, false, take_open},
    {"-o", true, false, take_output},           {"--full", false, false, take_full},
    {"--json", false, false, take_json},        {"--status", true, false, take_status},
    {"--boxes", true, false, take_boxes},       {"--panel", true, false, take_panel},
    {"--backend", true, false, take_backend},   {"--without-gpu", false, false, take_without_gpu},
    {"--visit", false, true, take_visit},       {"--live", false, false, take_live},
    {"--host", true, false, leave},             {"--touch", true, false, take_touch},
    {"--replay", true, false, take_replay},     {"--control", true, false, leave},
};

static bool unknown(struct reading *reading, const char *argument)
{
    const char *names[SW_COUNT(options)];
    for (size_t i = 0; i < SW_COUNT(options); i++)
        names[i] = options[i].name;
    const char *nearest = sw_nearest(argument, names, SW_COUNT(options));
    (void)snprintf(reading->fault, reading->fault_size, "there is no option %s%s%s%s", argument, nearest != NULL ? "; did you mean " : "",
                   nearest != NULL ? nearest : "", nearest != NULL ? "?" : "; see --help");
    return false;
}

static bool take(struct reading *reading, int count, char **arguments, int *at)
{
    const char *argument = arguments[*at], *equals = strchr(argument, '=');
    size_t length = equals != NULL ? (size_t)(equals - argument) : strlen(argument);
    for (size_t i = 0; i < SW_COUNT(options); i++) {
        const struct option *option = &options[i];
        if (strlen(option->name) != length || strncmp(option->name, argument, length) != 0)
            continue;
        if (equals != NULL)
            return option->value || option->optional ? option->take(reading, equals + 1) : fail(reading, "%s takes no value", option->name);
        if (!option->value)
            return option->take(reading, NULL);
        if (*at + 1 >= count)
            return fail(reading, "%s wants a value behind it", option->name);
        return option->take(reading, arguments[++*at]);
    }
    return unknown(reading, argument);
}

bool sw_options_parse(struct sw_options *out, int count, char **arguments, char *fault, size_t fault_size)
{
    static const char *const commands[] = {"play", "check", "render", "doctor"};
    struct reading reading = {.options = out, .fault = fault, .fault_size = fault_size};
    *out = (struct sw_options){.folder = NULL, .time_s = -1, .threads = -1};
    bool known = false;
    for (size_t i = 0; i < SW_COUNT(commands) && count > 1; i++)
        if (strcmp(arguments[1], commands[i]) == 0) {
            out->command = (enum sw_player_command)i;
            known = true;
        }
    if (!known)
        return fail(&reading, "%s", "play, check, render or doctor is wanted");
    for (int i = 2; i < count; i++) {
        if (arguments[i][0] == '-' && arguments[i][1] != '\0') {
            if (!take(&reading, count, arguments, &i))
                return false;
        } else if (out->folder != NULL) {
            return fail(&reading, "%s: one exhibition at a time", arguments[i]);
        } else {
            out->folder = arguments[i];
        }
    }
    if (out->folder == NULL)
        out->folder = ".";
    if (out->command == SW_COMMAND_RENDER && out->output == NULL)
        return fail(&reading, "%s", "where to write is wanted: -o FILE.png");
    if (out->command == SW_COMMAND_RENDER && (out->scene == NULL) == (out->wall == NULL))
        return fail(&reading, "%s", "one of --scene and --wall is wanted");
    if (out->replay != NULL && out->live)
        return fail(&reading, "%s", "--replay plays back what was recorded, --live asks anew: one of them is wanted");
    if (out->replay != NULL && access(out->replay, R_OK | X_OK) != 0)
        return fail(&reading, "--replay %s: there is no such folder that could be read", out->replay);
    if (out->panel != NULL && out->wall == NULL)
        return fail(&reading, "%s", "--panel wants --wall: whose panel is it?");
    return true;
}
