/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses and popups can be judged only when every scene is known: they are noted while loading and settled at the end. */
#include "exhibition/load.h"

#include <string.h>

#include "base/memory.h"

void sw_load_refer(struct sw_writer *writer, const cJSON *node, const char *target, bool popup)
{
    struct sw_loader *loader = writer->loader;
    loader->references = sw_grow(loader->references, &loader->reference_capacity, loader->reference_count + 1, sizeof *loader->references);
    struct sw_reference *reference = &loader->references[loader->reference_count++];
    *reference = (struct sw_reference){.target = sw_arena_strdup(loader->arena, target),
                                       .popup = popup,
                                       .scene = writer->scene,
                                       .document = writer->document,
                                       .path = sw_arena_strdup(loader->arena, writer->verify.path)};
    sw_json_place(writer->document->json, node, &reference->line, &reference->column);
}

static void fault(struct sw_loader *loader, const struct sw_reference *reference, const char *text)
{
    sw_diags_add(loader->diags, SW_ERROR, reference->document->file, reference->line, reference->column, reference->path, "%s", text);
}

static const char *suggestion(struct sw_arena *arena, const char *word, const char *const *known, size_t count)
{
    const char *nearest = sw_nearest(word, known, count);
    return nearest != NULL ? sw_arena_printf(arena, "; did you mean \"%s\"?", nearest) : "";
}

static void settle_page(struct sw_loader *loader, const struct sw_reference *reference, const struct sw_scene *scene, const char *page)
{
    if (sw_scene_page(scene, page) >= 0)
        return;
    const char **ids = sw_arena_array(loader->arena, scene->page_count + 1, sizeof *ids);
    for (size_t i = 0; i < scene->page_count; i++)
        ids[i] = scene->pages[i].id;
    fault(loader, reference,
          sw_arena_printf(loader->arena, "the scene \"%s\" has no page \"%s\"%s", scene->id, page,
                          suggestion(loader->arena, page, ids, scene->page_count)));
}

static void settle_address(struct sw_loader *loader, const struct sw_reference *reference)
{
    const struct sw_exhibition *exhibition = loader->exhibition;
    const char *mark = strchr(reference->target, '#');
    size_t length = mark != NULL ? (size_t)(mark - reference->target) : strlen(reference->target);
    const char *id = sw_arena_strndup(loader->arena, reference->target, length);
    const struct sw_scene *scene = length == 0 ? reference->scene : sw_exhibition_scene(exhibition, id);
    if (scene == NULL && length > 0 && sw_loader_document(loader, SW_DOCUMENT_SCENE, id) == NULL) {
        const char **ids = sw_arena_array(loader->arena, loader->document_count + 1, sizeof *ids);
        size_t count = 0;
        for (size_t i = 0; i < loader->document_count; i++)
            if (loader->documents[i].kind == SW_DOCUMENT_SCENE)
                ids[count++] = loader->documents[i].id;
        fault(loader, reference,
              sw_arena_printf(loader->arena, "there is no scene \"%s\"%s", id, suggestion(loader->arena, id, ids, count)));
        return;
    }
    if (mark != NULL && scene != NULL)
        settle_page(loader, reference, scene, mark + 1);
}

static void settle_popup(struct sw_loader *loader, const struct sw_reference *reference)
{
    if (reference->scene == NULL)
        return; /* in a part: the scene that uses it has the popup */
    const char **names = sw_arena_array(loader->arena, 1024, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < reference->scene->popups.count && count < 1024; i++)
        names[count++] = reference->scene->popups.items[i].name;
    for (size_t p = 0; p < reference->scene->page_count; p++)
        for (size_t i = 0; i < reference->scene->pages[p].popups.count && count < 1024; i++)
            names[count++] = reference->scene->pages[p].popups.items[i].name;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], reference->target) == 0)
            return;
    fault(loader, reference,
          sw_arena_printf(loader->arena, "this scene has no popup \"%s\"%s", reference->target,
                          suggestion(loader->arena, reference->target, names, count)));
}

void sw_load_settle_references(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->reference_count; i++)
        if (loader->references[i].popup)
            settle_popup(loader, &loader->references[i]);
        else
            settle_address(loader, &loader->references[i]);
}
