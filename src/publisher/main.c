/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-publisher: keys, publish, rollback, promote, playlist. Started by schauwand, which has the exhibition checked first. */
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fence.h"
#include "base/log.h"
#include "publisher/changes.h"
#include "publisher/clips.h"
#include "publisher/desk.h"
#include "publisher/fonts.h"
#include "publisher/order.h"
#include "publisher/outlet.h"

/* ---- keys ---- */

static int run_keys(const struct sw_order *order)
{
    struct sw_workshop workshop;
    char path[4096];
    const char *folder = order->plain[0];
    (void)snprintf(path, sizeof path, "%s/keys.json", folder);
    FILE *list = fopen(path, "r");
    if (list != NULL)
        (void)fclose(list);
    else if (!sw_workshop_make(folder, sw_instant_now()))
        return SW_EXIT_CANNOT;
    if (!sw_workshop_open(&workshop, folder))
        return SW_EXIT_CANNOT;
    bool done = true;
    if (order->replace != NULL) {
        enum sw_key_role role = strcmp(order->replace, "operating") == 0 ? SW_KEY_OPERATING : SW_KEY_PUBLISHING;
        if (strcmp(order->replace, sw_key_role_text(role)) != 0)
            done = sw_order_fault(order, "--replace publishing or --replace operating") == 0;
        else
            done = sw_workshop_replace(&workshop, role, order->fresh, sw_instant_now());
    }
    if (done)
        sw_workshop_print(&workshop);
    sw_workshop_finish(&workshop);
    return done ? 0 : SW_EXIT_CANNOT;
}

/* ---- publishing ---- */

/* A wall takes no release that does not know it. */
static void warn_of_wall(const struct sw_contents *contents, const char *wall)
{
    static const char lead[] = "scenes/walls/";
    char path[128];
    (void)snprintf(path, sizeof path, "%s%s.json", lead, wall);
    if (sw_contents_find(contents, path) != NULL)
        return;
    (void)fprintf(stderr, "schauwand: the release has no %s, so the wall \"%s\" cannot play it; its walls:", path, wall);
    for (size_t i = 0; i < contents->count; i++) {
        const char *name = contents->files[i].path;
        size_t length = strlen(name);
        if (strncmp(name, lead, sizeof lead - 1) == 0 && length > sizeof lead + 4 && strcmp(name + length - 5, ".json") == 0)
            (void)fprintf(stderr, " %.*s", (int)(length - sizeof lead - 4), name + sizeof lead - 1);
    }
    (void)fputc('\n', stderr);
}

/* Publishes one content list for one wall and says what is new. */
static bool publish_wall(struct sw_outlet *outlet, const char *wall, const struct sw_object *list)
{
    struct sw_manifest last;
    int64_t version;
    bool missing, same;
    bool had = sw_outlet_release(outlet, wall, 0, &last, &missing);
    if (!had && !missing)
        return false;
    struct sw_contents *before = had ? sw_outlet_contents(outlet, &last.contents) : NULL, *now = sw_outlet_contents(outlet, list);
    bool done = now != NULL && sw_outlet_publish(outlet, wall, had ? &last : NULL, list, &version, &same);
    if (now == NULL)
        (void)fprintf(stderr, "schauwand: the content list of this release is not there, or damaged\n");
    if (done && same) {
        (void)printf("wall %s: nothing changed since version %" PRId64 "\n", wall, version);
    } else if (done) {
        bool listed = had && sw_digest_equal(&last.contents.digest, &list->digest);
        (void)printf("wall %s: version %" PRId64 "\n", wall, version);
        sw_changes_print(before, now, listed ? 0 : list->bytes);
        warn_of_wall(now, wall);
        sw_desk_warn(outlet, wall);
    }
    sw_contents_destroy(before);
    sw_contents_destroy(now);
    return done;
}

