/* SPDX-License-Identifier: EUPL-1.2 */
/* The machine's own configuration, and what it names. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/settle.h"
#include "player/doctor/doctor.h"

#define FAULTS_SHOWN 5

static void say_faults(struct sw_doctor *doctor, const struct sw_diags *diags, const char *file)
{
    struct sw_arena arena = {.blocks = NULL};
    for (size_t i = 0; i < diags->count && i < FAULTS_SHOWN; i++) {
        const char *line = sw_diag_format(&diags->items[i], &arena);
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%.*s", (int)strcspn(line, "\n"), line);
    }
    sw_doctor_advise(doctor, "mend %s; without it the wall asks nobody", file);
    sw_arena_finish(&arena);
}

/* By its status alone: what is in it is for the courier to read. */
static void look_at_secret(struct sw_doctor *doctor, const struct sw_secret *secret)
{
    struct stat status;
    if (stat(secret->file, &status) != 0) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "the secret \"%s\" is not at %s", secret->name, secret->file);
        sw_doctor_advise(doctor, "put it there, or `schauwand setup`");
    } else if ((status.st_mode & 077) != 0) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s may be read by others", secret->file);
        sw_doctor_advise(doctor, "chmod 600 %s", secret->file);
    } else if (access(secret->file, R_OK) != 0) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s may not be read by this user", secret->file);
        sw_doctor_advise(doctor, "chown it to the user that plays");
    }
}

static void look_at_cache(struct sw_doctor *doctor, const char *cache)
{
    char path[4096];
    if (cache == NULL) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "no place for releases");
        sw_doctor_advise(doctor, "\"cache\" names a folder of the user that plays");
        return;
    }
    (void)snprintf(path, sizeof path, "%s", cache);
    sw_doctor_keep_what_exists(path);
    if (access(path, W_OK | X_OK) != 0) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s cannot be written: no release can be kept", path);
        sw_doctor_advise(doctor, "\"cache\" names a folder of the user that plays");
    }
}

static void look_at(struct sw_doctor *doctor, const struct sw_host *host, const char *file)
{
    struct sw_arena arena = {.blocks = NULL};
    if (host->base == NULL)
        sw_doctor_say(doctor, SW_DOCTOR_OK, "%s follows nothing that is published", file);
    else
        sw_doctor_say(doctor, SW_DOCTOR_OK, "%s follows %s, wall %s", file, host->base, host->wall != NULL ? host->wall : "not said");
    if (host->base != NULL && sw_host_lacks(host) != NULL)
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "%s", sw_host_lacks(host));
    for (size_t i = 0; i < host->secret_count; i++)
        look_at_secret(doctor, &host->secrets[i]);
    if (host->ca != NULL && access(host->ca, R_OK) != 0) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s cannot be read", host->ca);
        sw_doctor_advise(doctor, "\"ca\" names a PEM file with the certificates of the house");
    }
    if (host->base != NULL)
        look_at_cache(doctor, sw_host_cache(host, &arena));
    sw_arena_finish(&arena);
}

void sw_doctor_configuration(struct sw_doctor *doctor)
{
    struct sw_arena arena = {.blocks = NULL};
    struct sw_diags diags;
    struct sw_host host;
    const char *named = doctor->options->config, *file = named != NULL ? named : SW_HOST_FILE;
    if (named == NULL && access(file, F_OK) != 0) {
        sw_doctor_say(doctor, SW_DOCTOR_OK, "none at %s: nobody is asked over the network", file);
        return;
    }
    sw_diags_init(&diags);
    if (sw_host_load(&host, named, &arena, &diags))
        look_at(doctor, &host, file);
    else
        say_faults(doctor, &diags, file);
    sw_diags_finish(&diags);
    sw_arena_finish(&arena);
}

/* What the courier has found (courier/reach.h), which alone has a network: a level, what was found, and what to do, between tabs. */
void sw_doctor_network(struct sw_doctor *doctor)
{
    const char *reached = doctor->options->reached;
    static const char *const words[] = {[SW_DOCTOR_OK] = "ok", [SW_DOCTOR_NOTE] = "note", [SW_DOCTOR_PROBLEM] = "problem"};
    enum sw_doctor_level level = SW_DOCTOR_OK;
    size_t length = reached != NULL ? strcspn(reached, "\t") : 0;
    if (length == 0 || reached[length] == '\0')
        return;
    for (size_t i = 0; i < SW_COUNT(words); i++)
        if (strlen(words[i]) == length && strncmp(words[i], reached, length) == 0)
            level = (enum sw_doctor_level)i;
    const char *value = reached + length + 1;
    size_t end = strcspn(value, "\t");
    sw_doctor_say(doctor, level, "%.*s", (int)end, value);
    if (value[end] == '\t' && value[end + 1] != '\0')
        sw_doctor_advise(doctor, "%s", value + end + 1);
}
