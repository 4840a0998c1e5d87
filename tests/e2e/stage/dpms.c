/* SPDX-License-Identifier: EUPL-1.2 */
/* Preloaded: screens that can be switched, for X servers that have none (Xvfb and Xorg's dummy driver know no DPMS). What libXext would do
 * is done to the file that SW_DPMS names, which the test reads and writes too: bytes level (0 on .. 3 off), enabled, and how often it was
 * set. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct screens {
    unsigned char level, enabled, times, set;
};

static volatile struct screens *screens; /* of the process' life: an interposed function has no other place */

/* Before the fence is raised. */
__attribute__((constructor)) static void open_screens(void)
{
    const char *path = getenv("SW_DPMS");
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *memory = fd >= 0 ? mmap(NULL, sizeof *screens, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (memory == MAP_FAILED)
        abort();
    screens = memory;
    (void)close(fd);
}

static int exists(void *display, int *event, int *error)
{
    *event = *error = 0;
    return display != NULL;
}

static int capable(void *display) { return display != NULL; }

static int info(void *display, unsigned short *level, unsigned char *enabled)
{
    *level = screens->level;
    *enabled = screens->enabled;
    return display != NULL;
}

static int enable(void *display)
{
    screens->enabled = 1;
    return display != NULL;
}

/* A server refuses it (BadMatch) while DPMS is not enabled, and Xlib ends the program. */
static int force(void *display, unsigned short level)
{
    if (!screens->enabled)
        abort();
    screens->level = (unsigned char)level;
    screens->set++;
    return display != NULL;
}

static int times(void *display, unsigned short standby, unsigned short suspend, unsigned short off)
{
    screens->times = standby != 0 || suspend != 0 || off != 0;
    return display != NULL;
}

static const struct {
    const char *name;
    void (*function)(void);
} ours[] = {
    {"DPMSQueryExtension", (void (*)(void))exists}, {"DPMSCapable", (void (*)(void))capable},
    {"DPMSInfo", (void (*)(void))info},             {"DPMSEnable", (void (*)(void))enable},
    {"DPMSForceLevel", (void (*)(void))force},      {"DPMSSetTimeouts", (void (*)(void))times},
};

void *SDL_LoadFunction(void *library, const char *name);

void *SDL_LoadFunction(void *library, const char *name)
{
    void *(*own)(void *, const char *) = NULL;
    void *symbol = NULL;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(ours[i].name, name) == 0)
            memcpy(&symbol, &ours[i].function, sizeof symbol);
    if (symbol != NULL)
        return symbol;
    symbol = dlsym(RTLD_NEXT, "SDL_LoadFunction");
    memcpy(&own, &symbol, sizeof own);
    return own(library, name);
}
