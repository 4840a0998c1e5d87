/* SPDX-License-Identifier: EUPL-1.2 */
/* What the computer itself has. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/child.h"
#include "base/state.h"
#include "player/doctor/doctor.h"

#define FILTERED "2" /* SECCOMP_MODE_FILTER, see proc(5) */
#define DESCRIPTORS_MIN 1024 /* of which pictures and clips in work take hundreds */
#define TASKS_MIN 128        /* all processes with their threads; clips have a dozen each */
#define MEMORY_MIN_MIB 512 /* for one wall of 1920 x 1080 with its pictures, beside the system */

/* The value behind `key` in a file of lines, without quotes; false if there is none. */
static bool find_line(const char *path, const char *key, char *value, size_t size)
{
    char line[512];
    FILE *file = fopen(path, "re");
    bool found = false;
    while (!found && file != NULL && fgets(line, sizeof line, file) != NULL) {
        found = strncmp(line, key, strlen(key)) == 0;
        if (!found)
            continue;
        const char *start = line + strlen(key) + strspn(line + strlen(key), " \t\"");
        (void)snprintf(value, size, "%.*s", (int)strcspn(start, "\"\n"), start);
    }
    if (file != NULL)
        (void)fclose(file);
    return found;
}

void sw_doctor_system(struct sw_doctor *doctor)
{
    struct utsname kernel;
    char name[256] = "unknown";
    if (uname(&kernel) != 0)
        return;
    (void)find_line("/usr/lib/os-release", "PRETTY_NAME=", name, sizeof name);
    long threads = sysconf(_SC_NPROCESSORS_ONLN);
    sw_doctor_say(doctor, SW_DOCTOR_OK, "%s, %s %s on %s, %ld processor thread%s", name, kernel.sysname, kernel.release, kernel.machine,
                  threads, threads == 1 ? "" : "s");
    if (threads == 1)
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "pictures are decoded while the wall is drawn: two threads are better");
}

static long read_mib(const char *key)
{
    char value[64], *end = NULL;
    if (!find_line("/proc/meminfo", key, value, sizeof value))
        return -1;
    long kib = strtol(value, &end, 10);
    return end == value ? -1 : kib / 1024;
}

void sw_doctor_memory(struct sw_doctor *doctor)
{
    long total = read_mib("MemTotal:"), available = read_mib("MemAvailable:");
    if (total < 0 || available < 0) {
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "/proc/meminfo does not say");
        return;
    }
    sw_doctor_say(doctor, available < MEMORY_MIN_MIB ? SW_DOCTOR_PROBLEM : SW_DOCTOR_OK, "%ld MiB, %ld of them free", total, available);
    if (available < MEMORY_MIN_MIB)
        sw_doctor_advise(doctor, "the player wants %d MiB: end what else runs, or give the machine more", MEMORY_MIN_MIB);
}

struct amount {
    char text[32];
};

static struct amount amount_of(int64_t number)
{
    struct amount amount = {"any number of"};
    if (number != SW_MACHINE_UNLIMITED)
        (void)snprintf(amount.text, sizeof amount.text, "%" PRId64, number);
    return amount;
}

void sw_doctor_limits(struct sw_doctor *doctor)
{
    const struct sw_machine *machine = doctor->machine;
    sw_doctor_say(doctor, machine->descriptors < DESCRIPTORS_MIN ? SW_DOCTOR_PROBLEM : SW_DOCTOR_OK, "%s files open at once",
                  amount_of(machine->descriptors).text);
    if (machine->descriptors < DESCRIPTORS_MIN)
        sw_doctor_advise(doctor, "LimitNOFILE=%d in the service that starts it, or /etc/security/limits.conf", DESCRIPTORS_MIN);
    sw_doctor_say(doctor, machine->tasks < TASKS_MIN ? SW_DOCTOR_PROBLEM : SW_DOCTOR_OK, "%s threads of this user",
                  amount_of(machine->tasks).text);
    if (machine->tasks < TASKS_MIN)
        sw_doctor_advise(doctor, "LimitNPROC=%d in the service that starts it, or /etc/security/limits.conf", TASKS_MIN);
    if (machine->memory == SW_MACHINE_UNLIMITED)
        return;
    long mib = (long)(machine->memory >> 20);
    sw_doctor_say(doctor, mib < MEMORY_MIN_MIB ? SW_DOCTOR_PROBLEM : SW_DOCTOR_OK, "%ld MiB of memory for its group", mib);
    if (mib < MEMORY_MIN_MIB)
        sw_doctor_advise(doctor, "MemoryMax=%dM or more in the service that starts it", 2 * MEMORY_MIN_MIB);
}

void sw_doctor_helpers(struct sw_doctor *doctor)
{
    static const char *const names[] = {"schauwand-worker-picture", "schauwand-worker-svg", "schauwand-worker-video",
                                        "schauwand-worker-jq", "schauwand-courier"};
    char folder[4096];
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        if (sw_child_helper_folder(names[i], folder, sizeof folder))
            continue;
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s cannot be started", names[i]);
        sw_doctor_advise(doctor, "it belongs beside schauwand-player: install or build all of Schauwand");
    }
    if (doctor->level == SW_DOCTOR_OK)
        sw_doctor_say(doctor, SW_DOCTOR_OK, "pictures, SVG, clips and live data have theirs");
}

/* This process is fenced in too: what there is it has. */
void sw_doctor_sandbox(struct sw_doctor *doctor)
{
    char mode[16] = "0";
    int landlock = doctor->machine->landlock;
    bool seccomp = find_line("/proc/self/status", "Seccomp:", mode, sizeof mode) && strcmp(mode, FILTERED) == 0;
    sw_doctor_say(doctor, landlock > 0 ? SW_DOCTOR_OK : SW_DOCTOR_NOTE, landlock > 0 ? "Landlock version %d" : "no Landlock", landlock);
    sw_doctor_say(doctor, seccomp ? SW_DOCTOR_OK : SW_DOCTOR_NOTE, seccomp ? "seccomp" : "no seccomp");
    if (landlock == 0)
        sw_doctor_advise(doctor, "a kernel of 5.13 or later with lsm=landlock fences workers off from files");
    if (!seccomp)
        sw_doctor_advise(doctor, "a kernel with CONFIG_SECCOMP_FILTER fences workers off from system calls");
}

void sw_doctor_keep_what_exists(char *path)
{
    for (char *slash = strrchr(path, '/'); access(path, F_OK) != 0 && slash != NULL; slash = strrchr(path, '/'))
        *(slash == path ? slash + 1 : slash) = '\0';
}

void sw_doctor_state(struct sw_doctor *doctor)
{
    char path[4096];
    bool good = sw_state_path("", path, sizeof path);
    if (good) {
        sw_doctor_keep_what_exists(path); /* the supervisor makes the rest, if it may write to what is */
        good = access(path, W_OK | X_OK) == 0;
    } else {
        (void)snprintf(path, sizeof path, "what outlives programs has no place, and");
    }
    sw_doctor_say(doctor, good ? SW_DOCTOR_OK : SW_DOCTOR_PROBLEM, "%s %s", path,
                  good ? "takes the count of crashes" : "cannot be written: crashes are counted in memory only");
    if (!good)
        sw_doctor_advise(doctor, "set XDG_STATE_HOME to a folder of the user that plays");
}
