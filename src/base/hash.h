/* SPDX-License-Identifier: EUPL-1.2 */
/* 64-bit FNV-1a for identities and cache keys (not for anything that must resist an attacker). Chain by passing the last result. */
#ifndef SW_BASE_HASH_H
#define SW_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define SW_HASH_START 14695981039346656037ull

uint64_t sw_hash_bytes(uint64_t hash, const void *bytes, size_t length);
uint64_t sw_hash_text(uint64_t hash, const char *text); /* NULL counts as "" */
uint64_t sw_hash_number(uint64_t hash, uint64_t number);
/* Eight bytes at a time, and each bit of the result depends on all: for keys of caches that are made in every frame. Not FNV. */
uint64_t sw_hash_mix(uint64_t hash, uint64_t number);
uint64_t sw_hash_mix_double(uint64_t hash, double number); /* by its bits */

#endif
