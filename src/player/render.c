/* SPDX-License-Identifier: EUPL-1.2 */
/* `render`: one page or a whole wall into a PNG. The same input gives the same bytes, whatever the number of threads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "player/boxes.h"
#include "player/commands.h"
#include "player/edition.h"
#include "player/proof.h"
#include "player/wallshot.h"
#include "render/picture.h"

#define DATA_US (15 * SW_SECOND) /* for sources to answer */

static int fail(const char *text)
{
    (void)fprintf(stderr, "schauwand render: %s\n", text);
    return 2;
}

static bool find_page(const struct sw_exhibition *exhibition, const char *address, struct sw_proof *proof, struct sw_arena *arena,
                      const char **fault)
{
    const char *mark = strchr(address, '#');
    const char *id = mark != NULL ? sw_arena_strndup(arena, address, (size_t)(mark - address)) : address;
    proof->scene = sw_exhibition_scene(exhibition, id);
    if (proof->scene == NULL) {
        *fault = sw_arena_printf(arena, "there is no scene \"%s\" that can be drawn", id);
        return false;
    }
    proof->page = mark != NULL ? sw_scene_page(proof->scene, mark + 1) : 0;
    *fault = sw_arena_printf(arena, "the scene \"%s\" has no page \"%s\"", id, mark != NULL ? mark + 1 : "");
    return proof->page >= 0;
}

static bool write_boxes(const struct sw_buffer *boxes, const char *path, struct sw_arena *arena, const char **fault)
{
    *fault = sw_arena_printf(arena, "cannot write %s", path);
    return !boxes->full && sw_file_write_atomic(path, sw_buffer_text(boxes), boxes->length);
}

/* Writes the list as a picture. */
static bool write_list(const struct sw_draw_list *list, const struct sw_options *options)
{
    struct sw_screen *screen = sw_wallshot_screen(options, list->width, list->height);
    const struct sw_zone_frame frame = {.place = {0, 0, list->width, list->height}, .list = list};
    int width = 0, height = 0, stride = 0;
    bool shown = screen != NULL && sw_screen_show(screen, &frame, 1) != SW_SCREEN_GONE;
    const uint32_t *pixels = shown ? sw_screen_pixels(screen, &width, &height, &stride) : NULL;
    bool written = pixels != NULL && sw_picture_write(options->output, pixels, width, height, stride);
    sw_screen_destroy(screen);
    return written;
}

static bool render_scene(struct sw_edition *edition, const struct sw_options *options, sw_instant instant, struct sw_arena *arena,
                         const char **fault)
{
    const struct sw_canvas *canvas = &edition->exhibition->theme.canvases[0];
    struct sw_proof proof = {.width = options->width > 0 ? options->width : (int)canvas->width,
                             .height = options->height > 0 ? options->height : (int)canvas->height,
                             .language = options->language != NULL ? options->language : edition->exhibition->languages[0],
                             .sets = options->sets,
                             .set_count = options->set_count,
                             .popup = options->popup,
                             .visit = options->visit,
                             .countdown_s = options->countdown_s,
                             .touches = options->touches,
                             .touch_count = options->touch_count,
                             .time_s = options->time_s,
                             .instant = instant};
    struct sw_draw_list list;
    struct sw_buffer boxes;
    sw_buffer_init(&boxes, SW_BOXES_BYTES_MAX);
    proof.boxes = options->boxes != NULL ? &boxes : NULL;
    if (!find_page(edition->exhibition, options->scene, &proof, arena, fault) || !sw_proof_draw(edition, &proof, &list, arena, fault)) {
        sw_buffer_finish(&boxes);
        return false;
    }
    bool written = write_list(&list, options);
    *fault = sw_arena_printf(arena, "cannot write %s", options->output);
    if (written && options->boxes != NULL)
        written = write_boxes(&boxes, options->boxes, arena, fault);
    sw_buffer_finish(&boxes);
    sw_draw_list_finish(&list);
    return written;
}

static bool known_language(const struct sw_exhibition *exhibition, const char *language)
{
    bool known = language == NULL;
    for (size_t i = 0; !known && exhibition->languages[i] != NULL; i++)
        known = strcmp(exhibition->languages[i], language) == 0;
    return known;
}

int sw_player_render(const struct sw_options *options, struct sw_waker *waker)
{
    struct sw_diags diags;
    struct sw_house house;
    struct sw_edition edition;
    struct sw_arena arena = {.blocks = NULL};
    const char *fault = "";
    if (!sw_house_open(&house, options, waker, options->threads >= 0 ? options->threads : 0))
        return 2;
    sw_diags_init(&diags);
    if (!sw_edition_open(&edition, &house, options->folder, &diags)) {
        sw_house_close(&house);
        sw_diags_finish(&diags);
        return 2;
    }
    sw_diags_sort(&diags);
    if (diags.errors > 0)
        sw_diags_print(&diags, stderr);
    int status = diags.errors > 0 ? 1 : 0;
    sw_instant instant = sw_instant_now();
    if (!sw_edition_await_data(&edition, sw_tick_now() + DATA_US))
        sw_log(SW_LOG_WARNING, "player", "not every source has answered: what it lacks is drawn as it would be on the wall");
    if (edition.exhibition == NULL)
        status = diags.errors > 0 ? 1 : 2;
    else if (options->at != NULL && !sw_civil_parse(edition.exhibition->zone, options->at, &instant))
        status = fail("--at wants an instant, e.g. 2026-11-23T14:05");
    else if (!known_language(edition.exhibition, options->language))
        status = fail("--language names none of the exhibition's languages");
    else if (options->scene != NULL ? !render_scene(&edition, options, instant, &arena, &fault)
                                    : !sw_wallshot_write(&edition, options, instant, &arena, &fault))
        status = fail(fault);
    sw_edition_close(&edition);
    sw_house_close(&house);
    sw_arena_finish(&arena);
    sw_diags_finish(&diags);
    return status;
}
