/* SPDX-License-Identifier: EUPL-1.2 */
/* What the survey of a scene found, remembered from run to run (memo.h). It holds as long as the scene's file and its parts, what
 * all scenes stand on, the fonts, the walls that show it, the sizes of its pictures, and the day where it says something of that, are what
 * they were; so a scene that is changed is surveyed anew, and so are those that list it, and no others. Main thread. */
#ifndef SW_PLAYER_CHECK_SURVEY_MEMO_H
#define SW_PLAYER_CHECK_SURVEY_MEMO_H

#include "player/check/memo.h"
#include "player/check/survey.h"

/* Marks as done what is remembered and still holds; looks into the pictures that this depends on. */
void sw_survey_recall(struct sw_survey *survey, struct sw_memo *memo);
/* Remembers what has been done. */
void sw_survey_remember(struct sw_survey *survey, struct sw_memo *memo);

#endif
