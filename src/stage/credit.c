/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/credit.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "exhibition/language.h"
#include "view/standing.h"

#define TEXT_MAX 2048
#define SIZE_SHARE 54.0 /* of the canvas' shorter side */
#define SIZE_LEAST 18.0 /* design units */
#define MARGIN_SHARE 20.0
#define GROUND_ALPHA 0xe0000000u
#define LINES 3
#define GAP "\xc2\xa0\xc2\xb7 " /* · never begins a line */
#define PART_GROUND 8
#define PART_TEXT 9

/* Behind "from": an instant. */
struct words {
    const char *language, *data, *from, *sample, *recorded, *changed;
};
static const struct words all_words[] = {
    {"en", "Data", "as of", "sample data", "recorded", "modified"},
    {"de", "Daten", "Stand", "Beispieldaten", "aufgezeichnet", "verändert"},
    {"tr", "Veriler", "güncellik", "örnek veriler", "kaydedilmiş", "değiştirilmiş"},
    {"ar", "البيانات", "بتاريخ", "بيانات نموذجية", "مسجّلة", "معدّلة"},
};

/* Whom the line names, and what their values are worth: "" is "as they should be". */
struct entry {
    struct sw_credit credit;
    const char *worth;
};

/* The line as it is put together. */
struct line {
    const struct words *words;
    struct sw_arena *arena;
    struct sw_evaluation evaluation;
    const struct sw_reads *told; /* of which sources elements say themselves from when they are */
    struct entry *entries;
    size_t count;
};

/* Whether it has to be said from when the values are: where they are shown at all, are not fresh, and no element says so itself (what
 * elements say of a sample names no time). */
static bool needs_instant(const struct sw_data_view *view, bool told)
{
    enum sw_freshness state = view->freshness.state;
    bool live = view->facts->kind == SW_READING_LIVE, old = state == SW_FRESHNESS_STALE || state == SW_FRESHNESS_EXPIRED;
    return view->usable && (view->facts->kind == SW_READING_SAMPLE || ((!live || old) && !told));
}

/* That they are no live values is said in any case. */
static void add_worth(const struct line *line, struct sw_buffer *buffer, const struct sw_data_view *view)
{
    if (view->facts == NULL)
        return;
    enum sw_reading_kind kind = view->facts->kind;
    bool instant = needs_instant(view, sw_reads_has_source(line->told, view->source));
    if (kind != SW_READING_LIVE)
        sw_buffer_printf(buffer, "%s%s", kind == SW_READING_SAMPLE ? line->words->sample : line->words->recorded, instant ? ", " : "");
    if (instant)
        sw_buffer_printf(buffer, "%s %s", line->words->from,
                         sw_standing_instant(&line->evaluation, kind == SW_READING_LIVE ? view->facts->observed : view->facts->as_of,
                                             kind == SW_READING_RECORDED));
}

static void add_who(const struct line *line, struct sw_buffer *buffer, const struct sw_credit *credit)
{
    sw_buffer_add_text(buffer, credit->provider);
    if (credit->dataset[0] != '\0')
        sw_buffer_printf(buffer, ", %s", credit->dataset);
    if (credit->licence != NULL)
        sw_buffer_printf(buffer, " (%s)", credit->licence);
    if (credit->changed)
        sw_buffer_printf(buffer, ", %s", line->words->changed);
}

/* A source with nothing to name, whose values are as they should be, is not spoken of; two that say the same are one. */
static void add_source(struct line *line, const struct sw_data_view *view)
{
    struct sw_credit credit = sw_source_credit(view->source, &line->evaluation);
    struct sw_buffer worth;
    sw_buffer_init(&worth, TEXT_MAX);
    add_worth(line, &worth, view);
    bool said = worth.length == 0 && !credit.given;
    for (size_t i = 0; i < line->count && !said; i++)
        said = sw_credit_same(&line->entries[i].credit, &credit) && strcmp(line->entries[i].worth, sw_buffer_text(&worth)) == 0;
    if (!said)
        line->entries[line->count++] = (struct entry){credit, sw_arena_strdup(line->arena, sw_buffer_text(&worth))};
    sw_buffer_finish(&worth);
}

