/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <math.h>

#include "player/check/judge.h"

#define WORDS_PER_MINUTE 180
#define FAULT_BELOW 155.0 /* of the distance: ISO 9241-303, as in ASR A6 */
#define WARN_BELOW 110.0

static double linear(uint32_t channel)
{
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour)
{
    return 0.2126 * linear(colour >> 16 & 0xff) + 0.7152 * linear(colour >> 8 & 0xff) + 0.0722 * linear(colour & 0xff);
}

double sw_judge_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

uint32_t sw_judge_blend(uint32_t over, uint32_t ground)
{
    uint32_t alpha = over >> 24, blended = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
        uint32_t mixed = ((over >> shift & 0xff) * alpha + (ground >> shift & 0xff) * (255 - alpha) + 127) / 255;
        blended = blended << 8 | mixed;
    }
    return blended;
}

size_t sw_judge_words(const char *text)
{
    size_t words = 0;
    bool counted = false;
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == ' ' || byte == '\n' || byte == '\t')
            counted = false;
        else if (!counted && (isalnum(byte) || (byte >= 0xc3 && byte != 0xe2))) { /* no bytes within characters, no-break spaces, dashes */
            counted = true;
            words++;
        }
    }
    return words;
}

int64_t sw_judge_reading(size_t words) { return (int64_t)words * SW_MINUTE / WORDS_PER_MINUTE; }

bool sw_judge_letters(double capital_mm, double distance_mm, enum sw_severity *severity)
{
    *severity = capital_mm < distance_mm / FAULT_BELOW ? SW_ERROR : SW_WARNING;
    return capital_mm < distance_mm / WARN_BELOW;
}
