/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_layout.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "view/text_character.h"
#include "view/text_source.h"
#include "view/text_wrap.h"

#define BULLET 0x2022
#define ELLIPSIS 0x2026
#define BULLET_GAP 0.5    /* em between bullet and text */
#define PARAGRAPH_GAP 0.5 /* lines for each empty line of the source */
#define ARABIC_LINE 1.3   /* at least, as a factor of the size: its letters and marks reach higher and lower than Latin ones */

struct builder {
    struct sw_fonts *fonts;
    struct sw_arena *scratch;
    const struct sw_text_request *request;
    struct sw_text_source *source;
    struct sw_text_wrap wrap;
    struct sw_text_set *set;
    double y;       /* design units: where the next line begins */
    double covered; /* by the lines so far, design units squared */
    double line;    /* height of the paragraph's lines, as a factor of the size */
    double rise;    /* from a line's top to its baseline, design units */
    double *indents; /* a line's, design units: of the scratch arena, SW_TEXT_LINES_MAX */
};

static double literal_width(struct builder *builder, const struct sw_text_run *run)
{
    struct sw_text_spelled spelled;
    return sw_text_run_spell(builder->fonts, run, builder->request->text, builder->request->tracking, &spelled);
}

/* A bullet or an ellipsis, in the plain face of the role or the first that has it. */
static struct sw_text_run literal_run(struct builder *builder, uint32_t code, int offset, int level)
{
    int face = sw_fonts_pick(builder->fonts, &builder->source->chains[0], &code, 1, false);
    return (struct sw_text_run){.offset = offset, .literal = code, .face = (int16_t)face, .level = (uint8_t)level,
                                .kind = face == SW_FACE_NONE ? SW_TEXT_BOXES : SW_TEXT_WORD};
}

static uint32_t first_seen(const char *text, const struct sw_text_run *run)
{
    uint32_t code = run->literal;
    for (int at = 0, bytes; code == 0 && at < run->length; at += bytes > 0 ? bytes : 1) {
        bytes = (int)sw_utf8_decode(text + run->offset + at, (size_t)(run->length - at), &code);
        code = bytes == 0 ? 0xfffd : sw_character_silent(code) ? 0 : code;
    }
    return code;
}

/* Appends the run as a piece; `x` holds its width in design units until the line is put in order. */
static void add_run(struct builder *builder, const struct sw_text_run *run)
{
    struct sw_text_set *set = builder->set;
    size_t count = (size_t)set->layout.piece_count;
    set->pieces = sw_grow(set->pieces, &set->piece_capacity, count + 1, sizeof *set->pieces);
    set->runs = sw_grow(set->runs, &set->run_capacity, count + 1, sizeof *set->runs);
    set->runs[count] = *run;
    set->pieces[count] = (struct sw_text_piece){
        .width = literal_width(builder, run) * builder->request->size, .offset = run->offset, .length = run->length};
    set->layout.piece_count++;
    if (run->kind == SW_TEXT_BOXES && !set->layout.missing_glyph) {
        set->layout.missing_glyph = true;
        set->layout.missing = first_seen(builder->request->text, run);
    }
}

/* Rule L2 of the bidirectional algorithm on whole runs: reversed stretches from the highest level down, then x from left to right. */
static double order_runs(struct builder *builder, int first)
{
    struct sw_text_set *set = builder->set;
    int count = set->layout.piece_count - first, highest = 0;
    int *order = sw_arena_array(builder->scratch, (size_t)count, sizeof *order);
    for (int i = 0; i < count; i++) {
        order[i] = first + i;
        highest = set->runs[first + i].level > highest ? set->runs[first + i].level : highest;
    }
    for (int level = highest; level > 0; level--) {
        for (int from = 0, to; from < count; from = to + 1) {
            for (to = from; to < count && set->runs[order[to]].level >= level; to++)
                ;
            for (int a = from, b = to - 1; a < b; a++, b--) {
                int swapped = order[a];
                order[a] = order[b];
                order[b] = swapped;
            }
        }
    }
    double x = 0;
    for (int i = 0; i < count; i++) {
        set->pieces[order[i]].x = x;
        x += set->pieces[order[i]].width;
    }
    return x;
}

