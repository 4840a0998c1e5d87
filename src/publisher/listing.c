/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "json/write.h"
#include "store/moment.h"

enum column { NUMBER, SCENE, FOR, ON, WHEN, PRIORITY, FROM, UNTIL, BY, COLUMNS };
static const char *const titles[COLUMNS] = {"", "scene", "for", "on", "when", "priority", "from", "until", "override by"};

struct table {
    const struct sw_board *board;
    struct sw_arena arena;
    const char *(*rows)[COLUMNS]; /* of the arena */
    size_t count;
};

/* ---- cells ---- */

/* What steers no terminal. */
static const char *harmless(struct table *table, const char *text)
{
    char *line = sw_arena_strdup(&table->arena, text);
    sw_utf8_put_line(line, strlen(text) + 1, text);
    return line;
}

/* "2026-11-23 22:00", as the clock of the exhibition shows it. */
static const char *moment_text(struct table *table, sw_instant instant)
{
    struct sw_civil civil = sw_civil_at(table->board->exhibition->zone, instant);
    const char *text = sw_arena_printf(&table->arena, "%04d-%02d-%02d %02d:%02d", civil.date.year, civil.date.month, civil.date.day,
                                       civil.hour, civil.minute);
    return civil.second == 0 ? text : sw_arena_printf(&table->arena, "%s:%02d", text, civil.second);
}

/* A word or a list of words. */
static const char *words_text(struct table *table, const cJSON *node)
{
    const char *text = cJSON_IsString(node) ? node->valuestring : "";
    const cJSON *item = NULL;
    if (!cJSON_IsArray(node))
        return text;
    cJSON_ArrayForEach (item, node) {
        const char *word = cJSON_IsString(item) ? item->valuestring : "?";
        text = sw_arena_printf(&table->arena, "%s%s%s", text, text[0] != '\0' ? ", " : "", word);
    }
    return text;
}

static const char *schedule_text(struct table *table, const cJSON *on)
{
    static const char *const keys[][2] = {{"days", ""}, {"dates", ""}, {"time", ""}, {"in", "in "}, {"not", "not "}};
    const char *text = "";
    for (size_t i = 0; i < SW_COUNT(keys); i++) {
        const char *part = words_text(table, sw_json_get(on, keys[i][0]));
        if (part[0] != '\0')
            text = sw_arena_printf(&table->arena, "%s%s%s%s", text, text[0] != '\0' ? "; " : "", keys[i][1], part);
    }
    return text;
}

static const char *scene_text(struct table *table, const cJSON *item, const struct sw_playlist_item *loaded)
{
    const char *scenes = sw_json_text(item, "scenes", NULL);
    if (scenes == NULL)
        return sw_json_text(item, "scene", "?");
    size_t count = loaded != NULL ? loaded->turn_count : 0;
    return sw_arena_printf(&table->arena, "%s (%zu scene%s)", scenes, count, count == 1 ? "" : "s");
}

/* How long each scene stays, where all stay as long. */
static const char *length_text(struct table *table, const struct sw_playlist_item *loaded)
{
    char text[64];
    if (loaded == NULL || loaded->turn_count == 0)
        return "";
    if (loaded->clips)
        return loaded->turn_count > 1 ? "as their clips" : "as its clip";
    for (size_t i = 1; i < loaded->turn_count; i++)
        if (loaded->turns[i].duration != loaded->turns[0].duration)
            return "as they say";
    return sw_arena_strdup(&table->arena, sw_duration_text(loaded->turns[0].duration, text, sizeof text));
}

static void fill_row(struct table *table, const cJSON *item, const struct sw_playlist_item *loaded)
{
    const char **row = table->rows[++table->count];
    const cJSON *priority = sw_json_get(item, "priority");
    bool interrupts = sw_json_bool(item, "interrupt", false);
    const char *number = cJSON_IsNumber(priority) || interrupts
                             ? sw_arena_printf(&table->arena, "%.0f", cJSON_IsNumber(priority) ? priority->valuedouble : 0)
                             : "";
    row[NUMBER] = sw_arena_printf(&table->arena, "%zu", table->count);
    row[SCENE] = scene_text(table, item, loaded);
    row[FOR] = length_text(table, loaded);
    row[ON] = schedule_text(table, sw_json_get(item, "on"));
    row[WHEN] = sw_json_text(item, "when", "");
    row[PRIORITY] = interrupts ? sw_arena_printf(&table->arena, "%s, interrupts", number) : number;
    row[FROM] = loaded != NULL && loaded->has_from ? moment_text(table, loaded->from) : sw_json_text(item, "from", "");
    row[UNTIL] = loaded != NULL && loaded->has_until ? moment_text(table, loaded->until) : sw_json_text(item, "until", "");
    if (loaded != NULL && loaded->has_until && loaded->until <= table->board->outlet->now)
        row[UNTIL] = sw_arena_printf(&table->arena, "%s, over", row[UNTIL]);
    row[BY] = sw_json_text(item, "by", "");
    for (int c = 0; c < COLUMNS; c++)
        row[c] = harmless(table, row[c]);
}

/* ---- tables ---- */

