/* SPDX-License-Identifier: EUPL-1.2 */
/* Inline Markdown of a curator's text, read once when it is loaded (md4c; HTML and autolinks off). The result is a plain string with the
 * control characters below as marks, so that values put in later are plain text by construction: no value can hold a control character. */
#ifndef SW_EXHIBITION_MARKUP_H
#define SW_EXHIBITION_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define SW_MARK_STRONG '\x01'
#define SW_MARK_STRONG_END '\x02'
#define SW_MARK_EMPHASIS '\x03'
#define SW_MARK_EMPHASIS_END '\x04'
#define SW_MARK_CODE '\x05'
#define SW_MARK_CODE_END '\x06'
#define SW_MARK_BULLET '\x0e' /* at the start of a line: a bullet of a list */
/* Spans end before their paragraph does, and none is within one of its kind; only a value put in later may bring marks of its own (a part's
 * text), so whoever draws counts. A line break is '\n'; a new paragraph is "\n\n". Soft hyphens, no-break spaces and the like stand as they
 * are. */

#define SW_MARK_VALUE '\x0f' /* then two of 0-9a-z: stands for an expression while Markdown is read (see template.c); in no finished text */

/* Longer texts, and such with more signs of Markdown than anybody writes, come out as they are: the parser is quadratic on hostile ones. */
#define SW_MARKUP_BYTES_MAX ((size_t)64 << 10)
#define SW_MARKUP_SIGNS_MAX 4096

/* Reads Markdown: strong, emphasis, code, paragraphs, bullet lists, hard breaks. A single newline in the source is a line break (curators
 * write lines); spaces at both ends of a line go. Of blocks there are paragraphs and bullets ("- ") only: "1. Schritt", "# 3", "> x" and
 * "***" stand as written. Links, images and HTML come out as their plain text. Control characters other than newline and tab are dropped
 * first. Never fails; the result is of the arena. */
const char *sw_markup_read(struct sw_arena *arena, const char *markdown, size_t length);
/* As sw_markup_read, but SW_MARK_VALUE and its two characters stay where they are a whole one. For template.c only. */
const char *sw_markup_read_values(struct sw_arena *arena, const char *markdown, size_t length);
/* Whether a character may stand in a curator's text: no control character but newline and tab. */
bool sw_markup_allowed(char c);
/* The same text without any mark: for alt texts, logs and comparison. */
const char *sw_markup_plain(struct sw_arena *arena, const char *text);

#endif
