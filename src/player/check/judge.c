/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "player/check/judge_internal.h"
#include "stage/zone.h"

#define TARGET_MM 20.0
#define EDGE 1.5     /* design units: so much more than its room is no overflow */
#define LEADING 0.25 /* of its size: so much of a text's last line has no ink */
#define SHRUNK 0.8   /* so far a text may shrink where it was told that it may: a fifth is hardly seen */
#define QUOTED 24    /* characters of a text by which it is known again */

void sw_judge_say(const struct sw_walking *walking, const struct sw_element *element, const struct sw_finding *finding)
{
    struct sw_finding full = *finding;
    full.file = element->file;
    full.line = element->line;
    full.column = element->column;
    full.path = element->path;
    sw_findings_add(walking->judging->findings, &full);
}

/* A separator of lines, a mark of direction, a joiner: what would part or turn the line in which a text is quoted (U+200B..200F,
 * 2028..202E, 2060..206F). */
static bool steers(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] != 0xe2)
        return false;
    return (at[1] == 0x80 && ((at[2] >= 0x8b && at[2] <= 0x8f) || (at[2] >= 0xa8 && at[2] <= 0xae))) ||
           (at[1] == 0x81 && at[2] >= 0xa0 && at[2] <= 0xaf);
}

const char *sw_judge_quote(const char *text, char quote[SW_JUDGE_QUOTE_MAX])
{
    size_t used = 0, count = 0;
    bool blank = true;
    for (; *text != '\0' && count < QUOTED; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0x20 && byte != '\n' && byte != '\t')
            continue;
        if (steers(text)) {
            text += 2;
            continue;
        }
        bool is_blank = byte <= 0x20;
        if (is_blank && blank)
            continue;
        blank = is_blank;
        count += (text[1] & 0xc0) != 0x80; /* the last byte of a character */
        quote[used++] = is_blank ? ' ' : *text;
    }
    (void)snprintf(quote + used, SW_JUDGE_QUOTE_MAX - used, "%s", *text != '\0' ? "…" : "");
    return quote;
}

double sw_judge_mm(const struct sw_judging *judging, double units)
{
    return units * judging->show->where->scale * judging->vantage->mm_per_px;
}

/* -- words -- */

/* How far something reaches beyond `room`, on the side where it does most. */
static double beyond(struct sw_rect rect, struct sw_rect room)
{
    double across = fmax(room.x - rect.x, rect.x + rect.width - room.x - room.width);
    return fmax(across, fmax(room.y - rect.y, rect.y + rect.height - room.y - room.height));
}

/* Out of its own room, of a row, column or grid that it stands in, or of the canvas. */
static double overflow(const struct sw_walking *walking, const struct sw_box *box, const struct sw_said *said)
{
    double most = fmax(said->rect.height - said->room.height, said->word - said->room.width) - EDGE;
    struct sw_rect ink = said->rect;
    ink.height -= LEADING * said->size;
    for (const struct sw_box *around = box->parent; around != NULL; around = around->parent)
        if ((around->arrangement != NULL && around->slices == NULL) || around->parent == NULL)
            most = fmax(most, beyond(ink, around->rect) - EDGE);
    return walking->judging->vantage->panes == NULL ? most : said->rect.height - said->room.height - EDGE;
}

static void judge_room(const struct sw_walking *walking, const struct sw_box *box, const struct sw_said *said)
{
    const struct sw_judging *judging = walking->judging;
    char quote[SW_JUDGE_QUOTE_MAX], text[320];
    double more = overflow(walking, box, said);
    struct sw_finding finding = {.severity = SW_WARNING, .what = sw_hash_text(SW_HASH_START, said->text), .text = text};
    (void)sw_judge_quote(said->text, quote);
    if (more > 0 || said->cut) {
        finding.rule = SW_RULE_OVERFLOW;
        finding.worth = (said->cut ? 1e6 : more) - judging->rank;
        if (said->cut)
            (void)snprintf(text, sizeof text, "\"%s\" is cut off in %s on %s; fewer words, or more lines", quote, judging->language,
                           judging->vantage->where);
        else
            (void)snprintf(text, sizeof text, "\"%s\" needs %.0f units more than it has in %s on %s; fewer words, or more room", quote,
                           ceil(more), judging->language, judging->vantage->where);
        sw_judge_say(walking, box->element, &finding);
    } else if (said->factor < SHRUNK - 0.001) {
        finding.rule = SW_RULE_SHRINK;
        finding.worth = -said->factor - judging->rank;
        (void)snprintf(text, sizeof text, "\"%s\" shrinks to %.0f %% of its style in %s on %s; fewer words, or more room", quote,
                       100 * said->factor, judging->language, judging->vantage->where);
        sw_judge_say(walking, box->element, &finding);
    }
}