static void add_line(struct builder *builder, const struct sw_text_paragraph *paragraph, int from, struct sw_text_cut cut, bool ellipsis)
{
    struct sw_text_set *set = builder->set;
    int first = set->layout.piece_count;
    for (int at = from; at < cut.end;) {
        struct sw_text_run run;
        at = sw_text_run_take(paragraph, at, cut.end, builder->request->tracking != 0, &run);
        run.hyphen = cut.hyphen && at == cut.end;
        if (run.kind != SW_TEXT_SILENT)
            add_run(builder, &run);
    }
    if (ellipsis) {
        int offset = cut.end < paragraph->count ? paragraph->chars[cut.end].offset : paragraph->end;
        struct sw_text_run run = literal_run(builder, ELLIPSIS, offset, paragraph->base_level);
        add_run(builder, &run);
    }
    size_t count = (size_t)set->layout.line_count++;
    set->lines = sw_grow(set->lines, &set->line_capacity, count + 1, sizeof *set->lines);
    set->lines[count] = (struct sw_text_line){.baseline = builder->y + builder->rise, .width = order_runs(builder, first),
                                              .first = first, .count = set->layout.piece_count - first};
    double height = builder->request->size * builder->line;
    builder->y += height;
    builder->covered += set->lines[count].width * height;
}

/* The bullet is the first piece of its line; its place comes with the alignment. */
static void add_bullet(struct builder *builder, const struct sw_text_paragraph *paragraph)
{
    struct sw_text_run run = literal_run(builder, BULLET, paragraph->start, paragraph->base_level);
    add_run(builder, &run);
}

static void move_bullet_behind(struct builder *builder, int line)
{
    builder->set->lines[line].first--;
    builder->set->lines[line].count++;
    builder->set->pieces[builder->set->lines[line].first].x = -builder->indents[line];
}

static void set_line(struct builder *builder, double line)
{
    uint32_t letter = 'x';
    struct sw_font_metrics metrics =
        sw_fonts_metrics(builder->fonts, sw_fonts_pick(builder->fonts, &builder->source->chains[0], &letter, 1, false));
    builder->line = line;
    builder->rise = ((line - metrics.ascent - metrics.descent) / 2 + metrics.ascent) * builder->request->size;
}

static double least_line(const struct sw_text_paragraph *paragraph)
{
    for (int i = 0; i < paragraph->count; i++)
        if (paragraph->chars[i].script == SW_SCRIPT_ARABIC)
            return ARABIC_LINE;
    return 0;
}

/* How long a line may be before more is set than can be seen. */
static double reach(const struct builder *builder)
{
    const struct sw_text_request *request = builder->request;
    double left = request->seen_width * request->seen_height - builder->covered;
    return isfinite(left) ? fmax(left / (request->size * builder->line), request->size) : INFINITY;
}

