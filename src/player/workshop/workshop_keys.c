/* SPDX-License-Identifier: EUPL-1.2 */
/* What keys, fingers and mouse do in a curator's window. */
#include <SDL.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/link.h"
#include "base/window_keys.h"
#include "player/workshop/workshop_parts.h"
#include "stage/tell.h"

#define SHARP_S 0xdf
#define SAID_US (2500 * SW_MS)
#define UNDERWAY_US (4 * SW_SECOND) /* a zone that has not come where it was sent by then will not */

void sw_workshop_say(struct sw_loop *loop, const char *format, ...)
{
    struct sw_workshop *workshop = &loop->workshop;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(workshop->note, sizeof workshop->note, format, arguments);
    va_end(arguments);
    workshop->note_until = loop->frame + SAID_US;
}

bool sw_workshop_pointer(const struct sw_loop *loop, double *x, double *y)
{
    int at_x = 0, at_y = 0;
    if (!loop->waker->sdl || SDL_GetMouseFocus() == NULL)
        return false;
    (void)SDL_GetMouseState(&at_x, &at_y);
    return sw_screen_to_wall(loop->screen, at_x, at_y, x, y);
}

size_t sw_workshop_zone(const struct sw_loop *loop)
{
    double x = 0, y = 0;
    const struct sw_wall *wall = loop->edition.wall;
    bool pointed = wall != NULL && sw_workshop_pointer(loop, &x, &y);
    for (size_t i = 0; pointed && i < wall->zone_count; i++) {
        struct sw_px_rect px = wall->zones[i].px;
        if (x >= px.x && y >= px.y && x < px.x + px.width && y < px.y + px.height)
            return i;
    }
    return 0;
}

/* -- scenes -- */

static bool tell(struct sw_loop *loop, enum sw_tell_kind kind, const char *text)
{
    const char *zone = sw_stage_status(loop->edition.stage, sw_workshop_zone(loop)).zone, *fault = "";
    const struct sw_tell what = {.kind = kind, .zone = zone, .text = text};
    bool done = sw_stage_tell(loop->edition.stage, &what, sw_loop_frame_time(loop), &fault);
    if (!done)
        sw_workshop_say(loop, "%s", fault);
    sw_workshop_let(loop);
    return done;
}

/* Where the zone is, or is on its way to; NULL: nothing is on. */
static const struct sw_scene *scene_of(const struct sw_loop *loop, int *page)
{
    const struct sw_workshop *workshop = &loop->workshop;
    const struct sw_exhibition *exhibition = loop->edition.exhibition;
    size_t zone = sw_workshop_zone(loop);
    struct sw_zone_status status = sw_stage_status(loop->edition.stage, zone);
    bool underway = workshop->told[0] != '\0' && workshop->told_zone == zone && loop->frame - workshop->told_at < UNDERWAY_US;
    char id[sizeof workshop->told];
    const char *mark = strchr(workshop->told, '#');
    (void)snprintf(id, sizeof id, "%.*s", (int)strcspn(workshop->told, "#"), workshop->told);
    const struct sw_scene *scene = sw_exhibition_scene(exhibition, underway ? id : status.scene != NULL ? status.scene : "");
    const char *name = underway ? (mark != NULL ? mark + 1 : "") : status.page;
    *page = scene != NULL && name != NULL ? sw_scene_page(scene, name) : 0;
    *page = *page > 0 ? *page : 0;
    return scene;
}

static void go(struct sw_loop *loop, const struct sw_scene *scene, int page)
{
    struct sw_workshop *workshop = &loop->workshop;
    const struct sw_exhibition *exhibition = loop->edition.exhibition;
    size_t at = 0;
    const char *id = scene->pages[page].id;
    char address[sizeof workshop->told];
    int length = snprintf(address, sizeof address, "%s%s%s", scene->id, id[0] != '\0' ? "#" : "", id);
    if (length < 0 || (size_t)length >= sizeof address || !tell(loop, SW_TELL_GO, address))
        return;
    while (exhibition->scenes[at] != scene)
        at++;
    memcpy(workshop->told, address, sizeof address);
    workshop->told_zone = sw_workshop_zone(loop);
    workshop->told_at = loop->frame;
    sw_workshop_say(loop, scene->page_count > 1 ? "%s · %zu of %zu · page %d of %zu" : "%s · %zu of %zu", address, at + 1,
                    exhibition->scene_count, page + 1, scene->page_count);
}

/* By their names, round and round. */
static void go_scene(struct sw_loop *loop, bool forward)
{
    const struct sw_exhibition *exhibition = loop->edition.exhibition;
    int page = 0;
    const struct sw_scene *scene = scene_of(loop, &page);
    size_t count = exhibition->scene_count, at = 0;
    while (at < count && exhibition->scenes[at] != scene)
        at++;
    if (at < count)
        go(loop, exhibition->scenes[(at + (forward ? 1 : count - 1)) % count], 0);
}

