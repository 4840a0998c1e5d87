/* SPDX-License-Identifier: EUPL-1.2 */
/* A QR code (ISO/IEC 18004) of error correction level M, with its quiet zone of four modules. */
#include "elements/elements.h"

#include <math.h>
#include <qrencode.h>

#include "base/must.h"
#include "view/behaviour.h"

enum { ROW_QR };

static const struct sw_row rows[] = {
    [ROW_QR] = {.key = "qr",
                .type = SW_TYPE_CUSTOM,
                .means = SW_MEANS_PLAIN_TEXT,
                .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
                .meaning = "What it says to a phone, mostly an address; at least 100 mm on the wall are wanted.",
        .example = "\"https://www.duisburg.de\""},
};

#define QUIET 4          /* modules around the code */
#define NATURAL 320.0    /* design units */
#define DARK 0xff000000u /* whatever the theme: phones read black on white best */
#define LIGHT 0xffffffffu

/* The code, encoded once when the box is made: its dark modules as stretches of a row. */
struct code {
    int modules; /* a side, without the quiet zone; 0: the text is too long */
    struct stretch {
        int x, y, length;
    } * stretches;
    size_t count;
};

static size_t find_stretches(const QRcode *qr, struct stretch *out)
{
    size_t count = 0;
    for (int y = 0; y < qr->width; y++) {
        const unsigned char *row = qr->data + (size_t)y * (size_t)qr->width;
        for (int x = 0; x < qr->width; x++) {
            if ((row[x] & 1) == 0) {
                continue;
            }
            if (x > 0 && (row[x - 1] & 1) != 0) {
                out[count - 1].length++;
            } else {
                out[count++] = (struct stretch){x, y, 1};
            }
        }
    }
    return count;
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    struct sw_arena *arena = expansion->context->arena;
    struct code *code = sw_arena_alloc(arena, sizeof *code);
    box->data = code;
    struct sw_value text = box->own[ROW_QR];
    const char *string = text.type == SW_VALUE_STRING ? text.as.string : "";
    QRcode *qr = string[0] != '\0' ? QRcode_encodeString(string, 0, QR_ECLEVEL_M, QR_MODE_8, 1) : NULL;
    if (qr == NULL) {
        return;
    }
    code->modules = qr->width;
    code->stretches = sw_arena_array(arena, (size_t)qr->width * (size_t)qr->width / 2 + (size_t)qr->width, sizeof *code->stretches);
    code->count = find_stretches(qr, code->stretches);
    QRcode_free(qr);
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)context;
    double side = fmin(NATURAL, fmin(width, height));
    if (!isnan(box->given_width)) {
        side = width;
    } else if (!isnan(box->given_height)) {
        side = height;
    }
    return (struct sw_size){side, side};
}

/* Steps in design units from the corner of the code's square, in which a module is `module` wide. */
static void draw_modules(struct sw_painter *painter, const struct sw_box *box, struct sw_rect square, const struct code *code,
                         double module)
{
    struct sw_arena scratch = {0};
    struct sw_vector_step *steps = sw_arena_array(&scratch, code->count, sizeof *steps);
    for (size_t i = 0; i < code->count; i++) {
        const struct stretch *stretch = &code->stretches[i];
        steps[i] = (struct sw_vector_step){
            SW_VECTOR_RECTANGLE,
            {(stretch->x + QUIET) * module, (stretch->y + QUIET) * module, stretch->length * module, module, 0},
        };
    }
    struct sw_vector_step ground = {SW_VECTOR_RECTANGLE, {0, 0, square.width, square.height, 0}};
    struct sw_vector_path paths[] = {
        {.steps = &ground, .count = 1, .fill = {.from = LIGHT, .to = LIGHT}},
        {.steps = steps, .count = code->count, .fill = {.from = DARK, .to = DARK}},
    };
    sw_painter_paths(painter, box, 0, square, paths, SW_COUNT(paths));
    sw_arena_finish(&scratch);
}

/* As large as whole pixels for every module allow, in the middle of its box. */
static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    const struct code *code = box->data;
    if (code->modules == 0) {
        painter->failed++;
        return;
    }
    struct sw_rect content = sw_view_content(box);
    int side = code->modules + 2 * QUIET;
    double pixels = floor(fmin(content.width, content.height) * painter->scale / side + 1e-6);
    if (pixels < 1) {
        return;
    }
    double module = pixels / painter->scale, size = side * module;
    double x = floor((content.x + (content.width - size) / 2) * painter->scale + 0.5) / painter->scale;
    double y = floor((content.y + (content.height - size) / 2) * painter->scale + 0.5) / painter->scale;
    draw_modules(painter, box, (struct sw_rect){x, y, size, size}, code, module);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .draw = draw,
};

const struct sw_kind sw_element_qr = {
    .name = "qr",
    .meaning = "A QR code: dark on a light ground, with the margin that it needs.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .wants_alt = true,
    .behaviour = &behaviour,
};
