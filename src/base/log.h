/* SPDX-License-Identifier: EUPL-1.2 */
/* One line to standard error: `<level>schauwand-player[zone]: text` with syslog's <n> prefixes when not on a terminal.
 * Any thread. The same format string of the same module is written at most 20 times a minute, then counted. */
#ifndef SW_BASE_LOG_H
#define SW_BASE_LOG_H

#include <stdbool.h>

#include "base/must.h"

enum sw_log_level { SW_LOG_ERROR = 3, SW_LOG_WARNING = 4, SW_LOG_NOTICE = 5, SW_LOG_INFO = 6, SW_LOG_DEBUG = 7 };

/* Once at the start of main(): the name of this role and the most verbose level that is written. `role` must live on. */
void sw_log_init(const char *role, enum sw_log_level most);
/* Another most verbose level from now on: what an operator wishes is known only when their file has been read. */
void sw_log_limit(enum sw_log_level most);
void sw_log(enum sw_log_level level, const char *module, const char *format, ...) SW_PRINTF(3, 4);
/* The same about one of many: `SUBJECT: text`, counted apart from what is said about the others. */
void sw_log_about(enum sw_log_level level, const char *module, const char *subject, const char *format, ...) SW_PRINTF(4, 5);

#endif
