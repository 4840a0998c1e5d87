/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/edition.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/link.h"
#include "base/log.h"
#include "base/memory.h"
#include "elements/catalogue.h"

#define TEXT_BUDGET ((size_t)96 << 20)

/* Without an exhibition: the fonts that a Debian machine is likely to have, for the card. */
static const char *const last_fonts[] = {
    "/usr/share/fonts/opentype/inter/Inter-Regular.otf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
};

/* A fallback that names roles stands behind their own fonts; for all others it is asked last. */
static void add_fallbacks(const struct sw_exhibition *exhibition, bool named, struct sw_font_role *roles, const char **others,
                          struct sw_font_set *set)
{
    for (size_t i = 0; exhibition != NULL && i < exhibition->fallback_count; i++) {
        const struct sw_font *font = &exhibition->fallback_fonts[i];
        if ((font->stands_for != NULL) != named)
            continue;
        for (size_t k = 0; named && font->stands_for[k] != NULL; k++)
            roles[set->role_count++] = (struct sw_font_role){.name = font->stands_for[k], .path = font->path};
        others[set->fallback_count++] = font->path;
    }
}

static uint64_t hash_file(uint64_t hash, const char *path)
{
    struct stat info;
    hash = sw_hash_text(hash, path);
    if (stat(path, &info) != 0)
        return hash;
    hash = sw_hash_number(sw_hash_number(hash, (uint64_t)info.st_ino), (uint64_t)info.st_size);
    return sw_hash_number(sw_hash_number(hash, (uint64_t)info.st_mtim.tv_sec), (uint64_t)info.st_mtim.tv_nsec);
}

static uint64_t key_of(const struct sw_font_set *set)
{
    uint64_t key = SW_HASH_START;
    for (size_t i = 0; i < set->role_count; i++)
        key = hash_file(sw_hash_text(key, set->roles[i].name), set->roles[i].path);
    for (size_t i = 0; i < set->fallback_count; i++)
        key = hash_file(key, set->fallbacks[i]);
    return key != 0 ? key : 1;
}

/* NULL: there are none to be had, or (*key) those that are there already will do. `first`: one of the same fonts that it is to stand
 * beside; NULL: none. */
static struct sw_typesetter *open_fonts(const struct sw_exhibition *exhibition, int threads, struct sw_waker *waker,
                                        struct sw_typesetter *first, uint64_t there, uint64_t *key)
{
    size_t roles = exhibition != NULL ? exhibition->font_count : 0, fallbacks = exhibition != NULL ? exhibition->fallback_count : 0;
    struct sw_font_role *list = sw_alloc_array(roles + fallbacks * SW_FONT_ROLES_MAX + 1, sizeof *list);
    const char **others = sw_alloc_array(fallbacks + SW_COUNT(last_fonts), sizeof *others);
    struct sw_font_set set = {.roles = list, .fallbacks = others};
    for (size_t i = 0; i < roles; i++)
        list[set.role_count++] = (struct sw_font_role){.name = exhibition->fonts[i].role, .path = exhibition->fonts[i].path};
    add_fallbacks(exhibition, false, list, others, &set);
    add_fallbacks(exhibition, true, list, others, &set);
    for (size_t i = 0; i < SW_COUNT(last_fonts); i++)
        if (access(last_fonts[i], R_OK) == 0)
            others[set.fallback_count++] = last_fonts[i];
    if (roles == 0 && set.fallback_count > 0)
        list[set.role_count++] = (struct sw_font_role){.name = "text", .path = others[0]};
    *key = key_of(&set);
    struct sw_typesetter *typesetter = NULL;
    if (first != NULL)
        typesetter = sw_typesetter_create_beside(first, &set, TEXT_BUDGET);
    else if (*key != there)
        typesetter = sw_typesetter_create(&set, TEXT_BUDGET);
    if (typesetter != NULL && threads > 0)
        sw_typesetter_start(typesetter, &set, sw_waker_post, waker);
    free(list);
    free(others);
    return typesetter;
}

bool sw_edition_load(struct sw_edition *edition, struct sw_house *house, struct sw_exhibition *exhibition, uint64_t fonts_there)
{
    *edition = (struct sw_edition){.house = house, .exhibition = exhibition};
    edition->typesetter = open_fonts(exhibition, house->threads, house->waker, NULL, fonts_there, &edition->fonts_key);
    if (edition->typesetter != NULL || edition->fonts_key == fonts_there)
        return true;
    sw_log(SW_LOG_ERROR, "player", "cannot open any font");
    sw_edition_unload(edition);
    return false;
}

