/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/fonts.h"

#include <unistd.h>

#include "exhibition/exhibition.h"
#include "publisher/fault.h"

static bool add_licence(struct sw_tree *tree, const char *package)
{
    const char *path = sw_arena_printf(&tree->arena, "fonts/packages/%s/copyright", package);
    const char *place = sw_arena_printf(&tree->arena, "/usr/share/doc/%s/copyright", package);
    if (sw_tree_has(tree, path))
        return true;
    if (access(place, R_OK) != 0)
        return sw_fault_say(place, "is not there; fonts travel with their licence only");
    return sw_tree_add_guest(tree, path, place);
}

static bool add_font(struct sw_tree *tree, const struct sw_font *font)
{
    const char *path = sw_arena_printf(&tree->arena, "fonts/packages/%s/%s", font->package, font->file);
    bool added = sw_tree_has(tree, path) || sw_tree_add_guest(tree, path, sw_arena_strdup(&tree->arena, font->path));
    return added && add_licence(tree, font->package);
}

bool sw_fonts_add(struct sw_tree *tree)
{
    enum sw_file_status status;
    struct sw_diags diags;
    struct sw_root *root = sw_root_create(sw_root_path(tree->root), &status);
    if (root == NULL)
        return sw_fault_say(sw_root_path(tree->root), sw_file_status_text(status));
    sw_diags_init(&diags);
    struct sw_exhibition *exhibition = sw_exhibition_create_outline_below(root, sw_root_path(tree->root), &diags);
    bool fine = exhibition != NULL && diags.errors == 0;
    if (fine)
        sw_diags_finish(&diags); /* warnings are said by `check` */
    else
        sw_faults_say(&diags);
    for (size_t i = 0; fine && i < exhibition->font_count; i++)
        fine = exhibition->fonts[i].package == NULL || add_font(tree, &exhibition->fonts[i]);
    for (size_t i = 0; fine && i < exhibition->fallback_count; i++)
        fine = exhibition->fallback_fonts[i].package == NULL || add_font(tree, &exhibition->fallback_fonts[i]);
    sw_exhibition_destroy(exhibition);
    return fine;
}
