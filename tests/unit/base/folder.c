/* SPDX-License-Identifier: EUPL-1.2 */
#include "folder.h"

#include <assert.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void folder_make(char *path, size_t capacity)
{
    bool memory = access("/dev/shm", W_OK) == 0;
    int length = snprintf(path, capacity, "%s/schauwand-test-XXXXXX", memory ? "/dev/shm" : "/tmp");
    assert(length > 0 && (size_t)length < capacity);
    path = mkdtemp(path);
    assert(path != NULL);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_remove(const char *path)
{
    int removed = nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    assert(removed == 0);
}
