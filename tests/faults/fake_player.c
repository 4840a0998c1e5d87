/* SPDX-License-Identifier: EUPL-1.2 */
/* Stands in for schauwand-player: `fake-player COMMAND ... FOLDER`, and under the name schauwand-courier for courier (`play`) and follower
 * (`follow`). FOLDER may stand behind "https://". What it does stands in FOLDER/script, script.courier or script.follow, one line for each
 * start (the last one for all further), words apart by spaces:
 *   beat           one heartbeat              live      heartbeats until TERM, then status 0
 *   good           says that all is well      hang      sleeps for ever, TERM and ABRT ignored
 *   svg, picture   needs that worker          worker    waits for a worker's end (none yet taken)
 *   video:N        needs the video worker N
 *   gone           waits until that end dies  nonsense  sends what is no message of the link
 *   crash          dies by SIGSEGV            exit:N    ends with status N
 *   gpu            says that it draws with the GPU
 *   sources:N      wants the sources of generation N
 *   plays:N        says that generation N plays
 *   tries:N        says that it is about to load generation N
 *   await:N        waits for an end to peer N (base/link.h); any other that comes is shut
 *   say:TEXT       says TEXT over that end   hear      waits for what is said there, or that it is shut
 *   flood          heartbeats as fast as it can, for ever
 * What it has done it writes to FOLDER/log, log.courier or log.follow. */
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/link.h"
#include "base/must.h"

struct fake {
    const char *folder, *suffix;
    int worker; /* the end that was taken last */
};

static void note(const struct fake *fake, const char *format, ...) SW_PRINTF(2, 3);

static void note(const struct fake *fake, const char *format, ...)
{
    char path[512];
    snprintf(path, sizeof path, "%s/log%s", fake->folder, fake->suffix);
    FILE *log = fopen(path, "a");
    if (log == NULL)
        exit(9);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(log, format, arguments);
    va_end(arguments);
    fclose(log);
}

static void rest(int milliseconds)
{
    nanosleep(&(struct timespec){.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L}, NULL);
}

_Noreturn static void end_well(int signal)
{
    (void)signal;
    _exit(0);
}

static void say(enum sw_link_type type, enum sw_link_peer worker)
{
    if (sw_link_send(SW_LINK_FD, (struct sw_link_message){.type = type, .peer = worker}, -1) != SW_MESSAGE_OK)
        exit(8);
}

static void live(void)
{
    signal(SIGTERM, end_well);
    for (;;) {
        sw_link_heartbeat(SW_LINK_FD);
        rest(100);
    }
}

static void hang(void)
{
    signal(SIGTERM, SIG_IGN);
    signal(SIGABRT, SIG_IGN);
    for (;;)
        rest(10000);
}

static void take_worker(struct fake *fake)
{
    struct pollfd poller = {.fd = SW_LINK_FD, .events = POLLIN};
    struct sw_link_message message;
    do { /* somebody on this machine may ask the wall that plays */
        poll(&poller, 1, -1);
        if (sw_link_receive(SW_LINK_FD, &message, &fake->worker) != SW_MESSAGE_OK)
            exit(7);
    } while (message.peer == SW_LINK_CONTROL && close(fake->worker) == 0);
    if (message.peer == SW_LINK_VIDEO)
        note(fake, "video %ld\n", (long)message.number);
    else
        note(fake, "worker %d\n", (int)message.peer);
}

static void await_death(struct fake *fake)
{
    struct pollfd poller = {.fd = fake->worker, .events = 0};
    poll(&poller, 1, -1);
    note(fake, "gone\n");
}

static void say_number(enum sw_link_type type, const char *number)
{
    struct sw_link_message message = {
        .type = type, .peer = type == SW_LINK_NEED ? SW_LINK_VIDEO : SW_LINK_PICTURE, .number = strtol(number, NULL, 10)};
    if (sw_link_send(SW_LINK_FD, message, -1) != SW_MESSAGE_OK)
        exit(8);
}

static void await_end(struct fake *fake, long wanted)
{
    struct pollfd poller = {.fd = SW_LINK_FD, .events = POLLIN};
    struct sw_link_message message = {.type = SW_LINK_HEARTBEAT};
    do {
        if (fake->worker >= 0)
            close(fake->worker);
        fake->worker = -1;
        while (poll(&poller, 1, 100) == 0)
            sw_link_heartbeat(SW_LINK_FD);
        if (sw_link_receive(SW_LINK_FD, &message, &fake->worker) != SW_MESSAGE_OK)
            exit(7);
    } while ((long)message.peer != wanted);
    note(fake, "end %ld\n", wanted);
}

