/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of src/player/new/, built in (tools/cmake/embed.cmake), so that `schauwand new` wants none beside it. Constant, any thread. */
#ifndef SW_PLAYER_NEW_FILES_H
#define SW_PLAYER_NEW_FILES_H

#include <stddef.h>

struct sw_new_file {
    const char *path; /* below the new exhibition */
    const unsigned char *bytes;
    size_t length;
};

extern const struct sw_new_file sw_new_files[];
extern const size_t sw_new_file_count;

#endif
