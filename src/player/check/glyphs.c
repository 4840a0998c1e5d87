/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/glyphs.h"

#include <math.h>
#include <stdio.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "exhibition/property.h"
#include "view/text.h"
#include "view/view.h"

#define TEXT_SIZE 32 /* any size finds the same letters */

struct checking {
    const struct sw_show *show;
    const char *wall;
    struct sw_findings *findings;
};

static void warn(const struct checking *checking, enum sw_rule rule, const struct sw_element *element, const char *text)
{
    sw_findings_add(checking->findings, &(struct sw_finding){.rule = rule,
                                                             .severity = SW_WARNING,
                                                             .what = sw_hash_text(SW_HASH_START, text),
                                                             .file = element->file,
                                                             .line = element->line,
                                                             .column = element->column,
                                                             .path = element->path,
                                                             .text = text});
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
    warn(checking, SW_RULE_LETTER, box->element, told);
}

static void check_box(void *context, const struct sw_box *box)
{
    const struct sw_element *element = box->element;
    for (size_t i = 0; element != NULL && box->own != NULL && i < element->kind->count; i++)
        if (element->kind->rows[i].means == SW_MEANS_TEXT && box->own[i].type == SW_VALUE_STRING)
            check_text(context, box, box->own[i].as.string);
}

void sw_glyphs_check(const struct sw_show *show, struct sw_findings *findings)
{
    struct checking checking = {.show = show, .findings = findings};
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
    warn(checking, SW_RULE_GAP, box->element, told);
}

void sw_glyphs_check_gaps(const struct sw_show *show, const char *wall, struct sw_findings *findings)
{
    struct checking checking = {.show = show, .wall = wall, .findings = findings};
    sw_view_each(show->root, check_cut, &checking);
}
