/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/board.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/write.h"
#include "publisher/fault.h"

#define PLAYLISTS_FOLDER "scenes/playlists/"

static cJSON *copy_of(const cJSON *node)
{
    cJSON *copy = cJSON_Duplicate(node, true);
    assert(copy != NULL);
    return copy;
}

/* ---- what is in force ---- */

/* The id of a playlist's file, or NULL. */
static const char *playlist_id(struct sw_board *board, const char *path)
{
    size_t lead = strlen(PLAYLISTS_FOLDER), length = strlen(path);
    if (strncmp(path, PLAYLISTS_FOLDER, lead) != 0 || strchr(path + lead, '/') != NULL || length <= lead + 5 ||
        strcmp(path + length - 5, ".json") != 0)
        return NULL;
    return sw_arena_strndup(&board->arena, path + lead, length - lead - 5);
}

static struct sw_root *make_root(const struct sw_board *board, const struct sw_root_file *files, size_t count)
{
    enum sw_file_status status;
    struct sw_root *root = sw_root_create_list(board->outlet->folder, files, count, &status);
    if (root == NULL)
        (void)sw_fault_say(board->outlet->folder, sw_file_status_text(status));
    return root;
}

/* The files of the release, with room for each playlist behind them. */
static struct sw_root_file *list_files(const struct sw_board *board, struct sw_arena *arena)
{
    struct sw_root_file *files = sw_arena_array(arena, board->contents->count + board->count, sizeof *files);
    sw_contents_place(board->contents, arena, files);
    return files;
}

/* The release's own playlist, which a curator wrote: what is signed anew must be what was signed. */
static cJSON *read_own(const struct sw_root *root, const struct sw_file_entry *entry)
{
    char *text;
    size_t length;
    struct sw_diags diags;
    enum sw_file_status status = sw_root_read(root, entry->path, SW_JSON_BYTES_MAX, &text, &length);
    if (status != SW_FILE_OK) {
        (void)sw_fault_say(entry->path, sw_file_status_text(status));
        return NULL;
    }
    struct sw_digest digest = sw_digest_of(text, length);
    bool whole = sw_digest_equal(&digest, &entry->object.digest) || sw_fault_say(entry->path, "is damaged in the published folder");
    sw_diags_init(&diags);
    struct sw_json *json = whole ? sw_json_create(text, length, SW_JSON_CURATOR, entry->path, &diags) : NULL;
    cJSON *own = json != NULL ? copy_of(json->root) : NULL;
    sw_faults_say(&diags);
    sw_json_destroy(json);
    free(text);
    return own;
}

static bool read_playlists(struct sw_board *board, const struct sw_root *root)
{
    board->playlists = sw_arena_array(&board->arena, board->contents->count, sizeof *board->playlists);
    for (size_t i = 0; i < board->contents->count; i++) {
        const char *path = board->contents->files[i].path, *id = playlist_id(board, path);
        if (id == NULL)
            continue;
        struct sw_board_playlist *playlist = &board->playlists[board->count++];
        *playlist = (struct sw_board_playlist){.id = id, .own = read_own(root, &board->contents->files[i])};
        if (playlist->own == NULL)
            return false;
        if (!cJSON_IsArray(sw_json_get(playlist->own, "loop")))
            return sw_fault_say(path, "has no \"loop\"");
        playlist->was = copy_of(playlist->own);
        playlist->now = copy_of(playlist->own);
    }
    return true;
}

/* Operators' playlists in place of the release's; those of an epoch that was ended count no more, here as on the walls. */
static bool read_document(struct sw_board *board)
{
    struct sw_playlists document;
    if (board->current.playlists == 0)
        return true;
    if (!sw_outlet_playlists(board->outlet, board->wall, board->current.playlists, &document, &board->counts))
        return false;
    bool in_force = document.statement.epoch == board->outlet->workshop->keyring.epoch;
    if (in_force)
        board->statement = document.statement;
    for (size_t i = 0; i < board->count && in_force; i++) {
        struct sw_board_playlist *playlist = &board->playlists[i];
        const cJSON *put = sw_json_get(document.playlists, playlist->id);
        if (!cJSON_IsArray(sw_json_get(put, "loop")))
            continue;
        cJSON_Delete(playlist->was);
        cJSON_Delete(playlist->now);
        playlist->was = copy_of(put);
        playlist->now = copy_of(put);
    }
    sw_playlists_finish(&document);
    return true;
}

bool sw_board_open(struct sw_board *board, const struct sw_outlet *outlet, const char *wall)
{
    bool missing;
    *board = (struct sw_board){.outlet = outlet, .wall = wall};
    sw_arena_init(&board->arena);
    if (!sw_outlet_current(outlet, wall, &board->current, &missing))
        return missing ? sw_fault_say(wall, "is a wall for which nothing was published") : false;
    if (!sw_outlet_release(outlet, wall, board->current.release, &board->manifest, &missing))
        return false;
    board->contents = sw_outlet_contents(outlet, &board->manifest.contents);
    if (board->contents == NULL)
        return sw_fault_say(wall, "has a release whose content list is not there, or damaged");
    struct sw_root *root = make_root(board, list_files(board, &board->arena), board->contents->count);
    bool open = root != NULL && read_playlists(board, root) && read_document(board);
    sw_root_destroy(root);
    return open;
}

