/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/svg/svg.h"

#include <math.h>
#include <string.h>

#include <cairo.h>
#include <librsvg/rsvg.h>

#include "base/log.h"

#define UNITS_PER_INCH 96.0 /* CSS */
#define WIDTH_UNSAID 300
#define HEIGHT_UNSAID 150

/* Where the bytes behind `mark` begin, searching from `at`; `length` if it is not there. */
static size_t behind(const char *text, size_t length, size_t at, const char *mark)
{
    size_t size = strlen(mark);
    for (; at + size <= length; at++) {
        if (memcmp(text + at, mark, size) == 0)
            return at + size;
    }
    return length;
}

static bool begins(const char *text, size_t length, size_t at, const char *mark)
{
    size_t size = strlen(mark);
    return length - at >= size && memcmp(text + at, mark, size) == 0;
}

size_t sw_svg_count_elements(const char *text, size_t length, size_t most)
{
    size_t count = 0;
    for (size_t at = 0; at < length && count <= most;) {
        if (begins(text, length, at, "<!--")) {
            at = behind(text, length, at + 4, "-->");
        } else if (begins(text, length, at, "<![CDATA[")) {
            at = behind(text, length, at + 9, "]]>");
        } else {
            count += text[at] == '<' && at + 1 < length && text[at + 1] != '/' && text[at + 1] != '!' && text[at + 1] != '?';
            at++;
        }
    }
    return count;
}

/* Text that does not parse was cut if it does not end with the end of the svg element. */
static bool is_cut(const char *text, size_t length)
{
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL && text[length - 1] != '\0')
        length--;
    return length < 4 || memcmp(text + length - 4, "svg>", 4) != 0;
}

/* In user units; a side that is not said follows from the other and the viewBox. */
static void natural_size(RsvgHandle *handle, double *width, double *height)
{
    gboolean has_width, has_height, has_box;
    RsvgLength across, down;
    RsvgRectangle box;
    if (rsvg_handle_get_intrinsic_size_in_pixels(handle, width, height))
        return;
    rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &across, &has_height, &down, &has_box, &box);
    if (!has_box || !(box.width > 0) || !(box.height > 0)) {
        *width = WIDTH_UNSAID;
        *height = HEIGHT_UNSAID;
        return;
    }
    *width = box.width;
    *height = box.height;
    if (has_width && across.unit == RSVG_UNIT_PX && across.length > 0) {
        *width = across.length;
        *height = box.height * across.length / box.width;
    } else if (has_height && down.unit == RSVG_UNIT_PX && down.length > 0) {
        *height = down.length;
        *width = box.width * down.length / box.height;
    }
}

static int64_t whole_units(double side)
{
    return !(side >= 1) ? 1 : side > 1e9 ? 1000000000 : (int64_t)(side + 0.5);
}

static enum sw_worker_status draw(struct sw_worker_job *job, RsvgHandle *handle, double width, double height)
{
    const struct sw_worker_request *request = &job->request;
    bool verify = request->op == SW_WORKER_VERIFY;
    uint32_t unused = 0;
    uint32_t *pixels = verify ? &unused : sw_worker_job_pixels(job);
    if (pixels == NULL)
        return SW_WORKER_FAILED;
    int columns = verify ? 1 : request->width, rows = verify ? 1 : request->height;
    double left = (double)request->left, top = (double)request->top;
    double across = verify ? 1 : (double)request->right - left, down = verify ? 1 : (double)request->bottom - top;
    cairo_surface_t *surface =
        cairo_image_surface_create_for_data((unsigned char *)pixels, CAIRO_FORMAT_ARGB32, columns, rows, columns * 4);
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, columns / (across * width), rows / (down * height));
    cairo_translate(cairo, -left * width, -top * height);
    RsvgRectangle all = {0, 0, width, height};
    GError *error = NULL;
    gboolean drawn = rsvg_handle_render_document(handle, cairo, &all, &error);
    bool good = drawn && cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    if (!good)
        sw_log(SW_LOG_NOTICE, "svg", "not drawn: %s", error != NULL ? error->message : cairo_status_to_string(cairo_status(cairo)));
    g_clear_error(&error);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return good ? SW_WORKER_OK : SW_WORKER_TOO_COMPLEX;
}

static enum sw_worker_status decode(struct sw_worker_job *job, RsvgHandle *handle)
{
    double width, height;
    rsvg_handle_set_dpi(handle, UNITS_PER_INCH);
    natural_size(handle, &width, &height);
    enum sw_worker_status status = sw_worker_job_measure(job, whole_units(width), whole_units(height));
    if (status != SW_WORKER_OK || job->request.op == SW_WORKER_PROBE)
        return status;
    return draw(job, handle, fmax(width, 1e-3), fmax(height, 1e-3));
}

enum sw_worker_status sw_svg_decode(struct sw_worker_job *job)
{
    const char *text = (const char *)job->bytes;
    job->kind = sw_picture_sniff(job->bytes, job->length);
    if (job->kind == SW_PICTURE_UNKNOWN)
        return SW_WORKER_NOT_A_PICTURE;
    if (job->kind != SW_PICTURE_SVG)
        return SW_WORKER_OTHER_KIND;
    if (sw_svg_count_elements(text, job->length, SW_SVG_ELEMENTS_MAX) > SW_SVG_ELEMENTS_MAX)
        return SW_WORKER_TOO_COMPLEX;
    GError *error = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_data(job->bytes, job->length, &error);
    if (handle == NULL) {
        sw_log(SW_LOG_NOTICE, "svg", "not read: %s", error != NULL ? error->message : "no reason given");
        g_clear_error(&error);
        return is_cut(text, job->length) ? SW_WORKER_TRUNCATED : SW_WORKER_DAMAGED;
    }
    enum sw_worker_status status = decode(job, handle);
    g_object_unref(handle);
    return status;
}