static int run_publish(const struct sw_order *order, struct sw_outlet *outlet)
{
    struct sw_tree tree;
    struct sw_object list;
    bool done = sw_tree_open(&tree, order->plain[0]) && sw_fonts_add(&tree) && sw_clips_add(&tree, order->clips) &&
                sw_outlet_put(outlet, &tree, &list);
    const char *const *walls = order->wall_count > 0 ? order->walls : tree.walls;
    size_t count = order->wall_count > 0 ? order->wall_count : tree.wall_count;
    if (done && count == 0)
        done = sw_order_fault(order, "the exhibition has no walls; --wall W names one") == 0;
    for (size_t i = 0; i < count && done; i++)
        done = publish_wall(outlet, walls[i], &list);
    if (done)
        (void)printf("%zu new object%s, %" PRIu64 " bytes\n", outlet->new_objects, outlet->new_objects == 1 ? "" : "s", outlet->new_bytes);
    sw_tree_finish(&tree);
    return done ? 0 : SW_EXIT_CANNOT;
}

/* An earlier release of the same walls, or the current one of another wall, as the next version. */
static int run_again(const struct sw_order *order, struct sw_outlet *outlet)
{
    bool back = order->task == SW_TASK_ROLLBACK, missing;
    char *end = NULL;
    const char *what = order->plain[0];
    int64_t version = back ? strtoll(what, &end, 10) : 0;
    if (order->wall_count == 0 || (back && (version < 1 || *end != '\0')) || (!back && !sw_id_valid(what)))
        return sw_order_fault(order, back ? "a version and --wall W are wanted" : "the wall that has it and --wall W are wanted");
    for (size_t i = 0; i < order->wall_count; i++) {
        struct sw_manifest manifest;
        const char *from = back ? order->walls[i] : what;
        if (!sw_outlet_release(outlet, from, version, &manifest, &missing)) {
            if (missing)
                (void)fprintf(stderr, "schauwand: the wall \"%s\" has no release%s\n", from, back ? " of that version" : "");
            return SW_EXIT_CANNOT;
        }
        if (!publish_wall(outlet, order->walls[i], &manifest.contents))
            return SW_EXIT_CANNOT;
    }
    return 0;
}

static int run_signed(const struct sw_order *order, sw_instant now)
{
    struct sw_workshop workshop;
    struct sw_secret_key key;
    if (order->to == NULL || order->keys == NULL)
        return sw_order_fault(order, "--to DIR and --keys DIR are wanted");
    if (!sw_workshop_open(&workshop, order->keys))
        return SW_EXIT_CANNOT;
    int status = SW_EXIT_CANNOT;
    if (sw_workshop_secret(&workshop, SW_KEY_PUBLISHING, &key)) {
        struct sw_outlet outlet = {.folder = order->to,
                                   .workshop = &workshop,
                                   .key = &key,
                                   .now = now,
                                   .activate = order->activate,
                                   .expires = order->expires,
                                   .lock = -1};
        if (sw_outlet_prepare(&outlet))
            status = order->task == SW_TASK_PUBLISH ? run_publish(order, &outlet) : run_again(order, &outlet);
        sw_outlet_finish(&outlet);
        sw_secret_key_wipe(&key);
    }
    sw_workshop_finish(&workshop);
    return status;
}

int main(int count, char **arguments)
{
    struct sw_order order;
    sw_instant now = sw_instant_now();
    sw_log_init("schauwand-publisher", SW_LOG_NOTICE);
    (void)setlocale(LC_ALL, "C");
    if (!sw_fence_raise(SW_FENCE_SUPERVISOR, NULL, 0) || !sw_crypto_start() || !sw_order_parse(&order, count, arguments, now))
        return SW_EXIT_CANNOT;
    int status = order.task == SW_TASK_KEYS    ? run_keys(&order)
                 : order.task >= SW_TASK_LIST ? sw_desk_run(&order, now)
                                              : run_signed(&order, now);
    return fflush(stdout) == 0 ? status : SW_EXIT_CANNOT;
}
