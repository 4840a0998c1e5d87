/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures and clips: what they need, and whether a file is larger than any wall shows it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "player/check/judge_internal.h"

#define LARGER 1.5    /* times as wide as it is shown: room for another wall */
#define SMALL_PX 1e6  /* below this nobody minds */
#define CLIP_SLOTS 8  /* pictures that a clip keeps in memory, at most (worker/video_protocol.h) */
#define SIDE_MAX 16384.0

static const char *string_of(const struct sw_box *box, int means)
{
    struct sw_value value = box->own != NULL && box->element->kind->rows[0].means == means ? box->own[0] : (struct sw_value){0};
    return value.type == SW_VALUE_STRING && value.as.string[0] != '\0' ? value.as.string : NULL;
}

static bool says_cover(const struct sw_box *box)
{
    const struct sw_kind *kind = box->element->kind;
    for (size_t i = 0; i < kind->count; i++)
        if (strcmp(kind->rows[i].key, "fit") == 0 && box->own[i].type == SW_VALUE_STRING)
            return strcmp(box->own[i].as.string, "cover") == 0 || strcmp(box->own[i].as.string, "fill") == 0;
    return false;
}

/* How much larger than in its file it is shown. */
static double magnified(const struct sw_walking *walking, const struct sw_box *box, double width, double height)
{
    struct sw_rect room = sw_view_content(box);
    double scale = walking->judging->show->where->scale, across = room.width * scale / width, down = room.height * scale / height;
    return says_cover(box) ? fmax(across, down) : fmin(across, down);
}

/* The largest of all places where it is shown counts; so all of them are told. */
static void judge_size(const struct sw_walking *walking, const struct sw_box *box, const char *path, double width, double height,
                       double scale)
{
    char text[SW_JUDGE_QUOTE_MAX + 300] = "";
    if (walking->judging->vantage->wall == NULL || width * height < SMALL_PX || !(scale > 0))
        return;
    if (scale * LARGER < 1)
        (void)snprintf(text, sizeof text,
                       "\"%.200s\" is %.0f x %.0f pixels and shown with %.0f x %.0f at most, on %s; more only costs time", path, width,
                       height, ceil(width * scale), ceil(height * scale), walking->judging->vantage->where);
    sw_judge_say(walking, box->element,
                 &(struct sw_finding){.rule = SW_RULE_MEDIA,
                                      .severity = SW_WARNING,
                                      .what = sw_hash_text(SW_HASH_START, path),
                                      .worth = scale,
                                      .text = text});
}

static bool is_svg(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".svg") == 0;
}

static bool counted(struct sw_walking *walking, const char *path, double width, double height)
{
    uint64_t hash = sw_hash_mix_double(sw_hash_mix_double(sw_hash_text(SW_HASH_START, path), ceil(width)), ceil(height));
    for (size_t i = 0; i < walking->picture_count; i++)
        if (walking->pictures[i] == hash)
            return true;
    if (walking->picture_count < SW_JUDGE_PICTURES_MAX)
        walking->pictures[walking->picture_count++] = hash;
    return false;
}

static void judge_image(struct sw_walking *walking, const struct sw_box *box, const char *path)
{
    const struct sw_pictures *pictures = walking->judging->show->where->tools.pictures;
    int width = 0, height = 0;
    if (pictures == NULL || pictures->size(pictures->context, path, &width, &height) != SW_ASSET_READY || width < 1 || height < 1)
        return;
    double scale = magnified(walking, box, width, height);
    double shown = fmin(SIDE_MAX, width * scale) * fmin(SIDE_MAX, height * scale);
    bool svg = is_svg(path);
    if (!counted(walking, path, width * scale, height * scale)) {
        walking->bytes += 4 * shown;
        walking->seconds += svg ? shown / 1e6 / SW_JUDGE_SVG_MPX_PER_S : (double)width * height / 1e6 / SW_JUDGE_RASTER_MPX_PER_S;
    }
    if (!svg)
        judge_size(walking, box, path, width, height, scale);
}

static void judge_clip(struct sw_walking *walking, const struct sw_box *box, const char *path)
{
    const struct sw_videos *videos = walking->judging->show->where->tools.videos;
    struct sw_clip clip;
    if (videos == NULL || videos->clip(videos->context, path, &clip) != SW_ASSET_READY || clip.width < 1 || clip.height < 1)
        return;
    walking->bytes += 1.5 * CLIP_SLOTS * clip.width * clip.height;
    walking->seconds += SW_JUDGE_CLIP_S;
    judge_size(walking, box, path, clip.width, clip.height, magnified(walking, box, clip.width, clip.height));
}

void sw_judge_picture(struct sw_walking *walking, const struct sw_box *box)
{
    const char *image = string_of(box, SW_MEANS_MEDIA), *clip = string_of(box, SW_MEANS_CLIP);
    if (image != NULL)
        judge_image(walking, box, image);
    if (clip != NULL)
        judge_clip(walking, box, clip);
}
