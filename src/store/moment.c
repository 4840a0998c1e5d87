/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/moment.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/civil.h"

#define LAST (253402300799 * SW_SECOND) /* 9999-12-31T23:59:59Z */

bool sw_moment_parse(const char *text, sw_instant *out)
{
    sw_instant moment;
    if (strlen(text) != SW_MOMENT_TEXT || text[SW_MOMENT_TEXT - 1] != 'Z' || !sw_civil_parse(NULL, text, &moment) || moment < 0)
        return false;
    *out = moment;
    return true;
}

const char *sw_moment_text(sw_instant moment, char text[SW_MOMENT_TEXT + 1])
{
    char wide[96];
    moment = moment < 0 ? 0 : moment > LAST ? LAST : moment;
    struct sw_civil civil = sw_civil_at(NULL, moment);
    int length = snprintf(wide, sizeof wide, "%04d-%02d-%02dT%02d:%02d:%02dZ", civil.date.year, civil.date.month, civil.date.day,
                          civil.hour, civil.minute, civil.second);
    assert(length == SW_MOMENT_TEXT);
    memcpy(text, wide, SW_MOMENT_TEXT + 1);
    return text;
}
