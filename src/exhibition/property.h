/* SPDX-License-Identifier: EUPL-1.2 */
/* One value of an element as the loader compiled it: constant, with expressions, by canvas, by language, or something structured (elements,
 * actions). Which, the row of the kind's table says (its `means`). Immutable, owned by the exhibition's arena, any thread. */
#ifndef SW_EXHIBITION_PROPERTY_H
#define SW_EXHIBITION_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>

#include "exhibition/expression.h"
#include "exhibition/template.h"
#include "json/schema.h"

struct sw_element;

/* What a row's value means to the loader (struct sw_row.means); 0 goes by the row's type. */
enum sw_means {
    SW_MEANS_TYPE,        /* BOOL, NUMBER, STRING, DURATION, ENUM, PAIR (a list of two, null: missing) */
    SW_MEANS_TEXT,        /* string or lines, by language, Markdown */
    SW_MEANS_PLAIN_TEXT,  /* the same without Markdown: ids in braces, QR contents */
    SW_MEANS_MEDIA,       /* path of a picture, by language; must exist */
    SW_MEANS_COLOUR,      /* "#RRGGBB[AA]" or a name of the theme: a string value */
    SW_MEANS_STYLE,       /* name of a text style of the theme */
    SW_MEANS_LOOK,        /* name of a button look of the theme */
    SW_MEANS_AREA,        /* area of the canvas */
    SW_MEANS_PADDING,     /* n, [y, x] or [top, end, bottom, start]: a list of four numbers */
    SW_MEANS_GAP,         /* n or [row, column]: a list of two numbers */
    SW_MEANS_EXPRESSION,  /* bare expression */
    SW_MEANS_CONDITION,   /* the same, of true or false */
    SW_MEANS_ROWS,        /* the same, of a list */
    SW_MEANS_SORT,        /* a list of bare expressions, "-" in front: descending */
    SW_MEANS_POINTS,      /* [[x, y], ...]: a list of lists */
    SW_MEANS_GRADIENT,    /* {from, to, angle}: a record */
    SW_MEANS_ANIMATION,   /* {enter, from, scale, for, delay, ease}: a record */
    SW_MEANS_ELEMENT,     /* one element */
    SW_MEANS_ELEMENTS,    /* a list of elements, or one */
    SW_MEANS_CASES,       /* {value: element or list of elements} */
    SW_MEANS_ACTIONS,     /* one action or a list */
    SW_MEANS_PART,        /* id of a part; the element's other keys are its parameters */
    SW_MEANS_SLOT,        /* name of a parameter of type elements */
    SW_MEANS_NAME,        /* brings a name into scope (`as`) */
    SW_MEANS_ADDRESS,     /* scene, scene#page, #page */
    SW_MEANS_RECORDS,     /* a list of objects of the row's table: a LIST of LISTs, each with a property a row of the table */
    SW_MEANS_CLIP,        /* path of a clip, by language; must exist */
    SW_MEANS_SUBTITLES,   /* path of a file of subtitles, by language; true: those beside the clip, false: none, also as an expression */
    SW_MEANS_HISTORY,     /* "source.field", a number with a history: that string, its value's `field` being the one that is meant */
};

struct sw_elements {
    const struct sw_element *const *items;
    size_t count;
};

enum sw_action_kind {
    SW_ACTION_GO,       /* target: scene, scene#page or #page */
    SW_ACTION_BACK,
    SW_ACTION_NEXT,
    SW_ACTION_PREVIOUS,
    SW_ACTION_HOME,
    SW_ACTION_RESTART,
    SW_ACTION_SET,      /* name, value */
    SW_ACTION_OPEN,     /* target: popup */
    SW_ACTION_CLOSE,    /* target: popup, or NULL: the topmost */
    SW_ACTION_STAY,
    SW_ACTION_PLAY,     /* name: video */
    SW_ACTION_PAUSE,    /* name: video */
    SW_ACTION_SEEK,     /* name: video; value: a duration, or a number of seconds */
    SW_ACTION_TOGGLE,   /* of elements alone, nobody writes it: what is paused plays, what plays is paused */
    SW_ACTION_CHOOSE,   /* of elements alone, nobody writes it: what the element keeps of the visit (view/choice.h) */
    SW_ACTION_COUNT,
};

/* An action as written: its operand may hold expressions. */
struct sw_action_model {
    enum sw_action_kind kind;
    const struct sw_template *target; /* GO, OPEN, CLOSE; NULL: none */
    const char *name;                 /* SET, PLAY, PAUSE, SEEK */
    bool has_constant;
    struct sw_value constant;         /* SET: a value that is no string; SEEK: a duration */
    const struct sw_template *value;  /* SET: a string, perhaps with an expression; SEEK */
    const struct sw_actions_model *nested; /* a part's parameter of type `actions` stands here: its name is in `name`, kind COUNT */
};
struct sw_actions_model {
    const struct sw_action_model *items;
    size_t count;
};

enum sw_property_form {
    SW_PROPERTY_NONE, /* not written (zero) */
    SW_PROPERTY_CONSTANT,
    SW_PROPERTY_TEMPLATE,   /* a string with {...} */
    SW_PROPERTY_EXPRESSION, /* bare */
    SW_PROPERTY_BY_CANVAS,
    SW_PROPERTY_BY_LANGUAGE,
    SW_PROPERTY_LIST,       /* of properties: `sort`, RECORDS */
    SW_PROPERTY_ELEMENTS,
    SW_PROPERTY_CASES,
    SW_PROPERTY_ACTIONS,
};

struct sw_property {
    enum sw_property_form form;
    union {
        struct sw_value constant;
        const struct sw_template *template;
        const struct sw_expression *expression;
        struct {
            const char *const *keys; /* canvas, language or case value; fallbacks of languages are filled in by the loader */
            const struct sw_property *values;
            size_t count;
        } by; /* BY_CANVAS, BY_LANGUAGE, CASES, LIST (keys: of `sort` "-" for descending, "" else; of the rest NULL) */
        struct sw_elements elements;
        const struct sw_actions_model *actions;
    } as;
};

/* What a property is resolved with, beside its scope: which canvas and language it is asked for. */
struct sw_resolution {
    const struct sw_evaluation *evaluation; /* its language is used */
    const char *canvas;
};

/* The value now. ELEMENTS, CASES, ACTIONS, LIST and NONE give missing. */
struct sw_value sw_property_value(const struct sw_property *property, const struct sw_resolution *resolution);

#endif
