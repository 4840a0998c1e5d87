/* SPDX-License-Identifier: EUPL-1.2 */
/* From SDL's events to contacts on the wall. Several devices have finger ids of their own: a contact's id is both. */
#include <SDL.h>

#include "base/hash.h"
#include "player/loop.h"

#define MOUSE_CONTACT 1

static uint64_t finger_id(const SDL_TouchFingerEvent *finger)
{
    return sw_hash_number(sw_hash_number(SW_HASH_START, (uint64_t)finger->touchId), (uint64_t)finger->fingerId);
}

static void contact(struct sw_loop *loop, uint64_t id, enum sw_contact_phase phase, double x, double y)
{
    double wall_x = 0, wall_y = 0;
    bool inside = sw_screen_to_wall(loop->screen, x, y, &wall_x, &wall_y);
    loop->touched = loop->touched || phase != SW_CONTACT_MOVE;
    loop->last_touch = sw_tick_now();
    if ((inside || phase != SW_CONTACT_DOWN) && loop->workshop.open && sw_workshop_touch(loop, phase, wall_x, wall_y))
        return;
    if (loop->edition.stage != NULL && (inside || phase != SW_CONTACT_DOWN))
        sw_stage_contact(loop->edition.stage, id, phase, wall_x, wall_y, sw_loop_now(loop));
}

static void finger(struct sw_loop *loop, const SDL_TouchFingerEvent *event, enum sw_contact_phase phase)
{
    int width = 0, height = 0;
    sw_screen_size(loop->screen, &width, &height);
    contact(loop, finger_id(event), phase, (double)event->x * width, (double)event->y * height);
}

static void window(struct sw_loop *loop, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_SHOWN: sw_screen_refresh(loop->screen); break;
    case SDL_WINDOWEVENT_HIDDEN:
    case SDL_WINDOWEVENT_FOCUS_LOST:
        if (loop->edition.stage != NULL && event->event == SDL_WINDOWEVENT_HIDDEN)
            sw_stage_cancel_contacts(loop->edition.stage, sw_loop_now(loop));
        break;
    default: break;
    }
}

static void handle(struct sw_loop *loop, const SDL_Event *event)
{
    if (sw_workshop_take(loop, event))
        return;
    switch (event->type) {
    case SDL_FINGERDOWN: finger(loop, &event->tfinger, SW_CONTACT_DOWN); break;
    case SDL_FINGERMOTION: finger(loop, &event->tfinger, SW_CONTACT_MOVE); break;
    case SDL_FINGERUP: finger(loop, &event->tfinger, SW_CONTACT_UP); break;
    case SDL_MOUSEBUTTONDOWN:
        if (event->button.button == SDL_BUTTON_LEFT && event->button.which != SDL_TOUCH_MOUSEID)
            contact(loop, MOUSE_CONTACT, SW_CONTACT_DOWN, event->button.x, event->button.y);
        break;
    case SDL_MOUSEMOTION:
        if ((event->motion.state & SDL_BUTTON_LMASK) != 0 && event->motion.which != SDL_TOUCH_MOUSEID)
            contact(loop, MOUSE_CONTACT, SW_CONTACT_MOVE, event->motion.x, event->motion.y);
        break;
    case SDL_MOUSEBUTTONUP:
        if (event->button.button == SDL_BUTTON_LEFT && event->button.which != SDL_TOUCH_MOUSEID)
            contact(loop, MOUSE_CONTACT, SW_CONTACT_UP, event->button.x, event->button.y);
        break;
    case SDL_WINDOWEVENT: window(loop, &event->window); break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET: sw_screen_lost(loop->screen, event->type == SDL_RENDER_DEVICE_RESET); break;
    case SDL_QUIT: /* a wall is ended by signals alone: its window was closed, or with Wayland the compositor has gone; it comes back */
        loop->quit = true;
        loop->dark = !loop->options->window;
        break;
    case SDL_KEYDOWN: /* of a window that is no workshop */
        loop->quit = loop->quit || (loop->options->window && event->key.keysym.sym == SDLK_ESCAPE);
        break;
    default: break;
    }
}

void sw_loop_collect_input(struct sw_loop *loop)
{
    SDL_Event event;
    while (loop->waker->sdl && SDL_PollEvent(&event) != 0)
        handle(loop, &event);
}
