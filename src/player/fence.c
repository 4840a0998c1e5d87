/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/fence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fence.h"
#include "base/file.h"
#include "host/host.h"
#include "player/doctor/doctor.h"

#define PLACES_MAX 24

struct places {
    struct sw_fence_place items[PLACES_MAX];
    size_t count;
    struct sw_arena arena;
};

static void add(struct places *places, const char *path, enum sw_fence_access access)
{
    if (path != NULL && path[0] != '\0' && places->count < PLACES_MAX)
        places->items[places->count++] = (struct sw_fence_place){path, access};
}

/* The folder that `file` lies in: it is written beside it first, then renamed. */
static void add_output(struct places *places, const char *file)
{
    const char *slash = file != NULL ? strrchr(file, '/') : NULL;
    if (slash == NULL)
        add(places, file != NULL ? "." : NULL, SW_FENCE_WRITE);
    else
        add(places, slash == file ? "/" : sw_arena_strndup(&places->arena, file, (size_t)(slash - file)), SW_FENCE_WRITE);
}

/* What libraries of display and sound look for at their user's. */
static void add_home(struct places *places)
{
    static const struct {
        const char *name;
        enum sw_fence_access access;
    } below[] = {
        {".Xauthority", SW_FENCE_READ},
        {".XCompose", SW_FENCE_READ},
        {".icons", SW_FENCE_READ},
        {".local/share/icons", SW_FENCE_READ},
        {".drirc", SW_FENCE_READ},
        {".config/pulse", SW_FENCE_READ},
        {".asoundrc", SW_FENCE_READ},
        {".nv", SW_FENCE_WRITE},
        {".cache/nvidia", SW_FENCE_WRITE},
        {".cache/mesa_shader_cache", SW_FENCE_WRITE},
        {".cache/mesa_shader_cache_db", SW_FENCE_WRITE},
    };
    const char *home = getenv("HOME");
    for (size_t i = 0; home != NULL && home[0] == '/' && i < SW_COUNT(below); i++)
        add(places, sw_arena_printf(&places->arena, "%s/%s", home, below[i].name), below[i].access);
    add(places, getenv("XAUTHORITY"), SW_FENCE_READ);
    add(places, getenv("XDG_RUNTIME_DIR"), SW_FENCE_WRITE);
}

/* What the doctor looks at: the machine's configuration, and the disk, on which it tries to write. */
static void add_tried(struct places *places, const char *config)
{
    add(places, config != NULL ? config : SW_HOST_FILE, SW_FENCE_READ);
    add(places, sw_doctor_folder(config, &places->arena), SW_FENCE_WRITE);
}

bool sw_player_fence(const struct sw_options *options)
{
    struct places places = {.count = 0};
    if (options->follows)
        (void)!sw_folder_make(options->followed.cache, 0700); /* what is not there could not be read later either */
    add(&places, options->follows ? options->followed.cache : options->folder, SW_FENCE_READ);
    if (options->plays != NULL && sw_folder_make(options->plays, 0750)) /* else the ledger says so */
        add(&places, options->plays, SW_FENCE_WRITE);
    if (options->told != NULL && sw_folder_make(options->told, 0750)) /* else the scribe says so */
        add(&places, options->told, SW_FENCE_WRITE);
    if (options->command == SW_COMMAND_CHECK && options->full && options->cache != NULL && options->cache[0] != '\0' &&
        sw_folder_make(options->cache, 0700)) /* else nothing is remembered */
        add(&places, options->cache, SW_FENCE_WRITE);
    if (options->command == SW_COMMAND_DOCTOR)
        add_tried(&places, options->config);
    add_output(&places, options->shot);
    add_output(&places, options->status);
    add_output(&places, options->output);
    add_output(&places, options->boxes);
    add_output(&places, options->clips);
    add_home(&places);
    bool raised = sw_fence_raise(SW_FENCE_PLAYER, places.items, places.count);
    sw_arena_finish(&places.arena);
    return raised;
}

bool sw_player_fence_reaches(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        (void)close(fd);
    return fd >= 0 || errno != EACCES;
}
