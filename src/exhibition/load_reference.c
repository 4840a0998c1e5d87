/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses, popups and videos can be judged only when every scene is known: they are noted while loading and settled at the end. */
#include "exhibition/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sw_load_refer(struct sw_writer *writer, const cJSON *node, const char *target, enum sw_referred what)
{
    struct sw_loader *loader = writer->loader;
    loader->references = sw_grow(loader->references, &loader->reference_capacity, loader->reference_count + 1, sizeof *loader->references);
    struct sw_reference *reference = &loader->references[loader->reference_count++];
    *reference = (struct sw_reference){.target = sw_arena_strdup(loader->arena, target),
                                       .what = what,
                                       .scene = writer->scene,
                                       .document = writer->document,
                                       .path = sw_arena_strdup(loader->arena, writer->verify.path)};
    sw_json_place(writer->document->json, node, &reference->line, &reference->column);
}

static void fault(struct sw_loader *loader, const struct sw_reference *reference, const char *text)
{
    sw_diags_add(loader->diags, SW_ERROR, reference->document->file, reference->line, reference->column, reference->path, "%s", text);
}

static void settle_page(struct sw_loader *loader, const struct sw_reference *reference, const struct sw_scene *scene, const char *page)
{
    if (sw_scene_page(scene, page) >= 0 && page[0] != '\0')
        return;
    const char **ids = sw_arena_array(loader->arena, scene->page_count + 1, sizeof *ids);
    for (size_t i = 0; i < scene->page_count; i++)
        ids[i] = scene->pages[i].id;
    fault(loader, reference,
          sw_arena_printf(loader->arena, "the scene \"%s\" has no page \"%s\"%s", scene->id, page, sw_load_hint(loader, page, ids)));
}

/* Among all scenes, those with faults too; NULL: there is none, or it could not be read. */
static const struct sw_scene *find_scene(const struct sw_loader *loader, const char *id)
{
    struct sw_exhibition all = {.scenes = loader->scenes, .scene_count = loader->scene_count};
    return sw_exhibition_scene(&all, id);
}

static void settle_address(struct sw_loader *loader, const struct sw_reference *reference)
{
    const char *mark = strchr(reference->target, '#');
    size_t length = mark != NULL ? (size_t)(mark - reference->target) : strlen(reference->target);
    const char *id = sw_arena_strndup(loader->arena, reference->target, length);
    if (reference->target[0] == '\0' || (mark != NULL && mark[1] == '\0')) {
        fault(loader, reference, "an address is wanted: \"scene\", \"scene#page\" or \"#page\"");
        return;
    }
    const struct sw_scene *scene = length == 0 ? reference->scene : find_scene(loader, id);
    if (scene == NULL && length > 0 && sw_loader_document(loader, SW_DOCUMENT_SCENE, id) == NULL)
        fault(loader, reference,
              sw_arena_printf(loader->arena, "there is no scene \"%s\"%s", id,
                              sw_load_hint(loader, id, sw_load_ids(loader, SW_DOCUMENT_SCENE))));
    else if (scene != NULL && scene->draft && reference->document->kind != SW_DOCUMENT_PLAYLIST) /* which says that it is not played */
        sw_diags_add(loader->diags, SW_WARNING, reference->document->file, reference->line, reference->column, reference->path,
                     "the scene \"%s\" is a draft; it is not published", scene->id);
    else if (mark != NULL && scene != NULL)
        settle_page(loader, reference, scene, mark + 1);
}

static size_t add_names(const char **names, size_t count, const struct sw_popups *popups)
{
    for (size_t i = 0; i < popups->count; i++)
        names[count++] = popups->items[i].name;
    return count;
}

static void settle_popup(struct sw_loader *loader, const struct sw_reference *reference)
{
    const struct sw_scene *scene = reference->scene;
    if (scene == NULL)
        return; /* in a part: the scene that uses it has the popup */
    size_t count = scene->popups.count;
    for (size_t p = 0; p < scene->page_count; p++)
        count += scene->pages[p].popups.count;
    const char **names = sw_arena_array(loader->arena, count + 1, sizeof *names);
    count = add_names(names, 0, &scene->popups);
    for (size_t p = 0; p < scene->page_count; p++)
        count = add_names(names, count, &scene->pages[p].popups);
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], reference->target) == 0)
            return;
    fault(loader, reference,
          sw_arena_printf(loader->arena, "this scene has no popup \"%s\"%s", reference->target,
                          sw_load_hint(loader, reference->target, names)));
}

/* -- videos -- */

struct videos {
    const char **names;
    size_t count, capacity;
};

static void add_video(void *context, const struct sw_element *element)
{
    struct videos *videos = context;
    const struct sw_property *name = &element->common[SW_COMMON_NAME];
    if (element->part != NULL)
        sw_load_each_element(&element->part->elements, add_video, videos);
    if (element->kind->clip == NULL || name->form != SW_PROPERTY_CONSTANT || name->as.constant.type != SW_VALUE_STRING)
        return;
    videos->names = sw_grow(videos->names, &videos->capacity, videos->count + 1, sizeof *videos->names);
    videos->names[videos->count++] = name->as.constant.as.string;
}

static void add_videos_of_popups(struct videos *videos, const struct sw_popups *popups)
{
    for (size_t i = 0; i < popups->count; i++)
        sw_load_each_element(&popups->items[i].elements, add_video, videos);
}

static void settle_video(struct sw_loader *loader, const struct sw_reference *reference)
{
    const struct sw_scene *scene = reference->scene;
    struct videos videos = {.names = NULL};
    if (scene == NULL)
        return; /* in a part: the scene that uses it has the video */
    for (size_t i = 0; i < scene->page_count; i++) {
        sw_load_each_element(&scene->pages[i].elements, add_video, &videos);
        add_videos_of_popups(&videos, &scene->pages[i].popups);
    }
    add_videos_of_popups(&videos, &scene->popups);
    if (scene->frame != NULL) {
        sw_load_each_element(&scene->frame->elements, add_video, &videos);
        sw_load_each_argument(scene->frame, scene->frame_arguments, add_video, &videos);
    }
    bool found = false;
    const char **names = sw_arena_array(loader->arena, videos.count + 1, sizeof *names);
    for (size_t i = 0; i < videos.count; i++) {
        names[i] = videos.names[i];
        found = found || strcmp(names[i], reference->target) == 0;
    }
    if (!found) {
        const char *hint = sw_load_hint(loader, reference->target, names);
        fault(loader, reference,
              sw_arena_printf(loader->arena, "this scene has no video with the name \"%s\"%s", reference->target,
                              hint[0] != '\0' || videos.count > 0 ? hint : "; give it one: \"name\""));
    }
    free(videos.names);
}

void sw_load_settle_references(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->reference_count; i++)
        switch (loader->references[i].what) {
        case SW_REFERRED_ADDRESS: settle_address(loader, &loader->references[i]); break;
        case SW_REFERRED_POPUP: settle_popup(loader, &loader->references[i]); break;
        case SW_REFERRED_VIDEO: settle_video(loader, &loader->references[i]); break;
        }
}
