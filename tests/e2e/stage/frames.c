/* SPDX-License-Identifier: EUPL-1.2 */
/* Watches a wall of the exhibition that changes.py makes, and judges every picture that is presented on it:
 *
 *   frames PLAN SCREEN SERVER CHANGES LOG
 *
 * PLAN: frames_plan.h. SCREEN: the framebuffer file of Xvfb -fbdir. SERVER: the X server's socket. This program opens a display of its own,
 * which is to be the player's, and hands on what player and server say to each other. The player ends each presentation with a
 * question to the server and draws nothing before it has the answer: so before an answer is handed on, the framebuffer holds a whole
 * picture, and is read. No picture is missed and none is read while it changes, however busy the machine is. What changes on the screen
 * without a word to the player is looked at 60 times a second; it counts when it stays, and when no player has been stopped halfway.
 *
 * One zone of the wall moves a strip by 4 pixels a frame and so says which frame each picture is: rows of cells 8 pixels high, white or
 * black, the Gray code of their column in 12 bits, lowest first, the parity of these, and which of two strips it is. LOG gets a line a
 * picture: microseconds, strip, column (0: no code).
 *
 * Says "ready DISPLAY" (a number), then "enough" after CHANGES changes in all zones together and judges no more; ends at SIGTERM with lines
 * "KIND WAY changes N frames N between N black N stale N half N torn N", the same with "zone Z" before it for zones with faults, and
 * "all changes N pictures N zone-pictures N black N stale N half N torn N skipped N leapt N", exit status 1 if there are faults. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "frames_judge.h"

enum { PAIRS_MAX = 16, CHUNK = 65536, LOOK_MS = 16, FAREWELL_MS = 5000, HEAD = 32, FIRST_DISPLAY = 2000, DISPLAYS = 500 };
enum { CODE_BITS = 12, CODE_ROWS = CODE_BITS + 2, CODE_ROW = 8 };

struct screen {
    const uint8_t *bytes;
    size_t size;
    const uint32_t *pixels;
    int width, height, stride; /* pixels */
};
struct picture {
    uint32_t *pixels;
    int strip, column; /* column 0: none */
    int64_t at_us;
};
/* What is known of what a player and the server say to each other. */
struct talk {
    uint64_t said;  /* by the player, bytes */
    bool asked;     /* the player has said something since the last answer */
    bool met;       /* the server has told about itself, which is no message like the others */
    uint8_t head[HEAD]; /* of the server's present message */
    size_t have;
    uint64_t rest; /* of that message, behind its head */
};
struct watch {
    struct plan plan;
    struct screen screen;
    struct picture now, judged, unasked;
    struct judge *judges[ZONES_MAX];
    struct pollfd polls[1 + 2 * PAIRS_MAX]; /* the socket that listens; then player and server in turn */
    struct talk talks[PAIRS_MAX]; /* of each pair */
    int pair_count;
    long pictures, zone_pictures, wanted;
    bool enough;
    FILE *log;
};

static volatile sig_atomic_t ended;

static void end(int number)
{
    (void)number;
    ended = 1;
}

static void fail(const char *text)
{
    perror(text);
    exit(2);
}

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* -- the screen -- */

