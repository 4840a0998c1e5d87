/* SPDX-License-Identifier: EUPL-1.2 */
/* Translations as XLIFF 1.2 (OASIS, February 2008), which nearly every tool of translators takes: a `file` a file of the exhibition, a
 * `trans-unit` a text, its id the place. Values in braces are `ph` elements, so that nobody breaks them by accident. Read is what such
 * tools make of it: segments, other marks and their own elements are passed over. A document type is refused, and with it every entity. */
#ifndef SW_LANG_XLIFF_H
#define SW_LANG_XLIFF_H

#include "base/buffer.h"
#include "lang/job.h"
#include "lang/offers.h"

void sw_xliff_write(struct sw_buffer *out, const struct sw_jobs *jobs);
/* As sw_offers_read. */
bool sw_xliff_read(struct sw_offers *offers, const char *bytes, size_t length) SW_MUST;

#endif
