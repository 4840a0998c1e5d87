/* SPDX-License-Identifier: EUPL-1.2 */
/* A QR code (ISO/IEC 18004) of error correction level M, with its quiet zone of four modules. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

enum { ROW_QR };

static const struct sw_row rows[] = {
    [ROW_QR] = {.key = "qr", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PLAIN_TEXT,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "What it says to a phone, mostly an address; at least 100 mm on the wall are wanted."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_qr = {
    .name = "qr",
    .meaning = "A QR code.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .wants_alt = true,
    .behaviour = &behaviour,
};
