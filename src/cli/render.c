/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/command.h"

#include "supervisor/supervisor.h"

static int run(const char *const *arguments, size_t count)
{
    struct sw_supervise what = {.command = "render",
                                .arguments = arguments,
                                .argument_count = count,
                                .player = true,
                                .courier = sw_arguments_have_sources(arguments, count)};
    return sw_supervise(&what);
}

const struct sw_command sw_command_render = {
    .name = "render",
    .summary = "draws a scene or a wall into a PNG file",
    .help = "usage: schauwand render [EXHIBITION] (--scene SCENE[#PAGE] | --wall WALL) [OPTION]... -o FILE.png\n"
            "\n"
            "Draws one picture of the exhibition in the folder EXHIBITION (default: the current one), without a display\n"
            "and without the network: the same input gives the same bytes.\n"
            "\n"
            "  --scene SCENE[#PAGE]   the scene, or one page of it\n"
            "  --wall WALL            all zones of a wall, as it is seen: upright, the gaps between its panels dark\n"
            "  --panel PANEL          of that wall one panel, as its output gets it\n"
            "  --size WxH             pixels of the picture; a wall is fitted in\n"
            "  --at INSTANT           as if it were then (2026-11-23T14:05)\n"
            "  --time SECONDS         so long after the scene's beginning\n"
            "  --language LANGUAGE    of the visitor (de, en, de-leicht ...)\n"
            "  --set NAME=VALUE       a value of the scene's or session's state; may be repeated\n"
            "  --live, --config FILE  as for `schauwand play`: with what live sources say now\n"
            "  --replay DIR           with what `schauwand record` has kept in DIR, as of --at, labelled as recorded\n"
            "  --open POPUP           with this popup open\n"
            "  --touch X,Y            with a finger at this pixel, which reads the chart or turns the table there; again for more\n"
            "  --visit[=SECONDS]      with the overlay, as while a visitor is there; SECONDS: of the countdown are left\n"
            "  --boxes FILE           write where each element lies, what it says and where it is written (JSON)\n"
            "  --backend BACKEND      who draws: cpu (default) or gpu, whose pictures differ by rounding\n"
            "  -o FILE.png            where to write\n"
            "\n"
            "Exit status: 0 drawn, 1 faults in the exhibition, 2 cannot run.\n",
    .run = run,
};
