/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/tick.h"

#define LINE_MAX_BYTES 2048
#define REPEATS_MAX 20
#define SLOTS 128

/* How often one format of one module was written in the minute that began at `since`. */
struct slot {
    uint64_t hash;
    sw_tick since;
    unsigned written, left_out;
};

/* The one piece of mutable state at file scope in the whole program. */
static struct {
    pthread_mutex_t lock;
    const char *role;
    enum sw_log_level most;
    bool bare; /* a terminal reads: no <n> */
    struct slot slots[SLOTS];
} sink = {.lock = PTHREAD_MUTEX_INITIALIZER, .role = "schauwand", .most = SW_LOG_NOTICE};

void sw_log_init(const char *role, enum sw_log_level most)
{
    pthread_mutex_lock(&sink.lock);
    sink.role = role;
    sink.most = most;
    sink.bare = isatty(STDERR_FILENO) == 1;
    memset(sink.slots, 0, sizeof sink.slots);
    pthread_mutex_unlock(&sink.lock);
}

void sw_log_limit(enum sw_log_level most)
{
    pthread_mutex_lock(&sink.lock);
    sink.most = most;
    pthread_mutex_unlock(&sink.lock);
}

/* Whether one more line may be written; *left_out: how many of its kind were not since. Formats that fall into one slot displace each
 * other, which at worst writes more. */
static bool may_write(uint64_t hash, sw_tick now, unsigned *left_out)
{
    struct slot *slot = &sink.slots[hash % SLOTS];
    if (slot->hash != hash || now - slot->since >= SW_MINUTE) {
        *left_out = slot->hash == hash ? slot->left_out : 0;
        *slot = (struct slot){.hash = hash, .since = now};
    }
    if (slot->written >= REPEATS_MAX) {
        slot->left_out++;
        return false;
    }
    slot->written++;
    return true;
}

static size_t clamp(int written, size_t room)
{
    return written < 0 ? 0 : (size_t)written < room ? (size_t)written : room - 1;
}

/* One write a line, so that lines of several processes do not mix. What cannot be written is lost. */
static void write_line(char *line, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F) {
            line[i] = ' ';
        }
    }
    line[length] = '\n';
    ssize_t written = write(STDERR_FILENO, line, length + 1);
    (void)written;
}

static size_t begin_line(char *line, enum sw_log_level level, bool bare, const char *role, const char *module)
{
    size_t length = bare ? 0 : clamp(snprintf(line, LINE_MAX_BYTES, "<%d>", (int)level), LINE_MAX_BYTES);
    return length + clamp(snprintf(line + length, LINE_MAX_BYTES - length, "%s[%s]: ", role, module), LINE_MAX_BYTES - length);
}

static void say(enum sw_log_level level, const char *module, const char *subject, const char *format, va_list arguments)
{
    char line[LINE_MAX_BYTES + 1];
    unsigned left_out = 0;
    uint64_t hash = sw_hash_text(sw_hash_text(sw_hash_text(SW_HASH_START, module), subject), format);
    pthread_mutex_lock(&sink.lock);
    bool wanted = level <= sink.most && may_write(hash, sw_tick_now(), &left_out);
    const char *role = sink.role;
    bool bare = sink.bare;
    pthread_mutex_unlock(&sink.lock);
    if (!wanted) {
        return;
    }
    size_t length = begin_line(line, level, bare, role, module);
    if (left_out > 0) {
        length += clamp(snprintf(line + length, LINE_MAX_BYTES - length, "(%u like this were left out) ", left_out),
                        LINE_MAX_BYTES - length);
    }
    if (subject != NULL) {
        length += clamp(snprintf(line + length, LINE_MAX_BYTES - length, "%s: ", subject), LINE_MAX_BYTES - length);
    }
    length += clamp(vsnprintf(line + length, LINE_MAX_BYTES - length, format, arguments), LINE_MAX_BYTES - length);
    write_line(line, length);
}

void sw_log(enum sw_log_level level, const char *module, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(level, module, NULL, format, arguments);
    va_end(arguments);
}

void sw_log_about(enum sw_log_level level, const char *module, const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(level, module, subject, format, arguments);
    va_end(arguments);
}
