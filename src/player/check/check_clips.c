/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/check_clips.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define CLIP_US (20 * SW_SECOND)
#define BEYOND_US (500 * SW_MS) /* so much later than its clip a cue may end: lengths are rounded in both */

static bool look_into(struct sw_edition *edition, const struct sw_film *film, struct sw_probed *probed)
{
    return sw_footage_probe(edition->house->footage, edition->exhibition->root, film->medium.path, sw_tick_now() + CLIP_US, probed) &&
           probed->usable;
}

static void say(struct sw_diags *diags, enum sw_severity severity, const struct sw_medium *medium, const char *text)
{
    sw_diags_add(diags, severity, medium->file, medium->line, medium->column, medium->place, "\"%s\" %s", medium->path, text);
}

/* Cues that nobody ever sees. */
static void check_ends(const struct sw_exhibition *exhibition, const struct sw_film *film, int64_t length, struct sw_diags *diags)
{
    for (size_t i = 0; film->subtitles != NULL && exhibition->languages[i] != NULL; i++) {
        const struct sw_subtitles *subtitles = film->subtitles[i];
        if (subtitles->end > length + BEYOND_US)
            sw_diags_add(diags, SW_WARNING, subtitles->file, subtitles->end_line, 1, NULL, "this cue ends at %.1f s, and \"%s\" at %.1f s",
                         (double)subtitles->end / 1e6, film->medium.path, (double)length / 1e6);
    }
}

static void check_film(struct sw_edition *edition, const struct sw_film *film, struct sw_diags *diags)
{
    struct sw_probed probed;
    char text[SW_CINEMA_FAULT_MAX + 64];
    const char *path = film->medium.path, *ending = strrchr(path, '.'), *language = edition->exhibition->languages[0];
    if (!look_into(edition, film, &probed)) {
        (void)snprintf(text, sizeof text, "%s%s", probed.fault, film->timed ? "; how long \"clip\" lasts cannot be read" : "");
        say(diags, SW_ERROR, &film->medium, text);
        return;
    }
    if (film->timed && probed.clip.length == 0)
        say(diags, SW_ERROR, &film->medium, "does not say how long it is; write a duration like \"20s\" in the place of \"clip\"");
    if (probed.clip.sounds && film->subtitles == NULL && !film->answered)
        sw_diags_add(
            diags, SW_WARNING, film->medium.file, film->medium.line, film->medium.column, film->medium.place,
            "\"%s\" has sound and no subtitles; put \"%.*s.%s.vtt\" beside it, or say \"subtitles\": false where nothing is spoken", path,
            (int)(ending - path), path, language);
    if (probed.clip.length > 0)
        check_ends(edition->exhibition, film, probed.clip.length, diags);
}

void sw_check_clips(struct sw_edition *edition, struct sw_diags *diags)
{
    for (size_t i = 0; i < edition->exhibition->film_count; i++)
        check_film(edition, &edition->exhibition->films[i], diags);
}

/* It lies in the folder of a draft, which is not published. */
static bool is_of_draft(const struct sw_exhibition *exhibition, const char *path)
{
    static const char lead[] = "scenes/";
    for (size_t i = 0; i < exhibition->scene_count; i++) {
        const struct sw_scene *scene = exhibition->scenes[i];
        size_t length = strlen(scene->id), from = sizeof lead - 1;
        if (scene->draft && strncmp(path, lead, from) == 0 && strncmp(path + from, scene->id, length) == 0 && path[from + length] == '/')
            return true;
    }
    return false;
}

bool sw_check_keep_clips(struct sw_edition *edition, const char *file)
{
    const struct sw_exhibition *exhibition = edition->exhibition;
    struct sw_clip_fact *items = sw_alloc_array(exhibition->film_count + 1, sizeof *items);
    size_t count = 0, length;
    for (size_t i = 0; i < exhibition->film_count; i++) {
        struct sw_probed probed;
        if (!is_of_draft(exhibition, exhibition->films[i].medium.path) && look_into(edition, &exhibition->films[i], &probed))
            items[count++] =
                (struct sw_clip_fact){.path = exhibition->films[i].medium.path,
                                      .width = probed.clip.width,
                                      .height = probed.clip.height,
                                      .length = probed.clip.length < SW_CLIP_LENGTH_MAX ? probed.clip.length : SW_CLIP_LENGTH_MAX,
                                      .sound = probed.clip.sounds};
    }
    char *text = sw_clip_facts_write(items, count, &length);
    bool kept = count == 0 || (text != NULL && sw_file_write_atomic(file, text, length));
    if (!kept)
        (void)fprintf(stderr, "schauwand: %s cannot be written\n", file);
    free(text);
    free(items);
    return kept;
}
