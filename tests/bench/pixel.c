/* SPDX-License-Identifier: EUPL-1.2 */
/* Watches one pixel of any X server's screen: bench-pixel X Y
 * "MICROSECONDS RRGGBB" at each change, by the monotonic clock, from the first look on, until its standard input ends. A look is a round
 * trip to the server through shared memory; between two lie 0.3 ms. */
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>

static void fail(const char *what)
{
    fprintf(stderr, "bench-pixel: %s\n", what);
    exit(2);
}

static long long now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static XImage *shared_pixel(Display *display, XShmSegmentInfo *segment)
{
    int screen = DefaultScreen(display);
    unsigned depth = (unsigned)DefaultDepth(display, screen);
    XImage *image = XShmCreateImage(display, DefaultVisual(display, screen), depth, ZPixmap, NULL, segment, 1, 1);
    if (image == NULL)
        fail("no shared image");
    segment->shmid = shmget(IPC_PRIVATE, (size_t)image->bytes_per_line, IPC_CREAT | 0600);
    segment->shmaddr = image->data = segment->shmid >= 0 ? shmat(segment->shmid, NULL, 0) : NULL;
    if (image->data == NULL || image->data == (char *)-1 || !XShmAttach(display, segment))
        fail("no shared memory");
    XSync(display, False);
    shmctl(segment->shmid, IPC_RMID, NULL);
    return image;
}

int main(int argc, char **argv)
{
    Display *display = XOpenDisplay(NULL);
    if (argc != 3 || display == NULL)
        fail(display == NULL ? "no display" : "bench-pixel X Y");
    int x = (int)strtol(argv[1], NULL, 10), y = (int)strtol(argv[2], NULL, 10);
    XShmSegmentInfo segment = {0};
    XImage *image = shared_pixel(display, &segment);
    unsigned long before = ~0ul;
    struct pollfd input = {.fd = 0, .events = POLLIN};
    while (poll(&input, 1, 0) == 0) {
        if (!XShmGetImage(display, DefaultRootWindow(display), image, x, y, AllPlanes))
            fail("no image");
        unsigned long now = XGetPixel(image, 0, 0) & 0xffffff;
        if (now != before) {
            printf("%lld %06lx\n", now_us(), now);
            fflush(stdout);
        }
        before = now;
        struct timespec pause = {.tv_nsec = 300000};
        nanosleep(&pause, NULL);
    }
    XCloseDisplay(display);
    return 0;
}