/* A word of the header of an X window dump. */
static uint32_t word_of(const uint8_t *bytes, int index)
{
    bytes += 4 * index;
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void map_screen(struct screen *screen, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    if (fd < 0 || fstat(fd, &facts) != 0)
        fail(path);
    screen->size = (size_t)facts.st_size;
    screen->bytes = mmap(NULL, screen->size, PROT_READ, MAP_SHARED, fd, 0);
    if (screen->bytes == MAP_FAILED)
        fail("mmap");
    close(fd);
    screen->width = (int)word_of(screen->bytes, 4);
    screen->height = (int)word_of(screen->bytes, 5);
    screen->stride = (int)word_of(screen->bytes, 12) / 4;
    screen->pixels = (const uint32_t *)(const void *)(screen->bytes + word_of(screen->bytes, 0) + 12 * word_of(screen->bytes, 19));
}

static void read_code(const struct watch *watch, struct picture *picture)
{
    int gray = 0, ones = 0, strip = 0, column = 0;
    for (int row = 0; row < CODE_ROWS; row++) {
        int y = watch->plan.clock_y + row * CODE_ROW + CODE_ROW / 2;
        int bit = (picture->pixels[y * watch->screen.width + watch->plan.clock_x] & 0x80) != 0;
        gray |= row < CODE_BITS ? bit << row : 0;
        ones += row <= CODE_BITS ? bit : 0;
        strip = row == CODE_BITS + 1 ? bit : strip;
    }
    for (int bits = gray; bits != 0; bits >>= 1)
        column ^= bits;
    picture->strip = strip;
    picture->column = ones % 2 == 0 ? column : 0;
}

static void take(const struct watch *watch, struct picture *picture)
{
    const struct screen *screen = &watch->screen;
    picture->at_us = now_us();
    for (int y = 0; y < screen->height; y++) {
        const uint32_t *from = screen->pixels + (size_t)screen->stride * (size_t)y;
        uint32_t *to = picture->pixels + (size_t)screen->width * (size_t)y;
        for (int x = 0; x < screen->width; x++)
            to[x] = from[x] & 0xffffff;
    }
    read_code(watch, picture);
}

static bool same(const struct watch *watch, const struct picture *a, const struct picture *b, const struct zone *zone)
{
    for (int y = zone->y; y < zone->y + zone->height; y++) {
        size_t at = (size_t)watch->screen.width * (size_t)y + (size_t)zone->x;
        if (memcmp(a->pixels + at, b->pixels + at, (size_t)zone->width * sizeof *a->pixels) != 0)
            return false;
    }
    return true;
}

static bool same_picture(const struct watch *watch, const struct picture *a, const struct picture *b)
{
    size_t count = (size_t)watch->screen.width * (size_t)watch->screen.height;
    return memcmp(a->pixels, b->pixels, count * sizeof *a->pixels) == 0;
}

/* -- judging -- */

static long changes_of(const struct watch *watch)
{
    long sum = 0;
    for (int i = 0; i < watch->plan.zone_count; i++) {
        const struct tally (*tallies)[WAYS] = judge_tallies(watch->judges[i]);
        for (int k = 0; k < KINDS; k++)
            for (int way = 0; way < WAYS; way++)
                sum += tallies[k][way].changes;
    }
    return sum;
}

/* `now` has been taken. */
static void judge(struct watch *watch)
{
    if (watch->enough || same_picture(watch, &watch->now, &watch->judged))
        return;
    watch->pictures++;
    fprintf(watch->log, "%lld %d %d\n", (long long)watch->now.at_us, watch->now.strip, watch->now.column);
    for (int i = 0; i < watch->plan.zone_count; i++) {
        const struct zone *zone = &watch->plan.zones[i];
        if (same(watch, &watch->now, &watch->judged, zone))
            continue;
        watch->zone_pictures++;
        const uint32_t *pixels = watch->now.pixels + (size_t)watch->screen.width * (size_t)zone->y + zone->x;
        (void)judge_frame(watch->judges[i], pixels, watch->screen.width);
    }
    struct picture before = watch->judged;
    watch->judged = watch->now;
    watch->now = before;
    if (changes_of(watch) >= watch->wanted) {
        watch->enough = true;
        puts("enough");
    }
}

/* The pair that draws: a player has others, for the monitors' power, and asks and waits there at other times. -1: there is none. */
static int painter(const struct watch *watch)
{
    int most = watch->pair_count - 1;
    for (int i = 0; i < watch->pair_count; i++)
        if (watch->talks[i].said > watch->talks[most].said)
            most = i;
    return most;
}

static bool drawing(const struct watch *watch)
{
    int index = painter(watch);
    return index >= 0 && watch->talks[index].asked;
}

/* Nothing was said for a while: has the screen changed all the same, and stayed so since the look before? */
static void look_unasked(struct watch *watch)
{
    if (drawing(watch))
        return;
    take(watch, &watch->now);
    bool stays = same_picture(watch, &watch->now, &watch->unasked);
    memcpy(watch->unasked.pixels, watch->now.pixels,
           (size_t)watch->screen.width * (size_t)watch->screen.height * sizeof *watch->now.pixels);
    if (stays)
        judge(watch);
}

/* -- between the player and the server -- */

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0)
        fail(path);
    return fd;
}

