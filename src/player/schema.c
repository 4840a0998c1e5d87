/* SPDX-License-Identifier: EUPL-1.2 */
/* `schema`: here, as here the elements are known. */
#include <stdio.h>
#include <stdlib.h>

#include "elements/catalogue.h"
#include "exhibition/schema.h"
#include "player/commands.h"

int sw_player_schema(void)
{
    cJSON *bundle = sw_schema_create(sw_catalogue());
    char *text = cJSON_Print(bundle);
    bool printed = puts(text) >= 0 && fflush(stdout) == 0;
    cJSON_free(text);
    cJSON_Delete(bundle);
    return printed ? 0 : 2;
}
