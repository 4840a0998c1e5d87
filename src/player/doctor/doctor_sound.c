/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether the machine can be heard, where some zone of the wall is to be. */
#include <time.h>

#include "player/doctor/doctor.h"
#include "sound/sound.h"

#define PATIENCE (5 * SW_SECOND) /* a driver that answers does so within a fraction of it */

static struct sw_sound_status try_device(void)
{
    struct sw_sound *sound = sw_sound_create(sw_tick_now, SW_SOUND_PATIENCE);
    struct sw_sound_status status;
    sw_tick until = sw_tick_now() + PATIENCE;
    sw_sound_try(sound);
    do {
        const struct timespec pause = {.tv_nsec = 20 * 1000000L};
        (void)nanosleep(&pause, NULL);
        status = sw_sound_status(sound);
    } while (status.state != SW_SOUND_OPEN && status.state != SW_SOUND_ABSENT && sw_tick_now() < until);
    sw_sound_destroy(sound);
    return status;
}

static size_t loud_zones(const struct sw_wall *wall)
{
    size_t count = 0;
    for (size_t i = 0; wall != NULL && i < wall->zone_count; i++)
        count += wall->zones[i].volume > 0 ? 1 : 0;
    return count;
}

/* Says nothing where nothing is to be heard. */
void sw_doctor_sound(struct sw_doctor *doctor)
{
    size_t loud = loud_zones(doctor->wall);
    if (loud == 0)
        return;
    struct sw_sound_status status = try_device();
    const char *zones = loud == 1 ? "zone" : "zones";
    if (status.state == SW_SOUND_OPEN) {
        sw_doctor_say(doctor, SW_DOCTOR_OK, "%zu %s by %s, about %d ms behind", loud, zones, status.device, (int)(status.latency / SW_MS));
        return;
    }
    sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%zu %s with a volume, but %s", loud, zones,
                  status.state == SW_SOUND_ABSENT ? status.device : "the sound's driver does not answer");
    sw_doctor_advise(doctor, "apt-get install pipewire-pulse or pulseaudio, for the user that plays; without them its videos are silent");
}
