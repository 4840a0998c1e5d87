/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/media.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "media/dispatch.h"
#include "media/order.h"
#include "media/verdict.h"

#define BUCKETS 1024
#define FILES_MAX 20000    /* known at once; beyond that, those without pixels are forgotten */
#define VARIANTS_MAX 20000 /* also of those that have no pixels */

/* What is known of something asked for. It is current while its stamp is its file's. */
struct result {
    enum sw_asset_state state; /* PENDING: never answered */
    bool asked;                /* an order is under way */
    struct sw_stamp stamp;
};

struct file;

/* A picture at one size. */
struct variant {
    struct variant *next;           /* of the same file */
    struct variant *older, *newer;  /* by last use */
    struct file *file;
    struct sw_worker_request wanted;
    struct result result;
    struct sw_bitmap *bitmap; /* held; READY */
    uint64_t used;            /* frame */
};

struct file {
    struct file *next; /* of the same bucket */
    uint32_t gallery;
    char *path;
    uint64_t hash; /* of both */
    struct sw_stamp stamp; /* as last seen */
    struct result failure; /* FAILED: whatever is wanted of it */
    struct result size;
    int width, height;
    struct variant *variants;
    bool failure_logged;
};

struct sw_gallery {
    struct sw_gallery *next;
    struct sw_media *media;
    const struct sw_root *root;
    uint32_t number; /* never given twice */
    struct sw_pictures pictures;
    size_t pending, sizes_pending;
};

struct sw_media {
    struct sw_dispatch *dispatch;
    struct sw_gallery *galleries;
    uint32_t last_gallery;
    struct file *buckets[BUCKETS];
    size_t file_count, variant_count;
    struct variant *newest, *oldest;
    size_t bytes, budget;
    uint64_t frame;
    bool changed; /* since the last collect */
    uint64_t last_serial;
    struct sw_media_verdict *verdict; /* where the answer to the order `verdict_serial` goes; NULL: nobody waits */
    uint64_t verdict_serial;
};

static bool is_current(const struct result *result, const struct file *file)
{
    return result->state != SW_ASSET_PENDING && sw_stamp_equal(&result->stamp, &file->stamp);
}

static uint64_t hash_of(uint32_t gallery, const char *path)
{
    return sw_hash_text(sw_hash_number(SW_HASH_START, gallery), path);
}

static struct file *find_file(const struct sw_media *media, uint32_t gallery, const char *path)
{
    uint64_t hash = hash_of(gallery, path);
    struct file *file = media->buckets[hash % BUCKETS];
    while (file != NULL && (file->hash != hash || file->gallery != gallery || strcmp(file->path, path) != 0))
        file = file->next;
    return file;
}

static void unlink_variant(struct sw_media *media, struct variant *variant)
{
    *(variant->newer != NULL ? &variant->newer->older : &media->newest) = variant->older;
    *(variant->older != NULL ? &variant->older->newer : &media->oldest) = variant->newer;
    variant->newer = variant->older = NULL;
}

static void link_newest(struct sw_media *media, struct variant *variant)
{
    variant->older = media->newest;
    *(media->newest != NULL ? &media->newest->newer : &media->oldest) = variant;
    media->newest = variant;
}

static void set_bitmap(struct sw_media *media, struct variant *variant, struct sw_bitmap *bitmap)
{
    if (variant->bitmap != NULL)
        media->bytes -= sw_bitmap_bytes(variant->bitmap);
    sw_bitmap_release(variant->bitmap);
    variant->bitmap = bitmap;
    if (bitmap != NULL)
        media->bytes += sw_bitmap_bytes(bitmap);
}

static void destroy_variant(struct sw_media *media, struct variant *variant)
{
    struct variant **place = &variant->file->variants;
    while (*place != variant)
        place = &(*place)->next;
    *place = variant->next;
    unlink_variant(media, variant);
    set_bitmap(media, variant, NULL);
    media->variant_count--;
    free(variant);
}

static void destroy_file(struct sw_media *media, struct file **place)
{
    struct file *file = *place;
    while (file->variants != NULL)
        destroy_variant(media, file->variants);
    *place = file->next;
    media->file_count--;
    free(file->path);
    free(file);
}