static void go_page(struct sw_loop *loop, int by)
{
    int page = 0;
    const struct sw_scene *scene = scene_of(loop, &page);
    if (scene == NULL)
        return;
    if (page + by < 0 || (size_t)(page + by) >= scene->page_count)
        sw_workshop_say(loop, scene->page_count == 1 ? "%s has one page" : by > 0 ? "%s has no further page" : "%s has no page before",
                        scene->id);
    else
        go(loop, scene, page + by);
}

static void go_home(struct sw_loop *loop)
{
    loop->workshop.told[0] = '\0';
    if (tell(loop, SW_TELL_HOME, NULL))
        sw_workshop_say(loop, "as the playlist has it");
}

static void next_language(struct sw_loop *loop)
{
    const struct sw_exhibition *exhibition = loop->edition.exhibition;
    const char *now = sw_stage_status(loop->edition.stage, sw_workshop_zone(loop)).language;
    size_t at = 0;
    while (exhibition->languages[at] != NULL && strcmp(exhibition->languages[at], now) != 0)
        at++;
    at = exhibition->languages[at] == NULL || exhibition->languages[at + 1] == NULL ? 0 : at + 1;
    if (tell(loop, SW_TELL_LANGUAGE, exhibition->languages[at]))
        sw_workshop_say(loop, "language %s", exhibition->languages[at]);
}

/* -- data -- */

static void toggle_replay(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    const struct sw_options *options = loop->options;
    struct sw_link_message message = {.type = SW_LINK_REPLAY, .number = workshop->without_replay ? 1 : 0};
    if (options->replay == NULL) {
        sw_workshop_say(loop, "nothing recorded: `schauwand record --to DIR`, then `play --window --replay DIR`");
        return;
    }
    if (loop->edition.feed == NULL) {
        sw_workshop_say(loop, "this exhibition has no sources");
        return;
    }
    if (sw_link_send(SW_LINK_FD, message, -1) != SW_MESSAGE_OK) {
        sw_workshop_say(loop, "the supervisor does not hear: once more, please");
        return;
    }
    workshop->without_replay = !workshop->without_replay;
    sw_feed_renew(loop->edition.feed);
    if (!workshop->without_replay)
        sw_workshop_say(loop, "recorded data of %s", options->replay);
}

/* -- the line for an instant -- */

static void end_entry(struct sw_workshop *workshop)
{
    workshop->entering = false;
    SDL_StopTextInput();
}

static void enter(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    sw_instant instant = 0;
    workshop->refused = !sw_civil_parse(loop->edition.exhibition->zone, workshop->entry, &instant);
    if (workshop->refused)
        return;
    end_entry(workshop);
    sw_workshop_jump(loop, instant);
    if (sw_stage_status(loop->edition.stage, sw_workshop_zone(loop)).visit)
        sw_workshop_say(loop, "Home: what the playlist has then");
}

static void begin_entry(struct sw_loop *loop)
{
    SDL_StartTextInput();
    loop->workshop.entering = true;
    loop->workshop.refused = false;
    loop->workshop.entry[0] = '\0';
}

/* What --at may be made of; anything else is no more than a slip. */
static void type(struct sw_workshop *workshop, const char *text)
{
    size_t length = strlen(workshop->entry);
    for (; *text != '\0' && length + 1 < sizeof workshop->entry; text++) {
        char c = (char)toupper((unsigned char)*text);
        if (strchr("0123456789-:.+ZT ", c) == NULL)
            continue;
        workshop->entry[length++] = c == ' ' ? 'T' : c;
        workshop->entry[length] = '\0';
        workshop->refused = false;
    }
}

static void type_key(struct sw_loop *loop, SDL_Keycode key)
{
    struct sw_workshop *workshop = &loop->workshop;
    size_t length = strlen(workshop->entry);
    if (key == SDLK_RETURN || key == SDLK_KP_ENTER)
        enter(loop);
    else if (key == SDLK_ESCAPE)
        end_entry(workshop);
    else if (key == SDLK_BACKSPACE && length > 0)
        workshop->entry[length - 1] = '\0';
}

/* -- keys -- */

static void toggle_boxes(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    workshop->boxes = !workshop->boxes;
    workshop->picked = 0;
    sw_stage_cancel_contacts(loop->edition.stage, sw_loop_frame_time(loop));
}

/* What is on top of all goes first. */
static void leave(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    if (workshop->help)
        workshop->help = false;
    else if (workshop->picked != 0)
        workshop->picked = 0;
    else if (workshop->boxes || workshop->grid || workshop->zones)
        workshop->boxes = workshop->grid = workshop->zones = false;
    else
        loop->quit = true;
}

