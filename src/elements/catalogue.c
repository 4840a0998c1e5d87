/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/catalogue.h"

#include "base/must.h"
#include "elements/elements.h"

static const struct sw_kind *const kinds[] = {
    &sw_element_text,
    &sw_element_image,
    &sw_element_video,
    &sw_element_shape,
    &sw_element_row,
    &sw_element_column,
    &sw_element_grid,
    &sw_element_stack,
    &sw_element_switch,
    &sw_element_repeat,
    &sw_element_use,
    &sw_element_slot,
    &sw_element_button,
    &sw_element_clock,
    &sw_element_qr,
    &sw_element_chart,
    &sw_element_trend,
    &sw_element_table,
};

static const struct sw_catalogue catalogue = {.kinds = kinds, .count = SW_COUNT(kinds)};

const struct sw_catalogue *sw_catalogue(void)
{
    return &catalogue;
}
