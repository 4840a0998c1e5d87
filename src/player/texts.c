/* SPDX-License-Identifier: EUPL-1.2 */
/* `texts`: what there is to translate, and what has been: one JSON object a line, as there may be any number of them. The first says which
 * languages there are and how many faults; then come texts, and translations that stand at none. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "elements/catalogue.h"
#include "exhibition/exhibition.h"
#include "exhibition/texts.h"
#include "json/write.h"
#include "player/commands.h"

#define LINE_MAX_BYTES ((size_t)64 << 20)

static void put(struct sw_buffer *line, const char *key, const char *text)
{
    if (text == NULL)
        return;
    sw_buffer_printf(line, "%s\"%s\":", line->bytes[line->length - 1] == '{' ? "" : ",", key);
    sw_json_write_text(line, text);
}

static void put_number(struct sw_buffer *line, const char *key, int number)
{
    sw_buffer_printf(line, "%s\"%s\":%d", line->bytes[line->length - 1] == '{' ? "" : ",", key, number);
}

static void write_head(struct sw_buffer *line, const struct sw_exhibition *exhibition, size_t errors)
{
    sw_buffer_printf(line, "{\"faults\":%zu,\"languages\":[", errors);
    for (size_t i = 0; exhibition->languages[i] != NULL; i++) {
        sw_buffer_add_text(line, i > 0 ? "," : "");
        sw_json_write_text(line, exhibition->languages[i]);
    }
    sw_buffer_add_text(line, "]}\n");
}

static void write_version(struct sw_buffer *line, const struct sw_text_version *version)
{
    sw_buffer_add_text(line, "{");
    put(line, "text", version->text);
    put_number(line, "line", version->line);
    put_number(line, "column", version->column);
    if (version->apart)
        put_number(line, "apart", 1);
    put(line, "of", version->of);
    put(line, "by", version->by);
    put(line, "reviewed", version->reviewed);
    sw_buffer_add_text(line, "}");
}

static void write_text(struct sw_buffer *line, const struct sw_texts *texts, const struct sw_text *text)
{
    bool first = true;
    sw_buffer_add_text(line, "{");
    put(line, "file", text->file);
    put(line, "path", text->path);
    put_number(line, "line", text->line);
    put_number(line, "column", text->column);
    if (text->plain)
        put_number(line, "plain", 1);
    sw_buffer_add_text(line, ",\"in\":{");
    for (size_t i = 0; i < texts->language_count; i++) {
        if (text->versions[i].text == NULL)
            continue;
        sw_buffer_add_text(line, first ? "" : ",");
        sw_json_write_text(line, texts->languages[i]);
        sw_buffer_add_text(line, ":");
        write_version(line, &text->versions[i]);
        first = false;
    }
    sw_buffer_add_text(line, "}}\n");
}

static void write_stray(struct sw_buffer *line, const struct sw_text_stray *stray)
{
    sw_buffer_add_text(line, "{");
    put(line, "stray", stray->language);
    put(line, "file", stray->file);
    put(line, "path", stray->path);
    put(line, "of", stray->of);
    put_number(line, "line", stray->line);
    put_number(line, "column", stray->column);
    sw_buffer_add_text(line, "}\n");
}

static bool send(struct sw_buffer *line, FILE *out)
{
    bool sent = !line->full && fwrite(line->bytes, 1, line->length, out) == line->length;
    sw_buffer_clear(line);
    return sent;
}

static bool write_all(const struct sw_exhibition *exhibition, const struct sw_texts *texts, size_t errors, FILE *out)
{
    struct sw_buffer line;
    sw_buffer_init(&line, LINE_MAX_BYTES);
    write_head(&line, exhibition, errors);
    bool sent = send(&line, out);
    for (size_t i = 0; i < texts->count && sent; i++) {
        write_text(&line, texts, &texts->items[i]);
        sent = send(&line, out);
    }
    for (size_t i = 0; i < texts->stray_count && sent; i++) {
        write_stray(&line, &texts->strays[i]);
        sent = send(&line, out);
    }
    sw_buffer_finish(&line);
    return sent;
}

int sw_player_texts(const struct sw_options *options)
{
    struct sw_diags diags;
    struct sw_texts texts;
    sw_diags_init(&diags);
    sw_texts_init(&texts);
    struct sw_exhibition *exhibition = sw_exhibition_create_texts(options->folder, sw_catalogue(), &texts, &diags);
    bool written = false;
    if (exhibition == NULL) {
        sw_diags_sort(&diags);
        sw_diags_print(&diags, stderr);
    } else {
        FILE *out = fopen(options->output, "w");
        written = out != NULL && write_all(exhibition, &texts, diags.errors, out);
        written = (out == NULL || fclose(out) == 0) && written;
        if (!written)
            (void)fprintf(stderr, "schauwand: %s cannot be written: %s\n", options->output, strerror(errno));
    }
    sw_exhibition_destroy(exhibition);
    sw_texts_finish(&texts);
    sw_diags_finish(&diags);
    return written ? 0 : 2;
}
