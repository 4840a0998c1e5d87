/* SPDX-License-Identifier: EUPL-1.2 */
/* The names that a show's expressions see: the scene's state, the session's, and the built-ins. */
#ifndef SW_STAGE_SCOPE_H
#define SW_STAGE_SCOPE_H

#include "stage/show.h"

/* Lists that many expressions ask for, made once. */
struct sw_show_lists {
    struct sw_value scenes, pages; /* missing: not asked for yet */
};

struct sw_show_scope {
    struct sw_scope global; /* built-ins and session state: all that parts see */
    struct sw_scope scene;  /* the scene's state, then global */
    const struct sw_show *show;
    struct sw_arena *arena;
    const struct sw_evaluation *evaluation; /* for the texts of scenes and pages */
    bool in_text;                           /* within such a text: the texts it reads see no names */
    struct sw_show_lists *lists;            /* its own, or those of all texts */
    struct sw_show_lists own[2];
};

/* Joins the two scopes; results of lookups live in `arena`. */
void sw_show_scope_init(struct sw_show_scope *scope, const struct sw_show *show, struct sw_arena *arena,
                        const struct sw_evaluation *evaluation);

#endif
