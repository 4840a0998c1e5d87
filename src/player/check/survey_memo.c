/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/survey_memo.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"

#define TEXT_MAX ((size_t)8 << 20)
#define FIELDS_MAX 12

/* An entry is lines of fields between tabs; what holds a tab or a newline itself is not remembered:
 *   state  FROM UNTIL LISTS SCENES BYTES SECONDS
 *   file   CLIP STATE WIDTH HEIGHT CLIP-WIDTH CLIP-HEIGHT CLIP-LENGTH CLIP-SOUNDS PATH
 *   found  RULE SEVERITY WHAT WORTH LINE COLUMN FILE PATH TEXT */

/* -- keys -- */

static uint64_t hash_double(uint64_t hash, double number) { return sw_hash_mix_double(hash, number); }

static uint64_t hash_vantage(uint64_t hash, const struct sw_vantage *vantage)
{
    hash = sw_hash_text(sw_hash_text(hash, vantage->where), vantage->canvas->name);
    hash = sw_hash_number(sw_hash_number(hash, (uint64_t)vantage->width), (uint64_t)vantage->height);
    hash = hash_double(hash, vantage->mm_per_px);
    for (size_t i = 0; i < vantage->canvas->area_count; i++)
        hash = hash_double(sw_hash_text(hash, vantage->canvas->areas[i].name), vantage->canvas->areas[i].y);
    for (size_t i = 0; vantage->panes != NULL && i < vantage->panes->count; i++) {
        struct sw_rect part = vantage->panes->items[i].part, seen = vantage->panes->items[i].seen;
        hash = hash_double(hash_double(hash_double(hash_double(hash, part.x), part.y), part.width), part.height);
        hash = hash_double(hash_double(hash_double(hash_double(hash, seen.x), seen.y), seen.width), seen.height);
    }
    if (vantage->wall == NULL)
        return hash;
    hash = hash_double(hash_double(hash, vantage->wall->viewing_distance_mm), vantage->wall->bottom_mm);
    hash = hash_double(hash_double(hash, vantage->zone->place.x), vantage->zone->place.y);
    for (size_t i = 0; i < vantage->wall->panel_count; i++)
        hash = hash_double(hash_double(hash, vantage->wall->panels[i].place.y), vantage->wall->panels[i].place.height);
    return hash;
}

/* Everything in words, so that what is found under a key is of that key. */
static void write_key(const struct sw_survey *survey, size_t at, struct sw_buffer *key)
{
    const struct sw_exhibition *exhibition = survey->edition->exhibition;
    const struct sw_surveyed *item = &survey->items[at];
    uint64_t seen = SW_HASH_START;
    for (size_t i = 0; i < survey->vantage_count; i++)
        if (sw_survey_sees(item, &survey->vantages[i]))
            seen = hash_vantage(seen, &survey->vantages[i]);
    sw_buffer_clear(key);
    sw_buffer_printf(key,
                     "scene %s program %016" PRIx64 " ground %016" PRIx64 " fonts %016" PRIx64 " content %016" PRIx64 " seen %016" PRIx64
                     " lasts %" PRId64,
                     item->scene != NULL ? item->scene->id : "(overlay)", survey->program, exhibition->ground_content,
                     survey->edition->fonts_key, exhibition->contents[item->scene != NULL ? at : exhibition->scene_count], seen,
                     item->duration);
}

/* -- reading -- */

struct fields {
    char *items[FIELDS_MAX];
    int count;
};

/* Parts a line, in place; returns what follows it. */
static char *next_line(char *at, struct fields *fields)
{
    fields->count = 0;
    for (bool more = true; more;) {
        size_t length = strcspn(at, "\t\n");
        if (fields->count < FIELDS_MAX)
            fields->items[fields->count++] = at;
        more = at[length] == '\t';
        bool last = at[length] == '\0';
        at[length] = '\0';
        at += last ? length : length + 1;
    }
    return at;
}

static double read_double(const char *text) { return strtod(text, NULL); }

static int64_t read_number(const char *text) { return strtoll(text, NULL, 10); }

static bool read_state(const struct sw_survey *survey, struct sw_surveyed *item, const struct fields *fields)
{
    if (fields->count != 7)
        return false;
    item->lists = read_number(fields->items[3]) != 0;
    item->until = read_number(fields->items[2]);
    item->needs = (struct sw_needs){read_double(fields->items[5]), read_double(fields->items[6])};
    bool same_scenes = strtoull(fields->items[4], NULL, 16) == survey->edition->exhibition->scenes_content;
    return read_number(fields->items[1]) <= survey->instant && survey->instant < item->until && (!item->lists || same_scenes);
}

/* Whether the file is as it was; one that nobody has looked into yet is noted. */
static bool read_file(const struct sw_survey *survey, const struct fields *fields)
{
    if (fields->count != 10)
        return false;
    const struct sw_fact *fact = sw_known_fact(survey->known, fields->items[9], read_number(fields->items[1]) != 0);
    return fact->state == (enum sw_asset_state)read_number(fields->items[2]) && fact->width == read_number(fields->items[3]) &&
           fact->height == read_number(fields->items[4]) && fact->clip.width == read_number(fields->items[5]) &&
           fact->clip.height == read_number(fields->items[6]) && fact->clip.length == read_number(fields->items[7]) &&
           fact->clip.sounds == (read_number(fields->items[8]) != 0);
}

