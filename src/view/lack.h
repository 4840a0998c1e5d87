/* SPDX-License-Identifier: EUPL-1.2 */
/* What becomes of an element whose source has nothing to show: its values have expired and are not declared to stay, or there never were
 * any and asking failed, or it is off. (While it is loading nothing is decided: a scene waits for its sources before it enters.)
 *
 * An element is of the sources that its own values read: its texts, pictures, colours ..., rows and series; through parameters of parts
 * too. What only decides (`when`, what `switch` is by) does not count, and what its children read is theirs. Only if all sources that an
 * element is of have nothing to show, the element goes: replaced by a text if one of them says {"text": ...}, else out of its place (or,
 * with `keep`, out of sight) if one of them says "hide". An element that is also of a source with something to show stays, with "–" for
 * what is missing. An element all of whose children have gone goes with them. Private to src/view. Main thread. */
#ifndef SW_VIEW_LACK_H
#define SW_VIEW_LACK_H

#include "view/behaviour.h"

enum sw_lack { SW_LACK_NONE, SW_LACK_HIDE, SW_LACK_TEXT };

/* Whether any source has nothing to show and says what is to be done. */
bool sw_view_lacking(const struct sw_view_context *context);
/* What is to become of an element that has read this. *text: what to say, of the exhibition; "" if the language has nothing. */
enum sw_lack sw_view_lack(const struct sw_view_context *context, const struct sw_reads *own, const char **text);
/* The box and all in it become this text, in the middle of its place. */
void sw_view_say_instead(const struct sw_view_context *context, struct sw_box *box, const char *text);

#endif
