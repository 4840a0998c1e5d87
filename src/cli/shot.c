/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arguments.h"
#include "base/file.h"
#include "base/shared.h"
#include "cli/ask.h"
#include "cli/command.h"

static int run(const char *const *items, size_t count)
{
    static const char *const options[] = {"-o", "--control", NULL};
    struct sw_control_request request = {.verb = SW_CONTROL_SHOT};
    if (!sw_arguments_fit(&sw_command_shot, items, count, options, 0))
        return 2;
    const char *path = sw_arguments_value(items, count, "--control"), *output = sw_arguments_value(items, count, "-o");
    if (output == NULL) {
        (void)fputs("schauwand shot: a file is wanted: -o FILE.png\n", stderr);
        return 2;
    }
    struct sw_control_answer answer;
    const void *bytes;
    if (!sw_ask(path, &request, &answer, &bytes))
        return SW_ASK_NO_ANSWER;
    if (bytes == NULL) {
        (void)fprintf(stderr, "schauwand shot: %s\n", answer.said);
        return 2;
    }
    bool written = sw_file_write_atomic(output, bytes, answer.size);
    if (!written)
        (void)fprintf(stderr, "schauwand shot: cannot write %s: %s\n", output, strerror(errno));
    sw_shared_unmap(bytes, answer.size);
    return written ? 0 : 2;
}

const struct sw_command sw_command_shot = {
    .name = "shot",
    .summary = "takes a picture of the wall on this machine",
    .help = "usage: schauwand shot -o FILE.png [--control FILE]\n"
            "\n"
            "Writes what the wall that plays on this machine shows now, each panel upright where it hangs, to FILE.png.\n"
            "The wall does not stop for it.\n"
            "\n"
            "  --control FILE     the socket of the wall, as given to play\n"
            "\n"
            "Exit status: 0 written, 2 not written, 3 no wall answers.\n",
    .run = run,
};