/* All files of a gallery, or (NULL) those of any that are of no use at present. */
static void forget_files(struct sw_media *media, const struct sw_gallery *gallery)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct file **place = &media->buckets[i]; *place != NULL;) {
            const struct file *file = *place;
            if (gallery != NULL ? file->gallery == gallery->number : file->variants == NULL && !file->size.asked)
                destroy_file(media, place);
            else
                place = &(*place)->next;
        }
    }
}

static struct variant *add_variant(struct sw_media *media, struct file *file, const struct sw_worker_request *wanted)
{
    struct variant *variant = sw_alloc(sizeof *variant);
    variant->file = file;
    variant->wanted = *wanted;
    variant->next = file->variants;
    file->variants = variant;
    media->variant_count++;
    return variant;
}

/* What another gallery knows of the same file. */
static void adopt(const struct sw_gallery *gallery, struct file *file)
{
    struct sw_media *media = gallery->media;
    const struct file *known = NULL;
    for (const struct sw_gallery *other = media->galleries; other != NULL && known == NULL; other = other->next)
        if (other != gallery && sw_root_shares(gallery->root, other->root, file->path))
            known = find_file(media, other->number, file->path);
    if (known == NULL)
        return;
    file->stamp = known->stamp;
    file->failure = known->failure;
    file->size = known->size;
    file->size.asked = false;
    file->width = known->width;
    file->height = known->height;
    file->failure_logged = known->failure_logged;
    for (const struct variant *variant = known->variants; variant != NULL; variant = variant->next) {
        if (variant->bitmap == NULL)
            continue;
        struct variant *copy = add_variant(media, file, &variant->wanted);
        copy->result = variant->result;
        copy->result.asked = false;
        copy->used = media->frame;
        set_bitmap(media, copy, sw_bitmap_hold(variant->bitmap));
        link_newest(media, copy);
    }
}

static struct file *find_or_add_file(struct sw_gallery *gallery, const char *path)
{
    struct sw_media *media = gallery->media;
    struct file *found = find_file(media, gallery->number, path);
    if (found != NULL)
        return found;
    if (media->file_count >= FILES_MAX)
        forget_files(media, NULL);
    struct file *file = sw_alloc(sizeof *file), **place;
    file->gallery = gallery->number;
    file->path = sw_strdup(path);
    file->hash = hash_of(gallery->number, path);
    place = &media->buckets[file->hash % BUCKETS];
    file->next = *place;
    *place = file;
    media->file_count++;
    adopt(gallery, file);
    return file;
}

static bool same_wanted(const struct sw_worker_request *a, const struct sw_worker_request *b)
{
    return a->width == b->width && a->height == b->height && a->left == b->left && a->top == b->top && a->right == b->right &&
           a->bottom == b->bottom;
}

static struct variant *find_variant(const struct file *file, const struct sw_worker_request *wanted)
{
    struct variant *variant = file->variants;
    while (variant != NULL && !same_wanted(&variant->wanted, wanted))
        variant = variant->next;
    return variant;
}

/* `request` NULL: only a look at the file. */
static void give(struct sw_gallery *gallery, const char *path, const struct sw_worker_request *request)
{
    struct sw_media *media = gallery->media;
    struct sw_order *order = sw_order_create(path, gallery->number);
    order->serial = ++media->last_serial;
    order->look = request == NULL;
    if (request != NULL)
        order->request = *request;
    gallery->pending++;
    gallery->sizes_pending += request != NULL && request->op == SW_WORKER_PROBE;
    sw_dispatch_give(media->dispatch, order);
}

static void ask(struct sw_gallery *gallery, struct file *file, struct result *result, const struct sw_worker_request *request)
{
    if (result->asked || is_current(result, file) || is_current(&file->failure, file))
        return;
    result->asked = true;
    give(gallery, file->path, request);
}

static enum sw_asset_state picture_size(void *context, const char *path, int *width, int *height)
{
    struct sw_gallery *gallery = context;
    struct file *file = find_or_add_file(gallery, path);
    ask(gallery, file, &file->size, &(struct sw_worker_request){.op = SW_WORKER_PROBE});
    if (file->size.state == SW_ASSET_READY) {
        *width = file->width;
        *height = file->height;
        return SW_ASSET_READY;
    }
    return is_current(&file->size, file) || is_current(&file->failure, file) ? SW_ASSET_FAILED : SW_ASSET_PENDING;
}

