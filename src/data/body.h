/* SPDX-License-Identifier: EUPL-1.2 */
/* What a request brought: page after page, read and cut to rows as the request declares. JSON is read by the flavour for feeds
 * (json/json.h), CSV keeps only the columns that fields name. A page that is not what it should be leaves those before it whole. One
 * thread at a time; the request must outlive it. */
#ifndef SW_DATA_BODY_H
#define SW_DATA_BODY_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "exhibition/source.h"

#define SW_BODY_BYTES_MAX ((size_t)8 << 20) /* of a CSV; JSON: SW_JSON_BYTES_MAX */
#define SW_BODY_FAULT_MAX 240

struct sw_body;

struct sw_body *sw_body_create(const struct sw_request *request) SW_MUST;
void sw_body_destroy(struct sw_body *body); /* accepts NULL */

/* Reads one page. With `pick` its rows are taken at once; with `select` it waits for what jq makes of it. On false `fault` says why. */
bool sw_body_add(struct sw_body *body, const char *bytes, size_t length, char fault[SW_BODY_FAULT_MAX]) SW_MUST;
/* With `select`: the page added last as strict JSON (a CSV as a list of rows), NUL-terminated, for jq's input. The caller's to free(). */
char *sw_body_text(const struct sw_body *body, size_t *length) SW_MUST;
/* What jq made of the page added last: an object, or a list of rows. */
bool sw_body_add_selected(struct sw_body *body, const char *bytes, size_t length, char fault[SW_BODY_FAULT_MAX]) SW_MUST;

/* Where the next page is, as the page added last says at `pages.next`; NULL: nowhere there. Until the next add. */
const char *sw_body_next(const struct sw_body *body);
/* Rows of the page added last, those beyond the limit counted too: an offset goes on where there are as many as were asked for. */
size_t sw_body_page_rows(const struct sw_body *body);

/* All pages. */
size_t sw_body_rows(const struct sw_body *body); /* 1 for a single object; at most the request's limit */
size_t sw_body_left_out(const struct sw_body *body);

/* One value of a row as it is written: at most one of the two; neither: it is not there. */
struct sw_cell {
    const char *text; /* of a CSV, UTF-8 */
    const cJSON *node;
};
/* By the place of a pointer in the field's `from`. Lives as long as the body. */
struct sw_cell sw_body_cell(const struct sw_body *body, size_t row, size_t field, size_t from);

#endif
