/* SPDX-License-Identifier: EUPL-1.2 */
/* Values that name something else: a picture of the folder, a colour, style, look or area of the theme. */
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "exhibition/load.h"

static const struct sw_property none;

/* -- media -- */

const char *const sw_picture_endings[] = {".png", ".jpg", ".jpeg", ".webp", ".svg", NULL};

bool sw_load_is_picture_name(const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; sw_picture_endings[i] != NULL; i++) {
        size_t tail = strlen(sw_picture_endings[i]);
        if (length > tail && strcmp(path + length - tail, sw_picture_endings[i]) == 0)
            return true;
    }
    return false;
}

struct sw_medium sw_load_medium(struct sw_writer *w, const cJSON *node, const char *path)
{
    struct sw_medium medium = {.path = path, .file = w->document->file, .place = sw_arena_strdup(w->loader->arena, w->verify.path)};
    sw_json_place(w->document->json, node, &medium.line, &medium.column);
    return medium;
}

static void note_media(struct sw_writer *w, const cJSON *node, const char *path)
{
    struct sw_loader *loader = w->loader;
    loader->media = sw_grow(loader->media, &loader->media_capacity, loader->media_count + 1, sizeof *loader->media);
    loader->media[loader->media_count++] = sw_load_medium(w, node, path);
}

/* What to write in place of a path to nothing: a file of that folder with nearly that name. */
static const char *file_hint(struct sw_loader *loader, const char *path, const char *things)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path, *nearest = NULL;
    const char *folder = sw_arena_strndup(loader->arena, path, (size_t)(name - path));
    const char **names = NULL;
    size_t count = 0;
    if (strstr(path, "://") != NULL)
        return sw_arena_printf(loader->arena, "; %s are files of the exhibition", things);
    if (strchr(path, '\\') != NULL)
        return "; folders are parted by \"/\"";
    if (sw_root_list(loader->exhibition->root, folder, loader->arena, &names, &count) == SW_FILE_OK)
        nearest = sw_nearest(name, names, count);
    return nearest != NULL ? sw_arena_printf(loader->arena, "; did you mean \"%s%s\"?", folder, nearest) : "";
}

const char *sw_load_file(struct sw_writer *w, const cJSON *node, const char *things)
{
    const char *path = node->valuestring;
    if (strncmp(path, "./", 2) == 0)
        path = sw_arena_printf(w->loader->arena, "%s%s", w->folder, path + 2);
    int fd = -1;
    enum sw_file_status status = sw_root_open(w->loader->exhibition->root, path, &fd);
    if (status == SW_FILE_OK) {
        (void)close(fd);
        return sw_arena_strdup(w->loader->arena, path);
    }
    if (status == SW_FILE_OUTSIDE)
        sw_verify_fault(&w->verify, node,
                        "\"%s\" leaves the exhibition's folder; paths begin below it, e.g. \"media/x.svg\", and follow no links", path);
    else
        sw_verify_fault(&w->verify, node, "\"%s\" %s%s", path, sw_file_status_text(status),
                        status == SW_FILE_MISSING ? file_hint(w->loader, path, things) : "");
    return NULL;
}

struct sw_property sw_load_media(struct sw_writer *w, const cJSON *node)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "the path of a picture is wanted, e.g. \"media/rhein.svg\"");
        return none;
    }
    if (sw_json_is_dynamic(node))
        return sw_load_template(w, node, node->valuestring, false);
    if (node->valuestring[0] == '\0')
        return sw_load_string(w, "");
    const char *path = sw_load_file(w, node, "pictures");
    if (path != NULL && !sw_load_is_picture_name(path)) {
        sw_verify_fault(&w->verify, node, "\"%s\" is no picture by its name; use .svg, .png, .jpg or .webp", path);
        return none;
    }
    if (path == NULL)
        return none;
    note_media(w, node, path);
    return sw_load_string(w, path);
}

/* -- names of the theme -- */

static struct sw_property named(struct sw_writer *w, const cJSON *node, const char *what, const char *const *known, size_t count)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "the name of a %s is wanted", what);
        return none;
    }
    if (sw_json_is_dynamic(node))
        return sw_load_template(w, node, node->valuestring, false);
    for (size_t i = 0; i < count; i++)
        if (strcmp(known[i], node->valuestring) == 0)
            return sw_load_string(w, node->valuestring);
    sw_verify_fault(&w->verify, node, "the theme has no %s \"%s\"%s", what, node->valuestring,
                    sw_load_hint(w->loader, node->valuestring, known));
    return none;
}

struct sw_property sw_load_colour(struct sw_writer *w, const cJSON *node)
{
    const struct sw_theme *theme = &w->loader->exhibition->theme;
    uint32_t argb = 0;
    if (cJSON_IsString(node) && sw_theme_colour(theme, node->valuestring, false, &argb))
        return sw_load_string(w, node->valuestring);
    if (cJSON_IsString(node) && node->valuestring[0] == '#') {
        sw_verify_fault(&w->verify, node, "\"%s\" is no colour; write \"#RRGGBB\" or \"#RRGGBBAA\"", node->valuestring);
        return none;
    }
    const char **names = sw_arena_array(w->loader->arena, theme->colour_count + 1, sizeof *names);
    for (size_t i = 0; i < theme->colour_count; i++)
        names[i] = theme->colours[i].name;
    return named(w, node, "colour", names, theme->colour_count);
}

struct sw_property sw_load_style(struct sw_writer *w, const cJSON *node)
{
    const struct sw_theme *theme = &w->loader->exhibition->theme;
    const char **names = sw_arena_array(w->loader->arena, theme->style_count + 1, sizeof *names);
    for (size_t i = 0; i < theme->style_count; i++)
        names[i] = theme->styles[i].name;
    return named(w, node, "text style", names, theme->style_count);
}

struct sw_property sw_load_look(struct sw_writer *w, const cJSON *node)
{
    const struct sw_theme *theme = &w->loader->exhibition->theme;
    const char **names = sw_arena_array(w->loader->arena, theme->look_count + 1, sizeof *names);
    for (size_t i = 0; i < theme->look_count; i++)
        names[i] = theme->looks[i].name;
    return named(w, node, "button look", names, theme->look_count);
}

/* An area must be there on every canvas that the value is for. */
struct sw_property sw_load_area(struct sw_writer *w, const cJSON *node)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "the name of an area of the canvas is wanted");
        return none;
    }
    if (sw_json_is_dynamic(node))
        return sw_load_template(w, node, node->valuestring, false);
    const struct sw_theme *theme = &w->loader->exhibition->theme;
    for (size_t i = 0; i < theme->canvas_count; i++) {
        const struct sw_canvas *canvas = &theme->canvases[i];
        if ((w->canvas != NULL && strcmp(w->canvas, canvas->name) != 0) || sw_canvas_area(canvas, node->valuestring) != NULL)
            continue;
        const char **names = sw_arena_array(w->loader->arena, canvas->area_count + 1, sizeof *names);
        for (size_t a = 0; a < canvas->area_count; a++)
            names[a] = canvas->areas[a].name;
        sw_verify_fault(&w->verify, node, "the canvas \"%s\" has no area \"%s\"%s", canvas->name, node->valuestring,
                        sw_load_hint(w->loader, node->valuestring, names));
        return none;
    }
    return sw_load_string(w, node->valuestring);
}