static enum sw_asset_state picture_get(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    struct sw_gallery *gallery = context;
    struct sw_media *media = gallery->media;
    struct sw_worker_request wanted = {.version = SW_WORKER_VERSION, .op = SW_WORKER_RENDER, .width = request->width,
                                       .height = request->height, .left = request->left, .top = request->top, .right = request->right,
                                       .bottom = request->bottom};
    if (!sw_worker_request_valid(&wanted))
        return SW_ASSET_FAILED;
    struct file *file = find_or_add_file(gallery, request->path);
    struct variant *variant = find_variant(file, &wanted);
    bool had = variant != NULL && is_current(&variant->result, file);
    if (!had && is_current(&file->failure, file))
        return SW_ASSET_FAILED;
    if (variant == NULL)
        variant = add_variant(media, file, &wanted);
    else
        unlink_variant(media, variant);
    link_newest(media, variant);
    variant->used = media->frame;
    ask(gallery, file, &variant->result, &wanted);
    if (variant->result.state == SW_ASSET_READY) {
        *bitmap = variant->bitmap;
        return SW_ASSET_READY;
    }
    return is_current(&variant->result, file) ? SW_ASSET_FAILED : SW_ASSET_PENDING;
}

static void settle_result(struct result *result, const struct sw_order *order, bool good)
{
    result->state = good ? SW_ASSET_READY : SW_ASSET_FAILED;
    result->stamp = order->stamp;
}

/* Said once for each state of the file. What is wrong with the file itself holds for every size; want of memory or of a worker may not. */
static void note_failure(struct file *file, const struct sw_order *order)
{
    struct sw_media_verdict verdict;
    sw_verdict_of(order, &verdict);
    if (!file->failure_logged)
        sw_log(SW_LOG_WARNING, "media", "%s %s", file->path, verdict.fault);
    file->failure_logged = true;
    if (order->fate != SW_ORDER_NO_WORKER && !(order->fate == SW_ORDER_ANSWERED && order->reply.status == SW_WORKER_FAILED))
        settle_result(&file->failure, order, false);
}

static void note_size(struct file *file, const struct sw_order *order, bool good)
{
    if (order->request.op == SW_WORKER_PROBE)
        file->size.asked = false;
    else if (!good)
        return; /* the header may well be sound */
    settle_result(&file->size, order, good);
    file->width = good ? order->reply.picture_width : 0;
    file->height = good ? order->reply.picture_height : 0;
}

static void note_pixels(struct sw_media *media, const struct file *file, const struct sw_order *order, bool good)
{
    struct variant *variant = order->request.op == SW_WORKER_RENDER ? find_variant(file, &order->request) : NULL;
    if (variant == NULL)
        return;
    variant->result.asked = false;
    settle_result(&variant->result, order, good);
    set_bitmap(media, variant, good ? sw_bitmap_hold(order->bitmap) : NULL);
}

/* Into the cache; true if something is new for the view. */
static bool apply(struct sw_media *media, const struct sw_order *order)
{
    struct file *file = find_file(media, order->gallery, order->path);
    if (file == NULL)
        return false;
    bool changed = !sw_stamp_equal(&file->stamp, &order->stamp);
    bool good = order->fate == SW_ORDER_ANSWERED && order->reply.status == SW_WORKER_OK;
    file->stamp = order->stamp;
    file->failure_logged = file->failure_logged && !changed;
    if (order->look)
        return changed;
    note_size(file, order, good);
    note_pixels(media, file, order, good);
    if (!good)
        note_failure(file, order);
    return true;
}

/* One that came too late for whoever asked is dropped. */
static void take_verdict(struct sw_media *media, const struct sw_order *order)
{
    if (media->verdict == NULL || media->verdict_serial != order->serial)
        return;
    sw_verdict_of(order, media->verdict);
    media->verdict = NULL;
}

/* NULL: it has been shut. */
static struct sw_gallery *gallery_of(const struct sw_media *media, uint32_t number)
{
    struct sw_gallery *gallery = media->galleries;
    while (gallery != NULL && gallery->number != number)
        gallery = gallery->next;
    return gallery;
}

