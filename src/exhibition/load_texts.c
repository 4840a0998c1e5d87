/* SPDX-License-Identifier: EUPL-1.2 */
/* Notes the texts that are loaded for those who translate them. */
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "exhibition/load.h"
#include "exhibition/markup.h"
#include "exhibition/texts.h"

/* Adds `text` without what is never shown of it, nor could be handed on in XML. Returns how much that was. */
static size_t put(char *out, const char *text)
{
    size_t used = 0, length = strlen(text);
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        size_t bytes = sw_utf8_decode(text + i, length - i, &code);
        if (bytes == 0)
            break;
        if ((bytes > 1 && code != 0xfffe && code != 0xffff) || (bytes == 1 && sw_markup_allowed(text[i]))) {
            memcpy(out + used, text + i, bytes);
            used += bytes;
        }
        i += bytes;
    }
    return used;
}

/* A string, or an array of lines, as one text; NULL: neither. */
static const char *text_of(struct sw_arena *arena, const cJSON *node)
{
    size_t room = 1, used = 0;
    const cJSON *line = NULL;
    if (!cJSON_IsString(node) && !cJSON_IsArray(node))
        return NULL;
    cJSON_ArrayForEach (line, node)
        room += cJSON_IsString(line) ? strlen(line->valuestring) + 1 : 0;
    room += cJSON_IsString(node) ? strlen(node->valuestring) : 0;
    char *text = sw_arena_alloc(arena, room);
    if (cJSON_IsString(node))
        used = put(text, node->valuestring);
    cJSON_ArrayForEach (line, node) {
        if (!cJSON_IsString(line))
            return NULL;
        if (line != node->child)
            text[used++] = '\n';
        used += put(text + used, line->valuestring);
    }
    text[used] = '\0';
    return text;
}

static const char *member(struct sw_arena *arena, const cJSON *object, const char *key)
{
    const char *text = sw_json_text(object, key, NULL);
    return text != NULL ? sw_arena_strdup(arena, text) : NULL;
}

/* What a file of scenes/lang/ says of a version, or is one. */
static void note_apart(struct sw_arena *arena, struct sw_text_version *version, const struct sw_translation *translation)
{
    const cJSON *entry = cJSON_IsObject(translation->entry) ? translation->entry : NULL, *review = sw_json_get(entry, "reviewed");
    if (version->text == NULL && translation->text != NULL) {
        version->text = text_of(arena, translation->text);
        version->apart = version->text != NULL;
        sw_json_place(translation->document->json, translation->text, &version->line, &version->column);
    }
    version->of = member(arena, entry, "of");
    version->by = member(arena, review, "by");
    version->reviewed = member(arena, review, "text");
}

static void keep_languages(struct sw_texts *texts, const char *const *languages)
{
    while (languages[texts->language_count] != NULL)
        texts->language_count++;
    const char **copies = sw_arena_array(&texts->arena, texts->language_count + 1, sizeof *copies);
    for (size_t i = 0; i < texts->language_count; i++)
        copies[i] = sw_arena_strdup(&texts->arena, languages[i]);
    texts->languages = copies;
}

void sw_load_note_text(struct sw_writer *w, const cJSON *node, const bool *given)
{
    struct sw_texts *texts = w->loader->texts;
    const char *const *languages = w->loader->exhibition->languages;
    if (texts == NULL)
        return;
    if (texts->languages == NULL)
        keep_languages(texts, languages);
    struct sw_text text = {.file = sw_arena_strdup(&texts->arena, w->document->file),
                           .path = sw_arena_strdup(&texts->arena, w->verify.path),
                           .plain = !cJSON_IsObject(node),
                           .versions = sw_arena_array(&texts->arena, texts->language_count, sizeof *text.versions)};
    sw_json_place(w->document->json, node, &text.line, &text.column);
    for (size_t i = 0; i < texts->language_count; i++) {
        struct sw_text_version *version = &text.versions[i];
        const cJSON *own = text.plain ? (i == 0 ? node : NULL) : sw_json_get(node, languages[i]);
        const struct sw_translation *translation = sw_load_translation(w, languages[i]);
        if (own != NULL && given[i]) {
            version->text = text_of(&texts->arena, own);
            sw_json_place(w->document->json, own, &version->line, &version->column);
        }
        if (translation != NULL)
            note_apart(&texts->arena, version, translation);
    }
    texts->items = sw_grow(texts->items, &texts->capacity, texts->count + 1, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

void sw_load_note_stray(struct sw_loader *loader, const struct sw_translation *translation)
{
    struct sw_texts *texts = loader->texts;
    if (texts == NULL)
        return;
    struct sw_text_stray stray = {.language = sw_arena_strdup(&texts->arena, translation->language),
                                  .file = sw_arena_strdup(&texts->arena, translation->file),
                                  .path = sw_arena_strdup(&texts->arena, translation->path),
                                  .of = member(&texts->arena, cJSON_IsObject(translation->entry) ? translation->entry : NULL, "of")};
    sw_json_key_place(translation->document->json, translation->entry, &stray.line, &stray.column);
    texts->strays = sw_grow(texts->strays, &texts->stray_capacity, texts->stray_count + 1, sizeof *texts->strays);
    texts->strays[texts->stray_count++] = stray;
}
