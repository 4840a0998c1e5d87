/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

struct paper {
    char *file;
    uint64_t hash; /* of its bytes */
    size_t length;
    struct sw_json *json; /* NULL: taken */
    bool seen;            /* by the present load */
};

struct sw_kept {
    struct paper *papers; /* sorted by file, but for those that the present load has added */
    size_t count, capacity, sorted;
    struct sw_root *root;
    struct sw_exhibition *sources_of; /* held; NULL: none are known */
    uint64_t sources_key;
};

struct sw_kept *sw_kept_create(void) { return sw_alloc(sizeof(struct sw_kept)); }

void sw_kept_destroy(struct sw_kept *kept)
{
    if (kept == NULL)
        return;
    for (size_t i = 0; i < kept->count; i++) {
        sw_json_destroy(kept->papers[i].json);
        free(kept->papers[i].file);
    }
    free(kept->papers);
    sw_root_destroy(kept->root);
    sw_exhibition_destroy(kept->sources_of);
    free(kept);
}

/* -- the root -- */

struct sw_root *sw_kept_root(struct sw_kept *kept, const char *folder)
{
    bool same = kept != NULL && kept->root != NULL && strcmp(sw_root_path(kept->root), folder) == 0 && sw_root_stands(kept->root);
    return same ? sw_root_hold(kept->root) : NULL;
}

/* -- documents -- */

static int by_file(const void *a, const void *b)
{
    const struct paper *x = a, *y = b;
    return strcmp(x->file, y->file);
}

static struct paper *find(struct sw_kept *kept, const char *file)
{
    size_t low = 0, high = kept->sorted;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(kept->papers[middle].file, file);
        if (order == 0)
            return &kept->papers[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct sw_json *sw_kept_take(struct sw_kept *kept, const char *file, uint64_t hash, size_t length)
{
    struct paper *paper = kept != NULL ? find(kept, file) : NULL;
    if (paper == NULL || paper->hash != hash || paper->length != length)
        return NULL;
    struct sw_json *json = paper->json;
    paper->json = NULL;
    return json;
}

void sw_kept_put(struct sw_kept *kept, struct sw_document *document)
{
    if (kept == NULL || document->json == NULL) {
        sw_json_destroy(document->json);
        document->json = NULL;
        return;
    }
    struct paper *paper = find(kept, document->file);
    if (paper == NULL) {
        kept->papers = sw_grow(kept->papers, &kept->capacity, kept->count + 1, sizeof *kept->papers);
        paper = &kept->papers[kept->count++];
        *paper = (struct paper){.file = sw_strdup(document->file)};
    }
    sw_json_destroy(paper->json);
    paper->json = document->json;
    paper->hash = document->hash;
    paper->length = document->length;
    paper->seen = true;
    document->json = NULL;
}

void sw_kept_forget(struct sw_kept *kept, const struct sw_exhibition *exhibition)
{
    size_t left = 0;
    if (kept == NULL)
        return;
    for (size_t i = 0; i < kept->count; i++) {
        struct paper *paper = &kept->papers[i];
        if (paper->seen) {
            paper->seen = false;
            kept->papers[left++] = *paper;
        } else {
            sw_json_destroy(paper->json);
            free(paper->file);
        }
    }
    kept->count = kept->sorted = left;
    if (left > 0)
        qsort(kept->papers, left, sizeof *kept->papers, by_file);
    if (kept->root != exhibition->root) {
        sw_root_destroy(kept->root);
        kept->root = sw_root_hold(exhibition->root);
    }
}

/* -- sources -- */

/* Of all that they are made of: their texts may be translated. */
static uint64_t key_of(const struct sw_loader *loader)
{
    uint64_t key = loader->exhibition->sources_hash;
    for (size_t i = 0; i < loader->document_count; i++)
        if (loader->documents[i].kind == SW_DOCUMENT_LANGUAGE)
            key = sw_hash_number(sw_hash_text(key, loader->documents[i].file), loader->documents[i].hash);
    return key;
}

void sw_kept_share_sources(struct sw_kept *kept, struct sw_loader *loader, bool sound)
{
    struct sw_exhibition *exhibition = loader->exhibition;
    if (kept == NULL)
        return;
    uint64_t key = key_of(loader);
    if (sound && exhibition->source_count > 0 && kept->sources_of != NULL && kept->sources_key == key) {
        exhibition->sources_of = sw_exhibition_hold(kept->sources_of);
        exhibition->sources = kept->sources_of->sources;
        return;
    }
    sw_exhibition_destroy(kept->sources_of);
    kept->sources_of = sound && exhibition->source_count > 0 ? sw_exhibition_hold(exhibition) : NULL;
    kept->sources_key = key;
}