static void take_answers(struct sw_media *media)
{
    struct sw_orders answers;
    sw_dispatch_take(media->dispatch, &answers);
    for (struct sw_order *order; (order = sw_orders_take(&answers)) != NULL; sw_order_destroy(order)) {
        struct sw_gallery *gallery = gallery_of(media, order->gallery);
        if (gallery == NULL)
            continue;
        gallery->pending--;
        gallery->sizes_pending -= !order->look && order->request.op == SW_WORKER_PROBE;
        if (!order->look && order->request.op == SW_WORKER_VERIFY) {
            take_verdict(media, order);
        } else if (apply(media, order)) {
            media->changed = true;
        }
    }
}

static void keep_to_budget(struct sw_media *media)
{
    struct variant *variant = media->oldest;
    while ((media->bytes > media->budget || media->variant_count > VARIANTS_MAX) && variant != NULL && variant->used + 1 < media->frame) {
        struct variant *newer = variant->newer;
        if (!variant->result.asked)
            destroy_variant(media, variant);
        variant = newer;
    }
}

bool sw_media_collect(struct sw_media *media)
{
    media->frame++;
    take_answers(media);
    keep_to_budget(media);
    bool changed = media->changed;
    media->changed = false;
    return changed;
}

void sw_media_refresh(struct sw_media *media)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        for (const struct file *file = media->buckets[i]; file != NULL; file = file->next)
            give(gallery_of(media, file->gallery), file->path, NULL);
    }
}

size_t sw_media_pending(const struct sw_media *media)
{
    size_t pending = 0;
    for (const struct sw_gallery *gallery = media->galleries; gallery != NULL; gallery = gallery->next)
        pending += gallery->pending;
    return pending;
}

size_t sw_media_sizes_pending(const struct sw_media *media)
{
    size_t pending = 0;
    for (const struct sw_gallery *gallery = media->galleries; gallery != NULL; gallery = gallery->next)
        pending += gallery->sizes_pending;
    return pending;
}

bool sw_media_settle(struct sw_media *media, sw_tick deadline)
{
    take_answers(media);
    while (sw_media_pending(media) > 0 && sw_dispatch_wait(media->dispatch, deadline))
        take_answers(media);
    return sw_media_pending(media) == 0;
}

void sw_media_verify(struct sw_gallery *gallery, const char *path, sw_tick deadline, struct sw_media_verdict *verdict)
{
    struct sw_media *media = gallery->media;
    memset(verdict, 0, sizeof *verdict);
    assert(media->verdict == NULL);
    media->verdict = verdict;
    give(gallery, path, &(struct sw_worker_request){.op = SW_WORKER_VERIFY});
    media->verdict_serial = media->last_serial;
    take_answers(media);
    while (media->verdict != NULL && sw_dispatch_wait(media->dispatch, deadline))
        take_answers(media);
    if (media->verdict == NULL)
        return;
    media->verdict = NULL;
    static const char late[] = "could not be decoded in time";
    memcpy(verdict->fault, late, sizeof late);
}

struct sw_media *sw_media_create(const struct sw_media_config *config)
{
    struct sw_media *media = sw_alloc(sizeof *media);
    media->budget = config->budget != 0 ? config->budget : SW_MEDIA_BUDGET;
    media->dispatch = sw_dispatch_create(config);
    if (media->dispatch == NULL) {
        sw_media_destroy(media);
        return NULL;
    }
    return media;
}

void sw_media_destroy(struct sw_media *media)
{
    if (media == NULL)
        return;
    assert(media->galleries == NULL);
    sw_dispatch_destroy(media->dispatch);
    free(media);
}

struct sw_gallery *sw_media_open(struct sw_media *media, const struct sw_root *root)
{
    struct sw_gallery *gallery = sw_alloc(sizeof *gallery);
    *gallery = (struct sw_gallery){.next = media->galleries, .media = media, .root = root, .number = ++media->last_gallery};
    gallery->pictures = (struct sw_pictures){.size = picture_size, .get = picture_get, .context = gallery};
    media->galleries = gallery;
    sw_dispatch_open_root(media->dispatch, gallery->number, root);
    return gallery;
}

void sw_media_shut(struct sw_gallery *gallery)
{
    if (gallery == NULL)
        return;
    struct sw_gallery **place = &gallery->media->galleries;
    while (*place != gallery)
        place = &(*place)->next;
    *place = gallery->next;
    sw_dispatch_shut_root(gallery->media->dispatch, gallery->number);
    forget_files(gallery->media, gallery);
    free(gallery);
}

const struct sw_pictures *sw_gallery_pictures(const struct sw_gallery *gallery)
{
    return &gallery->pictures;
}
