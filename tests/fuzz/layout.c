/* SPDX-License-Identifier: EUPL-1.2 */
/* A scene file that loads, laid out and drawn: every page on every canvas, in a language that goes the other way and in large type too. No
 * box has a place that is no number, what is made twice is the same twice, and whoever touches it anywhere finds a box of it or none. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "house.h"
#include "view/mask.h"
#include "view/view.h"

#define BUDGET ((size_t)16 << 20)
#define NOW (1795352705 * SW_SECOND)
#define BYTES_MAX 16384 /* longer scenes take long, and show nothing that shorter ones do not */

static struct {
    struct sw_typesetter *typesetter;
    struct sw_bakery *bakery;
    struct sw_masks *masks;
    struct sw_pictures pictures;
} tools;

static enum sw_asset_state picture_size(void *context, const char *path, int *width, int *height)
{
    (void)context;
    *width = 400;
    *height = 300;
    return strchr(path, '-') != NULL ? SW_ASSET_PENDING : SW_ASSET_READY;
}

static enum sw_asset_state picture_get(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    (void)context;
    (void)bitmap;
    assert(request->width >= 1 && request->width <= 16384 && request->height >= 1 && request->height <= 16384);
    assert(request->left >= 0 && request->left < request->right && request->right <= 1);
    assert(request->top >= 0 && request->top < request->bottom && request->bottom <= 1);
    return SW_ASSET_PENDING;
}

static void make_tools(const struct sw_exhibition *exhibition)
{
    static char path[512];
    static struct sw_font_role role;
    assert(exhibition->font_count > 0 && strlen(exhibition->fonts[0].path) < sizeof path);
    memcpy(path, exhibition->fonts[0].path, strlen(exhibition->fonts[0].path) + 1);
    role = (struct sw_font_role){.name = "text", .path = path};
    const struct sw_font_set fonts = {.roles = &role, .role_count = 1};
    tools.typesetter = sw_typesetter_create(&fonts, BUDGET);
    tools.bakery = sw_bakery_create(0, BUDGET, NULL, NULL);
    tools.masks = sw_masks_create(BUDGET);
    tools.pictures = (struct sw_pictures){.size = picture_size, .get = picture_get};
    assert(tools.typesetter != NULL && tools.bakery != NULL && tools.masks != NULL);
}

/* -- names: the scene's state as it begins -- */

static bool look_up(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct sw_scene *scene = scope->context;
    for (size_t i = 0; i < scene->states.count; i++) {
        if (strcmp(scene->states.items[i].name, name) == 0) {
            *out = scene->states.items[i].start;
            return true;
        }
    }
    return false;
}

/* -- one page -- */

static void check_box(void *context, const struct sw_box *box)
{
    size_t *count = context;
    (*count)++;
    assert(isfinite(box->rect.x) && isfinite(box->rect.y) && isfinite(box->rect.width) && isfinite(box->rect.height));
    assert(box->rect.width >= 0 && box->rect.height >= 0 && box->opacity >= 0);
}

static void any_damage(void *context, struct sw_box_px box)
{
    *(bool *)context = *(bool *)context || !sw_box_px_empty(box);
}

static struct sw_box *make(const struct sw_view_context *context, const struct sw_scene *scene, const struct sw_page *page,
                           const struct sw_scope *scope, struct sw_draw_list *list)
{
    const struct sw_view_layer layer = {
        .elements = page->elements, .frame = scene->frame, .frame_arguments = scene->frame_arguments, .identity = 1, .scope = scope};
    struct sw_box *root = sw_view_create(context, &layer, 1);
    size_t count = 0;
    assert(root != NULL);
    sw_view_each(root, check_box, &count);
    assert(count <= SW_VIEW_BOXES_MAX + 2);
    int width = (int)context->canvas->width, height = (int)context->canvas->height;
    sw_draw_list_init(list, width, height, 0xffffffff);
    struct sw_painter painter = {.context = context,
                                 .list = list,
                                 .scale = 1,
                                 .zoom = 1,
                                 .opacity = 1,
                                 .clip = {0, 0, width, height},
                                 .time_s = 100,
                                 .next_due = SW_NEVER};
    sw_view_paint(&painter, root);
    return root;
}

static void touch(const struct sw_view_context *context, const struct sw_box *root)
{
    for (int i = 0; i < 25; i++) {
        bool modal = false;
        double x = context->canvas->width * (i % 5) / 4, y = context->canvas->height * (i / 5) / 4;
        (void)!sw_view_hit(root, x, y, 10, 20, &modal);
        (void)!sw_view_felt(root, x, y);
        (void)!sw_view_played(root, x, y);
    }
}

static void lay_out(const struct sw_exhibition *exhibition, const struct sw_scene *scene, const struct sw_page *page, unsigned way)
{
    struct sw_arena arena = {0};
    struct sw_reads reads;
    struct sw_scope scope = {.lookup = look_up, .context = scene};
    struct sw_evaluation evaluation = {.scope = &scope, .arena = &arena, .reads = &reads, .now = NOW, .zone = exhibition->zone,
                                       .language = exhibition->languages[way % 2]};
    struct sw_view_context context = {.exhibition = exhibition,
                                      .canvas = &exhibition->theme.canvases[way / 2 % exhibition->theme.canvas_count],
                                      .evaluation = &evaluation,
                                      .text_factor = way % 2 ? exhibition->theme.large : 1,
                                      .high_contrast = way % 2,
                                      .right_to_left = way % 2,
                                      .arena = &arena,
                                      .typesetter = tools.typesetter,
                                      .bakery = tools.bakery,
                                      .pictures = &tools.pictures,
                                      .masks = tools.masks};
    struct sw_draw_list first = {.items = NULL}, second = {.items = NULL};
    bool damaged = false;
    sw_reads_init(&reads);
    (void)make(&context, scene, page, &scope, &first);
    const struct sw_box *root = make(&context, scene, page, &scope, &second);
    sw_draw_list_compare(&first, &second, any_damage, &damaged);
    assert(!damaged);
    touch(&context, root);
    sw_draw_list_finish(&first);
    sw_draw_list_finish(&second);
    sw_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct sw_diags diags;
    if (length > BYTES_MAX)
        return 0;
    sw_diags_init(&diags);
    struct sw_exhibition *exhibition = house_load("scenes/x.json", bytes, length, &diags);
    assert(exhibition != NULL);
    const struct sw_scene *scene = sw_exhibition_scene(exhibition, "x");
    if (tools.typesetter == NULL)
        make_tools(exhibition);
    for (size_t page = 0; scene != NULL && page < scene->page_count; page++)
        for (unsigned way = 0; way < 4; way++)
            lay_out(exhibition, scene, &scene->pages[page], way);
    (void)sw_typesetter_collect(tools.typesetter);
    sw_bakery_collect(tools.bakery);
    sw_masks_collect(tools.masks);
    sw_exhibition_destroy(exhibition);
    sw_diags_finish(&diags);
    return 0;
}
