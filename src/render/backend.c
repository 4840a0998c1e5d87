/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/backend.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"

static const char *const names[] = {[SW_BACKEND_AUTO] = "auto", [SW_BACKEND_CPU] = "cpu", [SW_BACKEND_GPU] = "gpu"};

bool sw_backend_named(const char *name, enum sw_backend *backend)
{
    for (size_t i = 0; i < SW_COUNT(names); i++)
        if (strcmp(name, names[i]) == 0) {
            *backend = (enum sw_backend)i;
            return true;
        }
    return false;
}

const char *sw_backend_name(enum sw_backend backend) { return names[backend]; }

struct sw_backend_choice sw_backend_choose(enum sw_backend wish, const struct sw_backend_machine *machine)
{
    if (wish == SW_BACKEND_CPU)
        return (struct sw_backend_choice){SW_BACKEND_CPU, "it was asked for"};
    if (wish == SW_BACKEND_GPU)
        return (struct sw_backend_choice){SW_BACKEND_GPU, "it was asked for"};
    if (!machine->display)
        return (struct sw_backend_choice){SW_BACKEND_CPU, "there is no display"};
    if (!machine->device)
        return (struct sw_backend_choice){SW_BACKEND_CPU, "there is no GPU that this process may open"};
    if (machine->software)
        return (struct sw_backend_choice){SW_BACKEND_CPU, "LIBGL_ALWAYS_SOFTWARE is set"};
    return (struct sw_backend_choice){SW_BACKEND_GPU, "there is a GPU"};
}

struct sw_backend_choice sw_backend_judge(enum sw_backend wish, const struct sw_backend_device *device)
{
    if (device->side_wanted > device->side_max)
        return (struct sw_backend_choice){SW_BACKEND_CPU, "the wall has more pixels a side than the GPU's textures"};
    if (wish == SW_BACKEND_GPU)
        return (struct sw_backend_choice){SW_BACKEND_GPU, "it was asked for"};
    if (device->software)
        return (struct sw_backend_choice){SW_BACKEND_CPU, "OpenGL draws with the processor here, which takes longer"};
    return (struct sw_backend_choice){SW_BACKEND_GPU, "there is a GPU"};
}

static bool usable(const char *dev, const char *folder, const char *name)
{
    char path[512];
    int length = snprintf(path, sizeof path, "%s%s/%s", dev, folder, name);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK | W_OK) == 0;
}

/* Render nodes are what drivers of the kernel's graphics system have; the others stand beside it. Our fence lets no more through. */
bool sw_backend_has_device(const char *dev)
{
    static const char *const others[] = {"nvidiactl", "mali0"};
    bool found = false;
    char path[512];
    (void)snprintf(path, sizeof path, "%s/dri", dev);
    DIR *folder = opendir(path);
    for (const struct dirent *entry = NULL; !found && folder != NULL && (entry = readdir(folder)) != NULL;)
        found = strncmp(entry->d_name, "renderD", 7) == 0 && usable(dev, "/dri", entry->d_name);
    if (folder != NULL)
        (void)closedir(folder);
    for (size_t i = 0; !found && i < SW_COUNT(others); i++)
        found = usable(dev, "", others[i]);
    return found;
}

struct sw_backend_machine sw_backend_machine(bool display)
{
    const char *software = getenv("LIBGL_ALWAYS_SOFTWARE");
    return (struct sw_backend_machine){.display = display,
                                       .device = sw_backend_has_device("/dev"),
                                       .software = software != NULL && (strcmp(software, "1") == 0 || strcmp(software, "true") == 0)};
}
