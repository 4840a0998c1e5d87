/* SPDX-License-Identifier: EUPL-1.2 */
/* OAuth 2 client credentials (RFC 6749, 4.4): a token for all sources that name the same address, client and scope; asked for when one is
 * needed, kept until shortly before it ends. Main thread. */
#ifndef SW_COURIER_TOKEN_H
#define SW_COURIER_TOKEN_H

#include <stdbool.h>

#include "base/must.h"
#include "base/tick.h"
#include "courier/http.h"
#include "courier/poll.h"

struct sw_tokens;

struct sw_tokens *sw_tokens_create(const struct sw_host *host, struct sw_http *http) SW_MUST;
void sw_tokens_destroy(struct sw_tokens *tokens); /* accepts NULL */
/* Calls back, at once or from within sw_http_turn, with a token (valid during the call) or without one: why, and what that comes to for
 * whoever asked. */
void sw_tokens_get(struct sw_tokens *tokens, const struct sw_auth *auth, sw_tick now,
                   void (*got)(void *context, const char *token, enum sw_poll_outcome outcome, const char *fault), void *context);
/* The one that was given is refused: the next is asked for anew. */
void sw_tokens_drop(struct sw_tokens *tokens, const struct sw_auth *auth);

#endif
