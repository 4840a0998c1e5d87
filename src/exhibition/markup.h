/* SPDX-License-Identifier: EUPL-1.2 */
/* Inline Markdown of a curator's text, read once when it is loaded (md4c; HTML and autolinks off). The result is a plain string with the
 * control characters below as marks, so that values put in later are plain text by construction: no value can hold a control character. */
#ifndef SW_EXHIBITION_MARKUP_H
#define SW_EXHIBITION_MARKUP_H

#include <stddef.h>

#include "base/arena.h"

#define SW_MARK_STRONG '\x01'
#define SW_MARK_STRONG_END '\x02'
#define SW_MARK_EMPHASIS '\x03'
#define SW_MARK_EMPHASIS_END '\x04'
#define SW_MARK_CODE '\x05'
#define SW_MARK_CODE_END '\x06'
#define SW_MARK_BULLET '\x0e' /* at the start of a line: a bullet of a list */
/* A line break is '\n'; a new paragraph is "\n\n". Soft hyphens, no-break spaces and the like stand as they are. */

#define SW_MARK_VALUE '\x0f' /* SW_MARK_VALUE, then two characters '0'..: stands for an expression while Markdown is read (see template.c) */

/* Reads Markdown: strong, emphasis, code, paragraphs, bullet lists, hard breaks. A single newline in the source is a line break (curators
 * write lines). Headings, links, images, tables and HTML come out as their plain text. Never fails; the result is of the arena. */
const char *sw_markup_read(struct sw_arena *arena, const char *markdown, size_t length);
/* The same text without any mark: for alt texts, logs and comparison. */
const char *sw_markup_plain(struct sw_arena *arena, const char *text);

#endif
