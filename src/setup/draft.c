/* SPDX-License-Identifier: EUPL-1.2 */
#include "setup/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "json/write.h"

bool sw_draft_open(struct sw_draft *draft, const char *file, bool absent)
{
    struct sw_diags diags;
    char *bytes = NULL;
    size_t length = 0;
    *draft = (struct sw_draft){.root = NULL};
    enum sw_file_status status = sw_file_read(file, SW_HOST_BYTES_MAX, &bytes, &length);
    if (status == SW_FILE_MISSING && absent) {
        bytes = sw_strdup("{}");
        length = 2;
        status = SW_FILE_OK;
    }
    sw_diags_init(&diags);
    if (status != SW_FILE_OK)
        sw_diags_add(&diags, SW_ERROR, file, 0, 0, "", "%s", sw_file_status_text(status));
    bool good = status == SW_FILE_OK && sw_host_read(&draft->host, bytes, length, file, &draft->arena, &diags);
    struct sw_json *json = good ? sw_json_create(bytes, length, SW_JSON_CURATOR, file, &diags) : NULL;
    if (json != NULL) {
        draft->root = cJSON_Duplicate(json->root, 1);
        draft->began = cJSON_Duplicate(json->root, 1);
    }
    sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    sw_json_destroy(json);
    free(bytes);
    return draft->root != NULL;
}

void sw_draft_finish(struct sw_draft *draft)
{
    cJSON_Delete(draft->root);
    cJSON_Delete(draft->began);
    sw_arena_finish(&draft->arena);
    draft->root = draft->began = NULL;
}

const char *sw_draft_text(const struct sw_draft *draft, enum sw_setup_key key)
{
    const cJSON *node = sw_json_get(draft->root, sw_setup_key_name(key));
    if (key == SW_SETUP_LIVE)
        return node == NULL ? NULL : cJSON_IsTrue(node) ? "yes" : "no";
    return node != NULL ? node->valuestring : NULL;
}

/* ---- text ---- */

/* The keys that are asked for in their order, then what else there is. */
static void write_members(struct sw_buffer *out, const cJSON *root)
{
    const cJSON *member = NULL;
    const char *between = "\n  ";
    for (int pass = 0; pass <= SW_SETUP_KEYS; pass++) {
        cJSON_ArrayForEach (member, root) {
            int key = 0;
            while (key < SW_SETUP_KEYS && strcmp(member->string, sw_setup_key_name((enum sw_setup_key)key)) != 0)
                key++;
            if (key != pass)
                continue;
            sw_buffer_add_text(out, between);
            sw_json_write_text(out, member->string);
            sw_buffer_add_text(out, ": ");
            sw_json_write(out, member);
            between = ",\n  ";
        }
    }
}

static char *print(const cJSON *root)
{
    struct sw_buffer out;
    sw_buffer_init(&out, SW_HOST_BYTES_MAX);
    sw_buffer_add_text(&out, "{");
    write_members(&out, root);
    sw_buffer_add_text(&out, root->child != NULL ? "\n}\n" : "}\n");
    char *text = sw_strdup(sw_buffer_text(&out));
    sw_buffer_finish(&out);
    return text;
}

char *sw_draft_print(const struct sw_draft *draft) { return print(draft->root); }

bool sw_draft_changed(const struct sw_draft *draft) { return !cJSON_Compare(draft->root, draft->began, 1); }

/* ---- changes ---- */

/* Takes `next` (owned) for the draft if a wall would take it. NULL, or else the first thing that is wrong with it. */
static const char *adopt(struct sw_draft *draft, cJSON *next)
{
    struct sw_diags diags;
    struct sw_host host;
    const char *fault = NULL;
    char *text = print(next);
    sw_diags_init(&diags);
    if (sw_host_read(&host, text, strlen(text), "wall.json", &draft->arena, &diags)) {
        cJSON_Delete(draft->root);
        draft->root = next;
        draft->host = host;
    } else {
        fault = sw_arena_strdup(&draft->arena, diags.count > 0 ? diags.items[0].text : "it cannot be read back");
        cJSON_Delete(next);
    }
    sw_diags_finish(&diags);
    free(text);
    return fault;
}

static void put(cJSON *root, const char *key, cJSON *value)
{
    cJSON_DeleteItemFromObjectCaseSensitive(root, key);
    if (value != NULL)
        (void)cJSON_AddItemToObject(root, key, value);
}

const char *sw_draft_set(struct sw_draft *draft, enum sw_setup_key key, const char *text)
{
    bool live = strcmp(text, "yes") == 0;
    if (key == SW_SETUP_LIVE && !live && strcmp(text, "no") != 0 && text[0] != '\0')
        return "yes or no is wanted";
    cJSON *next = cJSON_Duplicate(draft->root, 1);
    cJSON *value = text[0] == '\0' ? NULL : key == SW_SETUP_LIVE ? cJSON_CreateBool(live) : cJSON_CreateString(text);
    put(next, sw_setup_key_name(key), value);
    return adopt(draft, next);
}

const char *sw_draft_allow(struct sw_draft *draft, const char *address)
{
    cJSON *next = cJSON_Duplicate(draft->root, 1), *list = cJSON_GetObjectItemCaseSensitive(next, "allow");
    const cJSON *item = NULL;
    if (list == NULL)
        list = cJSON_AddArrayToObject(next, "allow");
    cJSON_ArrayForEach (item, list) {
        if (cJSON_IsString(item) && strcmp(item->valuestring, address) == 0) {
            cJSON_Delete(next);
            return NULL;
        }
    }
    (void)cJSON_AddItemToArray(list, cJSON_CreateString(address));
    return adopt(draft, next);
}

const char *sw_draft_access(struct sw_draft *draft, const char *name, const char *file, const char *user)
{
    cJSON *next = cJSON_Duplicate(draft->root, 1), *access = NULL, *secrets = NULL;
    put(next, "access", NULL);
    if (name != NULL) {
        access = cJSON_AddObjectToObject(next, "access");
        if (user != NULL)
            (void)cJSON_AddStringToObject(access, "user", user);
        (void)cJSON_AddStringToObject(access, "secret", name);
        secrets = cJSON_GetObjectItemCaseSensitive(next, "secrets");
        if (secrets == NULL)
            secrets = cJSON_AddObjectToObject(next, "secrets");
        put(secrets, name, cJSON_CreateString(file));
    }
    return adopt(draft, next);
}
