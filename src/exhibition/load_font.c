/* SPDX-License-Identifier: EUPL-1.2 */
/* fonts/fonts.json: which file each role is. */
#include <string.h>
#include <unistd.h>

#include "exhibition/load.h"

static const struct sw_row role_row = {.key = "", .type = SW_TYPE_ID};
static const struct sw_row font_rows[] = {
    {.key = "package",
     .type = SW_TYPE_STRING,
     .meaning = "The Debian package that the file is of; fonts/packages/<package>/ is looked into first.",
     .example = "\"fonts-inter\""},
    {.key = "file",
     .type = SW_TYPE_STRING,
     .flags = SW_ROW_REQUIRED,
     .meaning = "The file's name in the package, or a path below the exhibition.",
     .example = "\"Inter-Regular.otf\""},
    {.key = "for", /* of a fallback, hence the last */
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &role_row,
     .minimum = 1,
     .maximum = SW_FONT_ROLES_MAX,
     .meaning = "The roles that it stands in for, before the other fallbacks: a bold Arabic for \"bold\"."},
};
static const struct sw_table font_table = {"font", "One font file.", font_rows, SW_COUNT(font_rows) - 1};
static const struct sw_row font_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &font_table};
static const struct sw_table fallback_table = {"fallback", "A font for what others lack.", font_rows, SW_COUNT(font_rows)};
static const struct sw_row fallback_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &fallback_table};
static const struct sw_row fonts_rows[] = {
    {.key = "roles",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &font_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Which font each role is.",
     .example = "{\"text\": {\"package\": \"fonts-inter\", \"file\": \"Inter-Regular.otf\"}}"},
    {.key = "fallbacks",
     .type = SW_TYPE_LIST,
     .item = &fallback_row,
     .maximum = 32,
     .meaning = "Fonts for what a role's font lacks, in order."},
};
const struct sw_table sw_fonts_table = {"fonts", "The fonts of the exhibition.", fonts_rows, SW_COUNT(fonts_rows)};

/* Looks for `file` where Debian's font packages keep theirs. NULL: not there; then *names has the files of the package, if it is installed.
 */
static const char *package_font(struct sw_loader *loader, const char *package, const char *file, const char *const **names)
{
    static const char *const places[] = {"opentype", "truetype"};
    const char *short_name = strncmp(package, "fonts-", 6) == 0 ? package + 6 : package;
    const char *folders[] = {short_name, sw_arena_strndup(loader->arena, short_name, strcspn(short_name, "-"))};
    for (size_t p = 0; p < SW_COUNT(places); p++)
        for (size_t f = 0; f < SW_COUNT(folders); f++) {
            enum sw_file_status status = SW_FILE_OK;
            const char *folder = sw_arena_printf(loader->arena, "/usr/share/fonts/%s/%s", places[p], folders[f]);
            const char *path = sw_arena_printf(loader->arena, "%s/%s", folder, file), **found = NULL;
            size_t count = 0;
            if (access(path, R_OK) == 0)
                return path;
            struct sw_root *root = *names == NULL ? sw_root_create(folder, &status) : NULL;
            if (root != NULL && sw_root_list(root, "", loader->arena, &found, &count) == SW_FILE_OK && count > 0) {
                const char **kept = sw_arena_array(loader->arena, count + 1, sizeof *kept);
                memcpy(kept, found, count * sizeof *kept);
                *names = kept;
            }
            sw_root_destroy(root);
        }
    return NULL;
}

static bool plain_name(const char *text) { return text[0] != '\0' && text[0] != '.' && strchr(text, '/') == NULL; }

static bool load_packaged(struct sw_writer *w, const cJSON *node, const char *package, const char *file, struct sw_font *font)
{
    const char *const *names = NULL;
    if (!plain_name(package) || !plain_name(file)) {
        sw_verify_fault(&w->verify, node, "of a package only the file's name is wanted, e.g. \"Inter-Regular.otf\" of \"fonts-inter\"");
        return false;
    }
    const char *packed = sw_arena_printf(w->loader->arena, "fonts/packages/%s/%s", package, file);
    font->path = sw_root_locate(w->loader->exhibition->root, packed, w->loader->arena); /* a release brings the fonts that it uses */
    if (font->path == NULL)
        font->path = package_font(w->loader, package, file, &names);
    if (font->path == NULL && names != NULL)
        sw_verify_fault(&w->verify, node, "the package %s has no font \"%s\"%s", package, file, sw_load_hint(w->loader, file, names));
    else if (font->path == NULL)
        sw_verify_fault(&w->verify, node, "the package %s is not installed on this machine; apt-get install %s", package, package);
    return font->path != NULL;
}