static void judge_letters(const struct sw_walking *walking, const struct sw_box *box, const struct sw_said *said)
{
    const struct sw_judging *judging = walking->judging;
    char text[240];
    if (judging->vantage->wall == NULL)
        return;
    double distance = judging->vantage->wall->viewing_distance_mm;
    double high = sw_judge_mm(judging, said->size * sw_text_capital(judging->typesetter, said->role));
    enum sw_severity severity;
    if (!sw_judge_letters(high, distance, &severity))
        return;
    double least = distance / (severity == SW_ERROR ? 155 : 110);
    int used = snprintf(text, sizeof text, "capitals %.1f mm high on %s, which is read from %.0f mm; %.1f mm at least", high,
                        judging->vantage->where, distance, least);
    if (said->factor < 0.999)
        (void)snprintf(text + used, sizeof text - (size_t)used, "; it has shrunk to %.0f %% in %s", 100 * said->factor, judging->language);
    else
        (void)snprintf(text + used, sizeof text - (size_t)used, ": a size of %.0f", ceil(said->size * distance / 110 / high));
    sw_judge_say(walking, box->element,
                 &(struct sw_finding){.rule = SW_RULE_SMALL, .severity = severity, .worth = distance / high - judging->rank, .text = text});
}

static void judge_said(struct sw_walking *walking, const struct sw_box *box)
{
    for (const struct sw_said *said = box->said; said != NULL; said = said->next) {
        judge_room(walking, box, said);
        judge_letters(walking, box, said);
        sw_judge_colours(walking, box, said);
        if (!box->behaviour->presses)
            walking->words += sw_judge_words(said->text);
    }
}

/* -- fingers -- */

static void judge_target(const struct sw_walking *walking, const struct sw_box *box, struct sw_rect seen)
{
    const struct sw_judging *judging = walking->judging;
    char text[160];
    double wide = sw_judge_mm(judging, seen.width), high = sw_judge_mm(judging, seen.height), least = fmin(wide, high);
    if (judging->vantage->wall == NULL || sw_rect_empty(seen) || least >= TARGET_MM - 0.05)
        return;
    (void)snprintf(text, sizeof text, "%.1f mm %s on %s; %.0f mm at least, for a finger", least, wide < high ? "wide" : "high",
                   judging->vantage->where, TARGET_MM);
    sw_judge_say(walking, box->element,
                 &(struct sw_finding){.rule = SW_RULE_TARGET, .severity = SW_WARNING, .worth = -least, .text = text});
}

/* Of the middle of something, above the floor. */
static double height_above_floor(const struct sw_judging *judging, struct sw_rect rect)
{
    const struct sw_wall *wall = judging->vantage->wall;
    double lowest = 0;
    for (size_t i = 0; i < wall->panel_count; i++)
        lowest = fmax(lowest, wall->panels[i].place.y + wall->panels[i].place.height);
    double down = sw_judge_mm(judging, rect.y + rect.height / 2) + judging->show->where->offset_y * judging->vantage->mm_per_px;
    return wall->bottom_mm + lowest - judging->vantage->zone->place.y - down;
}

static bool in_reach(const struct sw_judging *judging, struct sw_rect rect)
{
    double height = height_above_floor(judging, rect);
    return height >= SW_REACH_LOW_MM - 0.5 && height <= SW_REACH_HIGH_MM + 0.5;
}

struct search {
    const struct sw_judging *judging;
    const char *video;
    bool found;
};

/* A button in reach that starts or stops the video called so does for its own controls. */
static void look_for_button(void *context, const struct sw_box *box)
{
    struct search *search = context;
    for (size_t i = 0; i < box->action_count; i++) {
        const struct sw_action *action = &box->actions[i];
        bool plays = action->kind == SW_ACTION_PLAY || action->kind == SW_ACTION_PAUSE;
        search->found = search->found || (plays && action->name != NULL && strcmp(action->name, search->video) == 0 &&
                                          in_reach(search->judging, sw_view_on_canvas(box, box->rect, true)));
    }
}

