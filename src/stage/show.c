/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "exhibition/language.h"
#include "stage/credit.h"
#include "stage/scope.h"
#include "view/view.h"

static const struct sw_states no_states;

static struct sw_show *create(const struct sw_show_place *where)
{
    struct sw_show *show = sw_alloc(sizeof *show);
    show->where = where;
    show->entered = SW_NEVER;
    show->due = SW_NEVER;
    show->stale = show->redraw = true;
    show->countdown_s = -1;
    sw_arena_init(&show->arena);
    sw_reads_init(&show->reads);
    sw_reads_init(&show->needs);
    sw_reads_init(&show->told);
    return show;
}

struct sw_show *sw_show_create(const struct sw_show_place *where, const struct sw_scene *scene, int page)
{
    struct sw_show *show = create(where);
    show->scene = scene;
    show->page = page;
    sw_state_values_init(&show->state, &scene->states);
    return show;
}

struct sw_show *sw_show_create_overlay(const struct sw_show_place *where, const struct sw_part *overlay)
{
    struct sw_show *show = create(where);
    show->overlay = overlay;
    sw_state_values_init(&show->state, &no_states);
    return show;
}

void sw_show_destroy(struct sw_show *show)
{
    if (show == NULL)
        return;
    sw_state_values_finish(&show->state);
    sw_draw_list_finish(&show->list);
    sw_arena_finish(&show->arena);
    sw_fades_finish(&show->fades);
    free(show->ages);
    free(show);
}

/* -- ages: since when a moving element has been there -- */

/* Boxes come in the same order each time: looked for from behind the one that was found last, *next. */
static struct sw_age *find_age(const struct sw_show *show, uint64_t identity, size_t *next)
{
    for (size_t i = 0; i < show->age_count; i++) {
        size_t at = (*next + i) % show->age_count;
        if (show->ages[at].identity == identity) {
            *next = at + 1;
            return &show->ages[at];
        }
    }
    return NULL;
}

struct aging {
    struct sw_show *show;
    sw_tick now;
    size_t next;
};

static void note_age(void *context, const struct sw_box *box)
{
    struct aging *aging = context;
    struct sw_show *show = aging->show;
    if (box->element == NULL || box->element->common[SW_COMMON_ANIMATE].form == SW_PROPERTY_NONE)
        return;
    struct sw_age *age = show->generation > 1 ? find_age(show, box->identity, &aging->next) : NULL; /* at first all are new */
    if (age == NULL) {
        show->ages = sw_grow(show->ages, &show->age_capacity, show->age_count + 1, sizeof *show->ages);
        age = &show->ages[show->age_count++];
        *age = (struct sw_age){.identity = box->identity, .since = show->generation <= 1 ? SW_NEVER : aging->now};
    }
    age->generation = show->generation;
}

/* What is gone from the tree begins anew when it comes back. */
static void forget_ages(struct sw_show *show)
{
    size_t kept = 0;
    for (size_t i = 0; i < show->age_count; i++)
        if (show->ages[i].generation == show->generation)
            show->ages[kept++] = show->ages[i];
    show->age_count = kept;
}

struct age_context {
    const struct sw_show *show;
    sw_tick now;
    size_t *next;
};

static double age_of(const void *context, uint64_t identity)
{
    const struct age_context *own = context;
    const struct sw_age *age = find_age(own->show, identity, own->next);
    sw_tick since = age == NULL || age->since == SW_NEVER ? own->show->entered : age->since;
    return since == SW_NEVER ? 0 : (double)(own->now - since) / 1e6;
}

static bool settle_within(struct sw_show *show, const struct sw_box *box, uint64_t identity, sw_tick since)
{
    bool found = box->identity == identity;
    for (const struct sw_box *child = box->first; child != NULL && !found; child = child->next)
        found = settle_within(show, child, identity, since);
    size_t next = 0;
    struct sw_age *age = found ? find_age(show, box->identity, &next) : NULL;
    if (age != NULL)
        age->since = since;
    return found;
}

void sw_show_settle(struct sw_show *show, uint64_t identity, sw_tick now)
{
    if (show->root != NULL)
        (void)settle_within(show, show->root, identity, now - SW_HOUR);
}

void sw_show_glide(struct sw_show *show, const struct sw_glide *glides, size_t count)
{
    if (show->glide_count > 0 || count > 0)
        show->redraw = true;
    show->glides = glides;
    show->glide_count = count;
}