void sw_edition_borrow(struct sw_edition *edition, const struct sw_edition *before, bool clips)
{
    const struct sw_exhibition *exhibition = edition->exhibition, *other = before->exhibition;
    bool both = exhibition != NULL && other != NULL, same_root = both && exhibition->root == other->root;
    struct sw_edition_borrowed borrowed = {.typesetter = edition->typesetter == NULL,
                                           .gallery = same_root && before->gallery != NULL,
                                           .hall = same_root && clips && before->hall != NULL,
                                           .data = both && before->data != NULL && exhibition->sources == other->sources};
    if (borrowed.typesetter)
        edition->typesetter = before->typesetter;
    if (borrowed.gallery)
        edition->gallery = before->gallery;
    if (borrowed.hall)
        edition->hall = before->hall;
    if (borrowed.data) {
        edition->data = before->data;
        edition->feed = before->feed;
    }
    edition->borrowed = borrowed;
}

/* What is another's is not to be ended with this. */
static void hand_back(struct sw_edition *edition, struct sw_edition_borrowed what)
{
    if (what.typesetter)
        edition->typesetter = NULL;
    if (what.gallery)
        edition->gallery = NULL;
    if (what.hall)
        edition->hall = NULL;
    if (what.data) {
        edition->data = NULL;
        edition->feed = NULL;
    }
}

void sw_edition_inherit(struct sw_edition *edition, struct sw_edition *before)
{
    hand_back(before, edition->borrowed);
    edition->borrowed = (struct sw_edition_borrowed){.typesetter = false};
}

void sw_edition_join(struct sw_edition *edition)
{
    if (edition->exhibition == NULL)
        return;
    if (edition->gallery == NULL)
        edition->gallery = sw_media_open(edition->house->media, edition->exhibition->root);
    if (edition->hall == NULL)
        edition->hall = sw_cinema_open(edition->house->cinema, edition->exhibition->root, edition->exhibition->film_count > 0);
    for (size_t i = 0; i < edition->clips.count; i++) {
        const struct sw_clip_fact *fact = &edition->clips.items[i];
        const struct sw_clip clip = {.width = fact->width, .height = fact->height, .length = fact->length, .sounds = fact->sound};
        sw_hall_know(edition->hall, fact->path, &clip);
    }
    if (edition->exhibition->source_count == 0 || edition->data != NULL)
        return;
    edition->data = sw_data_create(edition->exhibition);
    if (sw_link_present())
        edition->feed = sw_feed_create(edition->exhibition, sw_waker_post, edition->house->waker);
    if (edition->house->feed == NULL)
        sw_house_hear_courier(edition->house, edition->feed);
}

bool sw_edition_open(struct sw_edition *edition, struct sw_house *house, const char *folder, struct sw_diags *diags)
{
    struct sw_footage_lengths lent;
    sw_footage_lend(house->footage, NULL, false, &lent);
    bool good = sw_edition_load(edition, house, sw_exhibition_create_timed(folder, sw_catalogue(), &lent.lengths, diags), 0);
    if (good)
        sw_edition_join(edition);
    return good;
}

void sw_edition_leave(struct sw_edition *edition)
{
    sw_stage_destroy(edition->stage);
    edition->stage = NULL;
    hand_back(edition, edition->borrowed);
    if (edition->feed != NULL && edition->house->feed == edition->feed)
        sw_house_hear_courier(edition->house, NULL);
    sw_media_shut(edition->gallery);
    sw_cinema_shut(edition->hall);
    edition->gallery = NULL;
    edition->hall = NULL;
}

void sw_edition_unload(struct sw_edition *edition)
{
    sw_feed_destroy(edition->feed);
    if (edition->typesetter != NULL)
        sw_typesetter_destroy(edition->typesetter);
    sw_data_destroy(edition->data);
    sw_exhibition_destroy(edition->exhibition);
    sw_clip_facts_finish(&edition->clips);
    *edition = (struct sw_edition){.house = NULL};
}

void sw_edition_close(struct sw_edition *edition)
{
    sw_edition_leave(edition);
    sw_edition_unload(edition);
}

