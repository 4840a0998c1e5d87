/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/arguments.h"
#include "base/diag.h"
#include "cli/ask.h"
#include "cli/command.h"

/* What may be told, and what it wants. */
static const struct {
    enum sw_control_verb verb;
    const char *wants; /* what its one argument is; NULL: it has none */
    bool lasts;        /* --for */
    bool ends;         /* --until */
    bool zoned;        /* --zone */
} verbs[] = {
    {SW_CONTROL_GO, "a scene, or scene#page", false, false, true},
    {SW_CONTROL_HOME, NULL, false, false, true},
    {SW_CONTROL_NEXT, NULL, false, false, true},
    {SW_CONTROL_OVERRIDE, "a scene", true, false, true},
    {SW_CONTROL_CLEAR, NULL, false, false, true},
    {SW_CONTROL_LANGUAGE, "a language, e.g. tr", false, false, true},
    {SW_CONTROL_CLEANING, NULL, true, false, true},
    {SW_CONTROL_OPEN, NULL, true, true, false},
    {SW_CONTROL_CLOSE, NULL, true, true, false},
    {SW_CONTROL_BLANK, "on or off", true, false, false},
    {SW_CONTROL_RELOAD, NULL, false, false, false},
    {SW_CONTROL_VOLUME, "per cent, 0 to 100, or written", true, true, true},
    {SW_CONTROL_MUTE, NULL, true, true, true},
    {SW_CONTROL_UNMUTE, NULL, false, false, true},
};

#define CLEANING_S 120

static int wrong(const char *text, const char *more)
{
    (void)fprintf(stderr, "schauwand tell: %s%s\n", text, more);
    return 2;
}

static int unknown(const char *name)
{
    const char *names[SW_COUNT(verbs)];
    for (size_t i = 0; i < SW_COUNT(verbs); i++)
        names[i] = sw_control_verb_name(verbs[i].verb);
    const char *nearest = sw_nearest(name, names, SW_COUNT(names));
    (void)fprintf(stderr, "schauwand tell: \"%s\" cannot be told%s%s%s\n", name, nearest != NULL ? ": did you mean \"" : "",
                  nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : ": `schauwand tell --help` says what can");
    return 2;
}

/* NULL: "". */
static bool copy(char *to, size_t capacity, const char *from)
{
    from = from != NULL ? from : "";
    size_t length = strlen(from);
    if (length >= capacity)
        return false;
    memcpy(to, from, length + 1);
    return true;
}

static bool is_volume(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (strcmp(text, "written") == 0)
        return true;
    return text[digits] == '\0' && digits > 0 && digits <= 3 && (digits < 3 || strcmp(text, "100") == 0);
}

/* 0, or the exit status after having said what is wrong. */
static int read_request(const char *const *items, size_t count, struct sw_control_request *request)
{
    const char *plain[2] = {NULL, NULL};
    size_t given = sw_arguments_plain(items, count, plain, SW_COUNT(plain)), i = 0;
    const char *zone = sw_arguments_value(items, count, "--zone"), *time = sw_arguments_value(items, count, "--for");
    const char *until = sw_arguments_value(items, count, "--until");
    if (given == 0)
        return wrong("what? ", "`schauwand tell --help` says what can be told");
    while (i < SW_COUNT(verbs) && strcmp(sw_control_verb_name(verbs[i].verb), plain[0]) != 0)
        i++;
    if (i == SW_COUNT(verbs))
        return unknown(plain[0]);
    if (given != (verbs[i].wants != NULL ? 2u : 1u))
        return verbs[i].wants != NULL ? wrong("this is wanted behind it: ", verbs[i].wants) : wrong("nothing is wanted behind ", plain[0]);
    if (time != NULL && !verbs[i].lasts)
        return wrong("--for does not go with ", plain[0]);
    if (until != NULL && (!verbs[i].ends || time != NULL))
        return wrong("--until does not go with ", verbs[i].ends ? "--for" : plain[0]);
    if (zone != NULL && !verbs[i].zoned)
        return wrong("--zone does not go with ", plain[0]);
    if (verbs[i].verb == SW_CONTROL_VOLUME && !is_volume(plain[1]))
        return wrong("a volume is wanted, 0 to 100 per cent, or written, not ", plain[1]);
    if (verbs[i].verb == SW_CONTROL_BLANK && strcmp(plain[1], "on") != 0 && (strcmp(plain[1], "off") != 0 || time != NULL))
        return wrong("blank on, blank on --for DURATION or blank off is wanted", "");
    *request = (struct sw_control_request){.verb = verbs[i].verb};
    request->seconds = time != NULL ? sw_ask_seconds(time) : request->verb == SW_CONTROL_CLEANING ? CLEANING_S : 0;
    if (request->seconds < 0)
        return wrong("a duration is wanted, e.g. 90s, 10m, 2h, not ", time);
    if (!copy(request->text, sizeof request->text, plain[1]) || !copy(request->zone, sizeof request->zone, zone) ||
        !copy(request->until, sizeof request->until, until))
        return wrong("this is too long", "");
    return 0;
}

