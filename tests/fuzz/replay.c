/* SPDX-License-Identifier: EUPL-1.2 */
/* Stands in for libFuzzer: gives every file of the folders it is named to the target, once. A folder without files is a fault. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "fuzz.h"

#define FILE_MAX ((size_t)8 << 20)

static size_t replay(const char *folder)
{
    size_t count = 0;
    DIR *opened = opendir(folder);
    const struct dirent *entry;
    while (opened != NULL && (entry = readdir(opened)) != NULL) {
        char path[4096], *bytes = NULL;
        size_t length = 0;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || sw_file_read(path, FILE_MAX, &bytes, &length) != SW_FILE_OK)
            continue;
        (void)LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
        free(bytes);
        count++;
    }
    if (opened != NULL)
        (void)closedir(opened);
    return count;
}

int main(int count, char **arguments)
{
    int status = count > 1 ? 0 : 1;
    for (int i = 1; i < count; i++) {
        size_t files = replay(arguments[i]);
        printf("%s: %zu files\n", arguments[i], files);
        status = files == 0 ? 1 : status;
    }
    return status;
}
