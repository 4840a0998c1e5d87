/* SPDX-License-Identifier: EUPL-1.2 */
/* What a translator hands in, whatever the format: a row a text. One thread; strings are of the arena. */
#ifndef SW_LANG_OFFERS_H
#define SW_LANG_OFFERS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/must.h"

#define SW_OFFERS_BYTES_MAX ((size_t)64 << 20) /* of a file that is handed in */
#define SW_OFFERS_MAX 1000000                  /* rows */
#define SW_OFFER_TEXT_MAX ((size_t)64 << 10)   /* bytes of a text */

struct sw_offer {
    int line;          /* of the file */
    int row;           /* of a table, the head being row 1; 0: it is none */
    const char *file, *path;
    const char *source; /* what was translated */
    const char *target; /* "": nothing yet */
    const char *by;     /* who has reviewed it; "": nobody; NULL: not said */
    bool open;          /* it says itself that it is not done */
};

struct sw_offers {
    struct sw_arena arena;
    const char *name;     /* of the file, for faults */
    const char *from, *to; /* languages; NULL after a fault */
    struct sw_offer *items;
    size_t count, capacity;
    struct sw_diags *diags; /* the caller's */
};

void sw_offers_init(struct sw_offers *offers, const char *name, struct sw_diags *diags);
void sw_offers_finish(struct sw_offers *offers); /* accepts a zeroed one */
/* Reads CSV or XLIFF 1.2, as the bytes show. Faults are said; then false where not even rows could be told apart. */
bool sw_offers_read(struct sw_offers *offers, const char *bytes, size_t length) SW_MUST;
/* NULL after a fault: there are too many. */
struct sw_offer *sw_offers_add(struct sw_offers *offers, int line);
void sw_offers_fault(struct sw_offers *offers, int line, int row, const char *format, ...) SW_PRINTF(4, 5);

#endif