static bool load_own(struct sw_writer *w, const cJSON *node, struct sw_font *font)
{
    const struct sw_root *root = w->loader->exhibition->root;
    int fd = -1;
    enum sw_file_status status = sw_root_open(root, node->valuestring, &fd);
    if (status == SW_FILE_OK)
        (void)close(fd);
    font->path = status == SW_FILE_OK ? sw_root_locate(root, node->valuestring, w->loader->arena) : NULL;
    if (font->path == NULL)
        sw_verify_fault(&w->verify, node, "\"%s\" %s", node->valuestring,
                        sw_file_status_text(status == SW_FILE_OK ? SW_FILE_FAILED : status));
    return font->path != NULL;
}

static bool load_font(struct sw_writer *w, const cJSON *object, struct sw_font *font)
{
    const cJSON *node = sw_load_member(w, &font_table, object, "file"), *package = sw_json_get(object, "package");
    if (node == NULL || (package != NULL && !cJSON_IsString(package)))
        return false;
    sw_json_place(w->document->json, node, &font->line, &font->column);
    size_t mark = sw_verify_enter(&w->verify, "file");
    bool good = false;
    font->file = sw_arena_strdup(w->loader->arena, node->valuestring);
    font->place = sw_arena_strdup(w->loader->arena, w->verify.path);
    if (package != NULL) {
        font->package = sw_arena_strdup(w->loader->arena, package->valuestring);
        good = load_packaged(w, node, package->valuestring, node->valuestring, font);
    } else {
        good = load_own(w, node, font);
    }
    sw_verify_leave(&w->verify, mark);
    return good;
}

static void load_roles(struct sw_writer *w, const cJSON *roles)
{
    struct sw_exhibition *exhibition = w->loader->exhibition;
    struct sw_font *fonts = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(roles), sizeof *fonts);
    const cJSON *item = NULL;
    size_t mark = sw_verify_enter(&w->verify, "roles");
    cJSON_ArrayForEach (item, roles) {
        size_t inner = sw_verify_enter(&w->verify, item->string);
        struct sw_font *font = &fonts[exhibition->font_count];
        font->role = sw_arena_strdup(w->loader->arena, item->string);
        exhibition->font_count += load_font(w, item, font) ? 1 : 0;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    exhibition->fonts = fonts;
    w->loader->font_roles = sw_load_keys(w->loader, roles);
}

/* The roles that a fallback names; NULL: none. */
static const char *const *load_roles_of(struct sw_writer *w, const cJSON *object)
{
    const cJSON *node = sw_load_member(w, &fallback_table, object, "for");
    if (node == NULL)
        return NULL;
    const char **roles = sw_arena_array(w->loader->arena, sw_load_count(node) + 1, sizeof *roles);
    for (size_t i = 0; i < sw_load_count(node); i++) {
        const cJSON *item = sw_load_item(node, i);
        bool known = false;
        roles[i] = sw_arena_strdup(w->loader->arena, item->valuestring);
        for (const char *const *role = w->loader->font_roles; *role != NULL; role++)
            known = known || strcmp(*role, roles[i]) == 0;
        size_t mark = sw_verify_enter(&w->verify, "for");
        if (!known)
            sw_verify_fault(&w->verify, item, "there is no role \"%s\"%s", roles[i],
                            sw_load_hint(w->loader, roles[i], w->loader->font_roles));
        sw_verify_leave(&w->verify, mark);
    }
    return roles;
}

static void load_fallbacks(struct sw_writer *w, const cJSON *fallbacks)
{
    struct sw_exhibition *exhibition = w->loader->exhibition;
    struct sw_font *fonts = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(fallbacks), sizeof *fonts);
    const cJSON *item = NULL;
    int index = 0;
    size_t mark = sw_verify_enter(&w->verify, "fallbacks");
    cJSON_ArrayForEach (item, fallbacks) {
        size_t inner = sw_verify_enter_index(&w->verify, index++);
        struct sw_font *font = &fonts[exhibition->fallback_count];
        font->stands_for = load_roles_of(w, item);
        exhibition->fallback_count += load_font(w, item, font) ? 1 : 0;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    exhibition->fallback_fonts = fonts;
}

void sw_load_fonts(struct sw_loader *loader)
{
    struct sw_document *document = sw_loader_document(loader, SW_DOCUMENT_FONTS, NULL);
    if (document->faulty)
        return;
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    (void)sw_verify_object(&w.verify, &sw_fonts_table, document->json->root);
    const cJSON *roles = sw_json_get(document->json->root, "roles"), *fallbacks = sw_json_get(document->json->root, "fallbacks");
    load_roles(&w, cJSON_IsObject(roles) ? roles : NULL);
    load_fallbacks(&w, cJSON_IsArray(fallbacks) ? fallbacks : NULL);
}
