/* SPDX-License-Identifier: EUPL-1.2 */
/* The kinds of element, one file each. Private to src/elements: others ask the catalogue. Constant. */
#ifndef SW_ELEMENTS_ELEMENTS_H
#define SW_ELEMENTS_ELEMENTS_H

#include "exhibition/kind.h"

extern const struct sw_kind sw_element_text;
extern const struct sw_kind sw_element_image;
extern const struct sw_kind sw_element_video;
extern const struct sw_kind sw_element_shape;
extern const struct sw_kind sw_element_row;
extern const struct sw_kind sw_element_column;
extern const struct sw_kind sw_element_grid;
extern const struct sw_kind sw_element_stack;
extern const struct sw_kind sw_element_switch;
extern const struct sw_kind sw_element_repeat;
extern const struct sw_kind sw_element_use;
extern const struct sw_kind sw_element_slot;
extern const struct sw_kind sw_element_button;
extern const struct sw_kind sw_element_clock;
extern const struct sw_kind sw_element_qr;
extern const struct sw_kind sw_element_chart;
extern const struct sw_kind sw_element_trend;
extern const struct sw_kind sw_element_table;

#endif
