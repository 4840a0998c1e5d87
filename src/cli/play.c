/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include "base/arguments.h"
#include "base/control.h"
#include "base/window_keys.h"
#include "supervisor/supervisor.h"

/* What is typed decides; what a configuration says is for those who can read it. */
static bool follows(const char *const *arguments, size_t count)
{
    const char *exhibition = NULL;
    (void)sw_arguments_plain(arguments, count, &exhibition, 1);
    return sw_arguments_follow(exhibition, sw_arguments_value(arguments, count, "--config"));
}

static int run(const char *const *arguments, size_t count)
{
    bool one_shot = sw_arguments_have(arguments, count, "--shot") && !sw_arguments_have(arguments, count, "--every");
    bool ends = sw_arguments_have(arguments, count, "--for") || one_shot;
    bool full_screen = !sw_arguments_have(arguments, count, "--window") && !sw_arguments_have(arguments, count, "--offscreen");
    char usual[256];
    const char *door = sw_arguments_value(arguments, count, "--control");
    if (door == NULL && full_screen && !ends && sw_control_path(usual, sizeof usual))
        door = usual;
    bool follow = follows(arguments, count);
    struct sw_supervise what = {.command = "play",
                                .arguments = arguments,
                                .argument_count = count,
                                .player = true,
                                .courier = !follow && sw_arguments_have_sources(arguments, count),
                                .follow = follow,
                                .door = door,
                                .endless = !ends,
                                .heartbeats = true};
    return sw_supervise(&what);
}

static void print_keys(FILE *out)
{
    fputs("\nKeys in a window of a folder:\n", out);
    for (size_t i = 0; i < SW_KEY_COUNT; i++)
        fprintf(out, "  %-5s  %s\n", sw_window_keys[i].key, sw_window_keys[i].what);
}

const struct sw_command sw_command_play = {
    .name = "play",
    .summary = "shows an exhibition, full screen",
    .help = "usage: schauwand play [EXHIBITION] [OPTION]...\n"
            "\n"
            "Shows the exhibition in the folder EXHIBITION (default: the current one) until it is told to stop.\n"
            "Where EXHIBITION is the address of a published one (https://...), the wall follows it: new releases are fetched,\n"
            "verified and shown whole. The same where none is named, there is no ./scenes, and a configuration says which.\n"
            "\n"
            "  --wall WALL        the wall to be (scenes/walls/WALL.json); default: the exhibition's. Who follows must say it\n"
            "  --root-key KEY     whose releases are trusted: the root key, \"RW...\", as `schauwand keys` shows it\n"
            "  --cache DIR        where releases are kept; default: cache in $XDG_STATE_HOME/schauwand or\n"
            "                     ~/.local/state/schauwand\n"
            "  --window[=WxH]     in a window, not full screen; of a folder with keys for who makes it (below)\n"
            "  --offscreen        without a display\n"
            "  --for DURATION     for so long (30s, 5m), then end\n"
            "  --shot FILE        write the picture to FILE (PNG), then end; with --for: at its end\n"
            "  --every DURATION   write the picture so often instead (5s), and go on\n"
            "  --status FILE      keep FILE up to date with what is on (JSON)\n"
            "  --plays DIR        write down there what is shown, for `schauwand report`; default, full screen and without an end: plays\n"
            "                     in \"state\" of the configuration, else in $XDG_STATE_HOME/schauwand or ~/.local/state/schauwand\n"
            "  --told DIR         keep there what `schauwand tell` wants until its time is over; default as for --plays: told\n"
            "  --control FILE     the socket at which status, shot and tell find this wall; default, full screen:\n"
            "                     /run/schauwand/control or $XDG_RUNTIME_DIR/schauwand/control\n"
            "  --backend BACKEND  who draws: gpu, cpu, or auto (default): the GPU where there is one\n"
            "  --language LANGUAGE, --reduced-motion\n"
            "  --live             ask sources over the network; without it their samples are shown, and said to be\n"
            "  --config FILE      what this machine's operator has decided (default: /etc/schauwand/wall.json)\n"
            "  --at INSTANT       play as if it were then (2026-11-23T14:05)\n"
            "  --replay DIR       show what `schauwand record` has kept in DIR, at its own pace from its beginning or from --at,\n"
            "                     labelled as recorded; without the network\n"
            "\n"
            "Exit status: 0 ended on purpose, 2 cannot run.\n",
    .print_more = print_keys,
    .run = run,
};