void sw_board_finish(struct sw_board *board)
{
    for (size_t i = 0; i < board->count; i++) {
        cJSON_Delete(board->playlists[i].own);
        cJSON_Delete(board->playlists[i].was);
        cJSON_Delete(board->playlists[i].now);
    }
    sw_exhibition_destroy(board->exhibition);
    sw_contents_destroy(board->contents);
    sw_arena_finish(&board->arena);
    *board = (struct sw_board){0};
}

/* ---- judging ---- */

/* A playlist as a file of one line an item, so that faults have a line to tell; of the arena. */
static const char *text_of(const cJSON *playlist, struct sw_arena *arena, size_t *length)
{
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_STATEMENT_MAX);
    for (const cJSON *member = playlist->child; member != NULL; member = member->next) {
        sw_buffer_add_text(&buffer, member == playlist->child ? "{" : ",\n ");
        sw_json_write_text(&buffer, member->string);
        sw_buffer_add_text(&buffer, ": ");
        if (!cJSON_IsArray(member)) {
            sw_json_write(&buffer, member);
            continue;
        }
        sw_buffer_add_text(&buffer, "[");
        for (const cJSON *item = member->child; item != NULL; item = item->next) {
            sw_buffer_add_text(&buffer, item == member->child ? "\n   " : ",\n   ");
            sw_json_write(&buffer, item);
        }
        sw_buffer_add_text(&buffer, "]");
    }
    sw_buffer_add_text(&buffer, playlist->child == NULL ? "{}\n" : "}\n");
    *length = strlen(sw_buffer_text(&buffer));
    const char *text = sw_arena_strdup(arena, sw_buffer_text(&buffer));
    sw_buffer_finish(&buffer);
    return text;
}

/* Prints what is said of playlists; the rest of the release was judged when it was published. Returns the number of errors. */
static size_t print_faults(const struct sw_diags *diags, bool quiet)
{
    size_t errors = 0;
    struct sw_arena arena;
    sw_arena_init(&arena);
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        if (strncmp(diag->file, PLAYLISTS_FOLDER, strlen(PLAYLISTS_FOLDER)) != 0)
            continue;
        errors += diag->severity == SW_ERROR ? 1 : 0;
        if (!quiet)
            (void)fputs(sw_diag_format(diag, &arena), stderr);
    }
    sw_arena_finish(&arena);
    return errors;
}

bool sw_board_judge(struct sw_board *board, bool quiet)
{
    struct sw_arena arena;
    struct sw_diags diags;
    sw_arena_init(&arena);
    struct sw_root_file *files = list_files(board, &arena);
    size_t count = board->contents->count;
    for (size_t i = 0; i < board->count; i++) {
        struct sw_root_file *file = &files[count++];
        file->path = sw_arena_printf(&arena, PLAYLISTS_FOLDER "%s.json", board->playlists[i].id);
        file->bytes = text_of(board->playlists[i].now, &arena, &file->length);
    }
    struct sw_root *root = make_root(board, files, count);
    sw_arena_finish(&arena);
    if (root == NULL)
        return false;
    sw_diags_init(&diags);
    sw_exhibition_destroy(board->exhibition);
    board->exhibition = sw_exhibition_create_outline_below(root, board->wall, &diags);
    sw_diags_sort(&diags);
    bool sound = print_faults(&diags, quiet) == 0 && board->exhibition != NULL;
    if (board->exhibition == NULL)
        sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    return sound;
}

/* ---- asking ---- */

struct sw_board_playlist *sw_board_find(const struct sw_board *board, const char *id)
{
    for (size_t i = 0; i < board->count; i++)
        if (strcmp(board->playlists[i].id, id) == 0)
            return &board->playlists[i];
    return NULL;
}

bool sw_board_plays(const struct sw_board *board, const struct sw_board_playlist *playlist)
{
    const struct sw_wall *wall = sw_exhibition_wall(board->exhibition, board->wall);
    bool plays = wall == NULL;
    for (size_t i = 0; wall != NULL && i < wall->zone_count; i++)
        plays = plays || strcmp(wall->zones[i].playlist->id, playlist->id) == 0;
    return plays;
}

const struct sw_playlist_item *sw_board_item(const struct sw_board *board, const struct sw_board_playlist *playlist, size_t place)
{
    const struct sw_playlist *loaded = sw_exhibition_playlist(board->exhibition, playlist->id);
    return loaded != NULL && place < loaded->count ? &loaded->items[place] : NULL;
}

bool sw_board_differs(const struct sw_board *board)
{
    for (size_t i = 0; i < board->count; i++)
        if (!cJSON_Compare(board->playlists[i].was, board->playlists[i].now, true))
            return true;
    return false;
}

cJSON *sw_board_document(const struct sw_board *board)
{
    cJSON *document = cJSON_CreateObject();
    assert(document != NULL);
    for (size_t i = 0; i < board->count; i++) {
        const struct sw_board_playlist *playlist = &board->playlists[i];
        if (!cJSON_Compare(playlist->own, playlist->now, true))
            (void)cJSON_AddItemToObject(document, playlist->id, copy_of(playlist->now));
    }
    return document;
}
