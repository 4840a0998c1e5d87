/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-publisher: keys, publish, rollback, promote. Started by schauwand, which has the exhibition checked first. */
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fence.h"
#include "base/log.h"
#include "publisher/fonts.h"
#include "publisher/outlet.h"
#include "store/moment.h"

#define EXIT_CANNOT 2
#define WALLS_MAX 256

struct order {
    const char *command, *plain; /* `plain`: the exhibition, the version, the wall, or the folder of the keys */
    const char *to, *keys, *replace;
    const char *walls[WALLS_MAX];
    size_t wall_count;
    sw_instant activate;
    bool fresh;
};

/* ---- what was typed ---- */

static bool take_option(struct order *order, const char *name, const char *value)
{
    const char **texts[] = {&order->to, &order->keys, &order->replace};
    static const char *const names[] = {"--to", "--keys", "--replace"};
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            *texts[i] = value;
            return true;
        }
    }
    if (strcmp(name, "--wall") == 0 && order->wall_count < WALLS_MAX && sw_id_valid(value)) {
        order->walls[order->wall_count++] = value;
        return true;
    }
    return strcmp(name, "--activate") == 0 && sw_moment_parse(value, &order->activate);
}

static bool parse(struct order *order, int count, char **arguments)
{
    *order = (struct order){.command = count > 1 ? arguments[1] : ""};
    for (int i = 2; i < count; i++) {
        bool option = strncmp(arguments[i], "--", 2) == 0, taken = true;
        if (strcmp(arguments[i], "--new-epoch") == 0)
            order->fresh = true;
        else if (option)
            taken = i + 1 < count && take_option(order, arguments[i], arguments[i + 1]);
        else if (order->plain == NULL)
            order->plain = arguments[i];
        else
            taken = false;
        if (!taken) {
            (void)fprintf(stderr, "schauwand: %s: what is that? `schauwand %s --help` says more\n", arguments[i], order->command);
            return false;
        }
        i += option && strcmp(arguments[i], "--new-epoch") != 0;
    }
    return true;
}

static int usage(const struct order *order, const char *what)
{
    (void)fprintf(stderr, "schauwand %s: %s; `schauwand %s --help` says more\n", order->command, what, order->command);
    return EXIT_CANNOT;
}

/* ---- keys ---- */

static int run_keys(const struct order *order)
{
    struct sw_workshop workshop;
    char path[4096];
    if (order->plain == NULL)
        return usage(order, "the folder of the keys is wanted");
    (void)snprintf(path, sizeof path, "%s/keys.json", order->plain);
    FILE *list = fopen(path, "r");
    if (list != NULL)
        (void)fclose(list);
    else if (!sw_workshop_make(order->plain, sw_instant_now()))
        return EXIT_CANNOT;
    if (!sw_workshop_open(&workshop, order->plain))
        return EXIT_CANNOT;
    bool done = true;
    if (order->replace != NULL) {
        enum sw_key_role role = strcmp(order->replace, "operating") == 0 ? SW_KEY_OPERATING : SW_KEY_PUBLISHING;
        if (strcmp(order->replace, sw_key_role_text(role)) != 0)
            done = usage(order, "--replace publishing or --replace operating") == 0;
        else
            done = sw_workshop_replace(&workshop, role, order->fresh, sw_instant_now());
    }
    if (done)
        sw_workshop_print(&workshop);
    sw_workshop_finish(&workshop);
    return done ? 0 : EXIT_CANNOT;
}

/* ---- what changed ---- */

static void print_change(const char *what, const char *path) { (void)printf("  %-8s %s\n", what, path); }

/* Two sorted lists side by side. Returns the bytes that a wall with `before` has to fetch. */
static uint64_t print_changes(const struct sw_contents *before, const struct sw_contents *now)
{
    size_t old = 0, old_count = before != NULL ? before->count : 0;
    uint64_t bytes = 0;
    for (size_t i = 0; i < now->count || old < old_count;) {
        int order = i == now->count ? 1 : old == old_count ? -1 : strcmp(now->files[i].path, before->files[old].path);
        bool differs = order == 0 && !sw_digest_equal(&now->files[i].object.digest, &before->files[old].object.digest);
        if (order > 0)
            print_change("removed", before->files[old].path);
        else if (order < 0 || differs)
            print_change(order < 0 ? "added" : "changed", now->files[i].path);
        if (order < 0 || differs)
            bytes += now->files[i].object.bytes;
        i += order <= 0;
        old += order >= 0;
    }
    return bytes;
}