/* One line of the source; false once no further line is allowed. */
static bool add_paragraph(struct builder *builder, const struct sw_text_paragraph *paragraph)
{
    const struct sw_text_request *request = builder->request;
    struct sw_text_set *set = builder->set;
    int limit = request->lines > 0 && request->lines < SW_TEXT_LINES_MAX ? request->lines : SW_TEXT_LINES_MAX;
    double indent = 0;
    builder->wrap.paragraph = paragraph;
    set_line(builder, fmax(request->line, least_line(paragraph)));
    if (paragraph->bullet) {
        struct sw_text_run run = literal_run(builder, BULLET, 0, 0);
        indent = (literal_width(builder, &run) + BULLET_GAP) * request->size;
        add_bullet(builder, paragraph);
    }
    builder->y += paragraph->gaps * PARAGRAPH_GAP * request->size * builder->line;
    for (int at = 0; at < paragraph->count;) {
        int line = set->layout.line_count;
        builder->indents[line] = indent;
        bool last = line + 1 == limit, beyond = reach(builder) < request->width - indent;
        double room = (beyond ? reach(builder) : request->width - indent) / request->size;
        struct sw_text_cut cut = sw_text_wrap_fit(&builder->wrap, at, room);
        bool over = last && (cut.next < paragraph->count || paragraph->cut || sw_text_source_more(builder->source, paragraph));
        if (over) {
            struct sw_text_run dots = literal_run(builder, ELLIPSIS, 0, 0);
            cut = sw_text_wrap_short(&builder->wrap, at, room - literal_width(builder, &dots));
        }
        add_line(builder, paragraph, at, cut, over);
        if (paragraph->bullet && at == 0)
            move_bullet_behind(builder, line);
        set->layout.cut |= over || paragraph->cut;
        if (last)
            return false;
        at = cut.next;
        if ((beyond && at < paragraph->count) || builder->y > request->seen_height) {
            set->layout.cut |= at < paragraph->count || sw_text_source_more(builder->source, paragraph);
            return false;
        }
    }
    return true;
}

/* Puts every line at its place in the box: as wide as was asked for, or as its widest line where no width was given or one is wider. */
static void align(struct builder *builder)
{
    const struct sw_text_request *request = builder->request;
    struct sw_text_set *set = builder->set;
    double widest = 0;
    for (int i = 0; i < set->layout.line_count; i++)
        widest = fmax(widest, set->lines[i].width + builder->indents[i]);
    double box = isfinite(request->width) && request->width > widest ? request->width : widest;
    bool rtl = builder->source->rtl;
    for (int i = 0; i < set->layout.line_count; i++) {
        struct sw_text_line *line = &set->lines[i];
        double indent = builder->indents[i], left = box - indent - line->width;
        bool to_left = (request->align == SW_TEXT_START) != rtl;
        double share = request->align == SW_TEXT_CENTER ? 0.5 : to_left ? 0 : 1;
        line->x = left * share + (rtl ? 0 : indent);
        for (int k = line->first; k < line->first + line->count; k++) {
            struct sw_text_piece *piece = &set->pieces[k];
            bool bullet = set->runs[k].literal == BULLET;
            if (bullet && rtl)
                piece->x = line->x + line->width + indent - piece->width;
            else
                piece->x += line->x;
        }
    }
    set->layout.width = widest;
}

struct sw_text_set *sw_text_set_create(const struct sw_text_request *request, struct sw_text_source *source, struct sw_arena *scratch)
{
    struct sw_fonts *fonts = source->fonts;
    struct builder builder = {.fonts = fonts, .scratch = scratch, .request = request, .source = source};
    builder.set = sw_alloc(sizeof *builder.set);
    builder.indents = sw_arena_array(scratch, SW_TEXT_LINES_MAX, sizeof *builder.indents);
    builder.wrap = (struct sw_text_wrap){.fonts = fonts, .text = request->text, .tracking = request->tracking};
    set_line(&builder, request->line); /* of a text without lines too */
    struct sw_text_paragraph paragraph;
    for (size_t i = 0; sw_text_source_paragraph(source, scratch, i, &paragraph) && add_paragraph(&builder, &paragraph);)
        i++;
    align(&builder);
    struct sw_text_set *set = builder.set;
    set->layout.height = builder.y;
    set->layout.baseline = set->layout.line_count > 0 ? set->lines[0].baseline : builder.rise;
    set->layout.lines = set->lines;
    set->layout.pieces = set->pieces;
    return set;
}

void sw_text_set_destroy(struct sw_text_set *set)
{
    if (set == NULL)
        return;
    free(set->lines);
    free(set->pieces);
    free(set->runs);
    free(set);
}