/* At a display that no server has. */
static int listen_at(struct sockaddr_un *address, int *display)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    for (*display = FIRST_DISPLAY; *display < FIRST_DISPLAY + DISPLAYS; (*display)++) {
        (void)snprintf(address->sun_path, sizeof address->sun_path, "/tmp/.X11-unix/X%d", *display);
        if (bind(fd, (const struct sockaddr *)address, sizeof *address) == 0 && listen(fd, PAIRS_MAX) == 0)
            return fd;
    }
    fail("no display is free");
    return -1;
}

static void accept_one(struct watch *watch, const char *server)
{
    int fd = accept(watch->polls[0].fd, NULL, NULL);
    if (fd < 0 || watch->pair_count == PAIRS_MAX)
        fail("accept");
    watch->talks[watch->pair_count] = (struct talk){.said = 0};
    struct pollfd *pair = &watch->polls[1 + 2 * watch->pair_count++];
    pair[0] = (struct pollfd){.fd = fd, .events = POLLIN};
    pair[1] = (struct pollfd){.fd = connect_to(server), .events = POLLIN};
}

/* What the player has said last, and that it has gone, is done when the server closes its end too: until then no picture is whole. */
static void wait_for_server(int fd)
{
    char chunk[4096];
    struct pollfd end = {.fd = fd, .events = POLLIN};
    (void)shutdown(fd, SHUT_WR);
    while (poll(&end, 1, FAREWELL_MS) > 0 && read(fd, chunk, sizeof chunk) > 0) {
    }
}

static void close_pair(struct watch *watch, int index)
{
    struct pollfd *pair = &watch->polls[1 + 2 * index];
    wait_for_server(pair[1].fd);
    close(pair[0].fd);
    close(pair[1].fd);
    watch->pair_count--;
    pair[0] = watch->polls[1 + 2 * watch->pair_count];
    pair[1] = watch->polls[2 + 2 * watch->pair_count];
    watch->talks[index] = watch->talks[watch->pair_count];
}

/* Behind the head of a message of the server: a reply (1) and an event of an extension (35) may have more; the first message has. */
static uint64_t rest_of(struct talk *talk)
{
    uint32_t words = 0;
    if (!talk->met)
        return (uint64_t)(talk->head[6] | talk->head[7] << 8) * 4;
    memcpy(&words, talk->head + 4, sizeof words);
    return talk->head[0] == 1 || (talk->head[0] & 0x7f) == 35 ? (uint64_t)words * 4 : 0;
}

/* Follows the server's messages. True: one of them was an answer; events come at any time and say nothing of a picture. */
static bool hear(struct talk *talk, const uint8_t *bytes, size_t count)
{
    bool answer = false;
    for (size_t i = 0; i < count;) {
        size_t head = talk->met ? HEAD : 8;
        if (talk->have < head) {
            talk->head[talk->have++] = bytes[i++];
            talk->rest = talk->have == head ? rest_of(talk) : 1;
        } else {
            size_t step = talk->rest < count - i ? (size_t)talk->rest : count - i;
            talk->rest -= step;
            i += step;
        }
        if (talk->have < head || talk->rest > 0)
            continue;
        answer = answer || talk->head[0] == 1;
        talk->met = true;
        talk->have = 0;
    }
    return answer;
}

/* From one of a pair to the other; false: one has gone. */
static bool hand_on(struct watch *watch, int index, bool answer)
{
    static char chunk[CHUNK];
    const struct pollfd *pair = &watch->polls[1 + 2 * index];
    int from = pair[answer].fd, to = pair[!answer].fd;
    ssize_t count = read(from, chunk, sizeof chunk);
    if (count <= 0)
        return false;
    struct talk *talk = &watch->talks[index];
    bool answered = answer && hear(talk, (const uint8_t *)chunk, (size_t)count), whole = answered && index == painter(watch);
    talk->asked = answer ? talk->asked && !answered : true;
    talk->said += answer ? 0 : (uint64_t)count;
    if (whole)
        take(watch, &watch->now);
    for (ssize_t done = 0, step; done < count; done += step)
        if ((step = send(to, chunk + done, (size_t)(count - done), MSG_NOSIGNAL)) <= 0)
            return false;
    if (whole)
        judge(watch);
    return true;
}

