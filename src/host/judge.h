/* SPDX-License-Identifier: EUPL-1.2 */
/* What a value of the host's configuration may be, wherever it stands. Each: NULL, or else what is wrong and what would be right. Pure. */
#ifndef SW_HOST_JUDGE_H
#define SW_HOST_JUDGE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"
#include "host/address.h"

const char *sw_judge_base(const char *text) SW_MUST;
/* Whether a base without TLS is one that the list allows. */
const char *sw_judge_plain(const char *base, const struct sw_allow *list, size_t count) SW_MUST;
/* Without the '/' at its end. */
const char *sw_base_trim(const char *base, struct sw_arena *arena) SW_MUST;
/* A minisign public key as one line of base64. Whether it is a point of the curve is not looked at. */
const char *sw_judge_root_key(const char *text) SW_MUST;
/* Of Basic authentication (RFC 7617). */
const char *sw_judge_user(const char *text) SW_MUST;
const char *sw_judge_path(const char *text) SW_MUST;
/* One line to be read by people: no control characters, not too long. */
const char *sw_judge_line(const char *text) SW_MUST;
const char *sw_judge_proxy(const char *text) SW_MUST;
/* "20 GB", "1.5 TB", "500 MB" (powers of ten), or "0": no bound. */
const char *sw_judge_quota(const char *text, int64_t *bytes) SW_MUST;

#endif
