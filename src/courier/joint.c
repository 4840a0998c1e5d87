/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/joint.h"

#include <string.h>
#include <unistd.h>

#define SAY_EVERY (200 * SW_MS)
#define AGAIN (20 * SW_MS) /* the player has not read yet */

void sw_joint_init(struct sw_joint *joint) { *joint = (struct sw_joint){.end = -1}; }

static void shut(struct sw_joint *joint)
{
    if (joint->end >= 0)
        (void)close(joint->end);
    joint->end = -1;
}

void sw_joint_finish(struct sw_joint *joint) { shut(joint); }

void sw_joint_attach(struct sw_joint *joint, int end)
{
    shut(joint);
    joint->end = end;
    for (size_t i = 0; i < SW_COUNT(joint->slots); i++) {
        joint->slots[i].unsaid = joint->slots[i].known;
        joint->slots[i].said_at = 0;
    }
}

static bool same(const struct sw_notice *a, const struct sw_notice *b)
{
    return a->phase == b->phase && a->number == b->number && a->version == b->version && a->playlists == b->playlists &&
           a->activate == b->activate && a->trusted == b->trusted && a->contact == b->contact && a->list_ends == b->list_ends &&
           a->publishing_end == b->publishing_end && a->operating_end == b->operating_end && a->done_bytes == b->done_bytes &&
           a->all_bytes == b->all_bytes && a->done_objects == b->done_objects && a->all_objects == b->all_objects &&
           strcmp(a->text, b->text) == 0;
}

void sw_joint_keep(struct sw_joint *joint, const struct sw_notice *notice)
{
    bool changed = !joint->slots[notice->type].known || !same(&joint->slots[notice->type].notice, notice);
    joint->slots[notice->type].notice = *notice;
    joint->slots[notice->type].known = true;
    joint->slots[notice->type].unsaid = joint->slots[notice->type].unsaid || changed;
}

sw_tick sw_joint_say(struct sw_joint *joint, sw_tick now)
{
    sw_tick next = SW_NEVER;
    for (size_t i = 0; i < SW_COUNT(joint->slots) && joint->end >= 0; i++) {
        sw_tick due = joint->slots[i].said_at > 0 ? joint->slots[i].said_at + SAY_EVERY : now;
        if (!joint->slots[i].unsaid)
            continue;
        if (due <= now) {
            enum sw_message_status status = sw_notice_send(joint->end, &joint->slots[i].notice);
            joint->slots[i].unsaid = status != SW_MESSAGE_OK;
            joint->slots[i].said_at = now;
            due = now + AGAIN;
        }
        if (joint->slots[i].unsaid && due < next)
            next = due;
    }
    return next;
}

bool sw_joint_hear(struct sw_joint *joint, struct sw_notice *out, bool *lost)
{
    *lost = false;
    if (joint->end < 0)
        return false;
    enum sw_message_status status = sw_notice_receive(joint->end, SW_NOTICE_PLAYER, out);
    *lost = status == SW_MESSAGE_CLOSED;
    if (*lost)
        shut(joint);
    return status == SW_MESSAGE_OK;
}