/* What several have in common is said once, in front. */
static bool have_one_worth(const struct line *line)
{
    for (size_t i = 1; i < line->count; i++)
        if (strcmp(line->entries[i].worth, line->entries[0].worth) != 0)
            return false;
    return line->count > 1 && line->entries[0].worth[0] != '\0';
}

static void write_line(const struct line *line, struct sw_buffer *buffer)
{
    bool common = have_one_worth(line);
    if (common)
        sw_buffer_printf(buffer, "%s (%s): ", line->words->data, line->entries[0].worth);
    else
        sw_buffer_printf(buffer, "%s: ", line->words->data);
    for (size_t i = 0; i < line->count; i++) {
        const struct entry *entry = &line->entries[i];
        sw_buffer_add_text(buffer, i > 0 ? GAP : "");
        add_who(line, buffer, &entry->credit);
        if (!common && entry->worth[0] != '\0')
            sw_buffer_printf(buffer, ", %s", entry->worth);
    }
}

const char *sw_credit_text(struct sw_show *show, sw_instant now, struct sw_arena *arena)
{
    const struct sw_show_place *where = show->where;
    const struct sw_exhibition *exhibition = where->exhibition;
    struct line line = {.arena = arena, .told = &show->told};
    line.words = sw_language_row(all_words, SW_COUNT(all_words), sizeof all_words[0], where->visit->language);
    line.evaluation = (struct sw_evaluation){
        .arena = arena, .reads = &show->reads, .now = now, .zone = exhibition->zone, .language = where->visit->language};
    line.entries = sw_arena_array(arena, exhibition->source_count, sizeof *line.entries);
    for (size_t i = 0; where->tools.data != NULL && i < exhibition->source_count; i++) {
        const struct sw_source *source = &exhibition->sources[i];
        if (source->off || !sw_reads_has_source(&show->reads, source))
            continue;
        struct sw_data_view view = sw_data_look(where->tools.data, source, now);
        add_source(&line, &view);
    }
    if (line.count == 0)
        return "";
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, TEXT_MAX);
    write_line(&line, &buffer);
    const char *text = sw_arena_strdup(arena, sw_buffer_text(&buffer));
    sw_buffer_finish(&buffer);
    return text;
}

void sw_credit_draw(struct sw_painter *painter, const struct sw_show *show)
{
    const struct sw_view_context *context = painter->context;
    const struct sw_theme *theme = &context->exhibition->theme;
    const struct sw_canvas *canvas = context->canvas;
    if (show->credit[0] == '\0' || context->typesetter == NULL)
        return;
    double side = fmin(canvas->width, canvas->height), margin = side / MARGIN_SHARE;
    struct sw_look_of_text look = {.role = "text", .size = SIZE_LEAST, .line = 1.3, .colour = 0xff000000u};
    uint32_t ground = 0xffffffffu;
    sw_view_text_style(context, theme->default_style, &look);
    (void)sw_theme_colour(theme, theme->ground, context->high_contrast, &ground);
    struct sw_text_request request = {.text = show->credit,
                                      .role = look.role,
                                      .size = fmax(SIZE_LEAST, side / SIZE_SHARE) * context->text_factor,
                                      .line = 1.3,
                                      .width = canvas->width - 2 * margin,
                                      .lines = LINES,
                                      .language = show->where->visit->language};
    const struct sw_text_layout *layout = sw_text_layout(context->typesetter, &request);
    double pad = request.size / 2, y = canvas->height - layout->height - pad * 1.5, left = INFINITY, right = 0;
    for (int i = 0; i < layout->line_count; i++) {
        left = fmin(left, layout->lines[i].x);
        right = fmax(right, layout->lines[i].x + layout->lines[i].width);
    }
    struct sw_rect under = {margin + left - pad, y - pad / 2, right - left + 2 * pad, layout->height + pad};
    sw_painter_fill(painter, show->root, PART_GROUND, under, (ground & 0x00ffffffu) | GROUND_ALPHA);
    sw_painter_text(painter, show->root, PART_TEXT, margin, y, &request, look.colour);
}