/* -- building -- */

static bool session_is(const struct sw_visit *visit, const char *name, const char *wanted)
{
    struct sw_value value;
    return sw_state_values_get(&visit->session, name, &value) && value.type == SW_VALUE_STRING && strcmp(value.as.string, wanted) == 0;
}

static struct sw_view_context view_context(const struct sw_show *show, struct sw_arena *arena, const struct sw_evaluation *evaluation)
{
    const struct sw_show_place *where = show->where;
    return (struct sw_view_context){.exhibition = where->exhibition,
                                    .canvas = where->canvas,
                                    .evaluation = evaluation,
                                    .high_contrast = session_is(where->visit, "contrast", "high"),
                                    .right_to_left = sw_language_right_to_left(where->visit->language),
                                    .text_factor = session_is(where->visit, "text_size", "large") ? where->exhibition->theme.large : 1,
                                    .panes = where->panes,
                                    .arena = arena,
                                    .typesetter = where->tools.typesetter,
                                    .bakery = where->tools.bakery,
                                    .pictures = where->tools.pictures,
                                    .videos = where->tools.videos,
                                    .masks = where->tools.masks,
                                    .choices = &where->visit->choices,
                                    .judged = where->judged,
                                    .data = where->tools.data};
}

static size_t make_layers(struct sw_show *show, const struct sw_scope *scope, struct sw_view_layer layers[SW_POPUPS_MAX + 1])
{
    size_t count = 0;
    if (show->overlay != NULL) {
        layers[count++] = (struct sw_view_layer){
            .frame = show->overlay,
            .frame_arguments = sw_arena_array(&show->arena, show->overlay->parameter_count, sizeof(struct sw_property)),
            .modal = show->countdown_s >= 0,
            .identity = sw_hash_text(SW_HASH_START, "overlay"),
        };
        return count;
    }
    const struct sw_page *page = &show->scene->pages[show->page];
    layers[count++] = (struct sw_view_layer){.elements = page->elements,
                                             .frame = show->scene->frame,
                                             .frame_arguments = show->scene->frame_arguments,
                                             .scope = scope,
                                             .identity = sw_hash_text(sw_hash_text(SW_HASH_START, show->scene->id), page->id)};
    for (size_t i = 0; i < show->popup_count; i++)
        layers[count++] = (struct sw_view_layer){.elements = show->popups[i]->elements,
                                                 .area = &show->popups[i]->in,
                                                 .modal = show->popups[i]->modal,
                                                 .scope = scope,
                                                 .identity = sw_hash_text(sw_hash_text(SW_HASH_START, "popup"), show->popups[i]->name)};
    return count;
}

static uint32_t ground_of(const struct sw_show *show, const struct sw_view_context *context);

/* `news`: as data have changed, which is seen to change; else as the visitor wanted something, who is shown it at once. */
static void build(struct sw_show *show, struct sw_time now, bool news)
{
    sw_arena_reset(&show->arena);
    sw_reads_init(&show->reads);
    sw_reads_init(&show->needs);
    sw_reads_init(&show->told);
    struct sw_evaluation *evaluation = sw_arena_alloc(&show->arena, sizeof *evaluation);
    struct sw_show_scope *scope = sw_arena_alloc(&show->arena, sizeof *scope);
    *evaluation = (struct sw_evaluation){.arena = &show->arena,
                                         .reads = &show->reads,
                                         .now = now.instant,
                                         .zone = show->where->exhibition->zone,
                                         .language = show->where->visit->language};
    sw_show_scope_init(scope, show, &show->arena, evaluation);
    evaluation->scope = &scope->global;
    struct sw_view_context context = view_context(show, &show->arena, evaluation);
    context.needs = &show->needs;
    context.told = &show->told;
    struct sw_view_layer layers[SW_POPUPS_MAX + 1];
    size_t count = make_layers(show, &scope->scene, layers);
    show->root = sw_view_create(&context, layers, count);
    show->ground = context.judged ? ground_of(show, &context) : 0;
    show->credit = show->scene != NULL ? sw_credit_text(show, now.instant, &show->arena) : "";
    show->generation++;
    show->built_at = now.instant;
    show->data_number = show->where->tools.data != NULL ? sw_data_number(show->where->tools.data) : 0;
    struct aging aging = {.show = show, .now = now.tick};
    sw_view_each(show->root, note_age, &aging);
    forget_ages(show);
    show->playheads.still = show->where->still;
    show->playheads.steady = show->where->still || context.high_contrast || context.text_factor > 1;
    sw_playheads_note(&show->playheads, show->root, now.tick);
    sw_fades_note(&show->fades, show->root, &show->list, now.tick, news && show->entered != SW_NEVER);
    show->stale = false;
    show->redraw = true;
}

