/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/said.h"

#include "base/hash.h"

/* Never 0. */
static uint64_t hash_of(int kind, const char *text)
{
    uint64_t hash = sw_hash_number(SW_HASH_START, (uint64_t)kind);
    bool quoted = false;
    for (; *text != '\0'; text++) {
        quoted = *text == '"' ? !quoted : quoted;
        if (!quoted && (*text < '0' || *text > '9'))
            hash = sw_hash_number(hash, (unsigned char)*text);
    }
    return hash | 1;
}

bool sw_said_fault(struct sw_said *said, int kind, const char *text, sw_tick now)
{
    uint64_t fault = hash_of(kind, text);
    if (fault == said->now)
        return false;
    for (size_t i = 0; i < SW_SAID_KINDS; i++) {
        if (said->kinds[i].fault == fault && now - said->kinds[i].at < SW_SAID_AGAIN)
            return false;
    }
    said->kinds[said->next].fault = said->now = fault;
    said->kinds[said->next].at = now;
    said->next = (said->next + 1) % SW_SAID_KINDS;
    return true;
}

bool sw_said_end(struct sw_said *said)
{
    bool told = said->now != 0;
    said->now = 0;
    return told;
}