/* Columns are as wide as their widest cell; those of which no row has anything are left out. */
static void print_rows(const struct table *table)
{
    size_t widths[COLUMNS] = {0};
    bool used[COLUMNS] = {0};
    for (size_t r = 0; r <= table->count; r++)
        for (int c = 0; c < COLUMNS; c++) {
            size_t width = sw_utf8_count(table->rows[r][c], strlen(table->rows[r][c]));
            widths[c] = width > widths[c] ? width : widths[c];
            used[c] = used[c] || (r > 0 && width > 0);
        }
    for (size_t r = 0; r <= table->count; r++) {
        size_t gap = 2; /* blanks before the next cell */
        for (int c = 0; c < COLUMNS; c++) {
            const char *cell = table->rows[r][c];
            size_t width = sw_utf8_count(cell, strlen(cell));
            if (!used[c])
                continue;
            size_t before = c == NUMBER ? gap + widths[c] - width : gap;
            if (cell[0] != '\0')
                (void)printf("%*s%s", (int)before, "", cell);
            gap = cell[0] == '\0' ? gap + widths[c] + 2 : c == NUMBER ? 2 : widths[c] - width + 2;
        }
        (void)putchar('\n');
    }
}

static void print_playlist(const struct sw_board *board, const struct sw_board_playlist *playlist)
{
    struct table table = {.board = board};
    const cJSON *loop = sw_json_get(playlist->now, "loop"), *item = NULL;
    sw_arena_init(&table.arena);
    table.rows = sw_arena_array(&table.arena, (size_t)cJSON_GetArraySize(loop) + 1, sizeof *table.rows);
    memcpy(table.rows[0], titles, sizeof titles);
    cJSON_ArrayForEach (item, loop)
        fill_row(&table, item, sw_board_item(board, playlist, table.count));
    const struct sw_wall *wall = sw_exhibition_wall(board->exhibition, board->wall);
    (void)printf("\n%s", playlist->id);
    for (size_t i = 0; wall != NULL && i < wall->zone_count; i++)
        if (strcmp(wall->zones[i].playlist->id, playlist->id) == 0)
            (void)printf(", zone %s", wall->zones[i].id);
    (void)printf("%s\n", cJSON_Compare(playlist->own, playlist->now, true) ? "" : "; not as the release has it");
    print_rows(&table);
    if (sw_json_get(playlist->now, "otherwise") != NULL)
        (void)printf("  otherwise %s\n", sw_json_text(playlist->now, "otherwise", ""));
    sw_arena_finish(&table.arena);
}

void sw_listing_print(const struct sw_board *board, struct sw_board_playlist *const *picked, size_t count)
{
    struct table table = {.board = board};
    const struct sw_statement *statement = &board->statement;
    sw_arena_init(&table.arena);
    (void)printf("wall %s: release %" PRId64 ", playlists %" PRId64, board->wall, board->current.release, board->current.playlists);
    if (statement->version != 0)
        (void)printf(" of %s", moment_text(&table, statement->issued));
    (void)printf("%s%s", statement->by[0] != '\0' ? " by " : "", statement->by);
    (void)printf("%s%s\n", statement->note[0] != '\0' ? ": " : "", statement->note);
    for (size_t i = 0; i < count; i++)
        print_playlist(board, picked[i]);
    sw_arena_finish(&table.arena);
}

/* ---- JSON ---- */

static void write_member(struct sw_buffer *buffer, const char *key, const char *text)
{
    sw_buffer_printf(buffer, ", \"%s\": ", key);
    sw_json_write_text(buffer, text);
}

static void write_playlist(struct sw_buffer *buffer, const struct sw_board *board, const struct sw_board_playlist *playlist)
{
    const struct sw_wall *wall = sw_exhibition_wall(board->exhibition, board->wall);
    const char *comma = "";
    sw_buffer_add_text(buffer, "{\"id\": ");
    sw_json_write_text(buffer, playlist->id);
    sw_buffer_add_text(buffer, ", \"zones\": [");
    for (size_t i = 0; wall != NULL && i < wall->zone_count; i++) {
        if (strcmp(wall->zones[i].playlist->id, playlist->id) != 0)
            continue;
        sw_buffer_add_text(buffer, comma);
        sw_json_write_text(buffer, wall->zones[i].id);
        comma = ", ";
    }
    sw_buffer_printf(buffer, "], \"changed\": %s, \"playlist\": ", cJSON_Compare(playlist->own, playlist->now, true) ? "false" : "true");
    sw_json_write(buffer, playlist->now);
    sw_buffer_add_text(buffer, "}");
}

void sw_listing_print_json(const struct sw_board *board, struct sw_board_playlist *const *picked, size_t count)
{
    struct sw_buffer buffer;
    char moment[SW_MOMENT_TEXT + 1];
    const struct sw_statement *statement = &board->statement;
    sw_buffer_init(&buffer, 2 * SW_STATEMENT_MAX);
    sw_buffer_add_text(&buffer, "{\"wall\": ");
    sw_json_write_text(&buffer, board->wall);
    sw_buffer_printf(&buffer, ", \"release\": %" PRId64 ", \"version\": %" PRId64, board->current.release, board->current.playlists);
    if (statement->version != 0) {
        write_member(&buffer, "issued", sw_moment_text(statement->issued, moment));
        write_member(&buffer, "by", statement->by);
        write_member(&buffer, "note", statement->note);
    }
    sw_buffer_add_text(&buffer, ",\n \"playlists\": [");
    for (size_t i = 0; i < count; i++) {
        sw_buffer_add_text(&buffer, i > 0 ? ",\n  " : "\n  ");
        write_playlist(&buffer, board, picked[i]);
    }
    sw_buffer_add_text(&buffer, "]}\n");
    (void)fputs(sw_buffer_text(&buffer), stdout);
    sw_buffer_finish(&buffer);
}
