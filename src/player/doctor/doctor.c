/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/doctor/doctor.h"

#include <SDL.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "elements/catalogue.h"
#include "player/commands.h"
#include "player/edition.h"
#include "player/quote.h"
#include "render/output.h"

#define TEXT_MAX 16384
#define ALL_MAX ((size_t)1 << 20)

static const struct {
    const char *name;
    void (*check)(struct sw_doctor *doctor);
} checks[] = {
    {"system", sw_doctor_system},
    {"memory", sw_doctor_memory},
    {"limits", sw_doctor_limits},
    {"clock", sw_doctor_clock},
    {"disk", sw_doctor_disk},
    {"display", sw_doctor_display},
    {"opengl", sw_doctor_opengl},
    {"drawing", sw_doctor_drawing},
    {"shared memory", sw_doctor_shared_memory},
    {"touch", sw_doctor_touch},
    {"exhibition", sw_doctor_exhibition},
    {"fonts", sw_doctor_fonts},
    {"letters", sw_doctor_letters}, /* where there is an exhibition */
    {"wall", sw_doctor_wall},
    {"decoders", sw_doctor_decoders},
    {"sound", sw_doctor_sound}, /* where the wall is to be heard */
    {"helpers", sw_doctor_helpers},
    {"sandbox", sw_doctor_sandbox},
    {"state", sw_doctor_state},
    {"configuration", sw_doctor_configuration},
    {"network", sw_doctor_network}, /* where something published is followed */
};

static const char *const levels[] = {[SW_DOCTOR_OK] = "ok", [SW_DOCTOR_NOTE] = "note", [SW_DOCTOR_PROBLEM] = "problem"};

static void add(struct sw_buffer *buffer, const char *between, const char *format, va_list arguments)
{
    char text[1024];
    (void)vsnprintf(text, sizeof text, format, arguments);
    if (buffer->length > 0)
        sw_buffer_add_text(buffer, between);
    sw_buffer_add_text(buffer, text);
}

void sw_doctor_say(struct sw_doctor *doctor, enum sw_doctor_level level, const char *format, ...)
{
    va_list arguments;
    doctor->level = level > doctor->level ? level : doctor->level;
    va_start(arguments, format);
    add(&doctor->value, "; ", format, arguments);
    va_end(arguments);
}

void sw_doctor_advise(struct sw_doctor *doctor, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(&doctor->advice, "; ", format, arguments);
    va_end(arguments);
}

static void print_text(struct sw_buffer *out, const struct sw_doctor *doctor, const char *name, bool first)
{
    (void)first;
    sw_buffer_printf(out, "%-8s %-14s %s\n", levels[doctor->level], name, sw_buffer_text(&doctor->value));
    if (doctor->advice.length > 0)
        sw_buffer_printf(out, "%-24s%s\n", "", sw_buffer_text(&doctor->advice));
}

static void print_json(struct sw_buffer *out, const struct sw_doctor *doctor, const char *name, bool first)
{
    sw_buffer_printf(out, "%s\n  {\"check\": \"%s\", \"level\": \"%s\", \"value\": ", first ? "" : ",", name, levels[doctor->level]);
    sw_quote(out, sw_buffer_text(&doctor->value));
    sw_buffer_add_text(out, ", \"advice\": ");
    sw_quote(out, doctor->advice.length > 0 ? sw_buffer_text(&doctor->advice) : NULL);
    sw_buffer_add_text(out, "}");
}

/* Without a display OpenGL is looked for off-screen: it is there or not all the same. */
static void open_video(struct sw_doctor *doctor)
{
    doctor->display = sw_output_display_exists();
    if (!doctor->display)
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    doctor->gl = (struct sw_gl_facts){.why = "SDL's video does not start"};
    if (SDL_WasInit(SDL_INIT_VIDEO) != 0 || SDL_InitSubSystem(SDL_INIT_VIDEO) == 0)
        doctor->gl = sw_gl_probe();
}

static size_t run_checks(struct sw_doctor *doctor, struct sw_buffer *out)
{
    size_t problems = 0;
    for (size_t i = 0; i < SW_COUNT(checks); i++) {
        doctor->level = SW_DOCTOR_OK;
        sw_buffer_clear(&doctor->value);
        sw_buffer_clear(&doctor->advice);
        checks[i].check(doctor);
        if (doctor->value.length == 0)
            continue; /* it does not concern this wall */
        (doctor->options->json ? print_json : print_text)(out, doctor, checks[i].name, i == 0);
        problems += doctor->level == SW_DOCTOR_PROBLEM;
    }
    return problems;
}

static size_t look_at_everything(struct sw_doctor *doctor, struct sw_buffer *out)
{
    bool json = doctor->options->json;
    if (json)
        sw_buffer_printf(out, "{\"player\": \"%s\", \"checks\": [", SW_VERSION);
    size_t problems = run_checks(doctor, out);
    if (json)
        sw_buffer_printf(out, "], \"problems\": %zu}\n", problems);
    else if (problems > 0)
        sw_buffer_printf(out, "%zu problem%s\n", problems, problems == 1 ? "" : "s");
    else
        sw_buffer_add_text(out, "no problems\n");
    return problems;
}

/* An exhibition's fonts and workers are opened as for playing; without one there are the workers alone. */
static bool open_all(struct sw_edition *edition, struct sw_house *house, const struct sw_options *options, struct sw_waker *waker,
                     struct sw_diags *diags)
{
    *edition = (struct sw_edition){.house = NULL};
    if (!sw_house_open(house, options, waker, 0))
        return false;
    struct sw_exhibition *exhibition = sw_exhibition_create(options->folder, sw_catalogue(), diags);
    return exhibition == NULL || sw_edition_load(edition, house, exhibition, 0);
}

int sw_player_doctor(const struct sw_options *options, const struct sw_machine *machine, struct sw_waker *waker)
{
    struct sw_diags diags;
    struct sw_buffer out;
    struct sw_house house;
    struct sw_edition edition;
    int status = 2;
    sw_diags_init(&diags);
    sw_buffer_init(&out, ALL_MAX);
    if (open_all(&edition, &house, options, waker, &diags)) {
        struct sw_doctor doctor = {.options = options, .machine = machine, .house = &house, .diags = &diags};
        doctor.exhibition = edition.exhibition;
        doctor.typesetter = edition.typesetter;
        if (edition.exhibition != NULL)
            doctor.wall = sw_exhibition_wall(edition.exhibition, options->wall);
        sw_buffer_init(&doctor.value, TEXT_MAX);
        sw_buffer_init(&doctor.advice, TEXT_MAX);
        open_video(&doctor);
        size_t problems = look_at_everything(&doctor, &out);
        bool printed = fputs(sw_buffer_text(&out), stdout) >= 0 && fflush(stdout) == 0;
        status = !printed ? 2 : problems > 0 ? 1 : 0;
        SDL_Quit();
        sw_buffer_finish(&doctor.value);
        sw_buffer_finish(&doctor.advice);
    }
    sw_edition_unload(&edition);
    sw_house_close(&house);
    sw_buffer_finish(&out);
    sw_diags_finish(&diags);
    return status;
}
