/* SPDX-License-Identifier: EUPL-1.2 */
/* A clip, with its poster while there is nothing to see of it. Where it is the stage knows (view/reel.h); what is due then is asked for
 * with every drawing (view/asset.h). */
#include "elements/elements.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/must.h"
#include "elements/controls.h"
#include "elements/picture.h"
#include "elements/subtitle.h"
#include "view/behaviour.h"

static const char *const fits[] = {"contain", "cover", "fill", NULL};

enum { ROW_VIDEO, ROW_POSTER, ROW_FIT, ROW_FOCUS, ROW_FROM, ROW_UNTIL, ROW_LOOP, ROW_MUTED, ROW_CONTROLS, ROW_SUBTITLES, ROW_ENDED };

static const struct sw_row rows[] = {
    [ROW_VIDEO] = {.key = "video", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CLIP,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "The file: MP4, MOV, Matroska or WebM (.mp4 .m4v .mov .mkv .webm), by its path in the exhibition or from `./` beside "
                   "the scene, by language. It plays from its beginning when the scene is on, and again when it has been out of sight; in "
                   "another language it goes on where it was.",
        .example = "\"media/film.mp4\""},
    [ROW_POSTER] = {.key = "poster", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_MEDIA, .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "A picture that takes its place where it cannot be played, and in pictures of the scene; without one, a scene whose "
                   "video cannot be played is passed over."},
    [ROW_FIT] = {.key = "fit", .type = SW_TYPE_ENUM, .words = fits, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"contain\"",
        .meaning = "`contain`: all of it is seen; `cover`: it fills the box and is cut at its edges; `fill`: it is stretched."},
    [ROW_FOCUS] = {.key = "focus", .type = SW_TYPE_PAIR, .flags = SW_ROW_PER_CANVAS, .minimum = 0, .maximum = 1,
        .otherwise = "[0.5, 0.5]",
        .meaning = "What `cover` keeps in sight, as shares of the picture from its left and its top; for `contain`, where in the box "
                   "it stands."},
    [ROW_FROM] = {.key = "from", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 86400, .otherwise = "\"0s\"",
        .meaning = "Where in the file it begins."},
    [ROW_UNTIL] = {.key = "until", .type = SW_TYPE_DURATION, .minimum = 0.1, .maximum = 86400,
        .meaning = "Where in the file it ends; without it, at the end of the file."},
    [ROW_LOOP] = {.key = "loop", .type = SW_TYPE_BOOL, .otherwise = "false",
        .meaning = "Whether it begins again at its end; else its last picture stays."},
    [ROW_MUTED] = {.key = "muted", .type = SW_TYPE_BOOL, .flags = SW_ROW_DYNAMIC, .otherwise = "true",
        .meaning = "Whether its sound is left out; how loud a zone is says the wall."},
    [ROW_CONTROLS] = {.key = "controls", .type = SW_TYPE_BOOL, .flags = SW_ROW_PER_CANVAS, .otherwise = "false",
        .meaning = "Whether visitors may stop and move it: a bar at its foot, which goes after three seconds and comes back with a touch."},
    [ROW_SUBTITLES] = {.key = "subtitles", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SUBTITLES,
        .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC, .otherwise = "true",
        .meaning = "A file of subtitles (.vtt, .srt), by language; true: those that lie beside the clip and are called as it is "
                   "(`clip.de.vtt`); false: none."},
    [ROW_ENDED] = {.key = "ended", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ACTIONS,
        .meaning = "What is done at its end, unless it loops: one action or a list. That is no touch: it begins no visit and keeps none "
                   "(`stay` does nothing), and while nobody is there only what stays within the page is done: `set` of the scene's state, "
                   "`open`, `close`, `play`, `pause`, `seek`.",
        .example = "\"next\""},
};

enum { PART_PICTURE, PART_POSTER, PART_BORDER, PART_SUBTITLE };

struct video {
    struct sw_reel reel;
    const char *path; /* NULL: none */
    int64_t from, until;
    enum sw_asset_state state; /* of what is known of it: */
    struct sw_size size;
    bool muted;
    const struct sw_subtitles *subtitles; /* NULL: none */
    struct sw_picture picture; /* the poster, and how both are fitted */
};

