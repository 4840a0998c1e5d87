/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-worker-svg: SVG into pixels. An executable of its own, as librsvg's libraries cost more start-up time than a picture does. */
#include "worker/svg/svg.h"

#define CPU_MS 4000

int main(void)
{
    static const struct sw_worker_kind kind = {"schauwand-worker-svg", SW_FENCE_SVG, SW_SVG_BYTES_MAX, CPU_MS, sw_svg_decode};
    return sw_worker_main(&kind);
}
