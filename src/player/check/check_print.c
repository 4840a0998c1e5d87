/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/check_print.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

#define MIB (1024.0 * 1024.0)

void sw_costs_add(struct sw_costs *costs, const struct sw_scene *scene, struct sw_needs needs)
{
    if (needs.bytes <= 0)
        return;
    costs->items = sw_grow(costs->items, &costs->capacity, costs->count + 1, sizeof *costs->items);
    costs->items[costs->count++] = (struct sw_cost){scene, needs};
}

void sw_costs_finish(struct sw_costs *costs) { free(costs->items); }

static void print_json_text(const char *text)
{
    (void)putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            (void)putchar('\\');
        if ((unsigned char)*text >= 0x20)
            (void)putchar(*text);
    }
    (void)putchar('"');
}

static void print_json_item(bool *first, const char *severity, const struct sw_diag *diag)
{
    (void)printf("%s\n  {\"severity\": \"%s\", \"file\": ", *first ? "" : ",", severity);
    print_json_text(diag->file);
    (void)printf(", \"line\": %d, \"column\": %d, \"path\": ", diag->line, diag->column);
    print_json_text(diag->path);
    (void)printf(", \"text\": ");
    print_json_text(diag->text);
    (void)printf("}");
    *first = false;
}

void sw_check_print_json(const struct sw_diags *diags, const struct sw_costs *costs)
{
    bool first = true;
    (void)printf("[");
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        print_json_item(&first, diag->severity == SW_ERROR ? "error" : "warning", diag);
    }
    for (size_t i = 0; i < costs->count; i++) {
        const struct sw_cost *cost = &costs->items[i];
        char text[96];
        (void)snprintf(text, sizeof text, "its pictures need %.1f MiB and take about %.1f s to load", cost->needs.bytes / MIB,
                       cost->needs.seconds);
        const struct sw_diag diag = {
            .file = cost->scene->file, .line = cost->scene->line, .column = cost->scene->column, .path = "", .text = text};
        print_json_item(&first, "info", &diag);
    }
    (void)printf("%s]\n", first ? "" : "\n");
}

static void print_whole(const struct sw_exhibition *exhibition)
{
    (void)printf("%zu scenes, %zu parts, %zu playlists, %zu walls, %zu pictures", exhibition->scene_count, exhibition->part_count,
                 exhibition->playlist_count, exhibition->wall_count, exhibition->media_count);
    if (exhibition->film_count > 0)
        (void)printf(", %zu clip%s", exhibition->film_count, exhibition->film_count == 1 ? "" : "s");
    (void)printf(": no faults");
}

static void print_summary(const struct sw_exhibition *exhibition, const struct sw_diags *diags)
{
    if (diags->errors == 0)
        print_whole(exhibition);
    else
        (void)printf("%zu fault%s", diags->errors, diags->errors == 1 ? "" : "s");
    if (diags->warnings > 0)
        (void)printf(", %zu warning%s", diags->warnings, diags->warnings == 1 ? "" : "s");
    if (diags->left_out > 0)
        (void)printf(" (%zu of them not shown: more than %d in one file)", diags->left_out, SW_DIAG_FILE_MAX);
    (void)printf("\n");
}

/* Lines that begin with blanks: nobody takes them for faults. */
static void print_costs(const struct sw_costs *costs)
{
    if (costs->count > 0)
        (void)printf("  %-32s %10s %8s\n", "pictures of", "need MiB", "load s");
    for (size_t i = 0; i < costs->count; i++)
        (void)printf("  %-32s %10.1f %8.1f\n", costs->items[i].scene->id, costs->items[i].needs.bytes / MIB, costs->items[i].needs.seconds);
}

void sw_check_print(const struct sw_exhibition *exhibition, const struct sw_diags *diags, const struct sw_costs *costs)
{
    sw_diags_print(diags, stdout);
    print_costs(costs);
    if (exhibition != NULL)
        print_summary(exhibition, diags);
}
