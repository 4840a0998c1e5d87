/* SPDX-License-Identifier: EUPL-1.2 */
/* usage: x-place TITLE X Y WIDTH HEIGHT: puts the window whose title begins so there, as a window manager or a person with one would. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <X11/Xlib.h>

static bool has_title(Display *display, Window window, const char *title)
{
    char *name = NULL;
    bool has = XFetchName(display, window, &name) != 0 && name != NULL && strncmp(name, title, strlen(title)) == 0;
    if (name != NULL)
        XFree(name);
    return has;
}

int main(int count, char **arguments)
{
    Display *display = XOpenDisplay(NULL);
    Window root, parent, *windows = NULL;
    unsigned window_count = 0, placed = 0;
    if (count != 6 || display == NULL || XQueryTree(display, DefaultRootWindow(display), &root, &parent, &windows, &window_count) == 0)
        return 2;
    for (unsigned i = 0; i < window_count; i++) {
        if (!has_title(display, windows[i], arguments[1]))
            continue;
        XMoveResizeWindow(display, windows[i], (int)strtol(arguments[2], NULL, 10), (int)strtol(arguments[3], NULL, 10),
                          (unsigned)strtoul(arguments[4], NULL, 10), (unsigned)strtoul(arguments[5], NULL, 10));
        placed++;
    }
    XSync(display, False);
    XFree(windows);
    XCloseDisplay(display);
    return placed == 1 ? 0 : 1;
}
