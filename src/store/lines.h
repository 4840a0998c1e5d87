/* SPDX-License-Identifier: EUPL-1.2 */
/* minisign's files line by line: comments and base64. A line ends with LF or CR LF, the last one may lack it. Private to src/store. */
#ifndef SW_STORE_LINES_H
#define SW_STORE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/must.h"

#define SW_LINES_UNTRUSTED "untrusted comment: "
#define SW_LINES_TRUSTED "trusted comment: "
#define SW_LINES_COMMENT_MAX 1024

struct sw_lines {
    const char *at, *end;
    const char *name; /* of the file, for faults */
    int line;         /* of the one read last; 0: none yet */
    struct sw_diags *diags;
};

/* Reads a line that begins with `lead`; what follows goes to `comment` (NULL: not wanted), which holds SW_LINES_COMMENT_MAX + 1. */
bool sw_lines_comment(struct sw_lines *lines, const char *lead, char *comment) SW_MUST;
/* Reads a line of base64 that is exactly `length` bytes; `what` names it. */
bool sw_lines_base64(struct sw_lines *lines, const char *what, unsigned char *out, size_t length) SW_MUST;
/* Nothing may follow. */
bool sw_lines_end(struct sw_lines *lines) SW_MUST;
/* Says what is wrong with the line read last; false, for the caller to return. */
bool sw_lines_fault(struct sw_lines *lines, const char *what);

/* Standard base64 with its padding; exactly `size` bytes. */
bool sw_base64_read(const char *text, size_t length, unsigned char *out, size_t size) SW_MUST;

#endif
