/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/credit.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "exhibition/language.h"

#define TEXT_MAX 2048
#define SIZE_SHARE 54.0  /* of the canvas' shorter side */
#define SIZE_LEAST 18.0  /* design units */
#define MARGIN_SHARE 20.0
#define GROUND_ALPHA 0xe0000000u
#define LINES 2
#define PART_GROUND 8
#define PART_TEXT 9

/* Behind "from": an instant. */
struct words {
    const char *language, *data, *from, *sample, *recorded, *changed;
};
static const struct words all_words[] = {
    {"de", "Daten", "Stand", "Beispieldaten", "aufgezeichnet", "verändert"},
    {"en", "Data", "as of", "sample data", "recorded", "modified"},
    {"tr", "Veriler", "güncellik", "örnek veriler", "kaydedilmiş", "değiştirilmiş"},
    {"ar", "البيانات", "بتاريخ", "بيانات نموذجية", "مسجّلة", "معدّلة"},
};

/* "de-leicht" says what "de" says; a language without words of its own what English does. */
static const struct words *words_of(const char *language)
{
    size_t length = strcspn(language, "-");
    for (size_t i = 0; i < SW_COUNT(all_words); i++) {
        if (strlen(all_words[i].language) == length && strncmp(all_words[i].language, language, length) == 0)
            return &all_words[i];
    }
    return &all_words[1];
}

/* The line as it is put together. */
struct line {
    const struct sw_show_place *where;
    const struct words *words;
    struct sw_arena *arena;
    struct sw_evaluation evaluation;
    struct sw_buffer buffer;
};

static const char *text_of(const struct line *line, const struct sw_property *property)
{
    struct sw_resolution resolution = {.evaluation = &line->evaluation, .canvas = line->where->canvas->name};
    struct sw_value value = sw_property_value(property, &resolution);
    return value.type == SW_VALUE_STRING ? value.as.string : "";
}

/* "14:05"; of another day "20.11.2026, 14:05", as the language writes it. */
static void add_instant(struct line *line, sw_instant instant)
{
    const struct sw_zone_rules *zone = line->where->exhibition->zone;
    struct sw_civil then = sw_civil_at(zone, instant), today = sw_civil_at(zone, line->evaluation.now);
    if (sw_date_to_days(then.date) != sw_date_to_days(today.date))
        sw_buffer_printf(&line->buffer, "%s, ", sw_language_date(line->arena, line->evaluation.language, &then, SW_DATE_SHORT));
    sw_buffer_printf(&line->buffer, "%02d:%02d", then.hour, then.minute);
}

static void add_worth(struct line *line, const struct sw_data_view *view)
{
    if (view->facts == NULL)
        return;
    enum sw_reading_kind kind = view->facts->kind;
    enum sw_freshness state = view->freshness.state;
    bool old = state == SW_FRESHNESS_STALE || state == SW_FRESHNESS_EXPIRED;
    if (kind != SW_READING_LIVE)
        sw_buffer_printf(&line->buffer, ", %s", kind == SW_READING_SAMPLE ? line->words->sample : line->words->recorded);
    if (kind == SW_READING_LIVE && !old)
        return;
    sw_buffer_printf(&line->buffer, ", %s ", line->words->from);
    add_instant(line, kind == SW_READING_LIVE ? view->facts->observed : view->facts->as_of);
}

/* A source with nothing to name, whose values are as they should be, is not spoken of. */
static void add_source(struct line *line, const struct sw_data_view *view)
{
    const struct sw_attribution *attribution = &view->source->attribution;
    const char *provider = text_of(line, &attribution->provider), *dataset = text_of(line, &attribution->dataset);
    bool own = provider[0] == '\0';
    if (own && (view->facts == NULL || (view->facts->kind == SW_READING_LIVE && view->freshness.state == SW_FRESHNESS_FRESH)))
        return;
    if (line->buffer.length == 0)
        sw_buffer_printf(&line->buffer, "%s: ", line->words->data);
    else
        sw_buffer_add_text(&line->buffer, " · ");
    sw_buffer_add_text(&line->buffer, own ? view->source->name : provider);
    if (dataset[0] != '\0')
        sw_buffer_printf(&line->buffer, ", %s", dataset);
    if (attribution->licence != NULL)
        sw_buffer_printf(&line->buffer, " (%s)", attribution->licence);
    if (attribution->changed)
        sw_buffer_printf(&line->buffer, ", %s", line->words->changed);
    add_worth(line, view);
}

const char *sw_credit_text(const struct sw_show *show, sw_instant now, struct sw_arena *arena)
{
    const struct sw_show_place *where = show->where;
    const struct sw_exhibition *exhibition = where->exhibition;
    struct line line = {.where = where, .words = words_of(where->visit->language), .arena = arena};
    line.evaluation = (struct sw_evaluation){.arena = arena, .now = now, .zone = exhibition->zone, .language = where->visit->language};
    sw_buffer_init(&line.buffer, TEXT_MAX);
    for (size_t i = 0; where->tools.data != NULL && i < exhibition->source_count; i++) {
        struct sw_data_view view;
        const struct sw_source *source = &exhibition->sources[i];
        if (!source->off && sw_reads_has_source(&show->reads, source) && sw_data_look(where->tools.data, source->name, now, &view))
            add_source(&line, &view);
    }
    const char *text = sw_arena_strdup(arena, sw_buffer_text(&line.buffer));
    sw_buffer_finish(&line.buffer);
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
