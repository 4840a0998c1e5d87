/* SPDX-License-Identifier: EUPL-1.2 */
/* A bench with sources of live data: what its scene says is seen as data come and time goes by. Include behind cmocka.h and bench.h. */
#ifndef LIVE_BENCH_H
#define LIVE_BENCH_H

#include <stdio.h>
#include <string.h>

#include "data/data.h"

#define LIVE_NOW (INT64_C(1795439100) * SW_SECOND) /* 2026-11-23T14:05 in Berlin */

struct live_bench {
    struct bench bench;
    struct sw_data *data;
    struct sw_scope scope;
    struct sw_reads needs, told;
};

static inline bool live_look_up(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct live_bench *live = scope->context;
    const struct sw_source *source = sw_exhibition_source(live->bench.exhibition, name);
    if (source == NULL)
        return false;
    *out = sw_data_value(live->data, source, &live->bench.evaluation);
    return true;
}

/* `parts`: as for bench_elements; scenes/sources.json is the one called "../sources". At 14:05. */
static inline void live_open(struct live_bench *live, const char *elements, const struct bench_part *parts)
{
    bench_elements(&live->bench, elements, parts);
    live->data = sw_data_create(live->bench.exhibition);
    live->bench.context.data = live->data;
    live->bench.context.needs = &live->needs;
    live->bench.context.told = &live->told;
    live->bench.evaluation.now = LIVE_NOW;
    live->scope = (struct sw_scope){.outer = &live->bench.builtins, .lookup = live_look_up, .context = live};
    live->bench.state.outer = &live->scope;
    live->bench.evaluation.scope = &live->scope;
}

static inline void live_close(struct live_bench *live)
{
    sw_arena_reset(&live->bench.arena); /* it holds readings */
    sw_data_destroy(live->data);
    bench_close(&live->bench);
}

static inline void live_make(struct live_bench *live)
{
    sw_reads_init(&live->needs);
    sw_reads_init(&live->told);
    bench_make(&live->bench);
}

/* A body of the source, fetched `age` ago; of another kind: as of then. */
static inline void live_put(struct live_bench *live, const char *name, const char *body, enum sw_reading_kind kind, int64_t age)
{
    const struct sw_source *source = sw_exhibition_source(live->bench.exhibition, name);
    assert_non_null(source);
    sw_instant then = live->bench.evaluation.now - age;
    struct sw_reading_facts facts = {
        .kind = kind, .fetched = then, .published = SW_NEVER, .as_of = kind == SW_READING_LIVE ? SW_NEVER : then};
    struct sw_reading_report report = {.missing = 0};
    char fault[SW_BODY_FAULT_MAX];
    struct sw_body *made = sw_body_create(&source->request);
    assert_true(sw_body_add(made, body, strlen(body), fault));
    struct sw_reading *reading = sw_reading_create(&source->request, made, live->bench.exhibition->zone, &facts, &report);
    sw_body_destroy(made);
    assert_non_null(reading);
    sw_data_put_reading(live->data, (size_t)(source - live->bench.exhibition->sources), reading);
}

static inline void live_fail(struct live_bench *live, const char *name)
{
    const struct sw_source *source = sw_exhibition_source(live->bench.exhibition, name);
    assert_non_null(source);
    sw_data_put_outcome(live->data, (size_t)(source - live->bench.exhibition->sources), true, SW_NEVER, "HTTP 503");
}

#endif