static int64_t duration_of(struct sw_value value) { return value.type == SW_VALUE_DURATION ? value.as.duration : 0; }

static const char *path_of(struct sw_value value)
{
    return value.type == SW_VALUE_STRING && value.as.string[0] != '\0' ? value.as.string : NULL;
}

/* What is known of the clip as of now. */
static void look_up(const struct sw_view_context *context, struct video *video)
{
    const struct sw_videos *videos = context->videos;
    struct sw_clip clip = {.width = 0};
    video->state = SW_ASSET_FAILED;
    if (videos != NULL && video->path != NULL) {
        video->state = videos->clip(videos->context, video->path, &clip);
    }
    bool ready = video->state == SW_ASSET_READY;
    video->size = ready ? (struct sw_size){fmax(1, clip.width), fmax(1, clip.height)} : sw_picture_size(context, video->picture.path);
    int64_t end = video->until;
    if (ready && clip.length > 0 && (end == 0 || end > clip.length)) {
        end = clip.length;
    }
    video->reel.length = end > video->from ? end - video->from : 0;
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_view_context *context = expansion->context;
    struct video *video = sw_arena_alloc(context->arena, sizeof *video);
    struct sw_value muted = box->own[ROW_MUTED];
    *video = (struct video){
        .path = path_of(box->own[ROW_VIDEO]),
        .from = duration_of(box->own[ROW_FROM]),
        .until = duration_of(box->own[ROW_UNTIL]),
        .muted = muted.type != SW_VALUE_BOOL || muted.as.truth,
        .picture = {.path = path_of(box->own[ROW_POSTER]),
                    .fit = (enum sw_fit)fmax(0, sw_value_word(box->own[ROW_FIT], fits)),
                    .focus_x = sw_value_item_or(box->own[ROW_FOCUS], 0, 0.5),
                    .focus_y = sw_value_item_or(box->own[ROW_FOCUS], 1, 0.5),
                    .radius = sw_value_number_or(box->common[SW_COMMON_RADIUS], 0)},
    };
    look_up(context, video);
    if (video->path != NULL) {
        const char *language = context->evaluation->language;
        video->subtitles = sw_exhibition_subtitles(context->exhibition, video->path, box->own[ROW_SUBTITLES], language);
    }
    struct sw_reel *reel = &video->reel;
    uint64_t clip = sw_hash_text(SW_HASH_START, video->path != NULL ? video->path : "");
    reel->clip = sw_hash_number(sw_hash_number(clip, (uint64_t)video->from), (uint64_t)video->until);
    reel->loop = sw_value_true(box->own[ROW_LOOP]);
    reel->ended_count = sw_view_own_actions(context, box, ROW_ENDED, &reel->ended);
    box->reel = reel;
    box->data = video;
    if (sw_value_true(box->own[ROW_CONTROLS]) && video->state != SW_ASSET_FAILED) {
        sw_controls_create(expansion, box);
    }
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)context;
    const struct video *video = box->data;
    return sw_picture_fit(box, video->size, width, height);
}

/* Where the picture is in the box. */
static struct sw_rect place_in(const struct video *video, struct sw_rect content)
{
    bool contained = video->picture.fit == SW_FIT_CONTAIN && video->size.width > 0 && video->size.height > 0;
    return contained ? sw_picture_contained(content, video->size, &video->picture) : content;
}

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    const struct video *video = box->data;
    sw_controls_arrange(context, box, place_in(video, content));
}

/* Asks for the picture that is due. NULL: there is none for now. */
static struct sw_bitmap *due(struct sw_painter *painter, const struct sw_box *box, struct sw_playback *playback, enum sw_asset_state *state)
{
    const struct video *video = box->data;
    const struct sw_videos *videos = painter->context->videos;
    *state = video->state;
    if (video->state != SW_ASSET_READY || playback == NULL) {
        return NULL;
    }
    struct sw_cue cue = {
        .key = playback->key,
        .path = video->path,
        .from = video->from,
        .until = video->until,
        .loop = video->reel.loop,
        .volume = video->muted ? 0 : playback->volume,
        .running = playback->running && !videos->still,
        .position = videos->still ? 0 : playback->position,
        .tick = playback->tick,
    };
    struct sw_frame frame = {.next = SW_NEVER};
    *state = videos->frame(videos->context, &cue, &frame);
    bool ready = *state == SW_ASSET_READY;
    if (*state == SW_ASSET_PENDING) {
        painter->pending++;
        painter->frames++;
    }
    playback->picture = ready ? frame.bitmap->serial : playback->picture;
    painter->awaits = painter->awaits || !ready || (cue.running && frame.next == SW_NEVER);
    painter->next_due = frame.next < painter->next_due ? frame.next : painter->next_due;
    return ready ? frame.bitmap : NULL;
}

