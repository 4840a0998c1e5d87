/* SPDX-License-Identifier: EUPL-1.2 */
/* `transition` and `turn`, wherever they stand: exhibition, scene, playlist item. */
#include <string.h>

#include "base/must.h"
#include "exhibition/load.h"

#define USUAL_US (600 * SW_MS)

static const char *const kinds[] = {"cut", "fade", "push", "wipe", "morph", NULL};
static const char *const ways[] = {"start", "end", "up", "down", NULL};
static const struct sw_row rows[] = {
    {.key = "kind",
     .type = SW_TYPE_ENUM,
     .words = kinds,
     .otherwise = "\"fade\"",
     .meaning = "How: at once, a cross-fade, the new page pushing the old one out, an edge running over it, or a cross-fade in which what "
                "both pages have under one `name` glides from its old place to the new one."},
    {.key = "to",
     .type = SW_TYPE_ENUM,
     .words = ways,
     .otherwise = "\"start\"",
     .meaning = "Where push and wipe go; to an earlier page and on the way back, the other way round."},
    {.key = "for", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 5, .otherwise = "\"600ms\"", .meaning = "How long a change takes."},
};
const struct sw_table sw_transition_table = {"transition", "The change from one page to the next.", rows, SW_COUNT(rows)};

/* Which of `words` the member is; `otherwise` where it is missing or none of them (verified elsewhere). */
static unsigned word(const cJSON *object, const char *key, const char *const *words, unsigned otherwise)
{
    const char *text = sw_json_text(object, key, "");
    for (unsigned i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], text) == 0)
            return i;
    return otherwise;
}

bool sw_load_transition(struct sw_writer *w, const cJSON *parent, const char *key, struct sw_transition *transition)
{
    const cJSON *object = sw_json_get(parent, key), *to = sw_json_get(object, "to");
    if (!cJSON_IsObject(object))
        return false;
    int64_t usual = transition->duration > 0 ? transition->duration : USUAL_US;
    transition->kind = (enum sw_transition_kind)word(object, "kind", kinds, SW_TRANSITION_FADE);
    transition->to = (enum sw_transition_to)word(object, "to", ways, SW_TRANSITION_TO_START);
    transition->duration = transition->kind == SW_TRANSITION_CUT ? 0 : sw_load_duration(w, &sw_transition_table, object, "for", usual);
    if (to == NULL || transition->kind == SW_TRANSITION_PUSH || transition->kind == SW_TRANSITION_WIPE)
        return true;
    size_t mark = sw_verify_enter(&w->verify, key), inner = sw_verify_enter(&w->verify, "to");
    sw_verify_fault(&w->verify, to, "a %s goes nowhere; \"to\" is for push and wipe", kinds[transition->kind]);
    sw_verify_leave(&w->verify, inner);
    sw_verify_leave(&w->verify, mark);
    return true;
}
