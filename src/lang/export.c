/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "lang/csv.h"
#include "lang/tasks.h"
#include "lang/xliff.h"

#define EXPORT_MAX ((size_t)1 << 30)

static void say(const struct sw_jobs *jobs)
{
    (void)fprintf(stderr, "%s: %zu texts of %s", jobs->to, jobs->count, jobs->from);
    for (int state = 0; state < SW_JOB_STATES; state++)
        (void)fprintf(stderr, "%s %zu %s", state == 0 ? ":" : ",", jobs->states[state], sw_job_state_text((enum sw_job_state)state));
    if (jobs->easy)
        (void)fprintf(stderr, "; %zu reviewed, %zu changed since their review", jobs->reviewed, jobs->review_old);
    (void)fprintf(stderr, "\n");
}

static bool send(const struct sw_buffer *out, const char *path)
{
    bool sent = path != NULL ? sw_file_write_atomic(path, out->bytes, out->length)
                             : fwrite(out->bytes, 1, out->length, stdout) == out->length && fflush(stdout) == 0;
    if (!sent)
        (void)fprintf(stderr, "schauwand lang: %s cannot be written: %s\n", path != NULL ? path : "standard output", strerror(errno));
    return sent;
}

int sw_lang_export(const struct sw_order *order, const struct sw_inventory *inventory)
{
    struct sw_jobs jobs;
    struct sw_buffer out;
    int to = sw_inventory_language(inventory, order->language);
    if (to <= 0) {
        (void)fprintf(stderr, "schauwand lang: %s %s\n", order->language,
                      to < 0 ? "is not among the exhibition's languages" : "is what the others are translated from");
        return 2;
    }
    sw_jobs_make(&jobs, inventory, to);
    sw_buffer_init(&out, EXPORT_MAX);
    if (order->xliff)
        sw_xliff_write(&out, &jobs);
    else
        sw_csv_write(&out, &jobs);
    if (out.full)
        (void)fprintf(stderr, "schauwand lang: that would be more than 1 GiB\n");
    bool sent = !out.full && send(&out, order->output);
    if (sent)
        say(&jobs);
    sw_buffer_finish(&out);
    sw_jobs_finish(&jobs);
    return sent ? 0 : 2;
}
