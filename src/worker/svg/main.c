/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-worker-svg: SVG into pixels. An executable of its own, as librsvg's libraries cost more start-up time than a picture does. */
#include "worker/svg/svg.h"

int main(void)
{
    return sw_worker_main("schauwand-worker-svg", SW_SVG_BYTES_MAX, sw_svg_decode);
}
