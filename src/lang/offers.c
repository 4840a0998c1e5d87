/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/offers.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lang/csv.h"
#include "lang/xliff.h"

void sw_offers_init(struct sw_offers *offers, const char *name, struct sw_diags *diags)
{
    *offers = (struct sw_offers){.name = name, .diags = diags};
}

void sw_offers_finish(struct sw_offers *offers)
{
    free(offers->items);
    sw_arena_finish(&offers->arena);
    *offers = (struct sw_offers){.name = NULL};
}

void sw_offers_fault(struct sw_offers *offers, int line, int row, const char *format, ...)
{
    char path[32] = "";
    va_list arguments;
    if (row > 0)
        (void)snprintf(path, sizeof path, "row %d", row);
    va_start(arguments, format);
    sw_diags_vadd(offers->diags, SW_ERROR, offers->name, line, 1, path, format, arguments);
    va_end(arguments);
}

struct sw_offer *sw_offers_add(struct sw_offers *offers, int line)
{
    if (offers->count == SW_OFFERS_MAX) {
        sw_offers_fault(offers, line, 0, "more than %d texts", SW_OFFERS_MAX);
        return NULL;
    }
    offers->items = sw_grow(offers->items, &offers->capacity, offers->count + 1, sizeof *offers->items);
    struct sw_offer *offer = &offers->items[offers->count++];
    *offer = (struct sw_offer){.line = line, .file = "", .path = "", .source = "", .target = ""};
    return offer;
}

bool sw_offers_read(struct sw_offers *offers, const char *bytes, size_t length)
{
    bool wide = length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
    size_t mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    size_t at = mark;
    while (at < length && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
        at++;
    if (wide && memchr(bytes, '<', length < 6 ? length : 6) != NULL)
        return sw_xliff_read(offers, bytes, length);
    if (wide) {
        sw_offers_fault(offers, 1, 0, "is written in UTF-16; save it as \"CSV UTF-8\"");
        return false;
    }
    if (at < length && bytes[at] == '<')
        return sw_xliff_read(offers, bytes, length);
    return sw_csv_read(offers, bytes + mark, length - mark);
}
