/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of text share: fonts of installed packages, requests, and the lines of a layout as a string. */
#ifndef TEXT_BENCH_H
#define TEXT_BENCH_H

#include <math.h>
#include <string.h>

#include "base/must.h"
#include "view/text.h"

#define INTER "/usr/share/fonts/opentype/inter/"
#define NOTO "/usr/share/fonts/truetype/noto/"

static const struct sw_font_role bench_roles[] = {
    {"text", INTER "Inter-Regular.otf"},    {"display", INTER "InterDisplay-SemiBold.otf"}, {"bold", INTER "Inter-Bold.otf"},
    {"italic", INTER "Inter-Italic.otf"},   {"mono", NOTO "NotoSansMono-Regular.ttf"},
};
static const char *const bench_fallbacks[] = {NOTO "NotoSans-Regular.ttf", NOTO "NotoSansArabic-Regular.ttf",
                                              NOTO "NotoColorEmoji.ttf"};

static inline struct sw_typesetter *bench_typesetter(void)
{
    struct sw_font_set fonts = {bench_roles, SW_COUNT(bench_roles), bench_fallbacks, SW_COUNT(bench_fallbacks)};
    return sw_typesetter_create(&fonts, 64u << 20);
}

static inline struct sw_text_request bench_request(const char *text, double size, double width)
{
    return (struct sw_text_request){.text = text, .role = "text", .size = size, .line = 1.4, .width = width, .language = "de"};
}

/* The width of a text on one line. */
static inline double bench_width(struct sw_typesetter *typesetter, const char *text)
{
    struct sw_text_request request = bench_request(text, 36, INFINITY);
    return sw_text_layout(typesetter, &request)->width;
}

/* The first block's pixels. */
static inline struct sw_text_pixels bench_raster(struct sw_typesetter *typesetter, const struct sw_text_request *request, double scale)
{
    return sw_text_raster(typesetter, sw_text_layout(typesetter, request), scale, 0);
}

/* The bytes of each line's pieces, lines parted by '|'; "…" where pieces without length end a line. */
static inline const char *bench_lines(const struct sw_text_layout *layout, const char *text, char *out, size_t room)
{
    size_t length = 0;
    for (int i = 0; i < layout->line_count; i++) {
        const struct sw_text_line *line = &layout->lines[i];
        if (i > 0 && length + 1 < room)
            out[length++] = '|';
        for (int k = line->first; k < line->first + line->count; k++) {
            const struct sw_text_piece *piece = &layout->pieces[k];
            const char *bytes = piece->length > 0 ? text + piece->offset : k == line->first ? "*" : "…";
            size_t count = piece->length > 0 ? (size_t)piece->length : strlen(bytes);
            if (length + count < room) {
                memcpy(out + length, bytes, count);
                length += count;
            }
        }
    }
    out[length] = '\0';
    return out;
}

#endif