/* ---- publishing ---- */

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
        (void)printf("wall %s: version %" PRId64 "\n", wall, version);
        (void)printf("  %" PRIu64 " bytes to fetch\n", print_changes(before, now));
    }
    sw_contents_destroy(before);
    sw_contents_destroy(now);
    return done;
}

static int run_publish(const struct order *order, struct sw_outlet *outlet)
{
    struct sw_tree tree;
    struct sw_object list;
    if (order->plain == NULL)
        return usage(order, "the exhibition's folder is wanted");
    bool done = sw_tree_open(&tree, order->plain) && sw_fonts_add(&tree) && sw_outlet_put(outlet, &tree, &list);
    const char *const *walls = order->wall_count > 0 ? order->walls : tree.walls;
    size_t count = order->wall_count > 0 ? order->wall_count : tree.wall_count;
    if (done && count == 0)
        done = usage(order, "the exhibition has no walls; --wall W names one") == 0;
    for (size_t i = 0; i < count && done; i++)
        done = publish_wall(outlet, walls[i], &list);
    if (done)
        (void)printf("%zu new objects, %" PRIu64 " bytes\n", outlet->new_objects, outlet->new_bytes);
    sw_tree_finish(&tree);
    return done ? 0 : EXIT_CANNOT;
}

/* An earlier release of the same walls, or the current one of another wall, as the next version. */
static int run_again(const struct order *order, struct sw_outlet *outlet)
{
    bool back = strcmp(order->command, "rollback") == 0, missing;
    char *end = NULL;
    int64_t version = back && order->plain != NULL ? strtoll(order->plain, &end, 10) : 0;
    if (order->plain == NULL || order->wall_count == 0 || (back && (version < 1 || *end != '\0')) || (!back && !sw_id_valid(order->plain)))
        return usage(order, back ? "a version and --wall W are wanted" : "the wall that has it and --wall W are wanted");
    for (size_t i = 0; i < order->wall_count; i++) {
        struct sw_manifest manifest;
        const char *from = back ? order->walls[i] : order->plain;
        if (!sw_outlet_release(outlet, from, version, &manifest, &missing)) {
            if (missing)
                (void)fprintf(stderr, "schauwand: the wall \"%s\" has no release\n", from);
            return EXIT_CANNOT;
        }
        if (!publish_wall(outlet, order->walls[i], &manifest.contents))
            return EXIT_CANNOT;
    }
    return 0;
}

static int run_signed(const struct order *order)
{
    struct sw_workshop workshop;
    struct sw_secret_key key;
    if (order->to == NULL || order->keys == NULL)
        return usage(order, "--to DIR and --keys DIR are wanted");
    if (!sw_workshop_open(&workshop, order->keys))
        return EXIT_CANNOT;
    int status = EXIT_CANNOT;
    if (sw_workshop_secret(&workshop, SW_KEY_PUBLISHING, &key)) {
        struct sw_outlet outlet = {
            .folder = order->to, .workshop = &workshop, .key = &key, .now = sw_instant_now(), .activate = order->activate};
        if (sw_outlet_prepare(&outlet))
            status = strcmp(order->command, "publish") == 0 ? run_publish(order, &outlet) : run_again(order, &outlet);
        sw_secret_key_wipe(&key);
    }
    sw_workshop_finish(&workshop);
    return status;
}

int main(int count, char **arguments)
{
    struct order order;
    sw_log_init("schauwand-publisher", SW_LOG_NOTICE);
    (void)setlocale(LC_ALL, "C");
    if (!sw_fence_raise(SW_FENCE_SUPERVISOR, NULL, 0) || !sw_crypto_start() || !parse(&order, count, arguments))
        return EXIT_CANNOT;
    int status = strcmp(order.command, "keys") == 0 ? run_keys(&order) : run_signed(&order);
    return fflush(stdout) == 0 ? status : EXIT_CANNOT;
}
