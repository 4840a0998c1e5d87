/* SPDX-License-Identifier: EUPL-1.2 */
/* Memory that crosses from one role to another: a memfd, written by its maker, then sealed against every change and mapped read-only by
 * the receiver, who checks seals and size before touching a byte. */
#ifndef SW_BASE_SHARED_H
#define SW_BASE_SHARED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

/* A new memfd of `size` bytes mapped for writing; unmap with sw_shared_unmap. */
bool sw_shared_create(const char *name, size_t size, int *fd, void **bytes) SW_MUST;
/* Another size for one that is mapped with `old` bytes and not sealed; what is new of it is zeroed, *bytes may move. false: it stays where
 * it was and must be unmapped with `old`. */
bool sw_shared_resize(int fd, size_t old, size_t size, void **bytes) SW_MUST;
/* Backs mapped bytes with memory now, which all at once takes less time than page by page at the first writing; where the kernel cannot,
 * that is left to it. `bytes` at the start of a page. */
void sw_shared_back(void *bytes, size_t size);
/* Seals it: no shrink, grow, write, nor further seals. The writable mapping must be gone. */
bool sw_shared_seal(int fd) SW_MUST;
/* A sealed memfd with a copy of `size` bytes; -1: there is no memory, or there are no bytes. */
int sw_shared_copy(const char *name, const void *bytes, size_t size) SW_MUST;
/* Seals its size alone: no shrink, grow, nor further seals; whoever has it may go on writing. */
bool sw_shared_seal_size(int fd) SW_MUST;
/* Maps a received memfd for writing too; false unless it carries those three seals and has exactly `size` bytes. */
bool sw_shared_map_sized(int fd, size_t size, void **bytes) SW_MUST;
/* Maps the same for reading alone: what others write to it is seen. */
bool sw_shared_look(int fd, size_t size, const void **bytes) SW_MUST;
/* Maps a received memfd read-only, so that no page is left to be found at the first reading; false unless it carries all four seals and has
 * exactly `size` bytes. */
bool sw_shared_map(int fd, size_t size, const void **bytes) SW_MUST;
void sw_shared_unmap(const void *bytes, size_t size);

#endif
