/* SPDX-License-Identifier: EUPL-1.2 */
/* The exhibition, as far as this machine must have something for it. */
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "player/doctor/doctor.h"
#include "view/text.h"

#define FONTS_FILE "fonts/fonts.json"
#define FONT_FAULTS_SHOWN 5

void sw_doctor_exhibition(struct sw_doctor *doctor)
{
    const struct sw_exhibition *exhibition = doctor->exhibition;
    const char *folder = doctor->options->folder;
    if (exhibition == NULL) {
        bool asked = strcmp(folder, ".") != 0;
        sw_doctor_say(doctor, asked ? SW_DOCTOR_PROBLEM : SW_DOCTOR_NOTE, "none in %s: fonts and wall are not looked at", folder);
        sw_doctor_advise(doctor, "schauwand doctor EXHIBITION; `schauwand check %s` says what is wrong", folder);
        return;
    }
    sw_doctor_say(doctor, doctor->diags->errors > 0 ? SW_DOCTOR_PROBLEM : SW_DOCTOR_OK, "%zu scenes, %zu walls in %s",
                  exhibition->scene_count, exhibition->wall_count, folder);
    if (doctor->diags->errors == 0)
        return;
    sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%zu fault%s", doctor->diags->errors, doctor->diags->errors == 1 ? "" : "s");
    sw_doctor_advise(doctor, "`schauwand check %s` names them", folder);
}

/* What the loader says of them: packages that are not installed, files that are not there. */
static size_t say_missing(struct sw_doctor *doctor)
{
    size_t found = 0;
    for (size_t i = 0; i < doctor->diags->count; i++) {
        const struct sw_diag *diag = &doctor->diags->items[i];
        if (strcmp(diag->file, FONTS_FILE) != 0 || diag->severity != SW_ERROR)
            continue;
        if (found++ < FONT_FAULTS_SHOWN)
            sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s", diag->text);
    }
    return found;
}

static size_t say_broken(struct sw_doctor *doctor, const struct sw_font *fonts, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const char *fault = sw_typesetter_probe(fonts[i].path);
        if (fault[0] != '\0' && found++ < FONT_FAULTS_SHOWN)
            sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s %s", fonts[i].file, fault);
    }
    return found;
}

void sw_doctor_fonts(struct sw_doctor *doctor)
{
    const struct sw_exhibition *exhibition = doctor->exhibition;
    if (exhibition == NULL) {
        sw_doctor_say(doctor, SW_DOCTOR_OK, "not looked at");
        return;
    }
    size_t faults = say_missing(doctor);
    faults += say_broken(doctor, exhibition->fonts, exhibition->font_count);
    faults += say_broken(doctor, exhibition->fallback_fonts, exhibition->fallback_count);
    if (faults > 0)
        sw_doctor_advise(doctor, "%s names the packages; what a font lacks is drawn in another or as an empty box", FONTS_FILE);
    else
        sw_doctor_say(doctor, SW_DOCTOR_OK, "all %zu are here", exhibition->font_count + exhibition->fallback_count);
}

/* The rectangle around all displays, from 0, 0 on. */
static void measure_displays(int *width, int *height)
{
    *width = *height = 0;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++) {
        SDL_Rect place;
        if (SDL_GetDisplayBounds(i, &place) != 0)
            continue;
        *width = place.x + place.w > *width ? place.x + place.w : *width;
        *height = place.y + place.h > *height ? place.y + place.h : *height;
    }
}

void sw_doctor_wall(struct sw_doctor *doctor)
{
    const struct sw_wall *wall = doctor->wall;
    int width = 0, height = 0, wanted_width = 0, wanted_height = 0;
    if (doctor->exhibition == NULL) {
        sw_doctor_say(doctor, SW_DOCTOR_OK, "not looked at");
        return;
    }
    if (wall == NULL) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "there is no wall \"%s\"",
                      doctor->options->wall != NULL ? doctor->options->wall : doctor->exhibition->default_wall);
        sw_doctor_advise(doctor, "scenes/walls/ has the walls; --wall names one");
        return;
    }
    for (size_t i = 0; i < wall->panel_count; i++) {
        const struct sw_panel *panel = &wall->panels[i];
        wanted_width = panel->output_x + panel->width_px > wanted_width ? panel->output_x + panel->width_px : wanted_width;
        wanted_height = panel->output_y + panel->height_px > wanted_height ? panel->output_y + panel->height_px : wanted_height;
    }
    sw_doctor_say(doctor, SW_DOCTOR_OK, "%s: %zu panel%s, outputs of %d x %d pixels in all", wall->id, wall->panel_count,
                  wall->panel_count == 1 ? "" : "s", wanted_width, wanted_height);
    measure_displays(&width, &height);
    if (!doctor->display || (width == wanted_width && height == wanted_height))
        return;
    bool scaled = wall->panel_count == 1; /* one panel is scaled to fit, several lie where their outputs are */
    bool fits = width >= wanted_width && height >= wanted_height;
    sw_doctor_say(doctor, scaled || fits ? SW_DOCTOR_NOTE : SW_DOCTOR_PROBLEM, "the displays have %d x %d", width, height);
    if (scaled)
        sw_doctor_advise(doctor, "the picture is scaled, which costs time and sharpness: set the display's mode, or the panel's pixels");
    else if (!fits)
        sw_doctor_advise(doctor, "set the displays as the panels say (xrandr), or their \"output\" in scenes/walls/%s.json", wall->id);
}