/* Whether a source that the tree has read tells something new. */
static bool data_changed(struct sw_show *show)
{
    const struct sw_data *data = show->where->tools.data;
    if (data == NULL || sw_data_number(data) == show->data_number)
        return false;
    bool changed = sw_reads_has(&show->reads, "sources"); /* of all of them; so too where more was read than could be noted */
    for (int i = 0; i < show->reads.source_count && !changed; i++)
        changed = sw_data_look(data, show->reads.sources[i], show->built_at).number > show->data_number;
    show->data_number = sw_data_number(data);
    return changed;
}

static uint32_t ground_of(const struct sw_show *show, const struct sw_view_context *context)
{
    const struct sw_theme *theme = &show->where->exhibition->theme;
    uint32_t ground = 0xff000000u;
    (void)sw_theme_colour(theme, theme->ground, context->high_contrast, &ground);
    if (show->scene != NULL && show->scene->ground.form != SW_PROPERTY_NONE) {
        struct sw_resolution resolution = {.evaluation = context->evaluation, .canvas = context->canvas->name};
        ground = sw_view_colour(context, sw_property_value(&show->scene->ground, &resolution), ground);
    }
    return ground | 0xff000000u;
}

/* Takes over what was drawn; but what is on the wall stays as it is for the milliseconds that a text takes. True: it took it over. */
static bool keep_list(struct sw_show *show, struct sw_draw_list *list, const struct sw_painter *painter)
{
    bool waits = painter->late > 0 && show->drawn && show->entered != SW_NEVER;
    sw_draw_list_finish(waits ? list : &show->list);
    if (!waits)
        show->list = *list;
    return !waits;
}

/* False: the list is still the one before. */
static bool draw(struct sw_show *show, struct sw_time now)
{
    const struct sw_show_place *where = show->where;
    struct sw_arena scratch = {.blocks = NULL};
    struct sw_reads reads;
    sw_reads_init(&reads);
    struct sw_evaluation evaluation = {
        .arena = &scratch, .reads = &reads, .now = show->built_at, .zone = where->exhibition->zone, .language = where->visit->language};
    struct sw_show_scope scope;
    sw_show_scope_init(&scope, show, &scratch, &evaluation);
    evaluation.scope = &scope.global;
    struct sw_view_context context = view_context(show, &scratch, &evaluation);
    struct sw_draw_list list;
    sw_draw_list_init(&list, where->place.width, where->place.height, ground_of(show, &context));
    size_t next_age = 0;
    struct sw_finger fingers[SW_FINGERS_MAX];
    struct sw_playback playbacks[SW_PLAYHEADS_MAX];
    uint64_t key = sw_hash_number(sw_hash_text(SW_HASH_START, where->zone), show->serial);
    struct age_context ages = {.show = show, .now = now.tick, .next = &next_age};
    struct sw_painter painter = {.context = &context,
                                 .list = &list,
                                 .before = &show->list,
                                 .scale = where->scale,
                                 .offset_x = where->offset_x,
                                 .offset_y = where->offset_y,
                                 .zoom = 1,
                                 .opacity = 1,
                                 .clip = {0, 0, where->place.width, where->place.height},
                                 .pressed = show->pressed,
                                 .age = age_of,
                                 .age_context = &ages,
                                 .still = where->still || show->entered == SW_NEVER,
                                 .fingers = fingers,
                                 .playbacks = playbacks,
                                 .playback_count = sw_playheads_drawn(&show->playheads, key, where->volume, now.tick, playbacks),
                                 .fades = &show->fades,
                                 .now = now.tick,
                                 .next_due = SW_NEVER,
                                 .glides = show->glides,
                                 .glide_count = show->glide_count};
    painter.finger_count =
        sw_fingers_drawn(&show->fingers, now.tick, where->scale, where->offset_x, where->offset_y, fingers);
    sw_view_paint(&painter, show->root);
    sw_credit_draw(&painter, show);
    show->pending = painter.pending;
    show->failed = painter.failed;
    show->frames = painter.frames;
    show->due = painter.next_due;
    show->awaits = painter.awaits;
    show->moving = painter.moving && show->entered != SW_NEVER;
    show->redraw = sw_playheads_seen(&show->playheads, playbacks, painter.playback_count, now.tick);
    bool kept = keep_list(show, &list, &painter);
    if (kept)
        sw_fades_kept(&show->fades);
    show->drawn = true;
    sw_arena_finish(&scratch);
    return kept;
}

