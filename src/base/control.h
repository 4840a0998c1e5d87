/* SPDX-License-Identifier: EUPL-1.2 */
/* The door of this machine: a local Unix socket at which `schauwand status|shot|tell` ask the wall that plays here. One connection is one
 * request and one answer, fixed records over base/message.h, range-checked on both sides; what is long comes as sealed memory. The
 * supervisor holds the door and hands each connection to its player. Who may ask is said by the socket's mode: root, and the group
 * "schauwand" where there is one. */
#ifndef SW_BASE_CONTROL_H
#define SW_BASE_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/message.h"
#include "base/must.h"

#define SW_CONTROL_SERVICE "/run/schauwand/control" /* of root's wall, and of schauwand.service, which names it */
#define SW_CONTROL_TEXT_MAX 256
#define SW_CONTROL_UNTIL_MAX 32
#define SW_CONTROL_BY_MAX 65
#define SW_CONTROL_SAID_MAX 1024
#define SW_CONTROL_BYTES_MAX ((size_t)512 << 20) /* of the memory that comes with an answer */

enum sw_control_verb {
    SW_CONTROL_STATUS = 1, /* memory: a text as `form` says; code: 0 all is well, 1 something is to be looked at, 2 the content does not
                              play */
    SW_CONTROL_SHOT,       /* memory: a PNG of the wall */
    SW_CONTROL_GO,         /* `text`: a scene, or scene#page, as if a visitor had gone there */
    SW_CONTROL_HOME,       /* the visit ends */
    SW_CONTROL_NEXT,       /* the playlist's next turn, now */
    SW_CONTROL_OVERRIDE,   /* `text`: a scene, shown instead of the playlist for `seconds` (0: until it is cleared) */
    SW_CONTROL_CLEAR,      /* no override any more */
    SW_CONTROL_LANGUAGE,   /* `text`: a language, as if a visitor had chosen it */
    SW_CONTROL_CLEANING,   /* touches do nothing for `seconds`; 0: they do again */
    SW_CONTROL_OPEN,       /* whatever its hours say, `until` then or for `seconds`; "" and 0: until its hours close it next */
    SW_CONTROL_CLOSE,      /* the same the other way round */
    SW_CONTROL_BLANK,      /* `text`: "on": black, for `seconds` (0: until it is "off"); "off" */
    SW_CONTROL_RELOAD,     /* what plays is looked for anew: the folder, or what is published */
    SW_CONTROL_VOLUME,     /* `text`: "0".."100", per cent instead of what the wall's file says, `until` then or for `seconds`; "" and 0:
                              until it is told otherwise; "written": what the file says, again */
    SW_CONTROL_MUTE,       /* nothing of the zone is heard, `until` then or for `seconds`; "" and 0: until it is UNMUTE */
    SW_CONTROL_UNMUTE,
};
#define SW_CONTROL_VERBS 16

/* "go": as it is typed behind `schauwand tell`; "status" and "shot" too. */
const char *sw_control_verb_name(enum sw_control_verb verb);

enum sw_control_form { SW_CONTROL_PLAIN, SW_CONTROL_JSON, SW_CONTROL_NAGIOS };

struct sw_control_request {
    enum sw_control_verb verb;
    enum sw_control_form form;      /* STATUS */
    int seconds;                    /* 0..SW_CONTROL_SECONDS_MAX */
    char zone[SW_CONTROL_TEXT_MAX]; /* "": all zones */
    char text[SW_CONTROL_TEXT_MAX];
    char until[SW_CONTROL_UNTIL_MAX]; /* "22:00", the next time it is, or an instant; "": none */
    char by[SW_CONTROL_BY_MAX]; /* who asks, where sw_control_asker was asked: it does not cross */
};
#define SW_CONTROL_SECONDS_MAX (366 * 24 * 3600)

struct sw_control_answer {
    int code;    /* 0: done */
    size_t size; /* of the memory that comes with it; 0: none */
    char said[SW_CONTROL_SAID_MAX]; /* a line for people, "": nothing more to say */
};

/* Where the door is unless somebody says otherwise: /run/schauwand/control for root, else $XDG_RUNTIME_DIR/schauwand/control. false: there
 * is no such place. */
bool sw_control_path(char *path, size_t capacity) SW_MUST;
/* Opens the door at `path`, its folder made where it is missing; one that nobody is behind any more is replaced. -1: errno says why
 * (EADDRINUSE: another wall is behind it). */
int sw_control_listen(const char *path) SW_MUST;
/* The next one who has come; -1: nobody. */
int sw_control_accept(int door) SW_MUST;
/* Whose process is at the other end of the socket, as the kernel has it: a user's name by /etc/passwd, else "uid 1234"; "" where it cannot
 * be said. Reads a file. */
void sw_control_asker(int end, char name[SW_CONTROL_BY_MAX]);
/* Connects; -1: errno says why. */
int sw_control_connect(const char *path) SW_MUST;

enum sw_message_status sw_control_ask(int end, const struct sw_control_request *request) SW_MUST;
/* CLOSED also where a record is of another version, length or range. */
enum sw_message_status sw_control_hear(int end, struct sw_control_request *request) SW_MUST;
/* `fd`: the memory's, copied; -1: none. */
enum sw_message_status sw_control_answer(int end, const struct sw_control_answer *answer, int fd) SW_MUST;
/* *fd is the caller's, or -1. */
enum sw_message_status sw_control_learn(int end, struct sw_control_answer *answer, int *fd) SW_MUST;

#endif
