/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/curtain.h"

#include <math.h>

static sw_tick sooner(sw_tick a, sw_tick b) { return a < b ? a : b; }

/* How long until it opens; SW_NEVER: not known. */
static int64_t left_of(const struct sw_curtain_wish *wish, struct sw_time now)
{
    if (wish->open)
        return 0;
    return wish->opens == SW_NEVER ? SW_NEVER : wish->opens > now.instant ? wish->opens - now.instant : 0;
}

static void note_closing(struct sw_curtain *curtain, const struct sw_curtain_wish *wish, sw_tick now)
{
    if (wish->open)
        curtain->closed = SW_NEVER;
    else if (!curtain->begun)
        curtain->closed = now - SW_CURTAIN_PATIENCE;
    else if (curtain->closed == SW_NEVER)
        curtain->closed = now;
}

/* What it does now it has done since the last step only if it did so then. */
static void move(struct sw_curtain *curtain, bool up, bool blank, sw_tick now)
{
    double aim = up ? 0 : 1;
    if (!curtain->begun)
        curtain->black = aim;
    curtain->quick = blank || (curtain->quick && curtain->black > 0);
    int64_t moved = up == curtain->up ? now - curtain->stepped : 0;
    double step = (double)moved / (double)(curtain->quick ? SW_CURTAIN_BLANK : SW_CURTAIN_FADE);
    curtain->black = up ? fmax(curtain->black - step, aim) : fmin(curtain->black + step, aim);
    curtain->up = up;
    curtain->stepped = now;
    curtain->begun = true;
}

struct sw_curtain_state sw_curtain_step(struct sw_curtain *curtain, const struct sw_curtain_wish *wish, struct sw_time now)
{
    note_closing(curtain, wish, now.tick);
    int64_t left = left_of(wish, now);
    sw_tick end = wish->open ? SW_NEVER : curtain->closed + SW_CURTAIN_PATIENCE;
    sw_tick last = end == SW_NEVER ? SW_NEVER : end - sooner(wish->countdown, SW_CURTAIN_PATIENCE);
    bool staying = !wish->open && wish->visits && now.tick < end;
    bool up = !wish->blank && (wish->open || staying || left <= SW_CURTAIN_FADE);
    move(curtain, up, wish->blank, now.tick);
    struct sw_curtain_state state = {.black = curtain->black, .next = SW_NEVER};
    state.lit = wish->open || staying || curtain->black < 1 || left <= SW_CURTAIN_LEAD;
    if (wish->blank || (!wish->open && !staying))
        state.welcome = SW_WELCOME_NOBODY;
    else
        state.welcome = wish->open ? SW_WELCOME_ALL : now.tick < last ? SW_WELCOME_STAYING : SW_WELCOME_LAST;
    if (curtain->black != (up ? 0 : 1))
        state.next = now.tick;
    else if (staying)
        state.next = now.tick < last ? last : end;
    else if (!wish->open && left != SW_NEVER)
        state.next = now.tick + (left > SW_CURTAIN_LEAD ? left - SW_CURTAIN_LEAD : left > SW_CURTAIN_FADE ? left - SW_CURTAIN_FADE : left);
    return state;
}