/* What stands for a picture that is not there: the poster; while it is on its way, what was there before it. */
static struct sw_rect draw_instead(struct sw_painter *painter, const struct sw_box *box, struct sw_bitmap **former, bool pending)
{
    const struct video *video = box->data;
    struct sw_rect content = sw_view_content(box);
    *former = sw_painter_former(painter, box, PART_PICTURE);
    if (video->picture.path != NULL && (*former == NULL || !pending)) {
        *former = NULL;
        return sw_picture_draw(painter, box, PART_POSTER, content, &video->picture);
    }
    painter->failed += *former == NULL && !pending;
    return place_in(video, content);
}

static struct sw_rect draw_picture(struct sw_painter *painter, const struct sw_box *box)
{
    const struct video *video = box->data;
    struct sw_playback *playback = sw_painter_playback(painter, box->identity);
    const struct sw_videos *videos = painter->context->videos;
    bool poster = videos != NULL && videos->still && video->picture.path != NULL;
    enum sw_asset_state state = SW_ASSET_FAILED;
    painter->pending += video->state == SW_ASSET_PENDING; /* its size and length count, whatever is shown */
    struct sw_bitmap *bitmap = poster ? NULL : due(painter, box, playback, &state);
    struct sw_rect place = bitmap != NULL ? place_in(video, sw_view_content(box))
                                          : draw_instead(painter, box, &bitmap, state == SW_ASSET_PENDING);
    if (playback != NULL && state != SW_ASSET_PENDING) {
        playback->there = true;
    }
    if (bitmap != NULL && !sw_rect_empty(place)) {
        struct sw_mask mask = sw_picture_mask(painter, box, place, &video->picture);
        struct sw_rect seen = {0, 0, 1, 1};
        if (video->picture.fit == SW_FIT_COVER) {
            seen = sw_picture_seen(video->size, (struct sw_size){place.width, place.height}, &video->picture);
        }
        sw_painter_video(painter, box, PART_PICTURE, place, bitmap, seen, &mask);
    }
    return place;
}

static void draw_subtitles(struct sw_painter *painter, const struct sw_box *box, struct sw_rect place)
{
    const struct video *video = box->data;
    const struct sw_playback *playback = sw_painter_playback(painter, box->identity);
    if (video->subtitles == NULL || playback == NULL || !playback->there) {
        return;
    }
    int64_t position = video->from + playback->shown;
    double foot = sw_controls_height(painter, box, place);
    int64_t next = sw_subtitle_draw(painter, box, PART_SUBTITLE, place, foot, video->subtitles, position);
    if (playback->running && next < INT64_MAX) {
        sw_tick due = playback->tick + next - position;
        painter->next_due = due < painter->next_due ? due : painter->next_due;
    }
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    const struct video *video = box->data;
    struct sw_rect place = draw_picture(painter, box);
    sw_picture_border(painter, box, PART_BORDER, place, &video->picture);
    draw_subtitles(painter, box, place);
}

static const struct sw_clip_rows clip_rows = {
    .clip = ROW_VIDEO, .from = ROW_FROM, .until = ROW_UNTIL, .loop = ROW_LOOP, .subtitles = ROW_SUBTITLES,
};

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .least = sw_picture_least,
    .arrange = arrange,
    .draw = draw,
    .ground = sw_picture_ground,
    .least_width = sw_picture_least_width,
};

const struct sw_kind sw_element_video = {
    .name = "video",
    .meaning = "A film. Its sound is off unless it says otherwise.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .wants_alt = true,
    .clip = &clip_rows,
    .behaviour = &behaviour,
};
