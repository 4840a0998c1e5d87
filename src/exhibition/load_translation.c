/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/lang/: texts that stand apart from the files that they are for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "exhibition/load.h"
#include "exhibition/texts.h"

#define STAMP_SHAPE "{'type': 'string', 'pattern': '^[0-9a-f]{8}$'}"
#define TEXT_SHAPE "{'$ref': '#/$defs/value-text'}, {'type': 'boolean'}"

static void judge_stamp(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node) || !sw_text_stamp_valid(node->valuestring))
        sw_verify_fault(verify, node, "the stamp of a text is wanted, eight of 0-9 and a-f, as `schauwand lang import` writes it");
}

/* Judged where the text is that it stands for. */
static void judge_text(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)verify;
    (void)row;
    (void)node;
}

static const struct sw_row review_rows[] = {
    {.key = "by", .type = SW_TYPE_STRING, .flags = SW_ROW_REQUIRED, .meaning = "Who has reviewed it."},
    {.key = "text",
     .type = SW_TYPE_CUSTOM,
     .flags = SW_ROW_REQUIRED,
     .judge = judge_stamp,
     .shape = STAMP_SHAPE,
     .meaning = "The stamp of the translation that was reviewed: of another one it is not."},
};
static const struct sw_table review_table = {"review", "Who has reviewed a translation; texts in easy language want it.", review_rows,
                                             SW_COUNT(review_rows)};
static const struct sw_row translation_rows[] = {
    {.key = "text",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_text,
     .shape = "{'anyOf': [" TEXT_SHAPE "]}",
     .meaning = "The translation; without it, what is said here is of the one that stands beside the text itself."},
    {.key = "of",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_stamp,
     .shape = STAMP_SHAPE,
     .meaning = "The stamp of the text that was translated: where that has changed, `schauwand lang status` says so."},
    {.key = "reviewed", .type = SW_TYPE_OBJECT, .table = &review_table, .meaning = "Who has reviewed it."},
};
const struct sw_table sw_translation_table = {"translation", "A text of scenes/lang/ with what is known of it; it may be the text alone.",
                                              translation_rows, SW_COUNT(translation_rows)};

static const struct sw_row translation_row = {.key = "",
                                              .type = SW_TYPE_CUSTOM,
                                              .shape = "{'anyOf': [" TEXT_SHAPE ", {'$ref': '#/$defs/translation'}]}",
                                              .meaning = "What stands there in this language."};
static const struct sw_row translated_file_row = {.key = "",
                                                  .type = SW_TYPE_MAP,
                                                  .item = &translation_row,
                                                  .key_type = SW_TYPE_STRING,
                                                  .meaning = "Texts of a file by their place: {\"pages[0].title\": \"...\"}."};
const struct sw_row sw_translations_row = {.key = "",
                                           .type = SW_TYPE_MAP,
                                           .item = &translated_file_row,
                                           .key_type = SW_TYPE_STRING,
                                           .meaning = "Texts by the path of their file."};

/* A text, or an object of the table above. */
static void load_entry(struct sw_writer *w, const char *file, const cJSON *entry)
{
    struct sw_loader *loader = w->loader;
    const cJSON *text = entry;
    if (cJSON_IsObject(entry)) {
        char before[sizeof w->verify.path];
        memcpy(before, w->verify.path, sizeof before);
        (void)snprintf(w->verify.path, sizeof w->verify.path, "%s: %s", file, entry->string);
        bool sound = sw_verify_object(&w->verify, &sw_translation_table, entry);
        memcpy(w->verify.path, before, sizeof before);
        text = sw_json_get(entry, "text");
        if (!sound && text == NULL)
            return;
    }
    loader->translations =
        sw_grow(loader->translations, &loader->translation_capacity, loader->translation_count + 1, sizeof *loader->translations);
    loader->translations[loader->translation_count++] = (struct sw_translation){
        .language = w->document->id, .file = file, .path = entry->string, .entry = entry, .text = text, .document = w->document};
}

/* The texts that a language file has for `file`, which is one of the exhibition's. */
static void load_file(struct sw_writer *w, const cJSON *file)
{
    struct sw_loader *loader = w->loader;
    const cJSON *entry = NULL;
    if (sw_loader_file(loader, file->string) == NULL) {
        const char **files = sw_arena_array(loader->arena, loader->document_count + 1, sizeof *files);
        for (size_t i = 0; i < loader->document_count; i++)
            files[i] = loader->documents[i].file;
        sw_verify_key_fault(&w->verify, file, "there is no file \"%s\"%s", file->string, sw_load_hint(loader, file->string, files));
        return;
    }
    if (!cJSON_IsObject(file)) {
        sw_verify_fault(&w->verify, file, "texts of a file are wanted: {\"pages[0].title\": \"...\"}");
        return;
    }
    cJSON_ArrayForEach (entry, file)
        load_entry(w, file->string, entry);
}

static void load_language(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *file = NULL;
    cJSON_ArrayForEach (file, document->json->root) {
        size_t mark = sw_verify_enter(&w.verify, file->string);
        load_file(&w, file);
        sw_verify_leave(&w.verify, mark);
    }
}

static bool is_language(const struct sw_exhibition *exhibition, const char *name)
{
    size_t i = 0;
    while (exhibition->languages[i] != NULL && strcmp(exhibition->languages[i], name) != 0)
        i++;
    return exhibition->languages[i] != NULL;
}

static int compare(const void *a, const void *b)
{
    const struct sw_translation *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    order = order != 0 ? order : strcmp(x->path, y->path);
    return order != 0 ? order : strcmp(x->language, y->language);
}

void sw_load_translations(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        if (document->kind != SW_DOCUMENT_LANGUAGE || document->faulty)
            continue;
        if (is_language(loader->exhibition, document->id))
            load_language(loader, document);
        else
            sw_diags_add(loader->diags, SW_ERROR, document->file, 0, 0, NULL, "\"%s\" is not among the exhibition's languages%s",
                         document->id, sw_load_hint(loader, document->id, loader->exhibition->languages));
    }
    if (loader->translation_count > 0)
        qsort(loader->translations, loader->translation_count, sizeof *loader->translations, compare);
}

struct sw_translation *sw_load_translation(struct sw_writer *w, const char *language)
{
    struct sw_translation wanted = {.language = language, .file = w->document->file, .path = w->verify.path};
    if (w->loader->translation_count == 0)
        return NULL;
    return bsearch(&wanted, w->loader->translations, w->loader->translation_count, sizeof wanted, compare);
}

void sw_load_check_translations(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->translation_count; i++) {
        const struct sw_translation *translation = &loader->translations[i];
        const struct sw_document *file = sw_loader_file(loader, translation->file);
        int line = 0, column = 0;
        if (translation->used || file == NULL || file->faulty)
            continue;
        sw_json_key_place(translation->document->json, translation->entry, &line, &column);
        sw_diags_add(loader->diags, SW_ERROR, translation->document->file, line, column, NULL,
                     translation->text != NULL ? "%s has no text at \"%s\" that lacks this language; remove the line or mend its path"
                                               : "%s has no text in this language at \"%s\"; remove the line, mend its path or give it a "
                                                 "\"text\"",
                     translation->file, translation->path);
        sw_load_note_stray(loader, translation);
    }
}
