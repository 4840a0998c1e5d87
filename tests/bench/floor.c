/* SPDX-License-Identifier: EUPL-1.2 */
/* The least that a program on this machine must do, to measure the player by: one thread, one borderless window of shared memory, nothing
 * between pixman and the X server.
 *
 *   bench-floor fade WIDTH HEIGHT SECONDS    cross-fades two pictures at 60 frames a second, without end where SECONDS is 0
 *   bench-floor frames WIDTH HEIGHT COUNT    the same as fast as it goes: "blend MS put MS" a frame, the medians
 *   bench-floor band WIDTH HEIGHT SECONDS    brings only a moving band of 80 rows, at 60 frames a second
 *   bench-floor picture FILE.jpg             shows a picture
 *   bench-floor empty                        shows a field of colour 0000FF: exec and the server alone */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <jpeglib.h>
#include <pixman.h>

enum { HZ = 60, FADE_FRAMES = 250, BAND = 80, COUNT_MAX = 10000 };

struct window {
    Display *display;
    Window window;
    GC gc;
    XImage *image;
    XShmSegmentInfo segment;
    int width, height;
};
struct fade {
    pixman_image_t *pictures[2], *screen;
};

static void fail(const char *what)
{
    fprintf(stderr, "bench-floor: %s\n", what);
    exit(2);
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void open_window(struct window *window, int width, int height)
{
    Display *display = window->display = XOpenDisplay(NULL);
    if (display == NULL)
        fail("no display");
    int screen = DefaultScreen(display);
    XSetWindowAttributes attributes = {.override_redirect = True};
    window->width = width;
    window->height = height;
    window->window = XCreateWindow(display, DefaultRootWindow(display), 0, 0, (unsigned)width, (unsigned)height, 0, CopyFromParent,
                                   InputOutput, CopyFromParent, CWOverrideRedirect, &attributes);
    window->gc = XCreateGC(display, window->window, 0, NULL);
    window->image = XShmCreateImage(display, DefaultVisual(display, screen), (unsigned)DefaultDepth(display, screen), ZPixmap, NULL,
                                    &window->segment, (unsigned)width, (unsigned)height);
    if (window->image == NULL)
        fail("no shared image");
    window->segment.shmid = shmget(IPC_PRIVATE, (size_t)window->image->bytes_per_line * (size_t)height, IPC_CREAT | 0600);
    window->segment.shmaddr = window->image->data = window->segment.shmid >= 0 ? shmat(window->segment.shmid, NULL, 0) : NULL;
    if (window->image->data == NULL || window->image->data == (char *)-1 || !XShmAttach(display, &window->segment))
        fail("no shared memory");
    XMapRaised(display, window->window);
    XSync(display, False);
    shmctl(window->segment.shmid, IPC_RMID, NULL);
}

static void put(const struct window *window, int y, int height)
{
    XShmPutImage(window->display, window->window, window->gc, window->image, 0, y, 0, y, (unsigned)window->width, (unsigned)height, False);
    XSync(window->display, False);
}

static pixman_image_t *noise(int width, int height, uint32_t seed)
{
    pixman_image_t *image = pixman_image_create_bits(PIXMAN_x8r8g8b8, width, height, NULL, 0);
    uint32_t *pixels = image != NULL ? pixman_image_get_data(image) : NULL;
    if (pixels == NULL)
        fail("no memory");
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++)
        pixels[i] = (seed = seed * 1664525u + 1013904223u) | 0xff000000u;
    return image;
}

static void open_fade(struct fade *fade, const struct window *window)
{
    fade->pictures[0] = noise(window->width, window->height, 1);
    fade->pictures[1] = noise(window->width, window->height, 2);
    fade->screen = pixman_image_create_bits_no_clear(PIXMAN_x8r8g8b8, window->width, window->height,
                                                     (uint32_t *)(void *)window->image->data, window->image->bytes_per_line);
}

