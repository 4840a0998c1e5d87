/* SPDX-License-Identifier: EUPL-1.2 */
/* Plants faults: patch X Y WIDTH HEIGHT RRGGBB ... covers places of the screen with windows of one colour, says "ready", and stays. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <X11/Xlib.h>

int main(int argc, char **argv)
{
    Display *display = XOpenDisplay(NULL);
    if (display == NULL || argc < 6 || (argc - 1) % 5 != 0) {
        fprintf(stderr, "use, with a display: patch X Y WIDTH HEIGHT RRGGBB ...\n");
        return 2;
    }
    for (char **place = argv + 1; place + 5 <= argv + argc; place += 5) {
        XSetWindowAttributes attributes = {.override_redirect = True, .background_pixel = strtoul(place[4], NULL, 16)};
        Window window = XCreateWindow(display, DefaultRootWindow(display), (int)strtol(place[0], NULL, 10), (int)strtol(place[1], NULL, 10),
                                      (unsigned)strtoul(place[2], NULL, 10), (unsigned)strtoul(place[3], NULL, 10), 0, CopyFromParent,
                                      InputOutput, NULL, CWOverrideRedirect | CWBackPixel, &attributes);
        XMapRaised(display, window);
    }
    XSync(display, False);
    puts("ready");
    fflush(stdout);
    for (;;)
        pause();
}
