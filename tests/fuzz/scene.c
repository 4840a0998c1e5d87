/* SPDX-License-Identifier: EUPL-1.2 */
/* A whole scene file through the loader, beside the sound files of tests/bad/base. A scene with errors is left out, one without is there;
 * every error of it has its place within the file; and nothing else of the exhibition changes. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "elements/catalogue.h"
#include "exhibition/exhibition.h"
#include "fuzz.h"

static char folder[64];

static void remove_folder(void)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "%s is left behind\n", folder);
}

static void make_folder(void)
{
    char command[256];
    (void)snprintf(folder, sizeof folder, "%s/schauwand-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    char *made = mkdtemp(folder);
    assert(made != NULL);
    (void)snprintf(command, sizeof command, "cp -r '%s'/tests/bad/base/. '%s'", SW_SOURCE_DIR, folder);
    int status = system(command);
    assert(status == 0);
    status = atexit(remove_folder);
    assert(status == 0);
}

static void put_scene(const uint8_t *bytes, size_t length)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/scenes/x.json", folder);
    FILE *file = fopen(path, "wb");
    assert(file != NULL);
    size_t written = fwrite(bytes, 1, length, file);
    int closed = fclose(file);
    assert(written == length && closed == 0);
}

static int lines_of(const uint8_t *bytes, size_t length)
{
    int lines = 1;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (folder[0] == '\0')
        make_folder();
    struct sw_diags diags;
    sw_diags_init(&diags);
    put_scene(bytes, length);
    struct sw_exhibition *exhibition = sw_exhibition_create(folder, sw_catalogue(), &diags);
    assert(exhibition != NULL);
    size_t errors = 0;
    for (size_t i = 0; i < diags.count; i++) {
        const struct sw_diag *diag = &diags.items[i];
        assert(strcmp(diag->file, "scenes/x.json") == 0 && diag->text[0] != '\0');
        assert(diag->severity == SW_WARNING || (diag->line >= 1 && diag->line <= lines_of(bytes, length) && diag->column >= 1) ||
               length > SW_JSON_BYTES_MAX);
        /* an address that leads nowhere is no reason to drop the scene */
        errors += diag->severity == SW_ERROR && strstr(diag->text, "there is no scene") == NULL &&
                  strstr(diag->text, "has no page") == NULL && strstr(diag->text, "has no popup") == NULL &&
                  strstr(diag->text, "an address is wanted") == NULL;
    }
    assert(exhibition->scene_count == (errors > 0 ? 3u : 4u));
    assert((sw_exhibition_scene(exhibition, "x") != NULL) == (errors == 0));
    sw_exhibition_destroy(exhibition);
    sw_diags_finish(&diags);
    return 0;
}