static void hear(const struct fake *fake)
{
    struct pollfd poller = {.fd = fake->worker, .events = POLLIN};
    char text[64];
    size_t length = 0;
    int fd = -1;
    while (poll(&poller, 1, 100) == 0)
        sw_link_heartbeat(SW_LINK_FD);
    if (sw_message_receive(fake->worker, text, sizeof text, &length, &fd) == SW_MESSAGE_OK)
        note(fake, "hear %.*s\n", (int)length, text);
    else
        note(fake, "shut\n");
}

_Noreturn static void flood(void)
{
    for (;;)
        sw_link_heartbeat(SW_LINK_FD);
}

static void act(struct fake *fake, const char *word)
{
    if (strcmp(word, "beat") == 0)
        say(SW_LINK_HEARTBEAT, SW_LINK_PICTURE);
    else if (strcmp(word, "good") == 0)
        say(SW_LINK_GOOD, SW_LINK_PICTURE);
    else if (strcmp(word, "gpu") == 0)
        say(SW_LINK_GPU, SW_LINK_PICTURE);
    else if (strcmp(word, "svg") == 0)
        say(SW_LINK_NEED, SW_LINK_SVG);
    else if (strcmp(word, "picture") == 0)
        say(SW_LINK_NEED, SW_LINK_PICTURE);
    else if (strncmp(word, "video:", 6) == 0)
        say_number(SW_LINK_NEED, word + 6);
    else if (strcmp(word, "worker") == 0)
        take_worker(fake);
    else if (strcmp(word, "gone") == 0)
        await_death(fake);
    else if (strcmp(word, "live") == 0)
        live();
    else if (strcmp(word, "hang") == 0)
        hang();
    else if (strcmp(word, "crash") == 0)
        raise(SIGSEGV);
    else if (strncmp(word, "sources:", 8) == 0)
        say_number(SW_LINK_SOURCES, word + 8);
    else if (strncmp(word, "plays:", 6) == 0)
        say_number(SW_LINK_PLAYS, word + 6);
    else if (strncmp(word, "tries:", 6) == 0)
        say_number(SW_LINK_TRIES, word + 6);
    else if (strncmp(word, "await:", 6) == 0)
        await_end(fake, strtol(word + 6, NULL, 10));
    else if (strncmp(word, "say:", 4) == 0 && sw_message_send(fake->worker, word + 4, strlen(word + 4), -1) != SW_MESSAGE_OK)
        exit(3);
    else if (strcmp(word, "hear") == 0)
        hear(fake);
    else if (strcmp(word, "flood") == 0)
        flood();
    else if (strncmp(word, "exit:", 5) == 0)
        exit((int)strtol(word + 5, NULL, 10));
    else if (strcmp(word, "nonsense") == 0 && sw_message_send(SW_LINK_FD, "nonsense", 8, -1) != SW_MESSAGE_OK)
        exit(6);
}

/* How often it was started here before. */
static int starts_before(const struct fake *fake)
{
    char path[512], line[512];
    int count = 0;
    snprintf(path, sizeof path, "%s/log%s", fake->folder, fake->suffix);
    FILE *log = fopen(path, "r");
    while (log != NULL && fgets(line, sizeof line, log) != NULL)
        count += strncmp(line, "start ", 6) == 0;
    if (log != NULL)
        fclose(log);
    return count;
}

static void note_start(const struct fake *fake, int count, char **arguments)
{
    char line[1024] = "";
    size_t length = 0;
    for (int i = 1; i < count && length < sizeof line; i++)
        length += (size_t)snprintf(line + length, sizeof line - length, " %s", arguments[i]);
    note(fake, "start %ld%s\n", (long)getpid(), line);
}

static struct fake become(int count, char **arguments)
{
    int last = count > 3 && strcmp(arguments[count - 2], "--clips") == 0 ? count - 3 : count - 1; /* `publish` wants more of a check */
    const char *name = strrchr(arguments[0], '/'), *folder = arguments[last], *published = strstr(folder, "://");
    bool player = name == NULL || strcmp(name, "/schauwand-courier") != 0;
    return (struct fake){.folder = published != NULL ? published + 3 : folder,
                         .suffix = player ? "" : strcmp(arguments[1], "follow") == 0 ? ".follow" : ".courier",
                         .worker = -1};
}

int main(int count, char **arguments)
{
    struct fake fake = become(count, arguments);
    char path[512], line[512] = "", next[512];
    int number = starts_before(&fake);
    note_start(&fake, count, arguments);
    if (!sw_link_present())
        return 5;
    snprintf(path, sizeof path, "%s/script%s", fake.folder, fake.suffix);
    FILE *script = fopen(path, "r");
    if (script == NULL)
        return 4;
    for (int i = 0; i <= number && fgets(next, sizeof next, script) != NULL; i++)
        memcpy(line, next, sizeof line);
    fclose(script);
    for (char *rest_of_line, *word = strtok_r(line, " \n", &rest_of_line); word != NULL; word = strtok_r(NULL, " \n", &rest_of_line))
        act(&fake, word);
    return 0;
}
