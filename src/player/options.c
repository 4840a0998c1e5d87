/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/options.h"

#include <stddef.h>
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

static bool take_window(struct reading *r, const char *value)
{
    r->options->window = true;
    if (value != NULL && !read_size(value, &r->options->window_width, &r->options->window_height))
        return sw_arguments_fail(r->fault, "--window=%s: a size is wanted, e.g. --window=960x540", value);
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

static bool take_played(struct reading *r, const char *value)
{
    char *end = NULL;
    long long number = strtoll(value, &end, 10);
    if (end == value || *end != '\0' || number < 1)
        return sw_arguments_fail(r->fault, "--played %s: the number of a generation is wanted", value);
    r->options->played = number;
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
    int most = r->options->command == SW_COMMAND_CHECK ? SW_OPTIONS_THREADS_MAX : 4;
    if (end == value || *end != '\0' || threads < 0 || threads > most)
        return sw_arguments_fail(r->fault, "--threads %s: 0 to %d is wanted", value, most);
    r->options->threads = (int)threads;
    return true;
}

static bool take_since(struct reading *r, const char *value)
{
    char *end = NULL;
    r->options->since = strtoll(value, &end, 10);
    return (end != value && *end == '\0' && r->options->since >= 0) || sw_arguments_fail(r->fault, "--since %s: a tick is wanted", value);
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

enum kind { TEXT, FLAG, READ, NOT_OURS };

#define FIELD(name) offsetof(struct sw_options, name)

// clang-format off
static const struct {
    const char *name;
    enum kind kind;
    size_t field;                                             /* TEXT (const char *), FLAG (bool) */
    bool (*read)(struct reading *reading, const char *value); /* READ; NULL where no value was given */
} options[] = {
    {"--at", TEXT, FIELD(at), NULL},
    {"--backend", READ, 0, take_backend},
    {"--boxes", TEXT, FIELD(boxes), NULL},
    {"--cache", TEXT, FIELD(cache), NULL},
    {"--clips", TEXT, FIELD(clips), NULL},
    {"--config", TEXT, FIELD(config), NULL},
    {"--control", NOT_OURS, 0, NULL},
    {"--every", READ, 0, take_every},
    {"--fallback", FLAG, FIELD(fallback), NULL},
    {"--for", READ, 0, take_for},
    {"--full", FLAG, FIELD(full), NULL},
    {"--json", FLAG, FIELD(json), NULL},
    {"--language", TEXT, FIELD(language), NULL},
    {"--live", FLAG, FIELD(live), NULL},
    {"-o", TEXT, FIELD(output), NULL},
    {"--offscreen", FLAG, FIELD(offscreen), NULL},
    {"--open", TEXT, FIELD(popup), NULL},
    {"--panel", TEXT, FIELD(panel), NULL},
    {"--played", READ, 0, take_played},
    {"--plays", TEXT, FIELD(plays), NULL},
    {"--reached", TEXT, FIELD(reached), NULL},
    {"--reduced-motion", FLAG, FIELD(reduced_motion), NULL},
    {"--replay", TEXT, FIELD(replay), NULL},
    {"--root-key", TEXT, FIELD(root_key), NULL},
    {"--safe", FLAG, FIELD(safe), NULL},
    {"--scene", TEXT, FIELD(scene), NULL},
    {"--set", READ, 0, take_set},
    {"--shot", TEXT, FIELD(shot), NULL},
    {"--since", READ, 0, take_since},
    {"--size", READ, 0, take_size},
    {"--status", TEXT, FIELD(status), NULL},
    {"--threads", READ, 0, take_threads},
    {"--time", READ, 0, take_time},
    {"--strict", FLAG, FIELD(strict), NULL},
    {"--told", TEXT, FIELD(told), NULL},
    {"--touch", READ, 0, take_touch},
    {"--visit", READ, 0, take_visit},
    {"--wall", TEXT, FIELD(wall), NULL},
    {"--window", READ, 0, take_window},
    {"--without-gpu", FLAG, FIELD(without_gpu), NULL},
    {"--without-replay", NOT_OURS, 0, NULL},
};
// clang-format on

static bool unknown(struct reading *reading, const char *argument)
{
    const char *names[SW_COUNT(options)];
    for (size_t i = 0; i < SW_COUNT(options); i++)
        names[i] = options[i].name;
    const char *nearest = sw_nearest(argument, names, SW_COUNT(options));
    return sw_arguments_fail(reading->fault, "there is no option %s%s%s%s", argument, nearest != NULL ? "; did you mean " : "",
                             nearest != NULL ? nearest : "", nearest != NULL ? "?" : "; see --help");
}

static bool keep(struct reading *reading, size_t option, const char *value)
{
    char *field = (char *)reading->options + options[option].field;
    switch (options[option].kind) {
    case TEXT: memcpy(field, &value, sizeof value); break;
    case FLAG: *(bool *)field = true; break;
    case READ: return options[option].read(reading, value);
    case NOT_OURS: break;
    }
    return true;
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
        return status == SW_ARGUMENT_OK ? keep(reading, i, argument->value) : sw_arguments_refuse(reading->fault, argument, status);
    }
    return unknown(reading, argument->name);
}

bool sw_options_parse(struct sw_options *out, int count, char **arguments, char *fault, size_t fault_size)
{
    static const char *const commands[] = {"play", "check", "render", "doctor", "texts"};
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
    if ((out->command == SW_COMMAND_RENDER || out->command == SW_COMMAND_TEXTS) && out->output == NULL)
        return sw_arguments_fail(&said, "%s", "where to write is wanted: -o FILE.png");
    if (out->command == SW_COMMAND_RENDER && (out->scene == NULL) == (out->wall == NULL))
        return sw_arguments_fail(&said, "%s", "one of --scene and --wall is wanted");
    if (out->replay != NULL && out->live && !out->window)
        return sw_arguments_fail(&said, "%s", "--replay plays back what was recorded, --live asks anew: one of them is wanted");
    if (out->replay != NULL && access(out->replay, R_OK | X_OK) != 0)
        return sw_arguments_fail(&said, "--replay %s: there is no such folder that could be read", out->replay);
    if (out->panel != NULL && out->wall == NULL)
        return sw_arguments_fail(&said, "%s", "--panel wants --wall: whose panel is it?");
    return true;
}
