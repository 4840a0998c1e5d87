/* SPDX-License-Identifier: EUPL-1.2 */
/* To be preloaded into the player: what a GPU's driver can do to it. Whenever a frame is shown, and the file that SW_GPU_FAULT names is
 * there, its one word is done and the file removed:
 *   targets   what was drawn into textures is gone, and SDL says so (SDL_RENDER_TARGETS_RESET)
 *   device    all textures are gone, and SDL says so (SDL_RENDER_DEVICE_RESET)
 *   fail      no call that draws succeeds from then on
 *   hang      showing the frame never ends
 *   crash     showing the frame ends the process */
#include <SDL.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void (*function)(void);

static bool failing;

static function real(const char *name)
{
    void *address = dlsym(RTLD_NEXT, name);
    function found = NULL;
    memcpy(&found, &address, sizeof found);
    return found;
}

static function gl(const char *name)
{
    void *address = SDL_GL_GetProcAddress(name);
    function found = NULL;
    memcpy(&found, &address, sizeof found);
    return found;
}

static void push(Uint32 type)
{
    SDL_Event event = {.type = type};
    (void)SDL_PushEvent(&event);
}

static void lose_device(void)
{
    void (*delete_textures)(int count, const unsigned *names) = (void (*)(int, const unsigned *))gl("glDeleteTextures");
    for (unsigned name = 1; name < 4000; name++)
        delete_textures(1, &name);
    push(SDL_RENDER_DEVICE_RESET);
}

/* In the colour that SDL clears with; SDL's notion of OpenGL's state stays true. */
static void lose_targets(void)
{
    enum { FRAMEBUFFER = 0x8D40, BOUND = 0x8CA6, SCISSOR = 0x0C11, COLOURS = 0x4000 };
    void (*get)(unsigned what, int *value) = (void (*)(unsigned, int *))gl("glGetIntegerv");
    void (*bind)(unsigned kind, unsigned name) = (void (*)(unsigned, unsigned))gl("glBindFramebuffer");
    void (*clear)(unsigned mask) = (void (*)(unsigned))gl("glClear");
    void (*disable)(unsigned what) = (void (*)(unsigned))gl("glDisable");
    void (*enable)(unsigned what) = (void (*)(unsigned))gl("glEnable");
    unsigned char (*enabled)(unsigned what) = (unsigned char (*)(unsigned))gl("glIsEnabled");
    unsigned char (*exists)(unsigned name) = (unsigned char (*)(unsigned))gl("glIsFramebuffer");
    bool cut = enabled(SCISSOR) != 0;
    int bound = 0;
    get(BOUND, &bound);
    disable(SCISSOR);
    for (unsigned name = 1; name < 200; name++) {
        if (!exists(name))
            continue;
        bind(FRAMEBUFFER, name);
        clear(COLOURS);
    }
    bind(FRAMEBUFFER, (unsigned)bound);
    if (cut)
        enable(SCISSOR);
    push(SDL_RENDER_TARGETS_RESET);
}

static void act(const char *word)
{
    if (strcmp(word, "targets") == 0)
        lose_targets();
    else if (strcmp(word, "device") == 0)
        lose_device();
    else if (strcmp(word, "fail") == 0)
        failing = true;
    else if (strcmp(word, "hang") == 0)
        for (;;)
            pause();
    else if (strcmp(word, "crash") == 0)
        abort();
}

void SDL_RenderPresent(SDL_Renderer *renderer)
{
    void (*present)(SDL_Renderer *) = (void (*)(SDL_Renderer *))real("SDL_RenderPresent");
    const char *path = getenv("SW_GPU_FAULT");
    char word[32] = "";
    FILE *file = path != NULL ? fopen(path, "r") : NULL;
    present(renderer);
    if (file == NULL)
        return;
    bool read = fgets(word, sizeof word, file) != NULL;
    (void)fclose(file);
    if (read && unlink(path) == 0)
        act(word);
}

int SDL_SetRenderTarget(SDL_Renderer *renderer, SDL_Texture *texture)
{
    int (*set)(SDL_Renderer *, SDL_Texture *) = (int (*)(SDL_Renderer *, SDL_Texture *))real("SDL_SetRenderTarget");
    return failing ? SDL_SetError("so the test wants it") : set(renderer, texture);
}