static bool has_scene(const struct sw_exhibition *exhibition)
{
    for (size_t i = 0; i < exhibition->scene_count; i++)
        if (!exhibition->scenes[i]->draft)
            return true;
    return false;
}

const struct sw_wall *sw_edition_set_up(struct sw_edition *edition, const struct sw_options *options, bool held, struct sw_time now)
{
    const struct sw_exhibition *exhibition = edition->exhibition;
    if (exhibition == NULL)
        return NULL;
    edition->wall = sw_exhibition_wall(exhibition, options->wall);
    if (edition->wall == NULL && options->follows) /* a wall to try things on */
        edition->wall = sw_exhibition_wall(exhibition, NULL);
    if (edition->wall == NULL)
        sw_log(SW_LOG_ERROR, "player", "there is no wall \"%s\"", options->wall != NULL ? options->wall : exhibition->default_wall);
    if (edition->wall == NULL || !has_scene(exhibition))
        return edition->wall;
    struct sw_stage_options what = {.exhibition = exhibition,
                                    .wall = edition->wall,
                                    .tools = sw_edition_tools(edition),
                                    .reduced_motion = options->reduced_motion,
                                    .awaits_data = true,
                                    .held = held,
                                    .language = options->language};
    edition->stage = sw_stage_create(&what, now);
    return edition->wall;
}

const char *sw_edition_contact(const struct sw_edition *edition, struct sw_arena *arena)
{
    const struct sw_exhibition *exhibition = edition->exhibition;
    if (exhibition == NULL)
        return NULL;
    struct sw_evaluation evaluation = {.arena = arena, .zone = exhibition->zone, .language = exhibition->languages[0]};
    struct sw_resolution resolution = {.evaluation = &evaluation, .canvas = exhibition->theme.canvases[0].name};
    struct sw_value value = sw_property_value(&exhibition->contact, &resolution);
    return value.type == SW_VALUE_STRING ? value.as.string : NULL;
}

bool sw_edition_collect(struct sw_edition *edition)
{
    if (!edition->borrowed.data)
        (void)sw_feed_collect(edition->feed, edition->data);
    return !edition->borrowed.typesetter && sw_typesetter_collect(edition->typesetter);
}

bool sw_edition_wait(struct sw_edition *edition, sw_tick deadline)
{
    struct sw_house *house = edition->house;
    if (sw_media_pending(house->media) > 0) {
        if (!sw_media_settle(house->media, deadline))
            return false;
    } else if (sw_bakery_pending(house->bakery) + sw_typesetter_pending(edition->typesetter) + sw_cinema_pending(house->cinema) > 0) {
        sw_waker_wait(house->waker, deadline);
    }
    (void)sw_house_collect(house);
    (void)sw_edition_collect(edition);
    return sw_tick_now() < deadline;
}

bool sw_edition_wait_sizes(struct sw_edition *edition, sw_tick deadline)
{
    if (sw_media_sizes_pending(edition->house->media) == 0 || sw_tick_now() >= deadline)
        return false;
    sw_waker_wait(edition->house->waker, deadline);
    return true;
}

bool sw_edition_await_data(struct sw_edition *edition, sw_tick deadline)
{
    if (edition->feed == NULL)
        return true;
    for (;;) {
        (void)sw_feed_collect(edition->feed, edition->data);
        if (sw_feed_settled(edition->feed))
            return true;
        if (sw_tick_now() >= deadline)
            return false;
        sw_waker_wait(edition->house->waker, deadline);
    }
}

struct sw_typesetter *sw_edition_typesetter(const struct sw_edition *edition)
{
    uint64_t key = 0;
    return open_fonts(edition->exhibition, 0, NULL, edition->typesetter, 0, &key);
}

struct sw_stage_tools sw_edition_tools(const struct sw_edition *edition)
{
    return (struct sw_stage_tools){.typesetter = edition->typesetter,
                                   .bakery = edition->house->bakery,
                                   .pictures = edition->gallery != NULL ? sw_gallery_pictures(edition->gallery) : NULL,
                                   .videos = edition->hall != NULL ? sw_hall_videos(edition->hall) : NULL,
                                   .masks = edition->house->masks,
                                   .data = edition->data,
                                   .soon = edition->feed != NULL ? sw_feed_soon : NULL,
                                   .soon_context = edition->feed};
}
