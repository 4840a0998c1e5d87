/* SPDX-License-Identifier: EUPL-1.2 */
/* Stands in for schauwand-player: `fake-player COMMAND [--safe] [--without-gpu] FOLDER`. What it does stands in FOLDER/script, one
 * line for each start (the last one for all further), words apart by spaces:
 *   beat           one heartbeat              live      heartbeats until TERM, then status 0
 *   good           says that all is well      hang      sleeps for ever, TERM and ABRT ignored
 *   svg, picture   needs that worker          worker    waits for a worker's end (none yet taken)
 *   gone           waits until that end dies  nonsense  sends what is no message of the link
 *   crash          dies by SIGSEGV            exit:N    ends with status N
 *   gpu            says that it draws with the GPU
 * What it has done it writes to FOLDER/log. */
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
    const char *folder;
    int worker;
};

static void note(const struct fake *fake, const char *format, ...) SW_PRINTF(2, 3);

static void note(const struct fake *fake, const char *format, ...)
{
    char path[512];
    snprintf(path, sizeof path, "%s/log", fake->folder);
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
    poll(&poller, 1, -1);
    if (sw_link_receive(SW_LINK_FD, &message, &fake->worker) != SW_MESSAGE_OK)
        exit(7);
    note(fake, "worker %d\n", (int)message.peer);
}

static void await_death(struct fake *fake)
{
    struct pollfd poller = {.fd = fake->worker, .events = 0};
    poll(&poller, 1, -1);
    note(fake, "gone\n");
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
    else if (strncmp(word, "exit:", 5) == 0)
        exit((int)strtol(word + 5, NULL, 10));
    else if (strcmp(word, "nonsense") == 0 && sw_message_send(SW_LINK_FD, "nonsense", 8, -1) != SW_MESSAGE_OK)
        exit(6);
}

static const char *option_of(int count, char **arguments, const char *option)
{
    for (int i = 2; i < count - 1; i++)
        if (strcmp(arguments[i], option) == 0)
            return option;
    return "";
}

/* How often a player was started here before. */
static int starts_before(const struct fake *fake)
{
    char path[512], line[512];
    int count = 0;
    snprintf(path, sizeof path, "%s/log", fake->folder);
    FILE *log = fopen(path, "r");
    while (log != NULL && fgets(line, sizeof line, log) != NULL)
        count += strncmp(line, "start ", 6) == 0;
    if (log != NULL)
        fclose(log);
    return count;
}

int main(int count, char **arguments)
{
    struct fake fake = {.folder = arguments[count - 1], .worker = -1};
    char path[512], line[512] = "", next[512];
    int number = starts_before(&fake);
    note(&fake, "start %ld %s%s %s\n", (long)getpid(), option_of(count, arguments, "--safe"), option_of(count, arguments, "--without-gpu"),
         arguments[1]);
    if (!sw_link_present())
        return 5;
    snprintf(path, sizeof path, "%s/script", fake.folder);
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
