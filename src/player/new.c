/* SPDX-License-Identifier: EUPL-1.2 */
/* `new`: a small exhibition to start from, with what VS Code wants to know. It is made beside its place and renamed to it, so that there is
 * all of it or nothing. */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/arguments.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"
#include "elements/catalogue.h"
#include "exhibition/schema.h"
#include "json/write.h"
#include "player/commands.h"
#include "player/new_files.h"

#define TITLE_MAX 200
#define FILE_MAX ((size_t)4 << 20)
#define FOLDER_MODE 0777 /* as umask allows */
#define FILES_MAX 100
#define SCHEMA_FILE ".vscode/schauwand.schema.json"

static const char placeholder[] = "\"@TITLE@\""; /* in src/player/new/ */
static const char usual_title[] = "{\"de\": \"Stadt am Fluss\", \"en\": \"A City on a River\", \"de-leicht\": \"Die Stadt am Fluss\"}";

struct making {
    struct sw_arena arena;
    const char *place;  /* where it comes to lie, without a slash at the end */
    const char *folder; /* where it is made: beside that */
    const char *title;  /* NULL: the usual one */
    const char *written[FILES_MAX];
    size_t count;
};

static bool failed(const char *path)
{
    (void)fprintf(stderr, "schauwand new: %s: %s\n", path, strerror(errno));
    return false;
}

static bool write_file(struct making *making, const char *path, const void *bytes, size_t length)
{
    const char *whole = sw_arena_printf(&making->arena, "%s/%s", making->folder, path);
    const char *folder = sw_arena_strndup(&making->arena, whole, (size_t)(strrchr(whole, '/') - whole));
    assert(making->count < FILES_MAX);
    making->written[making->count++] = whole;
    return (sw_folder_make(folder, FOLDER_MODE) && sw_file_write_atomic(whole, bytes, length)) || failed(whole);
}

/* -- the files that are built in -- */

/* Braces in a title are braces. */
static void add_title(struct sw_buffer *out, const char *title)
{
    struct sw_buffer text;
    sw_buffer_init(&text, (size_t)3 * TITLE_MAX);
    for (; *title != '\0'; title++) {
        if (*title == '{' || *title == '}')
            sw_buffer_add(&text, title, 1);
        sw_buffer_add(&text, title, 1);
    }
    sw_json_write_text(out, sw_buffer_text(&text));
    sw_buffer_finish(&text);
}

static bool write_built_in(struct making *making, const struct sw_new_file *file)
{
    const char *text = sw_arena_strndup(&making->arena, (const char *)file->bytes, file->length), *at = strstr(text, placeholder);
    struct sw_buffer out;
    if (at == NULL)
        return write_file(making, file->path, file->bytes, file->length);
    sw_buffer_init(&out, FILE_MAX);
    sw_buffer_add(&out, text, (size_t)(at - text));
    if (making->title != NULL)
        add_title(&out, making->title);
    else
        sw_buffer_add_text(&out, usual_title);
    sw_buffer_add_text(&out, at + strlen(placeholder));
    bool written = write_file(making, file->path, sw_buffer_text(&out), out.length);
    sw_buffer_finish(&out);
    return written;
}

/* -- for VS Code -- */

static bool write_json(struct making *making, const char *path, cJSON *node)
{
    char *text = cJSON_Print(node);
    const char *lines = sw_arena_printf(&making->arena, "%s\n", text);
    cJSON_free(text);
    cJSON_Delete(node);
    return write_file(making, path, lines, strlen(lines));
}

/* The paths of a kind, with `mark` in front of each; parted by '|' in the table. */
static void add_paths(struct making *making, cJSON *list, const char *paths, const char *mark)
{
    while (*paths != '\0') {
        size_t length = strcspn(paths, "|");
        const char *path = sw_arena_strndup(&making->arena, paths, length);
        cJSON_AddItemToArray(list, cJSON_CreateString(sw_arena_printf(&making->arena, "%s/%s", mark, path)));
        paths += length + (paths[length] == '|' ? 1 : 0);
    }
}

/* A setting names a file, not a place in one, so each kind of file has a small one that leads into the bundle. */
static bool write_kind(struct making *making, const struct sw_schema_file *file, const char *path)
{
    cJSON *node = cJSON_CreateObject();
    const char *bundle = strrchr(SCHEMA_FILE, '/') + 1;
    cJSON_AddStringToObject(node, "$ref", sw_arena_printf(&making->arena, "%s#/$defs/%s", bundle, file->kind));
    cJSON_AddTrueToObject(node, "allowComments");
    cJSON_AddTrueToObject(node, "allowTrailingCommas");
    return write_json(making, path, node);
}

