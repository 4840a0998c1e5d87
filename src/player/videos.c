/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/videos.h"

#include <inttypes.h>

#include "player/quote.h"

static double mean_of(const struct sw_tally *tally) { return tally->count > 0 ? tally->sum / (double)tally->count : 0; }

static void describe_intervals(struct sw_buffer *out, const struct sw_tally *tally)
{
    const char *comma = "";
    sw_buffer_add_text(out, "\"intervals\": {");
    for (size_t bin = 0; bin < SW_TALLY_BINS; bin++) {
        if (tally->intervals[bin] == 0)
            continue;
        if (sw_tally_bin_ms(bin) > 0)
            sw_buffer_printf(out, "%s\"%d\": %" PRIu64, comma, sw_tally_bin_ms(bin), tally->intervals[bin]);
        else
            sw_buffer_printf(out, "%s\"over\": %" PRIu64, comma, tally->intervals[bin]);
        comma = ", ";
    }
    sw_buffer_add_text(out, "}");
}

static void describe_clip(struct sw_buffer *out, const struct sw_cinema_clip *clip)
{
    const struct sw_tally *tally = &clip->tally;
    sw_buffer_add_text(out, "\n  {\"clip\": ");
    sw_quote(out, clip->path);
    sw_buffer_printf(out, ", \"state\": \"%s\", \"shown\": %" PRIu64 ", \"late\": %" PRIu64 ", \"dropped\": %" PRIu64, clip->state,
                     tally->shown, tally->late, tally->dropped);
    sw_buffer_printf(out, ", \"repeated\": %" PRIu64 ", \"interval_ms\": %.1f, \"interval_sd_ms\": %.2f, ", tally->repeated,
                     mean_of(tally), sw_tally_deviation(tally));
    describe_intervals(out, tally);
    sw_buffer_add_text(out, "}");
}

void sw_videos_describe(struct sw_buffer *out, struct sw_cinema *cinema)
{
    struct sw_cinema_report report = {.count = 0};
    if (cinema != NULL)
        sw_cinema_describe(cinema, &report);
    sw_buffer_printf(out, "{\"workers\": %zu, \"replaced\": %" PRIu64 ", \"given_up\": %zu, \"last_given_up\": ", report.workers,
                     report.replaced, report.given_up);
    sw_quote(out, report.last[0] != '\0' ? report.last : NULL);
    sw_buffer_add_text(out, ", \"clips\": [");
    for (size_t i = 0; i < report.count; i++) {
        sw_buffer_add_text(out, i > 0 ? "," : "");
        describe_clip(out, &report.clips[i]);
    }
    sw_buffer_add_text(out, "]}");
}

void sw_videos_tell(struct sw_buffer *out, struct sw_cinema *cinema)
{
    struct sw_cinema_report report;
    sw_cinema_describe(cinema, &report);
    for (size_t i = 0; i < report.count; i++) {
        const struct sw_tally *tally = &report.clips[i].tally;
        sw_buffer_printf(out, "video %s: %s", report.clips[i].path, report.clips[i].state);
        if (tally->shown > 0)
            sw_buffer_printf(out, ", %" PRIu64 " pictures shown, %" PRIu64 " late, %" PRIu64 " dropped, %" PRIu64 " repeated", tally->shown,
                             tally->late, tally->dropped, tally->repeated);
        if (tally->count > 0)
            sw_buffer_printf(out, ", one every %.1f ms (± %.1f)", mean_of(tally), sw_tally_deviation(tally));
        sw_buffer_add_text(out, "\n");
    }
    if (report.given_up > 0)
        sw_buffer_printf(out, "%zu video%s not played any more: too many workers were lost on %s\n", report.given_up,
                         report.given_up == 1 ? " is" : "s are", report.last);
}
