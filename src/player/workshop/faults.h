/* SPDX-License-Identifier: EUPL-1.2 */
/* Faults with the lines that they are in, as a curator's window shows them: nobody has to look for the file to see what is meant. A value;
 * made on the thread that has read the files. */
#ifndef SW_PLAYER_WORKSHOP_FAULTS_H
#define SW_PLAYER_WORKSHOP_FAULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

#define SW_FAULTS_MAX 6           /* that are kept; the others are counted */
#define SW_FAULT_SOURCE_MAX 92    /* code points of a line */

struct sw_fault {
    const char *file;
    int line, column;   /* from 1; 0: no position */
    const char *path, *text;
    const char *source; /* the line without its indentation, what there is room for, with "…" where it is cut; NULL: there is none */
    int caret;          /* which of its code points is meant, from 0 */
};

/* Zeroed: none. */
struct sw_faults {
    struct sw_arena arena;
    struct sw_fault items[SW_FAULTS_MAX]; /* errors alone */
    size_t count, errors;
    bool refused; /* what has them is not shown: the picture is that of before */
};

/* The errors of `diags`, of files below `folder`. */
void sw_faults_quote(struct sw_faults *faults, const struct sw_diags *diags, const char *folder);
/* One more, without its line. */
void sw_faults_append(struct sw_faults *faults, const struct sw_diag *diag);
/* `to` is zeroed, or has been finished. */
void sw_faults_copy(struct sw_faults *to, const struct sw_faults *from);
void sw_faults_finish(struct sw_faults *faults); /* none are left */

#endif