static void press(struct sw_loop *loop, enum sw_window_key key)
{
    struct sw_workshop *workshop = &loop->workshop;
    bool plays = loop->edition.stage != NULL;
    if (!plays && key != SW_KEY_HELP && key != SW_KEY_LEAVE)
        return; /* the card is on: there is nothing to look at */
    switch (key) {
    case SW_KEY_PAUSE: sw_workshop_pause(loop); break;
    case SW_KEY_STEP: sw_workshop_step(loop); break;
    case SW_KEY_JUMP: begin_entry(loop); break;
    case SW_KEY_NOW: sw_workshop_now(loop); break;
    case SW_KEY_NEXT_SCENE: go_scene(loop, true); break;
    case SW_KEY_PREVIOUS_SCENE: go_scene(loop, false); break;
    case SW_KEY_NEXT_PAGE: go_page(loop, 1); break;
    case SW_KEY_PREVIOUS_PAGE: go_page(loop, -1); break;
    case SW_KEY_HOME: go_home(loop); break;
    case SW_KEY_LANGUAGE: next_language(loop); break;
    case SW_KEY_REPLAY: toggle_replay(loop); break;
    case SW_KEY_BOXES: toggle_boxes(loop); break;
    case SW_KEY_GRID: workshop->grid = !workshop->grid; break;
    case SW_KEY_ZONES: workshop->zones = !workshop->zones; break;
    case SW_KEY_HELP: workshop->help = !workshop->help; break;
    case SW_KEY_LEAVE: leave(loop); break;
    case SW_KEY_COUNT: break;
    }
}

static const struct {
    SDL_Keycode code;
    enum sw_window_key key;
    bool repeats; /* while it is held */
} keys[] = {
    {SDLK_SPACE, SW_KEY_PAUSE, false},
    {SDLK_PERIOD, SW_KEY_STEP, true},
    {SDLK_t, SW_KEY_JUMP, false},
    {SDLK_n, SW_KEY_NOW, false},
    {SDLK_RIGHT, SW_KEY_NEXT_SCENE, false},
    {SDLK_LEFT, SW_KEY_PREVIOUS_SCENE, false},
    {SDLK_DOWN, SW_KEY_NEXT_PAGE, false},
    {SDLK_UP, SW_KEY_PREVIOUS_PAGE, false},
    {SDLK_HOME, SW_KEY_HOME, false},
    {SDLK_l, SW_KEY_LANGUAGE, false},
    {SDLK_r, SW_KEY_REPLAY, false},
    {SDLK_b, SW_KEY_BOXES, false},
    {SDLK_g, SW_KEY_GRID, false},
    {SDLK_z, SW_KEY_ZONES, false},
    {SDLK_F1, SW_KEY_HELP, false},
    {SDLK_ESCAPE, SW_KEY_LEAVE, false},
};

/* With shift it lies on the slash, or, where the keyboard is German, on the sharp s. */
static bool is_question_mark(const SDL_Keysym *key)
{
    return (key->mod & KMOD_SHIFT) != 0 && (key->sym == SDLK_SLASH || key->sym == SHARP_S);
}

static void key_down(struct sw_loop *loop, const SDL_KeyboardEvent *event)
{
    bool other = (event->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0;
    if (loop->workshop.entering) {
        type_key(loop, event->keysym.sym);
        return;
    }
    if (is_question_mark(&event->keysym) && event->repeat == 0)
        press(loop, SW_KEY_HELP);
    for (size_t i = 0; i < SDL_arraysize(keys) && !other; i++)
        if (keys[i].code == event->keysym.sym && (event->repeat == 0 || keys[i].repeats))
            press(loop, keys[i].key);
}

bool sw_workshop_take(struct sw_loop *loop, const SDL_Event *event)
{
    if (!loop->workshop.open)
        return false;
    if (event->type == SDL_KEYDOWN)
        key_down(loop, &event->key);
    else if (event->type == SDL_TEXTINPUT && loop->workshop.entering)
        type(&loop->workshop, event->text.text);
    return event->type == SDL_KEYDOWN || event->type == SDL_TEXTINPUT;
}

bool sw_workshop_touch(struct sw_loop *loop, enum sw_contact_phase phase, double x, double y)
{
    struct sw_workshop *workshop = &loop->workshop;
    if (workshop->boxes && phase == SW_CONTACT_DOWN)
        sw_workshop_pick(loop, x, y);
    if (!workshop->boxes && phase == SW_CONTACT_UP) {
        workshop->told[0] = '\0';
        sw_workshop_let(loop);
    }
    return workshop->boxes;
}
