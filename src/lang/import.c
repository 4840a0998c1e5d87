/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows that a translator has handed in become entries of the language's file. What is wrong is said of every row; then nothing
 * is written. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "exhibition/markup.h"
#include "json/json.h"
#include "lang/entry.h"
#include "lang/inline.h"
#include "lang/job.h"
#include "lang/offers.h"
#include "lang/placeholder.h"
#include "lang/tasks.h"

struct import {
    const struct sw_order *order;
    const struct sw_inventory *inventory;
    struct sw_diags *diags;
    struct sw_offers offers;
    int to;
    const struct sw_offer **by_place; /* to find what is there twice */
    struct sw_entry *entries;
    size_t count; /* of entries */
    struct sw_inline *inlines;
    size_t inline_count;
    size_t added, changed, noted, same, empty, elsewhere, older; /* rows */
};

static void fault(struct import *import, const struct sw_offer *offer, const char *what)
{
    sw_offers_fault(&import->offers, offer->line, offer->row, "%s: %s: %s", offer->file, offer->path, what);
}

/* The text that the row is of; NULL after a fault. */
static const struct sw_text *find(struct import *import, const struct sw_offer *offer)
{
    const struct sw_text *text = sw_inventory_find(import->inventory, offer->file, offer->path);
    if (text != NULL)
        return text;
    const char *file = offer->file, *near = NULL;
    if (import->diags->errors < SW_DIAG_FILE_MAX) /* of another exhibition every row is wrong */
        file = sw_inventory_nearest_file(import->inventory, offer->file);
    bool known = file != NULL && strcmp(file, offer->file) == 0;
    if (import->diags->errors < SW_DIAG_FILE_MAX)
        near = known ? sw_inventory_nearest_path(import->inventory, offer->file, offer->path) : file;
    sw_offers_fault(&import->offers, offer->line, offer->row, "this exhibition has no %s \"%s\"%s%s%s%s%s", known ? "text at" : "file",
                    known ? offer->path : offer->file, known ? " in " : "", known ? offer->file : "", near != NULL ? "; is it \"" : "",
                    near != NULL ? near : "", near != NULL ? "\"?" : "");
    return NULL;
}

/* Whether the translation could stand on a wall at all. */
static bool judge(struct import *import, const struct sw_offer *offer, const char *source)
{
    struct sw_arena arena = {.blocks = NULL};
    const char *what = NULL;
    for (const char *c = offer->target; *c != '\0' && what == NULL; c++)
        what = sw_markup_allowed(*c) ? NULL : "the translation has a control character";
    if (what == NULL && strlen(offer->target) > SW_OFFER_TEXT_MAX)
        what = "the translation is longer than 65536 bytes";
    const char *values = what == NULL ? sw_placeholder_fault(&arena, source, offer->target) : NULL;
    if (values != NULL)
        what = sw_arena_printf(&arena, "the translation %s", values);
    if (what != NULL)
        fault(import, offer, what);
    sw_arena_finish(&arena);
    return what == NULL;
}

static bool equal(const char *a, const char *b) { return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0); }

/* Who has reviewed it by what is said here; where nothing is, what was known stays. A text that has changed since somebody's review is not
 * reviewed by their name alone: it was handed out with it. */
static void review(struct import *import, const struct sw_offer *offer, const struct sw_text_version *version, struct sw_entry *entry)
{
    char stamp[SW_TEXT_STAMP + 1];
    const char *all = import->order->by, *by = all != NULL ? all : offer->by;
    entry->by = version->by;
    entry->reviewed = version->reviewed;
    if (by == NULL || by[0] == '\0' || (all == NULL && equal(by, version->by)))
        return;
    sw_text_stamp(offer->target, stamp);
    entry->by = by;
    entry->reviewed = sw_arena_strdup(&import->offers.arena, stamp);
}

static void count_entry(struct import *import, const struct sw_text_version *version, const struct sw_entry *entry)
{
    if (entry->text == NULL || equal(entry->text, version->text))
        import->noted++;
    else if (version->text == NULL)
        import->added++;
    else
        import->changed++;
}

