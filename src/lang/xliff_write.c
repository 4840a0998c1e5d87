/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "lang/placeholder.h"
#include "lang/xliff.h"

static void add_escaped(struct sw_buffer *out, const char *text, size_t length)
{
    static const struct {
        char c;
        const char *as;
    } escapes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    for (size_t i = 0; i < length; i++) {
        size_t e = 0;
        while (e < sizeof escapes / sizeof escapes[0] && escapes[e].c != text[i])
            e++;
        if (e < sizeof escapes / sizeof escapes[0])
            sw_buffer_add_text(out, escapes[e].as);
        else
            sw_buffer_add(out, &text[i], 1);
    }
}

static void add_attribute(struct sw_buffer *out, const char *name, const char *value)
{
    sw_buffer_printf(out, " %s=\"", name);
    add_escaped(out, value, strlen(value));
    sw_buffer_add_text(out, "\"");
}

static bool same(const struct sw_piece *a, const struct sw_piece *b)
{
    return a->code == b->code && a->length == b->length && memcmp(a->at, b->at, a->length) == 0;
}

/* The number of the code `piece` among the source's, those in `used` left out; else the next one behind them. */
static size_t number_of(const struct sw_piece *piece, const struct sw_piece *source, size_t count, bool *used, size_t *next)
{
    size_t number = 0;
    for (size_t i = 0; i < count; i++) {
        number += source[i].code;
        if (!used[i] && same(piece, &source[i])) {
            used[i] = true;
            return number;
        }
    }
    return ++*next;
}

/* The content of a source (`text` is the same) or a target. */
static void add_content(struct sw_buffer *out, const char *source, const char *text)
{
    struct sw_arena arena = {.blocks = NULL};
    size_t source_count = 0, count = 0, next = 0;
    const struct sw_piece *from = sw_placeholder_pieces(&arena, source, &source_count);
    const struct sw_piece *pieces = sw_placeholder_pieces(&arena, text, &count);
    bool *used = sw_arena_array(&arena, source_count, sizeof *used);
    for (size_t i = 0; i < source_count; i++)
        next += from[i].code;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].code)
            sw_buffer_printf(out, "<ph id=\"%zu\">", number_of(&pieces[i], from, source_count, used, &next));
        add_escaped(out, pieces[i].at, pieces[i].length);
        if (pieces[i].code)
            sw_buffer_add_text(out, "</ph>");
    }
    sw_arena_finish(&arena);
}

static void add_unit(struct sw_buffer *out, const struct sw_job *job)
{
    const char *target = job->target->text;
    sw_buffer_add_text(out, "      <trans-unit");
    add_attribute(out, "id", job->text->path);
    sw_buffer_printf(out, "%s xml:space=\"preserve\">\n        <source>", job->review == SW_REVIEW_DONE ? " approved=\"yes\"" : "");
    add_content(out, job->source, job->source);
    sw_buffer_add_text(out, "</source>\n");
    if (target != NULL) {
        sw_buffer_printf(out, "        <target state=\"%s\">",
                         job->state == SW_JOB_CHANGED ? "needs-review-translation"
                         : job->review == SW_REVIEW_DONE ? "signed-off" : "translated");
        add_content(out, job->source, target);
        sw_buffer_add_text(out, "</target>\n");
    }
    if (job->state == SW_JOB_PLAIN)
        sw_buffer_add_text(out, "        <note>So far the same in all languages; leave it empty where that is right.</note>\n");
    sw_buffer_add_text(out, "      </trans-unit>\n");
}

void sw_xliff_write(struct sw_buffer *out, const struct sw_jobs *jobs)
{
    sw_buffer_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n");
    for (size_t i = 0; i < jobs->count; i++) {
        const char *file = jobs->items[i].text->file;
        if (i == 0 || strcmp(jobs->items[i - 1].text->file, file) != 0) {
            sw_buffer_add_text(out, "  <file");
            add_attribute(out, "original", file);
            add_attribute(out, "source-language", jobs->from);
            add_attribute(out, "target-language", jobs->to);
            sw_buffer_add_text(out, " datatype=\"plaintext\">\n    <body>\n");
        }
        add_unit(out, &jobs->items[i]);
        if (i + 1 == jobs->count || strcmp(jobs->items[i + 1].text->file, file) != 0)
            sw_buffer_add_text(out, "    </body>\n  </file>\n");
    }
    if (jobs->count == 0) /* the format wants one */
        sw_buffer_printf(out,
                         "  <file original=\"scenes\" source-language=\"%s\" target-language=\"%s\" datatype=\"plaintext\">\n"
                         "    <body/>\n  </file>\n", jobs->from, jobs->to);
    sw_buffer_add_text(out, "</xliff>\n");
}