static void judge_reach(const struct sw_walking *walking, const struct sw_box *box)
{
    const struct sw_judging *judging = walking->judging;
    struct sw_rect rect = sw_view_on_canvas(box, box->rect, true);
    if (judging->vantage->wall == NULL || in_reach(judging, rect))
        return;
    const struct sw_box *video = box;
    while (video->reel == NULL && video->parent != NULL)
        video = video->parent;
    struct sw_value name = video->common[SW_COMMON_NAME];
    struct search search = {.judging = judging, .video = name.type == SW_VALUE_STRING ? name.as.string : ""};
    sw_view_each(judging->show->root, look_for_button, &search);
    if (search.found)
        return;
    char text[240];
    double height = height_above_floor(judging, rect);
    (void)snprintf(text, sizeof text,
                   "its controls are %.0f mm above the floor on %s; everybody reaches %.0f to %.0f mm: move it, or put a button that plays "
                   "it there",
                   height, judging->vantage->where, SW_REACH_LOW_MM, SW_REACH_HIGH_MM);
    sw_judge_say(walking, box->element,
                 &(struct sw_finding){.rule = SW_RULE_REACH,
                                      .severity = SW_WARNING,
                                      .worth = fmax(SW_REACH_LOW_MM - height, height - SW_REACH_HIGH_MM),
                                      .text = text});
}

/* -- all of it -- */

static void walk(struct sw_walking *walking, const struct sw_box *box, struct sw_rect clip, bool solid)
{
    bool controls = box->controls != 0; /* they come when they are wanted */
    if ((box->hidden && !controls) || box->opacity == 0)
        return;
    bool was_solid = walking->solid;
    struct sw_rect place = sw_view_on_canvas(box, box->rect, true), seen = sw_rect_intersect(place, clip);
    walking->solid = solid && box->opacity >= 1;
    sw_judge_ground(walking, box, place);
    if (box->element != NULL) {
        judge_said(walking, box);
        sw_judge_picture(walking, box);
        if (box->action_count > 0 || box->scrubs)
            judge_target(walking, box, seen);
        if (controls && box->action_count > 0)
            judge_reach(walking, box);
    }
    clip = box->clips ? seen : clip;
    for (const struct sw_box *child = box->first; child != NULL; child = child->next)
        walk(walking, child, clip, walking->solid);
    walking->solid = was_solid;
}

static void judge_reading(const struct sw_walking *walking)
{
    const struct sw_judging *judging = walking->judging;
    const struct sw_scene *scene = judging->show->scene;
    int64_t takes = sw_judge_reading(walking->words);
    if (judging->duration <= 0 || takes <= judging->duration || scene == NULL)
        return;
    const struct sw_page *page = &scene->pages[judging->show->page];
    char text[200], path[32] = "";
    if (page->id[0] != '\0')
        (void)snprintf(path, sizeof path, "pages[%d]", judging->show->page);
    (void)snprintf(text, sizeof text, "%zu words take %.0f s to read in %s (180 a minute), and it stays for %.0f s", walking->words,
                   ceil((double)takes / 1e6), judging->language, (double)judging->duration / 1e6);
    sw_findings_add(judging->findings, &(struct sw_finding){.rule = SW_RULE_READING,
                                                            .severity = SW_WARNING,
                                                            .worth = (double)takes - judging->rank,
                                                            .file = scene->file,
                                                            .line = page->line,
                                                            .column = page->column,
                                                            .path = path,
                                                            .text = text});
}

void sw_judge_page(const struct sw_judging *judging)
{
    const struct sw_box *root = judging->show->root;
    struct sw_arena arena = {.blocks = NULL};
    struct sw_walking walking = {.judging = judging, .arena = &arena, .solid = true};
    sw_judge_begin_grounds(&walking);
    for (const struct sw_box *layer = root->first; layer != NULL; layer = layer->next)
        if (!judging->alone || layer->next == NULL)
            walk(&walking, layer, root->rect, true);
    if (!judging->alone)
        judge_reading(&walking);
    judging->needs->bytes = fmax(judging->needs->bytes, walking.bytes);
    judging->needs->seconds = fmax(judging->needs->seconds, walking.seconds);
    sw_arena_finish(&arena);
}
