/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/glyphs.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "exhibition/property.h"
#include "view/text.h"
#include "view/view.h"

#define TEXT_SIZE 32 /* any size finds the same letters */

struct checking {
    const struct sw_show *show;
    const char *wall;
    struct sw_diags *diags;
};

static bool said(const struct sw_diags *diags, const struct sw_element *element, const char *text)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        if (diag->line == element->line && diag->column == element->column && strcmp(diag->file, element->file) == 0 &&
            strcmp(diag->text, text) == 0)
            return true;
    }
    return false;
}

static void warn(struct sw_diags *diags, const struct sw_element *element, const char *text)
{
    if (!said(diags, element, text))
        sw_diags_add(diags, SW_WARNING, element->file, element->line, element->column, element->path, "%s", text);
}

static void check_text(const struct checking *checking, const struct sw_box *box, const char *text)
{
    const struct sw_text_request request = {.text = text,
                                            .role = box->text.role,
                                            .size = TEXT_SIZE,
                                            .line = 1,
                                            .width = INFINITY,
                                            .language = checking->show->where->visit->language};
    const struct sw_text_layout *layout = sw_text_layout(checking->show->where->tools.typesetter, &request);
    if (!layout->missing_glyph)
        return;
    char letter[8] = "", told[64];
    (void)sw_utf8_encode(layout->missing, letter);
    (void)snprintf(told, sizeof told, "no font has \"%s\" (U+%04X)", letter, (unsigned)layout->missing);
    warn(checking->diags, box->element, told);
}

static void check_box(void *context, const struct sw_box *box)
{
    const struct sw_element *element = box->element;
    for (size_t i = 0; element != NULL && box->own != NULL && i < element->kind->count; i++)
        if (element->kind->rows[i].means == SW_MEANS_TEXT && box->own[i].type == SW_VALUE_STRING)
            check_text(context, box, box->own[i].as.string);
}

void sw_glyphs_check(const struct sw_show *show, struct sw_diags *diags)
{
    struct checking checking = {.show = show, .diags = diags};
    sw_view_each(show->root, check_box, &checking);
}

static void check_cut(void *context, const struct sw_box *box)
{
    const struct checking *checking = context;
    char told[160];
    if (box->element == NULL || !box->cut)
        return;
    (void)snprintf(told, sizeof told, "a gap between displays of the wall \"%s\" cuts its words, which have no room to move aside",
                   checking->wall);
    warn(checking->diags, box->element, told);
}

void sw_glyphs_check_gaps(const struct sw_show *show, const char *wall, struct sw_diags *diags)
{
    struct checking checking = {.show = show, .wall = wall, .diags = diags};
    sw_view_each(show->root, check_cut, &checking);
}
