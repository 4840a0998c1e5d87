/* SPDX-License-Identifier: EUPL-1.2 */
/* The exhibition's time in a curator's window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "player/workshop/flow.h"

static struct sw_time at(sw_tick tick, sw_instant instant) { return (struct sw_time){.tick = tick, .instant = instant}; }

static void assert_time(const struct sw_flow *flow, struct sw_time real, sw_tick tick, sw_instant instant)
{
    struct sw_time time = sw_flow_time(flow, real);
    assert_int_equal(time.tick, tick);
    assert_int_equal(time.instant, instant);
}

static void flows_as_the_clock(void **state)
{
    (void)state;
    struct sw_flow flow = {.stands = false};
    assert_time(&flow, at(100, 5000), 100, 5000);
    assert_int_equal(sw_flow_real(&flow, 250), 250);
    assert_int_equal(sw_flow_real(&flow, SW_NEVER), SW_NEVER);
    assert_int_equal(sw_flow_ahead(&flow, at(100, 5000)), 0);
}

static void stands_and_goes_on(void **state)
{
    (void)state;
    struct sw_flow flow = {.stands = false};
    sw_flow_stand(&flow, at(100, 5000));
    assert_time(&flow, at(170, 5070), 100, 5000);
    assert_int_equal(sw_flow_real(&flow, 110), SW_NEVER);
    sw_flow_stand(&flow, at(180, 5080)); /* once more: nothing new */
    sw_flow_go_on(&flow, at(200, 5100));
    assert_time(&flow, at(200, 5100), 100, 5000);
    assert_time(&flow, at(230, 5130), 130, 5030);
    assert_int_equal(sw_flow_real(&flow, 130), 230);
    assert_int_equal(sw_flow_ahead(&flow, at(230, 5130)), -100);
    sw_flow_stand(&flow, at(240, 5140));
    sw_flow_go_on(&flow, at(250, 5150));
    assert_time(&flow, at(260, 5160), 150, 5050); /* both pauses are lost */
}

static void goes_by_steps(void **state)
{
    (void)state;
    struct sw_flow flow = {.stands = false};
    sw_flow_stand(&flow, at(100, 5000));
    sw_flow_step(&flow, 17);
    sw_flow_step(&flow, 17);
    assert_time(&flow, at(900, 5800), 134, 5034);
    sw_flow_go_on(&flow, at(900, 5800));
    assert_time(&flow, at(901, 5801), 135, 5035);
}

static void jumps(void **state)
{
    (void)state;
    struct sw_flow flow = {.stands = false};
    sw_flow_jump(&flow, 90000, at(100, 5000));
    assert_time(&flow, at(110, 5010), 110, 90010);
    assert_int_equal(sw_flow_ahead(&flow, at(110, 5010)), 85000);
    sw_flow_stand(&flow, at(110, 5010));
    sw_flow_jump(&flow, 70000, at(150, 5050)); /* where it stands it stays, at another time of day */
    assert_time(&flow, at(160, 5060), 110, 70000);
    sw_flow_go_on(&flow, at(170, 5070));
    assert_time(&flow, at(171, 5071), 111, 70001);
    sw_flow_jump(&flow, 5080, at(180, 5080)); /* back to now */
    assert_time(&flow, at(190, 5090), 130, 5090);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flows_as_the_clock),
        cmocka_unit_test(stands_and_goes_on),
        cmocka_unit_test(goes_by_steps),
        cmocka_unit_test(jumps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
