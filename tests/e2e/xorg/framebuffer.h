/* SPDX-License-Identifier: EUPL-1.2 */
/* Xvfb's screen through the file that it keeps it in (-fbdir), which costs the server nothing. For programs that only watch: what goes
 * wrong ends them with status 2 and a line. */
#ifndef SW_TESTS_FRAMEBUFFER_H
#define SW_TESTS_FRAMEBUFFER_H

#include <stddef.h>
#include <stdint.h>

struct framebuffer {
    const uint8_t *pixels; /* blue, green, red, unused; they change while they are read */
    size_t line;           /* bytes */
    int width, height;
};

struct framebuffer framebuffer_open(const char *path);
/* The pixel's four bytes. A place that is not on the screen ends the program. */
const uint8_t *framebuffer_pixel(const struct framebuffer *screen, int x, int y);
/* Microseconds of the monotonic clock. */
int64_t framebuffer_now_us(void);
/* 0.3 ms: between two looks. */
void framebuffer_pause(void);
_Noreturn void framebuffer_fail(const char *what);

#endif
