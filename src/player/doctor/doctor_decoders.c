/* SPDX-License-Identifier: EUPL-1.2 */
/* Which clips the video worker can play on this machine: it is handed a small one of each format, and says what comes of it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/shared.h"
#include "player/doctor/doctor.h"
#include "samples.h" /* made of samples/ when this is built */

#define CLIP_US (20 * SW_SECOND)

/* "" or why not. */
static void try_clip(struct sw_doctor *doctor, const unsigned char *bytes, size_t length, struct sw_probed *out)
{
    int file = sw_shared_copy("sample", bytes, length);
    *out = (struct sw_probed){.usable = false};
    if (file < 0 || !sw_cinema_probe_file(doctor->house->cinema, file, sw_tick_now() + CLIP_US, out))
        out->usable = false;
}

void sw_doctor_decoders(struct sw_doctor *doctor)
{
    static const struct {
        const char *name;
        const unsigned char *bytes;
        size_t length;
        bool usual; /* what exhibitions have */
    } samples[] = {
        {"H.264", sw_sample_h264, sizeof sw_sample_h264, true},   {"H.265", sw_sample_hevc, sizeof sw_sample_hevc, false},
        {"VP8", sw_sample_vp8, sizeof sw_sample_vp8, false},      {"VP9", sw_sample_vp9, sizeof sw_sample_vp9, true},
        {"AV1", sw_sample_av1, sizeof sw_sample_av1, false},
    };
    bool films = doctor->exhibition != NULL && doctor->exhibition->film_count > 0;
    char good[128] = "";
    for (size_t i = 0; i < SW_COUNT(samples); i++) {
        struct sw_probed probed;
        try_clip(doctor, samples[i].bytes, samples[i].length, &probed);
        if (probed.usable) {
            size_t used = strlen(good);
            (void)snprintf(good + used, sizeof good - used, "%s%s", used > 0 ? ", " : "", samples[i].name);
            continue;
        }
        sw_doctor_say(doctor, samples[i].usual && films ? SW_DOCTOR_PROBLEM : SW_DOCTOR_NOTE, "a clip in %s %s", samples[i].name,
                      probed.fault[0] != '\0' ? probed.fault : "is not played");
    }
    if (good[0] != '\0')
        sw_doctor_say(doctor, SW_DOCTOR_OK, "plays %s", good);
    if (doctor->level != SW_DOCTOR_OK)
        sw_doctor_advise(doctor, "apt-get install vlc-plugin-base; clips that cannot be played show their poster");
}
