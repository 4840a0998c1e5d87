/* SPDX-License-Identifier: EUPL-1.2 */
/* lang: the player says which texts there are, schauwand-lang does the rest. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "cli/command.h"
#include "supervisor/supervisor.h"

#define CANNOT 2
#define ARGUMENTS_MAX 64
#define PATH_ROOM 4096

static int list_texts(const char *exhibition, const char *file)
{
    const char *const arguments[] = {exhibition, "-o", file};
    struct sw_supervise what = {.command = "texts", .arguments = arguments, .argument_count = SW_COUNT(arguments), .player = true};
    return sw_supervise(&what);
}

/* The file is gone when it is over; its descriptor is left to schauwand-lang, -1: it was not written. */
static int texts_of(const char *exhibition, int *texts)
{
    char folder[PATH_ROOM], file[PATH_ROOM + 16];
    const char *temp = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%s/schauwand-lang-XXXXXX", temp != NULL && temp[0] == '/' ? temp : "/tmp");
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        return CANNOT;
    }
    (void)snprintf(file, sizeof file, "%s/texts", folder);
    int status = list_texts(exhibition, file);
    *texts = open(file, O_RDONLY);
    (void)unlink(file);
    (void)rmdir(folder);
    return status == 0 && *texts < 0 ? CANNOT : status;
}

static int run(const char *const *arguments, size_t count)
{
    const char *plain[3] = {NULL}, *all[ARGUMENTS_MAX + 2];
    char number[16];
    int texts = -1;
    size_t given = sw_arguments_plain(arguments, count, plain, SW_COUNT(plain));
    bool import = given > 0 && strcmp(plain[0], "import") == 0;
    if (count == 0 || given == 0 || plain[0] != arguments[0] || count > ARGUMENTS_MAX || (import && given < 2)) {
        (void)fprintf(stderr, "schauwand lang: %s; `schauwand lang --help` says more\n",
                      import ? "the file of the translator is wanted" : "export, import or status is wanted");
        return CANNOT;
    }
    const char *exhibition = plain[import ? 2 : 1];
    int status = texts_of(exhibition != NULL ? exhibition : ".", &texts);
    if (status != 0)
        return status;
    memcpy(all, arguments, count * sizeof *arguments);
    (void)snprintf(number, sizeof number, "%d", texts);
    all[count++] = "--texts";
    all[count++] = number;
    return sw_become("schauwand-lang", "lang", all, count);
}

const struct sw_command sw_command_lang = {
    .name = "lang",
    .summary = "hands texts out to translators, and takes translations in",
    .help = "usage: schauwand lang status [EXHIBITION] [--language L] [--strict] [--json]\n"
            "       schauwand lang export [EXHIBITION] --language L [--format csv|xliff] [-o FILE]\n"
            "       schauwand lang import FILE [EXHIBITION] [--in-scenes] [--reviewed-by NAME]\n"
            "\n"
            "status says of each language what is translated, missing, or made from a text that has changed since, and which\n"
            "texts in an easy language (de-leicht) nobody has reviewed; with --language it names them.\n"
            "\n"
            "  --strict           exit status 1 where anything is to be done\n"
            "  --json             for programs\n"
            "\n"
            "export writes every text that has words, with its translation where there is one: as a table for spreadsheets, or as\n"
            "XLIFF 1.2 for the tools of translators, where values in braces are protected.\n"
            "\n"
            "  --language L       the language that is wanted\n"
            "  --format csv|xliff (default: csv)\n"
            "  -o FILE            (default: standard output)\n"
            "\n"
            "import takes such a file in, whichever of the two: translations go to scenes/lang/L.json, each with a stamp of the text\n"
            "that it was made from; comments and order there stay. What stands in a scene itself is only touched if told so; else it\n"
            "is said where it stands. Every fault is named with its line and row (a value that was lost, a text that is not\n"
            "there, ...); then nothing is written. What is not translated is left as it is.\n"
            "\n"
            "  --in-scenes        change what stands in the scenes too\n"
            "  --reviewed-by NAME who has reviewed all that is translated in FILE, also what stands in the scenes\n"
            "\n"
            "Exit status: 0 done, 1 faults, 2 cannot be done.\n",
    .run = run,
};
