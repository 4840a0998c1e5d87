/* SPDX-License-Identifier: EUPL-1.2 */
/* A whole scene file through the loader, beside the sound files of tests/bad/base. A scene with errors is left out, one without is there;
 * every error of it has its place within the file; and nothing else of the exhibition changes. */
#include <assert.h>
#include <string.h>

#include "fuzz.h"
#include "house.h"

#define FILE_NAME "scenes/x.json"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_exhibition *exhibition = house_load(FILE_NAME, bytes, length, &diags);
    assert(exhibition != NULL);
    house_check_faults(&diags, FILE_NAME, bytes, length);
    size_t errors = 0;
    for (size_t i = 0; i < diags.count; i++) {
        const struct sw_diag *diag = &diags.items[i];
        assert(strcmp(diag->file, FILE_NAME) == 0);
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
