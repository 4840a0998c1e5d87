/* SPDX-License-Identifier: EUPL-1.2 */
/* `report`: what the wall has shown, from its ledger. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/state.h"
#include "cli/command.h"
#include "cli/sheet.h"
#include "ledger/reader.h"
#include "ledger/summary.h"

#define PATH_BYTES 4096

enum { DONE, DAMAGED, CANNOT };
enum { BY_OVERRIDE = SW_SUMMARY_WHY + 1 };

static const char *const groups[] = {
    [SW_SUMMARY_SCENE] = "scene", [SW_SUMMARY_HOUR] = "hour", [SW_SUMMARY_DAY] = "day", [SW_SUMMARY_WHY] = "why",
    [BY_OVERRIDE] = "override",
};

struct report {
    const char *folder;
    char usual[PATH_BYTES];
    size_t by; /* of groups */
    bool csv;
    struct sw_zone_rules *rules;
    struct sw_summary summary;
    struct sw_ledger_found found;
};

/* -- what is wanted -- */

/* False, for the caller to return. */
static bool wrong(const char *option, const char *value, const char *wanted)
{
    (void)fprintf(stderr, "schauwand report: %s%s%s: %s\n", option, option[0] != '\0' ? " " : "", value, wanted);
    return false;
}

/* The clock of this machine; NULL: UTC. */
static struct sw_zone_rules *local_rules(void)
{
    char target[PATH_BYTES];
    const char *name = getenv("TZ");
    if (name == NULL || name[0] == '\0') {
        ssize_t length = readlink("/etc/localtime", target, sizeof target - 1);
        target[length > 0 ? length : 0] = '\0';
        name = strstr(target, "zoneinfo/");
        name = name != NULL ? name + strlen("zoneinfo/") : "UTC";
    }
    return sw_zone_rules_create(name[0] == ':' ? name + 1 : name);
}

/* An instant, or a day: from its beginning, or to its end. */
static bool read_time(const struct report *report, const char *option, const char *text, bool end, sw_instant *out)
{
    struct sw_date date;
    if (text == NULL)
        return true;
    if (sw_date_parse(text, &date)) {
        *out = sw_civil_instant(report->rules, sw_date_from_days(sw_date_to_days(date) + (end ? 1 : 0)), 0);
        return true;
    }
    return sw_civil_parse(report->rules, text, out) ||
           wrong(option, text, "a day or an instant is wanted, e.g. 2026-11-23 or 2026-11-23T14:05");
}

static bool read_group(struct report *report, const char *text)
{
    if (text == NULL)
        return true;
    while (report->by < SW_COUNT(groups) && strcmp(groups[report->by], text) != 0)
        report->by++;
    return report->by < SW_COUNT(groups) || wrong("--by", text, "scene, hour, day, why or override is wanted");
}

static bool read_wish(struct report *report, const char *const *items, size_t count)
{
    static const char *const options[] = {"--from", "--to", "--zone", "--by", "--csv", NULL};
    struct sw_summary_options wish = {.to = SW_NEVER};
    if (!sw_arguments_fit(&sw_command_report, items, count, options, 1))
        return false;
    report->rules = local_rules();
    report->csv = sw_arguments_have(items, count, "--csv");
    wish.rules = report->rules;
    wish.zone = sw_arguments_value(items, count, "--zone");
    if (!read_time(report, "--from", sw_arguments_value(items, count, "--from"), false, &wish.from) ||
        !read_time(report, "--to", sw_arguments_value(items, count, "--to"), true, &wish.to) ||
        !read_group(report, sw_arguments_value(items, count, "--by")))
        return false;
    if (wish.from >= wish.to)
        return wrong("--to", sw_arguments_value(items, count, "--to"), "this is not after --from");
    wish.by = report->by == BY_OVERRIDE ? SW_SUMMARY_WHY : (enum sw_summary_by)report->by;
    sw_summary_init(&report->summary, &wish);
    if (sw_arguments_plain(items, count, &report->folder, 1) == 0) {
        report->folder = report->usual;
        if (!sw_state_path("plays", report->usual, sizeof report->usual))
            return wrong("", "which folder", "neither XDG_STATE_HOME nor HOME says where a wall would keep its records");
    }
    return true;
}

/* -- what is said -- */

static void add_instant(const struct report *report, struct sw_sheet *sheet, sw_instant instant)
{
    struct sw_civil at = sw_civil_at(report->rules, instant);
    int offset = abs(at.offset_s) / 60;
    if (report->csv)
        sw_sheet_add(sheet, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", at.date.year, at.date.month, at.date.day, at.hour, at.minute,
                     at.second, at.offset_s < 0 ? '-' : '+', offset / 60, offset % 60);
    else
        sw_sheet_add(sheet, "%04d-%02d-%02d %02d:%02d:%02d", at.date.year, at.date.month, at.date.day, at.hour, at.minute, at.second);
}

