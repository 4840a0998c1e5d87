/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads pixels of an X server's screen, where no framebuffer file can be mapped. Lines on standard input:
 *   size            answers "ok WIDTH HEIGHT", of the screen now
 *   grab X Y W H    answers "ok W H" and W * H pixels of 4 bytes: blue, green, red, unused; "outside" if that is not all on the screen
 *   pointer         answers "ok N", N pixels of the pointer being visible
 *   saver           answers "ok STATE IDLE": whether the screen saver is on (1) or not (0), and milliseconds since the last input
 * Ends at the end of its input. The display is that of DISPLAY. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/Xfixes.h>
#include <X11/extensions/scrnsaver.h>

/* The screen's size at this moment: Xlib's own notion is that of the connection's start, outputs may have been switched on since. */
static void size(Display *display, unsigned *width, unsigned *height)
{
    Window root;
    int x, y;
    unsigned border, depth;
    XGetGeometry(display, DefaultRootWindow(display), &root, &x, &y, width, height, &border, &depth);
}

static void grab(Display *display, int x, int y, unsigned width, unsigned height)
{
    unsigned all_width, all_height;
    size(display, &all_width, &all_height);
    if (x < 0 || y < 0 || width < 1 || height < 1 || width > all_width || height > all_height || (unsigned)x > all_width - width ||
        (unsigned)y > all_height - height) {
        puts("outside");
        return;
    }
    XImage *image = XGetImage(display, DefaultRootWindow(display), x, y, width, height, AllPlanes, ZPixmap);
    if (image == NULL || image->bits_per_pixel != 32 || image->byte_order != LSBFirst) {
        fputs("x-grab: no image of 32 bits a pixel\n", stderr);
        exit(1);
    }
    printf("ok %u %u\n", width, height);
    for (unsigned row = 0; row < height; row++)
        fwrite(image->data + (size_t)row * (size_t)image->bytes_per_line, 4, width, stdout);
    XDestroyImage(image);
}

static void pointer(Display *display)
{
    XFixesCursorImage *image = XFixesGetCursorImage(display);
    int visible = 0;
    for (int i = 0; image != NULL && i < image->width * image->height; i++)
        visible += (image->pixels[i] >> 24 & 255) != 0;
    printf("ok %d\n", visible);
    XFree(image);
}

static void saver(Display *display)
{
    XScreenSaverInfo info = {.idle = 0};
    if (XScreenSaverQueryInfo(display, DefaultRootWindow(display), &info) == 0)
        puts("none");
    else
        printf("ok %d %lu\n", info.state == ScreenSaverOn, info.idle);
}

int main(void)
{
    Display *display = XOpenDisplay(NULL);
    if (display == NULL) {
        fputs("x-grab: no display\n", stderr);
        return 1;
    }
    char line[128];
    while (fgets(line, sizeof line, stdin) != NULL) {
        int x, y;
        unsigned width, height;
        if (sscanf(line, "grab %d %d %u %u", &x, &y, &width, &height) == 4) {
            grab(display, x, y, width, height);
        } else if (strcmp(line, "size\n") == 0) {
            size(display, &width, &height);
            printf("ok %u %u\n", width, height);
        } else if (strcmp(line, "pointer\n") == 0) {
            pointer(display);
        } else if (strcmp(line, "saver\n") == 0) {
            saver(display);
        } else {
            fprintf(stderr, "x-grab: not understood: %s", line);
            return 2;
        }
        fflush(stdout);
    }
    XCloseDisplay(display);
    return 0;
}