bool sw_show_update(struct sw_show *show, struct sw_time now, bool assets)
{
    bool timed_out = show->reads.valid_until <= now.instant || now.instant < show->built_at;
    bool news = data_changed(show), anew = news || show->stale || timed_out;
    /* what came in was asked for as of then: of another now it would not be what is wanted */
    if (anew || (assets && show->pending > show->frames))
        build(show, (struct sw_time){.tick = now.tick, .instant = anew ? now.instant : show->built_at}, news && !show->stale);
    if (sw_fingers_forget(&show->fingers, show->where->still, now.tick) || sw_fingers_next(&show->fingers, now.tick) == now.tick)
        show->redraw = true;
    bool turned = sw_playheads_rest(&show->playheads, show->where->rests, now.tick);
    turned = sw_playheads_step(&show->playheads, now.tick) || turned;
    if (turned || show->awaits || show->due <= now.tick || sw_playheads_next(&show->playheads, now.tick) <= now.tick)
        show->redraw = true;
    if (!show->redraw && !show->moving)
        return false;
    return draw(show, now);
}

void sw_show_lay(struct sw_show *show, struct sw_time now) { build(show, now, false); }

bool sw_show_ready(const struct sw_show *show) { return show->drawn && show->pending == 0 && !show->stale; }

void sw_show_enter(struct sw_show *show, sw_tick now)
{
    show->entered = now;
    sw_playheads_enter(&show->playheads, now);
    show->redraw = true;
}

static const struct sw_popup *find_popup(const struct sw_popups *popups, const char *name)
{
    for (size_t i = 0; i < popups->count; i++)
        if (strcmp(popups->items[i].name, name) == 0)
            return &popups->items[i];
    return NULL;
}

void sw_show_open(struct sw_show *show, const char *name)
{
    if (show->scene == NULL || name == NULL)
        return;
    const struct sw_popup *popup = find_popup(&show->scene->pages[show->page].popups, name);
    if (popup == NULL)
        popup = find_popup(&show->scene->popups, name);
    if (popup == NULL) {
        sw_log(SW_LOG_WARNING, "stage", "scene %s has no popup \"%s\"", show->scene->id, name);
        return;
    }
    for (size_t i = 0; i < show->popup_count; i++)
        if (show->popups[i] == popup)
            return;
    if (show->popup_count == SW_POPUPS_MAX)
        return;
    show->popups[show->popup_count++] = popup;
    show->stale = true;
}

void sw_show_close(struct sw_show *show, const char *name)
{
    size_t at = show->popup_count;
    if (name == NULL && at > 0)
        at--;
    for (size_t i = 0; name != NULL && i < show->popup_count; i++)
        if (strcmp(show->popups[i]->name, name) == 0)
            at = i;
    if (at >= show->popup_count)
        return;
    memmove(&show->popups[at], &show->popups[at + 1], (show->popup_count - at - 1) * sizeof show->popups[0]);
    show->popup_count--;
    show->stale = true;
}

sw_tick sw_show_next(const struct sw_show *show, struct sw_time now)
{
    if (show->stale || show->redraw)
        return now.tick;
    sw_tick next = show->moving ? now.tick : sw_fingers_next(&show->fingers, now.tick);
    next = show->due < next ? show->due : next;
    sw_tick plays = sw_playheads_next(&show->playheads, now.tick);
    next = plays < next ? plays : next;
    if (show->reads.valid_until != SW_NEVER) {
        sw_tick due = now.tick + (show->reads.valid_until > now.instant ? show->reads.valid_until - now.instant : 0);
        next = due < next ? due : next;
    }
    return next;
}
