/* SPDX-License-Identifier: EUPL-1.2 */
/* Fingers for Xorg's inputtest driver. One process for the whole life of a server: each socket serves one client, and once that is gone the
 * server spins (so stop the server first). Use: touch-inject KEYBOARD_SOCKET NAME=SOCKET:WIDTHxHEIGHT+X+Y...
 * The area is the part of the screen, in pixels, that the device is mapped to. The keyboard is never typed on; it is there for `sync`.
 * Lines on standard input, without an answer unless said:
 *   use NAME                  what follows is for this device; at first the first one
 *   area NAME WxH+X+Y         it has been mapped to another part of the screen
 *   down ID X Y               a finger touches, in pixels of the screen (fractions allowed); ids are the device's own, 0 and up
 *   move ID X Y
 *   up ID
 *   sync                      answers "ok" when the server has processed all events of all devices so far
 * A fault in a line ends the process with a message and status 2; a server that is gone with status 1. */
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <xorg/xf86-input-inputtest-protocol.h>

enum { DEVICES_MAX = 4, FINGERS_MAX = 64, AXIS = 65535, UNUSED_KEY = 255 };
enum { TOUCH_BEGIN = 18, TOUCH_UPDATE = 19, TOUCH_END = 20 }; /* of the XInput 2 protocol */

struct finger {
    bool down;
    uint32_t id;
    double x, y; /* screen pixels */
};
struct device {
    char name[64];
    int socket;
    double x, y, width, height; /* its area of the screen */
    struct finger fingers[FINGERS_MAX];
};
struct injector {
    int keyboard; /* socket */
    struct device devices[DEVICES_MAX];
    int count;
    struct device *current;
};

static void fail(int status, const char *what, const char *which)
{
    fprintf(stderr, "touch-inject: %s: %s\n", what, which);
    exit(status);
}

static void send_all(int socket, const void *bytes, size_t length)
{
    const char *from = bytes;
    while (length > 0) {
        ssize_t sent = send(socket, from, length, MSG_NOSIGNAL);
        if (sent <= 0)
            fail(1, "the server is gone", "send");
        from += sent;
        length -= (size_t)sent;
    }
}

static void receive_all(int socket, void *bytes, size_t length)
{
    char *to = bytes;
    while (length > 0) {
        ssize_t got = recv(socket, to, length, 0);
        if (got <= 0)
            fail(1, "the server is gone", "recv");
        to += got;
        length -= (size_t)got;
    }
}

static void greet(int socket, const char *name)
{
    xf86ITEventClientVersion hello = {{sizeof hello, XF86IT_EVENT_CLIENT_VERSION}, XF86IT_PROTOCOL_VERSION_MAJOR,
                                      XF86IT_PROTOCOL_VERSION_MINOR};
    xf86ITResponseServerVersion answer;
    send_all(socket, &hello, sizeof hello);
    receive_all(socket, &answer, sizeof answer);
    if (answer.header.type != XF86IT_RESPONSE_SERVER_VERSION || answer.major != XF86IT_PROTOCOL_VERSION_MAJOR)
        fail(1, "another version of the protocol", name);
}

static bool read_area(struct device *device, const char *text)
{
    double width, height, x, y;
    char rest;
    if (sscanf(text, "%lfx%lf+%lf+%lf%c", &width, &height, &x, &y, &rest) != 4 || !(width >= 1 && height >= 1))
        return false;
    device->x = x;
    device->y = y;
    device->width = width;
    device->height = height;
    return true;
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        fail(2, "too long", path);
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail(1, "cannot connect", path);
    greet(fd, path);
    return fd;
}

/* NAME=SOCKET:WxH+X+Y */
static void open_device(struct device *device, char *argument)
{
    char *path = strchr(argument, '='), *area = path != NULL ? strrchr(path, ':') : NULL;
    if (area == NULL || !read_area(device, area + 1))
        fail(2, "not NAME=SOCKET:WxH+X+Y", argument);
    *path++ = '\0';
    *area = '\0';
    if (strlen(argument) >= sizeof device->name)
        fail(2, "too long", argument);
    strcpy(device->name, argument);
    device->socket = connect_to(path);
}

/* Where a place of the screen lies on the device's axis of 0..65535 over its area: the server divides its 65536 values evenly. */
static double axis(double place, double start, double length)
{
    double value = (place - start) * (AXIS + 1) / length;
    return value < 0 ? 0 : value > AXIS ? AXIS : value;
}

static void send_touch(const struct device *device, const struct finger *finger, uint32_t type)
{
    xf86ITEventTouch event = {.header = {sizeof event, XF86IT_EVENT_TOUCH}, .touchid = finger->id, .touch_type = type};
    event.valuators.mask[0] = 3;
    event.valuators.valuators[0] = axis(finger->x, device->x, device->width);
    event.valuators.valuators[1] = axis(finger->y, device->y, device->height);
    send_all(device->socket, &event, sizeof event);
}

