/* SPDX-License-Identifier: EUPL-1.2 */
/* The machine's clock: playlists, opening hours, signatures and the age of data hang on it. */
#include <stdio.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/clock.h"
#include "player/doctor/doctor.h"

static void advise(struct sw_doctor *doctor)
{
    /* as packages of Debian have them */
    static const char *const daemons[] = {"/usr/sbin/chronyd", "/usr/sbin/ntpd", "/lib/systemd/systemd-timesyncd"};
    for (size_t i = 0; i < SW_COUNT(daemons); i++)
        if (access(daemons[i], F_OK) == 0) {
            sw_doctor_advise(doctor, "%s is installed: is it running, and may it ask its servers? (timedatectl)", daemons[i]);
            return;
        }
    sw_doctor_advise(doctor, "apt-get install systemd-timesyncd");
}

void sw_doctor_clock(struct sw_doctor *doctor)
{
    const struct sw_machine *machine = doctor->machine;
    sw_instant now = sw_instant_now();
    if (doctor->exhibition != NULL) {
        struct sw_civil civil = sw_civil_at(doctor->exhibition->zone, now);
        sw_doctor_say(doctor, SW_DOCTOR_OK, "%04d-%02d-%02d %02d:%02d in the exhibition", civil.date.year, civil.date.month,
                      civil.date.day, civil.hour, civil.minute);
    }
    if (now < sw_built()) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "it is before this program was built: it is wrong");
        advise(doctor);
    } else if (!machine->clock_known) {
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "whether it is kept right cannot be said");
    } else if (!machine->clock_held) {
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "nobody keeps it right: it goes wrong by a second or so a day");
        advise(doctor);
    } else {
        sw_doctor_say(doctor, SW_DOCTOR_OK, "kept right by others");
    }
}
