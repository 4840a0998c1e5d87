/* SPDX-License-Identifier: EUPL-1.2 */
/* The small whole exhibition of tests/bad/base, with files of the fuzzer's in the place of its own. Nothing is written to a disk. */
#ifndef SW_TESTS_FUZZ_HOUSE_H
#define SW_TESTS_FUZZ_HOUSE_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/file.h"
#include "exhibition/exhibition.h"

#define HOUSE_OVERLAYS_MAX 16

/* It, with these over its own files (their `bytes` set, at most HOUSE_OVERLAYS_MAX): to be destroyed, or handed to a loader. */
struct sw_root *house_root(const struct sw_root_file *overlays, size_t count);
/* Loaded whole with `bytes` at `path`; NULL as sw_exhibition_create gives it. */
struct sw_exhibition *house_load(const char *path, const uint8_t *bytes, size_t length, struct sw_diags *diags);
/* Every fault is said of a file and a place in it; of those of `path`, in one of its lines. */
void house_check_faults(const struct sw_diags *diags, const char *path, const uint8_t *bytes, size_t length);
/* Each playlist says at each of many instants what is on, which is a scene of the exhibition or nothing. */
void house_check_playlists(const struct sw_exhibition *exhibition);

#endif