static bool read_finding(struct sw_surveyed *item, const struct fields *fields)
{
    if (fields->count != 10)
        return false;
    const struct sw_finding finding = {.rule = (enum sw_rule)read_number(fields->items[1]),
                                       .severity = (enum sw_severity)read_number(fields->items[2]),
                                       .what = strtoull(fields->items[3], NULL, 16),
                                       .worth = read_double(fields->items[4]),
                                       .line = (int)read_number(fields->items[5]),
                                       .column = (int)read_number(fields->items[6]),
                                       .file = fields->items[7],
                                       .path = fields->items[8],
                                       .text = fields->items[9]};
    if (finding.rule >= SW_RULE_COUNT || finding.severity > SW_ERROR)
        return false;
    sw_findings_add(&item->findings, &finding);
    return true;
}

/* Fills in the item; false: it does not hold. */
static bool read_entry(const struct sw_survey *survey, struct sw_surveyed *item, const char *text)
{
    struct sw_arena arena = {.blocks = NULL};
    struct fields fields;
    bool holds = true, stated = false;
    sw_findings_finish(&item->findings);
    for (char *at = sw_arena_strdup(&arena, text); *at != '\0';) {
        at = next_line(at, &fields);
        bool good = false;
        if (strcmp(fields.items[0], "state") == 0)
            good = stated = read_state(survey, item, &fields);
        else if (strcmp(fields.items[0], "file") == 0)
            good = read_file(survey, &fields);
        else if (strcmp(fields.items[0], "found") == 0)
            good = read_finding(item, &fields);
        holds = holds && good; /* and goes on: all files are noted */
    }
    sw_arena_finish(&arena);
    sw_findings_settle(&item->findings);
    return holds && stated;
}

static bool recall(struct sw_survey *survey, struct sw_memo *memo, bool takes)
{
    struct sw_buffer key;
    bool all = true;
    sw_buffer_init(&key, TEXT_MAX);
    for (size_t i = 0; i < survey->count; i++) {
        write_key(survey, i, &key);
        const char *text = sw_memo_find(memo, sw_buffer_text(&key));
        bool holds = text != NULL && read_entry(survey, &survey->items[i], text);
        all = all && (holds || text == NULL);
        if (holds && takes) {
            sw_memo_use(memo, sw_buffer_text(&key));
            survey->items[i].done = survey->items[i].recalled = true;
        }
    }
    sw_buffer_finish(&key);
    return all;
}

void sw_survey_recall(struct sw_survey *survey, struct sw_memo *memo)
{
    if (memo->count == 0)
        return;
    if (!recall(survey, memo, false)) /* some of the files that they ask for nobody has looked into yet */
        (void)sw_survey_look(survey);
    (void)recall(survey, memo, true);
}

/* -- writing -- */

static bool plain(const char *text) { return strpbrk(text, "\t\n") == NULL; }

/* False: it cannot be written down. */
static bool write_entry(const struct sw_survey *survey, const struct sw_surveyed *item, struct sw_buffer *text)
{
    sw_buffer_clear(text);
    sw_buffer_printf(text, "state\t%" PRId64 "\t%" PRId64 "\t%d\t%016" PRIx64 "\t%a\t%a\n", survey->instant, item->until, item->lists,
                     survey->edition->exhibition->scenes_content, item->needs.bytes, item->needs.seconds);
    for (size_t i = 0; i < item->asked_count; i++) {
        const struct sw_fact *fact = item->asked[i];
        if (!plain(fact->path))
            return false;
        sw_buffer_printf(text, "file\t%d\t%d\t%d\t%d\t%d\t%d\t%" PRId64 "\t%d\t%s\n", fact->is_clip, (int)fact->state, fact->width,
                         fact->height, fact->clip.width, fact->clip.height, fact->clip.length, fact->clip.sounds, fact->path);
    }
    for (size_t i = 0; i < item->findings.count; i++) {
        const struct sw_finding *finding = &item->findings.items[i];
        if (!plain(finding->file) || !plain(finding->path) || !plain(finding->text))
            return false;
        sw_buffer_printf(text, "found\t%d\t%d\t%016" PRIx64 "\t%a\t%d\t%d\t%s\t%s\t%s\n", (int)finding->rule, (int)finding->severity,
                         finding->what, finding->worth, finding->line, finding->column, finding->file, finding->path, finding->text);
    }
    return !text->full;
}

void sw_survey_remember(struct sw_survey *survey, struct sw_memo *memo)
{
    struct sw_buffer key, text;
    sw_buffer_init(&key, TEXT_MAX);
    sw_buffer_init(&text, TEXT_MAX);
    for (size_t i = 0; i < survey->count; i++) {
        const struct sw_surveyed *item = &survey->items[i];
        if (!item->done || item->recalled || !write_entry(survey, item, &text))
            continue;
        write_key(survey, i, &key);
        sw_memo_keep(memo, sw_buffer_text(&key), sw_buffer_text(&text));
    }
    sw_buffer_finish(&key);
    sw_buffer_finish(&text);
}
