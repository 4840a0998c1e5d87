/* SPDX-License-Identifier: EUPL-1.2 */
/* What the wall is touched by: as the display hands it on, and as the kernel knows it. */
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/doctor/doctor.h"

#define KERNEL_LIST "/proc/bus/input/devices"
#define MT_POSITION_X 0x35 /* linux/input-event-codes.h: where one of several fingers is */
#define PROPERTY_DIRECT 1  /* on a screen, not beside it */

/* Bit `number` of a set as the kernel prints it: words of hexadecimal digits, the lowest last. */
static bool has_bit(const char *words, unsigned number)
{
    unsigned long long set[8] = {0};
    size_t count = 0;
    char *end = NULL;
    for (const char *at = words; count < SW_COUNT(set); at = end) {
        unsigned long long word = strtoull(at, &end, 16);
        if (end == at)
            break;
        set[count++] = word;
    }
    size_t bits = sizeof(long) * 8, index = number / bits; /* its words are as long as ours */
    return index < count && (set[count - 1 - index] >> number % bits & 1) != 0;
}

/* The touch screens among the kernel's devices, one block of lines each. Returns how many. */
static size_t say_kernel(struct sw_doctor *doctor)
{
    FILE *file = fopen(KERNEL_LIST, "re");
    char line[1024], name[128] = "";
    bool direct = false;
    size_t screens = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "N: Name=\"", 9) == 0) {
            (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(line + 9, "\"\n"), line + 9);
            direct = false;
        } else if (strncmp(line, "B: PROP=", 8) == 0) {
            direct = has_bit(line + 8, PROPERTY_DIRECT);
        } else if (strncmp(line, "B: ABS=", 7) == 0 && direct && has_bit(line + 7, MT_POSITION_X)) {
            screens++;
            sw_doctor_say(doctor, SW_DOCTOR_OK, "the kernel has %s", name);
        }
    }
    if (file != NULL)
        (void)fclose(file);
    return screens;
}

static size_t say_displayed(struct sw_doctor *doctor)
{
    int count = doctor->display ? SDL_GetNumTouchDevices() : 0;
    size_t screens = 0;
    for (int i = 0; i < count; i++) {
        const char *name = SDL_GetTouchName(i);
        bool direct = SDL_GetTouchDeviceType(SDL_GetTouchDevice(i)) == SDL_TOUCH_DEVICE_DIRECT;
        screens += direct ? 1 : 0;
        sw_doctor_say(doctor, SW_DOCTOR_OK, "%s (%s)", name != NULL ? name : "unnamed", direct ? "screen" : "pad");
    }
    return screens;
}

void sw_doctor_touch(struct sw_doctor *doctor)
{
    if (say_displayed(doctor) > 0)
        return;
    size_t known = say_kernel(doctor);
    if (known > 0 && doctor->display) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "the display does not hand it on");
        sw_doctor_advise(doctor, "apt-get install xserver-xorg-input-libinput, for Xorg; is the session on the terminal that is seen?");
    } else if (known == 0) {
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "no touch screen");
        sw_doctor_advise(doctor, "a touch frame is seen by `xinput` or `libinput list-devices`: is its USB cable in? A mouse works too");
    }
}
