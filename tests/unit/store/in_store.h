/* SPDX-License-Identifier: EUPL-1.2 */
/* For tests that stand in a folder of their own with a store "s" in it: what they say again and again. After cmocka.h. */
#ifndef SW_TESTS_STORE_IN_STORE_H
#define SW_TESTS_STORE_IN_STORE_H

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "folder.h"
#include "site.h"

struct in_store {
    char folder[64];
    struct sw_store *store;
    struct site site;
    struct site_release releases[5]; /* versions 1..5 */
};

static inline struct sw_store *reopen(struct in_store *in, enum sw_store_mode mode)
{
    enum sw_store_status status;
    sw_store_close(in->store);
    in->store = sw_store_open("s", mode, &status);
    assert_non_null(in->store);
    return in->store;
}

static inline int enter(void **state)
{
    static struct in_store in;
    in.store = NULL;
    folder_make(in.folder, sizeof in.folder);
    site_init(&in.site);
    for (size_t i = 0; i < SW_COUNT(in.releases); i++)
        site_release_init(&in.site, &in.releases[i], (int64_t)i + 1);
    *state = &in;
    if (chdir(in.folder) != 0)
        return 1;
    (void)reopen(&in, SW_STORE_WRITE);
    return 0;
}

static inline int leave(void **state)
{
    struct in_store *in = *state;
    sw_store_close(in->store);
    for (size_t i = 0; i < SW_COUNT(in->releases); i++)
        site_release_finish(&in->releases[i]);
    site_finish(&in->site);
    if (chdir("/") != 0)
        return 1;
    folder_remove(in->folder);
    return 0;
}

static inline void put_file(const char *path, const void *bytes, size_t length) { assert_true(sw_file_write_atomic(path, bytes, length)); }

static inline bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* The path of an object in the folder `place`. */
static inline const char *path_of(const char *place, const struct sw_object *object, char path[128])
{
    char digest[SW_DIGEST_TEXT + 1];
    snprintf(path, 128, "s/%s/%s", place, sw_digest_text(&object->digest, digest));
    return path;
}

/* Brings in version `version` and selects it. */
static inline void import(struct in_store *in, int version)
{
    assert_int_equal(site_import(&in->site, in->store, &in->releases[version - 1], false), SW_STORE_OK);
}

static inline int64_t played(struct in_store *in) { return site_played(&in->site, "s"); }

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

#endif