/* A row whose text stands beside the source and is another one there: that one counts, unless it is to be changed. */
static bool is_elsewhere(struct import *import, const struct sw_offer *offer, const struct sw_text *text,
                         const struct sw_text_version *version)
{
    if (version->text == NULL || version->apart || strcmp(version->text, offer->target) == 0)
        return false;
    if (import->order->scenes) {
        import->inlines[import->inline_count++] = (struct sw_inline){text->file, version->line, version->column, offer->target};
        return true;
    }
    import->elsewhere++;
    sw_diags_add(import->diags, SW_WARNING, text->file, version->line, version->column, text->path,
                 "stands here in \"%s\" and counts; change it here into what line %d of %s has", import->offers.to, offer->line,
                 import->offers.name);
    return true;
}

static void take(struct import *import, const struct sw_offer *offer)
{
    struct sw_arena *arena = &import->offers.arena;
    char stamp[SW_TEXT_STAMP + 1], now[SW_TEXT_STAMP + 1];
    const struct sw_text *text = find(import, offer);
    const char *source = text != NULL ? sw_job_source(text, import->inventory->texts.language_count, (size_t)import->to) : NULL;
    if (text == NULL)
        return;
    const struct sw_text_version *version = &text->versions[import->to];
    bool same = equal(version->text, offer->target);
    if (source == NULL) {
        fault(import, offer, "stands in that language alone; there is nothing to translate");
        return;
    }
    if (offer->target[0] == '\0') {
        import->empty++;
        return;
    }
    if ((!same && !judge(import, offer, source)) || is_elsewhere(import, offer, text, version))
        return;
    struct sw_entry entry = {.file = text->file, .path = text->path, .of = version->of};
    entry.text = version->text == NULL || version->apart ? offer->target : NULL;
    review(import, offer, version, &entry);
    sw_text_stamp(offer->source, stamp);
    sw_text_stamp(source, now);
    import->older += strcmp(stamp, now) != 0;
    if (entry.text == NULL ? entry.by != NULL && !equal(entry.by, version->by) : !same || !offer->open)
        entry.of = sw_arena_strdup(arena, stamp);
    if (same && equal(entry.of, version->of) && equal(entry.by, version->by) && equal(entry.reviewed, version->reviewed)) {
        import->same++;
        return;
    }
    count_entry(import, version, &entry);
    import->entries[import->count++] = entry;
}

static int compare(const void *a, const void *b)
{
    const struct sw_offer *x = *(const struct sw_offer *const *)a, *y = *(const struct sw_offer *const *)b;
    int order = strcmp(x->file, y->file);
    order = order != 0 ? order : strcmp(x->path, y->path);
    return order != 0 ? order : (x > y) - (x < y);
}

static void find_twins(struct import *import)
{
    size_t count = import->offers.count;
    import->by_place = sw_alloc_array(count + 1, sizeof *import->by_place);
    for (size_t i = 0; i < count; i++)
        import->by_place[i] = &import->offers.items[i];
    if (count > 0)
        qsort(import->by_place, count, sizeof *import->by_place, compare);
    for (size_t i = 1; i < count; i++) {
        const struct sw_offer *a = import->by_place[i - 1], *b = import->by_place[i];
        if (strcmp(a->file, b->file) == 0 && strcmp(a->path, b->path) == 0)
            sw_offers_fault(&import->offers, b->line, b->row, "%s: %s is there twice, on line %d already", b->file, b->path, a->line);
    }
}

static bool find_languages(struct import *import)
{
    struct sw_offers *offers = &import->offers;
    const struct sw_texts *texts = &import->inventory->texts;
    import->to = sw_inventory_language_like(import->inventory, offers->to);
    if (import->to < 0)
        sw_offers_fault(offers, 1, 0, "is in \"%s\", which is not among the exhibition's languages", offers->to);
    else if (import->to == 0)
        sw_offers_fault(offers, 1, 0, "is in \"%s\", which the others are translated from", offers->to);
    else if (sw_inventory_language_like(import->inventory, offers->from) != 0)
        sw_offers_fault(offers, 1, 0, "is translated from \"%s\"; this exhibition is written in \"%s\"", offers->from, texts->languages[0]);
    else
        return true;
    return false;
}

/* -- the file of the language -- */

static void say(const struct import *import, const char *name)
{
    (void)printf("%s: %zu added, %zu changed, %zu with a new stamp or review, %zu as they were, %zu not translated", name, import->added,
                 import->changed, import->noted, import->same, import->empty);
    if (import->inline_count > 0)
        (void)printf(", %zu changed in their scenes", import->inline_count);
    if (import->elsewhere > 0)
        (void)printf(", %zu not taken, as they stand in their scenes", import->elsewhere);
    if (import->older > 0)
        (void)printf("; %zu of a text that has changed since", import->older);
    (void)printf("\n");
}

