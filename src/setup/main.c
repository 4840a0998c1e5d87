/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-setup: asks, and writes this machine's configuration. Started by schauwand. */
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fence.h"
#include "base/file.h"
#include "host/settle.h"
#include "setup/interview.h"

#define EXIT_CANNOT 2
#define CA_MAX ((size_t)1 << 20)

static bool say(const char *what)
{
    (void)fprintf(stderr, "schauwand setup: %s\n", what);
    return false;
}

/* Secrets are named from the root on, hence the folder that they lie in. */
static bool make_absolute(const char **path, char room[PATH_MAX])
{
    char folder[PATH_MAX];
    if ((*path)[0] == '/')
        return true;
    if (getcwd(folder, sizeof folder) == NULL)
        return say("the working folder is gone");
    int length = snprintf(room, PATH_MAX, "%s/%s", folder, *path);
    *path = room;
    return (length > 0 && length < PATH_MAX) || say("the path behind --config is too long");
}

/* ---- what another wall's copy brings along ---- */

struct copy {
    char file[PATH_MAX], folder[PATH_MAX]; /* the configuration, and what it lies in */
};

static bool find_copy(struct copy *copy, const char *from)
{
    struct stat info;
    bool folder = stat(from, &info) == 0 && S_ISDIR(info.st_mode);
    int length = snprintf(copy->file, sizeof copy->file, "%s%s", from, folder ? "/wall.json" : "");
    if (length <= 0 || (size_t)length >= sizeof copy->file)
        return say("the path behind --from is too long");
    const char *slash = strrchr(copy->file, '/');
    (void)snprintf(copy->folder, sizeof copy->folder, "%.*s", slash != NULL ? (int)(slash - copy->file) : 1,
                   slash != NULL ? copy->file : ".");
    return true;
}

/* Whether this machine has `path` now, or the copy has it beside itself and it will be written. */
static bool bring(struct sw_keep *keep, const struct copy *copy, const char *path, size_t maximum, bool secret)
{
    char beside[PATH_MAX], *bytes = NULL;
    size_t length = 0;
    if (access(path, F_OK) == 0)
        return true;
    int written = snprintf(beside, sizeof beside, "%s%s", copy->folder, strrchr(path, '/'));
    if (written <= 0 || (size_t)written >= sizeof beside || sw_file_read(beside, maximum, &bytes, &length) != SW_FILE_OK)
        return false;
    sw_keep_add(keep, path, bytes, length, secret);
    sw_host_wipe(bytes, length);
    free(bytes);
    return true;
}

static void say_missing(const char *path, const char *what) { (void)printf("\nNot here yet: %s, %s.\n", path, what); }

/* What the configuration names beside itself. False: there are no more answers. */
static bool bring_all(struct sw_interview *interview, const struct copy *copy)
{
    const struct sw_host *host = &interview->draft->host;
    for (size_t i = 0; i < host->secret_count; i++) {
        const struct sw_secret *secret = &host->secrets[i];
        bool asked = host->access.secret != NULL && strcmp(secret->name, host->access.secret) == 0 && !interview->order->yes;
        if (bring(interview->keep, copy, secret->file, SW_SECRET_MAX, true))
            continue;
        if (!asked)
            say_missing(secret->file, "a secret, mode 0600");
        else if (!sw_interview_secret(interview, "What the server of the exhibition is told: which password or token?", secret->file))
            return false;
    }
    if (host->ca != NULL && !bring(interview->keep, copy, host->ca, CA_MAX, false))
        say_missing(host->ca, "the certificates of the house");
    return true;
}

/* ---- the end ---- */

static void show(const struct sw_keep *keep, const char *config, const char *text)
{
    (void)printf("\n%s:\n%s", config, text);
    for (size_t i = 0; i < keep->count; i++) {
        if (keep->files[i].secret)
            (void)printf("%s: a secret, mode 0600%s%s\n", keep->files[i].path, keep->owner != NULL ? ", of " : "",
                         keep->owner != NULL ? keep->owner : "");
        else
            (void)printf("%s: %zu bytes\n", keep->files[i].path, keep->files[i].length);
    }
}

static void say_next(const struct sw_setup_order *order)
{
    char path[PATH_MAX];
    bool usual = strcmp(order->config, SW_HOST_FILE) == 0;
    const char *option = usual ? "" : " --config ", *file = usual ? "" : order->config;
    (void)printf("Written. Next:\n");
    int length = order->from != NULL ? snprintf(path, sizeof path, "%s/walls", order->from) : 0;
    if (length > 0 && (size_t)length < sizeof path && access(path, F_OK) == 0)
        (void)printf("  schauwand fetch --from %s%s%s\n", order->from, option, file);
    (void)printf("  schauwand play%s%s\n", option, file);
}

static int finish(struct sw_interview *interview)
{
    const struct sw_setup_order *order = interview->order;
    const char *lacks = sw_host_lacks(&interview->draft->host);
    if (lacks != NULL) {
        (void)say(lacks);
        return EXIT_CANNOT;
    }
    if (order->from == NULL && interview->keep->count == 0 && !sw_draft_changed(interview->draft)) {
        (void)printf("\n%s says all that already.\n", order->config);
        return 0;
    }
    char *text = sw_draft_print(interview->draft);
    show(interview->keep, order->config, text);
    bool agreed = order->yes || sw_interview_agree("Write this?"), written = false;
    if (agreed) {
        sw_keep_add(interview->keep, order->config, text, strlen(text), false);
        written = sw_keep_write(interview->keep);
    }
    free(text);
    if (!written) {
        (void)printf(agreed ? "" : "Nothing was written.\n");
        return EXIT_CANNOT;
    }
    say_next(order);
    return 0;
}

static int run(const struct sw_setup_order *order, struct sw_draft *draft, struct sw_keep *keep)
{
    struct sw_interview interview = {order, draft, keep};
    struct copy copy;
    if (!find_copy(&copy, order->from != NULL ? order->from : order->config) || !sw_keep_open(keep, order->owner) ||
        !sw_keep_may(order->config) || !sw_draft_open(draft, copy.file, order->from == NULL) || !sw_interview_take(&interview))
        return EXIT_CANNOT;
    bool asked = order->yes || sw_interview_ask(&interview);
    if (!asked || (order->from != NULL && !bring_all(&interview, &copy))) {
        (void)printf("Nothing was written.\n");
        return EXIT_CANNOT;
    }
    return finish(&interview);
}

int main(int count, char **arguments)
{
    struct sw_setup_order order;
    struct sw_draft draft = {.root = NULL};
    struct sw_keep keep = {.owner = NULL};
    char config[PATH_MAX];
    (void)setlocale(LC_ALL, "C");
    (void)umask(022);
    if (!sw_fence_raise(SW_FENCE_SUPERVISOR, NULL, 0) || !sw_setup_order_read(&order, count, arguments) ||
        !make_absolute(&order.config, config))
        return EXIT_CANNOT;
    int status = run(&order, &draft, &keep);
    sw_keep_finish(&keep);
    sw_draft_finish(&draft);
    return fflush(stdout) == 0 ? status : EXIT_CANNOT;
}