static void attend(struct watch *watch, const char *server)
{
    int events = poll(watch->polls, (nfds_t)(1 + 2 * watch->pair_count), LOOK_MS);
    if (events == 0)
        look_unasked(watch);
    if (events <= 0)
        return;
    for (int i = watch->pair_count - 1; i >= 0; i--) {
        struct pollfd *pair = &watch->polls[1 + 2 * i];
        bool good = pair[0].revents == 0 || hand_on(watch, i, false);
        good = good && (pair[1].revents == 0 || hand_on(watch, i, true));
        if (!good)
            close_pair(watch, i);
    }
    if (watch->polls[0].revents != 0)
        accept_one(watch, server);
}

/* -- the report -- */

static void add(struct tally *sum, const struct tally *part)
{
    sum->changes += part->changes;
    sum->frames += part->frames;
    sum->between += part->between;
    for (int i = 0; i < FAULTS; i++)
        sum->faults[i] += part->faults[i];
}

static void print_faults(const struct tally *tally)
{
    for (int i = FAULT_BLACK; i < FAULTS; i++)
        printf(" %s %ld", judge_fault((enum fault)i), tally->faults[i]);
}

static bool faulty(const struct tally *tally) { return tally->faults[FAULT_NONE] != tally->frames; }

static void print_tally(int zone, int kind, int way, const struct tally *tally)
{
    if (zone >= 0)
        printf("zone %d ", zone);
    printf("%s %s changes %ld frames %ld between %ld", plan_kind((enum kind)kind), plan_way((enum way)way), tally->changes, tally->frames,
           tally->between);
    print_faults(tally);
    printf("\n");
}

static bool report(const struct watch *watch)
{
    struct tally all = {0}, kinds[KINDS][WAYS] = {0};
    long skipped = 0, leapt = 0;
    for (int i = 0; i < watch->plan.zone_count; i++) {
        const struct tally (*tallies)[WAYS] = judge_tallies(watch->judges[i]);
        for (int k = 0; k < KINDS * WAYS; k++) {
            add(&kinds[k / WAYS][k % WAYS], &tallies[k / WAYS][k % WAYS]);
            if (faulty(&tallies[k / WAYS][k % WAYS]))
                print_tally(i, k / WAYS, k % WAYS, &tallies[k / WAYS][k % WAYS]);
        }
        skipped += judge_skipped(watch->judges[i]);
        leapt += judge_leapt(watch->judges[i]);
    }
    for (int k = 0; k < KINDS * WAYS; k++) {
        add(&all, &kinds[k / WAYS][k % WAYS]);
        if (kinds[k / WAYS][k % WAYS].frames > 0)
            print_tally(-1, k / WAYS, k % WAYS, &kinds[k / WAYS][k % WAYS]);
    }
    printf("all changes %ld pictures %ld zone-pictures %ld", all.changes, watch->pictures, watch->zone_pictures);
    print_faults(&all);
    printf(" skipped %ld leapt %ld\n", skipped, leapt);
    return !faulty(&all);
}

int main(int argc, char **argv)
{
    static struct watch watch;
    struct sockaddr_un address;
    int display = 0;
    if (argc != 6) {
        fprintf(stderr, "use: frames PLAN SCREEN SERVER CHANGES LOG\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    plan_read(&watch.plan, argv[1]);
    map_screen(&watch.screen, argv[2]);
    watch.wanted = strtol(argv[4], NULL, 10);
    watch.log = fopen(argv[5], "w");
    if (watch.log == NULL)
        fail(argv[5]);
    for (int i = 0; i < watch.plan.zone_count; i++)
        watch.judges[i] = judge_create(&watch.plan, i);
    struct picture *pictures[] = {&watch.now, &watch.judged, &watch.unasked};
    for (int i = 0; i < 3; i++)
        if ((pictures[i]->pixels = calloc((size_t)watch.screen.width * (size_t)watch.screen.height, sizeof(uint32_t))) == NULL)
            fail("memory");
    watch.polls[0] = (struct pollfd){.fd = listen_at(&address, &display), .events = POLLIN};
    signal(SIGTERM, end);
    printf("ready %d\n", display);
    while (!ended)
        attend(&watch, argv[3]);
    fclose(watch.log);
    unlink(address.sun_path);
    return report(&watch) ? 0 : 1;
}