static int write_file(const struct import *import, const char *name, const struct sw_buffer *made)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", import->order->folder, name);
    bool written = sw_file_write_atomic(path, made->bytes, made->length);
    if (!written)
        (void)fprintf(stderr, "schauwand lang: %s cannot be written: %s\n", path, strerror(errno));
    return written ? 0 : 2;
}

/* All files are made before the first is written. */
static int write_all(const struct import *import, const char *name, const struct sw_buffer *made, const struct sw_inline_file *files,
                     size_t count)
{
    char folder[4096];
    int result = 0;
    (void)snprintf(folder, sizeof folder, "%s/scenes/lang", import->order->folder);
    if (import->count > 0 && !sw_folder_make(folder, 0755)) {
        (void)fprintf(stderr, "schauwand lang: %s cannot be made: %s\n", folder, strerror(errno));
        return 2;
    }
    if (import->count > 0)
        result = write_file(import, name, made);
    for (size_t i = 0; i < count && result == 0; i++)
        result = write_file(import, files[i].file, &files[i].made);
    return result;
}

static int put_below(struct import *import, const struct sw_root *root)
{
    struct sw_buffer made;
    struct sw_inline_file *files = NULL;
    char name[128], *old = NULL;
    size_t length = 0, file_count = 0;
    int result = 1;
    (void)snprintf(name, sizeof name, "scenes/lang/%s.json", import->inventory->texts.languages[import->to]);
    enum sw_file_status status = sw_root_read(root, name, SW_JSON_BYTES_MAX, &old, &length);
    sw_buffer_init(&made, SW_JSON_BYTES_MAX);
    if (status != SW_FILE_OK && status != SW_FILE_MISSING)
        sw_diags_add(import->diags, SW_ERROR, name, 0, 0, NULL, "%s", sw_file_status_text(status));
    else if (sw_entries_put(import->entries, import->count, name, old, length, &made, import->diags) &&
             sw_inline_make(root, import->inlines, import->inline_count, &files, &file_count, import->diags))
        result = write_all(import, name, &made, files, file_count);
    sw_inline_free(files, file_count);
    sw_buffer_finish(&made);
    free(old);
    if (result == 0)
        say(import, name);
    return result;
}

static int put(struct import *import)
{
    enum sw_file_status status = SW_FILE_OK;
    struct sw_root *root = sw_root_create(import->order->folder, &status);
    if (root == NULL) {
        (void)fprintf(stderr, "schauwand lang: %s: %s\n", import->order->folder, sw_file_status_text(status));
        return 2;
    }
    int result = put_below(import, root);
    sw_root_destroy(root);
    return result;
}

static int run(struct import *import, const char *bytes, size_t length)
{
    bool read = sw_offers_read(&import->offers, bytes, length) && find_languages(import);
    if (read) {
        find_twins(import);
        import->entries = sw_alloc_array(import->offers.count + 1, sizeof *import->entries);
        import->inlines = sw_alloc_array(import->offers.count + 1, sizeof *import->inlines);
        for (size_t i = 0; i < import->offers.count; i++)
            take(import, &import->offers.items[i]);
    }
    int result = import->diags->errors == 0 ? put(import) : 1;
    sw_diags_sort(import->diags);
    sw_diags_print(import->diags, stdout);
    if (import->diags->errors > 0)
        (void)printf("%zu fault%s: nothing was written\n", import->diags->errors, import->diags->errors == 1 ? "" : "s");
    return result;
}

int sw_lang_import(const struct sw_order *order, const struct sw_inventory *inventory, int fd)
{
    struct sw_diags diags;
    struct import import = {.order = order, .inventory = inventory, .diags = &diags};
    char *bytes = NULL;
    size_t length = 0;
    enum sw_file_status status = sw_fd_read_all(fd, SW_OFFERS_BYTES_MAX, &bytes, &length);
    if (status != SW_FILE_OK) {
        (void)fprintf(stderr, "schauwand lang: %s: %s\n", order->file, sw_file_status_text(status));
        return 2;
    }
    sw_diags_init(&diags);
    sw_offers_init(&import.offers, order->file, &diags);
    int result = run(&import, bytes, length);
    free(import.by_place);
    free(import.entries);
    free(import.inlines);
    sw_offers_finish(&import.offers);
    sw_diags_finish(&diags);
    free(bytes);
    return result;
}