static struct finger *find_finger(struct device *device, uint32_t id)
{
    for (int i = 0; i < FINGERS_MAX; i++)
        if (device->fingers[i].down && device->fingers[i].id == id)
            return &device->fingers[i];
    return NULL;
}

static struct finger *new_finger(struct device *device, uint32_t id)
{
    for (int i = 0; i < FINGERS_MAX; i++)
        if (!device->fingers[i].down) {
            device->fingers[i] = (struct finger){.down = true, .id = id};
            return &device->fingers[i];
        }
    fail(2, "too many fingers", device->name);
    return NULL;
}

static void touch(struct device *device, const char *line, const char *verb, uint32_t id, double x, double y)
{
    struct finger *finger = find_finger(device, id);
    bool begins = strcmp(verb, "down") == 0;
    if (begins != (finger == NULL))
        fail(2, begins ? "this finger is down already" : "this finger is not down", line);
    if (begins)
        finger = new_finger(device, id);
    if (strcmp(verb, "up") != 0) {
        finger->x = x;
        finger->y = y;
        send_touch(device, finger, begins ? TOUCH_BEGIN : TOUCH_UPDATE);
        return;
    }
    send_touch(device, finger, TOUCH_END);
    finger->down = false;
}

static struct device *find_device(struct injector *injector, const char *name)
{
    for (int i = 0; i < injector->count; i++)
        if (strcmp(injector->devices[i].name, name) == 0)
            return &injector->devices[i];
    fail(2, "no such device", name);
    return NULL;
}

/* The driver answers when the server next finds its queue of events empty, and it looks only after an event. Where the last one has been
 * dealt with before the request is read, the answer would wait for the next finger. So the server is given events to look at, the release
 * of a key that was never pressed (it tells nobody), until all answers are there. */
static void poke(const struct injector *injector)
{
    const xf86ITEventKey event = {{sizeof event, XF86IT_EVENT_KEY}, UNUSED_KEY, 0};
    send_all(injector->keyboard, &event, sizeof event);
}

static void await_answer(const struct injector *injector, const struct device *device)
{
    struct pollfd wait = {.fd = device->socket, .events = POLLIN};
    for (int pause_ms = 1; poll(&wait, 1, pause_ms) == 0; pause_ms = pause_ms < 50 ? pause_ms * 2 : 50)
        poke(injector);
    xf86ITResponseSyncFinished answer;
    receive_all(device->socket, &answer, sizeof answer);
    if (answer.header.type != XF86IT_RESPONSE_SYNC_FINISHED)
        fail(1, "unexpected answer", device->name);
}

static void synchronise(const struct injector *injector)
{
    const xf86ITEventWaitForSync wait = {{sizeof wait, XF86IT_EVENT_WAIT_FOR_SYNC}};
    for (int i = 0; i < injector->count; i++)
        send_all(injector->devices[i].socket, &wait, sizeof wait);
    for (int i = 0; i < injector->count; i++)
        await_answer(injector, &injector->devices[i]);
    puts("ok");
    fflush(stdout);
}

static void obey(struct injector *injector, const char *line)
{
    char verb[16], text[64];
    uint32_t id;
    double x = 0, y = 0;
    if (strcmp(line, "sync") == 0) {
        synchronise(injector);
    } else if (sscanf(line, "use %63s", text) == 1) {
        injector->current = find_device(injector, text);
    } else if (sscanf(line, "area %15s %63s", verb, text) == 2) {
        if (!read_area(find_device(injector, verb), text))
            fail(2, "not WxH+X+Y", line);
    } else if (sscanf(line, "%15s %u %lf %lf", verb, &id, &x, &y) == 4 && (strcmp(verb, "down") == 0 || strcmp(verb, "move") == 0)) {
        touch(injector->current, line, verb, id, x, y);
    } else if (sscanf(line, "up %u", &id) == 1) {
        touch(injector->current, line, "up", id, 0, 0);
    } else {
        fail(2, "not understood", line);
    }
}

int main(int argc, char **argv)
{
    static struct injector injector;
    if (argc < 3 || argc > DEVICES_MAX + 2)
        fail(2, "use", "touch-inject KEYBOARD_SOCKET NAME=SOCKET:WxH+X+Y...");
    injector.keyboard = connect_to(argv[1]);
    for (int i = 2; i < argc; i++)
        open_device(&injector.devices[injector.count++], argv[i]);
    injector.current = &injector.devices[0];
    char line[256];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0')
            obey(&injector, line);
    }
    return 0;
}