static void add_duration(const struct report *report, struct sw_sheet *sheet, int64_t duration)
{
    int64_t seconds = (duration + SW_SECOND / 2) / SW_SECOND;
    if (report->csv)
        sw_sheet_add(sheet, "%" PRId64 ".%03d", duration / SW_SECOND, (int)(duration % SW_SECOND / SW_MS));
    else
        sw_sheet_add(sheet, "%" PRId64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static void add_share(const struct report *report, struct sw_sheet *sheet, int64_t part)
{
    double share = report->summary.shown > 0 ? 100.0 * (double)part / (double)report->summary.shown : 0;
    sw_sheet_add(sheet, report->csv ? "%.3f" : "%.1f %%", share);
}

static void print(const struct report *report, const struct sw_sheet *sheet)
{
    if (report->csv)
        sw_sheet_print_csv(sheet, stdout);
    else
        sw_sheet_print(sheet, stdout);
}

static void print_rows(const struct report *report)
{
    static const char *const names[2][6] = {{"", "times", "shown", "share", "first", "last"},
                                            {"", "times", "seconds", "percent", "first", "last"}};
    const struct sw_summary *summary = &report->summary;
    struct sw_sheet sheet;
    sw_sheet_init(&sheet, 6, 0x0e);
    sw_sheet_add(&sheet, "%s", groups[report->by]);
    for (size_t i = 1; i < 6; i++)
        sw_sheet_add(&sheet, "%s", names[report->csv][i]);
    for (size_t i = 0; i < summary->count; i++) {
        const struct sw_summary_row *row = &summary->rows[i];
        if (row->name[0] == '\0')
            add_instant(report, &sheet, row->begin);
        else
            sw_sheet_add(&sheet, "%s", row->name);
        sw_sheet_add(&sheet, "%" PRIu64, row->times);
        add_duration(report, &sheet, row->shown);
        add_share(report, &sheet, row->shown);
        add_instant(report, &sheet, row->first);
        add_instant(report, &sheet, row->last);
    }
    print(report, &sheet);
    sw_sheet_finish(&sheet);
}

static void print_overrides(const struct report *report)
{
    static const char *const names[2][6] = {{"override by", "from", "until", "shown", "zone", "scene"},
                                            {"by", "from", "until", "seconds", "zone", "scene"}};
    const struct sw_summary *summary = &report->summary;
    struct sw_sheet sheet;
    sw_sheet_init(&sheet, 6, 0x08);
    for (size_t i = 0; i < 6; i++)
        sw_sheet_add(&sheet, "%s", names[report->csv][i]);
    for (size_t i = 0; i < summary->override_count; i++) {
        const struct sw_summary_override *override = &summary->overrides[i];
        sw_sheet_add(&sheet, "%s", override->by);
        add_instant(report, &sheet, override->from);
        add_instant(report, &sheet, override->until);
        add_duration(report, &sheet, override->shown);
        sw_sheet_add(&sheet, "%s", override->zone);
        sw_sheet_add(&sheet, "%s", override->scene);
    }
    print(report, &sheet);
    sw_sheet_finish(&sheet);
}

static void print_report(struct report *report)
{
    sw_summary_sort(&report->summary);
    bool listed = report->by == BY_OVERRIDE || (!report->csv && report->summary.override_count > 0);
    if (report->by != BY_OVERRIDE)
        print_rows(report);
    if (report->by != BY_OVERRIDE && listed)
        puts("");
    if (listed)
        print_overrides(report);
    if (report->found.damaged > 0 || report->found.unread > 0)
        (void)fprintf(stderr, "schauwand report: %zu damaged records and %zu unreadable files are left out\n", report->found.damaged,
                      report->found.unread);
}

static void take(void *context, const struct sw_play *play) { sw_summary_add(context, play); }

static int run(const char *const *items, size_t count)
{
    struct report report = {.by = 0};
    int status = CANNOT;
    if (read_wish(&report, items, count)) {
        if (sw_ledger_read(report.folder, take, &report.summary, &report.found)) {
            print_report(&report);
            status = report.found.damaged > 0 || report.found.unread > 0 ? DAMAGED : DONE;
        } else {
            (void)wrong("", report.folder, strerror(errno));
        }
    }
    sw_summary_finish(&report.summary);
    sw_zone_rules_destroy(report.rules);
    return fflush(stdout) == 0 ? status : CANNOT;
}

const struct sw_command sw_command_report = {
    .name = "report",
    .summary = "sums up what the wall has shown: proof of play",
    .help = "usage: schauwand report [DIR] [OPTION]...\n"
            "\n"
            "Sums up the records that a wall keeps in DIR of what it shows (default: those of this user's wall): how often and for how\n"
            "long each scene was on, and who has put another in its place. Times are those of this machine's clock (TZ).\n"
            "\n"
            "  --from T, --to T   only what was on then: an instant (2026-11-23T14:05), or a whole day (2026-11-23)\n"
            "  --zone ZONE        only this zone of the wall; else all of them together\n"
            "  --by GROUP         a row for each scene (default), hour, day, why (playlist, visit, override, or otherwise: nothing\n"
            "                     in the playlist was due), or override\n"
            "  --csv              for spreadsheets and programs\n"
            "\n"
            "A showing counts where it began; it lasts while a zone shows one scene for one reason. What is on is written down each\n"
            "minute: when power is cut, or the player is killed, that much can be missing.\n"
            "\n"
            "Exit status: 0 all was read, 1 some records are damaged and left out, 2 there is nothing to read.\n",
    .run = run,
};
