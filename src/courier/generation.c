/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/generation.h"

#include <string.h>

#include "host/settle.h"
#include "store/start.h"

/* Its files, as a root of the objects of the store. */
static struct sw_root *open_root(const struct sw_start *start, const char *store, struct sw_diags *diags)
{
    struct sw_arena arena = {.blocks = NULL};
    enum sw_file_status status = SW_FILE_OK;
    struct sw_root_file *files = sw_arena_array(&arena, start->contents->count, sizeof *files);
    sw_contents_place(start->contents, &arena, files);
    struct sw_root *root = sw_root_create_list(store, files, start->contents->count, &status);
    if (root == NULL)
        sw_diags_add(diags, SW_ERROR, store, 0, 0, NULL, "%s", sw_file_status_text(status));
    sw_arena_finish(&arena);
    return root;
}

/* A damaged state vouches for nothing; what plays does. */
static sw_instant trusted_of(const struct sw_store *store, const struct sw_start *start)
{
    struct sw_store_state state;
    sw_instant issued = start->manifest.statement.issued;
    return sw_store_state_read(store, &state) == SW_STORE_OK && state.trusted > issued ? state.trusted : issued;
}

static struct sw_exhibition *load(int64_t number, const struct sw_subscriber *subscriber, struct sw_generation_place *place,
                                  struct sw_diags *diags)
{
    struct sw_start start;
    enum sw_store_status status;
    struct sw_exhibition *exhibition = NULL;
    struct sw_store *store = sw_store_open(place->store, SW_STORE_READ, &status);
    if (store != NULL && sw_start_try(store, subscriber, number, &start, diags) == SW_STORE_OK) {
        struct sw_root *root = open_root(&start, place->store, diags);
        exhibition = root != NULL ? sw_exhibition_create_sources_below(root, place->store, diags) : NULL;
        place->trusted = trusted_of(store, &start);
        sw_start_finish(&start);
    }
    sw_store_close(store);
    return exhibition;
}

struct sw_exhibition *sw_generation_sources(const struct sw_courier_options *options, struct sw_host *host,
                                            struct sw_generation_place *place, struct sw_arena *arena, struct sw_diags *diags)
{
    struct sw_subscriber subscriber;
    struct sw_host_arguments typed = options->typed;
    *place = (struct sw_generation_place){.store = NULL};
    typed.base = strstr(options->folder, "://") != NULL ? options->folder : NULL;
    if (!sw_host_load(host, options->config, arena, diags) || sw_host_overrule(host, &typed, arena) != NULL || sw_host_lacks(host) != NULL)
        return NULL;
    place->store = sw_host_cache(host, arena);
    if (place->store == NULL || !sw_crypto_start() || !sw_subscriber_init(&subscriber, host->wall, host->root_key))
        return NULL;
    return load(options->generation, &subscriber, place, diags);
}