static int run(const char *const *items, size_t count)
{
    struct sw_control_request request;
    static const char *const options[] = {"--zone", "--for", "--until", "--control", NULL};
    struct sw_control_answer answer;
    const void *bytes;
    if (!sw_arguments_fit(&sw_command_tell, items, count, options, 2))
        return 2;
    int status = read_request(items, count, &request);
    if (status != 0)
        return status;
    if (!sw_ask(sw_arguments_value(items, count, "--control"), &request, &answer, &bytes))
        return SW_ASK_NO_ANSWER;
    if (answer.code != 0)
        (void)fprintf(stderr, "schauwand tell: %s\n", answer.said);
    return answer.code;
}

const struct sw_command sw_command_tell = {
    .name = "tell",
    .summary = "tells the wall on this machine what to do now",
    .help =
        "usage: schauwand tell WHAT [--zone ZONE] [--for DURATION | --until TIME] [--control FILE]\n"
        "\n"
        "Tells the wall that plays on this machine:\n"
        "\n"
        "  go SCENE[#PAGE]    go there, as if a visitor had; it ends as a visit does\n"
        "  home               end the visit: back to the playlist\n"
        "  next               the playlist's next turn, now\n"
        "  override SCENE     this scene instead of the playlist, --for so long (10m, 2h) or until it is cleared; visitors still\n"
        "                     go where they like\n"
        "  clear              no override any more\n"
        "  language LANGUAGE  as if a visitor had chosen it\n"
        "  cleaning           touches do nothing, --for so long; without it two minutes; --for 0s: they do again\n"
        "\n"
        "  open               whatever its hours say, --for so long or --until 22:00 (2026-11-23T22:00), else until they close it next\n"
        "  close              the same the other way round: its visitors may finish, then the screens go off\n"
        "  blank on|off       black at once, the screens stay on: --for so long, else until blank off\n"
        "  reload             look for what plays now: the folder anew, or what is published; it comes when the present turn ends,\n"
        "                     in a window (which sees by itself what is saved) at once\n"
        "\n"
        "  volume PERCENT     how loud its videos are that are not muted, 0 to 100 instead of what the wall's file says, --for so long or\n"
        "                     --until 22:00, else until it is told otherwise; volume written: as the file says again\n"
        "  mute               none of them is heard, --for so long or --until 22:00, else until unmute\n"
        "  unmute             they are heard again\n"
        "\n"
        "  --zone ZONE        in this zone alone\n"
        "  --control FILE     the socket of the wall, as given to play\n"
        "\n"
        "What holds on (override, cleaning, open, close, blank, volume, mute) is kept over a restart: see --told of `schauwand play`.\n"
        "\n"
        "Exit status: 0 done, 1 refused, 2 not understood, 3 no wall answers.\n",
    .run = run,
};
