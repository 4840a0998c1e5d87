/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/tick.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DURATION_MAX (366 * 24 * SW_HOUR)

static const struct unit {
    const char *text;
    int64_t duration;
} units[] = {{"d", 24 * SW_HOUR}, {"h", SW_HOUR}, {"m", SW_MINUTE}, {"s", SW_SECOND}, {"ms", SW_MS}};

static int64_t clock_now(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * SW_SECOND + now.tv_nsec / 1000;
}

sw_tick sw_tick_now(void)
{
    return clock_now(CLOCK_MONOTONIC);
}

sw_instant sw_instant_now(void)
{
    return clock_now(CLOCK_REALTIME);
}

bool sw_duration_parse(const char *text, int64_t *out)
{
    int64_t sum = 0;
    size_t next_unit = 0; /* the largest that may still come */
    if (text == NULL || *text == '\0') {
        return false;
    }
    while (*text != '\0') {
        int64_t number = 0;
        const char *digits = text;
        for (; *text >= '0' && *text <= '9'; text++) {
            number = number * 10 + (*text - '0');
            if (number > DURATION_MAX) {
                return false;
            }
        }
        size_t letters = strspn(text, "dhms");
        size_t unit = next_unit;
        while (unit < SW_COUNT(units) && (strlen(units[unit].text) != letters || strncmp(text, units[unit].text, letters) != 0)) {
            unit++;
        }
        if (text == digits || unit == SW_COUNT(units) || number > DURATION_MAX / units[unit].duration) {
            return false;
        }
        sum += number * units[unit].duration;
        next_unit = unit + 1;
        text += letters;
    }
    if (sum > DURATION_MAX) {
        return false;
    }
    *out = sum;
    return true;
}

const char *sw_duration_text(int64_t duration, char *out, size_t capacity)
{
    size_t length = 0;
    if (duration < SW_MS) {
        snprintf(out, capacity, "0s");
        return out;
    }
    out[0] = '\0';
    for (size_t i = 0; i < SW_COUNT(units); i++) {
        int64_t number = duration / units[i].duration;
        duration %= units[i].duration;
        if (number > 0 && length < capacity) {
            length += (size_t)snprintf(out + length, capacity - length, "%lld%s", (long long)number, units[i].text);
        }
    }
    return out;
}
