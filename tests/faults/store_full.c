/* SPDX-License-Identifier: EUPL-1.2 */
/* The disk is full (full.h) while a store takes a release, with and without looking first whether it fits. The old release plays, or the
 * new one if the store has said that it is there; else it has said that the disk is full. */
#include "full.h"

static enum sw_store_status import(const struct full *full, int version, bool blind)
{
    enum sw_store_status status;
    struct sw_store *store = sw_store_open(full->folder, SW_STORE_WRITE, &status);
    if (store == NULL)
        return status;
    status = site_import(&full->site, store, &full->releases[version - 1], blind);
    sw_store_close(store);
    return status;
}

static void bring_first(struct full *full) { full_must(full, import(full, 1, false) == SW_STORE_OK, "release 1 is brought"); }

static bool bring_second(struct full *full, const char *options, bool blind)
{
    full_must(full, options == NULL || full_remount(full, options), "remount");
    enum sw_store_status status = import(full, 2, blind);
    full_must(full, status == SW_STORE_OK || status == SW_STORE_FULL, "it says that it is full");
    full_must(full, status == SW_STORE_OK || site_played(&full->site, full->folder) == 1, "the old release plays if it says so");
    return status == SW_STORE_OK;
}

int main(void)
{
    static struct full full = {.first = bring_first, .second = bring_second};
    return full_run(&full);
}