static bool write_editor(struct making *making)
{
    size_t count = 0;
    const struct sw_schema_file *files = sw_schema_files(&count);
    cJSON *settings = cJSON_CreateObject(), *associations = cJSON_AddObjectToObject(settings, "files.associations");
    cJSON_AddStringToObject(associations, "**/scenes/**/*.json", "jsonc");
    cJSON_AddStringToObject(associations, "**/fonts/fonts.json", "jsonc");
    cJSON *schemas = cJSON_AddArrayToObject(settings, "json.schemas");
    bool written = write_json(making, SCHEMA_FILE, sw_schema_create(sw_catalogue()));
    for (size_t i = 0; i < count; i++) {
        cJSON *entry = cJSON_CreateObject(), *match = cJSON_AddArrayToObject(entry, "fileMatch");
        const char *path = sw_arena_printf(&making->arena, ".vscode/schauwand.%s.json", files[i].kind);
        add_paths(making, match, files[i].path, "");
        for (size_t before = 0; before < i && strchr(files[i].path, '|') != NULL; before++) /* what fits them is of that kind */
            add_paths(making, match, files[before].path, "!");
        cJSON_AddStringToObject(entry, "url", sw_arena_printf(&making->arena, "./%s", path));
        cJSON_AddItemToArray(schemas, entry);
        written = written && write_kind(making, &files[i], path);
    }
    return write_json(making, ".vscode/settings.json", settings) && written;
}

/* -- the folder -- */

static bool write_all(struct making *making)
{
    for (size_t i = 0; i < sw_new_file_count; i++)
        if (!write_built_in(making, &sw_new_files[i]))
            return false;
    return write_editor(making);
}

/* Takes away what was made, its folders with it. */
static void clear(struct making *making)
{
    size_t stem = strlen(making->folder);
    for (size_t i = 0; i < making->count; i++) {
        char *path = sw_arena_strdup(&making->arena, making->written[i]);
        (void)unlink(path);
        for (char *slash = strrchr(path, '/'); (size_t)(slash - path) >= stem; slash = strrchr(path, '/')) {
            *slash = '\0';
            if (rmdir(path) != 0 || (size_t)(slash - path) == stem)
                break;
        }
    }
    (void)rmdir(making->folder);
}

static bool is_empty(const char *path)
{
    DIR *folder = opendir(path);
    size_t names = 0;
    if (folder == NULL)
        return false;
    while (readdir(folder) != NULL)
        names++;
    (void)closedir(folder);
    return names == 2; /* itself and the one above */
}

static bool refuse(const char *place, const char *why)
{
    (void)fprintf(stderr, "schauwand new: %s %s; name a folder that is not there yet\n", place, why);
    return false;
}

/* Whether the new folder may come to lie there: where nothing is, or an empty folder that nobody stands in. */
static bool is_free(const char *place)
{
    struct stat there, here;
    if (lstat(place, &there) != 0)
        return errno == ENOENT || failed(place);
    if (!S_ISDIR(there.st_mode))
        return refuse(place, "is there already");
    if (stat(".", &here) == 0 && here.st_dev == there.st_dev && here.st_ino == there.st_ino)
        return refuse(place, "is the current folder");
    return is_empty(place) || refuse(place, "is not empty");
}

/* The place without slashes at its end, and a folder beside it that only this process makes. */
static void name_folders(struct making *making, const char *place)
{
    size_t length = strlen(place);
    while (length > 1 && place[length - 1] == '/')
        length--;
    making->place = sw_arena_strndup(&making->arena, place, length);
    const char *slash = strrchr(making->place, '/'), *name = slash != NULL ? slash + 1 : making->place;
    making->folder = sw_arena_printf(&making->arena, "%.*s.%s.%ld", (int)(name - making->place), making->place, name, (long)getpid());
}

static bool make(struct making *making)
{
    if (!is_free(making->place))
        return false;
    if (mkdir(making->folder, FOLDER_MODE) != 0)
        return failed(making->folder);
    if (write_all(making) && (rename(making->folder, making->place) == 0 || failed(making->place)))
        return true;
    clear(making);
    return false;
}

static bool read_arguments(struct making *making, int count, char **arguments)
{
    char text[256];
    const struct sw_arguments_fault fault = {text, sizeof text};
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 2};
    struct sw_argument argument;
    enum sw_argument_status status;
    const char *place = NULL;
    bool good = true;
    while (good && (status = sw_arguments_next(&rest, &argument)) != SW_ARGUMENT_END) {
        if (status != SW_ARGUMENT_OK)
            good = sw_arguments_refuse(&fault, &argument, status);
        else if (argument.name == NULL && place == NULL && argument.value[0] != '\0')
            place = argument.value;
        else if (argument.name != NULL && strcmp(argument.name, "--title") == 0)
            making->title = argument.value;
        else
            good = sw_arguments_fail(&fault, "%s", argument.name != NULL ? argument.name : argument.value);
    }
    if (good && place == NULL)
        good = sw_arguments_fail(&fault, "%s", "the folder to make is wanted");
    if (good && making->title != NULL && (making->title[0] == '\0' || !sw_utf8_is_line(making->title, TITLE_MAX)))
        good = sw_arguments_fail(&fault, "--title: one line of at most %d bytes is wanted", TITLE_MAX - 1);
    if (good)
        name_folders(making, place);
    else
        (void)fprintf(stderr, "schauwand new: %s\n", text);
    return good;
}

int sw_player_new(int count, char **arguments)
{
    struct making making = {.count = 0};
    bool made = read_arguments(&making, count, arguments) && make(&making);
    if (made)
        (void)printf("%s: %zu files\n\n  schauwand play --window %s    shows it, and what you save\n"
                     "  schauwand check --full %s     names every fault\n  code %s                       completes and underlines\n",
                     making.place, making.count, making.place, making.place, making.place);
    sw_arena_finish(&making.arena);
    return made && fflush(stdout) == 0 ? 0 : 2;
}
