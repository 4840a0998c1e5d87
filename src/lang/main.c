/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-lang: hands texts out to translators and takes them in again. Started by schauwand, with what the player says of the texts. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fence.h"
#include "base/file.h"
#include "base/log.h"
#include "lang/tasks.h"

#define PATH_ROOM 4096

/* The folder that the file `path` is written to. */
static const char *folder_of(const char *path, char out[PATH_ROOM])
{
    const char *slash = strrchr(path, '/');
    (void)snprintf(out, PATH_ROOM, "%.*s", slash == NULL ? 1 : slash == path ? 1 : (int)(slash - path), slash == NULL ? "." : path);
    return out;
}

/* Foreign bytes are read behind it: it reaches the exhibition's translations and what is handed out, nothing else. */
static bool raise_fence(const struct sw_order *order)
{
    char scenes[PATH_ROOM], output[PATH_ROOM];
    struct sw_fence_place places[3];
    size_t count = 0;
    if (order->task == SW_LANG_IMPORT) {
        (void)snprintf(scenes, sizeof scenes, "%s/scenes", order->folder);
        places[count++] = (struct sw_fence_place){order->folder, SW_FENCE_READ};
        places[count++] = (struct sw_fence_place){scenes, SW_FENCE_WRITE};
    }
    if (order->output != NULL)
        places[count++] = (struct sw_fence_place){folder_of(order->output, output), SW_FENCE_WRITE};
    return sw_fence_raise(SW_FENCE_LANG, places, count);
}

int main(int count, char **arguments)
{
    struct sw_order order;
    struct sw_inventory inventory = {.faults = 0};
    int handed_in = -1, status = 2;
    sw_log_init("schauwand-lang", SW_LOG_NOTICE);
    (void)setlocale(LC_ALL, "C");
    if (!sw_order_parse(&order, count, arguments))
        return 2;
    if (order.texts < 0) {
        (void)fprintf(stderr, "schauwand-lang is started by schauwand: use `schauwand lang`\n");
        return 2;
    }
    if (order.file != NULL)
        handed_in = open(order.file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (order.file != NULL && handed_in < 0) {
        (void)fprintf(stderr, "schauwand lang: %s: %s\n", order.file, sw_file_status_text(sw_file_status_of(errno)));
        return 2;
    }
    if (!raise_fence(&order) || !sw_inventory_read(&inventory, order.texts))
        return 2;
    if (inventory.faults > 0)
        (void)fprintf(stderr, "schauwand lang: the exhibition has %zu fault%s, which `schauwand check` names\n", inventory.faults,
                      inventory.faults == 1 ? "" : "s");
    switch (order.task) {
    case SW_LANG_EXPORT: status = sw_lang_export(&order, &inventory); break;
    case SW_LANG_IMPORT: status = sw_lang_import(&order, &inventory, handed_in); break;
    case SW_LANG_STATUS: status = sw_lang_status(&order, &inventory); break;
    }
    sw_inventory_finish(&inventory);
    if (handed_in >= 0)
        (void)close(handed_in);
    return fflush(stdout) == 0 ? status : 2;
}