static void blend(const struct fade *fade, const struct window *window, int frame, int y, int height)
{
    int turn = frame / FADE_FRAMES;
    pixman_color_t share = {.alpha = (uint16_t)((frame % FADE_FRAMES + 1) * 65535 / (FADE_FRAMES + 1))};
    pixman_image_t *mask = pixman_image_create_solid_fill(&share);
    pixman_image_composite32(PIXMAN_OP_SRC, fade->pictures[turn % 2], NULL, fade->screen, 0, y, 0, 0, 0, y, window->width, height);
    pixman_image_composite32(PIXMAN_OP_OVER, fade->pictures[(turn + 1) % 2], mask, fade->screen, 0, y, 0, 0, 0, y, window->width, height);
    pixman_image_unref(mask);
}

static void sleep_until(double ms)
{
    struct timespec until = {.tv_sec = (time_t)(ms / 1e3)};
    until.tv_nsec = (long)((ms - (double)until.tv_sec * 1e3) * 1e6);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) != 0)
        continue;
}

static void run_fade(int width, int height, double seconds, bool band)
{
    struct window window = {.display = NULL};
    struct fade fade;
    open_window(&window, width, height);
    open_fade(&fade, &window);
    blend(&fade, &window, 0, 0, height);
    put(&window, 0, height);
    double began = now_ms();
    for (int frame = 0; seconds <= 0 || frame < seconds * HZ; frame++) {
        sleep_until(began + frame * 1000.0 / HZ);
        blend(&fade, &window, frame, band ? height - BAND : 0, band ? BAND : height);
        put(&window, band ? height - BAND : 0, band ? BAND : height);
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void run_frames(int width, int height, int count)
{
    static double blends[COUNT_MAX], puts_[COUNT_MAX];
    struct window window = {.display = NULL};
    struct fade fade;
    if (count < 1 || count > COUNT_MAX)
        fail("1 to 10000 frames");
    open_window(&window, width, height);
    open_fade(&fade, &window);
    for (int i = 0; i < count; i++) {
        double a = now_ms();
        blend(&fade, &window, i, 0, height);
        double b = now_ms();
        put(&window, 0, height);
        blends[i] = b - a;
        puts_[i] = now_ms() - b;
    }
    qsort(blends, (size_t)count, sizeof *blends, compare);
    qsort(puts_, (size_t)count, sizeof *puts_, compare);
    printf("blend %.3f put %.3f\n", blends[count / 2], puts_[count / 2]);
}

static void run_picture(const char *path)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct window window = {.display = NULL};
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail("the picture cannot be read");
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_stdio_src(&jpeg, file);
    jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = JCS_EXT_BGRX;
    jpeg_start_decompress(&jpeg);
    open_window(&window, (int)jpeg.output_width, (int)jpeg.output_height);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row[1] = {(JSAMPROW)(void *)(window.image->data + (size_t)window.image->bytes_per_line * jpeg.output_scanline)};
        jpeg_read_scanlines(&jpeg, row, 1);
    }
    put(&window, 0, window.height);
    pause();
}

static void run_empty(void)
{
    struct window window = {.display = NULL};
    open_window(&window, 1920, 1080);
    for (size_t i = 0; i < (size_t)window.image->bytes_per_line * 1080 / 4; i++)
        memcpy(window.image->data + 4 * i, &(uint32_t){0xff0000ffu}, 4);
    put(&window, 0, 1080);
    pause();
}

int main(int argc, char **argv)
{
    int width = argc == 5 ? (int)strtol(argv[2], NULL, 10) : 0, height = argc == 5 ? (int)strtol(argv[3], NULL, 10) : 0;
    bool sized = width >= 1 && height >= BAND && width <= 16384 && height <= 16384;
    if (sized && (strcmp(argv[1], "fade") == 0 || strcmp(argv[1], "band") == 0))
        run_fade(width, height, strtod(argv[4], NULL), strcmp(argv[1], "band") == 0);
    else if (sized && strcmp(argv[1], "frames") == 0)
        run_frames(width, height, (int)strtol(argv[4], NULL, 10));
    else if (argc == 3 && strcmp(argv[1], "picture") == 0)
        run_picture(argv[2]);
    else if (argc == 2 && strcmp(argv[1], "empty") == 0)
        run_empty();
    else
        fail("fade|band WIDTH HEIGHT SECONDS, frames WIDTH HEIGHT COUNT, picture FILE.jpg, empty");
    return 0;
}
